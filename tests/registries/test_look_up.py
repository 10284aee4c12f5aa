"""Looking DOIs up: who is asked, in what order, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.model.doi import DOI
from compcite.model.work import Found, NotFound, Unavailable
from compcite.registries.funnel import Registries, look_up
from tests.registry_server import HTML, PAGE, Fault, Reply, Service

if TYPE_CHECKING:
    from pathlib import Path

    from compcite.model.work import Outcome
    from compcite.registries.settings import Settings
    from tests.registry_server import RegistryServer


def outcomes(settings: Settings, *dois: str) -> dict[str, Outcome]:
    """The outcomes by DOI, each of which may come once only."""
    found: dict[str, Outcome] = {}
    for outcome in look_up(map(DOI, dois), settings):
        assert str(outcome.doi) not in found
        found[str(outcome.doi)] = outcome
    return found


def found(outcome: Outcome) -> Found:
    """The outcome, which must be a find."""
    assert isinstance(outcome, Found)
    return outcome


def test_many_works_of_crossref_cost_few_lists(registry_server: RegistryServer) -> None:
    """Two hundred DOIs of a usual length fit into three request lines, each below 4 kB."""
    dois = [f"10.1234/journal.2020.{n:06}" for n in range(200)]
    for doi in dois:
        registry_server.add_work(doi)
    assert set(dois) == {
        doi
        for doi, outcome in outcomes(registry_server.settings(), *dois).items()
        if isinstance(outcome, Found)
    }
    asked = registry_server.asked_of(Service.CROSSREF)
    assert len(asked) == 3
    assert max(map(len, asked)) < 4000


def test_the_case_of_a_doi_makes_no_second_question(registry_server: RegistryServer) -> None:
    """Spellings in upper and lower case are one DOI with one outcome."""
    registry_server.add_work("10.1234/AbC")
    assert list(outcomes(registry_server.settings(), "10.1234/ABC", "10.1234/abc")) == [
        "10.1234/abc"
    ]
    assert len(registry_server.asked) == 1


def test_nothing_is_asked_for_nothing(registry_server: RegistryServer) -> None:
    """No DOI, no request."""
    assert outcomes(registry_server.settings()) == {}
    assert registry_server.asked == []


def test_what_crossref_lacks_is_asked_of_the_agency_that_doi_org_names(
    registry_server: RegistryServer,
) -> None:
    """One list to doi.org, then one list to DataCite."""
    registry_server.add_work("10.1234/work")
    registry_server.add_dataset("10.5061/dryad.1")
    registry_server.add_dataset("10.5061/dryad.2")
    got = outcomes(registry_server.settings(), "10.1234/work", "10.5061/dryad.1", "10.5061/dryad.2")
    assert found(got["10.5061/dryad.2"]).work.agency == "DataCite"
    assert found(got["10.1234/work"]).work.agency == "Crossref"
    assert registry_server.asked_of(Service.DOI) == ["/ra/10.5061/dryad.1,10.5061/dryad.2"]
    assert len(registry_server.asked_of(Service.DATACITE)) == 1


def test_only_doi_org_says_that_a_doi_is_not_registered(registry_server: RegistryServer) -> None:
    """Crossref's silence alone is no such statement; doi.org's is."""
    got = outcomes(registry_server.settings(), "10.1234/nothing")
    assert got == {"10.1234/nothing": NotFound(DOI("10.1234/nothing"))}
    assert registry_server.asked_of(Service.DOI) == ["/ra/10.1234/nothing"]


def test_an_alias_leads_to_the_work_it_stands_for(registry_server: RegistryServer) -> None:
    """Missing from lists, named by doi.org, redirected by the route for single works."""
    registry_server.add_work("10.1234/new")
    registry_server.aliases["10.1234/old"] = "10.1234/new"
    got = found(outcomes(registry_server.settings(), "10.1234/old")["10.1234/old"])
    assert (got.doi, got.work.doi) == (DOI("10.1234/old"), DOI("10.1234/new"))


def test_a_short_doi_leads_to_the_work_it_stands_for(registry_server: RegistryServer) -> None:
    """doi.org says what it stands for, and the full DOI is asked for among the others."""
    registry_server.add_work("10.1234/full")
    registry_server.add_dataset("10.5061/dryad.1")
    registry_server.add_short_doi("10/abcd", "10.1234/FULL")
    registry_server.add_short_doi("10/efgh", "10.5061/dryad.1")
    got = outcomes(registry_server.settings(), "10/abcd", "10.1234/full", "10/efgh")
    assert {doi: str(found(outcome).work.doi) for doi, outcome in got.items()} == {
        "10/abcd": "10.1234/full",
        "10.1234/full": "10.1234/full",
        "10/efgh": "10.5061/dryad.1",
    }
    assert len(registry_server.asked_of(Service.CROSSREF)) == 1


def test_a_short_doi_of_another_agency_keeps_its_full_one(registry_server: RegistryServer) -> None:
    """Whatever describes the work, the DOI is that which the short one stands for."""
    registry_server.others["10.1234/other"] = ("mEDRA", Reply(404, PAGE, HTML))
    registry_server.add_short_doi("10/abcd", "10.1234/other")
    got = found(outcomes(registry_server.settings(), "10/abcd")["10/abcd"])
    assert (got.work.doi, got.work.agency) == (DOI("10.1234/other"), "mEDRA")


def test_a_short_doi_that_nobody_made_is_not_registered(registry_server: RegistryServer) -> None:
    """So says doi.org about the handle; nobody else is asked."""
    assert outcomes(registry_server.settings(), "10/abcd") == {"10/abcd": NotFound(DOI("10/abcd"))}
    assert [asked.service for asked in registry_server.asked] == [Service.DOI]


@pytest.mark.parametrize("service", [Service.DOI, Service.CROSSREF])
@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.HTML, Fault.BLOCKED])
def test_a_short_doi_is_unavailable_where_a_service_fails(
    registry_server: RegistryServer, service: Service, fault: Fault
) -> None:
    """Neither doi.org's fault nor the registry's says anything about it."""
    registry_server.add_work("10.1234/full")
    registry_server.add_short_doi("10/abcd", "10.1234/full")
    registry_server.fails(service, fault)
    settings = registry_server.settings()
    assert isinstance(outcomes(settings, "10/abcd")["10/abcd"], Unavailable)


def test_a_short_doi_is_kept(registry_server: RegistryServer, tmp_path: Path) -> None:
    """With the record of the DOI that it stands for, not before that is known."""
    registry_server.add_work("10.1234/full")
    registry_server.add_short_doi("10/abcd", "10.1234/full")
    settings = registry_server.settings(cache_path=tmp_path / "cache.sqlite")
    registry_server.fails(Service.CROSSREF, Fault.ERROR)
    assert isinstance(outcomes(settings, "10/abcd")["10/abcd"], Unavailable)
    registry_server.recovers()
    first = found(outcomes(settings, "10/abcd")["10/abcd"])
    asked = len(registry_server.asked)
    again = found(outcomes(settings, "10/abcd")["10/abcd"])
    assert (again.work, again.cached, len(registry_server.asked)) == (first.work, True, asked)


def test_a_handle_without_alias_is_registered_all_the_same(registry_server: RegistryServer) -> None:
    """doi.org knows it, so nothing else is said of it."""
    registry_server.handles["10/abcd"] = {"responseCode": 200}
    got = found(outcomes(registry_server.settings(), "10/abcd")["10/abcd"])
    assert (got.work.described, got.work.doi) == (False, DOI("10/abcd"))


def test_aliases_in_a_circle_are_no_answer(registry_server: RegistryServer) -> None:
    """A loop of redirections ends, as an outage."""
    registry_server.aliases |= {"10.1234/a": "10.1234/b", "10.1234/b": "10.1234/a"}
    got = outcomes(registry_server.settings(), "10.1234/a")["10.1234/a"]
    assert isinstance(got, Unavailable)
    assert "circles" in got.reason


@pytest.mark.parametrize(
    "doi",
    [
        "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o",
        "10.1234/with,comma",
        "10.1234/a#b?c&d%2fe+f",
        "10.1234/ünï",
        "10.1234/..//dots/./",
        "10.1234/with space",
        "10.1234/quote'\"\\",
        "10.1023/a:1007154515475",
    ],
)
def test_a_doi_of_odd_characters_is_found(registry_server: RegistryServer, doi: str) -> None:
    """Commas, fragments, escapes, dots and blanks arrive as they are, and sink no other DOI."""
    registry_server.add_work(doi)
    registry_server.add_work("10.1234/plain")
    got = outcomes(registry_server.settings(), doi, "10.1234/plain")
    assert [found(got[d]).work.doi for d in (doi, "10.1234/plain")] == [
        DOI(doi),
        DOI("10.1234/plain"),
    ]


@pytest.mark.parametrize(
    "doi", ["10.1234/no,comma", "10.1234/no space", "not a doi", "10.1234/no#"]
)
def test_an_odd_doi_that_is_not_registered_is_called_so(
    registry_server: RegistryServer, doi: str
) -> None:
    """Also where no list can hold the DOI."""
    assert outcomes(registry_server.settings(), doi)[doi] == NotFound(DOI(doi))


def test_a_dataset_with_a_comma_is_found(registry_server: RegistryServer) -> None:
    """The handle says that it exists, its prefix whose it is."""
    registry_server.add_dataset("10.5061/a,b")
    got = found(outcomes(registry_server.settings(), "10.5061/a,b")["10.5061/a,b"])
    assert got.work.agency == "DataCite"


def test_a_list_that_is_refused_is_split_until_the_rest_is_answered(
    registry_server: RegistryServer,
) -> None:
    """One DOI that the service does not take keeps no other from being found."""
    dois = [f"10.1234/{n}" for n in range(10)]
    for doi in dois:
        registry_server.add_work(doi)
    registry_server.fails(Service.CROSSREF, Fault.REJECTED, when="10.1234%2F7")
    got = outcomes(registry_server.settings(), *dois)
    assert [isinstance(got[doi], Found) for doi in dois] == [n != 7 for n in range(10)]


def test_a_host_that_refuses_every_list_is_not_asked_on_and_on(
    registry_server: RegistryServer,
) -> None:
    """A proxy in between, say: a dozen questions, and the DOIs stay open, all of them."""
    dois = [f"10.1234/{n}" for n in range(30)]
    for doi in dois:
        registry_server.add_work(doi)
    registry_server.fails(Service.CROSSREF, Fault.REJECTED)
    with Registries(registry_server.settings()) as registries:
        got = list(registries.look_up(map(DOI, dois)))
        assert "takes no lists of DOIs (HTTP 400)" in next(iter(registries.outages.values()))
    assert [isinstance(outcome, Unavailable) for outcome in got] == [True] * 30
    assert len(registry_server.asked) <= 15


def test_many_bad_dois_keep_no_other_from_being_found(registry_server: RegistryServer) -> None:
    """Where the service takes some lists, the others are split to the end."""
    dois = [f"10.1234/{n:03}" for n in range(60)]
    for doi in dois:
        registry_server.add_work(doi)
    registry_server.fails(Service.CROSSREF, Fault.REJECTED, when="%2F04")
    got = outcomes(registry_server.settings(), *dois)
    assert [isinstance(got[doi], Found) for doi in dois] == [n // 10 != 4 for n in range(60)]


def test_another_agency_describes_its_work_by_content_negotiation(
    registry_server: RegistryServer,
) -> None:
    """doi.org redirects to the agency's CSL-JSON."""
    record = {"type": "article-journal", "title": "Un articolo", "author": [{"family": "Eco"}]}
    registry_server.others["10.1430/8105"] = ("mEDRA", Reply(200, record))
    got = found(outcomes(registry_server.settings(), "10.1430/8105")["10.1430/8105"])
    assert (got.work.agency, got.work.described) == ("mEDRA", True)
    assert got.work.titles == ("Un articolo",)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, PAGE, HTML),
        Reply(404, PAGE, HTML),
        Reply(403, PAGE, HTML),
        Reply(406, PAGE, HTML),
        Reply(204, b""),
        Reply(200, {"type": "article-journal"}),
        Reply(302, b"", headers={"Location": "ftp://example.org/"}),
    ],
    ids=["page", "404", "403", "406", "empty", "no title", "ftp"],
)
def test_an_agency_that_does_not_describe_leaves_the_registration(
    registry_server: RegistryServer, reply: Reply
) -> None:
    """The work is found and not described; the reader is not told that all is well with it."""
    registry_server.others["10.11367/x"] = ("JaLC", reply)
    got = found(outcomes(registry_server.settings(), "10.11367/x")["10.11367/x"])
    assert (got.work.agency, got.work.described, got.resolvable) == ("JaLC", False, True)


