"""Find the citations of reStructuredText: those of Docutils and of sphinxcontrib-bibtex.

Sources: the reStructuredText specification (citation references, simple reference names), the
manual of sphinxcontrib-bibtex (roles, with text before and after a key, and ``:all:``).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.formats.citing.events import Cited, Defined, Include
from compcite.formats.citing.files import find_file
from compcite.formats.documents.restructuredtext import restructuredtext_prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.formats.citing.events import Event
    from compcite.model.source import SourceFile

__all__ = ["noted_keys", "read_restructuredtext"]

_ROLE = re.compile(r":(?:foot)?cite(?::\w+)?:`([^`]*+)`")
_NAME = r"[^\W_](?:[\w]|[-.:+](?=[^\W_]))*+"
_REFERENCE = re.compile(rf"\[((?!\d+\]){_NAME})\]_(?![\w_])")
_CITATION = re.compile(rf"^[ \t]*\.\.[ \t]+\[((?!\d+\]){_NAME})\](?=\s|$)", re.MULTILINE)
_INCLUDE = re.compile(r"^[ \t]*\.\.[ \t]+include::[ \t]+([^\s<>]+)[ \t]*$", re.MULTILINE)
_EVERYTHING = re.compile(
    r"^[ \t]*\.\.[ \t]+bibliography::[^\r\n]*(?:(?:\r\n|\n|\r)[ \t]+:(?!all:)[^\r\n]*)*+"
    r"(?:\r\n|\n|\r)[ \t]+:(all):",
    re.MULTILINE,
)
_NOTED = re.compile(r"\{[^{}]*+\}|([^\s,{}](?:[^,{}]*[^\s,{}])?)")


def read_restructuredtext(source: SourceFile) -> Iterator[Event]:
    """Yield the events of a document: keys that it describes, cited keys, included files.

    A bibliography with the option ``:all:`` gives the key ``*``, which means everything. Included
    files that do not exist are left out.
    """
    text = restructuredtext_prose(source.text)
    for citation in _CITATION.finditer(text):
        yield Defined(citation[1], *citation.span(1))
    found = [key for role in _ROLE.finditer(text) for key in noted_keys(text, *role.span(1))]
    found += [Cited(match[1], *match.span(1)) for match in _REFERENCE.finditer(text)]
    found += [Cited("*", *match.span(1)) for match in _EVERYTHING.finditer(text)]
    yield from sorted(found, key=lambda cited: cited.start)
    folder = source.path.parent if source.path else Path()
    for directive in _INCLUDE.finditer(text):
        name = directive[1]
        folders = [folder, *folder.parents] if name.startswith("/") else [folder]
        if path := find_file([name.lstrip("/")], folders):
            yield Include(path)


def noted_keys(text: str, start: int, end: int) -> Iterator[Cited]:
    """Yield the keys of a list, which may have notes in braces around a key: ``{see}key{p. 3}``.

    The list is ``text[start:end]``.
    """
    for match in _NOTED.finditer(text, start, end):
        if match[1]:
            yield Cited(match[1], *match.span(1))
