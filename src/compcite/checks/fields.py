"""Family E2: rules about single fields, which need no registry.

Each rule yields a fault if what the first line of its docstring says is true of the entry.
Sources: the required fields of entry types in "BibTeXing" (Patashnik 1988, section 3) and in
the biblatex manual (section 2.1); EDTF levels 0 and 1 (Library of Congress, ISO 8601-2) as
biblatex reads them; ISO 2108 (ISBN) and ISO 3297 (ISSN) for check digits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.checks.case import Case, Fault, place_of
from compcite.checks.identifiers import other_dois
from compcite.model.report import Change, Fix, Severity
from compcite.values.biblatex import is_for_biblatex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.model.library import Entry, Field

__all__ = [
    "date_malformed",
    "field_missing",
    "is_bibtex",
    "isbn_invalid",
    "issn_invalid",
    "pages_malformed",
    "url_repeats_doi",
]

# A line a type: what it requires, alternatives joined by a stroke. Where BibTeX and biblatex
# have the same type, the first table is for entries written for BibTeX.
_BIBTEX_TABLE = """
article: author title journal year
book: author|editor title publisher year
booklet: title
conference: author title booktitle year
inbook: author|editor title chapter|pages publisher year
incollection: author title booktitle publisher year
inproceedings: author title booktitle year
manual: title
mastersthesis: author title school|institution year
phdthesis: author title school|institution year
proceedings: title year
techreport: author title institution year
unpublished: author title note
"""
_BIBLATEX_TABLE = """
article: author title journal|journaltitle year|date
book: author|editor title year|date
booklet: author|editor title year|date
bookinbook: author title booktitle year|date
collection: editor title year|date
dataset: title
inbook: author title booktitle year|date
incollection: author title booktitle year|date
inproceedings: author title booktitle year|date
inreference: title booktitle year|date
manual: title year|date
mvbook: author|editor title year|date
mvcollection: editor title year|date
mvproceedings: title year|date
online: title url|doi|eprint
patent: author title number year|date
periodical: title year|date
phdthesis: author title institution|school year|date
proceedings: title year|date
report: author title institution year|date
suppbook: author title booktitle year|date
thesis: author title institution|school year|date
unpublished: author title
"""


def _required(table: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the required fields of each entry type in a table; a tuple names alternatives.

    The line ``book: author|editor title`` gives ``{"book": (("author", "editor"), ("title",))}``.
    """
    lines = (line.partition(": ") for line in table.strip().splitlines())
    return {
        kind: tuple(tuple(names.split("|")) for names in required.split())
        for kind, _, required in lines
    }


_BIBTEX, _BIBLATEX = _required(_BIBTEX_TABLE), _required(_BIBLATEX_TABLE)
_NAMING_PARENTS = frozenset({"crossref", "xref", "xdata", "entryset", "related"})
# What an inherited field becomes in the item, where the entry does not say it itself.
_IN_ITEM = {
    "author": "author",
    "editor": "editor",
    "title": "title",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "year": "issued",
    "date": "issued",
    "note": "note",
    "number": "number",
    "pages": "page",
}


def field_missing(case: Case) -> Iterator[Fault]:
    """A field is missing that the entry type requires.

    Styles then leave a gap or a question mark, and BibTeX warns. What BibTeX requires is asked
    of entries written for it, what biblatex requires of those that use its fields or types.
    What an entry inherits by `crossref` or `xdata` counts as its own. A preprint needs no journal.
    Entries without any field, unknown entry types and other formats than BibTeX are left alone.

        @article{au2017, author = {Au, Teresa}, title = {A Title}, year = 2017}
    """
    entry = case.entry
    if not is_bibtex(entry):
        return
    tables = (_BIBLATEX, _BIBTEX) if is_for_biblatex(entry) else (_BIBTEX, _BIBLATEX)
    required = next((table[entry.type] for table in tables if entry.type in table), ())
    missing = [names for names in required if not any(_has(entry, name) for name in names)]
    if entry.item.type == "article":  # a preprint, which is in no journal
        missing = [names for names in missing if "journal" not in names]
    if missing and entry.fields:
        shown = ", ".join(" or ".join(names) for names in missing)
        has_record = case.written is not None and case.written.doi is not None and entry.key
        offer = f"; compcite update {entry.key} takes what its record has" if has_record else ""
        yield Fault(f"@{entry.type} requires {shown}{offer}", place_of(entry), missing[0][0])


def is_bibtex(entry: Entry) -> bool:
    """Whether an entry is written in BibTeX or biblatex."""
    return entry.format == "bibtex"


def _has(entry: Entry, name: str) -> bool:
    """Return whether an entry has a field with a value, or inherits its value.

    It inherits if it names another entry, by ``crossref`` or the like, and its item has the value.
    """
    field = entry.field(name)
    if field is not None and field.value.strip():
        return True
    if not any(field.name in _NAMING_PARENTS for field in entry.fields):
        return False
    variable, item = _IN_ITEM.get(name, name), entry.item
    return variable in item.text or variable in item.names or variable in item.dates


