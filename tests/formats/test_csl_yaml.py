"""CSL-YAML in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from tests.formats.items import came_back_otherwise, entries, entry, real_entries, real_losses

from compcite.formats.csl_markdown import from_markdown, to_markdown
from compcite.formats.csl_yaml import read_csl_yaml, write_csl_yaml
from compcite.model.item import Date, Item, Name
from compcite.model.source import SourceFile

if TYPE_CHECKING:
    from pathlib import Path

    from compcite.model.library import Entry

PANDOC = """---
references:
- id: doe2001
  type: article-journal
  author:
  - family: Doe
    given: Jane
  issued: 2001-02-03
  title: "Of [NASA]{.nocase} and *E. coli*"
  volume: 007
  page: 1-20
  DOI: 10.1000/xyz
- id: two
  type: book
  title: Second
  issued:
  - year: 1999
...
"""


def test_a_file_of_pandoc() -> None:
    """Dates and numbers stay the text they are, titles are Markdown."""
    found, problems = read_csl_yaml(SourceFile("refs.yaml", PANDOC))
    assert ([one.key for one in found], problems) == (["doe2001", "two"], [])
    first = found[0].item
    assert first.text == {
        "title": 'Of <span class="nocase">NASA</span> and <i>E. coli</i>',
        "volume": "007",
        "page": "1-20",
        "DOI": "10.1000/xyz",
    }
    assert {"issued": Date(((2001, 2, 3),))} == first.dates
    assert {"author": (Name("Doe", "Jane"),)} == first.names


def test_fields_know_their_places() -> None:
    """A value's place is that of its text, inside its quotes."""
    found, _ = read_csl_yaml(SourceFile("refs.yaml", PANDOC.replace("\n", "\r\n")))
    source, title, doi = found[0].source, found[0].field("title"), found[0].field("doi")
    assert source is not None
    assert title is not None
    assert doi is not None
    at = title.content_span
    assert source.text[at.start : at.end] == "Of [NASA]{.nocase} and *E. coli*"
    assert source.text[doi.span.start : doi.span.end] == "DOI: 10.1000/xyz"
    key = found[0].key_span
    assert source.text[key.start : key.end] == "doe2001"


def test_a_broken_item_is_a_problem_and_stops_nothing() -> None:
    """Every other item of the list is read by itself."""
    text = PANDOC.replace("volume: 007", "volume: [7\n  x: : y")
    found, problems = read_csl_yaml(SourceFile("refs.yaml", text))
    assert [one.key for one in found] == ["two"]
    assert [problem.rule for problem in problems] == ["entry-unparsed"]
    assert text[problems[0].span.start :].startswith("- id: doe2001")


@pytest.mark.parametrize(
    "text",
    [
        "- just text\n",
        "references:\n- [1, 2]\n",
        "[" * 5000,
        "a: &a [*a]\n",
        "- title: \x01\n",
    ],
    ids=["text", "list", "depth", "cycle", "control"],
)
def test_what_is_no_item_is_a_problem(text: str) -> None:
    """Neither nesting nor aliases nor control characters do harm."""
    found, problems = read_csl_yaml(SourceFile("refs.yaml", text))
    assert (found, bool(problems)) == ([], True)


def test_aliases_that_multiply_are_refused() -> None:
    """A text of a kilobyte cannot become a billion nodes."""
    lines = ["- a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    found, problems = read_csl_yaml(SourceFile("refs.yaml", "\n".join(lines)))
    assert (found, len(problems)) == ([], 1)


@pytest.mark.parametrize(
    "title",
    [
        "Of <i>E. coli</i>, H<sub>2</sub>O and x<sup>2</sup>",
        '<span class="nocase">NASA <i>flies</i></span>',
        '<span style="font-variant:small-caps;">Small</span> caps',
        "C*-algebras, ~5 [sic] and a_b \\ $x$ <mailto:x@y>",
    ],
)
def test_titles_through_markdown(title: str) -> None:
    """What CSL formats comes back, what only looks like formatting is escaped."""
    assert title == from_markdown(to_markdown(title))


def test_a_written_file() -> None:
    """A list ``references`` between document marks, in block style."""
    item = Item("book", {"title": "A: b", "volume": "1e3"}, {}, {"issued": Date(((1999,),))})
    assert write_csl_yaml([entry(item, "doe")]).text == (
        "---\nreferences:\n  - id: doe\n    type: book\n    issued:\n      date-parts:\n"
        '        - - 1999\n    title: "A: b"\n    volume: "1e3"\n...\n'
    )


@pytest.mark.no_cover
@settings(max_examples=60)
@given(entries())
def test_nothing_is_lost_without_a_word(originals: list[Entry]) -> None:
    """What does not come back is named."""
    assert came_back_otherwise(originals, read_csl_yaml, write_csl_yaml(originals)) == []


@pytest.mark.no_cover
def test_real_entries_come_back(shared: Path) -> None:
    """Of the real files only an empty pair of tags in a title is lost.

    A note that names a variable (``original-date: 2017``) comes back as that variable.
    """
    originals = real_entries(shared)
    lost = real_losses(originals, read_csl_yaml, write_csl_yaml(originals))
    assert set() == lost - {"title", "note"}


def test_dates_of_older_pandoc() -> None:
    """Year, month and day by name, alone or in a list of one or two."""
    text = (
        "references:\n- {id: a, issued: [{year: 2019, month: 5, day: 3}]}\n"
        "- {id: b, issued: {year: 2019, season: 01}}\n"
        "- {id: c, issued: [{year: 2018, month: 12}, {year: 2019}]}\n"
        "- {id: d, issued: [{year: 2018, day: 3}]}\n"
    )
    found, _ = read_csl_yaml(SourceFile("-", text))
    assert [one.item.dates.get("issued") for one in found] == [
        Date(((2019, 5, 3),)),
        Date(((2019,),), season=1),
        Date(((2018, 12), (2019,))),
        Date(((2018,),)),
    ]


def test_a_file_without_a_list_is_a_problem() -> None:
    """A page that came in place of a list is named; an empty list, or nothing, is none."""
    texts = ["<html></html>", "title: X", "references: []", " \t\n"]
    assert [len(read_csl_yaml(SourceFile("-", text))[1]) for text in texts] == [1, 1, 0, 0]
