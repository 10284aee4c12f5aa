"""``compcite update``: entries get what they lack from the records of their works."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

AU = "10.1016/j.beth.2016.11.012"
TITLE = "Compassion-Based Therapy for Trauma-Related Shame"
RECORD = {
    "title": [TITLE],
    "author": [{"family": "Au", "given": "Teresa M."}],
    "container-title": ["Behavior Therapy"],
    "issued": {"date-parts": [[2017]]},
    "volume": "48",
    "page": "207-221",
}
LACKING = (
    f"% kept\n@article{{au,\n  author = {{Au, T.}},\n  title = {{{TITLE}}},\n  doi = {{{AU}}}\n}}\n"
)
WHOLE = LACKING.replace(
    f"{{{AU}}}\n",
    f"{{{AU}}},\n  journal = {{Behavior Therapy}},\n  year = {{2017}},\n  volume = {{48}},\n"
    "  pages = {207--221}\n",
)


@pytest.fixture
def registries(registries: RegistryServer) -> RegistryServer:
    """The registries' stand-in, which knows one article."""
    registries.add_work(AU, **RECORD)
    return registries


@pytest.fixture
def refs(folder: Path) -> Path:
    """A list whose only entry lacks journal, year, volume and pages."""
    path = folder / "references.bib"
    path.write_text(LACKING, encoding="utf-8")
    return path


@pytest.mark.usefixtures("registries")
def test_an_article_with_a_doi_gets_its_journal_and_year(compcite: Compcite, refs: Path) -> None:
    """What it says already stays as it is, and a second run finds nothing to do."""
    result = compcite("update")

    assert (result.code, refs.read_text(encoding="utf-8")) == (ExitCode.OK, WHOLE)
    assert result.out == "references.bib:2: au: journal, pages, volume and year\n"
    assert result.err == "Completed 1 of 1 entry.\n"
    again = compcite("update")
    assert (again.code, again.out, again.err) == (ExitCode.OK, "", "Completed 0 of 1 entry.\n")


@pytest.mark.usefixtures("registries")
def test_a_diff_shows_the_lines_and_writes_nothing(compcite: Compcite, refs: Path) -> None:
    """It ends with 1, so that a script can tell that something is lacking."""
    result = compcite("update", "--diff", "--field", "year")

    assert (result.code, refs.read_text(encoding="utf-8")) == (ExitCode.FINDINGS, LACKING)
    assert "+  year = {2017}\n" in result.out
    assert "journal" not in result.out
    assert result.err == "Would complete 1 of 1 entry.\n"


@pytest.mark.usefixtures("registries")
def test_values_that_differ_stay_unless_they_are_to_be_overwritten(
    compcite: Compcite, refs: Path
) -> None:
    """An abbreviated title of a journal does not differ from the whole one."""
    wrong = WHOLE.replace("{2017}", "{2011}").replace("Behavior Therapy", "Behav. Ther.")
    refs.write_text(wrong, encoding="utf-8")
    assert compcite("update").out == ""
    assert compcite("update", "--overwrite").out == "references.bib:2: au: year\n"
    assert refs.read_text(encoding="utf-8") == wrong.replace("2011", "2017")


ARXIV = "10.48550/arxiv.1706.03762"


def add_preprint(registries: RegistryServer) -> None:
    """Register a preprint that has appeared as the article."""
    link = {
        "relationType": "IsPreprintOf",
        "relatedIdentifierType": "DOI",
        "relatedIdentifier": AU,
    }
    registries.add_dataset(
        ARXIV,
        titles=[{"title": TITLE}],
        creators=[{"familyName": "Au", "givenName": "Teresa M."}],
        publicationYear=2016,
        relatedIdentifiers=[link],
    )


def test_a_published_preprint_becomes_the_article(
    compcite: Compcite, refs: Path, registries: RegistryServer
) -> None:
    """As a whole, with its eprint; with --field it stays what it is."""
    add_preprint(registries)
    refs.write_text(
        f"@misc{{au, title = {{{TITLE}}}, author = {{Au, T.}}, year = 2016, "
        f"eprint = {{1706.03762}}, archiveprefix = {{arXiv}}, doi = {{{ARXIV}}}}}\n",
        encoding="utf-8",
    )
    assert compcite("update", "--field", "year").out == ""
    assert compcite("update").out == f"references.bib:1: au: is now the article {AU}\n"
    text = refs.read_text(encoding="utf-8")
    assert text.startswith("@article{au, title")
    for part in ("year = 2017", "{1706.03762}", f"doi = {{{AU}}}", "journal = {Behavior Therapy}"):
        assert part in text


def test_both_dates_of_a_published_preprint_are_those_of_the_article(
    compcite: Compcite, refs: Path, registries: RegistryServer
) -> None:
    """BibTeX prints ``year``, biblatex ``date``: neither may keep the year of the preprint."""
    add_preprint(registries)
    refs.write_text(
        f"@misc{{au, title = {{{TITLE}}}, author = {{Au, T.}}, date = {{2016-05}}, year = 2016, "
        f"doi = {{{ARXIV}}}}}\n",
        encoding="utf-8",
    )
    compcite("update")
    text = refs.read_text(encoding="utf-8")
    assert "date = {2017" in text
    assert "year = 2017" in text
    assert "month" not in text


