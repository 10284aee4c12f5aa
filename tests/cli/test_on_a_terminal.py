"""What a person sees on a terminal: layout, colours and counts that a pipe does not get."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from tests.registry_server import Fault, Service
from tests.terminal import on_terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

COLOUR = re.compile("\x1b[^m]*m")
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


@pytest.mark.usefixtures("references")
def test_show_wraps_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of a value stands below its beginning; an address is never broken."""
    monkeypatch.setenv("NO_COLOR", "1")

    assert on_terminal("show", "neff2003self", width=50).splitlines() == [
        "neff2003self  article  (references.bib:1)",
        "  author   Neff, Kristin D.",
        "  title    Self-Compassion: An Alternative",
        "           Conceptualization",
        "  journal  Self and Identity",
        "  year     2003",
        "  volume   2",
        "  number   2",
        "  pages    85--101",
        "  doi      10.1080/15298860309032",
        "",
        "  APA: Neff, K. D. (2003). Self-compassion: An",
        "       alternative conceptualization. Self and",
        "       Identity, 2(2), 85–101.",
        "       https://doi.org/10.1080/15298860309032",
        "  Registry: 10.1080/15298860309032 has not been",
        "            looked up yet; verify-dois does",
    ]


def test_a_report_wraps_between_words(references: Path) -> None:
    """No line is wider than the terminal, and none is lost."""
    text = references.read_text(encoding="utf-8").replace("85--101", "from page 85 to 101")
    references.write_text(text, encoding="utf-8")
    narrow, wide = (on_terminal("check", width=width) for width in (60, 200))
    shown = [COLOUR.sub("", line) for line in narrow.splitlines()]

    assert max(map(len, shown)) <= 60
    assert words_of(narrow) == words_of(wide)


def words_of(shown: str) -> list[str]:
    """What a terminal shows, without colours, layout, marks and times."""
    return re.findall(r"[^\W\d]{2,}", COLOUR.sub("", shown))


def test_a_diff_is_coloured_on_a_terminal_and_exact_in_a_pipe(
    compcite: Compcite, references: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR takes the colours away."""
    text = references.read_text(encoding="utf-8").replace("85--101", "pp. 85--101")
    references.write_text(text, encoding="utf-8")
    coloured = on_terminal("check", "--diff")
    piped = compcite("check", "--diff").out
    monkeypatch.setenv("NO_COLOR", "1")
    plain = on_terminal("check", "--diff")

    assert (
        "\x1b[31m-  pages = {pp. 85--101},\x1b[0m\n\x1b[32m+  pages = {85--101},\x1b[0m" in coloured
    )
    assert piped in plain
    assert piped.startswith("--- references.bib\n+++ references.bib\n@@ -5,7 +5,7 @@\n")
    assert piped in COLOUR.sub("", coloured)


@pytest.mark.parametrize(
    ("command", "title"),
    [
        (("verify-dois", "references.bib"), "Checking DOIs"),
        (("find", "self-compassion"), "Searching"),
        (("add", "10.1080/15298860309032", "--to", "new.bib"), "Asking for records"),
        (("add", "978-0-306-40615-7", "--to", "new.bib"), "Looking for the work"),
        (("convert", "references.bib", "--to", "ris", "--resolve"), "Looking for the works"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.usefixtures("references")
def test_a_bar_moves_before_the_first_answer(
    registries: RegistryServer, command: tuple[str, ...], title: str
) -> None:
    """Who waits sees that work goes on, also where no service says anything."""
    for service in Service:
        registries.fails(service, Fault.STALL)

    assert title in on_terminal(*command, "--timeout", "2")
