"""Read CSL-JSON with the place of every field, and write it as its schema asks.

``csl.items`` says what the members of an object mean. Source: schema ``csl-data.json`` of the
citation-style-language project.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from compcite.csl.items import item_of, read_item
from compcite.csl.json_names import PARTS
from compcite.model.library import NOWHERE, Entry, Field, Problem, Written
from compcite.model.source import Span
from compcite.text.markup import protect_whole_words
from compcite.text.phrases import in_words
from compcite.text.unicode import without_surrogates
from compcite.values.calendar import FIRST_SEASON
from compcite.values.csl_variables import DATES, JSON_NAMES, NAMES, TEXTS, TYPES

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from compcite.csl.items import Unread
    from compcite.model.item import Date, Item, Name
    from compcite.model.source import SourceFile

__all__ = [
    "Member",
    "item_to_csl",
    "members_at",
    "read_csl_json",
    "unread_sentence",
    "write_csl_json",
]

_BLANKS = re.compile(r"[ \t\r\n]*")
_WRAPPERS = ("references", "items")
_LONG = 19  # digits


def _whole(digits: str) -> int | str:
    """Return a number of JSON as int, or as text if it has 19 digits or more.

    No number in a reference is that long.
    """
    return int(digits) if len(digits) < _LONG else digits


_DECODER = json.JSONDecoder(strict=False, parse_int=_whole)


class Member(NamedTuple):
    """A member of a JSON object; ``start``, ``value_start`` and ``end`` are offsets in the text."""

    name: str
    value: Any
    start: int
    value_start: int
    end: int


def read_csl_json(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of a CSL-JSON file, and a problem for each thing that is not an item.

    The file holds an array of items, one item, or an object with the array under ``references`` or
    ``items``. If the JSON is broken, reading ends there with one problem. Nothing is raised.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    try:
        for start, end, members in _items(source.text):
            if members is None:
                message = "An item must be a JSON object."
                problems.append(Problem("entry-unparsed", message, source, Span(start, end)))
            else:
                entry, faults = _entry(source, members, Span(start, end))
                entries.append(entry)
                problems += faults
    except json.JSONDecodeError as error:
        problems.append(_broken(source, error.msg, error.pos))
    except RecursionError:
        problems.append(_broken(source, "Nested too deeply", 0))
    return entries, problems


def item_to_csl(item: Item) -> dict[str, Any]:
    """Return an item as an object of CSL-JSON, without empty values, in a fixed order of variables.

    A list of names that is not complete ends in the name ``others``, as in pandoc. An unknown type
    becomes ``document``, and unknown variables are left out.
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
            written[JSON_NAMES.get(variable, variable)] = protect_whole_words(shown)
    return written


def write_csl_json(entries: Sequence[Entry]) -> Written:
    """Return the text of a CSL-JSON array with all entries, and a sentence for each loss.

    A loss is a variable that the schema does not know, or a note that programs of CSL read as
    variables (``original-date: 1900``). Each item needs an id, so an entry without a
    key gets ``item-`` and its number.
    """
    known = {*TEXTS, *NAMES, *DATES}
    losses = [
        f"{entry.key}: CSL-JSON has no variable “{variable}”."
        for entry in entries
        for variable in (*entry.item.text, *entry.item.names, *entry.item.dates)
        if variable not in known
    ]
    losses += [
        f"{entry.key}: CSL-JSON gives the “note” as {in_words(named)}."
        for entry in entries
        if (named := _named_in_note(entry.item))
    ]
    items = [
        item_to_csl(entry.item) | {"id": entry.key or f"item-{number}"}
        for number, entry in enumerate(entries, start=1)
    ]
    return Written(json.dumps(items, ensure_ascii=False, indent=2) + "\n", tuple(losses))


def _named_in_note(item: Item) -> list[str]:
    """Return the variables, in quotes, that programs of CSL read from the note of an item."""
    note = item.text.get("note", "")
    read = item_of({"note": note}) if ":" in note else item_of({})
    return [f"“{name}”" for name in (*read.text, *read.names, *read.dates) if name != "note"]


def members_at(text: str, at: int) -> list[Member]:
    """Return the members of the object that begins at ``at``, in order.

    Raise json.JSONDecodeError if no object begins there, or its JSON is broken.
    """
    return _object(text, at)[0]


def _items(text: str) -> Iterator[tuple[int, int, list[Member] | None]]:
    """Yield start, end and members of each item in a JSON text; None if the item is not an object.

    The text is an array of items, one item, or an object with the array under ``references`` or
    ``items``. Raise json.JSONDecodeError if the JSON is broken.
    """
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


