"""FORMATS: each format reads a sample, says what it is given, and stands in the documentation.

A new format fails here until it has a sample in SAMPLES, if it is read, and a line on the page
on formats; the messages say which of them is missing and where it belongs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from compcite.files.decoding import decode
from compcite.formats import FORMATS, READERS, WRITERS, format_of
from compcite.model.item import Date, Item, Name
from compcite.model.library import Entry

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
WORK = Item(
    "article-journal",
    {"title": "On rivers", "container-title": "Journal of Water", "DOI": "10.5555/rivers"},
    {"author": (Name("Doe", "Jane"),)},
    {"issued": Date(((2001,),))},
)
SAMPLES = {
    "bibtex": "@article{doe, title = {On rivers}, author = {Doe, Jane}, year = 2001}",
    "csl-json": '[{"id": "doe", "type": "book", "title": "On rivers"}]',
    "csl-yaml": "references:\n- id: doe\n  type: book\n  title: On rivers\n",
    "ris": "TY  - BOOK\nTI  - On rivers\nER  - \n",
    "nbib": "PMID- 1\nTI  - On rivers\n",
    "endnote-xml": "<xml><records><record><titles><title>On rivers</title></titles></record>"
    "</records></xml>",
    "endnote-tagged": "%0 Book\n%T On rivers\n",
    "web-of-science": "PT J\nTI On rivers\nER\n",
    "hayagriva": "doe:\n  type: book\n  title: On rivers\n",
    "cff": "cff-version: 1.2.0\nmessage: Cite it.\ntitle: On rivers\nauthors:\n- name: Doe\n",
    "plain-text": "Doe, J. (2001). On rivers. Journal of Water, 3(2), 1-9.\n",
    "document": "See https://doi.org/10.5555/rivers for more.\n",
}
"""A work in each format that is read; that of a document has a DOI and no title."""


def test_every_format_that_is_read_has_a_sample() -> None:
    """Else nothing shows that its line in the table leads to a reader."""
    missing = sorted(READERS.keys() - SAMPLES.keys())

    assert not missing, f"give {missing} a text in SAMPLES of {__file__}"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_read_by_its_format(name: str) -> None:
    """One entry, which knows its format, and whose places are in the text."""
    source = decode(SAMPLES[name].encode(), "x")
    (entry,), problems = READERS[name](source)

    assert problems == []
    assert entry.format == name
    said = entry.item.text.get("title") or entry.item.text["DOI"]
    assert said in ("On rivers", "10.5555/rivers")
    assert entry.source is source
    assert 0 <= entry.span.start < entry.span.end <= len(source.text)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_known_by_the_name_of_its_file(name: str) -> None:
    """Every ending in the table means its format, or one that the text tells."""
    found = {
        suffix: format_of(decode(SAMPLES[name].encode(), f"list{suffix}"))
        for suffix in FORMATS[name].suffixes
    }

    assert found == dict.fromkeys(FORMATS[name].suffixes, name)


@pytest.mark.parametrize("name", WRITERS)
def test_what_a_format_writes_says_what_it_was_given(name: str) -> None:
    """Title, author, year and DOI stand in the text, and are read back where the format is read."""
    written = WRITERS[name]([Entry("doe", WORK)])

    assert all(said in written.text for said in ("On rivers", "Doe", "2001", "10.5555/rivers"))
    if name in READERS:
        (entry,), problems = READERS[name](decode(written.text.encode(), "x"))
        assert (entry.item.names, entry.item.text["title"]) == (WORK.names, "On rivers")
        assert problems == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_read_or_written(name: str) -> None:
    """A line that does neither is none."""
    assert name in READERS or name in WRITERS


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_on_the_page_of_formats(name: str) -> None:
    """Its name, and whether it is read and written, stand in the table at the top of the page."""
    row = f"| `{name}` | {FORMATS[name].description} |"
    does = " and ".join(
        word for word, table in (("read", READERS), ("written", WRITERS)) if name in table
    )

    assert f"{row} {does} |" in PAGE.read_text(encoding="utf-8"), f"add “{row} {does} |” to {PAGE}"


@pytest.mark.parametrize("name", READERS)
def test_every_reader_reads_an_empty_source(name: str) -> None:
    """Nothing yields no entry, at most a problem."""
    entries, _ = READERS[name](decode(b"", "x"))

    assert entries == []


@pytest.mark.parametrize("name", WRITERS)
def test_every_writer_writes_nothing(name: str) -> None:
    """No entries lose nothing."""
    assert WRITERS[name]([]).losses == ()


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.bib", "", "bibtex"),
        ("a.JSON", "", "csl-json"),
        ("a.yaml", "references:\n- id: k\n", "csl-yaml"),
        ("a.yml", "key:\n  type: article\n", "hayagriva"),
        ("a.yaml", "cff-version: 1.2.0\n", "cff"),
        ("CITATION.cff", "", "cff"),
        ("paper.md", "", "document"),
        ("list.txt", "Neff (2003). Title.\n\nRaes (2010). Title.\n", "plain-text"),
        ("notes.txt", "See 10.1234/x.\nAnd more.\nAnd more.\n", "document"),
        ("-", "TY  - JOUR\nER  - \n", "ris"),
        ("-", "PMID- 1\n", "nbib"),
        ("-", "%0 Journal Article\n", "endnote-tagged"),
        ("-", '<?xml version="1.0"?>', "endnote-xml"),
        ("-", '[{"id": "k"}]', "csl-json"),
        ("-", "@book{k}", "bibtex"),
        ("-", "", "bibtex"),
    ],
)
def test_a_source_tells_its_format(name: str, text: str, expected: str) -> None:
    """By the ending of its name, else by what its text looks like."""
    assert format_of(decode(text.encode(), name)) == expected
