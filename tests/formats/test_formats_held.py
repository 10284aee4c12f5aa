"""The table of what each format cannot hold, in docs/formats-held.md, against the formats."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.formats.items import entry

from compcite.formats import WRITERS
from compcite.model.item import Date, Item, Name
from compcite.values.csl_variables import DATES, NAMES, TEXTS, TYPES

PAGE = Path(__file__).parents[2] / "docs" / "formats-held.md"
BEGIN, END = "<!-- made from the formats -->\n", "<!-- end -->"

FORMATS = {
    name: write
    for name, write in WRITERS.items()
    # CSL-JSON holds all of an item; csv has the columns of tsv.
    if name not in ("csl-json", "csv")
}

SAMPLES = {
    "DOI": "10.1000/xyz",
    "ISBN": "978-3-16-148410-0",
    "ISSN": "1234-567X",
    "PMCID": "PMC1234567",
    "URL": "https://example.org/",
    "language": "en",
    "page": "12-15",
    "status": "in press",
}
NUMBERS = ("volume", "issue", "number", "edition", "PMID", "number-of-pages", "number-of-volumes")
# Beside what stands each variable: what nearly every reference has.
TITLES = {"title": "A title", "container-title": "A whole", "publisher": "A publisher"}


def sample(type_: str, variable: str) -> Item:
    """A usual item that has the variable."""
    text = dict(TITLES)
    names = {"author": (Name("Doe", "Jane"),)}
    dates = {"issued": Date(((2001, 2, 3),))}
    if variable in NAMES:
        names[variable] = (Name("Roe", "Richard"),)
    elif variable in DATES:
        dates[variable] = Date(((2004, 5, 6),))
        text["URL"] = SAMPLES["URL"]
        text["event-title"] = "An event"
    else:
        text[variable] = SAMPLES.get(variable, "7" if variable in NUMBERS else "Some words")
        if variable in ("collection-number", "container-title-short"):
            text["collection-title"] = "A series"
        if variable == "event-place":
            text["event-title"] = "An event"
            text["publisher-place"] = "A city"
    return Item(type_, text, names, dates)


def held(name: str, variable: str) -> str:
    """Whether a format holds a variable: always, for some types of items, or never."""
    kept = [
        all(f"“{variable}”" not in sentence for sentence in FORMATS[name]([entry(item)]).losses)
        for item in (sample(type_, variable) for type_ in sorted(TYPES))
    ]
    return "yes" if all(kept) else "some types" if any(kept) else "–"


def held_type(name: str, type_: str) -> str:
    """Whether a format holds a type of items."""
    losses = FORMATS[name]([entry(sample(type_, "title"))]).losses
    return "–" if any("takes the type" in sentence for sentence in losses) else "yes"


def table() -> str:
    """The tables of variables and of types."""
    variables = [
        [variable, *(held(name, variable) for name in FORMATS)]
        for variable in (*TEXTS, *NAMES, *DATES)
    ]
    types = [[type_, *(held_type(name, type_) for name in FORMATS)] for type_ in sorted(TYPES)]
    return f"{_markdown('variable', variables)}\n{_markdown('type', types)}"


def _markdown(first: str, rows: list[list[str]]) -> str:
    """Rows as a table."""
    head = [first, *FORMATS]
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


@pytest.mark.no_cover
def test_the_page_says_what_the_formats_do() -> None:
    """The tables are made from what each format reports as lost."""
    page = PAGE.read_text("utf-8")
    written = table()
    if os.environ.get("COMPCITE_UPDATE_PAGES"):
        before, _, rest = page.partition(BEGIN)
        page = f"{before}{BEGIN}{written}{END}{rest.partition(END)[2]}"
        PAGE.write_text(page, "utf-8")

    assert written == page.partition(BEGIN)[2].partition(END)[0], (
        f"COMPCITE_UPDATE_PAGES=1 python -m pytest {__file__}"
    )


@pytest.mark.parametrize("name", FORMATS)
def test_what_the_page_says_is_held_is_never_reported(name: str) -> None:
    """Title, authors, year and DOI of an article are held by every format."""
    item = sample("article-journal", "DOI")
    losses = FORMATS[name]([entry(item)]).losses
    wanted = ("title", "author", "DOI", "container-title")
    assert [
        variable for variable in wanted if any(f"“{variable}”" in said for said in losses)
    ] == []
