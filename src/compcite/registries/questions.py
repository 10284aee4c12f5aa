"""Ask questions that are not about one DOI: searches, guesses, ISBNs, notices, whole records.

Each question has a text, under which its answer is kept: ``search:DBLP:('Attention …', …)``. A kept
answer is given without a request; new answers are kept as they come. An outage is never kept.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from compcite.model.search import Description
from compcite.model.work import Found, Unavailable
from compcite.registries.network.batches import listable
from compcite.registries.network.host import Outage
from compcite.registries.network.workers import Job
from compcite.registries.records.answers import Record
from compcite.registries.records.crossref_work import updates_from, updates_told_by
from compcite.registries.records.json_values import objects
from compcite.text.unicode import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from compcite.model.doi import DOI
    from compcite.model.work import Outcome, Update, Work
    from compcite.registries.clients import Clients
    from compcite.registries.crossref import Crossref
    from compcite.registries.network.host import Host
    from compcite.registries.records.answers import Json

__all__ = [
    "books",
    "citation_matches",
    "registered_among",
    "search",
    "updates_of",
    "whole_works",
    "works_with_pmid",
]


def search(
    clients: Clients, service: str, wanted: Iterable[Description]
) -> Iterator[tuple[Description, tuple[Work, ...] | None]]:
    """Yield each description once, in any order, with the works that match it best at a service.

    The snapshot is searched for what the service does not answer. The works are None if nobody
    answered.
    """
    searcher = clients.searcher(service)
    names = {f"search:{service}:{without_surrogates(repr(tuple(one)))}": one for one in wanted}
    texts = {one: text for text, one in names.items()}

    def batches(still_open: list[str]) -> Iterator[tuple[str, ...]]:
        for question in searcher.questions(names[text] for text in still_open):
            yield tuple(texts[one] for one in question)

    def ask(batch: tuple[str, ...]) -> dict[str, object]:
        found = searcher.search(tuple(names[text] for text in batch))
        return {texts[one]: records for one, records in found.items()}

    silent = []
    for text, answer in _answered(clients, searcher.host, names, batches, ask):
        if answer is None:
            silent.append(names[text])
        else:
            yield names[text], tuple(map(searcher.work, objects(answer)))
    snapshot = clients.snapshot
    if snapshot and snapshot.holds(service):
        for one, records in snapshot.search(silent, service).items():
            yield one, tuple(map(searcher.work, records))
    else:
        yield from ((one, None) for one in silent)


def citation_matches(clients: Clients, citation: str, rows: int) -> tuple[Work, ...] | None:
    """Return the works of Crossref that best match a citation in words, or None for no answer.

    The snapshot is searched if Crossref does not answer.
    """
    text = f"find:{rows}:{without_surrogates(citation)}"
    works = _works(clients, text, lambda: clients.crossref.find(citation, rows))
    if works is None and clients.snapshot:
        wanted = Description(citation)
        records = clients.snapshot.search([wanted], clients.crossref.agency)[wanted]
        return tuple(map(clients.crossref.work, records[:rows]))
    return works


def books(clients: Clients, isbn: str) -> tuple[Work, ...] | None:
    """Return the registered books with an ISBN, or None if nobody answered.

    Hyphens and blanks in the ISBN do not matter. The snapshot is searched if Crossref does not
    answer.
    """
    digits = isbn.replace("-", "").replace(" ", "").upper()
    works = _works(clients, f"isbn:{digits}", lambda: clients.crossref.books(digits))
    if works is None and clients.snapshot:
        return tuple(map(clients.crossref.work, clients.snapshot.books(digits)))
    return works


def works_with_pmid(clients: Clients, pmid: str) -> tuple[Work, ...] | None:
    """Return the work with a PubMed number, by OpenAlex.

    An empty tuple if OpenAlex knows none; None if nobody answered.
    """
    openalex = clients.openalex
    text = f"pmid:{pmid}"

    def ask(_: tuple[str, ...]) -> dict[str, object]:
        return {text: openalex.with_pmid(pmid)}

    ((_, answer),) = _answered(clients, openalex.host, [text], _one_by_one, ask)
    return None if answer is None else tuple(map(openalex.work, objects(answer)))


def registered_among(clients: Clients, dois: Iterable[DOI]) -> dict[DOI, Work]:
    """Return the works of those DOIs that the snapshot has or, if it has none, Crossref's lists.

    It is for guesses: a DOI that is missing from the result may still be registered.
    """
    wanted = tuple(dict.fromkeys(filter(listable, dois)))
    if not wanted:
        return {}
    if clients.snapshot and (there := clients.snapshot.records(wanted)):
        return {
            doi: clients.registry(record.agency).work(record.body) for doi, record in there.items()
        }
    text = f"registered:{' '.join(map(str, wanted))}"
    works = _works(clients, text, lambda: _listed(clients.crossref, wanted))
    return {work.doi: work for work in works or ()}


def updates_of(clients: Clients, dois: Iterable[DOI]) -> dict[DOI, tuple[Update, ...]]:
    """Return what notices say of works; a work about which nobody answered is missing.

    It is for works whose own records do not name their updates, since the notices name the work.
    The snapshot is asked first. If it has no notice about a work, Crossref may have a newer one.
    """
    crossref = clients.crossref
    wanted = list(dois)
    told = clients.snapshot.notices(wanted) if clients.snapshot else {}
    known = {doi: updates_from(updates_told_by(told[doi], doi)) for doi in wanted if doi in told}
    names = {f"updates:{doi}": doi for doi in filter(listable, wanted) if doi not in known}

    def batches(still_open: list[str]) -> Iterator[tuple[str, ...]]:
        for batch in crossref.notice_batches(names[text] for text in still_open):
            yield tuple(f"updates:{doi}" for doi in batch)

    def ask(batch: tuple[str, ...]) -> dict[str, object]:
        works = tuple(names[text] for text in batch)
        notices = crossref.notices(works)
        return {f"updates:{doi}": updates_told_by(notices, doi) for doi in works}

    answered = _answered(clients, crossref.host, names, batches, ask)
    asked = {names[text]: updates_from(answer) for text, answer in answered if answer is not None}
    return known | asked


def whole_works(clients: Clients, outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return the outcomes, one for each DOI, with the whole record of each work of Crossref.

    The lists that are asked for checks leave out what no check compares: the institution of a
    thesis, the edition, the language, the kind of posted content. A work that is shown or added to
    a file needs all of it. If nobody answers, the outcome is returned as it was.
    """
    whole = {outcome.doi: outcome for outcome in outcomes}
    crossref = clients.crossref
    listed = {
        f"record:{outcome.work.doi}": outcome
        for outcome in whole.values()
        if isinstance(outcome, Found) and outcome.work.agency == crossref.agency
    }

    def ask(batch: tuple[str, ...]) -> dict[str, object]:
        answers = {text: crossref.look_up_one(listed[text].work.doi) for text in batch}
        return {text: one.body for text, one in answers.items() if isinstance(one, Record)}

    for text, record in _answered(clients, crossref.host, listed, _one_by_one, ask):
        if isinstance(record, dict):
            outcome = listed[text]
            whole[outcome.doi] = replace(outcome, work=crossref.work(record))
    return list(whole.values())


