"""Rewriting entries: what to change in CSL's terms, as edits of the text of their source."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from compcite.errors import EditError
from compcite.formats import format_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.library import Entry
    from compcite.model.report import Change, Edit
    from compcite.model.source import SourceFile

__all__ = ["Rewritten", "changed_fields", "rewrite"]

# The format: the module that rewrites its entries, and the one that tells what differs.
_REWRITERS = {
    "bibtex": ("bibtex.rewriting:rewrite_bibtex", "bibtex.differences:changed_fields"),
    "csl-json": ("csl_json_edits:rewrite_csl_json", "csl_json_edits:changed_members"),
}


class Rewritten(NamedTuple):
    """The edits that rewrite an entry, and the names of the fields that they concern."""

    edits: tuple[Edit, ...]
    fields: tuple[str, ...]


def rewrite(entry: Entry, changes: Sequence[Change]) -> Rewritten:
    """The edits that make an entry say something else, in the manner of its source.

    Raises EditError where the format, or the entry, cannot say that and nothing else.
    """
    if entry.source is None:
        raise EditError("an entry without a source has no text to edit")
    made: Rewritten = _function(entry.source, 0)(entry, changes)
    return made


def changed_fields(source: SourceFile, after: str) -> set[tuple[int, str]]:
    """The fields in which another text differs from a source: start of the entry, and name.

    Raises EditError where the texts differ in anything but fields.
    """
    changed: set[tuple[int, str]] = _function(source, 1)(source, after)
    return changed


def _function(source: SourceFile, place: int) -> Any:  # noqa: ANN401 - of two signatures
    form = format_of(source)
    if form not in _REWRITERS:
        raise EditError(f"{source.name}: {form} can be read but not edited")
    module, _, name = _REWRITERS[form][place].partition(":")
    return getattr(import_module(f"compcite.formats.{module}"), name)
