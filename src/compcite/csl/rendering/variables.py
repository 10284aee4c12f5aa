"""Find the value of a variable, and write it.

Some variables are not stored in an item but made, such as the number of an entry and its
year-suffix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from compcite.csl.rendering.casing import change_case, strip_periods
from compcite.csl.rendering.citation_label import citation_label
from compcite.csl.rendering.context import CALLED, RENDERED
from compcite.csl.rendering.numbers import (
    is_identifier,
    is_numeric,
    page_first,
    page_range,
)
from compcite.csl.rendering.wrapping import around
from compcite.values.csl_variables import NUMBERS

if TYPE_CHECKING:
    from compcite.csl.rendering.context import Context, Environment, Renderer, Scope
    from compcite.csl.richtext import Tokens
    from compcite.csl.styles.nodes import NumberNode, TextNode

__all__ = ["MADE_VARIABLES", "Getter", "getter", "write_variable"]

Getter = Callable[["Context"], str]

# Abbreviation lists are kept by kind (as in citeproc-js's "abbreviations").
_ABBREVIATED_AS = {
    "archive-place": "place",
    "authority": "institution-part",
    "event-place": "place",
    "original-publisher-place": "place",
    "publisher": "institution-part",
    "publisher-place": "place",
}


def write_variable(node: TextNode | NumberNode, get: Getter, environment: Environment) -> Renderer:
    """Return a function that writes the text that ``get`` finds, with the look of ``node``.

    Nothing is written for an empty text. The case of letters changes by the rules of the item's
    language, else of the locale's.
    """
    quotes = getattr(node, "quotes", False)
    before, after = around(node.format, node.affixes, node.display, quotes=quotes)
    name = node.variable if hasattr(node, "variable") else node.value
    case = node.text_case
    strip = getattr(node, "strip_periods", False)
    lang = environment.locale.lang
    # The variables that are written: a short title is the title, and may be one of its own.
    written = (name, f"{name}-short") if getattr(node, "form", "") == "short" else (name,)

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
            context.substituted.extend(written)
        return CALLED | RENDERED

    return variable


def getter(name: str, scope: Scope, form: str = "long") -> Getter:
    """Return a function that finds the value of the variable ``name``, or "" if there is none.

    The value is ready to be written: ranges have the locale's dash. In sort keys the citation
    number has leading zeros.
    """
    environment = scope.environment
    if name == "citation-number" and scope.sorting:
        return lambda context: f"{context.number:08d}" if context.number else ""
    if (special := MADE_VARIABLES.get(name)) is not None:
        return special
    if name in {"locator", "page"}:
        return _pages_getter(name, environment)
    if form == "short":
        return _short_getter(name, environment)
    if name in NUMBERS:
        delimiter = environment.locale.term("page-range-delimiter") or "–"
        return lambda context: _number_text(name, context.text.get(name, ""), delimiter)
    return lambda context: context.text.get(name, "")


# Variables whose values are made, not stored.
MADE_VARIABLES: Mapping[str, Getter] = {
    "citation-number": lambda context: str(context.number) if context.number else "",
    "citation-label": lambda context: citation_label(context.item) + context.reading.year_suffix,
    "year-suffix": lambda context: context.reading.year_suffix,
    "first-reference-note-number": lambda context: str(context.position.first_note or ""),
    "page-first": lambda context: (
        context.text.get("page-first") or page_first(context.text.get("page", ""))
    ),
}


def _short_getter(name: str, environment: Environment) -> Getter:
    """Return a function that finds the short form of a variable.

    It is the variable ``NAME-short``, or an abbreviation, or else the long form. It is empty where
    a substitute has written the variable already.
    """
    short_name = f"{name}-short"
    abbreviations = environment.abbreviations.get(_ABBREVIATED_AS.get(name, name), {})

    def get(context: Context) -> str:
        text = context.text.get(name, "")
        if not text and name in context.item.text:  # cs:substitute has written it
            return ""
        return context.text.get(short_name) or abbreviations.get(text) or text

    return get


def _pages_getter(name: str, environment: Environment) -> Getter:
    """Return a function that finds the pages or the locator, with formatted ranges.

    Only pages are shortened as the style asks; a locator of another kind keeps its digits.
    """
    locale = environment.locale
    delimiter = locale.term("page-range-delimiter") or "–"
    style = environment.page_range_format
    symbol = locale.terms.get(("and", "symbol"))
    ampersand = f" {symbol.single if symbol else '&'} "
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
    """Return page numbers with their ranges in ``style`` and the locale's sign for "and"."""
    if "&" in text:
        text = re.sub(r"(?<=\d)\s*&\s*(?=\d)", ampersand, text)
    return page_range(text, style, delimiter)


def _number_text(name: str, text: str, delimiter: str) -> str:
    """Return a number in the form of cs:text: a hyphen between two numbers becomes a range."""
    if is_numeric(text) and "-" in text and not is_identifier(name, text):
        return page_range(text, "", delimiter)
    return text.replace("\\-", "-")
