"""``compcite snapshot``, and ``--snapshot`` of the commands that ask."""

from __future__ import annotations

import importlib.util
import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.registry_server import Fault, Service
from tests.snapshots.conftest import TITLES, crossref_record, json_lines

from compcite import library
from compcite.registries.snapshots import engine

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

ENTRY = f"""@article{{okonkwo2015self,
  author = {{Okonkwo, Ada}},
  title = {{{TITLES[0]}}},
  journal = {{Journal of Examples}},
  year = 2015,
  volume = 0,
"""
WITH_DOI = ENTRY + "  doi = {10.5555/work.0}\n}\n"
WITHOUT_DOI = ENTRY + "}\n"
ABSENT = "@misc{absent2020, title = {Something}, year = 2020, doi = {10.5555/absent}}\n"


@pytest.fixture
def built(folder: Path, compcite: Compcite) -> Path:
    """A snapshot in the folder ``snap`` beside the list."""
    (folder / "all.jsonl").write_bytes(json_lines(map(crossref_record, range(3))))
    assert compcite("snapshot", "build", "snap", "all.jsonl").code == 0
    return folder / "snap"


def statuses(report: str) -> dict[str, str]:
    """The status of each entry in a JSON report."""
    return {entry["key"]: entry["status"] for entry in json.loads(report)["entries"]}


def test_build_says_what_the_snapshot_holds(folder: Path, compcite: Compcite) -> None:
    """The end of the work is one line; nothing else is said."""
    (folder / "all.jsonl").write_bytes(json_lines(map(crossref_record, range(3))))
    result = compcite("snapshot", "build", "snap", "all.jsonl")
    assert result.out.startswith("3 records of Crossref up to 2023-11-14, built in 0 min ")
    assert (result.code, result.err) == (0, "")


def test_build_names_what_it_could_not_read(folder: Path, compcite: Compcite) -> None:
    """It ends with 1, and so does not look like a whole snapshot."""
    lines = json_lines([crossref_record(1), {"title": "no DOI"}]) + b"<html>\n"
    (folder / "all.jsonl").write_bytes(lines)
    result = compcite("snapshot", "build", "snap", "all.jsonl")
    assert result.code == 1
    assert result.err == (
        "compcite: all.jsonl: line 3 is not JSON\n"
        "compcite: 1 record without a DOI, or of another registry\n"
    )
    assert "not read: all.jsonl: line 3 is not JSON" in compcite("snapshot", "info", "snap").out


def test_info_shows_counts_and_days(built: Path, compcite: Compcite) -> None:
    """Of the folder that is given, or of the configured one."""
    shown = compcite("snapshot", "info", str(built))
    assert "Crossref   3 records, the newest of 2023-11-14" in shown.out
    assert "all.jsonl  3 records, read on 20" in shown.out
    (built.parent / "compcite.toml").write_text('snapshot = "snap"\n')
    assert shown.out.splitlines()[1:] == compcite("snapshot", "info").out.splitlines()[1:]


def test_a_snapshot_answers_alone_when_the_run_is_offline(built: Path, compcite: Compcite) -> None:
    """A DOI that it lacks is unverified, never "not registered"; the reason names its day."""
    (built.parent / "refs.bib").write_text(WITH_DOI + ABSENT)
    report = ("verify-dois", "refs.bib", "--snapshot", "snap", "--offline", "--report")
    result = compcite(*report, "json")
    assert statuses(result.out) == {"okonkwo2015self": "verified", "absent2020": "unverified"}
    assert result.code == 3
    said = json.loads(result.out)
    assert said["summary"]["snapshot"] == "2023-11-14"
    assert "the snapshot of 2023-11-14 does not have it" in str(said["entries"][1]["findings"])
    assert "The snapshot is of 2023-11-14" in compcite(*report, "text").out


