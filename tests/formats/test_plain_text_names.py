"""Name lists in plain-text references."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.formats.plain_text.leading import leading_people
from compcite.formats.plain_text.people import read_people

if TYPE_CHECKING:
    from compcite.model.item import Name


def shown(name: Name) -> str:
    """A name in one piece: ``particle family, given``."""
    if name.literal:
        return "{" + name.literal + "}"
    family = " ".join(filter(None, (name.non_dropping_particle, name.family)))
    given = " ".join(filter(None, (name.given, name.dropping_particle, name.suffix)))
    return f"{family}, {given}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Neff, K. D., & Germer, C.-K.", ["Neff, K. D.", "Germer, C.-K."]),
        ("Neff KD, Germer C, Rokityansky II", ["Neff, KD", "Germer, C", "Rokityansky, II"]),
        ("Lee S., Park J.H., Kim Y.", ["Lee, S.", "Park, J.H.", "Kim, Y."]),
        ("K. D. Neff, C. Germer, and M. Wessa", ["Neff, K. D.", "Germer, C.", "Wessa, M."]),
        ("Neff, Kristin D., and Chris Germer", ["Neff, Kristin D.", "Germer, Chris"]),
        ("Neff, Kristin, Germer, Chris", ["Neff, Kristin", "Germer, Chris"]),
        ("Kristin Neff, Chris Germer and Ana Ray", ["Neff, Kristin", "Germer, Chris", "Ray, Ana"]),
        ("Müller, H.; Özdemir, C.", ["Müller, H.", "Özdemir, C."]),
        ("Müller, Hans/Schmidt, Eva", ["Müller, Hans", "Schmidt, Eva"]),
        ("STEIN, E. A., & GIL, M.", ["STEIN, E. A.", "GIL, M."]),
        ("M. GIL and Y. WU", ["GIL, M.", "WU, Y."]),
        ("van der Maaten, L., & Hinton, G.", ["van der Maaten, L.", "Hinton, G."]),
        ("Medeiros, E. S. de", ["Medeiros, E. S. de"]),
        ("E. S. de Medeiros", ["de Medeiros, E. S."]),
        ("O’Brien, K., & d’Allonnes, A. R.", ["O’Brien, K.", "d’Allonnes, A. R."]),
        ("MacDonald-Smith, T. J., Jr., & Ray, A.", ["MacDonald-Smith, T. J. Jr.", "Ray, A."]),
        ("García Márquez, Gabriel", ["García Márquez, Gabriel"]),
        ("S. Eftekhar Azam and A. Rageh", ["Eftekhar Azam, S.", "Rageh, A."]),
        ("Jin R, Du Q, Bruce King R", ["Jin, R", "Du, Q", "Bruce King, R"]),
        ("World Health Organization (WHO)", ["{World Health Organization}"]),
        (
            "Centers for Disease Control and Prevention",
            ["{Centers for Disease Control and Prevention}"],
        ),
    ],
)
def test_list_in_any_style(text: str, expected: list[str]) -> None:
    """What stands between the commas tells in which order names are written."""
    people = read_people(text)

    assert people is not None
    assert expected == [shown(name) for name in people.names]


@pytest.mark.parametrize(
    "text", ["Neff KD, Germer C, et al.", "Neff, K. D., Germer, C., … Wessa, M."]
)
def test_list_that_is_not_whole(text: str) -> None:
    """More names than are given are said to be there."""
    people = read_people(text)

    assert people is not None
    assert people.truncated


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Eid, M., & Larsen, R. J. (Eds.)", "editor"),
        ("Gilbert P, editor", "editor"),
        ("Robertson, Ritchie, ed.", "editor"),
        ("Sheridan, A. (Trans.)", "translator"),
        ("Neff, K. D.", "author"),
    ],
)
def test_role(text: str, role: str) -> None:
    """Words after the names say what those people did."""
    people = read_people(text)

    assert people is not None
    assert role == people.role


@pytest.mark.parametrize(
    "text",
    [
        "The holy books of the law",
        "Self-compassion and depression in 1999",
        "Neff KD. The development of a scale",
        "What is compassion?",
        "Poster Presentations - Lung and Heart",
    ],
)
def test_title_is_no_list(text: str) -> None:
    """What has small words, digits or sentences in it is no list of names."""
    assert read_people(text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Neff KD, Germer C. A trial of it. J Foo. 2013;1:2.", " A trial of it. J Foo. 2013;1:2."),
        ("Smith J. Great Expectations. Penguin; 2004.", " Great Expectations. Penguin; 2004."),
        ("Labitt, M., and M. A. Herlin. Use of It. Press.", " Use of It. Press."),
        ("D. E. Knuth and A. Ray, The Art of It, 1997.", "The Art of It, 1997."),
        ("Habermas, Jürgen: Theorie. Suhrkamp 1981.", ": Theorie. Suhrkamp 1981."),
    ],
)
def test_list_at_the_beginning(text: str, rest: str) -> None:
    """A list without a year after it ends where names do."""
    found = leading_people(text)

    assert found is not None
    assert rest == text[found[1] :]


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Neff, Kristin D. Being Kind. New York: Norton, 2010.", "Neff, Kristin D."),
        ("Gould, Stephen Jay. Wonderful Life. New York: Norton, 1989.", "Gould, Stephen Jay"),
    ],
)
def test_title_in_capitals_behind_a_given_name(text: str, author: str) -> None:
    """A middle initial is the last of a given name, whatever the title looks like."""
    people, _ = leading_people(text) or (None, 0)

    assert people is not None
    assert [shown(name) for name in people.names] == [author]


def test_degree_between_a_word_and_a_particle() -> None:
    """A degree that passes for initials is none, and ends no reading."""
    people = read_people("Neff PhD y")

    assert people is not None
    assert [name.family for name in people.names] == ["Neff"]
