"""A session with one editor: what it holds, what is in force, and when a list is judged."""

from __future__ import annotations

import asyncio
import operator
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from lsprotocol import types

from compcite.errors import CompciteError
from compcite.lsp.asking import Asking
from compcite.lsp.citing_places import CitingPlaces
from compcite.lsp.diagnostics import Diagnostics
from compcite.lsp.known_entries import KnownEntries
from compcite.lsp.lists import OpenList, Step
from compcite.lsp.manuscripts import Manuscripts
from compcite.lsp.offers import offers_for
from compcite.lsp.settings import SECTION, Project, project_of
from compcite.lsp.undefined import undefined_diagnostics
from compcite.lsp.workspace import LIST, Workspace, path_of, uri_of
from compcite.model.library import Library
from compcite.verbs.load import library_of

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Sequence
    from pathlib import Path

    from compcite.lsp.asking import Learnt
    from compcite.lsp.offers import Offer
    from compcite.lsp.workspace import Document
    from compcite.model.doi import DOI
    from compcite.model.source import SourceFile

__all__ = ["Client", "Session"]

_PAUSE = 0.05
"""Seconds without a change until a list is judged.

A fast typist takes some 80 ms from key to key, so the findings of each stroke are seen; of a key
that is held down (every 30 ms) only the last one counts.
"""

_REST = 0.3
"""Seconds without a change until the last step of judging a long list: a pause in the typing."""

_PAUSE_OF_LISTS = 0.5
"""Seconds without a change of a list until the documents that cite it are judged again.

Nobody looks at them while the list is edited, and each look takes the whole list.
"""

_CONFIGURATION_FILES = ("compcite.toml", "pyproject.toml")


class Client(Protocol):
    """What a session tells the editor; pygls's server has these methods."""

    def show_diagnostics(self, uri: str, version: int | None, diagnostics: Sequence[str]) -> None:
        """Show the diagnostics of a text, which are JSON, in place of those before."""

    def window_show_message(self, params: types.ShowMessageParams) -> None:
        """Show a message."""

    async def begin_progress(self, token: str, title: str) -> None:
        """Show that something is being done; nothing where the editor does not show such things."""

    def report_progress(self, token: str, done: int, wanted: int) -> None:
        """Show how much is done."""

    def end_progress(self, token: str, message: str) -> None:
        """Show that it is over."""

    async def apply_edit(self, label: str, edit: types.WorkspaceEdit) -> None:
        """Let the editor change texts."""


class _ListOnDisk(NamedTuple):
    """A list that the editor does not hold, as it was read, with the offers for its keys."""

    library: Library
    offers: Sequence[Offer]


