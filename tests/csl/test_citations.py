"""Citations: positions, affixes, grouping, collapsing and disambiguation."""

from __future__ import annotations

from typing import Any

import pytest

from compcite.csl import Cite, Cluster
from compcite.errors import UsageError
from tests.csl.rendering import book, citation, citations

POSITIONS = """
<choose>
  <if position="ibid-with-locator"><text value="ibid+loc"/></if>
  <else-if position="ibid"><text value="ibid"/></else-if>
  <else-if position="near-note"><text value="near"/></else-if>
  <else-if position="subsequent"><text value="later"/></else-if>
  <else-if position="first"><text value="first"/></else-if>
</choose>"""

AUTHOR_DATE = """
<group delimiter=" ">
  <names variable="author"><name form="short" and="text" initialize-with=". "/></names>
  <date variable="issued"><date-part name="year"/></date>
  <text variable="locator"/>
</group>"""


def notes(*cites: tuple[Cite, ...]) -> list[Cluster]:
    """Return citations in notes numbered from 1."""
    return [Cluster(group, note=number) for number, group in enumerate(cites, start=1)]


@pytest.mark.parametrize(
    ("clusters", "expected"),
    [
        (notes((Cite("a"),), (Cite("a"),)), ["first", "ibid"]),
        (notes((Cite("a"),), (Cite("b"),), (Cite("a"),)), ["first", "first", "near"]),
        (notes((Cite("a"),), (Cite("a", locator="2"),)), ["first", "ibid+loc"]),
        (notes((Cite("a", locator="2"),), (Cite("a", locator="2"),)), ["first", "ibid"]),
        (notes((Cite("a", locator="2"),), (Cite("a", locator="3"),)), ["first", "ibid+loc"]),
        (notes((Cite("a", locator="2"),), (Cite("a"),)), ["first", "near"]),
        (notes((Cite("a"), Cite("b")), (Cite("b"),)), ["first; first", "near"]),
        (notes((Cite("a"), Cite("a"))), ["first; ibid"]),
        (
            [Cluster((Cite("a"),), note=1), Cluster((Cite("a"),), note=9)],
            ["first", "later"],
        ),
        # A second cite in the same note is near, however far away the first note is.
        (
            [Cluster((Cite("a"),), note=1), Cluster((Cite("a"), Cite("b"), Cite("a")), note=9)],
            ["first", "later; first; near"],
        ),
        # Notes are read apart from the text above them.
        (
            [Cluster((Cite("a"),)), Cluster((Cite("a"),), note=1), Cluster((Cite("a"),))],
            ["first", "first", "ibid"],
        ),
    ],
)
def test_positions(clusters: list[Cluster], expected: list[str]) -> None:
    """A cite is first, subsequent, near-note, ibid or ibid-with-locator."""
    items = [book("a"), book("b")]
    found = citations(
        POSITIONS, clusters, items, style_class="note", citation_layout='delimiter="; "'
    )
    assert found == expected


def test_first_reference_note_number() -> None:
    """Subsequent cites can refer to the note of the first."""
    layout = '<text variable="first-reference-note-number" prefix="n. "/><text value="."/>'
    clusters = notes((Cite("b"),), (Cite("a"),), (Cite("b"),))
    found = citations(layout, clusters, [book("a"), book("b")], style_class="note")
    assert found == [".", ".", "n. 1."]


@pytest.mark.parametrize(
    ("cite", "expected"),
    [
        (Cite("a", prefix="see"), "(see Doe 2000)"),
        (Cite("a", suffix="and others"), "(Doe 2000 and others)"),
        (Cite("a", suffix=", passim"), "(Doe 2000, passim)"),
        (Cite("a", locator="12-14"), "(Doe 2000 12–14)"),
        (Cite("a", suppress_author=True), "(2000)"),
        (Cite("a", author_only=True), "Doe"),
        (Cite("a", prefix="<i>see</i> "), "(<i>see</i> Doe 2000)"),
    ],
)
def test_cite_options(cite: Cite, expected: str) -> None:
    """A cite has its author's words around it, a locator, and may lack its names."""
    found = citations(
        AUTHOR_DATE,
        [Cluster((cite,))],
        [book("a", "Doe, Jane", 2000)],
        citation_layout='prefix="(" suffix=")"',
    )
    assert found == [expected]


