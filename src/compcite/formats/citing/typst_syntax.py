"""Tell apart the parts of a Typst document: markup, code, mathematics, strings, comments, raw text.

Source: the Typst reference, "Syntax", and what typst 0.13 does where it is silent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TypstText", "scan_typst"]

_TOKEN = re.compile(
    r"""(?P<link>https?://[^\s<>"\[\](){}]*+)
      | (?P<comment>//[^\r\n]*+) | (?P<block>/\*) | (?P<raw>`++) | (?P<string>")
      | (?P<escape>\\(?:u\{[^}\s]*+\}|.|\Z))
      | @(?P<reference>[\w.:-]++) | <(?P<label>[\w.:-]++)>
      | (?P<open>[\[({]) | (?P<close>[\])}])
      | (?P<hash>\#) | (?P<math>\$) | (?P<end>;|\r\n|\n|\r)""",
    re.VERBOSE | re.DOTALL,
)
_STRING = re.compile(r'(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_COMMENT_MARK = re.compile(r"/\*|\*/")
_STATEMENT = re.compile(r"(let|set|show|import|include|return|if|for|while|context)\b(?!-)")
_BLOCKS = frozenset({"if", "for", "while", "context"})
_CALLED = re.compile(r"[\w-]++(?:\.[\w-]++)*+(?=[(\[])|(?=[({])")
_CALLED_AGAIN = re.compile(r"(?:\.[\w-]++)*+\(")
_METHOD = re.compile(r"(?:\.[A-Za-z_][\w-]*+)++\(")
_ELSE = re.compile(r"\s*+else\b")
_MAIL_BEFORE = re.compile(r"[A-Za-z0-9_.+-]")
_MAIL_AFTER = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


class _Mode(Enum):
    """How Typst reads a part of a document; the value says where such a part ends."""

    MARKUP = "[ ]"
    CODE = "( ) or { }"
    STATEMENT = "to the end of the line"
    BLOCKS = "to the end of the last block"
    MATH = "$ $"


@dataclass(slots=True)
class TypstText:
    """What a scan finds, as pairs of start and end.

    ``references`` are the names after ``@`` in markup. ``labels`` are the names in angle brackets
    in markup, each of which names what stands before it.
    """

    comments: list[tuple[int, int]] = field(default_factory=list)
    raws: list[tuple[int, int]] = field(default_factory=list)
    strings: list[tuple[int, int]] = field(default_factory=list)
    references: list[tuple[int, int]] = field(default_factory=list)
    labels: list[tuple[int, int]] = field(default_factory=list)


def scan_typst(text: str) -> TypstText:
    """Return the comments, raw texts, strings, references and labels of a Typst document."""
    scan = _Scan(text)
    at = 0
    while token := _TOKEN.search(text, at):
        at = _STEPS[token.lastgroup or ""](scan, token)
    return scan.found


class _Scan:
    """A text and the modes in which it is read; the innermost mode is the last.

    Each method for a kind of token notes what the token means, and returns the offset to read on
    from.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = TypstText()
        self.modes = [_Mode.MARKUP]

    def link(self, token: re.Match[str]) -> int:
        """Skip an address in markup, so that nothing in it counts as a token.

        In code an address stands in a string, so only ``http`` is skipped.
        """
        return token.end() if self._in(_Mode.MARKUP) else token.start() + len("http")

    def comment(self, token: re.Match[str]) -> int:
        """Note a comment that goes to the end of the line."""
        self.found.comments.append(token.span())
        return token.end()

    def block(self, token: re.Match[str]) -> int:
        """Note a comment between ``/*`` and ``*/``, which can hold other such comments."""
        depth, at = 1, token.end()
        while depth and (mark := _COMMENT_MARK.search(self.text, at)):
            depth += 1 if mark[0] == "/*" else -1
            at = mark.end()
        at = len(self.text) if depth else at
        self.found.comments.append((token.start(), at))
        return at

    def raw(self, token: re.Match[str]) -> int:
        """Note raw text, which ends at as many backticks as it begins with; two alone are empty."""
        ticks, at = token[0], token.end()
        if ticks != "``":
            end = self.text.find(ticks, at)
            at = end + len(ticks) if end >= 0 else len(self.text)
        self.found.raws.append((token.start(), at))
        return at

    def string(self, token: re.Match[str]) -> int:
        """Note a string in code; in markup, skip the sign, which is only a quotation mark."""
        in_markup = self._in(_Mode.MARKUP) and not self.text.endswith("#", 0, token.start())
        string = None if in_markup else _STRING.match(self.text, token.end())
        if string is None:
            return token.end()
        self.found.strings.append((token.start(), string.end()))
        return string.end()

    def escape(self, token: re.Match[str]) -> int:
        """Skip a backslash; in markup and mathematics, skip the character after it too."""
        escapes = self._in(_Mode.MARKUP, _Mode.MATH)
        return token.end() if escapes else token.start() + 1

    def reference(self, token: re.Match[str]) -> int:
        """Note a name after ``@`` in markup, unless it is the second half of an e-mail address."""
        start, end = token.span("reference")
        while end > start and self.text[end - 1] in ".:":
            end -= 1  # belongs to the sentence
        before = _MAIL_BEFORE.match(self.text, token.start() - 1) if token.start() else None
        mail = before is not None and _MAIL_AFTER.fullmatch(self.text, start, end)
        if self._in(_Mode.MARKUP) and end > start and not mail:
            self.found.references.append((start, end))
        return token.end()

    def label(self, token: re.Match[str]) -> int:
        """Note a name in angle brackets in markup; in code it is a value and is skipped."""
        if self._in(_Mode.MARKUP):
            self.found.labels.append(token.span("label"))
        return token.end()

    def open(self, token: re.Match[str]) -> int:
        """Enter the mode of an opening bracket: markup for ``[``, code for ``(`` and ``{``.

        In markup and mathematics ``(`` and ``{`` are plain text, and in mathematics ``[`` is too.
        """
        if token[0] == "[":
            if not self._in(_Mode.MATH):
                self.modes.append(_Mode.MARKUP)
        elif not self._in(_Mode.MARKUP, _Mode.MATH):
            self.modes.append(_Mode.CODE)
        return token.end()

    def close(self, token: re.Match[str]) -> int:
        """Leave the mode that a closing bracket ends, and the statements that end with it.

        Returns where to read on: behind a call on what has just ended, if one follows.
        """
        modes, at = self.modes, token.end()
        if token[0] == "]":
            while self._in(_Mode.STATEMENT, _Mode.BLOCKS):
                modes.pop()
            if self._in(_Mode.MARKUP) and len(modes) > 1:
                modes.pop()
                self._end_blocks(at)
                return self._called_on(at, _METHOD)
        elif self._in(_Mode.CODE):
            modes.pop()
            if token[0] == "}":
                self._end_blocks(at)
            return self._called_on(at, _CALLED_AGAIN)
        return at

    def _called_on(self, at: int, call: re.Pattern[str]) -> int:
        """Enter code if a call follows at ``at`` on what has just ended; return where to read on.

        Example: the ``.with(`` after ``#text[…]``. ``call`` is the pattern of such a call.
        """
        called = call.match(self.text, at) if self._in(_Mode.MARKUP) else None
        if called is None:
            return at
        self.modes.append(_Mode.CODE)
        return called.end()

    def hash(self, token: re.Match[str]) -> int:
        """Enter the code that ``#`` begins in markup or mathematics: statement, call or group."""
        at = token.end()
        if not self._in(_Mode.MARKUP, _Mode.MATH):
            return at
        if statement := _STATEMENT.match(self.text, at):
            blocks = statement[1] in _BLOCKS
            self.modes.append(_Mode.BLOCKS if blocks else _Mode.STATEMENT)
            return statement.end()
        called = _CALLED.match(self.text, at)
        if called is None:
            return at
        if self.text[called.end()] in "({":
            self.modes.append(_Mode.CODE)
            return called.end() + 1
        return called.end()

    def math(self, token: re.Match[str]) -> int:
        """Enter mathematics, or leave it, at a ``$``."""
        if self._in(_Mode.MATH):
            self.modes.pop()
        else:
            self.modes.append(_Mode.MATH)
        return token.end()

    def end(self, token: re.Match[str]) -> int:
        """Leave the statements that end at a line's end or a semicolon."""
        while self._in(_Mode.STATEMENT):
            self.modes.pop()
        return token.end()

    def _in(self, *modes: _Mode) -> bool:
        """Return whether the innermost mode is one of ``modes``."""
        return self.modes[-1] in modes

    def _end_blocks(self, at: int) -> None:
        """Leave ``#if`` and similar statements after their last block, if no ``else`` follows."""
        if self._in(_Mode.BLOCKS) and not _ELSE.match(self.text, at):
            self.modes.pop()


_STEPS: dict[str, Callable[[_Scan, re.Match[str]], int]] = {
    "link": _Scan.link,
    "comment": _Scan.comment,
    "block": _Scan.block,
    "raw": _Scan.raw,
    "string": _Scan.string,
    "escape": _Scan.escape,
    "reference": _Scan.reference,
    "label": _Scan.label,
    "open": _Scan.open,
    "close": _Scan.close,
    "hash": _Scan.hash,
    "math": _Scan.math,
    "end": _Scan.end,
}
