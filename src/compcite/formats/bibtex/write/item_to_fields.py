"""Turn CSL items into BibTeX or biblatex entries: the opposite of ``entry_to_item``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compcite.formats.bibtex.read.name_fields import parse_names, spaced_initials
from compcite.formats.bibtex.tables.languages import language_name
from compcite.formats.bibtex.tables.macros import MONTHS
from compcite.formats.bibtex.tables.types import (
    MANUSCRIPT_STATE,
    NUMBERED_IN_SERIES,
    SERIALS,
    csl_type,
    subtype_of_medium,
)
from compcite.formats.bibtex.tables.variables import (
    DATE_FIELDS,
    NAME_FIELDS,
    ROLES_WITHOUT_FIELD,
    TEXT_FIELDS,
)
from compcite.text.languages import split_languages
from compcite.text.latex.encode import encode_text, encode_title, encode_verbatim
from compcite.text.unicode import on_one_line
from compcite.values.biblatex import BIBLATEX_TYPES, BIBTEX_TYPES
from compcite.values.calendar import SEASONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from compcite.model.item import Date, Item, Name

__all__ = ["Dialect", "EntryFields", "to_fields"]


# CSL type: entry type of BibTeX, entry type of biblatex
_TYPES = {
    "article-journal": ("article", "article"),
    "article-magazine": ("article", "article"),
    "article-newspaper": ("article", "article"),
    "review": ("article", "review"),
    "review-book": ("article", "review"),
    "periodical": ("misc", "periodical"),
    "article": ("misc", "online"),
    "book": ("book", "book"),
    "classic": ("book", "book"),
    "chapter": ("incollection", "incollection"),
    "entry": ("incollection", "inreference"),
    "entry-encyclopedia": ("incollection", "inreference"),
    "entry-dictionary": ("incollection", "inreference"),
    "paper-conference": ("inproceedings", "inproceedings"),
    "pamphlet": ("booklet", "booklet"),
    "thesis": ("phdthesis", "thesis"),
    "report": ("techreport", "report"),
    "manuscript": ("unpublished", "unpublished"),
    "speech": ("misc", "unpublished"),
    "webpage": ("misc", "online"),
    "post": ("misc", "online"),
    "post-weblog": ("misc", "online"),
    "dataset": ("misc", "dataset"),
    "software": ("misc", "software"),
    "patent": ("patent", "patent"),
    "motion_picture": ("misc", "movie"),
    "broadcast": ("misc", "video"),
    "song": ("misc", "audio"),
    "graphic": ("misc", "image"),
    "figure": ("misc", "image"),
    "performance": ("misc", "performance"),
    "standard": ("misc", "standard"),
    "bill": ("misc", "legislation"),
    "legislation": ("misc", "legislation"),
    "regulation": ("misc", "legislation"),
    "treaty": ("misc", "legal"),
    "legal_case": ("misc", "jurisdiction"),
    "personal_communication": ("misc", "letter"),
}
_WHOLES = frozenset(
    kind for kind in BIBLATEX_TYPES if csl_type(kind, {}, on_server=False, linked=False) == "book"
)
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}

_FIRST_NAMES = ("author", "editor")
_OTHER_NAMES = tuple(variable for variable in NAME_FIELDS if variable not in _FIRST_NAMES)
# Reading joins fields to these: ``eventtitle`` to its addon, ``note`` to its like.
_FIELDS = {variable: names[0] for variable, names in TEXT_FIELDS.items()} | {
    "event-title": "eventtitle",
    "note": "note",
}
# What is written behind publisher and names, in this order.
_TITLES = ("title-short", "original-title", "reviewed-title")
_PERIODICALS = ("collection-title", "container-title-short", "event-title")
_TEXTS = (
    *("number-of-volumes", "part-number", "edition", "chapter-number", "number-of-pages"),
    *("version", "event-place", "original-publisher", "original-publisher-place", "status"),
    *("call-number", "ISBN", "ISSN", "PMID", "PMCID", "note", "annote", "keyword", "abstract"),
)
# Entry types that print no ``publisher``, and what they print in its place.
_BIBTEX_PUBLISHERS = {
    "misc": "howpublished",
    "booklet": "howpublished",
    "manual": "organization",
    "unpublished": "howpublished",
}
_BIBLATEX_PUBLISHERS = {
    "misc": "howpublished",
    "booklet": "howpublished",
    "online": "organization",
    "unpublished": "howpublished",
}
# A range of pages that have hyphens of their own: S12-1–S12-9.
_HYPHENED_RANGE = re.compile(r"(\w+(?:-\w+)+)–(\w+(?:-\w+)*)")
_DASHES = re.compile("[-–]+")
_ARXIV = re.compile(r"arXiv:(\S+)$", re.IGNORECASE)
_MASTER = re.compile(r"master|\bm\.?\s?(?:sc|a|phil)\b|diplom", re.IGNORECASE)
_GENRES = {"PhD thesis": "phdthesis", "Master’s thesis": "mathesis"}


class Dialect(NamedTuple):
    """What to write: BibTeX or biblatex, with or without characters beyond ASCII."""

    biblatex: bool = False
    ascii_only: bool = False


class EntryFields(NamedTuple):
    """An entry to be written: its type, and its fields as LaTeX."""

    type: str
    fields: dict[str, str]


def to_fields(item: Item, dialect: Dialect, written: str = "") -> EntryFields:
    """Return the BibTeX entry of an item; variables without a field are left out.

    ``written`` is the entry type that the author chose, if the item was read from BibTeX, else
    empty. It matters because CSL has one type for books, and BibTeX has several.
    """
    return _Writing(item, dialect, written).run()


class _Writing:
    """Turns one item into an entry; ``_left`` holds the text variables that are not written yet."""

    def __init__(self, item: Item, dialect: Dialect, written: str) -> None:
        self._item = item
        self._dialect = dialect
        self._left = {name: on_one_line(text) for name, text in item.text.items()}
        self._made = EntryFields(_entry_type(item, dialect, written), {})
        self._from_bibtex = bool(written)
        self._serial = item.type in SERIALS or self._made.type in {"article", "review"}

    def run(self) -> EntryFields:
        """Return the entry, with its fields in the order in which people look for them."""
        self._names(_FIRST_NAMES)
        self._titles()
        self._issued()
        self._numbers()
        self._publication()
        self._names(_OTHER_NAMES)
        self._roles()
        for variable in _TITLES:
            self._put(_FIELDS[variable], variable, self._title)
        for variable in _PERIODICALS:
            self._put(_FIELDS[variable], variable, self._container)
        for variable in _TEXTS:
            self._put(_FIELDS[variable], variable, self._text)
        for variable, name in DATE_FIELDS.items():
            if variable in self._item.dates:
                self._made.fields[name] = self._date(self._item.dates[variable])
        self._identifiers()
        return self._made

    def _text(self, text: str) -> str:
        """Return a text as LaTeX."""
        return encode_text(text, ascii_only=self._dialect.ascii_only)

    def _publisher(self, text: str) -> str:
        """Return a publisher as LaTeX, in braces if biblatex would take it for several.

        In biblatex "and" separates publishers, and is printed in the document's language: "Simon
        und Schuster". Two that were read from BibTeX stay as they are, since they may be two.
        """
        return self._one_of_a_list(text, together=2 if self._from_bibtex else 1)

    def _place(self, text: str) -> str:
        """Return a place as LaTeX, in braces if biblatex would take its "and" for several places.

        A place that was read from BibTeX stays without.
        """
        return self._text(text) if self._from_bibtex else self._one_of_a_list(text, together=1)

    def _one_of_a_list(self, text: str, *, together: int) -> str:
        """Return a text as LaTeX, for biblatex in braces if it has ``together`` times "and"."""
        written = self._text(text)
        listed = self._dialect.biblatex and text.count(" and ") >= together
        return f"{{{written}}}" if listed else written

    def _date(self, date: Date) -> str:
        """Return a date in EDTF, or its words if it has no year."""
        return _edtf(date) if date.parts else self._text(date.literal)

    def _title(self, text: str) -> str:
        """Return a title as LaTeX, with its case protected."""
        return encode_title(text, ascii_only=self._dialect.ascii_only)

    def _container(self, text: str) -> str:
        """Return the title of a journal or book as LaTeX, without protection of its case."""
        return encode_title(text, ascii_only=self._dialect.ascii_only, protect=False)

    def _put(self, name: str, variable: str, encode: Callable[[str], str]) -> None:
        """Write the text variable ``variable`` to the field ``name``, if it is not empty.

        ``encode`` makes LaTeX of it. The variable is then not written to another field.
        """
        if (text := self._left.pop(variable, "")) and (written := encode(text)):
            self._made.fields[name] = written

    def _names(self, variables: tuple[str, ...]) -> None:
        """Write the names of some variables to their fields."""
        for variable in variables:
            if self._item.names.get(variable):
                self._made.fields[NAME_FIELDS[variable]] = self._name_list(variable)

    def _roles(self) -> None:
        """Write the roles for which biblatex has the fields ``editora`` to ``editorc``.

        A fourth role is left out.
        """
        roles = [role for role in ROLES_WITHOUT_FIELD.items() if self._item.names.get(role[0])]
        for name, (variable, role) in zip(("editora", "editorb", "editorc"), roles, strict=False):
            self._made.fields[name] = self._name_list(variable)
            self._made.fields[name + "type"] = role

    def _name_list(self, variable: str) -> str:
        """Return the names of a variable, with "and others" if the list is not complete."""
        names = [_written(name, self._text) for name in self._item.names[variable]]
        return " and ".join(names + ["others"] * (variable in self._item.truncated))

    def _titles(self) -> None:
        """Write the titles of the work and of its container, and of a volume if it has its own.

        The container is the journal of an article or of a whole book, else the ``booktitle``. (In a
        whole book, ``booktitle`` is the title that its parts inherit.)
        """
        serial = self._serial
        journal = "journaltitle" if self._dialect.biblatex else "journal"
        # In a whole book ``booktitle`` is the title that its parts inherit.
        container = journal if serial or self._made.type in _WHOLES else "booktitle"
        if "volume-title" in self._left and not serial:
            whole = "container-title" if "container-title" in self._left else "title"
            self._put("maintitle", whole, self._title)
            self._put(
                "booktitle" if whole == "container-title" else "title", "volume-title", self._title
            )
        self._put("title", "title", self._title)
        self._put(container, "container-title", self._container)

    def _issued(self) -> None:
        """Write the date of publication: ``date`` in biblatex, ``year`` and ``month`` in BibTeX.

        A date that BibTeX's fields cannot say, such as a range, is written as ``date``, too.
        Without a date, a status such as "in press" becomes BibTeX's ``year``.
        """
        date = self._item.dates.get("issued")
        fields = self._made.fields
        if date is None:
            if not self._dialect.biblatex and "status" in self._left:
                self._put("year", "status", self._text)  # what BibTeX prints in place of a year
            return
        plain_date = (
            len(date.parts) == 1 and not date.circa and not date.season and not date.literal
        )
        if self._dialect.biblatex:
            fields["date" if date.parts else "year"] = self._date(date)
        elif plain_date and date.parts[0][0] > 0:
            year, *rest = date.parts[0]
            fields["year"] = str(year)
            if rest:
                fields["month"] = MONTHS[rest[0] - 1]
            if rest[1:]:
                fields["day"] = str(rest[1])
        else:
            # The dash between two years is LaTeX's own; a literal is text.
            fields["year"] = _year(date) if date.parts else self._text(date.literal)
            if date.season:
                seasons = dict.fromkeys(filter(None, (date.season, date.end_season)))
                fields["month"] = "/".join(SEASONS[season - 1] for season in seasons)
            if date.parts:
                fields["date"] = self._date(date)

    def _numbers(self) -> None:
        """Write volume, issue, number and pages to the fields that the entry type has for them.

        The number of a preprint at arXiv becomes its ``eprint``.
        """
        self._put("volume", "volume", self._text)
        if self._serial:
            self._put("number", "issue", self._text)
            self._put("eid", "number", self._text)
        elif self._made.type in NUMBERED_IN_SERIES:
            self._put("number", "collection-number", self._text)
        else:
            arxiv = _ARXIV.match(self._left.get("number", ""))
            if self._item.type == "article" and arxiv:
                self._eprint(arxiv[1])
            self._put("number", "number", self._text)
        self._put("issue", "issue", self._text)
        self._put("pages", "page", self._pages)

    def _pages(self, page: str) -> str:
        """Return pages with the double hyphen that BibTeX's styles expect in ranges."""
        if found := _HYPHENED_RANGE.fullmatch(page):
            return f"{self._text(found[1])}--{self._text(found[2])}"
        return self._text(_DASHES.sub("-", page)).replace("-", "--")

    def _eprint(self, identifier: str) -> None:
        """Write an arXiv identifier; a publisher and URL that only repeat it are left out."""
        self._made.fields["eprint"] = identifier
        self._made.fields["eprinttype" if self._dialect.biblatex else "archiveprefix"] = "arXiv"
        del self._left["number"]
        if self._left.get("publisher") == "arXiv":
            del self._left["publisher"]
        if self._left.get("URL") == f"https://arxiv.org/abs/{identifier}":
            del self._left["URL"]

    def _publication(self) -> None:
        """Write publisher, place, genre and language, and who keeps the work.

        A genre that the entry type implies (``PhD thesis``) is left out. A genre that says how far
        a manuscript is goes to ``note``. A magazine, a newspaper and a podcast get an
        ``entrysubtype``.
        """
        biblatex = self._dialect.biblatex
        publisher = _publisher_field(self._made.type, self._item.type, biblatex=biblatex)
        self._put(publisher, "publisher", self._publisher)
        self._kept_by()
        patent = self._item.type == "patent"  # whose ``location`` is where it holds
        self._put(
            "location" if biblatex and not patent else "address",
            "publisher-place",
            self._place,
        )
        if patent:
            self._put("location", "jurisdiction", self._text)
        implied = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
        if self._left.get("genre") == implied.get(self._made.type, ""):
            self._left.pop("genre", None)
        stated = MANUSCRIPT_STATE.match(self._left.get("genre", ""))
        if self._made.type == "unpublished" and stated and "note" not in self._left:
            self._put("note", "genre", self._text)
        self._put(
            "type", "genre", lambda kind: (biblatex and _GENRES.get(kind)) or self._text(kind)
        )
        several = len(split_languages(self._item.text.get("language", ""))) > 1
        self._put(
            "langid" if biblatex and not several else "language",
            "language",
            lambda tag: self._text(language_name(tag)),
        )
        if self._item.type in _SUBTYPES:
            self._made.fields["entrysubtype"] = _SUBTYPES[self._item.type]
        elif subtype := subtype_of_medium(self._left.get("medium", "")):
            self._made.fields["entrysubtype"] = subtype
            del self._left["medium"]

    def _kept_by(self) -> None:
        """Write who keeps the work: the database of a thesis, the museum of a picture, a court.

        The database is written only beside the university, which is the publisher of a thesis, and
        the museum only for a picture without a publisher.
        """
        if self._item.type == "thesis" and "publisher" in self._item.text:
            self._put("publisher", "archive", self._text)
        elif self._item.type == "legal_case":
            self._put("institution", "authority", self._text)
        elif self._item.type == "graphic" and "publisher" not in self._item.text:
            if "archive-place" in self._left:
                self._put("institution", "archive", self._text)
            place = "location" if self._dialect.biblatex else "address"
            self._put(place, "archive-place", self._text)

    def _identifiers(self) -> None:
        """Write the DOI and the URL, each to the letter."""
        self._put("doi", "DOI", encode_verbatim)
        self._put("url", "URL", encode_verbatim)