def _array(text: str, at: int) -> Generator[tuple[int, int, list[Member] | None], None, int]:
    """Yield start, end and members of each item in the array that begins at ``at``.

    Members are None if the item is not an object. The generator returns the offset after the array.
    """
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


def _object(text: str, at: int, *, top: bool = False) -> tuple[list[Member], int, int | None]:
    """Return the members of the object at ``at``, the offset after it, and where its list begins.

    The last is the list of items in a member such as ``references``; it is None if there is no such
    member, or ``top`` is false. Raise json.JSONDecodeError if the JSON is broken.
    """
    members: list[Member] = []
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
        members.append(Member(name, value, start, value_start, at))
        at = _skip(text, at)
        closed = text.startswith("}", at)
        if not closed:
            at = _skip(text, _expect(text, at, ","))
    return members, at + 1, wrapped


def _skip(text: str, at: int) -> int:
    """Return the offset of the first character from ``at`` on that is not white space."""
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def _expect(text: str, at: int, char: str) -> int:
    """Return the offset after ``char``, which must stand at ``at``.

    Else raise json.JSONDecodeError.
    """
    if not text.startswith(char, at):
        raise json.JSONDecodeError(f"Expecting {char!r}", text, at)
    return at + 1


def _broken(source: SourceFile, message: str, offset: int) -> Problem:
    """Return the problem that says where the JSON of a file is broken, and why."""
    place = source.position(offset)
    sentence = f"The JSON breaks at line {place.line}, column {place.column}: {message}."
    end = min(offset + 1, len(source.text))
    return Problem("entry-unparsed", sentence, source, Span(offset, end))


def unread_sentence(unread: Unread) -> str:
    """Return the sentence that says which member could not be read, and why."""
    return f"The member “{unread.member}” {unread.reason}."


def _entry(source: SourceFile, members: list[Member], span: Span) -> tuple[Entry, list[Problem]]:
    """Return the entry that an object's members describe, and a problem for each unread member.

    If two members have one name, the last counts. ``id``, ``type`` and empty members are no fields.
    Without an id, ``citation-key`` is the key; without both, the key of the entry is empty.
    """
    last = {member.name: member for member in members}
    reading = read_item({name: member.value for name, member in last.items()})
    item = reading.item
    fields = tuple(
        _field(source.text, member, ignored=last[member.name] is not member)
        for member in members
        if member.value not in (None, "", [], {}) and member.name not in ("id", "type")
    )
    problems = [
        Problem(
            "field-unread",
            unread_sentence(unread),
            source,
            Span(last[unread.member].start, last[unread.member].end),
            item.id or None,
        )
        for unread in reading.unread
    ]
    id_field = last.get("id") or last.get("citation-key")
    key_span = Span(id_field.value_start, id_field.end) if id_field else NOWHERE
    entry = Entry(item.id, item, item.type, fields, source, span, key_span, "csl-json")
    return entry, problems


def _field(text: str, member: Member, *, ignored: bool) -> Field:
    """Return a member as a field.

    Its value is the content of a string, or the JSON text of any other value. ``ignored`` is true
    if a later member has the same name.
    """
    value_span = Span(member.value_start, member.end)
    is_string = isinstance(member.value, str)
    return Field(
        member.name.lower(),
        without_surrogates(member.value) if is_string else text[member.value_start : member.end],
        Span(member.start, member.end),
        value_span,
        Span(member.value_start + 1, member.end - 1) if is_string else value_span,
        ignored,
    )


def _name_to_csl(name: Name) -> dict[str, Any]:
    """Return a name as an object of CSL-JSON, without empty parts."""
    made: dict[str, Any] = {key: part for key, field in PARTS if (part := getattr(name, field))}
    if made and name.comma_suffix:
        made["comma-suffix"] = True
    if made and not name.parse_names:
        made["parse-names"] = False
    return made


def _date_to_csl(date: Date) -> dict[str, Any]:
    """Return a date as an object of CSL-JSON, without empty parts.

    The schema has a place for one season only. So if a range ends in a season, the numbers 21 to 24
    of EDTF stand for seasons in the place of months.
    """
    made: dict[str, Any] = {}
    if date.parts:
        made["date-parts"] = [list(parts) for parts in date.parts]
    if date.end_season:
        seasons = (date.season, date.end_season)
        made["date-parts"] = [
            [*parts, FIRST_SEASON + season - 1] if season else list(parts)
            for parts, season in zip(date.parts, seasons, strict=True)
        ]
    elif date.season:
        made["season"] = date.season
    if date.circa:
        made["circa"] = True
    if date.literal:
        made["literal"] = date.literal
    return made
