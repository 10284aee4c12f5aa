"""An entry merged into an earlier one of the same work: what it alone says moves, then it goes.

Nothing that somebody wrote is lost. Of two ways of saying the same the fuller one stays, lists are
united, and the key goes on as an alias (``ids``; biblatex manual, section 2.2.3). Entries that
contradict each other are not merged; to settle that is for their author.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from compcite.errors import ContradictionError, EditError
from compcite.formats.bibtex import edits as make
from compcite.formats.bibtex import manner
from compcite.formats.bibtex.agreement import LISTS, fuller, same_letters, united, value_of
from compcite.formats.bibtex.blocks import Kind
from compcite.formats.bibtex.differences import verify_edits
from compcite.formats.bibtex.inheritance import OTHER_NAMES
from compcite.formats.bibtex.macros import MONTHS
from compcite.formats.bibtex.reader import read_bibtex
from compcite.formats.bibtex.syntax import scan
from compcite.formats.rewriting import Rewritten
from compcite.model.report import Edit
from compcite.model.source import SourceFile
from compcite.text.markup import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compcite.model.item import Item
    from compcite.model.library import Entry, Field
    from compcite.model.source import Span

__all__ = ["merge_bibtex"]

# What programs note about an entry of their own accord; that of the entry which stays is true.
_BOOKKEEPING_WORDS = """
    added-at creationdate date-added date-modified interhash intrahash modificationdate owner
    timestamp
