"""Patterns of comparisons and identifiers end at once on texts that nobody writes.

Each pattern is held against long runs of what it looks for. Of a pattern whose steps grow with the
square of the length, one run would take minutes; all of them together take seconds.
"""

from __future__ import annotations

import re

import pytest

from compcite.text import arxiv, doi
from compcite.text.compare import (
    acronyms,
    containers,
    numbers,
    people,
    same_person,
    titles,
    words,
)

MODULES = (acronyms, arxiv, containers, doi, numbers, people, same_person, titles, words)
PATTERNS = {
    f"{module.__name__.removeprefix('compcite.text.')}.{name}": pattern
    for module in MODULES
    for name, pattern in vars(module).items()
    if isinstance(pattern, re.Pattern)
}
UNITS = (
    *(" ", "\n", "a", "A", "1", "é", "-", "–", ".", ",", ":", ";", "/", "_", "'", "\\", "$", "~"),
    *("(", ")", "[", "]", "{", "}", "<", ">", "%", "&", "?", "#", "\u200b"),
)
PAIRS = ("a ", "a.", "a-", "1-", "1.", "10.1234/", "v1", "<a", "a>", "et ", "and ", "doi:", "e. ")
SIZE = 30_000
# Patterns that are matched at the start of a text only, not searched for in it.
AT_THE_START = frozenset(
    ("arxiv._ALONE", "compare.numbers._PAGE_RANGE", "compare.titles._NOTICE", "doi._SHORT_DOI")
)
# Patterns for the end of a text, of which they see so many characters at most.
BOUNDED = {"doi._BEFORE": 300, "compare.people._AND_OTHERS": 40}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_linear(name: str) -> None:
    """It is matched and searched for as its module does."""
    pattern = PATTERNS[name]
    for unit in (*UNITS, *PAIRS):
        run = unit * (BOUNDED.get(name, SIZE) // len(unit))
        text = f"{run}\0"
        found = pattern.match(text) or pattern.fullmatch(text)
        assert found is None or found.end() <= len(text)
        if name not in AT_THE_START:
            assert len(pattern.sub("", text)) <= len(text)
