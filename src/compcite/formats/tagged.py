"""Files of tagged lines, which RIS, MEDLINE and EndNote's tagged format are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TaggedLine", "Untagged", "read_tagged", "span_of"]

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|[\r\n]|\Z)")


@dataclass(frozen=True, slots=True)
class TaggedLine:
    """A tag and its value, joined from continuation lines, with the places of both.

    ``blank_before`` tells that an empty line, or nothing, stands before it.
    """

    tag: str
    value: str
    span: Span
    value_span: Span
    blank_before: bool


@dataclass(frozen=True, slots=True)
class Untagged:
    """Lines of text before which no tag stands."""

    span: Span


def read_tagged(text: str, tag: re.Pattern[str]) -> list[TaggedLine | Untagged]:
    """The tagged lines of a text; ``tag`` matches at a line's start and has a group ``tag``.

    A line that does not match goes on with the value of the line before.
    """
    found: list[TaggedLine | Untagged] = []
    blank = True
    for line in _LINE.finditer(text):
        content = line[1].rstrip()
        if not content:
            blank = True
            continue
        start, end = line.start(), line.start() + len(content)
        if match := tag.match(content):
            value = content[match.end() :]
            value_start = end - len(value.lstrip())
            spans = Span(start, end), Span(value_start, end)
            found.append(TaggedLine(match["tag"], value.strip(), *spans, blank))
        elif found:
            found[-1] = _longer(found[-1], content.strip(), start + _indent(content), end)
        else:
            found.append(Untagged(Span(start, end)))
        blank = False
    return found


def _longer(line: TaggedLine | Untagged, more: str, start: int, end: int) -> TaggedLine | Untagged:
    """A line with one more line of text."""
    span = Span(line.span.start, end)
    if isinstance(line, Untagged):
        return Untagged(span)
    value_span = Span(line.value_span.start if line.value else start, end)
    value = f"{line.value}\n{more}".lstrip()
    return TaggedLine(line.tag, value, span, value_span, line.blank_before)


def _indent(content: str) -> int:
    """How many blanks a line begins with."""
    return len(content) - len(content.lstrip())


def span_of(lines: Sequence[TaggedLine | Untagged]) -> Span:
    """The stretch from the first line to the end of the last."""
    return Span(lines[0].span.start, lines[-1].span.end)
