"""Real entries in APA, against what citeproc-js makes of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compcite.formats.styled import write_bibliography
from compcite.verbs.load import load_library
from tests.csl.rendering import apa

if TYPE_CHECKING:
    from pathlib import Path

LEAST_EQUAL = 0.99


@pytest.mark.no_cover
def test_apa_equals_citeproc_js(shared: Path) -> None:
    """At least 99 of 100 entries are letter by letter those of citeproc-js, all in its order."""
    same = total = 0
    for path in sorted((shared / "data" / "apa").glob("*.items.json")):
        expected = json.loads(
            path.with_name(path.name.replace("items", "expected")).read_text(encoding="utf-8")
        )
        entries = load_library([str(path)]).entries
        found = write_bibliography(entries).text.splitlines()
        keys = [key for key, _ in apa([entry.item for entry in entries])]
        assert keys == [entry["id"] for entry in expected]
        total += len(expected)
        same += sum(
            entry["text"].split() == text.split()
            for entry, text in zip(expected, found, strict=True)
        )
    assert same >= LEAST_EQUAL * total
