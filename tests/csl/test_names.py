"""cs:names and all below it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.csl.rendering.one_name import initialized
from tests.csl.rendering import entry, people

THREE = {"author": people("Doe, Jane", "Roe, Richard", "Poe, Edgar Allan")}
TWO = {"author": people("Doe, Jane", "Roe, Richard")}
GOGH = {"author": [{"family": "Gogh", "non-dropping-particle": "van", "given": "Vincent"}]}
HUMBOLDT = {"author": [{"family": "Humboldt", "dropping-particle": "von", "given": "Alexander"}]}
KING = {"author": [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}]}


def names(name: str = "<name/>", **attributes: str) -> str:
    """Return cs:names of the author with what stands in it."""
    given_attributes = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<names variable="author"{given_attributes}>{name}</names>'


@pytest.mark.parametrize(
    ("name", "item", "expected"),
    [
        ("<name/>", THREE, "Jane Doe, Richard Roe, Edgar Allan Poe"),
        ('<name and="text"/>', TWO, "Jane Doe and Richard Roe"),
        ('<name and="text"/>', THREE, "Jane Doe, Richard Roe, and Edgar Allan Poe"),
        ('<name and="symbol"/>', TWO, "Jane Doe &#38; Richard Roe"),
        ('<name delimiter="; "/>', TWO, "Jane Doe; Richard Roe"),
        (
            '<name and="text" delimiter-precedes-last="never"/>',
            THREE,
            "Jane Doe, Richard Roe and Edgar Allan Poe",
        ),
        ('<name and="text" delimiter-precedes-last="always"/>', TWO, "Jane Doe, and Richard Roe"),
        (
            (
                '<name and="text" name-as-sort-order="first"'
                ' delimiter-precedes-last="after-inverted-name"/>'
            ),
            TWO,
            "Doe, Jane, and Richard Roe",
        ),
        ('<name form="short"/>', TWO, "Doe, Roe"),
        ('<name form="count"/>', THREE, "3"),
        ('<name name-as-sort-order="all" delimiter="; "/>', TWO, "Doe, Jane; Roe, Richard"),
        ('<name name-as-sort-order="first"/>', TWO, "Doe, Jane, Richard Roe"),
        (
            '<name name-as-sort-order="all" sort-separator=" " delimiter="; "/>',
            TWO,
            "Doe Jane; Roe Richard",
        ),
        (
            '<name><name-part name="family" text-case="uppercase"/></name>',
            TWO,
            "Jane DOE, Richard ROE",
        ),
        (
            '<name><name-part name="family" font-variant="small-caps"/></name>',
            {"author": people("Doe, Jane")},
            'Jane <span style="font-variant:small-caps;">Doe</span>',
        ),
    ],
)
def test_name(name: str, item: dict[str, Any], expected: str) -> None:
    """cs:name lists names in its form, order and delimiters."""
    assert entry(names(name), item) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('<name et-al-min="3" et-al-use-first="1"/>', "Jane Doe et al."),
        ('<name et-al-min="3" et-al-use-first="2"/>', "Jane Doe, Richard Roe, et al."),
        ('<name et-al-min="4" et-al-use-first="1"/>', "Jane Doe, Richard Roe, Edgar Allan Poe"),
        (
            '<name et-al-min="3" et-al-use-first="1" delimiter-precedes-et-al="always"/>',
            "Jane Doe, et al.",
        ),
        (
            '<name et-al-min="3" et-al-use-first="2" delimiter-precedes-et-al="never"/>',
            "Jane Doe, Richard Roe et al.",
        ),
        (
            '<name et-al-min="3" et-al-use-first="1" et-al-use-last="true"/>',
            "Jane Doe … Edgar Allan Poe",
        ),
        ('<name et-al-use-first="1"/>', "Jane Doe, Richard Roe, Edgar Allan Poe"),
        (
            '<name et-al-min="3" et-al-use-first="1"/><et-al font-style="italic"/>',
            "Jane Doe <i>et al.</i>",
        ),
        (
            '<name et-al-min="3" et-al-use-first="1"/><et-al term="and others"/>',
            "Jane Doe and others",
        ),
        ('<name form="count" et-al-min="3" et-al-use-first="1"/>', "1"),
        # A name is left out before the last one, so that three names show one and the last.
        (
            '<name et-al-min="3" et-al-use-first="2" et-al-use-last="true"/>',
            "Jane Doe … Edgar Allan Poe",
        ),
        # At least one name stands before the gap.
        (
            '<name et-al-min="2" et-al-use-first="1" et-al-use-last="true"/>',
            "Jane Doe … Edgar Allan Poe",
        ),
    ],
)
def test_et_al(name: str, expected: str) -> None:
    """A list of at least et-al-min names is cut to et-al-use-first."""
    assert entry(names(name), THREE) == expected


@pytest.mark.parametrize(
    ("demote", "name", "item", "expected"),
    [
        ("never", "<name/>", GOGH, "Vincent van Gogh"),
        ("never", '<name form="short"/>', GOGH, "van Gogh"),
        ("never", '<name name-as-sort-order="all"/>', GOGH, "van Gogh, Vincent"),
        ("sort-only", '<name name-as-sort-order="all"/>', GOGH, "van Gogh, Vincent"),
        ("display-and-sort", '<name name-as-sort-order="all"/>', GOGH, "Gogh, Vincent van"),
        ("never", '<name form="short"/>', HUMBOLDT, "Humboldt"),
        ("never", "<name/>", HUMBOLDT, "Alexander von Humboldt"),
        ("never", '<name name-as-sort-order="all"/>', HUMBOLDT, "Humboldt, Alexander von"),
        ("never", "<name/>", KING, "Martin Luther King Jr."),
        ("never", '<name name-as-sort-order="all"/>', KING, "King, Martin Luther, Jr."),
        ("never", '<name form="short"/>', KING, "King"),
    ],
)
def test_particles_and_suffixes(
    demote: str, name: str, item: dict[str, Any], expected: str
) -> None:
    """Particles stand where the style's ``demote-non-dropping-particle`` puts them."""
    options = f'demote-non-dropping-particle="{demote}"'
    assert entry(names(name), item, options=options) == expected