"""
_BOOKKEEPING = frozenset(_BOOKKEEPING_WORDS.split())
_REFERRING = ("crossref", "entryset", "related", "xdata", "xref")
_REFERENCE = re.compile(
    r"\b(?:crossref|entryset|related|xdata|xref)\s*=\s*[{\"]?([^{}\"]*)", re.IGNORECASE
)
_REST_OF_LINE = re.compile(r"[ \t]*+(?:\r\n|\n|\r|\Z)(?:[ \t]*+(?:\r\n|\n|\r))*+")
_LINE_END = re.compile(r"\r\n|\n|\r")
_COMMENT_ABOVE = re.compile(r"(?:\A|[\r\n])[ \t]*%[^\r\n]*(?:\r\n|\n|\r)[ \t]*\Z")
_CITED = re.compile(r"\\[a-z]*cite[a-z]*\*?\s*(?:\[[^\]]*\]\s*){0,2}\{([^{}]*)\}", re.IGNORECASE)
_NO_KEY = re.compile(r"[\s,;{}()\\\"]+")
_IGNORE = re.compile(r"%[%\s]*compcite\s*:", re.IGNORECASE)


def merge_bibtex(entry: Entry, into: Entry) -> Rewritten:
    """The edits that move what an entry says into an earlier one of its source and remove it.

    The fields named are those of the entry that stays. Raises ContradictionError where the entries
    say different things, EditError where something would be lost or changed besides.
    """
    source = entry.source
    if source is None or into.source is not source or not into.span.end <= entry.span.start:
        raise EditError("only entries of one source are merged, a later one into an earlier")
    _refuse_what_cannot_move(source, entry, into)
    plan = _plan(entry, into)
    edits = [_edit(source, entry, into, name, value) for name, value in plan.items()]
    _prove(source, entry, into, edits, plan)
    gone = Edit(*_stretch(source.text, entry.span), "")
    return Rewritten((*edits, gone), tuple(sorted(plan)))


def _refuse_what_cannot_move(source: SourceFile, entry: Entry, into: Entry) -> None:
    """Raise EditError for what would be lost, or mean something else, with the entry gone."""
    start, end = entry.span
    if any(block.notes for block in scan(source.text[start:end])):
        raise EditError(f"{entry.key}: a comment stands in the entry, or it is not quite readable")
    above = source.text[into.span.end : start].rpartition("@")[2][-2_000:]
    if _COMMENT_ABOVE.search(above) or _IGNORE.search(above) or entry.field("compcite"):
        raise EditError(f"{entry.key}: what a comment says of the entry would be lost")
    if any(value_of(one, name) for name in _REFERRING for one in (entry, into)):
        raise EditError(f"{entry.key}: an entry that refers to others is not merged")
    if entry.key.lower() != into.key.lower() and entry.key.lower() in _referred_to(source.text):
        raise EditError(f"{entry.key}: another entry refers to the entry")


@lru_cache(maxsize=4)
def _referred_to(text: str) -> frozenset[str]:
    """The keys by which a text refers to its entries, in lower case.

    In fields, by citations in fields, and in what programs note in comments, such as groups.
    """
    named = (*_REFERENCE.findall(text), *_CITED.findall(text))
    found = {key.strip().lower() for one in named for key in one.split(",")}
    for block in scan(text):
        if block.kind is Kind.COMMENT:
            found.update(_NO_KEY.split(text[block.start : block.end].lower()))
    return frozenset(found - {""})


def _plan(entry: Entry, into: Entry) -> dict[str, str]:
    """The fields that the earlier entry gets, with their values.

    Raises ContradictionError where a field of the one denies what the other says.
    """
    plan: dict[str, str] = {}
    alike = entry.type == into.type or entry.item.type == into.item.type
    against = [] if alike else ["type"]
    for field in entry.fields:
        if field.name in _BOOKKEEPING or not field.value.strip():
            continue
        if field.ignored:
            kept = same_letters(field.value) == same_letters(value_of(entry, field.name))
        else:
            kept = _take(plan, field, entry, into)
        if not kept:
            against.append(field.name)
    if against:
        raise ContradictionError(f"they differ in {_listed(against)}")
    if entry.key and entry.key != into.key:
        known = plan.get("ids") or value_of(into, "ids")
        plan["ids"] = united(known, entry.key, ",") if known else entry.key
    return plan


def _take(plan: dict[str, str], field: Field, entry: Entry, into: Entry) -> bool:
    """Plan what becomes of a field; False where the earlier entry says something else."""
    name = field.name
    home = next((n for n in (name, OTHER_NAMES.get(name, name)) if value_of(into, n)), name)
    here = value_of(into, home)
    if not here:
        plan[name] = field.value.strip()
        return True
    if name in LISTS:
        value: str | None = united(here, field.value, LISTS[name])
    else:
        value = fuller(home, into, name, entry)
    if value is not None and value != here:
        plan[home] = value
    return value is not None


def _listed(names: list[str]) -> str:
    *most, last = dict.fromkeys(names)
    return f"{', '.join(most)} and {last}" if most else last


def _edit(source: SourceFile, entry: Entry, into: Entry, name: str, value: str) -> Edit:
    """The edit that gives the earlier entry a field; the macro of a month stays one."""
    if into.field(name) is not None:
        return make.set_field(source, into, name, value)
    field = entry.field(name)
    written = source.text[slice(*field.value_span)] if field is not None else ""
    if written.lower() not in MONTHS:
        return make.add_field(source, into, name, value)
    spelled = manner.case(source, into)(name)
    made = spelled + manner.assignment(source, into, spelled) + written
    end = into.fields[-1].span.end if into.fields else into.key_span.end
    return Edit(end, end, manner.separator(source, into) + made)


def _prove(
    source: SourceFile, entry: Entry, into: Entry, edits: list[Edit], plan: Mapping[str, str]
) -> None:
    """Read the merged entry; raises EditError if it does not say all that the two said."""
    start, end = into.span
    alone = SourceFile(source.name, source.text[start:end], encoding=source.encoding)
    moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
    after = verify_edits(alone, moved, {(0, name) for name in plan})
    (before, *_), (merged, *_) = (
        [_said(one.item) for one in read_bibtex(SourceFile(source.name, text))[0]]
        for text in (alone.text, after)
    )
    gone = _said(entry.item)
    for variable in before.keys() | gone.keys():
        if merged.get(variable) not in {before.get(variable), gone.get(variable)} - {None}:
            raise EditError(f"{entry.key}: merged, the entries would not say the same {variable}")


def _said(item: Item) -> dict[str, object]:
    """What an item says, variable by variable, but for lists of keywords."""
    text = {
        name: same_letters(plain(value)) for name, value in item.text.items() if name != "keyword"
    }
    return {**text, **item.names, **item.dates}


def _stretch(text: str, span: Span) -> tuple[int, int]:
    """What goes with an entry: its lines and the blank ones behind, or before if it is the last.

    Where other text stands on its lines, the entry alone.
    """
    start, end = span
    head = len(text[:start].rstrip(" \t"))
    rest = _REST_OF_LINE.match(text, end)
    if rest is None or (head and text[head - 1] not in "\r\n"):
        return start, end
    if rest.end() < len(text):
        return head, rest.end()
    kept = len(text[:head].rstrip())
    first = _LINE_END.match(text, kept)
    return first.end() if first and rest[0] else kept, len(text)
