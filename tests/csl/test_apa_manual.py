"""The references of the APA manual's examples, letter by letter, from BibTeX and from CSL-JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from compcite.csl.items import item_of
from compcite.formats.styled import write_bibliography
from compcite.verbs.load import load_library
from tests.csl.rendering import apa

FOLDER = Path(__file__).parent / "apa_manual"
EXPECTED = dict(
    line.split("\t") for line in (FOLDER / "expected.txt").read_text("utf-8").splitlines()
)
LEAST_RIGHT = 0.9
NOT_IN_THE_STYLE = {
    "lipscomb2021": "articles of journals get a year, never a season",
    "ho2014": "every number that counts as numeric gets “No.”, letters before the digits or not",
    "wikipedia2019": "entries of encyclopedias get a year, never a day",
    "trans-tasman2012": "two groups get a comma before “&”, as two persons do",
    "dsouza2018": "data sets without a genre are “Dataset”",
    "pew2018": "data sets without a genre are “Dataset”",
    "barris2017": "who wrote and directed an episode is named twice",
    "nnu": "without a date “Retrieved” is printed, whether or not a day is known",
}
"""What apa.csl prints otherwise, and why; docs/csl.md lists them."""

NOT_IN_THE_STYLE_OF = {
    "examples.bib": {"joly2008": "notes, as `addendum` is one, are not printed"},
    "examples.json": {
        "mirabito2016": "who made the reviewed work has no role",
        "jackson2001": "a medium gets a capital behind a genre, too",
    },
}
"""The same, where the one file can say it and the other cannot."""


@pytest.mark.parametrize("name", ["examples.bib", "examples.json"])
def test_the_manual_s_examples_are_printed_as_there(name: str) -> None:
    """All but those for which the style has no way are right, letter by letter."""
    entries = load_library([str(FOLDER / name)]).entries
    keys = [key for key, _ in apa([entry.item for entry in entries])]
    printed = dict(zip(keys, write_bibliography(entries).text.splitlines(), strict=True))
    assert printed.keys() == EXPECTED.keys()
    different = {key for key, text in printed.items() if text != EXPECTED[key]}
    assert different == NOT_IN_THE_STYLE.keys() | NOT_IN_THE_STYLE_OF[name].keys()
    assert len(different) <= (1 - LEAST_RIGHT) * len(EXPECTED)


def test_docs_list_what_the_style_cannot_print() -> None:
    """The page on styles names each reference that apa.csl prints otherwise, and the reason."""
    page = " ".join((Path("docs") / "csl.md").read_text("utf-8").split())
    reasons = [NOT_IN_THE_STYLE, *NOT_IN_THE_STYLE_OF.values()]
    missing = {reason for several in reasons for reason in several.values() if reason not in page}
    assert missing == set()


# In the order of sections 9.44 to 9.48: authors letter by letter, where nothing precedes something;
# one author before several with the same first one; no date, years, in press; then titles.
IN_ORDER = [
    ("Benjamin, Amy", "2019", "A"),
    ("ben Yaakov, Dan", "2018", "A"),
    ("Brown, James R.", "2015", "Z"),
    ("Browning, Ann", "2001", "A"),
    ("Girard, Jean-Bernard", "2009", "A"),
    ("Girard-Perregaux, Anne", "1999", "A"),
    ("Loft, Vera", "2012", "A"),
    ("Loftus, Eve", "2002", "A"),
    ("MacArthur, Kim", "2018", "A"),
    ("McCann, Lou", "2010", "A"),
    ("Patel, Sara", "", "Undated"),
    ("Patel, Sara", "2016", "B"),
    ("Patel, Sara", "2020", "Alike"),
    ("Patel, Sara", "2020", "Behind"),
    ("Patel, Sara", "in press", "A"),
    ("Patel, Sara; Agrawal, Ravi", "1999", "A"),
    ("Patel, Sara; Agrawal, Ravi; Lee, Kit", "1998", "A"),
    ("Patel, Sara; Chen, Wei", "1990", "A"),
    ("Patel, Tara", "1985", "A"),
    ("Singh, Yusuf", "2016", "A"),
    ("Singh Siddhu, Nina", "2015", "A"),
    ("Villafuerte, Sam", "2016", "A"),
    ("Villa-Lobos, Jo", "2015", "A"),
]


def test_references_stand_in_the_manual_s_order() -> None:
    """A list that was turned round comes back in the order of the manual's chapter 9."""
    items = [
        item_of({"id": str(at), "type": "book", "title": title, **_author(who), **_date(when)})
        for at, (who, when, title) in enumerate(IN_ORDER)
    ]
    assert [int(key) for key, _ in apa(items[::-1])] == list(range(len(IN_ORDER)))


def _author(who: str) -> dict[str, object]:
    """The authors of a line of the list."""
    names = [name.split(", ") for name in who.split("; ")]
    return {"author": [{"family": family, "given": given} for family, given in names]}


def _date(when: str) -> dict[str, object]:
    """The date of a line of the list: a year, or what stands for one."""
    if when.isdecimal():
        return {"issued": {"date-parts": [[int(when)]]}}
    return {"status": when} if when else {}
