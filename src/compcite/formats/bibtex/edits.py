"""Edits of single fields, written as the author of the entry would write them.

Values are given as they are to stand between the delimiters: LaTeX or Unicode, macros resolved.
All functions raise EditError where the edit cannot be made without touching something else.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from compcite.errors import EditError
from compcite.model.report import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = ["add_field", "remove_field", "set_field"]

_NAME = re.compile(r"[^\s\"#%'(),={}@\d][^\s\"#%'(),={}]*+")
_DIGITS = re.compile(r"[0-9]++")
_ASSIGNMENT = re.compile(r"[^=]+?([^\S\r\n]*+)=([^\S\r\n]*+)")
_SEPARATOR = re.compile(r"\s*+,\s*+")
_COMMA = re.compile(r"\s*+,")
_END_OF_LINE = re.compile(r"[ \t]*+(?:[\r\n]|\Z)")
_LINE_END = re.compile(r"\r\n|\n|\r")


def set_field(source: SourceFile, entry: Entry, name: str, value: str) -> Edit:
    """The edit that gives a field another value, between the delimiters that are there.

    A bare number stays bare; a macro or a value joined by ``#`` is replaced whole. White space
    around the value stays.
    """
    field = entry.field(name)
    if field is None:
        raise EditError(f"{_place(source, entry)} has no field {name}")
    _check_braces(name, value)
    written = source.text[field.value_span.start : field.value_span.end]
    if field.content_span == field.value_span:
        bare = _DIGITS.fullmatch(written) and _DIGITS.fullmatch(value)
        delimited = value if bare else _delimited(value, _delimiter(source, entry))
        return Edit(field.value_span.start, field.value_span.end, delimited)
    if written[0] == '"' and _has_open_quote(value):
        return Edit(field.value_span.start, field.value_span.end, _delimited(value, "{"))
    content = source.text[field.content_span.start : field.content_span.end]
    start = field.content_span.start + len(content) - len(content.lstrip())
    end = max(start, field.content_span.start + len(content.rstrip()))
    return Edit(start, end, value)


def add_field(source: SourceFile, entry: Entry, name: str, value: str) -> Edit:
    """The edit that adds a field at the end of an entry, in the manner of the fields before it.

    Copied are the case of the names, indentation and line ends, alignment, delimiters, and
    whether a comma trails.
    """
    if any(field.name == name.lower() for field in entry.fields):
        raise EditError(f"{_place(source, entry)} has a field {name} already")
    if not _NAME.fullmatch(name):
        raise EditError(f"{name!r} cannot name a field")
    _check_braces(name, value)
    end = entry.fields[-1].span.end if entry.fields else entry.key_span.end
    name = _case(source, entry)(name)
    made = name + _assignment(source, entry, name) + _written(source, entry, value)
    return Edit(end, end, _separator(source, entry) + made)


def remove_field(source: SourceFile, entry: Entry, name: str) -> Edit:
    """The edit that removes a field with the one comma that then is too many."""
    places = [place for place, field in enumerate(entry.fields) if field.name == name.lower()]
    if len(places) != 1:
        times = "no field" if not places else f"{len(places)} fields"
        raise EditError(f"{_place(source, entry)} has {times} {name}")
    text, fields, place = source.text, entry.fields, places[0]
    span = fields[place].span
    behind = fields[place - 1].span.end if place else entry.key_span.end
    before = text[behind : span.start]
    if place and not before.replace(",", "").strip():
        return Edit(behind, span.end, "")
    if not place and len(fields) > 1:
        following = fields[1].span.start
        if not text[span.end : following].replace(",", "").strip():
            return Edit(span.start, following, "")
    comma = _COMMA.match(text, span.end)
    end = comma.end() if comma else span.end
    ends_comment = "%" in before and not _END_OF_LINE.match(text, end)
    start = span.start if ends_comment else behind + len(before.rstrip())
    return Edit(start, end, "")


def _place(source: SourceFile, entry: Entry) -> str:
    """An entry as an error names it."""
    return f"{source.name}:{source.position(entry.span.start).line}: {entry.key or entry.type}"


def _check_braces(name: str, value: str) -> None:
    """Raise EditError for a value that would end before its delimiter, or not end there."""
    depth = 0
    for char in value:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            break
    if depth:
        raise EditError(f"the braces of the new {name} are not balanced: {value}")


def _has_open_quote(value: str) -> bool:
    """Whether a quotation mark stands outside the braces of a value."""
    depth = 0
    for char in value:
        depth += (char == "{") - (char == "}")
        if char == '"' and not depth:
            return True
    return False


def _most_common(values: Iterable[str], default: str) -> str:
    """What occurs most; of several the last one; the default where there is nothing."""
    found = list(values)
    counts = Counter(found)
    return max(reversed(found), key=counts.__getitem__, default=default)


def _delimited(value: str, opening: str) -> str:
    return f'"{value}"' if opening == '"' and not _has_open_quote(value) else f"{{{value}}}"


def _delimiter(source: SourceFile, entry: Entry) -> str:
    """The delimiter that opens most values of an entry."""
    opening = (source.text[field.value_span.start] for field in entry.fields)
    return _most_common((char for char in opening if char in '{"'), "{")


def _written(source: SourceFile, entry: Entry, value: str) -> str:
    """A value with delimiters, or bare if it is a number where the entry writes numbers bare."""
    values = (source.text[f.value_span.start : f.value_span.end] for f in entry.fields)
    if _DIGITS.fullmatch(value) and any(_DIGITS.fullmatch(written) for written in values):
        return value
    return _delimited(value, _delimiter(source, entry))


def _case(source: SourceFile, entry: Entry) -> Callable[[str], str]:
    """How an entry writes the names of its fields: DOI, Doi or doi."""
    names = [source.text[f.span.start : f.span.start + len(f.name)] for f in entry.fields]
    if names and all(name.isupper() for name in names):
        return str.upper
    if names and all(name[:1].isupper() for name in names):
        return str.capitalize
    return str.lower


def _separator(source: SourceFile, entry: Entry) -> str:
    """What stands between two fields: a comma, a line end and an indentation mostly."""
    ends = [entry.key_span.end, *(field.span.end for field in entry.fields)]
    between = [
        source.text[end : field.span.start] for end, field in zip(ends, entry.fields, strict=False)
    ]
    plain = [text for text in between if _SEPARATOR.fullmatch(text)]
    if not plain:  # commas were forgotten
        plain = [f",{text}" for text in between if text.isspace()]
    lines = _LINE_END.search(source.text, entry.span.start, entry.span.end)
    return _most_common(plain[1:] or plain, f",{lines[0]}  " if lines else ", ")


def _assignment(source: SourceFile, entry: Entry, name: str) -> str:
    """The ``=`` and the blanks round it, aligned where the fields of the entry are."""
    found = [
        (len(field.name), match[1], match[2])
        for field in entry.fields
        if (match := _ASSIGNMENT.fullmatch(source.text, field.span.start, field.value_span.start))
    ]
    if not any("\t" in before + after for _, before, after in found):
        if column := _column(found, lambda length, before, _: length + len(before)):
            after = _most_common((after for *_, after in found), " ")
            return " " * max(column - len(name), min(1, len(found[-1][1]))) + "=" + after
        if column := _column(found, lambda length, before, after: length + len(before + after)):
            before = _most_common((before for _, before, _ in found), " ")
            return before + "=" + " " * max(column - len(name + before), 1)
    return _most_common((f"{before}={after}" for _, before, after in found), " = ")


def _column(
    found: Sequence[tuple[int, str, str]], column: Callable[[int, str, str], int]
) -> int | None:
    """The column that most fields share, where blanks bring that about."""
    columns = Counter(column(*assignment) for assignment in found)
    for place, count in columns.most_common(1):
        lengths = {length for length, *gaps in found if column(length, *gaps) == place}
        padded = len(lengths) > 1 or any(len(gap) > 1 for _, *gaps in found for gap in gaps)
        if padded and 2 * count > len(found):
            return place
    return None
