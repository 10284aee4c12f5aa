"""The citations in documents: which key is cited, and at which place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.source import SourceFile, Span

__all__ = ["Citation", "Citations"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation of one key, with its place in the document."""

    key: str
    source: SourceFile
    span: Span

    @property
    def place(self) -> str:
        """The file, line and column, as ``paper.tex:12:8``."""
        at = self.source.position(self.span.start)
        return f"{self.source.name}:{at.line}:{at.column}"

    @property
    def text(self) -> str:
        """The text at this place: mostly the key."""
        return self.source.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Citations:
    r"""The citations of some documents, in the order of the text.

    ``everything`` is true where a document asks for the whole bibliography (``\nocite{*}``).
    ``definitions`` are the places where the documents describe keys themselves (``\bibitem``, an
    entry under ``references:``), so that no reference list has to contain them.
    """

    citations: Sequence[Citation] = ()
    everything: bool = False
    definitions: Sequence[Citation] = ()

    @property
    def defined(self) -> frozenset[str]:
        """The keys that the documents describe themselves."""
        return frozenset(one.key for one in self.definitions)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are cited, each once, in the order of their first citations."""
        return tuple(dict.fromkeys(citation.key for citation in self.citations))
