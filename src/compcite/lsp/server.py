"""The server of the language server protocol, on pygls: unpack a message, call, pack the answer.

To add a feature, write a function ``(session, document, params) -> answer`` and a line in
:data:`FEATURES`: the function of the same request may be another one for a list and for a document
that cites.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import isawaitable, iscoroutinefunction
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from compcite.errors import CompciteError
from compcite.formats.citing.named_lists import PROJECT_FILES
from compcite.lsp import actions, citation_actions, citations, fields, renaming
from compcite.lsp.cited_works import add_cited_work
from compcite.lsp.session import Session
from compcite.lsp.settings import SECTION
from compcite.lsp.workspace import LIST, Document, uri_of
from compcite.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FEATURES", "Feature", "Server", "serve"]

Answer = Callable[[Session, Document, Any], object]


@dataclass(frozen=True, slots=True)
class Feature:
    """A request about one text: who answers it for a list, and who for a document that cites.

    None where the request has no answer for texts of that kind. ``options`` are what the protocol
    lets a server say about the feature.
    """

    method: str
    on_list: Answer | None = None
    on_document: Answer | None = None
    options: object = None


FEATURES: tuple[Feature, ...] = (
    Feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        actions.code_actions,
        citation_actions.code_actions,
        types.CodeActionOptions(list(actions.KINDS), resolve_provider=True),
    ),
    Feature(types.TEXT_DOCUMENT_HOVER, fields.hover, citations.hover),
    Feature(
        types.TEXT_DOCUMENT_COMPLETION,
        fields.complete,
        citations.complete,
        # The signs behind which a type of entries, or a cited key, may begin.
        types.CompletionOptions(
            trigger_characters=["@", "{", ",", "`", "<", "&", ":"], resolve_provider=True
        ),
    ),
    Feature(
        types.TEXT_DOCUMENT_DEFINITION,
        citations.definition_in_list,
        citations.definition_in_document,
    ),
    Feature(
        types.TEXT_DOCUMENT_REFERENCES,
        citations.references_in_list,
        citations.references_in_document,
    ),
    Feature(
        types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT,
        citations.highlights_in_list,
        citations.highlights_in_document,
    ),
    Feature(
        types.TEXT_DOCUMENT_RENAME,
        renaming.rename_in_list,
        renaming.rename_in_document,
        types.RenameOptions(prepare_provider=True),
    ),
    Feature(
        types.TEXT_DOCUMENT_PREPARE_RENAME,
        renaming.prepare_in_list,
        renaming.prepare_in_document,
    ),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, on_list=fields.symbols),
    Feature(types.TEXT_DOCUMENT_FORMATTING, on_list=fields.format_list),
)
"""All requests about one text that are answered."""


class Refused(JsonRpcException):
    """A request that cannot be granted, with the reason as the commands would say it."""


_WATCHED = (
    "**/*.bib",
    "**/compcite.toml",
    "**/pyproject.toml",
    "**/compcite.lock",
    *(f"**/{name}" for name in PROJECT_FILES),
)


class _Protocol(LanguageServerProtocol):
    """pygls's protocol without its own copies of the open texts.

    The session keeps the texts. pygls would end lines also at signs such as U+2028, which end none
    in the protocol, and it reads all lines of a text anew for each keystroke.
    """

    _server: Server

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Tell the session that the editor has opened a text."""
        self._server.session.opened(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Tell the session how a text was changed."""
        self._server.session.changed(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Tell the session of a text that was closed."""
        self._server.session.closed(params.text_document.uri)

    def send_json(self, body: str) -> None:
        """Send a message that is JSON already; pygls makes JSON of objects, one by one."""
        if self.writer is not None:
            sent = body.encode(self.CHARSET)
            self.writer.write(f"Content-Length: {len(sent)}\r\n\r\n".encode("ascii") + sent)


class Server(LanguageServer):
    """The server, and the session with the one editor that started it."""

    protocol: _Protocol
    session: Session

    def __init__(self) -> None:
        """Take nothing from the editor yet."""
        super().__init__(SECTION, __version__, protocol_cls=_Protocol)

    def show_diagnostics(self, uri: str, version: int | None, diagnostics: Sequence[str]) -> None:
        """Show the diagnostics of a text, which are JSON, in place of those before."""
        params = {"uri": uri} | ({} if version is None else {"version": version})
        message = {
            "jsonrpc": "2.0",
            "method": types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS,
            "params": params | {"diagnostics": []},
        }
        # The empty list is the end of the message, so the diagnostics go into it.
        body = json.dumps(message).removesuffix("]}}")
        self.protocol.send_json(f"{body}{','.join(diagnostics)}]}}}}")

    async def begin_progress(self, token: str, title: str) -> None:
        """Show that something is being done; nothing where the editor does not show such things."""
        window = self.session.capabilities.window
        if window and window.work_done_progress:
            await self.work_done_progress.create_async(token)
            begin = types.WorkDoneProgressBegin(title, cancellable=True, percentage=0)
            self.work_done_progress.begin(token, begin)

    def report_progress(self, token: str, done: int, wanted: int) -> None:
        """Show how much is done."""
        if token in self.work_done_progress.tokens:
            said = types.WorkDoneProgressReport(
                message=f"{done} of {wanted}", percentage=100 * done // max(wanted, 1)
            )
            self.work_done_progress.report(token, said)

    async def apply_edit(self, label: str, edit: types.WorkspaceEdit) -> None:
        """Let the editor change texts."""
        await self.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, label))

    def end_progress(self, token: str, message: str) -> None:
        """Show that it is over."""
        if self.work_done_progress.tokens.pop(token, None) is not None:
            self.work_done_progress.end(token, types.WorkDoneProgressEnd(message=message))


