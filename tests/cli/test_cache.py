"""``compcite cache``: what it shows of the file, and what it says when that is no use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode
from compcite.model.doi import DOI
from compcite.model.work import NotFound
from compcite.registries.cache import Cache

if TYPE_CHECKING:
    from tests.cli.conftest import Compcite

FILE = Path("..", "cache", "answers.sqlite3")


def test_info_counts_and_clear_forgets(compcite: Compcite) -> None:
    """What earlier runs left."""
    cache = Cache(FILE)
    cache.keep([NotFound(DOI("10.1234/a"))])
    cache.close()
    shown = compcite("cache", "info")
    assert (shown.code, shown.err) == (ExitCode.OK, "")
    assert "not registered  1\n" in shown.out
    cleared = compcite("cache", "clear")
    assert (cleared.code, cleared.out, cleared.err) == (ExitCode.OK, "1 answers forgotten\n", "")
    assert compcite("cache", "clear").out == "0 answers forgotten\n"


@pytest.mark.parametrize("command", ["info", "clear"])
def test_a_damaged_file_is_not_moved_in_silence(compcite: Compcite, command: str) -> None:
    """Where it is now stands on standard error, beside what is shown of the new one."""
    FILE.parent.mkdir()
    FILE.write_bytes(b"this is no database at all" * 50)
    result = compcite("cache", command)
    assert result.code == ExitCode.OK
    assert "The cache was damaged" in result.err
    assert "answers.sqlite3.damaged" in result.err
    assert "0" in result.out


@pytest.mark.parametrize("command", ["info", "clear"])
def test_a_folder_that_is_no_use_ends_with_2(compcite: Compcite, command: str) -> None:
    """Nothing was shown or forgotten, and nothing else is claimed."""
    FILE.parent.write_text("in the way")
    result = compcite("cache", command)
    assert (result.code, result.out) == (ExitCode.COULD_NOT_RUN, "")
    assert "cannot be used" in result.err
