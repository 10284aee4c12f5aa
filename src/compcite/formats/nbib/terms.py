"""Tables of NBIB's own terms: tags, types of publication, and its mark for a missing title."""

from __future__ import annotations

__all__ = ["TEXTS", "TYPES", "TYPES_ALONE", "UNTITLED"]

TEXTS = {
    "PMC": "PMCID",
    "TT": "original-title",
    "VI": "volume",
    "IP": "issue",
    "PG": "page",
    "CTI": "collection-title",
    "EN": "edition",
    "PB": "publisher",
    "AB": "abstract",
}
"""Tags whose value is a variable as it stands."""

TYPES = {"Preprint": "article", "Newspaper Article": "article-newspaper"}
"""Publication types of MeSH, with the CSL types that they decide."""

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
