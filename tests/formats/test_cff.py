"""CITATION.cff in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from tests.formats.items import came_back_otherwise, entries, entry, real_entries, real_losses

from compcite.formats.cff.reader import read_cff
from compcite.formats.cff.writer import write_cff
from compcite.model.item import Date, Item, Name
from compcite.model.source import SourceFile

if TYPE_CHECKING:
    from pathlib import Path

    from compcite.model.library import Entry

FILE = """cff-version: 1.2.0
message: Please cite it.
title: My Software
version: 0.11.2
doi: 10.5281/zenodo.123456
date-released: 2021-07-18
authors:
  - family-names: Druskat
    given-names: Stephan
    name-particle: von
    orcid: https://orcid.org/0000-0003-4925-7248
  - name: The Project
keywords: [one, two]
repository-code: https://example.org/code
preferred-citation:
  type: article
  title: The paper
  journal: A Journal
  volume: 3
  start: 12
  end: 20
  year: 2020
  month: 4
  authors:
    - {family-names: Doe, given-names: Jane}
references:
  - type: conference-paper
    title: A talk in print
    collection-title: Proceedings
    conference:
      {name: Conf, city: Berlin, country: DE, date-start: 2019-05-06, date-end: 2019-05-08}
    authors: [{name: anonymous}]
  - type: thesis
    title: A thesis
    thesis-type: PhD thesis
    institution: {name: A University}
    authors: [{family-names: Roe}]
    date-accessed: 2020-02-03
