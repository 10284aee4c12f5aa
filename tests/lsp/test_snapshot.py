"""A snapshot in an editor: its records count at once, and nobody is asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.lsp.test_asking import DOI, LIST, RECORD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.lsp.editor import Editor

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

from compcite.registries.snapshots.build import build_snapshot


def test_the_records_of_a_snapshot_count_when_a_list_is_opened(
    running: Editor, tmp_path: Path
) -> None:
    """The configuration names the snapshot; a field that its record contradicts is a finding."""
    dump = tmp_path / "dump.jsonl"
    record = {"DOI": DOI, "type": "journal-article", **RECORD}
    dump.write_text(json.dumps(record), encoding="utf-8")
    build_snapshot(tmp_path / "records", [dump])
    (tmp_path / "compcite.toml").write_text('snapshot = "records"\n', encoding="utf-8")
    path = tmp_path / "refs.bib"
    path.write_text(LIST, encoding="utf-8")
    with running.within(tmp_path) as ed:
        uri = ed.open_file(path)
        ed.wait_until(lambda: "year-mismatch" in _codes(ed, uri))
        assert (ed.messages, ed.progress) == ([], [])


def _codes(ed: Editor, uri: str) -> list[str]:
    """The rules that are shown at present."""
    shown = ed.diagnostics.get(uri)
    return [str(one.code) for one in shown.diagnostics] if shown else []
