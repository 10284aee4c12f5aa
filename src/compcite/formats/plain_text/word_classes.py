"""The classes of words that say what the words beside them are."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["word_classes"]


@cache
def word_classes() -> dict[str, str]:
    """The class of each word, such as ``month`` of ``march``; the first where it is in several."""
    text = files("compcite.formats.plain_text").joinpath("word_classes.txt").read_text("utf-8")
    classes: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, _, words = line.partition(": ")
            for word in words.split():
                classes.setdefault(word, name)
    return classes
