"""A session with one editor: what it holds, what is in force, and when a list is judged."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from lsprotocol import types

from compcite.lsp.diagnostics import Diagnostics
from compcite.lsp.lists import OpenList, Step
from compcite.lsp.settings import SECTION, Project, project_of
from compcite.lsp.workspace import LIST, Workspace, path_of, uri_of
from compcite.verbs.load import library_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from compcite.lsp.workspace import Document
    from compcite.model.library import Library

__all__ = ["Client", "Session"]

_PAUSE = 0.05
"""Seconds without a change until a list is judged.

A fast typist takes some 80 ms from key to key, so the findings of each stroke are seen; of a key
that is held down (every 30 ms) only the last one counts.
"""

_REST = 0.3
"""Seconds without a change until the last step of judging a long list: a pause in the typing."""

_CONFIGURATION_FILES = ("compcite.toml", "pyproject.toml")


class Client(Protocol):
    """What a session tells the editor; pygls's server has these methods."""

    def show_diagnostics(self, uri: str, version: int | None, diagnostics: Sequence[str]) -> None:
        """Show the diagnostics of a text, which are JSON, in place of those before."""

    def window_show_message(self, params: types.ShowMessageParams) -> None:
        """Show a message."""


class Session:
    """The state of the server between two messages of the editor."""

    def __init__(
        self, client: Client, encoding: str, capabilities: types.ClientCapabilities
    ) -> None:
        """Start with nothing open."""
        self.client = client
        self.capabilities = capabilities
        self.workspace = Workspace(encoding)
        self.lists: dict[str, OpenList] = {}
        self._settings: dict[Path | None, Mapping[str, object]] = {}
        self._projects: dict[Path | None, Project] = {}
        self._libraries: dict[str, Library] = {}
        self._told: set[str] = set()
        self._diagnostics: dict[str, Diagnostics] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    # What is in force

    def project(self, document: Document) -> Project:
        """What is in force for a text; complaints about it are shown once."""
        folder = document.path.parent if document.path else self.workspace.folder_of(None)
        project = self._projects.get(folder)
        if project is None:
            root = self.workspace.folder_of(document.path)
            given = {**self._settings.get(None, {}), **self._settings.get(root, {})}
            project = self._projects[folder] = project_of(folder, given)
            for complaint in project.complaints:
                self.warn(complaint)
        return project

    def configure(self, given: Mapping[Path | None, object]) -> None:
        """Take the editor's settings, by folder; those of None count for all folders."""
        self._settings = {
            folder: values if isinstance(values, Mapping) else {}
            for folder, values in given.items()
        }
        self.reload()

    def reload(self) -> None:
        """Read the configuration again, and judge all open lists by it."""
        self._projects.clear()
        for document in self.workspace.opened(LIST):
            if (one := self.lists.get(document.uri)) is not None:
                one.set_project(self.project(document))
                self.judge(document.uri)

    def warn(self, sentence: str) -> None:
        """Show a sentence to the user, once in a session."""
        if sentence not in self._told:
            self._told.add(sentence)
            message = f"{SECTION}: {sentence}"
            self.client.window_show_message(
                types.ShowMessageParams(types.MessageType.Warning, message)
            )

    # Texts

    def opened(self, item: types.TextDocumentItem) -> None:
        """A text was opened."""
        document = self.workspace.open(item.uri, item.language_id, item.version, item.text)
        if document.kind == LIST:
            self.lists[document.uri] = OpenList(document, self.project(document))
            self._diagnostics[document.uri] = Diagnostics()
            self.judge(document.uri)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """A text was changed in the editor."""
        identifier = params.text_document
        changes = [(getattr(one, "range", None), one.text) for one in params.content_changes]
        document, made = self.workspace.change(identifier.uri, identifier.version, changes)
        if (one := self.lists.get(document.uri)) is not None:
            one.take(document, made)
            self.judge(document.uri, _PAUSE)

    def saved(self, uri: str) -> None:
        """A text was saved."""
        document = self.workspace.save(uri)
        if document is not None and (one := self.lists.get(document.uri)) is not None:
            one.take(document, [])
            self.judge(document.uri)

    def closed(self, uri: str) -> None:
        """A text was closed; its diagnostics go with it."""
        document = self.workspace.get(uri)
        self.workspace.close(uri)
        if document is not None and self.lists.pop(document.uri, None) is not None:
            if task := self._tasks.pop(document.uri, None):
                task.cancel()
            del self._diagnostics[document.uri]
            self.client.show_diagnostics(document.uri, None, [])

    def files_changed(self, events: Iterable[types.FileEvent]) -> None:
        """Files have changed on disk."""
        paths = [path for path in (path_of(event.uri) for event in events) if path is not None]
        self.workspace.forget_files(paths)
        if any(path.name in _CONFIGURATION_FILES for path in paths):
            self.reload()
        for path in paths:
            self.saved(uri_of(path))

    def library(self, document: Document) -> Library:
        """The library of a list, open or on disk; of one text it is made once."""
        kept = self._libraries.get(document.uri)
        if kept is None or kept.sources[0] is not document.source:
            one = self.lists.get(document.uri)
            kept = one.library() if one is not None else library_of([document.source])
            self._libraries[document.uri] = kept
        return kept

    # Judging

    def judge(self, uri: str, pause: float = 0) -> None:
        """Judge an open list after a pause, unless its text changes again before."""
        if task := self._tasks.get(uri):
            task.cancel()
        self._tasks[uri] = asyncio.get_running_loop().create_task(self._judge(uri, pause))

    async def _judge(self, uri: str, pause: float) -> None:
        """Judge an open list step by step; between two steps the editor is answered."""
        await asyncio.sleep(pause)
        one = self.lists[uri]
        for step in one.work():
            if step is not Step.GO_ON:
                self._show(one)
            await asyncio.sleep(_REST if step is Step.REST else 0)
        self._show(one)

    def _show(self, one: OpenList) -> None:
        """Show the diagnostics of a list in place of those before."""
        document = one.document
        found = self._diagnostics[document.uri].of(one)
        self.client.show_diagnostics(document.uri, document.version, found)
