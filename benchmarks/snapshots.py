"""How fast a snapshot is built and answers, what it needs, and whether a kill changes it.

::

    python benchmarks/snapshots.py make DUMPS --records RECORDS.jsonl… [--count 2000000]
    python benchmarks/snapshots.py build DUMPS SNAPSHOT
    python benchmarks/snapshots.py kill DUMPS SNAPSHOT
    python benchmarks/snapshots.py answer SNAPSHOT

``make`` multiplies real records of Crossref and DataCite, one a line, with new DOIs, other words in
their titles, other authors and volumes, and with references, so that a record is as large as in
Crossref's data file: 1.1 kB, packed. ``build`` builds a snapshot of them, ``kill`` builds another
one and kills it three times, and compares both. ``answer`` compares a run from the snapshot with
one from a lock and one from the cache.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import io
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from compcite.model.doi import DOI
from compcite.registries.cache import Cache
from compcite.registries.snapshots.snapshot import Snapshot

_OF_A_MEMBER = 5000  # records, as in Crossref's data file
_LEVEL = 3  # of gzip: the dumps get 5 % larger than with 6, and are made in half the time
_REFERENCES = 13  # a record of Crossref has on average, half as many as the most made here
_ALL = 180_000_000  # records of Crossref
_GIGABYTE = 1e9


def main() -> None:
    """Run one of the four parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True)
    make = parts.add_parser("make")
    make.add_argument("dumps", type=Path)
    make.add_argument("--records", type=Path, nargs="+", required=True)
    make.add_argument("--count", type=int, default=2_000_000)
    for name in ("build", "kill"):
        part = parts.add_parser(name)
        part.add_argument("dumps", type=Path)
        part.add_argument("snapshot", type=Path)
    parts.add_parser("answer").add_argument("snapshot", type=Path)
    given = parser.parse_args()
    if given.part == "make":
        make_dumps(given.dumps, given.records, given.count)
    elif given.part == "build":
        build(given.dumps, given.snapshot)
    elif given.part == "kill":
        kill(given.dumps, given.snapshot)
    else:
        answer(given.snapshot)


# --- making dumps


def make_dumps(folder: Path, files: list[Path], count: int) -> None:
    """Write a tar as Crossref's, and one as DataCite's with a tenth of the records."""
    records = [json.loads(line) for file in files for line in file.open(encoding="utf-8")]
    ours = [one for one in records if "DOI" in one]
    others = [one for one in records if "attributes" in one]
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind, material, share in (
        ("crossref.tar", _crossref_member, ours, 0.9),
        ("datacite.tar", _datacite_member, others, 0.1),
    ):
        members = max(1, round(count * share / _OF_A_MEMBER / 2))
        end = "json.gz" if kind is _crossref_member else "jsonl.gz"
        with tarfile.open(folder / name, "w") as tar, Pool(2, _take, (material,)) as pool:
            for number, pair in enumerate(pool.imap(kind, range(members))):
                for data, letter in zip(pair, "ab", strict=True):
                    info = tarfile.TarInfo(f"part/{number:06d}{letter}.{end}")
                    info.size = len(data)
                    tar.addfile(info, io.BytesIO(data))
        size = (folder / name).stat().st_size / _GIGABYTE
        print(f"{folder / name}: {2 * members:,} members, {size:.2f} GB")


_MATERIAL: dict[str, Any] = {}


