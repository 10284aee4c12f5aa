"""The registries behind a lock: nobody is asked for what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from compcite.model.work import Found, Unavailable
from compcite.registries.lock.changes import change_between
from compcite.registries.lock.codec import encode
from compcite.registries.lock.file import Lock, without_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from compcite.model.doi import DOI
    from compcite.model.search import Description
    from compcite.model.work import NotFound, Outcome, Update, Work
    from compcite.registries.funnel import Registries
    from compcite.registries.lock.changes import RecordChange
    from compcite.registries.settings import Settings

__all__ = ["LockedRegistries"]


class LockedRegistries:
    """A lock, and behind it all registries, which are opened for the first question to them.

    A registered work that is locked is believed until ``refresh`` asks again; what is locked as
    not registered is asked for again whenever somebody may be asked. Where nobody answers, what
    is locked stands, and says that it was not asked for again.
    """

    def __init__(self, settings: Settings, lock: Lock | None = None) -> None:
        """Nothing is opened yet."""
        self.lock = lock or Lock({})
        self.learnt: dict[DOI, Found | NotFound] = {}
        self.fallen_back: list[DOI] = []
        self._settings = settings
        self._opened: Registries | None = None
        self._stopped = False

    def __enter__(self) -> Self:
        """The registries."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop what is under way."""
        if self._opened:
            self._opened.close()

    def stop(self) -> None:
        """End the asking, also that which has not begun; for a signal's handler."""
        self._stopped = True
        if self._opened:
            self._opened.stop()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was wrong with the cache, each a sentence."""
        return self._opened.warnings if self._opened else ()

    @property
    def outages(self) -> dict[str, str]:
        """Why something could not be asked, by host, each a sentence."""
        return self._opened.outages if self._opened else {}

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return self._opened.statistics.total if self._opened else 0

    @property
    def changes(self) -> list[RecordChange]:
        """What the registries now say otherwise than the lock, the gravest first."""
        found = (
            change_between(doi.value, without_date(self.lock.said[doi.value]), encode(outcome))
            for doi, outcome in self.learnt.items()
            if doi.value in self.lock.said
        )
        return sorted(change for change in found if change)

    def look_up(
        self, dois: Iterable[DOI], *, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Outcome]:
        """The outcome of each DOI once, in any order; ``progress`` hears how many are answered."""
        wanted = tuple(dict.fromkeys(dois))
        still_open = []
        answered = 0
        for doi in wanted:
            locked = None if self._settings.refresh else self.lock.outcome(doi)
            if isinstance(locked, Found) or (locked and self._settings.offline):
                answered += 1
                yield locked
            else:
                still_open.append(doi)
        if not still_open:
            return
        for outcome in self._registries.look_up(still_open):
            answered += 1
            if progress:
                progress(answered, len(wanted))
            yield self._noted(outcome)

    @property
    def services(self) -> Sequence[str]:
        """The names of the services that can search."""
        return self._registries.services

    def search(
        self, service: str, wanted: Iterable[Description]
    ) -> Iterator[tuple[Description, Sequence[Work] | None]]:
        """Each description with the works that match it best; None where nobody answered."""
        return self._registries.search(service, wanted)

    def registered_among(self, dois: Iterable[DOI]) -> Mapping[DOI, Work]:
        """Those of some guessed DOIs that a single list shows to be registered."""
        return self._registries.registered_among(dois)

    def updates_of(self, dois: Iterable[DOI]) -> Mapping[DOI, Sequence[Update]]:
        """What notices say of those works which are not locked, with all that is said of them."""
        asked_as = {o.work.doi: doi for doi, o in self.learnt.items() if isinstance(o, Found)}
        wanted = [doi for doi in dois if doi in asked_as]
        if not wanted:
            return {}
        told = self._registries.updates_of(wanted)
        for named, updates in told.items():
            outcome = self.learnt[asked_as[named]]
            if isinstance(outcome, Found):
                work = replace(outcome.work, updates=(*outcome.work.updates, *updates))
                self.learnt[outcome.doi] = replace(outcome, work=work)
        return told

    @property
    def _registries(self) -> Registries:
        if self._opened is None:
            # What a lock answers needs neither the network's libraries nor the cache.
            from compcite.registries.funnel import Registries  # noqa: PLC0415

            self._opened = Registries(self._settings)
            if self._stopped:
                self._opened.stop()
        return self._opened

    def _noted(self, outcome: Outcome) -> Outcome:
        """An outcome, once it is noted for the lock; else what is locked, where nobody answered."""
        if not isinstance(outcome, Unavailable):
            self.learnt[outcome.doi] = outcome
            return outcome
        locked = self.lock.outcome(outcome.doi)
        if locked is None:
            return outcome
        self.fallen_back.append(outcome.doi)
        return replace(locked, unasked=outcome.reason) if isinstance(locked, Found) else locked