@pytest.mark.parametrize(
    ("mode", "infix", "expected"),
    [
        ("", "", "(Doe 2000; Roe 2001)"),
        ("author-only", "", "Doe"),
        ("suppress-author", "", "(2000; Roe 2001)"),
        ("composite", "", "Doe (2000; Roe 2001)"),
        ("composite", "in her book", "Doe in her book (2000; Roe 2001)"),
    ],
)
def test_modes(mode: str, infix: str, expected: str) -> None:
    """In running text, the first author may stand outside the parentheses."""
    cluster = Cluster((Cite("a"), Cite("b")), mode=mode, infix=infix)
    items = [book("a", "Doe, Jane", 2000), book("b", "Roe, Richard", 2001)]
    layout = 'prefix="(" suffix=")" delimiter="; "'
    assert citations(AUTHOR_DATE, [cluster], items, citation_layout=layout) == [expected]


def test_author_of_a_numeric_style() -> None:
    """Where a cite is but a number, running text refers to it as that."""
    cluster = Cluster((Cite("a"),), mode="author-only")
    layout = '<text variable="citation-number"/>'
    assert citations(layout, [cluster], [book("a")]) == ["Reference 1"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1 2 3", "[1–3]"),
        ("1 2", "[1, 2]"),
        ("1 3 4 5", "[1, 3–5]"),
        ("1", "[1]"),
        ("1 2 3 5", "[1–3; 5]"),
    ],
)
def test_collapse_citation_numbers(numbers: str, expected: str) -> None:
    """Three consecutive numbers and more are a range."""
    items = [book(str(number)) for number in range(1, 6)]
    found = citations(
        '<text variable="citation-number"/>',
        [Cluster(tuple(Cite(number) for number in numbers.split()))],
        items,
        citation_options='collapse="citation-number" after-collapse-delimiter="; "',
        citation_layout='prefix="[" suffix="]" delimiter=", "',
    )
    assert found == [expected]


SAME_YEAR = [
    book("a", "Doe, Jane", 2000),
    book("b", "Doe, Jane", 2000),
    book("c", "Doe, Jane", 2000),
    book("d", "Doe, Jane", 2001),
    book("e", "Roe, Richard", 2001),
]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "(Doe 2000a; Doe 2000b; Doe 2000c; Doe 2001; Roe 2001)"),
        ('collapse="year"', "(Doe 2000a, 2000b, 2000c, 2001; Roe 2001)"),
        ('collapse="year-suffix"', "(Doe 2000a; b; c, 2001; Roe 2001)"),
        (
            'collapse="year-suffix" year-suffix-delimiter="," cite-group-delimiter=" + "',
            "(Doe 2000a,b,c + 2001; Roe 2001)",
        ),
        ('collapse="year-suffix-ranged"', "(Doe 2000a–c, 2001; Roe 2001)"),
        (
            'collapse="year" after-collapse-delimiter=" | "',
            "(Doe 2000a; 2000b; 2000c; 2001 | Roe 2001)",
        ),
        (
            'cite-group-delimiter=", "',
            "(Doe 2000a, Doe 2000b, Doe 2000c, Doe 2001; Roe 2001)",
        ),
    ],
)
def test_collapse_years(options: str, expected: str) -> None:
    """Cites of one author are written with the author once, those of one year with that once."""
    found = citation(
        AUTHOR_DATE,
        SAME_YEAR,
        citation_options=f'{options} disambiguate-add-year-suffix="true"',
        citation_layout='prefix="(" suffix=")" delimiter="; "',
    )
    assert found == expected


