"""``compcite add``: registered works at the end of a file, in its own manner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

AU = "10.1016/j.beth.2016.11.012"
RECORD = {
    "title": ["Compassion-Based Therapy for Trauma-Related Shame"],
    "author": [{"family": "Müller", "given": "Teresa M."}],
    "container-title": ["Behavior Therapy"],
    "type": "journal-article",
    "issued": {"date-parts": [[2017, 3]]},
    "volume": "48",
    "page": "207-221",
    "URL": f"https://doi.org/{AU}",
}
TWIN = (
    "@article{k, title = {Compassion-based therapy for trauma-related shame}, "
    "author = {Muller, T.}, year = 2017, journal = {Behav. Ther.}}\n"
)
HEAD = "@string{jot = {J}}\r\n\r\n"
ONE = (
    '@Book{one,\r\n\tTitle     = "One",\r\n\tYear      = 1999,\r\n\tPublisher = "P{\\"o}"\r\n}\r\n'
)
OTHER = ONE.replace("one", "other").replace("One", "Other")
ADDED = (
    '@Article{muller2017compassion,\r\n\tAuthor    = "M{\\"u}ller, Teresa M.",\r\n'
    '\tTitle     = "Compassion-Based Therapy for Trauma-Related Shame",\r\n'
    '\tJournal   = "Behavior Therapy",\r\n\tYear      = 2017,\r\n\tMonth     = mar,\r\n'
    '\tVolume    = 48,\r\n\tPages     = "207--221",\r\n'
    f'\tDoi       = "{AU}"\r\n}}\r\n'
)


@pytest.fixture
def registries(registries: RegistryServer) -> RegistryServer:
    """The registries' stand-in, which knows one article."""
    registries.add_work(AU, **RECORD)
    return registries


@pytest.mark.usefixtures("registries")
def test_an_entry_is_written_as_its_neighbours_are(compcite: Compcite, folder: Path) -> None:
    """Case, tabs, alignment, quotes, bare numbers, LaTeX letters, line ends, one empty line."""
    path = folder / "references.bib"
    path.write_bytes((HEAD + ONE + "\r\n" + OTHER).encode())
    result = compcite("add", f"https://doi.org/{AU}")

    assert (result.code, result.out) == (0, "references.bib:15: muller2017compassion\n")
    assert path.read_bytes().decode() == HEAD + ONE + "\r\n" + OTHER + "\r\n" + ADDED


@pytest.mark.usefixtures("registries")
@pytest.mark.parametrize("before", ["", "\n", "% my list\n", "@comment{x}\n"])
def test_the_first_entry_has_a_manner_of_its_own(
    compcite: Compcite, folder: Path, before: str
) -> None:
    """What was there stays in front of it."""
    path = folder / "a.bib"
    path.write_text(before, encoding="utf-8")

    assert compcite("add", AU, "--to", "a.bib").code == ExitCode.OK
    text = path.read_text(encoding="utf-8")
    assert text.startswith(before.rstrip())
    assert text.endswith(f"  doi     = {{{AU}}},\n}}\n")


@pytest.mark.usefixtures("registries")
def test_a_file_is_made_where_there_is_none(compcite: Compcite, folder: Path) -> None:
    """Only at the place that is named."""
    assert compcite("add", AU, "--to", "new.bib").code == ExitCode.OK
    assert (folder / "new.bib").read_text(encoding="utf-8").startswith("@article{muller2017c")


@pytest.mark.usefixtures("registries")
@pytest.mark.parametrize(
    "there",
    [
        f"@misc{{k, doi = {{https://dx.doi.org/{AU.upper()}}}}}\n",
        f"@misc{{k, note = {{doi:{AU}}}}}\n",
        TWIN,
    ],
)
def test_what_is_there_already_is_refused(compcite: Compcite, folder: Path, there: str) -> None:
    """The same DOI in any spelling, or the same work without one; its place is told."""
    path = folder / "references.bib"
    path.write_text("% list\n" + there, encoding="utf-8")
    result = compcite("add", AU)

    assert (result.code, path.read_text(encoding="utf-8")) == (
        ExitCode.FINDINGS,
        "% list\n" + there,
    )
    assert result.err == f"compcite: references.bib:2: k is {AU} already\n"


