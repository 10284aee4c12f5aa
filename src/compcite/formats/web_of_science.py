"""Web of Science's tagged form in, which its exports call "Plain Text File" and name .txt or .ciw.

Each line begins with a tag of two letters or goes on with the tag above it:

    PT J
    AU Doe, J
       Roe, R
    TI A study
    ER

Source: Clarivate, "Web of Science Core Collection Field Tags".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.formats.fresh_keys import FreshKeys
from compcite.formats.reference_manager import FIELD_NAMES, item_of_record, unescaped
from compcite.formats.tagged import TaggedLine, Untagged, read_tagged, span_of
from compcite.model.library import Entry, Field, Problem
from compcite.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.model.item import Item
    from compcite.model.source import SourceFile

__all__ = ["read_web_of_science"]

_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?: |$)")
_RANKS = {
    "TI": "title",
    "SO": "secondary-title",
    "SE": "tertiary-title",
    "JI": "abbreviation",
    "J9": "abbreviation",
    "PY": "year",
    "PD": "date",
    "VL": "volume",
    "IS": "issue",
    "BP": "start",
    "EP": "end",
    "AR": "article-number",
    "DI": "doi",
    "PM": "pubmed",
    "UT": "accession",
    "SN": "identifier",
    "EI": "identifier",
    "BN": "identifier",
    "PN": "patent-number",
    "PU": "publisher",
    "PI": "place",
    "LA": "language",
    "AB": "abstract",
    "DE": "keyword",
    "CT": "event",
    "CL": "event-place",
    "SU": "supplement",
}
_NAMES = (("AU", "author"), ("BE", "editor"), ("ED", "editor"), ("CA", "author"))
_TYPES = {
    "J": "article-journal",
    "B": "book",
    "S": "chapter",
    "P": "patent",
    "C": "paper-conference",
}
_DOCUMENT_TYPES = (
    ("proceedings paper", "paper-conference"),
    ("book chapter", "chapter"),
    ("book review", "review-book"),
    ("data set", "dataset"),
)
_FULL = {
    "AU": "AF",
    "BE": "BF",
}  # names with initials, and the same names in full
_LISTS = frozenset({"AU", "AF", "BE", "BF", "BA", "ED", "CA"})


def read_web_of_science(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of a Web of Science export, and a problem for each other part of the file.

    A record begins with ``PT`` and ends with ``ER``. Nothing is raised.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    keys = FreshKeys()
    for lines in _records(read_tagged(source.text, _TAG)):
        tagged = [line for line in lines if isinstance(line, TaggedLine)]
        if not tagged or tagged[0].tag != "PT" or not any(line.value for line in tagged[1:]):
            message = "A record must begin with a line PT and its type, and say something."
            problems.append(Problem("entry-unparsed", message, source, span_of(lines)))
            continue
        item = _item(tagged)
        key = keys.of(item)
        fields = tuple(_field(line) for line in tagged[1:] if line.value)
        kind = tagged[0].value.lower()
        entry = Entry(key, replace(item, id=key), kind, fields, source, span_of(lines))
        entries.append(replace(entry, format="web-of-science"))
    if not entries and not problems and source.text.strip():
        message = "The file has no records as Web of Science writes them."
        problems.append(Problem("entry-unparsed", message, source, Span(0, len(source.text))))
    return entries, problems


def _records(
    lines: Iterable[TaggedLine | Untagged],
) -> Iterator[list[TaggedLine | Untagged]]:
    """Yield the lines of each record as one list, without ``ER`` and the head of the file."""
    block: list[TaggedLine | Untagged] = []
    for line in lines:
        tag = line.tag if isinstance(line, TaggedLine) else ""
        if tag in ("PT", "ER", "EF") and block:
            yield block
            block = []
        if tag not in ("FN", "VR", "ER", "EF"):
            block.append(line)
    if block:
        yield block


def _item(lines: list[TaggedLine]) -> Item:
    """Return the item that the lines of one record describe.

    Names in full are used where the record has them, else those with initials.
    """
    written: dict[str, list[str]] = {}
    for line in lines:
        parts = line.value.split("\n") if line.tag in _LISTS else [line.value]
        written.setdefault(line.tag, []).extend(filter(None, map(unescaped, parts)))
    type_ = _type(written)
    values: dict[str, list[str]] = {}
    for tag, rank in _RANKS.items():
        values.setdefault(rank, []).extend(written.get(tag, ()))
    for tag, rank in _NAMES:
        values.setdefault(rank, []).extend(written.get(_FULL.get(tag, tag), written.get(tag, ())))
    values["keyword"] = [word.strip() for text in values["keyword"] for word in text.split(";")]
    item = item_of_record(type_, {rank: several for rank, several in values.items() if several})
    more = {"event-title": "event", "event-place": "event-place", "supplement-number": "supplement"}
    more |= {"number": "patent-number"} if type_ == "patent" else {}
    text = {variable: values[rank][0] for variable, rank in more.items() if values[rank]}
    return replace(item, text={**item.text, **text})


def _type(written: dict[str, list[str]]) -> str:
    """Return the CSL type of a record.

    What stands in a journal is an article or a book review, unless the document type ``DT`` says
    that it is a proceedings paper. Of other records ``DT`` decides, or else ``PT``, the type of the
    publication.
    """
    document = " ".join(written.get("DT", ())).lower()
    publication = "".join(written.get("PT", ()))
    if publication == "J" and "SO" in written and "proceedings paper" not in document:
        return "review-book" if "book review" in document else "article-journal"
    found = (type_ for name, type_ in _DOCUMENT_TYPES if name in document)
    return next(found, _TYPES.get(publication, "document"))


def _field(line: TaggedLine) -> Field:
    """Return a line as a field, under the name of the CSL variable if it is known.

    A tag whose meaning is not known gives its own name in lower case.
    """
    names = dict(_NAMES)
    rank = _RANKS.get(line.tag) or names.get(line.tag, line.tag.lower())
    name = FIELD_NAMES.get(rank, rank)
    return Field(name, line.value, line.span, line.value_span, line.value_span)
