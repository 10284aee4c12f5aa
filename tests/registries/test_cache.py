"""The cache: what it keeps, for how long, and that it never stands in the way."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from compcite.model.doi import DOI
from compcite.model.work import NotFound
from compcite.registries.cache import Cache
from compcite.registries.records.answers import Record, RecordForm

DAY = 86_400.0
RECORD = Record(DOI("10.1234/a"), "Crossref", RecordForm.OWN, {"title": ["Ünïcode", 1, None]})
ALIAS = Record(DOI("10.1234/old"), "Crossref", RecordForm.OWN, {"a": {}}, DOI("10.1234/a"), False)  # noqa: FBT003 - leads nowhere


class Clock:
    """A time that tests set."""

    def __init__(self) -> None:
        """Some moment."""
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        """The time now."""
        return self.now


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    """In the next run, from the same file, by any spelling of the case."""
    first = Cache(tmp_path / "deep" / "cache.sqlite")
    first.keep([RECORD, ALIAS, NotFound(DOI("10.1234/none"))])
    first.close()
    second = Cache(tmp_path / "deep" / "cache.sqlite")
    assert second.records([DOI("10.1234/A"), DOI("10.1234/old"), DOI("10.1234/x")]) == {
        RECORD.doi: RECORD,
        ALIAS.doi: ALIAS,
    }
    assert second.absent([DOI("10.1234/none"), DOI("10.1234/a")]) == {DOI("10.1234/none")}
    assert second.warnings == []


@pytest.mark.parametrize(("days", "kept"), [(29.9, True), (30.1, False), (-0.5, True), (-2, False)])
def test_a_record_is_kept_thirty_days(tmp_path: Path, days: float, kept: bool) -> None:  # noqa: FBT001 - pytest's parameters
    """And not at all when it seems to come from the future."""
    clock = Clock()
    cache = Cache(tmp_path / "c", now=clock)
    cache.keep([RECORD])
    clock.now += days * DAY
    assert bool(cache.records([RECORD.doi])) is kept
    assert cache.records([RECORD.doi], of_any_age=True) == {RECORD.doi: RECORD}


@pytest.mark.parametrize(("days", "kept"), [(0.9, True), (1.1, False)])
def test_not_registered_is_kept_a_day(tmp_path: Path, days: float, kept: bool) -> None:  # noqa: FBT001 - pytest's parameters
    """A DOI may be registered tomorrow."""
    clock = Clock()
    cache = Cache(tmp_path / "c", now=clock)
    cache.keep([NotFound(DOI("10.1234/none"))])
    clock.now += days * DAY
    assert bool(cache.absent([DOI("10.1234/none")])) is kept


def test_a_doi_is_either_found_or_absent(tmp_path: Path) -> None:
    """The later answer stands."""
    cache = Cache(tmp_path / "c")
    cache.keep([NotFound(RECORD.doi)])
    cache.keep([RECORD])
    assert (cache.absent([RECORD.doi]), len(cache.records([RECORD.doi]))) == (set(), 1)
    cache.keep([NotFound(RECORD.doi)])
    assert (cache.absent([RECORD.doi]), cache.records([RECORD.doi])) == ({RECORD.doi}, {})


def test_an_empty_answer_to_a_question_is_kept_a_day_only(tmp_path: Path) -> None:
    """Nothing found today may be found tomorrow; something found stays found."""
    clock = Clock()
    cache = Cache(tmp_path / "c", now=clock)
    cache.remember({"search:some": [{"DOI": "10.1234/a"}], "search:none": []})
    assert set(cache.recall(["search:some", "search:none"])) == {"search:some", "search:none"}
    clock.now += 2 * DAY
    assert cache.recall(["search:some", "search:none"]) == {"search:some": [{"DOI": "10.1234/a"}]}


def test_info_counts_and_clear_forgets(tmp_path: Path) -> None:
    """What ``compcite cache`` shows and does."""
    clock = Clock()
    cache = Cache(tmp_path / "c", now=clock)
    cache.keep([RECORD, ALIAS])
    clock.now += 5
    cache.keep([NotFound(DOI("10.1234/none"))])
    cache.remember({"question": []})
    info = cache.info()
    assert (info.found, info.aliases, info.not_found, info.questions) == (1, 1, 1, 1)
    assert (info.path, info.oldest, info.newest) == (tmp_path / "c", clock.now - 5, clock.now)
    assert info.size > 0
    cache.clear()
    info = cache.info()
    assert (info.found, info.aliases, info.not_found, info.questions) == (0, 0, 0, 0)
    assert (info.oldest, info.newest) == (None, None)


def test_without_a_path_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers live as long as the run."""
    monkeypatch.chdir(tmp_path)
    cache = Cache(None)
    cache.keep([RECORD])
    assert cache.records([RECORD.doi]) == {RECORD.doi: RECORD}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"this is no database at all" * 50, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    """With a warning, and the run goes on with a new one."""
    path = tmp_path / "cache.sqlite"
    path.write_bytes(content)
    cache = Cache(path)
    cache.keep([RECORD])
    assert cache.records([RECORD.doi]) == {RECORD.doi: RECORD}
    assert "damaged" in cache.warnings[0]
    assert (tmp_path / "cache.sqlite.damaged").read_bytes() == content
    cache.close()
    assert Cache(path).records([RECORD.doi]) == {RECORD.doi: RECORD}


