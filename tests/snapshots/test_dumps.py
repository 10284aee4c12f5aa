"""The data files of the agencies, in all their forms, and what in them cannot be read."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.snapshots.conftest import crossref_record, datacite_record, json_lines

from compcite.errors import SourceError
from compcite.registries.snapshots import dumps
from compcite.registries.snapshots.dumps import Bundle, Fault, bundles, records_in, size_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compcite.registries.records.answers import Json

RECORDS = [crossref_record(number) for number in range(7)]


def tar_of(path: Path, members: Mapping[str, bytes], mode: str = "w") -> Path:
    """A tar with these members."""
    with tarfile.open(path, mode) as tar:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


def read(*paths: Path) -> tuple[list[str], list[str]]:
    """The DOIs in dumps, and the sentences about what cannot be read."""
    found, faults = [], []
    for bundle in bundles(paths, lambda _: False):
        given: list[Json | Fault] = [bundle] if isinstance(bundle, Fault) else _all(bundle)
        for one in given:
            if isinstance(one, Fault):
                faults.append(one.sentence)
            else:
                record = one.get("attributes", one)
                assert isinstance(record, dict)
                found.append(record.get("DOI") or record["doi"])
    return found, faults


def _all(bundle: Bundle) -> list[Json | Fault]:
    return [one for portion in bundle.portions for one in records_in(portion)]


def as_document(folder: Path) -> Path:
    """One document."""
    path = folder / "0.json"
    path.write_text(json.dumps({"items": RECORDS}))
    return path


def as_answer(folder: Path) -> Path:
    """An answer of the REST API, saved as it came."""
    path = folder / "page.json"
    path.write_text(json.dumps({"status": "ok", "message": {"items": RECORDS}}))
    return path


def as_lines(folder: Path) -> Path:
    """A record on each line, packed."""
    path = folder / "all.jsonl.gz"
    path.write_bytes(gzip.compress(json_lines(RECORDS)))
    return path


def as_folder(folder: Path) -> Path:
    """A folder with a packed document in each file, and other files beside them."""
    for number, part in enumerate((RECORDS[:3], RECORDS[3:])):
        path = folder / "below" / f"{number}.json.gz"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(json.dumps({"items": part}).encode()))
    (folder / "README.md").write_text("notes")
    (folder / "._0.json").write_text("what macOS puts beside a file")
    return folder


def as_tar(folder: Path) -> Path:
    """A tar with packed documents."""
    members = {
        f"data/{number}.json.gz": gzip.compress(json.dumps({"items": part}).encode())
        for number, part in enumerate((RECORDS[:3], RECORDS[3:]))
    }
    return tar_of(folder / "all.tar", {**members, "data/list.csv.gz": b"\x1f\x8b"})


def as_packed_tar(folder: Path) -> Path:
    """A packed tar with lines."""
    return tar_of(folder / "all.tar.gz", {"part.jsonl": json_lines(RECORDS)}, "w:gz")


@pytest.mark.parametrize(
    "make", [as_document, as_answer, as_lines, as_folder, as_tar, as_packed_tar]
)
def test_every_form_of_a_data_file_is_read(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    """All records, each once, in order; files of other kinds are left alone."""
    assert ([one["DOI"] for one in RECORDS], []) == read(make(tmp_path))


def test_lines_of_datacite_are_read_from_a_tar(tmp_path: Path) -> None:
    """As DataCite publishes them, with a table beside each part."""
    members = {
        "dois/updated_2024-07/2024-07.csv.gz": gzip.compress(b"doi,state"),
        "dois/updated_2024-07/part_0000.jsonl.gz": gzip.compress(json_lines([datacite_record(1)])),
    }
    assert read(tar_of(tmp_path / "dump.tar", members)) == (["10.5072/data.1"], [])


@given(
    lengths=st.lists(st.integers(0, 60), min_size=1, max_size=12),
    size=st.integers(1, 80),
    packed=st.booleans(),
    newline=st.booleans(),
)
def test_a_long_member_is_cut_only_between_lines(
    lengths: list[int], size: int, *, packed: bool, newline: bool
) -> None:
    """Wherever the portions end, every line is read once, and the lines keep their numbers."""
    lines = [json.dumps({"DOI": f"10.5555/{n}", "x": "a" * at}) for n, at in enumerate(lengths)]
    lines[len(lines) // 2] = "{"
    data = ("\n".join(lines) + "\n" * newline).encode()
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(dumps, "_LONGEST_MEMBER", 0)
        patch.setattr(dumps, "_BUNDLE", size)
        path = Path(folder, "all.jsonl.gz" if packed else "all.jsonl")
        path.write_bytes(gzip.compress(data) if packed else data)
        found, faults = read(path)
    broken = len(lines) // 2
    assert [f"10.5555/{n}" for n in range(len(lines)) if n != broken] == found
    assert [f"{path}: line {broken + 1} is not JSON"] == faults


def test_a_tar_that_is_cut_off_is_named_and_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """The member in which it ends is named."""
    path = as_tar(tmp_path)
    with tarfile.open(path) as tar:
        members = tar.getmembers()
    path.write_bytes(path.read_bytes()[: members[1].offset_data + 10])
    found, faults = read(path)
    assert [one["DOI"] for one in RECORDS[:3]] == found
    assert [f"{path}: the tar is damaged or cut off in data/1.json.gz; get it again"] == faults


@pytest.mark.parametrize("make", [as_lines, as_packed_tar])
def test_a_packed_file_that_is_cut_off_is_named(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    """What is before the end is read if its lines are whole."""
    path = make(tmp_path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    _, faults = read(path)
    assert faults
    assert all(str(path) in fault for fault in faults)


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.json", b"<html>", "is not JSON"),
        ("a.json", b"42", "holds no records"),
        ("a.json.gz", b"no gzip", "is damaged"),
        ("a.jsonl", b'{"DOI": "10.5555/1"}\n<html>\n', "line 2 is not JSON"),
    ],
)
def test_what_is_no_json_is_named_with_its_place(
    tmp_path: Path, name: str, data: bytes, fault: str
) -> None:
    """The members beside it are read."""
    tar = tar_of(tmp_path / "d.tar", {name: data, "good.jsonl": json_lines(RECORDS)})
    found, faults = read(tar)
    assert [one["DOI"] for one in RECORDS] == [doi for doi in found if doi != "10.5555/1"]
    assert [fault in one and f"{tar}: {name}" in one for one in faults] == [True]


def test_what_orjson_refuses_is_read_as_python_reads_it(tmp_path: Path) -> None:
    """Half a surrogate pair and NaN are in some records."""
    path = tmp_path / "odd.jsonl"
    path.write_bytes(b'{"DOI": "10.5555/1", "title": ["\\ud800"], "x": NaN}\n')
    assert read(path) == (["10.5555/1"], [])


def test_what_holds_no_data_file_is_named(tmp_path: Path) -> None:
    """An empty folder, or one of pictures, was hardly meant; other dumps are read all the same."""
    fault = "no data file of Crossref or DataCite; looked for .json and .jsonl, also packed as .gz"
    assert read(tmp_path) == ([], [f"{tmp_path}: {fault}"])


def _odd_header(kind: bytes, content: bytes) -> bytes:
    """A header before a header, and its content."""
    header = tarfile.TarInfo("odd")
    header.type, header.size = kind, len(content)
    return header.tobuf() + content.ljust(-(-len(content) // 512) * 512, b"\0")


ODD_HEADERS = {
    "thousands": _odd_header(tarfile.GNUTYPE_LONGNAME, b"x.json\0") * 3000,
    "no number": _odd_header(tarfile.XHDTYPE, b"25 GNU.sparse.map=1,x,3,\n"),
    "a long number": _odd_header(tarfile.XHDTYPE, b"9" * 6000 + b" path=a\n"),
    "too large": _odd_header(tarfile.XHDTYPE, bytes(2_000_000)),
    "no header": b"\1" * 512,
}


@pytest.mark.parametrize("ending", [".tar", ".tar.gz"])
@pytest.mark.parametrize("odd", ODD_HEADERS.values(), ids=ODD_HEADERS)
def test_an_odd_header_in_a_tar_is_named(tmp_path: Path, odd: bytes, ending: str) -> None:
    """What stands before it is read; nothing behind it is missing without a word."""
    lines = json_lines(RECORDS)
    whole = tar_of(tmp_path / "whole.tar", {"a.jsonl": lines}).read_bytes()
    member = whole[: 512 + -(-len(lines) // 512) * 512]
    data = member + odd + whole
    path = tmp_path / f"x{ending}"
    path.write_bytes(gzip.compress(data) if ending == ".tar.gz" else data)

    found, faults = read(path)

    assert found == [record["DOI"] for record in RECORDS]
    assert faults == [f"{path}: the tar is damaged or cut off in a.jsonl; get it again"]


@pytest.mark.skipif(sys.platform == "win32", reason="special files of Unix")
def test_a_pipe_or_device_is_no_dump(tmp_path: Path) -> None:
    """Nobody may ever write to the pipe, and the device has no end."""
    os.mkfifo(tmp_path / "x.json")
    (tmp_path / "x.tar").symlink_to("/dev/zero")

    with pytest.raises(SourceError, match=r"x\.json: cannot be read: it is a named pipe"):
        size_of(tmp_path / "x.json")
    with pytest.raises(SourceError, match=r"x\.tar: cannot be read: it is a device"):
        size_of(tmp_path / "x.tar")
