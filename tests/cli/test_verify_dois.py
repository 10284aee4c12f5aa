"""``compcite verify-dois``: verdicts, outages and exit codes, over real sockets."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode
from tests.cli.records import NEFF, RECORD
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

ON_OUTAGE = pytest.mark.parametrize(
    ("on_outage", "code"),
    [
        ("unverified", ExitCode.UNVERIFIED),
        ("fail", ExitCode.FINDINGS),
        ("pass", ExitCode.OK),
    ],
)
FOREIGN = {
    "title": ["Percolation thresholds of hexagonal lattices"],
    "author": [{"family": "Ortega", "given": "Luis"}],
    "issued": {"date-parts": [[1987]]},
}


def statuses(report: str) -> dict[str, str]:
    """The status of each entry in a JSON report."""
    return {entry["key"]: entry["status"] for entry in json.loads(report)["entries"]}


@pytest.mark.usefixtures("references")
def test_a_registered_work_is_verified_in_silence(
    compcite: Compcite, registries: RegistryServer
) -> None:
    """What is right is not mentioned; a missing DOI is a note and fails nothing."""
    registries.add_work(NEFF, **RECORD)
    result = compcite("verify-dois")

    assert result.code == ExitCode.OK
    assert "neff2003self" not in result.out
    assert "doi-missing" in result.out


@pytest.mark.usefixtures("references")
def test_a_doi_of_another_work_ends_with_one(
    compcite: Compcite, registries: RegistryServer
) -> None:
    """Title and authors both foreign: the DOI is wrong, beyond doubt."""
    registries.add_work(NEFF, **FOREIGN)
    result = compcite("verify-dois", "--report", "json")

    assert result.code == ExitCode.FINDINGS
    assert statuses(result.out)["neff2003self"] == "mismatch"


@pytest.mark.usefixtures("references")
def test_a_doi_that_nobody_registered_ends_with_one(
    compcite: Compcite, registries: RegistryServer
) -> None:
    """Only doi.org's own word makes a DOI not registered."""
    result = compcite("verify-dois", "--report", "json")

    assert result.code == ExitCode.FINDINGS
    assert statuses(result.out) == {
        "neff2003self": "not-registered",
        "raes2010rumination": "no-doi",
    }
    assert [target[:4] for target in registries.asked_of(Service.DOI)] == ["/ra/"]


@pytest.mark.usefixtures("references")
@ON_OUTAGE
def test_on_outage_decides_for_a_diff_too(
    compcite: Compcite, registries: RegistryServer, on_outage: str, code: ExitCode
) -> None:
    """Where ``--diff`` has nothing to show because nobody answered."""
    for service in Service:
        registries.fails(service, Fault.ERROR)
    result = compcite("verify-dois", "--diff", "--on-outage", on_outage)

    assert (result.code, result.out) == (code, "")


@pytest.mark.usefixtures("references")
@ON_OUTAGE
def test_an_outage_says_nothing_about_the_doi(
    compcite: Compcite, registries: RegistryServer, on_outage: str, code: ExitCode
) -> None:
    """``--on-outage`` alone decides how a run ends that could not ask."""
    for service in Service:
        registries.fails(service, Fault.ERROR)
    result = compcite("verify-dois", "--report", "json", "--on-outage", on_outage)

    assert (result.code, statuses(result.out)["neff2003self"]) == (code, "unverified")


@pytest.mark.usefixtures("references")
def test_offline_without_answers_ends_with_three(
    compcite: Compcite, registries: RegistryServer
) -> None:
    """``--offline`` asks nobody, and what it cannot know it calls unverified."""
    result = compcite("verify-dois", "--offline")

    assert (result.code, registries.asked) == (ExitCode.UNVERIFIED, [])


@pytest.mark.usefixtures("references")
def test_a_second_run_asks_nothing_and_offline_suffices(
    compcite: Compcite, registries: RegistryServer
) -> None:
    """Answers are kept on the machine; ``--refresh`` asks again."""
    registries.add_work(NEFF, **RECORD)
    compcite("verify-dois")
    asked = len(registries.asked)

    assert compcite("verify-dois").code == ExitCode.OK
    assert compcite("verify-dois", "--offline").code == ExitCode.OK
    assert len(registries.asked) == asked
    assert compcite("verify-dois", "--refresh").code == ExitCode.OK
    assert len(registries.asked) > asked


@pytest.mark.usefixtures("references", "registries")
@pytest.mark.parametrize(
    ("fail_on", "code"),
    [("error", ExitCode.OK), ("warning", ExitCode.FINDINGS), ("never", ExitCode.OK)],
)
def test_fail_on_is_the_least_severity_that_counts(
    compcite: Compcite, registries: RegistryServer, fail_on: str, code: ExitCode
) -> None:
    """A wrong volume is a warning."""
    registries.add_work(NEFF, **(RECORD | {"volume": "17"}))

    assert compcite("verify-dois", "--fail-on", fail_on).code == code


