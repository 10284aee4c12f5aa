"""One reference in plain text, taken apart."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.formats.plain_text import parse_reference
from compcite.model.item import Date

STYLES = {
    "APA": (
        "Kaurin, A., Schönfelder, S., & Wessa, M. (2018). Self-compassion buffers the link. "
        "Journal of Counseling Psychology, 65(4), 453–462. https://doi.org/10.1037/cou0000275"
    ),
    "Vancouver": (
        "Kaurin A, Schönfelder S, Wessa M. Self-compassion buffers the link. Journal of "
        "Counseling Psychology. 2018 Jul;65(4):453–62. doi:10.1037/cou0000275"
    ),
    "Chicago author-date": (
        "Kaurin, Aleksandra, Sandra Schönfelder, and Michèle Wessa. 2018. “Self-Compassion Buffers "
        "the Link.” Journal of Counseling Psychology 65 (4): 453–62. "
        "https://doi.org/10.1037/cou0000275."
    ),
    "Chicago notes": (
        "Kaurin, Aleksandra, Sandra Schönfelder, and Michèle Wessa. “Self-Compassion Buffers the "
        "Link.” Journal of Counseling Psychology 65, no. 4 (2018): 453–62. "
        "https://doi.org/10.1037/cou0000275."
    ),
    "IEEE": (
        "[7] A. Kaurin, S. Schönfelder, and M. Wessa, “Self-compassion buffers the link,” Journal "
        "of Counseling Psychology, vol. 65, no. 4, pp. 453–462, Jul. 2018, "
        "doi: 10.1037/cou0000275."
    ),
    "MLA": (
        "Kaurin, Aleksandra, Sandra Schönfelder, and Michèle Wessa. “Self-Compassion Buffers the "
        "Link.” Journal of Counseling Psychology, vol. 65, no. 4, July 2018, pp. 453–62, "
        "https://doi.org/10.1037/cou0000275."
    ),
    "Harvard": (
        "Kaurin, A., Schönfelder, S. and Wessa, M. (2018) ‘Self-compassion buffers the link’, "
        "Journal of Counseling Psychology, 65(4), pp. 453–462. "
        "Available at: https://doi.org/10.1037/cou0000275."
    ),
    "Nature": (
        "Kaurin, A., Schönfelder, S. & Wessa, M. Self-compassion buffers the link. Journal of "
        "Counseling Psychology 65(4), 453–462 (2018). doi:10.1037/cou0000275"
    ),
    "ACS": (
        "Kaurin, A.; Schönfelder, S.; Wessa, M. Self-compassion buffers the link. Journal of "
        "Counseling Psychology 2018, 65(4), 453–462. DOI: 10.1037/cou0000275"
    ),
    "Springer": (
        "Kaurin A, Schönfelder S, Wessa M (2018) Self-compassion buffers the link. Journal of "
        "Counseling Psychology 65(4):453–462. https://doi.org/10.1037/cou0000275"
    ),
    "as people paste it": (
        "• Kaurin , A. ,  Schönfelder , S.  and  Wessa , M. (2018) .  Self-com\u00adpassion "
        "bu\ufb00ers the link . Journal of Counseling Psychology , 65 (4) , 453 - 462 .  "
        "doi: http://dx.doi.org/10.1037/cou0000275"
    ),
}


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_article_in_any_style(text: str) -> None:
    """The same article reads the same in every style."""
    item = parse_reference(text).item

    assert [name.family for name in item.names["author"]] == ["Kaurin", "Schönfelder", "Wessa"]
    assert item.dates["issued"].year == 2018
    assert item.text["title"].lower() == "self-compassion buffers the link"
    assert {name: value for name, value in item.text.items() if name != "title"} == {
        "container-title": "Journal of Counseling Psychology",
        "volume": "65",
        "issue": "4",
        "page": "453-462",
        "DOI": "10.1037/cou0000275",
    }
    assert item.type == "article-journal"


CHAPTERS = {
    "APA": (
        "Haybron, D. M. (2008). Philosophy and well-being. In M. Eid & R. J. Larsen (Eds.), "
        "The science of subjective well-being (2nd ed., pp. 17–43). Guilford Press."
    ),
    "Vancouver": (
        "Haybron DM. Philosophy and well-being. In: Eid M, Larsen RJ, editors. The science of "
        "subjective well-being. 2nd ed. Guilford Press; 2008. p. 17–43."
    ),
    "Harvard": (
        "Haybron, D.M. (2008) ‘Philosophy and well-being’, in M. Eid and R.J. Larsen (eds) "
        "The science of subjective well-being. 2nd edn. Guilford Press, pp. 17–43."
    ),
    "MLA": (
        "Haybron, D. M. “Philosophy and well-being.” The science of subjective well-being, edited "
        "by M. Eid and R. J. Larsen, 2nd ed., Guilford Press, 2008, pp. 17–43."
    ),
}


@pytest.mark.parametrize("text", CHAPTERS.values(), ids=CHAPTERS)
def test_chapter_with_its_book(text: str) -> None:
    """A chapter has its book as container, the book's editors and publisher apart."""
    item = parse_reference(text).item

    assert dict(item.text) == {
        "title": "Philosophy and well-being",
        "container-title": "The science of subjective well-being",
        "publisher": "Guilford Press",
        "edition": "2",
        "page": "17-43",
    }
    assert [name.family for name in item.names["editor"]] == ["Eid", "Larsen"]
    assert item.type == "chapter"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Kuhn, Thomas S. The Structure of Scientific Revolutions. 2nd ed. Chicago: "
                "University of Chicago Press, 1970."
            ),
            {
                "title": "The Structure of Scientific Revolutions",
                "edition": "2",
                "publisher-place": "Chicago",
                "publisher": "University of Chicago Press",
            },
        ),
        (
            (
                "D. E. Knuth, The Art of Computer Programming, vol. 1, 3rd ed. Reading, MA: "
                "Addison-Wesley, 1997."
            ),
            {
                "title": "The Art of Computer Programming",
                "volume": "1",
                "edition": "3",
                "publisher-place": "Reading, MA",
                "publisher": "Addison-Wesley",
            },
        ),
        (
            (
                "Piaget J (1952) The origins of intelligence in children. International "
                "Universities Press, New York"
            ),
            {
                "title": "The origins of intelligence in children",
                "publisher": "International Universities Press",
                "publisher-place": "New York",
            },
        ),
    ],
)
def test_book(text: str, expected: dict[str, str]) -> None:
    """A book has edition, place and publisher, and its place is no part of its title."""
    item = parse_reference(text).item

    assert expected == dict(item.text)
    assert item.type == "book"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Doe, J. (2015). On moods [Doctoral dissertation]. University of Michigan.", "thesis"),
        (
            (
                "He, K., & Sun, J. (2016). Deep residual learning. In Proceedings of the "
                "Conference on Vision (pp. 770–778). IEEE."
            ),
            "paper-conference",
        ),
        (
            "Doe, J. (2020, May 3). How to rest. The New York Times. https://nyt.example/a",
            "article-newspaper",
        ),
        ("Kabat-Zinn, J. (2004). Meditation. https://www.mindfulnesscds.com/", "webpage"),
        ("Vaswani, A. (2017). Attention is all you need. arXiv:1706.03762", "article"),
        ("Doe, J. (2019). Birds of Europe [Data set]. Zenodo.", "dataset"),
        ("Doe, J. (2019). Annual report on birds. Bird Society.", "report"),
        ("Morrison, T. (1987). Beloved. Knopf.", "book"),
    ],
)
def test_type_follows_from_the_parts(text: str, kind: str) -> None:
    """What a work is, is told by its genre, its container, its publisher and its links."""
    assert kind == parse_reference(text).item.type


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("(2004a)", Date(((2004,),))),
        ("(2020, March 13)", Date(((2020, 3, 13),))),
        ("(n.d.)", Date(literal="n.d.")),
        ("(in press)", Date(literal="in press")),
    ],
)
def test_year_in_parentheses(written: str, expected: Date) -> None:
    """A year may have a letter, a day, or words in its place."""
    item = parse_reference(
        f"Neff, K. D. {written}. Self-compassion. Self and Identity, 2(3), 2–5."
    ).item

    assert expected == item.dates["issued"]


