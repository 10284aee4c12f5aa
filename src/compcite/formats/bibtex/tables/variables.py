"""Which field of BibTeX or biblatex holds which variable of CSL, for reading and for writing.

What depends on the entry type (titles, numbers, publishers, the date of publication) is not here.

Sources: Patashnik, "BibTeXing", section 3; the biblatex manual, section 2.2; JabRef and Zotero for
``pmid``, ``pmcid``, ``numpages`` and ``lccn``; biblatex-apa for roles in films and podcasts.
"""

from __future__ import annotations

from compcite.values.csl_variables import NAMES

__all__ = [
    "DATE_FIELDS",
    "DATE_PREFIXES",
    "EDITOR_ROLES",
    "NAME_FIELDS",
    "NAME_VARIABLES",
    "ROLES_WITHOUT_FIELD",
    "TEXT_FIELDS",
]

NAME_FIELDS = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "bookauthor",
    "director": "director",
    "composer": "composer",
    "illustrator": "illustrator",
    "interviewer": "interviewer",
    "recipient": "recipient",
    "original-author": "originalauthor",
    "reviewed-author": "reviewedauthor",
    "collection-editor": "serieseditor",
}
"""The field of each name variable, in the order of writing."""

NAME_VARIABLES = {
    **{variable: variable for variable in NAMES},
    **{field: variable for variable, field in NAME_FIELDS.items()},
    "execproducer": "executive-producer",
}
"""The variable of each field of names, which any variable has under its own name: ``host``."""

EDITOR_ROLES = {
    **dict.fromkeys(("collaborator", "continuator"), "contributor"),
    **{variable: variable for variable in NAMES if variable not in ("author", "editor")},
    **dict.fromkeys(("execproducer", "execproducers"), "executive-producer"),
    "guestexpert": "guest",
    "writer": "script-writer",
}
"""The variable that an ``editortype`` makes of an ``editor``; any other type is an editor."""

# Of two roles for one variable the first is written.
_ROLES = {variable: role for role, variable in reversed(EDITOR_ROLES.items())}
ROLES_WITHOUT_FIELD = {
    variable: role for variable, role in reversed(_ROLES.items()) if variable not in NAME_FIELDS
}
"""The ``editortype`` of each variable that has no field of its own, in the order of writing."""

TEXT_FIELDS = {
    "volume": ("volume",),
    "page": ("pages",),
    "collection-title": ("series",),
    "edition": ("edition",),
    "chapter-number": ("chapter",),
    "number-of-volumes": ("volumes",),
    "number-of-pages": ("pagetotal", "numpages"),
    "part-number": ("part",),
    "publisher-place": ("address", "location"),
    "original-publisher": ("origpublisher",),
    "original-publisher-place": ("origlocation",),
    "original-title": ("origtitle",),
    "reviewed-title": ("reviewedtitle",),
    "title-short": ("shorttitle",),
    "container-title-short": ("shortjournal",),
    "event-place": ("venue",),
    "version": ("version",),
    "status": ("pubstate",),
    "call-number": ("library", "lccn"),
    "abstract": ("abstract",),
    "annote": ("annotation", "annote", "annot"),
    "keyword": ("keywords", "keyword"),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "PMID": ("pmid",),
    "PMCID": ("pmcid", "pmc"),
}
"""The fields of each text variable: the first that is there is read, the first is written."""

DATE_PREFIXES = {"url": "accessed", "orig": "original-date", "event": "event-date"}
"""What stands before ``date``, or before ``year``, ``month`` and ``day`` in older files."""

DATE_FIELDS = {variable: f"{prefix}date" for prefix, variable in DATE_PREFIXES.items()}
"""The field of each date variable but that of publication, in the order of writing."""
