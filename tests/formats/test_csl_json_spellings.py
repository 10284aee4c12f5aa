"""One work in the spellings of many programs: every export says the same of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from compcite.formats.csl_json import read_csl_json
from compcite.model.source import SourceFile
from compcite.verbs.export import EXPORT_FORMATS, export_entries

PLAIN: dict[str, Any] = {
    "id": "doe2003",
    "type": "article-journal",
    "title": "On rivers",
    "author": [{"family": "Doe", "given": "Jane"}],
    "container-title": "Waves",
    "container-title-short": "Wav.",
    "issued": {"date-parts": [[2003]], "season": 3},
    "volume": "12",
    "ISSN": "0005-7894",
}
"""The work as the schema has it."""

SPELLINGS: dict[str, dict[str, Any]] = {
    "title as a list": {"title": ["On rivers"]},
    "container as a list": {"container-title": ["Waves"]},
    "Crossref's type": {"type": "journal-article"},
    "Zotero's type": {"type": "journalArticle"},
    "a type in capitals": {"type": "Article-Journal"},
    "volume as a number": {"volume": 12},
    "volume as a float": {"volume": 12.0},
    "ISSN as a list": {"ISSN": ["0005-7894"]},
    "an older name of a variable": {
        "container-title-short": None,
        "journalAbbreviation": "Wav.",
    },
    "Crossref's name of a variable": {
        "container-title-short": None,
        "short-container-title": ["Wav."],
    },
    "author alone": {"author": {"family": "Doe", "given": "Jane"}},
    "author as text": {"author": "Doe, Jane"},
    "authors as texts": {"author": ["Doe, Jane"]},
    "an empty author": {"author": [{"family": "Doe", "given": "Jane"}, {}]},
    "season by name": {"issued": {"date-parts": [[2003]], "season": "autumn"}},
    "season in America": {"issued": {"date-parts": [[2003]], "season": "Fall"}},
    "season in small letters": {"issued": {"date-parts": [[2003]], "season": "fall"}},
    "season as text": {"issued": {"date-parts": [[2003]], "season": "3"}},
    "season of EDTF": {"issued": {"date-parts": [[2003]], "season": 23}},
    "season for a month": {"issued": {"date-parts": [[2003, 23]]}},
    "parts as texts": {"issued": {"date-parts": [["2003"]], "season": 3}},
    "parts nested once": {"issued": {"date-parts": [2003], "season": 3}},
    "parts nested thrice": {"issued": {"date-parts": [[[2003]]], "season": 3}},
    "date in EDTF": {"issued": "2003-23"},
    "date in words": {"issued": "Fall 2003"},
    "raw date": {"issued": {"raw": "Fall 2003"}},
    "date as a list of texts": {"issued": ["Fall 2003"]},
    "date by names": {"issued": {"year": "2003", "season": "Fall"}},
    "no circa": {"issued": {"date-parts": [[2003]], "season": 3, "circa": "false"}},
    "a variable in the note": {"volume": None, "note": "volume: 12"},
    "null and empty members": {"page": None, "abstract": "", "editor": []},
}


def exported(item: dict[str, Any], form: str) -> str:
    """An item in a format; nothing of it may be unreadable."""
    entries, problems = read_csl_json(SourceFile("items.json", json.dumps([item])))
    assert problems == []
    return export_entries(entries, form).text


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_export_says_the_same_of_every_spelling(spelling: str) -> None:
    """What one program writes as a list and another as text is one work."""
    item = PLAIN | SPELLINGS[spelling]
    for form in EXPORT_FORMATS:
        assert exported(PLAIN, form) == exported(item, form)


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_a_name_without_comma_stays_in_one_piece(form: str) -> None:
    """Nothing tells whether “Amnesty International” is a person, so it is written as it stands."""
    whole = PLAIN | {"author": [{"literal": "Amnesty International"}]}
    for author in ("Amnesty International", ["Amnesty International"]):
        assert exported(whole, form) == exported(PLAIN | {"author": author}, form)


@pytest.mark.parametrize("form", sorted(set(EXPORT_FORMATS) - {"csl-json", "csl-yaml", "apa"}))
def test_line_ends_in_a_text_are_blanks(form: str) -> None:
    """A title on two lines is one line in a format that has one line for it."""
    on_two_lines = {"title": "On\n  rivers\n", "container-title": "Waves "}
    assert exported(PLAIN, form) == exported(PLAIN | on_two_lines, form)


@pytest.mark.parametrize("form", ["csl-json", "csl-yaml"])
def test_csl_keeps_the_white_space_of_a_text(form: str) -> None:
    """An abstract of two paragraphs is one after it was read and written."""
    item = PLAIN | {"abstract": "One.\n\nTwo."}
    assert json.dumps("One.\n\nTwo.") in exported(item, form)