_DATE_FIELDS = ("date", "origdate", "eventdate", "urldate")
_DAY = r"-?(?:\d{4}|\d{3}X|\d\dXX)(?:-(?:0[1-9]|1[0-2]|2[1-4]|XX)(?:-(?:[0-2]\d|3[01]|XX))?)?"
_TIME = r"(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?"
_EDTF = re.compile(rf"(?:{_DAY}{_TIME}[?~%]?|-?\d{{1,4}}|Y-?\d{{5,}})")
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ANCIENT = re.compile(r"\b(?:BCE?|B\.C\.|AD|A\.D\.|CE)|^-\d|^\d{1,3}$", re.IGNORECASE)
_MONTHS = range(1, 13)
_LONGEST = 18  # digits of a number; Python refuses to read one of thousands


def date_malformed(case: Case) -> Iterator[Fault]:
    """A date cannot be read as one.

    biblatex reads `date` and its like as ISO dates with the extensions of EDTF, and drops
    what it cannot read. A `year` with a digit has four in a row, or is an ancient one (`85`,
    `44 BC`); words such as *in press* are fine. A `month` that is a number lies between 1 and 12.

        date = {12.05.2017}
        date = {2017-05-12}
    """
    if not is_bibtex(case.entry):
        return  # other formats write dates in other ways
    for name in _DATE_FIELDS:
        field = case.entry.field(name)
        if field and field.value.strip() and not _is_edtf(field.value.strip()):
            yield _odd_date(case.entry, field)
    year = case.entry.field("year")
    if year and any(char.isdigit() for char in year.value) and not _is_year(year.value.strip()):
        yield _odd_date(case.entry, year)
    month = case.entry.field("month")
    if month and month.value.strip().isdecimal() and not _is_month(month.value.strip()):
        yield _odd_date(case.entry, month)


def _odd_date(entry: Entry, field: Field) -> Fault:
    """Return the fault about a field that should hold a date."""
    message = f"{field.name} cannot be read as a date: {field.value.strip()}"
    return Fault(message, place_of(entry, field), field.name, actual=field.value.strip())


def _is_edtf(text: str) -> bool:
    """Return whether a text is a date in EDTF, or a range of two, one or both of them left open."""
    ends = text.split("/")
    if len(ends) > 2:  # noqa: PLR2004 - a range has two ends
        return False
    open_ends = ("", "..") if len(ends) > 1 else ()
    return all(end in open_ends or _EDTF.fullmatch(end) for end in ends)


def _is_year(text: str) -> bool:
    """Return whether a text has a year of four digits, or an ancient one: ``85``, ``44 BC``."""
    return bool(_FOUR_DIGITS.search(text) or _ANCIENT.search(text.strip("{} ")))


def _is_month(digits: str) -> bool:
    """Return whether a number is from 1 to 12."""
    return len(digits) <= _LONGEST and int(digits) in _MONTHS


_PAGES_LABEL = re.compile(r"^\s*(?:pp?\.|pages?|seiten?|S\.)\s*(?=\d)", re.IGNORECASE)
_LONG_DASH = re.compile(r"(?<=\w)\s*(?:-{3,}|-\s+-|[–—]{2,})\s*(?=\w)")
_LOOSE_DASH = re.compile(r"^\s*[-–—]+|(?<![-–—])[-–—]+\s*$")
_HYPHENED_RANGE = re.compile(
    r"\w+-\w+(?:\s*(?:--|–)\s*\w+-\w+)?(?:,\s*\w+-\w+(?:\s*(?:--|–)\s*\w+-\w+)?)*"
)
_RANGE = re.compile(rf"(?<!\d)(\d{{1,{_LONGEST}}})\s*[-–—]+\s*(\d{{1,{_LONGEST}}})(?!\d)")


def pages_malformed(case: Case) -> Iterator[Fault]:
    """The pages are not written as styles expect them.

    Styles write the label *pp.* themselves, so one in the field appears twice; a dash wants a
    page on either side; a range cannot end before it begins (`321-8` is short for `321-328`, and
    `3-2--3-14` counts pages by chapter). Labels and long dashes have a safe fix, the other faults
    have none. Values with a backslash are left alone.

        pages = {pp. 207---221}
        pages = {207--221}
    """
    field = case.entry.field("pages")
    if field is None or "\\" in field.value:
        return
    text = field.value.strip()
    place = place_of(case.entry, field)
    mended = _LONG_DASH.sub("--", _PAGES_LABEL.sub("", text))
    if mended != text:
        fix = Fix(f"Write {mended}", safe=True, changes=(Change("page", mended),))
        yield Fault(f"pages should read {mended}", place, "pages", actual=text, fix=fix)
    elif _LOOSE_DASH.search(text) and any(char.isdigit() for char in text):
        yield Fault(f"a page is missing beside the dash: {text}", place, "pages", actual=text)
    elif _HYPHENED_RANGE.fullmatch(text):
        return  # pages that are numbered by chapter: 3-2--3-14
    elif any(_runs_backwards(*found.groups()) for found in _RANGE.finditer(text)):
        yield Fault(f"the range ends before it begins: {text}", place, "pages", actual=text)


