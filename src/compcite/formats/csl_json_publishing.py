"""Make the item of a preprint that of the article which the preprint became.

As in BibTeX, what the item says of the preprint alone goes. CSL has no variable for the preprint's
number: the address of the preprint stays in ``URL``, which styles print only where there is no DOI.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compcite.csl.items import item_of, variable_of
from compcite.errors import EditError
from compcite.formats.csl_json import item_to_csl, members_at, read_csl_json
from compcite.formats.csl_json_edits import change_members
from compcite.formats.preprint_entries import (
    leads_to_preprint,
    names_container,
    number_of_preprint,
    only_names_preprint,
    prove_article,
)
from compcite.model.doi import DOI
from compcite.model.edits import apply_edits
from compcite.model.report import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compcite.formats.csl_json import Member
    from compcite.formats.rewriting import Rewritten
    from compcite.model.item import Item
    from compcite.model.library import Entry

__all__ = ["publish_csl_json"]

# These say where and when a work appeared, so those of the preprint are wrong for the article.
_PLACE = frozenset(
    (
        *("container-title", "container-title-short", "volume", "issue", "page", "page-first"),
        *("number", "version", "status"),
    )
)
# These may speak of the preprint; then they go.
_ABOUT_PREPRINT = frozenset({"archive", "genre", "note", "publisher", "source"})
_WITH_ARCHIVE = frozenset({"archive-place", "archive_collection", "archive_location"})


def publish_csl_json(entry: Entry, article: Item) -> Rewritten:
    """Return the edits that make the item of a preprint that of its published article.

    Members that are only about the preprint are removed, unless the item names the article's
    journal already. Raise EditError if the edited item would not be read as the article.
    """
    source = entry.source
    if source is None:
        raise EditError("the item has no source")
    start, end = entry.span
    text = source.text[start:end]
    members = members_at(text, 0)
    made = {name: value for name, value in item_to_csl(article).items() if name != "id"}
    values = _taken(members, made)
    if not names_container(entry, article):
        values = dict.fromkeys(_of_preprint(members, made)) | values
    values |= _address(entry, members, made)
    rewritten = change_members(entry, values)
    moved = [Edit(one.start - start, one.end - start, one.text) for one in rewritten.edits]
    edited = read_csl_json(source.with_text(apply_edits(text, moved)))[0][0]
    prove_article(entry, edited.item, article)
    return rewritten


def _taken(members: Iterable[Member], made: dict[str, object]) -> dict[str, str | None]:
    """Return the article's members as JSON, under the names that the item has for them.

    Where it has two members for one variable, the second is removed.
    """
    values: dict[str, str | None] = {}
    left = {variable_of(name): value for name, value in made.items()}
    taken = set(left)
    for member in members:
        variable = variable_of(member.name)
        if variable in left:
            values[member.name] = json.dumps(left.pop(variable), ensure_ascii=False)
        elif variable in taken:
            values[member.name] = None
    rest = {name: value for name, value in made.items() if variable_of(name) in left}
    return values | {name: json.dumps(value, ensure_ascii=False) for name, value in rest.items()}


def _of_preprint(members: list[Member], made: dict[str, object]) -> list[str]:
    """Return the names of the members that are about the preprint and are not in ``made``.

    ``made`` are the members of the article.
    """
    given = {variable_of(name) for name in made}
    named = {variable_of(member.name): member for member in members}
    said = {name: item_of({name: one.value}).text.get(name, "") for name, one in named.items()}
    gone = {name for name in _PLACE if name in named}
    gone |= {name for name in _ABOUT_PREPRINT if only_names_preprint(said.get(name, ""))}
    gone |= _WITH_ARCHIVE & named.keys() if "archive" in gone else set()
    return [one.name for one in members if variable_of(one.name) in gone - given]


def _address(entry: Entry, members: list[Member], made: dict[str, object]) -> dict[str, str | None]:
    """Return the members to change so that the item still tells where the preprint is.

    A ``URL`` that leads to the preprint's DOI would contradict the DOI of the article, so it is
    removed. A preprint of arXiv gets its address there as ``URL``; one of another server its name
    and number in ``note``. Nothing changes if the article (``made``) has a URL, or if the item's
    URL is another page.
    """
    if "URL" in made:
        return {}
    urls = [one for one in members if variable_of(one.name) == "URL" and one.value]
    if any(DOI.parse(str(one.value)) is None for one in urls):
        return {}  # a page, which stays
    gone: dict[str, str | None] = {}
    if urls and all(leads_to_preprint(str(one.value)) for one in urls):
        told = ("URL", "accessed")
        gone = dict.fromkeys(one.name for one in members if variable_of(one.name) in told)
    server, number = number_of_preprint(entry) or ("", "")
    if server == "arXiv":
        return gone | {"URL": json.dumps(f"https://arxiv.org/abs/{number}")}
    return gone | (_noted(members, f"{server} {number}") if number else {})


def _noted(members: list[Member], line: str) -> dict[str, str | None]:
    """Return the member ``note`` with one more line, under the name that the item has for it.

    A note that only names the preprint is replaced.
    """
    name, kept = "note", ""
    for member in members:
        if variable_of(member.name) == "note" and isinstance(member.value, str):
            name, kept = member.name, member.value
    kept = "" if only_names_preprint(kept) else kept
    return {name: json.dumps(f"{kept}\n{line}".strip(), ensure_ascii=False)}