def test_an_agency_that_sends_us_in_circles_is_not_followed_for_long(
    registry_server: RegistryServer,
) -> None:
    """Its pages are left alone, and the DOIs' handles show that they are registered."""
    dois = [f"10.11367/{n}" for n in range(30)]
    for doi in dois:
        there, back = (Reply(302, b"", headers={"Location": f"/{to}"}) for to in ("to", "from"))
        registry_server.others |= {doi: ("JaLC", there), "to": ("", back), "from": ("", there)}
    got = outcomes(registry_server.settings(), *dois)
    assert [found(got[doi]).work.described for doi in dois] == [False] * 30
    assert len(registry_server.asked_of(Service.AGENCY)) <= 4 * 4
    assert len(registry_server.asked_of(Service.DOI)) == 1 + 30 + 30


def test_an_agency_in_trouble_is_an_outage(registry_server: RegistryServer) -> None:
    """A description that may come next time is not replaced by the bare registration."""
    registry_server.others["10.1430/8105"] = ("mEDRA", Reply(503, PAGE, HTML))
    got = outcomes(registry_server.settings(), "10.1430/8105")["10.1430/8105"]
    assert isinstance(got, Unavailable)


def test_a_handle_without_values_is_registered_and_leads_nowhere(
    registry_server: RegistryServer,
) -> None:
    """Response code 200 of the handle API."""
    registry_server.others["10.2791/x"] = ("OP", Reply(404, PAGE, HTML))
    registry_server.handles["10.2791/x"] = {"responseCode": 200}
    got = found(outcomes(registry_server.settings(), "10.2791/x")["10.2791/x"])
    assert (got.work.agency, got.resolvable) == ("OP", False)


