"""Entries, records and registries for the tests of checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.model.doi import DOI
from compcite.model.item import Date, Item, Name
from compcite.model.library import Library
from compcite.model.source import SourceFile
from compcite.model.work import Found, NotFound, Outcome, Update, Work
from compcite.verbs.verify import check_library, verify_library

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from compcite.model.report import EntryReport, Finding
    from compcite.model.search import Description

__all__ = [
    "AU",
    "Answers",
    "check",
    "entry",
    "finding_of",
    "found",
    "library",
    "rules_of",
    "verify",
    "work",
]

AU = "10.1016/j.beth.2016.11.012"
"""The DOI of the work that :func:`work` and :func:`entry` describe."""


def work(doi: str = AU, **changes: object) -> Work:
    """The record of an article, with some of its attributes changed."""
    title = "Compassion-Based Therapy for Trauma-Related Shame"
    item = Item(
        "article-journal",
        {
            "title": title,
            "container-title": "Behavior Therapy",
            "volume": "48",
            "issue": "2",
            "page": "207-221",
        },
        {"author": (Name("Au", "Teresa M."), Name("Litz", "Brett T."))},
        {"issued": Date(((2017, 3),))},
    )
    given: dict[str, object] = {
        "item": item,
        "titles": (title,),
        "containers": ("Behavior Therapy", "Behav. Ther."),
        "years": frozenset({2016, 2017}),
        "registered_type": "journal-article",
    }
    return Work(DOI(doi), "Crossref", **(given | changes))  # type: ignore[arg-type]


def entry(key: str = "au2017", kind: str = "article", **fields: str) -> str:
    """An entry in BibTeX that cites that work, with some of its fields changed or dropped."""
    given = {
        "author": "Au, T. M. and Litz, B. T.",
        "title": "Compassion-based therapy for trauma-related shame",
        "journal": "Behavior Therapy",
        "year": "2017",
        "volume": "48",
        "number": "2",
        "pages": "207--221",
        "doi": AU,
    } | fields
    rows = (f"  {name} = {{{value}}}" for name, value in given.items() if value)
    return f"@{kind}{{{key},\n" + ",\n".join(rows) + "\n}\n"


def library(*texts: str) -> Library:
    """What sources of those texts hold."""
    sources = [SourceFile(f"{place}.bib", text) for place, text in enumerate(texts)]
    read = [read_bibtex(source) for source in sources]
    return Library(
        sources,
        [entry for entries, _ in read for entry in entries],
        [problem for _, problems in read for problem in problems],
    )


class Answers:
    """Registries that know some works and answer at once."""

    def __init__(
        self, *outcomes: Outcome, notices: Mapping[DOI, Sequence[Update]] | None = None
    ) -> None:
        """Know these outcomes; every other DOI is not registered."""
        self.outcomes = {outcome.doi: outcome for outcome in outcomes}
        self.notices = notices or {}
        self.citations: list[str] = []

    def close(self) -> None:
        """There is nothing to let go of."""

    @property
    def works(self) -> list[Work]:
        """All works that are known."""
        return [one.work for one in self.outcomes.values() if isinstance(one, Found)]

    def look_up(
        self, dois: Iterable[DOI], *, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Outcome]:
        """What is known of each DOI."""
        for place, doi in enumerate(dois, 1):
            if progress:
                progress(place, place)
            yield self.outcomes.get(doi) or NotFound(doi)

    @property
    def services(self) -> Sequence[str]:
        """The services that search here."""
        return ("Crossref", "DataCite", "DBLP")

    def search(
        self, service: str, wanted: Iterable[Description]
    ) -> Iterator[tuple[Description, Sequence[Work] | None]]:
        """All works for each description, at Crossref; the others know none."""
        for description in wanted:
            if service == "Crossref":
                self.citations.append(description.citation)
            yield description, self.works if service == "Crossref" else ()

    def registered_among(self, dois: Iterable[DOI]) -> Mapping[DOI, Work]:
        """Those of the DOIs that are known."""
        known = {one.doi: one for one in self.works}
        return {doi: known[doi] for doi in dois if doi in known}

    def updates_of(self, dois: Iterable[DOI]) -> Mapping[DOI, Sequence[Update]]:
        """The notices about those DOIs."""
        return {doi: self.notices[doi] for doi in dois if doi in self.notices}


def found(doi: str = AU, **changes: object) -> Found:
    """The answer that a DOI is registered for that work."""
    return Found(DOI(doi), work(doi, **changes))


def verify(text: str, *outcomes: Outcome, suggest: bool = False) -> EntryReport:
    """What verification says of the last entry of a text."""
    answers = Answers(*outcomes)
    return verify_library(library(text), answers, suggest=suggest).entries[-1]


def check(*texts: str, rules: Collection[str] | None = None) -> EntryReport:
    """What checking offline says of the last entry of the last text."""
    return check_library(library(*texts), rules).entries[-1]


def rules_of(report: EntryReport) -> list[str]:
    """The names of the rules that found something, in the order of their places."""
    return [finding.rule.name for finding in report.findings]


def finding_of(report: EntryReport, rule: str) -> Finding:
    """The one finding of a rule."""
    (finding,) = (finding for finding in report.findings if finding.rule.name == rule)
    return finding
