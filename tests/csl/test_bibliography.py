"""Bibliographies: order, numbers, repeated names, layout options."""

from __future__ import annotations

from typing import Any

import pytest

from compcite.csl import Cite, Cluster, Processor
from compcite.csl.documents.collation import collation_key
from compcite.csl.items import item_of
from compcite.model.item import Date, Item, Name
from tests.csl.rendering import apa, book, citations, entries, style


def order(sort: str, items: list[dict[str, Any]], **parts: str) -> str:
    """Return the keys of ``items`` in the order that ``sort`` gives them."""
    bibliography = Processor(style(sort=f"<sort>{sort}</sort>", **parts)).bibliography(
        map(item_of, items)
    )
    return " ".join(entry.key for entry in bibliography.entries)


@pytest.mark.parametrize(
    ("sort", "items", "expected"),
    [
        ("", [book("b"), book("a")], "b a"),
        ('<key variable="title"/>', [book("b"), book("a")], "a b"),
        ('<key variable="title" sort="descending"/>', [book("a"), book("b")], "b a"),
        (
            '<key variable="author"/>',
            [book("1", "Roe, A"), book("2", "Doe, B"), book("3", "Doe, A")],
            "3 2 1",
        ),
        (
            '<key variable="author"/>',
            [book("1"), book("2", "Doe, B")],
            "2 1",
        ),
        (
            '<key variable="author" sort="descending"/>',
            [book("1"), book("2", "Doe, B"), book("3", "Roe, A")],
            "3 2 1",
        ),
        (
            '<key variable="issued"/>',
            [book("1", year=2001), book("2", year=-50), book("3", year=1999), book("4")],
            "2 3 1 4",
        ),
        (
            '<key variable="issued"/>',
            [
                book("1", issued={"date-parts": [[2000, 5, 1]]}),
                book("2", issued={"date-parts": [[2000, 5]]}),
                book("3", issued={"date-parts": [[2000], [2002]]}),
                book("4", issued={"date-parts": [[2000]]}),
            ],
            "4 3 2 1",
        ),
        (
            '<key variable="issued"/>',
            [
                book("1", issued={"literal": "in press"}),
                book("2", issued={"literal": "forthcoming"}),
                book("3"),
                book("4", year=2000),
            ],
            "4 2 1 3",
        ),
        (
            '<key variable="volume"/>',
            [book("1", volume="10"), book("2", volume="9"), book("3", volume="2")],
            "3 2 1",
        ),
        (
            '<key macro="author"/><key variable="issued" sort="descending"/>',
            [book("1", "Doe, A", 2000), book("2", "Doe, A", 2001), book("3", "Coe, A", 1999)],
            "3 2 1",
        ),
        (
            '<key macro="author" names-min="2" names-use-first="1"/><key variable="title"/>',
            [
                book("1", "Doe, A; Zoe, A", title="B"),
                book("2", "Doe, A; Coe, A", title="C"),
                book("3", "Doe, A", title="A"),
            ],
            "3 1 2",
        ),
        (
            '<key macro="count"/>',
            [book("1", "A, A; B, B; C, C"), book("2", "D, D"), book("3", "A, A; B, B")],
            "2 3 1",
        ),
    ],
)
def test_sort(sort: str, items: list[dict[str, Any]], expected: str) -> None:
    """Keys are taken in turn; what lacks a value comes last in either direction."""
    macros = (
        '<macro name="author"><names variable="author"><name and="text"/></names></macro>'
        '<macro name="count"><names variable="author"><name form="count"/></names></macro>'
    )
    assert order(sort, items, macros=macros) == expected


def test_demoted_particles_do_not_sort() -> None:
    """Van Gogh stands under G unless the style never demotes particles."""
    items = [
        {**book("van"), "author": [{"family": "van Gogh", "given": "Vincent"}]},
        book("hals", "Hals, Frans"),
    ]
    demoted = order('<key variable="author"/>', items)
    kept = order('<key variable="author"/>', items, options='demote-non-dropping-particle="never"')
    assert (demoted, kept) == ("van hals", "hals van")


@pytest.mark.parametrize(
    "words",
    [
        ["Äpfel", "Apfelbaum", "apple", "Zebra"],
        ["De Silva", "Décoret", "Demus"],
        ["Łukasz", "Lund", "Luzern"],
        ["Ørsted", "Oslo"],
        ["abc 2", "abc 10"],
        ["Zebra", "Ωmega", "Медведев", "中"],
        ["“Quoted”", "Quoter"],
        ["иван", "йод", "кот"],
    ],
)
def test_collation(words: list[str]) -> None:
    """Accents, case and punctuation decide nothing; words precede longer words; scripts follow."""
    assert sorted(words, key=collation_key) == words


