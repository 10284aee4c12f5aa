"""Single values of CSL-JSON as text."""

from __future__ import annotations

import math
import re

from compcite.text.unicode import without_surrogates

__all__ = ["Unreadable", "is_true", "listed", "text_from_csl"]

_BLANKS = re.compile(r"[ \t\r\n]+")


class Unreadable(ValueError):  # noqa: N818 - says what the value is
    """A value that is not of a type in which its variable can be written."""


def listed(value: object) -> list[object]:
    """The elements of a list, or the value as the only one."""
    return value if isinstance(value, list) else [value]


def text_from_csl(value: object) -> str:
    """A string, a number or a list of them as text, in one line.

    Raises Unreadable for a truth value, an object and what is no number.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _BLANKS.sub(" ", without_surrogates(value)).strip(" ")
    if isinstance(value, bool):
        raise Unreadable("is a truth value and no text")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Unreadable("is no number")
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, list):
        return ", ".join(filter(None, map(text_from_csl, value)))
    raise Unreadable("is an object and no text")


def is_true(value: object) -> bool:
    """Whether a switch is on: true, 1, "true", "1" or any other word that does not say no."""
    if isinstance(value, str):
        return value.strip().lower() not in ("", "0", "false", "no")
    return bool(value)
