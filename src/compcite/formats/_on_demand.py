"""The reader and the writer of each format, each imported when it is called.

A listing of a .bib file does not pay for YAML or XML. Every function here has the type of
:class:`compcite.formats.Reader` or :class:`compcite.formats.Writer`, which mypy checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.library import Entry, Problem, Written
    from compcite.model.source import SourceFile

    Read = tuple[list[Entry], list[Problem]]

__all__ = [
    "read_bibtex",
    "read_cff",
    "read_csl_json",
    "read_csl_yaml",
    "read_document",
    "read_endnote_tagged",
    "read_endnote_xml",
    "read_hayagriva",
    "read_nbib",
    "read_plain_text",
    "read_ris",
    "read_web_of_science",
    "write_biblatex",
    "write_bibtex",
    "write_cff",
    "write_csl_json",
    "write_csl_yaml",
    "write_csv",
    "write_hayagriva",
    "write_html",
    "write_nbib",
    "write_ris",
    "write_tsv",
]


def read_bibtex(source: SourceFile) -> Read:
    """The entries of a source in this format, and what could not be read."""
    from compcite.formats.bibtex.read.reader import read_bibtex as read

    return read(source)


def write_bibtex(entries: Sequence[Entry]) -> Written:
    """The entries in this format, and what it cannot hold."""
    from compcite.formats.bibtex.write.writer import write_bibtex as write

    return write(entries)


def write_biblatex(entries: Sequence[Entry]) -> Written:
    """The entries in this format, and what it cannot hold."""
    from compcite.formats.bibtex.write.writer import write_biblatex as write

    return write(entries)


def read_csl_json(source: SourceFile) -> Read:
    """The entries of a source in this format, and what could not be read."""
    from compcite.formats.csl_json import read_csl_json as read

    return read(source)


def write_csl_json(entries: Sequence[Entry]) -> Written:
    """The entries in this format, and what it cannot hold."""
    from compcite.formats.csl_json import write_csl_json as write

    return write(entries)


def read_csl_yaml(source: SourceFile) -> Read:
    """The entries of a source in this format, and what could not be read."""
    from compcite.formats.csl_yaml import read_csl_yaml as read

    return read(source)


def write_csl_yaml(entries: Sequence[Entry]) -> Written:
    """The entries in this format, and what it cannot hold."""
    from compcite.formats.csl_yaml import write_csl_yaml as write

    return write(entries)


def read_ris(source: SourceFile) -> Read:
    """The entries of a source in this format, and what could not be read."""
    from compcite.formats.ris.reader import read_ris as read

    return read(source)


def write_ris(entries: Sequence[Entry]) -> Written:
    """The entries in this format, and what it cannot hold."""
    from compcite.formats.ris.writer import write_ris as write

    return write(entries)


def read_nbib(source: SourceFile) -> Read:
    """The entries of a source in this format, and what could not be read."""
    from compcite.formats.nbib.reader import read_nbib as read

    return read(source)


def write_nbib(entries: Sequence[Entry]) -> Written:
    """The entries in this format, and what it cannot hold."""
    from compcite.formats.nbib.writer import write_nbib as write

    return write(entries)


def read_endnote_xml(source: SourceFile) -> Read:
    """The entries of a source in this format, and what could not be read."""
    from compcite.formats.endnote import read_endnote_xml as read

    return read(source)


def read_endnote_tagged(source: SourceFile) -> Read:
    """The entries of a source in this format, and what could not be read."""
    from compcite.formats.endnote import read_endnote_tagged as read

    return read(source)


def read_web_of_science(source: SourceFile) -> Read:
    """The entries of a source in this format, and what could not be read."""
    from compcite.formats.web_of_science import read_web_of_science as read

    return read(source)


def read_hayagriva(source: SourceFile) -> Read:
    """The entries of a source in this format, and what could not be read."""
    from compcite.formats.hayagriva.reader import read_hayagriva as read

    return read(source)


def write_hayagriva(entries: Sequence[Entry]) -> Written:
    """The entries in this format, and what it cannot hold."""
    from compcite.formats.hayagriva.writer import write_hayagriva as write

    return write(entries)


def read_cff(source: SourceFile) -> Read:
    """The entries of a source in this format, and what could not be read."""
    from compcite.formats.cff.reader import read_cff as read

    return read(source)


def write_cff(entries: Sequence[Entry]) -> Written:
    """The entries in this format, and what it cannot hold."""
    from compcite.formats.cff.writer import write_cff as write

    return write(entries)


def read_plain_text(source: SourceFile) -> Read:
    """The entries of a source in this format, and what could not be read."""
    from compcite.formats.plain_text import read_plain_text as read

    return read(source)


def read_document(source: SourceFile) -> Read:
    """The entries of a source in this format, and what could not be read."""
    from compcite.formats.documents import read_document as read

    return read(source)


def write_tsv(entries: Sequence[Entry]) -> Written:
    """The entries in this format, and what it cannot hold."""
    from compcite.formats.tabular import write_tsv as write

    return write(entries)


def write_csv(entries: Sequence[Entry]) -> Written:
    """The entries in this format, and what it cannot hold."""
    from compcite.formats.tabular import write_csv as write

    return write(entries)


def write_html(entries: Sequence[Entry]) -> Written:
    """The entries in this format, and what it cannot hold."""
    from compcite.formats.html_page import write_html as write

    return write(entries)
