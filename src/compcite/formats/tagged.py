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
    more: list[Untagged] = []
    blank = True
    for line in _LINE.finditer(text):
        content = line[1].rstrip()
        if not content:
            blank = True
            continue
        start, end = line.start(), line.start() + len(content)
        if match := tag.match(content):
            _lengthen(text, found, more)
            value = content[match.end() :]
            value_start = end - len(value.lstrip())
            spans = Span(start, end), Span(value_start, end)
            found.append(TaggedLine(match["tag"], value.strip(), *spans, blank))
        else:
            more.append(Untagged(Span(end - len(content.lstrip()), end)))
        blank = False
    _lengthen(text, found, more)
    return found


def _lengthen(text: str, found: list[TaggedLine | Untagged], more: list[Untagged]) -> None:
    """Join the lines of text behind the last line that was found to it, or let them be one."""
    if not more:
        return
    end = more[-1].span.end
    last = found.pop() if found else more[0]
    span = Span(last.span.start, end)
    if isinstance(last, TaggedLine):
        lines = [text[one.span.start : one.span.end] for one in more]
        value = "\n".join([last.value, *lines] if last.value else lines)
        value_span = Span(last.value_span.start if last.value else more[0].span.start, end)
        found.append(TaggedLine(last.tag, value, span, value_span, last.blank_before))
    else:
        found.append(Untagged(span))
    more.clear()


def span_of(lines: Sequence[TaggedLine | Untagged]) -> Span:
    """The stretch from the first line to the end of the last."""
    return Span(lines[0].span.start, lines[-1].span.end)