def test_collation_begins_with_the_script_of_the_language() -> None:
    """In a Russian bibliography, Latin names follow the Cyrillic ones."""
    words = ["Smith", "Яблоков", "Азимов"]
    found = sorted(words, key=lambda word: collation_key(word, "ru-RU"))
    assert found == ["Азимов", "Яблоков", "Smith"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", "1 b, 2 a"),
        ('<sort><key variable="title"/></sort>', "1 a, 2 b"),
        ('<sort><key variable="citation-number" sort="descending"/></sort>', "2 a, 1 b"),
    ],
)
def test_citation_numbers(sort: str, expected: str) -> None:
    """Entries are numbered in their order, or where they are sorted by number, as cited."""
    layout = '<text variable="citation-number" suffix=" "/><text variable="title"/>'
    items = [book("1", title="b"), book("2", title="a")]
    assert ", ".join(entries(layout, items, sort=sort)) == expected


def test_citations_show_the_numbers_of_the_bibliography() -> None:
    """A citation of a sorted bibliography's second entry is [2]."""
    items = [book("1", title="b"), book("2", title="a")]
    processor = Processor(
        style(
            citation='<text variable="citation-number"/>',
            sort='<sort><key variable="title"/></sort>',
        )
    )
    rendered = processor.citations([Cluster((Cite("1"),))], map(item_of, items))
    assert rendered[0].content == ("2",)


AUTHORS = [
    book("1", "Doe, A; Roe, B", title="x"),
    book("2", "Doe, A; Roe, B", title="y"),
    book("3", "Doe, A; Poe, C", title="z"),
    book("4", "Coe, C", title="w"),
]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("complete-all", "Doe, Roe. x|---. y|Doe, Poe. z|Coe. w"),
        ("complete-each", "Doe, Roe. x|---, ---. y|Doe, Poe. z|Coe. w"),
        ("partial-each", "Doe, Roe. x|---, ---. y|---, Poe. z|Coe. w"),
        ("partial-first", "Doe, Roe. x|---, Roe. y|---, Poe. z|Coe. w"),
    ],
)
def test_subsequent_author_substitute(rule: str, expected: str) -> None:
    """Names that repeat those of the entry before are replaced, as the rule has it."""
    layout = (
        '<names variable="author" suffix=". "><name form="short"/></names><text variable="title"/>'
    )
    options = f'subsequent-author-substitute="---" subsequent-author-substitute-rule="{rule}"'
    assert "|".join(entries(layout, AUTHORS, bibliography_options=options)) == expected


@pytest.mark.parametrize(("order", "expected"), [("ascending", "021"), ("descending", "120")])
def test_no_names_are_fewer_than_one(order: str, expected: str) -> None:
    """An item without names sorts by the number 0, not as if its number were unknown."""
    items = [
        book("1", "Doe, A; Roe, B", title="1"),
        book("2", title="0"),
        book("3", "Poe, C", title="2"),
    ]
    found = entries(
        '<text variable="title"/>',
        items,
        sort=f'<sort><key macro="count" sort="{order}"/></sort>',
        macros='<macro name="count"><names variable="author"><name form="count"/></names></macro>',
    )
    assert "".join(found) == expected


def test_two_people_of_one_family_name_are_no_repetition() -> None:
    """Only names that are the same in full are replaced, however much of them is shown."""
    layout = '<names variable="author"><name form="short"/></names>'
    items = [book("1", "Doe, A"), book("2", "Doe, B"), book("3", "Doe, B")]
    options = 'subsequent-author-substitute="---"'
    assert entries(layout, items, bibliography_options=options) == ["Doe", "Doe", "---"]


def test_repeated_names_that_vanish_take_their_surroundings_along() -> None:
    """An empty substitute leaves neither affixes nor a delimiter behind."""
    layout = (
        '<group delimiter=". "><names variable="author" prefix="[" suffix="]"/>'
        '<text variable="title"/></group>'
    )
    items = [book("1", "Doe, A", title="One"), book("2", "Doe, A", title="Two")]
    options = 'subsequent-author-substitute=""'
    assert entries(layout, items, bibliography_options=options) == ["[A Doe]. One", "Two"]


def test_an_entry_of_repeated_names_alone_keeps_them() -> None:
    """An entry is listed even if its names are all that it has."""
    items = [book("1", "Doe, A"), book("2", "Doe, A")]
    options = 'subsequent-author-substitute=""'
    assert entries('<names variable="author"/>', items, bibliography_options=options) == [
        "A Doe",
        "A Doe",
    ]


def test_labels_of_repeated_names_stay() -> None:
    """The role of an editor is told even where the name is not."""
    layout = (
        '<names variable="author"><name form="short"/><label form="short" prefix=", "/>'
        '<substitute><names variable="editor"/></substitute></names>'
    )
    items = [
        book("1", "Doe, A"),
        book("2", editor=[{"family": "Doe", "given": "A"}]),
    ]
    options = 'subsequent-author-substitute="---"'
    assert entries(layout, items, bibliography_options=options) == ["Doe", "---, ed."]


