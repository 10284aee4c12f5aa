"""Read NBIB files, the MEDLINE format in which PubMed exports citations.

Source: National Library of Medicine, "MEDLINE/PubMed Data Element (Field) Descriptions".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.formats.bibtex.tables.languages import language_tag
from compcite.formats.fresh_keys import FreshKeys
from compcite.formats.nbib.eric import OWNER, eric_texts, eric_type, in_pubmed_order
from compcite.formats.nbib.terms import IN_SERIES, STATES, TEXTS, TYPES, TYPES_ALONE, UNTITLED
from compcite.formats.page_counts import page_count
from compcite.formats.reference_manager import joined_keywords, unescaped
from compcite.formats.tagged import TaggedLine, read_tagged, span_of
from compcite.model.item import Date, Item, Name
from compcite.model.library import Entry, Field, Problem
from compcite.model.source import Span
from compcite.text.doi import read_doi
from compcite.text.languages import ISO_639_2, joined_languages
from compcite.values.dates import bibtex_date
from compcite.values.person_names import is_suffix, read_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compcite.formats.tagged import Untagged
    from compcite.model.source import SourceFile

__all__ = ["read_nbib"]

_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?")
_FIELDS = TEXTS | {
    "TI": "title",
    "BTI": "booktitle",
    "AB": "abstract",
    "PG": "page",
    "CTI": "collection-title",
    "PST": "status",
    "JT": "container-title",
    "TA": "container-title-short",
    "DP": "issued",
    "FAU": "author",
    "CN": "author",
    "FED": "editor",
    "ED": "editor",
    "IS": "issn",
    "ISBN": "isbn",
    "LA": "language",
    "PL": "publisher-place",
    "PMC": "pmcid",
    "GN": "note",
    "OT": "keyword",
    "MH": "keyword",
}
_SHORT = re.compile(
    r"(?P<family>.+?)(?<!\s)\s++(?P<given>[^\W\d_a-z]{1,4})(?:\s+(?P<suffix>\S+))?$"
)
_LABEL = re.compile(r"(?:(?<!\s)\s++)?\[(\w+)\]$")
_KIND = re.compile(r"(?:(?<!\s)\s++)?\([^()]*+\)")
_IN_BRACKETS = re.compile(r"\[(.+)\]\.?$", re.DOTALL)
_SPAN = re.compile(r"(?P<first>\d{4}\b.*?)\s*-\s*(?P<last>\d{4}\b.*)$")
_DOI_IN_SOURCE = re.compile(r"\bdoi:\s*(10\.\d{4,9}/\S+?)\.?(?:\s|$)", re.IGNORECASE)
_KNOWN = {kind.lower(): type_ for kind, type_ in TYPES.items()}
_KNOWN_ALONE = {kind.lower(): type_ for kind, type_ in TYPES_ALONE.items()}


def read_nbib(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of an NBIB file, and a problem for each part that is not a citation.

    A citation begins with ``PMID``. One without a ``PMID`` begins after an empty line. A part
    without title, authors and journal is a problem. Nothing is raised.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    keys = FreshKeys()
    for block in _citations(read_tagged(source.text, _TAG)):
        lines = [line for line in block if isinstance(line, TaggedLine)]
        tags = {line.tag for line in lines}
        if tags.isdisjoint(("TI", "BTI", "FAU", "AU", "JT", "TA", "TT")):
            message = "The record has neither title nor authors nor journal."
            problems.append(Problem("entry-unparsed", message, source, span_of(block)))
            continue
        item = _item(lines)
        key = keys.of(item)
        fields = tuple(_fields(lines))
        kinds = [line.value.lower() for line in lines if line.tag == "PT"]
        entries.append(
            Entry(
                key,
                replace(item, id=key),
                kinds[0] if kinds else item.type,
                fields,
                source,
                span_of(block),
                format="nbib",
            )
        )
    return entries, problems


def _citations(
    lines: Iterable[TaggedLine | Untagged],
) -> Iterator[list[TaggedLine | Untagged]]:
    """Yield the lines of each citation as one list.

    A citation begins at ``PMID``, or after an empty line if the one before has no ``PMID``. Lines
    before the first tag are a list of their own.
    """
    block: list[TaggedLine | Untagged] = []
    numbered = False  # whether the block has a PMID
    for line in lines:
        number = isinstance(line, TaggedLine) and line.tag == "PMID"
        apart = isinstance(line, TaggedLine) and line.blank_before and not numbered
        if block and (number or apart or not isinstance(block[0], TaggedLine)):
            yield block
            block, numbered = [], False
        block.append(line)
        numbered = numbered or number
    if block:
        yield block


def _item(lines: Sequence[TaggedLine]) -> Item:
    """Return the item that the tagged lines of one citation describe.

    A record of ERIC is read with ERIC's own types, dates and texts. Notes and abstracts that stand
    in several lines are joined by line ends. The place of publication of an article is left out,
    since it is the country of the journal.
    """
    values: dict[str, list[str]] = {}
    for line in lines:
        if value := unescaped(line.value):
            values.setdefault(line.tag, []).append(value)
    of_eric = values.get("OWN") == [OWNER]
    type_ = eric_type(values.get("PT", ())) if of_eric else _type(values)
    texts = {"PMID": "PMID", **TEXTS}
    text = {variable: values[tag][0] for tag, variable in texts.items() if tag in values}
    text |= _titles(values)
    text |= _series(values)
    text |= _pages(values)
    text |= _state(values)
    text |= _identifiers(values)
    place = values.get("PL")
    if place and not (type_ in TYPES.values() or type_ == "article-journal"):
        text["publisher-place"] = place[0]  # of an article it is the country of the journal
    if of_eric:
        if type_ != "article-journal":
            text.pop("container-title", None)
        text |= eric_texts(type_, values)
    if languages := values.get("LA"):
        text["language"] = joined_languages(map(_language, languages))
    if keywords := values.get("OT") or values.get("MH"):
        text["keyword"] = joined_keywords([word.strip("*") for word in keywords])
    for tag, variable in (("GN", "note"), ("AB", "abstract")):
        if tag in values:
            text[variable] = "\n".join(dict.fromkeys(values[tag]))
    names = {
        variable: people
        for variable, people in (
            ("author", _people(lines, "FAU", "AU", "CN")),
            ("editor", _people(lines, "FED", "ED")),
        )
        if people
    }
    short = values.get("AU", [""])[-1].lower().strip(".")
    truncated = frozenset({"author"} if short == "et al" and "author" in names else ())
    day = next(iter(values.get("DP") or values.get("DEP") or ()), "")
    issued = _date(in_pubmed_order(day) if of_eric else day)
    return Item(type_, text, names, {"issued": issued} if issued != Date() else {}, "", truncated)


def _language(value: str) -> str:
    """Return the language tag for a code or English name: ``eng`` and ``English`` become ``en``."""
    return ISO_639_2.get(value) or language_tag(value)


def _type(values: dict[str, list[str]]) -> str:
    """Return the CSL type of a citation, from its types of publication and the titles it has.

    With the title of a book (``BTI``) it is a chapter or conference paper, or the book if it has no
    title of its own. Without a type that is known it is ``book`` if it has an ISBN and no journal,
    else ``article-journal``.
    """
    kinds = [kind.lower() for kind in values.get("PT", ())]
    if "BTI" in values:
        part = "paper-conference" if "congress" in kinds else "chapter"
        return part if "TI" in values else "book"
    known = _KNOWN if "JT" in values else _KNOWN | _KNOWN_ALONE
    found = next((known[kind] for kind in kinds if kind in known), "")
    return found or ("book" if "ISBN" in values and "JT" not in values else "article-journal")


def _titles(values: dict[str, list[str]]) -> dict[str, str]:
    """Return the titles of the work and of its journal or book, by variable, without empty ones.

    The title of a book (``BTI``) is that of the container if the work has a title of its own. The
    full stop of PubMed is removed, and the brackets that it puts round a translated title. PubMed's
    ``[Not Available]`` counts as no title.
    """
    title = next(iter(values.get("TI", ()) or values.get("BTI", ())), "")
    if _unstopped(title) == UNTITLED:
        title = ""
    elif translated := _IN_BRACKETS.match(title):
        title = translated[1]
    found = {"title": _unstopped(title)}
    if "BTI" in values and "TI" in values:
        found["container-title"] = _unstopped(values["BTI"][0])
    else:
        journal = values.get("JT") or values.get("TA") or [""]
        found["container-title"] = journal[0]
        if "JT" in values and "TA" in values and values["TA"] != values["JT"]:
            found["container-title-short"] = values["TA"][0]
    if "TT" in values:
        found["original-title"] = _unstopped(values["TT"][0])
    return {variable: value for variable, value in found.items() if value}


def _series(values: dict[str, list[str]]) -> dict[str, str]:
    """Return the title of the series and the number in it: ``Lecture Notes ; 12``.

    Without a number the whole text is the title.
    """
    written = next(iter(values.get("CTI", ())), "")
    title, between, number = written.rpartition(IN_SERIES)
    if between and title and number:
        return {"collection-title": title, "collection-number": number}
    return {"collection-title": written} if written else {}


def _pages(values: dict[str, list[str]]) -> dict[str, str]:
    """Return the pages, and the number of pages, which has a unit: ``12-19``, ``346 p.``."""
    found: dict[str, str] = {}
    for value in values.get("PG", ()):
        if count := page_count(value):
            found.setdefault("number-of-pages", count)
        else:
            found.setdefault("page", value)
    return found


def _state(values: dict[str, list[str]]) -> dict[str, str]:
    """Return the state of the publication as ``status``; nothing for what is published."""
    written = next(iter(values.get("PST", ())), "")
    state = STATES.get(written, written)
    return {"status": state} if state else {}


def _unstopped(title: str) -> str:
    """Return a title without the full stop at its end. An ellipsis (``...``) stays."""
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def _identifiers(values: dict[str, list[str]]) -> dict[str, str]:
    """Return the DOI, article number, ISSN and ISBN that a citation gives, by variable.

    A DOI need not have its mark ``[doi]``; without one in ``LID`` or ``AID``, that in the source
    line ``SO`` counts. The article number is taken only if there are no pages.
    """
    found: dict[str, str] = {}
    paged = "page" in _pages(values)
    for value in (*values.get("LID", ()), *values.get("AID", ())):
        label = _LABEL.search(value)
        if label and label[1] == "doi":
            found.setdefault("DOI", value[: label.start()])
        elif label is None and (read := read_doi(value)) and not read.page:
            found.setdefault("DOI", read.doi)
        elif label and label[1] == "pii" and not paged and "LID" in values:
            found.setdefault("number", value[: label.start()])
    cited = _DOI_IN_SOURCE.search(" ".join(values.get("SO", ())))
    if cited:
        found.setdefault("DOI", cited[1])
    for tag, variable in (("IS", "ISSN"), ("ISBN", "ISBN")):
        numbers = [_KIND.sub("", value).strip() for value in values.get(tag, ())]
        if numbers:
            found[variable] = ", ".join(dict.fromkeys(numbers))
    return found


def _people(
    lines: Sequence[TaggedLine], full: str, short: str, group: str = ""
) -> tuple[Name, ...]:
    """Return the names of a list of authors or editors, in the order of the lines.

    ``full`` is the tag of whole names (``FAU``), ``short`` that of names with initials (``AU``),
    ``group`` that of institutions (``CN``). Names with initials are used only if no line has the
    tag ``full``. ``et al`` is no name.
    """
    in_full = any(line.tag == full for line in lines)
    found = []
    for line in lines:
        value = unescaped(line.value)
        if line.tag == full:
            found.append(_full_name(value))
        elif line.tag == group:
            found.append(Name(literal=value))
        elif line.tag == short and not in_full and value.lower().strip(".") != "et al":
            found.append(_short_name(value))
    return tuple(name for name in found if name.family or name.literal)


def _full_name(value: str) -> Name:
    """Return the name written as ``Family, Given Suffix``; an empty ``Name`` for an empty text."""
    family, comma, given = value.partition(",")
    rest, _, suffix = given.strip().rpartition(" ")
    if comma and rest and is_suffix(suffix):
        value = f"{family}, {rest.rstrip(', ')}, {suffix}"
    return read_person(value) or Name()


def _short_name(value: str) -> Name:
    """Return the name written as ``Family JA Suffix``, such as ``Smith JA Jr``.

    With a comma it is read as ``Family, Given``. A text of another form becomes an institution.
    """
    if "," in value:
        return _full_name(value)
    short = _SHORT.match(value)
    if short is None:
        return Name(literal=value)
    parts = (short["family"], " ".join(short["given"]), short["suffix"])
    return read_person(", ".join(filter(None, parts))) or Name()


def _date(published: str) -> Date:
    """Return the date for a text such as ``2017 Mar 15`` or ``1998 Dec-1999 Jan``.

    Words that are no date are kept in ``literal``. The year 0000 gives an empty date.
    """
    if published.startswith("0000"):
        return Date()
    if published.isdecimal() and len(published) > len("2017"):
        published = f"{published[:4]} {published[4:6]} {published[6:]}".strip()
    if years := _SPAN.match(published):
        first, last = _date(years["first"]), _date(years["last"])
        if first.parts and last.parts:
            return Date((first.parts[0], last.parts[-1]))
    year, _, rest = published.partition(" ")
    if not year.isdecimal():
        return bibtex_date(published, "", "")
    month, _, day = rest.partition(" ")
    if month.isdecimal():
        return bibtex_date(year, month, day)
    return bibtex_date(year, rest, "")


def _fields(lines: Sequence[TaggedLine]) -> Iterator[Field]:
    """Yield the fields of a citation, under the name of the CSL variable that means the same.

    A line with a DOI gives a field ``doi``, whose value does not include the mark ``[doi]``. A tag
    without a CSL variable gives its own name in lower case.
    """
    for line in lines:
        label = _LABEL.search(line.value) if line.tag in ("LID", "AID") else None
        if label and label[1] == "doi":
            start = line.value_span.start
            content = Span(start, start + label.start())
            value = line.value[: label.start()]
            yield Field("doi", value, line.span, content, content)
        elif line.value:
            name = _FIELDS.get(line.tag, line.tag.lower())
            yield Field(name, line.value, line.span, line.value_span, line.value_span)
