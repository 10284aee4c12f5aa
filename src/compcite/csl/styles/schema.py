"""Which elements, attributes and values a style or locale can have.

One table holds the rules, so that the reader needs no checks of its own. All faults of a file are
collected with their places, so that an author sees them at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compcite.errors import StyleError
from compcite.text.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compcite.csl.styles.xmltree import Element

__all__ = ["TERM_FORMS", "Faults", "check", "did_you_mean"]

_MAX_FAULTS_SHOWN = 20

_ANY = frozenset[str]()  # any value
_BOOLEAN = frozenset({"true", "false"})
_INTEGER = frozenset({"<integer>"})

_AFFIXES = {"prefix": _ANY, "suffix": _ANY}
_FORMAT = {
    "font-style": frozenset({"normal", "italic", "oblique"}),
    "font-variant": frozenset({"normal", "small-caps"}),
    "font-weight": frozenset({"normal", "bold", "light"}),
    "text-decoration": frozenset({"none", "underline"}),
    "vertical-align": frozenset({"baseline", "sup", "sub"}),
}
_TEXT_CASE = {
    "text-case": frozenset(
        {"lowercase", "uppercase", "capitalize-first", "capitalize-all", "sentence", "title"}
    )
}
_DISPLAY = {"display": frozenset({"block", "left-margin", "right-inline", "indent"})}
_STRIP = {"strip-periods": _BOOLEAN}
_LOOK = _AFFIXES | _FORMAT
TERM_FORMS = {
    "long": ("long",),
    "short": ("short", "long"),
    "verb": ("verb", "long"),
    "verb-short": ("verb-short", "verb", "long"),
    "symbol": ("symbol", "short", "long"),
}
"""The forms of terms, each with those that are looked for in turn (specification, "Terms")."""
_TERM_FORM = frozenset(TERM_FORMS)

_NAME_OPTIONS = {
    "and": frozenset({"text", "symbol"}),
    "delimiter-precedes-et-al": frozenset({"contextual", "after-inverted-name", "always", "never"}),
    "delimiter-precedes-last": frozenset({"contextual", "after-inverted-name", "always", "never"}),
    "et-al-min": _INTEGER,
    "et-al-use-first": _INTEGER,
    "et-al-subsequent-min": _INTEGER,
    "et-al-subsequent-use-first": _INTEGER,
    "et-al-use-last": _BOOLEAN,
    "initialize": _BOOLEAN,
    "initialize-with": _ANY,
    "name-as-sort-order": frozenset({"first", "all"}),
    "sort-separator": _ANY,
}
_NAME_FORM = frozenset({"long", "short", "count"})
_INHERITABLE = _NAME_OPTIONS | {
    "name-delimiter": _ANY,
    "name-form": _NAME_FORM,
    "names-delimiter": _ANY,
}
_RENDERING = frozenset({"text", "number", "label", "date", "names", "group", "choose"})
_CONDITIONS = {
    "disambiguate": _BOOLEAN,
    "is-numeric": _ANY,
    "is-uncertain-date": _ANY,
    "locator": _ANY,
    "match": frozenset({"all", "any", "none", "nand"}),
    "position": _ANY,
    "type": _ANY,
    "variable": _ANY,
}


@dataclass(frozen=True, slots=True)
class _Rule:
    """The attributes and children that one element can have, and the attributes that it needs."""

    attributes: dict[str, frozenset[str]] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    required: tuple[str, ...] = ()


_RULES = {
    "macro": _Rule({"name": _ANY}, _RENDERING, ("name",)),
    "citation": _Rule(
        _INHERITABLE
        | {
            "after-collapse-delimiter": _ANY,
            "cite-group-delimiter": _ANY,
            "collapse": frozenset({"citation-number", "year", "year-suffix", "year-suffix-ranged"}),
            "disambiguate-add-givenname": _BOOLEAN,
            "disambiguate-add-names": _BOOLEAN,
            "disambiguate-add-year-suffix": _BOOLEAN,
            "givenname-disambiguation-rule": frozenset(
                {
                    "all-names",
                    "all-names-with-initials",
                    "primary-name",
                    "primary-name-with-initials",
                    "by-cite",
                }
            ),
            "near-note-distance": _INTEGER,
            "year-suffix-delimiter": _ANY,
        },
        frozenset({"layout", "sort"}),
    ),
    "bibliography": _Rule(
        _INHERITABLE
        | {
            "entry-spacing": _INTEGER,
            "hanging-indent": _BOOLEAN,
            "line-spacing": _INTEGER,
            "second-field-align": frozenset({"flush", "margin", "true", "false"}),
            "subsequent-author-substitute": _ANY,
            "subsequent-author-substitute-rule": frozenset(
                {"complete-all", "complete-each", "partial-each", "partial-first"}
            ),
        },
        frozenset({"layout", "sort"}),
    ),
    # Not in CSL 1.0.2: what citeproc-js writes when only the author of a cite is asked for.
    "intext": _Rule(_INHERITABLE, frozenset({"layout"})),
    "layout": _Rule(_LOOK | {"delimiter": _ANY}, _RENDERING),
    "sort": _Rule(children=frozenset({"key"})),
    "key": _Rule(
        {
            "macro": _ANY,
            "names-min": _INTEGER,
            "names-use-first": _INTEGER,
            "names-use-last": _BOOLEAN,
            "sort": frozenset({"ascending", "descending"}),
            "variable": _ANY,
        }
    ),
    "text": _Rule(
        _LOOK
        | _TEXT_CASE
        | _DISPLAY
        | _STRIP
        | {
            "form": _TERM_FORM,
            "macro": _ANY,
            "plural": _BOOLEAN,
            "quotes": _BOOLEAN,
            "term": _ANY,
            "value": _ANY,
            "variable": _ANY,
        }
    ),
    "number": _Rule(
        _LOOK
        | _TEXT_CASE
        | _DISPLAY
        | {
            "form": frozenset({"numeric", "ordinal", "long-ordinal", "roman"}),
            "variable": _ANY,
        },
        required=("variable",),
    ),
    "label": _Rule(
        _LOOK
        | _TEXT_CASE
        | _STRIP
        | {
            "form": _TERM_FORM,
            "plural": frozenset({"contextual", "always", "never"}),
            "variable": _ANY,
        }
    ),
    "date": _Rule(
        _LOOK
        | _TEXT_CASE
        | _DISPLAY
        | {
            "date-parts": frozenset({"year", "year-month", "year-month-day"}),
            "delimiter": _ANY,
            "form": frozenset({"numeric", "text"}),
            "variable": _ANY,
        },
        frozenset({"date-part"}),
    ),
    "date-part": _Rule(
        _LOOK
        | _TEXT_CASE
        | _STRIP
        | {
            "form": frozenset(
                {"numeric", "numeric-leading-zeros", "ordinal", "long", "short"},
            ),
            "name": frozenset({"year", "month", "day"}),
            "range-delimiter": _ANY,
        },
        required=("name",),
    ),
    "names": _Rule(
        _LOOK | _DISPLAY | {"delimiter": _ANY, "variable": _ANY},
        frozenset({"name", "et-al", "label", "substitute"}),
        ("variable",),
    ),
    "name": _Rule(
        _LOOK | _NAME_OPTIONS | {"delimiter": _ANY, "form": _NAME_FORM},
        frozenset({"name-part"}),
    ),
    "name-part": _Rule(
        _LOOK | _TEXT_CASE | {"name": frozenset({"given", "family"})}, required=("name",)
    ),
    "et-al": _Rule(_FORMAT | {"term": _ANY}),
    "substitute": _Rule(children=_RENDERING),
    "group": _Rule(_LOOK | _DISPLAY | {"delimiter": _ANY}, _RENDERING),
    "choose": _Rule(children=frozenset({"if", "else-if", "else"})),
    "if": _Rule(_CONDITIONS, _RENDERING),
    "else-if": _Rule(_CONDITIONS, _RENDERING),
    "else": _Rule(children=_RENDERING),
    "locale": _Rule(
        {"version": _ANY, "xml:lang": _ANY},
        frozenset({"info", "style-options", "date", "terms"}),
    ),
    "style-options": _Rule(
        {"limit-day-ordinals-to-day-1": _BOOLEAN, "punctuation-in-quote": _BOOLEAN}
    ),
    "terms": _Rule(children=frozenset({"term"})),
    "term": _Rule(
        {
            "form": _TERM_FORM,
            "gender": frozenset({"masculine", "feminine"}),
            "gender-form": frozenset({"masculine", "feminine"}),
            "match": frozenset({"last-digit", "last-two-digits", "whole-number"}),
            "name": _ANY,
        },
        frozenset({"single", "multiple"}),
        ("name",),
    ),
    "single": _Rule(),
    "multiple": _Rule(),
    "style": _Rule(
        _INHERITABLE
        | {
            "class": frozenset({"in-text", "note"}),
            "default-locale": _ANY,
            "demote-non-dropping-particle": frozenset({"never", "sort-only", "display-and-sort"}),
            "initialize-with-hyphen": _BOOLEAN,
            "page-range-format": frozenset(
                {"expanded", "minimal", "minimal-two", "chicago", "chicago-15", "chicago-16"}
            ),
            "version": _ANY,
        },
        frozenset({"info", "locale", "macro", "citation", "bibliography", "intext"}),
        ("version",),
    ),
}


class Faults:
    """The faults of one file, each with its place and a hint; they are raised together."""

    def __init__(self, source: str) -> None:
        """Collect the faults of the file that errors name ``source``."""
        self.source = source
        self._messages: list[str] = []

    def add(self, element: Element, message: str) -> None:
        """Add a fault of ``element``."""
        self._messages.append(f"{self.source}:{element.line}:{element.column}: {message}")

    def raise_any(self) -> None:
        """Raise one :class:`StyleError` that lists the faults, if there are any.

        Of many, only the first ones are listed, and how many more there are.
        """
        if not self._messages:
            return
        shown = self._messages[:_MAX_FAULTS_SHOWN]
        if left := len(self._messages) - len(shown):
            shown.append(f"and {left} more")
        raise StyleError("\n".join(shown))


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return a hint such as "; did you mean 'apa'?", or an empty string if nothing is similar."""
    near = nearest(word, candidates)
    return f"; did you mean {near!r}?" if near else ""


