"""Shell completion: the words that a shell offers for an argument or option."""

from __future__ import annotations

import typer

from compcite.errors import CompciteError

__all__ = ["complete_format", "complete_key", "complete_rules", "complete_style"]


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
