"""References made from known works in the layouts that people use, with their parts known.

They stand beside the labelled references in training, so that the model sees layouts, fields and
languages of which people have labelled little. All choices come from one seeded generator; the
shares in which they fall are guesses of how often people write so, not measurements.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["Dice", "Example", "Work", "examples", "own_works", "works_of_records"]

_HERE = Path(__file__).parent
_LABELS = {
    "author": "author", "editor": "editor", "translator": "editor", "year": "date",
    "date": "date", "title": "title", "journal": "container", "book": "container",
    "container": "container", "volume": "volume", "issue": "issue", "pages": "pages",
    "publisher": "publisher", "place": "location", "edition": "edition", "genre": "genre",
    "collection": "collection", "doi": "doi", "url": "url", "number": "number",
}  # fmt: skip
_FIELD = re.compile(r"\{(\w+)(?:\.(\w))?\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*\{[^\[\]]*)\]")
# Brackets that are written, not those around what may be left out.
_WRITTEN = re.compile(r"\[(\{genre\}[^\[\]]*|Internet|cited [^\]]*|Online|J|M)\]")
_SHORTEST, _LONGEST = 20, 600  # characters of a made reference
_MOST_NAMES = 8  # longer lists of names are cut, as most styles cut them
_KINDS = {
    "journal-article": "journal", "book-chapter": "chapter", "reference-entry": "chapter",
    "proceedings-article": "meeting", "book": "book", "monograph": "book", "edited-book": "book",
    "reference-book": "book", "report": "report", "dissertation": "thesis",
}  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_GENRES = {
    "thesis": (
        "PhD thesis", "Doctoral dissertation", "Master's thesis", "Ph.D. dissertation",
        "PhD diss.", "Dissertation", "Unpublished doctoral dissertation", "Diplomarbeit",
        "Thèse de doctorat", "M.S. thesis", "Master thesis", "Tese de doutorado",
        "Unpublished PhD thesis",
    ),
    "report": (
        "Technical Report 12", "Tech. Rep. CS-94-12", "Working Paper No. 147", "RFC 2460",
        "Discussion Paper 33", "Research Report No. 7", "Technical report",
        "Arbeitspapier Nr. 14", "Report No. 5", "Working paper", "Policy Brief 3", "Draft",
    ),
}  # fmt: skip
_SERIES = (
    "Lecture Notes in Computer Science", "LNCS", "Studies in Linguistics 12",
    "Loeb Classical Library", "Suhrkamp Taschenbuch Wissenschaft",
    "Beiträge zur Sozialforschung, 12", "Beihefte, 14", "Cambridge Studies in Philosophy",
    "Collection Tel", "Schriftenreihe Band 21", "Biblioteca di studi 4",
)  # fmt: skip
_EDITIONS = (
    "2nd ed.", "3rd ed.", "4th edition", "2. Aufl.", "3., überarb. Aufl.", "2nd edn", "Rev. ed.",
    "2e éd.", "5. Auflage", "2. ed.",
)  # fmt: skip
_PLACES = (
    "New York", "London", "Cambridge", "Berlin", "Oxford", "Amsterdam", "New York, NY", "Cham",
    "Paris", "Cambridge, MA", "Boston", "Dordrecht", "Singapore", "Chicago", "Heidelberg",
    "Washington, DC", "Philadelphia", "Tokyo", "Madrid", "Hoboken, NJ",
)  # fmt: skip
_EDITORS = (("Miller", "Ann B."), ("Becker", "Jürgen"), ("Rossi", "Carlo"))
_UNDATED = ("in press", "forthcoming", "n.d.", "o. J.", "to appear")
_DOIS = ("https://doi.org/{}", "doi:{}", "doi: {}", "http://dx.doi.org/{}", "DOI: {}", "{}")
_NUMBERS = ("[{}] ", "{}. ", "{} ", "({}) ", "{}) ")
_DASHES = ("-", "–", "–", "-", "--", " – ", " - ", "−")
_SIMPLER = (
    (str.maketrans("“”", '""'), 0.6), (str.maketrans("–", "-"), 0.6),
    (str.maketrans("’‘", "''"), 0.5),
)  # fmt: skip

_Person = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A made reference: the text, and the label of each stretch of it."""

    text: str
    parts: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of a work: a text for each variable, and its people as (family, given)."""

    kind: str
    text: dict[str, str]
    people: dict[str, list[_Person]] = field(default_factory=dict)


class Dice(random.Random):
    """A generator of choices that also says yes in a share of all cases."""

    def chance(self, share: float) -> bool:
        """Yes in this share of all cases."""
        return self.random() < share


@cache
def _layouts() -> dict[str, list[str]]:
    """The layouts of each kind of work."""
    found: dict[str, list[str]] = {}
    for line in _lines("plain_text_layouts.txt"):
        kind, _, layout = line.partition(": ")
        found.setdefault(kind, []).append(layout)
    return found


def _lines(name: str) -> list[str]:
    lines = (_HERE / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def own_works() -> list[Work]:
    """The works of the file beside this one."""
    found = []
    for line in _lines("plain_text_works.txt"):
        kind, authors, title, container, editors, publisher, place = (
            piece.strip() for piece in line.split("|")
        )
        held = "journal" if kind == "journal" else "container" if kind == "web" else "book"
        text = {"title": title, "publisher": publisher, "place": place, held: container}
        people = {"author": _people(authors), "editor": _people(editors)}
        found.append(Work(kind, {name: said for name, said in text.items() if said}, people))
    return found


def _people(written: str) -> list[_Person]:
    names = [name.partition(", ") for name in written.split("; ") if name]
    return [(family, given) for family, _, given in names]


def works_of_records(lines: Iterable[str], *, wanted: Callable[[str], bool]) -> list[Work]:
    """The works of Crossref records, one a line, for whose DOI ``wanted`` holds."""
    found = []
    for line in lines:
        record = json.loads(line)
        work = _of_record(record.get("message", record))
        if work is not None and wanted(work.text["doi"]):
            found.append(work)
    return found


def _of_record(record: dict[str, Any]) -> Work | None:
    """The work of a record; None where it has markup in its title, or none of our kinds."""
    kind = _KINDS.get(record.get("type", ""))
    title = " ".join(" ".join(record.get("title") or ()).split())
    if not kind or not title or "<" in title:
        return None
    subtitle = _first(record, "subtitle")
    text = {
        "title": f"{title}: {subtitle}" if subtitle and "<" not in subtitle else title,
        "journal" if kind == "journal" else "book": _first(record, "container-title"),
        "short": _first(record, "short-container-title"),
        "publisher": record.get("publisher", ""),
        "place": record.get("publisher-location", ""),
        "volume": record.get("volume", ""),
        "issue": record.get("issue", ""),
        "pages": record.get("page") or record.get("article-number") or "",
        "doi": record["DOI"],
        "year": str((record.get("issued", {}).get("date-parts") or [[""]])[0][0] or ""),
    }
    people = {
        role: [
            (person.get("family") or person.get("name", ""), person.get("given", ""))
            for person in record.get(role) or ()
            if person.get("family") or person.get("name")
        ]
        for role in ("author", "editor")
    }
    return Work(kind, {name: said for name, said in text.items() if said}, people)


def _first(record: dict[str, Any], name: str) -> str:
    return (record.get(name) or [""])[0]


def examples(works: Sequence[Work], count: int, dice: Dice) -> list[Example]:
    """So many references to works drawn at random, each in a layout drawn at random."""
    made: list[Example] = []
    while len(made) < count:
        work = dice.choice(works)
        example = _written(dice.choice(_layouts()[work.kind]), work, dice)
        if example is not None and _SHORTEST < len(example.text) < _LONGEST:
            made.append(example)
    return made


def _written(layout: str, work: Work, dice: Dice) -> Example | None:
    """A work in a layout; None where it lacks a part that the layout needs."""
    values = _values(work, dice)
    people = {role: names for role, names in work.people.items() if names}
    if "editor" not in people and "{editor" in layout:
        people["editor"] = list(_EDITORS[: dice.randint(1, len(_EDITORS))])
        dice.shuffle(people["editor"])
    people["translator"] = [("Hurley", "Robert")]
    layout = _without_options(layout, {*values, *people}, dice)
    if not {match[1] for match in _FIELD.finditer(layout)} <= {*values, *people}:
        return None
    text, parts = _filled(layout, values, people, dice)
    if dice.chance(0.25):
        text = text.rstrip(".")
    if dice.chance(0.3):
        for table, share in _SIMPLER:
            text = text.translate(table) if dice.chance(share) else text
    return Example(text, tuple(part for part in parts if part[1] < part[2] <= len(text)))


def _without_options(layout: str, held: set[str], dice: Dice) -> str:
    """The layout without square brackets, and without some of what stands in them."""

    def kept(match: re.Match[str]) -> str:
        names = {inner[1] for inner in _FIELD.finditer(match[1])}
        return match[1] if names <= held and dice.chance(0.75) else ""

    hidden = _WRITTEN.sub(r"⟦\1⟧", layout)
    return _OPTIONAL.sub(kept, hidden).replace("⟦", "[").replace("⟧", "]")


def _filled(
    layout: str, values: dict[str, str], people: dict[str, list[_Person]], dice: Dice
) -> tuple[str, list[tuple[str, int, int]]]:
    """The layout with its values, perhaps behind a number, and where each part stands."""
    form = dice.choice(_FORMS)
    text = dice.choice(_NUMBERS).format(dice.randint(1, 120)) if dice.chance(0.3) else ""
    parts = [("number", 0, len(text))]
    at = 0
    for match in _FIELD.finditer(layout):
        text += layout[at : match.start()]
        if match[1] in people:
            value = _names(people[match[1]], match[2] or dice.choice("ivdwf"), form, dice)
        else:
            value = values[match[1]]
        parts.append((_LABELS[match[1]], len(text), len(text) + len(value)))
        text += value
        at = match.end()
        if value.endswith(".") and layout.startswith(".", at):
            at += 1
        elif value.endswith(("?", "!")) and layout.startswith((".", ","), at):
            at += dice.chance(0.7)
    return text + layout[at:], parts


def _values(work: Work, dice: Dice) -> dict[str, str]:
    """The texts of a work as a reference may have them."""
    values = dict(work.text)
    short = values.pop("short", "")
    if "journal" in values and short and dice.chance(0.45):
        values["journal"] = short if dice.chance(0.75) else short.replace(".", "")
    if dice.chance(0.5) or "year" not in values:
        values["year"] = str(dice.randint(1950, 2020))
    values.setdefault("volume", str(dice.randint(1, 120)))
    if "doi" not in values:
        values.setdefault("issue", str(dice.randint(1, 12)))
    values["pages"] = _pages(values.get("pages", ""), dice)
    values["date"] = _date(values["year"], dice)
    values["year"] = _year(values["year"], dice)
    if work.kind in {"book", "thesis", "report"}:
        values.pop("book", "")
    if work.kind in _GENRES:
        values["genre"] = dice.choice(_GENRES[work.kind])
    values["edition"] = dice.choice(_EDITIONS)
    values["collection"] = dice.choice(_SERIES)
    values.setdefault("url", _link(dice))
    if "publisher" in values and "place" not in values:
        values["place"] = dice.choice(_PLACES)
    if "doi" in values:
        values["doi"] = dice.choice(_DOIS).format(values["doi"])
    values["title"] = _title(values["title"], dice)
    return values


def _link(dice: Dice) -> str:
    """A link to a document that does not exist."""
    host = dice.choice(("example", "university", "ministry", "journal"))
    ending = dice.choice(("org", "de", "edu", "com"))
    folder = dice.choice(("papers", "doc", "en"))
    return f"http://www.{host}.{ending}/{folder}/{dice.randint(1, 900)}.pdf"


def _pages(pages: str, dice: Dice) -> str:
    """Pages with one dash or another, the last perhaps shortened or left out."""
    if not pages or dice.chance(0.3):
        start = dice.randint(1, 1800)
        pages = f"{start}-{start + dice.randint(2, 40)}"
    first, dash, last = pages.partition("-")
    if not dash:
        return pages
    shorter = dice.chance(0.2) and len(first) == len(last) > 2  # noqa: PLR2004 - 173-77
    if shorter and first[:-2] == last[:-2]:
        last = last[-2:]
    pages = first + dice.choice(_DASHES) + last
    return first if dice.chance(0.15) else pages


def _date(year: str, dice: Dice) -> str:
    """A date in one form or another; most are years alone."""
    month = dice.choice(_MONTHS)
    short = month[:3] + dice.choice((".", ""))
    one, other, third = (dice.randint(1, 28) for _ in range(3))
    forms = (
        year, year, f"{month} {year}", f"{short} {year}", f"{year} {month[:3]}",
        f"{one} {month} {year}", f"{month} {other}, {year}", f"{year} {month[:3]} {third}",
        f"{short}, {year}",
    )  # fmt: skip
    return dice.choice(forms)


def _year(year: str, dice: Dice) -> str:
    """A year, perhaps with a letter, or what stands in its place."""
    if dice.chance(0.1):
        return year + dice.choice("abc")
    return dice.choice(_UNDATED) if dice.chance(0.03) else year


def _title(title: str, dice: Dice) -> str:
    """A title, perhaps in other letters than the record's."""
    if dice.chance(0.04):
        return title.upper() if dice.chance(0.5) else title.title()
    return title[:1] + title[1:].lower() if dice.chance(0.15) else title


