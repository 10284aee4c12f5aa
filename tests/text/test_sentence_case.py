"""Titles from Title Case to sentence case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.text.sentence_case import is_title_case, proper_nouns, sentence_case


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Origin of Species", "The origin of species"),
        ("Stress: An Initial Evaluation", "Stress: An initial evaluation"),
        ("What Do We Know? A Review", "What do we know? A review"),
        ("Trauma-Related Shame and Self-Criticism", "Trauma-related shame and self-criticism"),
        ("DNA Repair by the McDonald Method", "DNA repair by the McDonald method"),
        ("World War II and X-Ray Data of Vitamin C", "World war II and X-ray data of vitamin C"),
        ("COVID-19 in the 1990s", "COVID-19 in the 1990s"),
        ("Meditation in African Americans", "Meditation in African Americans"),
        ("Care of Alzheimer’s Patients", "Care of Alzheimer’s patients"),
        (
            'The <span class="nocase">Bayes Factor</span> of a Thing',
            'The <span class="nocase">Bayes Factor</span> of a thing',
        ),
        ("Growth of <i>Escherichia Coli</i> Cells", "Growth of <i>escherichia coli</i> cells"),
        ("“Quoted Words” Begin", "“Quoted words” begin"),
        ("Why I Write", "Why I write"),
    ],
)
def test_a_title_is_lowered_but_for_what_keeps_its_case(title: str, expected: str) -> None:
    """Kept: the first word, what follows a colon, acronyms, names, protected words."""
    assert sentence_case(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Self-Compassion: An Alternative Conceptualization", True),
        ("Self-compassion, Interpersonal Conflict Resolutions, and Well-being", True),
        ("Rumination and worry as mediators", False),
        ("Effects of mindfulness in the United Kingdom", False),
        ("Rumination", False),
        ("Penisverletzung durch eine Moulinette: Folge einer Verstümmelung", False),
        ('<span class="nocase">Big Protected Words</span> here', False),
    ],
)
def test_title_case_is_told_from_sentence_case(title: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    """Most words that may be small are capital."""
    assert is_title_case(title) == expected


def test_proper_nouns_are_learnt_from_titles_in_sentence_case() -> None:
    """A capital in the midst of a title in sentence case is a name's."""
    titles = ["Effects of the Trier test on stress", "A Guide to Growing Tomatoes Well"]
    names = proper_nouns(titles)

    assert names == {"trier"}
    assert sentence_case("The Trier Stress Test", names) == "The Trier stress test"


@given(st.text())
def test_conversion_changes_nothing_but_case_and_settles(title: str) -> None:
    """Whatever the title, only letters' case changes, and a second conversion changes nothing."""
    once = sentence_case(title)

    assert once.casefold() == title.casefold()
    assert sentence_case(once) == once
