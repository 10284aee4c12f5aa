"""``compcite remove``: take entries out of their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.cli._changes import DiffOption, say_done, write_or_show
from compcite.cli._cited import CitingDocuments, citations_of
from compcite.cli._library import load_with_warnings
from compcite.cli._options import EntryKeys, SourcesAsOption
from compcite.config import load_config
from compcite.errors import ExitCode
from compcite.text.phrases import amount
from compcite.verbs.edit import only_entries, remove_entries, uses_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.verbs.edit import Use

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite remove raes2010rumination
  compcite remove raes2010rumination --cited-in 'chapters/*.tex'
  compcite remove raes2010rumination --diff

Comments beside an entry stay, since they may be about others; they are named.
"""

_SHOWN = 20  # uses that are named, about a screen; the others are counted


def run(
    keys: EntryKeys,
    cited_in: CitingDocuments = None,
    force: Annotated[
        bool, typer.Option("--force", help="Remove them even if they are cited or inherited from.")
    ] = False,
    source: SourcesAsOption = None,
    diff: DiffOption = False,
) -> int:
    """Take entries out of their files; every other byte stays.

    Refuses, and ends with 1, where a document cites one of them, or another entry names it
    (crossref, xref, xdata, related, entryset, a citation in a field).
    """
    config = load_config()
    library = load_with_warnings(config, source, to_change=not diff)
    entries = only_entries(library, keys)
    citations = citations_of(config.documents(cited_in), source)
    uses = uses_of(library, entries, citations)
    for line in _lines(uses):
        _console.error(line)
    if uses and not force:
        _console.error("nothing was removed; --force removes them all the same")
        return ExitCode.FINDINGS
    removal = remove_entries(library, entries)
    for sentence in removal.stays:
        _console.error(sentence)
    code = write_or_show(removal.changed, library.sources, diff=diff)
    if not diff:
        say_done((entry.where for entry in entries), library.sources)
    return code


def _lines(uses: Sequence[Use]) -> list[str]:
    """A line for each use, and how many more there are."""
    lines = [f"{use.place}: {use.what}" for use in uses[:_SHOWN]]
    if len(uses) > _SHOWN:
        lines.append(f"and {amount(len(uses) - _SHOWN, 'place')} more")
    return lines
