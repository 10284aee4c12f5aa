"""Choose and sort entries: the meaning of ``--where``, ``--sort``, ``--columns``, ``--key``.

A ``--where`` expression is one of these, and each means the same for every column and field:

- ``NAME=text``: a word of the column begins with the text. Case and accents do not matter, and a
  number must be the whole number: ``journal=psych`` finds Psychology, ``volume=2`` does not find
  volume 12;
- ``NAME!=text``: the opposite;
- ``NAME~REGEX``: the regular expression matches somewhere;
- ``NAME>=NUMBER``, also ``<=``, ``>`` and ``<``: by the first number of the column;
- ``has=NAME``, ``missing=NAME``: the column is not empty, is empty;
- words alone: each of them begins a word of some column;
- several of these with ``or`` between them: at least one of them is true. Behind a regular
  expression, ``or`` begins the next of them only where a name and an operator follow:
  ``title~war or peace`` is one expression, ``title~war or year=1869`` is two.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import UsageError
from compcite.files.regular import is_file
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
    "is_known",
    "pick",
    "refuse_unknown",
    "sort_entries",
    "sorted_by",
    "where",
]

_EXPRESSION = re.compile(r"\s*([A-Za-z][\w-]*)\s*(!=|>=|<=|=|~|>|<)\s*(.*)", re.DOTALL)
_OR = re.compile(r"\s+or\s+", re.IGNORECASE)
_CONTAINERS = ("container-title", "event-title", "collection-title", "archive", "publisher")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Value = str | int | None


def _shown(text: str) -> str:
    """The text without tags, on one line, as columns show it."""
    return on_one_line(without_tags(text))


def container_of(item: Item) -> Value:
    """The journal, book, conference, series or archive of a work, else its publisher, else None."""
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
_PLACES = ("source", "line")  # columns in which bare words are not looked for
_ALIASES = {
    "author": "authors",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "citation-key": "key",
    "date": "year",
}


def column(entry: Entry, name: str) -> Value:
    """The entry's value in a column: one of :data:`COLUMNS`, a CSL variable, or a field.

    The name is in lower case. None where the entry has no value.
    """
    return column_reader(name)(entry)


def column_reader(name: str) -> Callable[[Entry], Value]:
    """The function that gives an entry's value in the column of this name, or None without a value.

    The name is in lower case. Some columns have a second name: ``author`` means ``authors``, and
    ``journal`` the container title.
    """
    name = _ALIASES.get(name, name)
    made = COLUMNS.get(name)
    return made.value if made else lambda entry: _variable(entry, name)


def _variable(entry: Entry, name: str) -> Value:
    """The value of a CSL variable, else of a field, else None; ``name`` is in lower case.

    Names are joined by semicolons. Of a date it is the year, else its words.
    """
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

    Without expressions, each entry meets them. Raises UsageError for an expression that cannot be
    read, and for a name that is no column, no CSL variable and no field of the ``entries``.
    """
    wanted = [[_condition(part) for part in _parts(one)] for one in expressions]
    refuse_unknown((one.column for group in wanted for one in group if one.column), entries)
    groups = [[_test(condition) for condition in group] for group in wanted]
    return lambda entry: all(any(test(entry) for test in group) for group in groups)


@cache
def _known_names() -> frozenset[str]:
    """The names of all columns, and of the fields and variables that programs and styles know."""
    variables = map(str.lower, (*TEXTS, *NAMES, *DATES))
    return frozenset((*COLUMNS, *_ALIASES, *KNOWN_FIELDS, *variables))


def is_known(name: str) -> bool:
    """Whether a name, in lower case, is that of a column, a CSL variable or a known field.

    A field is known if a program reads it, whether or not an entry of the list has it.
    """
    return name in _known_names()


