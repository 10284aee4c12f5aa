"""Real entries in APA, against what citeproc-js makes of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compcite.formats.styled import write_bibliography
from compcite.load import load_library

if TYPE_CHECKING:
    from pathlib import Path

LEAST_EQUAL = 0.99


def test_apa_equals_citeproc_js(shared: Path) -> None:
    """At least 99 of 100 entries are letter by letter those of citeproc-js, all in its order.

    An entry that citeproc-js prints on two lines is not counted: it prints a line end inside a
    field and sets punctuation round it, while compcite reads every field as one line.
    """
    same = total = 0
    for path in sorted((shared / "data" / "apa").glob("*.items.json")):
        expected = json.loads(
            path.with_name(path.name.replace("items", "expected")).read_text(encoding="utf-8")
        )
        found = write_bibliography(load_library([str(path)]).entries).text.splitlines()
        for entry, text in zip(expected, found, strict=True):
            on_one_line = "\n" not in entry["text"].strip()
            total += on_one_line
            same += on_one_line and entry["text"].split() == text.split()
    assert same >= LEAST_EQUAL * total
