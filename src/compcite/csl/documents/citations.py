"""Render citations: cites in order, with the words of the author (specification, "Citation")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compcite.csl.documents.cites import author_of, render_cite
from compcite.csl.documents.collapse import collapse
from compcite.csl.documents.positions import positions
from compcite.csl.rendering.context import Context
from compcite.csl.rendering.finish import finish
from compcite.csl.rendering.wrapping import around_layout
from compcite.csl.richtext import Affix, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.csl.documents.cites import CiteOutput
    from compcite.csl.documents.document import Document
    from compcite.csl.documents.positions import Cluster
    from compcite.csl.rendering.context import Cite, Position
    from compcite.csl.richtext import Rich, Token, Tokens

__all__ = ["Rendered", "render_clusters"]

_DELIMITERS = (",", ";", ".")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One citation in its final form: the formatted text, and its cites in order."""

    content: Rich
    cites: tuple[Cite, ...]  # in the order they appear


def render_clusters(document: Document, clusters: Sequence[Cluster]) -> list[Rendered]:
    """Return the citations of a document, in the order of ``clusters``.

    A cluster's ``mode`` says what is written: the author of its first cite, the cites, or both,
    with its ``infix`` between. A cluster without cites gives an empty citation.
    """
    ordered = [_in_mode(_sorted(document, cluster), cluster.mode) for cluster in clusters]
    distance = document.engine.citation.area.options.near_note_distance
    placed = positions(clusters, ordered, distance)
    rendered = []
    for cluster, cites, places in zip(clusters, ordered, placed, strict=True):
        tokens: Tokens = []
        if cites and cluster.mode in {"author-only", "composite", "narrative"}:
            in_prose = cluster.mode == "narrative"
            tokens = author_of(document, cites[0], places[0], in_prose=in_prose)
        if cluster.mode != "author-only":
            if tokens:
                tokens.append(_infix(cluster.infix))
            tokens += _render(document, cites, places)
        rendered.append(Rendered(finish(tokens, document.engine.typography), tuple(cites)))
    return rendered


def _sorted(document: Document, cluster: Cluster) -> list[Cite]:
    """Return the cites of a cluster in the order of the style; as they are if it has none.

    Cites that its sort keys do not tell apart keep the order that their author gave them.
    """
    sorter = document.engine.citation.sorter
    cites = list(cluster.cites)
    if not sorter or len(cites) == 1:
        return cites

    def context_of(cite: Cite) -> Context:
        return Context(document.items[cite.id], cite, number=document.numbers[cite.id])

    return sorter.sort(cites, [sorter.values(context_of, cite) for cite in cites])


def _in_mode(cites: list[Cite], mode: str) -> list[Cite]:
    """Return ``cites`` with the author of the first one suppressed, if ``mode`` asks for that.

    Some modes put the author into the text before; "suppress-author" leaves it to the writer.
    """
    if cites and mode in {"composite", "narrative", "suppress-author"}:
        return [replace(cites[0], suppress_author=True), *cites[1:]]
    return cites


def _infix(words: str) -> Affix:
    """Return the words between an author in the text and the rest of the citation, with spaces."""
    if not words:
        return Affix(" ")
    return Affix((" " if words[0].isalnum() else "") + words.rstrip() + " ")


def _render(document: Document, cites: Sequence[Cite], places: Sequence[Position]) -> Tokens:
    """Return the tokens of one citation, collapsed and within the layout of the style.

    If some cites are ``author_only``, the result is only the authors of these, without the layout.
    """
    if any(cite.author_only for cite in cites):
        # An author in running text is no citation: nothing of the layout stands around it.
        return [
            token
            for cite, place in zip(cites, places, strict=True)
            if cite.author_only
            for token in author_of(document, cite, place)
        ]
    outputs = [
        render_cite(document, cite, place) for cite, place in zip(cites, places, strict=True)
    ]
    layout = document.engine.citation.area.layout
    out: Tokens = []
    for output in collapse(document, outputs):
        _append(output, out, layout.delimiter, in_note=document.engine.is_note_style)
    if not out:
        return []
    before, after = around_layout(layout)
    return [*before, *out, *after]


def _append(output: CiteOutput, out: Tokens, delimiter: str, *, in_note: bool) -> None:
    """Append a cite to ``out``, after a delimiter if there is a cite before it.

    A cite's own ``joint`` takes the place of ``delimiter``. A cite that prints nothing adds
    nothing. ``in_note`` is true where the citation is a note of its own.
    """
    tokens = output.within_affixes(begins_note=in_note and not out)
    if not tokens:
        return
    joint = delimiter if output.joint is None else output.joint
    if out and joint:
        out.extend(_joint(out[-1], tokens[0], joint))
    out.extend(tokens)


def _joint(left: Token, right: Token, delimiter: str) -> Tokens:
    """Return the delimiter between two cites.

    It is left out if the words that the author put before or behind a cite already have a comma,
    semicolon or full stop there; behind such words a blank stands in its place.
    """
    if isinstance(right, Affix) and right.startswith(_DELIMITERS):
        return []
    if isinstance(left, Affix) and left.rstrip().endswith(_DELIMITERS):
        return [" "]
    return [Literal(delimiter)]
