"""Compare years, volumes, issues and pages, as people and registries write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.text.compare.likeness import SILENT, Likeness, Resemblance

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["compare_issues", "compare_pages", "compare_volumes", "compare_years", "number_of"]

_YEARS = range(1600, 2100)
_NEAR_YEARS = 3  # between first online and print
# What has more digits is no number, and Python refuses to read one of thousands.
_DIGITS = re.compile(r"(?<!\d)\d{1,18}(?!\d)")
_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,4}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_SMALL_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")  # those that number parts
_COUNTED = "one two three four five six seven eight nine ten"
_ORDERED = "first second third fourth fifth sixth seventh eighth ninth tenth"
_IN_WORDS = {
    word: number
    for series in (_COUNTED, _ORDERED)
    for number, word in enumerate(series.split(), start=1)
}
_LONGEST_NUMBER = 9  # digits
_PAGE_RANGE = re.compile(
    r"(?:pp?\.?\s*+)?(?P<letters>[A-Za-z]*+)[\s.]*+(?P<first>\d{1,18})(?!\d)[A-Za-z]*+"
    r"(?:\s*+(?:[-‐‑‒–—―−/]++|\bto\b)\s*+[A-Za-z]*+\.?(?P<last>\d{1,18})(?!\d)[A-Za-z]*+)?"
)


def compare_years(written: int | None, registered: AbstractSet[int]) -> Resemblance:
    """Return how far the year of a reference agrees with the years of a record.

    Each of them is right (print, online, posting), and so is a year between two that are near each
    other. If the record has only one such year, the year may be one off, since print and online
    often differ. A much later year is that in which an old work was put online. If one side has no
    year, the result is ``SILENT``.
    """
    if written is None or not registered:
        return SILENT
    first, last = min(registered), max(registered)
    shown = (str(written), str(first) if first == last else f"{first} or {last}")
    if written in registered:
        return Resemblance(Likeness.SAME, *shown, "the record has that year")
    near = max(year for year in registered if year - first <= _NEAR_YEARS)
    slack = 1 if near == first else 0
    if first - slack <= written <= near + slack:
        return Resemblance(Likeness.CLOSE, *shown, "print and online years differ that much")
    return Resemblance(Likeness.DIFFERENT, *shown, "the record has no such year")


def compare_volumes(written: str, registered: str, years: AbstractSet[int]) -> Resemblance:
    """Return how far the volume of a reference agrees with that of a record.

    Some journals print the year beside the volume or instead of it. So a year on one side only is
    no difference, if it is a year of the work. If one side has no number, the result is ``SILENT``.
    """
    mine, theirs = _numbers(written), _numbers(registered)
    if not mine or not theirs:
        return SILENT
    if mine & theirs:
        return Resemblance(Likeness.SAME, written, registered, "the number is the same")
    by_years = [any(number in _YEARS for number in side) for side in (mine, theirs)]
    if by_years[0] != by_years[1] and (mine | theirs) & years:
        return Resemblance(Likeness.UNKNOWN, written, registered, "one counts by years")
    return Resemblance(Likeness.DIFFERENT, written, registered, "the number is another")


def compare_issues(written: str, registered: str) -> Resemblance:
    """Return how far the issue number of a reference agrees with that of a record.

    Only plain numbers can differ: supplements, parts and months are written in too many ways. A
    number within the range of the other side is close. If one side has no number, the result is
    ``SILENT``.
    """
    mine, theirs = _numbers(written), _numbers(registered)
    if not mine or not theirs:
        return SILENT
    if mine & theirs:
        return Resemblance(Likeness.SAME, written, registered, "the number is the same")
    if not _plain_issue(written) or not _plain_issue(registered):
        return Resemblance(Likeness.UNKNOWN, written, registered, "they are no plain numbers")
    if any(min(a) <= n <= max(a) for a, b in ((mine, theirs), (theirs, mine)) for n in b):
        return Resemblance(Likeness.CLOSE, written, registered, "one is a range with the other")
    return Resemblance(Likeness.DIFFERENT, written, registered, "the number is another")


def _plain_issue(text: str) -> bool:
    """Return whether an issue is one number, or a range of two."""
    return re.fullmatch(r"\W*+\d++\s*+(?:[-–—/&,]++\s*+\d++)?\W*+", text) is not None


def _numbers(text: str) -> frozenset[int]:
    """Return all numbers in a text; a Roman numeral counts if it is the whole text."""
    bare = text.strip().strip(".").lower()
    if bare and _ROMAN.fullmatch(bare):
        return frozenset({_roman(bare)})
    return frozenset(int(digits) for digits in _DIGITS.findall(text))


def number_of(word: str) -> int | None:
    """Return the number that a word stands for, or None.

    The word is folded: digits, a small Roman numeral (iv), or English (four, fourth).
    """
    if word.isdecimal() and len(word) <= _LONGEST_NUMBER:
        return int(word)
    return _roman(word) if _SMALL_ROMAN.fullmatch(word) else _IN_WORDS.get(word)


def _roman(text: str) -> int:
    """Return the value of a Roman numeral in small letters."""
    values = [_ROMAN_VALUES[char] for char in text]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


class _Pages(NamedTuple):
    """A range of pages; ``last`` is 0 if it is not given.

    ``article`` is true if the number looks like an article number: it is long, or has a letter.
    """

    first: int
    last: int
    article: bool


_LONG = 5  # digits of a number that is hardly a page's
_FEW_PAGES = 3  # after the first; shorter works are alike in length by chance
_SLACK = 1  # pages by which two sources count the end of an article differently


def compare_pages(
    written: str, registered: str, number: str = "", *, proceedings: bool = False
) -> Resemblance:
    """Return how far the pages of a reference agree with the pages of a record.

    ``number`` is the record's article number. A first page alone, a shortened last page, some pages
    of the work, and the article number instead of pages are all right. Papers of ``proceedings``
    can have two official paginations, such as the open-access copies of computer vision (CVF) and
    those of IEEE: then other pages of the same number are no difference.
    """
    if not written or not (registered or number):
        return SILENT
    shown = registered or number
    if _letters_and_digits(written) in map(_letters_and_digits, (registered, number)):
        return Resemblance(Likeness.SAME, written, shown, "they are the same")
    mine, theirs = _read_pages(written), _read_pages(registered)
    article = _read_pages(number)
    if mine and article and mine.first == article.first:
        return Resemblance(Likeness.SAME, written, number, "it is the article number")
    if mine is None or theirs is None:
        return Resemblance(Likeness.UNKNOWN, written, shown, "a side is no page or range")
    likeness, reason = _likeness_of_pages(mine, theirs)
    if likeness is Likeness.DIFFERENT and proceedings and _same_length(mine, theirs):
        likeness, reason = Likeness.UNKNOWN, "two paginations of one length"
    return Resemblance(likeness, written, shown, reason)


def _same_length(mine: _Pages, theirs: _Pages) -> bool:
    """Return whether two ranges have the same number of pages, at least four.

    A page alone is no range.
    """
    lengths = {pages.last - pages.first for pages in (mine, theirs) if pages.last}
    return len(lengths) == 1 and bool(mine.last and theirs.last) and max(lengths) >= _FEW_PAGES


def _before_the_final(mine: _Pages, theirs: _Pages) -> bool:
    """Return whether pages are those before an issue: 1 to n, or IEEE's 1-1 and 1.

    Such a range has the length of the final one, one page more or less, or the final one is only a
    number.
    """
    counted = mine.last - mine.first
    return mine.first == 1 and (
        mine.last <= 1
        or (not theirs.last and counted > 0)  # the number alone is an article's
        or (theirs.first > 1 and abs(counted - (theirs.last - theirs.first)) <= _SLACK)
    )


def _likeness_of_pages(mine: _Pages, theirs: _Pages) -> tuple[Likeness, str]:
    """Return how far two ranges of pages agree, and why.

    With the same first page they are the same, unless the last ones differ by more than one.
    """
    if mine.first == theirs.first:
        if mine.last and theirs.last and abs(mine.last - theirs.last) > _SLACK:
            return Likeness.DIFFERENT, "they end on other pages"
        return Likeness.SAME, "they begin on the same page"
    if mine.article != theirs.article or _may_be_article_number(mine, theirs):
        return Likeness.UNKNOWN, "one may be an article number"
    if _before_the_final(mine, theirs):
        return Likeness.UNKNOWN, "they may be those before the final ones"
    for part, whole in ((mine, theirs), (theirs, mine)):
        if whole.first <= part.first and (part.last or part.first) <= whole.last:
            return Likeness.CLOSE, "one is part of the other"
    return Likeness.DIFFERENT, "they begin on other pages"


def _may_be_article_number(mine: _Pages, theirs: _Pages) -> bool:
    """Return whether a number alone can be that of an article whose pages count from 1."""
    return not mine.last and theirs.first == 1 and mine.first > theirs.last > 0


def _letters_and_digits(text: str) -> str:
    """Return the letters and digits of a text in small letters, with a hyphen for signs between.

    A text without any gives a sign that no text has.
    """
    return re.sub(r"[\W_]+", "-", text.strip().lower()).strip("-") or "\0"


def _read_pages(text: str) -> _Pages | None:
    """Return the range of pages that a text names, or None if it does not begin with one.

    Of several ranges, it goes from the first page of the first to the last page of the last.
    """
    ranges = [_PAGE_RANGE.match(part.strip()) for part in re.split(r"[,;&+]", text)]
    read = [match for match in ranges if match]
    if not read or ranges[0] is None:
        return None
    start, end = read[0], read[-1]
    first, last = start["first"], end["last"] or (end["first"] if len(read) > 1 else "")
    alone = not last
    if last and len(last) < len(first):  # 321-8 is 321-328
        last = first[: len(first) - len(last)] + last
    article = alone and (len(first) >= _LONG or bool(start["letters"]))
    return _Pages(int(first), int(last or 0), article)
