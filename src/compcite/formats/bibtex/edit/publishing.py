"""Make the entry of a preprint that of the article which the preprint became.

Type, container, volume, pages, date, DOI and publisher become those of the article. What the entry
says of the preprint alone goes, except for its number at its server, which stands in ``eprint``.
All other fields stay. The result is proved: the entry is read again as the article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.errors import EditError
from compcite.formats.bibtex.edit.completing import home_of, retyping
from compcite.formats.bibtex.edit.proof import ENTRY_TYPE
from compcite.formats.bibtex.edit.rewriting import (
    edit_alone,
    edits_of_plan,
    given_field,
    plan_in_encoding,
)
from compcite.formats.bibtex.write.item_to_fields import to_fields
from compcite.formats.rewriting import Rewritten
from compcite.text.arxiv import ARXIV_PREFIX, find_arxiv_ids
from compcite.text.compare import compare_containers
from compcite.text.compare.words import squeeze
from compcite.text.markup import without_tags
from compcite.text.preprint_servers import PREPRINT_DOI, PREPRINT_SERVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.formats.bibtex.write.item_to_fields import Dialect
    from compcite.model.item import Item
    from compcite.model.library import Entry

__all__ = ["publish_bibtex"]

# These say where and when a work appeared, so those of the preprint are wrong for the article.
_PLACE = (
    *("journal", "journaltitle", "journalsubtitle", "shortjournal", "booktitle", "volume"),
    *("number", "issue", "pages", "eid", "month", "day", "version", "pubstate"),
)
# These may speak of the preprint; then they go.
_ABOUT_PREPRINT = ("howpublished", "institution", "note", "organization", "publisher", "type")
_ADDRESS = ("url", "urldate")
# These may name another preprint, or one of the works that the entry is about.
_ABOUT_OTHER_THINGS = frozenset({"abstract", "title", "annote", "file", "keywords"})
_INHERITING = ("crossref", "xdata")
_PREPRINT_WORDS = re.compile(r"\b(?:e-?print|pre-?print)s?\b", re.IGNORECASE)
# What may stand beside the name of the server in a field that says nothing else.
_REST = re.compile(
    r"\b(?:available|at|from|on|in|see|also|the|server|cornell|university|library|org|https?|doi"
    r"|www|abs|pdf|submitted|to|cs|stat|math|url|html)\b|[\W\d_]+",
    re.IGNORECASE,
)
_SAME = ("container-title", "volume", "issue", "page", "publisher", "DOI")


def publish_bibtex(entry: Entry, article: Item) -> Rewritten:
    """The edits that make the entry of a preprint the entry of its published article.

    Fields that are only about the preprint are removed, unless the entry names the article's
    journal already. Raises EditError if the entry inherits fields, or if the edited entry would not
    be read as the article.
    """
    source = entry.source
    if source is None or entry.format != "bibtex":
        raise EditError("the entry was not read from BibTeX")
    if any(given_field(entry, name) for name in _INHERITING):
        raise EditError(f"{entry.key}: it inherits fields from another entry")
    kind = ""

    def fields_in(dialect: Dialect) -> dict[str, str | None]:
        nonlocal kind
        made = to_fields(article, dialect)
        kind = made.type
        fields: dict[str, str | None] = dict(_dated(entry, article, made.fields, dialect))
        if not _names_container(entry, article):
            fields |= dict.fromkeys(_of_preprint(entry, fields))
        return fields | _eprint(entry, dialect)

    fields = plan_in_encoding(source, entry, fields_in)
    retyped = kind if kind != entry.type else ""
    edits = [*edits_of_plan(source, entry, fields), *retyping(source, entry, retyped)]
    names = {*fields, *((ENTRY_TYPE,) if retyped else ())}
    _prove(entry, article, edit_alone(source, entry, edits, names))
    return Rewritten(tuple(edits), tuple(sorted(names)))


def _names_container(entry: Entry, article: Item) -> bool:
    """Whether the entry names the journal or book of the article."""
    mine, theirs = (one.text.get("container-title", "") for one in (entry.item, article))
    loose = article.type != "article-journal"
    return bool(mine) and compare_containers([mine], [theirs], loose=loose).agrees


def _dated(
    entry: Entry, article: Item, made: dict[str, str], dialect: Dialect
) -> Iterator[tuple[str, str]]:
    """The article's fields, each under the name that the entry has for it.

    An entry with a ``date`` gets a date, and one with a ``year`` gets year and month.
    """
    has_date = given_field(entry, "date") is not None
    has_year = given_field(entry, "year") is not None
    in_date = has_date or (dialect.biblatex and not has_year)
    dated = to_fields(article, dialect._replace(biblatex=in_date)).fields
    for name, value in made.items():
        if name not in ("date", "year", "month", "day"):
            yield home_of(entry, name), value
    for name in ("date", "year", "month"):
        if name in dated and (name != "year" or not has_date):
            yield name, dated[name]


def _of_preprint(entry: Entry, written: dict[str, str | None]) -> Iterator[str]:
    """The names of the entry's fields that are about the preprint and get no other value."""
    for name in (*_PLACE, *_ABOUT_PREPRINT):
        field = entry.field(name)
        about = field is not None and (name in _PLACE or _only_names_preprint(field.value))
        if about and name not in written:
            yield name
    url = entry.field("url")
    leads_there = url is not None and (
        PREPRINT_SERVER.search(url.value) or PREPRINT_DOI.search(url.value)
    )
    if leads_there:
        yield from (name for name in _ADDRESS if entry.field(name) is not None)