def test_a_file_damaged_in_the_middle_is_set_aside_when_it_is_met(tmp_path: Path) -> None:
    """Its head is sound, so that only reading the records shows the damage."""
    path = tmp_path / "cache.sqlite"
    cache = Cache(path)
    cache.keep(
        [
            Record(DOI(f"10.1234/{n}"), "Crossref", RecordForm.OWN, {"t": "x" * 500})
            for n in range(200)
        ]
    )
    cache.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xaa" * (len(content) - 4096)
    path.write_bytes(content)
    cache = Cache(path)
    assert cache.records([DOI(f"10.1234/{n}") for n in range(200)]) == {}
    cache.keep([RECORD])
    assert cache.records([RECORD.doi]) == {RECORD.doi: RECORD}
    assert len(cache.warnings) == 1


def test_a_place_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """A file where the folder should be: a warning, and answers for this run only."""
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache.sqlite")
    cache.keep([RECORD])
    assert cache.records([RECORD.doi]) == {RECORD.doi: RECORD}
    assert "cannot be used" in cache.warnings[0]


def test_a_file_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    """Answers can be had again: there is nothing to convert."""
    path = tmp_path / "cache.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE answers (other TEXT)")
        connection.execute("PRAGMA user_version=999")
    connection.close()
    cache = Cache(path)
    cache.keep([RECORD])
    assert cache.records([RECORD.doi]) == {RECORD.doi: RECORD}
    assert cache.warnings == []


def test_a_row_that_is_no_record_is_passed_over(tmp_path: Path) -> None:
    """Somebody else wrote into the file."""
    path = tmp_path / "cache.sqlite"
    cache = Cache(path)
    cache.keep([RECORD, ALIAS])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE answers SET record = '[]' WHERE doi = '10.1234/a'")
        connection.execute("UPDATE answers SET form = 'poem' WHERE doi = '10.1234/old'")
    connection.close()
    assert cache.records([RECORD.doi, ALIAS.doi]) == {}


def test_times_that_are_no_times_are_passed_over(tmp_path: Path) -> None:
    """SQLite stores any value in any column, so a file that somebody sends may hold words."""
    path = tmp_path / "c"
    cache = Cache(path)
    cache.keep([RECORD, NotFound(DOI("10.1234/none"))])
    cache.remember({"question": ["answer"]})
    cache.close()
    with sqlite3.connect(path) as file:
        for table in ("answers", "absent", "questions"):
            file.execute(f"UPDATE {table} SET asked = 'yesterday'")  # noqa: S608 - our own names
    file.close()
    cache = Cache(path)
    assert cache.records([RECORD.doi]) == {}
    assert cache.absent([DOI("10.1234/none")]) == set()
    assert cache.recall(["question"]) == {}
    info = cache.info()
    assert (info.found, info.oldest, info.newest) == (1, None, None)


def _fill(path: str, first: int, count: int) -> None:
    cache = Cache(Path(path))
    for n in range(first, first + count):
        cache.keep([Record(DOI(f"10.1234/{n}"), "Crossref", RecordForm.OWN, {"n": n})])
    warnings = cache.warnings
    cache.close()
    os._exit(1 if warnings else 0)


