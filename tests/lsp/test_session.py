"""A session with an editor: starting, texts as the editor holds them, settings, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

from tests.lsp.editor import Editor, editor, rng

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIST = "@article{a,\n  title = {𝒜 é́ title},\n  doi = {https://doi.org/10.1000/1},\n}\n"


@pytest.fixture
def ed(running: Editor, tmp_path: Path) -> Iterator[Editor]:
    """An editor with a folder, for tests that need no settings of their own."""
    with running.within(tmp_path) as made:
        yield made


@pytest.mark.parametrize("encoding", ["utf-8", "utf-32"])
def test_the_first_encoding_of_the_editor_is_used(tmp_path: Path, encoding: str) -> None:
    """Columns count units of the encoding that server and editor agree on, also behind an emoji."""
    text = "@article{a, title = {😀é}, doi = {https://doi.org/10.1000/1}}\n"
    with editor(tmp_path, encodings=[encoding, "utf-16"]) as ed:
        assert ed.initialized is not None
        assert ed.initialized.capabilities.position_encoding == encoding
        ed.open("file:///x/refs.bib", text)
        (style,) = [one for one in ed.found("file:///x/refs.bib") if one.code == "doi-style"]
    before = text[: text.index("doi =")]
    units = {"utf-8": 1, "utf-32": 4}[encoding]
    wanted = len(before.encode({"utf-32": "utf-32-le"}.get(encoding, encoding)))
    assert style.range.start.character == wanted // units


def test_what_is_typed_counts_before_it_is_saved(ed: Editor, tmp_path: Path) -> None:
    """A finding goes when its cause is typed away, while the file on disk still has it."""
    path = tmp_path / "refs.bib"
    path.write_text(LIST, encoding="utf-8")
    uri = ed.open_file(path)
    assert "doi-style" in ed.codes(uri)
    ed.change(uri, (rng((2, 9), (2, 25)), ""))
    assert "doi-style" not in ed.codes(uri)
    ed.change(uri, (None, LIST))
    assert "doi-style" in ed.codes(uri)


def test_a_text_that_was_never_saved_is_judged(ed: Editor) -> None:
    """The language that the editor gives a text tells that it is a list."""
    ed.open("untitled:Untitled-1", LIST)
    assert "doi-style" in ed.codes("untitled:Untitled-1")


def test_a_file_outside_of_all_folders_is_judged(running: Editor, tmp_path: Path) -> None:
    """No folder is needed to judge a list."""
    path = tmp_path / "refs.bib"
    path.write_text(LIST, encoding="utf-8")
    with running.within() as ed:
        assert "doi-style" in ed.codes(ed.open_file(path))


def test_each_folder_has_its_own_configuration(running: Editor, tmp_path: Path) -> None:
    """In a session with several folders, the nearest configuration counts for each list."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "refs.bib").write_text(LIST, encoding="utf-8")
    (folders[0] / "compcite.toml").write_text('ignore = ["doi-style"]\n', encoding="utf-8")
    with running.within(*folders) as ed:
        codes = [ed.codes(ed.open_file(folder / "refs.bib")) for folder in folders]
    assert ["doi-style" in one for one in codes] == [False, True]


def test_the_configuration_sets_severities_and_is_read_again(
    running: Editor, tmp_path: Path
) -> None:
    """A change of the configuration file counts at once for the lists that are open."""
    path, config = tmp_path / "refs.bib", tmp_path / "compcite.toml"
    path.write_text(LIST, encoding="utf-8")
    config.write_text('[severity]\ndoi-style = "error"\n', encoding="utf-8")
    with running.within(tmp_path) as ed:
        uri = ed.open_file(path)
        assert [one.severity for one in ed.found(uri) if one.code == "doi-style"] == [1]
        config.write_text('[severity]\ndoi-style = "note"\n', encoding="utf-8")
        ed.files_changed(config)
        ed.wait_until(lambda: _severities(ed, uri) == [3])


