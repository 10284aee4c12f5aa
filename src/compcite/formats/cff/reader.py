"""Read CITATION.cff files.

Three kinds of work can be in a file: the software that it describes, the work that shall be
cited instead (``preferred-citation``), and the works that it refers to (``references``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.formats.cff.schema import (
    ANONYMOUS,
    KEY_NOTE,
    READ_TYPES,
    SERIES,
    SERIES_NOTE,
    STATUSES,
    TEXTS,
)
from compcite.formats.fresh_keys import FreshKeys
from compcite.formats.reference_manager import joined_keywords
from compcite.formats.yaml_nodes import (
    ListNode,
    MapNode,
    Node,
    YamlError,
    compose,
    field_of,
    parts,
    plain_data,
)
from compcite.model.item import Date, Item, Name
from compcite.model.library import Entry, Problem
from compcite.model.source import Span
from compcite.text.languages import joined_languages
from compcite.values.dates import bibtex_date, edtf_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compcite.model.source import SourceFile

    Data = Mapping[str, object]

__all__ = ["cff_item", "cff_key", "read_cff"]

_REFERENCE = re.compile(r"^ *- ", re.MULTILINE)
_SECTION = re.compile(r"^(?![\s#%]|---|\.\.\.|- )[^\n]*?:(?=\s|$)", re.MULTILINE)
_LABELLED = re.compile(r"(doi|isbn|issn|pmid|pmcid):\s*(\S.*)$", re.IGNORECASE)
_NOTES = (KEY_NOTE, SERIES_NOTE)
_LISTS = ("preferred-citation", "references")
_PEOPLE = (
    ("authors", "author"),
    ("editors", "editor"),
    ("editors-series", "collection-editor"),
    ("translators", "translator"),
    ("recipients", "recipient"),
)
_CITED = ("doi", "version", "date-released", "url", "repository", "repository-code", "identifiers")
_FIELDS = {
    "authors": "author",
    "editors": "editor",
    "journal": "container-title",
    "collection-title": "container-title",
    "start": "page",
    "notes": "note",
    "date-released": "issued",
    "date-published": "issued",
}


def read_cff(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of a CITATION.cff, and a problem for each part that is not a work.

    The described software comes first, then the preferred citation, then the references. The
    software is left out if the file says only a title and an anonymous author of it, as a plain
    list of references does. If the YAML is broken, each section and each item of a list is read
    alone, so that one fault does not hide the rest. Nothing is raised.
    """
    problems: list[Problem] = []
    entries: list[Entry] = []
    keys = FreshKeys()
    for node in _works(source, problems):
        try:
            entry = _entry(source, node, keys)
        except YamlError as error:
            problems.append(_problem(source, f"{error}", node.span))
            continue
        entries.append(entry)
    return entries, problems


def cff_item(data: Data) -> Item:
    """Return the item that the mapping of one work describes. A work without a type is software.

    Without authors, the senders are the authors.
    """
    written = str(data.get("type") or "software")
    type_ = _type(written, data)
    text: dict[str, str] = {}
    for name, variable in TEXTS:
        if value := _string(data.get(name)):
            text[variable] = value
    _titles(type_, data, text)
    _numbers(type_, data, text)
    _publication(type_, data, text)
    names = {variable: people for name, variable in _PEOPLE if (people := _people(data.get(name)))}
    senders = _people(data.get("senders"))
    if senders and "author" not in names:
        names["author"] = senders
    dates = {variable: date for variable, date in _dates(data) if date is not None}
    return Item(type_, text, names, dates)


def cff_key(data: Data) -> str:
    """Return the citation key that ``write_cff`` put among the identifiers, or an empty string."""
    return _described(data, KEY_NOTE)


def _described(data: Data, description: str) -> str:
    """Return the value of the first identifier with a description, or an empty string."""
    for identifier in _list(data.get("identifiers")):
        if isinstance(identifier, dict) and identifier.get("description") == description:
            return _string(identifier.get("value"))
    return ""


