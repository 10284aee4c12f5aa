"""Numbers: what counts as a number, plurals, ordinals, Roman numerals, page ranges.

Specification: "Number", "Label", "Choose" (``is-numeric``) and "Page Ranges".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.csl.styles.locale import Locale

__all__ = [
    "is_identifier",
    "is_numeric",
    "is_plural",
    "long_ordinal",
    "ordinal",
    "page_first",
    "page_range",
    "roman",
    "split_number",
]

# A number may carry letters before and after it without a space: 2nd, D2, L2d, IV. A version, 3.1,
# is none: it has no ordinal, and its label is never plural.
# So are the small Roman numerals of prefaces, after citeproc-js, up to where words begin (mix).
_SMALL_ROMAN = r"(?!l\b)(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_ONE = rf"(?:[^\W\d_]*\d+[^\W\d_]*|(?=[ivxl]){_SMALL_ROMAN})"
_BETWEEN = r"\s*(?:[,&–]|(?<!\\)--?)\s*"
_SEPARATOR = r"\s*(?:--|[,&\-–—]|\\-)\s*|\s+and\s+"
# A stray comma at the end does no harm: "1st, ed.".
_NUMERIC = re.compile(rf"{_ONE}(?:(?:{_SEPARATOR}){_ONE})*,?")
_ROMAN_NUMERAL = re.compile(
    r"m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE
)
# A page written as a range, 297--297, is one page. With a hyphen, 176-176, it stays as it is: so
# registries write it, and so citeproc-js leaves it.
_ONE_AS_RANGE = re.compile(r"(?<!\w)(\w++)\s*(?:--|–)\s*\1")
# "367–368, fig. 333": what follows has a label of its own.
_OTHER_LABEL = re.compile(r",\s*[^\W\d]+\.?\s")
# 12, S12, 3.1, iv, or the b of "12a, b". In 3:1-2 the range is one of verses, within one 3.
_NUMBER_OR_LETTER = re.compile(
    rf"[^\s:\d]*+\d[^\s:]*+|{_ROMAN_NUMERAL.pattern}|[a-z]", re.IGNORECASE
)
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 4999
_GENDERS = ("", "feminine", "masculine")


@lru_cache(maxsize=4096)
def is_numeric(text: str) -> bool:
    """Return whether ``text`` is only numbers: "2nd", "D2", "1, 2", "2-4", "iv"."""
    return _NUMERIC.fullmatch(text.strip()) is not None


def is_plural(text: str, and_words: frozenset[str] = frozenset({"and"})) -> bool:
    """Return whether the label of ``text`` is plural, since it has several numbers or a range.

    Letters and Roman numerals can be numbers, too. "1-1" and the page "A-1" are one. ``and_words``
    are words that can stand between numbers, like a comma.
    """
    labelled = _OTHER_LABEL.split(text.strip(), maxsplit=1)[0]
    if _ONE_AS_RANGE.fullmatch(labelled):
        return False
    words = "|".join(re.escape(word) for word in sorted(and_words) if word)
    pieces = [p for p in re.split(rf"{_BETWEEN}|\s+(?:{words})\s+", labelled) if p]
    if len(pieces) <= 1 or not all(map(_NUMBER_OR_LETTER.fullmatch, pieces)):
        return False
    # A letter before a number belongs to it: page A-1 is one page.
    first, second = pieces[:2]
    is_letter = len(first) == 1 and first.isupper() and second[0].isdigit()
    return not is_letter and (any(map(str.isdigit, first)) or bool(_ROMAN_NUMERAL.fullmatch(first)))


# Report 18-2424, volume 2019-04, patent 9,367,592.
_ZERO_AFTER_HYPHEN = re.compile(r"[1-9]\d*-0\d*")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")


def is_identifier(variable: str, text: str) -> bool:
    """Return whether hyphens and commas in ``text`` belong to one number.

    The variable ``number`` names a report or patent. Its hyphens never mean a range, and its commas
    mean a list only if a space follows. In other variables the form decides: a zero after a hyphen
    (2019-04), or groups of three digits (9,367,592), make one number. Pages and locators are never
    identifiers (104-06 is a range).
    """
    if variable in {"page", "page-first", "locator"}:
        return False
    if variable == "number":
        return not re.search(r"[,&]\s|–|--", text)
    return bool(_ZERO_AFTER_HYPHEN.fullmatch(text) or _THOUSANDS.fullmatch(text))


def split_number(text: str) -> list[str]:
    """Return the numbers in ``text`` and the signs between them: "1-3, 5" gives ["1", "-", "3", …].

    A range from a number to the same number is that number alone.
    """
    if same := _ONE_AS_RANGE.fullmatch(text.strip()):
        return [same[1]]
    return re.split(f"({_SEPARATOR})", text.strip())


def roman(number: int) -> str:
    """Return ``number`` as a Roman numeral in lower case, or in digits outside of 1 to 4999."""
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """Return ``number`` with its ordinal suffix: "2nd" (specification, "Ordinal Suffixes")."""
    return f"{number}{_ordinal_suffix(number, locale, gender)}"


def _ordinal_suffix(number: int, locale: Locale, gender: str) -> str:
    """Return the ordinal suffix of a number in a locale ("nd"), or an empty string.

    For 113 the terms ``ordinal-113``, ``ordinal-13`` and ``ordinal-03`` are tried in this order, so
    that the result is "th", not "rd". The ``match`` of a term can say for which of the three it is.
    """
    ordinals = locale.ordinals
    if not any(("ordinal", form) in ordinals for form in _GENDERS):
        name = _ordinal_of_csl_1_0(number)
        term = ordinals.get((name, gender)) or ordinals.get((name, ""))
        return term.single if term else ""
    has_neutral = ("ordinal", "") in ordinals
    # Portuguese has a suffix of each gender and no other: in some gender rather than not at all.
    genders = dict.fromkeys((gender, "")) if has_neutral else dict.fromkeys((gender, *_GENDERS))
    if gender and not has_neutral and ("ordinal", gender) in ordinals:
        genders = {gender: None}  # Catalan: 1a of all feminine numbers, though there is a 1r
    for candidate, matches in (
        (number, ("whole-number", "last-two-digits", "last-digit", "")),
        (number % 100, ("last-two-digits", "")),
        (number % 10, ("last-digit", "")),
    ):
        name = f"ordinal-{candidate:02d}"
        for form in genders:
            term = ordinals.get((name, form))
            if term is None:
                continue
            match = term.match or ("last-digit" if candidate < 10 else "last-two-digits")  # noqa: PLR2004
            if match in matches:
                return term.single
    return next(
        (ordinals["ordinal", form].single for form in genders if ("ordinal", form) in ordinals), ""
    )


def _ordinal_of_csl_1_0(number: int) -> str:
    """Return the ordinal term of a number in CSL 1.0, which had four of them.

    The fourth is for all numbers that do not end in 1, 2 or 3, and for 11, 12 and 13.
    """
    last = number % 10
    is_own = 1 <= last <= 3 and number % 100 - last != 10  # noqa: PLR2004  1st, 22nd, but 12th
    return f"ordinal-{last if is_own else 4:02d}"


def long_ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """Return ``number`` as a word, as locales have it up to ten ("second"); else as "11th".

    If the word is missing in this ``gender``, that of another one is used.
    """
    name = f"long-ordinal-{number:02d}"
    for form in (gender, "", "feminine", "masculine"):  # in some gender rather than not at all
        if (term := locale.ordinals.get((name, form))) is not None:
            return term.single
    return ordinal(number, locale, gender)


# ---------------------------------------------------------------- pages

_RANGE = re.compile(r"(?<![\w.])(\w+)\s*(--?|–)\s*(\w+)(?![\w.])")
# S12-1--S12-9: the hyphens are those of the pages, the dash is that of the range.
_HYPHENATED_ENDS = re.compile(r"(?<![\w-])((\w+-)\w+)\s*(?:--|–|-(?=\2))\s*(\w+-\w+)(?![\w-])")
_LETTERED = re.compile(r"\d+[^\W\d_]?")  # the 1299b of 1299b-1300
_PREFIXED = re.compile(r"((?:\d*[^\W\d_]+)?)(\d+)")


def page_first(text: str) -> str:
    """Return the first page in ``text``: "12-15" gives "12"."""
    return re.split(r"\s*[-–—,&]\s*|\s+", text.strip(), maxsplit=1)[0]


def page_range(text: str, style: str, delimiter: str) -> str:
    """Return ``text`` with its page ranges in ``style``, a value of ``page-range-format``.

    ``delimiter`` is the dash of the locale; it replaces the hyphens of ranges. An empty ``style``
    changes no digits. A hyphen that is no range, or has a backslash before it, stays.
    """

    def each(match: re.Match[str]) -> str:
        return _one_range(match, style, delimiter)

    if text.isdecimal():
        return text
    text = _ONE_AS_RANGE.sub(r"\g<1>", text) if _ONE_AS_RANGE.fullmatch(text) else text
    text = _HYPHENATED_ENDS.sub(rf"\g<1>{delimiter}\g<3>", text)
    return _RANGE.sub(each, text).replace("\\-", "-")


def _one_range(match: re.Match[str], style: str, delimiter: str) -> str:
    """Return one range in ``style``: "321-328" in the style "minimal" gives "321–8".

    Digits missing in the second number are filled in first: 321-8 is 321-328. If it is still not
    above the first, or the ends have different letters, the range keeps its digits.
    """
    first, hyphen, last = match.groups()
    if _ROMAN_NUMERAL.fullmatch(first) and _ROMAN_NUMERAL.fullmatch(last):
        return f"{first}{delimiter}{last}"
    first_match, last_match = _PREFIXED.fullmatch(first), _PREFIXED.fullmatch(last)
    if first_match is None or last_match is None or first_match[1] != last_match[1]:
        lettered = _LETTERED.fullmatch(first) and _LETTERED.fullmatch(last)
        return f"{first}{delimiter if lettered else hyphen}{last}"
    prefix, first_digits, last_digits = *first_match.groups(), last_match[2]
    expanded = first_digits[: max(0, len(first_digits) - len(last_digits))] + last_digits
    if not style or _size(expanded) <= _size(first_digits):
        return f"{first}{delimiter}{last}"
    if style == "expanded":
        return f"{first}{delimiter}{prefix}{expanded}"
    same_length = len(expanded) == len(first_digits)
    short = _SHORTENED[style](first_digits, expanded) if same_length else expanded
    return f"{first}{delimiter}{short}"


def _minimal(first: str, last: str, least: int = 1) -> str:
    """Return the end of ``last`` from its first digit that differs, at least ``least`` digits."""
    same = 0
    while same < len(last) - least and first[same] == last[same]:
        same += 1
    return last[same:]


def _minimal_two(first: str, last: str) -> str:
    """Return the end of ``last`` from its first digit that differs, at least two digits."""
    return _minimal(first, last, 2)


def _chicago_15(first: str, last: str) -> str:
    """Return what is written of ``last``, by the Chicago Manual of Style up to its 15th edition.

    It is as since the 16th, but where three of four digits change, all are written: 1496–1504.
    """
    if len(first) < 3 or first.endswith("00"):  # noqa: PLR2004  3–10, 71–72, 100–104, 1100–1113
        return last
    if first[-2] == "0":  # 107–8, 505–17, 1002–6
        return _minimal(first, last)
    short = _minimal(first, last, 2)  # 321–25, 415–532
    # Where three of four digits change, all are given: 1496–1504.
    return last if len(first) == 4 and len(short) >= 3 else short  # noqa: PLR2004


def _chicago_16(first: str, last: str) -> str:
    """Return what is written of ``last``, by the Chicago Manual of Style since its 16th edition.

    All of it after 3 or 100, the changed digits after 107, else two digits at least: 321–25.
    """
    if len(first) < 3 or first.endswith("00"):  # noqa: PLR2004
        return last
    if first[-2] == "0":
        return _minimal(first, last)
    return _minimal(first, last, 2)


_SHORTENED = {
    "minimal": _minimal,
    "minimal-two": _minimal_two,
    "chicago": _chicago_15,
    "chicago-15": _chicago_15,
    "chicago-16": _chicago_16,
}


def _size(digits: str) -> tuple[int, str]:
    """Return a key by which digits compare as numbers, however many there are."""
    bare = digits.lstrip("0")
    return len(bare), bare
