"""A table for people, fitted to the terminal or whole in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from compcite.cli import _console
from compcite.model.doi import DOI

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["print_table"]

# What gives way first on a narrow terminal, and how much of the room each takes.
_ELASTIC = {"title": 3, "container": 2, "authors": 2}
_WHOLE_TABLE = 100  # columns of a terminal from which the container has room
_UNBOUNDED = 1_000_000


def print_table(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Print rows under their columns; DOIs are links where standard output is a terminal."""
    console = _console.rich_console()
    terminal = _console.is_terminal()
    shown = list(columns)
    if not terminal:
        console.width = _UNBOUNDED
    elif console.width < _WHOLE_TABLE and "container" in shown and "title" in shown:
        shown.remove("container")
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for name in shown:
        ratio = _ELASTIC.get(name) if terminal else None
        table.add_column(name, no_wrap=True, overflow="ellipsis", ratio=ratio, min_width=4)
    for row in rows:
        table.add_row(*(_cell(name, row[name], link=terminal) for name in shown))
    with console.capture() as capture:
        console.print(table)
    _console.out("".join(line.rstrip() + "\n" for line in capture.get().splitlines()))


def _cell(name: str, value: str, *, link: bool) -> Text:
    style = {"key": "cyan", "doi": "blue", "year": "green"}.get(name, "")
    doi = DOI.parse(value) if link and name == "doi" else None
    return Text(value, style=f"{style} link {doi.url}" if doi else style)
