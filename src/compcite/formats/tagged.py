"""Read files whose lines begin with tags: RIS, MEDLINE and EndNote's tagged format."""

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
    """A tag and its value, with the places of both in the text.

    The value includes the lines that continue it. ``blank_before`` is true if an empty line stands
    before the tag, or if the text begins with it.
    """

    tag: str
    value: str
    span: Span
    value_span: Span
    blank_before: bool


@dataclass(frozen=True, slots=True)
class Untagged:
    """The place of text that stands before the first tag."""

    span: Span


def read_tagged(text: str, tag: re.Pattern[str]) -> list[TaggedLine | Untagged]:
    """Return the tagged lines of a text.

    ``tag`` is a pattern that matches at the start of a tagged line, and has a group ``tag``. A line
    that it does not match continues the value of the line before. Such lines at the beginning of
    the text, where no tag stands before them, give one ``Untagged``. Empty lines are noted in the
    line that follows.
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
    """Join the untagged lines in ``more`` to the last line of ``found``, and empty ``more``.

    If ``found`` is empty, they are added to it as one ``Untagged``.
    """
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
    """Return the place from the start of the first line to the end of the last one."""
    return Span(lines[0].span.start, lines[-1].span.end)
