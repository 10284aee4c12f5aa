"""What only books say of themselves: pages, volumes, series, the year of the original."""

from __future__ import annotations

import pytest

from compcite.formats.plain_text import parse_reference
from compcite.model.item import Date


def test_vancouver_book() -> None:
    """A state in parentheses belongs to the place, and ``541 p.`` says how many pages there are."""
    item = parse_reference(
        "Carlson BM, Hunter P. Human embryology and developmental biology. 4th ed. St. Louis (MO): "
        "Mosby; 2009. 541 p."
    ).item

    assert [name.family for name in item.names["author"]] == ["Carlson", "Hunter"]
    assert item.dates["issued"].year == 2009
    assert (item.type, item.text) == (
        "book",
        {
            "title": "Human embryology and developmental biology",
            "edition": "4",
            "publisher-place": "St. Louis (MO)",
            "publisher": "Mosby",
            "number-of-pages": "541",
        },
    )


@pytest.mark.parametrize(
    ("written", "pages"),
    [("xv, 660 p.", "xv, 660"), ("194 p. ISBN 978-0-19-263269-2.", "194"), ("948 S.", "948")],
)
def test_number_of_pages(written: str, pages: str) -> None:
    """Pages before the first chapter count by themselves, and only links may follow."""
    item = parse_reference(f"Bland M. Medical statistics. Oxford: Clarendon; 2000. {written}").item

    assert (item.text["title"], item.text["publisher"], item.text["number-of-pages"]) == (
        "Medical statistics",
        "Clarendon",
        pages,
    )


def test_pages_of_an_article_are_not_counted() -> None:
    """A number before a letter within a title says nothing of pages."""
    item = parse_reference("Kim S. Asthma after 12 p. o. doses. J Asthma. 2009;12(3):54-60.").item

    assert (item.text["title"], item.text["page"], item.text.get("number-of-pages")) == (
        "Asthma after 12 p. o. doses",
        "54-60",
        None,
    )


def test_series_behind_the_pages() -> None:
    """Vancouver has the series in parentheses behind everything."""
    item = parse_reference(
        "Berkow R, Fletcher AJ, editors. Diagnosis and therapy. Rahway (NJ): Merck; 1992. 2844 p. "
        "(Merck manuals; vol. 1)."
    ).item

    assert item.text == {
        "title": "Diagnosis and therapy",
        "publisher-place": "Rahway (NJ)",
        "publisher": "Merck",
        "number-of-pages": "2844",
        "collection-title": "Merck manuals",
        "collection-number": "1",
    }


def test_number_of_volumes() -> None:
    """Chicago says how many volumes a work has before its place."""
    item = parse_reference(
        "Byrne, Muriel, ed. The Lisle Letters. 6 vols. Chicago: University of Chicago Press, 1981."
    ).item

    assert item.text == {
        "title": "The Lisle Letters",
        "number-of-volumes": "6",
        "publisher-place": "Chicago",
        "publisher": "University of Chicago Press",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Freud, S. (1961). The ego and the id. Norton Press. (Original work published 1923)",
        "Freud, S. (1923/1961). The ego and the id. Norton Press.",
        "Freud, Sigmund. (1923) 1961. The ego and the id. New York: Norton Press.",
        "Freud, Sigmund. The ego and the id. 1923. Norton Press, 1961.",
        "Freud, S. (1961). The ego and the id. Norton Press. (Originalwerk veröffentlicht 1923)",
    ],
    ids=["APA", "APA, in one", "Chicago", "MLA", "APA in German"],
)
def test_year_of_the_original(text: str) -> None:
    """The year in which a work first came out is no part of its title and not that of the book."""
    item = parse_reference(text).item

    assert item.dates == {"issued": Date(((1961,),)), "original-date": Date(((1923,),))}
    assert (item.type, item.text["title"], item.text["publisher"]) == (
        "book",
        "The ego and the id",
        "Norton Press",
    )