@pytest.mark.parametrize(
    ("family", "given_name", "expected"),
    [
        ("van der Vlist", "Eric", "van der Vlist, Eric"),
        ("Humboldt", "Alexander von", "Humboldt, Alexander von"),
        ("d'Alembert", "Jean", "d’Alembert, Jean"),
        ("al-Hakim", "Tawfiq", "al-Hakim, Tawfiq"),
        ("’t Hooft", "Gerard", "’t Hooft, Gerard"),
        ("De Gaulle", "Charles", "De Gaulle, Charles"),
        ("danah boyd", "", "danah boyd"),
    ],
)
def test_particles_are_found_in_names(family: str, given_name: str, expected: str) -> None:
    """Words in lower case before a family name or after a given name are particles."""
    item = {"author": [{"family": family, "given": given_name}]}
    layout = names('<name name-as-sort-order="all"/>')
    assert entry(layout, item, options='demote-non-dropping-particle="never"') == expected


@pytest.mark.parametrize(
    ("given_name", "mark", "expected"),
    [
        ("John", ".", "J."),
        ("John Quincy", ". ", "J. Q."),
        ("John Quincy", "", "JQ"),
        ("John Quincy", " ", "J Q"),
        ("J.R.R.", ". ", "J. R. R."),
        ("Jean-Luc", ". ", "J.-L."),
        ("Jian-ping", ". ", "J."),
        ("Eliana da Mota", ". ", "E. da M."),
        ("Chr.", ". ", "Chr."),
        ("TSerendorjiin", ". ", "Ts."),
        ("Андрей", ". ", "А."),
        ("", ". ", ""),
    ],
)
def test_initials(given_name: str, mark: str, expected: str) -> None:
    """Given names become initials with ``initialize-with`` after each."""
    assert initialized(given_name, mark) == expected


def test_hyphens_between_initials_may_be_left_out() -> None:
    """``initialize-with-hyphen`` set to false runs the initials on."""
    item = {"author": people("Doe, Jean-Luc")}
    layout = names('<name initialize-with="."/>')
    assert entry(layout, item, options='initialize-with-hyphen="false"') == "J.L. Doe"


def test_initialize_false_sets_only_initials_that_are_there() -> None:
    """Full given names stay when ``initialize`` is false."""
    layout = names('<name initialize-with="." initialize="false"/>')
    item = {"author": people("Doe, John M E")}
    assert entry(layout, item) == "John M.E. Doe"


@given(st.text(alphabet="ABCabc .-’", max_size=12))
def test_initials_are_stable(given_name: str) -> None:
    """Initials made of initials are the same initials."""
    once = initialized(given_name, ". ")
    assert initialized(once, ". ") == once


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ({"literal": "World Health Organization"}, "World Health Organization"),
        ({"family": "毛", "given": "泽东"}, "毛泽东"),
        ({"given": "Plato"}, "Plato"),
        ({"family": "Plato"}, "Plato"),
    ],
)
def test_names_of_another_order(author: dict[str, str], expected: str) -> None:
    """Institutions, eastern names and single names have their own order."""
    layout = names('<name name-as-sort-order="all" initialize-with="."/>')
    assert entry(layout, {"author": [author]}) == expected


