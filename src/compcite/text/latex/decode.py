"""Turn the LaTeX of bibliographies into Unicode.

There are three kinds of field: names and plain text (:func:`decode_text`), titles, which keep CSL's
rich text (:func:`decode_title`), and verbatim fields such as ``url`` (:func:`decode_verbatim`).
Nothing here raises for malformed input: what cannot be LaTeX is taken as text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

from compcite.text.latex.commands import (
    ACCENTS,
    CASES,
    DECLARATIONS,
    DROPPED,
    FONTS,
    FRACTIONS,
    LETTERS,
    MARKUP,
    OPERATORS,
    QUANTITIES,
    QUOTED,
    RAISED,
    SPACES,
    UPRIGHT_TEXT,
    VERBATIM,
    accent,
    symbol,
)
from compcite.text.latex.quantities import read_number, read_unit
from compcite.text.markup import change_text, with_csl_faces, without_tags
from compcite.text.unicode import accented, first_letter, subscript, superscript

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["decode_letters", "decode_text", "decode_title", "decode_verbatim"]

_SPECIAL = re.compile(r"[\\{}$~`\u00a0\u2009]|--|''|&[a-z#]")
# Patterns are strings where many a file does without them: re compiles at first use and caches.
_PIECE = (
    r"\\(?P<word>[A-Za-z]+)(?:\*(?=\s*[{\[]))?(?P<gap>\s*)|\\(?P<sign>.)|(?P<char>[{}$~^_'])"
    r"|(?P<ligature>---?|``|!`|\?`|`)|(?P<space>\s+)|(?P<text>[^\\{}$~^_'`\s!?-]+|.)"
)
_LIGATURES = {"--": "–", "---": "—", "``": "“", "!`": "¡", "?`": "¿", "`": "‘"}
_OPTION = re.compile(r"\[([^\[\]{}]*)\](?=\s*\{)")
_DIMENSION = re.compile(r"\s*+=?\s*+(-?)[\d.,]++\s*+(?:pt|em|ex|mm|cm|in|mu|sp|bp|pc|dd|cc)\b ?")
_CODE = re.compile(r"\s*(?:(?P<decimal>\d+)|\"(?P<hexadecimal>[0-9A-F]+)|'(?P<octal>[0-7]+))\s?")
_BASES = {"decimal": 10, "hexadecimal": 16, "octal": 8}
_LAST_CODE = 0x10FFFF  # of Unicode
# A condition: TeX takes the first branch in a formula and the second one elsewhere.
_IN_FORMULA = (
    r"(?s)\\ifmmode(?![A-Za-z])((?:(?!\\ifmmode|\\else|\\fi).)*+)"
    r"(?:\\else(?![A-Za-z])\s*((?:(?!\\ifmmode|\\fi).)*+))?\\fi(?![A-Za-z])"
)
# References of HTML, as publishers' exports have them between LaTeX: R{\&}amp;D.
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
# What an accent prints that has no letter to stand on.
_ALONE = {
    **{sign: sign for sign in "`'^~\"=."},
    "c": "¸",
    "u": "˘",
    "v": "ˇ",
    "r": "˚",
    "k": "˛",
    "H": "˝",
}
_SPELLED_OPERATORS = {"bmod": "mod", "limsup": "lim sup", "liminf": "lim inf"}
_ROOTS = {"3": "∛", "4": "∜"}
_OVERLAY = "\u0338"  # the stroke that negates the sign before it
_SEVERAL = re.compile(r"(?<=[\w)>])\s*[-+−±/ ]\s*(?=[\w(<√])")  # a sum, say, over something
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
    """Return the plain text that a LaTeX value prints, without any markup and with single blanks.

    Super- and subscripts become such characters where there are any.
    """
    if not _SPECIAL.search(value):
        return " ".join(value.split())
    value = decode_letters(value)
    if not _SPECIAL.search(value):
        return " ".join(value.split())
    return _Decoder(value, rich=False, protect=False).text()


def decode_title(value: str, *, protect: bool = True) -> str:
    """Return the title that a LaTeX value prints, with the rich text that CSL allows in titles.

    With ``protect``, braces that keep BibTeX from changing the case become
    ``<span class="nocase">``. Tags of HTML for the same faces become those of CSL: ``<em>`` is
    ``<i>``.
    """
    if not _SPECIAL.search(value):
        return with_csl_faces(" ".join(value.split()))
    value = decode_letters(value)
    if not _SPECIAL.search(value):
        return with_csl_faces(" ".join(value.split()))
    return with_csl_faces(_Decoder(value, rich=True, protect=protect).text())


def decode_verbatim(value: str) -> str:
    r"""Return a value such as a URL, in which only special characters are escaped.

    Braces around the whole value and commands such as ``\url`` are removed; ``\_`` becomes ``_``.
    """
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
    r"""Return the value with accents and foreign letters as Unicode; other LaTeX stays.

    A value with a link stays as it is, since an address may look like accents. Of ``\ifmmode`` only
    the branch that TeX takes stays.
    """
    if "\\" not in value or re.search(_LINK, value):
        return value
    if "\\ifmmode" in value:
        value = re.sub(_IN_FORMULA, _branch, value)
    return re.sub(_ACCENTED, _letter, value)


def _branch(condition: re.Match[str]) -> str:
    r"""Return the branch of ``\ifmmode`` that TeX takes, by the dollar signs before it."""
    before = condition.string[: condition.start()]
    in_formula = (before.count("$") - before.count("\\$")) % 2
    return (condition[1] if in_formula else condition[2] or "").strip()


def _letter(match: re.Match[str]) -> str:
    """Return the letter for an accent command with its argument, or for a letter command."""
    body = (match[1] or match[2])[1:]
    command = body.rstrip().removesuffix("{}")
    if command in LETTERS:
        return LETTERS[command]
    base = body[1:].strip().strip("{}").strip()
    return accented(base[1] if base[0] == "\\" else base, ACCENTS[body[0]])


def _unescaped(match: re.Match[str]) -> str:
    """Return the character for an escape in a verbatim field; empty for a mere place to break."""
    if match[1]:
        return match[1]
    if "_" in match[0] or "underscore" in match[0]:
        return "_"
    return "~" if "~" in match[0] or "tilde" in match[0] or "sim" in match[0] else ""


def _balanced(text: str) -> bool:
    """Return whether every brace in a text has its partner."""
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
    """Return the place of the last dollar sign that can begin or end a formula, or -1."""
    at = text.rfind("$")
    while at > 0 and text[at - 1] == "\\":
        at = text.rfind("$", 0, at)
    return at


class _Decoder:
    """Turns one value from LaTeX into Unicode.

    ``_at`` is the place of the reading. ``_protected`` counts the braces around it that keep the
    case; inside of one, no other mark is written.
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
        self._last_places: dict[str, int] = {}
        self._quoted = 0
        self._start = 0  # of the command that is being read
        self._token = re.compile(_PIECE, re.DOTALL).match

    def text(self) -> str:
        """Return the decoded value, with single blanks, and without braces that nothing opened."""
        out: list[str] = []
        while self._at < len(self._value):
            out.append(self._upto_brace())
            self._at += 1  # a closing brace that nothing opened
        shown = "".join(out)
        if "&" in shown:
            shown = _ENTITY.sub(lambda found: html.unescape(found[0]), shown)
        return re.sub(r"[ \t\r\n]+", " ", shown).strip(" ")

    def _upto_brace(self, *, formula: bool = False) -> str:
        """Read on, and return the text that LaTeX prints, without the commands.

        Reading stops before the brace that closes the group, or at the end of the value; with
        ``formula``, also behind the sign that ends the formula.
        """
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
            if formula and not self._math:
                break
        return "".join(out)

    def _char(self, char: str) -> str:
        """Return what a brace, dollar, tie, caret, underscore or apostrophe prints."""
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
        """Return an apostrophe; of two, a closing quotation mark; in a formula, a prime.

        It is a curved one if the value also has backquotes.
        """
        if self._math:
            return "′"
        if self._value.startswith("'", self._at):
            self._at += 1
            return "”"
        return "’" if self._quotes else "'"

    def _mathematics(self) -> str:
        """Return a formula, or a dollar sign if no other one follows.

        Within a formula, the dollar ends it, and prints nothing.
        """
        if self._math:
            self._math = False
            return ""
        if self._at > self._last_dollar:
            return "$"
        display = self._value.startswith("$", self._at)
        self._at += display
        inner = self._formula()
        if display and self._value.startswith("$", self._at):
            self._at += 1
        return inner

    def _formula(self) -> str:
        """Return a formula whose beginning has been read; its letters keep their case."""
        self._math = True
        return self._in_its_case(self._deeper(lambda: self._upto_brace(formula=True)))

    def _in_its_case(self, inner: str) -> str:
        """Return a text marked to keep its case, if it has letters with a case.

        It stays where no marks are wanted or one is open already.
        """
        shown = without_tags(inner)
        if not self._rich or not self._protect or self._protected or shown.lower() == shown.upper():
            return inner
        return f'<span class="nocase">{inner}</span>'

    def _group(self) -> str:
        r"""Return what a group in braces prints, marked if the braces keep its case.

        Braces around a command for one letter, as in ``{\alpha}``, do not.
        """
        special = self._value.startswith("\\", self._at)
        keeps = self._rich and self._protect and not self._math and not self._protected
        inner = self._inside(protected=keeps)
        if not keeps or (special and len(without_tags(inner)) == 1):
            return inner
        return self._in_its_case(inner)

    def _inside(self, *, protected: bool = False) -> str:
        """Return what a group prints; its opening brace has been read."""
        if self._depth >= _DEPTH:
            return ""
        self._protected += protected
        inner = self._deeper(self._upto_brace)
        self._protected -= protected
        self._at += 1
        return inner

    def _argument(self) -> str:
        """Return what the next group or token prints, as the argument of a command.

        Without braces it is one letter or one command. Before a closing brace it is empty.
        """
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
        """Return what ``read`` returns, one level deeper in commands and groups."""
        self._depth += 1
        inner = read()
        self._depth -= 1
        return inner

    def _raw_argument(self) -> str:
        """Return the next group as it is written, without its braces; empty if none follows.

        A group that is never closed goes up to the end of the value.
        """
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
        """Return what a command prints, and read its arguments.

        In too many groups, only symbols are printed.
        """
        name = token["word"] or token["sign"] or ""
        if self._depth >= _DEPTH:
            return symbol(name) or ""
        read = _PARTICULAR.get(name)
        if read is None or (self._math and name in RAISED):
            return self._plain_command(name, token)
        self._start = token.start()
        return read(self, name)

    def _accented(self, name: str) -> str:
        """Return the argument with an accent, or the accent alone if there is no letter.

        An accent that has no sign of its own then prints nothing.
        """
        base = self._argument()
        return accented(base, ACCENTS[name]) if base.strip() else _ALONE.get(name, "")

    def _in_type(self, name: str) -> str:
        """Return the argument of a command for a font, such as italics, with the tags for it."""
        return self._styled(MARKUP[name], self._argument())

    def _rest_in_type(self, name: str) -> str:
        r"""Return the rest of the group in the font that a command such as ``\it`` begins."""
        return self._styled(DECLARATIONS[name], self._deeper(self._upto_brace))

    def _as_it_is(self, _name: str) -> str:
        """Return the argument without a change of font, since CSL has no tag for it."""
        return self._argument()

    def _in_other_case(self, name: str) -> str:
        """Return the argument in capital or in small letters."""
        return change_text(self._argument(), CASES[name])

    def _verbatim(self, name: str) -> str:
        """Return an argument that is no LaTeX; that of ``verb`` stands between two equal signs."""
        sign = self._value[self._at : self._at + 1]
        if name == "verb" and sign not in ("", "{"):
            start, end = self._at + 1, self._value.find(sign, self._at + 1)
            if end > 0:
                self._at = end + 1
                return self._value[start:end]
        return decode_verbatim(self._raw_argument())

    def _quotation(self, _name: str) -> str:
        """Return the argument in quotation marks; single ones within another quotation."""
        self._quoted += 1
        inner = self._argument()
        self._quoted -= 1
        return f"‘{inner}’" if self._quoted % 2 else f"“{inner}”"

    def _argument_in(self, *, math: bool) -> str:
        """Return the next argument, read as a formula if ``math`` is true, else as text."""
        outer, self._math = self._math, math
        inner = self._argument()
        self._math = outer
        return inner

    def _ensured_formula(self, _name: str) -> str:
        """Return the argument of ``ensuremath``, read as a formula."""
        inner = self._argument_in(math=True)
        return inner if self._math else self._in_its_case(inner)

    def _upright_text(self, _name: str) -> str:
        """Return an argument that is text, also within a formula."""
        return self._argument_in(math=False)

    def _parenthesis(self, name: str) -> str:
        r"""Return a formula between ``\(`` and ``\)``, or between ``\[`` and ``\]``.

        A closing one ends the formula and prints nothing, as does an opening one that nothing
        closes.
        """
        if name in {")", "]"}:
            self._math = False
            return ""
        closing = "\\)" if name == "(" else "\\]"
        if self._math or self._last_place(closing) < self._at:
            return ""
        return self._formula()

    def _last_place(self, closing: str) -> int:
        """Return the place of the last ``closing`` in the value, or -1; it is looked for once."""
        if closing not in self._last_places:
            self._last_places[closing] = self._value.rfind(closing)
        return self._last_places[closing]

    def _fraction(self, _name: str) -> str:
        """Return one argument over another: ``1/2``, ``(a + b)/c``."""
        self._skip_option()
        above, below = self._argument(), self._argument()
        return f"{_as_one(above)}/{_as_one(below)}"

    def _binomial(self, _name: str) -> str:
        """Return two arguments in parentheses: ``(n k)``."""
        return f"({self._argument()} {self._argument()})"

    def _root(self, _name: str) -> str:
        """Return a root; the optional argument says which one: ``∛x``."""
        degree = self._skip_option()
        root = _ROOTS.get(degree, "√")
        raised_degree = self._styled("sup", degree) if root == "√" else ""
        return raised_degree + root + _as_one(self._argument())

    def _beside(self, name: str) -> str:
        """Return a base sign with another one above or below it, as super- or subscript.

        The command's first argument is the other sign.
        """
        other, base = self._argument(), self._argument()
        return base + self._styled("sub" if name == "underset" else "sup", other)

    def _negated(self, _name: str) -> str:
        """Return the next sign with a stroke through it."""
        sign = self._argument().lstrip()
        return accented(sign, _OVERLAY) if sign else ""

    def _remainder(self, _name: str) -> str:
        """Return the argument of ``pmod``: `` (mod n)``."""
        return f" (mod {self._argument()})"

    def _quantity(self, name: str) -> str:
        """Return a number with its unit, a range with its unit, or an angle, as siunitx does.

        ``name`` is the command; the table :data:`QUANTITIES` says which arguments it has.
        """
        self._skip_option()
        printed: list[str] = []
        for kind in QUANTITIES[name]:
            written = self._raw_argument()
            if kind == "u":
                printed.append(read_unit(written))
            elif kind == "a":
                parts = zip(written.split(";"), "°′″", strict=False)
                printed.append("".join(read_number(part) + sign for part, sign in parts if part))
            else:
                printed.append(("–" if kind == "n" and printed else "") + read_number(written))
        numbers = "".join(
            part for part, kind in zip(printed, QUANTITIES[name], strict=True) if kind != "u"
        )
        unit = "".join(
            part for part, kind in zip(printed, QUANTITIES[name], strict=True) if kind == "u"
        )
        return f"{numbers}\u00a0{unit}" if numbers and unit else numbers + unit

    def _space(self, name: str) -> str:
        """Return a blank if the space that a command makes is more than nothing; else no text.

        Its argument or dimension is read. A kern and a negative space give none.
        """
        if name.endswith("phantom"):
            self._raw_argument()
            return " "
        if self._value.startswith("{", self._at):
            return "" if self._raw_argument().lstrip().startswith("-") else " "
        dimension = _DIMENSION.match(self._value, self._at)
        if dimension is None:
            return ""
        self._at = dimension.end()
        return "" if dimension[1] or name == "kern" else " "

    def _character(self, _name: str) -> str:
        r"""Return the character with a number: ``\symbol{126}``, ``\char"7E``.

        It is empty for anything but the number of a character that can be printed.
        """
        braced = self._value.startswith("{", self._at)
        written = _CODE.match(self._value, self._at + braced)
        if written is None or written.lastgroup is None:
            return ""
        self._at = written.end() + (braced and self._value.startswith("}", written.end()))
        number = int(written[written.lastgroup][:8], _BASES[written.lastgroup])
        return chr(number) if number <= _LAST_CODE and chr(number).isprintable() else ""

    def _first_of_two(self, _name: str) -> str:
        """Return the first of two arguments; the second says the same in plain text."""
        shown = self._argument()
        self._raw_argument()
        return shown

    def _operator(self, name: str) -> str:
        """Return the name of a function: ``log``. In a formula, blanks part it from its neighbours.

        That of ``operatorname`` is its argument.
        """
        start, printed = self._start, _SPELLED_OPERATORS.get(name, name)
        if name == "operatorname":
            printed = self._argument()
        if not self._math:
            return printed
        before = self._value[start - 1 : start] if start else ""
        after = self._value[self._at : self._at + 1]
        lead = " " if before.isalnum() or before in {")", "}"} else ""
        return lead + printed + (" " if after.isalnum() or after in {"\\", "|"} else "")

    def _plain_command(self, name: str, token: re.Match[str]) -> str:
        """Return what a command without a reader of its own prints.

        This is a symbol, an accented letter, or the text in its arguments; those that
        :data:`DROPPED` counts are left out. An unknown command without arguments is returned as it
        is written.
        """
        shown = symbol(name) if name not in DROPPED else None
        if shown is not None:
            return self._symbol(shown, token)
        if mark := accent(name):
            base = self._argument()
            return accented(base, mark) if base.strip() else ""
        for _ in range(DROPPED.get(name, 0)):
            self._raw_argument()
        self._skip_option()
        inner = ""
        while self._value.startswith("{", self._at):
            self._at += 1
            inner += self._inside()
        if inner or name in DROPPED:
            return inner
        return f"\\{name}{token['gap'] or ''}"

    def _symbol(self, shown: str, token: re.Match[str]) -> str:
        """Return the symbol ``shown``; in a formula, a relation such as ``<`` gets blanks around.

        Empty braces behind its command are skipped. ``token`` is the command.
        """
        if self._value.startswith("{}", self._at):
            self._at += 2
        gap = token["gap"]
        if not self._math or not gap or shown.isalpha():
            return shown
        before = self._value[token.start() - 1 : token.start()]
        relates = unicodedata.category(shown[:1] or " ") == "Sm" and before.isalnum()
        return f" {shown}{gap}" if relates else shown + gap

    def _skip_option(self) -> str:
        """Skip an optional argument in brackets, and return it; empty if there is none."""
        option = _OPTION.match(self._value, self._at)
        if option is None:
            return ""
        self._at = option.end()
        return option[1].strip()

    def _styled(self, tag: str, inner: str) -> str:
        """Return ``inner`` with the tag for its font, if tags are wanted, as in titles.

        Else only super- and subscripts change, to such characters, if there are any.
        """
        if not inner.strip():
            return inner
        if self._rich:
            if tag == "sc":
                return f'<span style="font-variant:small-caps;">{inner}</span>'
            return f"<{tag}>{inner}</{tag}>"
        if tag == "sup":
            return superscript(inner) or inner
        if tag == "sub":
            return subscript(inner) or inner
        return inner