@dataclass(frozen=True, slots=True)
class _Form:
    """How names are joined, how many are named, and what stands for the others."""

    comma: str
    last: str
    named: int = 99
    more: str = ""


_FORMS = (
    _Form(", ", ", & "), _Form(", ", ", and "), _Form(", ", " and "), _Form(", ", " & "),
    _Form("; ", "; "), _Form(", ", ", "), _Form(", ", " and ", 3, " et al."),
    _Form(", ", ", ", 3, ", et al."), _Form(", ", ", ", 1, " et al."), _Form(", ", " und "),
    _Form(" / ", " / "), _Form("; ", "; ", 6, " et al."), _Form(", ", " et "), _Form(", ", " y "),
    _Form("; ", " & "), _Form("/", "/"), _Form(", ", ", ", 6, ", et al"),
    _Form(", ", " u. a.", 1, " u. a."),
)  # fmt: skip


def _names(people: Sequence[_Person], code: str, form: _Form, dice: Dice) -> str:
    """A list of names, each in the form that the code stands for."""
    if len(people) > _MOST_NAMES < form.named:
        people = people[: dice.randint(3, _MOST_NAMES + 4)]
    tight = dice.chance(0.3)
    shown = [
        _name(family, given, "w" if code == "m" and place else code, tight=tight)
        for place, (family, given) in enumerate(people[: form.named])
    ]
    if len(shown) < len(people) and form.more:
        return form.comma.join(shown) + form.more
    return form.comma.join(shown[:-1]) + form.last + shown[-1] if shown[1:] else shown[0]


def _name(family: str, given: str, code: str, *, tight: bool) -> str:
    """One name: see the head of the file of layouts for the codes."""
    words = given.split()
    if not words:
        return family
    stopped = ["-".join(part[0] + "." for part in word.split("-") if part) for word in words]
    initials = ("" if tight else " ").join(stopped)
    bare = "".join(part[0] for part in re.split(r"[-.\s]+", given) if part)
    forms = {
        "i": f"{family}, {initials}", "v": f"{family} {bare}", "d": f"{initials} {family}",
        "w": f"{given} {family}", "f": f"{family}, {given}", "m": f"{family}, {given}",
        "c": f"{family.upper()}, {initials}",
    }  # fmt: skip
    return forms[code]
