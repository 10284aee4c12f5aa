"""``compcite lock`` and ``verify-dois --lock``: what needs the network, and what is noticed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode
from compcite.registries.lock.file import read_lock
from tests.cli.records import NEFF, RECORD
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

GONE = "10.1080/gone"
NOTICE = {
    "DOI": "10.1080/notice",
    "type": "retraction",
    "source": "publisher",
    "updated": {"date-parts": [[2026, 3, 1]]},
}


@pytest.fixture
def registries(registries: RegistryServer, references: Path) -> RegistryServer:
    """A stand-in that knows the one DOI of references.bib; waits are short."""
    assert references.is_file()
    registries.add_work(NEFF, **RECORD)
    return registries


@pytest.fixture
def lock(compcite: Compcite, folder: Path, registries: RegistryServer) -> Path:
    """A complete lock, and neither an answer nor a network besides."""
    assert compcite("lock").code == ExitCode.OK
    (folder.parent / "cache" / "answers.sqlite3").unlink()
    for service in Service:
        registries.fails(service, Fault.ERROR)
    registries.asked.clear()
    return folder / "compcite.lock"


def statuses(report: str) -> list[str]:
    """The statuses in a JSON report."""
    return [entry["status"] for entry in json.loads(report)["entries"]]


def rules(report: str) -> list[str]:
    """The rules of the findings in a JSON report."""
    return [f["rule"] for entry in json.loads(report)["entries"] for f in entry["findings"]]


def change(path: Path, old: str, new: str) -> None:
    """Replace a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_lock_writes_what_the_registries_say(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """A second run asks nothing and changes no byte."""
    result = compcite("lock")
    data = (folder / "compcite.lock").read_bytes()
    asked = len(registries.asked)

    assert (result.code, result.out) == (0, "compcite.lock: 1 DOI, 1 new, 0 removed\n")
    assert compcite("lock").out == "compcite.lock: 1 DOI, 0 new, 0 removed\n"
    assert ((folder / "compcite.lock").read_bytes(), len(registries.asked)) == (data, asked)


@pytest.mark.parametrize("options", [(), ("--offline",), ("--lock", "compcite.lock")])
def test_a_complete_lock_is_a_full_verification(
    compcite: Compcite, folder: Path, registries: RegistryServer, lock: Path, options: list[str]
) -> None:
    """All services down, no cache: verified, and neither asked nor opened."""
    assert lock.is_file()
    result = compcite("verify-dois", "--report", "json", *options)

    assert (result.code, statuses(result.out)) == (0, ["verified", "no-doi"])
    assert registries.asked == []
    assert not (folder.parent / "cache" / "answers.sqlite3").exists()


def test_what_the_lock_answers_needs_no_library_of_the_network(lock: Path) -> None:
    """A run from the lock imports neither client, nor sqlite."""
    code = (
        "import sys; from compcite.cli import run; run(['verify-dois', '--offline']); "
        "print(sorted({'requests', 'habanero', 'sqlite3', 'http.client', 'ssl'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=lock.parent
    )

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.usefixtures("lock")
def test_a_changed_entry_is_noticed_offline(compcite: Compcite, references: Path) -> None:
    """Its fields are compared with the locked record."""
    change(references, "volume = 2", "volume = 17")
    result = compcite("verify-dois", "--offline", "--report", "json", "--select", "M5")

    assert (result.code, rules(result.out)) == (ExitCode.FINDINGS, ["volume-mismatch"])


@pytest.mark.usefixtures("lock")
def test_a_changed_doi_needs_the_network(compcite: Compcite, references: Path) -> None:
    """What is not locked is not known; offline it is unverified, and the lock is stale."""
    change(references, NEFF, "10.1080/other")
    result = compcite("verify-dois", "--offline", "--report", "json")
    check = compcite("lock", "--check")

    assert (result.code, statuses(result.out)[0]) == (ExitCode.UNVERIFIED, "unverified")
    assert check.code == ExitCode.FINDINGS
    assert check.out == (
        "references.bib:1: neff2003self: 10.1080/other is not locked\n"
        f"compcite.lock: {NEFF}: no entry has this DOI\n"
    )


@pytest.mark.usefixtures("lock")
def test_a_fresh_lock_is_not_stale(compcite: Compcite) -> None:
    """Nothing is said, and nobody asked."""
    result = compcite("lock", "--check")

    assert (result.code, result.out, result.err) == (0, "", "")


@pytest.mark.usefixtures("references")
def test_a_lock_that_is_missing_is_stale(compcite: Compcite) -> None:
    """So that CI fails where nobody has written one."""
    result = compcite("lock", "--check")

    assert (result.code, result.out) == (1, "compcite.lock: there is no lock\n")


def test_a_tampered_line_is_said_and_not_trusted(compcite: Compcite, lock: Path) -> None:
    """Offline its DOI is unverified; `lock --check` fails."""
    change(lock, '"volume":"2"', '"volume":"17"')
    result = compcite("verify-dois", "--offline", "--report", "json")
    check = compcite("lock", "--check")

    assert (result.code, statuses(result.out)[0]) == (ExitCode.UNVERIFIED, "unverified")
    assert result.err == (
        f"compcite: compcite.lock:2: {NEFF}: not trusted; "
        "the line was changed since compcite wrote it\n"
    )
    assert (check.code, check.out) == (
        1,
        f"compcite.lock:2: {NEFF}: the line was changed since compcite wrote it\n",
    )


def test_lock_repairs_what_was_tampered_with(
    compcite: Compcite, lock: Path, registries: RegistryServer
) -> None:
    """The DOI is asked for again."""
    whole = lock.read_bytes()
    change(lock, '"volume":"2"', '"volume":"17"')
    registries.recovers()

    assert (compcite("lock").code, lock.read_bytes()) == (0, whole)


@pytest.mark.parametrize("command", [("verify-dois",), ("lock",), ("lock", "--check")])
def test_an_unreadable_lock_ends_with_two(
    compcite: Compcite, lock: Path, command: tuple[str, ...]
) -> None:
    """An unresolved merge is one sentence, with its line."""
    change(lock, "{\n", "{\n<<<<<<< HEAD\n")
    result = compcite(*command)

    assert (result.code, result.out) == (ExitCode.COULD_NOT_RUN, "")
    assert result.err.startswith("compcite: compcite.lock: line 2: an unresolved merge conflict")
    assert result.err.count("\n") == 1


@pytest.mark.usefixtures("registries")
def test_a_lock_that_is_named_and_missing_offline_ends_with_two(compcite: Compcite) -> None:
    """Nothing could be checked as it was meant."""
    result = compcite("verify-dois", "--offline", "--lock", "none.lock")

    assert (result.code, result.out) == (ExitCode.COULD_NOT_RUN, "")
    assert "there is no lock" in result.err


def test_only_lock_files_that_are_named_are_written(
    compcite: Compcite, folder: Path, references: Path, registries: RegistryServer
) -> None:
    """``--lock`` adds what was learnt; without it, or with ``--offline``, a lock is only read."""
    registries.add_work("10.1080/new")
    compcite("lock")
    data = (folder / "compcite.lock").read_bytes()
    with references.open("a", encoding="utf-8") as file:
        file.write("\n@misc{new, doi = {10.1080/new}}\n")
    compcite("verify-dois")
    compcite("verify-dois", "--offline", "--lock", "compcite.lock")
    assert (folder / "compcite.lock").read_bytes() == data
    compcite("verify-dois", "--lock", "compcite.lock")

    assert sorted(read_lock(folder / "compcite.lock").said) == [NEFF, "10.1080/new"]


def test_a_run_over_one_source_leaves_the_others_in_the_lock(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """``verify-dois --lock`` never removes; ``lock`` leaves what its sources have."""
    registries.add_work("10.1080/new")
    (folder / "other.bib").write_text("@misc{new, doi = {10.1080/new}}", encoding="utf-8")
    compcite("lock", "references.bib")
    compcite("verify-dois", "other.bib", "--lock", "compcite.lock")
    both = sorted(read_lock(folder / "compcite.lock").said)
    compcite("lock", "other.bib")

    assert both == [NEFF, "10.1080/new"]
    assert sorted(read_lock(folder / "compcite.lock").said) == ["10.1080/new"]


def test_the_configured_lock_is_used(
    compcite: Compcite, folder: Path, registries: RegistryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative to the configuration file, from any folder."""
    assert registries.works
    (folder / "compcite.toml").write_text(
        'lock = "ci/doi.lock"\nsources = ["references.bib"]\n', encoding="utf-8"
    )
    (folder / "ci").mkdir()
    monkeypatch.chdir(folder / "ci")

    assert compcite("lock").code == 0
    assert (folder / "ci" / "doi.lock").is_file()


def test_what_is_not_registered_is_asked_again(
    compcite: Compcite, references: Path, registries: RegistryServer
) -> None:
    """Locked or not, a DOI that somebody registers is found; offline the lock's word stands."""
    change(references, NEFF, GONE)
    assert compcite("lock").code == ExitCode.OK
    offline = compcite("verify-dois", "--offline", "--report", "json")
    (references.parents[1] / "cache" / "answers.sqlite3").unlink()
    registries.add_work(GONE, **RECORD)
    online = compcite("verify-dois", "--report", "json")

    assert (offline.code, statuses(offline.out)[0]) == (ExitCode.FINDINGS, "not-registered")
    assert (online.code, statuses(online.out)[0]) == (0, "verified")


def test_refresh_says_what_became_retracted(
    compcite: Compcite, lock: Path, registries: RegistryServer
) -> None:
    """On stderr, beside the finding; only a lock that is named is brought up to date."""
    registries.recovers()
    registries.add_work(NEFF, **RECORD, **{"updated-by": [NOTICE]})
    before = lock.read_bytes()
    still = compcite("verify-dois", "--report", "json")
    result = compcite("verify-dois", "--refresh", "--report", "json")
    told = f"{NEFF} was retracted on 2026-03-01 (notice 10.1080/notice)"

    assert (still.code, result.code) == (0, ExitCode.FINDINGS)
    assert "work-retracted" in rules(result.out)
    assert result.err == f"compcite: since it was locked, {told}\n"
    assert lock.read_bytes() == before
    compcite("verify-dois", "--refresh", "--lock", "compcite.lock")
    assert b'"kind":"retraction"' in lock.read_bytes()


def test_refresh_in_an_outage_lets_the_lock_stand(
    compcite: Compcite, lock: Path, registries: RegistryServer
) -> None:
    """But what could not be asked for again is not verified, whatever is locked."""
    result = compcite("verify-dois", "--refresh", "--report", "json")

    assert (result.code, statuses(result.out)[0]) == (ExitCode.UNVERIFIED, "unverified")
    assert rules(result.out) == ["doi-unverified", "doi-missing"]
    assert registries.asked
    assert (
        f"1 DOI could not be asked for again; the answers in {lock.name} still count" in result.err
    )


@pytest.mark.usefixtures("lock")
@pytest.mark.parametrize(("word", "code"), [("pass", 0), ("fail", 1)])
def test_what_an_outage_makes_of_a_refresh_can_be_chosen(
    compcite: Compcite, word: str, code: int
) -> None:
    """A slow server need be no reason for a red build."""
    assert compcite("verify-dois", "--refresh", "--on-outage", word).code == code


def test_an_entry_is_compared_with_what_is_locked_in_an_outage(
    compcite: Compcite, lock: Path, references: Path
) -> None:
    """What is wrong by the lock is wrong, also where nobody can be asked for more."""
    assert lock.exists()
    change(references, "number = 2", "number = 9")
    result = compcite("verify-dois", "--refresh", "--report", "json")

    assert result.code == ExitCode.FINDINGS
    assert {"doi-unverified", "issue-mismatch"} <= set(rules(result.out))


@pytest.mark.usefixtures("lock")
def test_lock_refresh_in_an_outage_ends_with_three(compcite: Compcite, lock: Path) -> None:
    """The lock stays as it was, and nobody takes it for fresh."""
    before = lock.read_bytes()

    assert compcite("lock", "--refresh").code == ExitCode.UNVERIFIED
    assert lock.read_bytes() == before


@pytest.mark.usefixtures("lock")
def test_lock_in_an_outage_ends_with_three(compcite: Compcite, references: Path) -> None:
    """What is missing is named; what was locked stays."""
    change(references, RAES_HEAD, "doi = {10.1080/new},\n  " + RAES_HEAD)
    result = compcite("lock")

    assert result.code == ExitCode.UNVERIFIED
    assert result.out == "compcite.lock: 1 DOI, 0 new, 0 removed\n"
    assert "10.1080/new could not be looked up" in result.err


RAES_HEAD = "author = {Raes"


def test_a_retraction_that_only_the_title_tells_needs_no_network(
    compcite: Compcite, references: Path, registries: RegistryServer
) -> None:
    """What notices say of such a work is locked with it."""
    title = "RETRACTED: " + RECORD["title"][0]  # type: ignore[index]
    registries.add_work(NEFF, **(RECORD | {"title": [title]}))
    registries.add_work("10.1080/notice", **{"update-to": [{"DOI": NEFF, "type": "retraction"}]})
    online = compcite("verify-dois", "--report", "json", "--lock", "compcite.lock")
    (references.parents[1] / "cache" / "answers.sqlite3").unlink()
    asked = len(registries.asked)
    from_lock = compcite("verify-dois", "--report", "json")

    assert json.loads(from_lock.out)["entries"] == json.loads(online.out)["entries"]
    assert "notice 10.1080/notice" in from_lock.out
    assert len(registries.asked) == asked


def test_a_run_that_is_killed_leaves_a_whole_lock(
    folder: Path, references: Path, registries: RegistryServer
) -> None:
    """``kill -9`` at any moment: the lock is there and readable, or not there."""
    assert registries.works
    command = [sys.executable, "-m", "compcite", "lock", str(references)]
    for delay in (0.12, 0.2, 0.3, 0.4):
        run = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        time.sleep(delay)
        if os.name == "posix":
            run.send_signal(signal.SIGKILL)
        run.wait()
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True)

    assert (done.returncode, done.stderr) == (0, b"")
    assert list(read_lock(folder / "compcite.lock").said) == [NEFF]
