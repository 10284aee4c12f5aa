"""Turn changes in CSL's terms into edits of a BibTeX entry, in the style of its file.

Each result is proved: the edited entry is read again, and must have the new values and differ in no
other field.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from compcite.errors import EditError
from compcite.formats.bibtex.edit import field_edits as make
from compcite.formats.bibtex.edit import file_style
from compcite.formats.bibtex.edit.proof import verify_edits
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.bibtex.tables.macros import MONTHS
from compcite.formats.bibtex.tables.types import SERIALS
from compcite.formats.bibtex.write.item_to_fields import Dialect, to_fields
from compcite.formats.rewriting import Rewritten
from compcite.model.item import Date, Item, Name
from compcite.model.report import Edit
from compcite.model.source import SourceFile
from compcite.text.compare.words import squeeze
from compcite.text.latex.encode import encode_verbatim
from compcite.text.markup import without_tags
from compcite.values.biblatex import is_for_biblatex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from compcite.model.library import Entry, Field
    from compcite.model.report import Change

__all__ = [
    "check_differs",
    "dialect_of",
    "edit_alone",
    "edits_of_plan",
    "encodable",
    "given_field",
    "plan_changes",
    "plan_in_encoding",
    "rewrite_bibtex",
]

# The fields that may hold a variable; where none does, the first is added.
_FIELDS = {
    "title": ("title",),
    "author": ("author",),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages",),
    "DOI": ("doi",),
    "URL": ("url",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "note": ("note",),
}
_VERBATIM = frozenset({"DOI", "URL", "ISBN", "ISSN", "note"})
_ACCENT = re.compile(
    r"\\(?:[`'^\"~=.](?=\{?\\?[A-Za-z])|(?:[uvHcdbtkr](?=[ {])|ss|o|O|l|L|ae|aa)\b)"
)
_BEYOND_ASCII = re.compile(r"[^\W\d_a-zA-Z]")
_DASH = re.compile(r"(?<=\w)\s*[-–—]+\s*(?=\w)")
_DASHES = ("--", "–", "-")
_TAG = re.compile(r"(<[^<>]*>)")
_PROTECTED = re.compile(
    r'(?<![^\s<>])[^\s<>]*+<span class="nocase">(?:(?!<span ).)*?</span>[^\s<>]*+'
)
_EDGES = re.compile(r"^\W+|\W+$")


def rewrite_bibtex(entry: Entry, changes: Sequence[Change]) -> Rewritten:
    """The edits with which an entry has the changed values.

    Raises EditError where the entry was not read from BibTeX, has these values already, or cannot
    have them without another change.
    """
    source = entry.source
    if source is None or entry.format != "bibtex":
        raise EditError("the entry was not read from BibTeX")
    plan = plan_in_encoding(source, entry, lambda dialect: plan_changes(entry, changes, dialect))
    edits = tuple(edits_of_plan(source, entry, plan))
    check_differs(source, edits)
    _prove(source, entry, plan, changes, edits)
    return Rewritten(edits, tuple(sorted(plan)))


def plan_in_encoding(
    source: SourceFile, entry: Entry, make: Callable[[Dialect], dict[str, str | None]]
) -> dict[str, str | None]:
    """The plan that ``make`` gives for the dialect of the file.

    Where the file's encoding lacks a character, letters beyond ASCII become LaTeX commands. Raises
    EditError where that is not enough.
    """
    dialect = dialect_of(source.text, entry)
    plan = make(dialect)
    if not encodable(plan.values(), source.encoding):
        plan = make(dialect._replace(ascii_only=True))
        if not encodable(plan.values(), source.encoding):
            raise EditError(f"{entry.key}: {source.encoding} lacks a character of the new value")
    return plan


def check_differs(source: SourceFile, edits: Sequence[Edit]) -> None:
    """Raise EditError where the edits leave the text as it is."""
    if all(source.text[edit.start : edit.end] == edit.text for edit in edits):
        raise EditError("the entry has this value already")


def dialect_of(text: str, entry: Entry | None = None) -> Dialect:
    """Whether a file is written for BibTeX or biblatex, and with LaTeX commands or Unicode letters.

    The entry tells the first, the whole text the second. Without an entry it is BibTeX.
    """
    return Dialect(entry is not None and is_for_biblatex(entry), ascii_only=_in_latex(text))


@lru_cache(maxsize=4)
def _in_latex(text: str) -> bool:
    """Whether most letters beyond ASCII are written as LaTeX commands.

    Yes also where there are none.
    """
    if text.isascii():
        return True
    return len(_ACCENT.findall(text)) > len(_BEYOND_ASCII.findall(text))


def encodable(values: Iterable[str | None], encoding: str) -> bool:
    """Whether the encoding has all characters of these values."""
    try:
        "".join(filter(None, values)).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def plan_changes(
    entry: Entry, changes: Sequence[Change], dialect: Dialect
) -> dict[str, str | None]:
    """The fields to write for these changes, with values in LaTeX; None means to remove the field.

    Raises EditError where the entry has no field for a change, or inherits the value.
    """
    plan: dict[str, str | None] = {}
    for change in changes:
        if isinstance(change.value, Date):
            plan |= _dated(entry, change.value, dialect)
        else:
            name = _name_of(entry, change.variable, dialect)
            plan[name] = None if change.value is None else _value(entry, name, change, dialect)
    return plan


def _name_of(entry: Entry, variable: str, dialect: Dialect) -> str:
    """The name of the field that holds a variable in this entry, or should hold it.

    Raises EditError where the entry inherits the value, where no field is known for the variable,
    and for authors of a work that has editors only.
    """
    if variable == "container-title":
        names: tuple[str, ...] = ("journaltitle", "journal", "booktitle")
    elif variable in _FIELDS:
        names = _FIELDS[variable]
    else:
        raise EditError(f"no field of BibTeX is written for {variable}")
    said = squeeze(without_tags(entry.item.text.get(variable, "")))
    given = [field for name in names if (field := given_field(entry, name))]
    same = (field.name for field in given if squeeze(field.value) == said)
    if given:
        return next(same, given[0].name)
    if (said or entry.item.names.get(variable)) and variable not in ("DOI", "URL"):
        raise EditError(f"the {variable} does not stand in the entry itself")
    if variable == "author" and entry.item.names.get("editor"):
        raise EditError("the work of an editor gets no author")
    if variable == "container-title":
        journal = "journaltitle" if dialect.biblatex else "journal"
        return journal if entry.item.type in SERIALS else "booktitle"
    return names[0]


def given_field(entry: Entry, name: str) -> Field | None:
    """The field of that name if it is not empty, else None."""
    field = entry.field(name)
    return field if field is not None and field.value.strip() else None


def _value(entry: Entry, name: str, change: Change, dialect: Dialect) -> str:
    """The new value of a field, in LaTeX.

    Pages get the dash that the entry uses, and a title the braces of the old title's words. Raises
    EditError for a value that is neither text nor names.
    """
    value = change.value
    if isinstance(value, tuple):
        return _one_field(Item("article-journal", names={"author": value}), dialect)
    if not isinstance(value, str):
        raise EditError(f"{change.variable} is no text")
    if change.variable in _VERBATIM:
        return encode_verbatim(value)
    if change.variable == "page":
        return _DASH.sub(_dash_of(entry, name), value)
    if change.variable == "title":
        value = _protected_alike(value, entry.item.text.get("title", ""))
    return _one_field(Item("article-journal", {change.variable: value}), dialect)


def _one_field(item: Item, dialect: Dialect) -> str:
    """The value of the one field that an item with a single variable becomes.

    Raises EditError where it becomes none.
    """
    written = list(to_fields(item, dialect).fields.values())
    if not written:
        raise EditError("nothing is left of the new value in BibTeX")
    return written[0]


def _dated(entry: Entry, date: Date, dialect: Dialect) -> dict[str, str | None]:
    """The fields for a new date, as precise as the old date; a separate month field stays.

    Raises EditError for a date without a year, or where the entry inherits its date.
    """
    if date.year is None:
        raise EditError("the date has no year")
    plan: dict[str, str | None] = {}
    old = entry.item.dates.get("issued", Date())
    given = [name for name in ("date", "year") if given_field(entry, name)]
    if not given and old != Date():
        raise EditError("the date does not stand in the entry itself")
    for name in given or ["date" if dialect.biblatex else "year"]:
        precision = len(old.parts[0]) if name == "date" and old.parts else 1
        cut = Date((date.parts[0][:precision],))
        biblatex = Dialect(name == "date", ascii_only=True)
        plan[name] = _one_field(Item("article-journal", dates={"issued": cut}), biblatex)
    return plan


def _dash_of(entry: Entry, name: str) -> str:
    """The dash in the entry's old page range, else ``--``."""
    field = given_field(entry, name)
    found = _DASH.search(field.value) if field else None
    return found[0] if found and found[0] in _DASHES else _DASHES[0]


