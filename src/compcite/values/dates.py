"""Dates written as text: in EDTF, in words, or in fields for year, month and day.

Sources: Library of Congress, Extended Date/Time Format, levels 0 and 1; Patashnik, "BibTeXing"
(``year``, ``month``); the biblatex manual, section 2.3.8 (``date`` and its kin).
"""

from __future__ import annotations

import re

from compcite.model.item import Date
from compcite.values.calendar import (
    LAST_DAY,
    LAST_MONTH,
    MONTH_OF,
    SEASON_OF,
    season_of_month,
)

__all__ = ["bibtex_date", "edtf_date", "original_year", "read_date"]

_Parts = tuple[int, ...]

_OVER_A_CENTURY = 10  # years that a range may last whose shortened end is in the next century

# Most dates are four digits: re compiles the other patterns at first use and caches them.
_YEAR = re.compile(r"\d{4}")
_EDTF = (
    r"(?P<year>y?-?\d{4,9}|-?\d{2}XX|-?\d{3}X)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?:[T ][\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?(?P<doubt>[~?%]?)$"
)
_IN_NUMBERS = (
    r"(?P<day>\d{1,2})[./]\s?(?P<month>\d{1,2})[./]\s?(?P<year>\d{4})$",
    r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})$",
)
_UNSURE = r".*\d{4}\s*\?"
_ABOUT = r"(?i)(?:circa|ca?\.?|about|approx\.?|~)\s*(?=\d)"
_ERA = r"(?i)\s*(?P<era>B\.?\s?C\.?(?:\s?E\.?)?|A\.?\s?D\.?|C\.?\s?E\.?)$"
_RANGE_DASH = r"\s+(?:-{1,3}|/)\s+|\s*[–—]\s*"
_BEFORE_CHRIST = r"-[1-9]\d{0,2}"
_YEARS = r"(?P<first>\d{1,4})\s*(?:-{1,3}|[–—/])\s*(?P<last>\d{1,4})$"
_REPRINT = r"(\d{4})\s*[\[(](\d{4})[\])]$"
_LETTERED = r"(?P<year>\d{1,4})(?:(?<=\d{4})[a-z])?$"
_DAYS = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_WORD = r"[^\W\d_]+"


def edtf_date(value: str) -> Date | None:
    """A date in EDTF, levels 0 and 1, or None where the value is no such date."""
    first, slash, last = value.strip().partition("/")
    start = _edtf_parts(first)
    if not slash:
        return start
    end = _edtf_parts(last)
    if start is None and end is None:
        return None
    if (first.strip(". ") and start is None) or (last.strip(". ") and end is None):
        return None
    return _range(start or Date(((0,),)), end or Date(((0,),)))


def read_date(value: str) -> Date:
    """The date that a text means, in EDTF or in words; a literal one where it is no date at all."""
    return edtf_date(value) or _range_in_words(value) or bibtex_date(value, "", "")


def bibtex_date(year: str, month: str, day: str) -> Date:
    """The date that the (decoded) fields ``year``, ``month`` and ``day`` mean together."""
    year, month, day = year.strip(), month.strip(), day.strip()
    if _YEAR.fullmatch(year):
        return _within(int(year), month, day)
    return _year_in_words(year, month, day)


def original_year(year: str) -> int | None:
    """The year of first publication in ``1998 [1978]`` or ``1927 [1967]``: the earlier one."""
    match = re.match(_REPRINT, year.strip())
    return min(int(match[1]), int(match[2])) if match else None


def _edtf_parts(value: str) -> Date | None:
    """One date of EDTF, with the years that ``199X`` spans."""
    match = re.match(_EDTF, value.strip())
    if match is None:
        return None
    circa = bool(match["doubt"])
    year = match["year"].removeprefix("y")
    if "X" in year:
        return Date(((int(year.replace("X", "0")),), (int(year.replace("X", "9")),)), circa=circa)
    number = int(year)
    if number <= 0:
        number -= 1  # EDTF counts a year 0, which is 1 BC
    month, day = (
        int(part) if part and part.isdigit() else 0 for part in match.group("month", "day")
    )
    if season := season_of_month(month):
        return Date(((number,),), season=season, circa=circa)
    if month > LAST_MONTH or day > LAST_DAY:
        return None
    parts = (number, month, day) if month and day else (number, month) if month else (number,)
    return Date((parts,), circa=circa)


def _range(start: Date, end: Date) -> Date:
    """The range from the first day of one date to the last of another."""
    parts = (start.parts[0], end.parts[-1])
    return Date(parts, start.season, start.circa or end.circa, end_season=end.season)


