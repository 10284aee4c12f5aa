"""Write entries as a web page that reference managers and search engines can read.

Every reference is written as text, with a COinS for reference managers (OpenURL ContextObject in
SPAN; keys of the matrices ``journal``, ``book``, ``dissertation`` and ``dc`` of ANSI/NISO
Z39.88-2004) and with JSON-LD in schema.org's vocabulary for search engines.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from compcite.formats.losses import loss
from compcite.formats.plain_texts import plain_texts
from compcite.model.doi import DOI
from compcite.model.item import Date, Item
from compcite.model.library import Written
from compcite.text.languages import split_languages
from compcite.text.markup import without_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compcite.model.item import Name
    from compcite.model.library import Entry

__all__ = ["write_html"]

_JOURNAL = frozenset(
    {"article-journal", "article-magazine", "article-newspaper", "review", "review-book", "article"}
)
_GENRES = {
    "article": "preprint",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "bookitem",
    "collection": "book",
    "entry-dictionary": "bookitem",
    "entry-encyclopedia": "bookitem",
    "paper-conference": "proceeding",
    "pamphlet": "document",
    "report": "report",
    "review": "article",
    "review-book": "article",
}
_SCHEMA_TYPES = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "bill": "Legislation",
    "book": "Book",
    "broadcast": "Episode",
    "chapter": "Chapter",
    "collection": "Book",
    "dataset": "Dataset",
    "entry-dictionary": "DefinedTerm",
    "entry-encyclopedia": "Article",
    "graphic": "VisualArtwork",
    "legislation": "Legislation",
    "manuscript": "Manuscript",
    "map": "Map",
    "motion_picture": "Movie",
    "musical_score": "SheetMusic",
    "paper-conference": "ScholarlyArticle",
    "periodical": "Periodical",
    "personal_communication": "Message",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "review": "Review",
    "review-book": "Review",
    "software": "SoftwareSourceCode",
    "song": "MusicRecording",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
_TAG = re.compile(
    r"&lt;(/?(?:i|b|sup|sub))&gt;"
    r"|&lt;span (?:class|style)=&quot;(nocase|font-variant:\s?small-caps;?)&quot;&gt;|&lt;/span&gt;"
)
_LINK = re.compile(r"(?:https?|ftp)://\S+$", re.IGNORECASE)
_HELD = frozenset(
    [
        *("title", "container-title", "volume", "issue", "page", "number", "edition"),
        *("publisher", "publisher-place", "DOI", "URL", "ISBN", "ISSN", "PMID"),
        *("language", "abstract", "keyword"),
    ]
)


def write_html(entries: Sequence[Entry]) -> Written:
    """Return an HTML page with all entries in their order, and a sentence for each loss.

    A loss is what an entry says and the page does not.
    """
    graph = [_linked_data(entry) for entry in entries]
    data = json.dumps(
        {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=1
    )
    listed = "".join(
        f'<li id="{_attribute("ref-" + e.key)}">{_reference(e)}</li>\n' for e in entries
    )
    page = (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>References</title>\n'
        f'<script type="application/ld+json">\n{_script(data)}\n</script>\n</head>\n'
        f"<body>\n<h1>References</h1>\n<ol>\n{listed}</ol>\n</body>\n</html>\n"
    )
    losses = [
        one for entry in entries for one in loss("HTML", entry.key, entry.item, _kept(entry.item))
    ]
    return Written(page, tuple(losses))


def _script(data: str) -> str:
    """Return JSON in which no sign can end the ``script`` element around it."""
    for char in "<>&\u2028\u2029":
        data = data.replace(char, f"\\u{ord(char):04x}")
    return data


def _attribute(text: str) -> str:
    """Return a text in one line, escaped for the value of an HTML attribute."""
    return html.escape(" ".join(text.split()))


def _marked_up(text: str) -> str:
    """Return a title as HTML. CSL's tags become HTML tags; all other signs are escaped."""
    return _TAG.sub(_tag, html.escape(" ".join(text.split())))


def _tag(tag: re.Match[str]) -> str:
    """Return the HTML tag for a tag of CSL."""
    if tag[1]:
        return f"<{tag[1]}>"
    if tag[2] is None:
        return "</span>"
    return "<span>" if tag[2] == "nocase" else '<span style="font-variant:small-caps;">'


def _reference(entry: Entry) -> str:
    """Return the HTML of one reference: the text for people, a link, and its COinS.

    The text has the authors, or else the editors, then year, title, container, volume, issue, pages
    and publisher.
    """
    item = entry.item
    text = item.text
    people = [_shown(name) for name in _authors(item)]
    if "author" in item.truncated:
        people.append("et al.")
    pieces = [html.escape("; ".join(people))]
    year = _year(item)
    pieces.append(f"({html.escape(year)})" if year else "")
    title = _balanced(text.get("title", ""))
    pieces.append(f"<cite>{title}</cite>" if title else "")
    numbers = [html.escape(text[name]) for name in ("volume", "page") if text.get(name)]
    if "volume" in text and text.get("issue"):
        numbers[0] += f"({html.escape(text['issue'])})"
    place = [
        _balanced(text.get("container-title", "")),
        *numbers,
        html.escape(text.get("publisher", "")),
    ]
    pieces.append(", ".join(filter(None, place)))
    shown = ". ".join(piece.rstrip(".") for piece in pieces if piece)
    return f"{shown}.{_link(text)}{_coins(item)}"