@pytest.mark.parametrize(
    ("date", "collapse", "expected"),
    [
        ('<date %s prefix="(" suffix=")">', "year-suffix", "Doe (2000a), (b); (c); (d)"),
        ('<date %s prefix="(" suffix=")">', "year-suffix-ranged", "Doe (2000a), (b)–(d)"),
        (
            '<date %s font-weight="bold">',
            "year-suffix",
            "Doe <b>2000a</b>, <b>b</b>; <b>c</b>; <b>d</b>",
        ),
        ("<date %s>", "year-suffix", "Doe 2000a; b; c; d"),
    ],
)
def test_a_letter_alone_keeps_the_look_of_the_year(date: str, collapse: str, expected: str) -> None:
    """Brackets and formatting of the year are those of a letter that stands for it.

    The first such letter is set off from the whole year before it like another year.
    """
    shown = citation(
        '<group delimiter=" "><names variable="author"><name form="short"/></names>'
        + date.replace("%s", 'variable="issued"')
        + '<date-part name="year"/></date></group>',
        [book(key, "Doe, Jane", 2000) for key in "abcd"],
        citation_options=f'collapse="{collapse}" disambiguate-add-year-suffix="true"',
        citation_layout='delimiter="; "',
    )
    assert shown == expected


@pytest.mark.parametrize(
    ("located", "expected"),
    [("a", "Doe 2000a 5; b; c"), ("b", "Doe 2000a, b 5, c"), ("c", "Doe 2000a; b, c 5")],
)
def test_a_letter_alone_may_have_a_locator(located: str, expected: str) -> None:
    """A year is written once also where a cite has a page, which no letter follows in a range."""
    cites = tuple(Cite(key, locator="5" if key == located else "") for key in "abc")
    shown = citations(
        AUTHOR_DATE,
        [Cluster(cites)],
        [book(key, "Doe, Jane", 2000) for key in "abc"],
        citation_options='collapse="year-suffix-ranged" disambiguate-add-year-suffix="true"',
        citation_layout='delimiter="; "',
    )
    assert shown == [expected]


def test_collapsing_numbers_where_a_style_has_none_collapses_names() -> None:
    """Cites of one author have the author once, as with the collapsing of years."""
    shown = citation(
        AUTHOR_DATE,
        SAME_YEAR,
        citation_options='collapse="citation-number"',
        citation_layout='delimiter="; "',
    )
    assert shown == "Doe 2000, 2000, 2000, 2001; Roe 2001"


def test_cites_of_one_author_are_brought_together() -> None:
    """Grouping puts cites of the same names where the first of them stands."""
    items = [
        book("a", "Doe, Jane", 2001),
        book("b", "Roe, Richard", 2002),
        book("c", "Doe, Jane", 2003),
    ]
    found = citation(
        AUTHOR_DATE,
        items,
        citation_options='collapse="year"',
        citation_sort='<sort><key variable="issued"/></sort>',
        citation_layout='delimiter="; "',
    )
    assert found == "Doe 2001, 2003; Roe 2002"


def test_a_term_begins_a_note_with_a_capital() -> None:
    """A note begins with "Ibid.", and so does what follows a whole sentence."""
    clusters = notes(
        (Cite("a"),),
        (Cite("a"),),
        (Cite("a", prefix="See"),),
        (Cite("a", prefix="That has been said."),),
    )
    layout = (
        '<choose><if position="ibid"><text term="ibid"/></if>'
        '<else><text variable="title"/></else></choose>'
    )
    found = citations(layout, clusters, [book("a")], style_class="note")
    assert found == ["Title a", "Ibid.", "See ibid.", "That has been said. Ibid."]


def test_authors_delimiters_replace_the_styles() -> None:
    """A prefix that begins with a comma follows the cite before it without a delimiter."""
    cluster = Cluster((Cite("a"), Cite("b", prefix=", cited in ")))
    found = citations(
        '<text variable="title"/>',
        [cluster],
        [book("a"), book("b")],
        citation_layout='delimiter="; "',
    )
    assert found == ["Title a, cited in Title b"]