EDITED = {"editor": people("Doe, Jane", "Roe, Richard"), "title": "A book"}


@pytest.mark.parametrize(
    ("layout", "item", "expected"),
    [
        (
            '<names variable="editor"><name/><label form="short" prefix=" (" suffix=")"/></names>',
            EDITED,
            "Jane Doe, Richard Roe (eds.)",
        ),
        (
            '<names variable="editor"><label form="verb" suffix=" "/><name/></names>',
            EDITED,
            "edited by Jane Doe, Richard Roe",
        ),
        (
            '<names variable="editor"><name/><label form="short" prefix=" (" suffix=")"/></names>',
            {"editor": people("Doe, Jane")},
            "Jane Doe (ed.)",
        ),
        (
            (
                '<names variable="editor translator" delimiter="; "><name/>'
                '<label form="short" prefix=" (" suffix=")"/></names>'
            ),
            {"editor": people("Doe, Jane"), "translator": people("Roe, Richard")},
            "Jane Doe (ed.); Richard Roe (trans.)",
        ),
        (
            (
                '<names variable="editor translator" delimiter="; "><name/>'
                '<label form="short" prefix=" (" suffix=")"/></names>'
            ),
            {"editor": people("Doe, Jane"), "translator": people("Doe, Jane")},
            "Jane Doe (ed. &#38; trans.)",
        ),
    ],
)
def test_labels_of_names(layout: str, item: dict[str, Any], expected: str) -> None:
    """cs:label in cs:names names the role; two roles of the same people have one label."""
    assert entry(layout, item) == expected


@pytest.mark.parametrize(
    ("substitute", "item", "expected"),
    [
        ('<names variable="editor"/>', EDITED, "(Doe &#38; Roe)|A book"),
        ('<text variable="title"/>', {"title": "A book"}, "A book|"),
        ('<text macro="m"/>', {"title": "A book"}, "<i>A book</i>|"),
        ('<names variable="translator"/><text value="Anon."/>', {}, "Anon.|"),
        ('<names variable="editor"/>', {"title": "A book"}, "|A book"),
        (
            '<text variable="title" form="short"/>',
            {"title": "A book", "title-short": "Book"},
            "Book|",
        ),
    ],
)
def test_substitute(substitute: str, item: dict[str, Any], expected: str) -> None:
    """The first substitute with output stands for the names, and its variables appear once.

    Only cs:names with nothing inside takes over the affixes of the names it stands for.
    """
    layout = (
        f'<names variable="author" prefix="(" suffix=")"><name form="short" and="symbol"/>'
        f'<substitute>{substitute}</substitute></names><text value="|"/><text variable="title"/>'
    )
    macros = '<macro name="m"><text variable="title" font-style="italic"/></macro>'
    assert entry(layout, item, macros=macros) == expected


@pytest.mark.parametrize("substitute", ['form="short"', ""])
def test_a_title_that_stands_for_names_is_not_repeated_in_short(substitute: str) -> None:
    """The short form of a title is that title."""
    layout = (
        f'<names variable="author"><substitute><text variable="title" {substitute}/></substitute>'
        '</names><text variable="title" form="short" prefix=", "/>'
    )
    titles = {"title": "A book", "title-short": "Book"}
    assert entry(layout, titles) == ("Book" if substitute else "A book")


def test_nothing_is_substituted_after_a_term() -> None:
    """A term is the same for every item; an empty one says that nothing shall stand there."""
    layout = (
        '<text value="By: "/><names variable="author"><substitute><text term="editor"/>'
        '<text value="somebody"/></substitute></names>'
    )
    locale = '<locale><terms><term name="editor"></term></terms></locale>'
    assert entry(layout, {}, locale=locale) == "By: "


def test_et_al_may_show_no_name_at_all() -> None:
    """With et-al-use-first="0" there is neither a name nor a label, only what stands beside it."""
    layout = (
        '<group delimiter=": "><names variable="author"><name et-al-min="2" et-al-use-first="0"/>'
        '<label prefix=" "/></names><text variable="title"/></group>'
    )
    item = {"author": people("Doe, Jane", "Roe, Richard"), "title": "A book"}
    assert entry(layout, item) == "A book"
    assert entry(layout, {**item, "author": people("Doe, Jane")}) == "Jane Doe: A book"


