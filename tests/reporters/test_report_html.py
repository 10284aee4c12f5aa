"""The page: one file, nothing from a network, data only as text."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from compcite.reporters import REPORTERS
from compcite.reporters.html.elements import with_links
from compcite.text.terminal import one_line
from compcite.version import DOCUMENTATION, rule_page
from tests.reporters.sample_reports import HOSTILE, OPTIONS, SAMPLES, full_report

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """A page as a browser reads it: its elements, its texts, and what was never closed."""

    def __init__(self, text: str) -> None:
        """Read the page."""
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and its attributes."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text and the element that it stands in."""
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of that name."""
        return [attributes for name, attributes in self.elements if name == tag]

    def text_of(self, tag: str) -> list[str]:
        """The texts that stand directly in elements of that name."""
        return [text for name, text in self.texts if name == tag]


def traits_of_rows(page: Page) -> list[list[str]]:
    """The traits of each entry's row, in the order of the page."""
    return [a["data-traits"].split() for a in page.all("tr") if "data-traits" in a]


@pytest.fixture(scope="module")
def page() -> Page:
    """The page of the full report."""
    return Page(REPORTERS["html"](full_report(), OPTIONS))


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_element_is_closed(sample: str) -> None:
    """The page is well-formed whatever was found."""
    assert Page(REPORTERS["html"](SAMPLES[sample](), OPTIONS)).open == []


def test_the_policy_admits_only_the_style_and_script_of_the_page(page: Page) -> None:
    """By their hashes; a script in data would not run even if it became an element."""
    policy = next(a["content"] for a in page.all("meta") if "http-equiv" in a)
    for tag in ("style", "script"):
        digest = hashlib.sha256("".join(page.text_of(tag)).encode()).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")


def test_data_makes_no_elements(page: Page) -> None:
    """One script, and no attribute that runs one; what looks like markup is shown as text."""
    handlers = {name for _, attributes in page.elements for name in attributes if name[:2] == "on"}
    assert (len(page.all("script")), len(page.all("b")), handlers) == (1, 0, set())
    assert f"write {one_line(HOSTILE)}" in "".join(text for _, text in page.texts)


def test_nothing_is_loaded(page: Page) -> None:
    """All addresses are links: to DOIs, to pages about rules, to places of the page."""
    addresses = [
        value
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name in ("src", "href", "action", "data", "poster", "srcset")
    ]
    known = ("https://doi.org/10.", DOCUMENTATION, "#entries", "#rule-")
    assert [a for a in addresses if not a.startswith(known)] == []
    assert {a["href"] for a in page.all("a")} == set(addresses)


def test_every_entry_is_a_row_with_traits_to_filter_by(page: Page) -> None:
    """Status, severities and rules of an entry, as the lists of the filter name them."""
    rows = traits_of_rows(page)
    values = {a["value"] for a in page.all("option")} - {""}
    assert len(rows) == 11
    assert rows[0] == ["is-mismatch", "some", "error", "wrong-work", "warning", "title-mismatch"]
    assert {trait for row in rows for trait in row} == values


def test_the_gravest_stands_first(page: Page) -> None:
    """Entries with errors, then with warnings, with notes, and without findings."""
    ranks = ["error", "warning", "note", "none"]
    order = [min(map(ranks.index, set(ranks) & set(row))) for row in traits_of_rows(page)]
    assert order == sorted(order)


def test_a_tile_filters_by_what_it_counts(page: Page) -> None:
    """Its link goes to the entries, and names a choice that the filter has, and as many rows."""
    tiles = [a for a in page.all("a") if "data-value" in a]
    values = {a["value"] for a in page.all("option")}
    counted = [tile["data-value"] for tile in tiles]
    assert counted == [
        "",
        "error",
        "warning",
        "note",
        "is-verified",
        "is-retracted",
        "is-unverified",
    ]
    assert set(counted) <= values
    assert {tile["href"] for tile in tiles} == {"#entries"}


def test_the_page_is_dated_and_named_after_its_lists(page: Page) -> None:
    """Who finds the page in a folder months later knows what was checked, and when."""
    assert page.text_of("title")[0] == "Reference report: refs/my list.bib, 2 January 2026"
    assert page.text_of("h1") == ["refs/my list.bib"]
    assert page.text_of("time") == ["2 January 2026, 03:04 UTC"]


