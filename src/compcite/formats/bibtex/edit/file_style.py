"""The style in which an entry is written: case of names, indentation, alignment, delimiters.

New fields and new entries are written in the same style.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from compcite.formats.bibtex.scan.syntax import blocks_of
from compcite.formats.bibtex.tables.macros import MONTHS, PREDEFINED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = [
    "DIGITS",
    "assignment",
    "delimited",
    "delimiter",
    "has_open_quote",
    "month_expression",
    "name_case",
    "separator",
    "type_case",
    "whole_field",
    "with_delimiters",
]

DIGITS = re.compile(r"[0-9]++")
_ASSIGNMENT = re.compile(r"[^=]+?(?<![^\S\r\n])([^\S\r\n]*+)=([^\S\r\n]*+)")
_SEPARATOR = re.compile(r"\s*+,\s*+")
_LINE_END = re.compile(r"\r\n|\n|\r")
_T = TypeVar("_T")
# How to write a name, by whether its first letter and whether all its letters are capital.
_CASES: dict[tuple[bool, bool], Callable[[str], str]] = {
    (True, True): str.upper,
    (True, False): str.capitalize,
}
# How to write the month of a number.
_MONTH_NAMES: dict[str, Callable[[int], str]] = {
    "macro": lambda month: MONTHS[month - 1],
    "name": lambda month: PREDEFINED[MONTHS[month - 1]],
    "short name": lambda month: PREDEFINED[MONTHS[month - 1]][:3],
    "short name with dot": lambda month: PREDEFINED[MONTHS[month - 1]][:3] + ".",
    "number": str,
    "number of two digits": lambda month: f"{month:02}",
}


def has_open_quote(value: str) -> bool:
    """Whether a value has a quotation mark outside of braces; then quotes cannot delimit it."""
    depth = 0
    for char in value:
        depth += (char == "{") - (char == "}")
        if char == '"' and not depth:
            return True
    return False


def _most_common(values: Iterable[_T], default: _T) -> _T:
    """The most frequent value; of equally frequent ones the last.

    The default where there are none.
    """
    found = list(values)
    counts = Counter(found)
    return max(reversed(found), key=counts.__getitem__, default=default)


def delimited(value: str, opening: str) -> str:
    """A value in quotation marks where ``opening`` is one, else in braces.

    A value with a quotation mark outside of braces always gets braces.
    """
    return f'"{value}"' if opening == '"' and not has_open_quote(value) else f"{{{value}}}"


def delimiter(source: SourceFile, entry: Entry) -> str:
    """The delimiter of most values of an entry: ``{`` or ``"``."""
    opening = (source.text[field.value_span.start] for field in entry.fields)
    return _most_common((char for char in opening if char in '{"'), "{")


def with_delimiters(source: SourceFile, entry: Entry, value: str) -> str:
    """A value in the entry's delimiters; a number has none where another number in it has none."""
    values = (source.text[f.value_span.start : f.value_span.end] for f in entry.fields)
    if DIGITS.fullmatch(value) and any(map(DIGITS.fullmatch, values)):
        return value
    return delimited(value, delimiter(source, entry))


def whole_field(source: SourceFile, entry: Entry, name: str, value: str) -> str:
    """The text of a new field: name, ``=`` and value."""
    name = name_case(source, entry)(name)
    return name + assignment(source, entry, name) + with_delimiters(source, entry, value)


def type_case(written: str, entry_type: str) -> str:
    """An entry type in the case of the one that is ``written``: ARTICLE, Article or article."""
    return _CASES.get((written[:1].isupper(), written.isupper()), str.lower)(entry_type)


def month_expression(source: SourceFile, month: int) -> str:
    """A month as most entries of the file write it: ``mar``, ``{3}``, ``{March}``; else ``mar``."""
    fields = (field for block in blocks_of(source.text) for field in block.fields)
    months = (field for field in fields if field.name == "month")
    written = (source.text[field.value_start : field.value_end] for field in months)
    forms = (form for one in written if (form := _month_form(one)))
    opening, name, closing = _most_common(forms, ("", "macro", ""))
    return opening + _MONTH_NAMES[name](month) + closing


def _month_form(written: str) -> tuple[str, str, str] | None:
    """How a month is written: opening delimiter, form in ``_MONTH_NAMES``, closing delimiter.

    ``{Mar}`` gives ``"{"``, ``"short name"`` and ``"}"``. None if it is written in no such form.
    """
    bare = written.strip('{}"')
    opening, closing = (written[:1], written[-1:]) if bare != written else ("", "")
    if (opening, closing) not in (("", ""), ("{", "}"), ('"', '"')):
        return None
    for name, write in _MONTH_NAMES.items():
        if (name == "macro") == (not opening and not bare.isdigit()) and bare.lower() in (
            write(month).lower() for month in range(1, len(MONTHS) + 1)
        ):
            return opening, name, closing
    return None


def name_case(source: SourceFile, entry: Entry) -> Callable[[str], str]:
    """A function that writes a field's name in the case that most names have: DOI, Doi or doi."""
    names = [source.text[f.span.start : f.span.start + len(f.name)] for f in entry.fields]
    cases = (_CASES.get((name[:1].isupper(), name.isupper()), str.lower) for name in names)
    return _most_common(cases, str.lower)


def separator(source: SourceFile, entry: Entry) -> str:
    """The text between two fields: mostly a comma, a line end and the indentation.

    Of several, it is the one that the entry has most often.
    """
    ends = [entry.key_span.end, *(field.span.end for field in entry.fields)]
    between = [
        source.text[end : field.span.start] for end, field in zip(ends, entry.fields, strict=False)
    ]
    plain = [text for text in between if _SEPARATOR.fullmatch(text)]
    if not plain:  # the author forgot the commas
        plain = [f",{text}" for text in between if text.isspace()]
    lines = _LINE_END.search(source.text, entry.span.start, entry.span.end)
    return _most_common(plain[1:] or plain, f",{lines[0]}  " if lines else ", ")


def assignment(source: SourceFile, entry: Entry, name: str) -> str:
    """The text between a field's name and its value: ``=`` with blanks around it.

    There are as many blanks as align it with the other fields, if they are aligned. Where most
    fields share a line, nothing can be aligned.
    """
    found = [
        (len(field.name), match[1], match[2])
        for field in entry.fields
        if (match := _ASSIGNMENT.fullmatch(source.text, field.span.start, field.value_span.start))
    ]
    own_lines = sum(_begins_line(source.text, field.span.start) for field in entry.fields)
    if 2 * own_lines > len(entry.fields) and not any(
        "\t" in before + after for _, before, after in found
    ):
        if column := _column(found, lambda length, before, _: length + len(before)):
            after = _most_common((after for *_, after in found), " ")
            return " " * max(column - len(name), min(1, len(found[-1][1]))) + "=" + after
        if column := _column(found, lambda length, before, after: length + len(before + after)):
            before = _most_common((before for _, before, _ in found), " ")
            return before + "=" + " " * max(column - len(name + before), 1)
    return _most_common((f"{before}={after}" for _, before, after in found), " = ")


def _begins_line(text: str, place: int) -> bool:
    """Whether nothing but blanks stands before a place in its line."""
    while place and text[place - 1] in " \t":
        place -= 1
    return not place or text[place - 1] in "\r\n"


def _column(
    found: Sequence[tuple[int, str, str]], column: Callable[[int, str, str], int]
) -> int | None:
    """The column in which more than half of the fields end, if blanks put them there; else None.

    ``found`` has the length of each name and the blanks before and after ``=``. ``column`` computes
    from these where a field ends.
    """
    columns = Counter(column(*assignment) for assignment in found)
    for place, count in columns.most_common(1):
        lengths = {length for length, *gaps in found if column(length, *gaps) == place}
        padded = len(lengths) > 1 or any(len(gap) > 1 for _, *gaps in found for gap in gaps)
        if padded and 2 * count > len(found):
            return place
    return None
