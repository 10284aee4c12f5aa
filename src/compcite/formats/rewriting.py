"""Turn changes in CSL's terms into edits of a source's text, for formats that can be edited."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from compcite.errors import EditError
from compcite.formats import format_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from compcite.model.item import Item
    from compcite.model.library import Entry
    from compcite.model.report import Change, Edit
    from compcite.model.source import SourceFile, Span

__all__ = [
    "Completion",
    "Removed",
    "Rewritten",
    "assign",
    "changed_fields",
    "complete",
    "is_editable",
    "key_places",
    "merge",
    "named_keys",
    "publish",
    "remove",
    "rename",
    "replace",
    "rewrite",
    "text_beside_entries",
]


class _Rewriter(NamedTuple):
    """Where a format's functions are; an empty name means that it cannot do that."""

    rewrite: str
    differences: str
    assign: str
    remove: str
    rename: str
    named_keys: str = ""
    key_places: str = ""
    text_beside: str = ""
    replace: str = ""
    merge: str = ""
    complete: str = ""
    publish: str = ""


_REWRITERS = {
    "bibtex": _Rewriter(
        "bibtex.edit.rewriting:rewrite_bibtex",
        "bibtex.edit.proof:changed_fields",
        "bibtex.edit.assignments:assign_fields",
        "bibtex.edit.removal:remove_bibtex",
        "bibtex.edit.renaming:rename_bibtex",
        "bibtex.edit.renaming:named_keys",
        "bibtex.edit.renaming:key_places",
        "bibtex.edit.renaming:text_beside_entries",
        "bibtex.edit.assignments:replace_text",
        "bibtex.merge.merging:merge_bibtex",
        "bibtex.edit.completing:complete_bibtex",
        "bibtex.edit.publishing:publish_bibtex",
    ),
    "csl-json": _Rewriter(
        "csl_json_edits:rewrite_csl_json",
        "csl_json_edits:changed_members",
        "csl_json_edits:assign_members",
        "csl_json_edits:remove_item",
        "csl_json_edits:rename_items",
        publish="csl_json_publishing:publish_csl_json",
    ),
}


class Rewritten(NamedTuple):
    """The edits that rewrite an entry, and the names of the fields that they change.

    Where entries are merged, ``gone`` are the entries that the edits remove.
    """

    edits: tuple[Edit, ...]
    fields: tuple[str, ...]
    gone: tuple[Entry, ...] = ()


class Completion(NamedTuple):
    """What an entry takes from the record of its work.

    ``record`` is the item of the work; of it, the entry takes what it lacks. ``changes`` are
    variables of the entry that get another value. With ``overwrite``, so does everything that no
    rule compares and that differs: publisher, ISSN and so on. ``fields`` are the names of the only
    fields that may be written; none means all. Where another entry, ``written``, is the record, its
    values are taken as written there, and also what no variable says (``keywords``, ``file``).
    """

    record: Item
    changes: tuple[Change, ...] = ()
    overwrite: bool = False
    fields: frozenset[str] = frozenset()
    written: Entry | None = None


class Removed(NamedTuple):
    """The edit that removes an entry, and a sentence for each text beside it that stays."""

    edit: Edit
    stays: tuple[str, ...] = ()


def is_editable(source: SourceFile) -> bool:
    """Whether compcite can edit files of this source's format."""
    return format_of(source) in _REWRITERS


def rewrite(entry: Entry, changes: Sequence[Change]) -> Rewritten:
    """The edits that give an entry the changed values, written in the style of its file.

    Raises EditError where the format or the entry cannot express exactly these changes.
    """
    made: Rewritten = _function(_rewriter(entry).rewrite)(entry, changes)
    return made


def assign(entry: Entry, values: Mapping[str, str | None]) -> Rewritten:
    """The edits that give fields of an entry the values that a user typed; None removes a field.

    Raises EditError where the format or the entry cannot have these values.
    """
    made: Rewritten = _function(_rewriter(entry).assign)(entry, values)
    return made


def replace(entry: Entry, text: str) -> Rewritten:
    """The edits that replace the whole text of an entry by one that a user edited.

    Raises EditError where the new text is not that entry alone, or the format has no such texts.
    """
    rewriter = _rewriter(entry)
    if not rewriter.replace:
        raise EditError(f"entries of {entry.format} are not edited as text; set FIELD=VALUE")
    made: Rewritten = _function(rewriter.replace)(entry, text)
    return made


