"""What a snapshot answers: DOIs, aliases, works by their words, notices and books."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.snapshots.conftest import TITLES, crossref_record, datacite_record

from compcite.errors import SourceError
from compcite.model.doi import DOI
from compcite.model.search import Description
from compcite.registries.records.crossref_work import work_from_crossref
from compcite.registries.records.datacite_work import work_from_datacite
from compcite.registries.records.kept import kept_of_crossref, kept_of_datacite
from compcite.registries.snapshots.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable


def test_it_has_the_records_of_its_dumps_by_doi(snapshot_of: Callable[..., Snapshot]) -> None:
    """Whatever the letter case of a DOI; DOIs that it lacks are left out."""
    snapshot = snapshot_of(*map(crossref_record, range(100)), datacite_record(1))
    wanted = [DOI("10.5555/work.7"), DOI("10.5072/DATA.1"), DOI("10.5555/none")]
    found = snapshot.records(wanted)
    assert {str(doi): record.agency for doi, record in found.items()} == {
        "10.5555/work.7": "Crossref",
        "10.5072/data.1": "DataCite",
    }
    assert found[DOI("10.5555/work.7")].body["volume"] == "7"


def test_an_alias_has_the_record_of_its_work(snapshot_of: Callable[..., Snapshot]) -> None:
    """As Crossref redirects from an alias."""
    snapshot = snapshot_of(crossref_record(1, aliases=["10.5555/Old.1"]))
    record = snapshot.records([DOI("10.5555/old.1")])[DOI("10.5555/old.1")]
    assert DOI("10.5555/work.1") == record.target


@pytest.mark.parametrize(
    ("citation", "title", "people"),
    [
        ("", TITLES[0], ("Okonkwo",)),
        ("", TITLES[0].replace("repetitive", "repetetive"), ("Okonkwo",)),
        ("", f"{TITLES[0]}: A randomized trial", ()),
        ("", "<i>Self-Compassion</i> Reduces Repetitive Négative Thinking after Bereavement", ()),
        ("", "Bereavement and other losses", ("van der Okonkwo",)),
        (f"Okonkwo 2015 {TITLES[0]} Journal of Examples", "", ()),
    ],
    ids=["same", "typing mistake", "subtitle", "markup", "author and a word", "only a citation"],
)
def test_a_work_is_found_by_its_words(
    snapshot_of: Callable[..., Snapshot], citation: str, title: str, people: tuple[str, ...]
) -> None:
    """Some words of the title, or one of them with the author, are enough."""
    snapshot = snapshot_of(*map(crossref_record, range(3)))
    wanted = Description(citation or f"{' '.join(people)} {title}", title, people)
    found = snapshot.search([wanted], "Crossref")[wanted]
    assert found[0]["DOI"] == "10.5555/Work.0"


def test_a_search_finds_only_works_of_the_agency(snapshot_of: Callable[..., Snapshot]) -> None:
    """Each service answers for its own records."""
    snapshot = snapshot_of(crossref_record(0), datacite_record(1))
    wanted = Description("Tidal measurements of an estuary", "Tidal measurements of an estuary")
    assert snapshot.search([wanted], "Crossref")[wanted] == []
    assert len(snapshot.search([wanted], "DataCite")[wanted]) == 1


def test_notices_and_books_are_found(snapshot_of: Callable[..., Snapshot]) -> None:
    """A notice by the work that it is about, a book by its ISBN in any form."""
    update = {"type": "retraction", "DOI": "10.5555/Work.1", "source": "publisher"}
    book = crossref_record(3, type="book", ISBN=["http://id.crossref.org/isbn/978-0-19-852011-5"])
    snapshot = snapshot_of(crossref_record(1), crossref_record(2, **{"update-to": [update]}), book)
    work = DOI("10.5555/work.1")
    assert [one["DOI"] for one in snapshot.notices([work])[work]] == ["10.5555/Work.2"]
    assert [one["DOI"] for one in snapshot.books("9780198520115")] == ["10.5555/Work.3"]


def test_a_folder_without_a_snapshot_is_named(tmp_path: Path) -> None:
    """The sentence says how to make one."""
    with pytest.raises(SourceError, match="compcite snapshot build"):
        Snapshot(str(tmp_path))


def test_a_snapshot_of_another_version_is_refused(snapshot_of: Callable[..., Snapshot]) -> None:
    """It may hold its records in another form."""
    name = snapshot_of(crossref_record(1)).name
    manifest = Path(name, "snapshot.json")
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"version": 99}))
    with pytest.raises(SourceError, match="version 99"):
        Snapshot(name)


def test_what_is_kept_of_a_record_reads_like_the_whole_record(shared: Path) -> None:
    """For every record of Crossref and DataCite in the real material."""
    files = [*(shared / "data").rglob("*.jsonl")]
    seen = 0
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            attributes = record.get("attributes", record)
            if "DOI" in record and "recorded" not in file.name:
                kept = json.loads(json.dumps(kept_of_crossref(record)))
                assert work_from_crossref(record) == work_from_crossref(kept)
            elif "doi" in attributes and "recorded" not in file.name:
                kept = json.loads(json.dumps(kept_of_datacite(attributes)))
                assert work_from_datacite(attributes) == work_from_datacite(kept)
            else:
                continue
            seen += 1
    assert seen > 2000