def _works(clients: Clients, text: str, ask: Callable[[], list[Json]]) -> tuple[Work, ...] | None:
    """Return the works that one question to Crossref gives, or None if nobody answered.

    ``text`` is the name of the question in the cache. ``ask`` is called if the cache has no answer.
    """
    crossref = clients.crossref

    def ask_it(_: tuple[str, ...]) -> dict[str, object]:
        return {text: ask()}

    ((_, answer),) = _answered(clients, crossref.host, [text], _one_by_one, ask_it)
    return None if answer is None else tuple(map(crossref.work, objects(answer)))


def _listed(crossref: Crossref, dois: tuple[DOI, ...]) -> list[Json]:
    """Return the records of those DOIs that a list of Crossref shows. Raise :class:`Outage`."""
    answers = [answer for batch in crossref.batches(dois) for answer in crossref.look_up(batch)]
    unavailable = next((one for one in answers if isinstance(one, Unavailable)), None)
    if unavailable:
        raise Outage(crossref.host.name, unavailable.reason)
    return [answer.body for answer in answers if isinstance(answer, Record)]


def _one_by_one(still_open: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield each question alone."""
    yield from ((text,) for text in still_open)


def _answered(
    clients: Clients,
    host: Host,
    texts: Iterable[str],
    batches: Callable[[list[str]], Iterable[tuple[str, ...]]],
    ask: Callable[[tuple[str, ...]], dict[str, object]],
) -> Iterator[tuple[str, object | None]]:
    """Yield each question to a host with its answer, kept or new; None if there is none.

    ``batches`` groups the questions into requests. ``ask`` makes such a request, and raises
    :class:`Outage`.
    """
    still_open = dict.fromkeys(texts)
    for text, answer in clients.kept_answers(list(still_open)).items():
        del still_open[text]
        yield text, answer

    def ask_or_nothing(batch: tuple[str, ...]) -> dict[str, object]:
        try:
            return ask(batch)
        except Outage:
            return {}

    parts = () if clients.settings.offline else batches(list(still_open))
    jobs = (Job(host, partial(ask_or_nothing, part), bool) for part in parts)
    for answers in clients.workers.results(jobs, clients.cache.remember):
        for text, answer in answers.items():
            del still_open[text]
            yield text, answer
    yield from ((text, None) for text in still_open)
