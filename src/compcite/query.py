"""Choose and sort entries: the meaning of ``--where``, ``--sort``, ``--columns``, ``--key``.

A ``--where`` expression is one of these:

- ``NAME=text``: the column contains the text, whatever case and accents; a number is equal;
- ``NAME!=text``: the contrary;
- ``NAME~REGEX``: the regular expression matches somewhere;
- ``NAME>=NUMBER``, also ``<=``, ``>`` and ``<``;
- ``missing=NAME``: the column is empty;
- bare words: all of them occur in some columns of the entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.errors import UsageError
from compcite.text.markup import without_tags
from compcite.text.nearest import nearest
from compcite.text.unicode import fold, on_one_line
from compcite.values.csl_variables import DATES, NAMES, TEXTS
from compcite.values.field_names import KNOWN_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from compcite.model.item import Item
    from compcite.model.library import Entry

__all__ = [
    "COLUMNS",
    "column",
    "column_reader",
    "columns_of",
    "pick",
    "refuse_unknown",
    "sort_entries",
    "where",
]

_EXPRESSION = re.compile(r"^\s*([A-Za-z][\w-]*)\s*(!=|>=|<=|=|~|>|<)\s*(.*)$", re.DOTALL)
_CONTAINERS = ("container-title", "event-title", "collection-title", "archive", "publisher")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Value = str | int | None


def _shown(text: str) -> str:
    """A text as a column has it: without tags, on one line."""
    return on_one_line(without_tags(text))


def container_of(item: Item) -> Value:
    """The journal, book, conference or series of a work, else its publisher; None without any."""
    return next((_shown(item.text[name]) for name in _CONTAINERS if item.text.get(name)), None)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ``list``: its name, and the function that gives an entry's value."""

    name: str
    value: Callable[[Entry], Value]


COLUMNS: dict[str, Column] = {
    made.name: made
    for made in (
        Column("source", lambda e: e.source.name if e.source else None),
        Column("line", lambda e: e.source.position(e.span.start).line if e.source else None),
        Column("key", lambda e: e.key),
        Column("type", lambda e: e.type or e.item.type),
        Column("authors", lambda e: "; ".join(e.authors) or None),
        Column("year", lambda e: e.year),
        Column("title", lambda e: e.title or None),
        Column("container", lambda e: container_of(e.item)),
        Column("doi", lambda e: e.doi),
    )
}
_ALIASES = {
    "author": "authors",
    "journal": "container",
    "journaltitle": "container",
    "booktitle": "container",
    "citation-key": "key",
    "date": "year",
}


def columns_of(entry: Entry) -> dict[str, Value]:
    """The value of every column of an entry, by the column's name."""
    return {name: made.value(entry) for name, made in COLUMNS.items()}


def column(entry: Entry, name: str) -> Value:
    """The entry's value in a column: one of :data:`COLUMNS`, a CSL variable, or a field."""
    return column_reader(name)(entry)


def column_reader(name: str) -> Callable[[Entry], Value]:
    """The function that gives an entry's value in the column of this name."""
    made = COLUMNS.get(_ALIASES.get(name, name))
    return made.value if made else lambda entry: _variable(entry, name)


def _variable(entry: Entry, name: str) -> Value:
    """The value of a CSL variable, else of a field, else None; ``name`` is in lower case."""
    item = entry.item
    for variable, text in item.text.items():
        if variable.lower() == name:
            return _shown(text)
    if name in item.names:
        return "; ".join(map(str, item.names[name]))
    if name in item.dates:
        return item.dates[name].year or item.dates[name].literal or None
    written = entry.field(name)
    return without_tags(written.value) if written else None


def where(expressions: Iterable[str], entries: Sequence[Entry]) -> Callable[[Entry], bool]:
    """A function that tells whether an entry meets all of the ``--where`` expressions.

    Raises UsageError for a regular expression or a number that cannot be read, and for a name
    that is no column, no CSL variable and no field of the ``entries``.
    """
    expressions = list(expressions)
    refuse_unknown(filter(None, map(_name_in, expressions)), entries)
    tests = [_test(expression) for expression in expressions]
    return lambda entry: all(test(entry) for test in tests)


def refuse_unknown(names: Iterable[str], entries: Sequence[Entry]) -> None:
    """Raise UsageError, with the nearest name, where no entry could ever have such a column.

    A field of the author's own (``mood``) is right as long as one entry has it, one that programs
    know (``keywords``) even where no entry has it.
    """
    known = {*COLUMNS, *_ALIASES, *KNOWN_FIELDS, *map(str.lower, (*TEXTS, *NAMES, *DATES))}
    for name in names:
        if name in known:
            continue
        known.update(field.name for entry in entries for field in entry.fields)
        if name not in known:
            near = nearest(name, known)
            raise UsageError(
                f"no entry has a field {name}" + (f"; did you mean {near}?" if near else "")
            )


