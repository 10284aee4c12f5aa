"""The dates of CSL-JSON: parts, strings, literals, seasons."""

from __future__ import annotations

import re
from dataclasses import replace

from compcite.csl.json_values import Unreadable, is_true, listed, text_from_csl
from compcite.model.item import Date
from compcite.values.calendar import LAST_DAY, LAST_MONTH, MONTH_OF, SEASON_OF, season_of_month
from compcite.values.dates import read_date

__all__ = ["date_from_csl"]

_NUMBER = re.compile(r"-?\d{1,9}")
_NAMED_PARTS = ("year", "month", "day")
# citeproc-js counts seasons also from 13 and from 17, in the place of the month.
_OLDER_FIRST_SEASONS = (13, 17)
_SEASONS = 4


def date_from_csl(value: object) -> tuple[Date, list[str]]:
    """The date that a value means, and what of it had to be left out, as ends of sentences.

    A date that says nothing is an empty one; raises Unreadable for what can be no date.
    """
    if isinstance(value, dict):
        return _from_object(value)
    if isinstance(value, list):
        return _from_list(value)
    text = text_from_csl(value)
    return (read_date(text) if text else Date()), []


def _from_list(value: list[object]) -> tuple[Date, list[str]]:
    """Return the date that a list gives, and reasons for what is left out.

    The list holds one string or object for each end of the date, or the year, month and day.
    """
    if value and all(isinstance(end, dict) for end in value):
        ends = [_from_object(end) for end in value if isinstance(end, dict)]
        return _joined([date for date, _ in ends]), [reason for _, left in ends for reason in left]
    if value and all(isinstance(end, str) and not _NUMBER.fullmatch(end.strip()) for end in value):
        return _joined([read_date(text_from_csl(end)) for end in value]), []
    return _from_object({"date-parts": value})


def _joined(ends: list[Date]) -> Date:
    """Return the range from the first of ``ends`` to the second.

    A single one is returned as it is. Raise Unreadable for more than two, or one without a year.
    """
    if len(ends) == 1:
        return ends[0]
    first, last = ends[0], ends[-1]
    if len(ends) > 2 or not first.parts or not last.parts:  # noqa: PLR2004  a range has two ends
        raise Unreadable("is a list of what is no range of dates")
    circa = first.circa or last.circa
    return Date((first.parts[0], last.parts[-1]), first.season, circa, end_season=last.season)


def _from_object(value: dict[str, object]) -> tuple[Date, list[str]]:
    """Return the date that an object gives, and reasons for what is left out.

    Its ``date-parts`` count first, then its words. Its season counts only for a year without a
    month, its ``circa`` only where there is a date.
    """
    circa = is_true(value.get("circa"))
    season, left_out = _season(value.get("season"))
    rows = _rows(value)
    if any(row for row in rows):
        date, more_left = _from_rows(rows)
        left_out += more_left
    else:
        date = _in_words(value)
    if season and date.parts and len(date.parts[0]) == 1:
        date = replace(date, season=season)
    return replace(date, circa=date.circa or circa) if date != Date() else date, left_out


def _in_words(value: dict[str, object]) -> Date:
    """Return the date that an object gives as text; an empty date if it has none.

    The first of ``raw``, ``edtf`` and ``date-time`` is read as a date; a ``literal`` is kept as it
    is.
    """
    for key in ("raw", "edtf", "date-time"):
        if text := text_from_csl(value.get(key)):
            return read_date(text)
    literal = text_from_csl(value.get("literal"))
    return Date(literal=literal) if literal else Date()


def _rows(value: dict[str, object]) -> list[list[object]]:
    """The parts of each end of a date, empty parts at the end of each left out.

    Without ``date-parts`` these are the members ``year``, ``month`` and ``day``. Lists may be
    nested one level less or more than the schema has them.
    """
    parts = value.get("date-parts")
    if parts is None:
        parts = [value.get(name) for name in _NAMED_PARTS]
    rows = listed(parts)
    while len(rows) == 1 and isinstance(rows[0], list) and _nested(rows[0]):
        rows = rows[0]
    if not any(isinstance(row, list) for row in rows):
        rows = [rows]
    return [_filled(listed(row)) for row in rows]


