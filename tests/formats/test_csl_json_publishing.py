"""The CSL-JSON item of a preprint becomes that of its article, as a whole."""

from __future__ import annotations

import json

import pytest

from compcite.errors import EditError
from compcite.formats.csl_json import read_csl_json
from compcite.formats.rewriting import publish
from compcite.model.edits import apply_edits
from compcite.model.item import Date, Item, Name
from compcite.model.source import SourceFile

ARTICLE = Item(
    "article-journal",
    {"container-title": "Acta Botanica", "volume": "48", "page": "207-221", "DOI": "10.1000/art"},
    {},
    {"issued": Date(((2018, 5),))},
)
PUBLISHED = {
    "type": "article-journal",
    "container-title": "Acta Botanica",
    "volume": "48",
    "page": "207-221",
    "DOI": "10.1000/art",
    "issued": {"date-parts": [[2018, 5]]},
}


def published(text: str, article: Item = ARTICLE) -> str:
    """The text after its first item is made the article."""
    entry = read_csl_json(SourceFile("x.json", text))[0][0]
    return apply_edits(text, publish(entry, article).edits)


BIORXIV = {"DOI": "10.1101/2020.05.01.123456", "publisher": "bioRxiv"}
LINE = "bioRxiv 2020.05.01.123456"


@pytest.mark.parametrize(
    ("members", "kept"),
    [
        (
            {
                "publisher": "arXiv",
                "number": "arXiv:1706.03762",
                "URL": "http://arxiv.org/abs/1706.03762",
                "accessed": {"raw": "2019"},
            },
            {"URL": "http://arxiv.org/abs/1706.03762", "accessed": {"raw": "2019"}},
        ),
        (
            {"DOI": "10.48550/arXiv.1706.03762", "archive": "arXiv", "archive_location": "cs.CL"},
            {"URL": "https://arxiv.org/abs/1706.03762"},
        ),
        (
            {"URL": "https://doi.org/10.48550/arXiv.1706.03762", "accessed": {"raw": "2019"}},
            {"URL": "https://arxiv.org/abs/1706.03762"},
        ),
        ({"journalAbbreviation": "arXiv", "genre": "preprint", "note": "arXiv"}, {}),
        (BIORXIV, {"note": LINE}),
        (BIORXIV | {"note": "preprint"}, {"note": LINE}),
        (BIORXIV | {"note": "Code by A. Adler"}, {"note": f"Code by A. Adler\n{LINE}"}),
        ({"genre": "arXiv preprint with code", "publisher": "MIT"}, None),
    ],
)
def test_what_is_about_the_preprint_goes_except_where_it_is(
    members: dict[str, object], kept: dict[str, object] | None
) -> None:
    """What its author noted stays, and so do all other members."""
    item = {"id": "k", "title": "Seeds", "author": [{"family": "Ra"}], "type": "article"}
    made = json.loads(published(json.dumps([item | members, {"id": "l"}])))

    assert made == [item | PUBLISHED | (members if kept is None else kept), {"id": "l"}]


def test_an_item_keeps_its_layout() -> None:
    """Members that stay are where they were; new ones stand behind the last."""
    text = '[{"type": "article",\n  "genre": "Preprint", "title": "Seeds", "id": "k"}]'

    assert published(text) == (
        '[{"type": "article-journal", "title": "Seeds", "id": "k"'
        ', "issued": {"date-parts": [[2018, 5]]}, "container-title": "Acta Botanica"'
        ', "volume": "48", "page": "207-221", "DOI": "10.1000/art"}]'
    )


def test_an_item_that_names_the_journal_keeps_its_places() -> None:
    """Only its DOI was that of the preprint."""
    item = {"id": "k", "container-title": "Acta Botanica", "issue": "2", "type": "article-journal"}
    made = json.loads(published(json.dumps([item | {"DOI": "10.48550/arXiv.1706.03762"}])))

    assert made == [item | PUBLISHED | {"URL": "https://arxiv.org/abs/1706.03762"}]


def test_an_item_that_would_be_read_otherwise_is_left() -> None:
    """A line of its note gives another date."""
    with pytest.raises(EditError, match="the article's year would be read otherwise"):
        published('[{"id": "k", "note": "issued: 1999"}]')


def test_the_title_and_authors_of_the_article_are_taken() -> None:
    """Where the record of the article gives them."""
    article = Item("article-journal", {"title": "Seeds"}, {"author": (Name("Ra", "A."),)}, {})
    made = json.loads(published('[{"id": "k", "title": "S", "author": "Ra"}]', article))

    assert made[0]["author"] == [{"family": "Ra", "given": "A."}]
    assert made[0]["title"] == "Seeds"
