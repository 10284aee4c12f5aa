"""The editor's folders and open texts, the files on disk, and which lists belong to which document.

A file that the editor holds is what the editor holds, saved or not. All others are read from disk,
again whenever they have changed there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pygls.uris import from_fs_path, to_fs_path

from compcite.errors import SourceError
from compcite.files.decoding import read_source
from compcite.files.regular import is_file
from compcite.formats import FORMATS
from compcite.formats.citing import READERS
from compcite.formats.citing.named_lists import PROJECT_FILES, lists_in_metadata, named_lists
from compcite.formats.document_kinds import DOCUMENT_SUFFIXES
from compcite.lsp.positions import Lines, Places
from compcite.model.source import SourceFile
from compcite.verbs.load import files_by_folder, find_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lsprotocol.types import Range

    from compcite.config import Config

__all__ = ["LIST", "Document", "Workspace", "kind_of", "path_of", "uri_of"]

LIST = "list"
"""The kind of a reference list in BibTeX; the other kinds are those of DOCUMENT_SUFFIXES."""

_KINDS_BY_LANGUAGE = {
    "bibtex": LIST,
    "bib": LIST,
    "biblatex": LIST,
    "latex": "latex",
    "tex": "latex",
    "plaintex": "latex",
    "markdown": "markdown",
    "quarto": "markdown",
    "rmd": "markdown",
    "restructuredtext": "restructuredtext",
    "rst": "restructuredtext",
    "typst": "typst",
    "org": "org",
}
"""The kind of a text that has no file name yet, by the language that the editor gives it."""
_MARKDOWN = "markdown"
_MOST_FILES = 500  # lists and documents; to read so many takes some seconds
_MOST_FOLDERS = 5_000  # to look through so many takes about a second
_LIST_SUFFIXES = FORMATS["bibtex"].suffixes
_KINDS_BY_SUFFIX = dict.fromkeys(_LIST_SUFFIXES, LIST) | {
    suffix: kind for kind, suffixes in DOCUMENT_SUFFIXES.items() for suffix in suffixes
}
_CITING_SUFFIXES = tuple(suffix for suffix in _KINDS_BY_SUFFIX if suffix in READERS)
_CITING_KINDS = frozenset(_KINDS_BY_SUFFIX[suffix] for suffix in _CITING_SUFFIXES)


@dataclass(frozen=True, slots=True)
class Document:
    """A text in the editor or on disk: a list, a document that cites, or something else.

    ``uri`` is its address, ``version`` the editor's number for this state of it, None for a file
    that is not open. ``path`` is None where the text was never saved. ``kind`` is LIST, a kind of
    DOCUMENT_SUFFIXES, or empty. ``source`` has the text as the editor holds it, and the encoding of
    the file on disk. ``places`` turns offsets into positions.
    """

    uri: str
    kind: str
    version: int | None
    source: SourceFile
    places: Places

    @property
    def path(self) -> Path | None:
        """The file of the text; None where it was never saved."""
        return self.source.path

    @property
    def text(self) -> str:
        """The text as the editor holds it."""
        return self.source.text


class Workspace:
    """The folders, the open texts, and the files beside them."""

    def __init__(self, encoding: str, warn: Callable[[str], None] = lambda _sentence: None) -> None:
        """Start with nothing open.

        ``encoding`` is that of the editor's positions. ``warn`` gets a sentence for the user.
        """
        self.encoding = encoding
        self._warn = warn
        self.folders: list[Path] = []
        self._open: dict[str, Document] = {}
        self._read: dict[Path, tuple[tuple[int, int], SourceFile]] = {}
        self._made: dict[Path, Document] = {}
        self._files: dict[tuple[Path, tuple[str, ...]], list[Path] | None] = {}

    # Folders

    def add_folder(self, uri: str) -> None:
        """Add a folder of the editor, once; an address that is no file is left out."""
        path = path_of(uri)
        if path is not None and path not in self.folders:
            self.folders.append(path)

    def remove_folder(self, uri: str) -> None:
        """Remove a folder of the editor."""
        path = path_of(uri)
        if path in self.folders:
            self.folders.remove(path)

    def folder_of(self, path: Path | None) -> Path | None:
        """The innermost folder of the editor that has the file; for no file, the first folder.

        None for a file outside of all folders, and where there is no folder.
        """
        if path is None:
            return self.folders[0] if self.folders else None
        around = [folder for folder in self.folders if path.is_relative_to(folder)]
        return max(around, key=lambda folder: len(folder.parts), default=None)

    def name_of(self, path: Path) -> str:
        """The name of a file for messages: relative to its folder, else the name alone."""
        folder = self.folder_of(path)
        return path.relative_to(folder).as_posix() if folder else path.name

    # Open texts

    def open(self, uri: str, language: str, version: int | None, text: str) -> Document:
        """Take a text that the editor has opened, and return it with the encoding of its file."""
        path = path_of(uri)
        kind = kind_of(path, language)
        source = replace(self._on_disk(uri, path), text=text, _line_starts=[])
        own = DOCUMENT_SUFFIXES.get(kind, ())
        if path is None and own and not source.name.lower().endswith(own):
            # By the ending of its name, a document is read as what it is.
            source = replace(source, name=source.name + own[0])
        document = self._document(uri, kind, version, source, Lines(text))
        self._open[_key(uri)] = document
        return document

    def change(
        self, uri: str, version: int | None, changes: Iterable[tuple[Range | None, str]]
    ) -> tuple[Document, list[tuple[int, int, str]]]:
        """Change an open text, one change after the other; without a range a change is all of it.

        Returned is also each change as start, end and new text, in offsets. Raises KeyError for a
        text that is not open.
        """
        before = self._open[_key(uri)]
        lines = before.places.lines
        made: list[tuple[int, int, str]] = []
        for given, new in changes:
            whole = (0, len(lines.text))
            start, end = Places(lines, self.encoding).span(given) if given else whole
            lines = lines.replaced(start, end, new) if given else Lines(new)
            made.append((start, end, new))
        source = replace(before.source, text=lines.text, _line_starts=lines.starts)
        # The editor may spell the address in another way than when it opened the text.
        document = self._document(before.uri, before.kind, version, source, lines)
        self._open[_key(uri)] = document
        return document, made

    def save(self, uri: str) -> Document | None:
        """Take over the encoding that the file has on disk, now that it was written.

        None for a text that is not open.
        """
        before = self._open.get(_key(uri))
        if before is None:
            return None
        now = self._on_disk(uri, before.path)
        source = replace(
            before.source,
            encoding=now.encoding,
            bom=now.bom,
            encoding_guessed=now.encoding_guessed,
            digest=now.digest,
        )
        document = replace(before, source=source)
        self._open[_key(uri)] = document
        return document

    def close(self, uri: str) -> None:
        """Forget an open text: from now on, the file on disk counts."""
        self._open.pop(_key(uri), None)

    def get(self, uri: str) -> Document | None:
        """The open text of this address; None where it is not open."""
        return self._open.get(_key(uri))

    def opened(self, kind: str | None = None) -> list[Document]:
        """The open texts, or those of one kind, in the order in which they were opened."""
        return [one for one in self._open.values() if kind is None or one.kind == kind]

    # Files

    def document(self, path: Path) -> Document:
        """A file as the editor holds it, else as it is on disk.

        Raises SourceError where it can be read from neither.
        """
        uri = uri_of(path)
        opened = self._open.get(_key(uri))
        if opened is not None:
            return opened
        source = self._file(path)
        known = self._made.get(path)
        if known is None or known.source is not source:
            places = Places(Lines(source.text), self.encoding)
            known = self._made[path] = Document(uri, kind_of(path), None, source, places)
        return known

    def present(self, document: Document) -> Document:
        """The document as it is now; as it was where it cannot be read any more."""
        opened = self.get(document.uri)
        if opened is None and document.path is not None:
            opened = self.readable(document.path)
        return opened or document

    def source(self, path: Path) -> SourceFile:
        """The text of a file as the editor holds it, else as it is on disk.

        Raises SourceError where it can be read from neither.
        """
        opened = self._open.get(_key(uri_of(path)))
        return opened.source if opened is not None else self._file(path)

    def forget_files(self, paths: Iterable[Path] = ()) -> None:
        """Look again which files there are, and read these ``paths`` again when they are needed."""
        self._files.clear()
        for path in paths:
            self._read.pop(path, None)
            self._made.pop(path, None)

    def files(self, folder: Path, suffixes: Sequence[str]) -> list[Path]:
        """The files with these endings in a folder and below it, open texts that are new included.

        Hidden folders and those of installed packages are left out, as for the commands. Of a
        folder that is too large, such as a home folder, these are only the files beside open texts.
        """
        opened = [one.path for one in self._open.values() if one.path is not None]
        inside = [path for path in opened if path.is_relative_to(folder)]
        on_disk = self._files_on_disk(folder, tuple(suffixes))
        if on_disk is None:
            beside = dict.fromkeys(path.parent for path in inside)
            on_disk = [path for one in beside for path in sorted(_entries(one))]
        return [
            path for path in dict.fromkeys((*on_disk, *inside)) if path.suffix.lower() in suffixes
        ]

    def _files_on_disk(self, folder: Path, suffixes: tuple[str, ...]) -> list[Path] | None:
        """The files with these endings in a folder, found once; each document asks for its lists.

        The folder itself is walked once for all endings. None where it is too large.
        """
        if (folder, suffixes) not in self._files:
            every = tuple(_KINDS_BY_SUFFIX)
            if suffixes == every:
                found = self._walk(folder, every)
            elif (found := self._files_on_disk(folder, every)) is not None:
                found = [path for path in found if path.suffix.lower() in suffixes]
            self._files[folder, suffixes] = found
        return self._files[folder, suffixes]

    def _walk(self, folder: Path, suffixes: tuple[str, ...]) -> list[Path] | None:
        """The files with these endings in a folder; None, with a warning, where it is too large."""
        found: list[Path] = []
        for number, files in enumerate(files_by_folder(str(folder), suffixes)):
            found += map(Path, files)
            if number >= _MOST_FOLDERS or len(found) > _MOST_FILES:
                self._warn(
                    f"{folder} has more than {_MOST_FILES:,} lists and documents, or more than "
                    f"{_MOST_FOLDERS:,} folders: only files beside open ones are used; open a "
                    "folder of your project"
                )
                return None
        return found

    # Lists and documents

    def lists(self) -> list[Document]:
        """All lists: those of the editor's folders, and open ones from elsewhere."""
        on_disk = (path for one in self.folders for path in self.files(one, _LIST_SUFFIXES))
        found = [*self.opened(LIST), *filter(None, map(self.readable, on_disk))]
        return list({_key(one.uri): one for one in found}.values())

    def lists_of(
        self, document: Document, config: Config, included: Iterable[Document] = ()
    ) -> list[Document]:
        """The lists that a document uses, together with the files that it includes.

        These are the lists that they name; else the ``sources`` of the configuration; else all
        lists of its folder in the editor; else those beside it. A document that was never saved,
        and one for which no list was found, also uses open lists that were never saved.
        """
        named = dict.fromkeys(path for one in (document, *included) for path in self.named_by(one))
        paths = named or self._configured(config) or self._around(document)
        found = [one for one in map(self.readable, paths) if one is not None]
        unsaved = [one for one in self.opened(LIST) if one.path is None]
        return found + unsaved if document.path is None or not found else found

    def documents_near(self, document: Document) -> list[Document]:
        """The documents that cite: open ones, and those of a text's folder in the editor."""
        folder = self.folder_of(document.path)
        on_disk = map(self.readable, self.files(folder, _CITING_SUFFIXES) if folder else ())
        opened = (one for one in self._open.values() if one.kind in _CITING_KINDS)
        return list({_key(one.uri): one for one in (*opened, *filter(None, on_disk))}.values())

    def readable(self, path: Path) -> Document | None:
        """A file, open or on disk; None where it cannot be read."""
        try:
            return self.document(path)
        except SourceError:
            return None

    def named_by(self, document: Document) -> list[Path]:
        """The lists that a document names, as far as there are such files.

        A path is relative to the document's folder, or to a folder above it: LaTeX reads a chapter
        in the folder of the main file. For Markdown, also the metadata of a project count, which
        stand in a folder above (``_quarto.yml``).
        """
        here = document.path.parent if document.path else self.folder_of(None)
        if here is None:
            return []
        top = self.folder_of(here) or here
        above = [here, *(folder for folder in here.parents if folder.is_relative_to(top))]
        found = [self._first(name, above) for name in named_lists(document.source)]
        if document.kind == _MARKDOWN:
            found += [self._first(*named) for named in self._named_by_project(above)]
        return list(dict.fromkeys(path for path in found if path is not None))

    def _first(self, name: str, folders: Sequence[Path]) -> Path | None:
        """The file of a name in the first of some folders that has it; else None."""
        return next((path for path in _candidates(name, folders) if self._exists(path)), None)

    def _named_by_project(self, folders: Iterable[Path]) -> Iterator[tuple[str, list[Path]]]:
        """The lists that the nearest metadata of a project name, each with its folder."""
        for folder in folders:
            read = [self.readable(path) for path in map(folder.joinpath, PROJECT_FILES)]
            texts = [one.text for one in read if one is not None]
            if texts:
                yield from ((name, [folder]) for one in texts for name in lists_in_metadata(one))
                return

    def _configured(self, config: Config) -> list[Path]:
        """The sources of the configuration, as far as there are such files."""
        try:
            names = [str(config.folder / source) for source in config["sources"]]
            return [Path(os.path.abspath(name)) for name in find_files(names)]  # noqa: PTH100 - links stay
        except SourceError:
            return []

    def _around(self, document: Document) -> list[Path]:
        """The lists of the document's folder in the editor, else the lists beside it.

        None for a document that was never saved, where that folder has none.
        """
        folder = self.folder_of(document.path)
        if folder is not None and (found := self.files(folder, _LIST_SUFFIXES)):
            return found
        if document.path is None:
            return []
        beside = document.path.parent
        on_disk = (path for path in _entries(beside) if path.suffix.lower() in _LIST_SUFFIXES)
        opened = (one.path for one in self.opened(LIST) if one.path and one.path.parent == beside)
        return sorted({*on_disk, *opened})

    def _exists(self, path: Path) -> bool:
        """Whether there is such a file, on disk or only in the editor."""
        return _key(uri_of(path)) in self._open or is_file(path)

    def _document(
        self, uri: str, kind: str, version: int | None, source: SourceFile, lines: Lines
    ) -> Document:
        """The document of these parts."""
        return Document(uri, kind, version, source, Places(lines, self.encoding))

    def _on_disk(self, uri: str, path: Path | None) -> SourceFile:
        """The file of an open text, for its encoding; without one, an empty source in UTF-8."""
        if path is None:
            return SourceFile(_title(uri), "")
        try:
            self._read.pop(path, None)
            return self._file(path)
        except SourceError:
            return SourceFile(self.name_of(path), "", path)

    def _file(self, path: Path) -> SourceFile:
        """A file on disk, read again only if it has changed; raises SourceError without one."""
        try:
            found = path.stat()
        except (OSError, ValueError) as error:
            raise SourceError(f"{path}: cannot be read: {error}") from None
        state = (found.st_mtime_ns, found.st_size)
        kept = self._read.get(path)
        if kept is None or kept[0] != state:
            kept = (state, replace(read_source(str(path)), name=self.name_of(path)))
            self._read[path] = kept
        return kept[1]