def _publisher_field(entry_type: str, type_: str, *, biblatex: bool) -> str:
    """Return the field that an entry type prints as its publisher, in BibTeX or biblatex."""
    fields = _BIBLATEX_PUBLISHERS if biblatex else _BIBTEX_PUBLISHERS
    by_type = {"thesis": "institution" if biblatex else "school", "report": "institution"}
    return fields.get(entry_type) or by_type.get(type_, "publisher")


def _written(name: Name, encode: Callable[[str], str]) -> str:
    """Return a name as ``von Family, Jr, Given``, in braces where it would be split wrongly.

    A dropping particle is written after the given name, as catalogues do, unless it would not be
    recognized there.
    """
    if not name.family:
        return "{" + encode(name.literal or name.given) + "}"
    name = replace(name, given=spaced_initials(name.given), literal="", comma_suffix=False)
    dropping = name.dropping_particle
    behind = replace(name, given=f"{name.given} {dropping}".strip(), dropping_particle="")
    before = replace(
        name,
        non_dropping_particle=f"{dropping} {name.non_dropping_particle}".strip(),
        dropping_particle="",
    )
    written = ""
    for way, meant in ((behind, name), (before, before)):
        for braced in (0, 1, 3):
            written = _joined(way, braced, encode)
            if parse_names(written) == ((meant,), False):
                return written
    return written


