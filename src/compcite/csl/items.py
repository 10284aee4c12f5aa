"""CSL-JSON objects as items: the one reader for every program's spelling of them.

Programs write numbers for strings, lists for titles, names in one piece, dates as strings, and
variables under names of their own. All of that is settled here, so that every other part of
compcite sees one :class:`~compcite.model.item.Item`. What cannot be read is named, never
dropped in silence.

Sources: CSL 1.0.2 specification; schema ``csl-data.json``; citeproc-js's documentation for the
older spellings (``journalAbbreviation``, variables in the note); the REST documentation of
Crossref for what its records have besides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from compcite.csl.json_dates import date_from_csl
from compcite.csl.json_names import names_from_csl
from compcite.csl.json_values import Unreadable, as_written, listed, text_from_csl
from compcite.model.item import Date, Item, Name
from compcite.values.csl_variables import (
    CROSSREF_TYPES,
    DATES,
    JSON_NAMES,
    NAMES,
    NUMBERS,
    TEXTS,
    TYPES,
)
from compcite.values.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Reading", "Unread", "item_of", "read_item", "variable_of"]

# The names that other programs, or older versions of CSL, have for variables.
_OTHER_NAMES = {
    "journalAbbreviation": "container-title-short",
    "short-container-title": "container-title-short",
    "shortTitle": "title-short",
    "short-title": "title-short",
    "event": "event-title",
    "publisher-location": "publisher-place",
    "article-number": "number",
    "edition-number": "edition",
    **{short: name for name, short in JSON_NAMES.items()},
}
_VARIABLES = {name.lower(): name for name in (*TEXTS, *NAMES, *DATES)}
_ALIASES = {other.lower(): name for other, name in _OTHER_NAMES.items()}
# Crossref's dates of publication, the first of which stands in where there is no ``issued``.
_PUBLISHED = ("published", "published-print", "published-online", "posted")
_EDITOR_TRANSLATOR = "editor-translator"
# A list of these is a list of forms, the first of which is the title (Crossref, DataCite).
_FORMS = frozenset({"title", "title-short", "container-title", "container-title-short"})
# Texts in which white space means nothing: numbers, identifiers, codes. In all others, such as an
# abstract of two paragraphs, it stays as it was written.
_WITHOUT_BLANKS = NUMBERS | {"DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL", "language"}
# Members that say nothing of the work: of the object itself, of programs, of Crossref's records.
_BOOKKEEPING = frozenset(
    (
        "id", "type", "citation-key", "categories", "custom", "language-name", "multi",
        "system_id", "_graph",
        "accepted", "alternative-id", "approved", "assertion", "clinical-trial-number",
        "content-created", "content-domain", "content-updated", "created", "deposited",
        "free-to-read", "funder", "indexed", "is-referenced-by-count", "isbn-type", "issn-type",
        "journal-issue", "license", "link", "member", "prefix", "published-other", "reference",
        "reference-count", "references-count", "relation", "resource", "schema", "score",
        "subject", "subtype", "update-policy", *_PUBLISHED,
    )
)  # fmt: skip
# Zotero's names of types that have no likeness to CSL's.
_ZOTERO_TYPES = {
    "journalarticle": "article-journal",
    "magazinearticle": "article-magazine",
    "newspaperarticle": "article-newspaper",
    "booksection": "chapter",
    "conferencepaper": "paper-conference",
    "encyclopediaarticle": "entry-encyclopedia",
    "dictionaryentry": "entry-dictionary",
    "computerprogram": "software",
    "blogpost": "post-weblog",
    "preprint": "article",
    "letter": "personal_communication",
    "film": "motion_picture",
    "artwork": "graphic",
}
_TYPES = {
    re.sub("[^a-z]", "", written): name
    for written, name in (
        *_ZOTERO_TYPES.items(),
        *CROSSREF_TYPES.items(),
        # A review in CSL's sense names the reviewed work, which Crossref's peer reviews do not.
        ("peer-review", "article"),
        *((name, name) for name in TYPES),
    )
}

# Variables that people write into the note for want of a field, one a line, or as
# citeproc-js has them: "{:original-date: 1900}".
_NOTE_LINE = re.compile(r"([a-z_-]+|[A-Z]+): *+(.+)")
_NOTE_BRACES = re.compile(r"\{:([A-Za-z_-]+): *+([^{}]+)\}")
_NOTE_VARIABLES = frozenset(TEXTS) - {"note"}


@dataclass(frozen=True, slots=True)
class Unread:
    """A member of a CSL-JSON object that says something which could not be read.

    ``reason`` is the end of a sentence that begins with the member's name.
    """

    member: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The item that a CSL-JSON object describes, and the members that could not be read."""

    item: Item
    unread: tuple[Unread, ...] = ()


