"""Print a table for people: fitted to the terminal, or whole in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from compcite.cli import _console
from compcite.model.doi import DOI
from compcite.text.terminal import cell_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["fitted", "print_table"]

_STYLES = {"key": "cyan", "doi": "blue", "year": "green"}
# The columns that may be cut on a narrow terminal; the numbers are their shares of the room.
_ELASTIC = {"title": 4, "container": 2, "authors": 2}
# The columns that are left out, in this order, where the title gets too little room.
_DISPENSABLE = ("container", "source", "type", "doi")
_READABLE = 24  # cells: three or four words, enough to tell most titles apart
_SHORT_KEY = 20  # cells of a key, so that 80 cells leave room for year, authors and title
_GAP = "  "
_UNBOUNDED = 1_000_000  # a width that no row reaches


def print_table(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Print rows under their columns; on a terminal, DOIs are links.

    Keys are never cut, since they are there to be copied: a key that is wider than its column
    stands on a line of its own, above the rest of its row.
    """
    console = _console.rich_console()
    terminal = _console.is_terminal()
    widths = fitted(columns, rows, console.width if terminal else _UNBOUNDED)
    console.width = _UNBOUNDED
    with console.capture() as capture:
        console.print(_line({name: Text(name, style="bold") for name in widths}, widths))
        for row in rows:
            for line in _lines(row, widths, link=terminal):
                console.print(line)
    _console.out("".join(line.rstrip() + "\n" for line in capture.get().splitlines()))


def _lines(row: Mapping[str, str], widths: Mapping[str, int], *, link: bool) -> Iterator[Text]:
    """The line of a row; a key that is wider than its column stands on a line before it."""
    cells = {name: _cell(name, row, link=link) for name in widths}
    if cell_width(row.get("key", "")) > widths.get("key", _UNBOUNDED):
        yield cells["key"]
        cells["key"] = Text()
    yield _line(cells, widths)


def _line(cells: Mapping[str, Text], widths: Mapping[str, int]) -> Text:
    """The cells side by side, each cut or filled up to the width of its column.

    Blanks at the end are removed.
    """
    for name, cell in cells.items():
        cell.truncate(widths[name], overflow="ellipsis", pad=True)
    line = Text(_GAP).join(cells.values())
    line.rstrip()
    return line


def fitted(columns: Sequence[str], rows: Sequence[Mapping[str, str]], width: int) -> dict[str, int]:
    """The columns that fit into ``width`` cells, with the width of each.

    Years and DOIs are never cut, and the column of keys is narrower than its widest key only where
    there is no room otherwise. Titles, containers and authors share the rest. Where the title gets
    too little room, columns are left out: first those that are empty in all rows.
    """
    natural = {
        name: max([cell_width(name), *(cell_width(row[name]) for row in rows)]) for name in columns
    }
    empty = [name for name in columns if rows and not any(row[name] for row in rows)]
    shown = list(columns)
    for name in ("", *empty, *_DISPENSABLE):
        if name in shown and len(shown) > 1:
            shown.remove(name)
        widths = _shared({column: natural[column] for column in shown}, width)
        if widths.get("title", _READABLE) >= min(_READABLE, natural.get("title", 0)):
            return widths
    if widths.get("key", 0) > _SHORT_KEY:  # no room for a title beside it
        widths = _shared({**{c: natural[c] for c in shown}, "key": _SHORT_KEY}, width)
    return widths


def _shared(natural: Mapping[str, int], width: int) -> dict[str, int]:
    """The width of each column: what its values need, or its share where that is too much.

    Only columns of titles, containers and authors get less than they need.
    """
    widths = dict(natural)
    elastic = [name for name in natural if name in _ELASTIC]
    gaps = len(_GAP) * len(natural)
    left = width - gaps - sum(natural[name] for name in natural if name not in _ELASTIC)
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
