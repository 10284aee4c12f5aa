"""Check the entries of a library against the registries: ``check`` and ``verify-dois``.

Both work in the same steps. Each entry becomes a case. The registries are asked about the DOI of
each case. The rules judge the cases, and their findings make the report. ``check`` leaves out the
registries.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from compcite.checks import CHECK_FAMILIES, VERIFY_FAMILIES, select_rules
from compcite.model.report import Report
from compcite.verbs.verify.cases import cases_of
from compcite.verbs.verify.judgements import Judgements
from compcite.verbs.verify.judging import judge_cases
from compcite.verbs.verify.outcomes import outcomes_of, with_outcomes, with_published
from compcite.verbs.verify.search import MOST_SEARCHES, RULES_NAMING_A_WORK, with_meant_works

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from compcite.checks import Case
    from compcite.model.ask import Ask
    from compcite.model.citations import Citations
    from compcite.model.library import Library

__all__ = ["MOST_SEARCHES", "Judgements", "check_library", "outcomes_of", "verify_library"]


def check_library(
    library: Library,
    rules: Collection[str] | None = None,
    *,
    citations: Citations | None = None,
    known: Judgements | None = None,
) -> Report:
    """The findings that need no network.

    ``rules`` are names of rules, by default those of ``check``. With ``citations``, the citations
    in documents, only cited entries are judged, and the others are reported as uncited. ``known``
    carries judgements from one call to the next, and is changed by each: where only a few entries
    have changed, only these are judged again.
    """
    began = time.monotonic()
    chosen = select_rules(families=CHECK_FAMILIES) if rules is None else rules
    known = known or Judgements()
    return _report(cases_of(library, citations, known), chosen, known, began, asked=False)


def verify_library(  # noqa: PLR0913 - all but two by name, and left to their defaults
    library: Library,
    ask: Ask,
    *,
    rules: Collection[str] | None = None,
    suggest: bool = False,
    progress: Callable[[int, int], None] | None = None,
    citations: Citations | None = None,
    known: Judgements | None = None,
) -> Report:
    """The findings about a library after asking ``ask`` for its DOIs.

    ``rules``, ``citations`` and ``known`` are as for :func:`check_library`. With ``suggest``, the
    right DOI is searched for wherever it is missing or wrong; without it, only for the first wrong
    ones (:data:`MOST_SEARCHES`). ``progress`` is called with the number of answered DOIs and of
    all, then with the number of finished searches and of all.
    """
    began = time.monotonic()
    chosen = select_rules(families=VERIFY_FAMILIES) if rules is None else rules
    known = known or Judgements()
    cases = with_outcomes(cases_of(library, citations, known), ask, progress, known)
    if "preprint-published" in chosen:
        cases = with_published(cases, ask)
    if not RULES_NAMING_A_WORK.isdisjoint(chosen):
        cases = with_meant_works(cases, ask, suggest=suggest, progress=progress)
    return _report(cases, chosen, known, began, asked=True)


def _report(
    cases: list[Case], rules: Collection[str], known: Judgements, began: float, *, asked: bool
) -> Report:
    """The report on all cases; ``began`` is when the run began, by the monotonic clock."""
    entries = judge_cases(cases, rules, known)
    return Report(entries, seconds=time.monotonic() - began, asked=asked)
