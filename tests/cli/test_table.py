"""The table of ``compcite list`` on a terminal."""

from __future__ import annotations

import pytest

from compcite.cli._table import fitted

ROW = {
    "key": "neff2003self",
    "authors": "Neff",
    "year": "2003",
    "title": "Self-Compassion: An Alternative Conceptualization of a Healthy Attitude",
    "container": "Self and Identity",
    "doi": "10.1080/15298860309032",
}


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (200, {"key": 12, "authors": 7, "year": 4, "title": 71, "container": 17, "doi": 22}),
        (120, {"key": 12, "authors": 7, "year": 4, "title": 46, "container": 17, "doi": 22}),
        (80, {"key": 12, "authors": 7, "year": 4, "title": 25, "doi": 22}),
        (60, {"key": 12, "authors": 7, "year": 4, "title": 29}),
    ],
)
def test_columns_share_the_width(width: int, expected: dict[str, int]) -> None:
    """Keys, years and DOIs stay whole; titles give way; the container is left out first."""
    assert fitted(list(ROW), [ROW], width) == expected


def test_an_empty_column_is_left_out_first() -> None:
    """Before one that says something."""
    assert list(fitted(list(ROW), [ROW | {"year": "", "doi": ""}], 66)) == [
        "key",
        "authors",
        "title",
        "container",
    ]


def test_a_long_key_leaves_room_for_the_title() -> None:
    """The column of keys as long as half a title is narrower than the keys, which stand above."""
    row = ROW | {"key": "neff2003selfcompassionanalternativeconceptualizationofahealthyattitude"}

    assert fitted(list(row), [row], 80) == {"key": 20, "authors": 7, "year": 4, "title": 41}


def test_wide_characters_count_twice() -> None:
    """Widths are terminal cells, not characters."""
    assert fitted(["title"], [{"title": "自己慈愛"}], 80) == {"title": 8}
