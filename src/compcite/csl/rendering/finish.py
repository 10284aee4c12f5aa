"""Turn the tokens of one entry into its tree of formatted text.

There are three steps: tags and quotation marks inside fields become marks of their own;
punctuation is joined; the marks become a tree. In the tree, quotation marks change with their
depth, and italics inside italics turn upright.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.csl.rendering.punctuation import join_punctuation
from compcite.csl.rendering.scripts import is_contextual
from compcite.csl.richtext import (
    CLOSE,
    CLOSE_FIELD_QUOTE,
    CLOSE_QUOTE,
    OPEN_INNER_QUOTE,
    OPEN_OUTER_QUOTE,
    OPEN_QUOTE,
    Continued,
    DisplayBlock,
    Link,
    Literal,
    Open,
    OpenBlock,
    OpenLink,
    Span,
    plain,
)
from compcite.csl.styles.nodes import Format

if TYPE_CHECKING:
    from compcite.csl.richtext import Mark, Rich, RichNode, Tokens
    from compcite.csl.styles.locale import Locale

__all__ = ["Typography", "finish"]

# Letters and figures that Unicode has in raised form; fonts rarely have more than a few.
_SUPERSCRIPT = re.compile(
    "[\u00aa\u00b2\u00b3\u00b9\u00ba\u02b0-\u02b8\u02c0\u02c1\u02e0-\u02e4\u06e5\u06e6\u1d2c-\u1d2e\u1d30-\u1d3a"
    "\u1d3c-\u1d4d\u1d4f-\u1d61\u2070\u2071\u2074-\u207f\u2120\u2122\u3192-\u319f]"
)
# Those that Unicode does not decompose.
_LOWERED = {"\u02c0": "ʔ", "\u02c1": "ʕ", "\u06e5": "و", "\u06e6": "ي"}
# A space before these marks, and after an opening guillemet, is French and does not break.
_FRENCH_SPACE = re.compile(r" (?=[:;?!»])|(?<=«) ")
_NARROW_SPACE = "\u202f"
_SPECIAL = re.compile(rf"[<\"'“”„‘’‚«»‹›]| [:;?!]|{_SUPERSCRIPT.pattern}")
_MARKUP = re.compile(
    r"""</?(?:i|b|sup|sub|sc)>|"""
    r"""<span\ (?:class="no(?:case|decor)"|style="font-variant:\s?small-caps;?")>"""
    rf"""|</span>|["'“”„‘’‚«»‹›]|{_SUPERSCRIPT.pattern}""",
    re.VERBOSE,
)
_PLAIN = Format(
    (
        ("font-style", "normal"),
        ("font-variant", "normal"),
        ("font-weight", "normal"),
        ("text-decoration", "none"),
        ("vertical-align", "baseline"),
    )
)
_OPENING = {
    "<i>": Open(Format((("font-style", "italic"),)), inline=True),
    "<b>": Open(Format((("font-weight", "bold"),)), inline=True),
    "<sup>": Open(Format((("vertical-align", "sup"),)), inline=True),
    "<sub>": Open(Format((("vertical-align", "sub"),)), inline=True),
    "<sc>": Open(Format((("font-variant", "small-caps"),)), inline=True),
    '<span class="nocase">': Open(Format(()), inline=True),
    '<span class="nodecor">': Open(_PLAIN, inline=True),
}
_SMALL_CAPS = _OPENING["<sc>"]
# Markup and quotation marks that nest deeper in one field are taken as text.
_DEEPEST = 50
_STRAIGHT = "\"'"
_CLOSING_OF = {"<i>": "</i>", "<b>": "</b>", "<sup>": "</sup>", "<sub>": "</sub>", "<sc>": "</sc>"}
_OPENING_QUOTES = frozenset({OPEN_QUOTE, OPEN_OUTER_QUOTE, OPEN_INNER_QUOTE})
_CLOSING_QUOTES = frozenset({CLOSE_QUOTE, CLOSE_FIELD_QUOTE})
_NORMAL = {
    "font-style": "normal",
    "font-variant": "normal",
    "font-weight": "normal",
    "text-decoration": "none",
    "vertical-align": "baseline",
}


@dataclass(frozen=True, slots=True)
class Typography:
    """The quotation marks of a locale, and whether punctuation goes inside them."""

    open_quote: str = "“"
    close_quote: str = "”"
    open_inner_quote: str = "‘"
    close_inner_quote: str = "’"
    punctuation_in_quote: bool = False

    @classmethod
    def of(cls, locale: Locale) -> Typography:
        """Return the typography of ``locale``."""
        return cls(
            locale.term("open-quote"),
            locale.term("close-quote"),
            locale.term("open-inner-quote"),
            locale.term("close-inner-quote"),
            locale.punctuation_in_quote,
        )

    def closing_of(self, quote: str) -> str:
        """Return the sign that closes the quotation mark ``quote``.

        Empty if ``quote`` does not open.
        """
        if quote in _STRAIGHT:
            return quote
        if quote == self.open_quote:
            return self.close_quote
        return self.close_inner_quote if quote == self.open_inner_quote else ""

    def opening_mark(self, quote: str) -> Mark:
        """Return the mark for a quotation mark that opens in a field."""
        if quote in _STRAIGHT:
            return OPEN_QUOTE
        return OPEN_OUTER_QUOTE if quote == self.open_quote else OPEN_INNER_QUOTE


