"""``compcite audit`` as its users call it: rows, summary, exit codes, and going on after a stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compcite.cli import _audited
from compcite.errors import ExitCode
from tests.audit.conftest import TWO
from tests.cli.records import NEFF, RECORD
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

pyarrow = pytest.importorskip("pyarrow.parquet")

QUICKLY = ("--jobs", "1")  # in one process: a pool takes a second to start
CITES_NEFF = (
    f"@article{{neff, author={{Neff, Kristin D.}}, title={{{RECORD['title'][0]}}},"  # type: ignore[index]
    f" journal={{Self and Identity}}, year={{2003}}, doi={{{NEFF}}}}}\n"
)


def rows(path: Path | str) -> list[dict[str, Any]]:
    """The rows of a result in JSON Lines, each without what it does not have."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [{k: v for k, v in json.loads(line).items() if v is not None} for line in lines]


def kinds(path: Path | str) -> list[tuple[str, str]]:
    """Of each row its kind, and what it is about: a list, a key or a rule."""
    named = {"list": "source", "entry": "key", "finding": "rule"}
    return [(row["kind"], row[named[row["kind"]]]) for row in rows(path)]


@pytest.mark.usefixtures("lists")
def test_each_list_each_entry_and_each_finding_is_a_row(compcite: Compcite) -> None:
    """In the order of the lists; the findings of an entry stand behind it."""
    result = compcite("audit", "lists", "--check-only", "-o", "rows.jsonl", *QUICKLY)

    assert result.code == ExitCode.FINDINGS
    assert kinds("rows.jsonl") == [
        ("list", "lists/a.bib"),
        ("entry", "one"),
        ("finding", "doi-missing"),
        ("list", "lists/b/b.bib"),
        ("entry", "two"),
        ("finding", "field-missing"),
    ]
    assert rows("rows.jsonl")[5] == {
        "kind": "finding",
        "source": "lists/b/b.bib",
        "entry": 1,
        "line": 1,
        "column": 10,
        "end_line": 1,
        "end_column": 13,
        "key": "two",
        "doi": "10.5555/two",
        "status": "unverified",
        "rule": "field-missing",
        "code": "E200",
        "severity": "warning",
        "message": "@article requires year; compcite update two takes what its record has",
        "field": "year",
        "ignored": False,
    }


@pytest.mark.usefixtures("lists")
def test_the_summary_counts_by_rule_and_by_list(compcite: Compcite) -> None:
    """It goes to standard output, and how many rows were written to standard error."""
    result = compcite("audit", "lists", "--check-only", "-o", "rows.jsonl", *QUICKLY)

    assert result.out == (
        "Found 1 warning and 1 note in 2 of 2 lists.\n"
        "Checked 2 entries without asking a registry: 1 without a DOI.\n"
        "\n"
        "Findings by rule\n"
        "          1  D300 doi-missing [note]\n"
        "          1  E200 field-missing [warning]\n"
        "\n"
        "Lists with the most findings\n"
        "     errors  warnings     notes\n"
        "          0         1         0  lists/b/b.bib\n"
        "          0         0         1  lists/a.bib\n"
    )
    assert result.err.startswith("compcite: rows.jsonl: 6 rows in ")


def test_the_summary_as_a_page_has_pictures_and_names_lists(
    compcite: Compcite, lists: Path
) -> None:
    """It can be shared; the names of files are text in it, never markup."""
    (lists / "<b>.bib").write_text(TWO, encoding="utf-8")
    compcite("audit", "lists", "--check-only", "-o", "rows.csv", "--summary", "page.html", *QUICKLY)
    page = Path("page.html").read_text(encoding="utf-8")

    assert '<h1 dir="auto">3 lists with 3 entries</h1>' in page
    assert '<title id="picture-findings">' in page
    assert "lists/&lt;b&gt;.bib" in page
    assert "<b>.bib" not in page


def test_a_list_that_cannot_be_read_is_a_row_and_fails_the_run(
    compcite: Compcite, lists: Path
) -> None:
    """The other lists are judged all the same."""
    (lists / "a.zip").write_bytes(b"no zip")
    result = compcite(
        "audit", "lists", "--check-only", "--fail-on", "error", "-o", "rows.jsonl", *QUICKLY
    )

    problem = "it is damaged behind 0 lists of it: File is not a zip file"
    assert result.code == ExitCode.FINDINGS
    assert f"  lists/a.zip: {problem}\n" in result.out
    assert rows("rows.jsonl")[3] == {
        "kind": "list",
        "source": "lists/a.zip",
        "status": "unparsed",
        "severity": "error",
        "message": problem,
        "entries": 0,
        "errors": 0,
        "warnings": 0,
        "notes": 0,
    }


