"""Registered works as entries, for the commands that begin with a registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.formats.keys import citation_key
from compcite.model.library import Entry
from compcite.registries.funnel import Registries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from compcite.model.doi import DOI
    from compcite.model.work import Outcome, Work
    from compcite.registries.settings import Settings

__all__ = ["as_entries", "outcomes_of"]


def outcomes_of(dois: Sequence[DOI], settings: Settings) -> list[Outcome]:
    """What the registries say of each DOI, in the order of the DOIs, each once."""
    with Registries(settings) as registries:
        found = {outcome.doi: outcome for outcome in registries.look_up(dois)}
    return [found[doi] for doi in dict.fromkeys(dois)]


def as_entries(works: Iterable[Work], taken: Collection[str] = ()) -> list[Entry]:
    """Works as new entries, with citation keys that differ from each other and those taken."""
    keys = set(taken)
    entries = []
    for work in works:
        key = citation_key(work.item, keys)
        keys.add(key)
        entries.append(Entry(key, work.item, work.item.type))
    return entries
