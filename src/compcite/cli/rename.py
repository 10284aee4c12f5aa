"""``compcite rename``: other citation keys, with every citation of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.cli._changes import DiffOption, say_done, write_or_show
from compcite.cli._cited import CitingDocuments, documents_of
from compcite.cli._completion import complete_key
from compcite.cli._library import load_with_warnings
from compcite.cli._options import SourcesAsOption
from compcite.config import load_config
from compcite.errors import UsageError
from compcite.formats.keys import KEY_FORMAT, KEY_PARTS
from compcite.query import pick
from compcite.text.phrases import amount
from compcite.verbs.rename import new_names, read_documents, rename_keys

if TYPE_CHECKING:
    from compcite.model.library import Library
    from compcite.verbs.rename import Documents, Renaming

__all__ = ["EPILOG", "run"]

EPILOG = f"""Examples:

\b
  compcite rename neff03 neff2003self --cited-in paper.tex
  compcite rename --all --key-format "{{Author}}{{year}}" --diff
  compcite rename --all --cited-in 'chapters/*.qmd'

\b
The parts of --key-format: {{{"}, {".join(KEY_PARTS)}}}.
With a capital, as {{Author}}, words get capitals.  Works with one key get letters.
"""


def run(
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="OLD", help="A key.", show_default=False, autocompletion=complete_key
        ),
    ] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="NEW", help="Its new name.", show_default=False)
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Give all entries keys of the form --key-format.")
    ] = False,
    key_format: Annotated[
        str | None,
        typer.Option(
            "--key-format",
            metavar="FORM",
            help=f"The form of the keys, with --all.  [default: {KEY_FORMAT}]",
            show_default=False,
        ),
    ] = None,
    cited_in: CitingDocuments = None,
    source: SourcesAsOption = None,
    diff: DiffOption = False,
) -> int:
    """Rename citation keys, together with every citation of them; all files or none.

    The places are the entries, the fields of others (crossref, xref, xdata, related, entryset, ids,
    citations in values) and the documents. What is left, such as a key in a comment, is said.
    """
    _check_arguments(old, new, key_format, every=every)
    config = load_config()
    library = load_with_warnings(config, source, to_change=not diff)
    names = documents_of(config.documents(cited_in), source)
    documents = read_documents(names)
    if every:
        wanted, kept = _all_names(library, documents, key_format or KEY_FORMAT)
    else:
        wanted, kept = _one_name(library, old or "", new or ""), []
    for sentence in kept:
        _console.error(sentence)
    if not wanted:
        _console.note("Nothing to rename.")
        return write_or_show([], library.sources, diff=diff)
    renaming = rename_keys(library, documents, wanted)
    for sentence in renaming.remarks:
        _console.error(sentence)
    code = write_or_show(renaming.changed, library.sources, diff=diff)
    if not diff:
        lines = (f"{place}: {was} -> {now}" for place, was, now in renaming.renamed)
        say_done(lines, library.sources)
    _console.note(_summary(renaming, documents, diff=diff))
    return code


def _check_arguments(
    old: str | None, new: str | None, key_format: str | None, *, every: bool
) -> None:
    """Raise UsageError unless there are two keys, or ``--all`` and no key."""
    if every and old is not None:
        raise UsageError("either two keys, or --all")
    if not every and (old is None or new is None):
        raise UsageError(
            "give the old key and the new one: compcite rename OLD NEW; or --all for all entries"
        )
    if not every and key_format is not None:
        raise UsageError("--key-format says how --all makes the keys; add --all")


def _one_name(library: Library, old: str, new: str) -> dict[str, str]:
    """The key to rename with its new name; empty if it has that name already.

    Letter case does not matter if no key is exactly ``old``. Raises UsageError where no entry has
    it.
    """
    (entry,) = pick(library.entries, [old])
    exact = next((key for key in entry.keys if key == old), None)
    alike = next((key for key in entry.keys if key.casefold() == old.casefold()), old)
    known = exact or alike
    return {known: new} if known != new else {}


def _all_names(
    library: Library, documents: Documents, key_format: str
) -> tuple[dict[str, str], list[str]]:
    """The new key by old key for ``--all``, and a sentence for each key that must stay.

    A key that already has the form of ``key_format`` is in neither. Raises UsageError where
    ``key_format`` is none.
    """
    try:
        return new_names(library, documents, key_format)
    except ValueError as error:
        raise UsageError(f"--key-format {key_format!r}: {error}") from None


def _summary(renaming: Renaming, documents: Documents, *, diff: bool) -> str:
    """How many keys and citations change, in how many documents."""
    done = "Would rename" if diff else "Renamed"
    entries = amount(len(renaming.renamed), "key")
    if not documents.names:
        return (
            f"{done} {entries}. No documents were named, so citations stay as they are; "
            "name them with --cited-in, or as cited-in in the configuration."
        )
    citations = amount(renaming.citations, "citation")
    return f"{done} {entries}, and {citations} in {amount(renaming.documents, 'document')}."
