"""``compcite audit``: judge many lists at once, and write the findings as a table."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from compcite.checks import CHECK_FAMILIES, VERIFY_FAMILIES
from compcite.cli import _console
from compcite.cli._audited import refuse_read_outputs, require_extra
from compcite.cli._help import REGISTRIES, REPORT, SPARK
from compcite.cli._lock import lock_at
from compcite.cli._options import Mailto, Offline, Refresh, SnapshotFolder, Timeout
from compcite.cli._outage import OnOutageOption, word_for_outage
from compcite.cli._progress import progress
from compcite.cli._report import FailOnOption, Ignore, Quiet, Select, least_severity
from compcite.config import load_config
from compcite.errors import ExitCode, UsageError
from compcite.files.atomic import write_file
from compcite.registries.lock.locked import LockedRegistries
from compcite.severities import severities_of
from compcite.text.phrases import amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.audit.auditing import Engine
    from compcite.audit.judging import JudgingSettings
    from compcite.audit.snapshot_source import SnapshotSource
    from compcite.config import Config
    from compcite.model.ask import Ask
    from compcite.registries.settings import Settings

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite audit submissions/ --output results.parquet
  compcite audit 2026.tar.gz --output results.csv --summary summary.html
  compcite audit '2026/**/*.bib' --check-only --output results.jsonl
  compcite audit all.zip --snapshot snapshot --offline --output results.parquet

A run that was stopped goes on where it was when the same command is given again.
Needs: pip install "compcite[bulk]", and "compcite[spark]" for --engine spark.

Exit codes: 0 nothing to report, 1 findings or lists that cannot be read, 2 could not
run, 3 some DOIs could not be checked, 130 interrupted.
"""


class EngineName(StrEnum):
    """The values of ``--engine``."""

    LOCAL = "local"
    SPARK = "spark"


def run(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Lists, documents, tars and zips of them, folders of all these, patterns.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the rows there; its ending says how: .parquet, .csv or .jsonl.",
            show_default=False,
            rich_help_panel=REPORT,
        ),
    ],
    summary: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Write the summary there, too, as an HTML page with pictures.",
            show_default=False,
            rich_help_panel=REPORT,
        ),
    ] = None,
    quiet: Quiet = False,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOnOption = None,
    on_outage: OnOutageOption = None,
    check_only: Annotated[
        bool,
        typer.Option(
            "--check-only",
            help="Ask no registry: only the rules of `compcite check`.",
            rich_help_panel=REGISTRIES,
        ),
    ] = False,
    snapshot: SnapshotFolder = None,
    suggest: Annotated[
        bool | None,
        typer.Option(
            "--suggest/--no-suggest",
            help="Look in the snapshot for the works of entries without a DOI.  "
            "[default: no-suggest]",
            show_default=False,
            rich_help_panel=REGISTRIES,
        ),
    ] = None,
    mailto: Mailto = None,
    offline: Offline = False,
    refresh: Refresh = False,
    lock: Annotated[
        str | None,
        typer.Option(
            "--lock",
            metavar="FILE",
            help="Use the answers in this lock; it stays as it is.",
            show_default=False,
            rich_help_panel=REGISTRIES,
        ),
    ] = None,
    timeout: Timeout = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="How many processes judge.  [default: one for each core]",
            show_default=False,
        ),
    ] = None,
    engine: Annotated[
        EngineName,
        typer.Option(help="Judge by processes on this machine, or on Apache Spark."),
    ] = EngineName.LOCAL,
    master: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Spark's master: local[2], spark://…, yarn ….",
            rich_help_panel=SPARK,
        ),
    ] = "local[*]",
    archive: Annotated[
        str | None,
        typer.Option(
            "--archive",
            metavar="FILE",
            help="A packed environment with compcite, for the executors of a cluster.",
            show_default=False,
            rich_help_panel=SPARK,
        ),
    ] = None,
    conf: Annotated[
        list[str] | None,
        typer.Option(
            "--spark-conf",
            metavar="KEY=VALUE",
            help="A setting of Spark; repeatable.",
            show_default=False,
            rich_help_panel=SPARK,
        ),
    ] = None,
) -> int:
    """Judge many lists at once, and write a row for each list, entry and finding.

    The lists are judged one by one, as verify-dois does. One that cannot be read is a row, too.
    """
    require_extra("bulk", "duckdb", "pyarrow")
    from compcite.audit.auditing import audit  # noqa: PLC0415 - it needs the extra
    from compcite.audit.page import page_of  # noqa: PLC0415 - likewise
    from compcite.audit.results import known_output  # noqa: PLC0415 - likewise

    began, started = time.monotonic(), dt.datetime.now().astimezone()
    path = known_output(output)
    config = load_config()
    severity = least_severity(fail_on, config)
    judging = _judging_settings(config, select, ignore, asks=not check_only)
    refuse_read_outputs([("--output", output), ("--summary", summary)], paths, also_read=[lock])
    settings = config.settings(
        mailto=mailto,
        offline=offline or None,
        refresh=refresh or None,
        timeout=timeout,
        snapshot=snapshot,
    )
    source = _snapshot_of(settings) if judging.asks else None
    suggest = config["suggest"] if suggest is None else suggest
    locked = lock_at(Path(lock), required=True) if lock else None
    judging = replace(judging, suggest=bool(suggest and source), told_by=_told_by(settings, lock))
    # What the snapshot answers in each process is not asked again, so this one needs none.
    registries = LockedRegistries(replace(settings, snapshot=None), locked)
    asking = judging.asks and not (source and offline and locked is None)
    spark = SparkOptions(master, archive, conf or [])
    chosen = _engine_of(
        engine, judging, registries if asking else None, source, jobs=jobs, spark=spark
    )
    try:
        with registries, progress("Auditing lists") as tell:
            done = audit(paths, path, chosen, lambda count: tell(count, 0, amount(count, "list")))
            for warning in (*registries.warnings, *registries.outages.values()):
                _console.error(warning)
    except KeyboardInterrupt:
        _console.error("what is finished is kept; the same command goes on from there")
        return ExitCode.INTERRUPTED
    if summary is not None:
        write_file(Path(summary), page_of(done.summary, started).encode())
    if not quiet:
        _console.out(done.summary.text())
        if source:
            _console.error(f"the snapshot is of {source.newest}; younger works are not in it")
        _console.error(f"{output}: {done.rows:,} rows in {time.monotonic() - began:.1f} s")
    return done.summary.exit_code(severity, word_for_outage(on_outage, config))


