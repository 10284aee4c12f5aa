"""``compcite open``: the page of a work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite

PAGES = [
    ("doi = {10.1000/A<1>}", "https://doi.org/10.1000/a%3C1%3E"),
    ("url = {https://a.org/x?y=1}, doi = {10.1000/a}", "https://doi.org/10.1000/a"),
    ("url = {https://a.org/x?y=1&z=2}, isbn = {1}", "https://a.org/x?y=1&z=2"),
    ("url = {https://a.org/a b\\%20c}", "https://a.org/a%20b%20c"),
    ("eprint = {1706.03762}, archiveprefix = {arXiv}", "https://arxiv.org/abs/1706.03762"),
    ("pmid = {12345}", "https://pubmed.ncbi.nlm.nih.gov/12345/"),
    ("isbn = {978-0-19-852663-6}", "https://openlibrary.org/isbn/9780198526636"),
]


@pytest.mark.parametrize(("fields", "address"), PAGES)
def test_the_address_is_that_of_the_doi_else_the_url_else_a_number(
    compcite: Compcite, folder: Path, fields: str, address: str
) -> None:
    """Printed, it stands alone on its line."""
    (folder / "a.bib").write_text(f"@misc{{k, {fields}}}", encoding="utf-8")
    result = compcite("open", "k", "--print")
    assert (result.code, result.out) == (ExitCode.OK, address + "\n")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "javascript:alert(1)", "JavaScript://x%0aalert(1)", "http:", "http://["],
)
def test_only_pages_of_the_web_are_opened(
    compcite: Compcite, folder: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    """An address of another kind is as good as none."""
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    (folder / "a.bib").write_text(f"@misc{{k, url = {{{url}}}}}", encoding="utf-8")
    result = compcite("open", "k")
    assert (result.code, opened) == (ExitCode.FINDINGS, [])
    assert result.err.startswith("compcite: k: the entry has no DOI, no web address")


def test_the_browser_opens_each_page(
    compcite: Compcite, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a browser the sentence says what to do."""
    opened: list[str] = []

    def browse(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", browse)
    text = "@misc{a, doi = {10.1000/a}}\n@misc{b, url = {http://b.org}}"
    (folder / "a.bib").write_text(text, encoding="utf-8")
    assert compcite("open", "a", "b").code == ExitCode.OK
    assert opened == ["https://doi.org/10.1000/a", "http://b.org"]
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    result = compcite("open", "b")
    assert (result.code, result.err) == (
        ExitCode.COULD_NOT_RUN,
        "compcite: there is no browser to open http://b.org; --print prints addresses\n",
    )
