"""The stages in which DOIs are asked about, the cheapest question first.

1. What short DOIs (``10/abcd``) stand for: doi.org, one by one.
2. Lists to Crossref, which most DOIs are of.
3. For what these do not show: the agencies' names, from doi.org in lists.
4. Each agency about its own DOIs, in lists where it has them.
5. For what its agency does not describe: whether there is a handle, doi.org, one by one.

A DOI is "not registered" only when doi.org says so, and "unavailable" when somebody who would
have to answer does not.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from compcite.model.work import NotFound, Unavailable
from compcite.registries import REGISTRIES
from compcite.registries.network.workers import Job
from compcite.registries.records.answers import Absent, Answer, Form, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compcite.model.doi import DOI
    from compcite.registries import Answerer
    from compcite.registries.clients import Clients

    Final = Record | NotFound | Unavailable  # an answer after which nobody else is asked

__all__ = ["answers_to", "kept_records"]

_UNKNOWN = "unknown"


def kept_records(clients: Clients, dois: Sequence[DOI]) -> dict[DOI, Record]:
    """The records kept by earlier runs; offline, old ones are better than none."""
    if clients.settings.refresh:
        return {}
    kept = clients.cache.records(dois, of_any_age=clients.settings.offline)
    readable = {Form.CSL, Form.NONE}
    return {
        doi: record
        for doi, record in kept.items()
        if record.form in readable or record.agency in REGISTRIES
    }


def answers_to(clients: Clients, wanted: Iterable[DOI]) -> Iterator[Final]:
    """The answers about DOIs that are not kept; none about a DOI where patience ended.

    A short DOI has the answer about the one that it stands for.
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
    """Stages 2 to 5."""
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
    """Stage 3: who registered each DOI, as doi.org says."""
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
    """Stages 4 and 5: the records of the agencies, else whether there is a handle."""
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
    """What to ask the agency that doi.org names, thoroughly."""
    answerer = clients.answerer(agency or _UNKNOWN)
    batches: Iterable[tuple[DOI, ...]] = answerer.batches(dois)
    if agency == clients.crossref.agency:
        # Its lists did not show them: they are aliases, or the list left them out.
        batches = ((doi,) for doi in dois)
    for batch in batches:
        yield Job(answerer.host, partial(_thoroughly, answerer, batch), _any_learnt)


def _handles_of_short(clients: Clients, dois: list[DOI]) -> Iterator[Answer]:
    """Stage 1: the handle of each short DOI; a record that names another DOI is not kept."""

    def keep(answers: list[Answer]) -> None:
        _keep(clients, [a for a in answers if not (isinstance(a, Record) and a.target)])

    jobs = (_handle_job(clients, doi, "") for doi in dois)
    for answers in clients.workers.results(jobs, keep):
        yield from answers


def _handle_job(clients: Clients, doi: DOI, agency: str) -> Job[list[Answer]]:
    """The question whether a DOI that its own agency does not describe is registered."""
    doi_org = clients.doi_org

    def ask() -> list[Answer]:
        return [doi_org.registered(doi, agency or _UNKNOWN)]

    return Job(doi_org.host, ask, _any_learnt)


def _job(answerer: Answerer, batch: tuple[DOI, ...]) -> Job[list[Answer]]:
    """The question about a list of DOIs."""

    def ask() -> list[Answer]:
        return list(answerer.look_up(batch))

    return Job(answerer.host, ask, _any_learnt)


def _results(clients: Clients, jobs: Iterable[Job[list[Answer]]]) -> Iterator[Answer]:
    """The answers as they come; what is worth keeping is kept before anybody reads it."""
    for answers in clients.workers.results(jobs, partial(_keep, clients)):
        yield from answers


def _keep(clients: Clients, answers: Sequence[Answer]) -> None:
    """Keep the records, and which DOIs are not registered."""
    clients.cache.keep([one for one in answers if isinstance(one, Record | NotFound)])


def _thoroughly(answerer: Answerer, batch: tuple[DOI, ...]) -> list[Answer]:
    """The answers about a batch; one by one for what it does not show though it is registered."""
    answers = list(answerer.look_up(batch)) if len(batch) > 1 else [Absent(batch[0])]
    return [answerer.look_up_one(a.doi) if isinstance(a, Absent) else a for a in answers]


def _any_learnt(answers: list[Answer]) -> bool:
    return not all(isinstance(answer, Unavailable) for answer in answers)


def _tells_any_agency(said: Mapping[DOI, str | NotFound | Unavailable]) -> bool:
    return not all(isinstance(answer, Unavailable) for answer in said.values())


def _under(short: DOI, answer: Final) -> Final:
    """The answer about a DOI as that about the short one which stands for it."""
    if isinstance(answer, Record):
        return replace(answer, doi=short, target=answer.target or answer.doi)
    return replace(answer, doi=short)
