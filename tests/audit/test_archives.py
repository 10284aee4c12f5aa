"""Lists in tars and zips: what is read, and that no archive can do harm."""

from __future__ import annotations

import gzip
import io
import os
import sys
import tarfile
import zipfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.audit.archives import Member, members_of_archive

if TYPE_CHECKING:
    from collections.abc import Callable

    Pack = Callable[[dict[str, bytes]], bytes]

LISTS = {"a.bib": b"@misc{a}", "deep/b.ris": b"TY  - JOUR"}
PICTURE = {"picture.png": b"no list"}


def tar_of(files: dict[str, bytes], mode: str = "w") -> bytes:
    """A tar of these files."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return held.getvalue()


def tar_gz_of(files: dict[str, bytes]) -> bytes:
    """A compressed tar of these files."""
    return tar_of(files, "w:gz")


def zip_of(files: dict[str, bytes]) -> bytes:
    """A zip of these files, compressed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


BOTH = pytest.mark.parametrize(("file", "pack"), [("x.tar.gz", tar_gz_of), ("x.zip", zip_of)])


def read(path: Path, data: bytes) -> list[tuple[str, bytes | str]]:
    """What is read of an archive: behind each name within it the bytes, or the problem."""
    path.write_bytes(data)
    return [
        (member.name.removeprefix(f"{path}!/"), member.problem or member.data)
        for member in members_of_archive(path)
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lists.tar", tar_of(LISTS | PICTURE)),
        ("lists.tar.gz", tar_of(PICTURE | LISTS, "w:gz")),
        ("lists.TGZ", tar_of(LISTS, "w:gz")),
        ("lists.tar.bz2", tar_of(LISTS, "w:bz2")),
        ("lists.txz", tar_of(LISTS, "w:xz")),
        ("lists.zip", zip_of(LISTS | PICTURE)),
    ],
)
def test_the_lists_of_an_archive_are_read_and_nothing_else(
    tmp_path: Path, name: str, data: bytes
) -> None:
    """Every usual kind of tar, and zip; a picture in it is passed over."""
    assert read(tmp_path / name, data) == list(LISTS.items())


def test_archives_in_an_archive_are_read_too(tmp_path: Path) -> None:
    """A venue's export is often a zip with one archive for each submission."""
    inner = tar_gz_of({"refs.bib": b"@misc{x}"})
    data = zip_of({"17.tar.gz": inner, "18.zip": zip_of({"refs.bib": b"@misc{y}"})})

    assert read(tmp_path / "all.zip", data) == [
        ("17.tar.gz!/refs.bib", b"@misc{x}"),
        ("18.zip!/refs.bib", b"@misc{y}"),
    ]


def test_archives_are_read_three_deep_and_no_deeper(tmp_path: Path) -> None:
    """There are archives that contain themselves; they would have no end."""
    data = zip_of({"refs.bib": b"@misc{x}"})
    for _ in range(3):
        data = zip_of({"in.zip": data})

    assert read(tmp_path / "all.zip", data) == [
        ("in.zip!/in.zip!/in.zip", "archives are read 3 deep, and it is deeper")
    ]


@BOTH
@pytest.mark.parametrize("name", ["../../outside.bib", "/etc/outside.bib"])
def test_a_name_that_leads_outside_is_only_a_name(
    tmp_path: Path, name: str, file: str, pack: Pack
) -> None:
    """Nothing is unpacked onto the disk, so nothing is written there."""
    assert read(tmp_path / file, pack({name: b"@misc{x}"})) == [(name, b"@misc{x}")]
    assert [path.name for path in tmp_path.iterdir()] == [file]
    assert not Path("/etc/outside.bib").exists()


def test_a_link_in_a_tar_is_not_followed(tmp_path: Path) -> None:
    """It may lead to any file of this machine."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        link = tarfile.TarInfo("refs.bib")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)

    assert read(tmp_path / "x.tar", held.getvalue()) == [
        ("refs.bib", "it is a link or a device, which is not followed")
    ]


def test_an_encrypted_member_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    """The bit that says so stands in the header of each member and in the directory."""
    data = bytearray(zip_of({"secret.bib": b"@misc{x}", "open.bib": b"@misc{y}"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert read(tmp_path / "x.zip", bytes(data)) == [
        ("secret.bib", "it is encrypted; unpack the archive with its password first"),
        ("open.bib", b"@misc{y}"),
    ]


def test_what_stands_before_the_damage_is_read(tmp_path: Path) -> None:
    """Of a download that broke off, the beginning still counts, and the archive is named."""
    whole = tar_of({"a.bib": b"@misc{a}", "b.bib": bytes(range(256)) * 100})
    path = tmp_path / "x.tar"

    first, last = read(path, whole[: len(whole) // 2])

    assert first == ("a.bib", b"@misc{a}")
    assert last[0] == str(path)
    assert str(last[1]).startswith("it is damaged behind 1 list of it: ")


def test_a_file_that_is_no_archive_is_named(tmp_path: Path) -> None:
    """An error page saved as ``lists.zip``, say."""
    path = tmp_path / "lists.zip"

    assert read(path, b"<html>") == [
        (str(path), "it is damaged behind 0 lists of it: File is not a zip file")
    ]


def test_a_damaged_header_is_not_the_end_of_a_tar(tmp_path: Path) -> None:
    """Python's reader stops there without a word, and the lists behind it would be missing."""
    data = bytearray(tar_of(LISTS))
    data[1024] ^= 1  # the second header, which stands behind a header and a block of content

    members = read(tmp_path / "x.tar", bytes(data))

    assert members[0] == ("a.bib", b"@misc{a}")
    assert "it is damaged behind 1 list of it" in str(members[1][1])