def test_a_doi_that_its_agency_has_no_record_of_is_settled_by_its_handle(
    registry_server: RegistryServer,
) -> None:
    """doi.org names an agency by the prefix; only the handle tells whether the DOI exists."""
    registry_server.others["10.1234/gone"] = ("Crossref", Reply(404, PAGE, HTML))
    registry_server.others["10.1234/never"] = ("DataCite", Reply(404, PAGE, HTML))
    registry_server.handles["10.1234/never"] = {"responseCode": 100}
    got = outcomes(registry_server.settings(), "10.1234/gone", "10.1234/never")
    assert found(got["10.1234/gone"]).work.described is False
    assert got["10.1234/never"] == NotFound(DOI("10.1234/never"))


def test_while_crossref_is_down_the_others_still_answer(registry_server: RegistryServer) -> None:
    """Datasets are found and made-up DOIs recognised; only Crossref's stay open."""
    registry_server.add_work("10.1234/work")
    registry_server.add_dataset("10.5061/data")
    registry_server.fails(Service.CROSSREF, Fault.ERROR)
    got = outcomes(registry_server.settings(), "10.1234/work", "10.5061/data", "10.1234/none")
    assert isinstance(got["10.1234/work"], Unavailable)
    assert found(got["10.5061/data"]).work.agency == "DataCite"
    assert isinstance(got["10.1234/none"], NotFound)


