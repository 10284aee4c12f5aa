"""An entry merged into an earlier one of the same work: what it alone says moves, then it goes.

Nothing that somebody wrote is lost. Of two ways of saying the same the fuller one stays, lists are
united, and the key goes on as an alias (``ids``; biblatex manual, section 2.2.3). Entries that
contradict each other are not merged; to settle that is for their author.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import ContradictionError, EditError
from compcite.formats.bibtex.edit import field_edits as make
from compcite.formats.bibtex.edit.proof import verify_edits
from compcite.formats.bibtex.edit.removal import blocks_of, check_removable, removal_span
from compcite.formats.bibtex.merge.agreement import LISTS, fuller, is_same, united, value_of
from compcite.formats.bibtex.merge.letters import bare, letters_of
from compcite.formats.bibtex.read.inheritance import OTHER_NAMES
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.bibtex.scan.blocks import Kind, PieceKind
from compcite.formats.bibtex.tables.macros import MONTHS
from compcite.formats.losses import listed
from compcite.formats.rewriting import Rewritten
from compcite.model.report import Edit
from compcite.model.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from compcite.formats.bibtex.scan.blocks import Piece
    from compcite.model.item import Item
    from compcite.model.library import Entry, Field

__all__ = ["merge_bibtex"]

# What programs note about an entry of their own accord; that of the entry which stays is true.
_BOOKKEEPING_WORDS = """
    added-at creationdate date-added date-modified interhash intrahash modificationdate owner
    timestamp
"""
_BOOKKEEPING = frozenset(_BOOKKEEPING_WORDS.split())
_REFERRING = ("crossref", "entryset", "related", "xdata", "xref")
# What says how an entry is sorted, cited and printed, and not what work it is.
_STEERING_WORDS = """
    execute gender indexsorttitle indextitle label options presort shorthand shorthandintro sortkey
    sortname sortshorthand sorttitle sortyear
