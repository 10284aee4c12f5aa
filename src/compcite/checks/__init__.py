"""The table of all rules, family by family.

A rule is a function from a :class:`~compcite.checks.case.Case` to the faults in it; its docstring
is the rule's documentation. To add a rule, write a function in its family's module and a line at
the end of its family here: the place in the family gives the code, so lines never move.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from compcite.checks import (
    citations,
    duplicates,
    fields,
    identifiers,
    metadata,
    resolution,
    syntax,
    typesetting,
    updates,
)
from compcite.checks.case import Case, Check, Fault
from compcite.errors import UsageError
from compcite.model.report import Finding, FixSafety, Severity
from compcite.text.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from compcite.checks.case import Judge

__all__ = [
    "CHECKS",
    "CHECK_FAMILIES",
    "FAMILIES",
    "RULES",
    "VERIFY_FAMILIES",
    "Case",
    "Check",
    "Fault",
    "judge",
    "select_rules",
]

_NOTE, _WARNING, _ERROR = Severity.NOTE, Severity.WARNING, Severity.ERROR
_SAFE, _UNSAFE = FixSafety.SAFE, FixSafety.UNSAFE

FAMILIES = {
    "B1": "syntax",
    "E2": "fields",
    "D3": "the DOI as written",
    "D4": "the DOI as registered",
    "M5": "the record",
    "R6": "updates",
    "L7": "the list",
}
"""The subject of each family of rules."""

VERIFY_FAMILIES = ("B1", "D3", "D4", "M5", "R6", "L7")
"""The families that ``verify-dois`` reports by default."""

CHECK_FAMILIES = ("B1", "E2", "D3", "L7")
"""The families that ``check`` reports by default."""


def _family(
    name: str, *checks: tuple[Judge, Severity] | tuple[Judge, Severity, FixSafety]
) -> Iterator[Check]:
    """The checks of a family, with codes by their place: the first of ``M5`` is ``M500``."""
    for place, (function, severity, *fix) in enumerate(checks):
        yield Check.of(f"{name}{place:02}", function, severity, *fix)


CHECKS: tuple[Check, ...] = (
    *_family(
        "B1",
        (syntax.entry_unparsed, _ERROR),
        (syntax.comma_missing, _WARNING),
        (syntax.field_duplicated, _WARNING),
        (syntax.string_undefined, _WARNING),
        (syntax.comment_in_entry, _NOTE),
        (syntax.encoding_guessed, _NOTE),
        (syntax.field_unread, _WARNING),
    ),
    *_family(
        "E2",
        (fields.field_missing, _WARNING),
        (fields.date_malformed, _WARNING),
        (fields.pages_malformed, _WARNING, _SAFE),
        (fields.isbn_invalid, _WARNING, _SAFE),
        (fields.issn_invalid, _WARNING, _SAFE),
        (fields.url_repeats_doi, _NOTE, _UNSAFE),
        (typesetting.field_misspelt, _WARNING),
        (typesetting.latex_unescaped, _WARNING),
        (typesetting.names_malformed, _WARNING),
    ),
    *_family(
        "D3",
        (identifiers.doi_missing, _NOTE),
        (identifiers.doi_malformed, _ERROR),
        (identifiers.doi_style, _WARNING, _SAFE),
        (identifiers.doi_in_other_field, _WARNING, _SAFE),
        (identifiers.doi_suggested, _NOTE, _UNSAFE),
        (identifiers.work_not_found, _WARNING),
    ),
    *_family(
        "D4",
        (resolution.doi_not_registered, _ERROR, _UNSAFE),
        (resolution.doi_alias, _WARNING, _SAFE),
        (resolution.doi_unresolvable, _WARNING),
        (resolution.doi_unverified, _NOTE),
    ),
    *_family(
        "M5",
        (metadata.wrong_work, _ERROR, _UNSAFE),
        (metadata.title_mismatch, _WARNING, _UNSAFE),
        (metadata.author_mismatch, _WARNING, _UNSAFE),
        (metadata.year_mismatch, _WARNING, _UNSAFE),
        (metadata.container_mismatch, _WARNING, _UNSAFE),
        (metadata.volume_mismatch, _WARNING, _UNSAFE),
        (metadata.issue_mismatch, _WARNING, _UNSAFE),
        (metadata.pages_mismatch, _WARNING, _UNSAFE),
        (metadata.type_mismatch, _WARNING),
    ),
    *_family(
        "R6",
        (updates.work_retracted, _ERROR),
        (updates.work_withdrawn, _ERROR),
        (updates.expression_of_concern, _WARNING),
        (updates.work_corrected, _NOTE),
        (updates.preprint_published, _NOTE, _UNSAFE),
    ),
    *_family(
        "L7",
        (duplicates.key_duplicated, _ERROR, _UNSAFE),
        (duplicates.doi_duplicated, _WARNING, _UNSAFE),
        (duplicates.work_duplicated, _WARNING, _UNSAFE),
        (citations.entry_uncited, _NOTE),
        (citations.citation_undefined, _ERROR),
    ),
)
"""Every rule with the function that applies it, in the order of their codes."""

RULES = {check.rule.name: check.rule for check in CHECKS}
"""Every rule by its name."""


def judge(case: Case, rules: Collection[str]) -> tuple[Finding, ...]:
    """Return the findings of the named rules in a case, sorted by their places in the file."""
    findings = [
        Finding(
            check.rule,
            fault.severity or check.rule.severity,
            fault.message,
            fault.span,
            fault.field,
            fault.expected,
            fault.actual,
            fault.fix,
            fault.related,
        )
        for check in _checks_of(frozenset(rules))
        for fault in check.judge(case)
    ]
    return tuple(sorted(findings, key=lambda finding: finding.span.start))


@lru_cache(maxsize=8)  # a run has two sets of rules: for judged entries and for uncited ones
def _checks_of(rules: frozenset[str]) -> tuple[Check, ...]:
    """Return the checks whose rule has one of these names."""
    return tuple(check for check in CHECKS if check.rule.name in rules)


def select_rules(
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    *,
    families: Iterable[str] = VERIFY_FAMILIES,
) -> frozenset[str]:
    """The names of the rules that apply.

    ``select`` and ``ignore`` hold names of rules (``title-mismatch``), codes (``M501``) or
    beginnings of codes (``M5``, ``M``) in any letter case; one text may hold several with commas
    between them. Without ``select``, the rules of ``families`` apply. A rule in ``ignore`` never
    applies. Raises UsageError for a rule that does not exist.
    """
    chosen = _named(select) or {name for family in families for name in _family_of(family)}
    return frozenset(chosen - _named(ignore))


def _named(texts: Iterable[str]) -> set[str]:
    """Return the names of the rules that texts mean; empty for texts without a word.

    A text may list several names, codes or beginnings of codes, with commas between them. Raise
    UsageError for an unknown one.
    """
    named: set[str] = set()
    for word in (word.strip() for text in texts for word in text.split(",")):
        if word:
            found = {word.lower()} & RULES.keys() or _family_of(word)
            if not found:
                raise UsageError(f"there is no rule {word!r}{_nearest(word)}")
            named |= found
    return named


def _family_of(code: str) -> set[str]:
    """Return the names of the rules whose code begins with ``code``; may be empty."""
    return {name for name, rule in RULES.items() if rule.code.startswith(code.upper())}


def _nearest(word: str) -> str:
    """Return the end of an error message: the name, code or family spelled most like ``word``.

    If none is near, it names the command that lists all rules.
    """
    known = [*RULES, *(rule.code.lower() for rule in RULES.values()), *map(str.lower, FAMILIES)]
    near = nearest(word.lower(), known)
    if not near:
        return "; `compcite rule` lists them all"
    return f"; did you mean {near if near in RULES else near.upper()}?"