def test_offline_nobody_is_asked(registry_server: RegistryServer, tmp_path: Path) -> None:
    """What is kept is used, the rest stays open."""
    registry_server.add_work("10.1234/kept")
    cache = tmp_path / "cache.sqlite"
    outcomes(registry_server.settings(cache_path=cache), "10.1234/kept")
    registry_server.asked.clear()
    settings = registry_server.settings(cache_path=cache, offline=True)
    got = outcomes(settings, "10.1234/kept", "10.1234/new")
    assert found(got["10.1234/kept"]).cached
    assert isinstance(got["10.1234/new"], Unavailable)
    assert registry_server.asked == []


def test_a_second_run_asks_nothing(registry_server: RegistryServer, tmp_path: Path) -> None:
    """Works, aliases, datasets, undescribed and missing DOIs are all kept."""
    registry_server.add_work("10.1234/work")
    registry_server.aliases["10.1234/old"] = "10.1234/work"
    registry_server.add_dataset("10.5061/data")
    registry_server.others["10.2791/x"] = ("OP", Reply(404, PAGE, HTML))
    dois = ("10.1234/work", "10.1234/old", "10.5061/data", "10.2791/x", "10.1234/none")
    settings = registry_server.settings(cache_path=tmp_path / "cache.sqlite")
    first = outcomes(settings, *dois)
    registry_server.asked.clear()
    second = outcomes(settings, *dois)
    assert registry_server.asked == []
    assert all(
        outcome.cached for outcome in second.values() if not isinstance(outcome, Unavailable)
    )
    assert {d: found(o).work for d, o in first.items() if isinstance(o, Found)} == {
        d: found(o).work for d, o in second.items() if isinstance(o, Found)
    }
    assert isinstance(second["10.1234/none"], NotFound)


