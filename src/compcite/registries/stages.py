"""Ask about DOIs in stages, the cheapest question first.

1. Which DOIs short DOIs (``10/abcd``) stand for: ask doi.org, one by one.
2. Ask Crossref in lists, since most DOIs are Crossref's.
3. For DOIs that the lists do not show: ask doi.org for the agencies' names, in lists.
4. Ask each agency about its own DOIs, in lists if it has them.
5. For DOIs that their agency does not describe: ask doi.org for the handle, one by one.

A DOI is "not registered" only if doi.org says so. It is "unavailable" if a service that would
have to answer does not.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from compcite.model.work import NotFound, Unavailable
from compcite.registries.network.workers import Job
from compcite.registries.records.answers import Absent, Answer, Record, RecordForm
from compcite.registries.table import REGISTRIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compcite.model.doi import DOI
    from compcite.registries.clients import Clients
    from compcite.registries.protocols import Answerer

    Final = Record | NotFound | Unavailable  # an answer after which nobody else is asked

__all__ = ["answers_to", "kept_records"]

_UNKNOWN = "unknown"


def kept_records(clients: Clients, dois: Sequence[DOI]) -> dict[DOI, Record]:
    """Return the records that earlier runs kept, and for the other DOIs those of the snapshot.

    If the run is offline, records that are too old count too. If the user asked to refresh, the
    result is empty.
    """
    if clients.settings.refresh:
        return {}
    kept = clients.cache.records(dois, of_any_age=clients.settings.offline)
    readable = {RecordForm.CSL, RecordForm.NONE}
    found = {
        doi: record
        for doi, record in kept.items()
        if record.form in readable or record.agency in REGISTRIES
    }
    if clients.snapshot:
        found |= clients.snapshot.records(doi for doi in dois if doi not in found)
    return found


def answers_to(clients: Clients, wanted: Iterable[DOI]) -> Iterator[Final]:
    """Yield the answers about DOIs, all of which are looked for at the services.

    A short DOI gets the answer about the DOI for which it stands, which may come from the cache. A
    DOI gets no answer if the asking ended before.
    """
    own: dict[DOI, None] = {}
    short: list[DOI] = []
    for doi in wanted:
        if doi.short:
            short.append(doi)
        else:
            own[doi] = None
    shorts_of: dict[DOI, list[DOI]] = {}
    for answer in _handles_of_short(clients, short):
        if isinstance(answer, Record) and answer.target:
            shorts_of.setdefault(answer.target, []).append(answer.doi)
        elif not isinstance(answer, Absent):
            yield answer
    kept = kept_records(clients, [target for target in shorts_of if target not in own])
    still_open = [doi for doi in {**own, **shorts_of} if doi not in kept]
    for answer in chain(kept.values(), _asked(clients, still_open)):
        if answer.doi in own:
            yield answer
        aliases = [_under(one, answer) for one in shorts_of.get(answer.doi, ())]
        _keep(clients, aliases)
        yield from aliases


def _asked(clients: Clients, wanted: Sequence[DOI]) -> Iterator[Final]:
    """Yield the answers of the stages 2 to 5.

    If Crossref does not answer about a DOI of its own, the answer is "unavailable".
    """
    crossref = clients.crossref
    listed = (_job(crossref, batch) for batch in crossref.batches(wanted))
    outages: dict[DOI, Unavailable] = {}
    elsewhere: list[DOI] = []
    for answer in _results(clients, listed):
        if isinstance(answer, Record | NotFound):
            yield answer
            continue
        elsewhere.append(answer.doi)
        if isinstance(answer, Unavailable):
            outages[answer.doi] = answer

    agency_of: dict[DOI, str] = {}
    for doi, agency in _agencies(clients, elsewhere):
        if isinstance(agency, NotFound):
            yield agency
        elif isinstance(agency, Unavailable):
            yield outages.get(doi, agency)
        elif agency == crossref.agency and doi in outages:
            yield outages[doi]
        else:
            agency_of[doi] = agency
    yield from _of_agencies(clients, agency_of)


def _agencies(
    clients: Clients, dois: Sequence[DOI]
) -> Iterator[tuple[DOI, str | NotFound | Unavailable]]:
    """Yield each DOI with the name of its agency, as doi.org says (stage 3).

    Instead of a name it can be that the DOI is not registered, or that doi.org did not answer. What
    is not registered is kept in the cache.
    """
    doi_org = clients.doi_org

    def keep(said: Mapping[DOI, str | NotFound | Unavailable]) -> None:
        clients.cache.keep([answer for answer in said.values() if isinstance(answer, NotFound)])

    jobs = (
        Job(doi_org.host, partial(doi_org.agencies, batch), _tells_any_agency)
        for batch in doi_org.batches(dois)
    )
    for said in clients.workers.results(jobs, keep):
        yield from said.items()


def _of_agencies(clients: Clients, agency_of: Mapping[DOI, str]) -> Iterator[Final]:
    """Yield the records of the agencies, else whether there is a handle (stages 4 and 5)."""
    by_agency: dict[str, list[DOI]] = {}
    for doi, agency in agency_of.items():
        by_agency.setdefault(agency, []).append(doi)
    jobs = [
        job for agency, dois in by_agency.items() for job in _agency_jobs(clients, agency, dois)
    ]
    undescribed: list[DOI] = []
    for answer in _results(clients, jobs):
        if isinstance(answer, Absent):
            undescribed.append(answer.doi)
        else:
            yield answer
    handles = (_handle_job(clients, doi, agency_of[doi]) for doi in undescribed)
    for answer in _results(clients, handles):
        if not isinstance(answer, Absent):
            yield answer


def _agency_jobs(clients: Clients, agency: str, dois: list[DOI]) -> Iterator[Job[list[Answer]]]:
    """Yield the jobs that ask the agency which doi.org names.

    Crossref is asked about each DOI alone: its lists did not show it, so it may be an alias.
    """
    answerer = clients.answerer(agency or _UNKNOWN)
    batches: Iterable[tuple[DOI, ...]] = answerer.batches(dois)
    if agency == clients.crossref.agency:
        # Its lists did not show them: they are aliases, or the list left them out.
        batches = ((doi,) for doi in dois)
    for batch in batches:
        yield Job(answerer.host, partial(_thoroughly, answerer, batch), _any_learnt)


def _handles_of_short(clients: Clients, dois: list[DOI]) -> Iterator[Answer]:
    """Yield the answer about the handle of each short DOI (stage 1).

    A record that names another DOI is not kept in the cache.
    """

    def keep(answers: list[Answer]) -> None:
        _keep(clients, [a for a in answers if not (isinstance(a, Record) and a.target)])

    jobs = (_handle_job(clients, doi, "") for doi in dois)
    for answers in clients.workers.results(jobs, keep):
        yield from answers


def _handle_job(clients: Clients, doi: DOI, agency: str) -> Job[list[Answer]]:
    """Return the job that asks doi.org whether a DOI is registered."""
    doi_org = clients.doi_org

    def ask() -> list[Answer]:
        return [doi_org.registered(doi, agency or _UNKNOWN)]

    return Job(doi_org.host, ask, _any_learnt)


def _job(answerer: Answerer, batch: tuple[DOI, ...]) -> Job[list[Answer]]:
    """Return the job that asks about a list of DOIs."""

    def ask() -> list[Answer]:
        return list(answerer.look_up(batch))

    return Job(answerer.host, ask, _any_learnt)


def _results(clients: Clients, jobs: Iterable[Job[list[Answer]]]) -> Iterator[Answer]:
    """Yield the answers as they come; each is put into the cache before it is yielded."""
    for answers in clients.workers.results(jobs, partial(_keep, clients)):
        yield from answers


def _keep(clients: Clients, answers: Sequence[Answer]) -> None:
    """Put records and "not registered" into the cache; other answers are not kept."""
    clients.cache.keep([one for one in answers if isinstance(one, Record | NotFound)])


def _thoroughly(answerer: Answerer, batch: tuple[DOI, ...]) -> list[Answer]:
    """Return the answers about some DOIs.

    A DOI that the list does not show is asked about alone.
    """
    answers = list(answerer.look_up(batch)) if len(batch) > 1 else [Absent(batch[0])]
    return [answerer.look_up_one(a.doi) if isinstance(a, Absent) else a for a in answers]


def _any_learnt(answers: list[Answer]) -> bool:
    """Return whether one of the answers is more than "unavailable"."""
    return not all(isinstance(answer, Unavailable) for answer in answers)


def _tells_any_agency(said: Mapping[DOI, str | NotFound | Unavailable]) -> bool:
    """Return whether one of the answers is more than "unavailable"."""
    return not all(isinstance(answer, Unavailable) for answer in said.values())


def _under(short: DOI, answer: Final) -> Final:
    """Return the answer about a DOI as the answer about the short DOI that stands for it."""
    if isinstance(answer, Record):
        return replace(answer, doi=short, target=answer.target or answer.doi)
    return replace(answer, doi=short)
