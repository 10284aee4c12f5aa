"""What a run asks: the lock, the registries, and after the run nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.model.doi import DOI
from compcite.model.search import Description
from compcite.model.work import Unavailable
from compcite.registries.lock.locked import LockedRegistries

if TYPE_CHECKING:
    from tests.registry_server import RegistryServer


def test_after_the_run_every_question_gets_its_answer_again(
    registry_server: RegistryServer,
) -> None:
    """Without a request; what was never asked has no answer."""
    registry_server.add_work("10.1234/there")
    there, missing, new = DOI("10.1234/there"), DOI("10.9999/missing"), DOI("10.1234/new")
    wanted = Description("citation", "A title")
    with LockedRegistries(registry_server.settings()) as registries:
        outcomes = list(registries.look_up([there, missing]))
        guessed = registries.registered_among([there, missing])
        found = list(registries.search("Crossref", [wanted]))
    services = registries.services
    registry_server.asked.clear()

    assert sorted(map(repr, registries.look_up([there, missing]))) == sorted(map(repr, outcomes))
    assert registries.registered_among([there, missing]) == guessed
    assert list(registries.search("Crossref", [wanted])) == found
    assert list(registries.search("DataCite", [wanted])) == [(wanted, None)]
    assert services == ()  # nobody asked for them before
    assert [type(one) for one in registries.look_up([new])] == [Unavailable]
    assert registry_server.asked == []
