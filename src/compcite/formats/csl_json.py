"""CSL-JSON: reading with the place of every field, and writing as the schema asks.

Sources: schema ``csl-data.json`` of the citation-style-language project; the CSL 1.0.2
specification for the meaning of variables; citeproc-js's documentation for the older spellings
(``raw`` dates, ``journalAbbreviation``, ``shortTitle``, ``event``).
"""

from __future__ import annotations

import json
import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from compcite.formats.bibtex.read.name_fields import parse_names
from compcite.formats.csl_variables import DATES, JSON_NAMES, NAMES, TEXTS, TYPES
from compcite.model.item import Date, Item, Name
from compcite.model.library import NOWHERE, Entry, Field, Problem, Written
from compcite.model.source import Span
from compcite.text.markup import whole_words
from compcite.text.unicode import whole
from compcite.values.dates import bibtex_date, edtf_date

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from compcite.model.source import SourceFile

__all__ = ["item_from_csl", "item_to_csl", "read_csl_json", "write_csl_json"]

_BLANKS = re.compile(r"[ \t\r\n]*")
_RUN = re.compile(r"[ \t\r\n]+")
_WRAPPERS = ("references", "items")
_OLDER_NAMES = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
    **{short: name for name, short in JSON_NAMES.items()},
}
_TEXT_NAMES = {name.lower(): name for name in TEXTS} | {
    older.lower(): name for older, name in _OLDER_NAMES.items()
}
_PARTS = (
    ("family", "family"),
    ("given", "given"),
    ("dropping-particle", "dropping_particle"),
    ("non-dropping-particle", "non_dropping_particle"),
    ("suffix", "suffix"),
    ("literal", "literal"),
)
_OTHERS = frozenset({"others", "et al.", "et al"})
_SEASONS = ("spring", "summer", "autumn", "winter")
_SINGLE = frozenset({"title", "container-title", "title-short", "container-title-short"})
_MONTHS, _DAYS = 12, 31
_LONG = 19  # digits


def _whole(digits: str) -> int | str:
    """A number of JSON; as text where it is longer than any number of a reference."""
    return int(digits) if len(digits) < _LONG else digits


_DECODER = json.JSONDecoder(strict=False, parse_int=_whole)


class _Member(NamedTuple):
    """A member of a JSON object: its name, its value and where both stand."""

    name: str
    value: Any
    start: int
    value_start: int
    end: int


