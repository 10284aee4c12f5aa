"""Texts for which a pattern once took a time that doubled with each letter, or nearly so."""

from __future__ import annotations

import pytest

from compcite.formats import FORMATS
from compcite.model.source import SourceFile

MANY = 20_000
TEXTS = {
    "capitals behind an editor": (
        "plain-text",
        "Doe, J. (2001). A title. Edited by Abc Def, " + "A" * 60 + " x. Springer.\n",
        1,
    ),
    "Org blocks that nothing ends": ("document", "#+begin_src\n" * MANY + "10.1234/x\n", 1),
    "newlines in a value": ("bibtex", "@misc{a, title = {" + "\n" * MANY + "}}\n", 1),
    "blanks before an encoding": ("bibtex", "%" + " " * MANY + "\n@misc{a}\n", 1),
    "blanks in a name of PubMed": ("nbib", "PMID- 1\nAU  - Doe" + " " * MANY + "x\n", 1),
}


@pytest.mark.parametrize(("name", "text", "entries"), TEXTS.values(), ids=TEXTS)
def test_a_text_made_for_a_pattern_is_read(name: str, text: str, entries: int) -> None:
    """A reader that tries every way to take such a text apart would not come to an end here."""
    source = SourceFile("x.org" if name == "document" else "x", text)

    reader = FORMATS[name].read
    assert reader is not None
    read, _ = reader(source)

    assert len(read) == entries
