"""Manuscripts: main documents, what they include, and which lists they use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.config import load_config
from compcite.lsp.manuscripts import Manuscript, Manuscripts
from compcite.lsp.workspace import Workspace, uri_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A main file that names a list, a chapter that it includes, and notes that name another."""
    (tmp_path / "chapters").mkdir()
    for name in ("a.bib", "b.bib"):
        (tmp_path / name).write_text("@misc{k, title = {T}}\n", encoding="utf-8")
    (tmp_path / "main.tex").write_text(
        "\\addbibresource{a.bib}\\begin{document}\\input{chapters/one}", encoding="utf-8"
    )
    (tmp_path / "chapters" / "one.tex").write_text("\\cite{k}", encoding="utf-8")
    (tmp_path / "notes.md").write_text("---\nbibliography: b.bib\n---\n[@k]", encoding="utf-8")
    return tmp_path


def _opened(folder: Path) -> tuple[Workspace, Manuscripts]:
    """The workspace with this folder, and its manuscripts."""
    workspace = Workspace("utf-16")
    workspace.add_folder(uri_of(folder))
    config = load_config(folder)
    return workspace, Manuscripts(workspace, lambda _one: config)


def _named(manuscripts: list[Manuscript]) -> list[tuple[str, list[str]]]:
    """The names of main documents and of the lists that they use."""
    return [(one.main.source.name, [used.source.name for used in one.lists]) for one in manuscripts]


def test_a_chapter_uses_the_list_of_the_main_file(folder: Path) -> None:
    """The chapter is no manuscript of its own, and the list that its main file names counts."""
    workspace, manuscripts = _opened(folder)
    chapter = workspace.document(folder / "chapters" / "one.tex")
    assert _named(manuscripts.of(chapter)) == [("main.tex", ["a.bib"])]


@pytest.mark.parametrize("name", ["_quarto.yml", "_quarto.yaml", "_bookdown.yml"])
def test_the_metadata_of_a_project_name_lists(folder: Path, name: str) -> None:
    """They hold for Markdown in their folder and below, beside what a document names itself."""
    text = "project:\n  type: book\nbibliography:\n  - a.bib\n"
    (folder / name).write_text(text, encoding="utf-8")
    (folder / "chapters" / "two.qmd").write_text("[@k]", encoding="utf-8")
    workspace, manuscripts = _opened(folder)
    named = {
        one: [(own.lists, own.is_bound) for own in manuscripts.of(workspace.document(folder / one))]
        for one in ("chapters/two.qmd", "notes.md")
    }
    a, b = (workspace.document(folder / one) for one in ("a.bib", "b.bib"))
    assert named == {"chapters/two.qmd": [((a,), True)], "notes.md": [((b, a), True)]}


def test_the_manuscripts_of_a_list_are_those_that_use_it(folder: Path) -> None:
    """What the editor holds counts: a document that now names another list has moved to it."""
    workspace, manuscripts = _opened(folder)

    def using(name: str) -> list[str]:
        found = manuscripts.using([workspace.document(folder / name)])
        return [one.main.source.name for one in found]

    assert (using("a.bib"), using("b.bib")) == (["main.tex"], ["notes.md"])
    moved = "\\addbibresource{b.bib}\\begin{document}\\input{chapters/one}"
    workspace.open(uri_of(folder / "main.tex"), "latex", 1, moved)
    assert (using("a.bib"), sorted(using("b.bib"))) == ([], ["main.tex", "notes.md"])


def test_a_chapter_that_is_no_longer_included_stands_for_itself(folder: Path) -> None:
    """Without a main file it uses all lists of the folder, and surely none of them."""
    workspace, manuscripts = _opened(folder)
    workspace.open(uri_of(folder / "main.tex"), "latex", 1, "\\addbibresource{a.bib}")
    (own,) = manuscripts.of(workspace.document(folder / "chapters" / "one.tex"))
    assert _named([own]) == [("chapters/one.tex", ["a.bib", "b.bib"])]
    assert not own.is_bound


def test_files_that_include_one_another_are_read(folder: Path) -> None:
    """A circle of inclusions has no main file; each file stands for itself."""
    workspace, manuscripts = _opened(folder)
    chapter = workspace.open(
        uri_of(folder / "chapters" / "one.tex"), "latex", 1, "\\cite{k}\\input{../main}"
    )
    names = [name for name, _ in _named(manuscripts.of(chapter))]
    assert sorted(names) == ["chapters/one.tex", "main.tex"]


def test_a_configured_document_is_bound_to_the_lists_near(folder: Path) -> None:
    """The configuration says that the document cites, so its lists are those that count."""
    (folder / "compcite.toml").write_text('cited-in = ["plain.md"]\n', encoding="utf-8")
    (folder / "plain.md").write_text("[@lost]", encoding="utf-8")
    workspace, manuscripts = _opened(folder)
    (own,) = manuscripts.of(workspace.document(folder / "plain.md"))
    assert own.is_bound


def test_only_what_has_changed_is_read_again(folder: Path) -> None:
    """As long as no text changes, the manuscripts stay the same objects."""
    workspace, manuscripts = _opened(folder)
    notes = workspace.document(folder / "notes.md")
    (before,) = manuscripts.of(notes)
    assert manuscripts.of(notes)[0] is before
    main = workspace.open(uri_of(folder / "main.tex"), "latex", 1, "changed")
    manuscripts.forget()
    assert manuscripts.of(notes)[0].read is before.read
    assert [one.main.uri for one in manuscripts.of(main)] == [main.uri]
