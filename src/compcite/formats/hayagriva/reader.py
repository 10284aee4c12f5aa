"""Read Hayagriva files."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.formats.hayagriva.schema import (
    AUTHORITATIVE,
    CONTAINERS,
    DEFAULT_PARENTS,
    PLAIN_TEXTS,
    ROLES,
    SERIAL_NUMBERS,
    csl_type,
)
from compcite.formats.yaml_nodes import (
    ListNode,
    MapNode,
    Pair,
    YamlError,
    compose,
    field_of,
    parts,
    plain_data,
)
from compcite.model.item import Date, Item, Name
from compcite.model.library import Entry, Problem
from compcite.model.source import Span
from compcite.values.calendar import LAST_DAY, LAST_MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compcite.model.library import Field
    from compcite.model.source import SourceFile

    Data = Mapping[str, object]

__all__ = ["hayagriva_item", "read_hayagriva"]

_ENTRY = re.compile(r"^(?![\s#%]|---|\.\.\.|- )[^\n]*?:(?=\s|$)", re.MULTILINE)
_DATE = re.compile(r"(?P<about>~?)(?P<year>[+-]?\d{4}|\d{1,3})(?:-(\d\d)(?:-(\d\d))?)?$")
_CLOCK = re.compile(r"(?<=\d)[T ]\d\d?(?::\d\d){1,2}(?:\.\d+)?\s*(?:Z|[+-]\d\d:?\d\d)?$")
_VERBATIM = re.compile(r"(?<!\\)\{((?:[^{}\\]|\\.)*)\}")
_ESCAPED = re.compile(r"\\([\\{}$])")
_MATH = re.compile(r"(?<!\\)\$((?:[^$\\]|\\.)*)\$")
_VARIABLES = {
    "serial-number": "number",
    "page-range": "page",
    "page-total": "number-of-pages",
    "volume-total": "number-of-volumes",
    "parent": "container-title",
    "date": "issued",
    "organization": "publisher",
}
_LONGEST_NAME = 3


def read_hayagriva(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of a Hayagriva file, and a problem for each part that is not an entry.

    If the YAML of the file is broken, each entry (it begins at the start of a line) is read alone,
    so that one broken entry does not hide the others. Nothing is raised.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    for pair in _pairs(source, problems):
        if not isinstance(pair.value, MapNode):
            message = f"The entry {pair.key.text} has no fields."
            problems.append(
                Problem("entry-unparsed", message, source, pair.span, pair.key.text or None)
            )
            continue
        try:
            data = plain_data(pair.value, len(source.text))
        except YamlError as error:
            problems.append(_problem(source, f"{error}", pair.span))
            continue
        item = replace(hayagriva_item(data), id=pair.key.text)
        kind = pair.value.get("type")
        entries.append(
            Entry(
                pair.key.text,
                item,
                str(getattr(kind, "text", "misc")).lower(),
                tuple(_fields(source.text, pair.value)),
                source,
                pair.span,
                pair.key.span,
                "hayagriva",
            )
        )
    return entries, problems


def hayagriva_item(data: object) -> Item:
    """Return the item that the mapping of one entry describes, with what its parents say.

    Data that is not a mapping gives an item without any values.
    """
    entry = data if isinstance(data, dict) else {}
    parents = list(_parents(entry))
    holders = [parent for parent in parents if _kind(parent) in CONTAINERS]
    container = holders[0] if holders else {}
    type_ = _type(entry, parents)
    return _Reading(type_, entry, container, parents).item()


def _pairs(source: SourceFile, problems: list[Problem]) -> Iterator[Pair]:
    """Yield the pairs of key and entry in the file, and add what cannot be read to ``problems``.

    If the YAML of the file is broken, each entry is read alone.
    """
    try:
        roots = compose(source.text)
    except YamlError as error:
        spans = list(parts(source.text, _ENTRY))
        if not spans:
            problems.append(_problem(source, f"{error}", Span(error.offset, len(source.text))))
        for span in spans:
            yield from _one(source, span, problems)
        return
    for root in roots:
        if isinstance(root, MapNode):
            yield from root.pairs
        elif isinstance(root, ListNode) or root.text:
            problems.append(_problem(source, "the file is no mapping of entries", root.span))


def _one(source: SourceFile, span: Span, problems: list[Problem]) -> Iterator[Pair]:
    """Yield the pair of key and entry in the part of the file that ``span`` gives.

    If its YAML is broken, yield nothing and add a problem to ``problems``.
    """
    try:
        roots = compose(source.text, span.start, span.end)
    except YamlError as error:
        place = source.position(error.offset)
        message = f"{error}, at line {place.line}, column {place.column}"
        problems.append(_problem(source, message, span))
    else:
        yield from (pair for root in roots if isinstance(root, MapNode) for pair in root.pairs)


def _problem(source: SourceFile, message: str, span: Span) -> Problem:
    """Return the problem that says why the part of the file in ``span`` is not an entry."""
    return Problem("entry-unparsed", f"The entry cannot be read: {message}.", source, span)


def _fields(text: str, node: MapNode) -> Iterator[Field]:
    """Yield the fields of an entry, under the names of the CSL variables if these are known.

    The members of ``serial-number`` and of ``url`` are yielded one by one. ``type`` is left out.
    """
    for pair in node.pairs:
        name = pair.key.text.lower()
        if name == "type":
            continue
        if name in ("serial-number", "url") and isinstance(pair.value, MapNode):
            for inner in pair.value.pairs:
                called = {"value": name, "date": "accessed", "serial": "number"}
                made = field_of(text, inner.key, inner.value)
                yield replace(made, name=called.get(made.name, made.name))
        else:
            yield replace(field_of(text, pair.key, pair.value), name=_VARIABLES.get(name, name))


def _parents(entry: Data) -> Iterator[Data]:
    """Yield the parents of an entry. A parent without a type gets the usual type for this entry."""
    for parent in _list(entry.get("parent")):
        if isinstance(parent, dict):
            default = DEFAULT_PARENTS.get(_kind(entry), "misc")
            yield {"type": default, **parent}


def _kind(entry: Data) -> str:
    """Return the type of an entry in lower case; ``misc`` if it has none."""
    return (_string(entry.get("type")) or "misc").lower()


def _type(entry: Data, parents: list[Data]) -> str:
    """Return the CSL type of an entry; the type of its first parent decides in part.

    An ``article`` with ``proceedings`` among its parents is a ``paper-conference``, a ``misc`` with
    a ``conference`` a ``speech``.
    """
    kinds = [_kind(parent) for parent in parents]
    if _kind(entry) == "article" and "proceedings" in kinds:
        return "paper-conference"
    first = kinds[0] if kinds else ""
    if _kind(entry) == "misc" and "conference" in kinds:
        return "speech"
    return csl_type(_kind(entry), first)


class _Reading:
    """Turns one entry into an item: its own values, its container, and the series of the container.

    ``_event`` is the parent that is a conference or exhibition, ``_original`` the parent that is
    the first publication. Each is empty if there is none.
    """

    def __init__(self, type_: str, entry: Data, container: Data, parents: list[Data]) -> None:
        self._type = type_
        self._entry = entry
        self._parents = parents
        same = container and _kind(container) == _kind(entry) and _kind(entry) in _SERIES_TYPES
        self._container: Data = {} if same else container
        self._series = container if same else next(iter(_parents(container)), {})
        self._event = next((p for p in parents if _kind(p) in ("conference", "exhibition")), {})
        self._original = next((p for p in parents if _kind(p) == "original"), {})
        self._truncated: set[str] = set()

    def item(self) -> Item:
        """Return the item with all variables that have a value."""
        text = {variable: value for variable, value in self._texts() if value}
        names = {variable: people for variable, people in self._names() if people}
        dates = {variable: date for variable, date in self._dates() if date is not None}
        return Item(self._type, text, names, dates, "", frozenset(self._truncated))

    def _chain(self) -> tuple[Data, ...]:
        """Return where a value is looked for, in order: the entry, its container, its series."""
        return self._entry, self._container, self._series

    def _texts(self) -> Iterator[tuple[str, str]]:
        """Yield the text variables with their values, which may be empty.

        Volume, issue and edition are those of the container, or else of the entry; the language and
        the numbers of pages and volumes are those of the entry, or else of the container. The
        repository of a preprint is its publisher.
        """
        entry, container = self._entry, self._container
        yield "title", _title(entry.get("title"))
        yield "title-short", _short(entry.get("title"))
        repository = self._type == "article" and _kind(container) == "repository"
        yield ("publisher" if repository else "container-title"), _title(container.get("title"))
        yield "container-title-short", _short(container.get("title"))
        yield "collection-title", _title(self._series.get("title"))
        yield "collection-number", _string(self._series.get("volume"))
        yield "event-title", _title(self._event.get("title"))
        yield "event-place", _title(self._event.get("location"))
        yield from self._publishers()
        for variable, name in (("volume", "volume"), ("issue", "issue"), ("edition", "edition")):
            yield variable, _first(name, container, entry)
        yield "page", _string(entry.get("page-range"))
        for variable, name in (
            ("number-of-pages", "page-total"),
            ("number-of-volumes", "volume-total"),
            ("language", "language"),
        ):
            yield variable, _first(name, entry, container)
        for variable, name in PLAIN_TEXTS.items():
            if variable != "authority" or self._type in AUTHORITATIVE or entry.get("publisher"):
                yield variable, _title(entry.get(name))
        yield from self._identifiers()

    def _publishers(self) -> Iterator[tuple[str, str]]:
        """Yield the variables for publishers and places, for this edition and for the first one.

        An organization is the publisher if there is no other; of laws, patents and such it is not,
        but their authority. Values may be empty.
        """
        for owner, prefix in ((self._chain(), ""), ((self._original,), "original-")):
            stated = next((one["publisher"] for one in owner if one.get("publisher")), None)
            published, place = stated, None
            if isinstance(stated, dict) and ("name" in stated or "location" in stated):
                published, place = stated.get("name"), stated.get("location")
            place = place or next((one["location"] for one in owner if one.get("location")), None)
            if not prefix and self._type not in AUTHORITATIVE:
                published = published or self._entry.get("organization")
            if published:
                yield f"{prefix}publisher", _title(published)
            yield f"{prefix}publisher-place", _title(place)
        yield "original-title", _title(self._original.get("title"))

    def _identifiers(self) -> Iterator[tuple[str, str]]:
        """Yield the variables for DOI, ISBN, ISSN, other numbers, and the URL; values may be empty.

        Of the container only ISBN and ISSN are taken, since its DOI is not the DOI of the work.
        """
        numbers: dict[str, str] = {}
        for owner in self._chain():
            found = owner.get("serial-number")
            if not isinstance(found, dict):
                found = {"serial": found} if owner is self._entry else {}
            for name in ("doi", "isbn", "issn"):
                if name in owner and (owner is self._entry or name != "doi"):
                    found = {name: owner[name], **found}
            for name, value in found.items():
                if owner is self._entry or name in ("isbn", "issn"):
                    numbers.setdefault(str(name).lower(), _string(value))
        for variable, name in SERIAL_NUMBERS.items():
            yield variable, numbers.get(name, "")
        if numbers.get("arxiv"):
            yield "number", "arXiv:" + re.sub("^arxiv:", "", numbers["arxiv"], flags=re.IGNORECASE)
        yield "URL", self._address()[0]

    def _address(self) -> tuple[str, object]:
        """Return the URL of the entry, or else of its container, and the date of the visit.

        The URL is empty and the date None if they are not given.
        """
        url = next((one["url"] for one in (self._entry, self._container) if one.get("url")), None)
        if isinstance(url, dict):
            return _string(url.get("value")), url.get("date")
        return _string(url), None

    def _names(self) -> Iterator[tuple[str, tuple[Name, ...]]]:
        """Yield the name variables with their names, which may be empty.

        Without editors of its own, an entry has those of its container. Affiliated persons in a
        role that CSL does not know are left out.
        """
        entry, container = self._entry, self._container
        yield "author", self._people("author", entry.get("author"))
        yield "editor", self._people("editor", entry.get("editor") or container.get("editor"))
        yield "container-author", self._people("container-author", container.get("author"))
        yield "collection-editor", self._people("collection-editor", self._series.get("editor"))
        yield "original-author", self._people("original-author", self._original.get("author"))
        roles = {role.replace("-", ""): variable for variable, role in ROLES.items()}
        found: dict[str, tuple[Name, ...]] = {}
        for group in _list(entry.get("affiliated")):
            if isinstance(group, dict):
                role = _string(group.get("role")).lower().replace("-", "")
                if variable := roles.get(role):
                    found[variable] = found.get(variable, ()) + self._people(
                        variable, group.get("names")
                    )
        yield from found.items()

    def _people(self, variable: str, value: object) -> tuple[Name, ...]:
        """Return the names in ``value``, which is a list of persons or one person.

        If the list ends in ``others`` or ``et al.``, ``variable`` is noted as incomplete.
        """
        persons = _list(value)
        if persons and persons[-1] in ("others", "et al."):
            self._truncated.add(variable)
            persons = persons[:-1]
        return tuple(name for name in map(_person, persons) if name is not None)

    def _dates(self) -> Iterator[tuple[str, Date | None]]:
        """Yield the date variables with their dates; None stands for a date that is not given."""
        dates = [one["date"] for one in self._chain() if one.get("date")]
        yield "issued", _date(dates[0]) if dates else None
        yield "event-date", _date(self._event.get("date"))
        yield "original-date", _date(self._original.get("date"))
        yield "accessed", _date(self._address()[1])


_SERIES_TYPES = frozenset(
    {"book", "anthology", "proceedings", "report", "periodical", "repository"}
)


def _list(value: object) -> list[object]:
    """Return a list as it is, None and ``""`` as an empty list, another value as a list of one."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _string(value: object) -> str:
    """Return a text or a whole number as text in one line; an empty string for any other value."""
    if isinstance(value, str | int):
        return " ".join(str(value).split())
    return ""


