"""Make the entry of a preprint that of the article which the preprint became.

Type, container, volume, pages, date, DOI and publisher become those of the article. What the entry
says of the preprint alone goes, except for its number at its server, which stands in ``eprint``.
All other fields stay. The result is proved: the entry is read again as the article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.errors import EditError
from compcite.formats.bibtex.edit.completing import name_in_entry, type_edits
from compcite.formats.bibtex.edit.proof import ENTRY_TYPE
from compcite.formats.bibtex.edit.rewriting import (
    edit_alone,
    edits_of_plan,
    given_field,
    plan_in_encoding,
)
from compcite.formats.bibtex.write.item_to_fields import to_fields
from compcite.formats.preprint_entries import (
    leads_to_preprint,
    names_container,
    number_of_preprint,
    only_names_preprint,
    prove_article,
)
from compcite.formats.rewriting import Rewritten

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
_INHERITING = ("crossref", "xdata")


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
        if not names_container(entry, article):
            fields |= dict.fromkeys(_of_preprint(entry, fields))
        return fields | _eprint(entry, dialect)

    fields = plan_in_encoding(source, entry, fields_in)
    retyped = kind if kind != entry.type else ""
    edits = [*edits_of_plan(source, entry, fields), *type_edits(source, entry, retyped)]
    names = {*fields, *((ENTRY_TYPE,) if retyped else ())}
    prove_article(entry, edit_alone(source, entry, edits, names).item, article)
    return Rewritten(tuple(edits), tuple(sorted(names)))


def _dated(
    entry: Entry, article: Item, made: dict[str, str], dialect: Dialect
) -> Iterator[tuple[str, str]]:
    """The article's fields (``made``), each under the name that the entry has for it.

    An entry with a ``date`` gets a date, and one with a ``year`` gets year and month; with both it
    gets all of these, but a month only in place of one. With neither, biblatex has a date.
    """
    for name, value in made.items():
        if name not in ("date", "year", "month", "day"):
            yield name_in_entry(entry, name), value
    given = [name for name in ("date", "year") if given_field(entry, name) is not None]
    for name in given or ["date" if dialect.biblatex else "year"]:
        dated = to_fields(article, dialect._replace(biblatex=name == "date")).fields
        if name in dated:
            yield name, dated[name]
        has_place = "date" not in given or given_field(entry, "month") is not None
        if name == "year" and "month" in dated and has_place:
            yield "month", dated["month"]


def _of_preprint(entry: Entry, written: dict[str, str | None]) -> Iterator[str]:
    """The names of the entry's fields that are about the preprint and are not in ``written``.

    A ``note`` or ``publisher`` is among them only if it says nothing else. The URL and the date of
    access are among them if the URL leads to the preprint.
    """
    for name in (*_PLACE, *_ABOUT_PREPRINT):
        field = entry.field(name)
        about = field is not None and (name in _PLACE or only_names_preprint(field.value))
        if about and name not in written:
            yield name
    url = entry.field("url")
    if url is not None and leads_to_preprint(url.value):
        yield from (name for name in _ADDRESS if entry.field(name) is not None)


def _eprint(entry: Entry, dialect: Dialect) -> dict[str, str]:
    """The fields for the number of the preprint at its server.

    There are none if the entry has an ``eprint`` already, or no number of a preprint.
    """
    numbered = None if given_field(entry, "eprint") else number_of_preprint(entry)
    if numbered is None:
        return {}
    server, number = numbered
    kind = "eprinttype" if dialect.biblatex else "archiveprefix"
    named = {} if given_field(entry, name_in_entry(entry, kind)) else {kind: server}
    return {"eprint": number} | named
