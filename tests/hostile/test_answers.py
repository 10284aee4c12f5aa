"""Answers of registries that are damaged anywhere: a verdict, or none, and never a wrong one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compcite.registries.network import host as hosts
from tests.registry_server import Reply, Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

ASKED = (Service.CROSSREF, Service.DOI, Service.DATACITE)
ARTICLE, DATA, NOTHING = "10.1234/article", "10.1234/data", "10.1234/nothing"
LIST = f"""@article{{article, title = {{Tides of the north}}, author = {{Adler, Anna}},
  journal = {{Journal of Tides}}, year = 2012, volume = 7, pages = {{11--19}}, doi = {{{ARTICLE}}}}}
@misc{{data, title = {{Gates and tides}}, author = {{Berg, Bruno}}, year = 2013, doi = {{{DATA}}}}}
@misc{{nothing, title = {{Nothing}}, author = {{Cohen, Cy}}, year = 2014, doi = {{{NOTHING}}}}}
"""
# What may be said of each entry: what is true, or that nobody could be asked.
TRUE = {"article": "verified", "data": "verified", "nothing": "not-registered"}

odd_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.sampled_from(["\ud800", "", " ", "\x00", "\x1b[2J"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
"""Values of every type of JSON; the strings among them say nothing."""


class Damage(NamedTuple):
    """A stretch of an answer, by parts of its length, and what stands in its place."""

    start: float
    end: float
    instead: bytes

    def of(self, data: bytes) -> bytes:
        """The answer with this damage."""
        start, end = sorted((int(self.start * len(data)), int(self.end * len(data))))
        return data[:start] + self.instead + data[end:]


parts = st.floats(0, 1)
damages = st.builds(
    Damage,
    parts,
    parts,
    st.binary(max_size=4)
    | st.sampled_from(
        [b"", b"null", b"[" * 5000, b'{"a":' * 3000, b"NaN", b"9" * 5000, b"1e999", b"\xff\xfe"]
    ),
)


@pytest.fixture
def held(
    registries: RegistryServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> RegistryServer:
    """The stand-in with an article and a dataset, beside a list of both and of nothing.

    A request is tried once: the same damage would come again.
    """
    monkeypatch.setattr(hosts, "BACK_OFF_SECONDS", ())
    (folder / "x.bib").write_text(LIST, encoding="utf-8")
    registries.add_work(
        ARTICLE,
        title=["Tides of the north"],
        author=[{"family": "Adler", "given": "Anna"}],
        issued={"date-parts": [[2012, 5]]},
        volume="7",
        page="11-19",
        **{"container-title": ["Journal of Tides"]},
    )
    registries.add_dataset(
        DATA,
        titles=[{"title": "Gates and tides"}],
        creators=[{"name": "Berg, Bruno"}],
        publicationYear=2013,
        types={"resourceTypeGeneral": "Dataset"},
    )
    return registries


def verdicts(compcite: Compcite) -> dict[str, str]:
    """The status of each entry by its key; fails where the run ended in a bug."""
    result = compcite("verify-dois", "x.bib", "--refresh", "--report", "json")
    assert "bug" not in result.err
    assert result.code in (0, 1, 3)
    return {entry["key"]: entry["status"] for entry in json.loads(result.out)["entries"]}


def are_true(found: dict[str, str]) -> bool:
    """Whether nothing wrong is said of any entry."""
    return found.keys() == TRUE.keys() and all(
        status in (TRUE[key], "unverified") for key, status in found.items()
    )


def places(value: object, before: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The places of all values in an answer, from the outside in."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [before, *(place for key, one in inner for place in places(one, (*before, key)))]


def replaced(value: object, place: tuple[str | int, ...], odd: object) -> object:
    """A copy of an answer with another value at a place."""
    if not place:
        return odd
    changed = json.loads(json.dumps(value))
    holder = changed
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = odd
    return changed


def test_whole_answers_are_believed(compcite: Compcite, held: RegistryServer) -> None:
    """Without damage each verdict is the true one; else the tests below would prove nothing."""
    assert verdicts(compcite) == TRUE
    assert held.asked


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ASKED), st.lists(st.tuples(parts, odd_values), min_size=1, max_size=3))
def test_values_that_mean_nothing_make_no_verdict_wrong(
    compcite: Compcite,
    held: RegistryServer,
    service: Service,
    odd: list[tuple[float, object]],
) -> None:
    """Any values of a service's answers are replaced by null, numbers, lists and objects."""
    reply = type(held).reply

    def damaged(asked: str, target: str) -> Reply:
        answer = reply(held, asked, target)
        if asked != service or not isinstance(answer.body, dict | list):
            return answer
        body: object = answer.body
        for part, value in odd:
            found = places(body)
            body = replaced(body, found[int(part * (len(found) - 1))], value)
        return answer._replace(body=json.dumps(body).encode())

    held.reply = damaged  # type: ignore[assignment, method-assign]

    assert are_true(verdicts(compcite))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ASKED), st.lists(damages, min_size=1, max_size=3))
def test_damaged_bytes_make_no_verdict_wrong(
    compcite: Compcite, held: RegistryServer, service: Service, damage: list[Damage]
) -> None:
    """Stretches of a service's answers are lost, or other bytes stand in their place."""
    reply = type(held).reply

    def damaged(asked: str, target: str) -> Reply:
        answer = reply(held, asked, target)
        data = answer.payload()
        for one in damage if asked == service else ():
            data = one.of(data)
        return answer._replace(body=data)

    held.reply = damaged  # type: ignore[assignment, method-assign]

    assert are_true(verdicts(compcite))
