"""Dates as they stand in references, and what they mean."""

from __future__ import annotations

import re

from compcite.model.item import Date
from compcite.values.dates import bibtex_date

__all__ = ["DATE", "DAY_AND_MONTH", "MONTH", "MONTHS", "UNDATED", "YEAR", "date_of"]

_MONTHS = (
    "January Jan February Feb March Mar April Apr May June Jun July Jul August Aug September Sept "
    "Sep October Oct November Nov December Dec Januar Jänner Februar März Mrz Mai Juni Juli "
    "Oktober Okt Dezember Dez janvier janv février févr fév mars avril avr mai juin juillet juil "
    "août septembre octobre novembre décembre déc enero ene febrero marzo abril abr mayo junio "
    "julio agosto ago septiembre octubre noviembre diciembre dic gennaio febbraio aprile maggio "
    "giugno luglio settembre ottobre dicembre janeiro fevereiro março maio junho julho setembro "
    "outubro novembro dezembro maart mei augustus"
)
_SEASONS = ("Spring", "Summer", "Autumn", "Fall", "Winter")
MONTH_NAMES = (*sorted(set(_MONTHS.split()), key=lambda month: (-len(month), month)), *_SEASONS)
"""Names of months, the longest first, and of seasons."""

YEAR = r"(?:(?:1[4-9]|20)\d\d)(?!\d)[a-z]?(?![a-zA-Z])"
MONTH = rf"(?:(?:{'|'.join(MONTH_NAMES[: -len(_SEASONS)])})\b\.?)"
MONTHS = rf"(?:{MONTH}(?:\s?[-–/]\s?{MONTH})?|(?:{'|'.join(_SEASONS)})\b)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\d)(?:\s?[-–]\s?\d{1,2}(?!\d))?"
_DE = r"(?:\s(?:de|of))?"
DAY_AND_MONTH = rf"(?:{MONTHS}(?:\s{_DAY})?|{_DAY}\.?{_DE}\s{MONTHS})"
DATE = (
    rf"(?:(?:c(?:irca|a)?\.?\s?)?(?:{YEAR}(?:,?\s{MONTHS}(?:\s{_DAY}\b)?)"
    rf"|{_DAY}\.?{_DE}\s{MONTHS},?{_DE}\s{YEAR}"
    rf"|{MONTHS}(?:\s{_DAY})?,?{_DE}\s{YEAR}"
    r"|(?<!\d)(?:1[4-9]|20)\d\d-[01]\d-[0-3]\d(?!\d)"
    r"|(?<!\d)[0-3]?\d[./][01]?\d[./](?:19|20)\d\d(?!\d)"
    rf"|(?<![\d–-]){YEAR}))"
)
"""A date from the year on, in English word order or any other."""

UNDATED = (
    r"(?:(?-i:\bn\.\s?d\.|\bs\.\s?d\.|\bo\.\s?[JD]\.)|\bno date|\bundated|\bin[ -]press"
    r"|\bforthcoming"
    r"|\bto appear|\bim Druck|\bin preparation|\bsubmitted|\bunpublished|\baccepted"
    r"|\badvance online publication|\bahead of print)"
)
"""What stands in the place of a year where there is none."""

_UNDATED = re.compile(UNDATED, re.IGNORECASE)
_SUFFIXED = re.compile(r"(?<=\d{4})[a-z]\b")
_RANGED_DAY = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b|\b(?:de|of)\s")


def date_of(written: str) -> Date:
    """The date that was written; a literal one where it is no calendar date."""
    if _UNDATED.fullmatch(written):
        return Date(literal=written.lower())
    bare = _RANGED_DAY.sub("", _SUFFIXED.sub("", written.strip("()[] .,;")))
    return bibtex_date(bare.replace(".", " ") if not bare[:1].isdigit() else bare, "", "")
