"""All registries and the cache for one run; other code asks them only through this module.

:mod:`~compcite.registries.stages` asks about DOIs, :mod:`~compcite.registries.questions` asks
everything else, :mod:`~compcite.registries.clients` holds what both need.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from compcite.model.work import Found, NotFound, Outcome, Unavailable, Update, Work
from compcite.registries import questions
from compcite.registries.clients import Clients
from compcite.registries.records.answers import Record, RecordForm
from compcite.registries.records.csl_work import work_from_csl
from compcite.registries.stages import answers_to, kept_records

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from compcite.model.doi import DOI
    from compcite.model.search import Description
    from compcite.registries.network.pace import Pace
    from compcite.registries.settings import Settings

__all__ = ["Registries", "Statistics", "look_up"]

_OFFLINE = "The run is offline, and no answer is kept from before."
_NOT_IN_SNAPSHOT = "The run is offline, and the snapshot of {} does not have it."
_STOPPED = "The run was interrupted before anybody answered."


@dataclass(slots=True)
class Statistics:
    """The number of requests to each host, every attempt counted, and of DOIs from the cache."""

    requests: Mapping[str, int] = field(default_factory=Counter)
    cached: int = 0

    @property
    def total(self) -> int:
        """The number of all requests."""
        return sum(self.requests.values())


def look_up(
    dois: Iterable[DOI], settings: Settings, *, progress: Callable[[int, int], None] | None = None
) -> Iterator[Outcome]:
    """Yield the outcome of each DOI once, in any order.

    ``progress`` is called with the number of answered DOIs and of all DOIs.
    """
    with Registries(settings) as registries:
        yield from registries.look_up(dois, progress=progress)


class Registries:
    """All registration agencies and the cache, for one run."""

    def __init__(self, settings: Settings) -> None:
        """Open the cache; no connection is made before there is a question."""
        self.settings = settings
        self._clients = Clients(settings)
        self._cached = 0

    def __enter__(self) -> Self:
        """The open registries."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop what is under way."""
        self.close()

    def stop(self) -> None:
        """End the asking; DOIs without an answer stay without one.

        A signal's handler may call it.
        """
        self._clients.workers.stop()

    def close(self) -> None:
        """Stop all requests, and close the cache and the snapshot."""
        self._clients.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences that say what is wrong with the cache."""
        return tuple(self._clients.cache.warnings)

    @property
    def known_until(self) -> dt.date | None:
        """The day of the newest record in the snapshot; None if there is no snapshot."""
        return self._clients.snapshot.newest if self._clients.snapshot else None

    @property
    def outages(self) -> dict[str, str]:
        """For each host that could not be asked, a sentence that says why."""
        hosts = self._clients.transport.hosts
        reasons = {host.name: host.given_up or host.last_outage for host in hosts}
        return {name: reason for name, reason in reasons.items() if reason}

    def pace(self, agency: str) -> Pace:
        """Return how fast an agency is asked; it is slower if its answers asked for that."""
        return self._clients.registry(agency).host.pace

    @property
    def statistics(self) -> Statistics:
        """The numbers of requests so far."""
        hosts = self._clients.transport.hosts
        requests = {host.name: host.requests for host in hosts if host.requests}
        return Statistics(requests, self._cached)

    def look_up(
        self, dois: Iterable[DOI], *, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Outcome]:
        """Yield the outcome of each DOI once, in any order.

        ``progress`` is called with the number of answered DOIs and of all DOIs.
        """
        wanted = tuple(dict.fromkeys(dois))
        for answered, outcome in enumerate(self._outcomes(wanted), 1):
            if progress:
                progress(answered, len(wanted))
            yield outcome

    def look_up_whole(self, dois: Iterable[DOI]) -> list[Outcome]:
        """Return the outcome of each DOI once, with the whole record of each work of Crossref.

        Crossref's lists leave out what no check compares, so each work is asked for alone, unless a
        snapshot has it.
        """
        outcomes = list(self.look_up(dois))
        rest = [outcome for outcome in outcomes if not self._is_whole(outcome)]
        whole = {one.doi: one for one in questions.whole_works(self._clients, rest)}
        return [whole.get(outcome.doi, outcome) for outcome in outcomes]

    def _is_whole(self, outcome: Outcome) -> bool:
        """Return whether an outcome has the record of the snapshot, which is a whole one."""
        if self._clients.snapshot is None or not isinstance(outcome, Found):
            return False
        record = self._clients.snapshot.records([outcome.doi]).get(outcome.doi)
        return record is not None and self._work(record) == outcome.work

    def registered_among(self, dois: Iterable[DOI]) -> dict[DOI, Work]:
        """Return the works of those guessed DOIs that the snapshot, else Crossref, has.

        A DOI that is missing from the result may still be registered.
        """
        return questions.registered_among(self._clients, dois)

    @property
    def services(self) -> tuple[str, ...]:
        """The names of the services that can search, in the order in which they are asked."""
        return self._clients.searchers

    def search(
        self, service: str, wanted: Iterable[Description]
    ) -> Iterator[tuple[Description, tuple[Work, ...] | None]]:
        """Yield each description once, with the works that a service finds.

        The works are None if nobody answered.
        """
        return questions.search(self._clients, service, wanted)

    def find(self, citation: str, rows: int) -> tuple[Work, ...] | None:
        """Return the works of Crossref that best match a citation in words.

        The result is None if nobody answered.
        """
        return questions.citation_matches(self._clients, citation, rows)

    def books(self, isbn: str) -> tuple[Work, ...] | None:
        """Return the registered books with an ISBN, or None if nobody answered."""
        return questions.books(self._clients, isbn)

    def works_with_pmid(self, pmid: str) -> tuple[Work, ...] | None:
        """Return the work with a PubMed number, or None if nobody answered.

        Only OpenAlex knows these numbers, so without its key nobody is asked: the result is None.
        """
        if not self.settings.openalex_key:
            return None
        return questions.works_with_pmid(self._clients, pmid)

    def updates_of(self, dois: Iterable[DOI]) -> dict[DOI, tuple[Update, ...]]:
        """Return what notices say of works; a work about which nobody answered is missing.

        A work without a notice has an empty tuple.
        """
        return questions.updates_of(self._clients, dois)

    def _outcomes(self, wanted: tuple[DOI, ...]) -> Iterator[Outcome]:
        """Yield the outcomes from the cache, then those of the registries.

        For DOIs without an answer by then, an outcome "unavailable" with the reason follows.
        """
        still_open = dict.fromkeys(wanted)
        for outcome in self._kept_outcomes(wanted):
            del still_open[outcome.doi]
            self._cached += 1
            yield outcome
        if not self.settings.offline:
            for answer in answers_to(self._clients, tuple(still_open)):
                del still_open[answer.doi]
                yield self._found(answer) if isinstance(answer, Record) else answer
        reason = self._nothing_kept() if self.settings.offline else self._silence()
        yield from (Unavailable(doi, reason) for doi in still_open)

    def _kept_outcomes(self, dois: tuple[DOI, ...]) -> Iterator[Found | NotFound]:
        """Yield the outcomes that the cache or the snapshot holds; DOIs without one are left out.

        If the user asked to refresh, there are none.
        """
        records = kept_records(self._clients, dois)
        yield from (self._found(record, cached=True) for record in records.values())
        if not self.settings.refresh:
            rest = [doi for doi in dois if doi not in records]
            yield from (NotFound(doi, cached=True) for doi in self._clients.cache.absent(rest))

    def _nothing_kept(self) -> str:
        """Return the reason why DOIs have no answer in a run that is offline."""
        snapshot = self._clients.snapshot
        return _NOT_IN_SNAPSHOT.format(snapshot.newest) if snapshot else _OFFLINE

    def _silence(self) -> str:
        """Return the reason why DOIs have no answer, if they have no outage of their own.

        It is an interruption, else the first outage of any host, else the time-out.
        """
        if self._clients.workers.stopped:
            return _STOPPED
        given_up = next(iter(self.outages.values()), None)
        seconds = f"{self.settings.timeout:g} seconds"
        return given_up or f"Nobody answered anything for {seconds}."

    def outcome_of(self, record: Record) -> Found:
        """Return the outcome of a DOI whose record was read from the files of the snapshot."""
        return self._found(record, cached=True)

    def _found(self, record: Record, *, cached: bool = False) -> Found:
        """Return a record as an outcome."""
        return Found(record.doi, self._work(record), record.resolvable, cached)

    def _work(self, record: Record) -> Work:
        """Return the work that a record describes; of one without a description, only its DOI."""
        match record.form:
            case RecordForm.OWN:
                return self._clients.registry(record.agency).work(record.body)
            case RecordForm.CSL:
                return work_from_csl(record.body, record.target or record.doi, record.agency)
            case RecordForm.NONE:
                return Work(record.target or record.doi, record.agency, described=False)
