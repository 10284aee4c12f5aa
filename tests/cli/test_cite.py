"""``compcite cite`` and ``compcite styles``: citations in the text, and the styles at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite


@pytest.mark.usefixtures("references")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("neff2003self",), "(Neff, 2003)"),
        (("raes2010rumination", "neff2003self"), "(Neff, 2003; Raes & Schön, 2010)"),
        (("neff2003self", "--locator", "p. 12"), "(Neff, 2003, p. 12)"),
        (("neff2003self", "--locator", "chap. 3", "--locale", "de-DE"), "(Neff, 2003, Kapitel 3)"),
        (("neff2003self", "--locator", "Slide 7"), "(Neff, 2003, Slide 7)"),
        (("neff2003self", "--locator", "1:30:40"), "(Neff, 2003, 1:30:40)"),
        (
            ("neff2003self@p. 12", "raes2010rumination@pp. 3-5"),
            "(Neff, 2003, p. 12; Raes & Schön, 2010, pp. 3–5)",
        ),
        (("neff2003self", "--suppress-author"), "(2003)"),
        (
            ("neff2003self", "--prefix", "see", "--suffix", ", and others"),
            "(see Neff, 2003, and others)",
        ),
        (("raes2010rumination", "--narrative"), "Raes and Schön (2010)"),
        (("raes2010rumination@p. 3", "--narrative"), "Raes and Schön (2010, p. 3)"),
        (
            ("raes2010rumination", "neff2003self", "--narrative"),
            "Raes and Schön (2010)\nNeff (2003)",
        ),
        (("raes2010rumination", "--narrative", "--locale", "de-DE"), "Raes und Schön (2010)"),
        (("raes2010rumination", "--style", "ieee"), "[2]"),
        (("neff2003self", "--style", "nature", "--markup", "html"), "<sup>1</sup>"),
    ],
)
def test_a_citation_is_as_the_style_has_it(
    compcite: Compcite, arguments: tuple[str, ...], expected: str
) -> None:
    """All keys stand in one citation; numbers are those of the list's bibliography."""
    result = compcite("cite", *arguments)

    assert (result.code, result.out, result.err) == (0, expected + "\n", "")


@pytest.mark.usefixtures("references")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nobody",), "no entry has the key nobody"),
        (("neff2003self", "--style", "apaa"), "there is no style 'apaa'; did you mean 'apa'?"),
        (("neff2003self", "--markup", "pdf"), "unknown markup 'pdf'"),
        (("nobody@p. 12",), "no entry has the key nobody"),
        (("",), "an empty text is no citation key"),
        (
            ("neff2003self", "--narrative", "--prefix", "see"),
            "a narrative citation begins with the author; it can have no prefix",
        ),
        (("neff2003self", "--locale", "tlh"), "unknown locale 'tlh'; known are af-ZA, "),
    ],
)
def test_what_cannot_be_cited_ends_with_two(
    compcite: Compcite, arguments: tuple[str, ...], message: str
) -> None:
    """Unknown keys, styles and markups are one sentence."""
    result = compcite("cite", *arguments)

    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_a_set_is_cited_by_its_members(compcite: Compcite, folder: Path) -> None:
    """A ``@set`` of biblatex is no work of its own; nor does it change numbers and letters."""
    (folder / "references.bib").write_text(
        "@set{both, entryset={one, other}}\n"
        "@book{one, author={Roe, J.}, title={A}, date={2001}}\n"
        "@book{two, author={Zoe, J.}, title={A}, date={2001}, ids={other}}\n"
        "@xdata{shared, location={Bath}}\n",
        encoding="utf-8",
    )
    assert compcite("cite", "both").out == "(Roe, 2001; Zoe, 2001)\n"
    assert compcite("cite", "one", "--style", "ieee").out == "[1]\n"
    assert compcite("cite", "shared").err == (
        "compcite: shared is no work that can be cited, but a @xdata\n"
    )


def test_styles_are_listed_by_name_and_title(compcite: Compcite) -> None:
    """The name is what ``--style`` takes."""
    result = compcite("styles", "--search", "american medical")
    names = [line.split()[0] for line in result.out.splitlines()]

    assert result.code == 0
    assert "american-medical-association" in names


def test_no_style_found_ends_with_one(compcite: Compcite) -> None:
    """Nothing printed, one sentence on stderr."""
    result = compcite("styles", "--search", "no such style")

    assert (result.code, result.out) == (1, "")
    assert result.err == "compcite: no style has 'no such style' in its name or title\n"


def test_a_key_that_two_entries_have_means_the_first_in_every_command(
    compcite: Compcite, folder: Path
) -> None:
    """Nothing is dropped without a word: both are listed, and the places are named."""
    one, two = (f"@book{{a, author = {{{name}}}, title = {{T}}, year = 2001}}" for name in "XY")
    (folder / "two.bib").write_text(f"{one}\n{two}\n", encoding="utf-8")
    said = "compcite: a: 2 entries have this key (two.bib:1, two.bib:2); citations mean the first\n"

    cited = compcite("cite", "a", "--source", "two.bib")
    shown = compcite("show", "a", "--source", "two.bib")
    exported = compcite("export", "two.bib")

    assert (cited.out, cited.err) == ("(X, 2001)\n", said)
    assert ("X. (2001). T." in shown.out, shown.err) == (True, said)
    assert (exported.out, exported.err) == ("X. (2001). T.\nY. (2001). T.\n", said)
