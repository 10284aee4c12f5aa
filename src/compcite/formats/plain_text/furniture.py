"""What pages have beside their text: page numbers and running heads, copied with the list."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["clear_furniture"]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank; whether blank lines stand before and after it."""

    start: int
    end: int
    text: str
    apart: bool


_LINE = re.compile(r"[^\r\n\f]+")
_PAGE = re.compile(
    r"(?:[-–—|·]\s?)?(?:p(?:age|\.)\s?|Seite\s|S\.\s)?(\d{1,4})(?:\s?(?:/|of|von)\s?\d{1,4})?(?:\s?[-–—|·])?"
    r"(?:\s?\|?\s?Page)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[\d\s]+")
_DATED = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)|https?:|\b10\.\d{4}")
_FINISHED = re.compile(r"[.)\]”\"]$|\d$|https?://\S+$|\b10\.\d{4,}/\S+$")
_LONGEST_HEAD = 70  # characters
_BEYOND = 2  # lines on either side of a page number that may be running heads


def clear_furniture(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with blanks for page numbers and running heads, and where those stand.

    The text keeps its length. A reference that goes on behind them does so in the next line.
    """
    lines = _lines(text)
    found = _furniture(lines)
    cleared = text
    for index in found:
        if index and index - 1 in found:
            continue
        after = index
        while after in found:
            after += 1
        begin = lines[index - 1].end if index else 0
        end = _line_start(text, lines[after].start) if after < len(lines) else len(text)
        joined = index > 0 and after < len(lines) and _goes_on(text, lines, index - 1, after)
        breaks = "\n" if joined else "\n\n"
        cleared = cleared[:begin] + breaks.rjust(end - begin)[: end - begin] + cleared[end:]
    return cleared, [(lines[index].start, lines[index].end) for index in sorted(found)]


def _lines(text: str) -> list[_Line]:
    """The lines that are not blank."""
    found = []
    for match in _LINE.finditer(text):
        bare = match[0].strip()
        if bare:
            start = match.start() + match[0].index(bare)
            found.append((start, start + len(bare), bare))
    ends = [0, *(end for _, end, _ in found)]
    starts = [*(start for start, _, _ in found), len(text)]
    gaps = [
        text.count("\n", a, b) + text.count("\f", a, b) for a, b in zip(ends, starts, strict=True)
    ]
    last = len(found) - 1
    return [
        _Line(
            start,
            end,
            bare,
            (index == 0 or gaps[index] > 1) and (index == last or gaps[index + 1] > 1),
        )
        for index, (start, end, bare) in enumerate(found)
    ]


def _furniture(lines: Sequence[_Line]) -> set[int]:
    """Which lines are page numbers, and which running heads beside them."""
    pages = _pages(lines)
    repeated = Counter(_DIGITS.sub(" ", line.text).casefold() for line in lines)
    found = set(pages)
    for page in pages:
        for step in (-1, 1):
            for index in range(page + step, page + step * (_BEYOND + 1), step):
                if not 0 <= index < len(lines) or not _is_head(lines[index], repeated):
                    break
                found.add(index)
    return found


def _pages(lines: Sequence[_Line]) -> list[int]:
    """The lines that are page numbers: between blank lines, or counting on from page to page."""
    numbers = [
        (index, int(match[1]))
        for index, line in enumerate(lines)
        if (match := _PAGE.fullmatch(line.text)) and not _ends_pages(lines, index)
    ]
    values = [value for _, value in numbers]
    if values[:2] == [1, 2]:
        return []  # the numbers of the references
    return [
        index
        for place, (index, value) in enumerate(numbers)
        if lines[index].apart
        or value + 1 in values[place + 1 : place + 2]
        or value - 1 in values[max(0, place - 1) : place]
    ]


def _ends_pages(lines: Sequence[_Line], index: int) -> bool:
    """Whether a number goes on with what the line before ends with, such as a range of pages."""
    marks = ("-", "–") if lines[index].apart else ("-", "–", "—", ",", ":")
    return index > 0 and lines[index - 1].text.endswith(marks)


def _is_head(line: _Line, repeated: Counter[str]) -> bool:
    """Whether a line beside a page number is a running head."""
    if len(line.text) > _LONGEST_HEAD or not any(char.isalpha() for char in line.text):
        return False
    often = repeated[_DIGITS.sub(" ", line.text).casefold()] > 1
    dated = _DATED.search(line.text) is not None or line.text[-1] in ".,;:-–"
    return (often and line.apart) or (not dated and (often or line.apart))


def _goes_on(text: str, lines: Sequence[_Line], before: int, after: int) -> bool:
    """Whether a reference goes on behind what stands between two lines."""
    indented = lines[after].start > _line_start(text, lines[after].start)
    return indented or lines[after].text[0].islower() or not _FINISHED.search(lines[before].text)


def _line_start(text: str, at: int) -> int:
    """Where the line begins in which a place is."""
    return max(text.rfind(end, 0, at) for end in "\r\n\f") + 1
