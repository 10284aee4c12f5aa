"""Keys that no entry has, with what is offered there, and renaming: from documents and lists."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.editor import Editor, editor, pos, rng

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registry_server import RegistryServer

DOI = "10.1080/15298860309032"
LIST = "@misc{smith, title = {One}}\r\n\r\n@misc{jones, title = {Two}, related = {smith}}\r\n"
LOST = rng((1, 31), (1, 35))
PAPER = "😀 \\cite{smith} % smith\r\n\\addbibresource{refs.bib}\\cite{lost}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A list with line ends of Windows, a document that names it, and one that only cites."""
    (tmp_path / "refs.bib").write_bytes(LIST.encode())
    (tmp_path / "main.tex").write_bytes(PAPER.encode())
    (tmp_path / "notes.md").write_text("As @smith says; see `@smith`.\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("Ask @somebody or @smiths.\n", encoding="utf-8")
    return tmp_path


def _rename(ed: Editor, uri: str, place: types.Position, name: str) -> dict[str, list[Any]]:
    """The edits of a renaming, by the names of files."""
    params = types.RenameParams(types.TextDocumentIdentifier(uri), place, name)
    return _edits(ed.run(ed.client.text_document_rename_async(params)))


def _edits(made: Any) -> dict[str, list[Any]]:  # noqa: ANN401 - a class of many forms
    """The edits of a workspace edit, by the names of files: range and new text of each."""
    return {
        one.text_document.uri.rpartition("/")[2]: [
            (each.range, each.new_text) for each in one.edits
        ]
        for one in made.document_changes
    }


def _actions(ed: Editor, uri: str, place: types.Range) -> list[Any]:
    """The actions that are offered at a place, with its diagnostics."""
    shown = [one for one in ed.found(uri) if one.range == place]
    params = types.CodeActionParams(
        types.TextDocumentIdentifier(uri), place, types.CodeActionContext(shown)
    )
    return list(ed.run(ed.client.text_document_code_action_async(params)) or ())


def test_a_key_is_renamed_in_all_files_from_a_document_and_from_the_list(
    running: Editor, folder: Path
) -> None:
    """Texts as the editor holds them; comments and code stay, and what stays is said."""
    with running.within(folder) as ed:
        uri = ed.open_file(folder / "main.tex", "latex")
        here = types.TextDocumentIdentifier(uri)
        asked = types.PrepareRenameParams(here, pos(0, 11))
        offered = ed.run(ed.client.text_document_prepare_rename_async(asked))
        nothing = types.PrepareRenameParams(here, pos(1, 34))
        assert ed.run(ed.client.text_document_prepare_rename_async(nothing)) is None
        made = _rename(ed, uri, pos(0, 11), "smith2003")
        ed.wait_until(lambda: ed.messages)
        listed = ed.open_file(folder / "refs.bib")
        assert _rename(ed, listed, pos(2, 39), "smith2003") == made
    assert offered == types.PrepareRenamePlaceholder(rng((0, 9), (0, 14)), "smith")
    assert made == {
        "refs.bib": [
            (rng((0, 6), (0, 11)), "smith2003"),
            (rng((2, 39), (2, 44)), "smith2003"),
        ],
        "main.tex": [(rng((0, 9), (0, 14)), "smith2003")],
        "notes.md": [(rng((0, 4), (0, 9)), "smith2003")],
    }
    assert (
        ed.messages[0] == "compcite: notes.md:1:23: smith stands here, but cites nothing; it stays"
    )


def test_a_new_key_that_is_taken_or_illegal_is_refused_with_a_sentence(
    running: Editor, folder: Path
) -> None:
    """The reason is that of the command."""
    with running.within(folder) as ed:
        uri = ed.open_file(folder / "main.tex", "latex")
        with pytest.raises(JsonRpcException, match="smith cannot become Jones: jones is the key"):
            _rename(ed, uri, pos(0, 11), "Jones")
        with pytest.raises(JsonRpcException, match="'a,b' cannot be a key"):
            _rename(ed, uri, pos(0, 11), "a,b")


def test_a_list_that_changes_while_a_key_is_renamed_is_not_edited(running: Editor) -> None:
    """The edits of a long list take a second; made for an older text, they would hit other places.

    So the request is refused; the same request for the text as it is now is granted.
    """
    uri = "untitled:long"
    place = pos(0, 10)
    text = "".join(f"@article{{k{n},\n  title = {{T {n}}},\n}}\n" for n in range(1000))
    with running.within() as ed:
        ed.open(uri, text)
        ed.found(uri)
        params = types.RenameParams(types.TextDocumentIdentifier(uri), place, "other")

        async def renamed() -> object:
            return await ed.client.text_document_rename_async(params)

        asked = asyncio.run_coroutine_threadsafe(renamed(), ed.loop)
        ed.change(uri, (rng((3, 0), (3, 0)), "\n"))
        with pytest.raises(JsonRpcException, match="long: changed while k0 was renamed"):
            asked.result(60)
        (edits,) = _rename(ed, uri, place, "other").values()
        assert edits == [(rng((0, 9), (0, 11)), "other")]


def test_an_undefined_key_is_marked_as_it_is_typed(running: Editor, folder: Path) -> None:
    """With the nearest key and its place; severities and ignores are those in force."""
    with running.within(folder) as ed:
        uri = ed.open_file(folder / "main.tex", "latex")
        (lost,) = ed.found(uri)
        ed.change(uri, (LOST, "smiht"))
        (near,) = ed.found(uri)
        ed.change(uri, (rng((1, 31), (1, 36)), "jones"))
        assert ed.found(uri) == []
        config = folder / "compcite.toml"
        config.write_text('[severity]\ncitation-undefined = "note"\n', encoding="utf-8")
        ed.forget()
        ed.files_changed(config)
        ed.change(uri, (rng((1, 31), (1, 36)), "lost"))
        assert [one.severity for one in ed.found(uri)] == [3]
    assert (lost.code, lost.range, lost.severity) == (
        "citation-undefined",
        LOST,
        1,
    )
    assert lost.message == "no entry has the key lost"
    assert near.message == "no entry has the key smiht; did you mean smith?"
    (twin,) = near.related_information or ()
    place = types.Location((folder / "refs.bib").as_uri(), rng((0, 6), (0, 11)))
    assert twin == types.DiagnosticRelatedInformation(place, "the entry smith")


def test_persons_in_a_readme_are_no_citations(running: Editor, folder: Path) -> None:
    """A document that neither names a list nor cites an entry is about something else."""
    with running.within(folder) as ed:
        uri = ed.open_file(folder / "README.md", "markdown")
        assert ed.found(uri) == []
        ed.change(uri, (None, "Ask @somebody, and read @smith.\n"))
        assert ed.codes(uri) == ["citation-undefined"]


def test_a_new_entry_defines_its_key_at_once(running: Editor, folder: Path) -> None:
    """A document is judged again when its list changes in the editor, or is closed again."""
    with running.within(folder) as ed:
        uri = ed.open_file(folder / "main.tex", "latex")
        assert ed.codes(uri) == ["citation-undefined"]
        listed = ed.open_file(folder / "refs.bib")
        ed.forget()
        ed.change(listed, (rng((0, 0), (0, 0)), "@misc{lost, title = {T}}\r\n"))
        ed.wait_until(lambda: uri in ed.diagnostics and not ed.diagnostics[uri].diagnostics)
        ed.close(listed)
        ed.wait_until(lambda: ed.diagnostics[uri].diagnostics)


def test_similar_keys_are_offered_for_an_undefined_one(running: Editor, folder: Path) -> None:
    """The nearest is preferred; its edit replaces the key at this place."""
    with running.within(folder) as ed:
        uri = ed.open_file(folder / "main.tex", "latex")
        ed.change(uri, (LOST, "smiht"))
        (action,) = _actions(ed, uri, rng((1, 31), (1, 36)))
    assert (action.title, action.is_preferred) == ("Cite smith in place of smiht", True)
    assert [one.code for one in action.diagnostics] == ["citation-undefined"]
    assert _edits(action.edit) == {"main.tex": [(rng((1, 31), (1, 36)), "smith")]}


def test_the_work_of_a_cited_doi_is_added_and_cited_by_its_key(
    folder: Path, registry_server: RegistryServer
) -> None:
    """The registry is asked in the background; one edit adds the entry and replaces the DOI."""
    registry_server.add_work(
        DOI,
        title=["Self-Compassion"],
        author=[{"family": "Neff", "given": "Kristin D."}],
        issued={"date-parts": [[2003]]},
    )
    environment = registry_server.environment() | {"COMPCITE_CACHE_DIR": str(folder / "cache")}
    with editor(folder, environment=environment) as ed:
        uri = ed.open_file(folder / "main.tex", "latex")
        ed.change(uri, (LOST, DOI))
        (action,) = _actions(ed, uri, rng((1, 31), (1, 31 + len(DOI))))
        assert action.title == f"Add the work of the DOI {DOI} to refs.bib"
        ed.command("compcite.addCitedWork", uri, DOI)
        ed.wait_until(lambda: ed.edits)
        ed.command("compcite.addCitedWork", uri, "10.1000/none")
        ed.wait_until(lambda: ed.messages)
    made = _edits(ed.edits[0])
    assert made["main.tex"] == [(rng((1, 31), (1, 31 + len(DOI))), "neff2003self")]
    ((place, entry),) = made["refs.bib"]
    assert place == rng((3, 0), (3, 0))
    assert entry.startswith("\r\n@")
    assert "{neff2003self," in entry
    assert [one["kind"] for one in ed.progress] == ["begin", "end"] * 2
    assert ed.messages == ["compcite: 10.1000/none is not registered"]
