"""What a person sees on a terminal: layout, colours and counts that a pipe does not get."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.terminal import on_terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


@pytest.mark.usefixtures("references")
def test_a_terminal_is_told_how_many_a_pipe_is_not(compcite: Compcite) -> None:
    """The number stands after the table."""
    assert compcite("list").err == ""
    assert on_terminal("list").splitlines()[-1] == "2 entries"
    assert on_terminal("list", "--where", "author=neff").splitlines()[-1] == "1 of 2 entries"
    assert on_terminal("list", "--where", "nobody") == "compcite: no entry matches (of 2)\n"


def test_a_terminal_shows_every_key_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is there to be copied; one that is too wide stands above the rest of its row."""
    monkeypatch.setenv("NO_COLOR", "1")
    key = "neff2003self-compassion-an-alternative-conceptualization-of-a-healthy-attitude"
    title = "Self-Compassion: An Alternative Conceptualization"
    (folder / "references.bib").write_text(
        f"@article{{{key}, title = {{{title}}}, author = {{Neff, Kristin}}, year = 2003}}\n"
        "@book{short, title = {Another}, author = {Raes, Filip}}\n",
        encoding="utf-8",
    )

    assert on_terminal("list", width=60).splitlines() == [
        "key                   authors  year  title",
        key,
        "                      Neff     2003  Self-Compassion: An …",
        "short                 Raes           Another",
        "2 entries",
    ]
