"""Render ``cs:text``: a variable, a term or a fixed value (specification, "Text")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.rendering.casing import change_term_case, strip_periods
from compcite.csl.rendering.context import CALLED, RENDERED, UNTOUCHED
from compcite.csl.rendering.variables import getter, write_variable
from compcite.csl.rendering.wrapping import around
from compcite.csl.richtext import CLOSE, Literal, OpenLink, TermText

if TYPE_CHECKING:
    from compcite.csl.rendering.context import Context, Environment, Renderer, Scope
    from compcite.csl.richtext import Tokens
    from compcite.csl.styles.nodes import TextNode

__all__ = ["compile_text"]

_LINKS = {
    "DOI": "https://doi.org/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "URL": "",
}


def compile_text(node: TextNode, scope: Scope) -> Renderer:
    """Return the function of a ``cs:text`` that is not a macro: a term, a value or a variable.

    Identifiers and addresses are links, but not in sort keys.
    """
    environment = scope.environment
    match node.kind:
        case "term":
            term = environment.locale.term(node.value, node.form, plural=node.plural)
            return _constant(node, term, environment)
        case "value":
            return _constant(node, node.value, environment)
    if node.value in _LINKS and not scope.sorting:
        return _link(node)
    render = write_variable(node, getter(node.value, scope, node.form), environment)
    return _year_suffix(render) if node.value == "year-suffix" else render


def _year_suffix(render: Renderer) -> Renderer:
    """Return ``render`` as a function that also notes where the year-suffix stands.

    If there is no suffix, the group around it stays: "n.d." needs none.
    """

    def suffix(context: Context, out: Tokens) -> int:
        start = len(out)
        if not render(context, out) & RENDERED:
            return UNTOUCHED
        context.suffix_span = (start, len(out))
        return CALLED | RENDERED

    return suffix


def _constant(node: TextNode, text: str, environment: Environment) -> Renderer:
    """Return a function that writes a text that is the same for every item."""
    if node.strip_periods:
        text = strip_periods(text)
    text = change_term_case(text, node.text_case, environment.locale.lang)
    if not text:
        return lambda _context, _out: UNTOUCHED
    before, after = around(node.format, node.affixes, node.display, quotes=node.quotes)
    tokens = (*before, TermText(text) if node.kind == "term" else text, *after)

    def constant(_context: Context, out: Tokens) -> int:
        out.extend(tokens)
        return UNTOUCHED

    return constant


def _link(node: TextNode) -> Renderer:
    """Return a function that writes an identifier or address as it is, with a link.

    There is no link where no web address can be made of it.
    """
    name, prefix = node.value, node.affixes.prefix
    base = _LINKS[name]
    before, after = around(node.format, node.affixes, node.display, quotes=node.quotes)
    # A prefix that makes the identifier an address is part of the link.
    within = bool(base) and prefix.endswith(("doi.org/", "/articles/", "/pubmed/"))

    def link(context: Context, out: Tokens) -> int:
        text = context.text.get(name)
        if not text:
            return CALLED
        url = text if not base or text.startswith(("http://", "https://")) else base + text
        if not url.startswith(("http://", "https://")):
            out.extend(before)
            out.append(Literal(text))
            out.extend(after)
        elif within:
            out.append(OpenLink(url))
            out.extend(before)
            out.append(Literal(text))
            out.append(CLOSE)
            out.extend(after)
        else:
            out.extend(before)
            out.append(OpenLink(url))
            out.append(Literal(text))
            out.append(CLOSE)
            out.extend(after)
        if context.substituted is not None:
            context.substituted.append(name)
        return CALLED | RENDERED

    return link
