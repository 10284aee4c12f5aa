"""``cs:text``, ``cs:number`` and ``cs:label``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from compcite.csl.context import CALLED, RENDERED, UNTOUCHED
from compcite.csl.labels import citation_label
from compcite.csl.nodes import TextNode
from compcite.csl.numbers import (
    NUMBER_VARIABLES,
    is_numeric,
    is_plural,
    long_ordinal,
    ordinal,
    page_first,
    page_range,
    roman,
    split_number,
)
from compcite.csl.richtext import CLOSE, Literal, OpenLink, TermText
from compcite.csl.wrapping import around
from compcite.text.capitals import text_case

if TYPE_CHECKING:
    from compcite.csl.compiler import Compiler
    from compcite.csl.context import Context, Environment, Renderer
    from compcite.csl.nodes import LabelNode, NumberNode
    from compcite.csl.richtext import Tokens

__all__ = [
    "capitalize_term",
    "change_case",
    "compile_label",
    "compile_number",
    "compile_text",
    "strip_periods",
]

Getter = Callable[["Context"], str]

_LONGEST_NUMBER = 9  # digits of what has an ordinal or a Roman numeral
_LINKS = {
    "DOI": "https://doi.org/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "URL": "",
}
# Abbreviation lists are kept by kind (as in citeproc-js's "abbreviations").
_ABBREVIATED_AS = {
    "archive-place": "place",
    "authority": "institution-part",
    "event-place": "place",
    "original-publisher-place": "place",
    "publisher": "institution-part",
    "publisher-place": "place",
}


def compile_text(node: TextNode, compiler: Compiler) -> Renderer:
    """Compile a ``cs:text`` that is no macro."""
    environment = compiler.environment
    match node.kind:
        case "term":
            term = environment.locale.term(node.value, node.form, plural=node.plural)
            return _constant(node, term, environment)
        case "value":
            return _constant(node, node.value, environment)
    if node.value in _LINKS and not compiler.sorting:
        return _link(node)
    render = _variable(node, _getter(node, compiler), environment)
    return _year_suffix(render) if node.value == "year-suffix" else render


def _year_suffix(render: Renderer) -> Renderer:
    """Return ``render`` as one that notes where the suffix stands.

    Its silence suppresses no group: "n.d." needs no suffix.
    """

    def suffix(context: Context, out: Tokens) -> int:
        start = len(out)
        if not render(context, out) & RENDERED:
            return UNTOUCHED
        context.suffix_span = (start, len(out))
        return CALLED | RENDERED

    return suffix


def _constant(node: TextNode, text: str, environment: Environment) -> Renderer:
    """Return a function that appends what is the same for every item."""
    if node.strip_periods:
        text = strip_periods(text)
    text = change_case(text, node.text_case, environment.locale.lang)
    if not text:
        return lambda _context, _out: UNTOUCHED
    before, after = around(node.format, node.affixes, node.display, quotes=node.quotes)
    tokens = (*before, TermText(text) if node.kind == "term" else text, *after)

    def constant(_context: Context, out: Tokens) -> int:
        out.extend(tokens)
        return UNTOUCHED

    return constant


def _variable(node: TextNode | NumberNode, get: Getter, environment: Environment) -> Renderer:
    """Return a function that appends the text that ``get`` finds, as ``node`` wants it."""
    quotes = getattr(node, "quotes", False)
    before, after = around(node.format, node.affixes, node.display, quotes=quotes)
    name = node.variable if hasattr(node, "variable") else node.value
    case = node.text_case
    strip = getattr(node, "strip_periods", False)
    lang = environment.locale.lang

    def variable(context: Context, out: Tokens) -> int:
        text = get(context)
        if not text:
            return CALLED
        if strip:
            text = strip_periods(text)
        if case:
            text = change_case(text, case, context.item.text.get("language") or lang)
        out.extend(before)
        out.append(text)
        out.extend(after)
        if context.substituted is not None:
            context.substituted.append(name)
        return CALLED | RENDERED

    return variable


def _link(node: TextNode) -> Renderer:
    """Return a function for an identifier or address, which is taken literally and linked."""
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


def _getter(node: TextNode, compiler: Compiler) -> Getter:
    """Return how the value of a variable is found."""
    name, environment = node.value, compiler.environment
    if name == "citation-number" and compiler.sorting:
        return lambda context: f"{context.number:08d}" if context.number else ""
    if (special := _OWN_GETTERS.get(name)) is not None:
        return special
    if name in {"locator", "page"}:
        return _pages_getter(name, environment)
    if node.form == "short":
        return _short_getter(name, environment)
    if name in NUMBER_VARIABLES:
        delimiter = environment.locale.term("page-range-delimiter") or "–"
        return lambda context: _number_text(context.text.get(name, ""), delimiter)
    return lambda context: context.text.get(name, "")


# Variables whose values are made, not stored.
_OWN_GETTERS: Mapping[str, Getter] = {
    "citation-number": lambda context: str(context.number) if context.number else "",
    "citation-label": lambda context: citation_label(context.item) + context.reading.year_suffix,
    "year-suffix": lambda context: context.reading.year_suffix,
    "first-reference-note-number": lambda context: str(context.position.first_note or ""),
    "page-first": lambda context: (
        context.text.get("page-first") or page_first(context.text.get("page", ""))
    ),
}


def _short_getter(name: str, environment: Environment) -> Getter:
    """Return how the short form of a variable is found: its own variable, or an abbreviation."""
    short_name = f"{name}-short"
    abbreviations = environment.abbreviations.get(_ABBREVIATED_AS.get(name, name), {})

    def get(context: Context) -> str:
        text = context.text.get(name, "")
        return context.text.get(short_name) or abbreviations.get(text) or text

    return get


def _pages_getter(name: str, environment: Environment) -> Getter:
    """Return how pages, or a locator, are found and their ranges set."""
    locale = environment.locale
    delimiter = locale.term("page-range-delimiter") or "–"
    style = environment.page_range_format
    ampersand = f" {locale.term('and', 'symbol') or '&'} "
    if name == "page":
        return lambda context: _pages(context.text.get("page", ""), style, delimiter, ampersand)

    def locator(context: Context) -> str:
        cite = context.cite
        if cite is None:
            return ""
        is_page = cite.label in {"page", ""}
        return _pages(cite.locator, style if is_page else "", delimiter, ampersand)

    return locator


def _pages(text: str, style: str, delimiter: str, ampersand: str) -> str:
    """Return page numbers with their ranges in ``style`` and the locale's "and" sign."""
    if "&" in text:
        text = re.sub(r"(?<=\d)\s*&\s*(?=\d)", ampersand, text)
    return page_range(text, style, delimiter)


