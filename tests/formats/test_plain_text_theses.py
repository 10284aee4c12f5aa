"""Theses and reports in plain text: what they are, whose they are, and where they are kept."""

from __future__ import annotations

import pytest

from compcite.formats.plain_text import parse_reference

THESES = {
    "APA": (
        "Neff, K. D. (2010). Being kind [Doctoral dissertation, University of Texas]. ProQuest.",
        ("Doctoral dissertation", "University of Texas", None, "ProQuest"),
    ),
    "APA, the sixth edition": (
        "Neff, K. D. (2010). Being kind (Doctoral dissertation). University of Texas, Austin, TX.",
        ("Doctoral dissertation", "University of Texas", "Austin, TX", None),
    ),
    "APA, with a town in the school's name": (
        (
            "Neff, K. D. (2010). Being kind [Master’s thesis, University of California, Berkeley]. "
            "eScholarship. https://escholarship.org/uc/item/1"
        ),
        ("Master’s thesis", "University of California, Berkeley", None, "eScholarship"),
    ),
    "APA, unpublished": (
        "Neff, K. D. (2010). Being kind [Unpublished master’s thesis]. University of Texas.",
        ("Unpublished master’s thesis", "University of Texas", None, None),
    ),
    "Chicago author-date": (
        "Neff, Kristin D. 2010. “Being Kind.” PhD diss., University of Texas. ProQuest (33004).",
        ("PhD diss.", "University of Texas", None, "ProQuest (33004)"),
    ),
    "Chicago without quotes": (
        "Neff, Kristin. Being Kind. PhD diss., University of Texas, 2010.",
        ("PhD diss.", "University of Texas", None, None),
    ),
    "Chicago notes": (
        "Kristin D. Neff, “Being Kind” (PhD diss., University of Texas, 2010), 9–12.",
        ("PhD diss.", "University of Texas", None, None),
    ),
    "MLA": (
        "Neff, Kristin. Being Kind. 2010. U of Texas, PhD dissertation.",
        ("PhD dissertation", "U of Texas", None, None),
    ),
    "Harvard": (
        "Neff, K.D. (2010) Being kind. Unpublished PhD thesis. University of Texas.",
        ("Unpublished PhD thesis", "University of Texas", None, None),
    ),
    "Vancouver": (
        "Neff KD. Being kind [dissertation]. Austin (TX): University of Texas; 2010.",
        ("dissertation", "University of Texas", "Austin (TX)", None),
    ),
    "Vancouver, with a place that is inferred": (
        "Neff KD. Being kind [master's thesis]. [Austin (TX)]: University of Texas; 2010. 111 p.",
        ("master's thesis", "University of Texas", "Austin (TX)", None),
    ),
    "IEEE": (
        (
            "K. D. Neff, “Being kind,” M.S. thesis, Dept. Elect. Eng., Univ. Texas, Austin, "
            "TX, USA, "
            "2010."
        ),
        ("M.S. thesis", "Dept. Elect. Eng., Univ. Texas", "Austin, TX, USA", None),
    ),
    "IEEE, with an abbreviation before the place": (
        "K. D. Neff, “Being kind,” Ph.D. dissertation, Harvard Univ., Cambridge, MA, USA, 2010.",
        ("Ph.D. dissertation", "Harvard Univ.", "Cambridge, MA, USA", None),
    ),
}


@pytest.mark.parametrize(("text", "expected"), THESES.values(), ids=THESES)
def test_thesis_in_any_style(text: str, expected: tuple[str | None, ...]) -> None:
    """A thesis has its title, kind, school, the school's place and its archive apart."""
    item = parse_reference(text).item

    assert (item.type, item.text["title"].lower(), item.dates["issued"].year) == (
        "thesis",
        "being kind",
        2010,
    )
    assert expected == tuple(
        item.text.get(name) for name in ("genre", "publisher", "publisher-place", "archive")
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Jones, A. (2012). How master’s theses are written. Studies in Education, 37(2), 1–9.",
            "How master’s theses are written",
        ),
        (
            "Miller, B. (2014). The dissertation, its purpose and form. Education, 12(3), 1–9.",
            "The dissertation, its purpose and form",
        ),
        ("Neff KD. Dissertation writing. Learn Teach. 2010;4:1-9.", "Dissertation writing"),
    ],
)
def test_title_about_theses(text: str, title: str) -> None:
    """An article about theses is none."""
    item = parse_reference(text).item

    assert (item.type, item.text["title"]) == ("article-journal", title)


REPORTS = {
    "APA": (
        "Baral, P. (2019). Does money grow on trees? (Research Report No. 7). Atlantic Council.",
        ("7", "Research Report", "Atlantic Council"),
    ),
    "APA, with the number of a publisher": (
        (
            "Baral, P. (2019). Does money grow on trees? (NIH Publication No. 18-2059). "
            "U.S. Department "
            "of Health and Human Services, National Institutes of Health."
        ),
        (
            "18-2059",
            "NIH Publication",
            "U.S. Department of Health and Human Services, National Institutes of Health",
        ),
    ),
    "Vancouver": (
        (
            "Baral P. Does money grow on trees? Berkeley (CA): Lawrence Berkeley National "
            "Laboratory; "
            "2019 Jan. Report No.: LBNL49574."
        ),
        ("LBNL49574", None, "Lawrence Berkeley National Laboratory"),
    ),
    "IEEE": (
        (
            "P. Baral, “Does money grow on trees?” Aerospace Corp., Los Angeles, CA, USA, "
            "Tech. Rep. "
            "TR-0200 (4230-46)-3, Nov. 2019."
        ),
        ("TR-0200 (4230-46)-3", "Tech. Rep.", "Aerospace Corp."),
    ),
}


@pytest.mark.parametrize(("text", "expected"), REPORTS.values(), ids=REPORTS)
def test_report_in_any_style(text: str, expected: tuple[str | None, ...]) -> None:
    """A report has its number, which are no pages, and whose series it counts in."""
    item = parse_reference(text).item

    assert (item.type, item.text["title"].rstrip("?"), item.text.get("page")) == (
        "report",
        "Does money grow on trees",
        None,
    )
    assert item.dates["issued"].year == 2019
    assert expected == tuple(item.text.get(name) for name in ("number", "genre", "publisher"))


def test_number_of_a_thesis_is_no_report_number() -> None:
    """APA has the number that an archive gives a thesis before the brackets."""
    item = parse_reference(
        "Neff, K. D. (2017). Being kind (Publication No. 10289373) [Doctoral dissertation, "
        "University of Texas]. ProQuest Dissertations & Theses Global."
    ).item

    assert (item.type, item.text) == (
        "thesis",
        {
            "title": "Being kind",
            "number": "10289373",
            "genre": "Doctoral dissertation",
            "publisher": "University of Texas",
            "archive": "ProQuest Dissertations & Theses Global",
        },
    )


def test_degree_without_a_name_before_it() -> None:
    """A reference that begins with the kind of a thesis is read like any other."""
    item = parse_reference("Unpublished PhD thesis. University of Newcastle.").item

    assert item.type == "book"


def test_session_of_a_meeting() -> None:
    """What APA says was presented has a meeting behind it, no journal."""
    item = parse_reference(
        "Davidson, R. J. (2019, August 8–11). Well-being is a skill [Conference session]. APA 2019 "
        "Convention, Chicago, IL, United States."
    ).item

    assert (item.type, item.text) == (
        "paper-conference",
        {
            "title": "Well-being is a skill",
            "genre": "Conference session",
            "event-title": "APA 2019 Convention",
            "event-place": "Chicago, IL, United States",
        },
    )
