"""Join punctuation at the places at which two pieces of output meet.

Affixes, delimiters and fields each have their own punctuation, and nobody wants "What?."
or "Smith,, J.". A table says what becomes of two marks: both stay, or one is dropped. The table is
that of citeproc-js, and the CSL test suite checks it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.richtext import (
    CLOSE,
    CLOSE_FIELD_QUOTE,
    CLOSE_QUOTE,
    Affix,
    Continued,
    Open,
    OpenBlock,
    OpenLink,
)

if TYPE_CHECKING:
    from compcite.csl.richtext import Mark, Tokens

__all__ = ["join_punctuation"]

_RIGHT_YIELDS = frozenset(
    {"!!", "!.", "!:", "??", "?.", "?:", "..", "::", ":.", ",,", ";;", ";:", ";.", "  "}
)
_LEFT_YIELDS = frozenset({":!", ":?", ";!", ";?"})
_BORDERS = frozenset("!?.:,; ")
_MOVES_IN = frozenset(".,?!")
_MOVES_OUT = frozenset(",;:")
_ENDS_SENTENCE = frozenset("!?")


def join_punctuation(tokens: Tokens, *, in_quotes: bool) -> Tokens:
    """Return ``tokens`` with the punctuation joined between neighbouring texts.

    ``in_quotes`` is the locale's ``punctuation-in-quote``: a full stop or comma after a closing
    quotation mark then moves inside it; as in citeproc-js, so does a question or exclamation mark.
    """
    joined = _Joined(in_quotes=in_quotes)
    joined.append_all(tokens)
    return joined.tokens


class _Joined:
    """Collects tokens, and joins the punctuation of each text with that of the text before."""

    def __init__(self, *, in_quotes: bool) -> None:
        self.tokens: Tokens = []
        self._in_quotes = in_quotes
        self._last = -1  # where the last text stands
        # Where a mark goes that moves into a quotation: within the formatting of the last text,
        # but behind markup inside its field. Less than 0 while no quotation closes after it.
        self._inside = -1
        self._quote: Mark | None = None  # the closing quotation mark after the last text
        self._moved = False  # whether a mark has moved into this quotation already
        self._inline: list[bool] = []  # the formats that are open: written in a field, or not

    def append_all(self, tokens: Tokens) -> None:
        """Append ``tokens``, and join the punctuation at the beginning of each text."""
        for token in tokens:
            if not isinstance(token, str):
                self._append_mark(token)
                continue
            right: str = token
            if right[0] in _BORDERS and self._last >= 0 and not isinstance(right, Continued):
                right = self._settled(right)
            if right:
                self._last, self._inside, self._quote = len(self.tokens), -1, None
                self._moved = False
                self.tokens.append(right)

    def _append_mark(self, mark: Mark) -> None:
        """Append a mark that is no text, and note where the formatting or quotation ends."""
        ends_text = False
        if mark is CLOSE:
            ends_text = not (self._inline and self._inline.pop())
        elif mark is CLOSE_QUOTE or mark is CLOSE_FIELD_QUOTE:
            ends_text = True
            self._quote = self._quote or mark
        elif isinstance(mark, Open):
            self._inline.append(mark.inline)
        elif isinstance(mark, (OpenLink, OpenBlock)):
            self._inline.append(False)
        if ends_text and self._inside < 0:
            self._inside = len(self.tokens)
        self.tokens.append(mark)

    def _settled(self, right: str) -> str:
        """Drop or move the punctuation where the last text and ``right`` meet.

        The last text is changed in the list; what is left of ``right`` is returned, and may be
        empty.
        """
        left = self.tokens[self._last]
        assert isinstance(left, str)  # noqa: S101  narrows the type; ``_last`` marks a text
        if self._quote is None:
            self.tokens[self._last], right = _settle(left, right)
        elif self._moved:
            # What has moved in stands at the end of the quotation: “T.” takes no second full stop.
            self.tokens[self._last], right = _settle_in_place(left, right)
        elif self._in_quotes and _moves_in(right):
            self._move_in(left, right[0])
            right = right[1:]
        else:
            # Quotation marks of the style round plain text; a field's own are as its text.
            of_style = self._quote is CLOSE_QUOTE and self._inside == self._last + 1
            if of_style:
                settled = _settle_round_quote(left, right, outwards=not self._in_quotes)
            else:
                settled = _settle_in_place(left, right)
            self.tokens[self._last], right = settled
        return right

    def _move_in(self, left: str, mark: str) -> None:
        """Move a mark into the quotation that has just ended.

        It is dropped if the mark that the quotation ends with makes it needless.
        """
        self.tokens[self._last], mark = _settle_in_place(left, mark)
        if mark:
            self.tokens.insert(self._inside, mark)
            self._last, self._inside = self._inside, self._inside + 1
            self._moved = True


def _moves_in(right: str) -> bool:
    """Return whether the mark at the beginning of ``right`` goes into the quotation before it.

    A text that an author writes after a cite is an ``Affix``. Its comma stays outside: "“Title”,
    passim". Its full stop goes inside if more words follow: "“Title.” More text."
    """
    if isinstance(right, Affix):
        return right[0] in _MOVES_IN - {","} and right[1:2].isspace()
    return right[0] in _MOVES_IN


def _settle_round_quote(left: str, right: str, *, outwards: bool) -> tuple[str, str]:
    """Return the texts before and after a closing quotation mark, with their punctuation joined.

    The same mark is not written on both sides. No full stop follows if ``left`` ends with a
    question or exclamation mark: “Why?”. With ``outwards``, a comma, semicolon or colon at the end
    of ``left`` goes outside.
    """
    if left[-1:] in _ENDS_SENTENCE and right[0] == ".":
        return left, right[1:]
    if outwards and left[-1:] in _MOVES_OUT:
        mark, right = _settle(left[-1], right)
        return left[:-1], mark + right
    return left, right[1:] if left[-1:] == right[0] != " " else right


def _settle_in_place(left: str, right: str) -> tuple[str, str]:
    """Return both texts after the table has decided on the marks where they meet.

    These are the last mark of ``left`` and the first of ``right``. If the table keeps both, nothing
    changes. If it drops the mark of ``right``, "What?" and ". Next" give "What?" and " Next". If it
    drops the mark of ``left``, the other one takes its place: "So:" and "? Yes" give "So?" and
    " Yes".
    """
    settled, rest = _settle(left, right)
    return (settled + rest[0], rest[1:]) if len(settled) < len(left) else (settled, rest)


def _settle(left: str, right: str) -> tuple[str, str]:
    """Return ``left`` and ``right`` without the marks at their border that yield to others.

    Of ``"x."`` and ``".y"``, one stop is left.
    """
    while left and right:
        pair = left[-1] + right[0]
        if pair in _RIGHT_YIELDS:
            right = right[1:]
        elif pair in _LEFT_YIELDS:
            left = left[:-1]
        else:
            break
    return left, right
