"""The verb *verify*: what the entries of a library say, held against what registries hold.

``check`` and ``verify-dois`` go the same way. Each entry becomes a case; the registries, where
they are asked, say what its DOI stands for; the rules judge the cases; the findings make the
report. ``check`` leaves out the registries.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from compcite.checks import CHECK_FAMILIES, VERIFY_FAMILIES, select_rules
from compcite.model.report import Report
from compcite.verify.cases import cases_of
from compcite.verify.judging import Judgements, judge_cases
from compcite.verify.outcomes import outcomes_of, with_outcomes
from compcite.verify.search import OFFERING_RULES, SEARCHES, with_meant_works

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from compcite.checks import Case
    from compcite.model.ask import Ask
    from compcite.model.citations import Citations
    from compcite.model.library import Library

__all__ = ["SEARCHES", "Judgements", "check_library", "outcomes_of", "verify_library"]


def check_library(
    library: Library,
    rules: Collection[str] | None = None,
    *,
    citations: Citations | None = None,
    known: Judgements | None = None,
) -> Report:
    """What can be said of a library without asking anybody.

    With the ``citations`` of documents only what they cite is judged. ``known`` keeps the
    judgements for the next look at the library, which then judges only what has changed.
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
    """What the registries say of a library; of what documents cite, where ``citations`` are given.

    With ``suggest`` a DOI is looked for wherever one is missing or wrong, without it only for
    the first wrong ones. ``progress`` hears how many DOIs are answered, and of how many.
    ``known`` is as for :func:`check_library`.
    """
    began = time.monotonic()
    chosen = select_rules(families=VERIFY_FAMILIES) if rules is None else rules
    known = known or Judgements()
    cases = with_outcomes(cases_of(library, citations, known), ask, progress, known)
    if not OFFERING_RULES.isdisjoint(chosen):
        cases = with_meant_works(cases, ask, suggest=suggest, progress=progress)
    return _report(cases, chosen, known, began, asked=True)


def _report(
    cases: list[Case], rules: Collection[str], known: Judgements, began: float, *, asked: bool
) -> Report:
    """The report on all cases."""
    entries = judge_cases(cases, rules, known)
    return Report(entries, seconds=time.monotonic() - began, asked=asked)
