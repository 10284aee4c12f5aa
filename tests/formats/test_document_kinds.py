"""DOCUMENT_SUFFIXES: what cites keys and what mentions DOIs is read from the same documents.

A new kind of document fails here until both sides read it and the page says so; the messages say
what is missing and where it belongs.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compcite.formats import citing
from compcite.formats.citing import cited_in
from compcite.formats.document_kinds import DOCUMENT_SUFFIXES
from compcite.model.source import SourceFile
from compcite.verbs.load import library_of

PAGE = Path(__file__).parents[2] / "docs" / "cited-in.md"
SUFFIXES = [(kind, suffix) for kind, suffixes in DOCUMENT_SUFFIXES.items() for suffix in suffixes]


def notebook(cell: str) -> str:
    """A notebook of one cell."""
    return json.dumps({"cells": [{"cell_type": "markdown", "source": [cell]}]})


CITING = {
    "latex": r"\cite{doe}",
    "markdown": "[@doe]",
    "notebook": notebook("[@doe]"),
    "restructuredtext": ":cite:`doe`",
    "typst": "@doe",
    "org": "[cite:@doe]",
    "text": "[@doe]",
}
"""A citation of the key doe in each kind of document that cites."""
ONLY_MENTIONS = {"html"}
"""The kinds in which citations are links, without the keys of a list."""


def test_every_kind_cites_or_only_mentions() -> None:
    """Else ``--cited-in`` would refuse its files, and nobody would have decided it."""
    undecided = sorted(DOCUMENT_SUFFIXES.keys() - CITING.keys() - ONLY_MENTIONS)

    assert undecided == [], f"a reader in _READ_AS of {citing.__file__}, a text in {__file__}"


@pytest.mark.parametrize(("kind", "suffix"), [one for one in SUFFIXES if one[0] in CITING])
def test_the_keys_that_a_document_cites_are_read(kind: str, suffix: str, tmp_path: Path) -> None:
    """By the suffix of its name alone."""
    document = tmp_path / f"paper{suffix}"
    document.write_text(CITING[kind], encoding="utf-8")

    assert cited_in([str(document)]).keys == ("doe",)


@pytest.mark.parametrize(("kind", "suffix"), SUFFIXES)
def test_the_dois_that_a_document_mentions_are_read(kind: str, suffix: str) -> None:
    """Every kind of document is a source as well."""
    text = "See https://doi.org/10.1000/182 for more.\n"
    source = SourceFile(f"paper{suffix}", notebook(text) if kind == "notebook" else text)
    (entry,) = library_of([source]).entries

    assert entry.key == "10.1000/182"


@pytest.mark.parametrize(("kind", "suffix"), SUFFIXES)
def test_the_page_says_which_documents_are_read(kind: str, suffix: str) -> None:
    """In the table of what cites, and in the sentence on documents as sources."""
    page = PAGE.read_text(encoding="utf-8").lower()
    _, _, table = page.partition("## what cites")
    table, _, sources = table.partition("## documents as sources")

    assert f"`{suffix}`" in sources, f"“Documents as sources” of {PAGE}"
    assert f"`{suffix}`" in table or kind in ONLY_MENTIONS, f"“What cites” of {PAGE}"
