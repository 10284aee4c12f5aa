"""Items as the processor takes them: CSL-JSON as it stands, or compcite's own.

CSL-JSON in the wild has numbers for strings, dates as strings or in one literal, seasons as
numbers or words, names in one piece and particles inside the family name. All of that is
settled here, once, so that nothing further on has to ask.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from compcite.csl.rawdates import parse_raw_date
from compcite.errors import UsageError
from compcite.model.item import Date, Item, Name

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DATE_VARIABLES", "NAME_VARIABLES", "item_of"]

NAME_VARIABLES = frozenset(
    {
        "author",
        "chair",
        "collection-editor",
        "compiler",
        "composer",
        "container-author",
        "contributor",
        "curator",
        "director",
        "editor",
        "editor-translator",
        "editorial-director",
        "executive-producer",
        "guest",
        "host",
        "illustrator",
        "interviewer",
        "narrator",
        "organizer",
        "original-author",
        "performer",
        "producer",
        "recipient",
        "reviewed-author",
        "script-writer",
        "series-creator",
        "translator",
    }
)
DATE_VARIABLES = frozenset(
    {
        "accessed",
        "available-date",
        "event-date",
        "issued",
        "original-date",
        "submitted",
    }
)
# Keys of other programs for variables of the specification.
_ALIASES = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
}
_NOTE_LINE = re.compile(r"([a-z-]+|[A-Z]+): *(.+)")
_NOTE_VARIABLES = frozenset(
    {
        "abstract",
        "annote",
        "archive",
        "archive_collection",
        "archive_location",
        "archive-place",
        "authority",
        "call-number",
        "chapter-number",
        "citation-key",
        "citation-label",
        "collection-number",
        "collection-title",
        "collection-title-short",
        "container-title",
        "container-title-short",
        "dimensions",
        "division",
        "DOI",
        "edition",
        "event",
        "event-place",
        "event-title",
        "genre",
        "ISBN",
        "ISSN",
        "issue",
        "jurisdiction",
        "keyword",
        "language",
        "license",
        "locator",
        "medium",
        "number",
        "number-of-pages",
        "number-of-volumes",
        "original-publisher",
        "original-publisher-place",
        "original-title",
        "page",
        "page-first",
        "part-number",
        "part-title",
        "PMCID",
        "PMID",
        "printing-number",
        "publisher",
        "publisher-place",
        "references",
        "reviewed-genre",
        "reviewed-title",
        "scale",
        "section",
        "source",
        "status",
        "supplement-number",
        "title",
        "title-short",
        "URL",
        "version",
        "volume",
        "volume-title",
        "volume-title-short",
        "year-suffix",
    }
)
_NON_TEXT = frozenset({"id", "type", "categories", "custom", "language-name", "multi"})


def item_of(source: Mapping[str, Any] | Item) -> Item:
    """Return ``source`` as an item whose names and dates are ready to be rendered."""
    if isinstance(source, Item):
        return _ready(source)
    if not hasattr(source, "items"):
        raise UsageError(f"an item is a CSL-JSON mapping or an Item, not {source!r:.60}")
    return _from_csl_json(source)


def _ready(item: Item) -> Item:
    """Return ``item`` with the particles of its names told apart."""
    names = {v: tuple(map(_split_particles, given)) for v, given in item.names.items()}
    return item if names == item.names else replace(item, names=names)


def _from_csl_json(source: Mapping[str, Any]) -> Item:
    text: dict[str, str] = {}
    names: dict[str, tuple[Name, ...]] = {}
    dates: dict[str, Date] = {}
    for key, value in source.items():
        variable = _ALIASES.get(key, key)
        if value is None or variable in _NON_TEXT:
            continue
        if variable in NAME_VARIABLES:
            if found := _names(value):
                names[variable] = found
        elif variable in DATE_VARIABLES:
            if (date := _date(value)) is not None:
                dates[variable] = date
        elif isinstance(value, (str, int, float)) and (string := _string(value)):
            text.setdefault(variable, string)
    if "note" in text:
        _read_note(text, names, dates)
    identity = source.get("id")
    return Item(
        type=_string(source.get("type") or ""),
        text=text,
        names=names,
        dates=dates,
        id="" if identity is None else _string(identity),
    )


def _read_note(
    text: dict[str, str], names: dict[str, tuple[Name, ...]], dates: dict[str, Date]
) -> None:
    """Take the variables that Zotero's users write into the note, one a line.

    A line is "variable: value", a name in it "family || given"; what the item says elsewhere
    holds, but for dates, which are written there to be right.
    """
    rest = []
    for line in text["note"].splitlines():
        match = _NOTE_LINE.fullmatch(line.strip())
        variable = match[1] if match else ""
        value = match[2] if match else ""
        if variable in NAME_VARIABLES:
            family, _, given = (part.strip() for part in value.partition("||"))
            name = {"family": family, "given": given} if given else {"literal": family}
            names[variable] = (*names.get(variable, ()), *_names([name]))
        elif variable in DATE_VARIABLES:
            dates[variable] = parse_raw_date(value)
        elif variable in _NOTE_VARIABLES:
            text.setdefault(variable, value)
        else:
            rest.append(line)
    text["note"] = "\n".join(rest)
    if not text["note"].strip():
        del text["note"]


def _string(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# ---------------------------------------------------------------- names


def _names(value: object) -> tuple[Name, ...]:
    entries = value if isinstance(value, list) else [value]
    found = (_name(entry) for entry in entries)
    return tuple(name for name in found if name is not None)


def _name(entry: object) -> Name | None:
    if isinstance(entry, str):
        return Name(literal=entry) if entry else None
    if not isinstance(entry, dict):
        return None

    def part(key: str) -> str:
        value = entry.get(key)
        return "" if value is None else _string(value).strip()

    if part("literal") and not part("family"):
        return Name(literal=part("literal"))
    name = Name(
        family=part("family"),
        given=part("given"),
        dropping_particle=part("dropping-particle"),
        non_dropping_particle=part("non-dropping-particle"),
        suffix=part("suffix"),
        comma_suffix=_is_true(entry.get("comma-suffix")),
    )
    if not name.family:
        # A given name alone is all there is: it stands for the name.
        return Name(literal=name.given) if name.given else None
    whole = _is_true(entry.get("isInstitution")) or entry.get("parse-names") in (False, 0)
    return name if whole else _split_particles(name)


_SUFFIXES = frozenset({"jr", "sr", "junior", "senior", "esq"})


def _is_true(value: object) -> bool:
    return value in (True, 1, "1", "true")


def _split_particles(name: Name) -> Name:
    """Return ``name`` with the particles taken out of the family and given name.

    "van der Vlist" has a non-dropping particle, "Alexander von" Humboldt a dropping one. A
    family name in quotation marks is meant as it stands, and one all in lower case is a name.
    """
    family, given = name.family, name.given
    quoted = len(family) > 1 and family[0] == family[-1] == '"'
    if quoted:
        return replace(name, family=family[1:-1])
    non_dropping, dropping, suffix = (
        name.non_dropping_particle,
        name.dropping_particle,
        name.suffix,
    )
    if not non_dropping and family:
        non_dropping, family = _leading_particle(family)
    if not suffix and "," in given:
        given, _, after_comma = (part.strip() for part in given.partition(","))
        if after_comma.startswith("!"):  # as Zotero's users ask for the comma to stay
            return replace(name, given=given, suffix=after_comma[1:].strip(), comma_suffix=True)
        if after_comma.islower() and after_comma.rstrip(".") not in _SUFFIXES:
            dropping = dropping or after_comma
        else:
            suffix = after_comma
    if not dropping and given:
        given, dropping = _trailing_particle(given)
    return replace(
        name,
        family=family,
        given=given,
        non_dropping_particle=non_dropping,
        dropping_particle=dropping,
        suffix=suffix,
    )


def _leading_particle(family: str) -> tuple[str, str]:
    """Split ``family`` into the words in lower case at its beginning and the rest."""
    end = 0
    for match in re.finditer(r"['’]?[^\s'’\-]+[\s'’\-]+", family):
        word = match.group()
        if match.start() != end or not word.strip(" '’-").islower():
            break
        end = match.end()
    rest = family[end:]
    if not rest or not end:
        return "", family
    particle = family[:end]
    joined = particle[-1] in "'’-"
    return (particle if joined else particle.rstrip()), rest


def _trailing_particle(given: str) -> tuple[str, str]:
    """Split ``given`` into the rest and the words in lower case at its end."""
    words = given.split(" ")
    keep = len(words)
    while keep > 1 and words[keep - 1] and words[keep - 1].strip("'’.").islower():
        keep -= 1
    return " ".join(words[:keep]), " ".join(words[keep:])


# ---------------------------------------------------------------- dates


def _date(value: object) -> Date | None:  # noqa: PLR0911  a date comes in many forms
    if isinstance(value, (str, int)):
        return parse_raw_date(str(value))
    if not isinstance(value, dict):
        return None
    circa = value.get("circa") not in (None, False, "", 0, "0", "false")
    parts = _date_parts(value.get("date-parts"))
    season = _season(value.get("season"))
    if parts:
        return Date(parts=parts, season=season, circa=circa)
    if value.get("literal"):
        return Date(literal=str(value["literal"]), circa=circa)
    for key in ("raw", "edtf"):
        if value.get(key):
            date = parse_raw_date(str(value[key]))
            return replace(date, circa=date.circa or circa, season=date.season or season)
    if "year" in value:
        fields = [value.get(key) for key in ("year", "month", "day")]
        return Date(parts=_date_parts([fields]), season=season, circa=circa)
    return None


def _date_parts(value: object) -> tuple[tuple[int, ...], ...]:
    if not isinstance(value, list):
        return ()
    dates: list[tuple[int, ...]] = []
    for date in value[:2]:
        numbers: list[int] = []
        for part in date if isinstance(date, list) else [date]:
            try:
                numbers.append(int(part))
            except (TypeError, ValueError, OverflowError):
                break
        if numbers and (numbers[0] or dates):
            dates.append(tuple(numbers[:3]))
    return tuple(dates)


_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}


def _season(value: object) -> int | None:
    if value is None:
        return None
    word = str(value).strip().lower()
    if word.isdecimal():
        number = int(word)
        return number if 1 <= number <= len(set(_SEASONS.values())) else None
    return _SEASONS.get(word)