@pytest.mark.usefixtures("registries")
def test_keys_are_unlike_those_that_are_there(compcite: Compcite, folder: Path) -> None:
    """Whatever form they are wanted in."""
    path = folder / "references.bib"
    path.write_text("@misc{Muller_2017, title = {Other}}\n", encoding="utf-8")
    result = compcite("add", AU, "--key-format", "{author}_{year}")

    assert result.out == "references.bib:3: muller_2017a\n"


@pytest.mark.usefixtures("registries")
def test_the_same_work_is_added_once(compcite: Compcite, folder: Path) -> None:
    """Also where it is named twice in a run."""
    assert compcite("add", AU, AU.upper(), "--to", "x.bib").code == ExitCode.OK
    assert (folder / "x.bib").read_text(encoding="utf-8").count("@article") == 1


@pytest.mark.parametrize(
    "form", ["1706.03762", "arXiv:1706.03762v5", "https://arxiv.org/abs/1706.03762"]
)
def test_arxiv_identifiers_mean_their_dois(
    compcite: Compcite, folder: Path, registries: RegistryServer, form: str
) -> None:
    """As arXiv registers them with DataCite."""
    registries.add_dataset(
        "10.48550/arxiv.1706.03762",
        titles=[{"title": "Attention Is All You Need"}],
        creators=[{"familyName": "Vaswani", "givenName": "Ashish"}],
        publicationYear=2017,
    )

    assert compcite("add", form, "--to", "x.bib").code == ExitCode.OK
    assert "@" in (folder / "x.bib").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["978-0-19-852663-6", "ISBN 9780198526636"])
def test_an_isbn_means_the_one_book_that_has_it(
    compcite: Compcite, folder: Path, registries: RegistryServer, form: str
) -> None:
    """Not a chapter of it; a book without a DOI is said to have none."""
    book = {"title": ["Bayesian Survival"], "type": "book", "ISBN": ["9780198526636"]}
    registries.add_work("10.1093/book", **book)
    registries.add_work("10.1093/book.1", **(book | {"type": "book-chapter"}))
    result = compcite("add", form, "9780195139495", "--to", "x.bib")

    assert result.code == ExitCode.FINDINGS
    assert result.err == (
        "compcite: no book with the ISBN 9780195139495 has a DOI at Crossref; many books have "
        "none: save the record of a library's catalogue as RIS or BibTeX, and compcite import "
        "adds it\n"
    )
    assert "doi   = {10.1093/book}" in (folder / "x.bib").read_text(encoding="utf-8")


@pytest.mark.usefixtures("registries")
def test_what_is_not_registered_ends_with_one(compcite: Compcite, folder: Path) -> None:
    """What is registered beside it is added all the same."""
    result = compcite("add", "10.1000/none", AU, "--to", "x.bib")

    assert (result.code, result.err) == (
        ExitCode.FINDINGS,
        "compcite: 10.1000/none is not registered\n",
    )
    assert (folder / "x.bib").exists()


