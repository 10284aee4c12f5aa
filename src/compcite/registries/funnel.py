"""The cheapest question first, so that a thousand good DOIs cost a dozen requests.

What is kept; what short DOIs stand for, which doi.org says one by one; lists to Crossref, which
most DOIs are of; for what these lack, the agencies' names from doi.org in lists; then each
agency, in lists where it has them. A DOI is "not registered" only when doi.org itself says so,
and "unavailable" when anybody who would have to answer does not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Self

from compcite.model.work import Found, NotFound, Outcome, Unavailable, Update, Work
from compcite.registries import REGISTRIES, SEARCHERS
from compcite.registries.cache import Cache
from compcite.registries.crossref import Crossref
from compcite.registries.doi_org import ContentNegotiation, Directory
from compcite.registries.network.batches import listable
from compcite.registries.network.host import Outage
from compcite.registries.network.transport import Transport
from compcite.registries.network.workers import Job, Workers
from compcite.registries.records.answers import Absent, Answer, Form, Record
from compcite.registries.records.crossref_work import (
    updates_from,
    updates_told_by,
)
from compcite.registries.records.csl_work import work_from_csl
from compcite.registries.records.json_values import objects
from compcite.text.unicode import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from compcite.model.doi import DOI
    from compcite.model.search import Description
    from compcite.registries import Answerer, Registry, Searcher
    from compcite.registries.network.host import Host
    from compcite.registries.network.pace import Pace
    from compcite.registries.records.answers import Json
    from compcite.registries.settings import Settings

__all__ = ["Registries", "Statistics", "look_up"]

_OFFLINE = "The run is offline, and no answer is kept from before."
# Of the time-out: a run in which nobody answers has also to read and to report within it.
_WAITING = 0.95
_STOPPED = "The run was interrupted before anybody answered."
_UNKNOWN = "unknown"
_WITH_KEY = "OpenAlex"  # whose searches cost money


@dataclass(slots=True)
class Statistics:
    """What a run cost: requests by host (attempts counted each), and DOIs that cost none."""

    requests: Mapping[str, int] = field(default_factory=Counter)
    cached: int = 0

    @property
    def total(self) -> int:
        """All requests."""
        return sum(self.requests.values())


def look_up(
    dois: Iterable[DOI], settings: Settings, *, progress: Callable[[int, int], None] | None = None
) -> Iterator[Outcome]:
    """The outcome of each DOI once, in any order; ``progress`` hears how many are answered."""
    with Registries(settings) as registries:
        yield from registries.look_up(dois, progress=progress)


class Registries:
    """All registration agencies and the cache, for the length of a run."""

    def __init__(self, settings: Settings) -> None:
        """Open the cache; no connection is made before there is a question."""
        self.settings = settings
        self._transport = Transport(settings)
        self._cache = Cache(settings.cache_path, settings.found_days, settings.not_found_days)
        self._crossref = Crossref(settings, self._transport)
        self._directory = Directory(settings, self._transport)
        self._workers = Workers(self._transport, _WAITING * settings.timeout)
        self._registries: dict[str, Registry] = {self._crossref.agency: self._crossref}
        self._searchers: dict[str, Searcher] = {self._crossref.agency: self._crossref}
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
        """End the asking: what is still open stays without an answer; for a signal's handler."""
        self._workers.stop()

    def close(self) -> None:
        """Stop what is under way and let go of the cache."""
        self._transport.close()
        self._workers.close()
        self._cache.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was wrong with the cache, each a sentence."""
        return tuple(self._cache.warnings)

    @property
    def outages(self) -> dict[str, str]:
        """Why something could not be asked, by host, each a sentence."""
        reasons = {host.name: host.given_up or host.last_outage for host in self._transport.hosts}
        return {name: reason for name, reason in reasons.items() if reason}

    def pace(self, agency: str) -> Pace:
        """How fast an agency is asked, as far as its answers have told."""
        return self._registry(agency).host.pace

    @property
    def statistics(self) -> Statistics:
        """What the run cost so far."""
        requests = {host.name: host.requests for host in self._transport.hosts if host.requests}
        return Statistics(requests, self._cached)

    def look_up(
        self, dois: Iterable[DOI], *, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Outcome]:
        """The outcome of each DOI once, in any order; ``progress`` hears how many are answered."""
        wanted = tuple(dict.fromkeys(dois))
        for answered, outcome in enumerate(self._outcomes(wanted), 1):
            if progress:
                progress(answered, len(wanted))
            yield outcome

    def look_up_whole(self, dois: Iterable[DOI]) -> list[Outcome]:
        """The outcome of each DOI once, in their order, with all that its agency says of it.

        Lists of Crossref leave out what no check compares: a thesis's institution, the edition,
        the language, what kind of posted content it is. Works that are shown or added have it.
        """
        found = {outcome.doi: outcome for outcome in self.look_up(dois)}
        listed = {
            f"record:{outcome.work.doi}": outcome
            for outcome in found.values()
            if isinstance(outcome, Found) and outcome.work.agency == self._crossref.agency
        }

        def ask(questions: tuple[str, ...]) -> dict[str, object]:
            answers = {one: self._crossref.look_up_one(listed[one].work.doi) for one in questions}
            return {one: a.body for one, a in answers.items() if isinstance(a, Record)}

        for question, record in self._answered(
            self._crossref.host, listed, lambda open_: ((one,) for one in open_), ask
        ):
            if isinstance(record, dict):
                outcome = listed[question]
                found[outcome.doi] = replace(outcome, work=self._crossref.work(record))
        return list(found.values())

    def registered_among(self, dois: Iterable[DOI]) -> dict[DOI, Work]:
        """Those of the DOIs that Crossref's lists show, without asking further about the rest.

        For guesses: a DOI that is missing from the answer may still be registered.
        """
        wanted = tuple(dict.fromkeys(filter(listable, dois)))
        names = {f"registered:{' '.join(map(str, wanted))}": wanted} if wanted else {}

        def batches(open_: list[str]) -> list[tuple[str, ...]]:
            return [(question,) for question in open_]

        def ask(questions: tuple[str, ...]) -> dict[str, object]:
            return {question: self._shown(names[question]) for question in questions}

        answered = self._answered(self._crossref.host, names, batches, ask)
        works = [
            self._crossref.work(record) for _, answer in answered for record in objects(answer)
        ]
        return {work.doi: work for work in works}

    def _shown(self, dois: tuple[DOI, ...]) -> list[Json]:
        """The records of those DOIs that a list of Crossref shows; raises :class:`Outage`."""
        answers = [
            answer
            for batch in self._crossref.batches(dois)
            for answer in self._crossref.look_up(batch)
        ]
        unavailable = next((one for one in answers if isinstance(one, Unavailable)), None)
        if unavailable:
            raise Outage(self._crossref.host.name, unavailable.reason)
        return [answer.body for answer in answers if isinstance(answer, Record)]

    @property
    def services(self) -> tuple[str, ...]:
        """The services that can search, in the order in which they are asked."""
        return tuple(name for name in SEARCHERS if name != _WITH_KEY or self.settings.openalex_key)

    def search(
        self, service: str, wanted: Iterable[Description]
    ) -> Iterator[tuple[Description, tuple[Work, ...] | None]]:
        """Each description once, in any order, with the works that match it best at a service.

        None where nobody answered.
        """
        searcher = self._searchers.setdefault(
            service, SEARCHERS[service].make(self.settings, self._transport)
        )
        names = {f"search:{service}:{without_surrogates(repr(tuple(one)))}": one for one in wanted}
        texts = {one: question for question, one in names.items()}

        def batches(open_: Iterable[str]) -> Iterator[tuple[str, ...]]:
            for question in searcher.questions(names[text] for text in open_):
                yield tuple(texts[one] for one in question)

        def ask(batch: tuple[str, ...]) -> dict[str, object]:
            found = searcher.search(tuple(names[text] for text in batch))
            return {texts[one]: records for one, records in found.items()}

        for text, answer in self._answered(searcher.host, names, batches, ask):
            found = None if answer is None else tuple(map(searcher.work, objects(answer)))
            yield names[text], found

    def find(self, citation: str, rows: int) -> tuple[Work, ...] | None:
        """The works of Crossref that best match a citation in words; None if nobody answered."""

        def ask(questions: tuple[str, ...]) -> dict[str, object]:
            return {question: self._crossref.find(citation, rows) for question in questions}

        return self._works_of(f"find:{rows}:{without_surrogates(citation)}", ask)

    def books(self, isbn: str) -> tuple[Work, ...] | None:
        """The registered books with that ISBN; None where nobody could be asked."""
        digits = isbn.replace("-", "").replace(" ", "").upper()

        def ask(questions: tuple[str, ...]) -> dict[str, object]:
            return {question: self._crossref.books(digits) for question in questions}

        return self._works_of(f"isbn:{digits}", ask)

    def _works_of(
        self, question: str, ask: Callable[[tuple[str, ...]], dict[str, object]]
    ) -> tuple[Work, ...] | None:
        """The works that a single question to Crossref gives; None if nobody answered."""

        def batches(open_: list[str]) -> list[tuple[str, ...]]:
            return [tuple(open_)] * bool(open_)

        ((_, answer),) = self._answered(self._crossref.host, [question], batches, ask)
        return None if answer is None else tuple(map(self._crossref.work, objects(answer)))

    def updates_of(self, dois: Iterable[DOI]) -> dict[DOI, tuple[Update, ...]]:
        """What notices say of these works; those that could not be asked about are missing.

        For works whose own records do not name their updates: the notices name the work.
        """
        names = {f"updates:{doi}": doi for doi in filter(listable, dois)}

        def batches(open_: Iterable[str]) -> Iterator[tuple[str, ...]]:
            for batch in self._crossref.notice_batches(names[question] for question in open_):
                yield tuple(f"updates:{doi}" for doi in batch)

        def ask(questions: tuple[str, ...]) -> dict[str, object]:
            works = [names[question] for question in questions]
            notices = self._crossref.notices(tuple(works))
            return {f"updates:{doi}": updates_told_by(notices, doi) for doi in works}

        answered = self._answered(self._crossref.host, names, batches, ask)
        return {names[q]: updates_from(answer) for q, answer in answered if answer is not None}

    def _answered(
        self,
        host: Host,
        questions: Iterable[str],
        batches: Callable[[list[str]], Iterable[tuple[str, ...]]],
        ask: Callable[[tuple[str, ...]], dict[str, object]],
    ) -> Iterator[tuple[str, object | None]]:
        """Each question to a host with its answer, kept or new; None where there is none."""
        still_open = dict.fromkeys(questions)
        kept = {} if self.settings.refresh else self._cache.recall(
            tuple(still_open), of_any_age=self.settings.offline
        )  # fmt: skip
        for question, answer in kept.items():
            del still_open[question]
            yield question, answer

        def answered(batch: tuple[str, ...]) -> dict[str, object]:
            try:
                return ask(batch)
            except Outage:
                return {}

        parts = () if self.settings.offline else batches(list(still_open))
        jobs = (Job(host, partial(answered, part), bool) for part in parts)
        for answers in self._workers.results(jobs, self._cache.remember):
            for question, answer in answers.items():
                del still_open[question]
                yield question, answer
        yield from ((question, None) for question in still_open)

    def _outcomes(self, wanted: tuple[DOI, ...]) -> Iterator[Outcome]:
        """What is kept, then what is asked, then what nobody answered."""
        still_open = dict.fromkeys(wanted)
        for outcome in self._kept_outcomes(wanted):
            del still_open[outcome.doi]
            self._cached += 1
            yield outcome
        if not self.settings.offline:
            for answer in self._answers(tuple(still_open)):
                del still_open[answer.doi]
                yield self._found(answer) if isinstance(answer, Record) else answer
        reason = _OFFLINE if self.settings.offline else self._silence()
        yield from (Unavailable(doi, reason) for doi in still_open)

    def _answers(self, wanted: tuple[DOI, ...]) -> Iterator[Record | NotFound | Unavailable]:
        """The answers to what is not kept; a short DOI has that of the one it stands for."""
        own = dict.fromkeys(doi for doi in wanted if not doi.short)
        stand_ins: dict[DOI, list[DOI]] = {}
        for answer in self._handles([doi for doi in wanted if doi.short]):
            if isinstance(answer, Record) and answer.target:
                stand_ins.setdefault(answer.target, []).append(answer.doi)
            elif not isinstance(answer, Absent):
                yield answer
        kept = self._kept(tuple(target for target in stand_ins if target not in own))
        asked = self._asked(tuple(doi for doi in {**own, **stand_ins} if doi not in kept))
        for answer in chain(kept.values(), asked):
            if answer.doi in own:
                yield answer
            aliases = [_under(short, answer) for short in stand_ins.get(answer.doi, ())]
            self._keep(aliases)
            yield from aliases

    def _handles(self, dois: list[DOI]) -> Iterator[Answer]:
        """What doi.org says of each handle; a record that names another DOI is not kept."""

        def keep(answers: list[Answer]) -> None:
            self._keep([a for a in answers if not (isinstance(a, Record) and a.target)])

        jobs = (self._handle_job(doi, "") for doi in dois)
        for answers in self._workers.results(jobs, keep):
            yield from answers

    def _asked(self, wanted: tuple[DOI, ...]) -> Iterator[Record | NotFound | Unavailable]:
        """The answers to what is not kept, stage by stage; none where patience ended."""
        outages: dict[DOI, Unavailable] = {}
        elsewhere: list[DOI] = []
        for answer in self._gather(_jobs(self._crossref, wanted)):
            if isinstance(answer, Record | NotFound):
                yield answer
                continue
            elsewhere.append(answer.doi)
            if isinstance(answer, Unavailable):
                outages[answer.doi] = answer

        agency_of: dict[DOI, str] = {}
        for doi, agency in self._agencies(elsewhere):
            if isinstance(agency, NotFound):
                yield agency
            elif isinstance(agency, Unavailable):
                yield outages.get(doi, agency)
            elif agency == self._crossref.agency and doi in outages:
                yield outages[doi]
            else:
                agency_of[doi] = agency
        yield from self._described(agency_of)

    def _described(self, agency_of: Mapping[DOI, str]) -> Iterator[Record | NotFound | Unavailable]:
        """The records of the agencies that doi.org names; else whether there is a handle."""
        by_agency: dict[str, list[DOI]] = {}
        for doi, agency in agency_of.items():
            by_agency.setdefault(agency, []).append(doi)
        undescribed: list[Job[list[Answer]]] = []
        jobs = [
            job for agency, dois in by_agency.items() for job in self._agency_jobs(agency, dois)
        ]
        for answer in self._gather(jobs):
            if isinstance(answer, Absent):
                undescribed.append(self._handle_job(answer.doi, agency_of[answer.doi]))
            else:
                yield answer
        for answer in self._gather(undescribed):
            if not isinstance(answer, Absent):
                yield answer

    def _agencies(self, dois: list[DOI]) -> Iterator[tuple[DOI, str | NotFound | Unavailable]]:
        """Who registered each DOI, as doi.org says."""
        jobs = (
            Job(self._directory.host, partial(self._directory.agencies, batch), _names_any)
            for batch in self._directory.batches(dois)
        )
        for said in self._workers.results(jobs, self._keep_absent):
            yield from said.items()

    def _agency_jobs(self, agency: str, dois: list[DOI]) -> Iterator[Job[list[Answer]]]:
        """What to ask the agency that doi.org names, thoroughly."""
        registry: Answerer
        if agency in REGISTRIES:
            registry = self._registry(agency)
        else:
            registry = ContentNegotiation(self.settings, self._transport, agency or _UNKNOWN)
        if agency == self._crossref.agency:
            # Its lists did not show them: aliases, and what they had left out.
            batches: Iterable[tuple[DOI, ...]] = ((doi,) for doi in dois)
        else:
            batches = registry.batches(dois)
        for batch in batches:
            yield Job(registry.host, partial(_thoroughly, registry, batch), _any_learnt)

    def _registry(self, agency: str) -> Registry:
        """The client of an agency that has an API of its own."""
        if agency not in self._registries:
            make = REGISTRIES[agency].make
            self._registries[agency] = make(self.settings, self._transport)
        return self._registries[agency]

    def _handle_job(self, doi: DOI, agency: str) -> Job[list[Answer]]:
        """Whether a DOI that its own agency does not describe is registered."""

        def ask() -> list[Answer]:
            return [self._directory.registered(doi, agency or _UNKNOWN)]

        return Job(self._directory.host, ask, _any_learnt)

    def _gather(self, jobs: Iterable[Job[list[Answer]]]) -> Iterator[Answer]:
        """The answers as they come; what is worth keeping is kept before anybody reads it."""
        if not self.settings.offline:
            for answers in self._workers.results(jobs, self._keep):
                yield from answers

    def _keep(self, answers: Sequence[Answer]) -> None:
        self._cache.keep([a for a in answers if isinstance(a, Record | NotFound)])

    def _keep_absent(self, said: Mapping[DOI, str | NotFound | Unavailable]) -> None:
        self._cache.keep([answer for answer in said.values() if isinstance(answer, NotFound)])

    def _kept(self, dois: tuple[DOI, ...]) -> dict[DOI, Record]:
        """The records kept by earlier runs; offline, old ones are better than none."""
        if self.settings.refresh:
            return {}
        kept = self._cache.records(dois, of_any_age=self.settings.offline)
        readable = {Form.CSL, Form.NONE}
        return {
            doi: record
            for doi, record in kept.items()
            if record.form in readable or record.agency in REGISTRIES
        }

    def _kept_outcomes(self, dois: tuple[DOI, ...]) -> Iterator[Found | NotFound]:
        records = self._kept(dois)
        yield from (self._found(record, cached=True) for record in records.values())
        if not self.settings.refresh:
            rest = [doi for doi in dois if doi not in records]
            yield from (NotFound(doi, cached=True) for doi in self._cache.absent(rest))

    def _silence(self) -> str:
        """Why DOIs stayed open without an outage of their own."""
        if self._workers.stopped:
            return _STOPPED
        given_up = next(iter(self.outages.values()), None)
        seconds = f"{self.settings.timeout:g} seconds"
        return given_up or f"Nobody answered anything for {seconds}."

    def _found(self, record: Record, *, cached: bool = False) -> Found:
        return Found(record.doi, self._work(record), record.resolvable, cached)

    def _work(self, record: Record) -> Work:
        """The record as a work."""
        match record.form:
            case Form.OWN:
                return self._registry(record.agency).work(record.body)
            case Form.CSL:
                return work_from_csl(record.body, record.target or record.doi, record.agency)
            case Form.NONE:
                return Work(record.target or record.doi, record.agency, described=False)


def _jobs(registry: Answerer, dois: Iterable[DOI]) -> Iterator[Job[list[Answer]]]:
    """What to ask a registry about DOIs, in lists."""
    for batch in registry.batches(dois):
        yield Job(registry.host, partial(_listed, registry, batch), _any_learnt)


def _listed(registry: Answerer, batch: tuple[DOI, ...]) -> list[Answer]:
    return list(registry.look_up(batch))


def _thoroughly(registry: Answerer, batch: tuple[DOI, ...]) -> list[Answer]:
    """A batch, and one by one what it does not show of what doi.org says is there."""
    answers = list(registry.look_up(batch)) if len(batch) > 1 else [Absent(batch[0])]
    return [registry.look_up_one(a.doi) if isinstance(a, Absent) else a for a in answers]


def _any_learnt(answers: list[Answer]) -> bool:
    return not all(isinstance(answer, Unavailable) for answer in answers)


def _names_any(said: Mapping[DOI, str | NotFound | Unavailable]) -> bool:
    return not all(isinstance(answer, Unavailable) for answer in said.values())


def _under(short: DOI, answer: Record | NotFound | Unavailable) -> Record | NotFound | Unavailable:
    """The answer about a DOI as that about the short one which stands for it."""
    if isinstance(answer, Record):
        return replace(answer, doi=short, target=answer.target or answer.doi)
    return replace(answer, doi=short)
