"""Building a snapshot: what counts of several records, and that a build can be stopped anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest
from tests.snapshots.conftest import crossref_record, datacite_record, json_lines

from compcite.errors import SourceError
from compcite.files import folder_lock
from compcite.files.folder_lock import alone_in
from compcite.model.doi import DOI
from compcite.registries.snapshots import build, dumps
from compcite.registries.snapshots.build import build_snapshot
from compcite.registries.snapshots.snapshot import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite

DAY = 86_400_000


def dump_of(path: Path, *records: object) -> Path:
    """A file with these records."""
    path.write_bytes(json_lines(records))
    return path


def digests(folder: Path) -> dict[str, str]:
    """The digests of the tables of a snapshot."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*/*/*.parquet"))
    }


def volume_in(folder: Path, number: int) -> object:
    """The volume in the record of a work."""
    doi = DOI(f"10.5555/work.{number}")
    return Snapshot(str(folder)).records([doi])[doi].body["volume"]


def dated(number: int, volume: str, day: int) -> dict[str, object]:
    """A record with a volume, which changed on a day."""
    return crossref_record(number, volume=volume, indexed={"timestamp": day * DAY})


def test_the_record_that_changed_last_counts(tmp_path: Path) -> None:
    """Within a build and over builds; of records of the same day the later one counts."""
    target = tmp_path / "snapshot"
    first = dump_of(tmp_path / "1.jsonl", dated(1, "new", 9), dated(1, "old", 3), dated(2, "a", 5))
    build_snapshot(target, [first])
    assert volume_in(target, 1) == "new"
    second = dump_of(tmp_path / "2.jsonl", dated(1, "older", 8), dated(2, "b", 5), dated(3, "c", 1))
    built = build_snapshot(target, [second])
    assert [volume_in(target, number) for number in (1, 2, 3)] == ["new", "b", "c"]
    assert built.manifest.agencies["Crossref"].records == 3
    assert [dump.name for dump in built.manifest.dumps] == ["1.jsonl", "2.jsonl"]
    assert sorted(path.name for path in target.iterdir()) == ["2", "snapshot.json"]


def test_several_processes_build_what_one_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte."""
    monkeypatch.setattr(build, "_SMALL", 0)
    paths = [dump_of(tmp_path / f"{n}.jsonl", *map(crossref_record, range(n, 90))) for n in (0, 20)]
    build_snapshot(tmp_path / "one", paths, jobs=1)
    build_snapshot(tmp_path / "two", paths, jobs=2)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


@pytest.mark.parametrize("step", ["Reading", "Merging"])
def test_a_killed_build_goes_on_and_makes_the_same_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Killed by ``kill -9``, while it reads or while it merges."""
    monkeypatch.setattr(dumps, "_BUNDLE", 1)
    paths = [dump_of(tmp_path / f"{n}.jsonl", *map(crossref_record, range(n, 40))) for n in (0, 20)]
    build_snapshot(tmp_path / "whole", paths)
    names = [str(path) for path in paths]
    program = f"""
        import os, signal
        from pathlib import Path
        from compcite.registries.snapshots import dumps
        from compcite.registries.snapshots.build import build_snapshot

        def kill(progress):
            if progress.step == {step!r}:
                os.kill(os.getpid(), signal.SIGKILL)

        dumps._BUNDLE = 1
        build_snapshot(Path({str(tmp_path / "killed")!r}), [*map(Path, {names})], tell=kill)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert ended.returncode < 0
    with pytest.raises(SourceError, match="no snapshot"):
        Snapshot(str(tmp_path / "killed"))
    read = []
    build_snapshot(tmp_path / "killed", paths, tell=lambda one: read.append(one.step))
    assert {"Reading": 1, "Merging": 0}[step] == read.count("Reading")
    assert digests(tmp_path / "whole") == digests(tmp_path / "killed")
    assert not (tmp_path / "killed" / "building").exists()


def test_an_unfinished_build_of_other_files_is_not_thrown_away(tmp_path: Path) -> None:
    """The sentence names those files; nothing is lost."""
    first, second = (dump_of(tmp_path / f"{n}.jsonl", crossref_record(n)) for n in (1, 2))

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_snapshot(tmp_path / "snapshot", [first], tell=stop)
    with pytest.raises(SourceError, match=r"a build of .*1\.jsonl is unfinished"):
        build_snapshot(tmp_path / "snapshot", [second])
    changed = first.stat().st_mtime_ns
    os.utime(first, ns=(changed, changed + 1))
    with pytest.raises(SourceError, match=r"a build of .*1\.jsonl is unfinished"):
        build_snapshot(tmp_path / "snapshot", [first])  # perhaps of the same size, but another one
    os.utime(first, ns=(changed, changed))
    build_snapshot(tmp_path / "snapshot", [first])
    assert volume_in(tmp_path / "snapshot", 1) == "1"


def test_a_run_that_a_power_cut_has_damaged_is_made_again(tmp_path: Path) -> None:
    """The journal names it, but its file is torn."""
    dump, folder = dump_of(tmp_path / "1.jsonl", crossref_record(1)), tmp_path / "snapshot"

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_snapshot(folder, [dump], tell=stop)
    (run,) = (folder / "building").glob("*.records.parquet")
    run.write_bytes(run.read_bytes()[:40])
    build_snapshot(folder, [dump])
    assert volume_in(folder, 1) == "1"


def test_nothing_is_added_to_a_snapshot_that_is_damaged(tmp_path: Path) -> None:
    """The sentence says what helps: another folder."""
    dump, folder = dump_of(tmp_path / "1.jsonl", crossref_record(1)), tmp_path / "snapshot"
    build_snapshot(folder, [dump])
    (folder / "1" / "records" / "07.parquet").write_bytes(b"")
    with pytest.raises(SourceError, match=r"07\.parquet: the snapshot is damaged here"):
        build_snapshot(folder, [dump])


def test_of_thousands_of_broken_lines_the_first_are_named(tmp_path: Path) -> None:
    """The memory does not grow with them."""
    path = tmp_path / "1.jsonl"
    path.write_bytes(json_lines([crossref_record(1)]) + b"x\n" * 1000)
    faults = build_snapshot(tmp_path / "snapshot", [path]).faults
    assert faults[19:] == (f"{path}: line 21 is not JSON", "980 more like these")


def test_only_the_wanted_registry_is_taken(tmp_path: Path) -> None:
    """Other records are counted, and so are those without a DOI."""
    path = dump_of(tmp_path / "all.jsonl", crossref_record(1), datacite_record(1), {"title": "?"})
    built = build_snapshot(tmp_path / "snapshot", [path], only="DataCite")
    assert list(built.manifest.agencies) == ["DataCite"]
    assert built.odd == 2


def test_what_could_not_be_read_stands_in_the_manifest(tmp_path: Path) -> None:
    """A snapshot that lacks something says so."""
    path = tmp_path / "all.jsonl"
    path.write_bytes(json_lines([crossref_record(1)]) + b"<html>\n")
    built = build_snapshot(tmp_path / "snapshot", [path])
    assert (f"{path}: line 2 is not JSON",) == built.faults == built.manifest.skipped


def test_two_builds_at_once_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one says so, and leaves the first one's files alone."""
    monkeypatch.setattr(folder_lock, "_PATIENCE", 0.1)
    path = dump_of(tmp_path / "all.jsonl", crossref_record(1))
    target = tmp_path / "snapshot"
    target.mkdir()
    with alone_in([target]), pytest.raises(SourceError, match="another run of compcite"):
        build_snapshot(target, [path])
    assert list(target.iterdir()) == []


