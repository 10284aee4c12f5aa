"""CSL's types and variables, and the names that the CSL-JSON schema has for them.

Sources: CSL 1.0.2 specification, appendices III and IV; schema ``csl-data.json`` of the
citation-style-language project.
"""

from __future__ import annotations

__all__ = ["DATES", "JSON_NAMES", "NAMES", "TEXTS", "TYPES"]

TYPES = frozenset(
    (
        "article article-journal article-magazine article-newspaper bill book broadcast chapter"
        " classic collection dataset document entry entry-dictionary entry-encyclopedia event"
        " figure graphic hearing interview legal_case legislation manuscript map motion_picture"
        " musical_score pamphlet paper-conference patent performance periodical"
        " personal_communication post post-weblog regulation report review review-book software"
        " song speech standard thesis treaty webpage"
    ).split()
)

NAMES = (
    "author editor translator chair collection-editor compiler composer container-author"
    " contributor curator director editorial-director executive-producer guest host"
    " illustrator interviewer narrator organizer original-author performer producer recipient"
    " reviewed-author script-writer series-creator"
).split()

DATES = "issued accessed available-date event-date original-date submitted".split()

TEXTS = (
    "title title-short container-title container-title-short collection-title"
    " collection-number volume-title volume-title-short volume number-of-volumes issue number"
    " page page-first number-of-pages chapter-number part-number part-title supplement-number"
    " section edition version printing genre medium dimensions scale division publisher"
    " publisher-place event-title event-place jurisdiction authority references original-title"
    " original-publisher original-publisher-place reviewed-title reviewed-genre archive"
    " archive_collection archive_location archive-place call-number source status language DOI"
    " URL ISBN ISSN PMID PMCID citation-label citation-number first-reference-note-number"
    " locator year-suffix keyword abstract annote note"
).split()

JSON_NAMES = {"part-number": "part", "supplement-number": "supplement"}
"""Variables that the schema calls otherwise than the specification."""