def serve() -> None:
    """Serve an editor on standard input and output until it ends the session."""
    # What is refused is told to the user; in the editor's log it would look like a bug.
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_no_refusal)
    made_server().start_io()


def _is_no_refusal(record: logging.LogRecord) -> bool:
    """Whether a message for the log is about something else than a request that was refused."""
    return not (record.exc_info and isinstance(record.exc_info[1], Refused))


def made_server() -> Server:
    """A server that answers all requests of :data:`FEATURES`, other messages, and commands."""
    server = Server()
    for method, function in _OTHERS.items():
        server.feature(method)(function)
    for name, command in _COMMANDS.items():
        server.command(name)(command)
    for feature in FEATURES:
        server.feature(feature.method, feature.options)(_answering(feature))
    return server


def _answering(feature: Feature) -> Callable[[Server, Any], object]:
    """The function that answers a request: for the text that it names, by the text's kind.

    The answer is None for a text that is not open, or of a kind without an answer. An error of
    compcite becomes :class:`Refused`.
    """

    def answer(ls: Server, params: Any) -> object:  # noqa: ANN401 - each request has its own
        document = ls.session.workspace.get(params.text_document.uri)
        if document is None:
            return None
        function = feature.on_list if document.kind == LIST else feature.on_document
        with _refusing():
            return function(ls.session, document, params) if function and document.kind else None

    async def answer_later(ls: Server, params: Any) -> object:  # noqa: ANN401 - as above
        answered = answer(ls, params)
        with _refusing():
            return await answered if isawaitable(answered) else answered

    waits = any(map(iscoroutinefunction, (feature.on_list, feature.on_document)))
    return answer_later if waits else answer


@contextmanager
def _refusing() -> Iterator[None]:
    """Refuse a request that cannot be granted."""
    try:
        yield
    except CompciteError as reason:
        raise Refused(str(reason), types.LSPErrorCodes.RequestFailed) from None


def _initialize(ls: Server, params: types.InitializeParams) -> None:
    """Begin the session: take the editor's folders and what it can do."""
    encoding = ls.workspace.position_encoding or types.PositionEncodingKind.Utf16
    ls.session = Session(ls, encoding, params.capabilities)
    folders = [folder.uri for folder in params.workspace_folders or ()]
    for uri in folders or filter(None, [params.root_uri]):
        ls.session.workspace.add_folder(uri)
    ls.session.configure({None: params.initialization_options})


async def _initialized(ls: Server, _params: types.InitializedParams) -> None:
    """Ask the editor for its settings, and to tell of changes of settings and files."""
    registrations = list(_registrations(ls.session.capabilities))
    if registrations:
        await ls.client_register_capability_async(types.RegistrationParams(registrations))
    await _ask_for_settings(ls)