def _range_in_words(value: str) -> Date | None:
    """A range of two whole dates: ``Spring 1999 - Summer 2001``, ``12 May 2001 – 3 June 2002``.

    One that names its year once (``May–June 2001``) is left to the readers of single dates.
    """
    ends = re.split(_RANGE_DASH, value)
    if len(ends) != 2 or not all(map(_YEAR.search, ends)):  # noqa: PLR2004  a range has two ends
        return None
    start, end = (bibtex_date(text, "", "") for text in ends)
    return _range(start, end) if start.parts and end.parts else None


def _year_in_words(year: str, month: str, day: str) -> Date:
    """A date whose year is not simply four digits."""
    if not year:
        return Date()
    if reprint := re.match(_REPRINT, year):
        return _within(max(int(reprint[1]), int(reprint[2])), month, day)
    bare = year.strip("()[]{} .,")
    circa = re.fullmatch(_UNSURE, bare) is not None
    if circa:
        bare = bare.rstrip(" ?")
    if about := re.match(_ABOUT, bare):
        circa, bare = True, bare[about.end() :]
    found = (
        _one_year(bare, month, day)
        or edtf_date(bare)
        or _years(bare)
        or _date_in_words(bare)
        or Date(literal=year)
    )
    return Date(found.parts, found.season, circa or found.circa, found.literal) if circa else found


def _one_year(bare: str, month: str, day: str) -> Date | None:
    """A year of few digits, before Christ or with the letter that tells it from its like."""
    if re.fullmatch(_BEFORE_CHRIST, bare):
        return _within(int(bare), month, day)
    if era := re.search(_ERA, bare):
        digits = bare[: era.start()]
        if not re.fullmatch(r"\d{1,9}", digits) or not int(digits):
            return None
        before = era["era"][0] in "Bb"
        return Date(((-int(digits) if before else int(digits),),))
    match = re.match(_LETTERED, bare)
    return _within(int(match["year"]), month, day) if match and int(match["year"]) else None


def _years(bare: str) -> Date | None:
    """A range of years, the second perhaps shortened: ``1998--99``, ``1999/00``."""
    match = re.match(_YEARS, bare)
    if match is None:
        return None
    start, end = int(match["first"]), int(match["last"])
    if len(match["last"]) < len(match["first"]):
        century = 10 ** len(match["last"])
        years = (end - start) % century
        end = start + years
        if end // century > start // century and years > _OVER_A_CENTURY:
            return None
    return Date(((start,), (end,))) if end > start > 0 else None


def _date_in_words(value: str) -> Date | None:
    """A whole date in one field: ``12 March 2001``, ``March 2001``, ``12.03.2001``."""
    for form in _IN_NUMBERS:
        if found := re.match(form, value):
            year, month, day = (int(found[part]) for part in ("year", "month", "day"))
            if 0 < month <= LAST_MONTH and 0 < day <= LAST_DAY:
                return Date(((year, month, day),))
            return None
    years = _YEAR.findall(value)
    if len(years) != 1:
        return None
    rest = value.replace(years[0], " ")
    words = [word.lower() for word in re.findall(_WORD, rest)]
    if not words or any(word not in MONTH_OF and word not in SEASON_OF for word in words):
        return None
    return _within(int(years[0]), rest, "")


def _within(year: int, month: str, day: str) -> Date:
    """The date in a year: a month by number or name, a season, days in the month field too."""
    if not month:
        return Date(((year,),))
    if re.fullmatch(r"\d{1,4}", month):
        number = int(month)
        if not 0 < number <= LAST_MONTH:
            return Date(((year,),), season=season_of_month(number))
        return Date(((year, number, *_day(day)),))
    words = [word.lower() for word in re.findall(_WORD, month)]
    months = [MONTH_OF[word] for word in words if word in MONTH_OF]
    if not months:
        seasons = [SEASON_OF[word] for word in words if word in SEASON_OF]
        return Date(((year,),), season=seasons[0] if seasons else None)
    return _in_months(year, months, [int(number) for number in re.findall(_DAYS, month)], day)


def _in_months(year: int, months: list[int], days: list[int], day: str) -> Date:
    """A date in one month or a range over two, with the days that the month field names."""
    days = [number for number in days if 0 < number <= LAST_DAY] or list(_day(day))
    first: _Parts = (year, months[0], *days[:1])
    last: _Parts = (year, months[-1], *days[-1:])
    return Date((first, last)) if first < last else Date((first,))


def _day(day: str) -> _Parts:
    """The day as the third part, where it is one."""
    number = int(day) if re.fullmatch(r"\d{1,4}", day) else 0
    return (number,) if 0 < number <= LAST_DAY else ()
