"""Entries as a styled bibliography: what becomes of their items before the style sees them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compcite.formats.styled import write_bibliography
from compcite.verbs.load import load_library

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"DOI": "10.1000/Abc"}, "https://doi.org/10.1000/Abc"),
        ({"DOI": "https://doi.org/10.1000/abc"}, "https://doi.org/10.1000/abc"),
        ({"DOI": "http://dx.doi.org/10.1000/abc"}, "https://doi.org/10.1000/abc"),
        ({"DOI": "doi:10.1000/abc"}, "https://doi.org/10.1000/abc"),
        ({"URL": "http://dx.doi.org/10.1000/abc"}, "https://doi.org/10.1000/abc"),
        ({"DOI": "https://example.org/stable/12"}, "https://example.org/stable/12"),
        ({"URL": "https://example.org/10.1000/abc"}, "https://example.org/10.1000/abc"),
    ],
)
def test_an_address_is_never_put_before_an_address(
    tmp_path: Path, fields: dict[str, str], expected: str
) -> None:
    """The style writes the resolver before a DOI; the item may have written it too."""
    item = {"id": "a", "type": "article-journal", "title": "T", **fields}
    (tmp_path / "a.json").write_text(json.dumps([item]), encoding="utf-8")

    written = write_bibliography(load_library([str(tmp_path / "a.json")]).entries)

    assert written.text.split()[-1] == expected