def refuse_unknown(names: Iterable[str], entries: Sequence[Entry]) -> None:
    """Raise UsageError for a name that is no column and no field; the message has the nearest name.

    Names are in lower case. A field that programs know (``keywords``) is accepted even if no entry
    has it. Any other field (``mood``) is accepted if an entry has it.
    """
    known = set(_known_names())
    for name in names:
        if name in known:
            continue
        known.update(field.name for entry in entries for field in entry.fields)
        if name not in known:
            near = nearest(name, known)
            hint = f"did you mean {near}?" if near else f"columns are {', '.join(COLUMNS)}"
            raise UsageError(f"no entry has a field {name}; {hint}")


def _parts(expression: str) -> list[str]:
    """The parts of an expression, between which ``or`` stands.

    In a regular expression, ``or`` only parts where a name and an operator follow.
    """
    parts: list[str] = []
    start = 0
    for found in _OR.finditer(expression):
        before = _EXPRESSION.fullmatch(expression, start, found.start())
        in_regex = before is not None and before[2] == "~"
        if not in_regex or _EXPRESSION.match(expression, found.end()):
            parts.append(expression[start : found.start()])
            start = found.end()
    return [*parts, expression[start:]]


class _Condition(NamedTuple):
    """One condition, such as ``year >= 2015``; words alone have no column."""

    column: str
    operator: str
    text: str


def _condition(written: str) -> _Condition:
    """The condition that a part of an expression states.

    Words without a name are the condition that each of them begins a word of some column.
    ``has!=doi`` means ``missing=doi``, and the other way round. Raises UsageError where nothing
    stands behind the sign, where ``has`` or ``missing`` has another sign than ``=`` and ``!=``, and
    for an empty part.
    """
    match = _EXPRESSION.fullmatch(written)
    if match is None:
        if not written.strip():
            raise UsageError("--where names nothing to look for")
        return _Condition("", "words", written)
    name, sign, text = match[1].lower(), match[2], match[3].strip()
    if name not in ("has", "missing"):
        if text:
            return _Condition(name, sign, text)
        raise UsageError(
            f"--where {written}: nothing stands behind {sign}; "
            f"missing={name} finds the entries without it"
        )
    if not text or sign not in ("=", "!="):
        raise UsageError(f"--where {written}: write {name}={text or 'doi'}")
    there = (name == "has") == (sign == "=")
    return _Condition(text.lower(), "has" if there else "missing", "")


def _test(condition: _Condition) -> Callable[[Entry], bool]:
    """A function that tells whether an entry meets one condition.

    For an entry without a value, the test is made on an empty text.
    """
    if condition.operator == "words":
        words = [_beginning_a_word(word) for word in condition.text.split()]
        return lambda entry: _has_all(entry, words)
    read, holds = column_reader(condition.column), _TESTS[condition.operator](condition)

    def test(entry: Entry) -> bool:
        value = read(entry)
        return holds("" if value is None else str(value))

    return test


def _has_all(entry: Entry, words: list[re.Pattern[str]]) -> bool:
    """Whether each of the words begins a word of any column of an entry."""
    values = (made.value(entry) for name, made in COLUMNS.items() if name not in _PLACES)
    text = fold("\n".join(str(value) for value in values if value is not None))
    return all(word.search(text) for word in words)


def _beginning_a_word(text: str) -> re.Pattern[str]:
    """A pattern that finds a word that begins with the text, to be used on folded text.

    Folded text has neither capitals nor accents. A number must be the whole number. In scripts
    without capitals the text may stand inside a word: Chinese has no blanks between words, and a
    Hebrew word may begin with an article.
    """
    folded = fold(text.strip())
    first, last = folded[:1], folded[-1:]
    before = "(?<![^\\W\\d_])" if first.isalpha() and unicodedata.category(first) != "Lo" else ""
    before = "(?<!\\d)" if first.isdigit() else before
    after = "(?!\\d)" if last.isdigit() else ""
    return re.compile(before + r"\s+".join(map(re.escape, folded.split())) + after)


def _contains(condition: _Condition) -> Callable[[str], bool]:
    """A test for ``NAME=text`` and ``NAME!=text``.

    It tells whether a word of the value begins with the text, or whether none does.
    """
    wanted, negated = _beginning_a_word(condition.text), condition.operator == "!="
    return lambda value: (wanted.search(fold(value)) is None) == negated


