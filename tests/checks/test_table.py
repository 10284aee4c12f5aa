"""The table of rules: names, codes, documentation, selection."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest

import compcite.checks
from compcite.checks import CHECK_FAMILIES, CHECKS, FAMILIES, RULES, select_rules
from compcite.errors import UsageError
from compcite.model.report import FixSafety

CODES = {
    "entry-unparsed": "B100",
    "encoding-guessed": "B105",
    "field-unread": "B106",
    "doi-missing": "D300",
    "work-not-found": "D305",
    "doi-not-registered": "D400",
    "wrong-work": "M500",
    "year-mismatch": "M503",
    "type-mismatch": "M508",
    "work-retracted": "R600",
    "key-duplicated": "L700",
}


@pytest.mark.parametrize(("name", "code"), CODES.items())
def test_codes_are_stable(name: str, code: str) -> None:
    """A rule's code is its family and its place, which never changes."""
    assert RULES[name].code == code


def test_names_and_codes_are_unique() -> None:
    """No two rules share a name or a code."""
    assert len(RULES) == len(CHECKS) == len({rule.code for rule in RULES.values()})


def test_every_function_that_judges_a_case_is_a_rule() -> None:
    """A rule without a line in CHECKS is never applied."""
    judges = {
        function
        for module in iter_modules(compcite.checks.__path__, "compcite.checks.")
        for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction)
        if not name.startswith("_")
        and function.__annotations__ == {"case": "Case", "return": "Iterator[Fault]"}
    }
    forgotten = sorted(function.__name__ for function in judges - {one.judge for one in CHECKS})

    assert forgotten == [], (
        f"a line at the end of the family in CHECKS of {compcite.checks.__file__}"
    )


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_documented(name: str) -> None:
    """The docstring of a rule's function says what and why, and of a fix whether it is safe."""
    rule = RULES[name]
    assert rule.summary.endswith(".")
    assert len(rule.explanation) > len(rule.summary)
    assert rule.family in FAMILIES
    if rule.fix is not FixSafety.NONE:
        assert rule.fix.value.partition(" ")[0] in rule.explanation


@pytest.mark.parametrize(
    ("select", "chosen"),
    [
        (["year-mismatch"], {"year-mismatch"}),
        (["M503"], {"year-mismatch"}),
        (["m503, doi-style"], {"year-mismatch", "doi-style"}),
        (["L7"], {"key-duplicated", "doi-duplicated", "work-duplicated"}),
    ],
)
def test_rules_are_selected_by_name_code_or_family(select: list[str], chosen: set[str]) -> None:
    """Several may stand in one option, separated by commas."""
    assert select_rules(select) >= chosen
    assert select_rules(select, families=()) == select_rules(select)


def test_ignored_rules_are_left_out() -> None:
    """What is ignored is taken from the default families."""
    chosen = select_rules(ignore=["B1,D3"], families=CHECK_FAMILIES)
    assert "key-duplicated" in chosen
    assert not any(RULES[name].family in ("B1", "D3") for name in chosen)


def test_an_unknown_rule_is_a_usage_error_with_a_hint() -> None:
    """The nearest rule is named."""
    with pytest.raises(UsageError, match="did you mean wrong-work"):
        select_rules(["wrong-wrok"])