def _take(records: list[dict[str, Any]]) -> None:
    """Take the records that are multiplied into this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    titles = [_title(record) for record in records]
    _MATERIAL["records"] = [json.dumps(record) for record in records]
    chance = random.Random(0)  # noqa: S311 - the same dumps each time
    _MATERIAL["words"] = sorted({w for t in titles for w in re.findall(r"[a-z]{4,}", t)})
    _MATERIAL["families"] = sorted(
        {
            one["family"]
            for record in records
            for one in record.get("author") or []
            if isinstance(one.get("family"), str)
        }
    ) or ["Okonkwo"]
    _MATERIAL["references"] = [
        json.dumps(
            {
                "key": f"ref{one}",
                "DOI": f"10.{chance.randrange(1000, 9999)}/{chance.getrandbits(40):x}",
                "unstructured": _varied(chance, chance.choice(titles)),
            }
        )
        for one in range(20_000)
    ]


def _title(record: dict[str, Any]) -> str:
    titles = record.get("title") or [
        one.get("title") or "" for one in record.get("attributes", {}).get("titles") or []
    ]
    return titles[0] if titles and isinstance(titles[0], str) else ""


def _varied(chance: random.Random, title: str) -> str:
    """A title in which every third word is another."""
    words = title.split()
    for place in range(0, len(words), 3):
        words[place] = chance.choice(_MATERIAL["words"])
    return " ".join(words)


def _with_variant(number: int, data: bytes) -> tuple[bytes, bytes]:
    """A member, packed, and another one with other DOIs and volumes, which is made faster."""
    variant = data.replace(b"/v.%d." % number, b"/w.%d." % number)
    variant = variant.replace(b'"volume": "1', b'"volume": "4')
    return gzip.compress(data, _LEVEL), gzip.compress(variant, _LEVEL)


def _crossref_member(number: int) -> tuple[bytes, bytes]:
    chance = random.Random(number)  # noqa: S311 - the same dumps each time
    items = []
    for place in range(_OF_A_MEMBER):
        record = json.loads(chance.choice(_MATERIAL["records"]))
        prefix = str(record.get("DOI")).partition("/")[0]
        record["DOI"] = f"{prefix}/v.{number}.{place}.{chance.getrandbits(32):x}"
        record["title"] = [_varied(chance, _title(record) or "Editorial board")]
        for person in record.get("author") or []:
            if isinstance(person.get("family"), str):
                person["family"] = chance.choice(_MATERIAL["families"])
        record["volume"] = str(chance.randrange(1, 300))
        record["indexed"] = {"timestamp": chance.randrange(1_500_000_000, 1_780_000_000) * 1000}
        cited = chance.choices(_MATERIAL["references"], k=chance.randrange(2 * _REFERENCES))
        items.append(f'{json.dumps(record)[:-1]}, "reference": [{", ".join(cited)}]}}')
    return _with_variant(number, f'{{"items": [{", ".join(items)}]}}'.encode())


def _datacite_member(number: int) -> tuple[bytes, bytes]:
    chance = random.Random(-number - 1)  # noqa: S311 - the same dumps each time
    lines = []
    for place in range(_OF_A_MEMBER):
        record = json.loads(chance.choice(_MATERIAL["records"]))
        attributes = record["attributes"]
        prefix = str(attributes.get("doi")).partition("/")[0]
        attributes["doi"] = f"{prefix}/v.{number}.{place}.{chance.getrandbits(32):x}"
        for title in attributes.get("titles") or []:
            title["title"] = _varied(chance, str(title.get("title") or ""))
        attributes["updated"] = f"2025-{chance.randrange(1, 13):02d}-01T00:00:00Z"
        lines.append(json.dumps(record))
    return _with_variant(number, "\n".join(lines).encode())


# --- building


def _command(dumps: Path, snapshot: Path) -> list[str]:
    tars = sorted(map(str, dumps.glob("*.tar")))
    return [sys.executable, "-m", "compcite", "snapshot", "build", str(snapshot), *tars]


def build(dumps: Path, snapshot: Path) -> None:
    """Build a snapshot, and print its rate, memory and size."""
    shutil.rmtree(snapshot, ignore_errors=True)
    began = time.monotonic()
    process = subprocess.Popen(_command(dumps, snapshot))
    peak = _peak_of_tree(process)
    seconds = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    manifest = json.loads((snapshot / "snapshot.json").read_text())
    records = sum(one["records"] for one in manifest["agencies"].values())
    sizes = {
        table: sum(path.stat().st_size for path in snapshot.glob(f"*/{table}/*"))
        for table in ("records", "index")
    }
    size = sum(sizes.values())
    packed = sum(path.stat().st_size for path in dumps.glob("*.tar"))
    print(f"{records:,} records in {seconds:.0f} s, {cpu:.0f} s of CPU: exit {process.returncode}")
    print(f"{records / cpu:,.0f} records a second and core; {records / seconds:,.0f} a second here")
    print(f"peak memory of all processes together: {peak / _GIGABYTE:.2f} GB")
    print(f"dumps {packed / records:,.0f} B a record; snapshot {size / records:,.0f} B a record")
    print(", ".join(f"{table} {held / records:.0f} B" for table, held in sizes.items()))
    print(
        f"180 million: {_ALL / (records / cpu) / 3600:.1f} hours of one core, "
        f"{_ALL * size / records / _GIGABYTE:.0f} GB"
    )


def _peak_of_tree(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process; the most memory that it and its children had together, in bytes."""
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_memory, _tree(process.pid))))
        time.sleep(0.2)
    return peak


def _tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    found = [pid]
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _tree(int(child))
    return found


