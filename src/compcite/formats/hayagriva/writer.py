"""Write entries as Hayagriva."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from compcite.formats.hayagriva.reader import hayagriva_item
from compcite.formats.hayagriva.schema import (
    PLAIN_TEXTS,
    ROLES,
    SERIAL_NUMBERS,
    SERIALS,
    SHAPES,
    csl_type,
)
from compcite.formats.losses import loss
from compcite.formats.yaml_text import to_yaml
from compcite.model.library import Written
from compcite.text.languages import split_languages
from compcite.text.markup import without_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.item import Date, Item, Name
    from compcite.model.library import Entry

__all__ = ["write_hayagriva"]

Data = dict[str, object]

_URL = re.compile(r"(?:https?|ftp)://[\w.-]+(?::\d+)?(?:[/?#]\S*)?$", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$")
_COUNT = re.compile(r"[1-9]\d{0,8}$")
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,8})$")
_ARXIV = re.compile(r"arXiv:(\S+)$", re.IGNORECASE)
_GUARDED = re.compile(r'<span class="nocase">(.*?)</span>')
_SPECIAL = re.compile(r"[\\{}$]")
_LAST_YEAR = 9999


def write_hayagriva(entries: Sequence[Entry]) -> Written:
    """Return the text of a Hayagriva file with all entries, and a sentence for each loss.

    What Typst would refuse is left out and reported. A second entry of one key gets a number behind
    it, since Hayagriva has one entry of a key.
    """
    written: Data = {}
    losses: list[str] = []
    keys = {entry.key for entry in entries}
    for entry in entries:
        key = entry.key
        if key in written:
            numbered = (f"{entry.key}-{number}" for number in count(2))
            key = next(key for key in numbered if key not in keys)
            keys.add(key)
            said = f"Hayagriva has one entry of a key, so this one is written as {key}."
            losses.append(f"{entry.key}: {said}")
        data = _Entry(entry.item).data()
        written[key] = data
        losses += loss("Hayagriva", key, entry.item, hayagriva_item(data))
    return Written(to_yaml(written), tuple(losses))


class _Entry:
    """Turns one item into the mapping of its entry, with its container and series as parents.

    The methods without a return value put values into ``_own`` (the entry), ``_container``,
    ``_series`` and ``_event``.
    """

    def __init__(self, item: Item) -> None:
        kind, holder = SHAPES.get(item.type, ("misc", "misc"))
        self._item = item
        self._text = item.text
        self._own: Data = {"type": kind}
        self._container: Data = {"type": holder}
        self._series: Data = {}
        self._event: Data = {}

    def data(self) -> Data:
        """Return the mapping of the entry with its parents, without empty members.

        Its parents are the container, the series, the event and the first publication.
        """
        self._titles()
        self._people()
        self._dates()
        self._numbers()
        self._publication()
        for variable, name in PLAIN_TEXTS.items():
            if text := self._text.get(variable):
                self._own[name] = _formattable(text)
        return self._joined()

    def _held(self) -> Data:
        """Return the container if it has a title, else the entry.

        What belongs to a container, such as the volume, is written there.
        """
        return self._container if "title" in self._container else self._own

    def _titles(self) -> None:
        """Put the titles, long and short, into the mappings.

        The server of a preprint, which CSL has as its publisher, is the title of its container.
        """
        text = self._text
        container = text.get("container-title", "")
        if self._item.type == "article" and not container:
            container = text.get("publisher", "")
        for target, title, short in (
            (self._own, text.get("title", ""), text.get("title-short", "")),
            (self._container, container, text.get("container-title-short", "")),
            (self._series, text.get("collection-title", ""), ""),
            (self._event, text.get("event-title", ""), ""),
        ):
            if title:
                value = _formattable(title)
                target["title"] = {"value": value, "short": _formattable(short)} if short else value

    def _people(self) -> None:
        """Put authors, editors and persons in other roles into the mappings.

        The editor of a chapter or conference paper is written into its container.
        """
        names = self._item.names
        held = self._held()
        edited = held if self._item.type in ("chapter", "paper-conference") else self._own
        for target, name, variable in (
            (self._own, "author", "author"),
            (self._container, "author", "container-author"),
            (edited, "editor", "editor"),
            (self._series, "editor", "collection-editor"),
        ):
            if people := names.get(variable):
                target[name] = [_person(name) for name in people]
        affiliated = [
            {"role": role, "names": [_person(name) for name in names[variable]]}
            for variable, role in ROLES.items()
            if names.get(variable)
        ]
        if affiliated:
            self._own["affiliated"] = affiliated

    def _dates(self) -> None:
        """Put the dates and the URL, which holds the date of access, into the mappings.

        An address that is no URL is left out, and the date of access with it.
        """
        dates = self._item.dates
        for target, variable in ((self._own, "issued"), (self._event, "event-date")):
            if (date := dates.get(variable)) and (written := _date(date)):
                target["date"] = written
        if (url := self._text.get("URL", "")) and _URL.match(url):
            visited = _date(dates["accessed"]) if "accessed" in dates else ""
            self._own["url"] = {"value": url, "date": visited} if visited else url

    def _numbers(self) -> None:
        """Put volume, issue, pages, edition, language and serial numbers into the mappings.

        Only the first of several languages is written. ISBN and ISSN belong to the container, if it
        has a title.
        """
        text, held = self._text, self._held()
        serial = self._container["type"] in SERIALS
        counted = (
            held if serial or self._item.type in ("chapter", "paper-conference") else self._own
        )
        for target, name, variable in (
            (counted, "volume", "volume"),
            (counted, "issue", "issue"),
            (self._own, "page-range", "page"),
            (held if counted is held else self._own, "edition", "edition"),
            (self._series, "volume", "collection-number"),
        ):
            if value := text.get(variable):
                target[name] = int(value) if _NUMBER.match(value) else value
        for name, variable in (
            ("page-total", "number-of-pages"),
            ("volume-total", "number-of-volumes"),
        ):
            if _COUNT.match(value := text.get(variable, "")):
                self._own[name] = int(value)
        language = next(iter(split_languages(text.get("language", ""))), "")
        if _LANGUAGE.match(language):
            self._own["language"] = language  # it takes one
        own: Data = {}
        outer: Data = {}
        for variable, name in SERIAL_NUMBERS.items():
            if value := text.get(variable):
                arxiv = _ARXIV.match(value) if variable == "number" else None
                within = variable in ("ISBN", "ISSN") and held is not self._own
                (outer if within else own)["arxiv" if arxiv else name] = (
                    arxiv[1] if arxiv else value
                )
        if own:
            self._own["serial-number"] = own
        if outer:
            held["serial-number"] = outer

    def _publication(self) -> None:
        """Put publisher and places into the mappings, those of a part into its container.

        The server of a preprint is left out, since it is the container already.
        """
        text, held = self._text, self._held()
        publisher, place = text.get("publisher", ""), text.get("publisher-place", "")
        if self._item.type == "article" and publisher and not text.get("container-title"):
            publisher = ""
        if place:
            held["publisher"] = {
                **({"name": _formattable(publisher)} if publisher else {}),
                "location": _formattable(place),
            }
        elif publisher:
            held["publisher"] = _formattable(publisher)
        if event_place := text.get("event-place"):
            self._event["location"] = _formattable(event_place)

    def _joined(self) -> Data:
        """Return the entry with those parents that say something.

        A parent without any value is kept if the type of the entry could not be told without it.
        """
        parents: list[Data] = []
        series = {"type": self._container["type"], **self._series} if self._series else {}
        kind, holder = str(self._own["type"]), str(self._container["type"])
        tells_type = csl_type(kind, "") != self._item.type == csl_type(kind, holder)
        if len(self._container) > 1 or tells_type:
            if series:
                self._container["parent"] = series
            parents.append(self._container)
        elif series:
            parents.append(series)
        if self._event or self._item.type == "speech":
            parents.append({"type": "conference", **self._event})
        original = self._original()
        if original:
            parents.append({"type": "original", **original})
        if parents:
            self._own["parent"] = parents if len(parents) > 1 else parents[0]
        return self._own

    def _original(self) -> Data:
        """Return the mapping of the first publication; empty if the item says nothing of it."""
        text = self._text
        found: Data = {}
        if title := text.get("original-title"):
            found["title"] = _formattable(title)
        if people := self._item.names.get("original-author"):
            found["author"] = [_person(name) for name in people]
        if (date := self._item.dates.get("original-date")) and (written := _date(date)):
            found["date"] = written
        publisher, place = text.get("original-publisher"), text.get("original-publisher-place")
        if publisher and not place:
            found["publisher"] = _formattable(publisher)
        elif place:
            name = {"name": _formattable(publisher)} if publisher else {}
            found["publisher"] = {**name, "location": _formattable(place)}
        return found


def _formattable(text: str) -> str:
    r"""Return a text in Hayagriva's syntax.

    Protected case is put in braces, the signs ``\ { } $`` get a backslash, other tags are removed.
    """
    out, at = [], 0
    for guarded in _GUARDED.finditer(text):
        out += [_escaped(text[at : guarded.start()]), "{" + _escaped(guarded[1]) + "}"]
        at = guarded.end()
    return " ".join("".join([*out, _escaped(text[at:])]).split())


def _escaped(text: str) -> str:
    r"""Return a text without tags, with a backslash before each of the signs ``\ { } $``."""
    return _SPECIAL.sub(r"\\\g<0>", without_tags(text))


def _person(name: Name) -> object:
    """Return a name as the text ``Family, Given``, or as a mapping of its parts.

    The mapping is needed if Hayagriva would read the text wrongly, such as ``de la Cruz, Ana``.
    """
    prefix = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
    parts = {
        "name": name.family or name.literal or name.given,
        "given-name": name.given if name.family else "",
        "prefix": prefix,
        "suffix": name.suffix,
    }
    parts = {part: value for part, value in parts.items() if value}
    family, given = parts["name"], parts.get("given-name", "")
    simple = not prefix and not name.suffix and "," not in family + given
    if simple and not any(word[0].islower() for word in family.split()):
        return f"{family}, {given}" if given else family
    return parts


def _date(date: Date) -> str | int:
    """Return the first date of a range in ISO 8601, or an empty string if it cannot be written.

    A year alone is returned as a number. A date that is circa begins with a tilde: ``~2019``.
    """
    if not date.parts or not -_LAST_YEAR < date.parts[0][0] <= _LAST_YEAR or not date.parts[0][0]:
        return ""
    year, *rest = date.parts[0]
    shown = f"{year:04d}" if year > 0 else ("0000" if year == -1 else f"{year + 1:05d}")
    written = "-".join([shown, *(f"{part:02d}" for part in rest)])
    if date.circa:
        return f"~{written}"
    return year if shown == str(year) and not rest else written
