"""Styles of a few lines for one behaviour at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compcite.csl import Cite, Cluster, Processor, Style, render
from compcite.csl.items import item_of
from compcite.csl.output import html

if TYPE_CHECKING:
    from compcite.model.item import Item

CslJson = dict[str, Any]

_STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{style_class}" {options}>
  <info><title>Test</title><id>test</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  {locale}
  {macros}
  <citation {citation_options}>
    {citation_sort}<layout {citation_layout}>{citation}</layout>
  </citation>
  <bibliography {bibliography_options}>
    {sort}<layout {bibliography_layout}>{layout}</layout>
  </bibliography>
</style>"""


def style(layout: str = '<text variable="title"/>', **parts: str) -> Style:
    """Return a style whose bibliography has ``layout``, and what else ``parts`` give it."""
    defaults = {
        "style_class": "in-text",
        "options": "",
        "locale": "",
        "macros": "",
        "citation_options": "",
        "citation_sort": "",
        "citation_layout": "",
        "citation": '<text variable="title"/>',
        "bibliography_options": "",
        "bibliography_layout": "",
        "sort": "",
    }
    return Style.load(_STYLE.format(**{**defaults, **parts, "layout": layout}))


def entries(layout: str, items: list[CslJson], lang: str = "en-US", **parts: str) -> list[str]:
    """Return the bibliography entries of ``items`` as HTML."""
    bibliography = Processor(style(layout, **parts), lang).bibliography(map(item_of, items))
    return [html.write(entry.content, links=False) for entry in bibliography.entries]


def entry(layout: str, item: CslJson | None = None, lang: str = "en-US", **parts: str) -> str:
    """Return the one entry of ``item`` as HTML, empty if it has none."""
    found = entries(layout, [{"id": "1", "type": "book", **(item or {})}], lang, **parts)
    return found[0] if found else ""


def citations(
    layout: str, clusters: list[Cluster], items: list[CslJson], **parts: str
) -> list[str]:
    """Return the citations of a document as HTML."""
    processor = Processor(style(citation=layout, **parts))
    rendered = processor.citations(clusters, map(item_of, items))
    return [html.write(citation.content, links=False) for citation in rendered]


def citation(layout: str, items: list[CslJson], **parts: str) -> str:
    """Return one citation of all ``items`` as HTML."""
    cluster = Cluster(tuple(Cite(str(item["id"])) for item in items))
    return citations(layout, [cluster], items, **parts)[0]


def apa(items: list[Item]) -> list[tuple[str, str]]:
    """Return the entries of a bibliography in APA, each as its key and its plain text."""
    bibliography = Processor(Style.load("apa")).bibliography(items)
    return [(entry.key, render(entry.content, "text")) for entry in bibliography.entries]


def person(name: str) -> dict[str, str]:
    """Return "Family, Given" as a CSL-JSON name."""
    family, _, given = name.partition(", ")
    return {"family": family, "given": given} if given else {"family": family}


def people(*names: str) -> list[dict[str, str]]:
    """Return several names."""
    return [person(name) for name in names]


def book(key: str, author: str = "", year: int | None = None, **fields: Any) -> CslJson:  # noqa: ANN401  CSL-JSON holds anything
    """Return a book with its authors, separated by semicolons, and its year."""
    item: CslJson = {"id": key, "type": "book", "title": f"Title {key}", **fields}
    if author:
        item["author"] = people(*author.split("; "))
    if year is not None:
        item["issued"] = {"date-parts": [[year]]}
    return item
