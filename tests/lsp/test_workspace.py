"""Which lists belong to which document: named, configured, around it, never saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.config import load_config
from compcite.formats.citing.named_lists import named_lists
from compcite.lsp.workspace import LIST, Workspace, uri_of
from compcite.model.source import SourceFile

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("a.tex", "\\addbibresource[location=local]{l/a.bib}\n%\\addbibresource{b}", ["l/a.bib"]),
        ("a.tex", "\\bibliography{one, two.bib}\\nobibliography{one}", ["one.bib", "two.bib"]),
        ("a.tex", "100\\% \\addbibresource{a.bib}", ["a.bib"]),
        ("a.md", "---\ntitle: T\nbibliography: refs.bib # mine\n---\n", ["refs.bib"]),
        ("a.qmd", "---\nbibliography:\n  - a.bib\n  - 'b.json'\n---\n", ["a.bib", "b.json"]),
        ("a.md", "---\nbibliography: [a.bib, 'b.bib']\n...\n", ["a.bib", "b.bib"]),
        ("a.md", "bibliography: no-header.bib\n", []),
        ("a.typ", '#bibliography("a.bib", style: "ieee", title: [Works])', ["a.bib"]),
        ("a.typ", '#bibliography(("a.bib", "b.yml"))\n// bibliography("c")', ["a.bib", "b.yml"]),
        ("a.org", "#+BIBLIOGRAPHY: refs.bib\n", ["refs.bib"]),
        ("a.rst", ".. bibliography:: a.bib b.bib\n", ["a.bib", "b.bib"]),
        ("a.tex", "no list", []),
    ],
)  # fmt: skip
def test_a_document_names_its_lists(name: str, text: str, wanted: list[str]) -> None:
    """Each kind of document has its own way; comments do not count."""
    assert named_lists(SourceFile(name, text)) == wanted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two lists, a main file that names one, and a chapter in a folder below."""
    (tmp_path / "chapters").mkdir()
    for name in ("a.bib", "b.bib"):
        (tmp_path / name).write_text("@misc{k, title = {T}}\n", encoding="utf-8")
    (tmp_path / "main.tex").write_text("\\addbibresource{a.bib}\\cite{k}", encoding="utf-8")
    chapter = tmp_path / "chapters" / "one.tex"
    chapter.write_text("\\bibliography{b}\\cite{k}", encoding="utf-8")
    return tmp_path


def _lists(workspace: Workspace, path: Path) -> list[str]:
    """The names of the lists of a document."""
    document = workspace.document(path)
    return [one.source.name for one in workspace.lists_of(document, load_config(path.parent))]


def test_a_named_list_is_found_in_the_folders_above(folder: Path) -> None:
    """LaTeX reads a chapter in the folder of its main file."""
    workspace = Workspace("utf-16")
    workspace.add_folder(uri_of(folder))
    assert _lists(workspace, folder / "main.tex") == ["a.bib"]
    assert _lists(workspace, folder / "chapters" / "one.tex") == ["b.bib"]


def test_without_a_name_the_configuration_counts_then_the_folder(folder: Path) -> None:
    """A document that names no list uses the configured sources, else all lists around it."""
    other = folder / "notes.md"
    other.write_text("[@k]", encoding="utf-8")
    workspace = Workspace("utf-16")
    workspace.add_folder(uri_of(folder))
    assert _lists(workspace, other) == ["a.bib", "b.bib"]
    (folder / "compcite.toml").write_text('sources = ["b.bib"]\n', encoding="utf-8")
    assert _lists(workspace, other) == ["b.bib"]


def test_without_a_folder_the_lists_beside_count(folder: Path) -> None:
    """A single file that was opened alone uses the lists in its own folder."""
    other = folder / "notes.md"
    other.write_text("[@k]", encoding="utf-8")
    assert _lists(Workspace("utf-16"), other) == ["a.bib", "b.bib"]


def test_texts_that_were_never_saved_belong_together(folder: Path) -> None:
    """A new document finds the new list beside it, and the lists of the folder."""
    workspace = Workspace("utf-16")
    workspace.add_folder(uri_of(folder))
    assert workspace.open("untitled:Untitled-1", "bibtex", 1, "").kind == LIST
    document = workspace.open("untitled:Untitled-2", "latex", 1, "\\cite{k}")
    names = [one.source.name for one in workspace.lists_of(document, load_config(folder))]
    assert names == ["a.bib", "b.bib", "Untitled-1"]


def test_what_the_editor_holds_comes_before_the_disk(folder: Path) -> None:
    """Two spellings of one address are one text; once closed, the file counts again."""
    workspace = Workspace("utf-16")
    path = folder / "a.bib"
    spelled = uri_of(path).replace("a.bib", "%61.bib")
    workspace.open(spelled, "bibtex", 1, "typed")
    assert workspace.source(path).text == "typed"
    workspace.close(uri_of(path))
    assert workspace.source(path).text.startswith("@misc")
    path.write_text("changed", encoding="utf-8")
    assert workspace.source(path).text == "changed"


def test_of_a_folder_that_is_too_large_only_files_beside_open_ones_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor that is started in a home folder still answers; the user is told why."""
    monkeypatch.setattr("compcite.lsp.workspace._MOST_FILES", 2)
    for name in ("paper/refs.bib", "paper/paper.tex", "other/refs.bib", "other/other.tex"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    told: list[str] = []
    workspace = Workspace("utf-16", told.append)
    workspace.add_folder(uri_of(tmp_path))
    paper = tmp_path / "paper/paper.tex"

    document = workspace.open(uri_of(paper), "latex", 1, "")

    assert workspace.documents_near(document) == [document]
    assert _lists(workspace, paper) == ["paper/refs.bib"]
    assert [sentence.partition(" has ")[0] for sentence in told] == [str(tmp_path)]
