"""The table of all formats that compcite reads and writes.

To add a format, write its module, add its functions to ``_on_demand``, and add a line here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from compcite.formats import _on_demand
from compcite.formats.document_kinds import DOCUMENT_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.library import Entry, Problem, Written
    from compcite.model.source import SourceFile

__all__ = [
    "FORMATS",
    "READERS",
    "WRITERS",
    "WRITTEN_SUFFIXES",
    "Format",
    "Reader",
    "Writer",
    "format_of",
]


class Reader(Protocol):
    """A function that reads a source."""

    def __call__(self, source: SourceFile, /) -> tuple[list[Entry], list[Problem]]:
        """The entries of the source, and the problems of reading it."""


class Writer(Protocol):
    """A function that writes entries."""

    def __call__(self, entries: Sequence[Entry], /) -> Written:
        """The text, and sentences about values that the format cannot hold."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the endings of its files, a description, its reader and its writer.

    ``read`` is None where it can only be written, ``write`` where it can only be read.
    """

    name: str
    suffixes: tuple[str, ...]
    description: str
    read: Reader | None = None
    write: Writer | None = None


_DOCUMENTS = tuple(
    suffix for kind, suffixes in DOCUMENT_SUFFIXES.items() for suffix in suffixes if kind != "text"
)

FORMATS: dict[str, Format] = {
    made.name: made
    for made in (
        Format(
            "bibtex",
            (".bib", ".bibtex"),
            "BibTeX and biblatex",
            read=_on_demand.read_bibtex,
            write=_on_demand.write_bibtex,
        ),
        Format("biblatex", (), "biblatex", write=_on_demand.write_biblatex),
        Format(
            "csl-json",
            (".json",),
            "CSL-JSON",
            read=_on_demand.read_csl_json,
            write=_on_demand.write_csl_json,
        ),
        Format(
            "csl-yaml",
            (".yaml", ".yml"),
            "CSL-YAML",
            read=_on_demand.read_csl_yaml,
            write=_on_demand.write_csl_yaml,
        ),
        Format("ris", (".ris",), "RIS", read=_on_demand.read_ris, write=_on_demand.write_ris),
        Format(
            "nbib",
            (".nbib", ".medline"),
            "NBIB, as PubMed exports it",
            read=_on_demand.read_nbib,
            write=_on_demand.write_nbib,
        ),
        Format("endnote-xml", (".xml",), "EndNote's XML", read=_on_demand.read_endnote_xml),
        Format(
            "endnote-tagged",
            (".enw", ".refer"),
            "EndNote's tagged lines",
            read=_on_demand.read_endnote_tagged,
        ),
        Format(
            "web-of-science",
            (".ciw",),
            "Web of Science's tagged lines",
            read=_on_demand.read_web_of_science,
        ),
        Format(
            "hayagriva",
            (),
            "Hayagriva, Typst's YAML",
            read=_on_demand.read_hayagriva,
            write=_on_demand.write_hayagriva,
        ),
        Format(
            "cff", (".cff",), "CITATION.cff", read=_on_demand.read_cff, write=_on_demand.write_cff
        ),
        Format("plain-text", (), "a reference list as plain text", read=_on_demand.read_plain_text),
        Format(
            "document",
            _DOCUMENTS,
            "the DOIs that a document mentions",
            read=_on_demand.read_document,
        ),
        Format("tsv", (), "tab-separated values", write=_on_demand.write_tsv),
        Format("csv", (), "comma-separated values", write=_on_demand.write_csv),
        Format(
            "html", (), "a web page with COinS and schema.org data", write=_on_demand.write_html
        ),
    )
}
READERS: dict[str, Reader] = {name: made.read for name, made in FORMATS.items() if made.read}
WRITERS: dict[str, Writer] = {name: made.write for name, made in FORMATS.items() if made.write}

_BY_SUFFIX = {suffix: made.name for made in FORMATS.values() for suffix in made.suffixes}
WRITTEN_SUFFIXES = {suffix: name for suffix, name in _BY_SUFFIX.items() if name in WRITERS}
"""By the ending of a file: the format that is written to it, where its ending names one."""
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
    """The name of a source's format, by the ending of its name, else by the beginning of its text.

    Of files named ``.yaml`` the text tells CITATION.cff, CSL-YAML and Hayagriva apart, of files
    named ``.ris`` RIS and Web of Science. A ``.txt`` file without the tags of a format is a
    reference list if at least half of its lines contain a year, else a document. Where nothing
    tells the format, it is ``bibtex``.
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
    """Whether at least half of the lines contain a year, as the lines of a reference list do.

    ``(n.d.`` and ``in press`` count as years, and empty lines do not count.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    dated = sum(bool(_YEAR.search(line)) for line in lines)
    return 2 * dated >= len(lines)
