"""The page: one file, nothing from a network, data only as text."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from compcite.reporters import REPORTERS
from compcite.text.terminal import one_line
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
    """No address but those of DOIs, and those only as links."""
    addresses = [
        value
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name in ("src", "href", "action", "data", "poster", "srcset")
    ]
    assert [a for a in addresses if not a.startswith(("https://doi.org/10.", "#entries"))] == []


def test_every_entry_is_a_row_with_traits_to_filter_by(page: Page) -> None:
    """Status, severities and rules of an entry, as the lists of the filter name them."""
    rows = [a["data-traits"].split() for a in page.all("tr") if "data-traits" in a]
    values = {a["value"] for a in page.all("option")} - {""}
    assert len(rows) == 11
    assert rows[1] == ["is-mismatch", "some", "error", "wrong-work", "warning", "title-mismatch"]
    assert {trait for row in rows for trait in row} == values


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
