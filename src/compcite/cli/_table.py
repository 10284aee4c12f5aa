"""Print a table for people: fitted to the terminal, or whole in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from compcite.cli import _console
from compcite.model.doi import DOI
from compcite.text.terminal import cell_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["fitted", "print_table"]

_STYLES = {"key": "cyan", "doi": "blue", "year": "green"}
# The columns that may be cut on a narrow terminal; the numbers are their shares of the room.
_ELASTIC = {"title": 4, "container": 2, "authors": 2}
# The columns that are left out, in this order, where the title gets too little room.
_DISPENSABLE = ("container", "source", "type", "doi")
_READABLE = 24  # cells: three or four words, enough to tell most titles apart
_SHORT_KEY = 20  # cells of a key, so that 80 cells leave room for year, authors and title
_GAP = 2
_UNBOUNDED = 1_000_000  # a width that no row reaches


def print_table(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Print rows under their columns; on a terminal, DOIs are links."""
    console = _console.rich_console()
    terminal = _console.is_terminal()
    if not terminal:
        console.width = _UNBOUNDED
    widths = fitted(columns, rows, console.width)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    for name, width in widths.items():
        table.add_column(name, no_wrap=True, overflow="ellipsis", width=width)
    for row in rows:
        table.add_row(*(_cell(name, row, link=terminal) for name in widths))
    with console.capture() as capture:
        console.print(table)
    _console.out("".join(line.rstrip() + "\n" for line in capture.get().splitlines()))


def fitted(columns: Sequence[str], rows: Sequence[Mapping[str, str]], width: int) -> dict[str, int]:
    """The columns that fit into ``width`` cells, with the width of each.

    Years and DOIs are never cut, keys only where there is no room otherwise. Titles, containers and
    authors share the rest.
    """
    natural = {
        name: max([cell_width(name), *(cell_width(row[name]) for row in rows)]) for name in columns
    }
    shown = list(columns)
    for name in ("", *_DISPENSABLE):
        if name in shown and len(shown) > 1:
            shown.remove(name)
        widths = _shared({column: natural[column] for column in shown}, width)
        if widths.get("title", _READABLE) >= min(_READABLE, natural.get("title", 0)):
            return widths
    long_key = widths.get("key", 0) - _SHORT_KEY
    if long_key > 0:  # no title beside it: the key gives way as well
        widths = _shared({**{c: natural[c] for c in shown}, "key": _SHORT_KEY}, width)
    return widths


def _shared(natural: Mapping[str, int], width: int) -> dict[str, int]:
    """The width of each column: what its values need, or its share where that is too much."""
    widths = dict(natural)
    elastic = [name for name in natural if name in _ELASTIC]
    left = width - _GAP * len(natural) - sum(natural[n] for n in natural if n not in _ELASTIC)
    while elastic and sum(natural[name] for name in elastic) > left:
        weight = sum(_ELASTIC[name] for name in elastic)
        share = {name: max(1, left * _ELASTIC[name] // weight) for name in elastic}
        small = [name for name in elastic if natural[name] <= share[name]]
        if not small:
            return widths | share
        for name in small:  # a column that needs less than its share leaves the rest to others
            elastic.remove(name)
            left -= natural[name]
    return widths


def _cell(name: str, row: Mapping[str, str], *, link: bool) -> Text:
    """One cell of a row; with ``link``, the cell of a DOI is a link to it."""
    style = _STYLES.get(name, "")
    doi = DOI.parse(row[name]) if link and name == "doi" else None
    return Text(row[name], style=f"{style} link {doi.url}" if doi else style)
