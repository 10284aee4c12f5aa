"""An editor without a screen: pygls's client, which starts the server as editors do."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any, Self

from lsprotocol import types
from pygls.lsp.client import LanguageClient

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["Editor", "editor", "pos", "rng"]

_LONG = 30  # seconds until a test that gets no answer fails


def pos(line: int, character: int) -> types.Position:
    """A position, both from 0."""
    return types.Position(line, character)


def rng(start: tuple[int, int], end: tuple[int, int]) -> types.Range:
    """A range of two positions."""
    return types.Range(pos(*start), pos(*end))


class Editor:
    """What tests do with an editor; every method waits for what the server does."""

    def __init__(
        self, client: LanguageClient, loop: asyncio.AbstractEventLoop, patience: float = _LONG
    ) -> None:
        """Take a client whose messages arrive in ``loop``.

        ``patience`` are the seconds after which something that has not arrived is an error.
        """
        self._patience = patience
        self.client = client
        self.loop = loop
        self.diagnostics: dict[str, types.PublishDiagnosticsParams] = {}
        self.messages: list[str] = []
        self.settings: Mapping[str, object] = {}
        self.registered: list[str] = []
        self.progress: list[Any] = []
        self.edits: list[types.WorkspaceEdit] = []
        self.initialized: types.InitializeResult | None = None
        self._arrived = asyncio.Condition()
        self._versions: dict[str, int] = {}

    def run(self, what: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - each answer has its own
        """Run something in the client's loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(what, self.loop).result(self._patience)

    async def arrived(self) -> None:
        """Something has arrived from the server: whoever waits looks again."""
        async with self._arrived:
            self._arrived.notify_all()

    def wait_until(self, wanted: Any) -> None:  # noqa: ANN401 - a function without arguments
        """Wait until ``wanted()`` is true; it is called whenever something arrives."""

        async def wait() -> None:
            async with self._arrived:
                await self._arrived.wait_for(wanted)

        self.run(asyncio.wait_for(wait(), self._patience))

    def open(self, uri: str, text: str, language: str = "bibtex") -> None:
        """Open a text."""
        self._versions[uri] = 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self._tell(self.client.text_document_did_open, types.DidOpenTextDocumentParams(item))

    def open_file(self, path: Path, language: str = "bibtex") -> str:
        """Open a file as it is on disk; return its address."""
        uri = path.as_uri()
        self.open(uri, path.read_bytes().decode("utf-8"), language)
        return uri

    def change(self, uri: str, *changes: tuple[types.Range | None, str]) -> int:
        """Change a text: parts of it, or without a range all of it; return its new version."""
        self._versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        made = [
            types.TextDocumentContentChangePartial(text=text, range=place)
            if place
            else types.TextDocumentContentChangeWholeDocument(text)
            for place, text in changes
        ]
        params = types.DidChangeTextDocumentParams(identifier, made)
        self._tell(self.client.text_document_did_change, params)
        return self._versions[uri]

    def save(self, uri: str) -> None:
        """Say that a text was saved."""
        params = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri))
        self._tell(self.client.text_document_did_save, params)

    def close(self, uri: str) -> None:
        """Close a text."""
        del self._versions[uri]
        params = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        self._tell(self.client.text_document_did_close, params)

    @contextmanager
    def within(self, *folders: Path) -> Iterator[Self]:
        """Add folders for the ``with`` block; all texts are closed at its end."""
        opened = [types.WorkspaceFolder(one.as_uri(), one.name) for one in folders]
        for kept in (self.diagnostics, self.messages, self.edits, self.progress):
            kept.clear()
        self._change_folders(opened, [])
        try:
            yield self
        finally:
            for uri in list(self._versions):
                self.close(uri)
            self._change_folders([], opened)

    def _change_folders(
        self, added: Sequence[types.WorkspaceFolder], removed: Sequence[types.WorkspaceFolder]
    ) -> None:
        """Add folders, and remove others."""
        event = types.WorkspaceFoldersChangeEvent(list(added), list(removed))
        params = types.DidChangeWorkspaceFoldersParams(event)
        self._tell(self.client.workspace_did_change_workspace_folders, params)

    def files_changed(self, *paths: Path) -> None:
        """Say that files have changed on disk."""
        events = [types.FileEvent(path.as_uri(), types.FileChangeType.Changed) for path in paths]
        params = types.DidChangeWatchedFilesParams(events)
        self._tell(self.client.workspace_did_change_watched_files, params)

    def configure(self, settings: Mapping[str, object]) -> None:
        """Change the editor's settings."""
        self.settings = settings
        params = types.DidChangeConfigurationParams(None)
        self._tell(self.client.workspace_did_change_configuration, params)

    def command(self, name: str, *arguments: object) -> Any:  # noqa: ANN401 - each has its own
        """Give a command to the server; return its answer."""
        params = types.ExecuteCommandParams(name, list(arguments))
        return self.run(self.client.workspace_execute_command_async(params))

    def actions(self, uri: str, place: types.Range, *only: str) -> list[types.CodeAction]:
        """The actions for a stretch of a text, of some kinds or of all."""
        diagnostics = [one for one in self.found(uri) if one.range.start.line >= place.start.line]
        context = types.CodeActionContext(diagnostics, list(only) or None)
        identifier = types.TextDocumentIdentifier(uri)
        params = types.CodeActionParams(identifier, place, context)
        return list(self.run(self.client.text_document_code_action_async(params)) or [])

    def resolved(self, action: types.CodeAction) -> types.CodeAction:
        """An action with its edits."""
        made: types.CodeAction = self.run(self.client.code_action_resolve_async(action))
        return made

    def applied(self, text: str, edits: Sequence[types.TextEdit]) -> str:
        """A text in ASCII after some edits, as an editor applies them."""
        starts = [0]
        for line in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))

        def offset(at: types.Position) -> int:
            return starts[at.line] + at.character

        for edit in sorted(edits, key=lambda one: offset(one.range.start), reverse=True):
            start, end = offset(edit.range.start), offset(edit.range.end)
            text = text[:start] + edit.new_text + text[end:]
        return text

    def save_and_wait(self, uri: str) -> None:
        """Say that a text was saved, and wait until the registries have been asked."""
        ended = self._rounds_ended()
        self.save(uri)
        self.wait_until(lambda: self._rounds_ended() > ended)

    def _rounds_ended(self) -> int:
        """How many rounds of questions have ended."""
        return sum(one["kind"] == "end" for one in self.progress)

    def found(self, uri: str) -> list[types.Diagnostic]:
        """The diagnostics of the present version of a text, as soon as they are there.

        The server names the version only once it has judged all of it.
        """
        version = self._versions[uri]
        self.wait_until(
            lambda: uri in self.diagnostics and self.diagnostics[uri].version == version
        )
        return list(self.diagnostics[uri].diagnostics)

    def forget(self) -> None:
        """Forget the diagnostics that have arrived, so that the next ones are waited for."""
        self.diagnostics.clear()

    def codes(self, uri: str) -> list[str]:
        """The names of the rules that a text breaks, in order."""
        return [str(one.code) for one in self.found(uri)]

    def _tell(self, send: Any, params: object) -> None:  # noqa: ANN401 - a method of the client
        """Send a message that has no answer."""

        async def sending() -> None:
            send(params)

        self.run(sending())


