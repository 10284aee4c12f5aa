"""cs:text, cs:group, cs:choose and the attributes that every element may carry."""

from __future__ import annotations

from typing import Any

import pytest

from tests.csl.rendering import entry

ITEM: dict[str, Any] = {
    "title": "A title of one's own",
    "title-short": "A title",
    "container-title": "The Journal",
    "publisher": "House",
    "volume": "3",
    "page": "12-15",
    "author": [{"family": "Doe", "given": "Jane"}],
}


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ('<text variable="publisher"/>', "House"),
        ('<text variable="genre"/>', ""),
        ('<text variable="title" form="short"/>', "A title"),
        ('<text variable="container-title" form="short"/>', "The Journal"),
        ('<text value="in press"/>', "in press"),
        ('<text term="edition" prefix="an "/>', "an edition"),
        ('<text term="edition" form="short" prefix="2nd "/>', "2nd ed."),
        ('<text term="edition" form="short" strip-periods="true" prefix="2nd "/>', "2nd ed"),
        ('<text term="page" plural="true" prefix="3 "/>', "3 pages"),
        ('<text term="page" form="symbol" prefix="3 "/>', "3 p."),
        ('<text macro="m"/>', "House"),
        ('<text variable="publisher" prefix="(" suffix=")"/>', "(House)"),
        ('<text variable="genre" prefix="(" suffix=")"/>', ""),
        ('<text variable="publisher" quotes="true"/>', "“House”"),
        ('<text variable="title"/>', "A title of one’s own"),
        ('<text variable="publisher" font-style="italic" suffix="."/>', "<i>House</i>."),
        ('<text variable="publisher" font-weight="bold"/>', "<b>House</b>"),
        ('<text variable="publisher" vertical-align="sup"/>', "<sup>House</sup>"),
        (
            '<text variable="publisher" font-variant="small-caps"/>',
            '<span style="font-variant:small-caps;">House</span>',
        ),
        (
            '<text variable="publisher" text-decoration="underline"/>',
            '<span style="text-decoration:underline;">House</span>',
        ),
        ('<text variable="publisher" font-style="normal"/>', "House"),
        ('<text variable="publisher" text-case="uppercase"/>', "HOUSE"),
        ('<text variable="title" text-case="title"/>', "A Title of One’s Own"),
        ('<text variable="page-first"/>', "12"),
        (
            '<text variable="publisher" display="block"/>',
            '<div class="csl-block">House</div>',
        ),
    ],
)
def test_text(layout: str, expected: str) -> None:
    """cs:text renders a variable, a macro, a term or a value, formatted as its attributes say."""
    macros = '<macro name="m"><text variable="publisher"/></macro>'
    assert entry(layout, ITEM, macros=macros) == expected


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (
            (
                '<group delimiter=", "><text variable="publisher"/><text variable="genre"/>'
                '<text variable="volume"/></group>'
            ),
            "House, 3",
        ),
        ('<group><text value="in "/><text variable="genre"/></group>', ""),
        ('<group><text value="in "/><text variable="publisher"/></group>', "in House"),
        ('<group><text value="no variable"/></group>', "no variable"),
        (
            (
                '<group><text value="with "/><group><text value="a group"/></group>'
                '<text variable="genre"/></group>'
            ),
            "with a group",
        ),
        ('<group prefix="[" suffix="]"><text variable="genre"/></group>', ""),
        (
            (
                '<group delimiter="-"><choose><if type="book"><text value="a"/>'
                '<text value="b"/></if></choose><text value="c"/></group>'
            ),
            "a-b-c",
        ),
        ('<group delimiter="-"><text macro="two"/><text value="c"/></group>', "ab-c"),
    ],
)
def test_group(layout: str, expected: str) -> None:
    """cs:group delimits its children and vanishes when every variable it calls is empty."""
    macros = '<macro name="two"><text value="a"/><text value="b"/></macro>'
    assert entry(layout, ITEM, macros=macros) == expected


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ('type="book"', True),
        ('type="article"', False),
        ('type="article book" match="any"', True),
        ('type="article" match="none"', True),
        ('variable="title volume"', True),
        ('variable="title genre"', False),
        ('variable="title genre" match="any"', True),
        ('variable="title genre" match="none"', False),
        ('variable="title genre" match="nand"', True),  # citeproc-js has it: one does not hold
        ('variable="title volume" match="nand"', False),
        ('variable="author"', True),
        ('is-numeric="volume"', True),
        ('is-numeric="title"', False),
        ('is-uncertain-date="issued"', False),
        ('locator="page"', False),
        ('position="first"', False),
        ('disambiguate="true"', False),
        ('type="book" variable="genre"', False),
        ('type="book" variable="genre" match="any"', True),
    ],
)
def test_choose(conditions: str, expected: bool) -> None:  # noqa: FBT001  the table's last column
    """cs:if holds when all, any or none of its conditions do, as ``match`` says."""
    layout = (
        f'<choose><if {conditions}><text value="yes"/></if><else><text value="no"/></else></choose>'
    )
    assert entry(layout, ITEM) == ("yes" if expected else "no")