def test_an_outage_ends_with_three(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """And no file is made."""
    for service in Service:
        registries.fails(service, Fault.ERROR)
    result = compcite("add", AU, "--to", "x.bib")

    assert (result.code, (folder / "x.bib").exists()) == (ExitCode.UNVERIFIED, False)


@pytest.mark.usefixtures("registries")
@pytest.mark.parametrize(
    "arguments",
    [
        ("no doi", "--to", "x.bib"),
        (AU, "--to", "x.json"),
        (AU, "--to", "-"),
        (AU, "--to", "x.bib", "--key-format", "{venue}"),
        (AU,),
    ],
)
def test_bad_usage_ends_with_two(
    compcite: Compcite, folder: Path, arguments: tuple[str, ...]
) -> None:
    """One sentence says what was wrong."""
    result = compcite("add", *arguments)

    assert (result.code, result.err.count("\n")) == (ExitCode.COULD_NOT_RUN, 1)
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("registries")
def test_an_entry_that_would_not_be_read_is_not_added(compcite: Compcite, folder: Path) -> None:
    """Behind an entry that never ends there is no place."""
    path = folder / "references.bib"
    path.write_text("@misc{k, title = {T", encoding="utf-8")
    result = compcite("add", AU)

    assert (result.code, result.out) == (ExitCode.COULD_NOT_RUN, "")
    assert "would not be read" in result.err
    assert path.read_text(encoding="utf-8") == "@misc{k, title = {T"


@pytest.mark.usefixtures("registries")
def test_a_note_about_a_work_is_not_the_work(compcite: Compcite, folder: Path) -> None:
    """And the new key is none by which another entry is cited."""
    path = folder / "references.bib"
    there = (
        f"@misc{{x, title = {{A reply}}, ids = {{muller2017compassion}}, note = {{To doi:{AU}}}}}\n"
    )
    path.write_text(there, encoding="utf-8")
    result = compcite("add", AU)

    assert (result.code, result.out) == (0, "references.bib:3: muller2017compassiona\n")


@pytest.mark.parametrize("form", ["{author:{nope}}", "{author!r}", "{}", "{0}", "{author:>9}"])
def test_a_form_of_keys_has_names_only(compcite: Compcite, folder: Path, form: str) -> None:
    """Anything else of Python's formats is refused in a sentence."""
    (folder / "references.bib").write_text("", encoding="utf-8")
    result = compcite("add", AU, "--key-format", form)

    assert result.code == ExitCode.COULD_NOT_RUN
    assert result.err.startswith(f"compcite: --key-format {form!r}: ")


def test_the_number_of_an_article_is_written_once(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """As its pages, where publishers deposit it as both."""
    record = {"title": ["A title"], "page": "e15835", "article-number": "e15835"}
    registries.add_work("10.7717/peerj.15835", **record)
    (folder / "references.bib").write_text("", encoding="utf-8")
    compcite("add", "10.7717/peerj.15835")

    written = (folder / "references.bib").read_text(encoding="utf-8")
    assert [line.strip() for line in written.splitlines() if "e15835" in line] == [
        "pages = {e15835},"
    ]


def test_a_retracted_work_is_added_with_a_warning(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """The key says what the work is called, not what has become of it."""
    registries.add_work(
        "10.1234/r",
        title=["RETRACTED: Miracles of a single dose"],
        author=[{"family": "Hasty", "given": "A."}],
        issued={"date-parts": [[2003]]},
    )
    result = compcite("add", "10.1234/r", "--to", "refs.bib")

    assert result.code == ExitCode.OK
    assert "10.1234/r was retracted (according to the registered title)" in result.err
    assert "@article{hasty2003miracles," in (folder / "refs.bib").read_text(encoding="utf-8")


@pytest.mark.usefixtures("registries")
def test_a_diff_adds_nothing(compcite: Compcite, folder: Path) -> None:
    """It shows the new entry and ends with 1; a new file is not created."""
    result = compcite("add", AU, "--to", "new.bib", "--diff")
    assert result.code == ExitCode.FINDINGS
    assert "+@article{muller2017compassion,\n" in result.out
    assert not (folder / "new.bib").exists()


@pytest.mark.usefixtures("registries")
def test_the_key_may_be_given(compcite: Compcite, folder: Path) -> None:
    """For one work, and where no other entry has it."""
    path = folder / "a.bib"
    path.write_text("@misc{There, title = {T}}\n", encoding="utf-8")
    assert compcite("add", AU, "--key", "there").err == (
        "compcite: --key there: a.bib:1 has this key already\n"
    )
    assert compcite("add", AU, "--key", "a,b").code == ExitCode.COULD_NOT_RUN
    assert compcite("add", AU, "10.1000/b", "--key", "k").code == ExitCode.COULD_NOT_RUN
    assert compcite("add", AU, "--key", "mine").out == "a.bib:3: mine\n"


@pytest.mark.parametrize(
    "form", ["PMID: 28390499", "28390499", "https://pubmed.ncbi.nlm.nih.gov/28390499/"]
)
def test_a_pubmed_number_means_the_doi_that_openalex_gives(
    compcite: Compcite,
    registries: RegistryServer,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    """With a key for it; without one the sentence says what to do."""
    registries.openalex.append({"pmid": "28390499", "doi": f"https://doi.org/{AU}"})
    result = compcite("add", form, "--to", "x.bib")
    assert (result.code, "COMPCITE_OPENALEX_KEY" in result.err) == (ExitCode.UNVERIFIED, True)

    monkeypatch.setenv("COMPCITE_OPENALEX_KEY", "secret")
    assert compcite("add", form, "--to", "x.bib").out == "x.bib:1: muller2017compassion\n"
    unknown = compcite("add", "PMID:1", "--to", "x.bib")
    assert (unknown.code, unknown.err) == (
        ExitCode.FINDINGS,
        "compcite: OpenAlex knows no work with the PMID 1 that has a DOI\n",
    )
    registries.fails(Service.OPENALEX, Fault.ERROR)
    assert compcite("add", "PMID:2", "--to", "x.bib").code == ExitCode.UNVERIFIED
