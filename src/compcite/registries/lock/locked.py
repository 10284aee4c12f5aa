"""What a run asks: the lock first, then the registries; after the run, the answers it got."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from compcite.model.work import Found, Unavailable
from compcite.registries.answered import Answered
from compcite.registries.lock.changes import change_between
from compcite.registries.lock.codec import encode
from compcite.registries.lock.file import Lock, without_date

if TYPE_CHECKING:
    import datetime as dt
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
    """The lock, and the registries for what the lock does not say.

    A registered work in the lock is believed until ``refresh`` asks again. A DOI that the lock
    calls not registered is asked about again whenever somebody may be asked. Where nobody
    answers, what the lock says stands, and the outcome of a work says that it was not asked for
    again.

    The registries are opened for the first question to them. Once they are closed, every question
    gets the answer that it got before, and what was never asked stays unanswered: so fixes are
    judged without another request.

    ``learnt`` is what the registries said in this run, for the lock to be written; ``fallen_back``
    are the DOIs for which the lock stands because nobody answered.
    """

    def __init__(
        self,
        settings: Settings,
        lock: Lock | None = None,
        open_registries: Callable[[Settings], Registries] | None = None,
    ) -> None:
        """Take the lock, which may be missing; the registries are opened when they are needed.

        ``open_registries`` opens them; tests give their own function, which asks nobody.
        """
        self.lock = lock or Lock({})
        self.learnt: dict[DOI, Found | NotFound] = {}
        self.fallen_back: list[DOI] = []
        self._settings = settings
        self._open = open_registries or _open_registries
        self._opened: Registries | None = None
        self._stopped = False
        self._closed = False
        self._answered = Answered()

    def __getstate__(self) -> dict[str, object]:
        """What a copy holds: the answers, but neither connections nor keys, so it asks nobody."""
        settings = replace(self._settings, openalex_key=None)
        return {**vars(self), "_opened": None, "_closed": True, "_settings": settings}

    def __enter__(self) -> Self:
        """The registries."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop what is under way; from now on, only the answers that are there are given."""
        self._closed = True
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
    def known_until(self) -> dt.date | None:
        """The day of the newest record in the snapshot; None if no question came to one."""
        return self._opened.known_until if self._opened else None

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
        """The outcome of each DOI once, in any order: what the lock says, else what is asked for.

        "Not registered" in the lock counts only offline. With ``refresh``, all are asked for.
        ``progress`` is called for each DOI that was asked for, with the number of answered DOIs
        and of all. After the run, its answers are given again.
        """
        wanted = tuple(dict.fromkeys(dois))
        if self._closed:
            yield from map(self._answered.outcome, wanted)
            return
        still_open = []
        answered = 0
        for doi in wanted:
            locked = None if self._settings.refresh else self.lock.outcome(doi)
            if isinstance(locked, Found) or (locked and self._settings.offline):
                answered += 1
                self._answered.add_outcome(locked)
                yield locked
            else:
                still_open.append(doi)
        if not still_open:
            return
        for outcome in map(self._noted, self._registries.look_up(still_open)):
            answered += 1
            if progress:
                progress(answered, len(wanted))
            self._answered.add_outcome(outcome)
            yield outcome

    @property
    def services(self) -> Sequence[str]:
        """The names of the services that can search."""
        if not self._closed:
            self._answered.services = tuple(self._registries.services)
        return self._answered.services

    def search(
        self, service: str, wanted: Iterable[Description]
    ) -> Iterator[tuple[Description, Sequence[Work] | None]]:
        """Each description with the works that match it best; None where nobody answered.

        After the run, the answers of the run are given again.
        """
        if self._closed:
            yield from ((one, self._answered.searches.get((service, one))) for one in wanted)
            return
        for description, works in self._registries.search(service, wanted):
            self._answered.add_search(service, description, works)
            yield description, works

    def registered_among(self, dois: Iterable[DOI]) -> Mapping[DOI, Work]:
        """Return the works of those guessed DOIs that a registry knows, by DOI.

        After the run, only works that are known from it are found.
        """
        if self._closed:
            works = self._answered.works
            return {doi: works[doi] for doi in dois if doi in works}
        found = self._registries.registered_among(dois)
        self._answered.add_works(found.values())
        return found

    def updates_of(self, dois: Iterable[DOI]) -> Mapping[DOI, Sequence[Update]]:
        """What notices of retraction and correction say of works, by DOI.

        It is asked only for works that a registry described in this run, since a locked work has
        its notices in the lock. They are noted for the lock, too.
        """
        if self._closed:
            told = self._answered.updates
            return {doi: told[doi] for doi in dois if doi in told}
        asked_as = {o.work.doi: doi for doi, o in self.learnt.items() if isinstance(o, Found)}
        wanted = [doi for doi in dois if doi in asked_as]
        if not wanted:
            return {}
        found = self._registries.updates_of(wanted)
        self._answered.updates |= found
        for named, updates in found.items():
            outcome = self.learnt[asked_as[named]]
            if isinstance(outcome, Found):
                work = replace(outcome.work, updates=(*outcome.work.updates, *updates))
                self.learnt[outcome.doi] = replace(outcome, work=work)
        return found

    @property
    def _registries(self) -> Registries:
        """The registries, which are opened now if they were not before."""
        if self._opened is None:
            self._opened = self._open(self._settings)
            if self._stopped:
                self._opened.stop()
        return self._opened

    def _noted(self, outcome: Outcome) -> Outcome:
        """Note an outcome for the lock, and return it.

        If nobody answered, what the lock says is returned instead, if it says anything.
        """
        if not isinstance(outcome, Unavailable):
            self.learnt[outcome.doi] = outcome
            return outcome
        locked = self.lock.outcome(outcome.doi)
        if locked is None:
            return outcome
        self.fallen_back.append(outcome.doi)
        return replace(locked, unasked=outcome.reason) if isinstance(locked, Found) else locked


def _open_registries(settings: Settings) -> Registries:
    """Return the registries; only now are network and cache loaded.

    So a run that the lock answers alone loads neither.
    """
    from compcite.registries.funnel import Registries  # noqa: PLC0415

    return Registries(settings)
