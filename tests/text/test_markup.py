"""The markup of CSL-JSON in titles."""

from __future__ import annotations

import pytest

from compcite.text.markup import PROTECTED, protect_whole_words


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (f"{PROTECTED}F</span>ourier", f"{PROTECTED}Fourier</span>"),
        (f"an i{PROTECTED}P</span>ho{PROTECTED}N</span>e", f"an {PROTECTED}iPhoNe</span>"),
        (f"{PROTECTED}k</span>-means", f"{PROTECTED}k</span>-means"),
        (f"{PROTECTED}<i>Homo</i></span>s", f"{PROTECTED}<i>Homo</i>s</span>"),
        ("<i>no</i> span", "<i>no</i> span"),
        (f"{PROTECTED}unclosed", f"{PROTECTED}unclosed"),
    ],
)
def test_no_word_is_protected_by_half(title: str, expected: str) -> None:
    """A span grows to the ends of the words that it cuts; two in one word become one."""
    assert protect_whole_words(title) == expected
