"""``--cited-in``: take only the entries that documents cite."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from compcite.cli import _console
from compcite.cli._stopped_run import finish_before_reading
from compcite.errors import UsageError
from compcite.files.regular import is_folder
from compcite.model.report import Severity
from compcite.text.terminal import harmless
from compcite.verbs.load import find_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compcite.model.citations import Citations
    from compcite.model.library import Entry, Library

__all__ = ["CitedIn", "CitingDocuments", "OnlyCited", "citations_of", "documents_of", "only_cited"]

CitedIn = Annotated[
    list[str] | None,
    typer.Option(
        "--cited-in",
        metavar="FILE",
        help="Only the entries that this document cites (.tex, .aux, .md, .qmd, .rst, .typ, "
        ".org, .ipynb); repeatable.",
        show_default=False,
    ),
]

CitingDocuments = Annotated[
    list[str] | None,
    typer.Option(
        "--cited-in",
        metavar="FILE",
        help="A document that cites the entries (.tex, .md, .qmd, .rst, .typ, .org, .ipynb); "
        "repeatable.  [default: cited-in of the configuration]",
        show_default=False,
    ),
]


class OnlyCited(NamedTuple):
    """The cited entries, and the uncited ``parents`` from which BibTeX entries inherit fields.

    ``complete`` is false where a document cites a key that no entry has.
    """

    entries: list[Entry]
    parents: list[Entry]
    complete: bool = True


def citations_of(cited_in: Sequence[str] | None, sources: Sequence[str] | None) -> Citations | None:
    """The citations in the documents; None where ``--cited-in`` is not given.

    Raises SourceError for a document that cannot be read, UsageError for a folder.
    """
    if not cited_in:
        return None
    documents = documents_of(cited_in, sources)
    from compcite.formats.citing import cited_in as read  # noqa: PLC0415 - only for documents

    return read(documents)


def documents_of(cited_in: Sequence[str], sources: Sequence[str] | None) -> list[str]:
    """The names of the documents that ``--cited-in`` means, with patterns expanded.

    Raises UsageError for a folder, and where standard input is a source as well.
    """
    for name in cited_in:
        if is_folder(Path(name)):
            raise UsageError(f"--cited-in {name}: is a folder; name the documents in it")
    if "-" in cited_in and "-" in (sources or ()):
        raise UsageError("standard input is either a source or a document, not both")
    documents = find_files(cited_in)
    finish_before_reading(documents)
    return documents


def only_cited(
    library: Library, entries: Iterable[Entry], citations: Citations | None
) -> OnlyCited:
    """Those of ``entries`` that documents cite; citations of unknown keys are named on stderr.

    The result also has the entries to which these refer (as by ``crossref``), and whether every
    citation is known. Without ``citations`` these are all entries.
    """
    if citations is None:
        return OnlyCited(list(entries), [])
    from compcite.checks.citations import (  # noqa: PLC0415 - only for documents
        case_of,
        citation_undefined,
        find_cited,
        relatives,
    )

    cited = find_cited(library, citations)
    complete = True
    for undefined in cited.undefined:
        source = undefined.citations[0].source
        for fault in citation_undefined(case_of(undefined)):
            place = source.position(fault.span.start)
            _console.note(
                harmless(f"compcite: {source.name}:{place.line}:{place.column}: {fault.message}")
            )
            complete &= fault.severity is Severity.NOTE
    named = {id(library.entries[place]) for place in cited.in_bibliography}
    chosen = [entry for entry in entries if id(entry) in named]
    return OnlyCited(chosen, relatives(library.entries, chosen), complete)
