"""What a rule gets to see, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.matching import kind_of_match
from compcite.model.library import NOWHERE, STAND_INS
from compcite.model.report import Change, Fix, FixSafety, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compcite.checks.records import Comparison
    from compcite.model.citations import Citation
    from compcite.model.doi import DOI
    from compcite.model.library import Entry, Field, Problem
    from compcite.model.search import Search
    from compcite.model.source import Span
    from compcite.model.work import Outcome, Work

    Judge = Callable[["Case"], Iterator["Fault"]]

__all__ = [
    "Case",
    "Check",
    "Fault",
    "Repeats",
    "Undefined",
    "WrittenDoi",
    "field_of",
    "is_mention",
    "is_work",
    "meant_instead",
    "place_of",
    "replacement",
]


class WrittenDoi(NamedTuple):
    """The DOI by which an entry is checked, and where its author wrote it.

    ``doi`` is None where the ``doi`` field holds something else. ``text`` is the field's value
    as written, ``bare`` the DOI in it in its own letter case. A DOI is not ``certain`` where
    it was taken out of a publisher's URL, which may go on behind it. It is ``alone`` where the
    field says nothing else, and ``mentioned`` where words of a note lead to it: then it may be
    that of another work.
    """

    doi: DOI | None
    text: str
    bare: str = ""
    field: Field | None = None
    certain: bool = True
    alone: bool = True
    mentioned: bool = False

    @property
    def in_doi_field(self) -> bool:
        """Whether it stands where a DOI belongs."""
        return self.field is None or self.field.name == "doi"


class Repeats(NamedTuple):
    """Earlier entries that an entry repeats, in its own source or in another one.

    ``unclear`` says that the entry and the one of the same work may well be two works.
    """

    key: Entry | None = None
    doi: Entry | None = None
    work: Entry | None = None
    unclear: bool = False


class Undefined(NamedTuple):
    """Citations of one key in one document, which no entry answers.

    ``alike`` is a key that differs only in its letter case, ``similar`` one that may be meant.
    """

    citations: tuple[Citation, ...]
    alike: str = ""
    similar: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of one entry when it is judged; a part not known yet is empty.

    ``meant`` is the work that was found to be the one cited, where it had to be looked for;
    ``search`` says how looking for it ended. An entry is ``uncited`` where
    documents were read and make no use of it. A case of ``undefined`` citations has an entry
    that only names their key and the first of their places.
    """

    entry: Entry
    problems: tuple[Problem, ...] = ()
    written: WrittenDoi | None = None
    outcome: Outcome | None = None
    comparison: Comparison | None = None
    meant: Work | None = None
    search: Search | None = None
    repeats: Repeats | None = None
    uncited: bool = False
    undefined: Undefined | None = None


class Fault(NamedTuple):
    """What a rule found: a finding, but for the rule's own name."""

    message: str
    span: Span
    field: str | None = None
    expected: str | None = None
    actual: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None  # the rule's own unless it says otherwise


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and the function that applies it."""

    rule: Rule
    judge: Judge

    @classmethod
    def of(
        cls, code: str, judge: Judge, severity: Severity, fix: FixSafety = FixSafety.NONE
    ) -> Check:
        """The check whose name and documentation are those of its function."""
        summary, _, explanation = (judge.__doc__ or "").strip().partition("\n")
        explanation = "\n".join(line.removeprefix("    ") for line in explanation.split("\n"))
        name = judge.__name__.replace("_", "-")
        return cls(Rule(name, code, severity, summary, explanation.strip(), fix), judge)


def replacement(case: Case) -> tuple[str | None, Fix | None]:
    """The DOI that was meant and the fix that takes it, where it was found."""
    if case.meant is None:
        return None, None
    expected = str(case.meant.doi)
    change = Change("DOI", expected)
    return expected, Fix(f"Replace the DOI by {expected}", safe=False, changes=(change,))


def meant_instead(case: Case) -> str:
    """What a message adds where the work that was meant was found."""
    if case.meant is None:
        return ""
    kind = kind_of_match(case.entry.item, case.meant)
    return f"; what the entry describes is {case.meant.doi}{kind}"


def is_work(entry: Entry) -> bool:
    """Whether an entry describes a work, and not only lends to others or mentions a DOI."""
    return entry.type not in STAND_INS and not is_mention(entry)


def is_mention(entry: Entry) -> bool:
    """Whether an entry is a DOI that a document mentions, with nothing said of the work."""
    item = entry.item
    bare = entry.type == "document" and item.text.keys() == {"DOI"}
    return bare and not (item.names or item.dates)


_FIELDS = {
    "DOI": ("doi",),
    "title": ("title",),
    "author": ("author", "editor"),
    "issued": ("year", "date", "issued"),
    "container-title": (
        "journal", "journaltitle", "booktitle", "maintitle", "container-title", "series",
    ),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages", "page", "eid"),
    "type": (),
}  # fmt: skip


def field_of(entry: Entry, variable: str) -> Field | None:
    """The field in which an author wrote a CSL variable."""
    named = (entry.field(name) for name in _FIELDS.get(variable, (variable,)))
    return next((field for field in named if field is not None), None)


def place_of(entry: Entry, field: Field | None = None) -> Span:
    """Where a finding stands: the field, else the entry's key, else the entry."""
    if field is not None and field.span != NOWHERE:
        return field.span
    return entry.key_span if entry.key_span != NOWHERE else entry.span