class SparkOptions(NamedTuple):
    """The options that only Spark has."""

    master: str
    archive: str | None
    conf: Sequence[str]


def _snapshot_of(settings: Settings) -> SnapshotSource | None:
    """The snapshot that the settings name; None without one, and where all is asked again."""
    if settings.snapshot is None or settings.refresh:
        return None
    from compcite.audit.snapshot_source import SnapshotSource  # noqa: PLC0415 - needs the extra

    return SnapshotSource.of(settings)


def _told_by(settings: Settings, lock: str | None) -> tuple[str, ...]:
    """Who answers beside a snapshot. Where that changes, finished batches are judged again."""
    digest = hashlib.sha256(Path(lock).read_bytes()).hexdigest() if lock else ""
    return f"offline: {settings.offline}", f"refresh: {settings.refresh}", f"lock: {digest}"


def _engine_of(
    name: EngineName,
    judging: JudgingSettings,
    ask: Ask | None,
    source: SnapshotSource | None,
    *,
    jobs: int | None,
    spark: SparkOptions,
) -> Engine:
    """The engine of this name.

    Raises UsageError for Spark where its extra is missing, and where services would be asked: no
    cluster keeps to their limits.
    """
    if name is EngineName.LOCAL:
        from compcite.audit.local import LocalEngine  # noqa: PLC0415 - needs the extra

        return LocalEngine(judging, ask, source, jobs)
    require_extra("spark", "pyspark", "pandas")
    if ask is not None:
        raise UsageError(
            "--engine spark asks no services: give --snapshot DIR and --offline, or --check-only"
        )
    from compcite.audit.spark import SparkEngine  # noqa: PLC0415 - needs the extra

    pairs = dict(map(_pair, spark.conf))
    return SparkEngine(judging, source, spark.master, spark.archive, pairs)


def _pair(setting: str) -> tuple[str, str]:
    """A setting of Spark with its value; raises UsageError where there is no value."""
    key, equals, value = setting.partition("=")
    if not equals:
        raise UsageError(f"--spark-conf {setting}: write KEY=VALUE")
    return key, value


def _judging_settings(
    config: Config, select: list[str] | None, ignore: list[str] | None, *, asks: bool
) -> JudgingSettings:
    """How the options and the configuration want lists to be judged.

    Raises UsageError and ConfigError for a rule that does not exist.
    """
    from compcite.audit.judging import JudgingSettings  # noqa: PLC0415 - only for an audit

    families = VERIFY_FAMILIES if asks else CHECK_FAMILIES
    rules = config.rules(select, ignore, families=families)
    settings = JudgingSettings(
        rules=rules,
        severities=severities_of(config["severity"], config.origins["severity"]),
        by_source=config["per-source-ignores"],
        by_entry=config["per-entry-ignores"],
        folder=config.folder,
        origin=str(config.file),
        today=dt.datetime.now().astimezone().date(),
        asks=asks,
    )
    _ = settings.ignores  # a rule that does not exist is told now, not by each process
    return settings