def _only_names_preprint(value: str) -> bool:
    """Whether a value names a preprint and says nothing else: ``arXiv preprint arXiv:1706.03762``.

    A value with any word beside the server's name, its address and its number says more.
    """
    if not (PREPRINT_SERVER.search(value) or _PREPRINT_WORDS.search(value)):
        return False
    rest = PREPRINT_DOI.sub(" ", value)
    for found in reversed(list(find_arxiv_ids(rest))):
        rest = rest[: found.start] + " " + rest[found.end :]
    rest = _PREPRINT_WORDS.sub(" ", PREPRINT_SERVER.sub(" ", rest))
    return not _REST.sub("", rest)


def _eprint(entry: Entry, dialect: Dialect) -> dict[str, str]:
    """The fields for the number of the preprint, if the entry has no ``eprint``."""
    numbered = None if given_field(entry, "eprint") else _number(entry)
    if numbered is None:
        return {}
    server, number = numbered
    kind = "eprinttype" if dialect.biblatex else "archiveprefix"
    named = {} if given_field(entry, home_of(entry, kind)) else {kind: server}
    return {"eprint": number} | named


def _number(entry: Entry) -> tuple[str, str] | None:
    """The server of the preprint and its number there: ``("bioRxiv", "2020.05.01.123456")``.

    The number is what stands behind the slash of the DOI, since the whole DOI would contradict that
    of the article. One prefix can have two servers, so the entry has to name the server.
    """
    fields = [one for one in entry.fields if one.name not in _ABOUT_OTHER_THINGS]
    # Addresses have the server's name in small letters, so other fields come first.
    values = [one.value for one in sorted(fields, key=lambda one: one.name in ("doi", "url"))]
    for value in values:
        if found := next(find_arxiv_ids(value), None):
            return "arXiv", found.doi.removeprefix(ARXIV_PREFIX)
    server = next(filter(None, map(PREPRINT_SERVER.search, values)), None)
    doi = entry.item.text.get("DOI", "")
    if server is None or not PREPRINT_DOI.match(doi):
        return None
    return server[0], doi.partition("/")[2]


def _prove(entry: Entry, article: Item, edited: Entry) -> None:
    """Raise EditError unless the edited entry is read as the article."""
    said, meant = edited.item, article
    for variable in _SAME:
        mine, theirs = (squeeze(without_tags(one.text.get(variable, ""))) for one in (said, meant))
        if theirs and mine != theirs:
            raise EditError(f"{entry.key}: the article's {variable} would be read otherwise")
    for names in ("author", "editor"):
        if names in entry.item.names and names not in said.names:
            raise EditError(f"{entry.key}: its {names} would not be read")
    years = [one.dates["issued"].year for one in (said, meant) if "issued" in one.dates]
    if "issued" in meant.dates and years != [meant.dates["issued"].year] * 2:
        raise EditError(f"{entry.key}: the article's year would be read otherwise")
