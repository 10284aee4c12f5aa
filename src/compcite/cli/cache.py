"""``compcite cache``: the answers kept on this machine."""

from __future__ import annotations

import datetime as dt

import typer

from compcite.cli import _console
from compcite.config import load_config
from compcite.errors import ExitCode
from compcite.registries.cache import Cache

__all__ = ["app"]

EPILOG = """Examples:

\b
  compcite cache info
  compcite cache clear
"""

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Show or clear the answers of the registries kept on this machine.",
    epilog=EPILOG,
)


@app.command(epilog=EPILOG)
def info() -> int:
    """Show where the answers are kept, how many, and how old."""
    cache = _cache()
    kept = cache.info()
    cache.close()
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
    cache = _cache()
    kept = cache.info()
    cache.clear()
    cache.close()
    count = kept.found + kept.aliases + kept.not_found + kept.questions
    _console.out(f"{count} answers forgotten\n")
    return ExitCode.OK


def _day(seconds: float | None) -> str:
    """A moment as people write it, in local time."""
    if seconds is None:
        return "-"
    return dt.datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")


def _cache() -> Cache:
    config = load_config()
    return Cache(config.cache_path, config["cache-found-days"], config["cache-not-found-days"])