# ---------------------------------------------------------------- disambiguation


def disambiguated(options: str, items: list[dict[str, Any]], name: str = 'form="short"') -> str:
    """Return one citation of ``items`` under disambiguation ``options``."""
    layout = (
        f'<group delimiter=" "><names variable="author"><name {name} initialize-with=". "/></names>'
        '<choose><if disambiguate="true"><text variable="title"/></if></choose>'
        '<date variable="issued"><date-part name="year"/></date></group>'
    )
    return citation(
        layout,
        items,
        citation_options=f'et-al-min="3" et-al-use-first="1" {options}',
        citation_layout='delimiter="; "',
    )


@pytest.mark.parametrize(
    ("options", "items", "expected"),
    [
        (
            'disambiguate-add-names="true"',
            [
                book("a", "Doe, A; Roe, B; Poe, C", 2000),
                book("b", "Doe, A; Moe, B; Poe, C", 2000),
            ],
            "Doe, Roe, et al. 2000; Doe, Moe, et al. 2000",
        ),
        (
            'disambiguate-add-givenname="true"',
            [book("a", "Doe, Jane", 2000), book("b", "Doe, Xerxes", 2000)],
            "J. Doe 2000; X. Doe 2000",
        ),
        (
            'disambiguate-add-givenname="true"',
            [book("a", "Doe, Jane", 2000), book("b", "Doe, John", 2000)],
            "Jane Doe 2000; John Doe 2000",
        ),
        (
            'disambiguate-add-givenname="true"',
            [book("a", "Doe, Jane", 2000), book("b", "Doe, John", 2001)],
            "Doe 2000; Doe 2001",
        ),
        (
            'disambiguate-add-givenname="true" givenname-disambiguation-rule="all-names"',
            [book("a", "Doe, Jane", 2000), book("b", "Doe, John", 2001)],
            "Jane Doe 2000; John Doe 2001",
        ),
        (
            (
                'disambiguate-add-givenname="true"'
                ' givenname-disambiguation-rule="all-names-with-initials"'
            ),
            [book("a", "Doe, Jane", 2000), book("b", "Doe, Xerxes", 2001)],
            "J. Doe 2000; X. Doe 2001",
        ),
        (
            'disambiguate-add-givenname="true" givenname-disambiguation-rule="primary-name"',
            [book("a", "Doe, Jane; Roe, Ann", 2000), book("b", "Doe, John; Roe, Bob", 2001)],
            "Jane Doe, Roe 2000; John Doe, Roe 2001",
        ),
        (
            (
                'disambiguate-add-givenname="true"'
                ' givenname-disambiguation-rule="primary-name-with-initials"'
            ),
            [book("a", "Doe, Jane", 2000), book("b", "Doe, John", 2001)],
            "Doe 2000; Doe 2001",
        ),
        (
            'disambiguate-add-year-suffix="true"',
            [book("a", "Doe, Jane", 2000), book("b", "Doe, Jane", 2000, title="Title a")],
            "Doe 2000a; Doe 2000b",
        ),
        (
            "",
            [book("a", "Doe, Jane", 2000), book("b", "Doe, Jane", 2000)],
            "Doe Title a 2000; Doe Title b 2000",
        ),
        (
            'disambiguate-add-names="true"',
            [
                book("a", "Doe, A; Roe, B; Poe, C", 2000, title="T"),
                book("b", "Doe, A; Roe, B; Poe, C", 2000, title="T"),
            ],
            "Doe et al. 2000; Doe et al. 2000",
        ),
        (
            'disambiguate-add-names="true" disambiguate-add-givenname="true"',
            [
                book("a", "Doe, A; Roe, Bea; Poe, C", 2000),
                book("b", "Doe, A; Roe, Bob; Poe, C", 2000),
            ],
            "Doe, Bea Roe, et al. 2000; Doe, Bob Roe, et al. 2000",
        ),
    ],
)
def test_disambiguation(options: str, items: list[dict[str, Any]], expected: str) -> None:
    """Names, given names, the condition and the year-suffix tell cites apart, in this order."""
    assert disambiguated(options, items) == expected


