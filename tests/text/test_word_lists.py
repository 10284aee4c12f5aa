"""The data file of words by which names are told from other words."""

from __future__ import annotations

from pathlib import Path

from compcite.text.capitals import word_lists
from compcite.text.capitals.word_lists import words_of

LINES = Path(word_lists.__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines()


def test_each_section_has_words_each_once() -> None:
    """A word written twice, or a section without words, is a slip."""
    names = [line.strip("[]") for line in LINES if line.startswith("[")]
    words = [line for line in LINES if line and line[0] not in "[#"]

    assert len(names) == len(set(names))
    assert all(words_of(name) for name in names)
    assert sum(len(words_of(name)) for name in names) == len(words)


def test_words_are_in_small_letters() -> None:
    """Words of titles are looked up so; symbols of elements alone are written as they are."""
    names = [line.strip("[]") for line in LINES if line.startswith("[")]

    capital = {name for name in names if any(word != word.lower() for word in words_of(name))}

    assert capital == {"elements"}
