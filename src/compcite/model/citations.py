"""What documents cite: keys, and where each is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.source import SourceFile, Span

__all__ = ["Citation", "Citations"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation of one key, at the place where its document writes it."""

    key: str
    source: SourceFile
    span: Span


@dataclass(frozen=True, slots=True)
class Citations:
    r"""The citations of some documents, in the order in which they are read.

    ``everything`` tells that a document asks for the whole bibliography (``\nocite{*}``).
    ``defined`` are keys that the documents describe themselves (``\bibitem``, an entry under
    ``references:``), which therefore need not be in any reference list.
    """

    citations: Sequence[Citation] = ()
    everything: bool = False
    defined: frozenset[str] = frozenset()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are cited, each once, in the order of their first citations."""
        return tuple(dict.fromkeys(citation.key for citation in self.citations))
