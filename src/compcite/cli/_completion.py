"""Shell completion: the words that a shell offers for an argument or option."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING

import typer

from compcite.errors import CompciteError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "complete_format",
    "complete_key",
    "complete_rules",
    "complete_style",
    "completing",
]

_BREAKS = frozenset(":=")  # where bash breaks words, of what stands in keys and options


def complete_rules(incomplete: str) -> list[tuple[str, str]]:
    """Rules and families that begin like the word, each with its meaning.

    In a list such as ``M5,D`` only the last word is completed.
    """
    from compcite.checks import FAMILIES, RULES  # noqa: PLC0415 - what a shell asks for is rare

    before, comma, last = incomplete.rpartition(",")
    offers = {name: rule.summary for name, rule in RULES.items()} | dict(FAMILIES)
    return [
        (before + comma + name, meaning)
        for name, meaning in offers.items()
        if name.startswith(last)
    ]


def complete_style(incomplete: str) -> list[str]:
    """The names of CSL styles that begin like the word."""
    from compcite.csl.styles.catalog import style_names  # noqa: PLC0415

    return sorted({name for name in style_names() if name.startswith(incomplete)})


def complete_format(incomplete: str) -> list[str]:
    """The export formats that begin like the word."""
    from compcite.verbs.export import EXPORT_FORMATS  # noqa: PLC0415

    return [name for name in EXPORT_FORMATS if name.startswith(incomplete)]


def complete_key(ctx: typer.Context, incomplete: str) -> list[str]:
    """The citation keys that begin like the word.

    They are read from the sources on the command line, else from the default ones; there are none
    where these cannot be read.
    """
    from compcite.config import load_config  # noqa: PLC0415
    from compcite.verbs.load import load_library  # noqa: PLC0415

    given = ctx.params.get("source") or ctx.params.get("sources") or ()
    try:
        library = load_library(load_config().sources(list(given)))
    except CompciteError:
        return []
    return [entry.key for entry in library.entries if entry.key.startswith(incomplete)]


@contextlib.contextmanager
def completing() -> Iterator[None]:
    """Where bash asks for completions, give it those of whole words; else do nothing.

    Bash breaks a word at colons and equals signs: it asks with ``DBLP``, ``:`` and ``conf/n`` and
    replaces only the last piece. Here the pieces are joined before typer sees them, and what stands
    before the last piece is cut from the answers. Other shells do not break words.
    """
    if os.environ.get("_COMPCITE_COMPLETE") != "complete_bash":
        yield
        return
    pieces = os.environ["COMP_WORDS"].split("\n")[: int(os.environ["COMP_CWORD"]) + 1]
    words = _whole_words(pieces)
    os.environ["COMP_WORDS"] = "\n".join(words)
    os.environ["COMP_CWORD"] = str(len(words) - 1)
    last = "" if _breaks(pieces[-1]) else pieces[-1]
    before = words[-1].removesuffix(last)
    answers = io.StringIO()
    try:
        with contextlib.redirect_stdout(answers):
            yield
    finally:
        for answer in answers.getvalue().splitlines():
            sys.stdout.write(answer.removeprefix(before) + "\n")


def _whole_words(pieces: Sequence[str]) -> list[str]:
    """The words of a command line from the pieces that bash makes of them.

    Bash breaks a word at each colon and equals sign, which is a piece of its own.
    """
    words: list[str] = []
    broken = False
    for piece in pieces:
        if words and (broken or _breaks(piece)):
            words[-1] += piece
        else:
            words.append(piece)
        broken = _breaks(piece)
    return words


def _breaks(piece: str) -> bool:
    """Whether a piece is only what bash breaks words at."""
    return bool(piece) and set(piece) <= _BREAKS