def test_many_lists_are_counted() -> None:
    """The heading names three of them."""
    report = full_report()
    lists = [
        replace(report.entries[0], source=replace(report.entries[0].source, name=f"{n}.bib"))
        for n in range(6)
    ]
    page = Page(REPORTERS["html"](replace(report, entries=lists), OPTIONS))
    assert page.text_of("h1") == ["0.bib, 1.bib, 2.bib and 3 more"]


def test_a_retracted_work_is_not_in_green(page: Page) -> None:
    """Its DOI is right, but whoever skims the page shall not take it for good."""
    good = [a for tag, a in page.elements if tag == "span" and a.get("class") == "good"]
    words = [text for tag, text in page.texts if tag == "span" and "verified" in text]
    assert len(good) == 4
    assert [text for text in words if "but" in text] == ["verified by Crossref, but retracted"]


def test_the_notice_of_a_retraction_is_a_link(page: Page) -> None:
    """The message names it; a DOI in parentheses is linked without them."""
    assert "https://doi.org/10.1016/s0140-6736(10)60175-4" in [a["href"] for a in page.all("a")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("see 10.1/ab.", ["https://doi.org/10.1/ab"]),
        ("see 10.1/ab.c", []),
        ("10.1/ab/c and 10.1/ab", ["https://doi.org/10.1/ab"]),
        ("10.1/ab.c-d, or 10.1/ab", ["https://doi.org/10.1/ab.c-d", "https://doi.org/10.1/ab"]),
    ],
)
def test_a_known_doi_in_a_sentence_is_a_link(sentence: str, expected: list[str]) -> None:
    """Where it stands whole, and not within a longer one."""
    page = Page(with_links(sentence, ["10.1/ab", "10.1/ab.c-d"]))
    assert [a["href"] for a in page.all("a")] == expected


def test_every_rule_found_is_explained(page: Page) -> None:
    """Each finding links to its rule's section, which says what and why, and links to more."""
    links = {a["href"] for a in page.all("a") if a["href"].startswith("#rule-")}
    sections = [a["id"] for a in page.all("section") if "id" in a]
    assert {f"#{name}" for name in sections} == links
    assert rule_page("wrong-work") in [a["href"] for a in page.all("a")]
    assert sections[0] == "rule-entry-unparsed"
    assert "is in doubt." in page.text_of("strong")[-1]
    assert page.text_of("pre") == []
    assert "year = {2017}\ntitle = {<b>}" in page.text_of("code")


def test_the_pictures_say_their_numbers_in_words(page: Page) -> None:
    """A screen reader reads one sentence for each picture."""
    sentences = [text for tag, text in page.texts if tag == "title"][1:]
    assert [a["role"] for a in page.all("svg")] == ["img", "img"]
    assert sentences[0].startswith("Entries by status: 4 verified; 1 verified, but retracted; 1 ")
    assert sentences[1].startswith("Findings by rule: 3 title-mismatch; 1 ")


def test_a_check_without_registries_has_no_picture_of_statuses() -> None:
    """Nobody was asked, so the entries have no status that could be shown."""
    page = Page(REPORTERS["html"](SAMPLES["offline"](), OPTIONS))
    assert page.text_of("figcaption") == ["Findings by rule"]


def test_differences_are_marked_on_both_sides(page: Page) -> None:
    """Removed and inserted, in elements that screen readers announce."""
    assert "developement" in page.text_of("del")
    assert "development" in page.text_of("ins")


def test_file_and_registry_stand_side_by_side(page: Page) -> None:
    """Where both are known, variable by variable."""
    text = "".join(text for _, text in page.texts)
    assert "File and registry side by side" in text
    assert "Au, A.; Sauer-Zavala, A.; King, A.; Litz, A." in text


def test_every_control_has_a_label(page: Page) -> None:
    """Each field of the filter stands in a label; the table has a caption and heads."""
    controls = len(page.all("input")) + len(page.all("select"))
    assert controls == len(page.all("label")) == 3
    assert len(page.all("caption")) == 1
    assert {a.get("scope") for a in page.all("th")} == {"row", "col"}


def test_a_page_is_the_same_every_time() -> None:
    """Two runs over one report give the same bytes."""
    options = replace(OPTIONS, started=None)
    assert REPORTERS["html"](full_report(), options) == REPORTERS["html"](full_report(), options)
