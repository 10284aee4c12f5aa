"""Editors and translators of books in plain text, in every place where styles name them."""

from __future__ import annotations

import pytest

from compcite.formats.plain_text import parse_reference

TRANSLATED = {
    "APA": (
        "Plato. (1992). Republic (G. M. A. Grube, Trans.; 2nd ed.). Hackett Press. (Original work "
        "published 1856)"
    ),
    "Chicago": (
        "Plato. Republic. Translated by G. M. A. Grube. 2nd ed. Indianapolis: Hackett Press, 1992."
    ),
    "MLA": "Plato. Republic. Translated by G. M. A. Grube, 2nd ed., Hackett Press, 1992.",
    "MLA, the seventh edition": (
        "Plato. Republic. Trans. G. M. A. Grube. 2nd ed. Indianapolis: Hackett Press, 1992."
    ),
    "Harvard": (
        "Plato (1992) Republic. Translated from the Greek by G. M. A. Grube. 2nd edn. London: "
        "Hackett Press."
    ),
}


@pytest.mark.parametrize("text", TRANSLATED.values(), ids=TRANSLATED)
def test_translated_book_in_any_style(text: str) -> None:
    """An author of one word is one, and the translator is no part of the title."""
    item = parse_reference(text).item

    assert [name.literal for name in item.names["author"]] == ["Plato"]
    assert [name.family for name in item.names["translator"]] == ["Grube"]
    assert (item.type, item.dates["issued"].year, item.text["title"]) == ("book", 1992, "Republic")
    assert (item.text["edition"], item.text["publisher"]) == ("2", "Hackett Press")


ROLES = {
    "editors": ("(B. A. Mowat & P. Werstine, Eds.)", {"editor": ["Mowat", "Werstine"]}),
    "four editors": (
        "(M. Cole, V. John-Steiner, S. Scribner, & E. Souberman, Eds.)",
        {"editor": ["Cole", "John-Steiner", "Scribner", "Souberman"]},
    ),
    "editor and translator": (
        "(C. D. C. Reeve, Ed.; G. M. A. Grube, Trans.; 2nd ed., Vol. 2)",
        {"editor": ["Reeve"], "translator": ["Grube"]},
    ),
    "one who is both": ("(S. Kohn, Ed. & Trans.)", {"editor": ["Kohn"], "translator": ["Kohn"]}),
}


@pytest.mark.parametrize(("parentheses", "expected"), ROLES.values(), ids=ROLES)
def test_people_in_parentheses(parentheses: str, expected: dict[str, list[str]]) -> None:
    """APA says in parentheses behind the title who did what, and a publisher follows."""
    item = parse_reference(f"Hesse, H. (1999). Siddhartha {parentheses}. Shambhala.").item

    assert (item.type, item.text["title"], item.text["publisher"]) == (
        "book",
        "Siddhartha",
        "Shambhala",
    )
    assert {"author": ["Hesse"], **expected} == {
        role: [name.family for name in names] for role, names in item.names.items()
    }


def test_edition_and_volume_beside_people() -> None:
    """Edition and volume stand behind the people in the same parentheses."""
    item = parse_reference(
        "Plato. (1992). The republic (C. D. C. Reeve, Ed.; 2nd ed., Vol. 2). Hackett."
    ).item

    assert item.text == {
        "title": "The republic",
        "edition": "2",
        "volume": "2",
        "publisher": "Hackett",
    }


def test_translated_article_stays_one() -> None:
    """A translator does not make a book of what has a volume and pages."""
    item = parse_reference(
        "Foucault, M. (1982). The subject and power (L. Sawyer, Trans.). Critical Inquiry, 8(4), "
        "777–795."
    ).item

    assert [name.family for name in item.names["translator"]] == ["Sawyer"]
    assert (item.type, item.text["title"], item.text["container-title"]) == (
        "article-journal",
        "The subject and power",
        "Critical Inquiry",
    )


def test_translated_chapter_in_an_edited_and_translated_book() -> None:
    """Who translated the chapter stands before the In, who edited the book behind it."""
    item = parse_reference(
        "Heidegger, M. (2008). On the essence of truth (J. Sallis, Trans.). In D. F. Krell (Ed. & "
        "Trans.), Basic writings (pp. 111–138). Harper Perennial."
    ).item

    assert (item.type, item.text["title"], item.text["container-title"]) == (
        "chapter",
        "On the essence of truth",
        "Basic writings",
    )
    assert [name.family for name in item.names["editor"]] == ["Krell"]


def test_work_without_author_beside_its_translator() -> None:
    """A title alone before a translator is no author."""
    item = parse_reference("Beowulf. Translated by Seamus Heaney, W. W. Norton, 2000.").item

    assert (item.text["title"], item.text["publisher"]) == ("Beowulf", "W. W. Norton")
    assert [*item.names] == ["translator"]