def _balanced(text: str) -> str:
    """Return a title as HTML; without any tags if its tags are not closed in the right order."""
    marked = _marked_up(text)
    open_tags: list[str] = []
    for tag in re.finditer(r"<(/?)(\w+)[^>]*>", marked):
        if not tag[1]:
            open_tags.append(tag[2])
        elif not open_tags or open_tags.pop() != tag[2]:
            return html.escape(without_tags(text))
    return marked if not open_tags else html.escape(without_tags(text))


def _link(text: Mapping[str, str]) -> str:
    """Return an HTML link to the DOI, or else to the URL; empty if there is neither."""
    doi = DOI.parse(text.get("DOI", ""))
    url = doi.url if doi else text.get("URL", "")
    if not _LINK.match(url):
        return ""
    return f' <a href="{_attribute(url)}">{html.escape(url)}</a>.'


def _authors(item: Item) -> Sequence[Name]:
    """Return the authors, or the editors if there are no authors; may be empty."""
    return item.names.get("author") or item.names.get("editor") or ()


def _family(name: Name) -> str:
    """Return the family name after its particle, or the whole name of an institution."""
    return f"{name.non_dropping_particle} {name.family}".strip() or name.literal


def _given(name: Name) -> str:
    """Return the given name, and the dropping particle after it."""
    return f"{name.given} {name.dropping_particle}".strip()


def _shown(name: Name) -> str:
    """Return a name as ``Family, Given, Suffix``."""
    return ", ".join(filter(None, (_family(name), _given(name), name.suffix)))


def _year(item: Item) -> str:
    """Return the year of publication as text, or the words of a date that has no year."""
    issued = item.dates.get("issued", Date())
    return str(issued.year or "") or issued.literal


def _iso(date: Date) -> str:
    """Return the first date of a range in ISO 8601: ``2019-05-03``, ``2019-05`` or ``2019``.

    A date without a year after Christ gives its own words.
    """
    if not date.parts or date.parts[0][0] <= 0:
        return date.literal
    year, *rest = date.parts[0]
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])


def _coins(item: Item) -> str:
    """Return the COinS of an item: an empty ``span`` whose title holds the keys and values."""
    pairs = [("ctx_ver", "Z39.88-2004"), *_context(item)]
    query = urlencode([(key, value) for key, value in pairs if value], errors="replace")
    return f'<span class="Z3988" title="{html.escape(query)}"></span>'


