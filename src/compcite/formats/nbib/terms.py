"""Tables of NBIB's own terms: tags, types of publication, and its mark for a missing title."""

from __future__ import annotations

__all__ = ["IN_SERIES", "STATES", "TEXTS", "TYPES", "TYPES_ALONE", "UNTITLED"]

TEXTS = {
    "PMC": "PMCID",
    "TT": "original-title",
    "VI": "volume",
    "IP": "issue",
    "VTI": "volume-title",
    "EN": "edition",
    "PB": "publisher",
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

STATES = {"aheadofprint": "advance online publication", "ppublish": "", "epublish": ""}
"""PubMed's words for the state of a publication (``PST``) with CSL's.

What is published, on paper or online, has no state to tell.
"""

IN_SERIES = " ; "
"""What stands between the title of a series and the number in it, as libraries write them."""

UNTITLED = "[Not Available]"
"""What PubMed has for a title that nobody knows."""