def test_two_runs_at_once_share_the_file(tmp_path: Path) -> None:
    """Begun together on no file at all; nothing is lost."""
    path = str(tmp_path / "cache.sqlite")
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=_fill, args=(path, first, 50)) for first in (0, 50, 100)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(30)
    assert [run.exitcode for run in runs] == [0, 0, 0]
    assert len(Cache(Path(path)).records([DOI(f"10.1234/{n}") for n in range(150)])) == 150


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_run_killed_while_it_writes_leaves_all_of_an_answer_or_nothing(tmp_path: Path) -> None:
    """``kill -9`` between two rows: the rows that were written together are old or new."""
    path = tmp_path / "cache.sqlite"
    context = multiprocessing.get_context("spawn")
    dois = [DOI(f"10.1234/{n}") for n in range(BATCH)]
    newest = -1
    for _ in range(3):
        run = context.Process(target=_write_for_ever, args=(str(path), newest + 1))
        run.start()
        _wait_for_a_write(path, newest)
        run.kill()
        run.join(10)
        cache = Cache(path)
        found = cache.records(dois)
        written = {record.body["n"] for record in found.values() if isinstance(record.body, dict)}
        cache.close()

        assert (run.exitcode, cache.warnings) == (-signal.SIGKILL, [])
        assert (len(found), len(written)) == (BATCH, 1)
        assert max(written) > newest
        newest = max(written)


def _write_for_ever(path: str, first: int) -> None:
    """Write the same DOIs again and again, all at once, each time with the next number."""
    cache = Cache(Path(path))
    for number in itertools.count(first):
        cache.keep(
            Record(DOI(f"10.1234/{n}"), "Crossref", RecordForm.OWN, {"n": number})
            for n in range(BATCH)
        )


def _wait_for_a_write(path: Path, newest: int) -> None:
    """Wait until the file holds a higher number than ``newest``."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if path.exists():
            cache = Cache(path)
            found = cache.records([DOI("10.1234/0")])
            cache.close()
            if any(isinstance(r.body, dict) and r.body["n"] > newest for r in found.values()):
                return
        time.sleep(0.02)


BATCH = 400
HALF = "half a pair: \ud800"


def test_any_string_can_be_kept(tmp_path: Path) -> None:
    """Half a surrogate pair, which JSON can spell, comes back as it was."""
    cache = Cache(tmp_path / "c")
    record = Record(DOI("10.1234/a"), "Crossref", RecordForm.OWN, {"title": [HALF]})
    cache.keep([record])
    cache.remember({"question": [HALF]})
    assert cache.records([record.doi]) == {record.doi: record}
    assert cache.recall(["question"]) == {"question": [HALF]}
    assert cache.warnings == []


def test_a_key_that_cannot_be_kept_ends_the_use_of_the_file(tmp_path: Path) -> None:
    """With a warning; the run goes on without it."""
    cache = Cache(tmp_path / "c")
    assert cache.recall([HALF]) == {}
    cache.remember({HALF: []})
    assert cache.recall(["question"]) == {}
    assert "cannot be used" in cache.warnings[0]


def test_what_is_nested_too_deeply_is_not_kept(tmp_path: Path) -> None:
    """Everything else is."""
    deep: dict[str, object] = {}
    for _ in range(100_000):
        deep = {"a": deep}
    cache = Cache(tmp_path / "c")
    cache.keep([Record(DOI("10.1234/deep"), "Crossref", RecordForm.OWN, deep), RECORD])
    cache.remember({"deep": deep, "flat": [1]})
    assert cache.records([DOI("10.1234/deep"), RECORD.doi]) == {RECORD.doi: RECORD}
    assert cache.recall(["deep", "flat"]) == {"flat": [1]}
    assert cache.warnings == []


def test_a_damaged_file_that_cannot_be_moved_is_done_without(tmp_path: Path) -> None:
    """And nobody claims that it was moved."""
    path = tmp_path / "cache.sqlite"
    path.write_bytes(b"this is no database at all" * 50)
    (tmp_path / "cache.sqlite.damaged").mkdir()
    cache = Cache(path)
    cache.keep([RECORD])
    assert cache.records([RECORD.doi]) == {RECORD.doi: RECORD}
    assert not cache.usable
    assert [warning.partition(" (")[0] for warning in cache.warnings] == [
        f"The cache {path} cannot be used"
    ]