def _first(name: str, *owners: Data) -> str:
    """Return the field ``name`` of the first owner that has it as text, or an empty string."""
    return next((text for one in owners if (text := _string(one.get(name)))), "")


def _title(value: object) -> str:
    """Return a title or name as text, with its verbatim parts protected from changes of case.

    The braces of ``{NASA} missions`` mark such a part; it becomes ``<span
    class="nocase">NASA</span> missions``. A mapping gives its member ``value``, which is protected
    as a whole if ``verbatim`` is true. Dollar signs around mathematics are removed.
    """
    verbatim = False
    if isinstance(value, dict):
        verbatim = _string(value.get("verbatim")) == "true"
        value = value.get("value") or value.get("sentence-case") or value.get("title-case")
    text = _string(value)
    if "{" in text or "$" in text:
        text = _MATH.sub(r"\1", text)
        text = _VERBATIM.sub(r'<span class="nocase">\1</span>', text)
    text = _ESCAPED.sub(r"\1", text)
    return f'<span class="nocase">{text}</span>' if verbatim and text else text


def _short(value: object) -> str:
    """Return the short form of a title that is a mapping, or an empty string."""
    if not isinstance(value, dict):
        return ""
    return _title(value.get("short") or value.get("shorthand"))


def _person(value: object) -> Name | None:
    """Return the name of a person, which is a mapping of parts or a text ``Family, Given, Suffix``.

    Words in lower case before the family name are its particle: ``de la Cruz, Ana``. A text without
    a comma, or with more than two, is taken as a whole, as for an institution; so is a mapping that
    has only one name. An empty value gives None.
    """
    if isinstance(value, dict):
        family, given = _string(value.get("name")), _string(value.get("given-name"))
        prefix, suffix = _string(value.get("prefix")), _string(value.get("suffix"))
        if not family:
            return Name(literal=given) if given else None
        if not (given or prefix or suffix):
            return Name(literal=family)
        return Name(family, given, "", prefix, suffix)
    pieces = [piece.strip() for piece in _string(value).split(",")]
    if len(pieces) == 1 or len(pieces) > _LONGEST_NAME or not pieces[0]:
        literal = _string(value)
        return Name(literal=literal) if literal else None
    words = pieces[0].split()
    count = 0
    while count < len(words) - 1 and words[count][0].islower():
        count += 1
    suffix = pieces[2] if len(pieces) == _LONGEST_NAME else ""
    return Name(" ".join(words[count:]), pieces[1], "", " ".join(words[:count]), suffix)


def _date(value: object) -> Date | None:
    """Return the date for a text in ISO 8601, or None if the text is empty.

    ``~2019`` is circa 2019. The time of day is left out. A text that is no date is kept in
    ``literal``. The year ``0000`` is 1 BC.
    """
    text = _CLOCK.sub("", _string(value))
    if not text:
        return None
    match = _DATE.match(text)
    if match is None:
        return Date(literal=text)
    year = int(match["year"])
    if year < 0 or (year == 0 and match["year"] == "0000"):
        year -= 1
    parts = [int(part) for part in match.groups()[2:] if part]
    if any(not 0 < part <= most for part, most in zip(parts, (LAST_MONTH, LAST_DAY), strict=False)):
        return Date(literal=text)
    return Date(((year, *parts),), circa=bool(match["about"]))