def test_vancouver_names_translator_and_editor_by_sentences() -> None:
    """Semicolons separate people of different roles."""
    item = parse_reference(
        "Luzikov VN. Mitochondrial biogenesis. Galkin AV, translator; Roodyn DB, editor. New York: "
        "Consultants Bureau; 1985. 362 p."
    ).item

    assert {role: [name.family for name in names] for role, names in item.names.items()} == {
        "author": ["Luzikov"],
        "translator": ["Galkin"],
        "editor": ["Roodyn"],
    }
    assert item.text["title"] == "Mitochondrial biogenesis"


def test_two_roles_between_commas() -> None:
    """MLA names translator and editor one behind the other."""
    item = parse_reference(
        "Borges, Jorge Luis. “The Garden.” Ficciones, translated by Anthony Bonner, edited by "
        "Anthony Kerrigan, Grove Press, 1962, pp. 89–101."
    ).item

    assert [name.family for name in item.names["translator"]] == ["Bonner"]
    assert [name.family for name in item.names["editor"]] == ["Kerrigan"]
    assert item.text["container-title"] == "Ficciones"


def test_edited_and_translated_by_the_same() -> None:
    """Who did both is named for both."""
    item = parse_reference(
        "Kant, Immanuel. Critique of Pure Reason. Edited and translated by Paul Guyer and Allen W. "
        "Wood. Cambridge: Cambridge University Press, 1998."
    ).item

    assert [name.family for name in item.names["editor"]] == ["Guyer", "Wood"]
    assert item.names["translator"] == item.names["editor"]
    assert item.text["title"] == "Critique of Pure Reason"


def test_many_editors_before_pages() -> None:
    """A list of names ends behind its and, not at its first comma."""
    item = parse_reference(
        "Kelly, John D. “Seeing Red.” In Anthropology, edited by John D. Kelly, Beatrice Jauregui, "
        "Sean T. Mitchell, and Jeremy Walton, 67–83. Chicago: University of Chicago Press, 2010."
    ).item

    assert [name.family for name in item.names["editor"]] == [
        "Kelly",
        "Jauregui",
        "Mitchell",
        "Walton",
    ]
    assert item.text["page"] == "67-83"


def test_editor_behind_a_title_that_could_be_names() -> None:
    """IEEE puts the editor behind the book, whose words are no names then."""
    item = parse_reference(
        "L. Stein, “Random patterns,” in Computers and You, J. S. Brake, Ed. New York, NY, USA: "
        "Wiley, 1994, pp. 55–70."
    ).item

    assert [name.family for name in item.names["editor"]] == ["Brake"]
    assert (item.text["container-title"], item.text["publisher-place"]) == (
        "Computers and You",
        "New York, NY, USA",
    )


def test_editors_of_a_series_and_of_its_volume() -> None:
    """APA names both before the book, whose title holds that of the volume."""
    item = parse_reference(
        "Morris, P. A. (2006). The model. In W. Damon (Series Ed.) & R. M. Lerner (Vol. Ed.), "
        "Handbook of psychology: Vol. 1. Theoretical models (6th ed., pp. 793–828). Wiley."
    ).item

    assert {role: [name.family for name in names] for role, names in item.names.items()} == {
        "author": ["Morris"],
        "collection-editor": ["Damon"],
        "editor": ["Lerner"],
    }
    assert item.text["container-title"] == "Handbook of psychology: Vol. 1. Theoretical models"


def test_transactions_are_no_translator() -> None:
    """``Trans.`` in a journal's name names nobody."""
    item = parse_reference("Jeans, J. On gases. Philos. Trans. R. Soc. London 12, 1–9 (1901).").item

    assert item.text["container-title"] == "Philos. Trans. R. Soc. London"
    assert [*item.names] == ["author"]


NOTES = {
    "Zadie Smith, Swing Time (New York: Penguin Press, 2016), 315–16.": (
        ["Smith"],
        "Swing Time",
    ),
    "Jane Doe, Kim Lee, and Ann Roe, Cats, Dogs, and Birds (New York: Penguin Press, 2016), 5.": (
        ["Doe", "Lee", "Roe"],
        "Cats, Dogs, and Birds",
    ),
    "Michel Foucault, Birth, trans. Alan Sheridan (New York: Penguin Press, 2016).": (
        ["Foucault"],
        "Birth",
    ),
}


@pytest.mark.parametrize(("text", "expected"), NOTES.items())
def test_book_in_a_note(text: str, expected: tuple[list[str], str]) -> None:
    """Chicago's notes have commas; the page that a note cites is no part of the book."""
    item = parse_reference(text).item

    assert expected == ([name.family for name in item.names["author"]], item.text["title"])
    assert (item.type, item.text["publisher"], item.text["publisher-place"]) == (
        "book",
        "Penguin Press",
        "New York",
    )
    assert (item.dates["issued"].year, item.text.get("page")) == (2016, None)