def test_what_a_list_ignores_is_a_row_that_does_not_count(compcite: Compcite, lists: Path) -> None:
    """Its author says that it is right; whoever audits may think otherwise."""
    (lists / "b" / "b.bib").write_text(
        f"% compcite: ignore[field-missing] online only\n{TWO}", encoding="utf-8"
    )
    result = compcite("audit", "lists", "--check-only", "-o", "rows.jsonl", *QUICKLY)

    assert result.code == ExitCode.OK
    assert "Ignored, and not counted: 1 finding.\n" in result.out
    assert [(row["rule"], row["ignored"]) for row in rows("rows.jsonl") if "rule" in row] == [
        ("doi-missing", False),
        ("field-missing", True),
    ]


@pytest.mark.usefixtures("lists")
def test_the_configuration_weighs_and_ignores_findings(compcite: Compcite, folder: Path) -> None:
    """As it does for `verify-dois`."""
    (folder / "compcite.toml").write_text(
        'severity = {field-missing = "error"}\n'
        'per-entry-ignores = [{key = "one", rules = ["doi-missing"], reason = "a book"}]\n',
        encoding="utf-8",
    )
    compcite("audit", "lists", "--check-only", "-o", "rows.jsonl", *QUICKLY)

    found = [row for row in rows("rows.jsonl") if "rule" in row]
    assert [(one["rule"], one["severity"], one["ignored"]) for one in found] == [
        ("doi-missing", "note", True),
        ("field-missing", "error", False),
    ]