def test_choose_takes_the_first_branch_that_holds() -> None:
    """cs:else-if is asked only when what stands before it does not hold."""
    layout = (
        '<choose><if type="song"><text value="song"/></if>'
        '<else-if variable="title"><text value="titled"/></else-if>'
        '<else-if type="book"><text value="book"/></else-if></choose>'
    )
    assert entry(layout, ITEM) == "titled"


def test_uncertain_dates_are_told_by_circa() -> None:
    """A date with ``circa`` is uncertain."""
    layout = '<choose><if is-uncertain-date="issued"><text value="c."/></if></choose>'
    assert entry(layout, {"issued": {"date-parts": [[1500]], "circa": True}}) == "c."


def test_a_term_begins_an_entry_with_a_capital() -> None:
    """What begins a bibliography entry begins a sentence."""
    assert entry('<text term="edition"/>') == "Edition"


def test_macros_render_within_their_call() -> None:
    """A macro called in several places keeps each call's own affixes."""
    macros = '<macro name="m"><text variable="publisher"/></macro>'
    layout = '<text macro="m" prefix="("  suffix=")"/><text macro="m" font-style="italic"/>'
    assert entry(layout, ITEM, macros=macros) == "(House)<i>House</i>"


@pytest.mark.parametrize(("kind", "expected"), [("book", "yes"), ("chapter", "yes"), ("map", "no")])
def test_a_list_of_types_means_one_of_them(kind: str, expected: str) -> None:
    """No item has two types, so that ``match="all"`` asks for one of them."""
    layout = (
        '<choose><if type="book chapter" variable="title"><text value="yes"/></if>'
        '<else><text value="no"/></else></choose>'
    )
    assert entry(layout, {**ITEM, "type": kind}) == expected


def test_periods_are_stripped_from_macros() -> None:
    """``strip-periods`` on a macro takes them from its terms and variables, not its affixes."""
    macros = '<macro name="m"><text variable="title" suffix="."/></macro>'
    layout = '<text macro="m" strip-periods="true"/>'
    assert entry(layout, {"title": "J. Chem. Soc."}, macros=macros) == "J Chem Soc."


@pytest.mark.parametrize(
    ("case", "title", "expected"),
    [
        ("title", "roe v. the state", "Roe v. the State"),
        ("title", "first: the second", "First: The Second"),
        ("capitalize-all", "self-driving and/or not", "Self-Driving And/Or Not"),
    ],
)
def test_words_of_titles(case: str, title: str, expected: str) -> None:
    """A full stop mostly ends an abbreviation; hyphens and slashes part words."""
    assert entry(f'<text variable="title" text-case="{case}"/>', {"title": title}) == expected


@pytest.mark.parametrize(
    ("title", "lang", "expected"),
    [
        ("Men of Mark: An IBM Story", "en", "Men of mark: an IBM story"),
        ("Notes on <i>Homo Sapiens</i>", "en", "Notes on <i>homo sapiens</i>"),
        ('On <span class="nocase">Rome</span> And Us', "en", "On Rome and us"),
        ("Die Kunst der Fuge", "de", "Die Kunst der Fuge"),
    ],
)
def test_sentence_case_inside_markup(title: str, lang: str, expected: str) -> None:
    """English words lose the capital of titles; acronyms, protected words, German nouns do not."""
    layout = '<text variable="title" text-case="sentence"/>'
    assert entry(layout, {"title": title, "language": lang}) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"author": [{"family": "O'Neil"}], "issued": {"date-parts": [[2001]]}}, "Onei01"),
        ({"author": [{"family": "Roe"}, {"family": "Doe"}]}, "RoDo"),
        ({"author": [{"literal": "The World Bank"}]}, "Worl"),
        ({"title": "The History of Time"}, "Hist"),
        ({"title": "Time", "citation-label": "time-1"}, "time-1"),
    ],
)
def test_citation_label(item: dict[str, Any], expected: str) -> None:
    """A label is made of letters of names, or of the title, and of the year."""
    assert entry('<text variable="citation-label"/>', item) == expected
