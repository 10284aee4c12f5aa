"""Publishers, pages and journals where styles put them in places of their own."""

from __future__ import annotations

import pytest

from compcite.formats.plain_text import parse_reference

CHAPTERS = {
    "Nature": (
        "Neff, K. D. & Germer, C. Being kind. in Minds and Bodies 183–208 (Sage Press, 2011)."
    ),
    "Cell": (
        "Neff, K.D., and Germer, C. (2011). Being kind. In Minds and Bodies (Sage Press), "
        "pp. 183–208."
    ),
    "Science": (
        "K. D. Neff, C. Germer, “Being kind” in Minds and Bodies (Sage Press, ed. 1, 2011), "
        "pp. 183–208."
    ),
    "APS": (
        "K. D. Neff and C. Germer, Being kind, in Minds and Bodies (Sage Press, 2011), pp. 183–208."
    ),
    "ACS": "Neff, K. D.; Germer, C. Being Kind. In Minds and Bodies; Sage Press, 2011; pp 183–208.",
    "Elsevier": (
        "Neff, K.D., Germer, C., 2011. Being kind, in: Minds and Bodies. Sage Press, pp. 183–208."
    ),
    "LNCS": (
        "Neff, K.D., Germer, C.: Being kind. In: Minds and Bodies. pp. 183–208. Sage Press (2011)."
    ),
    "ASA": (
        "Neff, Kristin D., and Christopher Germer. 2011. “Being Kind.” Pp. 183–208 in Minds "
        "and Bodies. Sage Press."
    ),
    "ACM": "Neff, K.D. and Germer, C. 2011. Being Kind. Minds and Bodies. Sage Press. 183–208.",
}
ARTICLES = {
    "Nature": "Neff, K. D. Being kind. Mindfulness 15, (2021).",
    "Science": "K. D. Neff, Being kind. Mindfulness 15 (2021).",
    "Elsevier": "Neff, K.D., 2021. Being kind. Mindfulness 15.",
    "ACM": "Neff, K.D. 2021. Being kind. Mindfulness. 15, (Feb. 2021).",
    "DGPs": "Neff, K. D. (2021). Being kind. Mindfulness, 15(2), 1–9. Springer.",
}


@pytest.mark.parametrize("text", CHAPTERS.values(), ids=CHAPTERS)
def test_chapter_in_any_style(text: str) -> None:
    """The same chapter has the same book, publisher and pages in every style."""
    item = parse_reference(text).item

    assert [name.family for name in item.names["author"]] == ["Neff", "Germer"]
    assert item.dates["issued"].year == 2011
    assert {
        "title": item.text["title"].lower(),
        **{name: item.text.get(name) for name in ("container-title", "publisher", "page")},
    } == {
        "title": "being kind",
        "container-title": "Minds and Bodies",
        "publisher": "Sage Press",
        "page": "183-208",
    }


@pytest.mark.parametrize("text", ARTICLES.values(), ids=ARTICLES)
def test_volume_without_pages_in_any_style(text: str) -> None:
    """A number behind a journal is its volume, and no part of its title."""
    item = parse_reference(text).item

    assert (item.text["title"], item.text["container-title"], item.text["volume"]) == (
        "Being kind",
        "Mindfulness",
        "15",
    )
    assert item.dates["issued"].year == 2021


def test_chemists_name_editors_series_and_place_behind_semicolons() -> None:
    """What stands behind semicolons is told apart by its words; the place follows the publisher."""
    item = parse_reference(
        "Neff, K. D. Being Kind. In Minds and Bodies; Germer, C., Raes, F., Eds.; Studies of Care; "
        "Springer: Berlin, 2011; pp 3–9."
    ).item

    assert [name.family for name in item.names["editor"]] == ["Germer", "Raes"]
    assert (
        item.text["container-title"],
        item.text["collection-title"],
        item.text["publisher"],
        item.text["publisher-place"],
    ) == ("Minds and Bodies", "Studies of Care", "Springer", "Berlin")


def test_editors_in_parentheses_behind_the_book() -> None:
    """Nature puts editors between the book and the pages."""
    item = parse_reference(
        "Neff, K. D. Being kind. in Minds and Bodies (eds Germer, C. & Raes, F.) vol. 7 3–9 "
        "(Springer, 2011)."
    ).item

    assert [name.family for name in item.names["editor"]] == ["Germer", "Raes"]
    assert (item.text["container-title"], item.text["volume"], item.text["page"]) == (
        "Minds and Bodies",
        "7",
        "3-9",
    )


def test_book_with_publisher_and_year_in_parentheses() -> None:
    """A book that ends with its publisher in parentheses is no article in one."""
    item = parse_reference("Neff, K. D. Minds and Bodies (Sage Press, Oxford, 2011).").item

    assert item.text == {
        "title": "Minds and Bodies",
        "publisher": "Sage Press",
        "publisher-place": "Oxford",
    }
    assert item.type == "book"


