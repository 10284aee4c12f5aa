"""Find where a cite stands among the earlier cites (specification, "Choose", ``position``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compcite.csl.rendering.context import Cite, Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Cluster", "positions"]

_FIRST = frozenset({"first"})
_SUBSEQUENT = frozenset({"subsequent"})
_IBID = frozenset({"subsequent", "ibid"})
_IBID_WITH_LOCATOR = frozenset({"subsequent", "ibid", "ibid-with-locator"})
_BY_NUMBER = (_FIRST, _SUBSEQUENT, _IBID, _IBID_WITH_LOCATOR)


@dataclass(frozen=True, slots=True)
class Cluster:
    """One citation: its cites, and the number of the note in which it stands (0 for none).

    ``mode`` is for running text: "author-only" gives only the author of the first cite,
    "suppress-author" the citation without it, and "composite" both, with ``infix`` between them.
    "narrative" is "composite" in the form of prose: "Au and Lee (2017)", even if the citation alone
    would be "(Au & Lee, 2017)".
    """

    cites: tuple[Cite, ...]
    note: int = 0
    mode: str = ""
    infix: str = ""


@dataclass(slots=True)
class _History:
    """What was cited so far, in the notes of a document or in its text."""

    # The notes in which each item was first and last cited, by its id.
    first_notes: dict[str, int] = field(default_factory=dict)
    last_notes: dict[str, int] = field(default_factory=dict)
    # The cites of the citation before, and its note.
    before: tuple[Sequence[Cite], int] = ((), 0)


def positions(
    clusters: Iterable[Cluster], sorted_cites: Iterable[Sequence[Cite]], near: int
) -> list[list[Position]]:
    """Return the position of each cite of each cluster.

    Notes and the text above them are read apart: what the text cites is still new in the notes.
    ``sorted_cites`` are the cites of each cluster in their final order. ``near`` is the number of
    notes within which an earlier cite counts as near.
    """
    text, notes = _History(), _History()
    found = []
    for cluster, cites in zip(clusters, sorted_cites, strict=True):
        history = notes if cluster.note else text
        found.append(_of_cluster(cluster, cites, history, near))
        # Several citations in one note are, looked at from the next note, one.
        earlier, note = history.before
        shared = earlier if note == cluster.note else ()
        history.before = ([*shared, *cites], cluster.note)
    return found


def _of_cluster(
    cluster: Cluster,
    cites: Sequence[Cite],
    history: _History,
    near: int,
) -> list[Position]:
    """Return the position of each cite of one cluster, and add them to ``history``.

    ``near`` is the number of notes within which an earlier cite counts as near.
    """
    result = []
    for index, cite in enumerate(cites):
        if index:
            preceding: Cite | None = cites[index - 1]
        else:
            # A preceding citation counts only if it is of one item, in this note or the last.
            earlier, note = history.before
            same_note = cluster.note == note
            alone = cluster.note - note == 1 and len(earlier) == 1
            preceding = earlier[-1] if earlier and (same_note or alone) else None
        names = _names(cite, preceding, history)
        if cite.near_note or (
            cite.near_note is None
            and "subsequent" in names
            and cluster.note - history.last_notes.get(cite.id, cluster.note) <= near
        ):
            names |= {"near-note"}
        first_note = history.first_notes.setdefault(cite.id, cluster.note)
        # The note to look in is a preceding one, never this.
        result.append(Position(names, first_note if first_note != cluster.note else 0))
        history.last_notes[cite.id] = cluster.note
    return result


def _names(cite: Cite, preceding: Cite | None, history: _History) -> frozenset[str]:
    """Return the names of a cite's position, such as "subsequent" and "ibid".

    A position that the cite itself gives counts first. "ibid" needs the same item in the
    ``preceding`` cite; if only this cite has a locator or both differ, it is "ibid-with-locator",
    and if only the preceding one has a locator, "subsequent".
    """
    if cite.position is not None:
        return _BY_NUMBER[max(0, min(cite.position, len(_BY_NUMBER) - 1))]
    if cite.id not in history.first_notes:
        return _FIRST
    if preceding is None or preceding.id != cite.id:
        return _SUBSEQUENT
    same_label = preceding.label == cite.label
    if cite.locator:
        same = preceding.locator == cite.locator and same_label
        return _IBID if same else _IBID_WITH_LOCATOR
    return _SUBSEQUENT if preceding.locator else _IBID
