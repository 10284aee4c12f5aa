"""Turn BibTeX and biblatex entries into CSL items.

Types and fields are read as pandoc's citeproc reads them, since most people's exports come from
there; docs/formats.md lists the fields, and every place where this mapping keeps more.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from compcite.formats.bibtex.read.links import (
    arxiv_id,
    bare_doi,
    beside_url,
    find_links,
    only_url,
    split_note,
)
from compcite.formats.bibtex.read.name_fields import parse_names, split_names
from compcite.formats.bibtex.tables.exports import repeats_entry_type, with_usual_names
from compcite.formats.bibtex.tables.journal_macros import journal_of
from compcite.formats.bibtex.tables.languages import language_tag
from compcite.formats.bibtex.tables.types import (
    MANUSCRIPT_STATE,
    NUMBERED_IN_SERIES,
    PARTS,
    SERIALS,
    csl_type,
    genre,
    medium,
)
from compcite.formats.bibtex.tables.variables import (
    DATE_PREFIXES,
    EDITOR_ROLES,
    NAME_VARIABLES,
    TEXT_FIELDS,
)
from compcite.model.item import Date, Item
from compcite.text.latex import decode_text, decode_title
from compcite.values.biblatex import are_for_biblatex
from compcite.values.dates import bibtex_date, edtf_date, is_to_come, original_year, read_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compcite.model.item import Name

__all__ = ["to_item"]

_REMEMBERED = 4_000  # values of a kind of which a list has few
_FIELDS_IN_ORDER = tuple(NAME_VARIABLES)
_EDITORS = ("editor", "editora", "editorb", "editorc")
_EDITOR_TYPES = frozenset(f"{name}type" for name in _EDITORS)


def _number(value: str) -> str:
    """Return a value as text, with one hyphen for the dash of a range.

    ``12--34`` and ``12 – 34`` give ``12-34``. A text that is no number is returned as it is.
    """
    if value.isdecimal():
        return value
    return _DASH.sub("-", decode_text(value))


def _pages(value: str) -> str:
    """Return page numbers and ranges, without a word such as "pp." before them.

    A range from a page to the same page becomes that page. A hyphen joins the two pages of a range;
    an en dash does, if they have hyphens of their own: ``S12-1–S12-9``.
    """
    if usual := _PAGE_RANGE.fullmatch(value):
        return _range(usual[1], usual[2], "-")
    if "-" in value.replace("--", "") and (ends := re.fullmatch(_HYPHENED_RANGE, value)):
        return _range(decode_text(ends[1]), decode_text(ends[2]), "–")
    pages = _number(value)
    if not pages[:1].isdecimal():
        pages = re.sub(_PAGE_LABEL, "", pages)
    first, _, last = pages.partition("-")
    return first if first == last else pages


def _range(first: str, last: str, dash: str) -> str:
    """Return a range of pages; one page if both ends are the same."""
    return first if first == last else first + dash + last


def _edition(value: str) -> str:
    """Return an edition without the word "edition", if the rest is a number.

    ``Second edition`` gives ``2``, and ``2nd ed.`` gives ``2nd``. Number words count up to twelve.
    Any other text is returned whole.
    """
    edition = decode_text(value)
    number = re.sub(_EDITION_LABEL, "", edition)
    if re.fullmatch(_ORDINAL, number):
        return number
    return _ORDINALS.get(number.lower(), edition)


def _series(value: str) -> str:
    """Return the title of a series. For biblatex, ``newseries`` and ``2`` also mean a series.

    They become ``new series`` and ``2nd series``.
    """
    series = decode_title(value, protect=False)
    if series.isdecimal():
        last = "th" if series[-2:-1] == "1" else _ENDINGS.get(series[-1], "th")
        return f"{series}{last} series"
    return {"newseries": "new series", "oldseries": "old series"}.get(series, series)


@lru_cache(maxsize=_REMEMBERED)
def _container(value: str) -> str:
    r"""Return the title of a journal, whose case no style changes.

    A command for a journal, such as ``\apj``, gives the title for which it stands.
    """
    return ("\\" in value and journal_of(value)) or decode_title(value, protect=False)


# Patterns that few entries need are strings: re compiles them at first use and caches them.
# A run of blanks is tried once, from its beginning.
_DASH = re.compile(r"(?:(?<!\s)\s+)?(?:[‐‑‒–—−]|-{2,3})\s*|(?<=\d)\s+-\s+(?=\d)")
_PAGE_RANGE = re.compile(r"([A-Za-z]?\d+)(?:--?|–)([A-Za-z]?\d+)")
# Two pages that have hyphens of their own, "S12-1--S12-9": an en dash tells the range from them.
_HYPHENED_RANGE = r"\s*(\w+(?:-\w+)+)\s*(?:--|–)\s*(\w+(?:-\w+)*)\s*"
# How many pages there are, instead of which: "xii+345", "350 pp.", "Paper No. 12, 34".
_PAGE_COUNT = (
    r"(?i)\s*(?P<count>[ivxlc]+\s*\+\s*\d+|(?:[ivxlc]+,\s*)?\d+(?=\s*(?:pp?\b|pages?\b|seiten\b)))"
    r"\s*(?:pp?\.?|pages?|seiten)?\s*$"
)
_PAPER = (
    r"(?i)\s*(?:paper\s+no\.|art\.\s*id|article\s+id|art\.\s*no\.|article\s+no\.|article|paper|art\.)"
    r"\s*(?P<number>[A-Za-z]?\d[\w.-]*)(?:,\s*(?P<count>\d+)(?:\s*pp?\.?)?)?\s*$"
)
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

# How the texts are read that are not only LaTeX.
_READERS: dict[str, Callable[[str], str]] = {
    "volume": _number,
    "page": _pages,
    "collection-title": _series,
    "edition": _edition,
    "original-title": decode_title,
    "reviewed-title": decode_title,
    "title-short": decode_title,
    "container-title-short": _container,
}
_NO_DATE = Date()
_VARIABLE_OF = {name: variable for variable, names in TEXT_FIELDS.items() for name in names}
_STATUSES = {
    "inpress": "in press",
    "inpreparation": "in preparation",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "prepublished": "pre-published",
}
# What stands for a year that nobody knows.
_NO_YEAR = r"(?i)\[?(?:n\.?\s?d\.?|no\s+date|undated|s\.?\s?a\.?|o\.?\s?j\.?|s\.?\s?d\.?)\]?"
_COPYRIGHT_YEAR = r"(?<=[\w\])])\s*(?:©|\(c\)|copyright)\s*\d{4}$"
_VARIANT = r"variant\s*=\s*(\w+)"
_ACCESSED = (
    "accessed",
    "accessdate",
    "lastchecked",
    "lastaccessed",
    "visited",
    "urlaccessdate",
)
_OTHER_DATES = frozenset(
    {*_ACCESSED, *(prefix + part for prefix in DATE_PREFIXES for part in ("date", "year"))}
)
_USUAL_TEXT: dict[str, tuple[str, Callable[[str], str]]] = {
    "title": ("title", decode_title),
    "journal": ("container-title", _container),
    "volume": ("volume", _number),
    "number": ("issue", _number),
    "pages": ("page", _pages),
    "doi": ("DOI", lambda value: bare_doi(value, "", "", "")),
    "publisher": ("publisher", decode_text),
    "issn": ("ISSN", decode_text),
}
_USUAL = frozenset({*_USUAL_TEXT, "author", "year", "month"})
_NOT_TRUNCATED: frozenset[str] = frozenset()
_TRUNCATED_AUTHOR = frozenset({"author"})
_LEAST_OF_A_LIST = 3
_PARTS_OF_MAIN = frozenset({"broadcast", "song"})  # an episode of a series, a song on an album
_PUBLISHERS = ("school", "institution", "organization", "publisher")


def to_item(entry_type: str, fields: Mapping[str, str], key: str) -> Item:
    """Return the CSL item for an entry.

    ``entry_type`` and the names of ``fields`` are lower-case. The values are LaTeX, with macros and
    ``#`` resolved and inherited fields merged in. Nothing is raised. A value that makes no sense in
    its field is kept as text (``soon`` as a year) or left out.
    """
    if entry_type == "article" and fields.keys() <= _USUAL:
        return _usual_article(fields, key)
    return _any_item(entry_type, fields, key)


def _usual_article(fields: Mapping[str, str], key: str) -> Item:
    """Return the item of a journal article with only the usual fields; this is a fast path.

    A year that is no date, or pages that do not begin with a digit, are left to :func:`_any_item`.
    """
    text: dict[str, str] = {}
    for name, value in fields.items():
        row = _USUAL_TEXT.get(name)
        if row is not None and (shown := row[1](value)):
            text[row[0]] = shown
    people, more = parse_names(fields["author"]) if "author" in fields else ((), False)
    dates = {}
    if "year" in fields or "month" in fields:
        dates = _issued(fields.get("year", ""), fields.get("month", ""), "")
        if "issued" in dates and dates["issued"].literal:
            return _any_item("article", fields, key)
    if "pages" in fields and not text.get("page", "1")[:1].isdecimal():
        return _any_item("article", fields, key)
    return Item(
        "article-journal",
        text,
        {"author": people} if people else {},
        dates,
        key,
        _TRUNCATED_AUTHOR if more and people else _NOT_TRUNCATED,
    )


def _any_item(entry_type: str, fields: Mapping[str, str], key: str) -> Item:
    """Return the item of any entry; :func:`to_item` says what it is given.

    Field names that programs have in their own way count as the usual ones. The number and the
    publisher of a preprint are those at its server (``arXiv:1706.03762``), unless others are given.
    A note that only says how far a manuscript is (``Working paper``) is its genre.
    """
    lists = are_for_biblatex(entry_type, fields.keys())
    fields = with_usual_names(fields)
    text: dict[str, str] = {}
    for variable in {_VARIABLE_OF[name] for name in fields if name in _VARIABLE_OF}:
        read = _READERS.get(variable, decode_text)
        for name in TEXT_FIELDS[variable]:
            if name in fields and (shown := read(fields[name])):
                text[variable] = shown
                break
    links = find_links(fields)
    text |= _present({"DOI": links.doi, "URL": links.url})
    text.setdefault("PMID", links.pmid)
    on_server = links.on_arxiv or bool(links.server)
    type_ = csl_type(entry_type, fields, on_server=on_server, linked="URL" in text)
    _page_count(fields, text)
    _titles(entry_type, type_, fields, text)
    _numbers(entry_type, type_, fields, text)
    _publishers(type_, fields, text, lists=lists)
    _publication(entry_type, type_, fields, text)
    text["note"] = _notes(fields, links.url)
    if type_ == "manuscript" and MANUSCRIPT_STATE.match(text["note"]):
        text.setdefault("genre", text.pop("note"))
    if links.on_arxiv and type_ == "article":
        text.setdefault("publisher", "arXiv")
        text.setdefault("number", "arXiv:" + arxiv_id(fields["eprint"]))
    elif links.server and type_ == "article":
        text.setdefault("publisher", links.server)
    names_of, truncated = _names(type_, fields)
    dates, status = _dates(fields)
    if status:
        text.setdefault("status", status)
    if links.accessed:
        dates.setdefault("accessed", links.accessed)
    return Item(type_, _present(text), names_of, dates, key, truncated)


def _notes(fields: Mapping[str, str], url: str) -> str:
    """Return the text of ``note`` and ``addendum``, joined by a full stop.

    A note that only gives the URL or the date of access is left out.
    """
    notes = [split_note(fields["note"], url)] if "note" in fields else []
    notes += [decode_text(fields["addendum"])] if "addendum" in fields else []
    return ". ".join(filter(None, notes))


def _page_count(fields: Mapping[str, str], text: dict[str, str]) -> None:
    """Move out of the CSL variable ``page`` what is no page; ``text`` is changed in place.

    The total of a book's pages (``pages = {234 pp.}``) goes to ``number-of-pages``. Of an article's
    number with pages (``paper 12, 8 pages``), the number goes to ``number``, and the count of pages
    to ``number-of-pages``. If ``fields`` has an ``eid``, the number is dropped.
    """
    pages = text.get("page", "")
    if paper := re.match(_PAPER, pages):
        del text["page"]
        if "eid" not in fields:
            text["number"] = paper["number"]
        if paper["count"]:
            text.setdefault("number-of-pages", paper["count"])
    elif count := re.match(_PAGE_COUNT, decode_text(fields.get("pages", ""))):
        del text["page"]
        text.setdefault("number-of-pages", count["count"])


def _titles(entry_type: str, type_: str, fields: Mapping[str, str], text: dict[str, str]) -> None:
    """Put the titles of the work, its volume and its container into ``text``, with subtitles.

    A ``maintitle`` is the title or container, and the title or ``booktitle`` is then that of its
    volume. In a chapter or conference paper ``booktitle`` counts before a journal, elsewhere the
    journal does. A whole book has its ``booktitle`` as title only if it has no other. A
    ``booktitle`` that is only a URL is no title. The ``issuetitle`` of a periodical is its title.
    """
    title = _joined(fields, "title", "subtitle", "titleaddon")
    main = _joined(fields, "maintitle", "mainsubtitle", "maintitleaddon")
    book = _joined(fields, "booktitle", "booksubtitle", "booktitleaddon")
    if only_url(fields.get("booktitle", "")):  # Mendeley's web pages: no title
        book = ""
    journal = _periodical(fields)
    volume = ""
    if type_ == "book":
        title, book = title or book, ""  # for its parts, which inherit it by crossref
    if main and (book or entry_type in PARTS or type_ in _PARTS_OF_MAIN):
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
    """Return the title of a journal, with its subtitle and addition if it has any."""
    name = "journaltitle" if "journaltitle" in fields else "journal"
    if fields.keys() & {"journalsubtitle", "journaltitleaddon"}:
        addition = "journaltitleaddon" if name == "journaltitle" else ""
        return _joined(fields, name, "journalsubtitle", addition, protect=False)
    return _container(fields[name]) if name in fields else ""


def _present(values: dict[str, str]) -> dict[str, str]:
    """Return only the variables that have a value."""
    return {variable: value for variable, value in values.items() if value}


def _joined(
    fields: Mapping[str, str], title: str, subtitle: str, addon: str, *, protect: bool = True
) -> str:
    """Return a title with subtitle and addition: ``Title: Subtitle. Addition [In brackets]``.

    The other parameters are names of fields; a missing field is left out.
    """
    joined = decode_title(fields[title], protect=protect) if title in fields else ""
    for name, stop in ((subtitle, ":"), (addon, ".")):
        if name in fields and (more := decode_title(fields[name], protect=protect)):
            ended = not joined or joined[-1] in "?!.:…" or (name == addon and more[0] == "[")
            joined = f"{joined}{'' if ended else stop} {more}".strip()
    return joined


def _numbers(entry_type: str, type_: str, fields: Mapping[str, str], text: dict[str, str]) -> None:
    """Put the number of the issue, of the work, or of the volume in a series into ``text``.

    A journal's ``number`` is the issue, and its ``eid`` the number of the article. For books in a
    series ``number`` is the place in the series; without ``number``, ``volume`` is, if the work has
    no ``maintitle``. Without pages, the ``eid`` of any other work is its page.
    """
    number = decode_text(fields["number"]) if "number" in fields else ""
    if type_ in SERIALS or entry_type in NUMBERED_IN_SERIES:
        number = _number(fields.get("number", ""))
    issue = _number(fields["issue"]) if "issue" in fields else ""
    if type_ in SERIALS:
        issue = ", ".join(dict.fromkeys(filter(None, (number, issue)))) if issue else number
        number = decode_text(fields.get("eid", "")) or text.get("number", "")
    elif entry_type in NUMBERED_IN_SERIES and number:
        text["collection-number"] = number
        number = ""
    elif entry_type in NUMBERED_IN_SERIES and _counts_in_series(fields, text):
        text["collection-number"] = text.pop("volume")
    elif "eid" in fields and "page" not in text:
        text["page"] = _number(fields["eid"])
    text |= _present({"issue": issue, "number": number})


def _publication(
    entry_type: str, type_: str, fields: Mapping[str, str], text: dict[str, str]
) -> None:
    """Put genre, medium, language and jurisdiction into ``text``.

    If ``address`` and ``location`` are both given, the second is the place of the event. A code for
    the status becomes words: ``inpress`` is ``in press``. The ``location`` of a patent is its
    ``jurisdiction``. A ``type`` that only repeats the entry type is left out.
    """
    if "address" in fields and fields.get("location", "").strip() and type_ != "patent":
        text.setdefault("event-place", decode_text(fields["location"]))  # as ACM has it
    written = decode_text(fields["type"]) if "type" in fields else ""
    if repeats_entry_type(written, entry_type, type_):
        written = ""
    subtype = decode_text(fields.get("entrysubtype", ""))
    text |= _present(
        {
            "genre": genre(entry_type, written, subtype),
            "medium": medium(subtype),
            "language": _language(fields),
        }
    )
    if "status" in text:
        text["status"] = _STATUSES.get(text["status"], text["status"])
    if type_ == "patent" and "location" in fields:
        text["jurisdiction"] = text.pop("publisher-place", "")


def _publishers(
    type_: str, fields: Mapping[str, str], text: dict[str, str], *, lists: bool
) -> None:
    """Put the publisher into ``text``, and an archive or court if it is somebody else.

    Example: beside a school, the publisher of a thesis (ProQuest) is its archive. ``lists`` is true
    if "and" separates publishers: it does in biblatex, and in BibTeX it is a word of the name.
    Different names in ``school``, ``institution``, ``organization``, ``howpublished`` and
    ``publisher`` are joined by semicolons.
    """
    read = _listed if lists else decode_text
    listed = {name: read(fields[name]) for name in _PUBLISHERS if name in fields}
    if type_ == "thesis" and len(listed) > 1 and "publisher" in listed:
        text["archive"] = listed.pop("publisher")  # ProQuest; the university is the publisher
    if type_ == "legal_case" and "institution" in listed:
        text["authority"] = listed.pop("institution")  # the court
    publishers = list(listed.values())
    if "howpublished" in fields:
        publishers.insert(
            -1 if "publisher" in listed else len(publishers), beside_url(fields["howpublished"])
        )
    if publisher := "; ".join(dict.fromkeys(filter(None, publishers))):
        text["publisher"] = publisher
    if type_ == "graphic" and "publisher-place" in text and "publisher" not in fields:
        # The museum, and where it is.
        text["archive"] = text.pop("publisher", "")
        text["archive-place"] = text.pop("publisher-place")


def _listed(value: str) -> str:
    """Return a publisher; three or more of biblatex's list are separated by semicolons.

    Two can be one: Simon and Schuster.
    """
    several = split_names(value) if value.count("and") >= _LEAST_OF_A_LIST - 1 else []
    if len(several) < _LEAST_OF_A_LIST:
        return decode_text(value)
    return "; ".join(decode_text(one) for one in several)


def _counts_in_series(fields: Mapping[str, str], text: Mapping[str, str]) -> bool:
    """Return whether ``volume`` is a volume of the series: there is no work of several volumes."""
    return "series" in fields and "volume" in text and not fields.get("maintitle", "").strip()


def _language(fields: Mapping[str, str]) -> str:
    """Return the language tag for ``langid``, ``language`` or ``hyphenation``; else an empty text.

    The first that has a value counts. If ``langidopts`` names a variant, the tag is that of the
    variant.
    """
    for name in ("langid", "language", "hyphenation"):
        if name in fields and (language := decode_text(fields[name])):
            variant = re.search(_VARIANT, fields.get("langidopts", ""))
            return language_tag(variant[1] if variant else language)
    return ""


def _names(
    type_: str, fields: Mapping[str, str]
) -> tuple[dict[str, tuple[Name, ...]], frozenset[str]]:
    """Return the names by variable, and the variables whose list says that there are more names.

    The role of an editor comes from ``editortype``; an unknown role is that of an editor. Names of
    several fields with one role are joined. The holder of a patent without an author is its author.
    """
    found: dict[str, tuple[Name, ...]] = {}
    truncated = set()
    roles = [(name, NAME_VARIABLES[name]) for name in fields if name in NAME_VARIABLES]
    if len(roles) > 1:
        roles.sort(key=lambda role: _FIELDS_IN_ORDER.index(role[0]))
    for name in () if _EDITOR_TYPES.isdisjoint(fields) else _EDITORS:
        if name in fields and (kind := fields.get(name + "type", "").strip().lower()):
            roles = [role for role in roles if role[0] != name]
            roles.append((name, EDITOR_ROLES.get(kind, "editor")))
    if type_ == "patent" and "author" not in fields and "holder" in fields:
        roles.append(("holder", "author"))
    for name, variable in roles:
        names, more = parse_names(fields[name])
        if names:
            found[variable] = found.get(variable, ()) + names
            if more:
                truncated.add(variable)
    return found, frozenset(truncated)


def _dates(fields: Mapping[str, str]) -> tuple[dict[str, Date], str]:
    """Return the dates by variable, and the status of a work to come, such as ``in press``.

    ``date`` counts before ``year`` and ``month``. Words such as ``n.d.`` give no date. The date of
    an event becomes the date of publication if there is no other, and is left out if both are
    equal.
    """
    dates: dict[str, Date] = {}
    if date := fields.get("date", "").strip():
        dates["issued"] = edtf_date(date) or read_date(decode_text(date))
    elif "year" in fields or "month" in fields:
        dates |= _issued(fields.get("year", ""), fields.get("month", ""), fields.get("day", ""))
    if not _OTHER_DATES.isdisjoint(fields):
        _other_dates(fields, dates)
    status = ""
    if (issued := dates.get("issued")) and issued.literal:
        if is_to_come(issued.literal):
            status = issued.literal
        if status or re.fullmatch(_NO_YEAR, issued.literal):
            del dates["issued"]
    if (event := dates.get("event-date")) and dates.setdefault("issued", event) == event:
        del dates["event-date"]  # said once
    return {variable: date for variable, date in dates.items() if date != _NO_DATE}, status


def _other_dates(fields: Mapping[str, str], dates: dict[str, Date]) -> None:
    """Put the dates of events, first editions and access into ``dates``.

    A text that is no date is kept as the words of the date.
    """
    for prefix, variable in DATE_PREFIXES.items():
        if written := fields.get(f"{prefix}date", "").strip():
            dates[variable] = edtf_date(written) or read_date(decode_text(written))
        elif year := fields.get(f"{prefix}year", ""):
            rest = (decode_text(fields.get(prefix + part, "")) for part in ("month", "day"))
            dates[variable] = bibtex_date(decode_text(year), *rest)
    for name in _ACCESSED:
        if "accessed" not in dates and (written := fields.get(name, "").strip()):
            dates["accessed"] = edtf_date(written) or read_date(decode_text(written))


@lru_cache(maxsize=_REMEMBERED)
def _issued(year: str, month: str, day: str) -> dict[str, Date]:
    """Return the dates that year, month and day give together; the original year too, if given.

    The year of a copyright behind another year is left out: ``2001 ©1999``.
    """
    year = re.sub(_COPYRIGHT_YEAR, "", decode_text(year)) or decode_text(year)
    month, day = decode_text(month), decode_text(day)
    dates = {"issued": bibtex_date(year, month, day)}
    if original := original_year(year):
        dates["original-date"] = Date(((original,),))
    return {variable: date for variable, date in dates.items() if date != _NO_DATE}
