"""The pages on which a work is cited, printed behind its reference by LaTeX."""

from __future__ import annotations

import pytest

from compcite.formats.plain_text import parse_reference

REFERENCE = (
    "Min Kim, Anil K. Jain, and Xiao Liu. AdaTest: Quality margins for faces. In CVPR, 2022."
)


@pytest.mark.parametrize(
    "pages",
    ["2, 4, 6", "3", "12, 114", "Cited on page 3.", "(cited on pages 2, 5 and 7)", "Cited at p. 4"],
)
def test_pages_that_cite_a_work_are_not_its_own(pages: str) -> None:
    """Numbers behind a finished reference are no volume and no pages of the work."""
    text = dict(parse_reference(f"{REFERENCE} {pages}").item.text)

    assert text == dict(parse_reference(REFERENCE).item.text)
    assert not {"volume", "issue", "page", "number", "publisher"} & set(text)


@pytest.mark.parametrize(
    ("behind", "variable", "value"),
    [
        ("Journal of Faces, 2022, 12, 45", "volume", "12"),
        ("Journal of Faces 12, 2022, p. 45", "page", "45"),
        ("Journal of Faces, Vol. 12, 2022, pp. 4-6.", "page", "4-6"),
    ],
)
def test_numbers_of_the_work_stay(behind: str, variable: str, value: str) -> None:
    """What follows a comma or a label belongs to the work."""
    item = parse_reference(f"Kim, M., Quality margins for faces. {behind}").item

    assert item.text[variable] == value
