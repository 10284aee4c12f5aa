"""Words and phrases that several reporters use: statuses, counts, values, citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.model.doi import DOI
from compcite.model.report import Standing, Status
from compcite.text.markup import without_tags
from compcite.text.phrases import in_words
from compcite.text.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.item import Item, Name
    from compcite.model.report import EntryReport, Finding

__all__ = [
    "STANDING_WORDS",
    "STATUS_WORDS",
    "citation",
    "doi_url",
    "expected_label",
    "finding_lines",
    "label",
    "status_words",
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
"""Each status in words that fit behind the name of an entry and behind a number of entries."""

STANDING_WORDS = {
    Standing.UNCITED: "not cited",
    Standing.UNDEFINED: "cited, but not in the list",
}
_NAMES_SHOWN = 3


def label(entry: EntryReport) -> str:
    """The name of an entry in a report: its key, or ``block at line 12`` without one."""
    if entry.key is not None:
        return entry.key
    return f"block at line {entry.source.position(entry.span.start).line}"


def status_words(entry: EntryReport, *, asked: bool) -> str:
    """The status of an entry in words, with the agency that verified it.

    Empty where no registry was asked (``asked``) and the entry therefore is unverified.
    """
    if entry.standing is not Standing.JUDGED:
        return STANDING_WORDS[entry.standing]
    if entry.status is Status.UNVERIFIED and not asked:
        return ""
    if entry.status is Status.VERIFIED and entry.agency:
        return f"verified by {entry.agency}"
    return STATUS_WORDS[entry.status]


def finding_lines(finding: Finding) -> Iterator[str]:
    """The message, the file's value, the registry's value and the fix of a finding, a line each.

    The text is harmless for a terminal. What a finding lacks has no line.
    """
    yield one_line(finding.message)
    if finding.actual is not None:
        yield f"file: {one_line(finding.actual)}"
    if finding.expected is not None:
        yield f"{expected_label(finding)}: {one_line(finding.expected)}"
    if finding.fix is not None:
        yield f"fix: {one_line(finding.fix.title)}"


def expected_label(finding: Finding) -> str:
    """The name under which the expected value is shown: "DOI" for a DOI, else "registry".

    A DOI may come from a search instead of the registry's record.
    """
    return "DOI" if finding.field == "doi" else "registry"


def doi_url(doi: str | None) -> str:
    """The link for a bare DOI; empty for None or any other text."""
    return DOI(doi).url if doi and doi.startswith("10.") and "/" in doi else ""


def citation(item: Item) -> str:
    """A short citation of a work on one line: names, year, title, container.

    Editors stand in if there are no authors. What is missing is left out.
    """
    names = next((item.names[role] for role in ("author", "editor") if item.names.get(role)), ())
    issued = item.dates.get("issued")
    year = str(issued.year) if issued and issued.year is not None else ""
    parts = (_names(names), year and f"({year})", without_tags(item.text.get("title", "")))
    cited = " ".join(filter(None, parts))
    return ". ".join(filter(None, (cited, without_tags(item.text.get("container-title", "")))))


def _names(names: Sequence[Name]) -> str:
    """The family names of the people; of more than three only the first, with "et al."."""
    families = [name.literal or name.family or name.given for name in names]
    if len(families) > _NAMES_SHOWN:
        return f"{families[0]} et al."
    return in_words(families)