def test_settings_of_the_editor_override_the_configuration(tmp_path: Path) -> None:
    """The editor's settings have the keys of the configuration; a wrong one is one message."""
    path = tmp_path / "refs.bib"
    path.write_text(LIST, encoding="utf-8")
    settings = {"ignore": ["doi-style"], "selct": []}
    with editor(tmp_path, settings=settings) as ed:
        uri = ed.open_file(path)
        ed.wait_until(lambda: uri in ed.diagnostics and not _has(ed.diagnostics[uri], "doi-style"))
        messages = list(ed.messages)
    wanted = "compcite: the editor's settings: unknown key 'selct'; did you mean 'select'?"
    assert messages == [wanted]


def test_options_of_the_start_are_settings_too(tmp_path: Path) -> None:
    """An editor that cannot be asked for settings gives them when it starts the server."""
    with editor(tmp_path, options={"ignore": ["doi-style"]}) as ed:
        ed.open("untitled:a", LIST)
        assert "doi-style" not in ed.codes("untitled:a")


def test_a_closed_text_has_no_diagnostics(ed: Editor) -> None:
    """The editor is told to drop the diagnostics of a closed text."""
    ed.open("untitled:a", LIST)
    assert ed.found("untitled:a")
    ed.close("untitled:a")
    ed.wait_until(lambda: not ed.diagnostics["untitled:a"].diagnostics)


def test_the_editor_is_asked_to_tell_of_files_and_settings(ed: Editor) -> None:
    """Where the editor can, it tells of changes of the configuration on disk and of settings."""
    ed.wait_until(lambda: ed.registered)
    assert sorted(ed.registered) == [
        "workspace/didChangeConfiguration",
        "workspace/didChangeWatchedFiles",
    ]


def _severities(ed: Editor, uri: str) -> list[int]:
    """The severities with which one rule is shown at present."""
    found = ed.diagnostics[uri].diagnostics
    return [int(one.severity or 0) for one in found if one.code == "doi-style"]


def _has(params: types.PublishDiagnosticsParams, rule: str) -> bool:
    """Whether a rule is among the diagnostics."""
    return any(one.code == rule for one in params.diagnostics)


def test_every_line_end_counts_as_in_a_list(ed: Editor) -> None:
    """Lines end with CR LF and with a lone CR, too; a form feed or U+2028 ends none."""
    for end in ("\n", "\r\n", "\r"):
        ed.open("untitled:ends", "% \u2028\x0c\n" + LIST.replace("\n", end))
        places = [one.range for one in ed.found("untitled:ends") if one.code == "doi-style"]
        assert places == [rng((3, 2), (3, 35))]
        ed.change("untitled:ends", (rng((3, 9), (3, 25)), ""))
        assert "doi-style" not in ed.codes("untitled:ends")
        ed.close("untitled:ends")
        ed.forget()


def test_an_address_may_be_spelled_in_another_way(ed: Editor, tmp_path: Path) -> None:
    """Some clients write a blank as it is in one message and as ``%20`` in another."""
    opened = f"{tmp_path.as_uri()}/my%20list.bib"
    ed.open(opened, LIST)
    assert "doi-style" in ed.codes(opened)
    spelled = opened.replace("%20", " ")
    identifier = types.VersionedTextDocumentIdentifier(2, spelled)
    change = types.TextDocumentContentChangeWholeDocument("@misc{b, title = {T}, year = 2003}\n")
    params = types.DidChangeTextDocumentParams(identifier, [change])
    ed.loop.call_soon_threadsafe(ed.client.text_document_did_change, params)
    ed.wait_until(lambda: ed.diagnostics[opened].version == params.text_document.version)
    assert "doi-style" not in [one.code for one in ed.diagnostics[opened].diagnostics]


@pytest.mark.parametrize("uri", ["http://[x/refs.bib", "file://[x/refs.bib"])
def test_an_address_that_cannot_be_taken_apart_is_no_file(ed: Editor, uri: str) -> None:
    """The text is judged as one that was never saved."""
    ed.open(uri, LIST)
    assert "doi-style" in ed.codes(uri)
    ed.close(uri)
