"""Render ``cs:date``: in the form of the locale or with the style's own parts; also ranges.

Specification: "Date", "Date-part", "Date Ranges", "AD and BC", "Seasons", "Approximate Dates".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compcite.csl.rendering.casing import change_case, strip_periods
from compcite.csl.rendering.context import CALLED, RENDERED
from compcite.csl.rendering.numbers import ordinal
from compcite.csl.rendering.wrapping import around
from compcite.csl.styles.nodes import NO_AFFIXES, DateFormat, DatePart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.csl.rendering.context import Context, Renderer, Scope
    from compcite.csl.richtext import Tokens
    from compcite.csl.styles.locale import Locale
    from compcite.csl.styles.nodes import DateNode
    from compcite.model.item import Date

__all__ = ["compile_date", "sortable"]

_ORDER = ("year", "month", "day")
_LAST_YEAR_WITH_ERA = 1000
_RANGE_DELIMITER = "–"
# Sort keys are digits only and all positive: 100 BC is 99900.
_SORT_EPOCH = 100_000


@dataclass(frozen=True, slots=True)
class _Day:
    """One end of a date; what is not known is 0."""

    year: int = 0
    month: int = 0
    day: int = 0
    season: int = 0

    def has(self, part: str) -> bool:
        """Return whether the part ``year``, ``month`` or ``day`` is known.

        A season counts as a month.
        """
        return bool(self.year if part == "year" else self.day if part == "day" else self._months())

    def _months(self) -> int:
        """Return the month, or the season if no month is known; 0 if neither is."""
        return self.month or self.season

    def differs(self, other: _Day, part: str) -> bool:
        """Return whether the part ``part`` differs from that of another day."""
        if part == "month":
            return self._months() != other._months() or self.season != other.season
        return bool(getattr(self, part) != getattr(other, part))


def _ends(date: Date) -> list[_Day]:
    """Return the one or two ends of ``date``, none if it has no parts; an unknown part is 0.

    The season of an end counts only if its month is not known.
    """
    ends = []
    for parts, season in zip(date.parts, (date.season, date.end_season), strict=False):
        year, month, day = (*parts, 0, 0, 0)[:3]
        ends.append(_Day(year, month, day, 0 if month else season or 0))
    return ends


def compile_date(node: DateNode, scope: Scope) -> Renderer:
    """Return the function that writes a ``cs:date``, and nothing if the item has no such date.

    In a sort key it writes the date as :func:`sortable` gives it.
    """
    parts = _parts(node, scope.environment.locale)
    if scope.sorting:
        return _sort_renderer(node.variable, {part.name for part in parts})
    writer = _DateWriter(node, parts, scope)
    before, after = around(node.format, node.affixes, node.display)
    name = node.variable

    def date(context: Context, out: Tokens) -> int:
        value = context.dates.get(name)
        if value is None:
            return _date_in_text(context, out)
        mark = len(out)
        out.extend(before)
        start = len(out)
        writer.write(value, context, out)
        if len(out) == start:
            del out[mark:]
            return CALLED
        out.extend(after)
        if context.substituted is not None:
            context.substituted.append(name)
        return CALLED | RENDERED

    def _date_in_text(_context: Context, _out: Tokens) -> int:
        return CALLED

    return date


def _parts(node: DateNode, locale: Locale) -> tuple[DatePart, ...]:
    """Return the date parts to write.

    They are the style's own if it names no form. Else they are those of the locale's form that the
    style's ``date-parts`` asks for, with the style's changes.
    """
    if not node.form:
        return node.parts
    own = {part.name: part for part in node.parts}
    parts = []
    for part in locale.dates.get(node.form, DateFormat()).parts:
        if part.name not in node.date_parts:
            continue
        mine = own.get(part.name)
        if mine is not None:
            part = replace(  # noqa: PLW2901  the same part, changed by the style
                part,
                form=mine.form or part.form,
                range_delimiter=mine.range_delimiter or part.range_delimiter,
                strip_periods=mine.strip_periods or part.strip_periods,
                text_case=mine.text_case or part.text_case,
                format=mine.format if mine.format.pairs else part.format,
            )
        parts.append(part)
    return tuple(parts)


class _DateWriter:
    """Writes dates with the parts of one ``cs:date``."""

    def __init__(self, node: DateNode, parts: tuple[DatePart, ...], scope: Scope) -> None:
        self._parts = parts
        self._names = frozenset(part.name for part in parts)
        self._delimiter = node.delimiter
        if node.form:  # a localized date has its own delimiter
            self._delimiter = scope.environment.locale.dates.get(node.form, DateFormat()).delimiter
        self._case = node.text_case
        self._locale = scope.environment.locale
        self._explicit_suffix = scope.explicit_year_suffix
        year = next((part for part in parts if part.name == "year"), None)
        # A language's own year part may end in the word for year: "in press" takes only its look.
        affixes = year.affixes if year and not node.form else None
        self._round_literal = around(year.format, affixes or NO_AFFIXES) if year else ([], [])

    def _write_literal(self, text: str, context: Context, out: Tokens) -> None:
        """Append the words of a date, such as "in press", in the place and the look of the year."""
        words = change_case(text, self._case, self._locale.lang)
        self._append_year(words, self._round_literal, context, out)

    def write(self, date: Date, context: Context, out: Tokens) -> None:
        """Append ``date`` to ``out``; nothing if the style asks for none of its parts.

        Words in the place of a date ("in press") stand where the year would. A range with an open
        end is written as its one end and a dash.
        """
        if date.literal and not date.parts:
            if "year" in self._names:
                self._write_literal(date.literal, context, out)
            return
        ends = [end for end in _ends(date) if end != _Day()]
        if not ends:
            return
        if len(ends) == 1 and len(date.parts) == 1:
            self._write_parts(self._parts, ends[0], context, out)
        elif len(ends) == 1:  # a range with an open end
            began = len(out)
            self._write_parts(self._parts, ends[0], context, out)
            if len(out) > began:
                out.append(self._range_delimiter(self._parts, "year"))
        else:
            self._write_range(ends[0], ends[1], context, out)

    def _write_range(self, first: _Day, last: _Day, context: Context, out: Tokens) -> None:
        """Append a range. What both ends share is written once: "3–5 May 2019".

        If they differ in no part that the style writes, it is written as one date. If shared parts
        stand between others, both ends are written whole.
        """
        shown = [part for part in _ORDER if part in self._names]
        differing = next((p for p in shown if first.differs(last, p)), None)
        if differing is None:
            self._write_parts(self._parts, first, context, out)
            return
        twice = frozenset(_ORDER[_ORDER.index(differing) :])
        indices = [i for i, part in enumerate(self._parts) if part.name in twice]
        start, end = indices[0], indices[-1] + 1
        inner = self._parts[start:end]
        if any(part.name not in twice for part in inner):
            start, end, inner = 0, len(self._parts), self._parts
        delimiter = self._range_delimiter(inner, differing)
        self._write_parts(self._parts[:start], first, context, out, open_end=True)
        began = len(out)
        self._write_parts(_without_last_suffix(inner, first), first, context, out)
        if len(out) > began:
            out.append(delimiter)
        self._write_parts(_without_first_prefix(inner), last, context, out)
        if end < len(self._parts):
            if self._delimiter:
                out.append(self._delimiter)
            self._write_parts(self._parts[end:], last, context, out)

    @staticmethod
    def _range_delimiter(parts: Sequence[DatePart], differing: str) -> str:
        """Return the delimiter of the largest part in which the ends of a range differ."""
        return next(
            (p.range_delimiter for p in parts if p.name == differing and p.range_delimiter),
            _RANGE_DELIMITER,
        )

    def _write_parts(
        self,
        parts: Sequence[DatePart],
        day: _Day,
        context: Context,
        out: Tokens,
        *,
        open_end: bool = False,
    ) -> None:
        """Append the parts of one day that are known, with the delimiter between them.

        With ``open_end`` the delimiter also follows the last part.
        """
        begun = False
        for part in parts:
            if not day.has(part.name):
                continue
            text = self._part(part, day)
            if not text:
                continue
            mark = len(out)
            if begun and self._delimiter:
                out.append(self._delimiter)
            look = around(part.format, part.affixes or NO_AFFIXES)
            if part.name != "year":
                out.extend((*look[0], text, *look[1]))
            elif not self._append_year(text, look, context, out):
                del out[mark:]
                continue
            begun = True
        if begun and open_end and self._delimiter:
            out.append(self._delimiter)

    def _append_year(
        self, year: str, look: tuple[Tokens, Tokens], context: Context, out: Tokens
    ) -> bool:
        """Append ``year`` and the year-suffix, and return whether any of them is written.

        The suffix is not written here if the style places it elsewhere, or if it stands already.
        The year is not written if the context leaves it out, as in a cite that collapses.
        """
        suffix = context.reading.year_suffix
        if self._explicit_suffix or context.suffix_span:
            suffix = ""
        if "year" in context.left_out:
            year = ""
        if not year and not suffix:
            return False
        out.extend(look[0])
        if year:
            out.append(year)
        if suffix:
            context.suffix_span = (len(out), len(out) + 1)
            out.append(suffix)
        out.extend(look[1])
        return True

    def _part(self, part: DatePart, day: _Day) -> str:
        """Return one part of a day as text, in the form and letter case of the style."""
        match part.name:
            case "year":
                text = self._year(part, day.year)
            case "month":
                text = self._month(part, day)
            case _:
                text = self._day(part, day)
        if part.strip_periods:
            text = strip_periods(text)
        lang = self._locale.lang
        return change_case(change_case(text, part.text_case, lang), self._case, lang)

    def _year(self, part: DatePart, year: int) -> str:
        """Return a year as text: with the locale's "BC" below 0, with its "AD" up to 999.

        In the short form, a year of four digits has its last two only.
        """
        locale = self._locale
        text = str(abs(year))
        if part.form == "short" and len(text) == 4:  # noqa: PLR2004
            return text[-2:]
        if year < 0:
            return text + locale.term("bc")
        return text + locale.term("ad") if year < _LAST_YEAR_WITH_ERA else text

    def _month(self, part: DatePart, day: _Day) -> str:
        """Return a month as a number or a name, or the name of a season.

        Where the style wants a number, a season gives an empty text.
        """
        form = part.form or "long"
        if day.season:
            # A season has a name only: it takes the place of a month's name, not of its number.
            if form.startswith("numeric"):
                return ""
            return self._locale.term(f"season-{day.season:02d}")
        if form == "numeric":
            return str(day.month)
        if form == "numeric-leading-zeros":
            return f"{day.month:02d}"
        return self._locale.term(f"month-{day.month:02d}", "short" if form == "short" else "long")

    def _day(self, part: DatePart, day: _Day) -> str:
        """Return a day as a number, also of two digits ("01"), or as an ordinal ("1st").

        In some locales only the first day of a month is an ordinal. The ordinal has the gender of
        the month's name.
        """
        form = part.form or "numeric"
        if form == "numeric-leading-zeros":
            return f"{day.day:02d}"
        if form == "ordinal" and (day.day == 1 or not self._locale.limit_day_ordinals):
            month = self._locale.find(f"month-{day.month:02d}")
            return ordinal(day.day, self._locale, month.gender if month else "")
        return str(day.day)


def _without_last_suffix(parts: Sequence[DatePart], day: _Day) -> tuple[DatePart, ...]:
    """Return those of ``parts`` that ``day`` has, the last of them without its suffix."""
    shown = [part for part in parts if day.has(part.name)]
    if shown and shown[-1].affixes:
        shown[-1] = replace(shown[-1], affixes=replace(shown[-1].affixes, suffix=""))
    return tuple(shown)


def _without_first_prefix(parts: Sequence[DatePart]) -> tuple[DatePart, ...]:
    """Return ``parts``, the first of them without its prefix."""
    first, *rest = parts
    if first.affixes:
        first = replace(first, affixes=replace(first.affixes, prefix=""))
    return (first, *rest)


# ---------------------------------------------------------------- sorting


def sortable(date: Date | None, parts: frozenset[str] | set[str] = frozenset(_ORDER)) -> str:
    """Return ``date`` as text that sorts by time; empty for None.

    A part that is missing, or not in ``parts``, is 0, so that "2019" comes before "May 2019". A
    range comes after the single date with which it begins. Words in the place of a date are
    returned as they are (specification, "Sorting Variables").
    """
    if date is None:
        return ""
    if not date.parts:
        return date.literal
    keys = [
        f"{_SORT_EPOCH + (end.year if 'year' in parts else 0):06d}"
        f"{end.month if 'month' in parts else 0:02d}{end.day if 'day' in parts else 0:02d}"
        for end in _ends(date)
    ]
    return " ".join(keys)


def _sort_renderer(name: str, parts: set[str]) -> Renderer:
    """Return a function that writes the sort key of the date variable ``name``."""

    def date(context: Context, out: Tokens) -> int:
        key = sortable(context.dates.get(name), parts)
        if not key:
            return CALLED
        out.append(key)
        return CALLED | RENDERED

    return date