def _memory(pid: int) -> int:
    """The memory of a process alone: its pages in memory without those of shared files."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
        return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")
    return 0


def kill(dumps: Path, snapshot: Path) -> None:
    """Build beside ``snapshot`` with three kills, and compare both file by file."""
    other = snapshot.with_name(f"{snapshot.name}-killed")
    shutil.rmtree(other, ignore_errors=True)
    for share in (0.2, 0.5, 1.2):
        process = subprocess.Popen(_command(dumps, other))
        _wait_until(process, other, share, dumps)
        process.send_signal(signal.SIGKILL)
        process.wait()
        time.sleep(2)
        left = [pid for pid in _commands_with(str(other)) if pid != process.pid]
        print(f"killed at {share:.0%}; processes left: {len(left)}")
    subprocess.run(_command(dumps, other), check=True)
    same = _digests(snapshot) == _digests(other)
    print(f"the same snapshot, file by file: {same}; {len(_digests(other))} files")
    shutil.rmtree(other)


def _wait_until(process: subprocess.Popen[bytes], folder: Path, share: float, dumps: Path) -> None:
    """Wait until a share of the dumps is read; above 1, of the files is merged."""
    total = sum(path.stat().st_size for path in dumps.glob("*.tar")) / 16e6
    while process.poll() is None:
        runs = len(list(folder.glob("building/*.records.parquet")))
        merged = len(list(folder.glob("*/*/*.parquet")))
        if runs >= share * total or (share > 1 and merged >= (share - 1) * 128):
            return
        time.sleep(0.1)


def _commands_with(word: str) -> list[int]:
    """The processes whose command line has a word in it."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if word in path.read_text():
                found.append(int(path.parent.name))
    return found


def _digests(snapshot: Path) -> dict[str, str]:
    """The digest of each Parquet file."""
    return {
        str(path.relative_to(snapshot)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(snapshot.glob("*/*/*.parquet"))
    }


# --- answering


def answer(snapshot: Path) -> None:
    """Time lists of 1,000 entries and of one, from the snapshot, a lock and the cache."""
    opened = Snapshot(str(snapshot))
    dois = _some_dois(opened, 1000)
    records = opened.records(map(DOI, dois))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "references.bib").write_text(
            "".join(f"@misc{{k{n},\n  doi = {{{doi}}}\n}}\n" for n, doi in enumerate(dois))
        )
        (folder / "one.bib").write_text(f"@misc{{k,\n  doi = {{{dois[0]}}}\n}}\n")
        cache = Cache(folder / "cache" / "answers.sqlite3")
        cache.keep(records.values())
        cache.close()
        kept = {**os.environ, "COMPCITE_CACHE_DIR": str(folder / "cache")}
        empty = {**os.environ, "COMPCITE_CACHE_DIR": str(folder / "empty")}
        verify = [
            sys.executable,
            "-m",
            "compcite",
            "verify-dois",
            "--offline",
            "--fail-on",
            "never",
        ]
        by_snapshot = ["--snapshot", str(snapshot)]
        _timed("lock", [sys.executable, "-m", "compcite", "lock", *by_snapshot], folder, kept)
        for size, source in (("1,000 DOIs", "references.bib"), ("1 DOI", "one.bib")):
            lock = ["--lock", "compcite.lock"]
            _timed(f"{size} from the lock", [*verify, source, *lock], folder, empty)
            (folder / "compcite.lock").rename(folder / "aside")
            _timed(f"{size} from the cache", [*verify, source], folder, kept)
            _timed(f"{size} from the snapshot", [*verify, source, *by_snapshot], folder, empty)
            (folder / "aside").rename(folder / "compcite.lock")
    began = time.process_time()
    opened.records(map(DOI, dois))
    print(f"1,000 look-ups: {time.process_time() - began:.2f} s of CPU")


def _some_dois(snapshot: Snapshot, count: int) -> list[str]:
    """DOIs from all over a snapshot, the same each time."""
    import duckdb

    rows = duckdb.execute(
        "SELECT doi FROM read_parquet(?) ORDER BY md5(doi || 'x') LIMIT ?",
        [snapshot.record_files(), count],
    ).fetchall()
    return [doi for (doi,) in rows]


def _timed(what: str, command: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Print the wall time and the CPU time of a command, the best of five runs."""
    best = (float("inf"), float("inf"))
    for _ in range(5):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = min(best, (time.monotonic() - began, cpu))
    said = (done.stdout.strip() or done.stderr.strip()).splitlines()[-1:]
    print(f"{what}: {best[0]:.2f} s, {best[1]:.2f} s of CPU; exit {done.returncode}; {said}")


if __name__ == "__main__":
    main()