def test_the_item_of_a_published_preprint_is_fixed(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """Also CSL-JSON becomes the article; the preprint stays in the address."""
    add_preprint(registries)
    item = {"id": "au", "title": TITLE, "author": [{"family": "Au", "given": "T."}], "DOI": ARXIV}
    (folder / "r.json").write_text(json.dumps([item | {"publisher": "arXiv"}]), encoding="utf-8")
    compcite("verify-dois", "r.json", "--select", "preprint-published", "--fix", "--unsafe-fixes")
    (made,) = json.loads((folder / "r.json").read_text(encoding="utf-8"))

    assert (made["id"], made["title"]) == ("au", TITLE)
    assert (made["DOI"], made["URL"]) == (AU, "https://arxiv.org/abs/1706.03762")
    assert (made["type"], made["container-title"]) == ("article-journal", "Behavior Therapy")
    assert "publisher" not in made


def test_a_record_of_another_work_changes_nothing(
    compcite: Compcite, refs: Path, registries: RegistryServer
) -> None:
    """Nor does a DOI that is not registered; both are said with their places, and end with 1."""
    registries.add_work(AU, title=["Rocks of Wales"], author=[{"family": "Owen", "given": "A."}])
    more = LACKING + "@article{b, author = {B}, title = {T}, doi = {10.1000/none}}\n"
    refs.write_text(more, encoding="utf-8")
    result = compcite("update")

    assert (result.code, refs.read_text(encoding="utf-8")) == (ExitCode.FINDINGS, more)
    assert result.err == (
        f"compcite: references.bib:2: au: not completed: {AU} is registered for another work\n"
        "compcite: references.bib:7: b: not completed: 10.1000/none is not registered\n"
        "Completed 0 of 2 entries.\n"
    )


@pytest.mark.usefixtures("registries")
def test_a_record_of_another_kind_of_work_changes_nothing(compcite: Compcite, refs: Path) -> None:
    """A book does not get the journal and the pages of its review."""
    text = LACKING.replace("@article", "@book")
    refs.write_text(text, encoding="utf-8")
    result = compcite("update")

    assert (result.code, refs.read_text(encoding="utf-8")) == (ExitCode.FINDINGS, text)
    assert "not completed: the registered work is a journal article, not a book" in result.err


def test_a_missing_answer_is_no_statement_about_an_entry(
    compcite: Compcite, refs: Path, registries: RegistryServer
) -> None:
    """The run ends with 3 and changes nothing."""
    for service in Service:
        registries.fails(service, Fault.ERROR)
    result = compcite("update")

    assert (result.code, refs.read_text(encoding="utf-8")) == (ExitCode.UNVERIFIED, LACKING)
    assert f"not completed: no service gave the record of {AU}" in result.err


def test_a_retracted_work_is_warned_of(
    compcite: Compcite, refs: Path, registries: RegistryServer
) -> None:
    """Its entry is completed all the same."""
    notice = {"type": "retraction", "DOI": "10.1000/notice", "source": "publisher"}
    registries.add_work(AU, **RECORD, **{"updated-by": [notice]})
    result = compcite("update")

    assert (result.code, refs.read_text(encoding="utf-8")) == (ExitCode.OK, WHOLE)
    assert f"references.bib:2: au: {AU} was retracted" in result.err


@pytest.mark.usefixtures("registries")
def test_an_entry_without_a_doi_gets_it_where_it_is_looked_for(
    compcite: Compcite, refs: Path
) -> None:
    """Without --suggest it is counted, and said of an entry that was named."""
    text = LACKING.replace(f",\n  doi = {{{AU}}}", ",\n  year = {2017}")
    refs.write_text(text, encoding="utf-8")
    result = compcite("update")
    assert (result.code, result.err) == (
        ExitCode.OK,
        "Completed 0 of 1 entry. 1 entry has no DOI: --suggest looks for their works.\n",
    )
    assert compcite("update", "au").code == ExitCode.FINDINGS
    assert compcite("update", "--suggest").code == ExitCode.OK
    assert f"doi = {{{AU}}}" in refs.read_text(encoding="utf-8")


@pytest.mark.usefixtures("registries", "refs")
def test_unknown_keys_and_fields_are_named_with_the_nearest(compcite: Compcite) -> None:
    """They end the run before anybody is asked."""
    assert compcite("update", "aw").err == "compcite: no entry has the key aw; did you mean au?\n"
    result = compcite("update", "--field", "yeer")
    assert (result.code, result.err) == (
        ExitCode.COULD_NOT_RUN,
        "compcite: --field yeer: there is no such field; did you mean year?\n",
    )


@pytest.mark.usefixtures("registries")
def test_only_entries_of_bib_files_are_completed(
    compcite: Compcite, folder: Path, refs: Path
) -> None:
    """Other sources are named; alone they end the run with what to do."""
    (folder / "notes.md").write_text(f"See doi:{AU}.\n", encoding="utf-8")
    sentence = "compcite: notes.md: entries are completed in .bib files only"
    result = compcite("update", "--source", "notes.md", "--source", "references.bib")
    assert (result.code, refs.read_text(encoding="utf-8")) == (ExitCode.OK, WHOLE)
    assert result.err.startswith(f"{sentence}\n")
    alone = compcite("update", "--source", "notes.md")
    assert (alone.code, alone.err) == (
        ExitCode.COULD_NOT_RUN,
        f"{sentence}; compcite import brings them into one\n",
    )
