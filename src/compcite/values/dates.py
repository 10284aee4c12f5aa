"""Read dates from text: EDTF, words, or the fields for year, month and day.

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

__all__ = ["bibtex_date", "edtf_date", "is_to_come", "original_year", "read_date"]

_Parts = tuple[int, ...]

_OVER_A_CENTURY = 10  # years that a range may last whose shortened end is in the next century

# Most dates are four digits: re compiles the other patterns at first use and caches them.
_YEAR = re.compile(r"\d{4}")
_EDTF = (
    r"(?P<year>y?-?\d{4,9}|-?\d{2}XX|-?\d{3}X)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?:[T ][\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?(?P<doubt>[~?%]?)$"
)
_IN_NUMBERS = (
    # With slashes, the month comes first where both orders give a date, as citeproc-js and pandoc
    # take it; with stops, the day does.
    r"(?P<month>0?[1-9]|1[0-2])/(?P<day>\d{1,2})/(?P<year>\d{4})$",
    r"(?P<day>\d{1,2})[./]\s?(?P<month>\d{1,2})[./]\s?(?P<year>\d{4})$",
    r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})$",
)
_UNSURE = r".*\d{4}\s*\?"
_ABOUT = r"(?i)(?:circa|ca?\.?|about|approx\.?|~)(?:\s*(?=\d)|\s+)"
_ERA = r"(?i)\s*(?P<era>B\.?\s?C\.?(?:\s?E\.?)?|A\.?\s?D\.?|C\.?\s?E\.?)$"
# Without spaces, a hyphen or slash is that of a range if it stands behind a year and before a word:
# summer 2000-fall 2001.
_RANGE_DASH = r"\s+(?:-{1,3}|/)\s+|\s*[–—]\s*|(?<=\d{4})(?:-{1,3}|/)(?=[^\W\d])"
_BEFORE_CHRIST = r"-[1-9]\d{0,2}"
_YEARS = r"(?P<first>\d{1,4})\s*(?:-{1,3}|[–—/])\s*(?P<last>\d{1,4})$"
_REPRINT = r"(\d{4})\s*[\[(](\d{4})[\])]$"
_LETTERED = r"(?P<year>\d{1,4})(?:(?<=\d{4})[a-z])?$"
_DAYS = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_WORD = r"[^\W\d_]+"
_TO_COME = (
    r"(?i)\(?(?:in\s+press|forthcoming|to\s+appear|(?:just\s+|manuscript\s+)?accepted|submitted"
    r"|in\s+print|in\s+prep(?:aration|\.)?|(?:under|in)\s+review|im\s+druck|im\s+erscheinen"
    r"|sous\s+presse)\.?\)?"
)


def edtf_date(value: str) -> Date | None:
    """Return the date for a text in EDTF (levels 0 and 1), or None if it is not one.

    A range may be open: the missing end of ``2019/`` or ``../2019`` becomes the year 0.
    """
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
    """Return the date for a text in EDTF or in words, such as ``12 March 2001``.

    A text that is no date is kept in ``literal``. Nothing is raised.
    """
    return edtf_date(value) or _range_in_words(value) or bibtex_date(value, "", "")


def bibtex_date(year: str, month: str, day: str) -> Date:
    """Return the date that the fields ``year``, ``month`` and ``day`` give together.

    Each may be empty, and is plain text without LaTeX commands. A year that cannot be read is kept
    in ``literal``; an empty year gives an empty date.
    """
    year, month, day = year.strip(), month.strip(), day.strip()
    if _YEAR.fullmatch(year):
        return _within(int(year), month, day)
    return _year_in_words(year, month, day)


def original_year(year: str) -> int | None:
    """Return the earlier of two years, if a text has the form ``1998 [1978]``; else None.

    It is the year of the first publication of a reprint.
    """
    match = re.match(_REPRINT, year.strip())
    return min(int(match[1]), int(match[2])) if match else None


def is_to_come(words: str) -> bool:
    """Return whether words stand for the date of a work that is still to come: ``in press``."""
    return re.fullmatch(_TO_COME, words.strip()) is not None


def _edtf_parts(value: str) -> Date | None:
    """Return the date for a single date in EDTF, or None if the text is not one.

    ``199X`` gives a range, from 1990 to 1999. Year 0 of EDTF becomes 1 BC, which is -1.
    """
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
    """Return the range from the beginning of ``start`` to the end of ``end``.

    Each must have a year; it is circa if one of them is.
    """
    parts = (start.parts[0], end.parts[-1])
    return Date(parts, start.season, start.circa or end.circa, end_season=end.season)


def _range_in_words(value: str) -> Date | None:
    """Return the range for two dates with a dash between them: ``Spring 1999 - Summer 2001``.

    The result is None if the text is not of this form, or names only one year (``May–June 2001``).
    """
    ends = re.split(_RANGE_DASH, value)
    if len(ends) != 2 or not all(map(_YEAR.search, ends)):  # noqa: PLR2004  a range has two ends
        return None
    start, end = (bibtex_date(text, "", "") for text in ends)
    return _range(start, end) if start.parts and end.parts else None


def _year_in_words(year: str, month: str, day: str) -> Date:
    """Return the date for a year that is not simply four digits: ``c. 1500``, ``1998 [1978]``.

    Of two years the later one counts. A whole date in the field (``3 May 2001``) is read, too. A
    text that cannot be read is kept in ``literal``.
    """
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
    found = _one_year(bare, month, day) or edtf_date(bare) or _years(bare) or _date_in_words(bare)
    if found is None:  # the words are kept as they are, and say themselves that they are not sure
        return Date(literal=year)
    return Date(found.parts, found.season, circa or found.circa, found.literal) if circa else found


def _one_year(bare: str, month: str, day: str) -> Date | None:
    """Return the date for a year of one to four digits, ``44 BC``, ``-44`` or ``2019a``.

    Else None.
    """
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
    """Return the range for two years: ``1998--99``, ``1999/00``; None for any other text.

    The second year may be shortened. If this leads into the next century, the range may last ten
    years at most: ``1998--12`` gives None, since it need not mean 2012.
    """
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
    """Return the date for a text with a month or season and one year, such as ``March 2001``.

    Other forms are ``12 March 2001`` and ``12.03.2001``. None for a text with another word, with
    several years, or with a day or month that does not exist.
    """
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
    """Return the date for a year, a month field and a day field.

    The month may be a number, a name, a season, two months or a month with days: ``5``, ``may``,
    ``Spring``, ``May--June``, ``May 3--5``. What cannot be read is left out.
    """
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
        if len(set(seasons)) > 1:
            return Date(((year,), (year,)), seasons[0], end_season=seasons[-1])
        return Date(((year,),), season=seasons[0] if seasons else None)
    return _in_months(year, months, [int(number) for number in re.findall(_DAYS, month)], day)


def _in_months(year: int, months: list[int], days: list[int], day: str) -> Date:
    """Return the date for one month, or for a range of months, with the days if they are known.

    ``days`` are those in the month field; if there are none, the day field ``day`` counts.
    """
    days = [number for number in days if 0 < number <= LAST_DAY] or list(_day(day))
    first: _Parts = (year, months[0], *days[:1])
    last: _Parts = (year, months[-1], *days[-1:])
    return Date((first, last)) if first < last else Date((first,))


def _day(day: str) -> _Parts:
    """Return the day as a tuple of one number, or an empty tuple if it is not a number 1 to 31."""
    number = int(day) if re.fullmatch(r"\d{1,4}", day) else 0
    return (number,) if 0 < number <= LAST_DAY else ()
