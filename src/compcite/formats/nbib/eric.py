"""What ERIC writes otherwise than PubMed: the database of education research exports .nbib too.

A record begins with ``OWN - ERIC``. Names are whole (``AU  - Roe, Rick``), ``ISSN`` says which
one it is (``EISSN-2229-0443``), and ``SO`` holds what has no tag of its own: ``v9 n2 p1-18 2019``,
``v9 Article 10 2019``, ``Ph.D. Dissertation, Drexel University``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["OWNER", "eric_texts", "eric_type", "published"]

OWNER = "ERIC"

# The first that a record has decides, for ERIC names several types of publication.
_TYPES = (
    ("dissertations/theses", "thesis"),
    ("journal articles", "article-journal"),
    ("books", "book"),
    ("collected works - proceedings", "book"),
    ("collected works - serials", "periodical"),
    ("speeches/meeting papers", "paper-conference"),
    ("numerical/quantitative data", "dataset"),
    ("legal/legislative/regulatory materials", "legislation"),
)
_DISSERTATION = re.compile(r"\b(?:dissertation|thesis)\b", re.IGNORECASE)
_VOLUME = re.compile(r"\bv(?P<volume>\d\S*)")
_ISSUE = re.compile(r"\bn(?P<issue>\d\S*)")
_PAGES = re.compile(r"\bp(?P<page>\d\S*)")
_ARTICLE = re.compile(r"\bArticle (?P<number>\w+)")
_ISSN = re.compile(r"^[A-Z]+-")
_DATE = re.compile(r"(?:\b(?P<month>[A-Z][a-z]{2,}) )?(?P<year>\d{4})$")
_SEASONS = {"Win": "Winter", "Spr": "Spring", "Sum": "Summer", "Aut": "Autumn"}


def eric_type(kinds: Sequence[str]) -> str:
    """The CSL type of a record with these types of publication; a report if none tells."""
    named = [kind.lower() for kind in kinds]
    return next(
        (type_ for begin, type_ in _TYPES if any(kind.startswith(begin) for kind in named)),
        "report",
    )


def eric_texts(type_: str, values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The text variables that only ERIC's tags tell of a record of a CSL type."""
    source = " ".join(values.get("SO", ()))
    found = {"archive": OWNER, "archive_location": " ".join(values.get("OID", ()))}
    if type_ == "article-journal":
        for pattern in (_VOLUME, _ISSUE, _PAGES, _ARTICLE):
            if match := pattern.search(source):
                found |= match.groupdict()
    elif publisher := next(iter(values.get("JT", ())), ""):
        found["publisher"] = publisher
    genre, comma, school = source.partition(",")
    if type_ == "thesis" and comma and _DISSERTATION.search(genre):
        found["genre"], found["publisher"] = genre.strip(), school.strip(" .")
    numbers = [_ISSN.sub("", number) for number in values.get("ISSN", ())]
    found["ISSN"] = ", ".join(dict.fromkeys(numbers))
    addresses = [value for value in values.get("LID", ()) if value.startswith("http")]
    found["URL"] = next(iter(addresses), "")
    return {variable: text for variable, text in found.items() if text}


def published(value: str) -> str:
    """A date as PubMed writes it, the year first: ``2019 Spring`` of ``Spr 2019``."""
    match = _DATE.search(value)
    if match is None:
        return value
    month = match["month"] or ""
    return f"{match['year']} {_SEASONS.get(month, month)}".strip()
