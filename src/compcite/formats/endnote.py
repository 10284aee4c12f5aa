"""Read EndNote's two formats, XML and the tagged one (Refer, BibIX), into the same record.

A *rank* is the name of a field of that record, such as ``secondary-title``; what it means depends
on the type of the reference (:mod:`~compcite.formats.reference_manager`).

Sources: EndNote's manual, "Importing Reference Data" (the tags and the names of reference
types); EndNote's XML exports (the elements; EndNote publishes a DTD and no more).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.parsers import expat

from compcite.formats.fresh_keys import FreshKeys
from compcite.formats.reference_manager import FIELD_NAMES, item_of_record, unescaped
from compcite.formats.tagged import TaggedLine, read_tagged, span_of
from compcite.model.library import Entry, Field, Problem
from compcite.model.source import Span
from compcite.text.doi import read_doi

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compcite.formats.tagged import Untagged
    from compcite.model.source import SourceFile

__all__ = ["read_endnote_tagged", "read_endnote_xml"]

Ranked = tuple[str, str, Span, Span]  # what a value ranks as, the value, where field and value are

_TYPES = {
    "aggregated database": "dataset",
    "ancient text": "classic",
    "artwork": "graphic",
    "audiovisual material": "motion_picture",
    "bill": "bill",
    "blog": "post-weblog",
    "book": "book",
    "book section": "chapter",
    "case": "legal_case",
    "catalog": "book",
    "chart or table": "figure",
    "classical work": "classic",
    "computer program": "software",
    "conference paper": "paper-conference",
    "conference proceedings": "paper-conference",
    "dataset": "dataset",
    "dictionary": "entry-dictionary",
    "discussion forum": "post",
    "edited book": "book",
    "electronic article": "article-journal",
    "electronic book": "book",
    "electronic book section": "chapter",
    "encyclopedia": "entry-encyclopedia",
    "equation": "figure",
    "figure": "figure",
    "film or broadcast": "motion_picture",
    "generic": "document",
    "government document": "report",
    "grant": "document",
    "hearing": "hearing",
    "interview": "interview",
    "journal article": "article-journal",
    "legal rule or regulation": "regulation",
    "magazine article": "article-magazine",
    "manuscript": "manuscript",
    "map": "map",
    "multimedia application": "software",
    "music": "musical_score",
    "newspaper article": "article-newspaper",
    "online database": "dataset",
    "online multimedia": "webpage",
    "pamphlet": "pamphlet",
    "patent": "patent",
    "personal communication": "personal_communication",
    "podcast": "broadcast",
    "press release": "report",
    "report": "report",
    "serial": "book",
    "social media": "post",
    "standard": "standard",
    "statute": "legislation",
    "television episode": "broadcast",
    "thesis": "thesis",
    "unpublished work": "manuscript",
    "web page": "webpage",
}
_FACES = {"italic": "i", "bold": "b", "superscript": "sup", "subscript": "sub"}
_DIRECTED = frozenset({"film or broadcast"})

_TAGS = {
    "A": "author",
    "B": "secondary-title",
    "C": "place",
    "D": "year",
    "E": "secondary-author",
    "G": "language",
    "I": "publisher",
    "J": "full-title",
    "K": "keyword",
    "L": "call-number",
    "M": "accession",
    "N": "number",
    "O": "abbreviation",
    "P": "pages",
    "Q": "translated-title",
    "R": "doi",
    "S": "tertiary-title",
    "T": "title",
    "U": "url",
    "V": "volume",
    "W": "provider",
    "X": "abstract",
    "Y": "tertiary-author",
    "Z": "note",
    "2": "pmcid",
    "6": "volumes",
    "7": "edition",
    "8": "date",
    "9": "work-type",
    "?": "subsidiary-author",
    "@": "identifier",
    "!": "short-title",
    "&": "section",
    "]": "article-number",
    "(": "original-date",
    "*": "reviewed-title",
    "<": "research-note",
    "[": "access-date",
    "~": "database",
    "F": "label",
}
_ELEMENTS = {
    "authors/author": "author",
    "secondary-authors/author": "secondary-author",
    "tertiary-authors/author": "tertiary-author",
    "subsidiary-authors/author": "subsidiary-author",
    "titles/title": "title",
    "titles/secondary-title": "secondary-title",
    "titles/tertiary-title": "tertiary-title",
    "titles/alt-title": "abbreviation",
    "titles/short-title": "short-title",
    "periodical/full-title": "full-title",
    "periodical/abbr-1": "abbreviation",
    "dates/year": "year",
    "pub-dates/date": "date",
    "keywords/keyword": "keyword",
    "urls/url": "url",
    "related-urls/url": "url",
    "web-urls/url": "url",
    "record/pages": "pages",
    "record/volume": "volume",
    "record/number": "number",
    "record/num-vols": "volumes",
    "record/edition": "edition",
    "record/section": "section",
    "record/pub-location": "place",
    "record/publisher": "publisher",
    "record/isbn": "identifier",
    "record/electronic-resource-num": "doi",
    "record/accession-num": "accession",
    "record/call-num": "call-number",
    "record/abstract": "abstract",
    "record/notes": "note",
    "record/research-notes": "research-note",
    "record/work-type": "work-type",
    "record/language": "language",
    "record/label": "label",
    "record/orig-pub": "original-date",
    "record/reviewed-item": "reviewed-title",
    "record/access-date": "access-date",
    "record/remote-database-name": "database",
    "record/remote-database-provider": "provider",
    "record/custom2": "pmcid",
    "record/custom7": "article-number",
}
_PARTS = frozenset({"paper-conference", "chapter"})
_CONTAINERS = frozenset({"secondary-title", "book-title", "proceedings", "full-title", "journal"})
_TAG = re.compile(r"%(?P<tag>[0-9A-Za-z?@!&\](*<\[~#$)+^>=])(?:[ \t]|$)")
_RECORD = re.compile(
    r"<record\b(?:(?!<record\b).)*?(?:</record\s*>|<record\s*/>|(?=<record\b)|\Z)", re.DOTALL
)
_PMCID = re.compile(r"PMC\d+$", re.IGNORECASE)
_ARTICLE_NUMBER = frozenset({"article-journal", "article-magazine"})


def read_endnote_tagged(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of a file in EndNote's tagged format, and a problem for each empty one.

    A reference begins at the line of its type, ``%0``. If no line of the file has this tag, each
    reference begins after an empty line. Nothing is raised.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    keys = FreshKeys()
    for block in _blocks(read_tagged(source.text, _TAG)):
        lines = [line for line in block if isinstance(line, TaggedLine)]
        kind = next((unescaped(line.value) for line in lines if line.tag == "0"), "")
        ranked = [one for line in lines if line.tag != "0" for one in _ranked(line)]
        if not lines or not ranked:
            message = "The reference has no fields."
            problems.append(Problem("entry-unparsed", message, source, span_of(block)))
            continue
        entry = _entry(source, kind or _guessed(ranked), ranked, span_of(block), keys)
        entries.append(replace(entry, format="endnote-tagged"))
    return entries, problems


def read_endnote_xml(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of an EndNote XML file, and a problem for each record that cannot be read.

    Each ``record`` element is parsed alone. So what the file declares before it, such as entities,
    is never expanded or fetched, and a broken record does not stop the others. Nothing is raised.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    keys = FreshKeys()
    for match in _RECORD.finditer(source.text):
        span = Span(match.start(), match.start() + len(match[0].rstrip()))
        record = _Record(source.text, span)
        try:
            record.read()
        except expat.ExpatError as error:
            place = source.position(record.offset(error))
            said = expat.ErrorString(error.code)
            message = (
                f"The record cannot be read: {said}, at line {place.line}, column {place.column}."
            )
            problems.append(Problem("entry-unparsed", message, source, span))
            continue
        if not record.ranked:
            message = "The record has no fields."
            problems.append(Problem("entry-unparsed", message, source, span))
            continue
        entry = _entry(source, record.kind, record.ranked, span, keys)
        entries.append(replace(entry, format="endnote-xml"))
    if not entries and not problems and source.text.strip():
        message = "The file has no records as EndNote writes them."
        problems.append(Problem("entry-unparsed", message, source, Span(0, len(source.text))))
    return entries, problems


def _entry(
    source: SourceFile, kind: str, ranked: Sequence[Ranked], span: Span, keys: FreshKeys
) -> Entry:
    """Return the entry of a reference.

    ``kind`` is EndNote's name of the type (``Journal Article``), ``ranked`` are the values by rank,
    ``span`` is the place of the reference, and ``keys`` makes its citation key. An unknown type is
    a ``document``. The item has no article number unless it is an article, and no PMCID that has
    not the form of one.
    """
    kind = kind.lower()
    type_ = _TYPES.get(kind, "document")
    values: dict[str, list[str]] = {}
    for rank, value, _, _ in ranked:
        if rank == "pmcid" and not _PMCID.match(value):
            continue
        if rank == "article-number" and type_ not in _ARTICLE_NUMBER:
            continue
        values.setdefault(_rank_of_value(rank, value, kind, type_), []).append(value)
    if type_ in _PARTS and "tertiary-title" in values and _CONTAINERS.isdisjoint(values):
        _use_series_as_container(values)
    item = item_of_record(type_, values)
    key = keys.of(item)
    fields = tuple(
        Field(FIELD_NAMES.get(rank, rank), value, whole, at, at)
        for rank, value, whole, at in ranked
    )
    return Entry(key, replace(item, id=key), kind or type_, fields, source, span)


def _rank_of_value(rank: str, value: str, kind: str, type_: str) -> str:
    """Return the rank (field of the record) under which a value is read.

    The types of EndNote and of CSL decide. The author of a film becomes its director. A value in
    the field for the DOI that is not a DOI becomes the number of a report, or else the accession
    number. Any other value keeps its rank.
    """
    if rank == "author" and kind in _DIRECTED:
        return "director"
    if rank == "doi" and read_doi(value) is None:  # the number of a report or of a record
        return "number" if type_ == "report" else "accession"
    return rank


def _use_series_as_container(values: dict[str, list[str]]) -> None:
    """Let the series in ``values`` be the container of the work, its editors the work's editors.

    The ACL Anthology names proceedings as ``%S`` and their editors as ``%Y``.
    """
    values["secondary-title"] = values.pop("tertiary-title")
    if editors := values.pop("tertiary-author", []):
        values["editor"] = [*values.get("editor", []), *editors]


def _blocks(
    lines: Sequence[TaggedLine | Untagged],
) -> Iterator[list[TaggedLine | Untagged]]:
    """Yield the lines of each reference as one list.

    It begins at the tag ``%0``, or after an empty line if no line has this tag. Text before the
    first tag is a list of its own.
    """
    typed = any(isinstance(line, TaggedLine) and line.tag == "0" for line in lines)
    block: list[TaggedLine | Untagged] = []
    for line in lines:
        begins = isinstance(line, TaggedLine) and (line.tag == "0" if typed else line.blank_before)
        if block and (begins or not isinstance(block[0], TaggedLine)):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _ranked(line: TaggedLine) -> Iterator[Ranked]:
    """Yield the values of a tagged line with their rank, the name of their field in the record.

    An unknown tag is its own rank: ``%u``. An empty line has no value. A keyword tag whose value
    goes on over several lines gives one keyword for each line.
    """
    rank = _TAGS.get(line.tag, f"%{line.tag.lower()}")
    for part in line.value.split("\n") if rank == "keyword" else (line.value,):
        if value := unescaped(part):
            yield rank, value, line.span, line.value_span


def _guessed(ranked: Iterable[Ranked]) -> str:
    """Return the type of a reference without one, as the macros of Refer choose it.

    With a journal it is a journal article, with a book's title a section, with a publisher a book,
    and else ``generic``.
    """
    ranks = {rank for rank, _, _, _ in ranked}
    if "full-title" in ranks:
        return "journal article"
    if "secondary-title" in ranks:
        return "book section"
    if "publisher" in ranks:
        return "book"
    return "generic"


class _Record:
    """Reads one ``record`` element into ``kind`` (its type) and ``ranked`` (its values by rank)."""

    def __init__(self, text: str, span: Span) -> None:
        self.kind = ""
        self.ranked: list[Ranked] = []
        self._span = span
        self._data = text[span.start : span.end].encode("utf-8", "surrogatepass")
        self._parser = expat.ParserCreate("utf-8")
        self._path: list[tuple[str, int]] = []
        self._said: list[str] = []
        self._from: int | None = None
        self._until: int | None = None
        self._faces: list[str] = []
        self._bytes, self._chars = 0, 0

    def read(self) -> None:
        """Parse the record, and fill ``kind`` and ``ranked``. Raise ExpatError for broken XML."""
        parser = self._parser
        parser.buffer_text = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(self._data, True)  # noqa: FBT003 - the parameter has no name

    def offset(self, error: expat.ExpatError) -> int:
        """Return the offset in the whole file at which the parser met an error."""
        lines = self._data.split(b"\n")
        before = b"\n".join(lines[: error.lineno - 1])
        at = len(before) + (error.lineno > 1) + error.offset
        return self._span.start + len(self._data[:at].decode("utf-8", "ignore"))

    def _here(self) -> int:
        """Return the offset in the whole file of what the parser reads now.

        It counts on from the last call, since the parser only moves forward.
        """
        at = self._parser.CurrentByteIndex
        self._chars += len(self._data[self._bytes : at].decode("utf-8", "surrogatepass"))
        self._bytes = at
        return self._span.start + self._chars

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element: note its place, its type, or the font of a title."""
        here = self._here()
        self._stop(here)
        if name == "ref-type":
            self.kind = attributes.get("name", "")
        if name != "style":
            self._path.append((name, here))
            self._said, self._from = [], None
            return
        titled = len(self._path) > 1 and self._path[-2][0] == "titles"
        self._faces.append(_FACES.get(attributes.get("face", ""), "") if titled else "")
        if self._faces[-1]:
            self._said.append(f"<{self._faces[-1]}>")

    def _text(self, text: str) -> None:
        """Add text to the value of the current element, and note where it began."""
        if self._from is None:
            self._from = self._here()
        self._until = None
        self._said.append(text)

    def _stop(self, here: int) -> None:
        """Note ``here`` as the end of the text, at the first tag after it."""
        if self._until is None:
            self._until = here

    def _end(self, name: str) -> None:
        """Handle the end of an element: if its name has a rank, add its value to ``ranked``.

        Each line of keywords and of URLs is a value of its own; other values are one line.
        """
        here = self._here()
        self._stop(here)
        if name == "style":
            if face := self._faces.pop():
                self._said.append(f"</{face}>")
            return
        name, start = self._path.pop()
        parent = self._path[-1][0] if self._path else ""
        rank = _ELEMENTS.get(f"{parent}/{name}")
        said = "".join(self._said).replace("\r", "\n")
        if rank and self._from is not None:
            at = Span(self._from, here if self._until is None else self._until)
            for part in said.split("\n") if rank in ("keyword", "url") else (said,):
                if value := " ".join(part.split()):
                    self.ranked.append((rank, value, Span(start, here), at))
        self._said, self._from = [], None