def _as_one(inner: str) -> str:
    """Return an operand; in parentheses if it is a sum or similar."""
    return f"({inner})" if _SEVERAL.search(without_tags(inner)) else inner


_PARTICULAR: dict[str, Callable[[_Decoder, str], str]] = {
    **dict.fromkeys(QUOTED, _Decoder._quotation),  # noqa: SLF001 - the table of its methods
    **dict.fromkeys(FRACTIONS, _Decoder._fraction),  # noqa: SLF001
    **dict.fromkeys(QUANTITIES, _Decoder._quantity),  # noqa: SLF001
    **dict.fromkeys(SPACES, _Decoder._space),  # noqa: SLF001
    **dict.fromkeys(UPRIGHT_TEXT, _Decoder._upright_text),  # noqa: SLF001
    **dict.fromkeys(("symbol", "char", "unichar"), _Decoder._character),  # noqa: SLF001
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _Decoder._binomial),  # noqa: SLF001
    **dict.fromkeys(("overset", "underset", "stackrel"), _Decoder._beside),  # noqa: SLF001
    **dict.fromkeys(("(", ")", "[", "]"), _Decoder._parenthesis),  # noqa: SLF001
    **dict.fromkeys(MARKUP, _Decoder._in_type),  # noqa: SLF001
    **dict.fromkeys(FONTS, _Decoder._as_it_is),  # noqa: SLF001
    **dict.fromkeys(DECLARATIONS, _Decoder._rest_in_type),  # noqa: SLF001
    **dict.fromkeys(CASES, _Decoder._in_other_case),  # noqa: SLF001
    **dict.fromkeys(VERBATIM, _Decoder._verbatim),  # noqa: SLF001
    **dict.fromkeys((*OPERATORS, "operatorname"), _Decoder._operator),  # noqa: SLF001
    **dict.fromkeys(ACCENTS, _Decoder._accented),  # noqa: SLF001
    "ensuremath": _Decoder._ensured_formula,  # noqa: SLF001
    "sqrt": _Decoder._root,  # noqa: SLF001
    "not": _Decoder._negated,  # noqa: SLF001
    "pmod": _Decoder._remainder,  # noqa: SLF001
    "texorpdfstring": _Decoder._first_of_two,  # noqa: SLF001
}
"""Commands with a way of their own to read their arguments."""