def test_refresh_asks_again_and_keeps_the_new_answer(
    registry_server: RegistryServer, tmp_path: Path
) -> None:
    """A retraction since the last run is seen."""
    cache = tmp_path / "cache.sqlite"
    registry_server.add_work("10.1234/work")
    outcomes(registry_server.settings(cache_path=cache), "10.1234/work")
    registry_server.add_work("10.1234/work", **{"updated-by": [{"type": "retraction"}]})
    outcomes(registry_server.settings(cache_path=cache, refresh=True), "10.1234/work")
    kept = outcomes(registry_server.settings(cache_path=cache), "10.1234/work")["10.1234/work"]
    assert [update.kind for update in found(kept).work.updates] == ["retraction"]


def test_progress_is_told_of_each_doi(registry_server: RegistryServer) -> None:
    """How many are settled, of how many."""
    registry_server.add_work("10.1234/a")
    heard: list[tuple[int, int]] = []
    dois = [DOI("10.1234/a"), DOI("10.1234/b")]
    list(look_up(dois, registry_server.settings(), progress=lambda *told: heard.append(told)))
    assert heard == [(1, 2), (2, 2)]


def test_a_run_that_is_broken_off_keeps_what_arrived(
    registry_server: RegistryServer, tmp_path: Path
) -> None:
    """Nobody reads on after the first outcome; what the servers had answered is in the cache."""
    dois = [DOI(f"10.1234/journal.2020.{n:06}") for n in range(100)]
    for doi in dois:
        registry_server.add_work(str(doi))
    settings = registry_server.settings(cache_path=tmp_path / "cache.sqlite")
    with Registries(settings) as registries:
        first = next(registries.look_up(dois))
    assert isinstance(first, Found)
    with Registries(
        registry_server.settings(cache_path=settings.cache_path, offline=True)
    ) as later:
        kept = [outcome for outcome in later.look_up(dois) if isinstance(outcome, Found)]
    assert len(kept) >= 80


def test_the_statistics_count_requests_by_host(registry_server: RegistryServer) -> None:
    """Every attempt counts, by the host's name."""
    registry_server.add_work("10.1234/a")
    registry_server.fails(Service.CROSSREF, Fault.ERROR, times=1)
    with Registries(registry_server.settings()) as registries:
        list(registries.look_up([DOI("10.1234/a")]))
        host = registry_server.url(Service.CROSSREF).removeprefix("http://")
        assert registries.statistics.requests == {host: 2}
        assert registries.statistics.total == 2


def test_a_mailto_signs_the_requests_of_both_clients(registry_server: RegistryServer) -> None:
    """Lists by habanero and single works by requests are in the polite pool."""
    registry_server.aliases["10.1234/old"] = "10.1234/new"
    registry_server.add_work("10.1234/new")
    outcomes(registry_server.settings(mailto="someone@example.org"), "10.1234/old")
    agents = [a.agent for a in registry_server.asked if a.service is Service.CROSSREF]
    assert len(agents) == 3
    assert all("mailto:someone@example.org" in a and "compcite/" in a for a in agents)


def test_any_string_of_a_record_or_a_question_can_be_kept_and_sent(
    registry_server: RegistryServer, tmp_path: Path
) -> None:
    """Half a surrogate pair in records, in DOIs and in words to search for is no error."""
    half = "\ud800"
    registry_server.add_work("10.1234/a", title=[half], publisher=half, author=[{"family": half}])
    registry_server.add_dataset("10.5061/b", creators=[{"name": half}], titles=[{"title": half}])
    record = {"title": half, "author": [{"family": half}]}
    registry_server.others["10.1430/c"] = ("mEDRA", Reply(200, record))
    settings = registry_server.settings(cache_path=tmp_path / "cache.sqlite")
    dois = ["10.1234/a", "10.5061/b", "10.1430/c", f"10.1234/{half}"]
    with Registries(settings) as registries:
        got = {outcome.doi: outcome for outcome in registries.look_up(map(DOI, dois))}
        works = registries.find(f"words {half}", 5)
        assert registries.warnings == ()
    assert [isinstance(got[DOI(doi)], Found) for doi in dois] == [True, True, True, False]
    assert works is not None
    again = look_up(map(DOI, dois[:3]), settings)
    assert [isinstance(outcome, Found) and outcome.cached for outcome in again] == [True] * 3
