"""``verify-dois --suggest``: whether works without a DOI exist."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from compcite.errors import ExitCode
from compcite.model.search import Gap
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

MADE_UP = "author = {Doe, Jane and Roe, Richard}, title = {A wholly invented study of sleep}"
PEOPLE = [{"family": "Doe", "given": "Jane"}, {"family": "Roe", "given": "Richard"}]
NEXT_YEAR = dt.datetime.now(tz=dt.UTC).year + 1
IN_A_JOURNAL = f"@article{{a, {MADE_UP}, journal = {{Sleep}}, year = 2015}}"
RECORD: dict[str, Any] = {
    "title": ["A wholly invented study of sleep"],
    "author": PEOPLE,
    "container-title": ["Sleep"],
    "issued": {"date-parts": [[2015]]},
}


def findings(compcite: Compcite, *options: str) -> list[tuple[str, str, str]]:
    """Rule, severity and message of all findings of a run."""
    report = json.loads(compcite("verify-dois", "--report", "json", *options).out)
    found = [finding for entry in report["entries"] for finding in entry["findings"]]
    return [(one["rule"], one["severity"], one["message"]) for one in found]


def write(folder: Path, *entries: str) -> None:
    """Make these entries the reference list of the folder."""
    (folder / "references.bib").write_text("\n".join(entries) + "\n", encoding="utf-8")


@pytest.mark.usefixtures("registries")
def test_an_article_that_nobody_knows_fails_the_run(compcite: Compcite, folder: Path) -> None:
    """The message says who was asked; without --suggest nobody is."""
    write(folder, IN_A_JOURNAL)
    message = "Crossref, DataCite and DBLP know no such work"

    assert findings(compcite, "--suggest") == [("work-not-found", "warning", message)]
    assert compcite("verify-dois", "--suggest").code == ExitCode.FINDINGS
    assert [rule for rule, *_ in findings(compcite)] == ["doi-missing"]


@pytest.mark.usefixtures("registries")
@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (f"@book{{a, {MADE_UP}, publisher = {{P}}, year = 2015}}", Gap.KIND),
        (f"@phdthesis{{a, {MADE_UP}, school = {{S}}, year = 2015}}", Gap.KIND),
        (f"@misc{{a, {MADE_UP}, url = {{https://example.org/}}, year = 2015}}", Gap.KIND),
        (f"@article{{a, {MADE_UP}, journal = {{Sleep}}, year = {NEXT_YEAR}}}", Gap.NEW),
        (f"@article{{a, {MADE_UP}, journal = {{Sleep}}}}", Gap.NO_YEAR),
    ],
)
def test_what_the_services_list_but_a_part_of_is_a_note(
    compcite: Compcite, folder: Path, entry: str, why: Gap
) -> None:
    """Books, theses, web pages, and works that are too new or without a year."""
    write(folder, entry)

    ((rule, severity, message),) = findings(compcite, "--suggest")
    assert (rule, severity) == ("work-not-found", "note")
    assert message == f"Crossref, DataCite and DBLP know no such work; {why}"


def test_an_outage_of_one_service_is_no_proof(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """What the others do not know may stand in the one that is silent: the run ends with 3."""
    registries.fails(Service.DBLP, Fault.ERROR)
    write(folder, IN_A_JOURNAL)
    run = compcite("verify-dois", "--suggest")

    assert run.code == ExitCode.UNVERIFIED
    assert "Not every service could be asked for the work of 1 entry without a DOI." in run.out
    assert compcite("verify-dois", "--suggest", "--on-outage", "pass").code == ExitCode.OK
    assert compcite("verify-dois", "--suggest", "--on-outage", "fail").code == ExitCode.FINDINGS

    assert findings(compcite, "--suggest") == [
        (
            "work-not-found",
            "note",
            "Crossref and DataCite know no such work; DBLP did not answer",
        )
    ]


def test_an_outage_on_which_nothing_depends_fails_no_run(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """The work is known elsewhere, or is of a kind that no service lists in full."""
    registries.fails(Service.DBLP, Fault.ERROR)
    registries.add_work("10.1234/known", **RECORD)
    book = f"@book{{b, {MADE_UP}, publisher = {{P}}, year = 1950}}".replace("sleep", "mice")
    write(folder, IN_A_JOURNAL, book)

    assert [rule for rule, *_ in findings(compcite, "--suggest")] == [
        "doi-suggested",
        "work-not-found",
    ]
    assert compcite("verify-dois", "--suggest").code == ExitCode.OK


@pytest.mark.usefixtures("registries")
def test_an_entry_without_words_is_not_said_to_be_found_by_an_option(
    compcite: Compcite, folder: Path
) -> None:
    """It has no title, so that no run can look for it."""
    write(folder, "@article{a, journal = {Sleep}, year = 2015}")
    told = "1 entry without a DOI has too few words to be looked for."

    for options in ((), ("--suggest",)):
        out = compcite("verify-dois", *options).out
        assert told in out
        assert "Nobody looked" not in out


def test_the_nearest_work_is_named(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """The title with other authors, or the authors with another title."""
    registries.add_work("10.1234/a", **RECORD | {"author": [{"family": "Ortega", "given": "L."}]})
    write(folder, IN_A_JOURNAL)
    ((_, _, message),) = findings(compcite, "--suggest")
    assert message.endswith("; 10.1234/a, which has this title, is by Ortega")

    registries.add_work("10.1234/a", **RECORD | {"title": ["Movements of mountain sheep"]})
    ((_, _, message),) = findings(compcite, "--suggest", "--refresh")
    assert message.endswith("; 10.1234/a, which is by these authors, is called “Movements of "
                            "mountain sheep”")  # fmt: skip


def test_a_work_that_dblp_lists_without_a_doi_is_known(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """There is nothing to offer, and nothing to report."""
    people = [{"text": "Jane Doe"}, {"text": "Richard Roe 0002"}]
    registries.dblp.append(
        {"title": "A wholly invented study of sleep.", "authors": {"author": people}}
    )
    write(folder, IN_A_JOURNAL)

    assert findings(compcite, "--suggest") == []


def test_a_preprint_of_arxiv_is_found_at_datacite(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """It is asked first there."""
    registries.add_dataset(
        "10.48550/arxiv.1501.00001",
        titles=[{"title": "A wholly invented study of sleep"}],
        creators=[{"familyName": "Doe", "givenName": "Jane"}, {"name": "Roe, Richard"}],
        publicationYear=2015,
    )
    write(folder, f"@article{{a, {MADE_UP}, journal = {{arXiv preprint}}, year = 2015}}")

    assert [rule for rule, *_ in findings(compcite, "--suggest")] == ["doi-suggested"]


def test_a_second_run_asks_nothing(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """Neither for works, nor for DOIs that are spelled nearly as a wrong one."""
    registries.add_work("10.1234/known", **RECORD)
    wrong = IN_A_JOURNAL.replace("{a,", "{b, doi = {10.1234/wrong},").replace("sleep", "mice")
    write(folder, IN_A_JOURNAL, wrong, IN_A_JOURNAL.replace("{a,", "{c,").replace("sleep", "rats"))
    first = findings(compcite, "--suggest")
    asked = len(registries.asked)

    assert findings(compcite, "--suggest") == first
    assert len(registries.asked) == asked


def test_a_second_run_with_lock_and_cache_asks_nothing_of_any_kind(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """Neither for DOIs and notices, nor for works, wrong DOIs and their near spellings."""
    registries.add_work("10.1234/known", **RECORD)
    title = "RETRACTED: A study of mountain sheep"
    registries.add_work("10.1234/retracted", **RECORD | {"title": [title]})
    write(
        folder,
        IN_A_JOURNAL,  # found by its words
        IN_A_JOURNAL.replace("{a,", "{b,").replace("sleep", "rats"),  # found by nobody
        IN_A_JOURNAL.replace("{a,", "{c, doi = {10.1234/known},"),
        IN_A_JOURNAL.replace("{a,", "{d, doi = {10.1234/knwon},"),  # not registered
        IN_A_JOURNAL.replace("{a,", "{e, doi = {10.1234/wrong},").replace("sleep", "mice"),
        IN_A_JOURNAL.replace("{a,", "{f, doi = {10.1234/retracted},"),  # another work
        "@misc{g, doi = {10.1234/retracted}, title = {A study of mountain sheep}}",
    )
    options = ("--suggest", "--lock", "compcite.lock")
    first = findings(compcite, *options)
    asked = len(registries.asked)

    assert findings(compcite, *options) == first
    assert len(registries.asked) == asked
    assert {"doi-suggested", "work-not-found", "doi-not-registered", "work-retracted"} <= {
        rule for rule, *_ in first
    }


@pytest.mark.usefixtures("registries")
def test_the_configuration_switches_it_on(compcite: Compcite, folder: Path) -> None:
    """And the command line off again."""
    (folder / "compcite.toml").write_text("suggest = true\n", encoding="utf-8")
    write(folder, IN_A_JOURNAL)

    assert [rule for rule, *_ in findings(compcite)] == ["work-not-found"]
    assert [rule for rule, *_ in findings(compcite, "--no-suggest")] == ["doi-missing"]


@pytest.mark.usefixtures("registries")
def test_the_summary_counts_what_nobody_looked_for(compcite: Compcite, folder: Path) -> None:
    """A run without --suggest cannot say whether these works exist."""
    write(folder, IN_A_JOURNAL, IN_A_JOURNAL.replace("{a,", "{b,"))
    told = "Nobody looked for the works of 2 entries without a DOI; --suggest does."

    assert told in compcite("verify-dois").out
    assert told not in compcite("verify-dois", "--suggest").out


def test_sets_of_entries_and_stores_of_fields_are_no_works(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """Nobody looks for them, nor for a DOI in them, and they are not counted."""
    write(
        folder,
        "@set{both, entryset = {a, b}, title = {Two invented studies}, doi = {10.1234/none}}",
        "@xdata{shared, title = {What two invented studies share}, doi = {10.1234/none}}",
    )

    assert findings(compcite, "--suggest") == []
    assert "Nobody looked" not in compcite("verify-dois").out
    assert registries.asked == []


def test_a_search_that_no_service_answers_ends_the_run_with_3(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """A run with --suggest is to check that works exist; what it could not check, it says."""
    for service in (Service.CROSSREF, Service.DATACITE, Service.DBLP):
        registries.fails(service, Fault.ERROR)
    write(folder, IN_A_JOURNAL)
    run = compcite("verify-dois", "--suggest")

    assert run.code == ExitCode.UNVERIFIED
    assert "Not every service could be asked for the work of 1 entry without a DOI." in run.out
    assert "--suggest does" not in run.out
    message = "the entry has no DOI, and no service could be asked for its work"
    assert findings(compcite, "--suggest") == [("doi-missing", "note", message)]
    assert compcite("verify-dois", "--suggest", "--on-outage", "pass").code == ExitCode.OK
    assert compcite("verify-dois", "--suggest", "--on-outage", "fail").code == ExitCode.FINDINGS
    assert compcite("verify-dois").code == ExitCode.OK


def test_an_outage_in_the_middle_of_a_run_speaks_of_its_own_entry_alone(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """Searches before and after it keep what they found."""
    registries.fails(Service.CROSSREF, Fault.ERROR, when="middle")
    titles = ("The first invented study", "The middle invented study", "The last invented study")
    write(
        folder,
        *(
            f"@article{{k{n}, author = {{Doe, Jane}}, title = {{{title}}}, journal = {{Sleep}},"
            " year = 2015}"
            for n, title in enumerate(titles)
        ),
    )
    known = "Crossref, DataCite and DBLP know no such work"

    assert findings(compcite, "--suggest") == [
        ("work-not-found", "warning", known),
        ("work-not-found", "note", "DataCite and DBLP know no such work; Crossref did not answer"),
        ("work-not-found", "warning", known),
    ]