def _protected_alike(title: str, old: str) -> str:
    """The new title with marks against lower case around the words that the old one had so marked.

    If all of the old title was marked, all of the new one is.
    """
    if re.fullmatch(r'<span class="nocase">(?:(?!<span|</span>).)*</span>', old):
        return f'<span class="nocase">{title}</span>' if "nocase" not in title else title
    kept = {_EDGES.sub("", without_tags(found)) for found in _PROTECTED.findall(old)} - {""}
    if not kept:
        return title
    longest_first = sorted(kept, key=lambda word: (-len(word), word))
    word = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    pieces = _TAG.split(title)
    inside = 0
    for place, piece in enumerate(pieces):
        if place % 2:
            inside += -1 if piece == "</span>" else piece.startswith("<span")
        elif not inside:
            pieces[place] = word.sub(r'<span class="nocase">\g<0></span>', piece)
    return "".join(pieces)


def edits_of_plan(
    source: SourceFile, entry: Entry, plan: Mapping[str, str | None]
) -> Iterator[Edit]:
    """The edits that give the fields of an entry the values of a plan; None removes a field.

    If the plan removes one field and adds one, the new field takes the place of the removed one.
    The macro of a month (``mar``) becomes the month as the file writes months.
    """
    present = {field.name for field in entry.fields}
    added = {name: value for name, value in plan.items() if value and name not in present}
    removed = [name for name, value in plan.items() if value is None]
    if len(added) == len(removed) == 1 and "month" not in added:
        ((name, value),) = added.items()
        yield make.replace_field(source, entry, removed[0], name, value)
        added, removed = {}, []
    for name in removed:
        yield make.remove_field(source, entry, name)
    for name, text in plan.items():
        if name == "month" and text in MONTHS:
            yield _edit_of_month(source, entry, MONTHS.index(text) + 1)
        elif name in added:
            yield make.add_field(source, entry, name, added[name])
        elif text is not None and name in present:
            yield make.set_field(source, entry, name, text)


