"""What NBIB has terms of its own for: languages, and types of publication."""

from __future__ import annotations

__all__ = ["LANGUAGES", "TYPES", "TYPES_ALONE", "UNTITLED"]

LANGUAGES = {
    "chi": "zh",
    "cze": "cs",
    "dan": "da",
    "dut": "nl",
    "eng": "en",
    "fin": "fi",
    "fre": "fr",
    "ger": "de",
    "gre": "el",
    "heb": "he",
    "hun": "hu",
    "ita": "it",
    "jpn": "ja",
    "kor": "ko",
    "lat": "la",
    "nor": "no",
    "pol": "pl",
    "por": "pt",
    "rum": "ro",
    "rus": "ru",
    "spa": "es",
    "swe": "sv",
    "tur": "tr",
    "ukr": "uk",
}
"""The codes of MARC for languages, with their tags of two letters."""

TYPES = {"Preprint": "article", "Newspaper Article": "article-newspaper"}
"""Publication types of MeSH that decide the CSL type, in lower case as CSL calls it."""

TYPES_ALONE = {
    "Dataset": "dataset",
    "Academic Dissertation": "thesis",
    "Technical Report": "report",
    "Patent": "patent",
    "Map": "map",
    "Interview": "interview",
    "Legal Case": "legal_case",
}
"""Those that do where no journal is named; in one they are articles."""

UNTITLED = "[Not Available]"
"""What PubMed has for a title that nobody knows."""