def test_accessed_date_and_link() -> None:
    """When a page was seen is no part of its publication."""
    item = parse_reference(
        "Kabat-Zinn, J. (2004). Meditation. Retrieved May 5, 2020, from https://example.org/a/b."
    ).item

    assert item.text["URL"] == "https://example.org/a/b"
    assert Date(((2020, 5, 5),)) == item.dates["accessed"]
    assert Date(((2004,),)) == item.dates["issued"]


def test_arxiv_identifier() -> None:
    """An arXiv identifier is the work's number, and arXiv its publisher."""
    item = parse_reference(
        "Brown, T. B., et al. “Language models are few-shot learners.” arXiv preprint "
        "arXiv:2005.14165v4 [cs.CL] (2020)."
    ).item

    assert dict(item.text) == {
        "title": "Language models are few-shot learners",
        "number": "arXiv:2005.14165",
        "publisher": "arXiv",
    }


def test_arxiv_identifier_with_digits_left_open() -> None:
    """It identifies nothing, but it says that the work is a preprint."""
    item = parse_reference(
        "A. Adler and B. Berg. A study of seeds. arXiv preprint arXiv:2305.XXXX, 2023."
    ).item

    assert item.type == "article"
    assert dict(item.text) == {
        "title": "A study of seeds",
        "number": "arXiv:2305.XXXX",
        "publisher": "arXiv",
    }


