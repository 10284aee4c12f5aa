"""Finding the registered work that an entry describes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.checks.matching import best_match, describe, is_listed, near_spellings, nearest_work
from compcite.model.doi import DOI
from compcite.model.item import Item, Name
from compcite.model.report import Severity
from compcite.model.search import Description, Nearest, Same
from compcite.model.work import Update
from tests.checks.cases import entry, finding_of, found, library, rules_of, verify, work

ITEM = library(entry(doi="")).entries[0].item


def test_the_work_that_agrees_is_matched() -> None:
    """Title, authors and year decide."""
    assert best_match(ITEM, [work("10.1/a", titles=("Another",)), work("10.1/b")]) == work("10.1/b")


def test_one_of_two_equal_works_is_not_guessed() -> None:
    """A copy under another prefix is as near, so neither is offered."""
    assert best_match(ITEM, [work("10.1/a"), work("10.2/copy")]) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"registered_type": "component"},
        {"registered_type": "peer-review"},
        {"registered_type": "journal-issue"},
        {"updates_to": (Update("correction", DOI("10.1/x")),)},
        {"years": frozenset({1999})},
        {"containers": ("European Physical Journal",), "item": replace(work().item, text={})},
    ],
)
def test_what_only_carries_the_title_is_no_match(changes: dict[str, object]) -> None:
    """Parts, reviews, issues, notices and other publications are never offered."""
    assert best_match(ITEM, [work("10.1/a", **changes)]) is None


def test_of_works_without_authors_the_place_decides() -> None:
    """Title, container, year and pages together; without pages or volume nobody knows."""
    alone = replace(ITEM, names={})
    registered = work("10.1/a", item=replace(work().item, names={}))
    text = {name: value for name, value in alone.text.items() if name not in ("page", "volume")}

    assert best_match(alone, [registered]) == registered
    assert best_match(alone, [work("10.1/b")]) is None
    assert best_match(replace(alone, text=text), [registered]) is None


def test_a_preprint_of_a_published_entry_is_called_one() -> None:
    """It is offered only where nothing better is, and said to be a preprint."""
    item = replace(work().item, type="article", text={"title": work().titles[0]})
    preprint = found("10.1/preprint", item=item, containers=(), registered_type="posted-content")
    finding = finding_of(verify(entry(doi=""), preprint, suggest=True), "doi-suggested")
    assert finding.message == "10.1/preprint is registered for such a work (a preprint of it)"
    both = verify(entry(doi=""), preprint, found(), suggest=True)
    assert finding_of(both, "doi-suggested").expected == str(found().doi)


def test_a_description_is_what_an_entry_says() -> None:
    """Names, title, container, year, volume and pages in words; title and names also apart."""
    title = "Compassion-based therapy for trauma-related shame"
    words = f"Au Litz {title} Behavior Therapy 2017 48 207-221"
    assert describe(ITEM) == Description(words, title, ("Au", "Litz"))


def test_too_little_is_not_searched_for() -> None:
    """A title of one word alone finds everything; with a name, or more words, it is searched."""
    assert describe(Item("article-journal", {"title": "Sleep"})) is None
    words = "All about sleep"
    assert describe(Item("webpage", {"title": words})) == Description(words, words, ())
    named = Item("document", {"title": "Sleep"}, {"author": (Name("Au"),)})
    assert describe(named) == Description("Au Sleep", "Sleep", ("Au",))


def test_a_work_is_listed_where_its_year_or_its_container_agrees() -> None:
    """Also where it has no DOI; a work of the same title by others is another work."""
    elsewhere = replace(work().item, text={"container-title": "Ergonomics"})
    assert is_listed(ITEM, [work("", years=frozenset({1999}))])
    assert is_listed(ITEM, [work("", item=elsewhere, containers=("Ergonomics",))])
    both = work("", item=elsewhere, containers=("Ergonomics",), years=frozenset({1999}))
    assert not is_listed(ITEM, [both])
    others = replace(work().item, names={"author": (Name("Murie", "Adolph"),)})
    assert not is_listed(ITEM, [work("10.1/a", item=others)])


def test_a_record_without_authors_is_told_by_title_and_year() -> None:
    """As that of a book, of which the registry may name the editors only."""
    nobody = replace(work().item, names={})
    short = ("Compassion-based therapy for trauma",)
    assert is_listed(ITEM, [work("10.1/a", item=nobody)])
    assert is_listed(ITEM, [work("10.1/a", item=nobody, titles=short)])
    assert not is_listed(ITEM, [work("10.1/a", item=nobody, titles=short, years=frozenset({1950}))])


def by(*families: str) -> Item:
    """The item of the work with other authors."""
    return replace(work().item, names={"author": tuple(Name(one, "A.") for one in families)})


@pytest.mark.parametrize(
    ("written", "registered", "same"),
    [
        (("Au", "Litz"), ("Au",), True),
        (("Litz", "Au"), ("Au", "Litz"), False),
        (("Au",), ("Adams", "Au", "Litz"), False),
        (("Au", "Murie"), ("Au", "Litz"), False),
        (("Murie", "Ortega"), ("Au", "Litz"), False),
    ],
)
def test_authors_who_would_be_reported_with_the_doi_are_no_match(
    written: tuple[str, ...], registered: tuple[str, ...], *, same: bool
) -> None:
    """Another order, a missing or another author; only the first author is enough in a record."""
    item = replace(ITEM, names=by(*written).names)
    record = work("10.1/a", item=by(*registered))
    assert (best_match(item, [record]) == record) is same
    assert is_listed(item, [record]) is same


def test_a_record_sorted_by_name_is_matched() -> None:
    """Its order proves nothing, so that the names are enough where the rest is the same."""
    item = replace(ITEM, names=by("Litz", "Adams", "Doe", "Au", "Cole").names)
    record = work("10.1/a", item=by("Adams", "Au", "Cole", "Doe", "Litz"))
    assert best_match(item, [record]) == record
    assert is_listed(item, [record])


INVENTED_NAMES = "Au, Bartholomew and Litz, Wilhelmina"


@pytest.mark.parametrize(
    ("authors", "difference"),
    [
        (INVENTED_NAMES, "is by Teresa M. Au, Brett T. Litz (the given names differ)"),
        ("Litz, Brett and Au, Teresa", "is by Teresa M. Au, Brett T. Litz (the order is another)"),
        ("Au, Teresa", "is by Teresa M. Au, Brett T. Litz (the record also names Litz)"),
    ],
)
def test_a_doi_is_not_offered_to_whom_it_would_contradict(authors: str, difference: str) -> None:
    """The same entry with this DOI is an ``author-mismatch``; without it, the work is unknown."""
    text = entry(author=authors)
    assert rules_of(verify(text, found())) == ["author-mismatch"]
    report = verify(entry(doi="", author=authors), found(), suggest=True)
    assert rules_of(report) == ["work-not-found"]
    finding = finding_of(report, "work-not-found")
    assert finding.severity is Severity.WARNING
    assert finding.message.endswith(f"; {found().doi}, which has this title, {difference}")


def test_a_work_of_another_year_and_journal_may_be_another_version() -> None:
    """As a conference paper before the article: a note that names what is registered."""
    text = entry(doi="", year="2008", journal="Ergonomics")
    finding = finding_of(verify(text, found(), suggest=True), "work-not-found")
    assert finding.severity is Severity.NOTE
    assert finding.message == (
        "Crossref, DataCite and DBLP know no such work; 10.1016/j.beth.2016.11.012, which has this "
        "title and these authors, appeared in Behavior Therapy in 2016; the entry may be of "
        "another version, which is not listed there"
    )
    for change in ({"year": "2008"}, {"journal": "Ergonomics"}):
        assert rules_of(verify(entry(doi="", **change), found(), suggest=True)) == []


def test_no_work_can_be_of_a_year_after_the_next() -> None:
    """Not even a registered one with the same title and authors."""
    text = entry(doi="", year="2999")
    finding = finding_of(verify(text, found(), suggest=True), "work-not-found")
    assert finding.severity is Severity.WARNING
    assert finding.message.endswith("appeared in Behavior Therapy in 2016; 2999 is still to come")


@pytest.mark.parametrize("kind", ["misc", "article"])
def test_a_preprint_is_no_preprint_of_itself(kind: str) -> None:
    """Whatever the type of the entry, its words say that it is one."""
    item = replace(work().item, type="article", text={"title": work().titles[0]})
    preprint = found("10.1/preprint", item=item, containers=(), registered_type="posted-content")
    text = entry(kind=kind, doi="", journal="PsyArXiv preprint", volume="", number="", pages="")
    finding = finding_of(verify(text, preprint, suggest=True), "doi-suggested")
    assert finding.message == "10.1/preprint is registered for such a work"


def test_the_nearest_work_has_the_title_or_the_authors() -> None:
    """The one with the title comes first, wherever it stands."""
    others = replace(work().item, names={"author": (Name("Murie", "Adolph"),)})
    titled = work("10.1/title", item=others)
    written = work("10.1/authors", titles=("Movements of mountain sheep",))
    assert nearest_work(ITEM, [written, titled]) == Nearest(titled, Same.TITLE)
    assert nearest_work(ITEM, [written]) == Nearest(written, Same.AUTHORS)
    assert nearest_work(ITEM, []) is None


SUFFIX = st.text("abc0123456789.-", min_size=4, max_size=24)


@given(SUFFIX, st.data())
def test_a_slip_is_among_the_near_spellings(suffix: str, data: st.DataObject) -> None:
    """A sign too many, or two swapped, is undone; and never more is asked than a list holds."""
    place = data.draw(st.integers(0, len(suffix) - 1))
    doubled = suffix[: place + 1] + suffix[place:]
    near = near_spellings(DOI(f"10.1000/{doubled}"))
    assert DOI(f"10.1000/{suffix}") in near
    assert len(near) == len(set(near)) <= 80


def test_a_raised_digit_has_no_neighbours() -> None:
    """It is a digit to Unicode, and no number."""
    assert DOI("10.1000/a²0") in near_spellings(DOI("10.1000/a²1"))