def test_a_snapshot_of_another_version_stays_as_it_is(tmp_path: Path) -> None:
    """It is neither read nor written over."""
    path = dump_of(tmp_path / "all.jsonl", crossref_record(1))
    build_snapshot(tmp_path / "snapshot", [path])
    manifest = tmp_path / "snapshot" / "snapshot.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"version": 99}))
    before = digests(tmp_path / "snapshot")
    with pytest.raises(SourceError, match="a snapshot of version 99"):
        build_snapshot(tmp_path / "snapshot", [path])
    assert before == digests(tmp_path / "snapshot")


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    """A slip of the command line must not fill somebody's folder."""
    path = dump_of(tmp_path / "all.jsonl", crossref_record(1))
    with pytest.raises(SourceError, match=r"holds other files \(all\.jsonl\)"):
        build_snapshot(tmp_path, [path])


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is one of Unix")
def test_a_disk_that_is_full_stops_the_build_and_loses_nothing(tmp_path: Path) -> None:
    """A limit for the size of files stands for the disk; the snapshot of before still answers."""
    first = dump_of(tmp_path / "1.jsonl", crossref_record(1))
    many = dump_of(tmp_path / "2.jsonl", *map(crossref_record, range(3000)))
    target = tmp_path / "snapshot"
    build_snapshot(target, [first])
    program = """
        import resource, sys
        from compcite.cli import run
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        sys.exit(run(sys.argv[1:]))
    """
    command = [sys.executable, "-c", textwrap.dedent(program), "snapshot", "build"]
    ended = subprocess.run(
        [*command, str(target), str(many)], check=False, capture_output=True, text=True
    )
    assert ended.returncode == 2
    assert f"compcite: {target}: the build stopped: File too large" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert volume_in(target, 1) == "1"
    build_snapshot(target, [many])
    assert volume_in(target, 2999) == "2999"


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[]"])
def test_a_file_without_any_record_is_refused(tmp_path: Path, content: bytes) -> None:
    """There would be nothing to answer from."""
    path = tmp_path / "empty.json"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="no record of Crossref or DataCite"):
        build_snapshot(tmp_path / "snapshot", [path])
    with pytest.raises(SourceError, match="cannot be read"):
        build_snapshot(tmp_path / "snapshot", [tmp_path / "missing.tar"])


