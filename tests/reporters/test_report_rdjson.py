"""The report for reviewdog: places in bytes, links to the rules, safe fixes as suggestions."""

from __future__ import annotations

import json

from compcite.model.source import SourceFile
from compcite.reporters import REPORTERS
from compcite.verbs.load import library_of
from compcite.verbs.verify import check_library


def test_columns_count_bytes_and_a_safe_fix_is_a_suggestion() -> None:
    """The letter before the DOI is two bytes long."""
    text = "@misc{a,\n  note = {\u00e9}, doi = {https://doi.org/10.1000/x}}\n"
    report = check_library(library_of([SourceFile("a.bib", text)]), ["doi-style"])
    (diagnostic,) = json.loads(REPORTERS["rdjson"](report))["diagnostics"]
    line = text.splitlines()[1].encode()
    (suggestion,) = diagnostic["suggestions"]
    start, end = (suggestion["range"][edge]["column"] - 1 for edge in ("start", "end"))

    assert diagnostic["severity"] == "WARNING"
    assert diagnostic["code"]["url"].endswith("/rules/doi-style/")
    assert diagnostic["location"]["path"] == "a.bib"
    assert line[:start] + suggestion["text"].encode() + line[end:] == (
        "  note = {\u00e9}, doi = {10.1000/x}}".encode()
    )