def test_a_doi_of_several_lists_is_asked_for_once(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """All lists together go to the registries, in few requests."""
    registries.add_work(NEFF, **RECORD)
    for number in range(3):
        (folder / f"{number}.bib").write_text(CITES_NEFF, encoding="utf-8")
    result = compcite("audit", ".", "-o", "rows.jsonl", *QUICKLY)

    assert result.code == ExitCode.OK
    assert [row["status"] for row in rows("rows.jsonl") if row["kind"] == "entry"] == [
        "verified"
    ] * 3
    assert len(registries.asked_of(Service.CROSSREF)) == 1


def test_a_registry_that_is_down_says_nothing_about_a_doi(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """The entry is not checked, the run ends with 3, and the outage is one message."""
    registries.add_work(NEFF, **RECORD)
    for service in (Service.CROSSREF, Service.DOI):
        registries.fails(service, Fault.ERROR)
    (folder / "a.bib").write_text(CITES_NEFF, encoding="utf-8")
    result = compcite("audit", ".", "-o", "rows.jsonl", "--timeout", "1", *QUICKLY)

    assert result.code == ExitCode.UNVERIFIED
    assert rows("rows.jsonl")[1]["status"] == "unverified"


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["lists", "-o", "rows.txt"], "results are written as .parquet, .csv, .jsonl"),
        (["absent", "-o", "rows.csv"], "absent: there is no such file or folder"),
        (["lists", "-o", "absent/rows.csv"], "there is no folder absent"),
        (["lists", "-o", "r.csv", "--summary", "lists/a.bib"], "which this audit reads"),
        (["lists", "-o", "rows.csv", "--select", "yaer"], "there is no rule 'yaer'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    compcite: Compcite, arguments: list[str], sentence: str
) -> None:
    """And nothing is written."""
    result = compcite("audit", "--check-only", *QUICKLY, *arguments)

    assert result.code == ExitCode.COULD_NOT_RUN
    assert sentence in result.err
    assert result.err.count("\n") == 1
    assert not list(Path().glob("r*"))


@pytest.mark.skipif(sys.platform == "win32", reason="special files of Unix")
@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_pipe_is_no_output(compcite: Compcite, suffix: str) -> None:
    """The rows are put in place of what was there, and a pipe must stay one."""
    pipe = Path(f"pipe{suffix}")
    os.mkfifo(pipe)
    result = compcite("audit", "--check-only", *QUICKLY, "lists", "-o", str(pipe))

    message = f"compcite: --output {pipe}: this is a pipe or a device; name a file\n"
    assert (result.code, result.err) == (ExitCode.COULD_NOT_RUN, message)
    assert pipe.is_fifo()


@pytest.mark.usefixtures("lists")
def test_without_the_extra_the_line_that_installs_it_is_named(
    compcite: Compcite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most users never audit, so its packages do not come with compcite."""
    monkeypatch.setattr(_audited, "find_spec", lambda _name: None)
    result = compcite("audit", "lists", "-o", "rows.csv")

    assert result.code == ExitCode.COULD_NOT_RUN
    assert 'pip install "compcite[bulk]"' in result.err


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """An audit of ``lists`` in a process of its own, in one process, so that it takes a while."""
    return subprocess.Popen(
        [sys.executable, "-m", "compcite", "audit", "lists", "--check-only", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows knows no such signal")
def test_an_audit_that_was_killed_goes_on_where_it_was(folder: Path, compcite: Compcite) -> None:
    """The finished batches are not judged again, and the rows are those of a run in one go."""
    (folder / "lists").mkdir()
    for number in range(900):
        text = "".join(f"@misc{{k{number}n{one}, title={{T}}}}\n" for one in range(20))
        (folder / "lists" / f"{number:03}.bib").write_text(text, encoding="utf-8")
    parts = folder / "killed.csv.unfinished"
    run = start("-o", "killed.csv", *QUICKLY)
    while not list(parts.glob("*.parquet")):
        assert run.poll() is None
        time.sleep(0.01)
    run.kill()
    run.wait()
    assert not Path("killed.csv").exists()
    # Were the first batch judged again, this other row of it would not be in the result.
    first = parts / min(path.name for path in parts.glob("*.parquet"))
    pyarrow.write_table(pyarrow.read_table(first).slice(1), first)

    compcite("audit", "lists", "--check-only", "-o", "killed.csv", *QUICKLY)
    compcite("audit", "lists", "--check-only", "-o", "whole.csv", *QUICKLY)
    resumed = Path("killed.csv").read_text(encoding="utf-8").splitlines()
    whole = Path("whole.csv").read_text(encoding="utf-8").splitlines()

    assert resumed == [whole[0], *whole[2:]]
    assert not parts.exists()


def stop_before_the_result(monkeypatch: pytest.MonkeyPatch, compcite: Compcite, *more: str) -> None:
    """An audit of ``lists`` into ``rows.jsonl`` that is stopped when all its parts are there."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("compcite.audit.results.Parts.finish", stop)
        result = compcite("audit", "lists", "-o", "rows.jsonl", *more, *QUICKLY)
    assert result.code == ExitCode.INTERRUPTED
    assert list(Path("rows.jsonl.unfinished").glob("*.parquet"))


def test_what_was_judged_offline_is_judged_again_when_services_are_asked(
    compcite: Compcite,
    folder: Path,
    registries: RegistryServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The parts of an offline audit say ``unverified``, which a later one must not take over."""
    registries.add_work(NEFF, **RECORD)
    (folder / "lists").mkdir()
    (folder / "lists" / "a.bib").write_text(CITES_NEFF, encoding="utf-8")
    stop_before_the_result(monkeypatch, compcite, "--offline")

    assert compcite("audit", "lists", "-o", "rows.jsonl", *QUICKLY).code == ExitCode.OK
    assert rows("rows.jsonl")[1]["status"] == "verified"


@pytest.mark.usefixtures("lists")
def test_a_damaged_part_is_named_and_judged_again(
    compcite: Compcite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk may lose what was written; the next run makes it anew."""
    stop_before_the_result(monkeypatch, compcite, "--check-only")
    for part in Path("rows.jsonl.unfinished").glob("*.parquet"):
        part.write_bytes(part.read_bytes()[:50])
    command = ("audit", "lists", "-o", "rows.jsonl", "--check-only", *QUICKLY)
    damaged = compcite(*command)

    assert damaged.code == ExitCode.COULD_NOT_RUN
    assert "was damaged, and is removed; give the same command again" in damaged.err
    assert compcite(*command).code == ExitCode.FINDINGS


@pytest.mark.usefixtures("lists")
def test_a_file_of_somebody_else_beside_the_parts_stays(compcite: Compcite) -> None:
    """Only what an audit has written is removed from the folder for parts."""
    mine = Path("rows.jsonl.unfinished", "thesis.tex")
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    compcite("audit", "lists", "-o", "rows.jsonl", "--check-only", *QUICKLY)

    assert [path.name for path in mine.parent.iterdir()] == ["thesis.tex"]