def _number_text(text: str, delimiter: str) -> str:
    """Return a number as cs:text has it: a hyphen between numbers is a range."""
    if is_numeric(text) and "-" in text:
        return page_range(text, "", delimiter)
    return text.replace("\\-", "-")


# ---------------------------------------------------------------- cs:number


def compile_number(node: NumberNode, compiler: Compiler) -> Renderer:
    """Compile ``cs:number``; text that is not numeric is rendered as it stands."""
    environment = compiler.environment
    name = node.variable
    gender = getattr(environment.locale.find(name), "gender", "")
    dash = environment.locale.term("page-range-delimiter") or "–"
    stored = _stored(name, compiler)
    shown = _getter(TextNode("variable", name), compiler)

    def number(context: Context) -> str:
        text = stored(context)
        if not text or not is_numeric(text):
            return Literal(shown(context))
        pieces = split_number(text)
        if node.form != "numeric":
            pieces[::2] = [_in_form(piece, node.form, environment, gender) for piece in pieces[::2]]
        number = "".join(_separator(p, dash) if i % 2 else p for i, p in enumerate(pieces))
        return Literal(number) if node.form == "numeric" else number

    return _variable(node, number, environment)


def _stored(name: str, compiler: Compiler) -> Getter:
    """Return how a number is found as it was given, its ranges not yet set."""
    if name == "locator":
        return lambda context: context.cite.locator if context.cite else ""
    if name in _OWN_GETTERS or compiler.sorting:
        return _getter(TextNode("variable", name), compiler)
    return lambda context: context.text.get(name, "")