def remove(entry: Entry) -> Removed:
    """The edit that removes an entry; raises EditError where it cannot be removed alone."""
    made: Removed = _function(_rewriter(entry).remove)(entry)
    return made


def rename(source: SourceFile, entries: Sequence[Entry], new: Callable[[str], str]) -> list[Edit]:
    """The edits that give each key in a source its new name; ``entries`` are all of the source.

    ``new`` returns the new name of a key, or the key itself. Raises EditError where anything else
    would be read differently afterwards.
    """
    rewriter = _rewriter_of(format_of(source), source)
    made: list[Edit] = _function(rewriter.rename)(source, entries, new)
    return made


def named_keys(entry: Entry) -> list[str]:
    """The keys of other entries that an entry names; only BibTeX has such fields."""
    function = _REWRITERS[entry.format].named_keys if entry.format in _REWRITERS else ""
    keys: list[str] = _function(function)(entry) if function else []
    return keys


def key_places(entry: Entry) -> list[tuple[str, Span]]:
    """Each key in an entry with its place: its own, and in BibTeX its aliases and others' keys.

    Left out are keys that a macro or ``#`` makes, since they stand nowhere as a whole.
    """
    function = _REWRITERS[entry.format].key_places if entry.format in _REWRITERS else ""
    own = [(entry.key, entry.key_span)]
    places: list[tuple[str, Span]] = _function(function)(entry) if function else own
    return places


def text_beside_entries(source: SourceFile) -> list[Span]:
    """The parts of a source that hold no entries, such as comments; only BibTeX has them."""
    name = format_of(source)
    function = _REWRITERS[name].text_beside if name in _REWRITERS else ""
    spans: list[Span] = _function(function)(source) if function else []
    return spans


def merge(entries: Sequence[Entry], into: Entry, *, skip: bool = False) -> Rewritten:
    """The edits that merge entries into an earlier one: what they alone say moves, and they go.

    Raises ContradictionError where two say different things, EditError where the format cannot
    merge entries, or not without losing something. With ``skip`` an entry that cannot be merged
    with those before it is left as it is, and only if that is so of all an error is raised.
    """
    rewriter = _rewriter(into)
    if not rewriter.merge:
        raise EditError("entries of this format are not merged")
    made: Rewritten = _function(rewriter.merge)(entries, into, skip=skip)
    return made


def complete(entry: Entry, completion: Completion) -> Rewritten:
    """The edits that complete an entry from the record of its work, none where nothing is lacking.

    Raises EditError where the format cannot complete entries, or the entry would be read otherwise.
    """
    rewriter = _rewriter(entry)
    if not rewriter.complete:
        raise EditError("entries of this format are not completed")
    made: Rewritten = _function(rewriter.complete)(entry, completion)
    return made


def publish(entry: Entry, article: Item) -> Rewritten:
    """The edits that make the entry of a preprint that of the article which the preprint became.

    What ``article`` lacks, such as a title, stays as it is in the entry, and so does the preprint's
    number (``eprint``). Raises EditError where that is impossible.
    """
    rewriter = _rewriter(entry)
    if not rewriter.publish:
        raise EditError("preprints in this format are not made articles")
    made: Rewritten = _function(rewriter.publish)(entry, article)
    return made


def changed_fields(
    source: SourceFile, after: str, gone: Collection[int] = ()
) -> set[tuple[int, str]]:
    """The fields in which another text differs from a source: (start of the entry, field name).

    ``gone`` are the starts of entries that the other text must not have any more. Raises EditError
    where anything else differs.
    """
    differences = _function(_rewriter_of(format_of(source), source).differences)
    changed: set[tuple[int, str]] = differences(source, after, gone)
    return changed


def _rewriter(entry: Entry) -> _Rewriter:
    """The functions for the format of an entry; raises EditError where it cannot be edited."""
    if entry.source is None:
        raise EditError("an entry without a source has no text to edit")
    if not entry.format:
        raise EditError("what could not be read as an entry is not rewritten")
    return _rewriter_of(entry.format, entry.source)


def _rewriter_of(format_name: str, source: SourceFile) -> _Rewriter:
    """The functions for the format of a source; raises EditError where it cannot be edited."""
    if format_name not in _REWRITERS:
        raise EditError(f"{source.name}: {format_name} can be read but not edited")
    return _REWRITERS[format_name]


@cache
def _function(place: str) -> Any:  # noqa: ANN401 - of three signatures
    """The function that a name such as ``module:function`` means; its module is imported now."""
    module, _, name = place.partition(":")
    return getattr(import_module(f"compcite.formats.{module}"), name)
