"""Batches: some members together, as the unit that is judged, written and never judged again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.audit.archives import Member

__all__ = ["Batch", "batches_of"]

_LISTS = 200
"""How many lists make a batch.

Some seconds of work: a run that is killed loses no more of it for each process, and to send a batch
to another process or to join its DOIs with a snapshot costs little beside that.
"""

_BYTES = 4_000_000  # of the lists of a batch: some batches are in memory at once


@dataclass(frozen=True, slots=True)
class Batch:
    """Members that are judged together; ``number`` counts the batches of an audit from 0.

    ``digest`` is equal for two batches only if they have the same members and are judged by the
    same settings: then they have the same rows.
    """

    number: int
    members: tuple[Member, ...]
    digest: str


def batches_of(members: Iterable[Member], settings_digest: str) -> Iterator[Batch]:
    """The members in batches, in order: 200 lists each, or fewer if these have four megabytes."""
    number, size = 0, 0
    some: list[Member] = []
    for member in members:
        some.append(member)
        size += len(member.data)
        if len(some) == _LISTS or size >= _BYTES:
            yield Batch(number, tuple(some), _digest(some, settings_digest))
            number, size, some = number + 1, 0, []
    if some:
        yield Batch(number, tuple(some), _digest(some, settings_digest))


def _digest(members: Iterable[Member], settings_digest: str) -> str:
    """The SHA-256 of the settings and of each member's name, problem and bytes."""
    digest = hashlib.sha256(settings_digest.encode())
    for member in members:
        for part in (member.name.encode(), (member.problem or "").encode(), member.data):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()
