"""Find out which keys documents cite, with a reader for each kind of document.

:func:`cited_in` reads documents with the files that they include, :func:`cited_alone` one file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from compcite.errors import UsageError
from compcite.files.decoding import read_source
from compcite.formats.citing.auxiliary import read_aux, read_bcf
from compcite.formats.citing.events import Cited, Defined, Include, Labelled
from compcite.formats.citing.latex import latex_reader
from compcite.formats.citing.markdown import read_markdown
from compcite.formats.citing.notebook import read_notebook
from compcite.formats.citing.org import read_org
from compcite.formats.citing.restructuredtext import read_restructuredtext
from compcite.formats.citing.typst import read_typst
from compcite.formats.document_kinds import DOCUMENT_SUFFIXES
from compcite.model.citations import Citation, Citations
from compcite.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from compcite.formats.citing.events import Event, Reader
    from compcite.model.source import SourceFile

__all__ = ["READERS", "cited_alone", "cited_in"]

_LATEX = re.compile(r"\\(?:documentclass|begin|cite\w*|section|chapter)\b")


class _MakeReader(Protocol):
    """A function that makes the reader of one document."""

    def __call__(self, *, strict: bool = True) -> Reader:
        """Return a reader; with ``strict``, a file that is surely missing is an error."""


def _always(read: Reader) -> _MakeReader:
    """Return a function that returns ``read``.

    It is for a reader that remembers nothing of earlier files, so that all documents can share it.
    """
    return lambda *, strict=True: read  # noqa: ARG005 - only LaTeX stops at a missing file


_READ_AS: Mapping[str, _MakeReader] = {
    "latex": latex_reader,
    "markdown": _always(read_markdown),
    "notebook": _always(read_notebook),
    "restructuredtext": _always(read_restructuredtext),
    "typst": _always(read_typst),
    "org": _always(read_org),
    "text": _always(read_markdown),
}

READERS: Mapping[str, _MakeReader] = {
    suffix: _READ_AS[kind]
    for kind, suffixes in DOCUMENT_SUFFIXES.items()
    for suffix in suffixes
    if kind in _READ_AS
} | {".aux": _always(read_aux), ".bcf": _always(read_bcf)}
"""How documents are read, by the suffix of their names; each call makes one document's reader."""


def cited_in(
    paths: Sequence[str],
    read: Callable[[str], SourceFile] = read_source,
    *,
    strict: bool = True,
) -> Citations:
    """Return what documents cite, together with the files that they include.

    ``-`` is standard input. A file is read once, even if it is named or included twice; ``read``
    gives the file of a name, such as one with changes that are not written yet. A key that is also
    a label in a file of the same kind is no citation: ``@intro`` in Typst. The key ``*`` is not
    among the citations, but means that everything is cited. Raise SourceError if a file cannot be
    read, or with ``strict`` if LaTeX would miss one, and UsageError for a file that is not a
    document of a known kind.
    """
    citations: list[Citation] = []
    definitions: list[Citation] = []
    labels: set[tuple[str, str]] = set()
    seen: set[Path] = set()
    for path in dict.fromkeys(paths):
        if path != "-" and _first_time(Path(path), seen) is False:
            continue
        for source, event in _events(read(path), seen, read, strict=strict):
            if isinstance(event, Cited):
                citations.append(Citation(event.key, source, Span(event.start, event.end)))
            elif isinstance(event, Defined):
                definitions.append(Citation(event.key, source, Span(event.start, event.end)))
            elif isinstance(event, Labelled):
                labels.add((_suffix(source), event.name))
    labelled = {name for _, name in labels}
    return Citations(
        tuple(
            one
            for one in citations
            # Files of one language may make one document, and refer to each other's labels.
            if one.key != "*"
            and not (one.key in labelled and (_suffix(one.source), one.key) in labels)
        ),
        everything=any(one.key == "*" for one in citations),
        definitions=tuple(definitions),
    )


def cited_alone(source: SourceFile, before: Iterable[SourceFile] = ()) -> list[Cited]:
    """Return what one file cites, without the files that it includes.

    The key ``*``, which cites everything, can be among it. ``before`` are files of the same kind
    that are read before it: commands that they define hold in it. Raise SourceError for a notebook
    that is no JSON.
    """
    read = _reader(source, strict=False)
    for one in before:
        for _ in read(one):
            pass
    return [event for event in read(source) if isinstance(event, Cited)]


def _events(
    main: SourceFile, seen: set[Path], read_file: Callable[[str], SourceFile], *, strict: bool
) -> Iterator[tuple[SourceFile, Event]]:
    """Yield the events of a document with their files; ``strict`` is as in :func:`cited_in`.

    The events of an included file come at the place where it is included, with that file.
    """
    read = _reader(main, strict=strict)
    opened = [(main, read(main))]
    while opened:
        source, events = opened[-1]
        event = next(events, None)
        if event is None:
            opened.pop()
        elif not isinstance(event, Include):
            yield source, event
        elif _first_time(event.path, seen):
            included = read_file(str(event.path))
            opened.append((included, read(included)))


def _first_time(path: Path, seen: set[Path]) -> bool:
    """Return whether a file is not in ``seen``, and put it there."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError, ValueError):  # a loop of links, a NUL
        real = path
    new = real not in seen
    seen.add(real)
    return new


def _reader(source: SourceFile, *, strict: bool) -> Reader:
    """Return the reader for a document; ``strict`` is as in :func:`cited_in`.

    The suffix of its name decides. Without a suffix, its content tells LaTeX from Markdown. Raise
    UsageError for an unknown suffix, unless the text comes from standard input.
    """
    suffix = _suffix(source)
    if suffix in READERS:
        return READERS[suffix](strict=strict)
    if suffix and source.path is not None:
        known = ", ".join(READERS)
        raise UsageError(f"{source.name}: no document that citations are read from ({known})")
    return READERS[".tex" if _LATEX.search(source.text) else ".md"](strict=strict)


def _suffix(source: SourceFile) -> str:
    """Return the ending of a document's name in small letters, with its dot."""
    return Path(source.name).suffix.lower()
