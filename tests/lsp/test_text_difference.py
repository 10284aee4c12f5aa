"""Where two versions of a text differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compcite.lsp.text_difference import changed_lines, changed_stretch

TEXTS = st.text(alphabet="ab\n", max_size=30)


@given(TEXTS, TEXTS)
def test_one_stretch_makes_a_text_of_another(before: str, after: str) -> None:
    """The rest stays; of two equal texts nothing is replaced."""
    start, end, new = changed_stretch(before, after)
    assert before[:start] + new + before[end:] == after
    if before == after:
        assert (end - start, new) == (0, "")


@given(TEXTS, TEXTS)
def test_stretches_of_lines_make_a_text_of_another(before: str, after: str) -> None:
    """Only lines that differ are replaced."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    made, done = [], 0
    for first, last, low, high in changed_lines(old, new):
        assert old[first:last] != new[low:high]
        made += old[done:first] + new[low:high]
        done = last
    assert made + old[done:] == new


def test_lines_between_two_changes_stay() -> None:
    """They are not replaced together with what differs before and behind them."""
    assert list(changed_lines(["a", "b", "c"], ["x", "b", "y"])) == [(0, 1, 0, 1), (2, 3, 2, 3)]


def test_very_many_lines_that_differ_are_replaced_as_one() -> None:
    """Nobody waits for a comparison whose time grows with the square of the lines."""
    before = [f"{number}\n" for number in range(3_000)]
    after = [line if number % 2 else "x\n" for number, line in enumerate(before)]
    assert list(changed_lines(before, after)) == [(0, 2_999, 0, 2_999)]
