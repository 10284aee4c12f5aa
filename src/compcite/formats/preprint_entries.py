"""What an entry says of a preprint, and whether it is that of the published article by now.

Every format needs this to make the entry of a preprint the entry of its article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.errors import EditError
from compcite.text.arxiv import ARXIV_PREFIX, find_arxiv_ids
from compcite.text.compare import compare_containers
from compcite.text.compare.words import squeeze
from compcite.text.markup import without_tags
from compcite.text.preprint_servers import PREPRINT_DOI, PREPRINT_SERVER

if TYPE_CHECKING:
    from compcite.model.item import Item
    from compcite.model.library import Entry

__all__ = [
    "leads_to_preprint",
    "names_container",
    "number_of_preprint",
    "only_names_preprint",
    "prove_article",
]

# These may name another preprint, or one of the works that the entry is about.
_ABOUT_OTHER_THINGS = frozenset({"abstract", "title", "annote", "file", "keywords", "keyword"})
_PREPRINT_WORDS = re.compile(r"\b(?:e-?print|pre-?print)s?\b", re.IGNORECASE)
# What may stand beside the name of the server in a field that says nothing else.
_REST = re.compile(
    r"\b(?:available|at|from|on|in|see|also|the|server|cornell|university|library|org|https?|doi"
    r"|www|abs|pdf|submitted|to|cs|stat|math|url|html)\b|[\W\d_]+",
    re.IGNORECASE,
)
_SAME = ("container-title", "volume", "issue", "page", "publisher", "DOI")


def names_container(entry: Entry, article: Item) -> bool:
    """Whether an entry names the journal or book of the article, also if it abbreviates it."""
    mine, theirs = (one.text.get("container-title", "") for one in (entry.item, article))
    loose = article.type != "article-journal"
    return bool(mine) and compare_containers([mine], [theirs], loose=loose).agrees


def leads_to_preprint(url: str) -> bool:
    """Whether an address is that of a preprint, by the name of its server or by its DOI."""
    return bool(PREPRINT_SERVER.search(url) or PREPRINT_DOI.search(url))


def only_names_preprint(value: str) -> bool:
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


def number_of_preprint(entry: Entry) -> tuple[str, str] | None:
    """The server of the preprint and its number there: ``("bioRxiv", "2020.05.01.123456")``.

    None where the entry names no server, or has no DOI of a preprint; an identifier of arXiv is
    enough. The number is what stands behind the slash of the DOI, since the whole DOI would
    contradict that of the article. One prefix can have two servers, so the entry has to name the
    server.
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


def prove_article(entry: Entry, edited: Item, article: Item) -> None:
    """Raise EditError unless the edited entry of a preprint is read as the article.

    Its title, container, DOI and such must be the article's, as far as the article has them, its
    year too, and its authors and editors must still be there.
    """
    for variable in _SAME:
        mine, theirs = (
            squeeze(without_tags(one.text.get(variable, ""))) for one in (edited, article)
        )
        if theirs and mine != theirs:
            raise EditError(f"{entry.key}: the article's {variable} would be read otherwise")
    for names in ("author", "editor"):
        if names in entry.item.names and names not in edited.names:
            raise EditError(f"{entry.key}: its {names} would not be read")
    years = [one.dates["issued"].year for one in (edited, article) if "issued" in one.dates]
    if "issued" in article.dates and years != [article.dates["issued"].year] * 2:
        raise EditError(f"{entry.key}: the article's year would be read otherwise")
