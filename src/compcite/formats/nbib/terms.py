"""What NBIB has terms of its own for: types of publication, and a missing title."""

from __future__ import annotations

__all__ = ["TYPES", "TYPES_ALONE", "UNTITLED"]

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
