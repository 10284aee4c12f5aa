"""Find the citations of Org documents: those of Org itself, of org-ref, and LaTeX's commands.

Sources: the Org manual ("Citations", "Include Files"), the Org syntax specification ("Citation
references"), the manual of org-ref (its links of version 2, ``cite:a,b``, and of version 3,
``[[cite:See &a p. 3;&b]]``).
"""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.formats.citing.events import Cited, Include
from compcite.formats.citing.files import find_file
from compcite.formats.citing.latex import latex_citations
from compcite.formats.citing.latex_commands import COMMANDS
from compcite.formats.documents.org import org_prose
from compcite.text.markup import blanked_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.formats.citing.events import Event
    from compcite.model.source import SourceFile

__all__ = ["read_org"]

_CITATION = re.compile(r"\[cite(?:/[\w/-]+)?:((?:[^\[\]]|\[[^\[\]]*+\])*+)\]")
_REFERENCE = re.compile(r"(?<!\w)@([\w.:?!`'/*@+|(){}<>&^$#%~-]+)")
_TYPE = "|".join(sorted(COMMANDS, key=len, reverse=True))
_WORD = r"\w(?:[\w.:/+-]*\w)?"
_LINK = re.compile(rf"(?<![\w&@/])(?:{_TYPE})\*?:(?={_WORD}|&)({_WORD}(?:,{_WORD})*+|[&;\w.:/+-]+)")
_BRACKETED = re.compile(rf"\[\[(?:{_TYPE})\*?:([^\[\]]*&[^\[\]]*)\]")
_PART = re.compile(r"[^,;]+")
_LISTED = re.compile(_WORD)
_MARKED = re.compile(rf"&({_WORD})")
_INCLUDE = re.compile(
    r"^[ \t]*+#\+include:[ \t]++\"?([^\"\r\n:]+?\.org)\b", re.IGNORECASE | re.MULTILINE
)


def read_org(source: SourceFile) -> Iterator[Event]:
    """Yield the events of an Org document: cited keys, then included files that exist."""
    text = org_prose(source.text)
    found = {
        key.start: key
        for key in chain(
            latex_citations(text),
            _org_citations(text),
            _bracketed_links(text),
            _links(_BRACKETED.sub(blanked_out, text)),
        )
    }
    yield from (found[start] for start in sorted(found))
    folder = source.path.parent if source.path else Path()
    for keyword in _INCLUDE.finditer(text):
        if path := find_file([keyword[1]], [folder]):
            yield Include(path)


def _org_citations(text: str) -> Iterator[Cited]:
    """Yield the keys in citations of Org itself, such as ``[cite/t:see @a p. 3;@b]``."""
    for citation in _CITATION.finditer(text):
        for key in _REFERENCE.finditer(text, *citation.span(1)):
            yield Cited(key[1], *key.span(1))


def _bracketed_links(text: str) -> Iterator[Cited]:
    """Yield the keys in links of org-ref with notes, such as ``[[cite:See &a p. 3;&b]]``."""
    for link in _BRACKETED.finditer(text):
        for key in _MARKED.finditer(text, *link.span(1)):
            yield Cited(key[1], *key.span(1))


def _links(text: str) -> Iterator[Cited]:
    """Yield the keys in links of org-ref without notes: ``cite:a,b`` and ``cite:&a;&b``."""
    for link in _LINK.finditer(text):
        start, end = link.span(1)
        keys = _MARKED if text[start] == "&" else _LISTED
        for part in _parts(text, start, end):
            if key := keys.fullmatch(text, *part):
                group = keys.groups
                yield Cited(key[group], *key.span(group))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each part of ``text[start:end]`` between commas or semicolons.

    Full stops and colons at the end of a part are left out.
    """
    for part in _PART.finditer(text, start, end):
        yield part.start(), part.start() + len(part[0].rstrip(".:"))
