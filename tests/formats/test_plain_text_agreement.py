"""When the reading of the rules stands: where a style is followed, or the model agrees."""

from __future__ import annotations

import pytest

from compcite.formats.plain_text.agreement import is_agreed
from compcite.formats.plain_text.model import Labelled
from compcite.formats.plain_text.regular import frame_of, is_regular
from compcite.formats.plain_text.ruled import certain, ruled
from compcite.formats.plain_text.said import said_of
from compcite.formats.plain_text.tokens import tokens_of

REGULAR = {
    "APA": "Neff, K. D. (2003). Being kind. Self and Identity, 2(3), 223–250.",
    "Vancouver": "Neff KD. Being kind. Self and Identity. 2003 Jul;2(3):223–50.",
    "IEEE": "K. D. Neff, “Being kind,” Self and Identity, vol. 2, no. 3, pp. 223–250, 2003.",
}


@pytest.mark.parametrize("text", REGULAR.values(), ids=REGULAR)
def test_reference_that_follows_a_style(text: str) -> None:
    """Written exactly as a style has it, with no word left over, a reference is regular."""
    assert is_regular(ruled(certain(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Neff, K. D. (2003). Being kind. Self and Identity, 2(3), 223–250. See there.",
        "Neff, K. D. Being kind. Self and Identity 2003, 2(3), 223–250",
        "Neff, K. D. (2003). Being kind. Self and Identity.",
    ],
)
def test_reference_that_follows_no_style(text: str) -> None:
    """A word left over, another order, or a journal without a number may be read in other ways."""
    assert not is_regular(ruled(certain(text)))


def test_frame_of_a_reference() -> None:
    """The frame has the names of the parts in their places."""
    sheet = ruled(certain(REGULAR["APA"]))

    assert frame_of(sheet) == (
        "{author} ({issued}). {title}. {container-title}, {volume}({issue}), {page}"
    )


def _agreed(text: str, label: str, chance: float) -> bool:
    """Return whether a model agrees that gives the title of a text a label with a probability.

    Of all else it thinks what the rules think.
    """
    sheet = ruled(certain(text))
    tokens = tokens_of(text)
    said = said_of(sheet, tokens)
    names = {"container-title": "container", "page": "pages", "issued": "date"}
    labels, chances = [], []
    for part in said.parts:
        own = names.get(part, part)
        labels.append(label if part == "title" else own)
        chances.append({"title": 1 - chance, label: chance} if part == "title" else {own: 1.0})
    return is_agreed(said, tokens, Labelled(tuple(labels), tuple(chances)))


@pytest.mark.parametrize(
    ("label", "chance", "agreed"),
    [
        ("title", 1.0, True),
        ("container", 0.6, True),
        ("container", 0.99, False),
        ("note", 1.0, True),
    ],
)
def test_model_that_sees_something_else_in_a_title(
    label: str,
    chance: float,
    agreed: bool,  # noqa: FBT001 - a case
) -> None:
    """The rules stand where the model leaves them one chance in twenty, or has no name for it."""
    assert _agreed(REGULAR["APA"], label, chance) is agreed
