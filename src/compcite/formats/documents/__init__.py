"""Documents as sources: each DOI that one mentions in its prose is an entry."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.formats.document_kinds import DOCUMENT_SUFFIXES
from compcite.formats.documents.html import html_prose, without_tags
from compcite.formats.documents.latex import latex_prose
from compcite.formats.documents.markdown import markdown_prose
from compcite.formats.documents.mentions import mentioned_entries, mentions
from compcite.formats.documents.notebook import prose_cells
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
    rf"|\]\(|\]\[|[`|]|\*\*|(?<=[\s(])[*_]+(?=\S)|(?<=\w)[*_]+(?=[\s.,;:!?)]|\Z)|{_ENTITY}",
    re.IGNORECASE,
)
_LATEX_JOINT = re.compile(
    r"\\\\|\\[ ,;]|(?<!/)~(?!\w)|\}\{|(?<!\\)&"
    r"|\\(?!(?:doi|url|href|path|nolinkurl|textless|textgreater|textunderscore|backslash"
    r"|ensuremath)\b)[A-Za-z]+\*?\{?"
)
_RESTRUCTURED_JOINT = re.compile(r"`__?|`|\|")
_HTML_JOINT = re.compile(_ENTITY, re.IGNORECASE)


def _markdown(text: str) -> str:
    """The prose of Markdown in which DOIs stand alone."""
    prose = without_tags(markdown_prose(text, languages=_BIBTEX))
    return _MARKDOWN_JOINT.sub(blanked_out, prose)


def _latex(text: str) -> str:
    """The prose of LaTeX in which DOIs stand alone."""
    return _LATEX_JOINT.sub(blanked_out, latex_prose(text))


def _restructuredtext(text: str) -> str:
    """The prose of reStructuredText in which DOIs stand alone."""
    return _RESTRUCTURED_JOINT.sub(blanked_out, restructuredtext_prose(text))


def _html(text: str) -> str:
    """The prose of HTML in which DOIs stand alone."""
    return _HTML_JOINT.sub(blanked_out, html_prose(text))


def _plain(text: str) -> str:
    """Plain text is all prose."""
    return text


_READ_AS = {
    "latex": _latex,
    "markdown": _markdown,
    "notebook": _markdown,
    "restructuredtext": _restructuredtext,
    "typst": _plain,
    "html": _html,
    "text": _plain,
}

PROSE: Mapping[str, Callable[[str], str]] = {
    suffix: _READ_AS[kind] for kind, suffixes in DOCUMENT_SUFFIXES.items() for suffix in suffixes
}
"""How the prose of documents is told from the rest, by the suffix of their names."""


def read_document(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """The DOIs that a document mentions, each once, and what could not be read.

    Code, comments, scripts and the addresses of images are no mentions; of code blocks only
    those that hold BibTeX are read. An entry stands at the first mention of its DOI that leaves
    no doubt where it ends. It has the bare DOI as its key and in its one field: ``doi``, or
    ``url`` for the address of a publisher's page in which something may follow the DOI.
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
    """The character at an offset."""
    return Span(offset, min(offset + 1, len(source.text)))
