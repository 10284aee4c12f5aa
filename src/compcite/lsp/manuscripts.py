"""Manuscripts: a main document, the files that it includes, and the lists that they use."""

from __future__ import annotations

import operator
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.errors import CompciteError
from compcite.verbs.load import find_files
from compcite.verbs.rename import Documents, read_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from compcite.config import Config
    from compcite.lsp.workspace import Document, Workspace
    from compcite.model.citations import Citation
    from compcite.model.source import SourceFile

__all__ = ["Manuscript", "Manuscripts"]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A main document with the files that it includes, and the lists that they use.

    ``read`` has the texts of all its files, and what they cite. ``is_bound`` tells whether it
    surely uses these lists: a file of it names them, or the configuration names it under
    ``cited-in``. Else they are the lists that happen to be near.
    """

    main: Document
    read: Documents
    lists: tuple[Document, ...]
    is_bound: bool

    def has(self, document: Document) -> bool:
        """Whether a document is the main one or one that it includes."""
        return any(source is document.source for source in self.read.sources.values())

    def cited_in(self, document: Document) -> list[Citation]:
        """The citations in one of the documents."""
        return [one for one in self.read.citations.citations if one.source is document.source]


class Manuscripts:
    """The manuscripts of a workspace; only what has changed is read again."""

    def __init__(self, workspace: Workspace, config_of: Callable[[Document], Config]) -> None:
        """Nothing is read yet; ``config_of`` gives the configuration for a text."""
        self._workspace = workspace
        self._config_of = config_of
        self._read: dict[str, Documents] = {}
        self._known: tuple[tuple[object, ...], list[Manuscript]] | None = None

    def forget(self) -> None:
        """Look again which manuscript uses which lists: files or the configuration have changed."""
        self._known = None

    def near(self, document: Document) -> list[Manuscript]:
        """The manuscripts of a text's folder in the editor, of open texts and of ``cited-in``."""
        config = self._config_of(document)
        candidates = {_name(one): one for one in self._candidates(document, config)}
        state = (*map(id, (one.source for one in candidates.values())), id(config))
        if self._known is None or self._known[0] != state:
            # The texts are kept with their manuscripts, so that no other text gets the same id.
            self._known = state, self._grouped(candidates)
        return list(map(self._with_present_lists, self._known[1]))

    def of(self, document: Document) -> list[Manuscript]:
        """The manuscripts to which a document belongs: mostly one."""
        return [one for one in self.near(document) if one.has(document)]

    def last_of(self, document: Document) -> list[Manuscript]:
        """The manuscripts to which a document belonged when they were read last.

        Their lists are as they are now. What was typed since then may be missing in their texts:
        so an editor is answered before all of a long text is read again.
        """
        name = _name(document)
        last = self._known[1] if self._known else []
        found = [one for one in last if name in _names(one.read)]
        return list(map(self._with_present_lists, found)) or self.of(document)

    def using(self, lists: Iterable[Document]) -> list[Manuscript]:
        """The manuscripts that use one of these lists, surely or because the list is near."""
        found: dict[str, Manuscript] = {}
        for one in lists:
            for manuscript in self.near(one):
                if any(used.uri == one.uri for used in manuscript.lists):
                    found[_name(manuscript.main)] = manuscript
        return list(found.values())

    def text(self, name: str) -> Document | None:
        """The document that has a name in :class:`Documents`; None where it cannot be read now."""
        return self._workspace.get(name) or self._workspace.readable(Path(name))

    def again(self, manuscripts: Iterable[Manuscript]) -> Documents:
        """All these manuscripts read as one; raises CompciteError where one cannot be read whole.

        It is for commands that must not miss a citation.
        """
        return read_documents([_name(one.main) for one in manuscripts], self._source)

    def _candidates(self, document: Document, config: Config) -> Iterable[Document]:
        """The documents that may be main ones: those near a text, and the configured ones."""
        yield from self._workspace.documents_near(document)
        for name in self._configured(config):
            if (one := self._workspace.readable(Path(name))) is not None:
                yield one

    def _configured(self, config: Config) -> Sequence[str]:
        """The documents of the configuration, as far as there are such files."""
        try:
            found = find_files([str(config.folder / name) for name in config["cited-in"]])
        except CompciteError:
            return ()
        return [os.path.abspath(name) for name in found]  # noqa: PTH100 - links stay

    def _grouped(self, candidates: dict[str, Document]) -> list[Manuscript]:
        """The manuscripts of some documents."""
        read = {name: self._documents(name, one) for name, one in candidates.items()}
        self._read = read
        included = {
            other for name, documents in read.items() for other in _names(documents) - {name}
        }
        mains = [name for name in candidates if name not in included]
        reached = {name for main in mains for name in _names(read[main])}
        # Files that include one another in a circle have no main one; each stands for itself.
        mains += [name for name in candidates if name not in reached]
        return [self._manuscript(candidates[name], read[name]) for name in mains]

    def _manuscript(self, main: Document, read: Documents) -> Manuscript:
        """The manuscript of a main document."""
        config = self._config_of(main)
        paths = (Path(name) for name in read.sources if name != _name(main))
        included = [one for one in map(self._workspace.readable, paths) if one is not None]
        named = any(self._workspace.named_by(one) for one in (main, *included))
        lists = self._workspace.lists_of(main, config, included)
        bound = named or _name(main) in map(_same, self._configured(config))
        return Manuscript(main, read, tuple(lists), bound)

    def _with_present_lists(self, one: Manuscript) -> Manuscript:
        """The manuscript with its lists as they are now."""
        lists = tuple(self._workspace.present(used) for used in one.lists)
        return one if all(map(operator.is_, lists, one.lists)) else replace(one, lists=lists)

    def _documents(self, name: str, document: Document) -> Documents:
        """A document with what it includes, read again only where a text has changed.

        One that cannot be read cites nothing.
        """
        known = self._read.get(name)
        if known is not None and all(
            self._present(other) is source for other, source in known.sources.items()
        ):
            return known
        try:
            return read_documents([name], self._source, strict=False)
        except CompciteError:  # such as a notebook while it is typed
            return Documents([name], {name: document.source})

    def _present(self, name: str) -> SourceFile | None:
        """The text of a name now; None where it cannot be read."""
        try:
            return self._source(name)
        except CompciteError:
            return None

    def _source(self, name: str) -> SourceFile:
        """The text of a name: a path, or the address of a text that was never saved."""
        opened = self._workspace.get(name)
        return opened.source if opened else self._workspace.source(Path(name))


def _name(document: Document) -> str:
    """The name by which a document is read: its path, or its address if it was never saved."""
    return _same(str(document.path)) if document.path else document.uri


def _names(documents: Documents) -> set[str]:
    """The names of all files of a manuscript."""
    return set(map(_same, documents.sources))


def _same(name: str) -> str:
    """A name that is equal for all spellings of a path; addresses stay."""
    return name if ":" in name[2:] else os.path.normcase(os.path.normpath(name))
