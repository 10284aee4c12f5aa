"""Read what the database ERIC writes differently from PubMed in its .nbib exports.

ERIC indexes research on education. A record begins with ``OWN - ERIC``. Names are written in
full (``AU  - Roe, Rick``), ``ISSN`` says of which kind it is (``EISSN-2229-0443``), and ``SO``
holds what has no tag of its own: ``v9 n2 p1-18 2019``, ``v9 Article 10 2019``,
``Ph.D. Dissertation, Drexel University``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["OWNER", "eric_texts", "eric_type", "in_pubmed_order"]

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
    """Return the CSL type for ERIC's types of publication, or ``report`` if none is known."""
    named = [kind.lower() for kind in kinds]
    return next(
        (type_ for begin, type_ in _TYPES if any(kind.startswith(begin) for kind in named)),
        "report",
    )


def eric_texts(type_: str, values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the text variables that ERIC's own tags give, such as volume, pages, ISSN and URL.

    ``type_`` is the CSL type of the record, ``values`` are its values by tag. Of a work that is no
    article the tag for the journal names the publisher, and ``SO`` names the genre and the
    university of a thesis. The result has no empty texts. It adds to what the tags of PubMed say.
    """
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


def in_pubmed_order(value: str) -> str:
    """Return a date of ERIC in the order of PubMed: ``Spr 2019`` becomes ``2019 Spring``.

    A text without a year at its end is returned as it is.
    """
    match = _DATE.search(value)
    if match is None:
        return value
    month = match["month"] or ""
    return f"{match['year']} {_SEASONS.get(month, month)}".strip()
