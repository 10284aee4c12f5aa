"""References with random damage: whatever stands there, it is read and nothing is lost."""

from __future__ import annotations

import random

import pytest

from compcite.formats.plain_text import parse_reference, read_plain_text
from compcite.model.source import SourceFile

REFERENCES = (
    (
        "Neff, K. D., & Germer, C. K. (2013). A pilot study of the program. Journal of Clinical "
        "Psychology, 69(1), 28–44. https://doi.org/10.1002/jclp.21923"
    ),
    (
        "[7] K. D. Neff and C. Germer, “A pilot study,” in Proc. 5th Conf. on Mindfulness, Berlin, "
        "Germany, 2013, pp. 28–44."
    ),
    "Bourdieu, Pierre (1979): La distinction. Critique sociale du jugement. Paris: Minuit.",
    "R. Faccini, V. Patera, Mod. Phys. Lett. A 30 (2015) 1540023.",
    "Neff KD. Being kind [dissertation]. Austin (TX): University of Texas; 2010. 111 p.",
)
STRANGE = (
    *("(", ")", "[", "]", "“", "”", '"', "'", ".", ",", ";", ":", "–", "—", "&", "/", "\x1f"),
    *("\n", "\n\n", "\t", "  ", "et al.", "In:", "(Eds.)", "1999", "12(3)", "10.1/x", "http://"),
    *("\u0301", "\u200b", "中", "Ж", "ß", "😀", "\x00"),
)


def _mutated(text: str, dice: random.Random) -> str:
    """The text with up to six characters lost, doubled, moved, or strange ones put in."""
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.choice((1, 1, 2, 8, 30)))
        piece = dice.choice(
            ("", text[start:end] * 2, dice.choice(STRANGE) * dice.choice((1, 1, 3)))
        )
        text = text[:start] + piece + text[end:]
    return text


@pytest.mark.parametrize("seed", range(30))
def test_damaged_reference_is_read(seed: int) -> None:
    """A damaged reference raises nothing, and its parts lie within its text."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    text = _mutated(dice.choice(REFERENCES), dice)
    parsed = parse_reference(text)

    assert [part for part in parsed.parts if not 0 <= part.start < part.end <= len(text)] == []
    assert [part for part in parsed.parts if not 0 <= part.confidence <= 1] == []


@pytest.mark.parametrize("seed", range(20))
def test_damaged_list_loses_nothing(seed: int) -> None:
    """All words of a list stand in an entry, in a heading, or in what is named as of a page."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    text = "\n\n".join(_mutated(reference, dice) for reference in REFERENCES)
    source = SourceFile("list.txt", text)
    entries, problems = read_plain_text(source)
    spans = [entry.span for entry in entries] + [problem.span for problem in problems]
    held = {at for span in spans for at in range(span.start, span.end)}
    lost = "".join(char for at, char in enumerate(text) if at not in held and char.isalnum())

    assert lost == ""


@pytest.mark.parametrize(
    "filler", ["(", "“", "a. ", "A. ", "A, ", "12, ", "(1", "[", "in ", "1999 "]
)
def test_long_reference_is_read(filler: str) -> None:
    """However often one thing is said again, it is read."""
    text = f"Neff, K. D. (2003). {filler * 1500} Journal, 2(1), 3–4."

    assert parse_reference(text).text == text


def test_phrase_of_very_many_words_is_read() -> None:
    """However long a stretch without punctuation is, it is read."""
    text = f"Neff, K. D. (2003). {'kind words ' * 6_000}. Journal, 2(1), 3–4."

    assert parse_reference(text).text == text
