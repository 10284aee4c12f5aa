"""The input of a rule, :class:`Case`, and its output, :class:`Fault`."""

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
    """The DOI by which an entry is checked, as its author wrote it.

    ``doi`` is None where the ``doi`` field holds no DOI. ``text`` is the value of ``field`` as
    written; ``field`` is None where the format of the entry has no fields. ``bare`` is the DOI in
    the author's letter case; for an arXiv identifier, the DOI that arXiv gives to it. ``certain``
    is false for a DOI in a publisher's URL, which may end earlier, and for an address of doi.org
    that may not be a short DOI. ``alone`` is false where the field says more than the DOI; it is
    always true for an arXiv identifier. ``mentioned`` is true where other words of a note lead to
    the DOI, so that it may belong to another work.
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
        """Whether the DOI stands in the ``doi`` field, or the entry's format has no fields."""
        return self.field is None or self.field.name == "doi"


class Repeats(NamedTuple):
    """The earlier entries with the same key, the same DOI, or the same work.

    None where there is none. ``work`` is also None where an entry has the same DOI. ``unclear`` is
    true where the entries that seem to be the same work may be two works.
    """

    key: Entry | None = None
    doi: Entry | None = None
    work: Entry | None = None
    unclear: bool = False


class Undefined(NamedTuple):
    """The citations of one key in one document, where no entry has this key.

    ``alike`` is the key of an entry whose key or alias differs only in letter case. ``similar`` is
    a key or alias with a similar spelling; it is given only where ``alike`` is empty. Each is empty
    where there is none.
    """

    citations: tuple[Citation, ...]
    alike: str = ""
    similar: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that is known of one entry when the rules judge it; None means "not known".

    ``problems`` are what the reader met in the entry or beside it. ``written`` is the DOI in the
    entry, ``outcome`` what the registries said of it, ``comparison`` the entry compared with its
    record. ``published`` is the article that a preprint became. ``meant`` is the work that the
    entry describes, if a search found it; ``search`` is the result of that search. ``uncited`` is
    true where documents were read and none cites the entry. For ``undefined`` citations, the entry
    only holds their key and the place of the first one.
    """

    entry: Entry
    problems: tuple[Problem, ...] = ()
    written: WrittenDoi | None = None
    outcome: Outcome | None = None
    comparison: Comparison | None = None
    published: Work | None = None
    meant: Work | None = None
    search: Search | None = None
    repeats: Repeats | None = None
    uncited: bool = False
    undefined: Undefined | None = None


class Fault(NamedTuple):
    """A finding without its rule, as a rule's function yields it.

    ``span`` is its place in the source. ``field`` is the name of the field that is concerned;
    ``expected`` is the right value, as far as it is known, and ``actual`` the one in the entry.
    ``related`` is the earlier entry that a duplicate repeats.
    """

    message: str
    span: Span
    field: str | None = None
    expected: str | None = None
    actual: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None  # None means the severity of the rule
    related: Entry | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A rule, and the function ``judge`` that yields the faults against it in a case."""

    rule: Rule
    judge: Judge

    @classmethod
    def of(
        cls, code: str, judge: Judge, severity: Severity, fix: FixSafety = FixSafety.NONE
    ) -> Check:
        """The check for a function, whose name and docstring become those of the rule.

        The rule's name has hyphens for the underscores. The first line of the docstring is the
        rule's summary, the rest its explanation.
        """
        summary, _, explanation = (judge.__doc__ or "").strip().partition("\n")
        explanation = "\n".join(line.removeprefix("    ") for line in explanation.split("\n"))
        name = judge.__name__.replace("_", "-")
        return cls(Rule(name, code, severity, summary, explanation.strip(), fix), judge)


def replacement(case: Case) -> tuple[str | None, Fix | None]:
    """The DOI of the work that was meant, and the unsafe fix that writes it into the entry.

    Both are None where no such work is known.
    """
    if case.meant is None:
        return None, None
    expected = str(case.meant.doi)
    change = Change("DOI", expected)
    return expected, Fix(f"Replace the DOI by {expected}", safe=False, changes=(change,))


def meant_instead(case: Case) -> str:
    """The end of a message that names the work that was meant; empty where none was found."""
    if case.meant is None:
        return ""
    kind = kind_of_match(case.entry.item, case.meant)
    return f"; what the entry describes is {case.meant.doi}{kind}"


def is_work(entry: Entry) -> bool:
    """Whether an entry describes a work: it is no set or store of fields, and no bare mention."""
    return entry.type not in STAND_INS and not is_mention(entry)


def is_mention(entry: Entry) -> bool:
    """Whether an entry is only a DOI that a document mentions, without words about the work."""
    item = entry.item
    bare = entry.type == "document" and item.text.keys() == {"DOI"}
    return bare and not (item.names or item.dates)


# The fields that hold a CSL variable, in BibTeX and in the other formats.
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
    """The field in which the author wrote this CSL variable; None where there is none.

    Where several fields may hold it, the first in the order of ``_FIELDS`` counts: ``author``
    before ``editor``, ``journal`` before ``booktitle``. The variable ``type`` has no field.
    """
    named = (entry.field(name) for name in _FIELDS.get(variable, (variable,)))
    return next((field for field in named if field is not None), None)


def place_of(entry: Entry, field: Field | None = None) -> Span:
    """The place of a finding: the field, else the entry's key, else the whole entry.

    A field or key whose place is not known is passed over.
    """
    if field is not None and field.span != NOWHERE:
        return field.span
    return entry.key_span if entry.key_span != NOWHERE else entry.span
