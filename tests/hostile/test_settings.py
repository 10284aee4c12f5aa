"""Every variable of the environment and every key of the configuration may hold anything.

Both are found by walking the tables and the package, so that a new one is tried by itself.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import compcite as package
from compcite.config import OPTIONS

if TYPE_CHECKING:
    from tests.cli.conftest import Compcite, Result

ENTRY = "@book{a, title = {T}, author = {A B}, year = 2000, publisher = {P}, doi = {10.5555/a}}\n"
COMMANDS = ("config", "verify-dois --offline ok.bib", "cite a --source ok.bib")

_DEBUG = "COMPCITE_DEBUG"  # its purpose is a traceback
VARIABLES = sorted(
    {option.variable for option in OPTIONS if option.variable}
    | {
        name
        for module in Path(package.__file__).parent.rglob("*.py")
        for name in re.findall(r'"((?:COMPCITE|CSL)_[A-Z_]+)"', module.read_text(encoding="utf-8"))
        if name != _DEBUG
    }
)
WORDS = {
    "empty": "",
    "long": "x" * 100_000,
    "folder": ".",
    "file": "ok.bib",
    "missing": "./missing/folder",
    "lines": "a\n::error::b\r\n",
    "home": "~",
    "unknown user": "~nobody-here/x",
    "negative": "-1",
    "tiny": "1e-400",
    "huge": "1e400",
    "letters": "für@exämple.org",
    "escape": "\x1b[2J\u202e",
    "secret in an address": "http://u:secret@example.org/?key=secret",
    "secret without a scheme": "u:secret@example.org",
}
if sys.platform != "win32":
    WORDS["bytes"] = os.fsdecode(b"\xff\xfe")

VALUES = {
    "switch": "true",
    "number": "7",
    "negative": "-1",
    "infinite": "inf",
    "not a number": "nan",
    "huge": "9" * 4000,
    "empty": '""',
    "zero byte": '"\\u0000"',
    "long": json.dumps("x" * 100_000),
    "unknown user": '"~nobody-here/x"',
    "endless": "1e300",
    "secret": '"http://u:secret@example.org/?key=secret"',
    "secrets": '["http://u:secret@example.org/?key=secret"]',
    "list": "[]",
    "numbers": "[1]",
    "lists": "[[[]]]",
    "table": "{}",
    "tables": "[{}]",
    "table of tables": "{a = {b = {c = 1}}}",
    "table of numbers": "{a = 1}",
    "unknown rules": '{"*" = ["no-such-rule"]}',
    "day": "2027-01-01",
    "moment": "2027-01-01T00:00:00Z",
}


@pytest.fixture
def small(folder: Path) -> Path:
    """A working folder with a list."""
    (folder / "ok.bib").write_text(ENTRY, encoding="utf-8")
    return folder


def assert_clear(result: Result, place: str) -> None:
    """The run ended as it should, or refused ``place`` in one sentence; no secret is shown."""
    shown = result.out + result.err
    assert result.code in (0, 1, 2, 3)
    assert [word for word in ("bug", "Traceback", "secret", "\x1b") if word in shown] == []
    assert [line for line in shown.split("\n") if line.startswith(("::", "##"))] == []
    if result.code == 2:
        assert (result.out, result.err.count("\n")) == ("", 1)
        assert place in result.err
        assert len(result.err) < 3_000  # one sentence, whatever the value is


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("variable", VARIABLES)
def test_a_variable_with_an_odd_value_is_used_or_refused(
    variable: str,
    word: str,
    compcite: Compcite,
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is refused is named by the variable, or by the path that it gives."""
    assert small.is_dir()
    monkeypatch.setenv(variable, word)
    for line in COMMANDS:
        result = compcite(*line.split())
        assert_clear(result, "" if variable in ("COMPCITE_CACHE_DIR", "CSL_LOCALES") else variable)


@pytest.mark.parametrize("option", OPTIONS, ids=[option.key for option in OPTIONS])
def test_a_key_with_an_odd_value_is_used_or_refused(
    option: object, compcite: Compcite, small: Path
) -> None:
    """What is refused is named by the file and the key."""
    key = option.key  # type: ignore[attr-defined]
    file = small / "compcite.toml"
    refused = set()
    for name, value in VALUES.items():
        file.write_text(f"{key} = {value}\n", encoding="utf-8")
        for line in COMMANDS[:2]:
            result = compcite(*line.split())
            assert_clear(result, key)
            refused |= {name} if result.code == 2 else set()
    assert {"table of tables", "moment"} <= refused


FILES = {
    "not UTF-8": b'mailto = "\xff@example.org"\n',
    "UTF-16": 'mailto = "a@example.org"\n'.encode("utf-16"),
    "zero bytes": b"\0" * 1000,
    "no TOML": b"mailto = \n",
    "a key twice": b"timeout = 1\ntimeout = 2\n",
    "a table twice": b"[tidy]\n[tidy]\n",
    "huge": b"#" * 100_000_001,
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_a_file_that_is_no_configuration_is_named(
    data: bytes, compcite: Compcite, small: Path
) -> None:
    """It stands where a configuration is looked for, so it is not passed over."""
    file = small / "compcite.toml"
    file.write_bytes(data)
    result = compcite("list", "ok.bib")

    assert result.code == 2
    assert_clear(result, str(file))
