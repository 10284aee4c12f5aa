"""Every command that README.md and the pages of the documentation show runs.

Each runs in a folder with the files that the pages name, against the stand-in for the registries.
It may find something (1), and a service may not know an identifier (3); but it is understood, and
its sources, keys and options are there: it does not end with 2. In README.md, ``references.bib`` is
the list of the repository, so its keys are those that a reader has who tries it.
"""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import tarfile
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode
from tests.test_pages import shown_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

ROOT = Path(__file__).parents[2]
LIST = (ROOT / "data" / "references.bib").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# The everyday page runs from top to bottom in test_recipes.
RUN_ELSEWHERE = {"everyday.md"}
PLACEHOLDERS = {
    "OLD": "raes2010rumination",
    "NEW": "raes2010",
    "NAME": "year-mismatch",
    "RULE": "year-mismatch",
    "FILE": "paper.bib",
    "FORMAT": "bibtex",
    "FORM": "{author}{year}",
    "STYLE": "ieee",
    "DOI": "10.1037/cou0000275",
    "DOI…": "10.1037/cou0000275",
}
# Alone, these are only named: "`compcite edit` keeps …".
TAKE_SOMETHING = {"add", "audit", "cite", "convert", "edit", "find", "import", "open", "remove"}
TAKE_SOMETHING |= {"rename", "resolve", "show", "snapshot build", "snapshot info"}
ENTRIES = {
    "neff2003self": "abstract = {A}, file = {a.pdf}, doi = {10.1080/15298860309032}",
    "neff03": "author = {Neff, Kristin}, title = {A Scale}, year = {2003}",
    "au2017": "author = {Au, T.}, title = {One Work}, year = {2017}, doi = {10.1000/one}",
    "au17": "author = {Au, T.}, title = {One Work}, year = {2017}, doi = {10.1000/one}",
    "vaswani2017attention": "title = {Attention}, eprint = {1706.03762}, archiveprefix = {arXiv}",
}
"""The entries that pages of the documentation name, with their fields."""
REGISTERED = [
    *re.findall(r"doi *= \{(.*)\}", LIST),
    "10.1080/15298860309032",
    "10.1000/one",
]
DOCUMENTS = {
    "paper.tex": "As \\citet{raes2010rumination} says.",
    "paper.aux": "\\citation{raes2010rumination}",
    "appendix/a.md": "As @raes2010rumination says.",
    "chapters/1.tex": "\\cite{zessin2015relationship}",
    "chapters/1.qmd": "@zessin2015relationship",
    "list.txt": "Neff, K. (2003). Self-compassion. Self and Identity, 2(2), 85-101.",
    "export.ris": "TY  - JOUR\nTI  - A Title\nAU  - Doe, Jane\nPY  - 2019\nER  - \n",
}
LISTS = (
    *("references.bib", "paper.bib", "thesis.bib", "coauthor.bib", "refs.bib", "hand.bib"),
    *("submissions/1.bib", "2026/1.bib"),
)
DATA_FILES = ("crossref.tar", "crossref-monthly.tar", "datacite.tar")
ARCHIVES = {"2026.tar.gz": "gztar", "all.zip": "zip"}
SAME_AS = {"library.ris": "export.ris", "references.txt": "list.txt"}


def documented() -> Iterator[tuple[str, str]]:
    """The command lines of README.md and of the pages, each with the page that shows it first."""
    seen: set[str] = set()
    for page in PAGES:
        for line in shown_commands(page.read_text(encoding="utf-8")):
            words = line.partition(" ")[2]
            on_spark = line.endswith("\\")  # the commands of two lines, which need a cluster
            alone = words in TAKE_SOMETHING
            if page.name in RUN_ELSEWHERE or line in seen or alone or on_spark:
                continue
            seen.add(line)
            yield page.name, line


def arguments(line: str, key: str) -> list[str]:
    """The arguments of a command line, with names in place of placeholders and of patterns."""
    named = PLACEHOLDERS | {"KEY": key}
    words = [named.get(word, word) for word in shlex.split(line)[1:]]
    return [name for word in words for name in (sorted(glob(word)) or [word])]  # noqa: PTH207


def add_snapshot(folder: Path, compcite: Compcite) -> None:
    """Put a snapshot and data files into a folder; without its extra, the test is left out."""
    pytest.importorskip("duckdb")
    record = {"DOI": "10.1000/one", "type": "journal-article", "title": ["One Work"]}
    other = {"doi": "10.5072/one", "titles": [{"title": "Another Work"}]}
    (folder / "new").mkdir()
    (folder / "new" / "0.json").write_text(json.dumps([record, other]), encoding="utf-8")
    for name in DATA_FILES:
        with tarfile.open(folder / name, "w") as tar:
            tar.add(folder / "new" / "0.json", "0.json")
    compcite("snapshot", "build", "snapshot", "new")


@pytest.fixture
def files(folder: Path, registries: RegistryServer, compcite: Compcite) -> Path:
    """A folder with everything that the pages name."""
    for doi in REGISTERED:
        registries.add_work(doi)
    for name, text in DOCUMENTS.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name, original in SAME_AS.items():
        (folder / name).write_text(DOCUMENTS[original], encoding="utf-8")
    for name in LISTS:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(LIST, encoding="utf-8")
    for name, kind in ARCHIVES.items():
        shutil.make_archive(name.partition(".")[0], kind, folder / "2026")
    compcite("check", "references.bib", "--write-baseline", "baseline.json")
    return folder


@pytest.mark.parametrize(("page", "line"), list(documented()))
def test_a_command_that_a_page_shows_runs(
    page: str, line: str, files: Path, compcite: Compcite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not end with 2."""
    monkeypatch.setenv("VISUAL", "true")
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    words = arguments(line, "raes2010rumination" if page == "README.md" else "neff2003self")
    if page != "README.md":
        known = [key for key in ENTRIES if words[:1] != ["rename"] or key not in words[2:3]]
        entries = "".join(f"\n@article{{{key}, {ENTRIES[key]}}}\n" for key in known)
        (files / "references.bib").write_text(LIST + entries, encoding="utf-8")
    if "old-list.docx" in words:
        compcite("export", "references.bib", "--output", "old-list.docx")

    if words[0] == "audit":
        pytest.importorskip("pyarrow")
    if "snapshot" in words[:1] or "--snapshot" in words:
        add_snapshot(files, compcite)

    result = compcite(*words)

    assert result.code in {ExitCode.OK, ExitCode.FINDINGS, ExitCode.UNVERIFIED}, result.err
