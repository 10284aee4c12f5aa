"""Change the letter case of text, and leave out its full stops.

Specification: "Text-case", "Strip-periods".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.richtext import Literal, TermText
from compcite.text.capitals import text_case

if TYPE_CHECKING:
    from compcite.csl.richtext import Tokens

__all__ = ["capitalize_term", "change_case", "change_term_case", "strip_periods"]


def capitalize_term(tokens: Tokens, number: str = "") -> None:
    """Give a capital letter to the term at the beginning of ``tokens``, which are changed in place.

    Brackets and the text ``number`` may stand before the term. Nothing happens if another text
    does.
    """
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
    """Return ``text`` in the letter case ``case``, a value of CSL's attribute ``text-case``.

    An empty ``case`` changes nothing, and neither does title case for a language other than
    English.
    """
    if not case or not text:
        return text
    if case == "title" and not language.lower().startswith("en"):
        return text
    changed = _CASES[case](text, language)
    return Literal(changed) if isinstance(text, Literal) else changed


def change_term_case(text: str, case: str, language: str) -> str:
    """Return a term, such as "edited by", in the letter case ``case``.

    Title case gives a term its capital in every language: "(Eds.)" in Spanish too.
    """
    return change_case(text, case, "en" if case == "title" else language)


_CASES = {
    "lowercase": text_case.lower,
    "uppercase": text_case.upper,
    "capitalize-first": text_case.capitalize_first,
    "capitalize-all": text_case.capitalize_all,
    "sentence": text_case.sentence,
    "title": text_case.title,
}
