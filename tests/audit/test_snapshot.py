"""Audits that a snapshot answers, in each process of a pool and on Spark."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compcite.audit.answers import SnapshotError
from compcite.audit.snapshot_source import SnapshotSource
from compcite.config import load_config
from compcite.errors import ExitCode
from tests.audit.test_command import QUICKLY, rows
from tests.registry_server import Service
from tests.snapshots.conftest import TITLES, crossref_record, snapshot_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from compcite.registries.snapshots.snapshot import Snapshot
    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

__all__ = ["snapshot_of"]

ALIAS = "10.5555/alias"
PREPRINT = {
    "type": "posted-content",
    "subtype": "preprint",
    "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/work.1"}]},
}
RETRACTED = {"updated-by": [{"type": "retraction", "source": "publisher", "DOI": "10.5555/notice"}]}


def cited(key: str, doi: str, number: int, **fields: str) -> str:
    """An entry for the work with this number."""
    values = {
        "author": "Okonkwo, Ada",
        "title": TITLES[number % len(TITLES)],
        "journal": "Journal of Examples",
        "year": "2015",
        "doi": doi,
        **fields,
    }
    inner = ", ".join(f"{name} = {{{value}}}" for name, value in values.items())
    return f"@article{{{key}, {inner}}}\n"


@pytest.fixture
def snapshot(snapshot_of: Callable[..., Snapshot]) -> str:
    """A snapshot with an article, its preprint, a retracted work, and a work with an alias."""
    made = snapshot_of(
        crossref_record(1, aliases=[ALIAS]),
        crossref_record(2, **RETRACTED),
        crossref_record(4, **PREPRINT),
    )
    made.close()
    return made.name


@pytest.fixture
def cases(folder: Path) -> Path:
    """Lists that cite works of the snapshot, and one that it lacks, in all kinds of files."""
    place = folder / "cases"
    place.mkdir()
    (place / "right.bib").write_text(
        cited("right", "10.5555/work.1", 1) + cited("alias", ALIAS, 1), encoding="utf-8"
    )
    (place / "wrong.bib").write_text(
        cited("retracted", "10.5555/work.2", 2)
        + cited("preprint", "10.5555/work.4", 1)
        + cited("year", "10.5555/work.1", 1, year="2003")
        + cited("other", "10.5555/work.1", 2, author="Zimmer, Q."),
        encoding="utf-8",
    )
    (place / "lacking.bib").write_text(cited("young", "10.5555/work.9", 0), encoding="utf-8")
    (place / "damaged.zip").write_bytes(b"PK no zip")
    return place


FOUND = {
    "right": ("verified", []),
    "alias": ("verified", ["doi-alias", "work-duplicated"]),
    "retracted": ("verified", ["work-retracted"]),
    "preprint": ("verified", ["preprint-published"]),
    "year": ("verified", ["year-mismatch"]),
    "other": ("mismatch", ["wrong-work"]),
}


def found(file: str) -> dict[str, tuple[str, list[str]]]:
    """The status of each entry and the rules of its findings."""
    all_rows = rows(file)
    return {
        row["key"]: (
            row["status"],
            [
                one["rule"]
                for one in all_rows
                if one["kind"] == "finding" and (one["source"], one["entry"]) == place
            ],
        )
        for row in all_rows
        if row["kind"] == "entry" and (place := (row["source"], row["entry"]))
    }


def of_report(report: dict[str, Any]) -> dict[str, tuple[str, list[str]]]:
    """The same of the JSON of a report."""
    return {
        one["key"]: (one["status"], [finding["rule"] for finding in one["findings"]])
        for one in report["entries"]
    }


@pytest.mark.usefixtures("cases")
def test_the_snapshot_gives_the_verdicts_that_verify_dois_gives(
    compcite: Compcite, snapshot: str
) -> None:
    """Aliases, retractions and the articles of preprints included; what it lacks is not checked."""
    with_snapshot = ("--snapshot", snapshot, "--offline")
    result = compcite("audit", "cases", *with_snapshot, "-o", "rows.jsonl", *QUICKLY)
    verdicts = found("rows.jsonl")
    reports = [
        json.loads(compcite("verify-dois", str(path), *with_snapshot, "--report", "json").out)
        for path in sorted(Path("cases").glob("*.bib"))
    ]

    assert result.code == ExitCode.FINDINGS
    assert verdicts == {key: value for one in reports for key, value in of_report(one).items()}
    assert verdicts["retracted"] == ("verified", ["work-retracted"])
    assert verdicts["young"] == ("unverified", ["doi-unverified"])


@pytest.mark.usefixtures("cases")
def test_what_the_snapshot_lacks_is_asked_for(
    compcite: Compcite, snapshot: str, registries: RegistryServer
) -> None:
    """And nothing else: the answers of the snapshot need no request."""
    registries.add_work("10.5555/work.9", **crossref_record(9))
    compcite("audit", "cases", "--snapshot", snapshot, "-o", "rows.jsonl", *QUICKLY)

    assert found("rows.jsonl")["young"][0] == "verified"
    assert [target for target in registries.asked_of(Service.CROSSREF) if "work.1" in target] == []


def test_a_work_without_a_doi_is_looked_for_in_the_snapshot(
    compcite: Compcite, folder: Path, snapshot: str
) -> None:
    """As by ``verify-dois --suggest``: its DOI is named."""
    (folder / "a.bib").write_text(cited("lost", "", 1), encoding="utf-8")
    compcite(
        "audit",
        "a.bib",
        "--suggest",
        "--snapshot",
        snapshot,
        "--offline",
        "-o",
        "r.jsonl",
        *QUICKLY,
    )

    [finding] = [row for row in rows("r.jsonl") if row.get("rule") == "doi-suggested"]
    assert finding["expected"] == "10.5555/work.1"


@pytest.mark.usefixtures("lists")
def test_a_snapshot_that_is_not_there_is_one_sentence(compcite: Compcite) -> None:
    """Before anything is judged."""
    result = compcite("audit", "lists", "--snapshot", "absent", "-o", "rows.csv")

    assert result.code == ExitCode.COULD_NOT_RUN
    assert "no snapshot of compcite can be read here" in result.err
    assert result.err.count("\n") == 1


def test_a_snapshot_that_breaks_meanwhile_ends_the_audit(
    compcite: Compcite, cases: Path, snapshot: str
) -> None:
    """It is no fault of the lists, so no list may be called unreadable for it."""
    for file in Path(snapshot).rglob("*.parquet"):
        file.write_bytes(b"no Parquet")
    result = compcite(
        "audit", str(cases), "--snapshot", snapshot, "--offline", "-o", "rows.csv", *QUICKLY
    )

    assert result.code == ExitCode.COULD_NOT_RUN
    assert "the snapshot cannot be read" in result.err
    assert not Path("rows.csv").exists()


def test_a_snapshot_that_is_built_anew_meanwhile_ends_the_audit(snapshot: str) -> None:
    """Some lists would be judged from the old records and some from the new ones."""
    source = SnapshotSource.of(load_config().settings(snapshot=snapshot, offline=True))
    with pytest.raises(SnapshotError, match="was built anew while the audit ran"):
        replace(source, digest=source.digest + " ").open()


@pytest.mark.usefixtures("lists")
def test_spark_asks_no_services(compcite: Compcite) -> None:
    """No cluster keeps to their limits."""
    pytest.importorskip("pyspark")
    result = compcite("audit", "lists", "--engine", "spark", "-o", "rows.csv")

    assert result.code == ExitCode.COULD_NOT_RUN
    assert "--engine spark asks no services: give --snapshot DIR and --offline" in result.err


@pytest.mark.spark
@pytest.mark.usefixtures("cases")
@pytest.mark.skipif(
    not (shutil.which("java") or os.environ.get("JAVA_HOME")), reason="Spark needs Java"
)
def test_spark_makes_the_same_rows(compcite: Compcite, snapshot: str) -> None:
    """The whole output is the same, byte for byte, and so is how the run ends.

    One test for all, since Spark takes a while to start.
    """
    pytest.importorskip("pyspark")
    with_snapshot = ("--snapshot", snapshot, "--offline", "--suggest")
    local = compcite("audit", "cases", *with_snapshot, "-o", "local.jsonl", *QUICKLY)
    spark = compcite(
        "audit",
        "cases",
        *with_snapshot,
        "-o",
        "spark.jsonl",
        "--engine",
        "spark",
        "--master",
        "local[1]",
    )
    checked = compcite("audit", "cases", "--check-only", "-o", "local.csv", *QUICKLY)
    checked_by_spark = compcite(
        "audit", "cases", "--check-only", "-o", "spark.csv", "--engine", "spark"
    )

    assert Path("spark.jsonl").read_text("utf-8") == Path("local.jsonl").read_text("utf-8")
    assert Path("spark.csv").read_text("utf-8") == Path("local.csv").read_text("utf-8")
    assert (spark.code, spark.out) == (local.code, local.out)
    assert (checked_by_spark.code, checked_by_spark.out) == (checked.code, checked.out)
