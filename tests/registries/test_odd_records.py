"""A field of the wrong type in a record changes nothing that is said, except to unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks.odd_records import try_record

from compcite.model.item import Date, Item, Name
from compcite.registries.records.crossref_work import work_from_crossref
from compcite.registries.records.datacite_work import work_from_datacite

if TYPE_CHECKING:
    from benchmarks.odd_records import Reader

PEOPLE = [{"family": "Adler", "given": "Anna"}, {"family": "Berg", "given": "Bruno"}]
ARTICLE: dict[str, object] = {
    "DOI": "10.1234/a",
    "type": "journal-article",
    "title": ["Tides of the north"],
    "subtitle": ["A study of gates"],
    "original-title": ["Gezeiten des Nordens"],
    "short-title": ["Tides"],
    "container-title": ["Journal of Tides"],
    "short-container-title": ["J. Tides"],
    "author": PEOPLE,
    "issued": {"date-parts": [[2012, 5]]},
    "published-online": {"date-parts": [[2012, 5, 3]]},
    "published-print": {"date-parts": [[2014]]},
    "volume": "7",
    "issue": "2",
    "page": "11-19",
    "article-number": "e11",
    "updated-by": [{"DOI": "10.1234/n", "type": "correction"}],
}
BOOK: dict[str, object] = {
    "DOI": "10.1234/b",
    "type": "book",
    "title": ["Gates"],
    "editor": PEOPLE,
    "published": {"date-parts": [[2012]]},
    "container-title": ["Studies in Tides"],
}
DATA: dict[str, object] = {
    "doi": "10.1234/d",
    "titles": [{"title": "Gates"}, {"title": "Tore", "titleType": "TranslatedTitle"}],
    "creators": [{"name": "Adler, Anna"}, {"familyName": "Berg", "givenName": "Bruno"}],
    "publicationYear": 2012,
    "dates": [
        {"date": "2012-05-03", "dateType": "Issued"},
        {"date": "2009", "dateType": "Created"},
    ],
    "types": {"resourceTypeGeneral": "Dataset"},
    "container": {"title": "Tides", "volume": "7", "firstPage": "11", "lastPage": "19"},
    "relatedIdentifiers": [
        {
            "relatedIdentifier": "10.1234/v",
            "relatedIdentifierType": "DOI",
            "relationType": "HasVersion",
        }
    ],
}
OTHER = Item(
    "article-journal",
    {"title": "Songs of the heron", "container-title": "Herons", "volume": "3", "page": "5-9"},
    {"author": (Name("Cohen", "Clara"),)},
    {"issued": Date(((1999,),))},
)


@pytest.mark.parametrize(
    ("record", "read"),
    [(ARTICLE, work_from_crossref), (BOOK, work_from_crossref), (DATA, work_from_datacite)],
    ids=["article", "book", "data"],
)
def test_a_value_of_the_wrong_type_changes_no_verdict(
    record: dict[str, object], read: Reader
) -> None:
    """Neither on the reference that the record makes itself, nor on one to another work.

    Each value of the record is replaced by null, numbers, lists, objects and half of a character.
    """
    tried, failures = try_record(record, read, OTHER)

    assert tried > 100
    assert list(map(str, failures)) == []