"""


def test_the_software_its_preferred_citation_and_its_references() -> None:
    """A file yields all the works it speaks of, the software first."""
    found, problems = read_cff(SourceFile("CITATION.cff", FILE))
    assert problems == []
    software, paper, talk, thesis = (one.item for one in found)
    assert software.text == {
        "title": "My Software",
        "version": "0.11.2",
        "DOI": "10.5281/zenodo.123456",
        "keyword": "one, two",
        "URL": "https://example.org/code",
    }
    people = (
        Name("Druskat", "Stephan", non_dropping_particle="von"),
        Name(literal="The Project"),
    )
    assert ("software", people) == (software.type, software.names["author"])
    assert ("article-journal", "12-20", Date(((2020, 4),))) == (
        paper.type,
        paper.text["page"],
        paper.dates["issued"],
    )
    assert talk.text == {
        "title": "A talk in print",
        "container-title": "Proceedings",
        "event-title": "Conf",
        "event-place": "Berlin, DE",
    }
    assert talk.names == {}
    assert Date(((2019, 5, 6), (2019, 5, 8))) == talk.dates["event-date"]
    assert (
        thesis.type,
        thesis.text["genre"],
        thesis.text["publisher"],
    ) == ("thesis", "PhD thesis", "A University")


def test_fields_know_their_places() -> None:
    """The DOI of the software is where it stands."""
    found, _ = read_cff(SourceFile("CITATION.cff", FILE))
    doi = found[0].field("doi")
    assert doi is not None
    assert FILE[doi.span.start : doi.span.end] == "doi: 10.5281/zenodo.123456"
    assert None is found[0].field("references")


def test_a_broken_reference_is_a_problem_and_stops_nothing() -> None:
    """The software and every other reference are read by themselves."""
    text = FILE.replace("    collection-title: Proceedings\n", "    collection-title: [x\n")
    found, problems = read_cff(SourceFile("CITATION.cff", text))
    titles = [one.item.text["title"] for one in found]
    assert sorted(titles) == ["A thesis", "My Software", "The paper"]
    assert ["A talk in print" in text[p.span.start : p.span.end] for p in problems] == [True]


def test_a_written_file() -> None:
    """The list stands in a file that is valid as it is; the key is an identifier."""
    item = Item(
        "article-journal",
        {"title": "T", "container-title": "J", "page": "1-e5", "DOI": "10.1000/a<b>"},
        {"author": (Name("Doe", "Jane"),)},
        {"issued": Date(((2001, 2, 3),))},
    )
    assert write_cff([entry(item, "doe")]).text == (
        'cff-version: "1.2.0"\n'
        "message: If you use this work, please cite the works in its references.\n"
        "title: Untitled\nauthors:\n  - name: anonymous\nreferences:\n  - type: article\n"
        "    title: T\n    authors:\n      - family-names: Doe\n        given-names: Jane\n"
        '    date-published: "2001-02-03"\n    year: 2001\n    month: 2\n    journal: J\n'
        "    start: 1\n    end: e5\n    identifiers:\n      - description: citation key\n"
        "        type: other\n        value: doe\n      - type: other\n"
        "        value: doi:10.1000/a<b>\n"
    )


def test_particles_and_suffixes_are_parts_of_a_name() -> None:
    """They have keys of their own; a name of one part is that of an entity."""
    people = (
        Name("Beethoven", "Ludwig", non_dropping_particle="van"),
        Name("Fontaine", "Jean", "de", "la"),
        Name("King", "Martin", suffix="Jr."),
        Name(literal="World Health Organization"),
    )
    written = write_cff([entry(Item("book", {"title": "T"}, {"author": people}), "doe")]).text
    assert written.partition("    authors:\n")[2].partition("    identifiers:")[0] == (
        "      - family-names: Beethoven\n        given-names: Ludwig\n"
        "        name-particle: van\n"
        "      - family-names: Fontaine\n        given-names: Jean\n"
        "        name-particle: de la\n"
        "      - family-names: King\n        given-names: Martin\n"
        "        name-suffix: Jr.\n"
        "      - name: World Health Organization\n"
    )


def test_a_list_of_references_has_no_work_of_its_own() -> None:
    """What was written comes back as the same entries, with their keys."""
    item = Item("book", {"title": "T"})
    found, problems = read_cff(SourceFile("CITATION.cff", write_cff([entry(item, "doe")]).text))
    assert ([one.key for one in found], problems) == (["doe"], [])
    assert found[0].item.names == {}


def test_a_work_without_title_takes_that_of_the_whole() -> None:
    """The schema wants a title and an author, and both are said to be missing from the original."""
    written = write_cff([entry(Item("chapter", {"container-title": "Whole"}), "doe")])
    assert "    title: Whole\n    authors:\n      - name: anonymous\n" in written.text


@pytest.mark.no_cover
@settings(max_examples=60)
@given(entries())
def test_nothing_is_lost_without_a_word(originals: list[Entry]) -> None:
    """What does not come back is named."""
    assert came_back_otherwise(originals, read_cff, write_cff(originals)) == []


@pytest.mark.no_cover
def test_real_entries_come_back(shared: Path) -> None:
    """Of the real files, the format loses only what it has no key for."""
    originals = real_entries(shared)
    lost = real_losses(originals, read_cff, write_cff(originals))
    assert set() == lost - {
        *("annote", "part-number", "collection-number", "collection-title", "container-author"),
        *("title", "title-short", "container-title", "container-title-short", "jurisdiction"),
        *("call-number", "genre", "authority"),
        *("chapter-number", "event-place", "status", "language", "keyword", "PMID", "URL"),
        *("author", "editor", "page", "issued", "accessed", "event-date", "original-date"),
    }


@pytest.mark.parametrize("type_", ["book", "chapter", "report"])
def test_a_work_in_a_series_comes_back(type_: str) -> None:
    """A chapter stands in a volume of the series; the number is one of the identifiers."""
    text = {"title": "Weirs", "collection-title": "Water", "collection-number": "4"}
    if type_ == "chapter":
        text["container-title"] = "Rivers"
    original = entry(Item(type_, text, {"author": (Name("Roe", "Ann"),)}))
    written = write_cff([original])

    assert written.losses == ()
    assert came_back_otherwise([original], read_cff, written) == []
