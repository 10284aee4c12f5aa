"""FORMATS: what can be read and written, one module a format.

The table names modules and functions instead of importing them: a listing of a .bib file does
not pay for YAML or XML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from compcite.formats.document_kinds import DOCUMENT_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compcite.model.library import Entry, Problem, Written
    from compcite.model.source import SourceFile

    Reader = Callable[[SourceFile], tuple[list[Entry], list[Problem]]]
    Writer = Callable[[Sequence[Entry]], Written]

__all__ = ["FORMATS", "READABLE", "WRITABLE", "Format", "format_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the endings of file names that mean it, and how it is read and written.

    ``reader`` and ``writer`` name functions of this package, as ``module:function``; one of
    them is empty where the format can only be written or only be read.
    """

    name: str
    suffixes: tuple[str, ...]
    description: str
    reader: str = ""
    writer: str = ""

    def read(self, source: SourceFile) -> tuple[list[Entry], list[Problem]]:
        """The entries of a source, and what could not be read."""
        read: Reader = _function(self.reader)
        return read(source)

    def write(self, entries: Sequence[Entry]) -> Written:
        """The entries in this format, and what it cannot hold."""
        write: Writer = _function(self.writer)
        return write(entries)


def _function(name: str) -> Any:  # noqa: ANN401 - a reader or a writer, as the table has it
    module, _, function = name.partition(":")
    return getattr(import_module(f"{__name__}.{module}"), function)


# Whether a .txt file is a document or a reference list, its text tells.
_DOCUMENTS = tuple(
    suffix for kind, suffixes in DOCUMENT_SUFFIXES.items() for suffix in suffixes if kind != "text"
)

FORMATS: dict[str, Format] = {
    name: Format(name, suffixes, description, reader, writer)
    for name, suffixes, description, reader, writer in (
        ("bibtex", (".bib", ".bibtex"), "BibTeX and biblatex",
         "bibtex.read.reader:read_bibtex", "bibtex.write.writer:write_bibtex"),
        ("biblatex", (), "biblatex",
         "", "bibtex.write.writer:write_biblatex"),
        ("csl-json", (".json",), "CSL-JSON",
         "csl_json:read_csl_json", "csl_json:write_csl_json"),
        ("csl-yaml", (".yaml", ".yml"), "CSL-YAML",
         "csl_yaml:read_csl_yaml", "csl_yaml:write_csl_yaml"),
        ("ris", (".ris",), "RIS",
         "ris.reader:read_ris", "ris.writer:write_ris"),
        ("nbib", (".nbib", ".medline"), "NBIB, as PubMed exports it",
         "nbib.reader:read_nbib", "nbib.writer:write_nbib"),
        ("endnote-xml", (".xml",), "EndNote's XML",
         "endnote:read_endnote_xml", ""),
        ("endnote-tagged", (".enw", ".refer"), "EndNote's tagged lines",
         "endnote:read_endnote_tagged", ""),
        ("web-of-science", (".ciw",), "Web of Science's tagged lines",
         "web_of_science:read_web_of_science", ""),
        ("hayagriva", (), "Hayagriva, Typst's YAML",
         "hayagriva.reader:read_hayagriva", "hayagriva.writer:write_hayagriva"),
        ("cff", (".cff",), "CITATION.cff",
         "cff.reader:read_cff", "cff.writer:write_cff"),
        ("plain-text", (), "a reference list as plain text",
         "plain_text:read_plain_text", ""),
        ("document", _DOCUMENTS, "the DOIs that a document mentions",
         "documents:read_document", ""),
        ("tsv", (), "tab-separated values", "", "tabular:write_tsv"),
        ("csv", (), "comma-separated values", "", "tabular:write_csv"),
        ("html", (), "a web page with COinS and schema.org data",
         "", "html_page:write_html"),
    )
}  # fmt: skip
READABLE = tuple(name for name, made in FORMATS.items() if made.reader)
WRITABLE = tuple(name for name, made in FORMATS.items() if made.writer)

_BY_SUFFIX = {suffix: made.name for made in FORMATS.values() for suffix in made.suffixes}
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?\b|\(n\.d\.|in press", re.IGNORECASE)
_YAML = (
    ("cff", re.compile(r"^cff-version\s*:", re.MULTILINE)),
    ("csl-yaml", re.compile(r"^(?:references|items)\s*:|^-\s", re.MULTILINE)),
)
_WEB_OF_SCIENCE = re.compile(
    r"\A\s*(?:FN [^\n]*\n\s*)?(?:VR [^\n]*\n\s*)?PT [A-Z]\s*$", re.MULTILINE
)
_TAGS = (
    ("ris", re.compile(r"\A\s*TY  - ")),
    ("nbib", re.compile(r"\A\s*(?:PMID-(?: |\s*$)|OWN - )", re.MULTILINE)),
    ("web-of-science", _WEB_OF_SCIENCE),
    ("endnote-tagged", re.compile(r"\A\s*%0 ")),
    ("endnote-xml", re.compile(r"\A\s*(?:<\?xml|<xml>)")),
    ("csl-json", re.compile(r"\A\s*[\[{]")),
)


def format_of(source: SourceFile) -> str:
    """The format of a source: what the ending of its name means, else what its text looks like.

    A text file is a reference list if most of its lines give a year, else a document.
    """
    suffix = "." + source.name.rpartition(".")[2].lower()
    named = _BY_SUFFIX.get(suffix)
    if named == "csl-yaml":  # Hayagriva's files have that ending, too
        return next((name for name, begins in _YAML if begins.search(source.text)), "hayagriva")
    if named == "ris" and _WEB_OF_SCIENCE.match(source.text):
        return "web-of-science"  # which exports its own tags by that name, too
    if named is not None:
        return named
    tagged = next((name for name, begins in _TAGS if begins.match(source.text)), None)
    if suffix == ".txt" and tagged in (None, "csl-json"):  # as [1] begins, too
        return "plain-text" if _lists_references(source.text) else "document"
    return tagged or "bibtex"


def _lists_references(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    dated = sum(bool(_YEAR.search(line)) for line in lines)
    return 2 * dated >= len(lines)