def _edit_of_month(source: SourceFile, entry: Entry, month: int) -> Edit:
    """The edit that sets or adds the month of publication, written as the file writes months."""
    written = file_style.month_expression(source, month)
    field = entry.field("month")
    if field is None:
        return make.add_expression(source, entry, "month", written)
    return Edit(*field.value_span, written)


def _prove(
    source: SourceFile,
    entry: Entry,
    plan: Mapping[str, str | None],
    changes: Sequence[Change],
    edits: Sequence[Edit],
) -> None:
    """Raise EditError unless the edited entry has each new value, and differs only as planned."""
    edited = edit_alone(source, entry, edits, plan)
    for change in changes:
        if not _says(edited, change):
            raise EditError(f"{entry.key}: the new {change.variable} would be read otherwise")


def edit_alone(
    source: SourceFile, entry: Entry, edits: Sequence[Edit], fields: Iterable[str]
) -> Entry:
    """The edited entry, read again without the rest of its file.

    Raises EditError where the edits change anything but these fields.
    """
    start, end = entry.span
    alone = SourceFile(source.name, source.text[start:end], encoding=source.encoding)
    moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
    after = verify_edits(alone, moved, {(0, name) for name in fields})
    entries, _ = read_bibtex(SourceFile(source.name, after))
    if len(entries) != 1:
        raise EditError(f"{entry.key}: the changed entry would not be read")
    return entries[0]


def _says(entry: Entry, change: Change) -> bool:
    """Whether the entry has the value of a change; spelling such as dashes does not count.

    Of a date only the year counts. For a change that removes, the field must be missing.
    """
    variable, value = change.variable, change.value
    if value is None:
        return not any(given_field(entry, name) for name in _FIELDS.get(variable, ()))
    if isinstance(value, Date):
        date = entry.item.dates.get(variable)
        return date is not None and date.year == value.year
    if isinstance(value, tuple):
        mine = entry.item.names.get(variable, ())
        return [_spelled(name) for name in mine] == [_spelled(name) for name in value]
    said = entry.item.text.get(variable, "")
    if variable == "DOI":
        return said.lower() == value.lower()
    if variable == "page":
        return re.findall(r"\w+", said) == re.findall(r"\w+", value)
    return squeeze(without_tags(said)) == squeeze(without_tags(value))


def _spelled(name: Name) -> str:
    """All letters of a name, sorted, so that it does not matter where a particle stands."""
    parts = (name.dropping_particle, name.non_dropping_particle, name.family, name.given)
    return "".join(sorted(squeeze(" ".join((*parts, name.suffix, name.literal)))))
