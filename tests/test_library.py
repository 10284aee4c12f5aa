"""The functions for programs: what the page on the library says, and what it leaves open."""

from __future__ import annotations

import ast
import copy
import doctest
import gc
import pickle
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import compcite
from compcite import library
from compcite.registries.network import host as hosts
from compcite.registries.network.pace import Schedule
from tests.cli.records import NEFF, RECORD
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from collections.abc import Callable

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


def _signatures(text: str) -> dict[str, str]:
    """The parameters and the result of each public function in a Python text."""
    return {
        node.name: f"({ast.unparse(node.args)}) -> {ast.unparse(node.returns or node)}"
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def test_the_page_gives_every_function_with_its_parameters() -> None:
    """As they are in the code: names, types, defaults, and which are given by name alone."""
    stubs = re.findall(r"```pyi\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    code = Path(library.__file__).read_text(encoding="utf-8")

    assert _signatures("".join(stubs)) == _signatures(code)
    assert sorted(_signatures(code)) == sorted(library.__all__)


def test_the_page_gives_every_class_with_its_attributes() -> None:
    """Each attribute is there, and so is each class, and each error is named."""
    page = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z]\w+)` \| ([^|]+) \|", page, re.MULTILINE)
    lacking = [
        (name, attribute)
        for name, attributes in rows
        for attribute in re.findall(r"`(\w+)(?:\(\))?`", attributes)
        if not hasattr(getattr(compcite, name), attribute)
        and attribute not in dir(getattr(compcite, name))
    ]
    errors = [name for name in compcite.__all__ if name.endswith("Error")]
    others = [name for name in compcite.__all__ if name[0].isupper() and name not in errors]

    assert lacking == []
    assert sorted(name for name, _ in rows) == sorted(others)
    assert [name for name in errors if f"`{name}`" not in page.replace("compcite.", "")] == []


def test_every_public_name_can_be_imported() -> None:
    """Also by somebody who asks which there are."""
    assert [name for name in compcite.__all__ if not hasattr(compcite, name)] == []
    assert dir(compcite) == sorted(compcite.__all__)


def test_a_malformed_environment_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever set it may not have written the program."""
    monkeypatch.setenv("COMPCITE_MAILTO", "nobody")
    with pytest.raises(compcite.ConfigError, match="COMPCITE_MAILTO must be an e-mail address"):
        compcite.verify(compcite.loads(UNTIDY), offline=True)


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


TAKES_A_LIBRARY = "wanted is a library, from load() or loads(), not a value of the type str"
TAKES_ITEMS = (
    "wanted is a library, or a list of entries, items or CSL-JSON objects, not a value of "
)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            lambda: compcite.load(["a.bib"]),  # type: ignore[arg-type]
            "load() takes paths, each as an argument of its own, not a value of the type list",
        ),
        (
            lambda: compcite.loads(b"@misc{a}"),  # type: ignore[arg-type]
            "loads() takes a text, not a value of the type bytes; load() reads files",
        ),
        (lambda: compcite.check("a.bib"), TAKES_A_LIBRARY),  # type: ignore[arg-type]
        (lambda: compcite.verify("a.bib"), TAKES_A_LIBRARY),  # type: ignore[arg-type]
        (
            lambda: compcite.fix(compcite.loads(""), compcite.loads("")),  # type: ignore[arg-type]
            "fix() takes a report that check() or verify() made, not a value of the type Library",
        ),
        (lambda: compcite.export("a.bib", "ris"), f"{TAKES_ITEMS}the type str"),  # type: ignore[arg-type]
        (lambda: compcite.bibliography({"id": "a"}), f"{TAKES_ITEMS}the type dict"),  # type: ignore[dict-item]
        (lambda: compcite.cite([None], "a"), f"{TAKES_ITEMS}the type NoneType in it"),  # type: ignore[list-item]
        (lambda: compcite.export([], "bibtex", keys="au2017"), "no entry has the key au2017"),
        (
            lambda: compcite.verify(compcite.loads(""), timeout=0),
            "timeout must be a number of seconds above 0, not 0",
        ),
        (lambda: compcite.find("Neff 2003", rows=0), "rows must be 1 or more, not 0"),
    ],
)
def test_a_likely_mistake_is_one_sentence(wrong: Callable[[], object], message: str) -> None:
    """The path of a list is no list, one object no list of objects, one key no list of letters."""
    with pytest.raises(compcite.UsageError) as raised:
        wrong()

    assert str(raised.value) == message


def test_a_report_fixes_no_other_text() -> None:
    """Its places are those of its own text: in another one they would hit something else."""
    mine = compcite.loads(UNTIDY)
    other = compcite.loads(
        UNTIDY.replace("https://doi.org/10.1000/x", "10.1234/the-doi-of-another")
    )

    with pytest.raises(compcite.UsageError, match="the report is about another text of <text>;"):
        compcite.fix(other, compcite.check(mine))
    fixed = compcite.fix(mine, compcite.check(mine))
    with pytest.raises(compcite.UsageError, match="check it again"):
        compcite.fix(fixed.library, compcite.check(mine))
    assert compcite.fix(fixed.library, fixed.report).texts == {}


def test_findings_that_are_taken_out_of_a_report_are_not_fixed() -> None:
    """Nor those of another entry with the same key, when the first one is fixed."""
    library = compcite.loads(UNTIDY * 2)
    report = compcite.check(library, select="doi-style")
    first, second = report.entries
    part = replace(report, entries=[first, replace(second, findings=())])

    assert compcite.fix(library, part).texts == {
        "<text>": UNTIDY.replace("https://doi.org/", "") + UNTIDY
    }


def test_libraries_and_reports_can_be_copied_and_sent_to_other_processes(folder: Path) -> None:
    """What comes back is equal, and can still be fixed; nobody is asked again."""
    library = compcite.load(folder / "references.bib", folder / "untidy.bib")
    report = compcite.verify(library)
    sent = pickle.dumps((library, report))
    for made in (copy.deepcopy((library, report)), pickle.loads(sent)):  # noqa: S301 - its own
        assert made == (library, report)
        fixed = compcite.fix(*made)
        assert list(fixed.texts) == [str(folder / "untidy.bib")]
        assert (fixed.report.requests, fixed.report.outages) == (report.requests, report.outages)


def test_two_libraries_are_verified_at_the_same_time(folder: Path) -> None:
    """Threads do not disturb each other."""
    library = compcite.load(folder / "references.bib")
    with ThreadPoolExecutor(max_workers=4) as pool:
        reports = list(pool.map(compcite.verify, [library] * 4))

    alone = [entry.status.value for entry in compcite.verify(library).entries]
    assert [[entry.status.value for entry in report.entries] for report in reports] == [alone] * 4


def test_a_doi_that_a_work_names_can_be_looked_up(folder: Path) -> None:
    """It is a DOI already, not a text."""
    assert folder.is_dir()
    assert compcite.resolve(compcite.DOI(NEFF)) == compcite.resolve(NEFF)


def test_reading_leaves_the_garbage_collector_as_it_was() -> None:
    """A program that runs for months gets its memory back."""
    before = gc.isenabled(), gc.get_freeze_count(), gc.get_threshold()
    compcite.loads(UNTIDY)

    assert (gc.isenabled(), gc.get_freeze_count(), gc.get_threshold()) == before


PROGRAMS = re.findall(r"```python\n(import .*?)```", PAGE.read_text("utf-8"), re.DOTALL)
SAID = [
    "Self-Compassion: An Alternative Conceptualization\nRumination and worry as mediators\n",
    "Crossref Self-Compassion: An Alternative Conceptualization\n",
    "One. (n.d.).\n",
    '"title": "One"',
    "@misc{x, doi = {10.1000/x}}\n",
]


@pytest.mark.parametrize(("program", "said"), list(zip(PROGRAMS, SAID, strict=True)))
def test_a_short_program_of_the_page_runs(
    program: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It takes at most five lines."""
    assert folder.is_dir()
    exec(compile(program, "program.py", "exec"), {})  # noqa: S102 - the page's own

    assert said in capsys.readouterr().out
    assert len(program.strip().splitlines()) - program.count("\n\n") <= 5


def test_the_short_programs_are_typed(tmp_path: Path) -> None:
    """mypy, as strict as it can be, knows every call."""
    files = []
    for number, program in enumerate(PROGRAMS):
        file = tmp_path / f"program{number}.py"
        file.write_text(program, encoding="utf-8")
        files.append(str(file))
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir=cache"]
    checked = subprocess.run(
        [*command, "--scripts-are-modules", *files],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout


def test_at_a_prompt_a_list_is_one_line(folder: Path) -> None:
    """And an entry does not show the text of its whole file."""
    read = compcite.load(folder / "untidy.bib")

    assert repr(read) == f"<Library of 1 entries: {folder / 'untidy.bib'}>"
    assert repr(compcite.check(read)) == "<Report on 1 entries: 0 errors, 1 warning, 0 notes>"
    assert "@misc{" not in repr(read.entries[0])


def test_entries_are_found_by_key_without_reading_the_list_each_time() -> None:
    """The first entry with a key counts, and aliases are keys."""
    read = compcite.loads("@misc{a, ids = {b, c}, title = {One}}\n@misc{b}\n@misc{a}\n")

    assert [read[key].title for key in "abc"] == ["One"] * 3
    assert read._by_key is not None
    with pytest.raises(KeyError, match="'d'"):
        read["d"]
