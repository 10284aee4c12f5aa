"""Whether an entry can be removed from its text, and what has to be removed with it.

A comment beside it may be about it, or be an ignore. Other text may refer to it by its key: other
entries, citations in fields, groups of reference managers, macros.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from compcite.errors import EditError
from compcite.formats.bibtex.edit.proof import changed_fields
from compcite.formats.bibtex.scan.blocks import BlockKind
from compcite.formats.bibtex.scan.syntax import blocks_of
from compcite.formats.rewriting import Removed
from compcite.model.edits import apply_edits
from compcite.model.report import Edit

if TYPE_CHECKING:
    from compcite.model.library import Entry
    from compcite.model.source import SourceFile, Span

__all__ = ["check_removable", "removal_span", "remove_bibtex"]

_REST_OF_LINE = re.compile(r"[ \t]*+(?:\r\n|\n|\r|\Z)(?:[ \t]*+(?:\r\n|\n|\r))*+")
_LINE_END = re.compile(r"\r\n|\n|\r")
_LAST_LINE = re.compile(r"(?:\A|[\r\n])([^\S\r\n]*+\S[^\r\n]*+)(?:\r\n|\n|\r)[ \t]*\Z")
_APART = 2  # line ends between a comment and an entry that a blank line separates
_WORD = re.compile(r"[^\W_]+")
_BEHIND = re.compile(r"[ \t]*+(?=[^@\s])")


def remove_bibtex(entry: Entry) -> Removed:
    """The edit that removes an entry, and a sentence for each text beside it that is not removed.

    A comment on the line above is not removed, since it may be about the entries that follow, or
    about a whole section. Raises EditError where the rest of the file would be read in another way.
    """
    source = entry.source
    if source is None:
        raise EditError("an entry without a source has no text to edit")
    text = source.text
    edit = Edit(*removal_span(text, entry.span), "")
    changed_fields(source, apply_edits(text, [edit]), {entry.span.start})
    line = source.position(entry.span.start).line
    stays = []
    if _stands_above(text, entry):
        stays.append(f"{source.name}:{line - 1 or line}: the comment before {entry.key} stays")
    if _BEHIND.match(text, entry.span.end):
        last = source.position(entry.span.end).line
        stays.append(f"{source.name}:{last}: the text behind {entry.key} stays")
    return Removed(edit, tuple(stays))


def check_removable(source: SourceFile, entry: Entry, into: Entry) -> None:
    """Raise EditError if an entry must not be removed after it was merged into another one.

    It must stay if a comment in it or beside it would be lost, or would seem to be about another
    entry, and if its field ``compcite`` holds ignores. It must also stay if the text names its key
    elsewhere. The error says where that is, and what to do.
    """
    text = source.text
    for one in (entry, into):
        if notes := blocks_of(text)[_place_of(text, one)].notes:
            line = source.position(notes[0].start).line
            raise EditError(
                f"in line {line}, a comment or something unreadable stands in {one.key}; "
                "take it out of the entry"
            )
    if entry.field("compcite"):
        raise EditError(
            f"{entry.key} would lose its field compcite, which holds ignores; move or remove it"
        )
    behind = _BEHIND.match(text, entry.span.end)
    if behind or _stands_above(text, entry):
        line = source.position(entry.span.end if behind else entry.span.start).line
        line = line if behind else line - 1 or line
        raise EditError(
            f"the comment in line {line} may be about {entry.key}; move or delete the comment"
        )
    if entry.key and entry.key.lower() != into.key.lower():
        place = _place_of_name(text, entry, into)
        if place is not None:
            line = source.position(place).line
            raise EditError(f"the key {entry.key} also stands in line {line}; change it there")


@lru_cache(maxsize=2)
def _word_places(text: str) -> dict[str, list[int]]:
    """The offsets at which each word of a text begins, by the word in lower case."""
    places: dict[str, list[int]] = {}
    for word in _WORD.finditer(text):
        places.setdefault(word[0].lower(), []).append(word.start())
    return places


@lru_cache(maxsize=2)
def _places(text: str) -> dict[int, int]:
    """The index of each block of a text, by the offset at which it begins."""
    return {block.start: index for index, block in enumerate(blocks_of(text))}


def _place_of(text: str, entry: Entry) -> int:
    """The index of an entry among the blocks of its text."""
    return _places(text)[entry.span.start]


def _stands_above(text: str, entry: Entry) -> bool:
    """Whether there is a remark on the line above an entry, or before it on its own line.

    A remark behind another entry, on the line where that ends, is about that entry.
    """
    place = _place_of(text, entry)
    before = list(blocks_of(text)[max(0, place - 2) : place])
    junk = before.pop() if before and before[-1].kind is BlockKind.JUNK else None
    between = text[junk.start : junk.end] if junk else ""
    last = before[-1] if before else None
    if last and last.kind is BlockKind.COMMENT and len(_LINE_END.findall(between)) < _APART:
        return True
    if between.rstrip(" \t")[-1:] not in ("", "\n", "\r"):
        return True
    if last:
        first = _LINE_END.search(between)
        between = between[first.start() :] if first else ""
    return _LAST_LINE.search(between) is not None


def _place_of_name(text: str, entry: Entry, into: Entry) -> int | None:
    """Where the entry's key stands elsewhere in the text, not as part of a longer word; else None.

    In the entry ``into`` the key may be part of a DOI, a URL or a name; so places there count only
    if that entry contains "cite". Only the places of the key's rarest word are looked at: to search
    the whole text for each of thousands of entries would take minutes.
    """
    key = entry.key.lower()
    words = _word_places(text)
    found = [(word[0].lower(), word.start()) for word in _WORD.finditer(entry.key)]
    if not found:
        start, end = entry.span
        places = (text.lower().find(key, 0, start), text.lower().find(key, end))
        return next((place for place in places if place >= 0), None)
    rarest, offset = min(found, key=lambda one: len(words.get(one[0], ())))
    own = [entry.span]
    if "cite" not in text[slice(*into.span)].lower():
        own.append(into.span)
    for place in words.get(rarest, ()):
        start, end = place - offset, place - offset + len(entry.key)
        if text[max(0, start) : end].lower() != key or any(s <= start < e for s, e in own):
            continue
        longer = text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum()
        if not longer:
            return start
    return None


def removal_span(text: str, span: Span) -> tuple[int, int]:
    """Return start and end of what to remove with an entry: its lines and the blank lines after it.

    At the end of the file, the blank lines before it are removed instead. If other text stands on
    its first or last line, only the entry is removed.
    """
    start, end = span
    head = _without_blanks(text, start, " \t")
    rest = _REST_OF_LINE.match(text, end)
    if rest is None or (head and text[head - 1] not in "\r\n"):
        return start, end
    if rest.end() < len(text):
        return head, rest.end()
    kept = _without_blanks(text, head, " \t\n\r\f\v")
    first = _LINE_END.match(text, kept)
    return first.end() if first and rest[0] else kept, len(text)


def _without_blanks(text: str, end: int, blanks: str) -> int:
    """The place behind the last character before ``end`` that is not one of ``blanks``."""
    while end and text[end - 1] in blanks:
        end -= 1
    return end
