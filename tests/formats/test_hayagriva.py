"""Hayagriva in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from tests.formats.items import came_back_otherwise, entries, entry, real_entries, real_losses

from compcite.formats.hayagriva.reader import read_hayagriva
from compcite.formats.hayagriva.writer import write_hayagriva
from compcite.model.item import Date, Item, Name
from compcite.model.source import SourceFile

if TYPE_CHECKING:
    from pathlib import Path

    from compcite.model.library import Entry

FILE = """article:
    type: Article
    title: { value: A long title of things, short: Things }
    author: ["Doe, Jane", "van der Berg, Jan", World Bank]
    date: 2020-10-14
    page-range: 1-15
    serial-number: { doi: 10.1000/xyz, serial: e7 }
    url: { value: https://example.org/, date: 2021-01-02 }
    parent:
        title: { value: Physical Review B, verbatim: true }
        volume: 102
        issue: 16
        publisher: A Society

chapter:
    type: chapter
    title: "Of {NASA} and \\\\$5"
    author: { name: Watkins, given-name: Gloria Jean }
    date: ~1999
    parent:
        type: anthology
        title: A collection
        editor: Shannon, C. E.
        serial-number: { isbn: 978-0-691-07916-5 }
        publisher: { name: NBS, location: Princeton }
        parent: { type: anthology, title: Annals, volume: 34 }

film:
    type: Video
    title: A film
    affiliated:
        - role: director
          names: Cameron, James
        - role: cast-member
          names: ["Hamilton, Linda", "Patrick, Robert"]
    date: -0043
"""


def items(text: str) -> dict[str, Item]:
    """The items of a text without problems, by their keys."""
    found, problems = read_hayagriva(SourceFile("refs.yml", text))
    assert problems == []
    return {one.key: one.item for one in found}


def test_an_article_in_a_periodical() -> None:
    """The parent has its default type, and holds title, volume and issue."""
    item = items(FILE)["article"]
    assert item.type == "article-journal"
    assert item.text == {
        "title": "A long title of things",
        "title-short": "Things",
        "container-title": '<span class="nocase">Physical Review B</span>',
        "volume": "102",
        "issue": "16",
        "page": "1-15",
        "publisher": "A Society",
        "DOI": "10.1000/xyz",
        "number": "e7",
        "URL": "https://example.org/",
    }
    assert (
        Name("Doe", "Jane"),
        Name("Berg", "Jan", non_dropping_particle="van der"),
        Name(literal="World Bank"),
    ) == item.names["author"]
    assert Date(((2021, 1, 2),)) == item.dates["accessed"]


def test_a_chapter_in_a_book_in_a_series() -> None:
    """The grandparent is the series; braces protect case; a tilde says about."""
    item = items(FILE)["chapter"]
    assert item.type == "chapter"
    assert item.text == {
        "title": 'Of <span class="nocase">NASA</span> and $5',
        "container-title": "A collection",
        "collection-title": "Annals",
        "collection-number": "34",
        "publisher": "NBS",
        "publisher-place": "Princeton",
        "ISBN": "978-0-691-07916-5",
    }
    assert {
        "author": (Name("Watkins", "Gloria Jean"),),
        "editor": (Name("Shannon", "C. E."),),
    } == item.names
    assert Date(((1999,),), circa=True) == item.dates["issued"]


def test_affiliated_persons_and_years_before_christ() -> None:
    """Roles are CSL's name variables; the year before 1 is written 0000."""
    item = items(FILE)["film"]
    assert item.type == "motion_picture"
    assert (Name("Cameron", "James"),) == item.names["director"]
    assert (Name("Hamilton", "Linda"), Name("Patrick", "Robert")) == item.names["performer"]
    assert Date(((-44,),)) == item.dates["issued"]


def test_fields_and_keys_know_their_places() -> None:
    """The DOI within the serial number is the field ``doi``."""
    found, _ = read_hayagriva(SourceFile("refs.yml", FILE))
    doi = found[0].field("doi")
    assert doi is not None
    assert FILE[doi.content_span.start : doi.content_span.end] == "10.1000/xyz"
    assert FILE[found[0].key_span.start : found[0].key_span.end] == "article"


def test_a_broken_entry_is_a_problem_and_stops_nothing() -> None:
    """Every entry begins at a line's start and is read by itself where the file breaks."""
    text = FILE.replace("    date: ~1999\n", "    date: [1999\n")
    found, problems = read_hayagriva(SourceFile("refs.yml", text))
    assert [one.key for one in found] == ["article", "film"]
    assert [text[p.span.start :].startswith("chapter:") for p in problems] == [True]


@pytest.mark.parametrize("text", ["- a\n- b\n", "key: value\n", "just text\n"])
def test_what_is_no_entry_is_a_problem(text: str) -> None:
    """A file must be a mapping of mappings."""
    found, problems = read_hayagriva(SourceFile("refs.yml", text))
    assert (found, [problem.rule for problem in problems]) == ([], ["entry-unparsed"])


def test_a_written_entry() -> None:
    """Volume and issue stand in the periodical; what is protected stands in braces."""
    item = Item(
        "article-journal",
        {
            "title": '<span class="nocase">NASA</span> for $5',
            "container-title": "J",
            "volume": "3",
            "issue": "2A",
            "DOI": "10.1/x",
        },
        {"author": (Name("Doe", "Jane"), Name("Berg", "Jan", non_dropping_particle="van der"))},
        {"issued": Date(((2001, 2),))},
    )
    assert write_hayagriva([entry(item, "doe")]).text == (
        'doe:\n  type: article\n  title: "{NASA} for \\\\$5"\n  author:\n    - Doe, Jane\n'
        '    - name: Berg\n      given-name: Jan\n      prefix: van der\n  date: "2001-02"\n'
        '  serial-number:\n    doi: "10.1/x"\n  parent:\n    type: periodical\n    title: J\n'
        '    volume: 3\n    issue: "2A"\n'
    )


def test_what_typst_would_refuse_is_left_out_and_said() -> None:
    """One wrong URL would make Typst refuse the whole file."""
    item = Item("webpage", {"title": "T", "URL": "www.example.org", "language": "english!"})
    written = write_hayagriva([entry(item, "web")])
    assert "key" not in written.text
    assert written.losses == ("web: Hayagriva has no place for “language” and “URL”.",)


@pytest.mark.no_cover
@settings(max_examples=60)
@given(entries())
def test_nothing_is_lost_without_a_word(originals: list[Entry]) -> None:
    """What does not come back is named."""
    assert came_back_otherwise(originals, read_hayagriva, write_hayagriva(originals)) == []


@pytest.mark.no_cover
def test_real_entries_come_back(shared: Path) -> None:
    """Of the real files, Hayagriva loses only what it has no field for."""
    originals = real_entries(shared)
    lost = real_losses(originals, read_hayagriva, write_hayagriva(originals))
    assert set() == lost - {
        *("keyword", "annote", "volume-title", "part-number", "jurisdiction", "status", "language"),
        *("title", "title-short", "collection-title", "container-title", "container-author"),
        *("author", "editor", "number-of-pages", "URL", "PMID"),
        *("issued", "accessed", "event-date", "original-date"),
    }


@pytest.mark.parametrize(
    ("kind", "variable"),
    [("thesis", "publisher"), ("report", "publisher"), ("case", "authority")],
)
def test_an_organization_is_the_publisher_or_the_authority(kind: str, variable: str) -> None:
    """A thesis is published by its university; a court is the authority of a case."""
    text = f"k:\n  type: {kind}\n  title: T\n  organization: A body\n"
    (found,), _ = read_hayagriva(SourceFile("x.yml", text))

    assert found.item.text == {"title": "T", variable: "A body"}


def test_an_organization_beside_a_publisher_is_not_lost() -> None:
    """Then it is kept as the authority."""
    text = "k:\n  type: report\n  title: T\n  organization: A body\n  publisher: A press\n"
    (found,), _ = read_hayagriva(SourceFile("x.yml", text))

    assert found.item.text == {"title": "T", "publisher": "A press", "authority": "A body"}


def test_the_address_of_a_book_is_that_of_its_chapter() -> None:
    """A chapter without an address of its own is read where the book is."""
    text = (
        "k:\n  type: chapter\n  title: T\n  parent:\n    type: book\n    title: B\n"
        "    url: { value: https://example.org/b, date: 2024-02-03 }\n"
    )
    (found,), _ = read_hayagriva(SourceFile("x.yml", text))

    assert found.item.text["URL"] == "https://example.org/b"
    assert found.item.dates == {"accessed": Date(((2024, 2, 3),))}


@pytest.mark.parametrize(
    "stamp", ["2026-07-07T13:26:41Z", "2026-07-07 13:26", "2026-07-07T13:26:41.5+02:00"]
)
def test_a_time_stamp_is_its_day(stamp: str) -> None:
    """The hour has no place in a citation."""
    text = f"k:\n  type: web\n  title: T\n  date: '{stamp}'\n"
    (found,), _ = read_hayagriva(SourceFile("x.yml", text))

    assert found.item.dates == {"issued": Date(((2026, 7, 7),))}
