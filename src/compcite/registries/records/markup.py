"""Turn titles as registries send them into the rich text that CSL-JSON allows.

Crossref passes on what publishers send: HTML, JATS (``<jats:italic>``), face markup of its
own schema (``<scp>``), MathML, TeX beside it, entities, and entities of entities.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from compcite.text.markup import FACES
from compcite.text.unicode import accented

__all__ = ["rich", "without_markup"]

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"<(/?)([A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)(?:\s[^<>]*?)?(/?)>|<!--[^<>]*-->")
# What stands for the thing itself a second time, or is not of the title.
_BESIDE = re.compile(
    r"<((?:[A-Za-z][\w.-]*:)?(?:tex-math|annotation|annotation-xml|fn|script))\b[^<>]*>.*?</\1>",
    re.DOTALL | re.IGNORECASE,
)
_LONGEST = 20_000  # characters; what is longer is no title
# Control characters, and those by which a text could be shown in another order than it has.
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]"
)
_DOTLESS = re.compile("([ıȷ])([\u0300-\u036f])")
_SPACE = re.compile(r"[^\S\u00a0\u202f\u2009]+|[\u00a0\u202f\u2009]+")
_DEPTH_OF_ESCAPES = 3

_SMALL_CAPS = '<span style="font-variant:small-caps;">'
_FACES = {
    "i": "<i>", "b": "<b>", **{name: f"<{face}>" for name, face in FACES.items()},
    "sub": "<sub>", "inf": "<sub>", "subscript": "<sub>",
    "sup": "<sup>", "superscript": "<sup>",
    "sc": _SMALL_CAPS, "scp": _SMALL_CAPS, "small-caps": _SMALL_CAPS, "smallcaps": _SMALL_CAPS,
}  # fmt: skip
_BREAKS = frozenset({"br", "break", "p", "title", "div", "li", "list-item"})
_DROPPED = frozenset({
    "u", "underline", "ov", "overline", "tt", "monospace", "font", "span", "a", "xref", "ext-link",
    "email", "uri", "alternatives", "named-content", "inline-formula", "formula", "disp-formula",
    "inline-graphic", "styled-content", "roman", "sans-serif", "small", "big", "s", "strike",
    "bdi", "article-title", "abbrev", "tex-math", "annotation", "annotation-xml", "fn", "script",
})  # fmt: skip
_SCRIPTS = {"msub": ("<sub>",), "msup": ("<sup>",), "msubsup": ("<sub>", "<sup>"),
            "munder": ("<sub>",), "mover": (), "munderover": ("<sub>", "<sup>")}  # fmt: skip


class _Open(NamedTuple):
    """An element that is open: its name, and the tag that was written for it."""

    name: str
    written: str


def rich(value: str) -> str:
    """Return a title with only the markup of CSL-JSON.

    Its tags are balanced, its entities are replaced and its white space is normalized. A very long
    title is cut.
    """
    source = _unescaped(value[:_LONGEST])
    if "<" not in source:
        return _tidied(source)
    return _tidied(_Reader(_BESIDE.sub("", source)).read())


def without_markup(value: str) -> str:
    """Return a title without any markup."""
    source = rich(value)
    return _tidied(_OWN.sub("", source)) if "<" in source else source


_OWN = re.compile(r"</?(?:i|b|sub|sup)>|<span style=\"font-variant:small-caps;\">|</span>")


class _Reader:
    """Reads a title with tags once, from beginning to end."""

    def __init__(self, source: str) -> None:
        """Take the title, whose entities are replaced already."""
        self.source = source
        self.out: list[str] = []
        self.open: list[_Open] = []
        # Scripts of MathML elements still to come: the children of msub, msup and their kin.
        self.scripts: list[tuple[int, list[str]]] = []
        self.math = 0

    def read(self) -> str:
        """Return the title with the markup of CSL-JSON."""
        position = 0
        for tag in _TAG.finditer(self.source):
            self._text(self.source[position : tag.start()])
            position = tag.end()
            if tag[3]:
                self._tag(tag)
        self._text(self.source[position:])
        while self.open:
            self._close(self.open[-1].name)
        return "".join(self.out)

    def _text(self, text: str) -> None:
        """Write the text between two tags; in a formula, white space becomes single blanks."""
        # White space between the elements of a formula is that of its source, not its own.
        self.out.append(" ".join(text.split()) if self.math else text)

    def _tag(self, tag: re.Match[str]) -> None:
        """Write what a tag means in the markup of CSL-JSON, if it means anything.

        An unknown tag without a namespace is text, as in ``p<q>r``.
        """
        name, closing, empty = tag[3].lower(), bool(tag[1]), bool(tag[4])
        if name == "math" or self.math:
            self._formula(name, closing=closing, empty=empty)
        elif name in _FACES:
            if closing:
                self._close(name)
            elif not empty:
                self._start(name, _FACES[name])
        elif name in _BREAKS:
            self.out.append(" ")
        elif not tag[2] and name not in _DROPPED:
            self.out.append(tag[0])  # "<" and ">" as text

    def _formula(self, name: str, *, closing: bool, empty: bool) -> None:
        """Handle a tag of MathML.

        An index becomes ``<sub>``, an exponent ``<sup>``; all other tags are dropped.
        """
        if name == "math" and not empty:
            self.math = max(0, self.math + (-1 if closing else 1))
        if closing:
            self._close(name)
            if self.scripts and self.scripts[-1][0] > len(self.open):
                self.scripts.pop()
        else:
            self._start(name, self._script())
            if name in _SCRIPTS:
                self.scripts.append((len(self.open), ["", *_SCRIPTS[name]]))
            if empty:
                self._close(name)

    def _script(self) -> str:
        """Return the tag for an element that begins in a formula: ``<sub>``, ``<sup>`` or none.

        It depends on the place of the element in its parent.
        """
        if self.scripts and self.scripts[-1][0] == len(self.open) and self.scripts[-1][1]:
            return self.scripts[-1][1].pop(0)
        return ""

    def _start(self, name: str, written: str) -> None:
        """Open an element, and write its tag, which may be empty."""
        self.open.append(_Open(name, written))
        self.out.append(written)

    def _close(self, name: str) -> None:
        """Close an element, and all elements that are still open inside it.

        Nothing happens if no element of this name is open.
        """
        if not any(element.name == name for element in self.open):
            return
        while self.open:
            element = self.open.pop()
            if element.written:
                self.out.append(_end(element.written))
            if element.name == name:
                return


def _end(start: str) -> str:
    """Return the end tag for a start tag."""
    return "</span>" if start == _SMALL_CAPS else "</" + start[1:]


def _unescaped(value: str) -> str:
    """Return the text with its entities replaced, also those that are escaped twice."""
    for _ in range(_DEPTH_OF_ESCAPES):
        if "&" not in value:
            break
        value = _ENTITY.sub(lambda match: html.unescape(match[0]), value)
    return value


def _tidied(value: str) -> str:
    """Return the text with single spaces, none at its ends, and without control characters."""
    value = _DOTLESS.sub(lambda match: accented(match[1], match[2]), value)
    value = _CONTROL.sub(lambda match: " " if match[0] in "\t\n\r\v\f\x85" else "", value)
    value = _SPACE.sub(" ", value).strip()
    return _EMPTY.sub("", value)


_EMPTY = re.compile(r"<(i|b|sub|sup)></\1>")