def item_of(source: Mapping[str, Any]) -> Item:
    """Return the item that a CSL-JSON object describes; what cannot be read is left out."""
    return read_item(source).item


def read_item(source: Mapping[str, Any]) -> Reading:
    """The item that a CSL-JSON object describes, and the members that could not be read.

    A member of the wrong type is unknown as a whole: of ten authors nine are no list of authors.
    """
    return _Reader().read(source)


def variable_of(member: str) -> str:
    """The CSL variable that a member of this name means; its own name in lower case if none."""
    lower = member.lower()
    return _VARIABLES.get(lower) or _ALIASES.get(lower, lower)


@dataclass(slots=True)
class _Reader:
    """Reads one object; its members land here one by one."""

    text: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: dict[str, Date] = field(default_factory=dict)
    truncated: set[str] = field(default_factory=set)
    unread: list[Unread] = field(default_factory=list)

    def read(self, source: Mapping[str, Any]) -> Reading:
        """Return the item and the unread members of one object.

        A reader is used for one object only.
        """
        for member, variable, value in _by_variable(source):
            try:
                self._take(member, variable, value)
            except Unreadable as fault:
                self.unread.append(Unread(member, str(fault)))
        self._take_published(source)
        self._add_subtitle(source)
        self._read_note()
        item = Item(
            self._type(source.get("type")),
            self.text,
            self.names,
            self.dates,
            self._identity(source),
            frozenset(self.truncated & self.names.keys()),
        )
        return Reading(item, tuple(self.unread))

    def _take(self, member: str, variable: str, value: object) -> None:
        """Store the value of a member as names, a date or text, by its variable.

        ``editor-translator`` counts as both roles. An empty date is not stored. Parts of a date
        that are left out are noted as unread. Raises Unreadable where the value cannot be read.
        """
        if variable == _EDITOR_TRANSLATOR:
            for role in ("editor", "translator"):
                self._take_names(role, value)
        elif variable in NAMES:
            self._take_names(variable, value)
        elif variable in DATES:
            date, left_out = date_from_csl(value)
            if date != Date():
                self.dates[variable] = date
            self.unread += [Unread(member, reason) for reason in left_out]
        else:
            self._take_text(member, variable, value)

    def _take_names(self, variable: str, value: object) -> None:
        """Add names to a variable, behind those that are stored already; none is stored twice.

        A list that ends in "et al." is noted as incomplete.
        """
        found, more = names_from_csl(value)
        known = self.names.get(variable, ())
        if names := (*known, *(name for name in found if name not in known)) if known else found:
            self.names[variable] = names
        if more:
            self.truncated.add(variable)

    def _take_text(self, member: str, variable: str, value: object) -> None:
        """Store a text; of several members for one variable the first is kept.

        Others that differ from it are noted as unread, and so are the other values of a list for a
        variable that has one value. An event that is an object, as Crossref gives it, is read by
        its members. An empty text is not stored.
        """
        if variable == "event-title" and isinstance(value, dict):  # Crossref's event
            self._take_event(value)
            return
        forms = listed(value)
        if variable == "note":  # its lines may be variables of their own
            shown = "\n".join(line for form in forms for line in _lines(form))
        elif variable in _FORMS and len(forms) > 1:
            shown, *others = (text_from_csl(form) for form in forms)
            if any(other not in ("", shown) for other in others):
                self.unread.append(Unread(member, "has several values, of which the first is read"))
        else:
            shown = text_from_csl(value) if variable in _WITHOUT_BLANKS else as_written(value)
        if shown and self.text.setdefault(variable, shown) != shown:
            self.unread.append(Unread(member, f"differs from “{variable}”, which is read"))

    def _take_event(self, event: Mapping[str, Any]) -> None:
        """Store the name and place of Crossref's event; a variable that has a value keeps it."""
        for part, variable in (("name", "event-title"), ("location", "event-place")):
            if shown := text_from_csl(event.get(part)):
                self.text.setdefault(variable, shown)

    def _take_published(self, source: Mapping[str, Any]) -> None:
        """Use a date of publication under one of Crossref's names, if ``issued`` is missing.

        The first of them that can be read and is not empty counts.
        """
        for member in _PUBLISHED:
            if member in source and "issued" not in self.dates:
                try:
                    date, _ = date_from_csl(source[member])
                except Unreadable:
                    continue
                if date != Date():
                    self.dates["issued"] = date

    def _add_subtitle(self, source: Mapping[str, Any]) -> None:
        """Put a subtitle, which CSL has no variable for, behind the title that lacks it.

        It is dropped where the title holds it already, in whatever letter case; without a title it
        stays as it is.
        """
        subtitle, title = (self.text.get(name, "").strip() for name in ("subtitle", "title"))
        if subtitle and title and "subtitle" in source:
            del self.text["subtitle"]
            if subtitle.casefold() not in title.casefold():
                self.text["title"] = f"{title}{' ' if title[-1] in '?!:' else ': '}{subtitle}"

    def _type(self, written: object) -> str:
        """The CSL type that is meant, in whatever spelling; "document" if there is none.

        A type that is not known is noted as unread.
        """
        if written is None or written == "":
            return "document"
        if isinstance(written, str):
            found = _TYPES.get(re.sub("[^a-z]", "", written.lower()))
            if found:
                return found
        self.unread.append(Unread("type", f"{written!r:.60} is no type of CSL"))
        return "document"

    def _identity(self, source: Mapping[str, Any]) -> str:
        """Return the citation key that an object names in ``id`` or ``citation-key``, as text.

        Return an empty text if it names none. A value of another type is noted as unread.
        """
        for member in ("id", "citation-key"):
            try:
                if shown := text_from_csl(source.get(member)):
                    return shown
            except Unreadable as fault:
                self.unread.append(Unread(member, str(fault)))
        return ""

    def _read_note(self) -> None:
        """Store the variables that Zotero's users write into the note, and take them out of it.

        A line is "variable: value", or stands in braces; a name in it is "family || given". A text
        that the item has already stays; a date is replaced, since it is written there to be right.
        """
        note = self.text.get("note", "")
        if ":" not in note:
            return
        rest = [
            line
            for line in _NOTE_BRACES.sub(self._take_from_braces, note).split("\n")
            if not self._take_note_line(line)
        ]
        if left := "\n".join(rest).strip():
            self.text["note"] = left
        else:
            del self.text["note"]

    def _take_from_braces(self, match: re.Match[str]) -> str:
        """Store the variable in braces in the note; return the text that stays there.

        This is nothing if there is such a variable, else the braces with their text.
        """
        return "" if self._take_from_note(match[1], match[2].strip()) else match[0]

    def _take_note_line(self, line: str) -> bool:
        """Store the variable in a line of the note; return false if the line is none."""
        match = _NOTE_LINE.fullmatch(line.strip())
        return match is not None and self._take_from_note(match[1], match[2])

    def _take_from_note(self, variable: str, value: str) -> bool:
        """Store a variable from the note; false if there is no such variable.

        A date replaces the date that is stored, a name is added to the names, and a text is stored
        only if the variable has none.
        """
        variable = _OTHER_NAMES.get(variable, variable)
        if variable in NAMES:
            family, _, given = (part.strip() for part in value.partition("||"))
            name = {"family": family, "given": given} if given else {"literal": family}
            self.names[variable] = (*self.names.get(variable, ()), *names_from_csl(name)[0])
        elif variable in DATES:
            self.dates[variable] = read_date(value)
        elif variable in _NOTE_VARIABLES:
            self.text.setdefault(variable, value)
        else:
            return False
        return True


def _lines(value: object) -> list[str]:
    """Return the lines of a text that are not empty."""
    rows = value.splitlines() if isinstance(value, str) else [value]
    return [line for row in rows if (line := text_from_csl(row))]


def _by_variable(source: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """The members that have a value, as name, variable and value; CSL's own names come first.

    A member whose name no program explains keeps it as its variable: the writer of the item reports
    that it has no place for it.
    """
    others = []
    for member, value in source.items():
        lower = member.lower()
        if value is None or lower in _BOOKKEEPING:
            continue
        if lower in _VARIABLES:
            yield member, _VARIABLES[lower], value
        else:
            others.append((member, variable_of(member), value))
    yield from others
