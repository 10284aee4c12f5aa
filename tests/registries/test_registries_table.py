"""The table of registries: each line has its module, its client and its cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compcite.model.doi import DOI
from compcite.registries import REGISTRIES
from compcite.registries.network.transport import Transport
from compcite.registries.records.answers import Absent, Record

if TYPE_CHECKING:
    from tests.registry_server import RegistryServer

FOLDER = Path(__file__).parents[2] / "src" / "compcite" / "registries"


@pytest.mark.parametrize("agency", REGISTRIES)
def test_a_registry_has_its_module_and_its_mapping(agency: str) -> None:
    """``crossref.py`` asks, ``records/crossref_work.py`` reads."""
    assert (FOLDER / f"{agency.lower()}.py").is_file()
    assert (FOLDER / "records" / f"{agency.lower()}_work.py").is_file()


@pytest.mark.parametrize("agency", REGISTRIES)
def test_a_registry_answers_every_doi_of_a_batch(
    registry_server: RegistryServer, agency: str
) -> None:
    """A record for what it holds, absent for the rest; batches hold every DOI once."""
    registry_server.add_work("10.1234/there")
    registry_server.add_dataset("10.1234/there")
    settings = registry_server.settings()
    registry = REGISTRIES[agency](settings, Transport(settings))
    dois = (DOI("10.1234/there"), DOI("10.1234/not"), DOI("10.1234/a,b"))
    batches = list(registry.batches(dois))
    answers = [answer for batch in batches for answer in registry.look_up(batch)]
    assert sorted(doi for batch in batches for doi in batch) == sorted(dois)
    assert {answer.doi: type(answer) for answer in answers} == {
        dois[0]: Record,
        dois[1]: Absent,
        dois[2]: Absent,
    }
    assert registry.agency == agency