def _works(source: SourceFile, problems: list[Problem]) -> Iterator[Node]:
    """Yield the YAML node of each work: the software, the preferred citation, each reference.

    What cannot be read is added to ``problems``.
    """
    try:
        roots = compose(source.text)
    except YamlError as error:
        yield from _apart(source, error, problems)
        return
    for root in roots:
        if not isinstance(root, MapNode):
            problems.append(_problem(source, "the file is no mapping", root.span))
            continue
        if _describes_a_work(root):
            yield root
        elif not any(root.get(name) is not None for name in ("authors", *_LISTS)):
            problems.append(_problem(source, "the file says nothing of any work", root.span))
        for name in _LISTS:
            value = root.get(name)
            if value is not None:
                yield from value.items if isinstance(value, ListNode) else (value,)


def _apart(source: SourceFile, error: YamlError, problems: list[Problem]) -> Iterator[Node]:
    """Yield the YAML node of each work in a file whose YAML is broken.

    Each section (a key at the start of a line) is parsed alone; what stays broken is added to
    ``problems``. ``error`` is the fault of the whole file, reported if it has no sections.
    """
    spans = list(parts(source.text, _SECTION))
    if not spans:
        problems.append(_problem(source, f"{error}", Span(error.offset, len(source.text))))
    pairs = []
    for span in spans:
        try:
            roots = compose(source.text, span.start, span.end)
        except YamlError as fault:
            yield from _items(source, span, fault, problems)
        else:
            pairs += [pair for root in roots if isinstance(root, MapNode) for pair in root.pairs]
    own = [pair for pair in pairs if pair.key.text not in _LISTS]
    if own and _describes_a_work(
        root := MapNode(tuple(own), Span(own[0].span.start, own[-1].span.end))
    ):
        yield root
    for pair in pairs:
        if pair.key.text in _LISTS:
            yield from pair.value.items if isinstance(pair.value, ListNode) else (pair.value,)


def _items(
    source: SourceFile, section: Span, fault: YamlError, problems: list[Problem]
) -> Iterator[Node]:
    """Yield the items of a list in a section whose YAML is broken; each item is parsed alone.

    ``fault`` is the fault of the section, reported if it has no items. Broken items are added to
    ``problems``.
    """
    text = source.text[: section.end]
    starts = [match.end() - match.start() for match in _REFERENCE.finditer(text, section.start)]
    if not starts:
        problems.append(_problem(source, f"{fault}", section, fault.offset))
        return
    begin = re.compile(rf"^ {{{min(starts) - 2}}}- ", re.MULTILINE)
    for span in parts(text, begin):
        if span.start < section.start:
            continue
        try:
            roots = compose(source.text, span.start, span.end)
        except YamlError as error:
            problems.append(_problem(source, f"{error}", span, error.offset))
        else:
            yield from (item for root in roots if isinstance(root, ListNode) for item in root.items)


def _problem(source: SourceFile, message: str, span: Span, offset: int | None = None) -> Problem:
    """Return the problem that says why the part of the file in ``span`` is not a work.

    The message names line and column of ``offset``, if it is given.
    """
    if offset is not None:
        place = source.position(offset)
        message = f"{message}, at line {place.line}, column {place.column}"
    sentence = f"The reference cannot be read: {message}."
    return Problem("entry-unparsed", sentence, source, span)


def _describes_a_work(root: MapNode) -> bool:
    """Return whether a file says more of its software than a title and an anonymous author.

    A key that only a work has, such as a DOI, is enough. Without authors, a title is.
    """
    if any(root.get(name) is not None for name in _CITED):
        return True
    authors = root.get("authors")
    if not isinstance(authors, ListNode):
        return root.get("title") is not None
    named = [
        author.get("name") if isinstance(author, MapNode) else None for author in authors.items
    ]
    return any(getattr(name, "text", "") != ANONYMOUS for name in named)


