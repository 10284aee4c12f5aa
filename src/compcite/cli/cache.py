"""``compcite cache``: show or clear the answers that are kept on this machine."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from compcite.cli import _console
from compcite.cli._help import GroupWithHelp
from compcite.config import load_config
from compcite.errors import ExitCode, SourceError
from compcite.registries.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["app"]

EPILOG = """Examples:

\b
  compcite cache info
  compcite cache clear
"""

app = typer.Typer(
    cls=GroupWithHelp,
    add_completion=False,
    rich_markup_mode=None,
    help="Show or clear the answers of the registries kept on this machine.",
    epilog=EPILOG,
)


@app.command(epilog=EPILOG)
def info() -> int:
    """Show where the answers are kept, how many, and how old."""
    with _cache() as cache:
        kept = cache.info()
    rows = {
        "file": str(kept.path),
        "size": f"{kept.size / 1024:,.0f} kB",
        "works": str(kept.found),
        "aliases": str(kept.aliases),
        "not registered": str(kept.not_found),
        "searches": str(kept.questions),
        "oldest": _day(kept.oldest),
        "newest": _day(kept.newest),
    }
    width = max(map(len, rows))
    _console.out("".join(f"{name:<{width}}  {value}\n" for name, value in rows.items()))
    return ExitCode.OK


@app.command(epilog=EPILOG)
def clear() -> int:
    """Forget all answers; the next run asks again."""
    with _cache() as cache:
        kept = cache.info()
        cache.clear()
    count = kept.found + kept.aliases + kept.not_found + kept.questions
    _console.out(f"{count} answers forgotten\n")
    return ExitCode.OK


def _day(seconds: float | None) -> str:
    """A time in local time, ``2026-01-31 12:00``; ``-`` for None."""
    if seconds is None:
        return "-"
    return dt.datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")


@contextmanager
def _cache() -> Iterator[Cache]:
    """Open the cache and close it afterwards; its warnings are said on stderr.

    Raises SourceError where it cannot be used.
    """
    config = load_config()
    cache = Cache(config.cache_path, config["cache-found-days"], config["cache-not-found-days"])
    try:
        yield cache
    finally:
        cache.close()
    if not cache.usable:
        raise SourceError(cache.warnings[-1])
    for warning in cache.warnings:
        _console.error(warning)
