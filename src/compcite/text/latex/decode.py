"""LaTeX as it occurs in bibliographies, read as Unicode.

Three classes of field: names and plain text (:func:`decode_text`), titles, which keep CSL's
rich text (:func:`decode_title`), and verbatim fields such as ``url`` (:func:`decode_verbatim`).
Nothing here raises on malformed input: what cannot be meant as LaTeX is text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.text.latex.commands import (
    ACCENTS,
    CASES,
    DECLARATIONS,
    DROPPED,
    LETTERS,
    MARKUP,
    QUOTED,
    RAISED,
    VERBATIM,
    symbol,
)
from compcite.text.markup import change_text, plain
from compcite.text.unicode import accented, first_letter, lowered, raised

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["decode_letters", "decode_text", "decode_title", "decode_verbatim"]

_SPECIAL = re.compile(r"[\\{}$~`\u00a0\u2009]|--|''")
# Patterns are strings where many a file does without them: re compiles at first use and caches.
_PIECE = (
    r"\\(?P<word>[A-Za-z]+)\*?(?P<gap>\s*)|\\(?P<sign>.)|(?P<char>[{}$~^_'])"
    r"|(?P<ligature>---?|``|!`|\?`|`)|(?P<space>\s+)|(?P<text>[^\\{}$~^_'`\s!?-]+|.)"
)
_LIGATURES = {"--": "–", "---": "—", "``": "“", "!`": "¡", "?`": "¿", "`": "‘"}
_OPTION = r"\[[^\[\]{}]*\](?=\{)"
_DEPTH = 40  # deeper braces than anybody means are no braces

_LETTER = r"\s*(?:\{\s*(?:\\(?:[ij])(?:\s*\{\})?|[^\W\d_])\s*\}|\\(?:[ij])(?![A-Za-z])\s*|[^\W\d_])"
_ACCENT = (
    rf"\\(?:[\"'`^~=.]{_LETTER}|[uvHrckdb](?:\s*\{{\s*(?:\\[ij]|[^\W\d_])\s*\}}"
    r"|\s+(?:\\[ij](?![A-Za-z])|[^\W\d_]))|"
    rf"(?:{'|'.join(sorted(LETTERS, key=len, reverse=True))})(?:\{{\}}|\s+|(?![A-Za-z])))"
)
_ACCENTED = rf"(?<!\\)(?:\{{({_ACCENT})\}}|({_ACCENT}))"
_LINK = r"\\(?:url|path|nolinkurl|doi|href|verb|detokenize)\b"

_SPELLED = (
    r"\{?\\(?:textunderscore|_)(?:\{\}|\s)?\}?|\{?\\(?:textasciitilde|string~|~)(?:\{\})?\}?"
    r"|\$\\sim\$|\{?\\([%#&$^{}])(?:\{\})?\}?|\\(?:-|/|allowbreak(?:\{\})?\s*)"
)
_WRAPPED = r"(?s)^\s*(?:\\(?:url|path|nolinkurl|doi|href)\s*)?\{(.*)\}\s*$"


def decode_text(value: str) -> str:
    """The plain text that a LaTeX value prints, without any markup."""
    if not _SPECIAL.search(value):
        return " ".join(value.split())
    value = decode_letters(value)
    if not _SPECIAL.search(value):
        return " ".join(value.split())
    return _Decoder(value, rich=False, protect=False).text()


def decode_title(value: str, *, protect: bool = True) -> str:
    """The title that a LaTeX value prints, with the rich text that CSL allows in titles.

    With ``protect``, braces that keep BibTeX from changing the case become
    ``<span class="nocase">``.
    """
    if not _SPECIAL.search(value):
        return " ".join(value.split())
    value = decode_letters(value)
    if not _SPECIAL.search(value):
        return " ".join(value.split())
    return _Decoder(value, rich=True, protect=protect).text()


def decode_verbatim(value: str) -> str:
    """A value such as a URL, whose only LaTeX is the escapes of special characters."""
    value = value.strip()
    if "\\" not in value and "{" not in value and "$" not in value:
        return value
    for _ in range(_DEPTH):
        wrapped = re.match(_WRAPPED, value)
        if not wrapped or not _balanced(wrapped[1]):
            break
        value = wrapped[1].strip()
    return re.sub(_SPELLED, _unescaped, value)


def decode_letters(value: str) -> str:
    """The value with accents and foreign letters as Unicode, all other LaTeX as it was."""
    if "\\" not in value or re.search(_LINK, value):
        return value
    return re.sub(_ACCENTED, _letter, value)


def _letter(match: re.Match[str]) -> str:
    """The letter that an accent command with its letter, or a letter command, stands for."""
    body = (match[1] or match[2])[1:]
    command = body.rstrip().removesuffix("{}")
    if command in LETTERS:
        return LETTERS[command]
    base = body[1:].strip().strip("{}").strip()
    return accented(base[1] if base[0] == "\\" else base, ACCENTS[body[0]])


def _unescaped(match: re.Match[str]) -> str:
    """The character that an escape of a verbatim field stands for."""
    if match[1]:
        return match[1]
    if "_" in match[0] or "underscore" in match[0]:
        return "_"
    return "~" if "~" in match[0] or "tilde" in match[0] or "sim" in match[0] else ""


def _balanced(text: str) -> bool:
    """Whether no brace closes that was not opened before."""
    depth = 0
    for char in text:
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _last_dollar(text: str) -> int:
    """Where the last dollar sign stands that a formula may begin or end with; -1 without one."""
    at = text.rfind("$")
    while at > 0 and text[at - 1] == "\\":
        at = text.rfind("$", 0, at)
    return at


class _Decoder:
    """One value on its way from LaTeX to Unicode.

    ``_protected`` counts the braces around the place that keep the case; inside one, no other
    is written.
    """

    def __init__(self, value: str, *, rich: bool, protect: bool) -> None:
        self._value = value
        self._rich = rich
        self._protect = protect
        self._at = 0
        self._depth = 0
        self._protected = 0
        self._math = False
        self._quotes = "`" in value
        self._last_dollar = _last_dollar(value)
        self._quoted = 0
        self._token = re.compile(_PIECE, re.DOTALL).match

    def text(self) -> str:
        """The decoded value, blanks joined."""
        out: list[str] = []
        while self._at < len(self._value):
            out.append(self._upto_brace())
            self._at += 1  # a closing brace that nothing opened
        return re.sub(r"[ \t\r\n]+", " ", "".join(out)).strip(" ")

    def _upto_brace(self) -> str:
        """What stands before the brace that closes the group, or before the end."""
        out: list[str] = []
        value = self._value
        while self._at < len(value) and (token := self._token(value, self._at)):
            kind = token.lastgroup
            if kind in {"text", "space"}:
                self._at = token.end()
                out.append(token[0])
            elif kind == "char":
                if token[0] == "}":
                    break
                self._at = token.end()
                out.append(self._char(token[0]))
            elif kind == "ligature":
                self._at = token.end()
                out.append(token[0] if self._math else _LIGATURES[token[0]])
            else:
                self._at = token.end()
                out.append(self._command(token))
        return "".join(out)

    def _char(self, char: str) -> str:
        """What a brace, dollar, tie, caret, underscore or apostrophe prints."""
        if char == "{":
            return self._group()
        if char == "$":
            return self._mathematics()
        if char == "~":
            return "\u00a0"
        if char == "'":
            return self._apostrophe()
        return self._styled(RAISED[char], self._argument()) if self._math else char

    def _apostrophe(self) -> str:
        """An apostrophe, or the quotation mark that two of them close."""
        if self._math:
            return "′"
        if self._value.startswith("'", self._at):
            self._at += 1
            return "”"
        return "’" if self._quotes else "'"

    def _mathematics(self) -> str:
        """A formula, or a dollar sign where no other one follows."""
        if self._math:
            self._math = False
            return ""
        if self._at <= self._last_dollar:
            if self._value.startswith("$", self._at):
                self._at += 1
            self._math = True
            return ""
        return "$"

    def _group(self) -> str:
        """A braced group, marked where its braces keep the case."""
        special = self._value.startswith("\\", self._at)
        keeps = self._rich and self._protect and not self._math and not self._protected
        inner = self._inside(protected=keeps)
        shown = plain(inner)
        if not keeps or shown.lower() == shown.upper() or (special and len(shown) == 1):
            return inner
        return f'<span class="nocase">{inner}</span>'

    def _inside(self, *, protected: bool = False) -> str:
        """The content of a group whose opening brace has been read."""
        if self._depth >= _DEPTH:
            return ""
        self._protected += protected
        inner = self._deeper(self._upto_brace)
        self._protected -= protected
        self._at += 1
        return inner

    def _argument(self) -> str:
        """The next group or token, as the argument of a command."""
        token = self._token(self._value, self._at)
        while token and token["space"]:
            self._at = token.end()
            token = self._token(self._value, self._at)
        if token is None or token["char"] == "}":
            return ""
        if token["char"] == "{":
            self._at = token.end()
            return self._inside()
        if token["text"]:
            letter = first_letter(token["text"])
            self._at += len(letter)
            return letter
        self._at = token.end()
        if token[0][0] != "\\":
            return token[0]
        return self._deeper(lambda: self._command(token))

    def _deeper(self, read: Callable[[], str]) -> str:
        """What is read as part of the command or group around it."""
        self._depth += 1
        inner = read()
        self._depth -= 1
        return inner

    def _raw_argument(self) -> str:
        """The next group as it is written, without its braces."""
        match = re.compile(r"\s*\{").match(self._value, self._at)
        if match is None:
            return ""
        depth, at = 1, match.end()
        while at < len(self._value) and depth:
            depth += {"{": 1, "}": -1}.get(self._value[at], 0)
            at += 1
        self._at = at
        return self._value[match.end() : at - (depth == 0)]

    def _command(self, token: re.Match[str]) -> str:
        """What a command prints, its arguments read."""
        name = token["word"] or token["sign"] or ""
        if self._depth >= _DEPTH:
            return symbol(name) or ""
        if name in ACCENTS and not (self._math and name in RAISED):
            base = self._argument()
            return (
                accented(base, ACCENTS[name]) if base.strip() else (name if token["sign"] else "")
            )
        if name in MARKUP:
            return self._styled(MARKUP[name], self._argument())
        if name in DECLARATIONS:
            return self._styled(DECLARATIONS[name], self._deeper(self._upto_brace))
        if name in CASES:
            return change_text(self._argument(), CASES[name])
        return self._particular_command(name, token["gap"])

    def _particular_command(self, name: str, gap: str | None) -> str:
        """What a command of its own kind prints, else what any command does."""
        if name in QUOTED:
            return self._quotation()
        if name in VERBATIM:
            return self._verbatim(name)
        if name == "ensuremath":
            return self._formula()
        if name == "frac":
            return f"{self._argument()}/{self._argument()}"
        if name == "sqrt":
            return "√" + self._argument()
        return self._plain_command(name, gap)

    def _verbatim(self, name: str) -> str:
        """An argument that is no LaTeX; that of ``verb`` stands between any two equal signs."""
        sign = self._value[self._at : self._at + 1]
        if name == "verb" and sign not in ("", "{"):
            start, end = self._at + 1, self._value.find(sign, self._at + 1)
            if end > 0:
                self._at = end + 1
                return self._value[start:end]
        return decode_verbatim(self._raw_argument())

    def _quotation(self) -> str:
        """The argument of a command that quotes: in a quotation in single quotation marks."""
        self._quoted += 1
        inner = self._argument()
        self._quoted -= 1
        return f"‘{inner}’" if self._quoted % 2 else f"“{inner}”"

    def _formula(self) -> str:
        """The argument of ``ensuremath``."""
        outer, self._math = self._math, True
        inner = self._argument()
        self._math = outer
        return inner

    def _plain_command(self, name: str, gap: str | None) -> str:
        """A symbol; or nothing for a command whose arguments are text and stay as such."""
        shown = symbol(name) if name not in DROPPED else None
        if shown is not None:
            if self._value.startswith("{}", self._at):
                self._at += 2
            if self._math and gap and not shown.isalpha():
                return shown + gap  # a relation stands apart from what follows
            return shown
        for _ in range(DROPPED.get(name, 0)):
            self._raw_argument()
        if option := re.compile(_OPTION).match(self._value, self._at):
            self._at = option.end()
        inner = ""
        while self._value.startswith("{", self._at):
            self._at += 1
            inner += self._inside()
        return inner

    def _styled(self, tag: str, inner: str) -> str:
        """The text in other type: tags in titles, raised and lowered characters elsewhere."""
        if not inner.strip():
            return inner
        if self._rich:
            if tag == "sc":
                return f'<span style="font-variant:small-caps;">{inner}</span>'
            return f"<{tag}>{inner}</{tag}>"
        if tag == "sup":
            return raised(inner) or inner
        if tag == "sub":
            return lowered(inner) or inner
        return inner
