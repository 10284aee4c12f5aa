"""Single values of CSL-JSON as text."""

from __future__ import annotations

import math

from compcite.text.unicode import on_one_line, without_surrogates

__all__ = ["Unreadable", "as_written", "is_true", "listed", "text_from_csl"]


class Unreadable(ValueError):  # noqa: N818 - says what the value is
    """A value that is not of a type in which its variable can be written."""


def listed(value: object) -> list[object]:
    """Return a list as it is, and any other value as a list of one."""
    return value if isinstance(value, list) else [value]


def text_from_csl(value: object) -> str:
    """A string, a number or a list of them as text, in one line; empty for None.

    Elements of a list have ", " between them. Raises Unreadable for a truth value, an object and
    what is no number.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return on_one_line(without_surrogates(value))
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


def as_written(value: object) -> str:
    """The same as :func:`text_from_csl`, but a string keeps its white space.

    Styles print it as citeproc-js does; a format that has one line for a text folds it.
    """
    if isinstance(value, str) and value.strip():
        return without_surrogates(value)
    return text_from_csl(value)


def is_true(value: object) -> bool:
    """Whether a switch is on: true, 1, "true", "1" or any other word that does not say no."""
    if isinstance(value, str):
        return value.strip().lower() not in ("", "0", "false", "no")
    return bool(value)
