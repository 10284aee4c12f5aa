"""Where documents cite the entries of a list: places that a finding about an entry leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.lsp.diagnostics import related_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from compcite.lsp.manuscripts import Manuscript
    from compcite.lsp.workspace import Document
    from compcite.model.citations import Citation

__all__ = ["CitingPlaces"]

_MOST = 5
"""Documents that one finding names.

Editors show each on a line of its own below the message; more would hide the next finding. All
citations of an entry are found by the editor's command for references.
"""


class CitingPlaces:
    """The first citation of each key in each document that cites it."""

    def __init__(
        self,
        manuscripts: Iterable[Manuscript] = (),
        text: Callable[[str], Document | None] = lambda _: None,
    ) -> None:
        """Take what some manuscripts cite; ``text`` gives the document of a name.

        A document that has changed since it was read is left out: its places may have moved.
        """
        self._cited: dict[str, dict[str, tuple[Document, Citation]]] = {}
        self._made: dict[tuple[str, ...], tuple[dict[str, object], ...]] = {}
        for manuscript in manuscripts:
            read = manuscript.read
            found = [text(name) for name in read.sources]
            documents = {id(one.source): one for one in found if one is not None}
            for citation in read.citations.citations:
                document = documents.get(id(citation.source))
                if document is not None:
                    known = self._cited.setdefault(citation.key, {})
                    known.setdefault(document.uri, (document, citation))

    def of(self, keys: Sequence[str]) -> tuple[dict[str, object], ...]:
        """The places that cite an entry by one of its keys, as related information in JSON."""
        if not self._cited:
            return ()
        wanted = tuple(keys)
        if wanted not in self._made:
            first: dict[str, tuple[Document, Citation]] = {}
            for key in wanted:
                first = self._cited.get(key, {}) | first
            self._made[wanted] = tuple(
                related_place(one.uri, one.places, citation.span, f"cited in {one.source.name}")
                for one, citation in list(first.values())[:_MOST]
            )
        return self._made[wanted]