def test_editor_and_translator_keep_their_labels_where_there_is_no_common_one() -> None:
    """A locale without a term for both roles in one leaves them two lists."""
    layout = (
        '<names variable="editor translator" delimiter="; "><name/><label prefix=", "/></names>'
    )
    item = {"editor": people("Doe, Jane"), "translator": people("Doe, Jane")}
    empty = '<locale><terms><term name="editortranslator"></term></terms></locale>'
    assert entry(layout, item, locale=empty) == "Jane Doe, editor; Jane Doe, translator"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("he-IL", "Jane Doe וRichard Roe"),
        ("zh-CN", "Jane Doe和Richard Roe"),
        ("ar", "Jane Doe و Richard Roe"),
    ],
)
def test_the_word_and_has_the_spaces_of_its_language(lang: str, expected: str) -> None:
    """Chinese writes no spaces, and the Hebrew word is the beginning of the next."""
    item = {"author": people("Doe, Jane", "Roe, Richard")}
    assert entry(names('<name and="text"/>'), item, lang) == expected


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("<i>Ann</i> Lee", "<i>A.</i> L."),
        ('<span class="nocase">Ann</span>', '<span class="nocase">A.</span>'),
        ("ʾIbn", "ʾI."),
        ("太郎", "太郎"),
    ],
)
def test_initials_inside_markup_and_other_scripts(given_name: str, expected: str) -> None:
    """Tags and the sign before a letter stay; Japanese names have no initials."""
    assert initialized(given_name, ". ") == expected


def test_name_options_inherit() -> None:
    """Options of cs:style hold for cs:bibliography unless that has its own, and so on down."""
    options = 'et-al-min="2" et-al-use-first="1" and="symbol" names-delimiter="; "'
    outer = entry(names(), TWO, options=options)
    middle = entry(names(), TWO, options=options, bibliography_options='et-al-min="3"')
    inner = entry(names('<name et-al-min="3" and="text"/>'), TWO, options=options)
    assert (outer, middle, inner) == (
        "Jane Doe et al.",
        "Jane Doe &#38; Richard Roe",
        "Jane Doe and Richard Roe",
    )


def test_an_empty_word_for_and_stands_alone() -> None:
    """A style that empties the term has nothing between the last two names."""
    empty = '<locale><terms><term name="and"/></terms></locale>'
    assert entry(names('<name and="text"/>'), TWO, locale=empty) == "Jane DoeRichard Roe"


def test_affixes_of_names_stand_round_each() -> None:
    """cs:name describes individual names, its affixes too."""
    found = entry(names('<name prefix="[" suffix="]"/>'), TWO)
    assert found == "[Jane Doe], [Richard Roe]"


def test_editors_who_translate_are_joined_only_where_these_two_roles_are_asked_for() -> None:
    """Beside a third role each of the two keeps its own label."""
    doe = [{"family": "Doe"}]
    layout = (
        '<names variable="author editor translator" delimiter="; ">'
        '<label form="short" prefix=", "/></names>'
    )
    assert entry(layout, {"editor": doe, "translator": doe}) == "Doe, ed.; Doe, trans."


def test_names_that_are_not_to_be_parsed() -> None:
    """``parse-names`` false keeps a particle in the family name."""
    item = {"author": [{"family": "van Gogh", "given": "Vincent", "parse-names": False}]}
    assert entry(names('<name name-as-sort-order="all"/>'), item) == "van Gogh, Vincent"


@pytest.mark.parametrize("given", ["Ming\u00a0Tao", "Ming\u00a0Tao von"])
def test_spaces_inside_given_names_stay(given: str) -> None:
    """A space that does not break is meant, with a particle behind it or not."""
    item = {"author": [{"family": "Lee", "given": given}]}
    assert entry(names("<name/>"), item) == f"{given} Lee"


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ("d' Ancona", "d’ Ancona, A."),
        ("d'Ancona", "d’Ancona, A."),
        ("van\u00a0Dam", "van\u00a0Dam, A."),
        ('<span class="nocase">deBoer</span>', "deBoer, A."),
    ],
)
def test_what_is_no_particle_and_what_stands_behind_one(family: str, expected: str) -> None:
    """Spaces stay as they are written, and markup begins no name with a particle."""
    layout = names('<name name-as-sort-order="all" initialize-with="."/>')
    item = {"author": [{"family": family, "given": "Ann"}]}
    assert entry(layout, item, options='demote-non-dropping-particle="never"') == expected
