"""Whom the lists of a batch ask: answers that were fetched for the whole batch, and the snapshot.

A process of a pool, or of a cluster, must not ask the services: they limit how often one may ask,
and a run keeps to that only where all its questions go through one place. So a batch is judged with
the answers that it was sent, and with a snapshot, which has no limits. Where an answer is missing,
that is noted. The process that began the audit asks for it, and the batch is judged again. A second
question can follow from an answer: a preprint's record names the article that it became.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compcite.checks.updates import published_as
from compcite.errors import CompciteError
from compcite.model.work import Found, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from compcite.model.ask import Ask
    from compcite.model.doi import DOI
    from compcite.model.search import Description
    from compcite.model.work import Outcome, Update, Work

__all__ = ["Answers", "BatchAsk", "Questions", "SnapshotError", "answers_to"]

_NOT_ASKED = "it has not been asked for yet"


class SnapshotError(CompciteError):
    """The snapshot cannot be read any more: no fault of a list, so the audit must end."""


@dataclass(slots=True)
class Answers:
    """Outcomes by DOI, and the update notices about works by DOI."""

    outcomes: dict[DOI, Outcome] = field(default_factory=dict)
    notices: dict[DOI, Sequence[Update]] = field(default_factory=dict)

    def add(self, more: Answers) -> None:
        """Add further answers."""
        self.outcomes |= more.outcomes
        self.notices |= more.notices


@dataclass(slots=True)
class Questions:
    """DOIs whose outcome, and DOIs about whose work the notices are wanted."""

    outcomes: dict[DOI, None] = field(default_factory=dict)  # as a set, in order
    notices: dict[DOI, None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.outcomes or self.notices)


class BatchAsk:
    """An ``Ask`` for the lists of a batch, which asks a snapshot and no service.

    ``missing`` are the questions that it could not answer. Where ``final`` is true, nobody will
    answer them later either; then the snapshot's own words say why.
    """

    def __init__(self, answers: Answers, snapshot: Ask | None, *, final: bool) -> None:
        """Nothing is missing yet."""
        self.missing = Questions()
        self._outcomes = dict(answers.outcomes)
        self._notices = answers.notices
        self._snapshot = snapshot
        self._final = final

    def prepare(self, dois: Iterable[DOI]) -> None:
        """Look all DOIs of a batch up in the snapshot, at once, and what their records lead to.

        Else each list would look its own up, at a hundred times the cost.
        """
        found = self._look_up_in_snapshot(dois)
        articles = (published_as(one.work) for one in found if isinstance(one, Found))
        self._look_up_in_snapshot(doi for doi in articles if doi is not None)

    def look_up(
        self,
        dois: Iterable[DOI],
        *,
        progress: Callable[[int, int], None] | None = None,  # noqa: ARG002 - the protocol's
    ) -> Iterator[Outcome]:
        """The outcome of each DOI; one that is not known is not available, and noted as missing."""
        wanted = list(dois)
        self._look_up_in_snapshot(wanted)
        for doi in wanted:
            outcome = self._outcomes.get(doi)
            if outcome is None:
                self.missing.outcomes[doi] = None
            yield outcome or Unavailable(doi, _NOT_ASKED)

    @property
    def services(self) -> Sequence[str]:
        """The services whose works the snapshot can find; none without a snapshot."""
        return self._snapshot.services if self._snapshot else ()

    def search(
        self, service: str, wanted: Iterable[Description]
    ) -> Iterator[tuple[Description, Sequence[Work] | None]]:
        """Each description with the works of a service that the snapshot finds for it.

        Without a snapshot, each comes with None.
        """
        if self._snapshot is None:
            yield from ((one, None) for one in wanted)
            return
        with _as_snapshot_error():
            yield from self._snapshot.search(service, wanted)

    def registered_among(self, dois: Iterable[DOI]) -> Mapping[DOI, Work]:
        """Those of some guessed DOIs that the snapshot has."""
        if self._snapshot is None:
            return {}
        with _as_snapshot_error():
            return self._snapshot.registered_among(dois)

    def updates_of(self, dois: Iterable[DOI]) -> Mapping[DOI, Sequence[Update]]:
        """The notices about each work, where they are known; other works are noted as missing."""
        wanted = list(dois)
        known = {doi: self._notices[doi] for doi in wanted if doi in self._notices}
        rest = [doi for doi in wanted if doi not in known]
        if self._snapshot and rest:
            with _as_snapshot_error():
                known.update(self._snapshot.updates_of(rest))
        self.missing.notices |= dict.fromkeys(doi for doi in rest if doi not in known)
        return known

    def _look_up_in_snapshot(self, dois: Iterable[DOI]) -> list[Outcome]:
        """Take outcomes that are not known yet from the snapshot, and return them.

        A DOI that the snapshot lacks counts only if nobody is asked later (``final``).
        """
        rest = [doi for doi in dict.fromkeys(dois) if doi not in self._outcomes]
        if self._snapshot is None or not rest:
            return []
        with _as_snapshot_error():
            told = list(self._snapshot.look_up(rest))
        counted = [one for one in told if self._final or isinstance(one, Found)]
        self._outcomes |= {one.doi: one for one in counted}
        return counted


def answers_to(questions: Questions, ask: Ask) -> Answers:
    """Ask the questions of a batch, all at once.

    Notices that nobody could be asked about are then known to be none, so that they are not asked
    for again.
    """
    outcomes = {outcome.doi: outcome for outcome in ask.look_up(questions.outcomes)}
    notices = {**dict.fromkeys(questions.notices, ()), **ask.updates_of(questions.notices)}
    return Answers(outcomes, notices)


@contextmanager
def _as_snapshot_error() -> Iterator[None]:
    """Tell an error of the snapshot from one of a list."""
    try:
        yield
    except CompciteError as error:
        raise SnapshotError(str(error)) from None
