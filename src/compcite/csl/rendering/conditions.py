"""Turn the conditions of ``cs:if`` and ``cs:else-if`` into functions (specification, "Choose")."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from compcite.csl.rendering.context import Context
from compcite.csl.rendering.numbers import is_numeric, page_first

if TYPE_CHECKING:
    from compcite.csl.styles.nodes import Branch, Condition

__all__ = ["compile_branch_test"]

Test = Callable[[Context], bool]


def compile_branch_test(branch: Branch) -> Test:
    """Return a function that tells whether the conditions of ``branch`` hold, by its ``match``.

    ``nand``, which is true if one of them does not hold, is no part of CSL 1.0.2, but citeproc-js
    knows it and styles use it.
    """
    if not branch.conditions:
        return _always
    holds = _all_of(branch) if branch.match in {"all", "nand"} else _any_of(branch)
    return (lambda context: not holds(context)) if branch.match in {"none", "nand"} else holds


def _all_of(branch: Branch) -> Test:
    """Return a test that is true if all conditions hold.

    No item has several types. So if a style lists types under "all", one of them is enough, as
    hundreds of styles and citeproc-js take it.
    """
    types = frozenset(c.value for c in branch.conditions if c.test == "type")
    tests = [_compile(c) for c in branch.conditions if c.test != "type"]
    if not types:
        return tests[0] if len(tests) == 1 else lambda context: all(t(context) for t in tests)
    if not tests:
        return lambda context: context.item.type in types
    return lambda context: context.item.type in types and all(t(context) for t in tests)


def _any_of(branch: Branch) -> Test:
    """Return a test that is true if one of the conditions holds.

    Variables that are stored in the item are all looked up at once, which is faster.
    """
    types = frozenset(c.value for c in branch.conditions if c.test == "type")
    stored = frozenset(
        c.value for c in branch.conditions if c.test == "variable" and c.value not in _MADE
    )
    tests = [
        _compile(c)
        for c in branch.conditions
        if c.test != "type" and not (c.test == "variable" and c.value in stored)
    ]
    if not tests and not stored:
        return lambda context: context.item.type in types

    def any_of(context: Context) -> bool:
        item = context.item
        if item.type in types:
            return True
        if stored and not (
            stored.isdisjoint(item.text)
            and stored.isdisjoint(item.names)
            and stored.isdisjoint(item.dates)
        ):
            return True
        return any(test(context) for test in tests) if tests else False

    return any_of


def _always(_context: Context) -> bool:
    """Return true; for conditions that are always met."""
    return True


def _compile(condition: Condition) -> Test:
    """Return the test for one condition."""
    return _TESTS[condition.test](condition.value)


# Variables whose presence is not that of a value of the item.
_MADE = frozenset(
    {
        "citation-label",
        "citation-number",
        "first-reference-note-number",
        "locator",
        "page-first",
        "year-suffix",
    }
)


def _variable(name: str) -> Test:  # noqa: PLR0911  one for each kind of variable
    """Return a test that is true if the variable ``name`` has a value.

    Some variables are not stored in the item but made; a citation label, for example, always is.
    """
    match name:
        case "locator":
            return lambda context: bool(context.cite and context.cite.locator)
        case "citation-number":
            return lambda context: context.number > 0
        case "citation-label":
            return _always
        case "first-reference-note-number":
            return lambda context: context.position.first_note > 0
        case "year-suffix":
            return lambda context: bool(context.reading.year_suffix)
        case "page-first":
            return lambda context: "page-first" in context.item.text or "page" in context.item.text

    def has(context: Context) -> bool:
        item = context.item
        return name in item.text or name in item.names or name in item.dates

    return has


def _numeric(name: str) -> Test:
    """Return a test that is true if the value of the variable ``name`` is a number.

    A citation number always is; the number of the first note only where there was a first note.
    """
    match name:
        case "locator":
            return lambda context: bool(context.cite) and is_numeric(context.cite.locator)  # type: ignore[union-attr]
        case "citation-number":
            return _always
        case "first-reference-note-number":
            return lambda context: context.position.first_note > 0
        case "page-first":
            return lambda context: is_numeric(page_first(context.item.text.get("page", "")))

    def numeric(context: Context) -> bool:
        value = context.item.text.get(name)
        return value is not None and is_numeric(value)

    return numeric


def _uncertain(name: str) -> Test:
    """Return a test that is true if the date variable ``name`` is circa."""

    def uncertain(context: Context) -> bool:
        date = context.item.dates.get(name)
        return date is not None and date.circa

    return uncertain


def _locator(label: str) -> Test:
    """Return a test that is true if the cite has a locator with this label."""
    label = _label_of(label)

    def is_label(context: Context) -> bool:
        cite = context.cite
        return cite is not None and bool(cite.locator) and _label_of(cite.label) == label

    return is_label


def _label_of(label: str) -> str:
    """Return a locator label in its usual spelling; ``page`` for an empty one."""
    return "sub-verbo" if label == "sub verbo" else label or "page"


def _position(name: str) -> Test:
    """Return a test that is true if the cite has the position ``name``, such as ``ibid``."""
    return lambda context: context.cite is not None and name in context.position.names


def _disambiguate(value: str) -> Test:
    """Return a test that is true if disambiguation has set the condition to ``value``.

    It also notes that the style asks for it.
    """
    wanted = value == "true"

    def disambiguate(context: Context) -> bool:
        context.asked_disambiguate = True
        return context.reading.condition is wanted

    return disambiguate


_TESTS: dict[str, Callable[[str], Test]] = {
    "disambiguate": _disambiguate,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locator,
    "position": _position,
    "variable": _variable,
}
