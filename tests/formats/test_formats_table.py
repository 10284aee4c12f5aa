"""FORMATS: every line leads to functions, and sources are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from compcite.files.decoding import decode
from compcite.formats import FORMATS, READABLE, WRITABLE, format_of


@pytest.mark.parametrize("name", READABLE)
def test_every_reader_reads_an_empty_source(name: str) -> None:
    """What the table names is there; nothing yields no entry, at most a problem."""
    entries, _ = FORMATS[name].read(decode(b"", "x"))

    assert entries == []


@pytest.mark.parametrize("name", WRITABLE)
def test_every_writer_writes_nothing(name: str) -> None:
    """No entries lose nothing."""
    assert FORMATS[name].write([]).losses == ()


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


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_tests_of_its_own(name: str) -> None:
    """A line in the table without a test that calls its functions is not finished."""
    tests = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(__file__).parent.glob("test_*.py")
        if path != Path(__file__)
    )
    functions = [
        wanted.rpartition(":")[2]
        for wanted in (FORMATS[name].reader, FORMATS[name].writer)
        if wanted
    ]

    assert [function for function in functions if function not in tests] == []