def test_the_network_is_asked_for_what_the_snapshot_lacks(
    built: Path, compcite: Compcite, registries: RegistryServer
) -> None:
    """And for nothing else, unless the user wants all asked again."""
    registries.add_work("10.5555/absent", title=["Something"])
    (built.parent / "refs.bib").write_text(WITH_DOI + ABSENT)
    report = ("verify-dois", "refs.bib", "--snapshot", "snap", "--report", "json")
    result = compcite(*report)
    assert statuses(result.out) == {"okonkwo2015self": "verified", "absent2020": "verified"}
    assert len(registries.asked_of(Service.CROSSREF)) == 1
    assert "work.0" not in registries.asked_of(Service.CROSSREF)[0]
    compcite(*report, "--refresh")
    assert "work.0" in " ".join(registries.asked_of(Service.CROSSREF))


def test_works_without_a_doi_are_found_offline(built: Path, compcite: Compcite) -> None:
    """The DOI of a work is suggested from the snapshot."""
    (built.parent / "refs.bib").write_text(WITHOUT_DOI)
    result = compcite(
        "verify-dois", "refs.bib", "--snapshot", "snap", "--offline", "--suggest", "--report",
        "json",
    )  # fmt: skip
    (finding,) = json.loads(result.out)["entries"][0]["findings"]
    assert (finding["rule"], finding["expected"]) == ("doi-suggested", "10.5555/work.0")


@pytest.mark.parametrize(
    "command",
    [
        ("resolve", "10.5555/work.0", "--offline"),
        ("add", "10.5555/work.0", "--to", "new.bib", "--offline"),
        ("lock",),
        ("find", "Okonkwo", *TITLES[0].split()),
        ("convert", "plain.txt", "--to", "bibtex", "--resolve"),
    ],
    ids=lambda command: command[0],
)
def test_the_other_commands_ask_it_too(
    built: Path, compcite: Compcite, registries: RegistryServer, command: tuple[str, ...]
) -> None:
    """The registries fail at every request, and the commands work all the same."""
    for service in Service:
        registries.fails(service, Fault.BLOCKED)
    (built.parent / "references.bib").write_text(WITH_DOI)
    (built.parent / "plain.txt").write_text(
        f"Okonkwo, A. (2015). {TITLES[0]}. Journal of Examples, 0. doi:10.5555/work.0\n"
    )
    result = compcite(*command, "--snapshot", "snap")
    assert result.code == 0, result.err


def test_a_configured_snapshot_is_beside_its_file(built: Path, compcite: Compcite) -> None:
    """As the other paths of the configuration."""
    (built.parent / "compcite.toml").write_text('snapshot = "snap"\n')
    (built.parent / "refs.bib").write_text(WITH_DOI)
    result = compcite("verify-dois", "refs.bib", "--offline", "--report", "json")
    assert statuses(result.out) == {"okonkwo2015self": "verified"}


def test_without_the_extra_the_line_to_install_it_is_said(
    folder: Path, compcite: Compcite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, and the run ends with 2."""

    def find_spec(name: str) -> Any:  # noqa: ANN401 - the signature of importlib
        return None if name == "duckdb" else importlib.util.find_spec(name)

    monkeypatch.setattr(engine, "find_spec", find_spec)
    (folder / "refs.bib").write_text(WITH_DOI)
    result = compcite("verify-dois", "refs.bib", "--snapshot", "snap")
    assert (result.code, result.out) == (2, "")
    assert (
        result.err
    ) == 'compcite: a snapshot needs DuckDB and Arrow: pip install "compcite[bulk]"\n'


def test_a_snapshot_that_is_not_there_is_named(folder: Path, compcite: Compcite) -> None:
    """Whatever the network would have answered."""
    (folder / "refs.bib").write_text(WITH_DOI)
    result = compcite("verify-dois", "refs.bib", "--snapshot", "nowhere")
    assert result.code == 2
    assert result.err.startswith("compcite: nowhere: no snapshot of compcite can be read here")
    assert len(result.err.splitlines()) == 1


def test_programs_give_a_snapshot_to_verify(built: Path) -> None:
    """As a path of any kind."""
    report = library.verify(library.loads(WITH_DOI), snapshot=built, offline=True)
    assert [entry.status.value for entry in report.entries] == ["verified"]
    assert str(report.snapshot) == "2023-11-14"
