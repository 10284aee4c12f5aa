"""NBIB as ERIC exports it, which keeps other tags than PubMed."""

from __future__ import annotations

import pytest

from compcite.formats.nbib.reader import read_nbib
from compcite.model.item import Date, Item, Name
from compcite.model.source import SourceFile

LIST = """OWN - ERIC
TI  - How pupils read maps
AU  - de Vries, Anna
AU  - Stone, Carl B., Jr.
JT  - Journal of Map Use
SO  - v12 n3 p45-61 Spr 2018
AID - http://dx.doi.org/10.5555/maps.12.3
OID - EJ1000001
DP  - Spr 2018
LID - http://eric.ed.gov/?id=EJ1000001
ISSN - ISSN-1234-5679
LA  - English
PT  - Journal Articles
PT  - Reports - Research

OWN - ERIC
TI  - Maps and memory
AU  - Stone, Carl B.
JT  - ProQuest LLC
SO  - Ed.D. Dissertation, University of Somewhere
OID - ED600001
DP  - 2020
LA  - Spanish
PT  - Dissertations/Theses - Doctoral Dissertations

OWN - ERIC
TI  - What schools report
AU  - Stone, Carl B.
JT  - Institute of Maps
DP  - Mar 2019
OID - ED600002
PT  - Reports - Evaluative
"""


def items(text: str) -> list[Item]:
    """The items of a text in which nothing else is."""
    entries, problems = read_nbib(SourceFile("eric.nbib", text))
    assert problems == []
    return [entry.item for entry in entries]


def test_an_article_of_eric() -> None:
    """Names are whole, and what has no tag of its own stands in ``SO``."""
    article = items(LIST)[0]

    assert article.type == "article-journal"
    assert article.names["author"] == (
        Name("Vries", "Anna", "", "de"),
        Name("Stone", "Carl B.", "", "", "Jr."),
    )
    assert article.text == {
        "title": "How pupils read maps",
        "container-title": "Journal of Map Use",
        "volume": "12",
        "issue": "3",
        "page": "45-61",
        "DOI": "10.5555/maps.12.3",
        "URL": "http://eric.ed.gov/?id=EJ1000001",
        "ISSN": "1234-5679",
        "archive": "ERIC",
        "archive_location": "EJ1000001",
        "language": "en-US",
    }
    assert article.dates == {"issued": Date(((2018,),), season=1)}


def test_a_dissertation_of_eric() -> None:
    """The university is the publisher, not the company that sells copies."""
    thesis = items(LIST)[1]

    assert thesis.type == "thesis"
    assert (thesis.text["genre"], thesis.text["publisher"]) == (
        "Ed.D. Dissertation",
        "University of Somewhere",
    )
    assert "container-title" not in thesis.text


def test_a_report_of_eric() -> None:
    """What is in no journal has a publisher in ``JT``; a month may stand before the year."""
    report = items(LIST)[2]

    assert (report.type, report.text["publisher"]) == ("report", "Institute of Maps")
    assert report.dates == {"issued": Date(((2019, 3),))}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("v9 Article 10 2019", {"volume": "9", "number": "10"}),
        ("v9 n2 2019", {"volume": "9", "issue": "2"}),
        ("p3-4 2019", {"page": "3-4"}),
        ("2019", {}),
    ],
)
def test_numbers_of_an_article_in_its_source(source: str, expected: dict[str, str]) -> None:
    """Volume, issue, pages and article number are read where they have no tag."""
    (article,) = items(f"OWN - ERIC\nTI  - T\nJT  - J\nSO  - {source}\nPT  - Journal Articles\n")

    numbers = ("volume", "issue", "page", "number")
    assert {name: article.text[name] for name in numbers if name in article.text} == expected
