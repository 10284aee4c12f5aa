"""The statuses of entries as the page shows them: their words and colours.

An entry whose DOI is right can still cite a retracted work. The report's status of both is
``verified``; here they are told apart, so that a retracted work is never shown in green.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from compcite.model.report import Standing, Status
from compcite.reporters._wording import STANDING_WORDS, STATUS_WORDS, status_words

if TYPE_CHECKING:
    from compcite.model.report import EntryReport, Report

__all__ = ["ShownStatus", "plain_status", "shown_status", "shown_statuses", "words_of_entry"]


class ShownStatus(NamedTuple):
    """A status on the page.

    ``trait`` is the name by which rows are filtered, ``style`` the CSS class of the colour.
    """

    trait: str
    words: str
    style: str


_STYLES = {
    Status.VERIFIED: "good",
    Status.MISMATCH: "error",
    Status.NOT_REGISTERED: "error",
    Status.MALFORMED: "error",
    Status.UNVERIFIED: "warning",
    Status.UNPARSED: "error",
}
_NOTICES = {
    "work-retracted": ShownStatus("is-retracted", "but retracted", "error"),
    "work-withdrawn": ShownStatus("is-withdrawn", "but withdrawn", "error"),
    "expression-of-concern": ShownStatus("is-of-concern", "but of concern", "warning"),
}
_STANDINGS = {
    Standing.UNCITED: ShownStatus("is-uncited", STANDING_WORDS[Standing.UNCITED], "quiet"),
    Standing.UNDEFINED: ShownStatus("is-undefined", STANDING_WORDS[Standing.UNDEFINED], "error"),
}


def shown_status(entry: EntryReport) -> ShownStatus:
    """The status of an entry on the page: its words, its colour, and its name for the filter.

    A retraction or the like of the work is part of it.
    """
    if entry.standing in _STANDINGS:
        return _STANDINGS[entry.standing]
    plain = plain_status(entry.status)
    notice = _notice(entry)
    if notice is not None:
        return notice._replace(words=f"{plain.words}, {notice.words}")
    return plain


def plain_status(status: Status) -> ShownStatus:
    """How a status is shown where no notice about the work adds to it."""
    return ShownStatus(f"is-{status}", STATUS_WORDS[status], _STYLES.get(status, "quiet"))


def words_of_entry(entry: EntryReport, *, asked: bool) -> str:
    """The status in the entry's own row: with the agency that verified it, and with a notice."""
    notice = _notice(entry)
    words = status_words(entry, asked=asked)
    return f"{words}, {notice.words}" if notice else words


def shown_statuses(report: Report) -> list[tuple[ShownStatus, int]]:
    """The statuses that the report's entries have, each with the number of entries.

    They come in a fixed order: verified ones first, those that were not judged last.
    """
    counts = Counter(map(shown_status, report.entries))
    every = [f"is-{status}" for status in Status]
    every[1:1] = [notice.trait for notice in _NOTICES.values()]
    every += [standing.trait for standing in _STANDINGS.values()]
    return sorted(counts.items(), key=lambda item: every.index(item[0].trait))


def _notice(entry: EntryReport) -> ShownStatus | None:
    """What a notice adds to the status of a verified entry: that its work was retracted."""
    if entry.standing is not Standing.JUDGED or entry.status is not Status.VERIFIED:
        return None
    found = {finding.rule.name for finding in entry.findings}
    return next((notice for rule, notice in _NOTICES.items() if rule in found), None)