def _registrations(can: types.ClientCapabilities) -> Iterator[types.Registration]:
    """The messages that the editor sends only to a server that asks for them."""
    workspace = can.workspace
    watching = workspace and workspace.did_change_watched_files
    if watching and watching.dynamic_registration:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        yield types.Registration(
            "files",
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
            types.DidChangeWatchedFilesRegistrationOptions(watchers),
        )
    changing = workspace and workspace.did_change_configuration
    if changing and changing.dynamic_registration:
        yield types.Registration(
            "settings",
            types.WORKSPACE_DID_CHANGE_CONFIGURATION,
            types.DidChangeConfigurationRegistrationOptions(SECTION),
        )


async def _ask_for_settings(ls: Server) -> bool:
    """Take the editor's settings for each folder; False where the editor cannot be asked.

    If the editor gives none at all, those that are in force stay.
    """
    can = ls.session.capabilities.workspace
    if not (can and can.configuration):
        return False
    folders: list[Path | None] = [None, *ls.session.workspace.folders]
    items = [
        types.ConfigurationItem(scope_uri=uri_of(folder) if folder else None, section=SECTION)
        for folder in folders
    ]
    given = await ls.workspace_configuration_async(types.ConfigurationParams(items))
    settings: dict[Path | None, object] = dict(zip(folders, given, strict=False))
    if any(settings.values()):
        ls.session.configure(settings)
    return True


async def _settings_changed(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    """The editor's settings have changed: ask for them, or take those of the message."""
    if not await _ask_for_settings(ls):
        given = params.settings if isinstance(params.settings, dict) else {}
        ls.session.configure({None: given.get(SECTION, given)})


def _folders_changed(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Take folders that were added to the editor or removed, and judge all open texts again."""
    for folder in params.event.removed:
        ls.session.workspace.remove_folder(folder.uri)
    for folder in params.event.added:
        ls.session.workspace.add_folder(folder.uri)
    ls.session.reload()


def _files_changed(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """Tell the session which files have changed on disk."""
    ls.session.files_changed(params.changes)


def _saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """Tell the session that a text was saved."""
    ls.session.saved(params.text_document.uri)


def _verify(ls: Server, uri: str) -> None:
    """Ask the registries about a list, as saving it does."""
    ls.session.verify(uri)


def _add_cited_work(ls: Server, uri: str, key: str) -> None:
    """Add the work of a cited DOI to the document's list, and cite it by its new key."""
    ls.session.in_background(add_cited_work(ls.session, uri, key))


_COMMANDS: Mapping[str, Callable[..., object]] = {
    "compcite.verify": _verify,
    citation_actions.ADD_CITED_WORK: _add_cited_work,
}
"""The commands that an editor can give to the server, by their names."""


def _progress_cancelled(ls: Server, params: types.WorkDoneProgressCancelParams) -> None:
    """End the round of questions for which the user does not want to wait."""
    ls.session.cancel(str(params.token))


async def _resolve_action(ls: Server, params: types.CodeAction) -> types.CodeAction:
    """Make the edits of an action that the user has chosen."""
    return await actions.resolve(ls.session, params)


def _resolve_completion(ls: Server, params: types.CompletionItem) -> types.CompletionItem:
    """Describe the entry of an offered key at which the user looks."""
    return citations.resolve(ls.session, params)


async def _workspace_symbols(
    ls: Server, params: types.WorkspaceSymbolParams
) -> list[types.WorkspaceSymbol]:
    """The entries of all lists that have the words of a query."""
    return await fields.workspace_symbols(ls.session, params.query)


def _shut_down(ls: Server, _params: None) -> None:
    """End everything that is under way, since the editor ends the session."""
    ls.session.end()


_OTHERS: Mapping[str, Callable[[Server, Any], object]] = {
    types.CODE_ACTION_RESOLVE: _resolve_action,
    types.COMPLETION_ITEM_RESOLVE: _resolve_completion,
    types.WORKSPACE_SYMBOL: _workspace_symbols,
    types.INITIALIZE: _initialize,
    types.INITIALIZED: _initialized,
    types.SHUTDOWN: _shut_down,
    types.TEXT_DOCUMENT_DID_SAVE: _saved,
    types.WINDOW_WORK_DONE_PROGRESS_CANCEL: _progress_cancelled,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: _settings_changed,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _files_changed,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: _folders_changed,
}