def _entry(source: SourceFile, node: Node, keys: FreshKeys) -> Entry:
    """Return the entry of a work. Raise YamlError if the node is not a mapping, or is empty.

    The works that the node refers to are left out. Without a citation key among its identifiers,
    the entry gets a new one.
    """
    if not isinstance(node, MapNode):
        raise YamlError("it is no mapping", node.span.start)
    own = MapNode(tuple(pair for pair in node.pairs if pair.key.text not in _LISTS), node.span)
    data = plain_data(own, len(source.text))
    if not isinstance(data, dict) or not data:
        raise YamlError("it says nothing", node.span.start)
    item = cff_item(data)
    key = keys.of(item, cff_key(data))
    fields = (
        field_of(source.text, pair.key, pair.value)
        for pair in own.pairs
        if pair.key.text not in ("type", "cff-version", "message")
    )
    return Entry(
        key,
        replace(item, id=key),
        _string(data.get("type")) or "software",
        tuple(replace(field, name=_FIELDS.get(field.name, field.name)) for field in fields),
        source,
        node.span,
        format="cff",
    )


def _type(written: str, data: Data) -> str:
    """Return the CSL type of a work whose ``type`` is ``written``; ``document`` if it is unknown.

    An ``article`` with the status ``preprint`` is a CSL ``article``; a ``generic`` work with a
    section or a collection is a ``chapter``.
    """
    if written == "article" and data.get("status") == "preprint":
        return "article"
    if written == "generic" and ("collection-title" in data or "section" in data):
        return "chapter"
    return "dataset" if written == "dataset" else READ_TYPES.get(written, "document")


def _titles(type_: str, data: Data, text: dict[str, str]) -> None:
    """Put the titles of journal, book, series and conference into ``text``.

    A collection is the book of a chapter, and the series of a book or article. If it is said to be
    a series, the work stands in its volume. A ``term`` of a dictionary becomes the title.
    """
    journal, collection = _string(data.get("journal")), _string(data.get("collection-title"))
    term = _string(data.get("term"))
    container, series = journal, collection
    if not journal and type_ not in ("book", "collection", "report", "thesis", "article-journal"):
        container, series = collection, ""
    if data.get("collection-type") == SERIES and not journal and "volume-title" in text:
        container, series = text.pop("volume-title"), collection
    if term:
        container, text["title"] = container or text.get("title", ""), term
    if container:
        text["container-title"] = container
    if series:
        text["collection-title"] = series
    conference = data.get("conference")
    if isinstance(conference, dict):
        text |= _present({"event-title": conference.get("name"), "event-place": _place(conference)})


def _numbers(type_: str, data: Data, text: dict[str, str]) -> None:
    """Put pages, section, language, keywords, status and identifiers into ``text``.

    The section of a book or chapter is its ``chapter-number``. If the work has no URL, the address
    of its code becomes the URL.
    """
    start, end = _string(data.get("start")), _string(data.get("end"))
    if start or end:
        text["page"] = f"{start}-{end}" if start and end and start != end else start or end
    chaptered = type_ in ("book", "chapter")
    text |= _present({"chapter-number" if chaptered else "section": data.get("section")})
    languages = [_string(one) for one in _list(data.get("languages"))]
    keywords = [_string(one) for one in _list(data.get("keywords"))]
    status = _string(data.get("status"))
    if type_ == "article" and status == "preprint":
        status = ""
    code = data.get("repository-code") or data.get("repository") or data.get("repository-artifact")
    for variable, value in (
        ("language", joined_languages(languages)),
        ("keyword", joined_keywords(keywords)),
        ("status", STATUSES.get(status, status)),
        ("URL", text.get("URL") or _string(code)),
        ("collection-number", _described(data, SERIES_NOTE)),
    ):
        text |= _present({variable: value})
    for identifier in _list(data.get("identifiers")):
        if isinstance(identifier, dict) and identifier.get("description") not in _NOTES:
            _identify(_string(identifier.get("type")), _string(identifier.get("value")), text)


