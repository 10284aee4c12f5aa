"""Find DOIs in prose, and make entries of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.model.item import Item
from compcite.model.library import Entry, Field
from compcite.text.doi import find_dois, without_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from compcite.model.source import SourceFile, Span
    from compcite.text.doi import ReadDoi

__all__ = ["Mention", "mentioned_entries", "mentions"]

_RESOLVED = re.compile(r"doi\.org|\bdoi:", re.IGNORECASE)
_BARE = re.compile(r"10\.\d{4,9}")
_SHORTENED = re.compile(r"…|\.\.\.")
_LONGEST = 300  # characters of a DOI that is looked for once more, sign by sign


class Mention(NamedTuple):
    """A DOI that stands somewhere in a document: the bare DOI, the field for it, and its place.

    ``certain`` is false if the DOI is part of a publisher's address, in which something may follow
    it.
    """

    doi: str
    field: Field
    span: Span
    certain: bool


def mentions(prose: str, place: Callable[[int, int], Span]) -> Iterator[Mention]:
    """Yield each DOI that a prose mentions, in order.

    ``place`` turns a start and an end in the prose into a span of the source. A mention is not
    certain if the DOI is part of a page's address, in which something may follow it; an end that
    names the page, such as ``/full`` or ``.pdf``, is taken off. A shortened DOI such as
    ``10.1016/…`` is left out.
    """
    for found in find_dois(prose):
        spelled = prose[found.start : found.end]
        if _SHORTENED.search(spelled):
            continue  # "10.1016/…" says what DOIs look like
        span = place(found.start, found.end)
        if "://" in spelled and not _RESOLVED.search(spelled):
            doi = without_page(found.doi)
            yield Mention(doi, Field("url", spelled, span, span, span), span, certain=False)
        else:
            bare = place(*_bare(prose, found))
            yield Mention(found.doi, Field("doi", found.doi, bare, bare, bare), span, certain=True)


def _bare(prose: str, found: ReadDoi) -> tuple[int, int]:
    """Return start and end of the bare DOI within its spelling.

    The spelling may have a resolver before it, and brackets or a full stop after it.
    """
    begun = _BARE.search(prose, found.start, found.end)
    start = begun.start() if begun else found.start
    if prose.startswith(found.doi, start):
        return start, start + len(found.doi)
    end = found.end  # escaped: the shortest spelling that reads as the same DOI
    while end - start < _LONGEST and _reads(prose[start : end - 1], found.doi):
        end -= 1
    return start, end


def _reads(text: str, doi: str) -> bool:
    """Return whether ``doi`` is the first DOI that is found in a text."""
    return next((found.doi for found in find_dois(text)), "") == doi


def mentioned_entries(source: SourceFile, found: Iterable[Mention]) -> list[Entry]:
    """Return one entry for each DOI, in the order of the places.

    The place is the first mention that is certain, else the first mention. Upper and lower case of
    DOIs are the same.
    """
    first: dict[str, Mention] = {}
    for mention in found:
        doi = mention.doi.lower()
        if doi not in first or (mention.certain and not first[doi].certain):
            first[doi] = mention
    return [
        Entry(
            key=mention.doi,
            item=Item("document", {"DOI": mention.doi}, id=mention.doi),
            type="document",
            fields=(mention.field,),
            source=source,
            span=mention.span,
            key_span=mention.field.value_span,
            format="document",
        )
        for mention in sorted(first.values(), key=lambda mention: mention.span.start)
    ]
