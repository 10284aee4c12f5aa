"""Edits that set, add, replace or remove one field, in the style of the entry.

A value is the text between the delimiters, in LaTeX or Unicode, with macros replaced. Its braces
must be balanced, or else EditError is raised, since the value would end too early or too late.
Whether an edit changes anything else is proved elsewhere
(:mod:`~compcite.formats.bibtex.edit.proof`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.errors import EditError
from compcite.formats.bibtex.edit import file_style
from compcite.model.report import Edit

if TYPE_CHECKING:
    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = ["add_expression", "add_field", "remove_field", "replace_field", "set_field"]

_NAME = re.compile(r"[^\s\"#%'(),={}@\d][^\s\"#%'(),={}]*+")
_COMMA = re.compile(r"\s*+,")
_END_OF_LINE = re.compile(r"[ \t]*+(?:[\r\n]|\Z)")


def set_field(source: SourceFile, entry: Entry, name: str, value: str) -> Edit:
    """The edit that gives a field a new value and keeps its delimiters.

    A number without delimiters stays so. A macro, or a value with ``#``, is replaced as a whole.
    White space around the value stays. Quotation marks become braces if the new value has one
    outside of braces. Raises EditError where the entry does not have the field.
    """
    field = entry.field(name)
    if field is None:
        raise EditError(f"{_place(source, entry)} has no field {name}")
    _check_braces(name, value)
    written = source.text[field.value_span.start : field.value_span.end]
    if field.content_span == field.value_span:
        bare = file_style.DIGITS.fullmatch(written) and file_style.DIGITS.fullmatch(value)
        made = value if bare else file_style.delimited(value, file_style.delimiter(source, entry))
        return Edit(field.value_span.start, field.value_span.end, made)
    if written[0] == '"' and file_style.has_open_quote(value):
        return Edit(field.value_span.start, field.value_span.end, file_style.delimited(value, "{"))
    content = source.text[field.content_span.start : field.content_span.end]
    start = field.content_span.start + len(content) - len(content.lstrip())
    end = max(start, field.content_span.start + len(content.rstrip()))
    return Edit(start, end, value)


def add_field(source: SourceFile, entry: Entry, name: str, value: str) -> Edit:
    """The edit that adds a field at the end of an entry, in the style of its other fields.

    That is: the case of the name, indentation, line ends, alignment, delimiters, and the trailing
    comma. Raises EditError where the entry has the field already, or the name cannot be one.
    """
    if not _NAME.fullmatch(name):
        raise EditError(f"{name!r} cannot name a field")
    _check_braces(name, value)
    return add_expression(source, entry, name, file_style.with_delimiters(source, entry, value))


def add_expression(source: SourceFile, entry: Entry, name: str, expression: str) -> Edit:
    """The edit that adds a field like :func:`add_field`, but with ``expression`` as it is.

    An expression is a macro, or texts and macros joined by ``#``. Raises EditError where the entry
    has the field already.
    """
    if any(field.name == name.lower() for field in entry.fields):
        raise EditError(f"{_place(source, entry)} has a field {name} already")
    end = entry.fields[-1].span.end if entry.fields else entry.key_span.end
    spelled = file_style.name_case(source, entry)(name)
    made = spelled + file_style.assignment(source, entry, spelled) + expression
    return Edit(end, end, file_style.separator(source, entry) + made)


def replace_field(source: SourceFile, entry: Entry, old: str, name: str, value: str) -> Edit:
    """The edit that puts a new field in the place of an old one.

    Raises EditError where the entry has the new field already, or does not have the old one exactly
    once.
    """
    if any(field.name == name.lower() for field in entry.fields):
        raise EditError(f"{_place(source, entry)} has a field {name} already")
    fields = [field for field in entry.fields if field.name == old.lower()]
    if len(fields) != 1:
        raise EditError(f"{_place(source, entry)} has not one field {old}")
    _check_braces(name, value)
    made = file_style.whole_field(source, entry, name, value)
    return Edit(fields[0].span.start, fields[0].span.end, made)


def remove_field(source: SourceFile, entry: Entry, name: str) -> Edit:
    """The edit that removes a field and one of the commas beside it.

    Raises EditError where the entry does not have the field, or has it several times.
    """
    places = [place for place, field in enumerate(entry.fields) if field.name == name.lower()]
    if len(places) != 1:
        if not places:
            raise EditError(f"{_place(source, entry)} has no field {name}")
        raise EditError(
            f"{_place(source, entry)} has {len(places)} fields {name}; "
            f"open it: compcite edit {entry.key}"
        )
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
    """The source, line and key of an entry, for an error."""
    return f"{source.name}:{source.position(entry.span.start).line}: {entry.key or entry.type}"


def _check_braces(name: str, value: str) -> None:
    """Raise EditError for a value with unbalanced braces: it would end too early or too late."""
    depth = 0
    for char in value:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            break
    if depth:
        raise EditError(f"the braces of the new {name} are not balanced: {value}")