def finish(tokens: Tokens, typography: Typography) -> Rich:
    """Return the tree of formatted text for the tokens of one entry or citation.

    CSL's markup in texts becomes formatting, quotation marks are paired and put in the locale's
    form, and double punctuation is joined.
    """
    expanded: Tokens = []
    for token in tokens:
        if isinstance(token, str) and not isinstance(token, Literal) and _SPECIAL.search(token):
            _expand(token, expanded, typography)
        elif token != "":
            expanded.append(token)
    joined = join_punctuation(expanded, in_quotes=typography.punctuation_in_quote)
    return _Tree(typography).build(joined)


# ---------------------------------------------------------------- markup inside fields


def _expand(text: str, out: Tokens, typography: Typography) -> None:
    """Append ``text`` to ``out``; its tags and paired quotation marks become marks.

    The quotation marks can be straight or those of the language. A tag or quotation mark without a
    partner stays as it is; a single straight one becomes an apostrophe.
    """
    text = _FRENCH_SPACE.sub(_NARROW_SPACE, text)
    pieces: list[str | Mark] = []
    unpaired: list[tuple[str, int]] = []  # what has been opened: its closing, and its place
    end = 0
    for match in _MARKUP.finditer(text):
        if match.start() > end:
            pieces.append(text[end : match.start()])
        end = match.end()
        found = match.group()
        if found.startswith("<"):
            _place_tag(found, pieces, unpaired)
        elif _SUPERSCRIPT.match(found):
            lowered = _LOWERED.get(found) or unicodedata.normalize("NFKD", found)
            pieces += [_OPENING["<sup>"], lowered, CLOSE]
        else:
            _Quotes(typography, text, pieces, unpaired).place(found, match.start())
    if end < len(text):
        pieces.append(text[end:])
    # What has found no partner by now is an apostrophe.
    out.extend(_merge(["’" if piece == "'" else piece for piece in pieces]))


def _place_tag(tag: str, pieces: list[str | Mark], unpaired: list[tuple[str, int]]) -> None:
    """Append a tag such as "<i>" or "</i>" to ``pieces``.

    A tag that closes an open one becomes a mark, and so does the open one. All others stay text, as
    does an opening tag inside too many others.
    """
    if not tag.startswith("</"):
        if len(unpaired) >= _DEEPEST:
            pieces.append(tag)
            return
        unpaired.append((_CLOSING_OF.get(tag, "</span>"), len(pieces)))
        pieces.append(tag)
        return
    place = _partner(tag, unpaired)
    if place is None:
        pieces.append(tag)
    else:
        opening = pieces[place]
        pieces[place] = _OPENING.get(opening, _SMALL_CAPS) if isinstance(opening, str) else opening
        pieces.append(CLOSE)


@dataclass(frozen=True, slots=True)
class _Quotes:
    """Decides whether a quotation mark opens, closes, or is an apostrophe or a symbol."""

    typography: Typography
    text: str
    pieces: list[str | Mark]
    unpaired: list[tuple[str, int]]

    def place(self, quote: str, at: int) -> None:
        """Append the quotation mark ``quote`` that stands in the text at ``at``.

        If it closes one that is open, both become marks. Else it stays text, and is noted as open
        if it can be.
        """
        before = self.text[at - 1] if at else " "
        after = self.text[at + 1] if at + 1 < len(self.text) else " "
        if self._closes(quote, before, after):
            place = _partner(quote, self.unpaired)
            if place is not None:
                opened = self.pieces[place]
                self.pieces[place] = self.typography.opening_mark(str(opened))
                self.pieces.append(CLOSE_FIELD_QUOTE)
                return
        closing = self.typography.closing_of(quote)
        if len(self.unpaired) >= _DEEPEST:
            closing = ""
        if closing and (quote not in _STRAIGHT or self._may_open(before, after)):
            self.unpaired.append((closing, len(self.pieces)))
        self.pieces.append(quote)

    @staticmethod
    def _closes(quote: str, before: str, after: str) -> bool:
        """Return whether ``quote`` can close; before a letter it is an apostrophe, which cannot."""
        if quote in _STRAIGHT and before.isspace():
            return False
        return not (quote in "'’" and after.isalnum())

    def _may_open(self, before: str, after: str) -> bool:
        """Return whether a straight quotation mark can open between two characters.

        It can after a blank, a bracket or a mark that has just opened, but not before a blank.
        """
        # After a quotation mark that opens, another one opens.
        nested = bool(self.unpaired) and self.unpaired[-1][1] == len(self.pieces) - 1
        between = not before.isalnum() and before not in ".,;:!?)]}'\""
        return (between or nested) and not after.isspace()


