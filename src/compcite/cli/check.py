"""``compcite check``: what needs no network."""

from __future__ import annotations

from compcite.checks import CHECK_FAMILIES, select_rules
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
"""


def run(
    sources: Sources = None,
    report: ReportForm = "text",
    output: Output = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOnOption = None,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = None,
    verbose: Verbose = False,
    statistics: StatisticsOption = False,
) -> int:
    """Check what needs no network: syntax, fields, the form of DOIs, duplicates."""
    form = known_form(report)
    config = load_config()
    rules = select_rules(
        select or config["select"], (*config["ignore"], *(ignore or ())), families=CHECK_FAMILIES
    )
    severity = least_severity(fail_on, config)
    settle = settling(config, rules, whole=not sources, baseline=baseline, write_to=write_baseline)
    library = read(config, sources)
    found = settle(check_library(library, rules), library)
    write_report(found, form, output, fail_on=severity, verbose=verbose, statistics=statistics)
    return exit_code(found, severity)
