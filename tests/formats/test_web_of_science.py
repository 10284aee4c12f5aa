"""Web of Science's tagged lines, in."""

from __future__ import annotations

import pytest

from compcite.files.decoding import decode
from compcite.formats import READERS, format_of
from compcite.formats.web_of_science import read_web_of_science
from compcite.model.item import Date, Name
from compcite.model.source import SourceFile

LIST = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Long, A
   de Vries, B
AF Long, Anna
   de Vries, Bert
TI Rivers that run
   through two lines
SO JOURNAL OF RIVERS
JI J. Rivers
LA English
DT Article
DE water; flow of water
AB An abstract.
PD MAR 15
PY 2010
VL 3
IS 2
BP 1
EP 9
DI 10.5555/rivers.3.2
UT WOS:000000000100001
ER

PT C
AU Short, C
BE Long, A
TI A talk on lakes
SO PROCEEDINGS OF LAKES
DT Proceedings Paper
CT 3rd Meeting on Lakes
CL Vienna
PY 2011
PU Press
BN 978-3-16-148410-0
ER

EF
"""


def test_an_article() -> None:
    """Names in full win over initials; a value may go on in the next line."""
    (article, _), problems = read_web_of_science(SourceFile("savedrecs.txt", LIST))

    assert problems == []
    assert article.key == "long2010rivers"
    assert article.item.type == "article-journal"
    assert article.item.names["author"] == (
        Name("Long", "Anna"),
        Name("Vries", "Bert", "", "de"),
    )
    assert article.item.dates == {"issued": Date(((2010, 3, 15),))}
    assert article.item.text == {
        "title": "Rivers that run through two lines",
        "container-title": "JOURNAL OF RIVERS",
        "container-title-short": "J. Rivers",
        "volume": "3",
        "issue": "2",
        "page": "1-9",
        "DOI": "10.5555/rivers.3.2",
        "archive_location": "WOS:000000000100001",
        "language": "English",
        "keyword": "water, flow of water",
        "abstract": "An abstract.",
    }


def test_a_paper_of_a_conference() -> None:
    """The meeting has a name and a place of its own."""
    (_, paper), _ = read_web_of_science(SourceFile("savedrecs.txt", LIST))

    assert paper.item.type == "paper-conference"
    assert paper.item.names["editor"] == (Name("Long", "A"),)
    assert paper.item.text["container-title"] == "PROCEEDINGS OF LAKES"
    assert (paper.item.text["event-title"], paper.item.text["event-place"]) == (
        "3rd Meeting on Lakes",
        "Vienna",
    )


@pytest.mark.parametrize("name", ["savedrecs.txt", "savedrecs.ciw", "savedrecs.ris", "-"])
@pytest.mark.parametrize("text", [LIST, "\ufeff" + LIST, LIST[LIST.index("PT J") :]])
def test_the_text_tells_the_format(name: str, text: str) -> None:
    """Whatever the file is called, and whether it has a head."""
    source = decode(text.replace("\n", "\r\n").encode(), name)

    assert format_of(source) == "web-of-science"
    assert len(READERS["web-of-science"](source)[0]) == 2


def test_what_is_no_record_is_a_problem() -> None:
    """Lines outside a record are named, and the records beside them read."""
    text = "AU Nobody, A\nER\n" + LIST[LIST.index("PT J") :]
    entries, problems = read_web_of_science(SourceFile("x.ciw", text))

    assert len(entries) == 2
    assert [(problem.rule, problem.span.start) for problem in problems] == [("entry-unparsed", 0)]


def test_every_place_of_a_field_is_its_text() -> None:
    """An editor can go to a field, which is as long as its lines."""
    source = SourceFile("x.ciw", LIST)
    (article, _), _ = read_web_of_science(source)

    title = next(field for field in article.fields if field.name == "title")
    assert (
        LIST[title.content_span.start : title.content_span.end]
        == "Rivers that run\n   through two lines"
    )
