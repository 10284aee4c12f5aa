"""Dates written as text: ISO 8601, EDTF levels 0 and 1, and the usual English forms.

What is none of these stays what it was, as the date's literal.
"""

from __future__ import annotations

import re

from compcite.model.item import Date

__all__ = ["parse_raw_date"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_MONTH_OR_SEASON = "|".join(sorted({**_MONTHS, **_SEASONS}, key=len, reverse=True))

_EDTF = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<doubt>[?~%]?)")
_NUMERIC = re.compile(r"(?P<year>\d{3,4})(?:[-/.](?P<month>\d\d?)(?:[-/.](?P<day>\d\d?))?)?")
_WORDS = (
    re.compile(rf"(?P<word>{_MONTH_OR_SEASON})\.?,?\s+(?P<year>\d{{3,4}})"),
    re.compile(
        rf"(?P<word>{_MONTH_OR_SEASON})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>\d{{3,4}})"
    ),
    re.compile(
        rf"(?P<day>\d\d?)(?:st|nd|rd|th|\.)?\s+(?P<word>{_MONTH_OR_SEASON})\.?,?\s+(?P<year>\d{{3,4}})"
    ),
)
_ERA = re.compile(r"(?P<year>\d{1,4})\s*(?P<era>bce?|b\.c\.(?:e\.)?|ad|a\.d\.|ce)")
_CIRCA = re.compile(r"^(?:c\.|ca\.?|circa)\s*|\?$")
_OPEN = frozenset({"", ".."})

_LAST_MONTH = 12
_LAST_DAY = 31
_FIRST_SEASON, _LAST_SEASON = 21, 24


def parse_raw_date(text: str) -> Date:
    """Return the date that ``text`` says, or ``text`` as a literal."""
    text = text.strip()
    return _edtf(text) or _loose(text) or Date(literal=text)


def _edtf(text: str) -> Date | None:
    """Read an EDTF date or interval, open ends included."""
    ends = text.split("/")
    if len(ends) > 2:  # noqa: PLR2004  an interval has two ends
        return None
    parts: list[tuple[int, ...]] = []
    circa = False
    for end in ends:
        if len(ends) > 1 and end in _OPEN:
            parts.append((0,))
            continue
        match = _EDTF.fullmatch(end)
        if match is None or (part := _checked(match["year"], match["month"], match["day"])) is None:
            return None
        circa = circa or bool(match["doubt"])
        parts.append(part)
    if all(part == (0,) for part in parts):
        return None
    return Date(parts=tuple(parts), circa=circa)


def _loose(text: str) -> Date | None:
    """Read "12 May 2001", "Spring 1999 - Summer 2001", "c. 1900", "44 BC" and the like."""
    lowered = text.lower()
    bare = _CIRCA.sub("", lowered).strip()
    circa = bare != lowered
    ends = (
        [bare]
        if _NUMERIC.fullmatch(bare)
        else re.split(r"\s+[-–—/]\s+|[–—/]|(?<=\d{4})-(?=\d{4})", bare)
    )
    if len(ends) > 2:  # noqa: PLR2004  likewise
        return None
    parts = [_single(end.strip()) for end in ends]
    known = tuple(part for part in parts if part is not None)
    return Date(parts=known, circa=circa) if len(known) == len(parts) else None


def _single(text: str) -> tuple[int, ...] | None:
    if match := _NUMERIC.fullmatch(text):
        return _checked(match["year"], match["month"], match["day"])
    if match := _ERA.fullmatch(text):
        year = int(match["year"])
        return (-year if match["era"].startswith("b") else year,)
    for pattern in _WORDS:
        if match := pattern.fullmatch(text):
            fields = match.groupdict()
            word = fields["word"]
            month = _MONTHS.get(word) or _SEASONS[word]
            return _checked(fields["year"], str(month), fields.get("day"))
    return None


def _checked(year: str, month: str | None, day: str | None) -> tuple[int, ...] | None:
    """Return the parts as numbers if they can be a date."""
    numbers = [int(year)]
    if month is not None:
        number = int(month)
        if not (1 <= number <= _LAST_MONTH or _FIRST_SEASON <= number <= _LAST_SEASON):
            return None
        numbers.append(number)
    if day is not None:
        if not 1 <= int(day) <= _LAST_DAY:
            return None
        numbers.append(int(day))
    return tuple(numbers)
