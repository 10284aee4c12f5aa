"""Render ``cs:label`` outside of names: "p." before a page (specification, "Label")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.csl.rendering.casing import change_term_case, strip_periods
from compcite.csl.rendering.context import UNTOUCHED
from compcite.csl.rendering.locators import has_own_label
from compcite.csl.rendering.numbers import is_identifier, is_numeric, is_plural
from compcite.csl.rendering.wrapping import around

if TYPE_CHECKING:
    from compcite.csl.rendering.context import Context, Renderer, Scope
    from compcite.csl.richtext import Tokens
    from compcite.csl.styles.nodes import LabelNode

__all__ = ["compile_label"]

_COUNT = re.compile(r"\s*(\d+)")


def compile_label(node: LabelNode, scope: Scope) -> Renderer:
    """Return the function of a ``cs:label`` outside of ``cs:names``.

    It writes the term for a number or locator, singular or plural ("p.", "pp."). It writes nothing
    if the number is empty or has a label of its own.
    """
    environment = scope.environment
    name = node.variable
    before, after = around(node.format, node.affixes)
    and_words = frozenset({"and", environment.locale.term("and")})

    def label_of(term_name: str, *, plural: bool) -> str:
        term = environment.locale.find(term_name, node.form)
        text = term.text(plural=plural) if term else ""
        if node.strip_periods:
            text = strip_periods(text)
        return change_term_case(text, node.text_case, environment.locale.lang)

    def label(context: Context, out: Tokens) -> int:
        if name == "locator":
            cite = context.cite
            value = cite.locator if cite else ""
            term_name = (cite.label if cite else "") or "page"
        else:
            value, term_name = context.text.get(name, ""), name
            if name == "citation-number":
                value = str(context.number)
        if not value or has_own_label(value):
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
    """Return whether the label for a value is plural: for several numbers, or a count above one."""
    if name in {"number-of-pages", "number-of-volumes"} and is_numeric(value):
        count = _COUNT.match(value)
        return (count is not None and int(count[1]) > 1) or is_plural(value, and_words)
    return is_plural(value, and_words) and not is_identifier(name, value)
