"""Numbers of pages where a format has one place for pages and their number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.formats.page_counts import page_count, with_unit


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("346 p.", "346"),
        ("xviii, 507 p.", "xviii, 507"),
        ("xii + 88 p.", "xii + 88"),
        ("Loose-leaf ed. p.", "Loose-leaf ed."),
        ("12-19 p.", ""),
        ("12 – 19 p.", ""),
        ("346", ""),
        ("p.", ""),
        (" p.", ""),
        ("", ""),
    ],
)
def test_a_number_of_pages_has_its_unit(written: str, count: str) -> None:
    """Pages have none, and a range is no number of pages."""
    assert count == page_count(written)


@given(st.text())
def test_a_written_number_is_read_as_it_was(count: str) -> None:
    """What could not be read back is not written."""
    written = with_unit(count)
    assert page_count(written) == (count if written else "")