def test_signs_of_patterns_in_a_path_are_only_signs(tmp_path: Path) -> None:
    """DuckDB takes paths as patterns."""
    target = tmp_path / "data [2026] *"
    build_snapshot(target, [dump_of(tmp_path / "all.jsonl", crossref_record(1))])
    build_snapshot(target, [dump_of(tmp_path / "all.jsonl", crossref_record(2))])
    assert [volume_in(target, number) for number in (1, 2)] == ["1", "2"]


def test_a_build_that_the_user_stops_says_how_it_goes_on(
    folder: Path, compcite: Compcite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the same command; the run ends with 130."""
    dump_of(folder / "all.jsonl", crossref_record(1))

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "merge", interrupted)
    result = compcite("snapshot", "build", "snap", "all.jsonl")
    assert (result.code, result.out) == (130, "")
    assert result.err == (
        "compcite: what is done is kept; the same command goes on with it\ncompcite: interrupted\n"
    )
    monkeypatch.undo()
    build_snapshot(folder / "snap", [folder / "all.jsonl"])


def test_folders_of_somebody_else_stay(tmp_path: Path) -> None:
    """Only what a build has written is removed, whatever the names of the other folders are."""
    target = tmp_path / "snapshot"
    build_snapshot(target, [dump_of(tmp_path / "1.jsonl", crossref_record(1))])
    (target / "2026").mkdir()
    mine = dump_of(target / "2026" / "dump.jsonl", crossref_record(2))
    build_snapshot(target, [target / "2026"])
    assert mine.exists()
    assert sorted(path.name for path in target.iterdir()) == ["2", "2026", "snapshot.json"]


@pytest.mark.parametrize("place", ["building", "1"])
def test_a_folder_of_somebody_else_with_a_name_of_ours_is_refused(
    tmp_path: Path, place: str
) -> None:
    """A folder in which somebody keeps ``building/thesis.tex`` is no snapshot."""
    path = dump_of(tmp_path / "all.jsonl", crossref_record(1))
    mine = tmp_path / "snapshot" / place / "thesis.tex"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(SourceError, match="holds other files"):
        build_snapshot(tmp_path / "snapshot", [path])
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_build_that_was_given_up_leaves_nothing_in_the_next_one(tmp_path: Path) -> None:
    """It was stopped while it merged, and its folder ``building`` was deleted, as advised."""
    first, second = (dump_of(tmp_path / f"{n}.jsonl", crossref_record(n)) for n in (1, 2))
    target = tmp_path / "snapshot"

    def stop(one: build.Progress) -> None:
        if (one.step, one.done) == ("Merging", one.total):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_snapshot(target, [first], tell=stop)
    shutil.rmtree(target / "building")
    build_snapshot(target, [second])
    build_snapshot(tmp_path / "fresh", [second])
    assert digests(target) == digests(tmp_path / "fresh")


def test_an_empty_dump_is_named_and_the_others_are_built(tmp_path: Path) -> None:
    """Where there are no others, nothing stays that would be in the way of the next build."""
    target, nothing = tmp_path / "snapshot", tmp_path / "nothing"
    nothing.mkdir()
    with pytest.raises(SourceError, match="nothing: no data file of Crossref or DataCite"):
        build_snapshot(target, [nothing])
    built = build_snapshot(target, [dump_of(tmp_path / "1.jsonl", crossref_record(1)), nothing])
    assert [fault.partition(";")[0] for fault in built.faults] == [
        f"{nothing}: no data file of Crossref or DataCite"
    ]
    assert volume_in(target, 1) == "1"


def test_a_record_from_the_future_is_replaced_by_a_later_one(tmp_path: Path) -> None:
    """Its date is an error of a clock, and counts as none."""
    target = tmp_path / "snapshot"
    build_snapshot(target, [dump_of(tmp_path / "1.jsonl", dated(1, "wrong", 10**9))])
    build_snapshot(target, [dump_of(tmp_path / "2.jsonl", dated(1, "right", 9))])
    assert volume_in(target, 1) == "right"


@pytest.mark.parametrize(
    "changes",
    [
        {"dumps": []},
        {"agencies": {"Crossref": {"records": 1, "newest": "yesterday"}}},
    ],
)
def test_a_manifest_without_days_is_damaged(tmp_path: Path, changes: dict[str, object]) -> None:
    """A report says of which day the snapshot is."""
    build_snapshot(tmp_path / "snapshot", [dump_of(tmp_path / "1.jsonl", crossref_record(1))])
    manifest = tmp_path / "snapshot" / "snapshot.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | changes))
    with pytest.raises(SourceError, match=r"snapshot\.json is damaged"):
        Snapshot(str(tmp_path / "snapshot"))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """Nothing was begun, so nothing is said about going on."""
    path = dump_of(tmp_path / "1.jsonl", crossref_record(1))
    with pytest.raises(SourceError, match=r"1\.jsonl: the folder cannot be made: "):
        build_snapshot(path, [path])
