"""``compcite check``: what needs no network."""

from __future__ import annotations

from compcite.checks import CHECK_FAMILIES, select_rules
from compcite.cli._fix import DiffOption, FixOption, UnsafeFixes, mend, mending
from compcite.cli._library import read
from compcite.cli._options import Output, Sources
from compcite.cli._report import (
    FailOnOption,
    Ignore,
    ReportForm,
    Select,
    StatisticsOption,
    Verbose,
    known_form,
    least_severity,
    write_report,
)
from compcite.cli._settled import BaselineFile, WriteBaseline, settling
from compcite.config import load_config
from compcite.verify import check_library, exit_code

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
    output: Output = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOnOption = None,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = None,
    verbose: Verbose = False,
    statistics: StatisticsOption = False,
    fix: FixOption = False,
    unsafe_fixes: UnsafeFixes = False,
    diff: DiffOption = False,
) -> int:
    """Check what needs no network: syntax, fields, the form of DOIs, duplicates."""
    form = known_form(report, output)
    wanted = mending(fix=fix, unsafe=unsafe_fixes, diff=diff)
    config = load_config()
    rules = select_rules(
        select or config["select"], (*config["ignore"], *(ignore or ())), families=CHECK_FAMILIES
    )
    severity = least_severity(fail_on, config)
    settle = settling(config, rules, whole=not sources, baseline=baseline, write_to=write_baseline)
    library = read(config, sources)
    mended = mend(
        library,
        check_library(library, rules),
        lambda one: check_library(one, rules),
        settle,
        wanted,
    )
    if mended.shown or output:
        write_report(
            mended.report,
            form,
            output,
            fail_on=severity,
            verbose=verbose,
            statistics=statistics,
            aside=mended.aside,
        )
    return exit_code(mended.report, severity) if mended.code is None else mended.code
