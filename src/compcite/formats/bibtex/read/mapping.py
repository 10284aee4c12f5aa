"""BibTeX and biblatex entries as CSL items.

Types and fields go where pandoc's citeproc puts them, since most people's exports come from
there; docs/formats.md lists the fields and every place where this mapping keeps more.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from compcite.formats.bibtex.read.name_fields import parse_names
from compcite.formats.bibtex.tables.journal_macros import journal_of
from compcite.formats.bibtex.tables.languages import language_tag
from compcite.formats.bibtex.tables.types import NUMBERED_IN_SERIES, PARTS, SERIALS, csl_type, genre
from compcite.model.item import Date, Item
from compcite.text.doi import find_dois, read_doi
from compcite.text.latex import decode_text, decode_title, decode_verbatim
from compcite.values.dates import biblatex_date, bibtex_date, edtf_date, original_year

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compcite.model.item import Name

__all__ = ["to_item"]

_NAME_FIELDS = (
    ("author", "author"),
    ("editor", "editor"),
    ("translator", "translator"),
    ("bookauthor", "container-author"),
    ("director", "director"),
    ("composer", "composer"),
    ("illustrator", "illustrator"),
    ("interviewer", "interviewer"),
    ("recipient", "recipient"),
    ("originalauthor", "original-author"),
    ("reviewedauthor", "reviewed-author"),
    ("serieseditor", "collection-editor"),
)
_REMEMBERED = 4_000  # values of a kind of which a list has few
_NAME_VARIABLES = dict(_NAME_FIELDS)
_EDITORS = ("editor", "editora", "editorb", "editorc")
_EDITOR_TYPES = frozenset(f"{name}type" for name in _EDITORS)
_EDITOR_ROLES = {
    "compiler": "compiler",
    "organizer": "organizer",
    "director": "director",
    "collaborator": "contributor",
    "continuator": "contributor",
    "translator": "translator",
    "illustrator": "illustrator",
    "interviewer": "interviewer",
    "producer": "producer",
    "performer": "performer",
    "composer": "composer",
    "narrator": "narrator",
}


def _number(value: str) -> str:
    """A number, or a range of two, with a hyphen for whatever dash."""
    if value.isdecimal():
        return value
    return _DASH.sub("-", decode_text(value))


def _pages(value: str) -> str:
    """Page numbers and ranges of them, without the word for pages."""
    if usual := _PAGE_RANGE.fullmatch(value):
        return f"{usual[1]}-{usual[2]}"
    pages = _number(value)
    return pages if pages[:1].isdecimal() else re.sub(_PAGE_LABEL, "", pages)


def _edition(value: str) -> str:
    """An edition, as a number where it is nothing but one, in digits or in English."""
    edition = decode_text(value)
    number = re.sub(_EDITION_LABEL, "", edition)
    if re.fullmatch(_ORDINAL, number):
        return number
    return _ORDINALS.get(number.lower(), edition)


def _series(value: str) -> str:
    """The title of a series, also where biblatex is told only which series it is."""
    series = decode_title(value, protect=False)
    if series.isdecimal():
        last = "th" if series[-2:-1] == "1" else _ENDINGS.get(series[-1], "th")
        return f"{series}{last} series"
    return {"newseries": "new series", "oldseries": "old series"}.get(series, series)


@lru_cache(maxsize=_REMEMBERED)
def _container(value: str) -> str:
    """The title of a periodical, whose case no style changes; a list has few of them."""
    return ("\\" in value and journal_of(value)) or decode_title(value, protect=False)


# Patterns that few entries need are strings: re compiles them at first use and caches them.
# A run of blanks is tried once, from its beginning.
_DASH = re.compile(r"(?:(?<!\s)\s+)?(?:[‐‑‒–—−]|-{2,3})\s*|(?<=\d)\s+-\s+(?=\d)")
_PAGE_RANGE = re.compile(r"([A-Za-z]?\d+)(?:--?|–)([A-Za-z]?\d+)")
_PAGE_LABEL = r"(?i)^(?:pp?|pages?|S)\.\s*(?=\w)|^pages?\s+(?=\d)"
_EDITION_LABEL = r"(?i)\s+(?:edition|edn?\.?)$"
_ORDINAL = r"\d+(?:st|nd|rd|th|\.)?"
_ENDINGS = {"1": "st", "2": "nd", "3": "rd"}
_ORDINALS = {
    name: str(number)
    for number, name in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        start=1,
    )
}

# variable, the fields that give it (the first one that is there), how they are read
_TEXT_FIELDS: tuple[tuple[str, tuple[str, ...], Callable[[str], str]], ...] = (
    ("volume", ("volume",), _number),
    ("page", ("pages",), _pages),
    ("collection-title", ("series",), _series),
    ("edition", ("edition",), _edition),
    ("chapter-number", ("chapter",), decode_text),
    ("number-of-volumes", ("volumes",), decode_text),
    ("number-of-pages", ("pagetotal", "numpages"), decode_text),
    ("part-number", ("part",), decode_text),
    ("publisher-place", ("address", "location"), decode_text),
    ("original-publisher", ("origpublisher",), decode_text),
    ("original-publisher-place", ("origlocation",), decode_text),
    ("original-title", ("origtitle",), decode_title),
    ("reviewed-title", ("reviewedtitle",), decode_title),
    ("title-short", ("shorttitle",), decode_title),
    ("container-title-short", ("shortjournal",), _container),
    ("event-place", ("venue",), decode_text),
    ("version", ("version",), decode_text),
    ("status", ("pubstate",), decode_text),
    ("call-number", ("library", "lccn"), decode_text),
    ("abstract", ("abstract",), decode_text),
    ("annote", ("annotation", "annote", "annot"), decode_text),
    ("keyword", ("keywords", "keyword"), decode_text),
    ("ISBN", ("isbn",), decode_text),
    ("ISSN", ("issn",), decode_text),
    ("PMID", ("pmid",), decode_text),
    ("PMCID", ("pmcid", "pmc"), decode_text),
)
_NO_DATE = Date()
_TEXT_OF = {name: row for row in _TEXT_FIELDS for name in row[1]}
_STATUSES = {
    "inpress": "in press",
    "inpreparation": "in preparation",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "prepublished": "pre-published",
}
_VARIANT = r"variant\s*=\s*(\w+)"
# What stands before ``date``, or before ``year``, ``month`` and ``day`` in older files.
_MORE_DATES = {"orig": "original-date", "event": "event-date", "url": "accessed"}
_ACCESSED = (
    "accessed",
    "accessdate",
    "lastchecked",
    "lastaccessed",
    "visited",
    "urlaccessdate",
)
_OTHER_DATES = frozenset(
    {*_ACCESSED, *(prefix + part for prefix in _MORE_DATES for part in ("date", "year"))}
)
_LINKING = frozenset({"url", "note", "howpublished", "eprint", "eprinttype", "archiveprefix"})
_USUAL_TEXT: dict[str, tuple[str, Callable[[str], str]]] = {
    "title": ("title", decode_title),
    "journal": ("container-title", _container),
    "volume": ("volume", _number),
    "number": ("issue", _number),
    "pages": ("page", _pages),
    "doi": ("DOI", lambda value: _doi(value, "", "", "")),
    "publisher": ("publisher", decode_text),
    "issn": ("ISSN", decode_text),
}
_USUAL = frozenset({*_USUAL_TEXT, "author", "year", "month"})
_NOT_TRUNCATED: frozenset[str] = frozenset()
_TRUNCATED_AUTHOR = frozenset({"author"})
_PUBLISHERS = ("school", "institution", "organization", "publisher")

_URL = (
    r"\\(?:url|path|nolinkurl)\s*\{([^{}]+)\}|\\href\s*\{([^{}]+)\}\s*\{[^{}]*\}"
    r"|(https?://[^\s{}\\,;]+)"
)
_LEADING_TO_URL = (
    r"(?i)(?:(?:available|retrieved|accessed|online|website|web\s?page|web|url|see|at|from|on|link)"
    r"[\s:.,]*)*$"
)
_BARE_DOI = re.compile(r"10\.\d{4,9}/[A-Za-z0-9._/()-]*[A-Za-z0-9]")
_ARXIV_ID = r"(?i)(?:arxiv:)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?"
_EPRINTS = {
    "arxiv": "https://arxiv.org/abs/",
    "jstor": "https://www.jstor.org/stable/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
    "googlebooks": "https://books.google.com/books?id=",
    "hdl": "https://hdl.handle.net/",
}


def to_item(entry_type: str, fields: Mapping[str, str], key: str) -> Item:
    """The CSL item that an entry means.

    ``entry_type`` and the names of ``fields`` are lower-case; values are LaTeX as written,
    macros and ``#`` resolved, what is inherited merged in. Never fails: what a field cannot
    mean is kept as text or left out.
    """
    if entry_type == "article" and fields.keys() <= _USUAL:
        return _usual_article(fields, key)
    return _any_item(entry_type, fields, key)


def _usual_article(fields: Mapping[str, str], key: str) -> Item:
    """The item of a journal article with none but the usual fields: most of most lists."""
    text: dict[str, str] = {}
    for name, value in fields.items():
        row = _USUAL_TEXT.get(name)
        if row is not None and (shown := row[1](value)):
            text[row[0]] = shown
    people, more = parse_names(fields["author"]) if "author" in fields else ((), False)
    dates = {}
    if "year" in fields or "month" in fields:
        dates = _issued(fields.get("year", ""), fields.get("month", ""), "")
    return Item(
        "article-journal",
        text,
        {"author": people} if people else {},
        dates,
        key,
        _TRUNCATED_AUTHOR if more and people else _NOT_TRUNCATED,
    )


def _any_item(entry_type: str, fields: Mapping[str, str], key: str) -> Item:
    """The item of any entry."""
    text: dict[str, str] = {}
    for variable, names, read in {_TEXT_OF[name] for name in fields if name in _TEXT_OF}:
        for name in names:
            if name in fields and (shown := read(fields[name])):
                text[variable] = shown
                break
    on_arxiv = _identify(fields, text)
    type_ = csl_type(entry_type, fields, on_arxiv=on_arxiv, linked="URL" in text)
    _titles(entry_type, type_, fields, text)
    _publication(entry_type, type_, fields, text)
    if on_arxiv and type_ == "article":
        text.setdefault("publisher", "arXiv")
        text.setdefault("number", "arXiv:" + _arxiv_id(fields["eprint"]))
    names_of, truncated = _names(type_, fields)
    return Item(type_, text, names_of, _dates(fields), key, truncated)


def _identify(fields: Mapping[str, str], text: dict[str, str]) -> bool:
    """Fill in DOI, URL and what an eprint identifies; whether that is an arXiv identifier."""
    if _LINKING.isdisjoint(fields):
        if doi := _doi(fields.get("doi", ""), "", "", ""):
            text["DOI"] = doi
        return False
    url = decode_verbatim(fields.get("url", ""))
    note = fields.get("note", "")
    how = fields.get("howpublished", "")
    if not url and (found := re.search(_URL, how) or re.fullmatch(_URL, note.strip())):
        url = decode_verbatim(found[1] or found[2] or found[3])
    eprint = decode_verbatim(fields.get("eprint", ""))
    doi = _doi(fields.get("doi", ""), url, eprint, note)
    if doi:
        text["DOI"] = doi
    kind = _eprint_type(fields, eprint)
    if not url and eprint and kind in _EPRINTS:
        url = _EPRINTS[kind] + (_arxiv_id(eprint) if kind == "arxiv" else eprint)
    if kind == "pubmed":
        text.setdefault("PMID", eprint)
    if url and not (doi and _repeats(url, doi)):
        text["URL"] = url
    return kind == "arxiv" and bool(eprint)


def _repeats(url: str, doi: str) -> bool:
    """Whether a URL is nothing but a DOI as a link, which the DOI itself says shorter."""
    linked = read_doi(url)
    return linked is not None and linked.bare and linked.doi.lower() == doi.lower()


def _doi(written: str, url: str, eprint: str, note: str) -> str:
    """The bare DOI: of the doi field, else one that stands alone in url or eprint, or in note.

    Words of a note that lead to a DOI may speak of another work.
    """
    if _BARE_DOI.fullmatch(written):
        return written  # nearly always, and nothing to look for
    if written and (found := read_doi(written) or next(find_dois(written), None)):
        return found.doi
    for value in (url, eprint):
        if "10." in value and (found := read_doi(value)):
            return found.doi
    found = next(find_dois(note), None) if "10." in note else None
    return found.doi if found and not found.led_to_in(note) else ""


def _eprint_type(fields: Mapping[str, str], eprint: str) -> str:
    """The archive of an eprint in lower case, also where only the identifier tells it."""
    kind = (fields.get("eprinttype") or fields.get("archiveprefix") or "").strip("{} ").lower()
    if not kind and eprint and re.fullmatch(_ARXIV_ID, eprint):
        return "arxiv"
    return kind


def _arxiv_id(eprint: str) -> str:
    """The identifier without its ``arXiv:``."""
    return re.sub(
        r"^(?:https?://arxiv\.org/abs/|arxiv:)\s*", "", eprint.strip(), flags=re.IGNORECASE
    )


def _titles(entry_type: str, type_: str, fields: Mapping[str, str], text: dict[str, str]) -> None:
    """Fill in the titles of the work, its volume and what contains it, with their subtitles."""
    title = _joined(fields, "title", "subtitle", "titleaddon")
    main = _joined(fields, "maintitle", "mainsubtitle", "maintitleaddon")
    book = _joined(fields, "booktitle", "booksubtitle", "booktitleaddon")
    journal = _periodical(fields)
    volume = ""
    if type_ == "book":
        title, book = title or book, ""  # for its parts, which inherit it by crossref
    if main and (book or entry_type in PARTS):
        book, volume = main, book
    elif main:
        title, volume = main, title
    if type_ == "periodical" and (issue := _joined(fields, "issuetitle", "issuesubtitle", "")):
        title, journal = issue, title
    container = (book or journal) if entry_type in PARTS else (journal or book)
    text |= _present(
        {
            "title": title,
            "volume-title": volume,
            "container-title": container,
            "event-title": _joined(fields, "eventtitle", "", "eventtitleaddon"),
        }
    )


def _periodical(fields: Mapping[str, str]) -> str:
    """The title of a periodical, mostly one field."""
    name = "journaltitle" if "journaltitle" in fields else "journal"
    if fields.keys() & {"journalsubtitle", "journaltitleaddon"}:
        addition = "journaltitleaddon" if name == "journaltitle" else ""
        return _joined(fields, name, "journalsubtitle", addition, protect=False)
    return _container(fields[name]) if name in fields else ""


def _present(values: dict[str, str]) -> dict[str, str]:
    """The variables that have a value."""
    return {variable: value for variable, value in values.items() if value}


def _joined(
    fields: Mapping[str, str], title: str, subtitle: str, addon: str, *, protect: bool = True
) -> str:
    """A title with its subtitle and addition: ``Title: Subtitle. Addition``."""
    joined = decode_title(fields[title], protect=protect) if title in fields else ""
    for name, stop in ((subtitle, ":"), (addon, ".")):
        if name in fields and (more := decode_title(fields[name], protect=protect)):
            ended = not joined or joined[-1] in "?!.:…"
            joined = f"{joined}{'' if ended else stop} {more}".strip()
    return joined


def _publication(
    entry_type: str, type_: str, fields: Mapping[str, str], text: dict[str, str]
) -> None:
    """Fill in publisher, number, issue, genre, language and note."""
    publishers = [decode_text(fields[name]) for name in _PUBLISHERS if name in fields]
    if "howpublished" in fields:
        publishers.insert(
            -1 if "publisher" in fields else len(publishers), _how(fields["howpublished"])
        )
    if publisher := "; ".join(dict.fromkeys(filter(None, publishers))):
        text["publisher"] = publisher
    number = _number(fields["number"]) if "number" in fields else ""
    issue = _number(fields["issue"]) if "issue" in fields else ""
    if type_ in SERIALS:
        issue = ", ".join(dict.fromkeys(filter(None, (number, issue)))) if issue else number
        number = _number(fields.get("eid", "") or fields.get("articleno", ""))
    elif entry_type in NUMBERED_IN_SERIES and number:
        text["collection-number"] = number
        number = ""
    elif "eid" in fields and "page" not in text:
        text["page"] = _number(fields["eid"])
    written = decode_text(fields["type"]) if "type" in fields else ""
    notes = [decode_text(fields[name]) for name in ("note", "addendum") if name in fields]
    text |= _present(
        {
            "issue": issue,
            "number": number,
            "genre": genre(entry_type, written),
            "language": _language(fields),
            "note": ". ".join(filter(None, notes)),
        }
    )
    if "status" in text:
        text["status"] = _STATUSES.get(text["status"], text["status"])
    if type_ == "patent" and "location" in fields:
        text["jurisdiction"] = text.pop("publisher-place", "")


def _language(fields: Mapping[str, str]) -> str:
    """The tag of the language that ``langid`` or ``language`` names."""
    for name in ("langid", "language", "hyphenation"):
        if name in fields and (language := decode_text(fields[name])):
            variant = re.search(_VARIANT, fields.get("langidopts", ""))
            return language_tag(variant[1] if variant else language)
    return ""


def _how(value: str) -> str:
    """What ``howpublished`` says beside a URL and the words that lead to it."""
    if not (found := re.search(_URL, value)):
        return decode_text(value)
    rest = decode_text(value[: found.start()] + value[found.end() :]).strip(" .,:;[]()")
    return "" if re.match(_LEADING_TO_URL, rest) else rest


def _names(
    type_: str, fields: Mapping[str, str]
) -> tuple[dict[str, tuple[Name, ...]], frozenset[str]]:
    """The name variables, and those whose lists say that there are more names."""
    found: dict[str, tuple[Name, ...]] = {}
    truncated = set()
    roles = [(name, _NAME_VARIABLES[name]) for name in fields if name in _NAME_VARIABLES]
    if len(roles) > 1:
        roles.sort(key=_NAME_FIELDS.index)
    for name in () if _EDITOR_TYPES.isdisjoint(fields) else _EDITORS:
        if name in fields and (kind := fields.get(name + "type", "").strip().lower()):
            roles = [role for role in roles if role[0] != name]
            roles.append((name, _EDITOR_ROLES.get(kind, "editor")))
    if type_ == "patent" and "author" not in fields and "holder" in fields:
        roles.append(("holder", "author"))
    for name, variable in roles:
        names, more = parse_names(fields[name])
        if names:
            found[variable] = found.get(variable, ()) + names
            if more:
                truncated.add(variable)
    return found, frozenset(truncated)


def _dates(fields: Mapping[str, str]) -> dict[str, Date]:
    """The date variables."""
    dates: dict[str, Date] = {}
    if date := fields.get("date", "").strip():
        dates["issued"] = edtf_date(date) or biblatex_date(decode_text(date))
    elif "year" in fields or "month" in fields:
        dates |= _issued(fields.get("year", ""), fields.get("month", ""), fields.get("day", ""))
    if _OTHER_DATES.isdisjoint(fields):
        return {variable: date for variable, date in dates.items() if date != _NO_DATE}
    for prefix, variable in _MORE_DATES.items():
        if written := fields.get(f"{prefix}date", "").strip():
            dates[variable] = biblatex_date(decode_text(written))
        elif year := fields.get(f"{prefix}year", ""):
            rest = (decode_text(fields.get(prefix + part, "")) for part in ("month", "day"))
            dates[variable] = bibtex_date(decode_text(year), *rest)
    for name in _ACCESSED:
        if "accessed" not in dates and (written := fields.get(name, "").strip()):
            dates["accessed"] = biblatex_date(decode_text(written))
    return {variable: date for variable, date in dates.items() if date != _NO_DATE}


@lru_cache(maxsize=_REMEMBERED)
def _issued(year: str, month: str, day: str) -> dict[str, Date]:
    """The dates that year, month and day as written mean; a list has few of them."""
    year, month, day = decode_text(year), decode_text(month), decode_text(day)
    dates = {"issued": bibtex_date(year, month, day)}
    if original := original_year(year):
        dates["original-date"] = Date(((original,),))
    return {variable: date for variable, date in dates.items() if date != _NO_DATE}