def test_headers_before_headers_without_end_are_named(tmp_path: Path) -> None:
    """Python's reader calls itself for each of them."""
    name = tarfile.TarInfo("long")
    name.type, name.size = tarfile.GNUTYPE_LONGNAME, 6
    chain = (name.tobuf() + b"x.bib".ljust(512, b"\0")) * 3000

    [(_, problem)] = read(tmp_path / "x.tar", chain + tar_of(LISTS))

    assert "it is damaged behind 0 lists of it" in str(problem)


def test_a_size_below_zero_is_named(tmp_path: Path) -> None:
    """The member would be an empty list, as if its author had cited nothing."""
    size = b"11 size=-5\n"
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, len(size)

    members = read(tmp_path / "x.tar", header.tobuf() + size.ljust(512, b"\0") + tar_of(LISTS))

    assert members[0] == ("a.bib", "it is damaged: its size is below 0")


def test_a_member_without_a_name_does_not_stop_the_others(tmp_path: Path) -> None:
    """A name ends before a NUL, and this one begins with it."""
    data = zip_of({"Z.bib": b""} | LISTS).replace(b"Z.bib", b"\0.bib")

    assert read(tmp_path / "x.zip", data) == list(LISTS.items())


@pytest.mark.skipif(sys.platform == "win32", reason="special files of Unix")
@pytest.mark.parametrize("name", ["x.zip", "x.tar"])
def test_a_pipe_or_device_is_no_archive(tmp_path: Path, name: str) -> None:
    """Nobody may ever write to the pipe, and the device has no end."""
    os.mkfifo(tmp_path / name)
    (tmp_path / f"endless-{name}").symlink_to("/dev/zero")

    problems = [
        next(members_of_archive(tmp_path / one)).problem for one in (name, f"endless-{name}")
    ]

    assert problems == [
        "it cannot be read: it is a named pipe, not a file",
        "it cannot be read: it is a device, not a file",
    ]


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> int:
    """Files may have 100,000 bytes."""
    monkeypatch.setenv("COMPCITE_MAX_MEGABYTES", "0.1")
    return 100_000


@BOTH
def test_a_list_that_is_too_large_is_named_and_the_others_are_read(
    tmp_path: Path, small_limit: int, file: str, pack: Pack
) -> None:
    """It is never in memory as a whole."""
    large = Random(0).randbytes(small_limit + 1)  # noqa: S311 - what no archive makes smaller

    first, second = read(tmp_path / file, pack({"large.bib": large, "small.bib": b"@misc{x}"}))

    assert first[0] == "large.bib"
    assert str(first[1]).startswith("it is larger than 0.1 MB")
    assert second == ("small.bib", b"@misc{x}")


TOO_MUCH = "its content is more than 100 times as large as itself; the rest of it was not read"


@pytest.mark.usefixtures("small_limit")
@pytest.mark.parametrize("name", ["bomb.png", "bomb.bib"])
def test_a_tar_that_grows_without_measure_is_not_read_to_its_end(tmp_path: Path, name: str) -> None:
    """Five megabytes in five kilobytes; a bomb has a million times as much."""
    path = tmp_path / "x.tar.gz"

    *_, last = read(path, tar_gz_of({name: b"\0" * 5_000_000, "small.bib": b"@misc{x}"}))

    assert last == (str(path), TOO_MUCH)


@pytest.mark.usefixtures("small_limit")
def test_a_zip_that_grows_without_measure_is_not_read_to_its_end(tmp_path: Path) -> None:
    """Each member may be of the right size, and all together a bomb."""
    path = tmp_path / "x.zip"

    *_, last = read(path, zip_of({f"{number:03}.bib": b"\0" * 99_999 for number in range(400)}))

    assert last == (str(path), TOO_MUCH)


@pytest.mark.usefixtures("small_limit")
def test_a_header_that_is_too_large_does_not_fill_the_memory(tmp_path: Path) -> None:
    """Python reads the extended header of a tar into memory, however large it says it is."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo("a.bib")
        member.pax_headers = {"comment": "x" * 1_000_000}
        archive.addfile(member)
    noise = bytes(range(256)) * 8_000  # so that the archive itself is large enough
    data = gzip.compress(held.getvalue()) + gzip.compress(noise, 0)

    [(_, problem)] = read(tmp_path / "x.tar.gz", data)

    assert str(problem).startswith("something between two members is larger than 0.1 MB")


@given(
    name=st.sampled_from(["x.tar", "x.tar.gz", "x.zip"]),
    data=st.one_of(
        st.binary(max_size=2000),
        st.builds(
            lambda whole, place, byte: whole[:place] + bytes([byte]) + whole[place + 1 :],
            st.sampled_from([tar_of(LISTS), tar_gz_of(LISTS), zip_of(LISTS)]),
            st.integers(0, 600),
            st.integers(0, 255),
        ),
    ),
)
def test_no_archive_raises(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes
) -> None:
    """Whatever the bytes are, there are members, each with bytes or with a problem."""
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(data)

    for member in members_of_archive(path):
        assert isinstance(member, Member)
        assert member.problem is None or not member.data