def _context(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the COinS keys and values of an item; values may be empty.

    The keys depend on the matrix, which is that of journals, books, dissertations or anything else.
    """
    text = plain_texts(item)
    matrix = _matrix(item.type)
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{matrix}"
    if doi := DOI.parse(text.get("DOI", "")):
        yield "rft_id", f"info:doi/{doi}"
    if text.get("PMID", "").isdecimal():
        yield "rft_id", f"info:pmid/{text['PMID']}"
    title, container = text.get("title", ""), text.get("container-title", "")
    if matrix == "dc":
        yield "rft.type", item.type
        yield "rft.title", title
        yield "rft.source", container
        yield "rft.publisher", text.get("publisher", "")
        yield "rft.identifier", text.get("URL", "")
        yield from (("rft.creator", _shown(name)) for name in item.names.get("author", ()))
        yield "rft.date", _iso(item.dates.get("issued", Date()))
        yield from (("rft.language", tag) for tag in split_languages(text.get("language", "")))
        return
    yield from _titles(matrix, item.type, title, container)
    yield "rft.date", _iso(item.dates.get("issued", Date()))
    first, last = _pages(text.get("page", ""))
    for key, value in (
        ("volume", text.get("volume", "")),
        ("issue", text.get("issue", "")),
        ("pages", text.get("page", "")),
        ("spage", first),
        ("epage", last),
        ("artnum", text.get("number", "") if matrix == "journal" else ""),
        ("series", text.get("collection-title", "") if matrix == "book" else ""),
        ("edition", text.get("edition", "")),
        ("inst" if matrix == "dissertation" else "pub", text.get("publisher", "")),
        ("place", text.get("publisher-place", "")),
        ("issn", text.get("ISSN", "")),
        ("isbn", text.get("ISBN", "")),
    ):
        yield f"rft.{key}", value
    yield from _creators(item)


def _matrix(type_: str) -> str:
    """Return the name of the COinS matrix (the set of keys) for a CSL type."""
    if type_ == "thesis":
        return "dissertation"
    if type_ in _JOURNAL:
        return "journal"
    return "book" if type_ in _GENRES else "dc"


def _titles(matrix: str, type_: str, title: str, container: str) -> Iterator[tuple[str, str]]:
    """Yield the COinS keys and values for the genre and the titles."""
    if matrix == "dissertation":
        yield "rft.title", title
        return
    genre = _GENRES[type_]
    yield "rft.genre", genre
    if matrix == "journal":
        yield from (("rft.atitle", title), ("rft.jtitle", container))
    elif genre in ("bookitem", "proceeding"):
        yield from (("rft.atitle", title), ("rft.btitle", container))
    else:
        yield "rft.btitle", title


def _pages(page: str) -> tuple[str, str]:
    """Return the first and the last page; the last is empty if there is no dash."""
    first, _, last = page.replace("–", "-").partition("-")
    return first.strip(), last.strip()


def _creators(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the COinS keys and values for the authors; the first author is also given in parts."""
    authors = item.names.get("author", ())
    if authors and authors[0].family:
        yield "rft.aulast", _family(authors[0])
        yield "rft.aufirst", _given(authors[0])
    for name in authors:
        if name.family:
            yield "rft.au", f"{_given(name)} {_family(name)}".strip()
        else:
            yield "rft.aucorp", name.literal


def _linked_data(entry: Entry) -> dict[str, object]:
    """Return an entry as an object of JSON-LD in schema.org's vocabulary, without empty members.

    Its ``@id`` is the address of its DOI, or else ``#ref-`` and its key.
    """
    item = entry.item
    text = plain_texts(item)
    doi = DOI.parse(text.get("DOI", ""))
    container = text.get("container-title", "")
    made: dict[str, object] = {
        "@type": _SCHEMA_TYPES.get(item.type, "CreativeWork"),
        "@id": doi.url if doi else f"#ref-{entry.key}",
        "name": text.get("title", ""),
        "author": [_agent(name) for name in item.names.get("author", ())],
        "editor": [_agent(name) for name in item.names.get("editor", ())],
        "datePublished": _iso(item.dates.get("issued", Date())),
        "isPartOf": _part_of(item.type, container, text) if container else {},
        "pagination": text.get("page", ""),
        "publisher": _publisher(text),
        "bookEdition": text.get("edition", "") if item.type == "book" else "",
        "isbn": text.get("ISBN", "") if not container else "",
        "inLanguage": split_languages(text.get("language", "")),
        "abstract": text.get("abstract", ""),
        "keywords": text.get("keyword", ""),
        "identifier": f"doi:{doi}" if doi else "",
        "url": text.get("URL", "") if _LINK.match(text.get("URL", "")) else "",
    }
    return {name: value for name, value in made.items() if value}


def _agent(name: Name) -> dict[str, str]:
    """Return a name as a ``Person`` of schema.org; a name of one part as an ``Organization``."""
    if not name.family:
        return {"@type": "Organization", "name": name.literal or name.given}
    parts = {
        "@type": "Person",
        "familyName": _family(name),
        "givenName": _given(name),
        "honorificSuffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def _publisher(text: dict[str, str]) -> dict[str, object]:
    """Return the publisher as an ``Organization`` of schema.org; empty if there is none."""
    name, place = text.get("publisher", ""), text.get("publisher-place", "")
    if not name:
        return {}
    made: dict[str, object] = {"@type": "Organization", "name": name}
    return made | ({"location": place} if place else {})


def _part_of(type_: str, container: str, text: dict[str, str]) -> dict[str, object]:
    """Return what contains the work, as an object of schema.org.

    For an article it is an issue within a volume within a periodical, for a work that stands in
    books a ``Book``, and else a ``CreativeWork``.
    """
    if type_ not in _JOURNAL:
        kind = "Book" if type_ in _GENRES else "CreativeWork"
        whole = {"@type": kind, "name": container, "isbn": text.get("ISBN", "")}
        return {name: value for name, value in whole.items() if value}
    found: dict[str, object] = {"@type": "Periodical", "name": container}
    if issn := text.get("ISSN"):
        found["issn"] = issn
    if volume := text.get("volume"):
        found = {"@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": found}
    if issue := text.get("issue"):
        found = {"@type": "PublicationIssue", "issueNumber": issue, "isPartOf": found}
    return found


def _kept(item: Item) -> Item:
    """Return the item with only what the page shows of it; of a range of dates, the first one."""
    text = {variable: value for variable, value in item.text.items() if variable in _HELD}
    names = {role: item.names[role] for role in ("author", "editor") if role in item.names}
    issued = item.dates.get("issued")
    first = (
        Date(issued.parts[:1], literal="" if issued.parts else issued.literal) if issued else None
    )
    return Item(item.type, text, names, {"issued": first} if first else {}, "", item.truncated)