def _matches(condition: _Condition) -> Callable[[str], bool]:
    """A test for ``NAME~REGEX``, in any letter case; UsageError for no regular expression."""
    try:
        regex = re.compile(condition.text, re.IGNORECASE)
    except re.error as error:
        raise UsageError(
            f"--where {condition.column}~{condition.text}: not a regular expression ({error})"
        ) from None
    return lambda value: regex.search(value) is not None


def _compares(condition: _Condition) -> Callable[[str], bool]:
    """A test for ``NAME>=NUMBER`` and similar, by the first number in a value.

    A value without a number does not pass. Raises UsageError where the condition has no number.
    """
    name, sign, text = condition
    if not _NUMBER.fullmatch(text):
        raise UsageError(f"--where {name}{sign}{text}: {sign} compares with a number")
    number, compare = float(text), _COMPARISONS[sign]

    def test(value: str) -> bool:
        found = _NUMBER.search(value)
        return found is not None and compare(float(found[0]), number)

    return test


_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_TESTS: dict[str, Callable[[_Condition], Callable[[str], bool]]] = {
    "=": _contains,
    "!=": _contains,
    "~": _matches,
    "has": lambda _: bool,
    "missing": lambda _: lambda value: not value,
    **dict.fromkeys(_COMPARISONS, _compares),
}


def pick(entries: Sequence[Entry], keys: Sequence[str]) -> list[Entry]:
    """The entries with these keys or aliases, in the order of ``keys``; no key counts twice.

    Of entries with one key, the first is taken. A key in another letter case is found, too, if none
    is written exactly so. Raises UsageError for an unknown key. The message names the nearest known
    key; if the key is the name of a file, it names the option for files.
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
        if not key:
            raise UsageError("an empty text is no citation key; name an entry by its key")
        if found is None:
            near = nearest(key, by_key, cutoff=0.5)
            hint = f"; did you mean {near}?" if near else ""
            hint = "; a file is named with --source" if is_file(Path(key)) else hint
            raise UsageError(f"no entry has the key {key}{hint}")
        chosen.append(found)
    return chosen


def sorted_by(specs: Iterable[str]) -> list[str]:
    """The names of the columns in ``--sort``, in lower case and without the ``-`` of descending."""
    return [spec.removeprefix("-").lower() for spec in specs]


def with_members(chosen: Sequence[Entry], entries: Sequence[Entry]) -> list[Entry]:
    """The chosen entries, each ``@set`` of biblatex followed by its members among ``entries``.

    No entry stands twice.
    """
    by_key = {name: entry for entry in reversed(entries) for name in entry.keys}
    found: dict[int, Entry] = {}
    waiting = list(reversed(chosen))
    while waiting:
        entry = waiting.pop()
        listed = entry.field("entryset") if entry.type == "set" else None
        if id(entry) not in found and listed:
            names = [name.strip() for name in listed.value.split(",")]
            waiting += [by_key[name] for name in reversed(names) if name in by_key]
        found.setdefault(id(entry), entry)
    return list(found.values())


def sort_entries(entries: Sequence[Entry], by: Sequence[str]) -> list[Entry]:
    """The entries sorted by columns; the first column counts most, and ``-year`` sorts downwards.

    Entries without a value come last in both directions.
    """
    ordered = list(entries)
    for spec in reversed(by):
        read = column_reader(*sorted_by([spec]))
        valued = [(read(entry), entry) for entry in ordered]
        present = [pair for pair in valued if pair[0] is not None]
        absent = [entry for value, entry in valued if value is None]
        present.sort(key=lambda pair: _sort_key(pair[0]), reverse=spec.startswith("-"))
        ordered = [*(entry for _, entry in present), *absent]
    return ordered


def _sort_key(value: Value) -> tuple[int, int, str]:
    """The key to sort a value by: numbers come before words."""
    return (0, value, "") if isinstance(value, int) else (1, 0, fold(str(value)))