@pytest.mark.usefixtures("references")
def test_a_missing_doi_counts_where_notes_do(
    compcite: Compcite, registries: RegistryServer
) -> None:
    """``--fail-on note`` makes notes count; ``--ignore`` takes them out."""
    registries.add_work(NEFF, **RECORD)

    assert compcite("verify-dois", "--fail-on", "note").code == ExitCode.FINDINGS
    assert (
        compcite("verify-dois", "--fail-on", "note", "--ignore", "doi-missing").code == ExitCode.OK
    )


@pytest.mark.usefixtures("references", "registries")
@pytest.mark.parametrize(
    "arguments",
    [
        ("verify-dois", "absent.bib"),
        ("verify-dois", "--select", "no-such-rule"),
        ("verify-dois", "--report", "no-such-report"),
        ("verify-dois", "--fail-on", "sometimes"),
    ],
)
def test_what_cannot_run_ends_with_two(compcite: Compcite, arguments: tuple[str, ...]) -> None:
    """An unreadable source and bad usage are one sentence on stderr."""
    result = compcite(*arguments)

    assert (result.code, result.out, result.err.count("\n")) == (ExitCode.COULD_NOT_RUN, "", 1)


def test_two_beats_one(compcite: Compcite, references: Path, registries: RegistryServer) -> None:
    """With findings in one source and another unreadable, the run could not run."""
    assert registries.url(Service.DOI)

    assert compcite("verify-dois", str(references), "absent.bib").code == ExitCode.COULD_NOT_RUN


def test_findings_beat_an_outage(
    compcite: Compcite, references: Path, registries: RegistryServer
) -> None:
    """1 beats 3: a fault that is known is told, whatever could not be asked."""
    references.write_text(
        references.read_text(encoding="utf-8") + "\n@book{neff2003self, title = {Twice}}\n",
        encoding="utf-8",
    )
    for service in Service:
        registries.fails(service, Fault.ERROR)

    assert compcite("verify-dois").code == ExitCode.FINDINGS


@pytest.mark.usefixtures("references")
def test_an_interrupt_ends_with_130(compcite: Compcite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is no finding and no traceback."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("compcite.cli.list.load_with_warnings", interrupted)
    result = compcite("list")

    assert (result.code, result.err) == (ExitCode.INTERRUPTED, "compcite: interrupted\n")


@pytest.mark.usefixtures("references")
def test_a_bug_is_called_a_bug(compcite: Compcite, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected error ends with 2, never with 1, and asks to be reported."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("compcite.cli.list.load_with_warnings", broken)
    result = compcite("list")

    assert result.code == ExitCode.COULD_NOT_RUN
    assert "a bug in compcite" in result.err
    assert "ZeroDivisionError: by zero" in result.err


def test_hostile_text_reaches_no_terminal(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """Escape sequences of a file and of a registry are shown, not sent."""
    registries.add_work(NEFF, **(FOREIGN | {"title": ["\x1b[31mred [bold]Title[/bold]"]}))
    (folder / "references.bib").write_text(
        f"@article{{k, title = {{[bold]x[/bold] \x1b[31m}}, author={{A, B}}, doi = {{{NEFF}}}}}",
        encoding="utf-8",
    )
    for form in ("text", "json", "markdown", "github"):
        result = compcite("verify-dois", "--report", form, "-v")
        assert result.code == ExitCode.FINDINGS
        assert "\x1b" not in result.out


@pytest.mark.usefixtures("references")
def test_the_report_can_be_written_to_a_file(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """``--output`` takes the report; standard output stays empty."""
    registries.add_work(NEFF, **RECORD)
    result = compcite("verify-dois", "--report", "json", "--output", "report.json")

    assert (result.code, result.out) == (0, "")
    assert statuses((folder / "report.json").read_text(encoding="utf-8")) == {
        "neff2003self": "verified",
        "raes2010rumination": "no-doi",
    }


def test_check_needs_no_network(compcite: Compcite, references: Path) -> None:
    """``check`` finds what the file alone shows."""
    references.write_text(
        "@article{k, title = {T}, author = {A, B}, journal = {J}, year = 2001, "
        "doi = {https://doi.org/10.1234/abc}}\n",
        encoding="utf-8",
    )
    result = compcite("check", "--report", "json", "--select", "D3")

    assert result.code == ExitCode.FINDINGS
    assert [f["rule"] for f in json.loads(result.out)["entries"][0]["findings"]] == ["doi-style"]


def test_no_network_library_is_loaded_for_a_listing(references: Path) -> None:
    """What a command does not use, it does not import."""
    code = (
        "import sys; from compcite.cli import run; run(['list', sys.argv[1]]); "
        "print(sorted({'requests', 'habanero', 'bibtexparser', 'pylatexenc', 'rich', 'sqlite3'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(references)], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"
