"""FORMATS: what can be read and written, one module a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.formats.bibtex.reader import read_bibtex
from compcite.formats.bibtex.writer import write_bibtex
from compcite.formats.csl_json import read_csl_json, write_csl_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compcite.model.library import Entry, Problem, Written
    from compcite.model.source import SourceFile

__all__ = ["FORMATS", "Format", "format_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the suffixes that name it, and how it is read and written, where it can be."""

    name: str
    suffixes: tuple[str, ...]
    description: str
    read: Callable[[SourceFile], tuple[list[Entry], list[Problem]]] | None
    write: Callable[[Sequence[Entry]], Written] | None


FORMATS: dict[str, Format] = {
    made.name: made
    for made in (
        Format("bibtex", (".bib", ".bibtex"), "BibTeX and biblatex", read_bibtex, write_bibtex),
        Format("csl-json", (".json",), "CSL-JSON", read_csl_json, write_csl_json),
    )
}
_BY_SUFFIX = {suffix: made.name for made in FORMATS.values() for suffix in made.suffixes}


def format_of(source: SourceFile) -> str:
    """The format of a source: what its suffix names, else what its text looks like."""
    suffix = "." + source.name.rpartition(".")[2].lower()
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    return "csl-json" if source.text.lstrip()[:1] in ("[", "{") else "bibtex"