def test_year_suffix_goes_on_after_z() -> None:
    """The twenty-seventh work of a year has two letters."""
    items = [book(f"{n:02d}", "Doe, Jane", 2000, title="Same") for n in range(28)]
    found = disambiguated('disambiguate-add-year-suffix="true"', items)
    assert found.split("; ")[25:] == ["Doe 2000z", "Doe 2000aa", "Doe 2000ab"]


@pytest.mark.no_cover
def test_disambiguation_of_many_alike_is_quick() -> None:
    """A thousand works of the same names and year are told apart without comparing pairs."""
    items = [
        book(str(n), "; ".join(f"Doe{i}, A" for i in range(12)), 2000, title="Same")
        for n in range(1000)
    ]
    options = 'disambiguate-add-names="true" disambiguate-add-givenname="true"'
    found = disambiguated(f'{options} disambiguate-add-year-suffix="true"', items)
    assert len(set(found.split("; "))) == 1000


@pytest.mark.parametrize(
    ("cites", "expected"),
    [
        ((Cite("1", suffix=", and who else?"), Cite("2")), "Title 1, and who else?; Title 2"),
        ((Cite("1", suffix="."), Cite("2")), "Title 1. Title 2"),
        ((Cite("1", prefix="("), Cite("2")), "(Title 1; Title 2"),
        ((Cite("1", suffix="(sic)"), Cite("2")), "Title 1 (sic); Title 2"),
    ],
)
def test_words_round_cites(cites: tuple[Cite, ...], expected: str) -> None:
    """An author's words keep the delimiter unless they end in one, and brackets their place."""
    items = [book("1"), book("2")]
    found = citations(
        '<text variable="title"/>', [Cluster(cites)], items, citation_layout='delimiter="; "'
    )
    assert found == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"1": {"prefix": "see"}}, "see 1–4"),
        ({"3": {"prefix": "see"}}, "1,2,see 3,4"),
        ({"2": {"suffix": "here"}}, "1,2 here,3,4"),
    ],
)
def test_words_before_a_range_of_numbers(words: dict[str, Any], expected: str) -> None:
    """Words before the first number stand before the range, others break it."""
    items = [book(key) for key in "1234"]
    cluster = Cluster(tuple(Cite(key, **words.get(key, {})) for key in "1234"))
    found = citations(
        '<text variable="citation-number"/>',
        [cluster],
        items,
        citation_options='collapse="citation-number"',
        citation_layout='delimiter=","',
    )
    assert found == [expected]


def test_the_first_note_is_a_preceding_one() -> None:
    """Nobody is sent to the note that they are reading."""
    clusters = [Cluster((Cite("1"), Cite("1")), note=1), Cluster((Cite("1"),), note=2)]
    found = citations(
        '<text variable="title"/><text variable="first-reference-note-number" prefix=" n. "/>',
        clusters,
        [book("1")],
        citation_layout='delimiter="; "',
        style_class="note",
    )
    assert found == ["Title 1; Title 1", "Title 1 n. 1"]


def test_ids_and_locators_as_numbers() -> None:
    """Cites may have ids and locators as JSON has them; space round a locator is nothing."""
    cite: Any = {"id": 1, "locator": 3}
    found = citations(
        '<text variable="locator" suffix="."/>',
        [Cluster((Cite(**cite), Cite("1", locator=" 4 ")))],
        [book("1")],
    )
    assert found == ["3.4."]


def test_a_cite_of_no_item() -> None:
    """A cite of what is not among the items is an error that names it."""
    with pytest.raises(UsageError, match="there is no item 'x' to cite"):
        citations('<text variable="title"/>', [Cluster((Cite("x"),))], [book("1")])