def check(element: Element, faults: Faults) -> None:
    """Add a fault for each unknown element, attribute and value in ``element`` and below it.

    A missing attribute that is required is a fault, too. Metadata and elements of other
    vocabularies are not looked at.
    """
    rule = _RULES[element.tag]
    for name, value in element.attributes.items():
        allowed = rule.attributes.get(name)
        if allowed is None:
            hint = did_you_mean(name, rule.attributes)
            faults.add(element, f"<{element.tag}> has no attribute {name!r}{hint}")
        elif allowed and value not in allowed:
            _check_value(element, name, allowed, faults)
    for name in rule.required:
        if name not in element.attributes:
            faults.add(element, f"<{element.tag}> lacks its attribute {name!r}")
    for child in element.children:
        if child.tag == "info" or child.tag.startswith("{"):
            continue  # metadata, or another vocabulary's business
        if child.tag in rule.children:
            check(child, faults)
        else:
            what = "may not stand" if child.tag in _RULES else "is unknown"
            hint = did_you_mean(child.tag, rule.children)
            faults.add(child, f"<{child.tag}> {what} in <{element.tag}>{hint}")


def _check_value(element: Element, name: str, allowed: frozenset[str], faults: Faults) -> None:
    """Add the fault of a value that is known not to be in ``allowed``.

    If ``allowed`` stands for any whole number, a value of digits alone is no fault.
    """
    value = element.attributes[name]
    if allowed is _INTEGER:
        if not value.strip().isdecimal():
            faults.add(element, f"{name}={value!r} on <{element.tag}> is not a whole number")
        return
    choices = ", ".join(sorted(allowed))
    hint = did_you_mean(value, allowed)
    faults.add(element, f"{name}={value!r} on <{element.tag}> is none of {choices}{hint}")
