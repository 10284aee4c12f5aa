"""The functions for programs: what the page on the library says, and what it leaves open."""

from __future__ import annotations

import doctest
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import compcite
from compcite.registries.network import host as hosts
from compcite.registries.network.pace import Schedule
from tests.cli.records import NEFF, RECORD
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from tests.registry_server import RegistryServer

PAGE = Path(__file__).parents[1] / "docs" / "library.md"
REFERENCES = f"""@article{{neff2003self,
  author  = {{Neff, Kristin D.}},
  title   = {{Self-Compassion: {{An}} Alternative Conceptualization}},
  journal = {{Self and Identity}},
  year    = {{2003}},
  doi     = {{{NEFF}}}
}}

@article{{raes2010rumination,
  author  = {{Raes, Filip}},
  title   = {{Rumination and worry as mediators}},
  journal = {{Personality and Individual Differences}},
  year    = {{2010}},
  doi     = {{10.1016/j.paid.2010.01.999}}
}}
"""
UNTIDY = "@misc{a, title = {One}, year = {2003}, doi = {https://doi.org/10.1000/x}}\n"


@pytest.fixture
def folder(
    tmp_path: Path, registry_server: RegistryServer, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A working folder with the lists of the page, and registries that know one work."""
    registry_server.add_work(NEFF, **RECORD)
    for variable, origin in registry_server.environment().items():
        monkeypatch.setenv(variable, origin)
    monkeypatch.setenv("COMPCITE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(hosts, "BACK_OFF_SECONDS", (0.01, 0.02, 0.04))
    monkeypatch.setattr(hosts, "Schedule", partial(Schedule, second=0.02))
    monkeypatch.chdir(tmp_path)
    Path("references.bib").write_text(REFERENCES, encoding="utf-8")
    Path("untidy.bib").write_text(UNTIDY, encoding="utf-8")
    return tmp_path


def test_every_example_of_the_page_does_what_it_says(folder: Path) -> None:
    """The examples run from top to bottom, as a reader would type them."""
    text = PAGE.read_text(encoding="utf-8").replace("```python", "").replace("```", "")
    examples = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    ran = doctest.DocTestRunner().run(examples, out=said.append)

    assert (folder.is_dir(), ran.failed, "".join(said)) == (True, 0, "")
    assert ran.attempted > 20
    assert (folder / "untidy.bib").read_text(encoding="utf-8") == UNTIDY.replace(
        "https://doi.org/", ""
    )


def test_every_public_name_is_there_and_explained() -> None:
    """A name that is promised can be imported, and the page says what it is."""
    page = PAGE.read_text(encoding="utf-8")
    functions = [name for name in compcite.__all__ if name.islower() and name[0] != "_"]

    assert [name for name in compcite.__all__ if not hasattr(compcite, name)] == []
    assert [name for name in functions if f"`{name}(" not in page and name not in page] == []
    assert dir(compcite) == sorted(compcite.__all__)


def test_to_import_compcite_imports_nothing_else() -> None:
    """Whoever wants the version alone does not wait for the rest."""
    program = "import sys, compcite; print(sorted(m for m in sys.modules if m[:8] == 'compcite'))"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert ran.stdout.strip() == "['compcite', 'compcite.version']"


def test_no_public_function_has_the_name_of_a_module() -> None:
    """Else it would depend on earlier imports whether compcite.fix is the function."""
    root = Path(compcite.__file__).parent
    modules = {path.stem for path in root.iterdir()}

    assert modules & set(compcite.__all__) == set()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (compcite.load, "load() needs the path of a file or a folder"),
        (lambda: compcite.loads("", "bibtx"), "unknown format 'bibtx'; did you mean 'bibtex'?"),
        (lambda: compcite.cite([], "a"), "no entry has the key a"),
        (
            lambda: compcite.check(compcite.loads(""), select="no-such"),
            "there is no rule 'no-such'; `compcite rule` lists them all",
        ),
        (lambda: compcite.resolve("x"), "'x' is no DOI; one begins with 10. and has a slash"),
        (
            lambda: compcite.find(" "),
            "there is nothing to look for; name a title, an author or a year",
        ),
    ],
)
def test_a_wrong_argument_is_one_sentence(wrong: object, message: str, folder: Path) -> None:
    """The error is the one that the command line prints."""
    assert folder.is_dir()
    with pytest.raises(compcite.UsageError) as raised:
        wrong()  # type: ignore[operator]

    assert str(raised.value).startswith(message)


def test_an_outage_is_no_statement_about_a_doi(
    folder: Path, registry_server: RegistryServer
) -> None:
    """Verify reports it, resolve raises it; both say who did not answer."""
    for service in (Service.CROSSREF, Service.DOI, Service.DATACITE):
        registry_server.fails(service, Fault.ERROR)
    report = compcite.verify(compcite.load(folder / "references.bib"))

    assert {entry.status for entry in report.entries} == {compcite.Status.UNVERIFIED}
    assert report.outages != {}
    with pytest.raises(compcite.UnansweredError, match="could not be looked up"):
        compcite.resolve("10.1000/unknown")


def test_fixing_a_text_in_memory_writes_no_file(folder: Path) -> None:
    """Its new text is there to be taken; there is no file to write it to."""
    library = compcite.loads(UNTIDY)
    fixed = compcite.fix(library, compcite.check(library))

    assert fixed.texts == {"<text>": UNTIDY.replace("https://doi.org/", "")}
    assert [done.finding.rule.name for done in fixed.applied] == ["doi-style"]
    with pytest.raises(compcite.UsageError, match="<text> is no file; take its new text from"):
        fixed.write()
    assert (folder / "untidy.bib").read_text(encoding="utf-8") == UNTIDY


def test_only_the_fixes_of_the_report_are_applied(folder: Path) -> None:
    """A report on some rules fixes these, and asks nobody a second time."""
    library = compcite.load(folder / "references.bib", folder / "untidy.bib")
    report = compcite.check(library, select="doi-suggested")

    assert compcite.fix(library, report).texts == {}


def test_what_a_list_ignores_is_not_reported() -> None:
    """The ignores in a list count as they do on the command line."""
    library = compcite.loads(f"% compcite: ignore doi-style\n{UNTIDY}")

    assert [f for entry in compcite.check(library).entries for f in entry.findings] == []


def test_entries_items_and_objects_give_the_same_bibliography(folder: Path) -> None:
    """A program passes on what it has."""
    library = compcite.load(folder / "references.bib")
    whole = compcite.bibliography(library)

    assert compcite.bibliography(library.entries) == whole
    assert compcite.bibliography([entry.item for entry in library]) == whole
    assert compcite.bibliography({"id": "a", "type": "book", "title": "One"} for _ in "a") == [
        "One. (n.d.)."
    ]


def test_a_part_of_a_list_keeps_what_it_inherits() -> None:
    """For BibTeX the parent is written, too."""
    library = compcite.loads(
        "@inproceedings{a, title = {One}, crossref = {p}}\n@proceedings{p, title = {All}}\n"
    )

    assert compcite.loads(compcite.export(library, "bibtex", keys=["a"]))["p"].title == "All"
