"""Changes of CSL-JSON items as edits of single members; everything between them stays."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from compcite.csl.items import item_of, variable_of
from compcite.errors import EditError
from compcite.formats.csl_json import item_to_csl, members_at, read_csl_json
from compcite.formats.rewriting import Removed, Rewritten
from compcite.model.edits import apply_edits
from compcite.model.item import Date, Item
from compcite.model.library import NOWHERE
from compcite.model.report import Change, Edit
from compcite.text.nearest import unknown
from compcite.values.csl_variables import TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from compcite.formats.csl_json import Member
    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = [
    "assign_members",
    "change_members",
    "changed_members",
    "remove_item",
    "rename_items",
    "rewrite_csl_json",
]


_BLANKS = " \t\r\n"
_TYPE = "type"


def rewrite_csl_json(entry: Entry, changes: Sequence[Change]) -> Rewritten:
    """Return the edits that change, add or remove members of an item.

    Raise EditError if a member stands twice, or if the item would not differ in these alone.
    """
    values = {
        _member_for(entry, change): None if change.value is None else _value(change)
        for change in changes
    }
    made = change_members(entry, values)
    if {*made.fields} != {name.lower() for name in values}:
        raise EditError(f"{entry.key}: the item would not differ in that alone")
    return made


def change_members(entry: Entry, values: Mapping[str, str | None]) -> Rewritten:
    """Return the edits that give members of an item these values, and the members that differ.

    ``values`` has a value as JSON for each name, spelled as in the item, or None to remove the
    member. A new member is added after the last one. The members that differ are named in lower
    case. Raise EditError if anything else would differ.
    """
    source = entry.source
    if source is None:
        raise EditError("the item has no source")
    start, end = entry.span
    alone = source.with_text(source.text[start:end])
    edits = list(_edits(alone.text, members_at(alone.text, 0), values))
    changed = changed_members(alone, apply_edits(alone.text, edits))
    if not changed <= {(0, name.lower()) for name in values}:
        raise EditError(f"{entry.key}: the item would not differ in that alone")
    moved = (Edit(edit.start + start, edit.end + start, edit.text) for edit in edits)
    return Rewritten(tuple(moved), tuple(sorted(name for _, name in changed)))


def assign_members(entry: Entry, values: Mapping[str, str | None]) -> Rewritten:
    """Return the edits that give members of an item these texts; None removes a member.

    Raise EditError for a new text where a member holds something else (names, dates).
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
    """Return the edits that give items other ids.

    ``new`` returns the new id for an id, or the same one. An item without an id gets none. Raise
    EditError if anything else would change.
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
    """Return the members of an item, with its type, and how often each stands there."""
    return Counter(((_TYPE, entry.type), *((field.name, field.value) for field in entry.fields)))


def _member_for(entry: Entry, change: Change) -> str:
    """Return the name of the member for a variable, as the item writes it.

    Raise EditError if there are two, if there is none to remove, or if another member says it.
    """
    text = entry.source.text if entry.source else ""
    variable = change.variable
    there = [one.name for one in members_at(text, entry.span.start)]
    named = [name for name in there if name.lower() == variable.lower()]
    if len(named) > 1:
        raise EditError(f"{entry.key}: {variable} stands twice")
    if named:
        return named[0]
    if any(variable_of(name) == variable for name in there):
        raise EditError(f"{entry.key}: {variable} stands under another name")
    if change.value is None:
        raise EditError(f"{entry.key} has no field {variable}")
    return variable


def _edits(
    text: str, members: Sequence[Member], values: Mapping[str, str | None]
) -> Iterator[Edit]:
    """Return the edits of the text of an object, each removal with one comma.

    ``values`` has the new value as JSON for each member, or None to remove it. Raise EditError if
    no member would be left.
    """
    kept = [place for place, one in enumerate(members) if values.get(one.name, "") is not None]
    if not kept:
        raise EditError("no member of the item would be left")
    there = {one.name for one in members}
    added = {name: value for name, value in values.items() if name not in there}
    new = "".join(_added(text, members, kept[-1], *one) for one in added.items() if one[1])
    for place, one in enumerate(members):
        value = values.get(one.name)
        if value is not None and value != text[one.value_start : one.end]:
            yield Edit(one.value_start, one.end, value)
        elif place in kept:
            continue
        elif place < kept[0]:
            yield Edit(one.start, members[place + 1].start, "")
        else:
            yield Edit(members[place - 1].end, one.end, "")
    if new:
        end = members[kept[-1]].end
        yield Edit(end, end, new)


def _added(text: str, members: Sequence[Member], last: int, name: str, value: str | None) -> str:
    """Return the text of a new member for behind ``members[last]``.

    It has a comma before it, and the same white space as that member.
    """
    model = members[last]
    lead = text[: model.start]
    blank = lead[len(lead.rstrip(_BLANKS)) :] if last else " "  # the first stands at the brace
    gap = text[model.start : model.value_start].rpartition(":")[2]
    return f",{blank}{json.dumps(name)}:{gap}{value}"


def _value(change: Change) -> str:
    """Return the new value as JSON on one line.

    Raise EditError if CSL-JSON cannot hold it, such as a type that CSL does not know.
    """
    variable, value = change.variable, change.value
    if variable == _TYPE and isinstance(value, str):
        if value not in TYPES:
            raise EditError(unknown("type of CSL", value, sorted(TYPES)))
        return json.dumps(value)
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