def read_csl_json(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """The entries of a CSL-JSON source, and what of it is no item.

    An array of items, one item alone, or an object with the items under ``references`` or
    ``items``. Where the JSON breaks, reading ends with one problem at that place.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    try:
        for start, end, members in _items(source.text):
            if members is None:
                message = "An item must be a JSON object."
                problems.append(Problem("entry-unparsed", message, source, Span(start, end)))
            else:
                entries.append(_entry(source, members, Span(start, end)))
    except json.JSONDecodeError as error:
        problems.append(_broken(source, error.msg, error.pos))
    except RecursionError:
        problems.append(_broken(source, "Nested too deeply", 0))
    return entries, problems


def item_from_csl(mapping: Mapping[str, Any]) -> Item:
    """The item that a CSL-JSON object describes, in whatever of its spellings."""
    text: dict[str, str] = {}
    names: dict[str, tuple[Name, ...]] = {}
    dates: dict[str, Date] = {}
    truncated: set[str] = set()
    for name, value in mapping.items():
        lower = name.lower()
        if lower in _TEXT_NAMES:
            variable = _TEXT_NAMES[lower]
            if shown := _text(value, single=variable in _SINGLE):
                text.setdefault(variable, shown)
        elif lower in NAMES:
            read = [made for part in _list(value) if (made := _name(part))]
            if read and read[-1].literal.lower() in _OTHERS:
                read.pop()
                truncated.add(lower)
            if read:
                names[lower] = tuple(read)
        elif lower in DATES and (date := _date(value)) != Date():
            dates[lower] = date
    type_ = mapping.get("type")
    key = _text(mapping.get("id"), single=True) or _text(mapping.get("citation-key"), single=True)
    return Item(
        type_ if isinstance(type_, str) and type_ in TYPES else "document",
        text,
        names,
        dates,
        key,
        frozenset(truncated & names.keys()),
    )


def item_to_csl(item: Item) -> dict[str, Any]:
    """The CSL-JSON object of an item, without empty values, in a fixed order of variables.

    A list of names that says "and others" ends in the literal name ``others``, as pandoc has it.
    """
    written: dict[str, Any] = {
        "id": item.id,
        "type": item.type if item.type in TYPES else "document",
    }
    for variable in NAMES:
        if names := [_name_to_csl(name) for name in item.names.get(variable, ())]:
            more = [{"literal": "others"}] if variable in item.truncated else []
            written[variable] = names + more
    for variable in DATES:
        if (date := item.dates.get(variable)) and (made := _date_to_csl(date)):
            written[variable] = made
    for variable in TEXTS:
        if shown := item.text.get(variable):
            written[JSON_NAMES.get(variable, variable)] = whole_words(shown)
    return written


def write_csl_json(entries: Sequence[Entry]) -> Written:
    """The entries as a CSL-JSON array, and the variables that the schema does not know.

    Every item needs an id: an entry without a key gets its number for one.
    """
    known = {*TEXTS, *NAMES, *DATES}
    losses = [
        f"{entry.key}: CSL-JSON has no variable “{variable}”."
        for entry in entries
        for variable in (*entry.item.text, *entry.item.names, *entry.item.dates)
        if variable not in known
    ]
    items = [
        item_to_csl(entry.item) | {"id": entry.key or f"item-{number}"}
        for number, entry in enumerate(entries, start=1)
    ]
    return Written(json.dumps(items, ensure_ascii=False, indent=2) + "\n", tuple(losses))


def _items(text: str) -> Iterator[tuple[int, int, list[_Member] | None]]:
    """The items of a JSON text with their places; None where an item is no object."""
    at = _skip(text, 0)
    if text.startswith("[", at):
        at = yield from _array(text, at)
    elif not text.startswith("{", at):
        raise json.JSONDecodeError("Expecting an array of items, or one item", text, at)
    else:
        start = at
        members, at, wrapped = _object(text, at, top=True)
        if wrapped is None:
            yield start, at, members
        else:
            yield from _array(text, wrapped)
    if (rest := _skip(text, at)) < len(text):
        raise json.JSONDecodeError("Extra data", text, rest)


def _array(text: str, at: int) -> Generator[tuple[int, int, list[_Member] | None], None, int]:
    """The items of the array that begins at ``at``; returns where it ends."""
    at = _skip(text, at + 1)
    if text.startswith("]", at):
        return at + 1
    while True:
        start = at
        if text.startswith("{", at):
            members, at, _ = _object(text, at)
            yield start, at, members
        else:
            _, at = _DECODER.raw_decode(text, at)
            yield start, at, None
        at = _skip(text, at)
        if text.startswith("]", at):
            return at + 1
        at = _skip(text, _expect(text, at, ","))


def _object(text: str, at: int, *, top: bool = False) -> tuple[list[_Member], int, int | None]:
    """The members of the object at ``at``, where it ends, and where an array of items begins."""
    members: list[_Member] = []
    wrapped = None
    at = _skip(text, _expect(text, at, "{"))
    closed = text.startswith("}", at)
    while not closed:
        start = at
        if not text.startswith('"', at):
            raise json.JSONDecodeError("Expecting property name in double quotes", text, at)
        name, at = _DECODER.raw_decode(text, at)
        value_start = _skip(text, _expect(text, _skip(text, at), ":"))
        if top and name in _WRAPPERS and text.startswith("[", value_start):
            wrapped = value_start
        value, at = _DECODER.raw_decode(text, value_start)
        members.append(_Member(name, value, start, value_start, at))
        at = _skip(text, at)
        closed = text.startswith("}", at)
        if not closed:
            at = _skip(text, _expect(text, at, ","))
    return members, at + 1, wrapped


def _skip(text: str, at: int) -> int:
    """The place of the next character that is no blank."""
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def _expect(text: str, at: int, char: str) -> int:
    """The place after a character that must stand at ``at``."""
    if not text.startswith(char, at):
        raise json.JSONDecodeError(f"Expecting {char!r}", text, at)
    return at + 1


def _broken(source: SourceFile, message: str, offset: int) -> Problem:
    """The problem of JSON that breaks at a place."""
    place = source.position(offset)
    sentence = f"The JSON breaks at line {place.line}, column {place.column}: {message}."
    end = min(offset + 1, len(source.text))
    return Problem("entry-unparsed", sentence, source, Span(offset, end))


def _entry(source: SourceFile, members: list[_Member], span: Span) -> Entry:
    """The entry that an object's members make; without any id its key is empty."""
    last = {member.name: member for member in members}
    item = item_from_csl({name: member.value for name, member in last.items()})
    fields = tuple(
        _field(source.text, member, ignored=last[member.name] is not member)
        for member in members
        if member.value not in (None, "", [], {}) and member.name not in ("id", "type")
    )
    id_field = last.get("id") or last.get("citation-key")
    key_span = Span(id_field.value_start, id_field.end) if id_field else NOWHERE
    return Entry(item.id, item, item.type, fields, source, span, key_span)


def _field(text: str, member: _Member, *, ignored: bool) -> Field:
    """The field of a member: a string's content, or the JSON of any other value as written."""
    value_span = Span(member.value_start, member.end)
    is_string = isinstance(member.value, str)
    return Field(
        member.name.lower(),
        whole(member.value) if is_string else text[member.value_start : member.end],
        Span(member.start, member.end),
        value_span,
        Span(member.value_start + 1, member.end - 1) if is_string else value_span,
        ignored,
    )


def _list(value: object) -> list[object]:
    """The elements of a list, or the value as the only one."""
    return value if isinstance(value, list) else [value]


def _text(value: object, *, single: bool) -> str:
    """A string, number or list of them as text; of a list of titles only the first."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str):
        return _RUN.sub(" ", whole(value)).strip(" ")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, list):
        texts = [shown for part in value if (shown := _text(part, single=single))]
        return ", ".join(texts[:1] if single else texts)
    return ""


def _name(value: object) -> Name | None:
    """A name object, or a name in one piece."""
    if isinstance(value, str):
        value = whole(value)
        return next(iter(parse_names(value.replace(" and ", " {and} "))[0]), None)
    if not isinstance(value, dict):
        return None
    parts = {field: _text(value.get(name), single=True) for name, field in _PARTS}
    parts["literal"] = parts["literal"] or _text(value.get("name"), single=True)
    if parts["family"]:
        parts["literal"] = ""
    else:
        literal = parts["literal"] or parts["given"]
        return Name(literal=literal) if literal else None
    return Name(**parts, comma_suffix=value.get("comma-suffix") in (True, 1, "true", "1"))


def _date(value: object) -> Date:
    """A date object, or an EDTF string or a year alone."""
    value = _in_parts(value)
    if not isinstance(value, dict):
        return _raw_date(_text(value, single=True))
    circa = value.get("circa") not in (None, False, 0, "", "false", "0")
    parts = _date_parts(value.get("date-parts"))
    literal = _text(value.get("literal"), single=True)
    if not parts:
        raw = _text(value.get("raw"), single=True) or _text(value.get("edtf"), single=True)
        if raw:
            found = _raw_date(raw)
            return Date(found.parts, found.season, circa or found.circa, found.literal)
        return Date(literal=literal, circa=circa) if literal else Date()
    return Date(parts, _season(value.get("season")), circa, literal)


def _in_parts(value: object) -> object:
    """A date with its parts under ``date-parts``.

    pandoc's older YAML has them by name, as ``year``, ``month`` and ``day``, alone or in a list
    of one or two.
    """
    named = [row for row in _list(value) if isinstance(row, dict) and "year" in row]
    if named:
        parts = [
            list(takewhile(bool, (row.get(part) for part in ("year", "month", "day"))))
            for row in named
        ]
        return {**named[0], "date-parts": parts}
    return {"date-parts": value} if isinstance(value, list) else value


def _raw_date(raw: str) -> Date:
    """A date in EDTF or in words."""
    return edtf_date(raw) or bibtex_date(raw, "", "")


def _date_parts(value: object) -> tuple[tuple[int, ...], ...]:
    """Date parts as whole numbers, up to the first that is none."""
    parts: list[tuple[int, ...]] = []
    rows = _list(value)
    for row in [rows] if rows and not isinstance(rows[0], list) else rows:
        numbers: list[int] = []
        for part, most in zip(_list(row), (None, _MONTHS, _DAYS), strict=False):
            shown = _text(part, single=True)
            if not re.fullmatch(r"-?\d{1,9}", shown) or (most and not 0 < int(shown) <= most):
                break
            numbers.append(int(shown))
        if numbers and (numbers[0] or parts or len(rows) > 1):
            parts.append(tuple(numbers))
    return tuple(parts[:2])


def _season(value: object) -> int | None:
    """A season as its number, where it is told by number (also EDTF's 21 to 24) or name."""
    shown = _text(value, single=True).lower()
    if shown in _SEASONS:
        return _SEASONS.index(shown) + 1
    number = int(shown) % 20 if re.fullmatch(r"\d{1,2}", shown) else 0
    return number if 0 < number <= len(_SEASONS) else None


def _name_to_csl(name: Name) -> dict[str, Any]:
    """The CSL-JSON object of a name."""
    made: dict[str, Any] = {key: part for key, field in _PARTS if (part := getattr(name, field))}
    if made and name.comma_suffix:
        made["comma-suffix"] = True
    return made


def _date_to_csl(date: Date) -> dict[str, Any]:
    """The CSL-JSON object of a date."""
    made: dict[str, Any] = {}
    if date.parts:
        made["date-parts"] = [list(parts) for parts in date.parts]
    if date.season:
        made["season"] = date.season
    if date.circa:
        made["circa"] = True
    if date.literal:
        made["literal"] = date.literal
    return made
