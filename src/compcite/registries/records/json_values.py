"""Read JSON that can have any form: a value of the wrong type counts as unknown."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING, cast

from compcite.model.doi import DOI
from compcite.model.item import Date
from compcite.text.unicode import without_surrogates
from compcite.values.calendar import LAST_MONTH, season_of_month

if TYPE_CHECKING:
    from compcite.registries.records.answers import Json

__all__ = [
    "LATEST_YEAR",
    "calendar_day",
    "date_of",
    "doi_of",
    "is_readable_number",
    "is_readable_text",
    "iso_date",
    "number",
    "object_of",
    "objects",
    "readable_objects",
    "text",
    "texts",
]

LATEST_YEAR = 2200
"""The last year of a date that is taken for true; no work is announced so far ahead."""

_ISO = re.compile(r"\s*(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d-])")
_BARE_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/.+", re.DOTALL)


def text(value: object) -> str:
    """Return a string, trimmed, or the first string of a list; an empty string for others.

    A list with anything but strings and null is empty, too.
    """
    if value is None:  # most fields of most records
        return ""
    if isinstance(value, str):
        return without_surrogates(value).strip()
    return next(iter(texts(value)), "")


def texts(value: object) -> list[str]:
    """Return the strings of a value that is a string or a list of strings.

    Blanks round a string are cut off, and empty strings are left out. If the list holds anything
    else but null, the result is empty: such a list is not understood.
    """
    if value is None:
        return []
    values = value if isinstance(value, list) else [value]
    strings = [one for one in values if isinstance(one, str)]
    if len(strings) + values.count(None) < len(values):
        return []
    found = (without_surrogates(one).strip() for one in strings)
    return [one for one in found if one]


def number(value: object) -> str:
    """Return a volume, page or year as text; some services give it as a number of JSON.

    Numbers below 1 and fractions give an empty string.
    """
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return str(value)
    return text(value)


def is_readable_text(value: object) -> bool:
    """Return whether a value is missing, a string or a list of strings.

    A string with half of a character in it is damaged, and cannot be read.
    """
    values = value if isinstance(value, list) else [] if value is None else [value]
    return all(isinstance(one, str) and without_surrogates(one) == one for one in values)


def is_readable_number(value: object) -> bool:
    """Return whether a value is a text or a number, as pages and volumes are."""
    return (value is not None and is_readable_text(value)) or bool(number(value))


def object_of(value: object) -> Json:
    """Return the value if it is an object, else an empty object."""
    return cast("Json", value) if isinstance(value, dict) else {}


def objects(value: object) -> list[Json]:
    """Return the objects of a list, or none if anything else is among them.

    So a list of authors in which one cannot be read is unknown, and is compared with nothing.
    """
    found = readable_objects(value)
    return found if isinstance(value, list) and len(found) == len(value) else []


def readable_objects(value: object) -> list[Json]:
    """Return the objects of a list; anything else in it is left out."""
    values = value if isinstance(value, list) else []
    return [cast("Json", one) for one in values if isinstance(one, dict)]


def doi_of(value: object) -> DOI | None:
    """Return the DOI that a value gives, bare or as a link, or None."""
    if not isinstance(value, str):
        return None
    return DOI(value.strip()) if _BARE_DOI.fullmatch(value.strip()) else DOI.parse(value)


def date_of(value: object) -> Date | None:
    """Return the date in an object in the form of CSL-JSON, or None if it has no year.

    Parts that cannot be true are left out: month 13 leaves the year. Two dates are a range; further
    ones are left out. Without ``date-parts``, an ISO date as text counts.
    """
    given = object_of(value)
    parts: list[tuple[int, ...]] = []
    season = None
    for raw in _rows(given.get("date-parts")):
        part, part_season = _date_part(raw)
        if part:
            parts.append(part)
            season = season or part_season
    if parts:
        return Date(tuple(parts[:2]), season=season)
    return iso_date(text(given.get("raw")) or text(given.get("literal")))


def iso_date(value: str) -> Date | None:
    """Return the date for ``2017``, ``2017-06`` or ``2017-06-12T…``; None for other texts.

    A month or day that cannot be true is left out.
    """
    match = _ISO.match(value)
    if match is None:
        return None
    part, season = _date_part([int(group) for group in match.groups() if group])
    return Date((part,), season=season) if part else None


def calendar_day(date: Date | None) -> dt.date | None:
    """Return the first day that a date includes: for 2017 that is 1 January.

    None for no date, or one before Christ.
    """
    if date is None or not date.parts:
        return None
    year, month, day = (*date.parts[0], 1, 1)[:3]
    return dt.date(year, month, day) if year > 0 else None


def _rows(value: object) -> list[list[object]]:
    """Return the rows of ``date-parts``; a single row without the list around it counts as one.

    Any other value gives an empty list.
    """
    if not isinstance(value, list) or not value:
        return []
    if all(isinstance(row, list) for row in value):
        return value
    return [value]


def _date_part(raw: list[object] | list[int]) -> tuple[tuple[int, ...], int | None]:
    """Return year, month and day as far as they can be true, and the season in a month's place.

    A part of the wrong type makes the whole date unknown; a missing part (null) ends it.
    """
    numbers: list[int] = []
    for value in raw[:3]:
        if value is None:
            break
        digits = str(value) if isinstance(value, int) else text(value)
        if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,4}", digits):
            return (), None
        numbers.append(int(digits))
    if not numbers or not numbers[0] or numbers[0] > LATEST_YEAR:
        return (), None
    year, *rest = numbers
    if rest and (season := season_of_month(rest[0])):
        return (year,), season
    if not rest or not 1 <= rest[0] <= LAST_MONTH:
        return (year,), None
    month = rest[0]
    last = calendar.monthrange(year, month)[1] if year > 0 else 31
    if len(rest) > 1 and 1 <= rest[1] <= last:
        return (year, month, rest[1]), None
    return (year, month), None
