"""Changes of CSL-JSON items as edits of single members; everything between them stays."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from compcite.csl.items import item_of
from compcite.errors import EditError
from compcite.formats.csl_json import item_to_csl, read_csl_json
from compcite.formats.rewriting import Removed, Rewritten
from compcite.model.edits import apply_edits
from compcite.model.item import Date, Item
from compcite.model.library import NOWHERE
from compcite.model.report import Change, Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = ["assign_members", "changed_members", "remove_item", "rename_items", "rewrite_csl_json"]


_BLANKS = " \t\r\n"


def rewrite_csl_json(entry: Entry, changes: Sequence[Change]) -> Rewritten:
    """Return the edits that change members of an item, or add one after its last member.

    Raise EditError if a member would have to be removed, or stands twice.
    """
    source = entry.source
    if source is None:
        raise EditError("the item has no source")
    names = {change.variable: change.variable.lower() for change in changes}
    edits = tuple(_edit(source, entry, change) for change in changes)
    start, end = entry.span
    alone = source.with_text(source.text[start:end])
    moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
    changed = changed_members(alone, apply_edits(alone.text, moved))
    if changed != {(0, name) for name in names.values()}:
        raise EditError(f"{entry.key}: the item would not differ in that alone")
    return Rewritten(edits, tuple(sorted(names.values())))


def assign_members(entry: Entry, values: Mapping[str, str | None]) -> Rewritten:
    """Return the edits that give members of an item these texts.

    Raise EditError for a member that holds no text (names, dates), and for one to be removed.
    """
    return rewrite_csl_json(entry, [Change(name, value) for name, value in values.items()])


def remove_item(entry: Entry) -> Removed:
    """Return the edit that removes an item from its array, together with one comma beside it.

    Raise EditError if the item does not stand in an array.
    """
    source = entry.source
    if source is None:
        raise EditError("the item has no source")
    text = source.text
    start, end = entry.span
    before, behind = text[:start].rstrip(_BLANKS), text[end:].lstrip(_BLANKS)
    if behind.startswith(","):
        rest = behind[1:].lstrip(_BLANKS)
        edit = Edit(start, len(text) - len(rest), "")
    elif before.endswith(","):
        edit = Edit(len(before) - 1, end, "")
    elif before.endswith("[") and behind.startswith("]"):
        edit = Edit(len(before), len(text) - len(behind), "")
    else:
        raise EditError(f"{source.name}: {entry.key} stands in no list, so it cannot be taken out")
    changed_members(source, apply_edits(text, [edit]), {start})
    return Removed(edit)


def rename_items(
    source: SourceFile, entries: Sequence[Entry], new: Callable[[str], str]
) -> list[Edit]:
    """Return the edits that give items other ids; ``new`` returns the new one for each.

    Raise EditError if anything else would change.
    """
    edits = [
        Edit(*entry.key_span, json.dumps(new(entry.key), ensure_ascii=source.text.isascii()))
        for entry in entries
        if entry.key_span != NOWHERE and new(entry.key) != entry.key
    ]
    after, problems = read_csl_json(source.with_text(apply_edits(source.text, edits)))
    if problems or len(after) != len(entries):
        raise EditError(f"{source.name}: other ids would change how the file is read")
    for one, other in zip(entries, after, strict=True):
        if new(one.key) != other.key or _members(one) != _members(other):
            raise EditError(f"{source.name}: another id of {one.key} would change more than that")
    return edits


def changed_members(
    source: SourceFile, after: str, gone: Collection[int] = ()
) -> set[tuple[int, str]]:
    """Return the members in which the text ``after`` differs from the source.

    A member is given as the start of its item, and its name in lower case. ``gone`` are the starts
    of items that must be missing in ``after``. Raise EditError if the texts differ in anything
    else.
    """
    before = [one for one in read_csl_json(source)[0] if one.span.start not in gone]
    entries, problems = read_csl_json(source.with_text(after))
    if problems or [one.key for one in before] != [one.key for one in entries]:
        raise EditError(f"{source.name}: an edit would change more than a member of an item")
    changed = set()
    for one, other in zip(before, entries, strict=True):
        mine, theirs = _members(one), _members(other)
        names = {name for name, _ in (mine - theirs) | (theirs - mine)}
        changed |= {(one.span.start, name) for name in names}
    return changed


def _members(entry: Entry) -> Counter[tuple[str, str]]:
    return Counter((field.name, field.value) for field in entry.fields)


def _edit(source: SourceFile, entry: Entry, change: Change) -> Edit:
    """Return the edit for one change. Raise EditError if the member cannot be changed alone."""
    text = source.text
    fields = [field for field in entry.fields if field.name == change.variable.lower()]
    if change.value is None or len(fields) > 1 or not entry.fields:
        raise EditError(f"{entry.key}: {change.variable} cannot be edited alone")
    value = _value(change)
    if fields:
        return Edit(*fields[0].value_span, value)
    if change.variable in entry.item.text:
        raise EditError(f"{entry.key}: {change.variable} stands under another name")
    *_, last = entry.fields
    gap = text[last.span.start : last.value_span.start].rpartition(":")[2]
    lead = text[: last.span.start]
    blank = lead[len(lead.rstrip(" \t\r\n")) :] or " "
    return Edit(last.span.end, last.span.end, f",{blank}{json.dumps(change.variable)}:{gap}{value}")


def _value(change: Change) -> str:
    """Return the new value as JSON on one line. Raise EditError if CSL-JSON cannot hold it."""
    variable, value = change.variable, change.value
    if isinstance(value, str):
        item = Item("document", {variable: value})
    elif isinstance(value, Date):
        item = Item("document", dates={variable: value})
    else:
        item = Item("document", names={variable: value or ()})
    members = item_to_csl(item)
    if variable not in members or item_of({variable: members[variable]}) != Item(
        "document", item.text, item.names, item.dates
    ):
        raise EditError(f"CSL-JSON has no member for {variable}")
    return json.dumps(members[variable], ensure_ascii=False)