def _nested(row: list[object]) -> bool:
    return any(isinstance(part, list) for part in row)


def _filled(row: list[object]) -> list[object]:
    """Return the parts of a date without empty ones at the end."""
    while row and row[-1] in (None, ""):
        row = row[:-1]
    return row


def _from_rows(rows: list[list[object]]) -> tuple[Date, list[str]]:
    """Return the date that ``date-parts`` give, and reasons for what is left out.

    A date without a year is empty. A range in which one end is empty is open. Raise Unreadable for
    more than two rows.
    """
    left_out: list[str] = []
    if len(rows) > 2:  # noqa: PLR2004  a range has two ends
        raise Unreadable("has more than two dates")
    ends = [_end(row, left_out) for row in rows]
    parts = tuple(part for part, _ in ends)
    if not any(part[0] for part in parts):
        return Date(), left_out
    seasons = (*(season for _, season in ends), None)[:2]
    if parts[-1] == (0,) and not rows[-1]:  # the schema's way to say nothing of an end
        parts = parts[:1] if rows[-1:] == [[]] and len(parts) > 1 else parts
    return Date(parts, seasons[0], end_season=seasons[1] if len(parts) > 1 else None), left_out


def _end(row: list[object], left_out: list[str]) -> tuple[tuple[int, ...], int | None]:
    """Return the parts of one end of a date, and the season that stands in the place of a month.

    Reasons for what is left out are added to ``left_out``. Raise Unreadable for a wrong year.
    """
    if not row:
        return (0,), None
    year = _number(row[0])
    if year is None:
        raise Unreadable(f"has {row[0]!r:.40} for a year")
    if len(row) == 1 or not year:
        return (year,), None
    month = _month(row[1])
    if season := _season_for_month(month):
        return (year,), season
    if month is None or not 1 <= month <= LAST_MONTH:
        left_out.append(f"has {row[1]!r:.40} for a month, which is left out")
        return (year,), None
    day = _number(row[2]) if row[2:] else None
    if row[2:] and (day is None or not 1 <= day <= LAST_DAY):
        left_out.append(f"has {row[2]!r:.40} for a day, which is left out")
    return ((year, month, day) if day and 1 <= day <= LAST_DAY else (year, month)), None


def _number(part: object) -> int | None:
    """Return a whole number, also from a string of a few digits; None for anything else."""
    try:
        text = text_from_csl(part)
    except Unreadable:
        return None
    return int(text) if _NUMBER.fullmatch(text) else None


def _month(part: object) -> int | None:
    """Return the number of a month, given by its number or its name; None if it is neither."""
    name = part.strip(" .").lower() if isinstance(part, str) else ""
    return MONTH_OF.get(name) or _number(part)


def _season_for_month(month: int | None) -> int | None:
    """Return the season, 1 to 4, for a number in the place of a month; None if it means none.

    21 to 24 are seasons, as in EDTF, and so are the numbers that older programs wrote.
    """
    if month is None:
        return None
    for first in _OLDER_FIRST_SEASONS:
        if first <= month < first + _SEASONS:
            return month - first + 1
    return season_of_month(month)


def _season(value: object) -> tuple[int | None, list[str]]:
    """Return the number of a season, and reasons for what is left out.

    The season is given by its number, by EDTF's 21 to 24, or by its name.
    """
    try:
        word = text_from_csl(value).lower()
    except Unreadable:
        return None, ["has a season that cannot be read"]
    if not word:
        return None, []
    number = int(word) if re.fullmatch(r"\d{1,2}", word) else 0
    season = SEASON_OF.get(word) or season_of_month(number) or number
    if 1 <= season <= _SEASONS:
        return season, []
    return None, [f"has the season “{word}”, which is left out"]