def _runs_backwards(first: str, last: str) -> bool:
    """Return whether a range of pages ends before it begins.

    A shortened end (321-8) does not count.
    """
    return len(last) >= len(first) and int(last) < int(first)


# Ten digits, or thirteen; between two of them may stand what somebody took for a hyphen.
_ISBN = re.compile(
    r"(?<![\dX])(?:9_?7_?[89]_?)?(?:\d_?){9}[\dX](?![\dX])".replace("_?", r"(?:--|[\W_])?"),
    re.IGNORECASE,
)
_NO_HYPHEN = re.compile(r"--|[^\w -]|_")
_ISSN = re.compile(r"(?<!\d)(\d{4})\W?(\d{3}[\dX])(?!\d)", re.IGNORECASE)
_DIGITS_OF_ISBN_10 = 10


def isbn_invalid(case: Case) -> Iterator[Fault]:
    """An ISBN has the wrong length or check digit, or dashes for hyphens.

    Its last digit follows from the others, so a slip of a digit shows. Hyphens may stand
    anywhere or be left out; a dash or full stop in their place is only a note, and its fix is safe.

        isbn = {978–0–19–852663–6}
        isbn = {978-0-19-852663-6}
    """
    field = case.entry.field("isbn")
    if field is None or not any(char.isdigit() for char in field.value):
        return
    text = " ".join(field.value.split())
    place = place_of(case.entry, field)
    found = [re.sub(r"[\W_]", "", isbn) for isbn in _ISBN.findall(text)]
    if not found or not all(_isbn_is_right(isbn.upper()) for isbn in found):
        message = f"this is no ISBN, or a digit of it is wrong: {text}"
        yield Fault(message, place, "isbn", actual=text)
        return
    mended = _ISBN.sub(lambda isbn: _NO_HYPHEN.sub("-", isbn[0]), text)
    if mended != text:
        fix = Fix(f"Write {mended}", safe=True, changes=(Change("ISBN", mended),))
        message = f"the ISBN should read {mended}"
        yield Fault(message, place, "isbn", actual=text, fix=fix, severity=Severity.NOTE)


def _isbn_is_right(isbn: str) -> bool:
    """Return whether the check digit of an ISBN of ten or thirteen signs is right (ISO 2108).

    ``isbn`` holds digits only, and an X in capitals.
    """
    if len(isbn) == _DIGITS_OF_ISBN_10:
        return _weighted(isbn, range(10, 0, -1)) % 11 == 0
    return "X" not in isbn and _weighted(isbn, (1, 3) * 7) % 10 == 0


def _weighted(digits: str, weights: Iterable[int]) -> int:
    """Return the sum of the digits multiplied by their weights; X counts as ten."""
    values = (10 if digit == "X" else int(digit) for digit in digits)
    return sum(value * weight for value, weight in zip(values, weights, strict=False))


def issn_invalid(case: Case) -> Iterator[Fault]:
    """An ISSN has the wrong length or check digit, or lacks its hyphen.

    Its last digit follows from the others, so a slip of a digit shows. A missing hyphen is only
    a note, and its fix is safe.

        issn = {00057894}
        issn = {0005-7894}
    """
    field = case.entry.field("issn")
    if not (is_bibtex(case.entry) or "ISSN" in case.entry.item.text):
        return  # RIS has one tag for numbers of all kinds
    if field is None or not any(char.isdigit() for char in field.value):
        return
    text = " ".join(field.value.split())
    place = place_of(case.entry, field)
    found = _ISSN.findall(text)
    if not found or not all(_issn_is_right((head + tail).upper()) for head, tail in found):
        message = f"this is no ISSN, or a digit of it is wrong: {text}"
        yield Fault(message, place, "issn", actual=text)
    elif (mended := _ISSN.sub(r"\1-\2", text)) != text:
        fix = Fix(f"Write {mended}", safe=True, changes=(Change("ISSN", mended),))
        message = f"the ISSN should read {mended}"
        yield Fault(message, place, "issn", actual=text, fix=fix, severity=Severity.NOTE)


def _issn_is_right(issn: str) -> bool:
    """Return whether the check digit of an ISSN without its hyphen is right (ISO 3297)."""
    return _weighted(issn, range(8, 0, -1)) % 11 == 0


def url_repeats_doi(case: Case) -> Iterator[Fault]:
    """The URL says nothing that the DOI does not.

    Styles print both, and APA wants one of them. The fix is unsafe, for some styles know no
    DOIs: it removes the URL.

        doi = {10.1111/bjc.12009}
        url = {https://doi.org/10.1111/bjc.12009}
    """
    written = case.written
    if written is None or written.doi is None or not written.in_doi_field:
        return
    for other in other_dois(case.entry):
        if other.field and other.field.name == "url" and other.alone and other.doi == written.doi:
            fix = Fix("Remove the url", safe=False, changes=(Change("URL", None),))
            message = f"url only repeats the DOI {written.bare}"
            yield Fault(
                message, place_of(case.entry, other.field), "url", actual=other.text, fix=fix
            )