"""
_STEERING = frozenset(_STEERING_WORDS.split())
_SAME_TYPES = {"conference": "inproceedings", "electronic": "online", "www": "online"}
_LISTED_VARIABLES = frozenset({"keyword", "ISSN", "ISBN"})


class Taken(NamedTuple):
    """A value for the earlier entry, and the field it is taken from as it stands, if it is."""

    value: str
    field: Field | None = None


def merge_bibtex(entry: Entry, into: Entry) -> Rewritten:
    """The edits that move what an entry says into an earlier one of its source and remove it.

    The fields named are those of the entry that stays. Raises ContradictionError where the entries
    say different things, EditError where something would be lost or changed besides.
    """
    source = entry.source
    if source is None or into.source is not source or not into.span.end <= entry.span.start:
        raise EditError("only entries of one source are merged, a later one into an earlier")
    if any(value_of(one, name) for name in _REFERRING for one in (entry, into)):
        raise EditError("one of them refers to other entries")
    plan = _plan(source, entry, into)
    check_removable(source.text, entry, into)
    edits = [_edit(source, entry, into, name, taken) for name, taken in plan.items()]
    _prove(source, entry, into, edits, plan)
    gone = Edit(*removal_span(source.text, entry.span), "")
    return Rewritten((*edits, gone), tuple(sorted(plan)))


def _plan(source: SourceFile, entry: Entry, into: Entry) -> dict[str, Taken]:
    """The fields that the earlier entry gets, with their values.

    Raises ContradictionError where a field of the one denies what the other says.
    """
    plan: dict[str, Taken] = {}
    against = [] if _type(entry) == _type(into) else ["type"]
    against += [
        field.name
        for field in entry.fields
        if field.name not in _BOOKKEEPING
        and field.value.strip()
        and not _take(plan, source, field, entry, into)
    ]
    if "url" in plan and value_of(into, "urldate"):  # of another address
        visited = entry.field("urldate")
        if visited is None:
            against.append("urldate")
        else:
            plan["urldate"] = Taken(visited.value.strip(), visited)
    if against:
        raise ContradictionError(f"they differ in {listed(list(dict.fromkeys(against)))}")
    if entry.key and entry.key != into.key:
        known = plan["ids"].value if "ids" in plan else value_of(into, "ids")
        plan["ids"] = Taken(_aliases(known, entry.key, into.key))
    return plan


def _aliases(known: str, key: str, own: str) -> str:
    """The aliases of the merged entry, its own key not among them."""
    keys = [one for one in map(str.strip, known.split(",")) if one]
    kept = known if own not in keys else ", ".join(one for one in keys if one != own)
    united_keys = united("ids", kept, key) if kept else key
    if united_keys is None:
        raise EditError(f"the key {key} cannot stand among others")
    return united_keys


def _type(entry: Entry) -> str:
    return _SAME_TYPES.get(entry.type, entry.type)


def _take(
    plan: dict[str, Taken], source: SourceFile, field: Field, entry: Entry, into: Entry
) -> bool:
    """Plan what becomes of a field; False where the earlier entry says something else."""
    name = field.name
    if field.ignored or name in _STEERING:
        return is_same(field.value, value_of(entry if field.ignored else into, name))
    names = (name, OTHER_NAMES.get(name, name))
    home = next((one for one in names if value_of(into, one)), name)
    here, there = value_of(into, home), field.value.strip()
    if taken := next((plan[one] for one in names if one in plan), None):
        return is_same(taken.value, there)  # two fields of the one entry mean one of the other's
    present = into.field(home)
    if present is None or not here:
        plan[name] = Taken(there, field)
        return True
    if _named(source, present) != _named(source, field):
        return False  # a macro would be lost
    value = fuller(home, into, name, entry)
    if value is None and name in LISTS and not _named(source, field):
        value = united(name, here, there)
    if value is not None and value != here:
        plan[home] = Taken(value, field if value == there else None)
    return value is not None


def _named(source: SourceFile, field: Field) -> list[str]:
    """The macros of a value, but for those of months, which are known by their numbers, too."""
    return [name for name in _macros(source, field) if name not in MONTHS]


def _macros(source: SourceFile, field: Field) -> list[str]:
    """The macros that a value is made of, in lower case."""
    return [
        source.text[piece.start : piece.end].lower()
        for piece in _pieces(source.text)[field.value_span.start]
        if piece.kind is PieceKind.MACRO
    ]


@lru_cache(maxsize=4)
def _pieces(text: str) -> dict[int, tuple[Piece, ...]]:
    """The pieces of every value of a text, by where the value begins."""
    return {field.value_start: field.pieces for block in blocks_of(text) for field in block.fields}


def _edit(source: SourceFile, entry: Entry, into: Entry, name: str, taken: Taken) -> Edit:
    """The edit that gives the earlier entry a field; a value that names macros stays as it is."""
    field = taken.field
    present = into.field(name)
    if field is None or not _is_expression(source, field):
        change = make.set_field if present is not None else make.add_field
        return change(source, into, name, taken.value)
    _refuse_other_meaning(source, field, entry, into)
    written = source.text[slice(*field.value_span)]
    if present is not None:
        return Edit(*present.value_span, written)
    return make.add_expression(source, into, name, written)


def _is_expression(source: SourceFile, field: Field) -> bool:
    """Whether a value is no delimited text and no number: a macro, or joined by ``#``."""
    first, *more = _pieces(source.text)[field.value_span.start]
    return bool(more) or first.kind is PieceKind.MACRO


def _refuse_other_meaning(source: SourceFile, field: Field, entry: Entry, into: Entry) -> None:
    """Raise EditError where a macro is defined between two entries, so that it differs for them."""
    names = _macros(source, field)
    for block in blocks_of(source.text):
        if block.kind is Kind.STRING and into.span.start <= block.start < entry.span.start:
            for macro in block.fields:
                if macro.name in names:
                    raise EditError(f"the macro {macro.name} is defined between the two")


def _prove(
    source: SourceFile, entry: Entry, into: Entry, edits: list[Edit], plan: Collection[str]
) -> None:
    """Read the merged entry; raises EditError if it does not say all that the two said."""
    start, end = into.span
    alone = SourceFile(source.name, source.text[start:end], encoding=source.encoding)
    moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
    after = verify_edits(alone, moved, {(0, name) for name in plan})
    before, merged = (
        _said(read_bibtex(SourceFile(source.name, text))[0][0].item) for text in (alone.text, after)
    )
    gone = _said(entry.item)
    for variable in before.keys() | gone.keys():
        said = [one[variable] for one in (before, gone) if variable in one]
        if not any(_is_said(merged.get(variable), one) for one in said):
            raise EditError(f"together they would say another {variable}")


def _is_said(merged: object, said: object) -> bool:
    """Whether a variable still says what it said; of texts the bare letters count."""
    if isinstance(merged, str) and isinstance(said, str) and merged != said:
        return bare(letters_of(merged)) == bare(letters_of(said))
    return merged == said


def _said(item: Item) -> Mapping[str, object]:
    """What an item says, variable by variable, but for those that list things."""
    text = {name: value for name, value in item.text.items() if name not in _LISTED_VARIABLES}
    return {**text, **item.names, **item.dates}
