"""Read documents, such as .tex and .md files, as sources of DOIs.

Each DOI that the prose of a document mentions becomes an entry.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.formats.document_kinds import DOCUMENT_SUFFIXES
from compcite.formats.documents.html import blank_tags, html_prose
from compcite.formats.documents.latex import latex_prose
from compcite.formats.documents.markdown import markdown_prose
from compcite.formats.documents.mentions import mentioned_entries, mentions
from compcite.formats.documents.notebook import prose_cells
from compcite.formats.documents.org import org_prose
from compcite.formats.documents.restructuredtext import restructuredtext_prose
from compcite.model.library import Problem
from compcite.model.source import Span
from compcite.text.markup import blanked_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compcite.formats.documents.mentions import Mention
    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = ["PROSE", "read_document"]

_BIBTEX = frozenset({"bib", "bibtex", "biblatex"})
_ENTITY = r"&(?:nbsp|thinsp|ensp|emsp|#160|#xa0);"
# Where markup joins a DOI to what stands beside it. The address of an image is no mention:
# badges show DOIs in the names of files.
_MARKDOWN_JOINT = re.compile(
    r"!\[[^\[\]]*+\]\([^()\r\n]*+(?:\([^()\r\n]*+\)[^()\r\n]*+)*+\)"
    rf"|\]\(|\]\[|[`|]|\*\*|(?<=[\s(])[*_]+(?=\S)|(?<=[^\W_])[*_]+(?=[\s.,;:!?)]|\Z)|{_ENTITY}",
    re.IGNORECASE,
)
_LATEX_JOINT = re.compile(
    r"\\\\|\\[ ,;]|(?<!/)~(?!\w)|\}\{|(?<!\\)&"
    r"|\\(?!(?:doi|url|href|path|nolinkurl|textless|textgreater|textunderscore|backslash"
    r"|ensuremath)\b)[A-Za-z]+\*?\{?"
)
_RESTRUCTURED_JOINT = re.compile(r"`__?|`|\|")
_ORG_JOINT = re.compile(
    r"\]\[|\[\[|\]\]|(?<=[\s(])[*/_+]+(?=\S)|(?<=[^\W_])[*/_+]+(?=[\s.,;:!?)]|\Z)|\|"
)
_HTML_JOINT = re.compile(_ENTITY, re.IGNORECASE)


def _markdown(text: str) -> str:
    """Return Markdown with blanks for all but its prose; signs that touch a DOI are blanks too."""
    prose = blank_tags(markdown_prose(text, languages=_BIBTEX))
    return _MARKDOWN_JOINT.sub(blanked_out, prose)


def _latex(text: str) -> str:
    """Return LaTeX with blanks for all but its prose; signs that touch a DOI are blanks too."""
    return _LATEX_JOINT.sub(blanked_out, latex_prose(text))


def _restructuredtext(text: str) -> str:
    """Return reStructuredText with blanks for all but its prose; signs at a DOI are blanks too."""
    return _RESTRUCTURED_JOINT.sub(blanked_out, restructuredtext_prose(text))


def _org(text: str) -> str:
    """Return Org with blanks for all but its prose; brackets of links at a DOI are blanks too."""
    return _ORG_JOINT.sub(blanked_out, org_prose(text))


def _html(text: str) -> str:
    """Return HTML with blanks for all but its prose; spaces such as ``&nbsp;`` are blanks too."""
    return _HTML_JOINT.sub(blanked_out, html_prose(text))


def _plain(text: str) -> str:
    """Return plain text as it is, since all of it is prose."""
    return text


_READ_AS = {
    "latex": _latex,
    "markdown": _markdown,
    "notebook": _markdown,
    "restructuredtext": _restructuredtext,
    "typst": _plain,
    "org": _org,
    "html": _html,
    "text": _plain,
}

PROSE: Mapping[str, Callable[[str], str]] = {
    suffix: _READ_AS[kind] for kind, suffixes in DOCUMENT_SUFFIXES.items() for suffix in suffixes
}
"""How the prose of documents is told from the rest, by the suffix of their names."""


def read_document(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """Return an entry for each DOI that a document mentions, and problems that stopped the reading.

    Code, comments, scripts and the addresses of images are not read; code blocks that hold BibTeX
    are. The place of an entry is the first mention of its DOI whose end is certain, else the first
    mention. The key of an entry is the DOI. It has one field: ``doi``, or ``url`` if the DOI is
    part of the address of a publisher's page, in which something may follow the DOI. A notebook
    (``.ipynb``) whose JSON is broken gives no entries and one problem.
    """
    prose = PROSE.get(Path(source.name).suffix.lower(), _plain)
    if not source.name.lower().endswith(".ipynb"):
        return mentioned_entries(source, mentions(prose(source.text), Span)), []
    found: list[Mention] = []
    try:
        for cell in prose_cells(source.text):
            found += mentions(prose(cell.text), cell.span)
    except json.JSONDecodeError as error:
        place = source.position(error.pos)
        sentence = f"The JSON breaks at line {place.line}, column {place.column}: {error.msg}."
        return [], [Problem("entry-unparsed", sentence, source, _at(source, error.pos))]
    except RecursionError:
        message = "The JSON is nested too deeply."
        return [], [Problem("entry-unparsed", message, source, _at(source, 0))]
    return mentioned_entries(source, found), []


def _at(source: SourceFile, offset: int) -> Span:
    """Return the span of the one character at an offset; empty at the end of the text."""
    return Span(offset, min(offset + 1, len(source.text)))
