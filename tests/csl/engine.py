"""compcite.csl behind the JSON-lines protocol of the CSL test suite's runner.

One request a line on standard input, one answer a line on standard output; markup is
citeproc-js's HTML. The environment variable CSL_LOCALES may name a folder of locale files.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from compcite.csl import Bibliography, Cite, Cluster, Processor, Style, parse_locator
from compcite.csl.items import item_of
from compcite.csl.output import html
from compcite.errors import CompciteError

_CONTAINER = '<div class="csl-bib-body">\n{}\n</div>'
_NO_FORM = "[CSL STYLE ERROR: reference with no printed form.]"
_ENTRY = '  <div class="csl-entry">{}</div>'


def main() -> None:
    """Answer requests until the input ends."""
    for line in sys.stdin:
        request = json.loads(line)
        answer: dict[str, Any] = {"name": request["name"]}
        try:
            answer["result"] = render(request)
        except (CompciteError, KeyError) as error:
            answer["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(answer), flush=True)  # noqa: T201  the protocol's output


def render(request: dict[str, Any]) -> str:
    """Return what a fixture asks for: its citations, or its bibliography."""
    processor = Processor(
        Style.load(request["csl"]),
        abbreviations=(request.get("abbreviations") or {}).get("default"),
    )
    items = _items(request)
    if request["mode"].startswith("bibliography"):
        return _bibliography(processor.bibliography(map(item_of, items)), _section(request, items))
    if request.get("clusters") is None:
        # The suite cites all items in the order of the bibliography.
        order = [entry.key for entry in processor.bibliography(map(item_of, items)).entries]
        items.sort(key=lambda item: order.index(item["id"]) if item["id"] in order else len(order))
    clusters = _clusters(request, items)
    rendered = processor.citations(clusters, map(item_of, items))
    return "\n".join(
        html.write(citation.content, links=False) if citation.content else _NO_FORM
        for citation in rendered
    )


def _items(request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the items in the order they are registered."""
    items = [
        {**item, "id": str(item.get("id", number))} for number, item in enumerate(request["input"])
    ]
    by_id = {item["id"]: item for item in items}
    if request.get("bibentries"):
        wanted = [str(identity) for identity in request["bibentries"][-1]]
    elif request.get("citations"):
        wanted = [str(c["id"]) for cluster in request["clusters"] for c in cluster["items"]]
    else:
        wanted = list(by_id)
    return [by_id[identity] for identity in dict.fromkeys(wanted)]


def _clusters(request: dict[str, Any], items: list[dict[str, Any]]) -> list[Cluster]:
    """Return the citations to render; without any in the fixture, one of all items."""
    given = request.get("clusters")
    if given is None:
        return [Cluster(tuple(Cite(item["id"], position=0) for item in items))]
    in_document = bool(request.get("citations"))
    return [
        Cluster(
            tuple(_cite(item, in_document=in_document) for item in cluster["items"]),
            note=cluster.get("note") or 0,
            mode=(cluster.get("properties") or {}).get("mode") or "",
            infix=(cluster.get("properties") or {}).get("infix") or "",
        )
        for cluster in given
    ]


def _cite(item: dict[str, Any], *, in_document: bool) -> Cite:
    position = item.get("position")
    if position is None and not in_document:
        position = 0  # clusters that are no document know nothing of each other
    locator = str(item.get("locator") or "")
    label = item.get("label")
    if locator and not label:
        label, locator = parse_locator(locator)
    return Cite(
        id=str(item["id"]),
        locator=locator,
        label=label or "page",
        prefix=item.get("prefix") or "",
        suffix=item.get("suffix") or "",
        suppress_author=bool(item.get("suppress-author")),
        author_only=bool(item.get("author-only")),
        position=position,
        near_note=True if item.get("near-note") else None,
    )


def _section(request: dict[str, Any], items: list[dict[str, Any]]) -> set[str]:
    """Return the ids of the items that a section of the bibliography shows."""
    section = request.get("bibsection") or {}
    quashed = section.get("quash") or []
    shown = set()
    for item in items:
        if quashed and all(_matches(item, rule) for rule in quashed):
            continue
        included = [_matches(item, rule) for rule in section.get("include", [])]
        excluded = [_matches(item, rule) for rule in section.get("exclude", [])]
        selected = [_matches(item, rule) for rule in section.get("select", [])]
        if (not included or any(included)) and not any(excluded) and all(selected):
            shown.add(item["id"])
    return shown


def _matches(item: dict[str, Any], rule: dict[str, Any]) -> bool:
    value, wanted = item.get(rule["field"]), rule.get("value")
    if isinstance(value, list):
        return wanted in value
    return str(value or "") == str(wanted or "")


def _bibliography(bibliography: Bibliography, shown: set[str]) -> str:
    entries = [
        _ENTRY.format(html.write(entry.content, links=False))
        for entry in bibliography.entries
        if entry.key in shown
    ]
    return _CONTAINER.format("\n".join(entries))


if __name__ == "__main__":
    main()
