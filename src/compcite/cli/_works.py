"""Registered works for the commands that start from DOIs: outcomes, messages, new entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.checks.updates import grave_notices
from compcite.cli import _console
from compcite.cli._progress import progress
from compcite.model.library import Entry
from compcite.model.work import Found, NotFound
from compcite.registries.funnel import Registries
from compcite.verbs.add import key_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from compcite.model.doi import DOI
    from compcite.model.work import Outcome, Work
    from compcite.registries.settings import Settings

__all__ = ["as_entries", "look_up_whole", "tell_of_outcomes"]


def look_up_whole(dois: Sequence[DOI], settings: Settings) -> list[Outcome]:
    """The outcome for each DOI with the whole record, in the order of the DOIs, each once."""
    with Registries(settings) as registries, progress("Asking for records"):
        found = {outcome.doi: outcome for outcome in registries.look_up_whole(dois)}
    return [found[doi] for doi in dict.fromkeys(dois)]


def tell_of_outcomes(outcomes: Iterable[Outcome]) -> None:
    """Say on stderr which DOIs are not registered or got no answer, and which works are retracted.

    A withdrawal or an expression of concern is said, too. DOIs that got no answer for the same
    reason are named in one message.
    """
    silent: dict[str, list[DOI]] = {}
    for outcome in outcomes:
        if isinstance(outcome, NotFound):
            _console.error(f"{outcome.doi} is not registered")
        elif isinstance(outcome, Found):
            for sentence in grave_notices(outcome.work):
                _console.error(sentence)
        else:
            silent.setdefault(outcome.reason, []).append(outcome.doi)
    for reason, dois in silent.items():
        named = str(dois[0]) if len(dois) == 1 else f"{len(dois):,} DOIs"
        _console.error(f"{named} could not be looked up: {reason}")


def as_entries(works: Iterable[Work], taken: Collection[str] = ()) -> list[Entry]:
    """Works as new entries.

    Each gets a citation key that is neither used before nor in ``taken``.
    """
    keys = set(taken)
    entries = []
    for work in works:
        key = key_for(work, keys)
        keys.add(key)
        entries.append(Entry(key, work.item, work.item.type))
    return entries