def _joined(name: Name, braced: int, encode: Callable[[str], str]) -> str:
    """Return the parts of a name in BibTeX's order.

    Of family name, suffix and given name, the first ``braced`` are put in braces.
    """
    parts = [encode(part) for part in (name.family, name.suffix, name.given)]
    parts = [f"{{{part}}}" if part and at < braced else part for at, part in enumerate(parts)]
    family = f"{encode(name.non_dropping_particle)} {parts[0]}".strip()
    if parts[1] and not parts[2]:
        return f"{family}, {parts[1]}, {{}}"
    return ", ".join(filter(None, (family, *parts[1:])))


def _entry_type(item: Item, dialect: Dialect, written: str) -> str:
    """Return the entry type for an item in a dialect.

    It is ``written``, the author's own, if the dialect has it and it means the item's type; else
    the nearest one. A book of an event is ``proceedings``, a master's thesis of BibTeX
    ``mastersthesis``, and a chapter of BibTeX without a book's title ``inbook``.
    """
    own = BIBLATEX_TYPES if dialect.biblatex else BIBTEX_TYPES
    in_a_book = written == "inbook" and "container-title" in item.text  # in BibTeX @incollection
    if in_a_book and not dialect.biblatex:
        own -= {"inbook"}
    if written in own and csl_type(written, {}, on_server=False, linked=False) == item.type:
        return written
    bibtex, biblatex = _TYPES.get(item.type, ("misc", "misc"))
    if _holds_papers(item):
        return "proceedings"
    if dialect.biblatex:
        return biblatex
    if bibtex == "incollection" and "container-title" not in item.text:
        return "inbook"
    if bibtex == "phdthesis" and _MASTER.search(item.text.get("genre", "")):
        return "mastersthesis"
    return bibtex


