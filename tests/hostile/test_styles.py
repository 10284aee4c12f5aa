"""CSL styles that are right by the schema and print next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite

EMPTY = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>T</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="annote"/></layout></citation>
  <bibliography><layout><text variable="annote"/></layout></bibliography>
</style>
"""


def test_a_style_that_prints_nothing_of_an_article_is_no_bug(
    compcite: Compcite, references: Path
) -> None:
    """Such a style is tried on an article, to see whether it sets titles in Title Case."""
    references.with_name("empty.csl").write_text(EMPTY, encoding="utf-8")

    result = compcite("export", "references.bib", "--style", "./empty.csl")

    assert "bug" not in result.err
    assert result.code in (0, 1, 2)


def test_a_style_in_an_unknown_encoding_is_one_sentence(
    compcite: Compcite, references: Path
) -> None:
    """The encoding is what the style's first line says, which anybody can write."""
    for name in ("utfff-8", "utf-7", "shift_jis"):
        text = f'<?xml version="1.0" encoding="{name}"?>\n{EMPTY}'
        references.with_name("odd.csl").write_text(text, encoding="utf-8")

        result = compcite("export", "references.bib", "--style", "./odd.csl")

        assert result.code == 2
        assert "odd.csl:1:1: its XML declaration names an encoding" in result.err
