"""cs:date and dates as they come."""

from __future__ import annotations

from typing import Any

import pytest

from tests.csl.rendering import entry

FULL = '<date variable="issued" form="text"/>'
OWN = (
    '<date variable="issued" delimiter=" "><date-part name="day"/>'
    '<date-part name="month"/><date-part name="year"/></date>'
)


def issued(*parts: list[int], **fields: object) -> dict[str, Any]:
    """Return an item with its date."""
    return {"issued": {"date-parts": list(parts), **fields}}


@pytest.mark.parametrize(
    ("layout", "item", "expected"),
    [
        (FULL, issued([2001, 5, 12]), "May 12, 2001"),
        (FULL, issued([2001, 5]), "May 2001"),
        (FULL, issued([2001]), "2001"),
        ('<date variable="issued" form="numeric"/>', issued([2001, 5, 1]), "05/01/2001"),
        (
            '<date variable="issued" form="text" date-parts="year"/>',
            issued([2001, 5, 12]),
            "2001",
        ),
        (
            '<date variable="issued" form="text" date-parts="year-month"/>',
            issued([2001, 5, 12]),
            "May 2001",
        ),
        (
            '<date variable="issued" form="text"><date-part name="month" form="short"/></date>',
            issued([2001, 9, 3]),
            "Sept. 3, 2001",
        ),
        (OWN, issued([2001, 5, 12]), "12 May 2001"),
        (OWN, issued([2001], season=1), "Spring 2001"),
        (OWN, issued([2001, 22]), "Summer 2001"),
        (OWN, issued([-44, 3, 15]), "15 March 44 BC"),
        (OWN, issued([54]), "54 AD"),
        (OWN, {"issued": {"literal": "in press"}}, "in press"),
        (OWN, {}, ""),
        (
            '<date variable="issued"><date-part name="year" form="short"/></date>',
            issued([2001]),
            "01",
        ),
        (
            '<date variable="issued"><date-part name="month" form="numeric-leading-zeros"/></date>',
            issued([2001, 5]),
            "05",
        ),
        (
            '<date variable="issued"><date-part name="day" form="ordinal"/></date>',
            issued([2001, 5, 2]),
            "2nd",
        ),
        (
            (
                '<date variable="issued" prefix="(" suffix=")" font-style="italic">'
                '<date-part name="year"/></date>'
            ),
            issued([2001]),
            "(<i>2001</i>)",
        ),
    ],
)
def test_date(layout: str, item: dict[str, Any], expected: str) -> None:
    """cs:date writes the parts that are asked for and known."""
    assert entry(layout, item) == expected


@pytest.mark.parametrize(
    ("layout", "ends", "expected"),
    [
        (FULL, ([2001, 5, 1], [2001, 5, 4]), "May 1–4, 2001"),
        (FULL, ([2001, 5, 1], [2001, 6, 4]), "May 1–June 4, 2001"),
        (FULL, ([2001, 5, 1], [2002, 6, 4]), "May 1, 2001–June 4, 2002"),
        (OWN, ([2001, 5, 1], [2001, 5, 4]), "1–4 May 2001"),
        (OWN, ([2001, 5], [2001, 6]), "May–June 2001"),
        (OWN, ([2001], [2005]), "2001–2005"),
        (OWN, ([2001], [0]), "2001–"),
        (OWN, ([2001, 21], [2001, 22]), "Spring–Summer 2001"),
    ],
)
def test_date_range(layout: str, ends: tuple[list[int], ...], expected: str) -> None:
    """A range writes once what both ends share (specification, "Date Ranges")."""
    assert entry(layout, issued(*ends)) == expected


@pytest.mark.parametrize(
    ("form", "expected"), [("long", "Spring 2001"), ("short", "Spring 2001"), ("numeric", "2001")]
)
def test_a_season_has_no_number(form: str, expected: str) -> None:
    """A season takes the place of a month's name; a date in digits goes without it."""
    layout = (
        '<date variable="issued" delimiter=" ">'
        f'<date-part name="month" form="{form}"/><date-part name="year"/></date>'
    )
    assert entry(layout, issued([2001, 21])) == expected


def test_range_delimiter_is_that_of_the_largest_differing_part() -> None:
    """``range-delimiter`` on the day does not stand between months."""
    layout = (
        '<date variable="issued" delimiter=" "><date-part name="day" range-delimiter="/"/>'
        '<date-part name="month" range-delimiter=" to "/><date-part name="year"/></date>'
    )
    assert entry(layout, issued([2001, 5, 1], [2001, 6, 2])) == "1 May to 2 June 2001"


def test_day_ordinals_may_be_for_the_first_only() -> None:
    """French writes "1er mai" but "2 mai"."""
    layout = '<date variable="issued"><date-part name="day" form="ordinal"/></date>'
    first, second = (entry(layout, issued([2001, 5, day]), "fr-FR") for day in (1, 2))
    assert (first, second) == ("1<sup>e</sup><sup>r</sup>", "2")


def test_a_literal_date_stands_once() -> None:
    """A style that writes year and month apart prints "forthcoming" for the year only."""
    layout = (
        '<date variable="issued"><date-part name="year"/></date>'
        '<date variable="issued" prefix=", "><date-part name="month"/></date>'
    )
    assert entry(layout, {"issued": {"literal": "forthcoming"}}) == "forthcoming"


@pytest.mark.parametrize(("part", "expected"), [("year", "2000/"), ("month", "")])
def test_open_ranges(part: str, expected: str) -> None:
    """An open range ends in the delimiter of years, if any of it is written."""
    layout = f'<date variable="issued"><date-part name="{part}" range-delimiter="/"/></date>'
    assert entry(layout, {"issued": {"date-parts": [[2000], [0]]}}) == expected


def test_a_localized_date_has_the_delimiter_of_its_locale() -> None:
    """A delimiter of the style is for the style's own parts."""
    layout = '<date variable="issued" form="text" delimiter="-"/>'
    assert entry(layout, {"issued": {"date-parts": [[1999, 5, 2]]}}) == "May 2, 1999"


def test_words_for_a_date_look_as_the_year_would() -> None:
    """They stand where the year would, with its formatting and affixes."""
    layout = (
        '<date variable="issued"><date-part name="month"/>'
        '<date-part name="year" prefix="(" suffix=")" font-style="italic"/></date>'
    )
    assert entry(layout, {"issued": {"literal": "in press"}}) == "(<i>in press</i>)"
