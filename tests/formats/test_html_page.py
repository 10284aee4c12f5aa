"""The web page of references: for people, reference managers and search engines."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from tests.formats.items import entries, entry

from compcite.formats.html_page import write_html
from compcite.model.item import Date, Item, Name

if TYPE_CHECKING:
    from compcite.model.library import Entry

ITEM = Item(
    "article-journal",
    {
        "title": "H<sub>2</sub>O & <script>alert(1)</script>",
        "container-title": "J <b>",
        "volume": "1",
        "issue": "2",
        "page": "3-4",
        "DOI": "10.1000/a<b>",
        "ISSN": "1234-5678",
    },
    {"author": (Name("Berg", "Jan", non_dropping_particle="van der"), Name(literal="World Bank"))},
    {"issued": Date(((2001, 2),))},
)


class Page(HTMLParser):
    """What a browser sees of a page: its elements, its COinS and its JSON-LD."""

    def __init__(self, text: str) -> None:
        """Read the page."""
        super().__init__()
        self.tags: list[str] = []
        self.coins: list[dict[str, list[str]]] = []
        self.shown: list[str] = []
        self.open: list[str] = []
        self.script = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)
        given = dict(attrs)
        if given.get("class") == "Z3988":
            self.coins.append(parse_qs(given["title"] or ""))

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an element, which must be the innermost one."""
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        """Note text."""
        if self.open and self.open[-1] == "script":
            self.script += data
        else:
            self.shown.append(data)


def test_everything_is_escaped_but_formatting() -> None:
    """Markup of CSL becomes elements, any other is text."""
    page = Page(write_html([entry(ITEM, "berg")]).text)
    assert page.tags.count("script") == 1
    assert page.tags.count("sub") == 1
    assert page.tags.count("b") == 0
    shown = " ".join("".join(page.shown).split())
    assert "van der Berg, Jan; World Bank. (2001). H2O & <script>alert(1)</script>. J" in shown


def test_coins() -> None:
    """Keys of the journal matrix, with the DOI as an info URI."""
    found = Page(write_html([entry(ITEM, "berg")]).text).coins
    assert found == [
        {
            "ctx_ver": ["Z39.88-2004"],
            "rft_val_fmt": ["info:ofi/fmt:kev:mtx:journal"],
            "rft_id": ["info:doi/10.1000/a<b>"],
            "rft.genre": ["article"],
            "rft.atitle": ["H2O & <script>alert(1)</script>"],
            "rft.jtitle": ["J"],
            "rft.date": ["2001-02"],
            "rft.volume": ["1"],
            "rft.issue": ["2"],
            "rft.pages": ["3-4"],
            "rft.spage": ["3"],
            "rft.epage": ["4"],
            "rft.issn": ["1234-5678"],
            "rft.aulast": ["van der Berg"],
            "rft.aufirst": ["Jan"],
            "rft.au": ["Jan van der Berg"],
            "rft.aucorp": ["World Bank"],
        }
    ]


def test_linked_data() -> None:
    """An article in an issue of a volume of a periodical."""
    data = json.loads(Page(write_html([entry(ITEM, "berg")]).text).script)
    assert data["@context"] == "https://schema.org"
    assert data["@graph"][0] == {
        "@type": "ScholarlyArticle",
        "@id": "https://doi.org/10.1000/a%3Cb%3E",
        "name": "H2O & <script>alert(1)</script>",
        "author": [
            {"@type": "Person", "familyName": "van der Berg", "givenName": "Jan"},
            {"@type": "Organization", "name": "World Bank"},
        ],
        "datePublished": "2001-02",
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": "2",
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": "1",
                "isPartOf": {"@type": "Periodical", "name": "J", "issn": "1234-5678"},
            },
        },
        "pagination": "3-4",
        "identifier": "doi:10.1000/a<b>",
    }


def test_a_link_is_no_script() -> None:
    """Only web addresses become links."""
    page = Page(write_html([entry(Item("webpage", {"URL": "javascript:alert(1)"}))]).text)
    assert page.tags.count("a") == 0


@pytest.mark.no_cover
@settings(max_examples=50)
@given(entries())
def test_any_entries_make_a_sound_page(originals: list[Entry]) -> None:
    """Elements close each other, one reference, COinS and record an entry."""
    page = Page(write_html(originals).text)
    records = json.loads(page.script)["@graph"]
    assert page.open == []
    assert (len(originals),) * 3 == (page.tags.count("li"), len(page.coins), len(records))
