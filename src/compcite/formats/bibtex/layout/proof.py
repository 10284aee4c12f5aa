"""Prove that a text laid out anew holds what the old one held, by reading it once more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import EditError
from compcite.formats.bibtex.layout.sheet import BLANKS, sheet_of
from compcite.formats.bibtex.read.inheritance import OwnFields, inherit
from compcite.formats.bibtex.scan.blocks import BlockKind, PieceKind
from compcite.formats.bibtex.scan.syntax import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.formats.bibtex.layout.sheet import Sheet, Unit
    from compcite.formats.bibtex.scan.blocks import Block, RawField
    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = ["prove_entries", "prove_units"]

_WHITE = re.compile(r"[ \t\r\n]+")


class _Content(NamedTuple):
    """What a unit holds: the words beside its block, and the block without its layout."""

    words: Sequence[str]
    kind: BlockKind
    type: str
    key: str
    fields: Sequence[tuple[str, Sequence[tuple[bool, str]]]]
    verbatim: str


def prove_units(source: SourceFile, sheet: Sheet, after: str) -> None:
    """Raise EditError, with its place, for the first unit of a sheet that ``after`` lacks.

    The units of the sheet are in the order in which ``after`` has them.
    """
    new = sheet_of(after, blocks_of(after))
    olds, news = _contents(source.text, sheet), _contents(after, new)
    for unit, old, now in zip(sheet.units, olds, news, strict=False):
        if old != now:
            raise _refusal(source, unit.start)
    if len(sheet.units) != len(new.units) or _words(sheet.tail) != _words(new.tail):
        raise _refusal(source, sheet.units[-1].end)


def prove_entries(
    source: SourceFile, before: Sequence[Entry], order: Sequence[int], after: Sequence[Entry]
) -> None:
    """Raise EditError, with its place, for the first entry that a changed order would change.

    ``order`` are the places that the entries of ``after`` have in ``before``.
    """
    olds, news = _said(before), _said(after)
    for place, now in zip(order, news, strict=False):
        if olds[place] != now:
            raise _refusal(source, before[place].span.start)
    if len(order) != len(news):
        raise _refusal(source, 0)


def _refusal(source: SourceFile, place: int) -> EditError:
    """The error that says where a file would be read otherwise."""
    line = source.position(place).line
    return EditError(
        f"{source.name}:{line}: laid out anew, this would be read otherwise, so nothing is "
        "written; put the entry on lines of its own, and run compcite again"
    )


def _contents(text: str, sheet: Sheet) -> Iterator[_Content]:
    """What each unit holds; the head of the file belongs to the first one."""
    head = sheet.head
    for unit in sheet.units:
        yield _content(text, unit, _words(f"{head} {unit.lead}"))
        head = ""


def _content(text: str, unit: Unit, words: list[str]) -> _Content:
    """What a unit holds, with these words before it."""
    block = unit.block
    words = [*words, "", *_words(unit.behind)]
    if unit.fixed or not block.fields:
        whole = text[unit.start : unit.end]
        return _Content(words, block.kind, block.type, block.key, (), whole)
    fields = [(field.name, _expression(text, block, field)) for field in block.fields]
    fields.sort(key=_name)
    return _Content(words, block.kind, block.type, block.key, fields, "")


def _expression(text: str, block: Block, field: RawField) -> list[tuple[bool, str]]:
    """The pieces of a value: whether each is a macro, and its text.

    In a value of one piece a layout may change white space. There each run of it is given as one
    blank, as BibTeX reads it.
    """
    pieces = [(one.kind is PieceKind.MACRO, text[one.start : one.end]) for one in field.pieces]
    if block.kind is BlockKind.ENTRY and len(pieces) == 1:
        return [(pieces[0][0], _squeezed(pieces[0][1]))]
    return pieces


def _squeezed(text: str) -> str:
    """A text with one blank for each stretch of white space, and none at its ends."""
    return _WHITE.sub(" ", text).strip(" ")


def _words(text: str) -> list[str]:
    """The words of a text, parted by BibTeX's white space."""
    return [word for word in _WHITE.split(text.strip(BLANKS)) if word]


def _said(entries: Sequence[Entry]) -> list[tuple[object, ...]]:
    """What each entry says with the values of its macros, and with what it inherits."""
    written = [
        sorted(((field.name, _squeezed(field.value)) for field in entry.fields), key=_name)
        for entry in entries
    ]
    own = [
        OwnFields(entry.key, entry.type, dict(reversed(fields)))
        for entry, fields in zip(entries, written, strict=True)
    ]
    whole = inherit(own, single=True)
    return [
        (*one[:2], fields, with_inherited)
        for one, fields, with_inherited in zip(own, written, whole, strict=True)
    ]


def _name(field: tuple[str, object]) -> str:
    """The name of a field, for sorting; fields of one name stay in their order."""
    return field[0]