def test_abbreviated_journal_whose_words_no_list_has() -> None:
    """Abbreviated words before a journal's last belong to it, in the manner of ISO 4."""
    item = parse_reference(
        "Libine, M. & Sandine, E. Analysis with an indefinite signature. Complex Anal. Oper. "
        "Theory 15, 1–9 (2021)."
    ).item

    assert item.text["title"] == "Analysis with an indefinite signature"
    assert item.text["container-title"] == "Complex Anal. Oper. Theory"


def test_second_sentence_of_a_title_is_no_abbreviated_journal() -> None:
    """A short sentence with a small word, or a number of a part, stays with the title."""
    item = parse_reference(
        "Haas, H. C. (1967). Reversible gel systems. II. Journal of Polymer Science, 5(5), 915–927."
    ).item

    assert item.text["title"] == "Reversible gel systems. II"


def test_title_does_not_become_a_name_where_the_year_stands_last() -> None:
    """A list of names ends where the title begins, whatever brackets that has."""
    item = parse_reference(
        "Khedkar, K. & Bhalla, A. P. S. A model predictive control (MPC) framework for wave energy "
        "converters (WECs). Ocean Engineering 260, 111908 (2022)."
    ).item

    assert [name.family for name in item.names["author"]] == ["Khedkar", "Bhalla"]
    assert item.text["title"].startswith("A model predictive control")


def test_particles_and_the_family_name_stay_together_before_a_comma() -> None:
    """A list with initials first goes on behind a family name of two words."""
    item = parse_reference(
        "D. Staal, J. Van Camp, N. Yu, and G. Smagghe, A fish-out tool for peptides, Peptides 68, "
        "219 (2015)."
    ).item

    assert len(item.names["author"]) == 4
    assert item.text["title"] == "A fish-out tool for peptides"


def test_institution_among_people() -> None:
    """An institution in a list of people is not taken apart into names."""
    item = parse_reference(
        "Zhang, Y., Rzepa, H. S., & Imperial College Computing Service. (2014). Molecules. Wiley."
    ).item

    assert [name.literal or name.family for name in item.names["author"]] == [
        "Zhang",
        "Rzepa",
        "Imperial College Computing Service",
    ]


def test_given_name_behind_an_initial_beside_names_in_full() -> None:
    """Words behind an initial belong to the given name where others write theirs in full."""
    item = parse_reference(
        "Yip, Christina, and J. Michael Dixon. 2020. “Green Gel.” The Breast Journal 26 (11): 1–9."
    ).item

    assert [(name.family, name.given) for name in item.names["author"]] == [
        ("Yip", "Christina"),
        ("Dixon", "J. Michael"),
    ]


def test_year_before_a_title_without_authors() -> None:
    """A reference may begin with its year, which is no number of a list."""
    item = parse_reference("2020. Being kind. Mindfulness. 15, 2 (Feb. 2020), 1–9.").item

    assert (item.dates["issued"].year, item.text["title"]) == (2020, "Being kind")


def test_kind_of_work_in_brackets_is_no_part_of_the_title() -> None:
    """APA says in brackets what a work is that is no text."""
    item = parse_reference(
        "Ahmad, N. (2018). Orbits of satellites [Archival collection]. Figshare."
    ).item

    assert (item.text["title"], item.text["genre"]) == (
        "Orbits of satellites",
        "Archival collection",
    )


@pytest.mark.parametrize(
    "text",
    [
        "A. D. Becke, J. Chem. Phys. 98, 5648 (1993).",
        "A. D. Becke, J. Chem. Phys., 1993, 98, 5648.",
        "Becke, A. D. J. Chem. Phys. 1993, 98, 5648.",
    ],
)
def test_journal_that_follows_the_authors_at_once(text: str) -> None:
    """Physicists and chemists leave the title out; the journal is no author then."""
    item = parse_reference(text).item

    assert [(name.family, name.given) for name in item.names["author"]] == [("Becke", "A. D.")]
    assert (item.dates["issued"].year, item.text) == (
        1993,
        {"container-title": "J. Chem. Phys.", "volume": "98", "page": "5648"},
    )


def test_year_before_an_article_number_is_no_volume() -> None:
    """Where no other year is known, what looks like one is it."""
    item = parse_reference("Benevento, M. Being kind. Rev. Educ. 2023, e74348.").item

    assert (item.dates["issued"].year, item.text["page"], item.text.get("volume")) == (
        2023,
        "e74348",
        None,
    )


def test_title_that_begins_with_a_small_letter_is_no_given_name() -> None:
    """Software has names such as shinyTime, and loses none of its title."""
    item = parse_reference("Burger, G. shinyTime: A widget for time. CRAN, 2016.").item

    assert item.text["title"] == "shinyTime: A widget for time"


def test_preprint_with_its_year_last() -> None:
    """Nature puts the year of a preprint last; the title is no author then."""
    item = parse_reference(
        "Loose, N. & Heimbach, P. Leveraging Uncertainty Quantification to Design Ocean Climate "
        "Systems. Preprint at https://doi.org/10.1002/essoar.10504562.2 (2021)."
    ).item

    assert [name.family for name in item.names["author"]] == ["Loose", "Heimbach"]
    assert item.text["title"].startswith("Leveraging Uncertainty")
    assert item.text["genre"] == "Preprint"