def _identify(kind: str, value: str, text: dict[str, str]) -> None:
    """Put an identifier of the type ``kind`` into ``text``, unless it has one of this kind already.

    An identifier of another type counts if its value names it: ``isbn: 9780262033848``.
    """
    if kind == "doi":
        text.setdefault("DOI", value)
    elif kind == "url":
        text.setdefault("URL", value)
    elif labelled := _LABELLED.match(value):
        text.setdefault(labelled[1].upper(), labelled[2])


def _publication(type_: str, data: Data, text: dict[str, str]) -> None:
    """Put publisher, place and genre into ``text``.

    An institution is the publisher only if there is no other. A name that ``text`` has already
    stays.
    """
    institution, publisher = data.get("institution"), data.get("publisher")
    for entity in (publisher, institution):
        if isinstance(entity, dict):
            text.setdefault("publisher", _string(entity.get("name")))
            if place := _place(entity):
                text.setdefault("publisher-place", place)
    location = data.get("location")
    if isinstance(location, dict):
        text.setdefault("publisher-place", _string(location.get("name")))
    genre = data.get("thesis-type") if type_ == "thesis" else data.get("data-type")
    text |= _present({"genre": genre})


def _place(entity: Data) -> str:
    """Return where an institution or conference is: its location, or ``City, Region, Country``.

    The result is empty if nothing is given.
    """
    if location := _string(entity.get("location")):
        return location
    return ", ".join(
        filter(None, (_string(entity.get(name)) for name in ("city", "region", "country")))
    )


def _dates(data: Data) -> Iterator[tuple[str, Date | None]]:
    """Yield the date variables with their dates; None stands for a date that cannot be read.

    A whole day counts before the year, and the year before ``issue-date``. A day of publication
    that is no date is kept as words.
    """
    whole = _string(data.get("date-released")) or _string(data.get("date-published"))
    year = _string(data.get("year"))
    if whole:
        yield "issued", edtf_date(whole) or Date(literal=whole)
    elif year:
        yield "issued", bibtex_date(year, _string(data.get("month")), "")
    elif issued := _string(data.get("issue-date")):
        yield "issued", bibtex_date(issued, "", "")
    if original := _string(data.get("year-original")):
        yield "original-date", bibtex_date(original, "", "")
    accessed = _string(data.get("date-accessed")) or _string(data.get("date-downloaded"))
    yield "accessed", edtf_date(accessed)
    conference = data.get("conference")
    if isinstance(conference, dict) and (start := _string(conference.get("date-start"))):
        end = _string(conference.get("date-end"))
        yield "event-date", edtf_date(f"{start}/{end}" if end and end != start else start)


def _people(value: object) -> tuple[Name, ...]:
    """Return the names of the persons and institutions in a list. ``anonymous`` is left out."""
    found = []
    for person in _list(value):
        if not isinstance(person, dict):
            continue
        name, alias = _string(person.get("name")), _string(person.get("alias"))
        family, given = _string(person.get("family-names")), _string(person.get("given-names"))
        if family:
            particle = _string(person.get("name-particle"))
            found.append(Name(family, given, "", particle, _string(person.get("name-suffix"))))
        elif (literal := name or given or alias) and literal != ANONYMOUS:
            found.append(Name(literal=literal))
    return tuple(found)


def _present(values: Mapping[str, object]) -> dict[str, str]:
    """Return each value as text.

    A variable whose value is empty, or neither a text nor a whole number, is left out.
    """
    return {variable: text for variable, value in values.items() if (text := _string(value))}


def _list(value: object) -> list[object]:
    """Return a list as it is, None as an empty list, and any other value as a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _string(value: object) -> str:
    """Return a text or a whole number as text in one line; an empty string for any other value."""
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""
