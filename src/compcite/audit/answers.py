"""Answers about DOIs that were fetched for a whole batch, given to each of its lists.

A process of a pool, or of a cluster, must not ask the services: they limit how often one may ask,
and a run keeps the pace only where all its questions go through one place. So a batch is judged
with the answers that it was sent. Where some are missing, they are noted; they are asked for, and
the batch is judged again. A second question can follow from an answer: a preprint's record names
the article that it became.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compcite.model.work import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from compcite.model.ask import Ask
    from compcite.model.doi import DOI
    from compcite.model.search import Description
    from compcite.model.work import Outcome, Update, Work

__all__ = ["Answers", "GivenAnswers", "Questions", "answers_to"]

_NOT_ASKED = "it has not been asked for yet"


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


class GivenAnswers:
    """An ``Ask`` that gives the answers it has, and notes in ``missing`` what it has not.

    It searches nowhere: a search is about one entry, and a batch has thousands.
    """

    services: Sequence[str] = ()

    def __init__(self, answers: Answers) -> None:
        """Nothing is missing yet."""
        self.missing = Questions()
        self._answers = answers

    def look_up(
        self,
        dois: Iterable[DOI],
        *,
        progress: Callable[[int, int], None] | None = None,  # noqa: ARG002 - the protocol's
    ) -> Iterator[Outcome]:
        """The outcome of each DOI; one that is not known is not available."""
        for doi in dois:
            outcome = self._answers.outcomes.get(doi)
            if outcome is None:
                self.missing.outcomes[doi] = None
            yield outcome or Unavailable(doi, _NOT_ASKED)

    def search(
        self, service: str, wanted: Iterable[Description]
    ) -> Iterator[tuple[Description, Sequence[Work] | None]]:
        """No service is asked."""
        del service
        return ((one, None) for one in wanted)

    def registered_among(self, dois: Iterable[DOI]) -> Mapping[DOI, Work]:
        """None: the DOIs are only guessed."""
        del dois
        return {}

    def updates_of(self, dois: Iterable[DOI]) -> Mapping[DOI, Sequence[Update]]:
        """The notices about each work, where they are known."""
        known = {}
        for doi in dois:
            if doi in self._answers.notices:
                known[doi] = self._answers.notices[doi]
            else:
                self.missing.notices[doi] = None
        return known


def answers_to(questions: Questions, ask: Ask) -> Answers:
    """Ask the questions of a batch, all at once.

    Notices that nobody could be asked about are then known to be none, so that they are not asked
    for again.
    """
    outcomes = {outcome.doi: outcome for outcome in ask.look_up(questions.outcomes)}
    notices = {**dict.fromkeys(questions.notices, ()), **ask.updates_of(questions.notices)}
    return Answers(outcomes, notices)
