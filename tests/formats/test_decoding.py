"""Bytes to text and back, without the loss of one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.errors import SourceError
from compcite.files.decoding import decode, encode, read_source

if TYPE_CHECKING:
    from pathlib import Path


DECLARED = st.builds(
    lambda name, rest: b"% Encoding: " + name + b"\n" + rest,
    st.sampled_from([b"UTF8", b"Cp1252", b"SJIS", b"utf-7", b"utf-16", b"idna", b"hz", b"big5"]),
    st.binary(),
)
MARKED = st.builds(
    bytes.__add__, st.sampled_from([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]), st.binary()
)


@given(st.one_of(st.binary(), DECLARED, MARKED))
def test_any_bytes_come_back(data: bytes) -> None:
    """What was read can be written as it was, and be printed."""
    source = decode(data, "x.bib")

    assert encode(source, source.text) == data
    assert source.text.encode().decode() == source.text


@pytest.mark.parametrize(
    ("data", "encoding", "text", "guessed"),
    [
        ("é".encode(), "utf-8", "é", False),
        (b"\xef\xbb\xbf\xc3\xa9", "utf-8", "é", False),
        (b"\xff\xfe\xe9\x00", "utf-16-le", "é", False),
        (b"\xfe\xff\x00\xe9", "utf-16-be", "é", False),
        (b"% Encoding: ISO8859_2\n\xb3", "iso8859-2", "% Encoding: ISO8859_2\nł", False),
        (b"% Encoding: windows-1252\n\x80", "cp1252", "% Encoding: windows-1252\n€", False),
        (b"% Encoding: UTF-8\n\xe9", "cp1252", "% Encoding: UTF-8\né", True),
        (b"% Encoding: no-such\n\xe9", "cp1252", "% Encoding: no-such\né", True),
        (b"\xe9\x81", "cp1252", "é\x81", True),
        (b"\xef\xbb\xbf\xe9", "cp1252", "ï»¿é", True),
        (b"\xff\xfe\xe9", "cp1252", "ÿþé", True),
        (
            b"% Encoding: unicode_escape\n\\d \xe9",
            "cp1252",
            "% Encoding: unicode_escape\n\\d é",
            True,
        ),
        (b"% Encoding: rot13\n\xe9", "cp1252", "% Encoding: rot13\né", True),
        (
            b"This file was created with JabRef 1.8.\nEncoding: Cp1250\n\xb3",
            "cp1250",
            "This file was created with JabRef 1.8.\nEncoding: Cp1250\nł",
            False,
        ),
    ],
)
def test_the_encoding_is_found(data: bytes, encoding: str, text: str, *, guessed: bool) -> None:
    """A mark, UTF-8, what the file declares, else Windows-1252, which is a guess."""
    source = decode(data, "x.bib")

    assert (source.encoding, source.text, source.encoding_guessed) == (encoding, text, guessed)


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash names it, and its bytes are decoded like a file's."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf@a{k}")))

    source = read_source("-")

    assert (source.name, source.path, source.bom, source.text) == ("-", None, True, "@a{k}")


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    """Nothing is replaced by a question mark."""
    source = decode(b"\xe9", "old.bib")

    with pytest.raises(SourceError) as caught:
        encode(source, "ő")
    assert str(caught.value) == (
        "old.bib: its encoding, cp1252, has no 'ő'; save the file as UTF-8 first"
    )


def test_a_path_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """The error names the path and says why."""
    with pytest.raises(SourceError) as caught:
        read_source(str(tmp_path / "absent.bib"))

    assert str(caught.value) == f"{tmp_path}/absent.bib: cannot be read: No such file or directory"
