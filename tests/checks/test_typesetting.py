"""Family E2, continued: what stops LaTeX or BibTeX, and fields that no style reads."""

from __future__ import annotations

import pytest

from compcite.formats.csl_json import read_csl_json
from compcite.model.library import Library
from compcite.model.source import SourceFile
from compcite.verbs.verify import check_library
from tests.checks.cases import check, entry, finding_of, rules_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("jounal", "journal"),
        ("pubilsher", "publisher"),
        ("auhtor", "author"),
        ("yeer", "year"),
        ("ttitle", "title"),
    ],
)
def test_a_misspelt_field_is_named_with_the_one_that_was_meant(written: str, meant: str) -> None:
    """A letter too many, too few or wrong, or two that changed places."""
    finding = finding_of(check(entry(**{meant: "", written: "x"})), "field-misspelt")

    assert (finding.actual, finding.expected) == (written, meant)


@pytest.mark.parametrize(
    "name",
    ["keyword", "notes", "etitle", "timestamp", "urls", "my-title", "uri", "groups", "titles2"],
)
def test_fields_of_your_own_are_fine(name: str) -> None:
    """Fields of known programs, and those that are no slip of another."""
    assert "field-misspelt" not in rules_of(check(entry(**{name: "x"})))


def test_a_slip_that_two_fields_explain_names_both() -> None:
    """Nobody can tell which was meant."""
    finding = finding_of(check(entry(editior="x")), "field-misspelt")

    assert finding.message == "no style reads editior; is it editor or edition?"
    assert finding.expected is None


def test_a_field_beside_the_right_one_is_no_slip() -> None:
    """Who has the title already means something else."""
    assert "field-misspelt" not in rules_of(check(entry(titel="x")))


@pytest.mark.parametrize("value", ["R & D", "at 5 % of it", "the #1", "a_b", r"\emph{R & D}"])
def test_a_bare_special_character_stops_latex(value: str) -> None:
    """Wherever it stands in a field that styles print."""
    finding = finding_of(check(entry(note=value)), "latex-unescaped")

    assert finding.field == "note"


@pytest.mark.parametrize(
    "value",
    [
        r"R \& D at 5\% of \#1",
        r"\url{https://x.org/a_b?c&d#e%20}",
        "on $L_p$ and $a & b$",
        r"\href{https://x.org/a_b}{here}",
        r"in \(x_1\)",
    ],
)
def test_escapes_addresses_and_formulas_stop_nothing(value: str) -> None:
    """There the characters mean what they should."""
    assert "latex-unescaped" not in rules_of(check(entry(note=value)))


def test_fields_that_styles_do_not_print_are_left_alone() -> None:
    """An address or a file is no LaTeX."""
    assert "latex-unescaped" not in rules_of(
        check(entry(url="https://x.org/a_b&c", file="a_b.pdf", abstract="5 % & more"))
    )


@pytest.mark.parametrize(
    "names",
    [
        "Doe, Jane and Roe, Ann and Poe, Eve",
        "King, Jr., Martin Luther",
        "{Smith, Jones, Brown, and Partners}",
        "family=Doe, given=Jane, prefix=von, useprefix=true",
    ],
)
def test_names_with_few_commas_are_fine(names: str) -> None:
    """Up to two in a name; those in braces and of biblatex's long form do not count."""
    assert "names-malformed" not in rules_of(check(entry(author=names)))


def test_these_rules_are_for_bibtex() -> None:
    """CSL-JSON knows neither LaTeX nor its own fields' slips."""
    text = '[{"id": "a", "type": "book", "title": "R & D", "publisher": "A_B", "titel": "x"}]'
    source = SourceFile("a.json", text)
    entries, problems = read_csl_json(source)
    report = check_library(Library([source], entries, problems))
    (judged,) = report.entries

    assert {"field-misspelt", "latex-unescaped"}.isdisjoint(rules_of(judged))
