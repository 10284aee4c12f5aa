"""What holds for every reader of references, whatever text it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compcite.formats import READERS
from compcite.model.source import SourceFile

if TYPE_CHECKING:
    from compcite.model.source import Span

PIECES = [
    *("TY  - JOUR", "TI  - A title", "AU  - Doe, Jane", "PY  - 2001/13/45//x", "ER  - ", "SP  - "),
    *("PMID- 1", "TI  - A title", "FAU - ,", "DP  - 0000 Foo", "      more", "LID -  [doi]"),
    *("%0 Book", "%A ,", "%T A title", "%D -", "%K one", "%8 /"),
    *("<record>", "</record>", "<titles><title>A &amp; é</title></titles>", "<a>", "&x;"),
    *("references:", "- id: a", "  title: A title", "  type: book", "  issued: [x", "    - &a"),
    *("key:", "    parent: {title: A}", "  date: 2001-99", "  author: [1, {}]", "  - *a", "a: b"),
    *("title: A", "authors:", "  - name: B", "preferred-citation:", "\t", "😀", "---", "'", "\x00"),
]


def _inside(span: Span, text: str) -> bool:
    return 0 <= span.start <= span.end <= len(text)


@pytest.mark.no_cover
@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=14),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_text_is_read_without_a_fault(name: str, lines: list[str], line_end: str) -> None:
    """A reader never raises, and places all that it finds within the text."""
    text = line_end.join(lines)
    found, problems = READERS[name](SourceFile("list", text))
    spans = [problem.span for problem in problems]
    for entry in found:
        fields = [span for field in entry.fields for span in (field.span, field.content_span)]
        spans += [entry.span, entry.key_span, *fields]
        assert entry.key
    assert [span for span in spans if not _inside(span, text)] == []
