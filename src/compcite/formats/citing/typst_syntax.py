"""What stands where in a Typst document: markup, code, mathematics, strings, comments, raw text.

Source: the Typst reference, "Syntax", and what typst 0.13 does where it is silent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

__all__ = ["TypstText", "scan_typst"]

_TOKEN = re.compile(
    r"""(?P<link>https?://[^\s<>"\[\](){}]*+)
      | (?P<comment>//[^\r\n]*+) | (?P<block>/\*) | (?P<raw>`++) | (?P<string>")
      | (?P<escape>\\(?:u\{[^}\s]*+\}|.|\Z))
      | @(?P<reference>[\w.:-]++) | <(?P<label>[\w.:-]++)>
      | (?P<bracket>[\[\](){}]) | (?P<hash>\#) | (?P<math>\$) | (?P<end>;|\r\n|\n|\r)""",
    re.VERBOSE | re.DOTALL,
)
_STRING = re.compile(r'(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_COMMENT_MARK = re.compile(r"/\*|\*/")
_STATEMENT = re.compile(r"(let|set|show|import|include|return|if|for|while|context)\b(?!-)")
_BLOCKS = frozenset({"if", "for", "while", "context"})
_CALLED = re.compile(r"[\w-]++(?:\.[\w-]++)*+(?=[(\[])|(?=[({])")
_CALLED_AGAIN = re.compile(r"(?:\.[\w-]++)*+\(")
_ELSE = re.compile(r"\s*+else\b")
_MAIL_BEFORE = re.compile(r"[A-Za-z0-9_.+-]\Z")
_MAIL_AFTER = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


class _Mode(Enum):
    """What a stretch of a document is read as."""

    MARKUP = "[ ]"
    CODE = "( ) or { }"
    STATEMENT = "to the end of the line"
    BLOCKS = "to the end of the last block"
    MATH = "$ $"


@dataclass(slots=True)
class TypstText:
    """What a scan finds: stretches by their offsets.

    ``references`` are the names behind ``@`` in markup, ``labels`` those in angle brackets
    there, which label what stands before them.
    """

    comments: list[tuple[int, int]] = field(default_factory=list)
    raws: list[tuple[int, int]] = field(default_factory=list)
    strings: list[tuple[int, int]] = field(default_factory=list)
    references: list[tuple[int, int]] = field(default_factory=list)
    labels: list[tuple[int, int]] = field(default_factory=list)


def scan_typst(text: str) -> TypstText:
    """The parts of a Typst document that matter for what it cites."""
    found = TypstText()
    modes = [_Mode.MARKUP]
    at = 0
    while token := _TOKEN.search(text, at):
        kind = token.lastgroup
        start, at = token.span()
        mode = modes[-1]
        if kind == "link" and mode is not _Mode.MARKUP:
            at = start + len("http")  # in code it would have to be in a string
        elif kind == "comment":
            found.comments.append((start, at))
        elif kind == "block":
            at = _comment_end(text, at)
            found.comments.append((start, at))
        elif kind == "raw":
            at = _raw_end(text, at, len(token[0]))
            found.raws.append((start, at))
        elif kind == "string" and (mode is not _Mode.MARKUP or text[start - 1 : start] == "#"):
            string = _STRING.match(text, at)
            at = string.end() if string else at
            found.strings.append((start, at))
        elif kind == "escape" and mode not in (_Mode.MARKUP, _Mode.MATH):
            at = start + 1
        elif kind == "reference":
            _reference(text, token, mode, found)
        elif kind == "label" and mode is _Mode.MARKUP:
            found.labels.append(token.span("label"))
        elif kind == "bracket":
            at = _bracket(text, token[0], at, modes)
        elif kind == "hash" and mode in (_Mode.MARKUP, _Mode.MATH):
            at = _code(text, at, modes)
        elif kind == "math":
            if mode is _Mode.MATH:
                modes.pop()
            else:
                modes.append(_Mode.MATH)
        elif kind == "end":
            while modes[-1] is _Mode.STATEMENT:
                modes.pop()
    return found


def _comment_end(text: str, at: int) -> int:
    """Where a block comment ends; comments nest."""
    depth = 1
    while depth and (mark := _COMMENT_MARK.search(text, at)):
        depth += 1 if mark[0] == "/*" else -1
        at = mark.end()
    return at if not depth else len(text)


def _raw_end(text: str, at: int, ticks: int) -> int:
    """Where raw text ends that begins with so many backticks; two are empty raw text."""
    if ticks == 2:  # noqa: PLR2004 - an opening and a closing one
        return at
    end = text.find("`" * ticks, at)
    return end + ticks if end >= 0 else len(text)


def _reference(text: str, token: re.Match[str], mode: _Mode, found: TypstText) -> None:
    """Note a reference, unless it is the second half of an e-mail address."""
    start, end = token.span("reference")
    while end > start and text[end - 1] in ".:":
        end -= 1  # belongs to the sentence
    before = _MAIL_BEFORE.search(text, max(token.start() - 1, 0), token.start())
    mail = before is not None and _MAIL_AFTER.fullmatch(text, start, end)
    if mode is _Mode.MARKUP and end > start and not mail:
        found.references.append((start, end))


def _bracket(text: str, bracket: str, at: int, modes: list[_Mode]) -> int:
    """Follow a bracket into a mode or out of it; the place from which to read on."""
    mode = modes[-1]
    if bracket == "[":
        if mode is not _Mode.MATH:
            modes.append(_Mode.MARKUP)
    elif bracket in "({":
        if mode not in (_Mode.MARKUP, _Mode.MATH):
            modes.append(_Mode.CODE)
    elif bracket == "]":
        while modes[-1] is _Mode.STATEMENT or (modes[-1] is _Mode.BLOCKS and len(modes) > 1):
            modes.pop()
        if modes[-1] is _Mode.MARKUP and len(modes) > 1:
            modes.pop()
            _end_blocks(text, at, modes)
    elif mode is _Mode.CODE:
        modes.pop()
        if bracket == "}":
            _end_blocks(text, at, modes)
        if modes[-1] is _Mode.MARKUP and (again := _CALLED_AGAIN.match(text, at)):
            modes.append(_Mode.CODE)
            return again.end()
    return at


def _end_blocks(text: str, at: int, modes: list[_Mode]) -> None:
    """Leave ``#if`` and the like behind its last block."""
    if modes[-1] is _Mode.BLOCKS and not _ELSE.match(text, at):
        modes.pop()


def _code(text: str, at: int, modes: list[_Mode]) -> int:
    """Enter the code that a ``#`` begins; the place from which to read on."""
    if statement := _STATEMENT.match(text, at):
        modes.append(_Mode.BLOCKS if statement[1] in _BLOCKS else _Mode.STATEMENT)
        return statement.end()
    called = _CALLED.match(text, at)
    if called is None:
        return at
    if text[called.end()] in "({":
        modes.append(_Mode.CODE)
        return called.end() + 1
    return called.end()