@contextmanager
def editor(  # noqa: PLR0913 - what editors differ in
    *folders: Path,
    settings: Mapping[str, object] | None = None,
    encodings: Sequence[str] = ("utf-16",),
    environment: Mapping[str, str] | None = None,
    options: object = None,
    patience: float = _LONG,
    snippets: bool = True,
) -> Iterator[Editor]:
    """An editor with some folders and a running server; both end with the ``with`` block."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    client = LanguageClient("tests", "1")
    made = Editor(client, loop, patience)
    made.settings = settings or {}
    _listen(client, made)
    try:
        made.run(_start(client, environment or {}))
        made.initialized = made.run(
            client.initialize_async(
                types.InitializeParams(
                    capabilities=_capabilities(encodings, snippets=snippets),
                    workspace_folders=[
                        types.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders
                    ],
                    initialization_options=options,
                )
            )
        )
        made._tell(client.initialized, types.InitializedParams())
        try:
            yield made
        finally:
            made.run(client.shutdown_async(None))
            made._tell(client.exit, None)
    finally:
        stop: Any = client.stop  # has no types
        made.run(stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(_LONG)
        loop.close()


async def _start(client: LanguageClient, environment: Mapping[str, str]) -> None:
    """Start the server."""
    await client.start_io(
        sys.executable, "-m", "compcite", "lsp", "--stdio", env={**os.environ, **environment}
    )


def _capabilities(encodings: Sequence[str], *, snippets: bool) -> types.ClientCapabilities:
    """What this editor can do: all that the server asks about, with ``snippets`` also those."""
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(
            position_encodings=[types.PositionEncodingKind(one) for one in encodings]
        ),
        text_document=types.TextDocumentClientCapabilities(
            code_action=types.CodeActionClientCapabilities(
                data_support=True,
                resolve_support=types.ClientCodeActionResolveOptions(["edit"]),
            ),
            completion=types.CompletionClientCapabilities(
                completion_item=types.ClientCompletionItemOptions(snippet_support=snippets)
            ),
        ),
        window=types.WindowClientCapabilities(work_done_progress=True),
        workspace=types.WorkspaceClientCapabilities(
            apply_edit=True,
            configuration=True,
            did_change_configuration=types.DidChangeConfigurationClientCapabilities(
                dynamic_registration=True
            ),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(
                dynamic_registration=True
            ),
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
        ),
    )


def _listen(client: LanguageClient, made: Editor) -> None:
    """Keep what the server sends, and answer what it asks."""

    async def publish(params: types.PublishDiagnosticsParams) -> None:
        made.diagnostics[params.uri] = params
        await made.arrived()

    async def message(params: types.ShowMessageParams) -> None:
        made.messages.append(params.message)
        await made.arrived()

    def configuration(params: types.ConfigurationParams) -> list[object]:
        return [dict(made.settings) for _ in params.items]

    async def register(params: types.RegistrationParams) -> None:
        made.registered += [one.method for one in params.registrations]
        await made.arrived()

    def create(_params: types.WorkDoneProgressCreateParams) -> None:
        return None

    async def progress(params: types.ProgressParams) -> None:
        made.progress.append(params.value)
        await made.arrived()

    async def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        made.edits.append(params.edit)
        await made.arrived()
        return types.ApplyWorkspaceEditResult(applied=True)

    answers: dict[str, Any] = {
        types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish,
        types.WINDOW_SHOW_MESSAGE: message,
        types.WORKSPACE_CONFIGURATION: configuration,
        types.CLIENT_REGISTER_CAPABILITY: register,
        types.WINDOW_WORK_DONE_PROGRESS_CREATE: create,
        types.PROGRESS: progress,
        types.WORKSPACE_APPLY_EDIT: apply,
    }
    for method, function in answers.items():
        client.feature(method)(function)
