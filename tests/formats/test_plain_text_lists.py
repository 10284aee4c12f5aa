"""Pasted reference lists as entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from compcite.files.decoding import read_source
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.plain_text import read_plain_text
from compcite.formats.plain_text.splitting import split_list
from compcite.model.source import SourceFile
from compcite.text.markup import without_tags

ROOT = Path(__file__).parents[2]
AU = (
    "Au, T. M., & Litz, B. T. (2016). Compassion-based therapy for trauma-related shame: Initial "
    "evaluation using a multiple baseline design. Behavior Therapy, 48(2), 207–221. "
    "https://doi.org/10.1016/j.beth.2016.11.012"
)
RAES = (
    "Raes, F. (2010). Rumination and worry as mediators of the relationship between "
    "self-compassion and depression. Personality and Individual Differences, 48(6), 757–761."
)
NEFF = "Neff, K. D. (2003). Self-compassion. Self and Identity, 2(3), 223–250."
KEYS = ["au2016compassion", "raes2010rumination", "neff2003self"]


def keys(text: str) -> list[str]:
    """The keys of a list in which nothing is refused."""
    entries, problems = read_plain_text(SourceFile("list.txt", text))
    assert problems == []
    return [entry.key for entry in entries]


def wrapped(text: str, indent: str = "") -> str:
    """A reference over several lines, the later ones indented."""
    words, lines = text.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 70:
            lines.append(indent)
        lines[-1] += word + " "
    return "\n".join(line.rstrip() for line in lines)


def test_examples_are_the_references_of_the_library() -> None:
    """The pasted list says what the .bib file says, entry by entry."""
    listed, problems = read_plain_text(
        read_source(str(ROOT / "examples/compassion-references.txt"))
    )
    library, _ = read_bibtex(read_source(str(ROOT / "data/references.bib")))

    assert problems == []
    assert [entry.key for entry in library] == [entry.key for entry in listed]
    for expected, actual in zip(library, listed, strict=True):
        assert {name: without_tags(value) for name, value in expected.item.text.items()} == dict(
            actual.item.text
        )
        assert dict(expected.item.names) == dict(actual.item.names)
        assert dict(expected.item.dates) == dict(actual.item.dates)
        assert expected.item.type == actual.item.type


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\r"])
def test_one_reference_a_line(end: str) -> None:
    """Lines are references, whatever ends them."""
    assert keys(end.join([AU, RAES, NEFF])) == KEYS


@pytest.mark.parametrize("indent", ["    ", "\t"])
def test_hanging_indents(indent: str) -> None:
    """A line that is not indented begins a reference."""
    assert keys("\n".join(wrapped(text, indent) for text in (AU, RAES, NEFF))) == KEYS


def test_wrapped_lines_without_indents() -> None:
    """Where lines are wrapped, names after a finished reference begin the next."""
    assert keys("\n".join(wrapped(text) for text in (AU, RAES, NEFF))) == KEYS


def test_blank_lines_between_references() -> None:
    """Blank lines separate references of several lines."""
    assert keys("\n\n".join(wrapped(text) for text in (AU, RAES, NEFF))) == KEYS


@pytest.mark.parametrize("label", ["{}. ", "[{}] ", "({}) ", "{}) "])
def test_numbered_list(label: str) -> None:
    """Numbers that follow one upon the other begin references."""
    numbered = [label.format(n) + wrapped(text) for n, text in enumerate((AU, RAES, NEFF), 1)]

    assert keys("\n".join(numbered)) == KEYS


def test_two_numbered_references_among_others() -> None:
    """A few numbers among references without one take nothing of their neighbours."""
    texts = [
        f"{'1. ' if n == 2 else '2. ' if n == 5 else ''}Doe, J. ({1990 + n}). A {word} work. "
        f"Journal of Works, {n}(1), 1–9."
        for n, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), 1)
    ]
    found = ["doe1991first", "doe1992second", "doe1993third"]
    found += ["doe1994fourth", "doe1995fifth", "doe1996sixth"]

    assert found == keys("\n\n".join(texts))
    assert found == keys("\n".join(texts))


def test_numbers_that_do_not_begin_with_one() -> None:
    """A part of a longer list begins with any number, here bare ones as Nature has them."""
    numbered = [f"{number} {wrapped(text)}" for number, text in enumerate((AU, RAES, NEFF), 33)]

    text = "\n".join(numbered)

    assert numbered == [text[one.start : one.end] for one in split_list(text)]


def test_bullets() -> None:
    """Bullets begin references."""
    assert keys("\n".join("• " + wrapped(text, "  ") for text in (AU, RAES, NEFF))) == KEYS


def test_hyphenation_at_line_ends() -> None:
    """A word hyphenated over lines is joined; one that has a hyphen keeps it; so do links."""
    text = (
        "Au, T. (2016). Compas-\nsion in psychology: self-\ncompassion, self-\nand other-related. "
        "Mindfulness, 48(2), 207-\n221. https://doi.org/10.1016/j.\nbeth.2016.11.012"
    )
    entries, _ = read_plain_text(SourceFile("list.txt", text))
    said = entries[0].item.text

    assert said["title"] == "Compassion in psychology: self-compassion, self- and other-related"
    assert said["page"] == "207-221"
    assert said["DOI"] == "10.1016/j.beth.2016.11.012"


def test_heading_is_neither_entry_nor_problem() -> None:
    """The word over a list belongs to the list."""
    assert keys(f"References\n\n{AU}\n{RAES}\n{NEFF}\n") == KEYS


def test_what_is_no_reference_is_kept_as_a_note_and_named_with_its_place() -> None:
    """Nothing is dropped: what cannot be taken apart is an entry that has it as its note."""
    note = "This is a note to myself: check these again!"
    source = SourceFile("list.txt", f"{AU}\n\n{note}\n\n{RAES}\n")
    entries, (problem,) = read_plain_text(source)

    assert KEYS[:2] == [entry.key for entry in entries if "note" not in entry.item.text]
    assert [dict(entry.item.text) for entry in entries][1] == {"note": note}
    assert problem.rule == "entry-unparsed"
    assert note == source.text[problem.span.start : problem.span.end]
    assert source.position(problem.span.start).line == 3


def test_dash_repeats_the_authors() -> None:
    """Three dashes stand for the authors of the reference before."""
    entries, _ = read_plain_text(
        SourceFile("list.txt", f"{RAES}\n———. (2011). On moods. Mindfulness, 2(1), 33–36.\n")
    )

    assert entries[0].item.names == entries[1].item.names
    assert [entry.key for entry in entries] == ["raes2010rumination", "raes2011moods"]


def test_fields_say_where_their_values_stand() -> None:
    """A field's span is the place of its value in the source."""
    source = SourceFile("list.txt", f"\n{AU}\n{RAES}\n")
    entries, _ = read_plain_text(source)
    doi = entries[0].field("doi")

    assert doi is not None
    assert doi.value == "10.1016/j.beth.2016.11.012"
    assert doi.value == source.text[doi.value_span.start : doi.value_span.end]
    assert source.text[entries[1].span.start : entries[1].span.end] == RAES


def test_same_key_twice_gets_a_letter() -> None:
    """Keys are unique within the list."""
    assert keys(f"{NEFF}\n{NEFF}\n") == ["neff2003self", "neff2003selfa"]


def test_empty_list() -> None:
    """Nothing pasted is nothing read."""
    assert read_plain_text(SourceFile("list.txt", " \n\n")) == ([], [])


def test_doi_alone_in_the_line_below() -> None:
    """A DOI in a line of its own belongs to the reference above that has none."""
    text = (
        "Kirby, J. (2017). Interventions. Psychology, 90(3), 432–455. doi:\n10.1111/papt.12104\n"
        "Neff, K. (2003). Kindness. Self and Identity, 2(1), 1–9.\nhttps://doi.org/10.1080/152988\n"
    )

    entries, _ = read_plain_text(SourceFile("list.txt", text))

    assert [entry.item.text["DOI"] for entry in entries] == [
        "10.1111/papt.12104",
        "10.1080/152988",
    ]
