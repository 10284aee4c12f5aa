"""Find the citations of Typst documents.

Source: the Typst reference (``cite``, ``ref``, ``bibliography``, labels).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.formats.citing.events import Cited, Include, Labelled
from compcite.formats.citing.files import find_file
from compcite.formats.citing.typst_syntax import scan_typst
from compcite.formats.documents.blanking import blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.formats.citing.events import Event
    from compcite.model.source import SourceFile

__all__ = ["read_typst"]

# Functions of the document's own that hand what they are given to ``cite``.
_WRAPPER = re.compile(
    r"\blet\s+([\w-]+)\s*(?:=\s*cite\.with\b|\([^()]*+\)\s*=\s*\{?[^\r\n{}]{0,300}?\bcite\()"
)
_LABEL = r"\(\s*(?:<([\w.:-]+)>|label\(\s*\"([^\"\\]+)\"\s*\))"
_OWN_LABEL = re.compile(r"#label\(\s*\"([^\"\\]+)\"")
_EVERYTHING = re.compile(r"\bbibliography\([^()]*?\bfull\s*:\s*(true)\b")
_FILE = re.compile(
    r"(?:#|^[ \t]*|[{;][ \t]*)(?:include|import)\s+\"([^\"@\\]+\.typ)\"", re.MULTILINE
)


def read_typst(source: SourceFile) -> Iterator[Event]:
    """Yield the events of a Typst document: labels, cited keys, included or imported files.

    Functions of the document that hand a label to ``cite`` cite, too. ``bibliography(full: true)``
    gives the key ``*``, which means everything. Files that do not exist are left out.
    """
    found = scan_typst(source.text)
    text = blank(source.text, found.comments + found.raws)
    stringless = blank(text, found.strings)
    yield from (Labelled(text[start:end]) for start, end in found.labels)
    yield from (Labelled(label[1]) for label in _OWN_LABEL.finditer(text))
    functions = {"cite", "ref", *(wrapper[1] for wrapper in _WRAPPER.finditer(stringless))}
    names = "|".join(map(re.escape, sorted(functions)))
    cited = [Cited(text[start:end], start, end) for start, end in found.references]
    for call in re.finditer(rf"(?<![\w-])(?:{names}){_LABEL}", text):
        if stringless[call.start()] == text[call.start()]:
            group = 1 if call[1] else 2
            cited.append(Cited(call[group], *call.span(group)))
    cited += [Cited("*", *match.span(1)) for match in _EVERYTHING.finditer(stringless)]
    yield from sorted(cited, key=lambda one: one.start)
    folder = source.path.parent if source.path else Path()
    for file in _FILE.finditer(text):
        rooted = file[1].startswith("/")
        folders = [folder, *folder.absolute().parents] if rooted else [folder]
        if path := find_file([file[1].lstrip("/")], folders):
            yield Include(path)
