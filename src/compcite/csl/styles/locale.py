"""The terms, date formats and options of a language (specification, "Locale").

A :class:`Locale` is the result of the fallback chain. Each term or format is taken from the first
of these that has it: the style's own locales, the file of the dialect, that of the language's
primary dialect, that of American English.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.csl.styles.schema import TERM_FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compcite.csl.styles.nodes import DateFormat, LocaleLayer, Term

__all__ = [
    "PRIMARY_DIALECTS",
    "Locale",
    "fallback_chain",
    "merge",
]

# Of each language with several dialects, the one that stands for it.
PRIMARY_DIALECTS = {
    "ar": "ar",
    "de": "de-DE",
    "en": "en-US",
    "es": "es-ES",
    "fr": "fr-FR",
    "pt": "pt-PT",
    "sr": "sr-Cyrl-RS",
    "zh": "zh-CN",
}


@dataclass(frozen=True, slots=True)
class Locale:
    """The terms, date formats and options of the language in which a processor writes."""

    lang: str
    terms: Mapping[tuple[str, str], Term]
    ordinals: Mapping[tuple[str, str], Term]
    dates: Mapping[str, DateFormat]
    punctuation_in_quote: bool = False
    limit_day_ordinals: bool = False

    def find(self, name: str, form: str = "long") -> Term | None:
        """Return the term in ``form``, or in the form to which it falls back, or None."""
        if name == "sub verbo":  # its name before CSL 1.0.2
            name = "sub-verbo"
        for fallback in TERM_FORMS[form]:
            if (term := self.terms.get((name, fallback))) is not None:
                return term
        return None

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str:
        """Return the text of a term, or an empty string if the language has none."""
        found = self.find(name, form)
        return found.text(plural=plural) if found else ""


def fallback_chain(lang: str, available: Iterable[str]) -> tuple[str, ...]:
    """Return the names in ``available`` on which ``lang`` draws, the most general first.

    The case of a language tag does not matter. For example, ``de-AT`` draws on American English,
    then on ``de-DE``, then on ``de-AT``. An unknown language is American English.
    """
    by_tag = {name.lower(): name for name in available}
    language = lang.lower().partition("-")[0]
    primary = PRIMARY_DIALECTS.get(language) or next(
        (by_tag[tag] for tag in sorted(by_tag) if tag.partition("-")[0] == language), ""
    )
    chain = ["en-us", primary.lower(), lang.lower()]
    return tuple(dict.fromkeys(by_tag[tag] for tag in chain if tag in by_tag))


def merge(lang: str, layers: Iterable[LocaleLayer]) -> Locale:
    """Return one locale made of ``layers``; a later layer replaces what an earlier one says.

    A layer that defines any ordinal ending ("th") replaces all endings of the earlier ones.
    """
    terms: dict[tuple[str, str], Term] = {}
    ordinals: dict[tuple[str, str], Term] = {}
    dates: dict[str, DateFormat] = {}
    options: dict[str, bool] = {}
    below = ""
    for layer in layers:
        terms = _over_other_language(terms, layer, below) | dict(layer.terms)
        below = layer.lang or below
        if any(name.startswith("ordinal") for name, _ in layer.ordinals):
            # "ordinal" terms hang together: whoever defines one defines all of them.
            kept = {key: term for key, term in ordinals.items() if key[0].startswith("long-")}
            ordinals = kept
        # What a language says of a number in words, in whatever gender, is all it says of it.
        worded = {name for name, _ in layer.ordinals}
        ordinals = {key: term for key, term in ordinals.items() if key[0] not in worded}
        ordinals.update(layer.ordinals)
        dates.update(layer.dates)
        options.update(layer.options)
    return Locale(
        lang,
        terms,
        ordinals,
        dates,
        punctuation_in_quote=options.get("punctuation-in-quote", False),
        limit_day_ordinals=options.get("limit-day-ordinals-to-day-1", False),
    )


def _over_other_language(
    terms: dict[tuple[str, str], Term], layer: LocaleLayer, below: str
) -> dict[tuple[str, str], Term]:
    """Return ``terms`` without those that ``layer`` defines, if it is in a different language.

    Only its long forms count as definitions. ``below`` is the language of ``terms``. Without this,
    the short form "let." of English would stay beside the long form "Brief" of a German layer.
    """
    if not below or not layer.lang or _language(layer.lang) == _language(below):
        return terms
    own = {name for name, form in layer.terms if form == "long"}
    return {key: term for key, term in terms.items() if key[0] not in own}


def _language(tag: str) -> str:
    """Return the language of a tag: "de-AT" gives "de"."""
    return tag.lower().partition("-")[0]