def test_layout_options() -> None:
    """How entries are to be set is told, not done."""
    options = 'hanging-indent="true" second-field-align="flush" line-spacing="2" entry-spacing="0"'
    layout = '<text variable="citation-number" suffix=". "/><text variable="title"/>'
    items = [book(str(number)) for number in range(1, 11)]
    bibliography = Processor(style(layout, bibliography_options=options)).bibliography(
        map(item_of, items)
    )
    assert (
        bibliography.hanging_indent,
        bibliography.second_field_align,
        bibliography.line_spacing,
        bibliography.entry_spacing,
        bibliography.max_offset,
    ) == (True, "flush", 2, 0, 3)


def test_second_field_align_sets_the_first_field_apart() -> None:
    """The first field stands in the margin, all others beside it."""
    layout = '<text variable="citation-number" suffix=". "/><text variable="title"/>'
    found = entries(layout, [book("1")], bibliography_options='second-field-align="flush"')
    assert found == [
        '<div class="csl-left-margin">1. </div><div class="csl-right-inline">Title 1</div>'
    ]


def test_entries_without_output_are_left_out() -> None:
    """An item of which the style has nothing to say is no entry."""
    assert entries('<text variable="genre"/>', [book("1")]) == []


def test_items_of_compcite_render_like_csl_json() -> None:
    """What is read from BibTeX and what is read from CSL-JSON come out the same."""
    item = Item(
        type="book",
        text={"title": "A book", "publisher": "House"},
        names={"author": (Name(family="Doe", given="Jane"),)},
        dates={"issued": Date(parts=((2000,),))},
        id="doe2000",
    )
    json_item = {
        "id": "doe2000",
        "type": "book",
        "title": "A book",
        "publisher": "House",
        "author": [{"family": "Doe", "given": "Jane"}],
        "issued": {"date-parts": [[2000]]},
    }
    expected = [("doe2000", "Doe, J. (2000). A book. House.")]
    assert [apa([item]), apa([item_of(json_item)])] == [expected, expected]


def test_items_without_ids_are_told_apart() -> None:
    """Nothing is lost of a list whose items have no ids."""
    items = [{"type": "book", "title": "One"}, {"type": "book", "title": "Two"}]
    assert [key for key, _ in apa(list(map(item_of, items)))] == ["#1", "#2"]


def test_an_item_given_twice_is_listed_once_and_a_different_one_is_not_lost() -> None:
    """Two different items under one id are both listed; cites mean the first."""
    items = [book("1"), book("1"), book("1", title="New")]
    assert entries('<text variable="title"/>', items) == ["Title 1", "New"]
    cited = citations('<text variable="title"/>', [Cluster((Cite("1"),))], items)
    assert cited == ["Title 1"]


def test_and_others_is_et_al() -> None:
    """A list that its source cut short ends in et al., however long it is."""
    item = Item(
        type="book",
        text={"title": "A book"},
        names={"author": (Name(family="Doe", given="Jane"),)},
        id="1",
        truncated=frozenset({"author"}),
    )
    assert apa([item])[0][1] == "Doe, J. et al. (n.d.). A book."


def test_numbers_are_parted_by_punctuation() -> None:
    """Neither a range nor a decimal number is read as one large number."""
    items = [{"id": v, "type": "book", "title": v} for v in ("12", "1-3", "2.5", "2", "1")]
    found = entries('<text variable="title"/>', items, sort='<sort><key variable="title"/></sort>')
    assert found == ["1", "1-3", "2", "2.5", "12"]


def test_nothing_precedes_something() -> None:
    """A family name precedes the longer ones that begin with it, whatever the given name is."""
    items = [
        book("a", "García López, Ana"),
        book("b", "García, María"),
        book("c", "ben Yaakov, Dan"),
        book("d", "Benjamin, Walter"),
    ]
    sort = '<sort><key variable="author"/></sort>'
    options = 'demote-non-dropping-particle="never"'
    shown = entries('<text variable="title"/>', items, sort=sort, options=options)
    assert shown == ["Title d", "Title c", "Title b", "Title a"]


def test_markup_is_no_part_of_a_sort_key() -> None:
    """Italics and protected words sort like any others."""
    titles = ["Kings of the sea", "<i>Homo sapiens</i>", '<span class="nocase">DNA</span> methods']
    items = [{**book(str(number)), "title": title} for number, title in enumerate(titles)]
    shown = entries('<text variable="title"/>', items, sort='<sort><key variable="title"/></sort>')
    assert shown == ["DNA methods", "<i>Homo sapiens</i>", "Kings of the sea"]


def test_the_affixes_of_an_entry_stand_in_its_blocks() -> None:
    """A full stop behind a block would stand on a line of its own."""
    layout = (
        '<text value="1" display="left-margin"/><text variable="title" display="right-inline"/>'
    )
    shown = entries(layout, [book("a")], bibliography_layout='prefix="[" suffix="."')
    assert shown == [
        '<div class="csl-left-margin">[1</div><div class="csl-right-inline">Title a.</div>'
    ]
