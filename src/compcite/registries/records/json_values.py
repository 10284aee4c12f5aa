"""Reading JSON that may have any shape: a value of the wrong type is unknown, as a whole."""

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
    """A string, trimmed, or the first one of a list of strings; else nothing."""
    return next(iter(texts(value)), "")


def texts(value: object) -> list[str]:
    """The strings of a value that is one or a list of them, without empty ones.

    A list that holds anything else is not understood: then nothing of it is.
    """
    values = value if isinstance(value, list) else [value]
    strings = [one for one in values if isinstance(one, str)]
    if len(strings) + values.count(None) < len(values):
        return []
    found = (without_surrogates(one).strip() for one in strings)
    return [one for one in found if one]


def number(value: object) -> str:
    """A volume, page or year as text, which some services give as a number of JSON."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return str(value)
    return text(value)


def object_of(value: object) -> Json:
    """The value as an object; an empty one where it is something else."""
    return cast("Json", value) if isinstance(value, dict) else {}


def objects(value: object) -> list[Json]:
    """The objects of a list; none where anything else stands among them.

    So a list of authors with a part that cannot be read is unknown, and compared with nothing.
    """
    found = readable_objects(value)
    return found if isinstance(value, list) and len(found) == len(value) else []


def readable_objects(value: object) -> list[Json]:
    """The objects of a list, whatever else stands among them: rows, notices, links."""
    values = value if isinstance(value, list) else []
    return [cast("Json", one) for one in values if isinstance(one, dict)]


def doi_of(value: object) -> DOI | None:
    """A DOI given as such, which is taken as it stands, or as a link."""
    if not isinstance(value, str):
        return None
    return DOI(value.strip()) if _BARE_DOI.fullmatch(value.strip()) else DOI.parse(value)


def date_of(value: object) -> Date | None:
    """A date in the shape of CSL-JSON, with the precision that holds; None without a year."""
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
    """A date written ``2017``, ``2017-06`` or ``2017-06-12T…``; None where it is none."""
    match = _ISO.match(value)
    if match is None:
        return None
    part, season = _date_part([int(group) for group in match.groups() if group])
    return Date((part,), season=season) if part else None


def calendar_day(date: Date | None) -> dt.date | None:
    """The first day of what a date covers."""
    if date is None or not date.parts:
        return None
    year, month, day = (*date.parts[0], 1, 1)[:3]
    return dt.date(year, month, day) if year > 0 else None


def _rows(value: object) -> list[list[object]]:
    """The rows of ``date-parts``; some services give one row without its outer list."""
    if not isinstance(value, list) or not value:
        return []
    if all(isinstance(row, list) for row in value):
        return value
    return [value]


def _date_part(raw: list[object] | list[int]) -> tuple[tuple[int, ...], int | None]:
    """Year, month and day as far as they can be true, and the season that stands for a month.

    A part of the wrong type makes the whole date unknown; a missing one (null) ends it.
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
