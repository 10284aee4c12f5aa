"""What the registries say of a list: from the lock and the answers kept at once, else on request.

The registries are asked in a thread of its own, and only when a list is saved or by a command.
What they said is kept for the session, so that entries can be judged again while somebody types.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.updates import published_as
from compcite.files.regular import exists
from compcite.model.work import Found, Unavailable
from compcite.registries.answered import Answered
from compcite.registries.lock.file import Lock, read_lock
from compcite.registries.lock.locked import LockedRegistries
from compcite.verbs.load import library_of
from compcite.verbs.verify import Judgements
from compcite.verbs.verify.cases import cases_of
from compcite.verbs.verify.outcomes import outcomes_of, with_outcomes, with_published
from compcite.verbs.verify.search import RULES_NAMING_A_WORK, with_meant_works

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from compcite.checks import Case
    from compcite.lsp.settings import Project
    from compcite.model.doi import DOI
    from compcite.model.item import Item
    from compcite.model.search import Description, Search
    from compcite.model.source import SourceFile
    from compcite.model.work import Outcome, Update, Work

__all__ = ["Answers", "Asking", "Learnt"]

_UNASKED = "nobody was asked yet"
_PREPRINT = "preprint-published"
_AT_ONCE = 250  # DOIs for which kept answers are looked up in one step: some 10 ms


class _Meant(NamedTuple):
    """What a search came to: the item of the entry, the work that was meant, and the result."""

    item: Item
    meant: Work | None
    search: Search | None


@dataclass(slots=True)
class Answers:
    """The answers of a session about the entries of one list; no request is ever made.

    It answers the questions of verification (:class:`~compcite.model.ask.Ask`), and completes
    single cases. ``known`` has the answers about DOIs, ``meant`` the results of searches by the
    text of an entry.
    """

    known: Answered = field(default_factory=Answered)
    meant: dict[str, _Meant] = field(default_factory=dict)

    def complete(self, case: Case) -> Case:
        """The case of one entry with all that is known of it.

        What a search found counts only as long as the text of the entry is the same.
        """
        doi = case.written.doi if case.written else None
        if doi is not None and doi in self.known.outcomes:
            (case,) = with_published(with_outcomes([case], self, None, Judgements()), self)
        source = case.entry.source
        found = self.meant.get(source.text[slice(*case.entry.span)]) if source else None
        if found is not None and found.item == case.entry.item:
            case = replace(case, meant=found.meant, search=found.search)
        return case

    def look_up(
        self, dois: Iterable[DOI], *, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Outcome]:
        """The outcome of each DOI, as it was learnt; not available where nobody was asked yet."""
        wanted = list(dois)
        for number, doi in enumerate(wanted, 1):
            if progress:
                progress(number, len(wanted))
            yield self.known.outcomes.get(doi) or Unavailable(doi, _UNASKED)

    @property
    def services(self) -> Sequence[str]:
        """The services that were asked to search."""
        return self.known.services

    def search(
        self, service: str, wanted: Iterable[Description]
    ) -> Iterator[tuple[Description, Sequence[Work] | None]]:
        """What a service found for each description; None where it was not asked."""
        yield from ((one, self.known.searches.get((service, one))) for one in wanted)

    def registered_among(self, dois: Iterable[DOI]) -> Mapping[DOI, Work]:
        """Those of some DOIs whose works some answer named."""
        return {doi: self.known.works[doi] for doi in dois if doi in self.known.works}

    def updates_of(self, dois: Iterable[DOI]) -> Mapping[DOI, Sequence[Update]]:
        """The notices about some works, as they were learnt."""
        return {doi: self.known.updates[doi] for doi in dois if doi in self.known.updates}

    def learn(self, learnt: Learnt) -> frozenset[DOI]:
        """Take over what was learnt; return the DOIs of which something else is known now."""
        old, new = self.known.outcomes, learnt.known.outcomes
        changed = frozenset(doi for doi, outcome in new.items() if old.get(doi) != outcome)
        old.update(new)
        self.known.updates |= learnt.known.updates
        self.known.works |= learnt.known.works
        if learnt.meant is not None:
            self.meant = learnt.meant
        return changed


class Learnt(NamedTuple):
    """What a round of questions came to; ``meant`` is None where no search was wanted.

    ``complaints`` are sentences about services that did not answer, and about the cache.
    """

    known: Answered
    meant: dict[str, _Meant] | None = None
    complaints: tuple[str, ...] = ()


class Asking:
    """A round of questions about a list.

    The steps of :meth:`recall`, and :meth:`verify`, run in other threads.
    """

    def __init__(self, project: Project, source: SourceFile, *, offline: bool) -> None:
        """Read the lock; raises CompciteError where it or a setting cannot be used."""
        config = project.config
        path = project.lock_path(source)
        lock = read_lock(path) if exists(path) else Lock({})
        self.registries = LockedRegistries(config.settings(offline=offline or None), lock)
        self._project = project
        self._source = source
        self.stopped = False

    def stop(self) -> None:
        """End the asking; what was learnt is kept."""
        self.stopped = True
        self.registries.stop()

    def recall(self, dois: Sequence[DOI]) -> Iterator[Learnt]:
        """What lock and kept answers say of some DOIs, and of the articles of preprints.

        It is looked up in steps, after each of which is yielded what was learnt so far.
        """
        with self.registries as registries:
            ask = _Recorder(registries)
            for start in range(0, len(dois), _AT_ONCE):
                found = outcomes_of(dois[start : start + _AT_ONCE], ask).values()
                works = [outcome.work for outcome in found if isinstance(outcome, Found)]
                articles = [doi for doi in map(published_as, works) if doi is not None]
                list(ask.look_up(articles))
                yield Learnt(ask.known, None, tuple(registries.warnings))

    def verify(self, tell: Callable[[int, int], None]) -> Learnt:
        """What lock, kept answers and registries say of the list, as ``verify-dois`` asks.

        ``tell`` hears the number of answered questions, and of all.
        """
        rules = self._project.rules
        with self.registries as registries:
            ask = _Recorder(registries)
            cases = cases_of(library_of([self._source]), None, Judgements())
            cases = with_outcomes(cases, ask, tell, Judgements())
            if _PREPRINT in rules:
                cases = with_published(cases, ask)
            meant = {}
            if not RULES_NAMING_A_WORK.isdisjoint(rules):
                suggest = self._project.config["suggest"]
                cases = with_meant_works(cases, ask, suggest=suggest, progress=tell)
                meant = dict(_meant_of(cases))
            complaints = () if self.stopped else _complaints(registries)
            return Learnt(ask.known, meant, complaints)


def _meant_of(cases: Iterable[Case]) -> Iterator[tuple[str, _Meant]]:
    """The results of searches, by the texts of the entries."""
    for case in cases:
        source = case.entry.source
        if source is not None and (case.meant or case.search):
            text = source.text[slice(*case.entry.span)]
            yield text, _Meant(case.entry.item, case.meant, case.search)


def _complaints(registries: LockedRegistries) -> tuple[str, ...]:
    """The sentences about services that did not answer, and about the cache."""
    return (*registries.outages.values(), *registries.warnings)


class _Recorder:
    """Passes questions on, and keeps in ``known`` the outcomes and notices that were answered.

    Outages and the results of searches are not kept.
    """

    def __init__(self, ask: LockedRegistries) -> None:
        """Take whom to ask."""
        self._ask = ask
        self.known = Answered()

    def look_up(
        self, dois: Iterable[DOI], *, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Outcome]:
        """Ask for the outcome of each DOI."""
        for outcome in self._ask.look_up(dois, progress=progress):
            if not isinstance(outcome, Unavailable):
                self.known.add_outcome(outcome)
            yield outcome

    @property
    def services(self) -> Sequence[str]:
        """The names of the services that can search."""
        return self._ask.services

    def search(
        self, service: str, wanted: Iterable[Description]
    ) -> Iterator[tuple[Description, Sequence[Work] | None]]:
        """Ask a service for the works that match some descriptions."""
        return self._ask.search(service, wanted)

    def registered_among(self, dois: Iterable[DOI]) -> Mapping[DOI, Work]:
        """Ask which of some guessed DOIs are registered."""
        return self._ask.registered_among(dois)

    def updates_of(self, dois: Iterable[DOI]) -> Mapping[DOI, Sequence[Update]]:
        """Ask for the notices about some works."""
        found = self._ask.updates_of(dois)
        self.known.updates |= found
        return found