def _partner(closing: str, unpaired: list[tuple[str, int]]) -> int | None:
    """Return the index of the piece that ``closing`` closes, or None.

    All that was opened after it is removed from ``unpaired``, since it has no partner.
    """
    for index in range(len(unpaired) - 1, -1, -1):
        if unpaired[index][0] == closing:
            place = unpaired[index][1]
            del unpaired[index:]
            return place
    return None


def _merge(pieces: list[str | Mark]) -> Tokens:
    """Return ``pieces`` with neighbouring strings joined.

    All but the first string of a field are marked ``Continued``, so that punctuation is joined only
    where two fields meet.
    """
    merged: Tokens = []
    begun = False
    for piece in pieces:
        if not isinstance(piece, str):
            merged.append(piece)
        elif merged and isinstance(last := merged[-1], str):
            merged[-1] = type(last)(last + piece)
        else:
            merged.append(Continued(piece) if begun else piece)
        begun = True
    return merged


# ---------------------------------------------------------------- the tree


class _Tree:
    """Builds the tree, and keeps track of the formatting and the quotation that are open."""

    def __init__(self, typography: Typography) -> None:
        self._typography = typography
        self._children: list[RichNode] = []
        self._open: list[tuple[object, list[RichNode], dict[str, str]]] = []
        self._state = dict(_NORMAL)
        self._quotes: list[bool] = []  # those that are open: outer, or inner

    def build(self, tokens: Tokens) -> Rich:
        """Return the tree for tokens whose punctuation is joined."""
        for token in tokens:
            if isinstance(token, str):
                self._text(token)
            elif token is CLOSE:
                self._close()
            elif token in _OPENING_QUOTES:
                self._open_quote(token)
            elif token in _CLOSING_QUOTES:
                marks = self._typography
                self._text(marks.close_quote if self._quotes.pop() else marks.close_inner_quote)
            else:
                self._begin(token)
        return tuple(self._children)

    def _open_quote(self, mark: Mark) -> None:
        """Write an opening quotation mark, inner inside outer ones and outer inside inner ones.

        At the top it is an outer one; a mark that is meant to be inner is outer only inside an
        inner one.
        """
        around = self._quotes[-1] if self._quotes else None
        outer = around is False if mark is OPEN_INNER_QUOTE else not around
        self._quotes.append(outer)
        marks = self._typography
        self._text(marks.open_quote if outer else marks.open_inner_quote)

    def _text(self, text: str) -> None:
        """Add text to the open node, joined with text that ends there."""
        if self._children and isinstance(last := self._children[-1], str):
            self._children[-1] = last + text
        elif text:
            self._children.append(str(text))

    def _begin(self, mark: Mark) -> None:
        """Open a node for formatting, a link or a block; what follows is put into it.

        Of formatting, only what the text round it does not have already counts.
        """
        what: object = mark
        state = self._state
        if isinstance(mark, Open):
            what = pairs = self._effective(mark)
            if pairs:
                state = {**state, **dict(pairs)}
        self._open.append((what, self._children, self._state))
        self._children, self._state = [], state

    def _effective(self, mark: Open) -> tuple[tuple[str, str], ...]:
        """Return the pairs of attribute and value that ``mark`` changes at this place.

        Italics in a field's text within italics become upright; a superscript there within a
        superscript is raised once more. Italics that a style gives twice are marked twice, as
        citeproc-js does; :func:`~compcite.csl.richtext.marked_once` takes that back.
        """
        pairs = []
        for attribute, value in mark.format.pairs:
            if self._state[attribute] != value:
                pairs.append((attribute, value))
            elif value == _NORMAL[attribute]:
                continue
            elif attribute == "vertical-align":
                pairs += [(attribute, value)] if mark.inline else []
            else:
                pairs.append((attribute, _NORMAL[attribute] if mark.inline else value))
        return tuple(pairs)

    def _close(self) -> None:
        """Close the open node, and put it into its parent; an empty node is dropped.

        Text that cannot slant is put there without its italics.
        """
        what, children, self._state = self._open.pop()
        inner: Rich = tuple(self._children)
        self._children = children
        if not inner:
            return
        if isinstance(what, OpenLink):
            inner = (Link(what.url, inner),)
        elif isinstance(what, OpenBlock):
            inner = (DisplayBlock(what.display, inner),)
        elif isinstance(what, tuple):
            for attribute, value in reversed(what):
                if attribute != "font-style" or _can_slant(inner):
                    inner = (Span(attribute, value, inner),)
        for node in inner:
            if isinstance(node, str):
                self._text(node)
            else:
                children.append(node)


def _can_slant(rich: Rich) -> bool:
    """Return whether the script of a text has italics; Chinese, for example, has none."""
    text = plain(rich)
    return text.isascii() or not any(map(str.isalpha, text)) or is_contextual(text)
