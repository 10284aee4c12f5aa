"""What counts as lost when a format is read back."""

from __future__ import annotations

import pytest

from compcite.formats.losses import altered
from compcite.model.item import Item


@pytest.mark.parametrize(
    ("url", "doi", "expected"),
    [
        ("http://dx.doi.org/10.5555/P.9", "10.5555/p.9", []),
        ("https://doi.org/10.5555/p.9", "10.5555/p.9", []),
        ("https://doi.org/10.5555/p.9", "10.5555/other", ["URL"]),
        ("https://press.example/10.5555/p.9", "10.5555/p.9", ["URL"]),
        ("https://example.org/", "10.5555/p.9", ["URL"]),
    ],
)
def test_an_address_that_was_kept_as_a_doi_is_not_lost(
    url: str, doi: str, expected: list[str]
) -> None:
    """The address of a resolver says no more than the DOI; that of another page does."""
    item, kept = Item("webpage", {"URL": url}), Item("webpage", {"DOI": doi})

    assert list(altered(item, kept)) == expected
