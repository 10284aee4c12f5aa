"""Real entries in APA, against what citeproc-js makes of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compcite.csl import render_bibliography

if TYPE_CHECKING:
    from pathlib import Path

LEAST_EQUAL = 0.99


def test_apa_equals_citeproc_js(shared: Path) -> None:
    """At least 99 of 100 entries are letter by letter those of citeproc-js, all in its order."""
    same = total = 0
    for path in sorted((shared / "data" / "apa").glob("*.items.json")):
        expected = json.loads(
            path.with_name(path.name.replace("items", "expected")).read_text(encoding="utf-8")
        )
        found = render_bibliography(json.loads(path.read_text(encoding="utf-8")))
        assert [key for key, _ in found] == [entry["id"] for entry in expected]
        total += len(expected)
        same += sum(
            entry["text"].split() == text.split()
            for entry, (_, text) in zip(expected, found, strict=True)
        )
    assert same >= LEAST_EQUAL * total