def kind_of(path: Path | None, language: str = "") -> str:
    """The kind of a text, by the ending of its file, else by the editor's name of its language.

    It is empty where neither is known.
    """
    by_suffix = _KINDS_BY_SUFFIX.get(path.suffix.lower(), "") if path else ""
    return by_suffix or _KINDS_BY_LANGUAGE.get(language.lower(), "")


def path_of(uri: str) -> Path | None:
    """The file that an address means; None for one that is no file, as of an unsaved text."""
    if not uri.startswith("file:"):
        return None
    try:
        path = to_fs_path(uri)
    except ValueError:  # no address after all, such as file://[x/refs.bib
        return None
    return Path(path) if path else None


def uri_of(path: Path) -> str:
    """The address of a file."""
    return from_fs_path(str(path)) or str(path)


def _key(uri: str) -> str:
    """A text that is equal for all spellings of one address: ``c%3A`` and ``c:`` are the same."""
    path = path_of(uri)
    return unquote(uri) if path is None else os.path.normcase(path)


def _title(uri: str) -> str:
    """The name of a text that was never saved, such as ``Untitled-1``."""
    try:
        path = urlsplit(uri).path
    except ValueError:  # no address after all, such as http://[x/refs.bib
        return uri
    return unquote(path).rpartition("/")[2] or uri


def _candidates(name: str, folders: Iterable[Path]) -> Iterator[Path]:
    """The files that a name may mean in some folders."""
    for folder in folders:
        yield Path(os.path.normpath(folder / name))


def _entries(folder: Path) -> list[Path]:
    """The files in a folder; none where it cannot be read."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []
