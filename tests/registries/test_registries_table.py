"""The tables of services: each line has its module, its client and its test module."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compcite.config import OPTIONS
from compcite.model.doi import DOI
from compcite.registries.network.transport import Transport
from compcite.registries.records.answers import Absent, Record
from compcite.registries.table import REGISTRIES, SEARCHERS

if TYPE_CHECKING:
    from tests.registry_server import RegistryServer

CODE = Path(__file__).parents[2] / "src" / "compcite" / "registries"


HOLD = "needs hold(server, doi), as test_datacite.py has it"


@pytest.mark.parametrize("name", sorted({*REGISTRIES, *SEARCHERS}))
def test_a_service_has_its_module_and_its_tests(name: str) -> None:
    """A line of the tables is not enough; what is missing is named, with its place."""
    wanted = [CODE / f"{name.lower()}.py", Path(__file__).with_name(f"test_{name.lower()}.py")]
    missing = [f"{name} needs {path}" for path in wanted if not path.is_file()]
    assert missing == []


@pytest.mark.parametrize("name", sorted({*REGISTRIES, *SEARCHERS}))
def test_a_service_can_be_asked_elsewhere(name: str) -> None:
    """A key of the configuration and a variable come from the line in the table."""
    (option,) = [one for one in OPTIONS if one.variable == f"COMPCITE_{name.upper()}_URL"]
    assert option.key == f"{name.lower()}-url"
    assert str(option.default).startswith("https://")


@pytest.mark.parametrize("agency", REGISTRIES)
def test_the_tests_of_a_registry_put_a_record_at_the_stand_in(agency: str) -> None:
    """Then the next test holds the registry to what all of them must do."""
    tests = import_module(f"tests.registries.test_{agency.lower()}")
    missing = [] if hasattr(tests, "hold") else [f"{tests.__file__} {HOLD}"]
    assert missing == []


@pytest.mark.parametrize("agency", REGISTRIES)
def test_a_registry_answers_every_doi_of_a_batch(
    registry_server: RegistryServer, agency: str
) -> None:
    """A record for what it holds, absent for the rest; batches hold every DOI once."""
    import_module(f"tests.registries.test_{agency.lower()}").hold(registry_server, "10.1234/there")
    settings = registry_server.settings()
    registry = REGISTRIES[agency].make(settings, Transport(settings))
    dois = (DOI("10.1234/there"), DOI("10.1234/not"), DOI("10.1234/a,b"))
    batches = list(registry.batches(dois))
    answers = {answer.doi: answer for batch in batches for answer in registry.look_up(batch)}
    assert sorted(doi for batch in batches for doi in batch) == sorted(dois)
    assert {doi: type(answer) for doi, answer in answers.items()} == {
        dois[0]: Record,
        dois[1]: Absent,
        dois[2]: Absent,
    }
    there = answers[dois[0]]
    assert isinstance(there, Record)
    assert registry.work(there.body).doi == dois[0]
    assert registry.agency == agency
