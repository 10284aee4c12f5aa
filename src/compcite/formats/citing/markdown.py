"""Find the citations of Markdown, in the dialects of Pandoc, Quarto, R Markdown and MyST.

Sources: the Pandoc manual (extension ``citations``) and, where it is silent, what pandoc 3 does;
the manuals of Quarto (cross references, includes), pandoc-crossref and MyST (roles).
"""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.formats.citing.events import Cited, Defined, Include
from compcite.formats.citing.files import find_file
from compcite.formats.citing.html import html_citations
from compcite.formats.citing.latex import latex_citations
from compcite.formats.citing.restructuredtext import noted_keys
from compcite.formats.documents.blanking import LINE, blank
from compcite.formats.documents.markdown import (
    markdown_prose,
    metadata_blocks,
    without_code_blocks,
)
from compcite.text.markup import blanked_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.formats.citing.events import Event
    from compcite.model.source import SourceFile

__all__ = ["markdown_citations", "read_markdown"]

# A key ends with a letter, digit or underscore; signs stand one by one between those.
_KEY = re.compile(
    r"(?<![^\W_])(?<!\\)(?<![^\W_]\.)@"
    r"(?:\{((?:[^\s{}\\]|\{[^\s{}\\]*+\})++)\}|(\w(?:\w|[:.#$%&+?<>~/-](?=\w)|[:/](?=/))*+))"
)
_WILDCARD = re.compile(r"@\*")
# Quarto's and pandoc-crossref's references to figures, tables, theorems and the like.
_CROSS_REFERENCE = re.compile(
    r"(?:fig|tbl|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|rem|sol|alg|vid|supp(?:fig|tbl)?"
    r"|nte|tip|wrn|imp|cau)[-:].+|(?:fig|tbl|sec|eq|lst):?",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(
    r"\{#([\w:.-]+)|^[ \t]*(?:#|//|%%)\|[ \t]*label:[ \t]*([\w:.-]+)|^[ \t]*\(([\w:.-]+)\)=[ \t]*$"
    r"|^[ \t]{0,3}\(@([\w-]+)\)[ \t]",
    re.MULTILINE,
)
_ROLE = re.compile(r"\{cite(?::\w+)?\*?\}(`++)([^`]*+)\1(?!`)")
# No prose: addresses, attributes, what shortcodes are given, heads of BibTeX entries, mathematics.
_NO_PROSE = re.compile(
    r"(?<!@)(?<!@\{)\b(?:https?|ftp)://[^\s<>\"\])]*+|\bmailto:[^\s<>\"\])]*+"
    r"|\]\([^()\s]*+|^[ \t]{0,3}\[(?!\^)[^\[\]\r\n@]++\]:[^\r\n]*+"
    r"|^[ \t>]*@[A-Za-z]+[ \t]*\{[^\s{},]*+,"
    r"|(?<!@)\{[#.:][^{}\r\n]*+\}|\{\{<[^<>]*+>\}\}|</?[A-Za-z][^<>]*+>"
    r"|\$\$[^$]*+\$\$|(?<![\\$])\$(?![\s$])[^$\r\n]*+(?<![\s\\])\$(?!\d)",
    re.MULTILINE,
)
_INCLUDE = re.compile(
    r"^[ \t]*\{\{<[ \t]*include[ \t]+([^\s<>]+)[ \t]*>\}\}"
    r"|^[ \t`~]*\{r\b[^\r\n]*?\bchild[ \t]*=[ \t]*[\"']([^\"'\r\n]+)[\"']",
    re.MULTILINE,
)
_YAML_FIELD = re.compile(r"([\w.-]+)[ \t]*:")
_YAML_ID = re.compile(r"^[ \t]*(?:-[ \t]+)?id:[ \t]*[\"']?([^\s\"']+)", re.MULTILINE)
_CITING_FIELDS = frozenset({"nocite", "abstract", "title", "subtitle", "thanks", "description"})


def read_markdown(source: SourceFile) -> Iterator[Event]:
    """Yield the events of a Markdown document: described keys, cited keys, included files.

    A file that is not found is passed over.
    """
    folder = source.path.parent if source.path else Path()
    yield from markdown_citations(source.text)
    for shortcode in _INCLUDE.finditer(without_code_blocks(source.text)):
        name = shortcode[1] or shortcode[2]
        if path := find_file([name.lstrip("/")], [folder, *folder.parents]):
            yield Include(path)


def markdown_citations(text: str) -> Iterator[Event]:
    """Yield the keys that a Markdown text describes in its metadata, then those that it cites.

    The cited keys come in the order of their places. ``@name`` is no citation if the text has a
    label ``name``, such as that of a figure.
    """
    metadata = metadata_blocks(text)
    body = blank(text, metadata)
    blockless = without_code_blocks(body)
    prose = markdown_prose(body)
    own = {next(filter(None, label.groups())) for label in _LABEL.finditer(blockless)}
    found = [
        *chain.from_iterable(_metadata_citations(text, *block) for block in metadata),
        *_roles(blockless),
        *latex_citations(prose),
        *html_citations(prose),
        *(key for key in _keys(_NO_PROSE.sub(blanked_out, prose)) if key.key not in own),
    ]
    for start, end in metadata:
        for field, field_start, field_end in _yaml_fields(text, start, end):
            if field == "references":
                ids = _YAML_ID.finditer(text, field_start, field_end)
                yield from (Defined(match[1], *match.span(1)) for match in ids)
    yield from sorted(found, key=lambda cited: cited.start)


def _keys(text: str) -> Iterator[Cited]:
    """Yield the keys after ``@`` signs, except for cross references such as ``@fig-map``."""
    for match in _KEY.finditer(text):
        group = 1 if match[1] else 2
        if not _CROSS_REFERENCE.fullmatch(match[group]):
            yield Cited(match[group], *match.span(group))


def _roles(text: str) -> Iterator[Cited]:
    """Yield the keys in roles of MyST, such as ``{cite:p}`` with keys in backticks."""
    for role in _ROLE.finditer(text):
        yield from noted_keys(text, *role.span(2))


def _metadata_citations(text: str, start: int, end: int) -> Iterator[Cited]:
    """Yield the keys that the metadata block ``text[start:end]`` cites.

    They stand in ``nocite`` and in fields that hold prose, such as ``abstract``. ``@*`` in
    ``nocite`` gives the key ``*``, which means everything.
    """
    for field, field_start, field_end in _yaml_fields(text, start, end):
        if field in _CITING_FIELDS:
            value = text[field_start:field_end]
            if field == "nocite" and (everything := _WILDCARD.search(value)):
                yield Cited(
                    "*", field_start + everything.start() + 1, field_start + everything.end()
                )
            for key in _keys(_NO_PROSE.sub(blanked_out, value)):
                yield Cited(key.key, field_start + key.start, field_start + key.end)


def _yaml_fields(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield the name of each field at the top of a YAML block, with start and end of its value.

    The name is in lower case.
    """
    name, at = "", start
    for line in LINE.finditer(text, start, end):
        field = _YAML_FIELD.match(text, line.start(), line.end())
        if field is not None:
            if name:
                yield name, at, line.start()
            name, at = field[1].lower(), field.end()
    if name:
        yield name, at, end
