"""Add to an entry the fields that it lacks and the record of its work has.

A field is lacking where the entry neither has it nor inherits it. It is written as a new entry of
the file would have it. Each result is proved: the entry is read again, and may say nothing else of
what it said before.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import EditError
from compcite.formats.bibtex.edit import file_style
from compcite.formats.bibtex.edit.copying import as_written
from compcite.formats.bibtex.edit.proof import ENTRY_TYPE
from compcite.formats.bibtex.edit.rewriting import (
    edit_alone,
    edits_of_plan,
    encodable,
    given_field,
    plan_changes,
    plan_in_encoding,
)
from compcite.formats.bibtex.read.inheritance import OTHER_NAMES
from compcite.formats.bibtex.scan.blocks import HEAD
from compcite.formats.bibtex.tables.field_roles import BOOKKEEPING, REFERRING, STEERING
from compcite.formats.bibtex.tables.macros import MONTHS
from compcite.formats.bibtex.write.item_to_fields import Dialect, EntryFields, to_fields
from compcite.formats.bibtex.write.writer import beyond_csl
from compcite.formats.rewriting import Rewritten
from compcite.model.item import Item
from compcite.model.report import Edit
from compcite.text.compare.words import squeeze
from compcite.text.markup import without_tags
from compcite.text.preprint_servers import PREPRINT_SERVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compcite.formats.rewriting import Completion
    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = ["complete_bibtex", "name_in_entry", "type_edits"]

# The variables that rules compare with the record; where they differ, a change says so.
_COMPARED = frozenset({"title", "container-title", "volume", "issue", "page", "number", "DOI"})
# What an entry of the type @misc becomes where the record tells the type.
_TELLING_TYPES = frozenset(
    {"article", "book", "inbook", "incollection", "inproceedings", "mastersthesis", "phdthesis"}
    | {"proceedings", "techreport"}
)
# These say nothing of the work; and BibTeX's styles do not know the day.
_NOT_TAKEN = REFERRING | BOOKKEEPING | STEERING | {"compcite", "day", "ids"}
_UNTELLING_TYPES = frozenset({"misc", "online"})
_OF_SERVER = frozenset({"number", "publisher"})


class _Plan(NamedTuple):
    """The fields to be written, the variables whose value changes, and the new type, if any."""

    fields: dict[str, str | None]
    changed: frozenset[str]
    type: str = ""


def complete_bibtex(entry: Entry, completion: Completion) -> Rewritten:
    """The edits with which an entry has what it lacks and its work's record has.

    An entry of the type ``@misc`` gets the type of the record, since ``@misc`` says nothing of the
    work and BibTeX prints few fields of it. A field that would change how another one is read is
    left out. Without edits where nothing is lacking. Raises EditError where the entry was not read
    from BibTeX, or would be read otherwise.
    """
    source = entry.source
    if source is None or entry.format != "bibtex":
        raise EditError("the entry was not read from BibTeX")
    plan = _Plan({}, frozenset())

    def fields_in(dialect: Dialect) -> dict[str, str | None]:
        nonlocal plan
        plan = _plan(source, entry, completion, dialect)
        return plan.fields

    plan_in_encoding(source, entry, fields_in)
    try:
        return _proved(source, entry, plan)
    except EditError:
        return _proved(source, entry, _provable(source, entry, plan))


def _proved(source: SourceFile, entry: Entry, plan: _Plan) -> Rewritten:
    """The edits of a plan, none where they change nothing.

    Raises EditError where the entry would be read otherwise.
    """
    edits = [*edits_of_plan(source, entry, plan.fields), *type_edits(source, entry, plan.type)]
    if all(source.text[edit.start : edit.end] == edit.text for edit in edits):
        return Rewritten((), ())
    _prove(source, entry, plan, edits)
    named = sorted({*plan.fields, *((ENTRY_TYPE,) if plan.type else ())})
    return Rewritten(tuple(edits), tuple(named))


def _provable(source: SourceFile, entry: Entry, plan: _Plan) -> _Plan:
    """The plan without the fields that would change how the other fields are read.

    With a new ``series``, for example, the ``volume`` of a paper may be read as that of the series.
    """
    kept = plan._replace(fields={})
    for name, value in plan.fields.items():
        trial = kept._replace(fields={**kept.fields, name: value})
        with contextlib.suppress(EditError):
            _proved(source, entry, trial)
            kept = trial
    return kept


def type_edits(source: SourceFile, entry: Entry, entry_type: str) -> Iterator[Edit]:
    """The edit that gives an entry another type, in the letter case of the old one.

    There is no edit if ``entry_type`` is empty.
    """
    head = HEAD.match(source.text, entry.span.start)
    if entry_type and head:
        yield Edit(*head.span(1), file_style.type_case(head[1], entry_type))


def name_in_entry(entry: Entry, name: str) -> str:
    """The name that an entry uses for the field ``name``.

    This is ``name`` itself, unless the entry has only a field of the same meaning: ``journal`` for
    ``journaltitle``.
    """
    other = OTHER_NAMES.get(name)
    if other and entry.field(name) is None and entry.field(other) is not None:
        return other
    return name


def _plan(source: SourceFile, entry: Entry, completion: Completion, dialect: Dialect) -> _Plan:
    """What to write into an entry: new fields, overwritten fields, changes and a new type.

    If the completion names fields, only these are written, and the type stays. A change of a value
    that the entry inherits, or has no field for, is left out.
    """
    made = _lacking(entry, completion.record, dialect)
    fields: dict[str, str | None] = {
        name_in_entry(entry, name): value
        for name, value in made.fields.items()
        if not _is_given(entry, name)
    }
    changed = frozenset[str]()
    if completion.overwrite:
        others = _overwritten(entry, completion.record, dialect)
        fields |= {name: value for name, (_, value) in others.items()}
        changed |= {variable for variable, _ in others.values()}
    for change in completion.changes:
        with contextlib.suppress(EditError):  # the entry inherits it, or has no field for it
            fields |= plan_changes(entry, [change], dialect)
            changed |= {change.variable}
    if completion.fields:
        fields = {
            name: value
            for name, value in fields.items()
            if not completion.fields.isdisjoint((name, OTHER_NAMES.get(name, name)))
        }
    if completion.written is not None:
        fields |= _as_written(source, entry, completion.written, fields)
        made = made._replace(type=_type_as_written(entry, completion.written))
    retyped = made.type if made.type != entry.type and not completion.fields else ""
    return _Plan(fields, changed, retyped)


def _type_as_written(entry: Entry, other: Entry) -> str:
    """The type of an entry that is completed from ``other``.

    It is the entry's own; a ``@misc`` gets the other's, if that says what the work is
    (``article``).
    """
    return other.type if entry.type == "misc" and other.type in _TELLING_TYPES else entry.type


def _as_written(
    source: SourceFile, entry: Entry, other: Entry, fields: Mapping[str, str | None]
) -> dict[str, str | None]:
    """The fields that an entry gets from another one of its work, with their values as written.

    These are the planned ``fields``, and those for which CSL has no variable and neither the entry
    nor the plan has a value. What the encoding of the source lacks is not among them.
    """
    taken = {name: as_written(other, name, value or "") for name, value in fields.items()}
    said = {one.name: one.value for one in entry.fields if one.value.strip()}
    more = beyond_csl(other, {**said, **taken}).keys() - _NOT_TAKEN
    for field in other.fields:
        if field.name in more and not field.ignored and not _is_given(entry, field.name):
            taken[field.name] = field.value.strip()
    return {name: value for name, value in taken.items() if encodable([value], source.encoding)}


def _is_given(entry: Entry, name: str) -> bool:
    """Whether an entry has the field, or one of another name for the same thing, with a value."""
    return any(given_field(entry, one) for one in (name, OTHER_NAMES.get(name, name)))


def _lacking(entry: Entry, record: Item, dialect: Dialect) -> EntryFields:
    """The fields for what the record says and the entry does not, and the type of the entry.

    Only a ``misc`` can get another type. An entry with editors gets no authors; one whose journal
    is a preprint server gets neither number nor publisher. A number that the entry has as its page
    is not lacking. An entry of BibTeX with a year gets the month.
    """
    item = entry.item
    text = {name: value for name, value in record.text.items() if name not in item.text}
    if text.get("number") == item.text.get("page", ""):
        text.pop("number", None)  # the number of an article, which the entry has as its page
    names = {name: value for name, value in record.names.items() if name not in item.names}
    if "editor" in item.names:  # the work of an editor gets no author
        names.pop("author", None)
    dates = {name: value for name, value in record.dates.items() if name not in item.dates}
    if PREPRINT_SERVER.search(item.text.get("container-title", "")):
        # The journal is `arXiv preprint arXiv:1706.03762`, which says server and number already.
        text = {name: value for name, value in text.items() if name not in _OF_SERVER}
    whole = to_fields(record, dialect).type
    is_misc = entry.type == "misc"
    as_record = is_misc and whole in _TELLING_TYPES | _UNTELLING_TYPES
    type_ = record.type if as_record else item.type
    made = to_fields(Item(type_, text, names, dates), dialect, entry.type)
    made.fields.pop("day", None)  # which BibTeX's styles do not know
    entry_type = whole if is_misc and whole in _TELLING_TYPES else entry.type
    return EntryFields(entry_type, made.fields | _month(entry, record, dialect))


def _month(entry: Entry, record: Item, dialect: Dialect) -> dict[str, str]:
    """The field ``month`` for an entry that has a year only, if the record has the same year.

    It is for BibTeX alone. There is none if the record has no month, or a range of dates.
    """
    mine, theirs = (one.dates.get("issued") for one in (entry.item, record))
    if dialect.biblatex or not (mine and theirs and mine.year == theirs.year):
        return {}
    if not given_field(entry, "year") or given_field(entry, "date") or len(theirs.parts) > 1:
        return {}
    written = to_fields(Item(record.type, dates={"issued": theirs}), dialect).fields
    return {"month": written["month"]} if written.get("month") in MONTHS else {}


def _overwritten(entry: Entry, record: Item, dialect: Dialect) -> dict[str, tuple[str, str]]:
    """The fields of the entry whose values differ from the record's.

    By the name of the field: the CSL variable and the record's value. Variables that a rule
    compares are not among them. A value that only says more than the other does not differ:
    ``Elsevier`` and ``Elsevier BV``.
    """
    found = {}
    for variable, value in record.text.items():
        here = squeeze(without_tags(entry.item.text.get(variable, "")))
        there = squeeze(without_tags(value))
        if variable in _COMPARED or not here or here in there or there in here:
            continue
        written = to_fields(Item(entry.item.type, {variable: value}), dialect, entry.type).fields
        for name, made in written.items():
            if given_field(entry, name_in_entry(entry, name)):
                found[name_in_entry(entry, name)] = variable, made
    return found


def _prove(source: SourceFile, entry: Entry, plan: _Plan, edits: list[Edit]) -> None:
    """Read the completed entry again.

    Raises EditError where it has lost or changed anything but what the plan changes. A new type may
    read the number of an entry as that of an issue; title, people and date must stay.
    """
    named = {*plan.fields, *((ENTRY_TYPE,) if plan.type else ())}
    before = edit_alone(source, entry, (), ()).item
    after = edit_alone(source, entry, edits, named).item
    for variable, value in (*before.text.items(), *before.names.items()):
        kept = after.text.get(variable) or after.names.get(variable)
        compared = not plan.type or variable in ("title", "DOI") or variable in before.names
        if compared and variable not in plan.changed and kept != value:
            raise EditError(f"{entry.key}: its {variable} would be read otherwise")
    issued, now = (one.dates.get("issued") for one in (before, after))
    if issued and "issued" not in plan.changed and (not now or now.year != issued.year):
        raise EditError(f"{entry.key}: its date would be read otherwise")