def test_preprint_in_small_letters() -> None:
    """The word before the year is no part of the title."""
    item = parse_reference(
        "Anna Adler, Bruno Berg, and Clara Cohen. A study of seeds. preprint, 2024."
    ).item

    assert item.type == "article"
    assert dict(item.text) == {"title": "A study of seeds", "genre": "preprint"}


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("207–221", "207-221"),
        ("737-8", "737-738"),
        ("S70–6", "S70-S76"),
        ("xiv–xvi", "xiv-xvi"),
        ("e36", "e36"),
        ("12–15, 20–22", "12-15, 20-22"),
    ],
)
def test_pages(pages: str, expected: str) -> None:
    """A range has plain hyphens and its second number in full."""
    item = parse_reference(f"Neff, K. D. (2003). On moods. Self and Identity, 2(3), {pages}.").item

    assert expected == item.text["page"]


def test_article_number_stands_for_pages() -> None:
    """An article number is the number, and what other styles put in place of pages."""
    item = parse_reference("Neff, K. D. (2003). On moods. PeerJ, 4(1), Article e2478.").item

    assert (item.text["number"], item.text["page"]) == ("e2478", "e2478")


def test_work_without_author_begins_with_its_title() -> None:
    """In APA the title moves to the front; it is no institution's name."""
    item = parse_reference(
        "The holy books of the law. (2001). In European law in the past and the future "
        "(pp. 54–72). Cambridge University Press."
    ).item

    assert "author" not in item.names
    assert item.text["title"] == "The holy books of the law"
    assert item.text["container-title"] == "European law in the past and the future"


def test_abbreviated_container_keeps_its_full_stops() -> None:
    """Full stops of abbreviated words end no sentence."""
    item = parse_reference(
        "Müller, H.; Özdemir, C. Synthesis of a thing. J. Am. Chem. Soc. 2015, 137, 1234–1240."
    ).item

    assert item.text["title"] == "Synthesis of a thing"
    assert item.text["container-title"] == "J. Am. Chem. Soc."


def test_title_with_several_sentences() -> None:
    """A title may have full stops, questions and quotations."""
    item = parse_reference(
        "Doe, J. (2001). “Strenuous artistry”: Who cares? A study of E. coli vs. others. "
        "Nature, 12(3), 4–5."
    ).item

    assert item.text["title"] == "“Strenuous artistry”: Who cares? A study of E. coli vs. others"
    assert item.text["container-title"] == "Nature"


def test_parts_say_where_they_stand_and_how_sure_they_are() -> None:
    """Each part is found again in the text as it was pasted, line ends and all."""
    text = (
        "Neff, K. D. (2003). The develop-\n  ment of a scale. Self and\n  Identity, 2(3), 223–250."
    )
    parsed = parse_reference(text)
    found = {part.name: text[part.start : part.end] for part in parsed.parts}

    assert found == {
        "author": "Neff, K. D.",
        "issued": "2003",
        "title": "The develop-\n  ment of a scale",
        "container-title": "Self and\n  Identity",
        "volume": "2",
        "issue": "3",
        "page": "223–250",
    }
    assert parsed.item.text["title"] == "The development of a scale"
    assert all(0 < part.confidence <= 1 for part in parsed.parts)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", ".", "(2004)", "“", "[1]", "et al.", "10.1234/x", "—"]
)
def test_scraps_are_no_error(text: str) -> None:
    """Whatever is pasted, it is taken apart as far as it goes."""
    assert text == parse_reference(text).text


@given(st.text(alphabet=st.sampled_from("aA1 .,;:()[]“”‘’'\"-–&\n\u00ad\x1f0.é/d"), max_size=120))
def test_any_text_is_taken_apart(text: str) -> None:
    """Parts lie within the text and do not overlap, whatever the text."""
    parts = parse_reference(text).parts

    assert all(0 <= part.start < part.end <= len(text) for part in parts)
    taken = [part for part in parts if part.name != "URL"]
    assert all(one.end <= other.start for one, other in itertools.pairwise(taken))


@given(
    st.sampled_from(list(STYLES.values())),
    st.integers(0, 200),
    st.sampled_from([" ", "\n", "\r\n  ", "  "]),
)
def test_line_ends_change_nothing(text: str, at: int, blank: str) -> None:
    """A reference wrapped at any blank reads as on one line."""
    at = text.find(" ", at)
    wrapped = text if at < 0 else text[:at] + blank + text[at + 1 :]

    assert parse_reference(text).item == parse_reference(wrapped).item
