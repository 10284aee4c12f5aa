"""Citation keys in documents: completion, hover, definition, references, highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

from tests.lsp.editor import Editor, editor, pos, rng

if TYPE_CHECKING:
    from pathlib import Path

NEFF = (
    "@article{neff2003self,\n  author = {Neff, Kristin D.},\n  title = {Self-Compassion},\n"
    "  journal = {Self and Identity},\n  year = {2003},\n  ids = {old},\n}\n"
)
RAES = (
    "@article{raes2010,\n  author = {Raes, Filip and Pommier, E. and Neff, K.},\n"
    "  title = {Rumination and worry},\n  year = {2010},\n  related = {neff2003self},\n}\n"
)
LANGUAGES = {
    ".tex": "latex",
    ".md": "markdown",
    ".qmd": "quarto",
    ".Rmd": "rmd",
    ".rst": "restructuredtext",
    ".typ": "typst",
    ".org": "org",
    ".Rnw": "rnoweb",
    ".ipynb": "json",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one list of two entries."""
    (tmp_path / "refs.bib").write_text(NEFF + RAES, encoding="utf-8")
    return tmp_path


def _open(ed: Editor, folder: Path, name: str, text: str) -> str:
    """Open a document that is only in the editor; return its address."""
    uri = (folder / name).as_uri()
    ed.open(uri, text, LANGUAGES["." + name.rpartition(".")[2]])
    return uri


def _completions(ed: Editor, uri: str, place: types.Position) -> dict[str, types.CompletionItem]:
    """The offers at a place, by key."""
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), place)
    found = ed.run(ed.client.text_document_completion_async(params))
    return {one.label: one for one in found.items} if found else {}


CITED = [
    ("a.tex", "\\cite{ne|}"),
    ("a.tex", "see \\parencite[p.~3]{raes2010, ne|"),
    ("a.tex", "\\autocites{raes2010}[3]{ne|}"),
    ("a.tex", "\\newcommand{\\my}[1]{\\cite{#1}} \\my{ne|}"),
    ("a.Rnw", "\\cite{ne|}"),
    ("a.md", "[see @ne|]"),
    ("a.md", "As @ne| says"),
    ("a.qmd", "[-@ne|"),
    ("a.Rmd", "---\nnocite: '@ne|'\n---\n"),
    ("a.md", "{cite:p}`ne|`"),
    ("a.rst", ":cite:p:`raes2010,ne|`"),
    ("a.rst", ":cite:`ne|"),
    ("a.typ", "as @ne| says"),
    ("a.typ", "#cite(<ne|>)"),
    ("a.org", "[cite:@raes2010;@ne|]"),
    ("a.org", "[cite/t:@ne|"),
    ("a.org", "cite:ne|"),
    ("a.ipynb", '{"cells": [{"cell_type": "markdown", "source": ["as @ne|"]}]}'),
]
NOT_CITED = [
    ("a.tex", "plain ne|"),
    ("a.tex", "% \\cite{ne|}"),
    ("a.tex", "\\begin{verbatim}\\cite{ne|}\\end{verbatim}"),
    ("a.tex", "\\label{ne|}"),
    ("a.md", "mail someone@ne|"),
    ("a.md", "`@ne|`"),
    ("a.md", "[link](ne|)"),
    ("a.typ", "// @ne|"),
    ("a.rst", ":doc:`ne|`"),
    ("a.org", "# [cite:@ne|]"),
]


def test_keys_are_completed_where_they_are_cited(running: Editor, folder: Path) -> None:
    """In each language, in its own commands too, closed or not; what was typed is replaced."""
    with running.within(folder) as ed:
        for name, text in CITED:
            before, _, behind = text.partition("|")
            lines = before.split("\n")
            uri = _open(ed, folder, name, before + behind)
            place = pos(len(lines) - 1, len(lines[-1]))
            offers = _completions(ed, uri, place)
            assert (text, list(offers)) == (text, ["neff2003self", "old", "raes2010"])
            typed = types.Range(pos(place.line, place.character - 2), place)
            assert offers["raes2010"].text_edit == types.TextEdit(typed, "raes2010")
            ed.close(uri)


def test_nothing_is_offered_where_nothing_is_cited(running: Editor, folder: Path) -> None:
    """Neither in comments and code, nor in other commands, nor in addresses."""
    with running.within(folder) as ed:
        for name, text in NOT_CITED:
            before, _, behind = text.partition("|")
            uri = _open(ed, folder, name, before + behind)
            assert (text, _completions(ed, uri, pos(0, len(before)))) == (text, {})
            ed.close(uri)


