"""Titles from Title Case to sentence case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.text.capitals.sentence_case import (
    is_english,
    is_title_case,
    proper_nouns,
    sentence_case,
    without_title_case,
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Origin of Species", "The origin of species"),
        ("Stress: An Initial Evaluation", "Stress: An initial evaluation"),
        ("What Do We Know? A Review", "What do we know? A review"),
        ("Trauma-Related Shame and Self-Criticism", "Trauma-related shame and self-criticism"),
        ("DNA Repair by the McDonald Method", "DNA repair by the McDonald method"),
        ("World War II and X-Ray Data of Vitamin C", "World War II and X-ray data of vitamin C"),
        ("COVID-19 in the 1990s", "COVID-19 in the 1990s"),
        ("Meditation in African Americans", "Meditation in African Americans"),
        ("Care of Alzheimer’s Patients", "Care of Alzheimer’s patients"),
        (
            'The <span class="nocase">Bayes Factor</span> of a Thing',
            'The <span class="nocase">Bayes Factor</span> of a thing',
        ),
        ("Growth of <i>Escherichia Coli</i> Cells", "Growth of <i>Escherichia coli</i> cells"),
        ("“Quoted Words” Begin", "“Quoted words” begin"),
        ("Why I Write", "Why I write"),
        ("Graph Theory", "Graph theory"),
        ("Notes on Method", "Notes on method"),
    ],
)
def test_a_title_is_lowered_but_for_what_keeps_its_case(title: str, expected: str) -> None:
    """Kept: the first word, what follows a colon, acronyms, names, protected words."""
    assert sentence_case(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Rest and recall in mice: an experiment", "Rest and recall in mice: An experiment"),
        ("Do plants hear? a survey", "Do plants hear? A survey"),
        ("Fitting: p values and more", "Fitting: p values and more"),
        ("Therapies: mRNA and others", "Therapies: mRNA and others"),
        ("The “why?” of things", "The “why?” of things"),
        ("Ratio 2:one", "Ratio 2:one"),
        ("Der Bau: eine Studie", "Der Bau: eine Studie"),
        (
            'Parts: <span class="nocase">de novo</span> design',
            'Parts: <span class="nocase">de novo</span> design',
        ),
    ],
)
def test_a_subtitle_begins_with_a_capital(title: str, expected: str) -> None:
    """In whatever case the title is, but for symbols, protected words and other languages."""
    assert sentence_case(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Schools in the U.S. Today", "Schools in the U.S. today"),
        ("Town vs. Country in Verse", "Town vs. country in verse"),
        ("Mrs. Dalloway and Mt. Rainier", "Mrs. Dalloway and Mt. Rainier"),
        ("The Books of E. M. Forster", "The books of E. M. Forster"),
        ("The State of the Art. A Review", "The state of the art. A review"),
        ("Taxes in the E.U. Now", "Taxes in the E.U. now"),
        ("The Work of Ng et Al. Found", "The work of ng et al. found"),
    ],
)
def test_the_stop_of_an_abbreviation_ends_no_sentence(title: str, expected: str) -> None:
    """Behind it words are lowered; behind initials and titles of persons stand names."""
    assert sentence_case(title) == expected


def test_title_case_is_for_english() -> None:
    """A title in another language is kept from a style that capitalizes words."""
    kept = '<span class="nocase">A casa e o rio</span>'

    assert without_title_case("A casa e o rio") == kept
    assert without_title_case("The house and the river") == "The house and the river"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Self-Compassion: An Alternative Conceptualization", True),
        ("Self-compassion, Interpersonal Conflict Resolutions, and Well-being", True),
        ("Rumination and worry as mediators", False),
        ("Effects of mindfulness in the United Kingdom", False),
        ("Rumination", False),
        ("Graph Theory", True),
        ("Penisverletzung durch eine Moulinette: Folge einer Verstümmelung", False),
        ('<span class="nocase">Big Protected Words</span> here', False),
    ],
)
def test_title_case_is_told_from_sentence_case(title: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    """Most words that may be small are capital."""
    assert is_title_case(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Helicobacter Pylori Genome", "The Helicobacter pylori genome"),
        ("Growth of E. Coli and S. Aureus", "Growth of E. coli and S. aureus"),
        ("A Toad (Bufo Gargarizans) in Korea", "A toad (Bufo gargarizans) in Korea"),
        ("Moths (Carabus Sinensis Ward, 1942)", "Moths (Carabus sinensis Ward, 1942)"),
        ("New Clostridium Spp. in Soil", "New Clostridium spp. in soil"),
        ("A Beetle of the Genus Carabus Here", "A beetle of the genus Carabus here"),
        ("A Worm (Annelida, Syllidae) of the Deep", "A worm (Annelida, Syllidae) of the deep"),
        ("The Origin of Homo Sapiens in Africa", "The origin of Homo sapiens in Africa"),
        ("A Lupus Erythematosus Data Analysis", "A lupus erythematosus data analysis"),
    ],
)
def test_names_of_species_keep_their_genus(title: str, expected: str) -> None:
    """The genus keeps its capital, the epithet has none; Latin that English took over is small."""
    assert sentence_case(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Life in New York and North Carolina", "Life in New York and North Carolina"),
        ("The North of a New World", "The north of a new world"),
        ("Air in New South Wales, Wales", "Air in New South Wales, Wales"),
        ("The Second World War, a Second War", "The Second World War, a second war"),
        ("Banks, the Great, Depression", "Banks, the great, depression"),
        ("Fish of the Yangtze River and a River", "Fish of the Yangtze River and a river"),
        ("The Gulf of Finland and Its Gulf", "The Gulf of Finland and its gulf"),
        ("Work in Cali, Colombia", "Work in Cali, Colombia"),
        ("Fish of Rongcheng Bay, China", "Fish of Rongcheng Bay, China"),
        ("Anemia in Pregnant Women, Kenya", "Anemia in pregnant women, Kenya"),
        ("Refugees of Iraqi and Sudanese Descent", "Refugees of Iraqi and Sudanese descent"),
        ("The World Health Organization Today", "The World Health Organization today"),
        ("The Role of Chinese Universities", "The role of Chinese universities"),
    ],
)
def test_places_and_what_is_called_after_them(title: str, expected: str) -> None:
    """Known places, and what stands beside them as part of a name."""
    assert sentence_case(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("On Hamiltonian and Gaussian Pedestrians", "On Hamiltonian and Gaussian pedestrians"),
        ("A Bose–Einstein and a Core–Shell State", "A Bose–Einstein and a core–shell state"),
        ("On Moore’s Law and Women’s Health", "On Moore’s law and women’s health"),
        ("The Carathéodory Number", "The Carathéodory number"),
        ("Of Naïve Holocene Soils in May 2011", "Of naïve Holocene soils in May 2011"),
        ("The May Be Effect", "The may be effect"),
        ("Traces of Pb and Cu by Ng et Al.", "Traces of Pb and Cu by ng et al."),
        ("Zones A and B of a Thing", "Zones A and B of a thing"),
        ("Review of “A New Kind of Power Law”", "Review of “A new kind of power law”"),
    ],
)
def test_names_told_by_their_form_or_their_neighbours(title: str, expected: str) -> None:
    """Words formed from names, compounds of names, laws by their owner, symbols and dates."""
    assert sentence_case(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Psychology of Kindness", True),
        ("Kindness", True),
        ("The Use of De Novo Assembly", True),
        ("Handbuch Psychologische Diagnostik", False),
        ("O Livro do Tempo na Grécia", False),
        ("La Compassion Envers Les Autres", False),
        ("Het geheim van de boom", False),
        ("Att leva i staden", False),
        ("Studie o lásce", False),
        ("Война и мир", False),
        ("E-learning for naïve users", True),
        ("On β-decay", True),
    ],
)
def test_titles_in_other_languages_are_told(title: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    """Small words and endings of other languages, with no more English ones beside them."""
    assert is_english(title) == expected


def test_keywords_give_proper_nouns_away() -> None:
    """A capital among keywords in small letters is a name's; where all have one it says nothing."""
    keywords = ["stress, Trier test, shame", "Ecology; Evolution; Behavior"]

    assert proper_nouns([], keywords) == {"trier"}


def test_what_is_small_anywhere_is_no_proper_noun() -> None:
    """A word that another title has in small letters is a common one."""
    titles = ["Effects of the Widget on trees", "How a widget works in practice"]

    assert proper_nouns(titles) == set()


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