def _name_in(expression: str) -> str | None:
    """The name that an expression asks for; None for bare words."""
    match = _EXPRESSION.match(expression)
    if match is None:
        return None
    name = match[1].lower()
    return match[3].strip().lower() if (name, match[2]) == ("missing", "=") else name


def _test(expression: str) -> Callable[[Entry], bool]:
    """The function that tests entries for one expression."""
    match = _EXPRESSION.match(expression)
    if match is None:
        words = fold(expression).split()
        return lambda entry: _contains_all(entry, words)
    name, operator, wanted = match[1].lower(), match[2], match[3].strip()
    if name == "missing" and operator == "=":
        return lambda entry: column(entry, wanted.lower()) in (None, "")
    if operator == "~":
        return _matches(name, wanted)
    if operator in ("=", "!="):
        return _equals(name, wanted, negated=operator == "!=")
    return _compares(name, operator, wanted)


def _contains_all(entry: Entry, words: list[str]) -> bool:
    """Whether the columns of an entry, taken together, contain all words."""
    text = fold(" ".join(str(value) for value in columns_of(entry).values() if value is not None))
    return all(word in text for word in words)


def _matches(name: str, pattern: str) -> Callable[[Entry], bool]:
    """A test for ``NAME~REGEX``."""
    try:
        regex = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise UsageError(f"--where {name}~{pattern}: not a regular expression ({error})") from None
    return lambda entry: regex.search(str(column(entry, name) or "")) is not None


def _equals(name: str, wanted: str, *, negated: bool) -> Callable[[Entry], bool]:
    """A test for ``NAME=text`` or, ``negated``, for ``NAME!=text``.

    Key, type, DOI and numbers have to be equal; other columns have to contain the text.
    """
    folded = fold(wanted)

    def test(entry: Entry) -> bool:
        value = column(entry, name)
        if isinstance(value, int) or name in ("key", "type", "doi"):
            return (fold(str(value or "")) == folded) != negated
        return (folded in fold(str(value or ""))) != negated

    return test


def _compares(name: str, operator: str, wanted: str) -> Callable[[Entry], bool]:
    """Return a test for ``NAME>=NUMBER`` and similar, which uses the first number in the column."""
    if not _NUMBER.fullmatch(wanted):
        raise UsageError(f"--where {name}{operator}{wanted}: {operator} compares with a number")
    number = float(wanted)

    def test(entry: Entry) -> bool:
        found = _NUMBER.search(str(column(entry, name) or ""))
        if found is None:
            return False
        value = float(found[0])
        return {
            ">=": value >= number,
            "<=": value <= number,
            ">": value > number,
            "<": value < number,
        }[operator]

    return test


def pick(entries: Sequence[Entry], keys: Sequence[str]) -> list[Entry]:
    """The entries with these keys or aliases, in the order of ``keys``.

    Letter case counts only where two keys differ in nothing else. Raises UsageError for an unknown
    key and names the nearest known one.
    """
    by_key: dict[str, Entry] = {}
    folded: dict[str, Entry] = {}
    aliases = ((alias, entry) for entry in entries for alias in entry.keys[1:])
    for name, entry in (*((entry.key, entry) for entry in entries), *aliases):
        by_key.setdefault(name, entry)
        folded.setdefault(name.casefold(), entry)
    chosen = []
    for key in dict.fromkeys(keys):
        found = by_key.get(key) or folded.get(key.casefold())
        if found is None:
            near = nearest(key, by_key, cutoff=0.5)
            hint = f"; did you mean {near}?" if near else ""
            raise UsageError(f"no entry has the key {key}{hint}")
        chosen.append(found)
    return chosen


def sort_entries(entries: Sequence[Entry], by: Sequence[str]) -> list[Entry]:
    """The entries sorted by columns; the first column counts most, and ``-year`` sorts downwards.

    Entries without a value come last in both directions.
    """
    ordered = list(entries)
    for spec in reversed(by):
        name, descending = spec.lstrip("-").lower(), spec.startswith("-")
        present = [e for e in ordered if column(e, name) is not None]
        absent = [e for e in ordered if column(e, name) is None]
        present.sort(key=lambda e, name=name: _sort_key(column(e, name)), reverse=descending)  # type: ignore[misc]
        ordered = present + absent
    return ordered


def _sort_key(value: Value) -> tuple[int, int, str]:
    """The key to sort a value by: numbers come before words."""
    return (0, value, "") if isinstance(value, int) else (1, 0, fold(str(value)))