def _holds_papers(item: Item) -> bool:
    """Return whether a book is the proceedings of an event: it names the event and no author."""
    return item.type == "book" and "event-title" in item.text and "author" not in item.names


def _year(date: Date) -> str:
    """Return what BibTeX's styles print as the year of a date: ``1999--2001``, ``c. 1500``."""
    years = list(dict.fromkeys(parts[0] for parts in date.parts))
    shown = "--".join(f"{-year} BC" if year < 0 else str(year or "") for year in years)
    return f"c. {shown}" if date.circa else shown


def _edtf(date: Date) -> str:
    """Return the date in EDTF, or its words if it has no year."""
    if not date.parts:
        return date.literal
    seasons = (date.season, date.end_season)
    ends = zip(date.parts, seasons, strict=False)
    return "/".join(_edtf_part(parts, season, circa=date.circa) for parts, season in ends)


def _edtf_part(parts: tuple[int, ...], season: int | None, *, circa: bool) -> str:
    """Return one end of a date in EDTF; empty for an open end.

    A season is a month from 21 on, and ``circa`` adds a tilde: ``2019-21~``.
    """
    year, *rest = parts
    if year == 0:
        return ""
    shown = f"-{-year - 1:04}" if year < 0 else f"{year:04}"
    if season and not rest:
        shown += f"-{20 + season}"
    return shown + "".join(f"-{part:02}" for part in rest) + ("~" if circa else "")
