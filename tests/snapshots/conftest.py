"""Small snapshots, built in the tests; without the extra ``bulk`` these tests are left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.conftest import compcite, folder, references, registries

from compcite.registries.snapshots.build import build_snapshot
from compcite.registries.snapshots.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = ["compcite", "folder", "references", "registries"]

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

TITLES = (
    "Self-compassion reduces repetitive negative thinking after bereavement",
    "Magnetic resonance of frozen hydrogen lattices",
    "Parliamentary procedure among neighbouring municipalities",
)


def crossref_record(number: int, **others: object) -> dict[str, Any]:
    """A record as Crossref's data file has it."""
    return {
        "DOI": f"10.5555/Work.{number}",
        "type": "journal-article",
        "title": [TITLES[number % len(TITLES)]],
        "author": [{"given": "Ada", "family": "Okonkwo", "sequence": "first", "affiliation": []}],
        "container-title": ["Journal of Examples"],
        "issued": {"date-parts": [[2015, 3]]},
        "volume": str(number),
        "indexed": {"timestamp": 1_700_000_000_000, "date-time": "2023-11-14T22:13:20Z"},
        "reference": [{"key": "1", "unstructured": "Never kept."}],
        **others,
    }


def datacite_record(number: int, **others: object) -> dict[str, Any]:
    """A line of DataCite's data file."""
    attributes = {
        "doi": f"10.5072/data.{number}",
        "titles": [{"title": "Tidal measurements of an estuary"}],
        "creators": [{"name": "Lindqvist, Berit", "familyName": "Lindqvist", "givenName": "Berit"}],
        "publicationYear": 2020,
        "types": {"resourceTypeGeneral": "Dataset"},
        "updated": "2024-05-01T10:00:00.000Z",
        **others,
    }
    return {"id": attributes["doi"], "type": "dois", "attributes": attributes}


def json_lines(records: Iterable[object]) -> bytes:
    """Records as JSON Lines."""
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


@pytest.fixture
def snapshot_of(tmp_path: Path) -> Callable[..., Snapshot]:
    """A function that builds a snapshot of some records and opens it."""

    def make(*records: object, name: str = "snapshot") -> Snapshot:
        dump = tmp_path / f"{name}.jsonl"
        dump.write_bytes(json_lines(records))
        build_snapshot(tmp_path / name, [dump])
        return Snapshot(str(tmp_path / name))

    return make
