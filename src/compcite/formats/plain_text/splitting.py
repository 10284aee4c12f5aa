"""A pasted list, split into the stretches that are one reference each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.formats.plain_text.dates import UNDATED, YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Stretch", "split_list"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the list: a reference, or the ``heading`` over one."""

    start: int
    end: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its end and the blanks around it, and how far it is indented."""

    start: int
    end: int
    indent: int
    text: str


_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]*(?:\r\n|[\r\n\v\f\x85\u2028\u2029]|$)")
_NUMBER = re.compile(r"(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})[.)]?)(?:\s+|(?=[A-Z“]))(?=\S)")
_BULLET = re.compile(r"(?:[•▪·◦‣–*-])\s+(?=\S)")
_HEADING = re.compile(
    r"(?:\W*|[\dIVX]+\.?\s)(?:the\s)?(?:list of |selected |cited |further )?"
    r"(?:references?(?: list| cited)?|bibliograph(?:y|ie)|works cited|literature(?: cited)?"
    r"|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|références(?: bibliographiques)?"
    r"|bibliografía|referencias|referências|bibliografia|sources|publications|reading)\W*$",
    re.IGNORECASE,
)
_DATED = re.compile(rf"(?<!\d){YEAR}|\b{UNDATED}", re.IGNORECASE)
_LINKED = re.compile(r"https?://|www\.|\b10\.\d{4}|doi|arxiv", re.IGNORECASE)
_LINK = re.compile(r"https?://|\b10\.\d{4,}/", re.IGNORECASE)
_LINK_ALONE = re.compile(r"(?:doi:?\s?)?(?:https?://|10\.\d{4,}/)\S+", re.IGNORECASE)
_FINISHED = re.compile(r"(?:[.)\]”\"]|\d[\w–-]*|https?://\S+|\b10\.\d{4,}/\S+)$")
_OPENS = re.compile(r"(?:[–—_-]{2,}|—|[*_]{0,3}[“\"‘]?[^\W_]|\[|[•▪·◦‣*–-]\s)")
_LABEL = re.compile(r"\[[\w+-]{1,8}\]\s")
_FAMILY = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]el?|der|den|la|[AaEe]l|Mc|Mac|O[’'])[\s-]?|[dl][’'])*"
    r"[^\W\d_a-z][\w’'‐-]+(?:\s[^\W\d_a-z][\w’'‐-]+){0,2}"
)
_INITIALS_FIRST = r"(?:[^\W\d_]\.[\s-]?)+[^\W\d_a-z][\w’'‐-]+(?:,|\sand\s|\s&\s|\set\sal)"
_INITIALS = r",\s(?=[A-Z]\b|[^\W\d_a-z][\w’'‐-]+(?:,|\s[A-Z]\b|\sand\s|\.))|\s[A-Z]{1,4}[,.\s]"
_NAME = re.compile(rf"{_FAMILY}(?:{_INITIALS})|{_INITIALS_FIRST}")
_MAYBE_NAME = re.compile(rf"{_FAMILY}(?:,\s|\s[A-Z]{{1,4}}[,.\s])|{_INITIALS_FIRST}")
# What ends a reference and hardly a line within one: pages, a year, a link.
_END = re.compile(r"(?:\d[\w–-]{0,20}\)?|https?://\S+|\b10\.\d{4,}/\S+)[.]?$")
_LINES = 8  # more of them between blank lines are several references
_NEARLY_ALL = 0.8
# Where fewer references have a number, those are a few numbered ones among others.
_SHARE_NUMBERED = 0.5
_MOSTLY = 0.7  # the share of stretches with a year that makes indentation trustworthy


def split_list(text: str) -> list[Stretch]:
    """The stretches of a list, in order; together they hold everything but blanks."""
    blocks = _blocks(text)
    lines = [line for block in blocks for line in block]
    split = _without_heading if _separated(blocks) else _split_block
    unnumbered = [stretch for block in blocks for stretch in split(block)]
    starts = _numbered(lines)
    if starts and len(starts) >= _SHARE_NUMBERED * len(unnumbered):
        return _grouped(lines, starts, _after_last(blocks, lines, starts))
    return unnumbered


def _separated(blocks: Sequence[Sequence[_Line]]) -> bool:
    """Whether blank lines stand between references.

    Then each block is a few lines, most are several, and not every line has a year or a link.
    """
    bodies = [block for block in blocks if len(block) > 1 or not _HEADING.match(block[0].text)]
    counts = sorted(len(block) for block in bodies)
    if len(bodies) < 2 or not 1 < counts[len(counts) // 2] <= _LINES:  # noqa: PLR2004 - one, two
        return False
    lines = [line for block in bodies for line in block]
    return sum(_complete([line]) for line in lines) < _NEARLY_ALL * len(lines)


def _without_heading(block: list[_Line]) -> list[Stretch]:
    """A block as one reference, with a heading above it apart."""
    if len(block) > 1 and _HEADING.match(block[0].text):
        return [_stretch(block[:1]), _stretch(block[1:])]
    return [_stretch(block)]


def _blocks(text: str) -> list[list[_Line]]:
    """The lines between blank lines."""
    blocks: list[list[_Line]] = [[]]
    for match in _LINE.finditer(text):
        whole = match[0]
        bare = whole.strip()
        if bare:
            lead = len(whole) - len(whole.lstrip())
            start = match.start() + lead
            indent = len(whole[:lead].expandtabs(4))
            blocks[-1].append(_Line(start, start + len(bare), indent, bare))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _numbered(lines: Sequence[_Line]) -> list[int]:
    """The lines that begin a reference by its number, where the list is numbered.

    The numbers have to follow one upon the other, from one up or from that of the first line: a
    page or a year at the head of a line that goes on does not.
    """
    first = next((i for i, line in enumerate(lines) if not _HEADING.match(line.text)), 0)
    best: list[int] = []
    for shape in (1, 2, 3):
        starts: list[int] = []
        expected = None
        for index, line in enumerate(lines):
            match = _NUMBER.match(line.text)
            number = int(match[shape]) if match and match[shape] else None
            begins = expected is None and number is not None and (number <= 1 or index == first)
            if number is not None and (number == expected or begins):
                starts.append(index)
                expected = number + 1
        if len(starts) > max(1, len(best)):
            best = starts
    return best


def _after_last(
    blocks: Sequence[Sequence[_Line]], lines: Sequence[_Line], starts: Sequence[int]
) -> int:
    """Where a numbered list ends: at the blank line after its last reference, if it is whole then.

    Where blank lines stand within other references they end none.
    """
    firsts = {line.start for block in blocks for line in block[:1]}
    inner = set(range(starts[0], starts[-1])) - set(starts)
    if any(lines[index].start in firsts for index in inner):
        return len(lines)
    last = starts[-1]
    return next(
        (
            index
            for index in range(last + 1, len(lines))
            if lines[index].start in firsts and _complete(lines[last:index])
        ),
        len(lines),
    )


def _grouped(lines: Sequence[_Line], starts: Sequence[int], end: int) -> list[Stretch]:
    """Each numbered line with the lines up to the next; other lines stand alone."""
    found = [_stretch([line]) for line in lines[: starts[0]]]
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        found.append(_stretch(lines[start:stop]))
    return [*found, *(_stretch([line]) for line in lines[end:])]


def _stretch(lines: Sequence[_Line]) -> Stretch:
    heading = len(lines) == 1 and _HEADING.match(lines[0].text) is not None
    return Stretch(lines[0].start, lines[-1].end, heading)


def _split_block(block: list[_Line]) -> list[Stretch]:
    """The references of lines without a blank line between them."""
    if _HEADING.match(block[0].text):
        return [_stretch(block[:1]), *(_split_block(block[1:]) if len(block) > 1 else [])]
    starts = _indented(block)
    if starts is None:
        width = max(len(line.text) for line in block)
        starts = [0]
        for index in range(1, len(block)):
            so_far = block[starts[-1] : index]
            if _begins(block[index], so_far, width):
                starts.append(index)
    ends = [*starts[1:], len(block)]
    return [_stretch(block[start:end]) for start, end in zip(starts, ends, strict=True)]


def _indented(block: Sequence[_Line]) -> list[int] | None:
    """Where references begin by indentation; None where it says nothing.

    With hanging indents every line but the first of a reference is indented; with indented
    paragraphs only the first is.
    """
    margins = {line.indent for line in block}
    if len(margins) == 1:
        bullets = [index for index, line in enumerate(block) if _BULLET.match(line.text)]
        return bullets if len(bullets) > 1 and bullets[0] == 0 else None
    margin = min(margins)
    outer = [index for index, line in enumerate(block) if line.indent == margin]
    inner = [index for index, line in enumerate(block) if line.indent > margin]
    starts = outer if outer[0] == 0 else [0, *[i for i in inner if i > 0]]
    dated = [
        _complete(block[start:end])
        for start, end in zip(starts, [*starts[1:], len(block)], strict=True)
    ]
    return starts if sum(dated) >= len(dated) * _MOSTLY else None


def _complete(lines: Sequence[_Line]) -> bool:
    """Whether lines have what a reference has: a year, or a link."""
    text = " ".join(line.text for line in lines)
    return bool(_DATED.search(text) or _LINKED.search(text))


def _begins(line: _Line, before: Sequence[_Line], width: int) -> bool:
    """Whether a line begins a reference, after the lines of the one before it."""
    previous = before[-1].text[-_TAIL:]
    named = (_MAYBE_NAME if _END.search(previous) else _NAME).match(line.text) is not None
    opens = _OPENS.match(line.text) and not _is_link_of(line, before)
    if not opens or (line.text[0].islower() and not named):
        return False
    if width > _UNWRAPPED and _complete(before) and _complete([line]):
        return True
    if not _complete(before) or not _FINISHED.search(previous):
        return False
    if _BULLET.match(line.text) or _LABEL.match(line.text):
        return True
    short = len(before[-1].text) < width - _ROOM - len(line.text.split()[0])
    if named:
        return (
            short
            or previous[-1] in ".)"
            or previous[-1].isdigit()
            or bool(_LINKED.search(previous))
        )
    # An institution or a title at its head, on a line that is a reference by itself.
    whole = _DATED.search(line.text) is not None and len(line.text) > _SHORT
    return whole and (short or previous[-1] == "." or len(before[-1].text) > _WRAPPED)


def _is_link_of(line: _Line, before: Sequence[_Line]) -> bool:
    """Whether a line is nothing but the link that the lines before it lack."""
    alone = _LINK_ALONE.fullmatch(line.text) is not None
    return alone and not any(_LINK.search(one.text) for one in before)


_TAIL = 200  # characters at the end of a line that tell whether a reference may end there
_ROOM = 12  # characters that a wrapped line may leave free at its end
_SHORT = 45  # characters; a line below that is no reference by itself
_UNWRAPPED = 200  # characters; where a line is longer than that, no line is wrapped
_WRAPPED = 120  # characters; lines longer than that are not wrapped by hand