class Session:
    """The state of the server between two messages of the editor."""

    def __init__(
        self, client: Client, encoding: str, capabilities: types.ClientCapabilities
    ) -> None:
        """Start with nothing open."""
        self.client = client
        self.capabilities = capabilities
        self.workspace = Workspace(encoding, self.warn)
        self.manuscripts = Manuscripts(self.workspace, lambda one: self.project(one).config)
        self.lists: dict[str, OpenList] = {}
        self._settings: dict[Path | None, Mapping[str, object]] = {}
        self._projects: dict[Path | None, Project] = {}
        self._asking: dict[str, Asking] = {}  # who asks the registries, by the list's address
        self._tokens: dict[str, Asking] = {}  # likewise, by the token of the progress
        self._rounds = 0
        self._background: set[asyncio.Task[None]] = set()
        self._libraries: dict[str, Library] = {}
        self._on_disk: dict[str, _ListOnDisk] = {}
        self._reading: dict[str, tuple[SourceFile, asyncio.Task[_ListOnDisk]]] = {}
        self._known: dict[tuple[str, ...], tuple[list[Library], KnownEntries]] = {}
        self._documents_task: asyncio.Task[None] | None = None
        self._told: set[str] = set()
        self._diagnostics: dict[str, Diagnostics] = {}
        self._citing: dict[str, CitingPlaces] = {}  # who cites the entries, by the list's address
        self._tasks: dict[str, asyncio.Task[None]] = {}

    # What is in force

    def project(self, document: Document) -> Project:
        """What is in force for a text, read once; complaints about the settings are shown once."""
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
        """Read the configuration again, and judge all open texts by it."""
        self._projects.clear()
        self.manuscripts.forget()
        for document in self.workspace.opened(LIST):
            if (one := self.lists.get(document.uri)) is not None:
                one.set_project(self.project(document))
                self.judge(document.uri)
        self._judge_documents()

    def warn(self, sentence: str) -> None:
        """Show a sentence to the user, once in a session."""
        if sentence not in self._told:
            self._told.add(sentence)
            message = f"{SECTION}: {sentence}"
            self.client.window_show_message(
                types.ShowMessageParams(types.MessageType.Warning, message)
            )

    def say(self, sentence: str) -> None:
        """Show what came of something that the user has just asked for."""
        self.client.window_show_message(
            types.ShowMessageParams(types.MessageType.Info, f"{SECTION}: {sentence}")
        )

    # Texts

    def opened(self, item: types.TextDocumentItem) -> None:
        """Take a text that was opened; it is judged, and all open documents are judged again."""
        document = self.workspace.open(item.uri, item.language_id, item.version, item.text)
        if document.kind == LIST:
            self.lists[document.uri] = OpenList(document, self.project(document))
            self._diagnostics[document.uri] = Diagnostics()
            self.judge(document.uri)
        self.manuscripts.forget()
        self._judge_documents()

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Take the changes of a text, and judge it after a pause.

        For a list, a round of questions ends, and the documents that cite are judged again. A text
        that is not open cannot be changed: that is said once.
        """
        identifier = params.text_document
        if self.workspace.get(identifier.uri) is None:
            self.warn(f"{identifier.uri}: the editor changed a text that it has not opened")
            return
        changes = [(getattr(one, "range", None), one.text) for one in params.content_changes]
        document, made = self.workspace.change(identifier.uri, identifier.version, changes)
        if (one := self.lists.get(document.uri)) is not None:
            one.take(document, made)
            self._stop_asking(document.uri)
            self.judge(document.uri, _PAUSE)
            self._judge_documents(_PAUSE_OF_LISTS)
        elif document.kind:
            self._judge_documents(_PAUSE)

    def saved(self, uri: str) -> None:
        """Ask the registries about a list that was saved, unless the settings say otherwise."""
        document = self._on_disk_now(uri)
        is_list = document is not None and document.uri in self.lists
        if document and is_list and self.project(document).verify_on_save:
            self.verify(document.uri)

    def _on_disk_now(self, uri: str) -> Document | None:
        """An open list with the encoding of its file as it is now, which is judged again.

        None for anything but an open list.
        """
        document = self.workspace.save(uri)
        one = self.lists.get(document.uri) if document else None
        if document is None or one is None:
            return None
        one.take(document, [])
        self.judge(document.uri)
        return document

    def closed(self, uri: str) -> None:
        """Forget a text that was closed, with its diagnostics; what was asked about it ends."""
        document = self.workspace.get(uri)
        self.workspace.close(uri)
        self.manuscripts.forget()
        if document is None or not document.kind:
            return
        if self.lists.pop(document.uri, None) is not None:
            if task := self._tasks.pop(document.uri, None):
                task.cancel()
            self._stop_asking(document.uri)
            del self._diagnostics[document.uri]
            self._citing.pop(document.uri, None)
        self.client.show_diagnostics(document.uri, None, [])
        self._judge_documents()

    def files_changed(self, events: Iterable[types.FileEvent]) -> None:
        """Take over what has changed on disk: files, a configuration, a lock; judge by it again."""
        paths = [path for path in (path_of(event.uri) for event in events) if path is not None]
        self.workspace.forget_files(paths)
        self.manuscripts.forget()
        if any(path.name in _CONFIGURATION_FILES for path in paths):
            self.reload()
        for path in paths:
            self._on_disk_now(uri_of(path))
        for one in self.lists.values():
            if one.lock_path in paths:
                one.recall_again()
                self.judge(one.document.uri)
        self._judge_documents()

    # The entries of lists

    def library(self, document: Document) -> Library:
        """The library of a list, open or on disk; of one text it is made once.

        It is empty where the list has another format than its name says.
        """
        one = self.lists.get(document.uri)
        if one is None:
            return self._read(document).library
        kept = self._libraries.get(document.uri)
        if kept is None or kept.sources[0] is not one.source:
            kept = self._libraries[document.uri] = one.library()
        return kept

    def known(self, lists: Iterable[Document]) -> KnownEntries:
        """The entries of some lists, as documents cite them; made once while no list changes."""
        each = {one.uri: self.library(one) for one in lists}
        before = self._known.get(tuple(each))
        libraries = list(each.values())
        if before is not None and all(map(operator.is_, before[0], libraries)):
            return before[1]
        made = KnownEntries(libraries, before[1] if before else None)
        self._known[tuple(each)] = (libraries, made)
        return made

    def offers(self, lists: Iterable[Document]) -> tuple[Sequence[Offer], bool]:
        """The offers for the keys of some lists, and whether they are complete.

        Until the entries of a long open list were looked into, its offers have only the keys: they
        are not found by author, year or title yet.
        """
        found: list[Offer] = []
        whole = True
        for document in lists:
            one = self.lists.get(document.uri)
            own, whole_own = one.offers() if one else (self._read(document).offers, True)
            found += own
            whole = whole and whole_own
        return found, whole

    async def read_lists(self, lists: Iterable[Document]) -> None:
        """Read those of some lists that are not open, while the editor is answered.

        A long list takes seconds, so it is read in another thread, once for all who wait for it.
        """
        for document in lists:
            if document.uri in self.lists or self._kept(document):
                continue
            source, task = self._reading.get(document.uri, (None, None))
            if task is None or source is not document.source:
                task = asyncio.create_task(asyncio.to_thread(_list_on_disk, document.source))
                self._reading[document.uri] = (document.source, task)
            made = await asyncio.shield(task)
            self._on_disk[document.uri] = made
            self._reading.pop(document.uri, None)

    def _read(self, document: Document) -> _ListOnDisk:
        """A list that is not open, read now unless it was read before."""
        kept = self._kept(document)
        if kept is None:
            kept = self._on_disk[document.uri] = _list_on_disk(document.source)
        return kept

    def _kept(self, document: Document) -> _ListOnDisk | None:
        """A list that is not open, if its present text was read before."""
        kept = self._on_disk.get(document.uri)
        return kept if kept and kept.library.sources[0] is document.source else None

    # Judging

    def judge(self, uri: str, pause: float = 0) -> None:
        """Judge an open list after a pause, unless its text changes again before."""
        if task := self._tasks.get(uri):
            task.cancel()
        task = self._tasks[uri] = asyncio.get_running_loop().create_task(self._judge(uri, pause))
        task.add_done_callback(self._tell_of_bugs)

    async def _judge(self, uri: str, pause: float) -> None:
        """Judge an open list step by step; between two steps the editor is answered."""
        await asyncio.sleep(pause)
        one = self.lists[uri]
        for step in one.work():
            if step is not Step.GO_ON:
                self._show(one, whole=False)
            await asyncio.sleep(_REST if step is Step.REST else 0)
        self._show(one, whole=True)
        if dois := one.take_unrecalled():
            self.in_background(self._recall(one, dois))

    def _show(self, one: OpenList, *, whole: bool) -> None:
        """Show the diagnostics of a list in place of those before.

        Only if the whole list is judged, they come with the version of its text.
        """
        document = one.document
        citing = self._citing.get(document.uri) or CitingPlaces()
        found = self._diagnostics[document.uri].of(one, citing)
        self.client.show_diagnostics(document.uri, document.version if whole else None, found)

    def _judge_documents(self, pause: float = 0) -> None:
        """Judge the open documents that cite after a pause, unless something changes before."""
        if self._documents_task:
            self._documents_task.cancel()
        open_ones = any(one.kind not in ("", LIST) for one in self.workspace.opened())
        if open_ones or self._citing:
            task = asyncio.get_running_loop().create_task(self._judge_all_documents(pause))
            task.add_done_callback(self._tell_of_bugs)
            self._documents_task = task

    async def _judge_all_documents(self, pause: float) -> None:
        """Judge the open documents one by one; between two of them the editor is answered.

        Then the offers for the keys that may be cited are made, before somebody wants them, and
        open lists show which documents cite their wrong entries.
        """
        await asyncio.sleep(pause)
        used: dict[str, Document] = {}
        for document in self.workspace.opened():
            if document.kind in ("", LIST):
                continue
            for one in self.manuscripts.of(document):
                used |= {each.uri: each for each in one.lists}
                await self.read_lists(one.lists)
                self.offers(one.lists)
            found = undefined_diagnostics(self, document)
            self.client.show_diagnostics(document.uri, document.version, found)
            await asyncio.sleep(0)
        for uri in used:
            for _ in self.lists[uri].make_offers() if uri in self.lists else ():
                await asyncio.sleep(0)
        await asyncio.sleep(_PAUSE_OF_LISTS)
        for document in self.workspace.opened(LIST):
            self._show_who_cites(document)
            await asyncio.sleep(0)

    def _show_who_cites(self, document: Document) -> None:
        """Show again the diagnostics of an open list, with the documents that cite its entries."""
        using = self.manuscripts.using([document])
        self._citing[document.uri] = CitingPlaces(using, self.manuscripts.text)
        judging = self._tasks.get(document.uri)
        if judging is None or judging.done():  # else it shows them itself
            self._show(self.lists[document.uri], whole=True)

    # Asking

    def verify(self, uri: str) -> None:
        """Ask the registries about an open list; a round that is under way ends.

        Another address is answered by a message.
        """
        one = self.lists.get(uri)
        if one is None:
            self.say(f"{uri} is not an open list")
            return
        self._stop_asking(uri)
        self.in_background(self._verify(one))

    def new_token(self) -> str:
        """A name for something that takes a while, by which the editor shows its progress."""
        self._rounds += 1
        return f"{SECTION}/{self._rounds}"

    def cancel(self, token: str) -> None:
        """End the round of questions whose progress has this token."""
        if asking := self._tokens.get(token):
            asking.stop()

    def end(self) -> None:
        """End everything that is under way."""
        for uri in list(self._asking):
            self._stop_asking(uri)
        for task in (*self._tasks.values(), self._documents_task):
            if task:
                task.cancel()

    def _stop_asking(self, uri: str) -> None:
        """End the round of questions about a list, if one is under way."""
        if asking := self._asking.pop(uri, None):
            asking.stop()

    async def _recall(self, one: OpenList, dois: list[DOI]) -> None:
        """Take over what lock and kept answers say of some DOIs; nobody is asked.

        It waits while the list is judged: what is typed comes first.
        """
        learnt = None
        try:
            steps = Asking(one.project, one.source, offline=True).recall(dois)
            while (found := await asyncio.to_thread(next, steps, None)) is not None:
                learnt = found
                if judging := self._tasks.get(one.document.uri):
                    await asyncio.wait([judging])
        except CompciteError as error:
            self.warn(str(error))
        if learnt is not None:
            self._learn(one, learnt)

    async def _verify(self, one: OpenList) -> None:
        """Ask the registries about a list, and take over what they say."""
        uri = one.document.uri
        try:
            asking = Asking(one.project, one.source, offline=False)
        except CompciteError as error:
            self.warn(str(error))
            return
        token = self.new_token()
        self._asking[uri] = self._tokens[token] = asking
        loop = asyncio.get_running_loop()

        def tell(done: int, wanted: int) -> None:
            loop.call_soon_threadsafe(self.client.report_progress, token, done, wanted)

        await self.client.begin_progress(token, "Checking DOIs")
        try:
            learnt = await asyncio.to_thread(asking.verify, tell)
        except asyncio.CancelledError:  # the process ends, and would wait for the thread
            asking.stop()
            raise
        except CompciteError as error:
            self.warn(str(error))
        else:
            self._learn(one, learnt)
        finally:
            del self._tokens[token]
            if self._asking.get(uri) is asking:
                del self._asking[uri]
            if judging := self._tasks.get(uri):
                await asyncio.wait([judging])
            self.client.end_progress(token, "cancelled" if asking.stopped else "done")

    def _learn(self, one: OpenList, learnt: Learnt) -> None:
        """Take over answers, and show what they change; an outage is one message."""
        one.learn(learnt)
        for complaint in learnt.complaints:
            self.warn(complaint)
        if self.lists.get(one.document.uri) is one:
            self.judge(one.document.uri)

    def in_background(self, work: Coroutine[None, None, None]) -> None:
        """Do something while the editor is answered."""
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)  # the loop itself would forget it
        task.add_done_callback(self._background.discard)
        task.add_done_callback(self._tell_of_bugs)

    def _tell_of_bugs(self, task: asyncio.Task[None]) -> None:
        """Show an error that nobody has foreseen; without this it would be lost with its task."""
        if not task.cancelled() and (error := task.exception()) is not None:
            self.warn(f"a bug in compcite: {type(error).__name__}: {error}; please report it")


def _list_on_disk(source: SourceFile) -> _ListOnDisk:
    """Read a list, and make the offers for its keys."""
    try:
        library = library_of([source])
    except CompciteError:  # another format than its name says
        library = Library([source], [])
    return _ListOnDisk(
        library, [offer for one in library.entries for offer in offers_for(one.keys, one.item)]
    )
