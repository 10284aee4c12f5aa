"""Tables that turn the types and keys of the Citation File Format into those of CSL.

Source: the Citation File Format schema, version 1.2.0, and its guide.
"""

from __future__ import annotations

__all__ = [
    "ANONYMOUS",
    "KEY_NOTE",
    "READ_TYPES",
    "SERIES",
    "SERIES_NOTE",
    "STATUSES",
    "TEXTS",
    "WRITTEN_TYPES",
]

ANONYMOUS = "anonymous"
"""The author of a work that names none, since every work in a file must have one."""

KEY_NOTE = "citation key"
"""The description of the identifier that keeps the citation key of a reference."""

SERIES_NOTE = "number in the series"
"""The description of the identifier that keeps the number of a work in its series."""

SERIES = "series"
"""The type of a collection that is the series of a book, and not the book."""

READ_TYPES = {
    "art": "graphic",
    "article": "article-journal",
    "audiovisual": "broadcast",
    "bill": "bill",
    "blog": "post-weblog",
    "book": "book",
    "catalogue": "book",
    "conference": "event",
    "conference-paper": "paper-conference",
    "data": "dataset",
    "database": "dataset",
    "dictionary": "entry-dictionary",
    "edited-work": "collection",
    "encyclopedia": "entry-encyclopedia",
    "film-broadcast": "motion_picture",
    "generic": "document",
    "government-document": "report",
    "grant": "document",
    "hearing": "hearing",
    "historical-work": "classic",
    "legal-case": "legal_case",
    "legal-rule": "regulation",
    "magazine-article": "article-magazine",
    "manual": "book",
    "map": "map",
    "multimedia": "webpage",
    "music": "musical_score",
    "newspaper-article": "article-newspaper",
    "pamphlet": "pamphlet",
    "patent": "patent",
    "personal-communication": "personal_communication",
    "proceedings": "book",
    "report": "report",
    "serial": "periodical",
    "slides": "speech",
    "software": "software",
    "software-code": "software",
    "software-container": "software",
    "software-executable": "software",
    "software-virtual-machine": "software",
    "sound-recording": "song",
    "standard": "standard",
    "statute": "legislation",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "website": "webpage",
}
"""CSL types of the types of references."""

WRITTEN_TYPES = {
    **{csl: cff for cff, csl in reversed(READ_TYPES.items())},
    "article": "article",
    "book": "book",
    "chapter": "generic",
    "dataset": "data",
    "document": "generic",
    "entry": "encyclopedia",
    "motion_picture": "film-broadcast",
    "report": "report",
    "review": "article",
    "review-book": "article",
    "software": "software",
    "webpage": "website",
}
"""The type of reference that is nearest to a CSL type."""

TEXTS = (
    ("title", "title"),
    ("abbreviation", "title-short"),
    ("volume-title", "volume-title"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("number", "number"),
    ("number-volumes", "number-of-volumes"),
    ("pages", "number-of-pages"),
    ("edition", "edition"),
    ("version", "version"),
    ("medium", "medium"),
    ("database", "source"),
    ("doi", "DOI"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
    ("pmcid", "PMCID"),
    ("url", "URL"),
    ("notes", "note"),
    ("abstract", "abstract"),
)
"""Keys that hold a text, with the variables that say the same."""

STATUSES = {
    "abstract": "abstract",
    "advance-online": "advance online publication",
    "in-preparation": "in preparation",
    "in-press": "in press",
    "preprint": "preprint",
    "submitted": "submitted",
}
"""What the schema's words for the state of a publication mean."""
