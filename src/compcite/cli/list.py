"""``compcite list``: the entries as a table or as data."""

from __future__ import annotations

import csv
import io
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from compcite.cli import _console
from compcite.cli._cited import CitedIn, citations_of, only_cited
from compcite.cli._library import load_with_warnings, name_no_match, unreadable
from compcite.cli._options import Sort, Sources, Strict, Where
from compcite.config import load_config
from compcite.errors import ExitCode, UsageError
from compcite.query import (
    COLUMNS,
    column,
    column_reader,
    refuse_unknown,
    sort_entries,
    sorted_by,
    where,
)
from compcite.text.phrases import amount
from compcite.text.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from compcite.model.library import Entry

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite list
  compcite list paper.bib --where author=neff --where "year>=2015" --sort -year
  compcite list --where missing=doi --format keys
  compcite list *.bib --format json | jq '.[].doi'
"""
_SHOWN = ("key", "authors", "year", "title", "container", "doi")


class ListFormat(StrEnum):
    """The values of ``--format``."""

    TABLE = "table"
    TSV = "tsv"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    KEYS = "keys"


def run(
    sources: Sources = None,
    where_: Where = None,
    cited_in: CitedIn = None,
    sort: Sort = None,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,…",
            help=f"The columns: {', '.join(COLUMNS)}, or any field or CSL variable.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        ListFormat | None,
        typer.Option(
            "--format", help="Default: table on a terminal, tsv in a pipe.", show_default=False
        ),
    ] = None,
    strict: Strict = False,
) -> int:
    """List the entries: key, authors, year, title, container, DOI."""
    citations = citations_of(cited_in, sources)
    library = load_with_warnings(load_config(), sources)
    chosen = _columns(columns)
    wanted = where(where_ or (), library.entries)
    refuse_unknown((*sorted_by(sort or ()), *chosen), library.entries)
    cited = only_cited(library, library.entries, citations)
    entries = [entry for entry in cited.entries if wanted(entry)]
    if sort:
        entries = sort_entries(entries, sort)
    form = format_ or (ListFormat.TABLE if _console.is_terminal() else ListFormat.TSV)
    if form is ListFormat.TABLE:
        if entries:
            _print_table(entries, chosen or _SHOWN)
    else:
        _console.out(_WRITERS[form](entries, chosen))
    name_no_match(library, entries)
    _tell_how_many(len(entries), len(library.entries))
    whole = cited.complete and not unreadable(library)
    return ExitCode.FINDINGS if strict and not whole else ExitCode.OK


def _tell_how_many(shown: int, held: int) -> None:
    """Say on stderr how many entries are listed, where somebody reads it."""
    if _console.is_terminal() and shown:
        count = amount(held, "entry")
        _console.note(count if shown == held else f"{shown:,} of {count}")


def _columns(given: str | None) -> tuple[str, ...]:
    """The names of the columns in ``--columns``, in lower case; none without the option.

    Raises UsageError for an option that names none.
    """
    names = tuple(name.strip().lower() for name in (given or "").split(",") if name.strip())
    if given is not None and not names:
        raise UsageError("--columns names no column")
    return names


def _record(entry: Entry, columns: tuple[str, ...]) -> dict[str, Any]:
    """An entry as a JSON object: full values, null for none, the authors as a list."""
    record: dict[str, Any] = {name: column(entry, name) for name in columns or tuple(COLUMNS)}
    if "authors" in record:
        record["authors"] = entry.authors
    return record


def _json(entries: Sequence[Entry], columns: tuple[str, ...]) -> str:
    """All entries as one JSON array."""
    from compcite.reporters.json import encode  # noqa: PLC0415 - only for JSON

    return encode([_record(entry, columns) for entry in entries], indent=1)


def _jsonl(entries: Sequence[Entry], columns: tuple[str, ...]) -> str:
    """Each entry as a JSON object on its own line."""
    from compcite.reporters.json import encode  # noqa: PLC0415 - only for JSON

    return "".join(encode(_record(entry, columns)) for entry in entries)


def _rows(entries: Sequence[Entry], columns: tuple[str, ...]) -> Iterator[list[str]]:
    """The cells of each entry; a line break in a value becomes a blank."""
    readers = [column_reader(name) for name in columns]
    for entry in entries:
        values = [read(entry) for read in readers]
        yield ["" if value is None else one_line(str(value)) for value in values]


def _tsv(entries: Sequence[Entry], columns: tuple[str, ...]) -> str:
    """The entries as tab-separated values below a line of column names."""
    names = columns or _SHOWN
    rows = ["\t".join(names), *("\t".join(cells) for cells in _rows(entries, names))]
    return "\n".join(rows) + "\n"


def _csv(entries: Sequence[Entry], columns: tuple[str, ...]) -> str:
    """The entries as comma-separated values below a line of column names."""
    names = columns or _SHOWN
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(_rows(entries, names))
    return buffer.getvalue()


def _keys(entries: Sequence[Entry], _: tuple[str, ...]) -> str:
    """The citation keys, one a line."""
    return "".join(one_line(entry.key) + "\n" for entry in entries)


_WRITERS: dict[ListFormat, Callable[[Sequence[Entry], tuple[str, ...]], str]] = {
    ListFormat.TSV: _tsv,
    ListFormat.JSON: _json,
    ListFormat.JSONL: _jsonl,
    ListFormat.CSV: _csv,
    ListFormat.KEYS: _keys,
}


def _print_table(entries: Sequence[Entry], columns: tuple[str, ...]) -> None:
    """Print a table: fitted to a terminal and with short names, with full values in a pipe."""
    from compcite.cli._table import print_table  # noqa: PLC0415 - rich, only for a table

    rows = []
    for entry, values in zip(entries, _rows(entries, columns), strict=True):
        cells = dict(zip(columns, values, strict=True))
        if _console.is_terminal() and "authors" in cells:
            cells["authors"] = one_line(_short(entry.authors))
        rows.append(cells)
    print_table(columns, rows)


def _short(names: Sequence[str]) -> str:
    """The authors as a citation has them: ``Litz & Carney``, or ``Au et al.`` for three or more."""
    families = [name.partition(",")[0] for name in names if name != "et al."]
    if len(families) > 2 or len(families) < len(names):  # noqa: PLR2004 - two names stand, three do not
        return f"{families[0]} et al."
    return " & ".join(families)
