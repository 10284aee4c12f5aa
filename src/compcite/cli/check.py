"""``compcite check``: the findings that need no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.checks import CHECK_FAMILIES
from compcite.cli._cited import CitedIn, citations_of
from compcite.cli._fix import DiffOfFixes, FixOption, UnsafeFixes, fix_if_wanted, fix_request
from compcite.cli._library import load_for_report
from compcite.cli._options import Sources
from compcite.cli._outputs import check_outputs
from compcite.cli._report import (
    FailOnOption,
    Ignore,
    Quiet,
    ReportForm,
    ReportOutput,
    Select,
    StatisticsOption,
    Verbose,
    known_forms,
    least_severity,
    write_report,
)
from compcite.cli._report_filter import BaselineFile, WriteBaseline, load_report_filter
from compcite.config import load_config
from compcite.verbs.verify import Judgements, check_library

if TYPE_CHECKING:
    from compcite.model.library import Library
    from compcite.model.report import Report

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite check
  compcite check thesis.bib --ignore doi-missing
  compcite check *.bib --report json
  compcite check --diff
  compcite check --fix
"""


def run(
    sources: Sources = None,
    report: ReportForm = None,
    output: ReportOutput = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOnOption = None,
    cited_in: CitedIn = None,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
    statistics: StatisticsOption = False,
    fix: FixOption = False,
    unsafe_fixes: UnsafeFixes = False,
    diff: DiffOfFixes = False,
) -> int:
    """Check what needs no network: syntax, fields, the form of DOIs, duplicates."""
    forms = known_forms(report, output)
    wanted = fix_request(
        fix=fix, unsafe=unsafe_fixes, diff=diff, baseline=write_baseline, quiet=quiet
    )
    config = load_config()
    rules = config.rules(select, ignore, families=CHECK_FAMILIES)
    severity = least_severity(fail_on, config)
    report_filter = load_report_filter(
        config, rules, whole=not sources, baseline=baseline, write_to=write_baseline
    )
    citations = citations_of(cited_in, sources)
    library = load_for_report(config, sources, to_change=fix and not diff)
    outputs = [*forms.outputs(output), ("--write-baseline", write_baseline)]
    accepted = baseline if baseline != write_baseline else None
    check_outputs(outputs, library, citations, also_read=[accepted])
    known = Judgements()

    def judge(one: Library) -> Report:
        return check_library(one, rules, citations=citations, known=known)

    result = fix_if_wanted(library, judge(library), judge, report_filter, wanted)
    write_report(
        result.report,
        forms,
        output,
        fail_on=severity,
        verbose=verbose,
        quiet=quiet,
        statistics=statistics,
        shown=result.shown,
        aside=result.aside,
    )
    return result.report.exit_code(severity) if result.code is None else result.code
