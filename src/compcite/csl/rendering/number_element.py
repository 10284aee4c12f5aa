"""Render ``cs:number``: a number in digits, as ordinal or Roman (specification, "Number")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.rendering.numbers import (
    is_identifier,
    is_numeric,
    long_ordinal,
    ordinal,
    roman,
    split_number,
)
from compcite.csl.rendering.variables import MADE_VARIABLES, getter, write_variable
from compcite.csl.richtext import Literal

if TYPE_CHECKING:
    from compcite.csl.rendering.context import Context, Environment, Renderer, Scope
    from compcite.csl.rendering.variables import Getter
    from compcite.csl.styles.nodes import NumberNode

__all__ = ["compile_number"]

_LONGEST_NUMBER = 9  # digits of what has an ordinal or a Roman numeral


def compile_number(node: NumberNode, scope: Scope) -> Renderer:
    """Return the function of a ``cs:number``: a number, range or list in the form of the style.

    Text that is no number is written as it is, and so is an identifier, such as a report number
    with a hyphen.
    """
    environment = scope.environment
    name = node.variable
    gender = getattr(environment.locale.find(name), "gender", "")
    dash = environment.locale.term("page-range-delimiter") or "–"
    stored = _stored(name, scope)
    shown = getter(name, scope)

    def number(context: Context) -> str:
        text = stored(context)
        if not text or not is_numeric(text) or (is_identifier(name, text) and not text.isdecimal()):
            return Literal(shown(context))
        pieces = split_number(text)
        if node.form != "numeric":
            pieces[::2] = [_in_form(piece, node.form, environment, gender) for piece in pieces[::2]]
        number = "".join(_separator(p, dash) if i % 2 else p for i, p in enumerate(pieces))
        return Literal(number) if node.form == "numeric" else number

    return write_variable(node, number, environment)


def _stored(name: str, scope: Scope) -> Getter:
    """Return a function that finds a number as it was given, before its ranges are formatted.

    Numbers that no item stores, and all in sort keys, are found by :func:`getter` as usual.
    """
    if name == "locator":
        return lambda context: context.cite.locator if context.cite else ""
    if name in MADE_VARIABLES or scope.sorting:
        return getter(name, scope)
    return lambda context: context.text.get(name, "")


def _in_form(text: str, form: str, environment: Environment, gender: str) -> str:
    """Return a number as ordinal ("2nd"), long ordinal ("second") or Roman numeral ("ii").

    Text that is not all digits, or too long, is returned as it is.
    """
    if not text.isdecimal() or len(text) > _LONGEST_NUMBER:
        return text
    if form == "ordinal":
        return ordinal(int(text), environment.locale, gender)
    if form == "long-ordinal":
        return long_ordinal(int(text), environment.locale, gender)
    return roman(int(text))


def _separator(text: str, dash: str) -> str:
    """Return the sign or word between two numbers with its proper spaces.

    A hyphen becomes ``dash``, unless a backslash protects it.
    """
    bare = text.strip()
    if bare.isalpha():
        return f" {bare} "
    if bare == ",":
        return ", "
    return " & " if bare == "&" else dash if bare in {"-", "--"} else bare.replace("\\-", "-")
