"""The documents whose citations change: what they cite, and the edits that rename it."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import EditError
from compcite.files.decoding import read_source
from compcite.formats.citing import cited_in
from compcite.model.citations import Citations
from compcite.model.report import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from compcite.model.citations import Citation
    from compcite.model.source import SourceFile

__all__ = [
    "Documents",
    "document_edits",
    "is_written_by_latex",
    "read_documents",
    "spelled",
]

# Files that LaTeX and biber write, and write anew.
_WRITTEN_BY_LATEX = frozenset({".aux", ".bcf"})
_NOTEBOOK = ".ipynb"


class Documents(NamedTuple):
    """Documents as they were read: their names, every file that they include, what they cite."""

    names: Sequence[str] = ()
    sources: Mapping[str, SourceFile] = {}
    citations: Citations = Citations()


def read_documents(
    names: Sequence[str], read: Callable[[str], SourceFile] = read_source, *, strict: bool = True
) -> Documents:
    """Read documents, and the files that they include.

    ``read`` gives the text of a name. The parameters and errors are those of :func:`cited_in`.
    """
    sources: dict[str, SourceFile] = {}

    def read_and_keep(name: str) -> SourceFile:
        sources[name] = read(name)
        return sources[name]

    citations = cited_in(names, read_and_keep, strict=strict)
    return Documents(names, sources, citations)


def document_edits(
    documents: Documents, new: Callable[[Citation], str]
) -> list[tuple[SourceFile, list[Edit]]]:
    """The edits of each document in which citations, or descriptions of its own, change.

    ``new`` gives the key that a citation has afterwards. Raises EditError for one that does not
    name the key that it cites.
    """
    by_source: dict[int, tuple[SourceFile, dict[int, Edit]]] = {}
    for one in (*documents.citations.citations, *documents.citations.definitions):
        key = new(one)
        if key != one.key:
            written = spelled(one, key)
            if written is None:
                raise EditError(f"{one.place}: {one.text} cites {one.key} without naming it")
            _, edits = by_source.setdefault(id(one.source), (one.source, {}))
            edits[one.span.start] = Edit(*one.span, written)
    return [(source, list(edits.values())) for source, edits in by_source.values()]


def spelled(citation: Citation, key: str) -> str | None:
    """``key`` as it is to be written in place of the key of a citation.

    None where the text at that place is not the cited key, so that it cannot be replaced.
    In a notebook, text is JSON, in which letters can be written as escapes.
    """
    text = citation.text
    if text == citation.key:
        return key
    if PurePath(citation.source.name).suffix.lower() == _NOTEBOOK:
        try:
            if json.loads(f'"{text}"') == citation.key:
                return json.dumps(key, ensure_ascii=citation.source.text.isascii())[1:-1]
        except ValueError:
            return None
    return None


def is_written_by_latex(source: SourceFile) -> bool:
    """Whether LaTeX or biber write this file, and write it anew in the next run."""
    return PurePath(source.name).suffix.lower() in _WRITTEN_BY_LATEX
