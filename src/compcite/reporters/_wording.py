"""What reports for people have in common: plain words for statuses, counts and works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.model.doi import DOI
from compcite.model.report import Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compcite.model.item import Item, Name
    from compcite.model.report import EntryReport, Report

__all__ = [
    "STATUS_WORDS",
    "agencies",
    "amount",
    "citation",
    "doi_url",
    "entry_title",
    "finding_counts",
    "in_words",
    "label",
    "status_counts",
    "status_of",
]

STATUS_WORDS = {
    Status.VERIFIED: "verified",
    Status.MISMATCH: "registered for another work",
    Status.NOT_REGISTERED: "not registered",
    Status.MALFORMED: "with a malformed DOI",
    Status.NO_DOI: "without a DOI",
    Status.UNVERIFIED: "not checked",
    Status.UNPARSED: "not readable",
}
"""Each status in words that can follow an entry and a number of entries."""

_NAMES_SHOWN = 3


def amount(number: int, noun: str) -> str:
    """``1 entry``, ``1,000 entries``: a number with its noun."""
    if number != 1:
        noun = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun}"


def in_words(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def label(entry: EntryReport) -> str:
    """What an entry is called: its key, or where the block without one begins."""
    if entry.key is not None:
        return entry.key
    return f"block at line {entry.source.position(entry.span.start).line}"


def status_of(entry: EntryReport, *, asked: bool) -> str:
    """The status in words, with the agency that vouches for it; empty where nobody was asked."""
    if entry.status is Status.UNVERIFIED and not asked:
        return ""
    if entry.status is Status.VERIFIED and entry.agency:
        return f"verified by {entry.agency}"
    return STATUS_WORDS[entry.status]


def status_counts(report: Report) -> list[tuple[Status, int]]:
    """The statuses that occur, with how often, best first."""
    counts = [(status, report.count(status)) for status in Status]
    return [(status, count) for status, count in counts if count]


def finding_counts(report: Report) -> list[str]:
    """``2 errors``, ``1 warning``: how many findings of each severity there are, gravest first."""
    counts = [(severity, report.findings(severity)) for severity in reversed(Severity)]
    return [amount(count, severity.value) for severity, count in counts if count]


def agencies(entries: Iterable[EntryReport]) -> list[tuple[str, int]]:
    """The registration agencies that vouched for entries, most first."""
    counts: dict[str, int] = {}
    for entry in entries:
        if entry.agency:
            counts[entry.agency] = counts.get(entry.agency, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def doi_url(text: str | None) -> str:
    """The link of a DOI in any spelling; empty where the text is none."""
    doi = DOI.parse(text) if text else None
    return doi.url if doi else ""


def entry_title(item: Item | None) -> str:
    """The title of an item; empty where it has none."""
    return item.text.get("title", "") if item else ""


def citation(item: Item) -> str:
    """A work in a line, by which a reader knows it: names, year, title, container."""
    names = next((item.names[role] for role in ("author", "editor") if item.names.get(role)), ())
    issued = item.dates.get("issued")
    year = str(issued.year) if issued and issued.year is not None else ""
    parts = (_names(names), year and f"({year})", item.text.get("title", ""))
    cited = " ".join(filter(None, parts))
    return ". ".join(filter(None, (cited, item.text.get("container-title", ""))))


def _names(names: Sequence[Name]) -> str:
    """The family names, the first few of many."""
    families = [name.literal or name.family or name.given for name in names]
    if len(families) > _NAMES_SHOWN:
        return f"{families[0]} et al."
    return in_words(families)