def _in_form(text: str, form: str, environment: Environment, gender: str) -> str:
    if not text.isdecimal() or len(text) > _LONGEST_NUMBER:
        return text
    if form == "ordinal":
        return ordinal(int(text), environment.locale, gender)
    if form == "long-ordinal":
        return long_ordinal(int(text), environment.locale, gender)
    return roman(int(text))


def _separator(text: str, dash: str) -> str:
    """Return what stands between two numbers with the spaces it should have."""
    bare = text.strip()
    if bare == ",":
        return ", "
    return " & " if bare == "&" else dash if bare == "-" else bare.replace("\\-", "-")


# ---------------------------------------------------------------- cs:label


def compile_label(node: LabelNode, compiler: Compiler) -> Renderer:
    """Compile a ``cs:label`` outside of cs:names."""
    environment = compiler.environment
    name = node.variable
    before, after = around(node.format, node.affixes)
    and_words = frozenset({"and", environment.locale.term("and")})

    def label_of(term_name: str, *, plural: bool) -> str:
        term = environment.locale.find(term_name, node.form)
        text = term.text(plural=plural) if term else ""
        if node.strip_periods:
            text = strip_periods(text)
        return change_case(text, node.text_case, environment.locale.lang)

    def label(context: Context, out: Tokens) -> int:
        if name == "locator":
            cite = context.cite
            value = cite.locator if cite else ""
            term_name = (cite.label if cite else "") or "page"
        else:
            value, term_name = context.text.get(name, ""), name
            if name == "citation-number":
                value = str(context.number)
        if not value:
            return UNTOUCHED
        plural = node.plural == "always" or (
            node.plural == "contextual" and _plural_value(name, value, and_words)
        )
        text = label_of(term_name, plural=plural)
        if not text:
            return UNTOUCHED
        out.extend(before)
        out.append(text)
        out.extend(after)
        return UNTOUCHED

    return label


def _plural_value(name: str, value: str, and_words: frozenset[str]) -> bool:
    if name in {"number-of-pages", "number-of-volumes"}:
        return value.strip() not in {"0", "1"}
    return is_plural(value, and_words)


# ---------------------------------------------------------------- text


def capitalize_term(tokens: Tokens, number: str = "") -> None:
    """Give a term with which ``tokens`` begin, maybe after their ``number``, a capital."""
    for index, token in enumerate(tokens):
        if isinstance(token, TermText):
            tokens[index] = TermText(text_case.capitalize_first(token))
            return
        is_bracket = isinstance(token, Literal) and not any(map(str.isalnum, token))
        if isinstance(token, str) and token != number and not is_bracket:
            return


def strip_periods(text: str) -> str:
    """Return ``text`` without full stops."""
    return text.replace(".", "")


def change_case(text: str, case: str, language: str) -> str:
    """Return ``text`` in ``case``; title case is for English only."""
    if not case or not text:
        return text
    if case == "title" and not language.lower().startswith("en"):
        return text
    changed = _CASES[case](text, language)
    return Literal(changed) if isinstance(text, Literal) else changed


_CASES = {
    "lowercase": text_case.lower,
    "uppercase": text_case.upper,
    "capitalize-first": text_case.capitalize_first,
    "capitalize-all": text_case.capitalize_all,
    "sentence": text_case.sentence,
    "title": text_case.title,
}
