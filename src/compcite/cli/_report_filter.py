"""Remove accepted findings from a report, by severities, ignores and the baseline."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from compcite.baseline import accepted_of, apply_baseline, read_baseline, write_baseline
from compcite.cli import _console
from compcite.cli._help import RULES
from compcite.ignores import apply_ignores, ignores_by_entry, ignores_by_source, ignores_in
from compcite.severities import apply_severities, severities_of
from compcite.text.phrases import amount

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from compcite.baseline import Accepted
    from compcite.config import Config
    from compcite.ignores import Ignore
    from compcite.model.library import Library
    from compcite.model.report import Report, Severity

__all__ = ["BaselineFile", "ReportFilter", "WriteBaseline", "load_report_filter"]

_NAMED = 5  # findings that a message names; of more it gives the number, to stay short

BaselineFile = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="Report only findings that this file does not accept.",
        show_default=False,
        rich_help_panel=RULES,
    ),
]
WriteBaseline = Annotated[
    str | None,
    typer.Option(
        "--write-baseline",
        metavar="FILE",
        help="Write all findings to this file, which accepts them.",
        show_default=False,
        rich_help_panel=RULES,
    ),
]


class ReportFilter(NamedTuple):
    """What configuration and options say about findings, read before anything is asked.

    So a mistake in it is reported at once. ``accepted`` are the findings of the baseline file
    ``baseline``; ``write_to`` is the file for a new baseline. ``rules`` are the rules of the run.
    ``whole`` is true where all sources of the project are read.
    """

    severities: Mapping[str, Severity]
    ignores: tuple[Ignore, ...]
    accepted: Mapping[str, Accepted]
    baseline: str | None
    write_to: str | None
    root: Path
    rules: Collection[str]
    whole: bool

    def apply(self, report: Report, library: Library) -> Report:
        """The report with configured severities, without ignored and accepted findings.

        Outdated ignores and baselines are named on stderr. A new baseline is written if wanted.
        """
        local, complaints = ignores_in(library)
        today = dt.datetime.now().astimezone().date()
        without_ignored = apply_ignores(
            apply_severities(report, self.severities),
            (*self.ignores, *local),
            rules=self.rules,
            today=today,
            whole=self.whole,
        )
        for complaint in (*complaints, *without_ignored.complaints):
            _console.error(complaint)
        return self._beyond_baseline(without_ignored.report)

    def apply_silently(self, report: Report, library: Library) -> Report:
        """The report without ignored and accepted findings, for use between two passes of fixes.

        Nothing is written or said.
        """
        local, _ = ignores_in(library)
        today = dt.datetime.now().astimezone().date()
        ignores = (*self.ignores, *local)
        left = apply_ignores(report, ignores, rules=self.rules, today=today, whole=False).report
        if not self.accepted or self.write_to:
            return left
        return apply_baseline(left, self.accepted, self.root, rules=self.rules, whole=False)[0]

    def _beyond_baseline(self, report: Report) -> Report:
        """The report without accepted findings; those that are no longer found are named on stderr.

        With ``--write-baseline``, all findings are accepted, and the new baseline is written.
        """
        accepted = self.accepted
        if self.write_to:
            accepted = accepted_of(report, self.root)
            write_baseline(Path(self.write_to), accepted)
            _console.error(f"{self.write_to}: {amount(len(accepted), 'finding')} accepted")
        if not accepted:
            return report
        left, gone = apply_baseline(report, accepted, self.root, rules=self.rules, whole=self.whole)
        if gone:
            named = ", ".join(f"{one.rule} of {one.key or one.source}" for one in gone[:_NAMED])
            more = f" and {len(gone) - _NAMED:,} more" if len(gone) > _NAMED else ""
            _console.error(
                f"{self.baseline}: no longer found: {named}{more}; write the baseline again "
                "with --write-baseline, or nothing is reported when they come back"
            )
        return left


def load_report_filter(
    config: Config,
    rules: Collection[str],
    *,
    whole: bool,
    baseline: str | None,
    write_to: str | None,
) -> ReportFilter:
    """The filter that configuration and options describe.

    Raises ConfigError for a rule that does not exist, SourceError for an unreadable baseline.
    """

    def origin(key: str) -> str:
        return config.origins[key]

    by_source = config["per-source-ignores"]
    by_entry = config["per-entry-ignores"]
    return ReportFilter(
        severities=severities_of(config["severity"], origin("severity")),
        ignores=(
            *ignores_by_source(by_source, config.folder, origin("per-source-ignores")),
            *ignores_by_entry(by_entry, origin("per-entry-ignores")),
        ),
        accepted=read_baseline(Path(baseline)) if baseline else {},
        baseline=baseline,
        write_to=write_to,
        root=config.folder,
        rules=rules,
        whole=whole,
    )
