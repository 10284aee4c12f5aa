"""The verb *load*: sources in, one library out."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.errors import SourceError
from compcite.formats import FORMATS, format_of
from compcite.formats.decoding import read_source
from compcite.model.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.library import Entry, Problem
    from compcite.model.source import SourceFile

__all__ = ["library_of", "load_library"]


def load_library(names: Sequence[str], *, form: str | None = None) -> Library:
    """The entries of all sources, in order, and what could not be read.

    ``names`` are paths, or ``-`` for standard input; a source named twice is read once. ``form``
    is one of FORMATS; by default a source's name and text tell.
    Raises SourceError where a source cannot be read at all.
    """
    sources: list[SourceFile] = []
    for name in dict.fromkeys(names):
        if name != "-" and Path(name).is_dir():
            raise SourceError(f"{name}: is a folder; name the files in it, such as {name}/*.bib")
        sources.append(read_source(name))
    return library_of(sources, form=form)


def library_of(sources: Sequence[SourceFile], *, form: str | None = None) -> Library:
    """The entries of sources whose texts are at hand, and what could not be read of them."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for source in sources:
        read = FORMATS[form or format_of(source)].read
        with _without_collection():
            found, faults = read(source)
        entries += found
        problems += faults
    return Library(sources, entries, problems)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Spare the garbage collector objects that all stay: it takes half the time of reading."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()