@pytest.mark.parametrize(
    ("demote", "expected"), [("never", "Unger; von Baeyer"), ("sort-only", "von Baeyer; Unger")]
)
def test_demoted_particles_of_short_names(demote: str, expected: str) -> None:
    """A particle that is demoted in sorting is so in the short form of names, too."""
    names = '<names variable="author"><name form="short"/></names>'
    found = citations(
        names,
        [Cluster((Cite("1"), Cite("2")))],
        [book("1", "Unger, C"), book("2", "von Baeyer, A")],
        options=f'demote-non-dropping-particle="{demote}"',
        macros=f'<macro name="author">{names}</macro>',
        citation_sort='<sort><key macro="author"/></sort>',
        citation_layout='delimiter="; "',
    )
    assert found == [expected]


def test_words_after_a_cite_end_a_range_of_letters() -> None:
    """Nothing that an author writes after a cite is lost in a range."""
    items = [book(key, "Doe, Jane", 2000) for key in "abcde"]
    cites = tuple(Cite(key, suffix=" (2nd)" if key == "d" else "") for key in "abcde")
    shown = citations(
        AUTHOR_DATE,
        [Cluster(cites)],
        items,
        citation_options='collapse="year-suffix-ranged" disambiguate-add-year-suffix="true"',
        citation_layout='delimiter="; "',
    )
    assert shown == ["Doe 2000a–c, d (2nd), e"]


def test_a_cite_after_a_place_in_a_work_of_the_same_author() -> None:
    """After a locator, the delimiter is the one after groups: a comma would read as a page."""
    items = [book("a", "Doe, Jane", 2000), book("b", "Doe, Jane", 2001)]
    shown = citations(
        AUTHOR_DATE,
        [Cluster((Cite("a", locator="37"), Cite("b")))],
        items,
        citation_options='collapse="year" after-collapse-delimiter="; "',
        citation_layout='delimiter=", "',
    )
    assert shown == ["Doe 2000 37; 2001"]


def test_cites_that_the_style_does_not_tell_apart_stay_as_their_author_has_them() -> None:
    """The sort keys are equal, so nothing says that another order is better."""
    items = [book("a", "Doe, Jane", 2000), book("b", "Doe, Jane", 2000)]
    shown = citations(
        '<text variable="title"/>',
        [Cluster((Cite("b"), Cite("a")))],
        items,
        citation_sort='<sort><key variable="author"/></sort>',
        citation_layout='delimiter="; "',
    )
    assert shown == ["Title b; Title a"]


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [(". More text.", "“Title a.” More text."), (", passim", "“Title a”, passim")],
)
def test_words_after_a_quotation(suffix: str, expected: str) -> None:
    """The end of a sentence goes into the quotation, a comma of the author does not."""
    shown = citations(
        '<text variable="title" quotes="true"/>',
        [Cluster((Cite("a", suffix=suffix),))],
        [book("a")],
    )
    assert shown == [expected]


def test_a_number_after_a_place_in_another_work() -> None:
    """Among numbers too, the delimiter after groups follows a place."""
    shown = citations(
        '<text variable="citation-number"/><text variable="locator" prefix=" p. "/>',
        [Cluster((Cite("a"), Cite("b", locator="7"), Cite("c")))],
        [book(key) for key in "abc"],
        citation_options='collapse="citation-number" after-collapse-delimiter="; "',
        citation_layout='prefix="[" suffix="]" delimiter=", "',
    )
    assert shown == ["[1, 2 p. 7; 3]"]


@pytest.mark.parametrize("label", ["page", "chapter"])
def test_a_locator_with_a_label_of_its_own_has_that_one(label: str) -> None:
    """A word processor gives the label "page" also where its user has typed another."""
    layout = '<label variable="locator" form="short" suffix=" "/><text variable="locator"/>'
    cluster = Cluster((Cite("1", locator="fol. 3", label=label),))
    assert citations(layout, [cluster], [book("1")]) == ["fol. 3"]
