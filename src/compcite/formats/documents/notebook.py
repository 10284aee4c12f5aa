"""Find the prose cells of Jupyter notebooks, and where each character stands in the JSON.

Source: the notebook format (nbformat 4; its ``worksheets`` of version 3 too).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compcite.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Cell", "prose_cells"]

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)
# A character beyond the 65,536th is written as two escapes.
_PIECE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]++",
    re.DOTALL,
)
_PROSE = frozenset({"markdown", "raw", "heading"})


@dataclass(slots=True)
class Cell:
    r"""The text of a notebook's cell, and where its pieces stand in the JSON.

    A piece is an escape such as ``\n``, or the characters between two escapes. ``starts[i]`` is the
    offset of piece i in ``text``, ``places[i]`` its start and end in the JSON.
    """

    text: str
    starts: list[int]
    places: list[tuple[int, int]]

    def span(self, start: int, end: int) -> Span:
        """Return where ``text[start:end]`` stands in the JSON; it must not be empty."""
        return Span(self._place(start)[0], self._place(end - 1)[1])

    def _place(self, offset: int) -> tuple[int, int]:
        """Return start and end in the JSON of the character at an offset of ``text``."""
        index = bisect_right(self.starts, offset) - 1
        start, end = self.places[index]
        next_start = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        if next_start - self.starts[index] == 1:
            return start, end  # an escape is longer than what it stands for
        start += offset - self.starts[index]
        return start, start + 1


@dataclass(slots=True)
class _Open:
    """A JSON object or array that is not closed yet.

    ``key`` is the name of the member whose value it is. If it is a cell, ``kind`` is the type of
    the cell and ``sources`` are the places of the strings of its source.
    """

    bracket: str
    key: str
    kind: str = ""
    sources: list[tuple[int, int]] = field(default_factory=list)


def prose_cells(text: str) -> Iterator[Cell]:
    """Yield the Markdown, heading and raw cells of a notebook, in order. Empty cells are left out.

    Raise json.JSONDecodeError if the text is not JSON, and RecursionError if it is nested too
    deeply.
    """
    json.loads(text, strict=False)
    opened: list[_Open] = []
    key, is_value = "", False
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "{[":
            opened.append(_Open(sign, key if is_value else "", ""))
            is_value = False
        elif sign in "}]":
            closed = opened.pop()
            if closed.sources and closed.kind in _PROSE and _is_cell(opened):
                yield _cell(text, closed.sources)
            is_value = False
        elif sign == ":":
            is_value = True
        elif sign == ",":
            is_value = False
        elif sign[0] == '"' and opened:
            if opened[-1].bracket == "{" and not is_value:
                key = sign[1:-1]
            else:
                _note(opened, key, token, text)


def _is_cell(opened: list[_Open]) -> bool:
    """Return whether an object is a cell of the notebook.

    ``opened`` are the containers around it; the innermost is the last.
    """
    return bool(opened) and opened[-1].bracket == "[" and opened[-1].key == "cells"


def _note(opened: list[_Open], key: str, token: re.Match[str], text: str) -> None:
    """Add a JSON string to its cell, if it is the type of the cell or a part of its source.

    ``opened`` are the containers around the string, ``key`` is the last member name, and ``token``
    is the string with its quotation marks.
    """
    inside = (token.start() + 1, token.end() - 1)
    if opened[-1].bracket == "{":
        if key == "cell_type":
            opened[-1].kind = text[slice(*inside)]
        elif key == "source":
            opened[-1].sources.append(inside)
    elif opened[-1].key == "source" and len(opened) > 1:
        opened[-2].sources.append(inside)


def _cell(text: str, sources: list[tuple[int, int]]) -> Cell:
    """Return the cell whose source is made of several JSON strings.

    ``sources`` are the pairs of start and end of these strings in ``text`` (the JSON), without
    their quotation marks.
    """
    parts: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int]] = []
    length = 0
    for start, end in sources:
        for piece in _PIECE.finditer(text, start, end):
            part = json.loads(f'"{piece[0]}"') if piece[0][0] == "\\" else piece[0]
            parts.append(part)
            starts.append(length)
            places.append(piece.span())
            length += len(part)
    return Cell("".join(parts), starts, places)
