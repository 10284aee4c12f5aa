"""In which order the lists of a run that replaces files in several folders are removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.files.unfinished import Replacement, announce, has_unfinished, withdraw

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_run_that_is_stopped_at_its_end_leaves_a_list_where_the_next_run_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run reads the source, so the list beside it goes last."""
    chapters = tmp_path / "chapters"
    chapters.mkdir()
    replacements = [
        Replacement(folder / "x", folder / ".compcite-x.tmp", "") for folder in (tmp_path, chapters)
    ]
    announce(replacements)
    removed: list[Path] = []
    unlink = type(tmp_path).unlink

    def note(path: Path) -> None:
        removed.append(path.parent)
        unlink(path)

    monkeypatch.setattr(type(tmp_path), "unlink", note)
    withdraw(replacements)

    assert removed == [chapters, tmp_path]
    assert not any(map(has_unfinished, (tmp_path, chapters)))