def test_year_of_copyright() -> None:
    """Vancouver marks the year of copyright with a c, and what was updated since in brackets."""
    item = parse_reference(
        "Speroff L. Cancer pain [Internet]. New York: Association of Cancer Resources; c2000-01 "
        "[updated 2002 May 16; cited 2002 Jul 9]. Available from: http://example.org/."
    ).item

    assert item.dates == {"issued": Date(((2000,),)), "accessed": Date(((2002, 7, 9),))}
    assert item.text["publisher"] == "Association of Cancer Resources"


def test_volume_of_a_book_has_no_journal() -> None:
    """What follows a volume in parentheses is the publisher, whatever it is called."""
    item = parse_reference("Thimm, M. (2012). Reasoning with beliefs (Vol. 336). AKA.").item

    assert (item.type, item.text) == (
        "book",
        {"title": "Reasoning with beliefs", "volume": "336", "publisher": "AKA"},
    )


def test_series_and_volume_in_parentheses() -> None:
    """A title before the volume in parentheses is that of the series."""
    item = parse_reference(
        "Freud, S. (1999). Die Traumdeutung (Gesammelte Werke, Bd. 2). S. F."
    ).item

    assert (item.text["title"], item.text["collection-title"], item.text["volume"]) == (
        "Die Traumdeutung",
        "Gesammelte Werke",
        "2",
    )


def test_volume_before_the_publisher() -> None:
    """MLA has the volume at the head of a sentence."""
    item = parse_reference("Wellek, René. Modern Criticism. 2nd ed., vol. 5, Yale UP, 1986.").item

    assert item.text == {
        "title": "Modern Criticism",
        "edition": "2",
        "volume": "5",
        "publisher": "Yale UP",
    }


@pytest.mark.parametrize("edition", ["3rd digital", "Rev. & expanded", "Summer 2019", "Rev."])
def test_edition_in_words(edition: str) -> None:
    """An edition that is no number stays as it is written."""
    item = parse_reference(f"Sacks, O. (2008). Musicophilia ({edition} ed.). Knopf.").item

    assert (item.type, item.text) == (
        "book",
        {"title": "Musicophilia", "edition": edition, "publisher": "Knopf"},
    )


def test_chemists_book_with_its_publisher_behind_a_semicolon() -> None:
    """ACS has the place behind the publisher."""
    item = parse_reference(
        "Kosslyn, S. M. Image and Mind; Harvard University Press: Cambridge, MA, 1980."
    ).item

    assert item.text == {
        "title": "Image and Mind",
        "publisher": "Harvard University Press",
        "publisher-place": "Cambridge, MA",
    }


def test_publisher_named_for_a_person() -> None:
    """Initials before a name are no journal's."""
    item = parse_reference("Bandura, A. (1997). Self-efficacy: The exercise. W. H. Freeman.").item

    assert (item.type, item.text["publisher"]) == ("book", "W. H. Freeman")


def test_web_page_dated_to_the_day() -> None:
    """A link and a day are those of a page, even where its publisher is named."""
    item = parse_reference(
        "Schaeffer, K. (2021, October 1). What we know. Pew Research Center. https://example.org/1"
    ).item

    assert (item.type, item.text["publisher"]) == ("webpage", "Pew Research Center")


def test_meeting_with_its_date_and_place() -> None:
    """Vancouver has them behind semicolons after the proceedings, before the book's own place."""
    item = parse_reference(
        "Harnden P, Joffe JK, editors. Germ cell tumours V. Proceedings of the 5th Germ "
        "Cell Tumour "
        "Conference; 2001 Sep 13-15; Leeds, UK. New York: Springer; 2002."
    ).item

    assert item.text == {
        "title": "Germ cell tumours V",
        "container-title": "Proceedings of the 5th Germ Cell Tumour Conference",
        "event-place": "Leeds, UK",
        "publisher-place": "New York",
        "publisher": "Springer",
    }
    assert {name: date.parts for name, date in item.dates.items()} == {
        "issued": ((2002,),),
        "event-date": ((2001, 9, 13),),
    }
