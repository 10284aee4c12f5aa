"""Write plain data as YAML in block style, which YAML 1.1 and YAML 1.2 read alike."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Data", "to_yaml"]

Data = "str | int | Sequence[Data] | Mapping[str, Data]"

# What is a string in every version of YAML without quotes: words that begin with a letter.
_BARE = re.compile(
    r"[^\W\d_](?:[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff:#\"]|:(?=[^\s:]))*"
)
_NO_WORD = re.compile(r"(?:y|n|yes|no|on|off|true|false|null)$", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def to_yaml(data: Sequence[object] | Mapping[str, object]) -> str:
    """Return a mapping or sequence as YAML.

    It holds strings, whole numbers, mappings, sequences.
    """
    return "".join(line + "\n" for line in _lines(data))


def _lines(data: object) -> Iterator[str]:
    """Yield the lines of a mapping or sequence, without indentation."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _member(f"{_scalar(key)}:", value)
    elif isinstance(data, list | tuple):
        for value in data:
            if isinstance(value, dict | list | tuple) and value:
                first, *rest = _lines(value)
                yield f"- {first}"
                yield from (f"  {line}" for line in rest)
            else:
                yield f"- {_scalar(value)}"


def _member(head: str, value: object) -> Iterator[str]:
    """Yield the lines of a key (``head``, with its colon) and its value."""
    if isinstance(value, dict | list | tuple) and value:
        yield head
        yield from (f"  {line}" for line in _lines(value))
    else:
        yield f"{head} {_scalar(value)}"


def _scalar(value: object) -> str:
    """Return a single value in one line, in quotes if YAML would read it as something else.

    ``no`` is written as ``"no"``, since YAML 1.1 reads it as false.
    """
    if not isinstance(value, str):
        return "true" if value is True else json.dumps(value)
    if _BARE.fullmatch(value) and not value.endswith((" ", ":")) and not _NO_WORD.match(value):
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda char: f"\\u{ord(char[0]):04x}", quoted)
