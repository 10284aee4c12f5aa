r"""Find the reference lists that a document names: ``\addbibresource``, ``bibliography:`` and such.

Sources: the biblatex manual (``\addbibresource``), BibTeXing (``\bibliography``), pandoc's manual
(``bibliography`` in the metadata), Quarto's manual (``_quarto.yml``), the bookdown book
(``_bookdown.yml``), the Typst reference (``bibliography``), Org's manual
(``#+bibliography``), sphinxcontrib-bibtex (``bibliography``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.document_kinds import DOCUMENT_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.source import SourceFile

__all__ = ["PROJECT_FILES", "lists_in_metadata", "named_lists"]

PROJECT_FILES = ("_quarto.yml", "_quarto.yaml", "_bookdown.yml")
"""The files whose metadata hold for all Markdown documents of a folder and of those below it."""

_RESOURCE = re.compile(
    r"\\(?:addbibresource|addglobalbib|addsectionbib)\s*(?:\[[^\]]*\]\s*)?\{([^{}]*)\}"
)
_BIBLIOGRAPHY = re.compile(r"\\(?:no)?bibliography\s*\{([^{}]*)\}")
_LATEX_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\r\n]*")
_HEADER = re.compile(r"\A(?:---[ \t]*\r?\n)(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_HEADER_LISTS = re.compile(
    r"^bibliography[ \t]*:[ \t]*(?P<one>[^\r\n]*)(?P<more>(?:\r?\n[ \t]*-[ \t]+[^\r\n]*)*)",
    re.MULTILINE,
)
_TYPST = re.compile(r"\bbibliography\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_TYPST_COMMENT = re.compile(r"(?<!:)//[^\r\n]*|/\*.*?\*/", re.DOTALL)
_TYPST_OPTION = re.compile(r"\b[\w-]+\s*:\s*(?:\"[^\"]*\"|[\w.]+)")
_ORG = re.compile(r"^[ \t]*#\+bibliography:[ \t]*([^\r\n]+)", re.MULTILINE | re.IGNORECASE)
_DIRECTIVE = re.compile(r"^[ \t]*\.\.[ \t]+bibliography::[ \t]*([^\r\n]*)", re.MULTILINE)
_QUOTED = re.compile(r"\"([^\"]*)\"")


def named_lists(source: SourceFile) -> list[str]:
    r"""The paths of the reference lists that a document names, in order, each once.

    They are as they are written, relative to the document's folder or to a folder above it. To a
    name in ``\bibliography``, which has no ending, ``.bib`` is added.
    """
    suffix = "." + source.name.rpartition(".")[2].lower()
    kind = next((kind for kind, own in DOCUMENT_SUFFIXES.items() if suffix in own), "markdown")
    find = _FINDERS.get(kind, _in_markdown)
    return list(dict.fromkeys(filter(None, map(str.strip, find(source.text)))))


def _in_latex(text: str) -> Iterator[str]:
    """The lists that a LaTeX document names."""
    text = _LATEX_COMMENT.sub(r"\1", text)
    for found in _RESOURCE.finditer(text):
        yield found[1]
    for found in _BIBLIOGRAPHY.finditer(text):
        for name in map(str.strip, found[1].split(",")):
            yield name if name.lower().endswith(".bib") or not name else f"{name}.bib"


def _in_markdown(text: str) -> Iterator[str]:
    """The lists that ``bibliography`` names in the metadata at the head of a Markdown document."""
    header = _HEADER.match(text)
    if header is not None:
        yield from lists_in_metadata(header[1])


def lists_in_metadata(text: str) -> Iterator[str]:
    """The lists that ``bibliography`` names at the top level of metadata in YAML."""
    found = _HEADER_LISTS.search(text)
    if found is None:
        return
    one = found["one"].partition(" #")[0].strip()
    if one.startswith("["):
        yield from (name.strip(" \t'\"") for name in one.strip("[]").split(","))
    else:
        yield one.strip("'\"")
    for line in found["more"].splitlines():
        yield line.strip().removeprefix("-").strip(" \t'\"")


def _in_typst(text: str) -> Iterator[str]:
    """The lists that a Typst document names."""
    for call in _TYPST.finditer(_TYPST_COMMENT.sub("", text)):
        for name in _QUOTED.finditer(_TYPST_OPTION.sub("", call[1])):
            yield name[1]


def _in_org(text: str) -> Iterator[str]:
    """The lists that an Org document names."""
    for found in _ORG.finditer(text):
        yield found[1].strip("\"' \t")


def _in_restructuredtext(text: str) -> Iterator[str]:
    """The lists that a reStructuredText document names."""
    for found in _DIRECTIVE.finditer(text):
        yield from found[1].split()


_FINDERS = {
    "latex": _in_latex,
    "typst": _in_typst,
    "org": _in_org,
    "restructuredtext": _in_restructuredtext,
}