def test_an_entry_is_found_by_its_author_and_title(running: Editor, folder: Path) -> None:
    """Words of authors, year and title find a key, and stand in the text that editors filter by."""
    with running.within(folder) as ed:
        uri = _open(ed, folder, "a.tex", "\\cite{rumi} \\cite{pommier worry} \\cite{rs10} \\cite{}")
        assert list(_completions(ed, uri, pos(0, 10))) == ["raes2010"]
        found = _completions(ed, uri, pos(0, 31))["raes2010"]
        assert list(_completions(ed, uri, pos(0, 43))) == ["raes2010"]
        assert list(_completions(ed, uri, pos(0, 51))) == ["neff2003self", "old", "raes2010"]
    assert found.detail == "Raes et al. (2010): Rumination and worry"
    assert found.filter_text == "raes2010 Raes et al. (2010): Rumination and worry"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_columns_are_right_behind_emoji_and_combining_signs(folder: Path, encoding: str) -> None:
    """Positions count in the units of the encoding, also after line ends of Windows."""
    before = "first\r\n😀 é 𝒜 \\cite{"
    line = before.rpartition("\n")[2]
    codec = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(encoding, encoding)
    column = len(line.encode(codec)) // {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    with editor(folder, encodings=[encoding]) as ed:
        uri = _open(ed, folder, "a.tex", before + "ne}\r\n\\cite{neff2003self}\r\n")
        offers = _completions(ed, uri, pos(1, column + 2))
        at = types.DocumentHighlightParams(types.TextDocumentIdentifier(uri), pos(2, 8))
        marked = ed.run(ed.client.text_document_document_highlight_async(at))
    edit = offers["neff2003self"].text_edit
    assert edit == types.TextEdit(rng((1, column), (1, column + 2)), "neff2003self")
    assert [one.range for one in marked] == [rng((2, 6), (2, 18))]


def test_a_command_of_the_main_file_completes_in_a_chapter(running: Editor, folder: Path) -> None:
    """A chapter is read as part of its main file, and uses the main file's list."""
    (folder / "other.bib").write_text("@misc{elsewhere, title = {T}}\n", encoding="utf-8")
    (folder / "main.tex").write_text(
        "\\addbibresource{refs.bib}\\newcommand{\\my}[1]{\\cite{#1}}\n"
        "\\begin{document}\\input{one}\\end{document}\n",
        encoding="utf-8",
    )
    (folder / "one.tex").write_text("", encoding="utf-8")
    with running.within(folder) as ed:
        uri = _open(ed, folder, "one.tex", "\\my{}")
        assert list(_completions(ed, uri, pos(0, 4))) == ["neff2003self", "old", "raes2010"]


def test_a_hover_shows_the_work_and_its_status(running: Editor, folder: Path) -> None:
    """The APA form, and what is known without asking anybody."""
    with running.within(folder) as ed:
        uri = _open(ed, folder, "a.md", "See [@neff2003self].\n")
        params = types.HoverParams(types.TextDocumentIdentifier(uri), pos(0, 8))
        found = ed.run(ed.client.text_document_hover_async(params))
        empty = types.HoverParams(types.TextDocumentIdentifier(uri), pos(0, 1))
        assert ed.run(ed.client.text_document_hover_async(empty)) is None
    assert found.range == rng((0, 6), (0, 18))
    apa, state = found.contents.value.split("\n\n")
    assert apa == "Neff, K. D. (2003). Self-Compassion. *Self and Identity*."
    assert state == "The entry has no DOI."


def test_a_citation_leads_to_its_entry_and_to_all_other_places(
    running: Editor, folder: Path
) -> None:
    """In open texts, on disk, in the list itself; texts that are open count as they are held."""
    (folder / "main.tex").write_text("\\cite{neff2003self}", encoding="utf-8")
    (folder / "b.typ").write_text("@neff2003self", encoding="utf-8")
    with running.within(folder) as ed:
        uri = _open(ed, folder, "main.tex", "\n\\cite{raes2010,old} % neff2003self")
        here = types.TextDocumentIdentifier(uri)
        entry = types.Location((folder / "refs.bib").as_uri(), rng((0, 9), (0, 21)))
        going = types.DefinitionParams(here, pos(1, 15))
        assert ed.run(ed.client.text_document_definition_async(going)) == [entry]
        asking = types.ReferenceParams(types.ReferenceContext(True), here, pos(1, 15))  # noqa: FBT003 - the protocol's
        found = ed.run(ed.client.text_document_references_async(asking))
        asking.context.include_declaration = False
        others = ed.run(ed.client.text_document_references_async(asking))
    places = [
        entry,
        types.Location(entry.uri, rng((5, 9), (5, 12))),
        types.Location(entry.uri, rng((11, 13), (11, 25))),
        types.Location(uri, rng((1, 15), (1, 18))),
        types.Location((folder / "b.typ").as_uri(), rng((0, 1), (0, 13))),
    ]
    assert list(found) == places
    assert list(others) == places[1:]


def test_a_list_leads_to_citations_and_to_entries_that_it_names(
    running: Editor, folder: Path
) -> None:
    """From a key in the list: the entry that it names, its citations, and the same key here."""
    (folder / "a.md").write_text("@raes2010 @neff2003self", encoding="utf-8")
    with running.within(folder) as ed:
        uri = ed.open_file(folder / "refs.bib")
        here = types.TextDocumentIdentifier(uri)
        going = types.DefinitionParams(here, pos(11, 15))
        entry = types.Location(uri, rng((0, 9), (0, 21)))
        assert ed.run(ed.client.text_document_definition_async(going)) == [entry]
        asking = types.ReferenceParams(types.ReferenceContext(False), here, pos(7, 10))  # noqa: FBT003 - the protocol's
        (cited,) = ed.run(ed.client.text_document_references_async(asking))
        at = types.DocumentHighlightParams(here, pos(0, 10))
        marked = ed.run(ed.client.text_document_document_highlight_async(at))
    assert cited == types.Location((folder / "a.md").as_uri(), rng((0, 1), (0, 9)))
    assert [one.range for one in marked] == [rng((0, 9), (0, 21)), rng((11, 13), (11, 25))]
