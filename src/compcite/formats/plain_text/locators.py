"""Volume, issue, pages and date, read from the end of a reference backwards.

What stands last is the most regular part of a reference, and no style has anything but these
between the container and the end, so each step takes what it recognises at the end and looks
again. The forms are those of the manuals: APA `24(8), 1–9`, Vancouver `2012 Jan;24(8):1–9`,
Chicago `24, no. 8 (2012): 1–9` and `24 (8): 1–9`, ACS `2012, 24, 1–9`, Springer and Nature
`24, 1–9 (2012)`, and words such as `vol. 24, no. 8, pp. 1–9` of IEEE, MLA and many more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.dates import DATE, DAY_AND_MONTH, MONTH, MONTHS, UNDATED, YEAR
from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.signs import signs_of

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet

__all__ = [
    "AT_END",
    "LOCATING",
    "PAGES",
    "RANGE",
    "take_date_between",
    "take_edition",
    "take_locators",
    "take_pages_between",
    "take_volume",
    "take_volume_alone",
]

_DASH = r"\s?[-–—‐‑−]{1,2}\s?"
_ROMAN = r"(?:[ivxlcdm]+|[IVXLCDM]+)\b"
_SUPPLEMENT = r"(?:[Ss]uppl?(?:ement)?\.?(?:\s?[\dA-Z]{1,4})?)"
_VOLUME = (
    rf"(?:[A-Z]{{0,3}}\d{{1,4}}[A-Za-z]{{0,2}}(?:[-–/]\d{{1,4}})?(?:\s{_SUPPLEMENT})?"
    rf"|{_ROMAN}|{_SUPPLEMENT})"
)
_PAGE = rf"(?:(?:[a-z]{{2,4}}\.)?[A-Za-z]{{0,6}}[.:-]?\d[\w.]*\b|{_ROMAN}|[A-Z]\d+-\d+)"
_RANGE = rf"{_PAGE}{_DASH}{_PAGE}"
_ONE = rf"{_PAGE}(?:{_DASH}{_PAGE})?"
_NO_YEAR = r"(?!(?:1[4-9]|20)\d\d$)"
_NO_YEARS = r"(?!(?:1[4-9]|20)\d\d\b)"
_PAGES = rf"{_ONE}(?:(?:,\s?|\s?[+&]\s?){_NO_YEAR}{_ONE}){{0,4}}"
RANGE = _RANGE
"""From one page to another."""
PAGES = _PAGES
"""Pages: single ones, ranges, several of them."""
_PLAIN_PAGES = rf"(?:{_RANGE}|[A-Za-z]{{1,3}}\d[\w.-]*|\d{{1,9}})"
_PP = r"(?:\b(?:pp?|pages?|págs?|Seiten?|str)\b\.?|\b[SСс]\.|\bp\.)\s?"
_NO = (
    r"(?:\b(?:nos?|nr|num|núm|iss|issue|number|Heft|fasc|Ausg|Ausgabe)\b\.?"
    r"|\b[nN]\.?\s?[°ºo]\.?|\bH\.|№)\s?"
)
_VOL = r"(?:\b(?:vols?|volume|Bd|Band|Jg|Jahrgang|tome|tomo)\b\.?|\b[tТт]\.)\s?"
_ARTICLE = r"(?:\bart(?:icle)?\b\.?(?:\s?(?:no|number|ID|id)\b\.?)?|\bID\b)\s?:?\s?"

# The parts as groups, each with the word that may stand before it.
_START = r"(?:(?<=[\s,.;:\x1f\])(])|(?<=^))"
_D = rf"(?P<issued>{DATE})"
_Y = rf"(?P<issued>{YEAR})"
_V = rf"(?:{_VOL})?(?P<volume>{_VOLUME})"
_I = (
    rf"(?:(?<=\S)\((?P<issue>[^()\x1f]{{1,60}})\)|\s?\((?P<issue_>[^()\x1f]{{0,20}}\d[^()\x1f]{{0,30}}"
    rf"|{_SUPPLEMENT}[^()\x1f]{{0,20}}|{MONTH}[^()\x1f]{{0,20}}|Spring|Summer|Autumn|Fall|Winter"
    r"|(?:Pt|Part|Special|No|Issue)\b[^()\x1f]{0,30})\))"
)
_N = rf"{_NO}(?P<issue>[\w/–-]*\d[\w/–-]*(?:\s{_SUPPLEMENT})?|{_SUPPLEMENT})"
_P = rf"(?:{_PP})?(?P<page>{_PAGES})"
_R = rf"(?:{_PP})?(?P<page>{_RANGE})"
_Q = rf"(?:{_PP})?(?P<page>{_PLAIN_PAGES})"

# What may stand at the end, and how surely it is what its groups say; the first row that fits
# counts. "i" after a row: in capitals or not. Last the signs that it needs, by their names in
# ``signs.py``: where one is missing, the row is not searched for, which takes most of the time.
_ROWS = (
    # Vancouver: 2012 Jan;24(8):1–9 and 2019 Oct 17;e36
    (rf"{_D}\s?;\s?(?:{_V})?(?:{_I})?\s?:\s?{_P}", 0.98, "", "; : year open"),
    (rf"{_D}\s?;\s?{_V}(?:{_I})?", 0.95, "", "; year"),
    (rf"{_D}\s?;{_I}", 0.95, "", "; year )"),
    (rf"{_D}\s?;\s?{_Q}", 0.9, "", "; year open"),
    # Chicago: 24, no. 8 (2012): 1–9; 24 (8): 1–9; 4 (September): e2478; 24:1–9
    (
        rf"{_V}(?:,?\s{_N})?\s?\((?P<issued>{DATE}|{DAY_AND_MONTH})\)\s?:\s?{_P}",
        0.97,
        "i",
        "( : open",
    ),
    (rf"{_V}{_I}\s?[:;]\s?{_P}", 0.97, "", "( open"),
    (rf"{_V},?\s{_N}\s?[:;,]\s?{_P}", 0.96, "i", "no open"),
    (rf"{_N}\s?[:;,]\s?{_P}", 0.95, "i", "no open"),
    (rf"{_D}\s?:\s?{_Q}", 0.85, "", ": year open"),
    (rf"(?P<day>{DAY_AND_MONTH}),\s{_P}", 0.9, "", "month , open"),
    (rf"{_V}\s?:\s?{_Q}", 0.94, "", ": open"),
    # Nature and Springer: 24, 1–9 (2012); ACS and MDPI: 2012, 24, 1–9; Elsevier: 24 (2012) 1–9
    (rf"{_V}(?:{_I})?\s?,\s?{_P}\s?\({_D}\)", 0.97, "", "( , year )"),
    (rf"(?<!vol\.\s)(?<!no\.\s){_Y},\s{_V}(?:{_I})?,\s{_P}", 0.97, "", ", year open"),
    (rf"{_V},\s(?P<issue>\d{{1,3}}(?:[-–]\d{{1,3}})?)\s\({_D}\),\s{_P}", 0.97, "", "( , year open"),
    (rf"{_V},?\s?\({_D}\),?\s(?:{_N},\s)?{_P}", 0.97, "i", "( year open"),
    (rf"\({_D}\),\s{_P}", 0.9, "", "( , year open"),
    # APA: 24(8), 1–9; 24(8), Article e36
    (rf"{_ARTICLE}(?P<number>[\w.-]*\d[\w.-]*)", 0.95, "i", "article open"),
    (rf"{_V}{_I}\s?[,;.]?\s?{_P}", 0.97, "i", "( open"),
    (rf"{_I},\s?{_R}", 0.85, "", "( , open"),
    # IEEE and MLA, and everyone who says what is what: vol. 24, no. 8, pp. 1–9
    (rf"{_PP}(?P<page>{_PAGES})", 0.97, "i", "pages open"),
    (
        rf"(?:{_VOL}(?P<volume>{_VOLUME}),?\s)?{_N},\s{_NO}(?P<number>[\w.-]*\d[\w.-]*)",
        0.9,
        "i",
        "no , open",
    ),
    (rf"(?:{_VOL}(?P<volume>{_VOLUME}),?\s)?{_N}", 0.96, "i", "no"),
    (rf"{_VOL}(?P<volume>{_VOLUME})(?:{_I})?", 0.97, "i", "vol"),
    (rf"{_N}\s\((?:{DATE}|{DAY_AND_MONTH})\)", 0.9, "i", "no ( )"),
    (rf"(?<!no\.\s)(?<=[\w.)]\s)(?P<volume>{_NO_YEARS}\d{{1,4}}),?\s\({_D}\)", 0.9, "", "( year )"),
    (rf"(?<=,\s)\((?P<issue>{_NO_YEARS}\d{{1,4}})\)", 0.9, "", "( , )"),
    # A date with a month, or in parentheses
    (rf"[(\[]{_D}[)\]]", 0.93, "", "year )"),
    (rf"(?!{YEAR}$){_D}", 0.92, "", "year"),
    # 24, 1–9 and 24(8); a year alone; pages alone; a volume alone
    (rf"(?<=,)\s?{_V},\s{_Q}", 0.93, "", ", open"),
    (_Y, 0.9, "", "year open"),
    (
        rf"(?<=[\w.)]\s)(?P<volume>\d{{1,4}}|[A-Z]\d{{1,3}}),\s(?P<page>{_RANGE}|[A-Za-z]{{0,3}}\d{{3,8}})",
        0.85,
        "",
        ", open",
    ),
    (rf"{_V}{_I}", 0.95, "", "( )"),
    (rf"(?<=[,.])\s?(?P<page>{_RANGE}|[eE]\d{{1,8}}|\d{{5,9}})", 0.9, "", "open"),
    (rf"(?<=,)\s?(?P<volume>{_VOLUME})", 0.8, "", ", open"),
    (rf"(?P<day>{DAY_AND_MONTH})", 0.9, "", "month open"),
    (rf"[(\[]?\b(?P<issued>{UNDATED})[)\]]?", 0.8, "i", "undated"),
    (rf"\b{UNDATED}", 0.8, "i", "undated"),
)
AT_END = tuple(
    (
        re.compile(rf"{_START}{row}$", re.IGNORECASE if flag else 0),
        confidence,
        frozenset(signs.split()),
    )
    for row, confidence, flag, signs in _ROWS
)
"""The rows as patterns, each with how sure it is and the signs that it needs."""
_WINDOW = 140
# A word with which none of these rows ends: no numeral, supplement or month, and no sign before it
# that may join it to a number. So ends a title or a publisher, and no row is searched for.
_PLAIN_WORD = re.compile(
    rf"(?<![\w/.:‐‑–—−-])(?!sup|[ivxlcdm]+$|{MONTHS}$)[^\W\d_]{{5,}}$", re.IGNORECASE
)
_UNDATED_AT_END = re.compile(rf"{UNDATED}$", re.IGNORECASE)
_LONGEST_UNDATED = 30  # characters: advance online publication
LOCATING = rf"\b(?:{_PP}|{_VOL}|ed\.|edn|Aufl|Art)"
"""Words that say that edition, volume or pages stand beside them, in any case of letters."""
_PAGES_BETWEEN = re.compile(
    rf"(?:,\s(?:{_PP})?(?P<page>{_RANGE})|\.\s{_PP}(?P<page_>{_PAGES}))(?=[.,;]\s|[.,;]?\x1f|[.,;]?$)"
)
_DATE_BETWEEN = re.compile(
    rf"(?:,\s|^\s?|(?<=[,.”\"])(?<!vol\.)(?<!no\.)(?<!p\.)\s){_D},\s(?!{MONTH})(?=\d{{4}}\s\w|\d{{1,2}}(?:st|nd|rd|th)\s|(?!(?:Art|No|Vol|Pp|ID|Article|Suppl)\b)[A-Z][\w’]+)"
)
_VOLUME_ALONE = re.compile(
    r"(?<=[.?!”\"]\s)[^\W\d_a-z][^.?!\x1f]*(?<![A-Z]{2})(?<!Part)(?<!Volume)(?<!Chapter)(?<!Report)"
    r"(?<!Phase)(?<!Type)(?<!Section)(?<!Series)(?<!Number)(?<!No\.)\s(?P<volume>\d{1,3})$"
)
_VOLUME_WITHIN = re.compile(
    r"(?:,|(?<=[.?!\x1f]))\s(?:[Vv]ol\.|Bd\.)\s?(?P<volume>\d{1,3}|[IVX]+)(?=[,.;]|\s?\x1f|$)"
)
_ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th|\.|ª|e)?|[Rr]ev(?:ised|\.)?|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth"
    r"|[Ss]ixth|[Ss]eventh|[Ee]ighth|[Nn]inth|[Tt]enth|[Nn]ew|[Ii]nternational)"
)
_EDITION = re.compile(
    rf"(?<!\w)(?P<edition>(?:{_ORDINAL}\s){{0,2}}{_ORDINAL}|(?:Spring|Summer|Fall|Winter)\s\d{{4}})\s?(?:\((?:rev|erw)[^)]*\)\s?)?"
    r"(?:ed|edn|edition|Aufl|Auflage|éd|edición)\b\.?"
)


def take_locators(sheet: Sheet, start: int, end: int) -> int:
    """Take volume, issue, pages and date from the end of a stretch; where they begin.

    Taken places, blanks and punctuation between them are passed over.
    """
    end = _before_tail(sheet, start, end)
    while end > start:
        taken = _take_last(sheet, start, end)
        if taken is None:
            return end
        end = _before_tail(sheet, start, taken)
    return end


def take_pages_between(sheet: Sheet, start: int, end: int) -> None:
    """Take pages between book and publisher: ``, 149–81. New York:``, ``. pp. 1–9. Wiley``."""
    match = _PAGES_BETWEEN.search(sheet.left, start, end)
    if match and not sheet.has("page"):
        sheet.take("page", *match.span("page" if match["page"] else "page_"), 0.93)
        sheet.blot(*match.span())


def take_volume(sheet: Sheet, start: int, end: int) -> None:
    """Take the volume of a book in several, where a word says that it is one."""
    match = _VOLUME_WITHIN.search(sheet.left, start, end)
    if match and not sheet.has("volume"):
        sheet.take("volume", *match.span("volume"), 0.9)
        sheet.blot(*match.span())


def take_volume_alone(sheet: Sheet, start: int, end: int) -> int:
    """Take a volume that follows its journal with nothing after it; where it begins."""
    known = any(sheet.has(name) for name in ("volume", "issue", "page", "publisher"))
    match = None if known else _VOLUME_ALONE.search(sheet.left, start, end)
    if match is None or not sheet.has("issued"):
        return end
    sheet.take("volume", *match.span("volume"), 0.75)
    return match.start("volume")


def take_date_between(sheet: Sheet, start: int, end: int) -> tuple[int, int] | None:
    """Take a date with something after it (``Proceedings, 2008, Meeting``); where it stood."""
    match = None if sheet.has("issued") else _DATE_BETWEEN.search(sheet.left, start, end)
    if match is None:
        return None
    sheet.take("issued", *match.span("issued"), 0.85)
    sheet.blot(*match.span("issued"))
    return match.span()


def take_edition(sheet: Sheet, start: int, end: int) -> None:
    """Take the edition, where one is named."""
    match = _EDITION.search(sheet.left, start, end)
    if match and not sheet.has("edition"):
        sheet.take("edition", *match.span("edition"), 0.95, _ordinal(match["edition"]))
        sheet.blot(*match.span())


def _ordinal(written: str) -> str:
    """An edition by its number, where it is written with one."""
    digits = re.match(r"(\d+)(?:st|nd|rd|th|\.|ª|e)?\s*$", written.strip())
    return digits[1] if digits else written.strip()


def _before_tail(sheet: Sheet, start: int, end: int) -> int:
    """The end of a stretch without what is taken, blank or punctuation there."""
    while end > start and sheet.left[end - 1] in f" .,;:—–{GONE}":
        end -= 1
    return end


def _take_last(sheet: Sheet, start: int, end: int) -> int | None:
    """Take the element that a stretch ends with; where it begins, or None where there is none."""
    begin = max(start, end - _WINDOW)
    window = sheet.left[begin:end]
    if _ends_in_a_word(window):
        return None
    signs = signs_of(window)
    for pattern, confidence, needed in AT_END:
        match = pattern.search(window) if needed <= signs else None
        if match is None or _contradicts(sheet, match):
            continue
        for name, value in match.groupdict().items():
            if value:
                first, last = match.span(name)
                sheet.take(name.rstrip("_"), begin + first, begin + last, confidence)
        sheet.blot(begin + match.start(), end)
        return begin + match.start()
    return None


def _ends_in_a_word(window: str) -> bool:
    """Whether a stretch ends in a word that is part of no volume, issue, page or date."""
    if not _PLAIN_WORD.search(window, max(window.rfind(" "), 0)):
        return False
    return not _UNDATED_AT_END.search(window, max(len(window) - _LONGEST_UNDATED, 0))


def _contradicts(sheet: Sheet, match: re.Match[str]) -> bool:
    """Whether a match says again what is known already, and so says something else.

    A year may stand twice, as with a volume that it numbers; a day needs a year that is known;
    and what looks like a year is no page and no volume as long as no year is known.
    """
    found = {name.rstrip("_"): value for name, value in match.groupdict().items() if value}
    known = {name for name in found if sheet.has(name)}
    if "issued" in known and ("volume" in found or _says_again(sheet, match)):
        known.discard("issued")
    if known or ("day" in found and not sheet.has("issued")):
        return True
    if "issued" in found or sheet.has("issued"):
        return False
    if _A_YEAR.fullmatch(found.get("volume", "")):
        return True
    located = "volume" in found or "issue" in found
    return located and _A_YEAR.fullmatch(found.get("page", "")) is not None


def _says_again(sheet: Sheet, match: re.Match[str]) -> bool:
    """Whether a match is the known year again, in parentheses, as some styles give it twice."""
    year = _A_YEAR.search(match["issued"])
    return (
        year is not None
        and match[0].startswith("(")
        and any(part.name == "issued" and year[0][:4] in part.value for part in sheet.parts)
    )


_A_YEAR = re.compile(YEAR)
