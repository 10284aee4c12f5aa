"""Render one cite, and keep what grouping and collapsing need to know of it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.csl.rendering.casing import capitalize_term
from compcite.csl.rendering.context import Context
from compcite.csl.richtext import Affix, TermText

if TYPE_CHECKING:
    from compcite.csl.documents.document import Document
    from compcite.csl.documents.engine import CompiledArea
    from compcite.csl.rendering.context import Cite, Position
    from compcite.csl.richtext import Tokens

__all__ = ["CiteOutput", "author_of", "render_cite"]

_CLOSING_QUOTES = " \u00a0\"'”’»"
_SENTENCE_ENDS = (".", "!", "?")


@dataclass(slots=True)
class CiteOutput:
    """A rendered cite, without the words that its author put around it."""

    cite: Cite
    position: Position
    number: int
    tokens: Tokens
    names: str  # what its names read
    year_suffix: str
    suffix_tokens: Tokens  # the year-suffix as it is set
    unsuffixed: str  # what the cite reads without its year-suffix
    # What stands between the cite before and this one, if not the delimiter of the layout.
    joint: str | None = None
    collapsed: bool = False  # names the cite before has are left out
    is_letter: bool = False  # the year is left out too: "b" after "2000a"
    follows_letter: bool = False  # it continues the letters of the cite before

    @property
    def is_number(self) -> bool:
        """Whether the cite shows only its citation number, with or without brackets."""
        written = "".join(c for c in _read(self.tokens) if c.isalnum())
        return written == str(self.number)

    def within_affixes(self, *, begins_note: bool) -> Tokens:
        """Return the tokens of the cite with the words that its author put around it.

        A term at the beginning of a note, or after a whole sentence, gets a capital letter.
        """
        if not self.tokens:
            return []
        tokens = list(self.tokens)
        prefix, suffix = self.cite.prefix, self.cite.suffix
        follows_sentence = " " in prefix.strip() and prefix.rstrip(_CLOSING_QUOTES).endswith(
            _SENTENCE_ENDS
        )
        if follows_sentence or (begins_note and not prefix):
            capitalize_term(tokens)
        if prefix:
            joined = prefix[-1].isspace() or _opens(prefix[-1])
            tokens.insert(0, Affix(prefix if joined else prefix + " "))
        if suffix:
            parted = suffix[0].isalnum() or _opens(suffix[0])
            tokens.append(Affix(" " + suffix if parted else suffix))
        return tokens


def _opens(character: str) -> bool:
    """Return whether ``character`` is an opening bracket or quotation mark."""
    return unicodedata.category(character) in {"Ps", "Pi"}


def render_cite(
    document: Document, cite: Cite, position: Position, left_out: frozenset[str] = frozenset()
) -> CiteOutput:
    """Return the rendered ``cite`` without what is ``left_out``: "names", or "names" and "year".

    The result also tells the names and the year's letter of the whole cite, for comparisons.
    """
    context, tokens = _render(document, cite, position)
    names = _read(tokens[slice(*(context.first_names or (0, 0)))])
    span = range(*(context.suffix_span or (0, 0)))
    unsuffixed = _read([token for i, token in enumerate(tokens) if i not in span])
    suffix_tokens = [tokens[i] for i in span]
    if left_out or cite.suppress_author:
        context, tokens = _render(document, cite, position, left_out=left_out | {"names"})
    return CiteOutput(
        cite,
        position,
        document.numbers[cite.id],
        tokens,
        names,
        context.reading.year_suffix,
        suffix_tokens,
        unsuffixed,
    )


def author_of(
    document: Document, cite: Cite, position: Position, *, in_prose: bool = False
) -> Tokens:
    """Return the tokens for the author of ``cite`` in running text.

    It is the style's own form for it, or the names of the cite. If the cite is only a number, it is
    the number with a word: "Reference 1". ``in_prose`` writes "and" instead of "&".
    """
    engine = document.engine
    if engine.intext is not None:
        return _render(document, cite, position, area=engine.intext)[1]
    area = engine.citation_in_prose if in_prose else engine.citation
    context, tokens = _render(document, cite, position, area=area)
    if context.first_names is not None:
        return tokens[slice(*context.first_names)]
    term = TermText(document.engine.locale.term("reference"))
    words: Tokens = [term, f" {document.numbers[cite.id]}"]
    capitalize_term(words)
    return words


def _render(
    document: Document,
    cite: Cite,
    position: Position,
    *,
    left_out: frozenset[str] = frozenset(),
    area: CompiledArea | None = None,
) -> tuple[Context, Tokens]:
    """Return the tokens of a cite, and the context in which they were made.

    The variables in ``left_out`` are not written. ``area`` is the part of the style that writes
    the cite; by default ``cs:citation``.
    """
    item = document.items[cite.id]
    context = Context(
        item,
        cite,
        position,
        number=document.numbers[cite.id],
        reading=document.reading(item),
        left_out=left_out,
    )
    tokens: Tokens = []
    for render in (area or document.engine.citation).children:
        render(context, tokens)
    return context, tokens


def _read(tokens: Tokens) -> str:
    """Return the text of tokens, without formatting."""
    return "".join(token for token in tokens if isinstance(token, str))
