"""Find the citations of a LaTeX document, in the files that it reads and by its own commands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import SourceError
from compcite.files.decoding import read_source
from compcite.formats.citing.events import Cited, Defined, Include, listed_keys
from compcite.formats.citing.files import find_file
from compcite.formats.citing.latex_commands import COMMANDS, Shape
from compcite.formats.citing.latex_syntax import brackets, definition, key_lists, options_end
from compcite.formats.documents.latex import is_conditional, latex_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.formats.citing.events import Event, Reader
    from compcite.formats.citing.latex_syntax import Definition
    from compcite.model.source import SourceFile

__all__ = ["latex_citations", "latex_reader"]

_COMMAND = re.compile(r"\\(?:([A-Za-z@]++)\*?+|.|\Z)", re.DOTALL)
_PLAIN = re.compile(r"[^{}\[\]\\#]*+")
_LET = re.compile(r"\s*+\\([A-Za-z@]++)\s*+=?\s*+\\([A-Za-z@]++)")
_ALIAS = re.compile(r"[^{}]*?\\([A-Za-z@]++)\*?\s*")
_STYLED = re.compile(r"\s*+\*?+\s*+(?:\{\s*+)?\\([A-Za-z@]++)")
_GROUP = re.compile(r'\s*+\{\s*+"?((?:[^\s{}"\\#]++|\s++(?=[^\s{}\\#]))*+)"?\s*+\}')
_PRIMITIVE = re.compile(r'[^\S\r\n]*+([^\s{}\\#"]++)')
_BIBITEM = re.compile(r"\s*+\{\s*+([^{}\\#]*[^{}\\#\s])\s*+\}")
_ARGUMENT = re.compile(r"#(\d)")
_LONGEST_BODY = 2000  # characters of a definition in which it cites what it is given
_BRANCHES = 5  # arguments of \ifthenelse and its like, at most

_INPUTS = frozenset({"input", "subfile", "subfileinclude"})
_OPTIONAL_INPUTS = frozenset({"include", "@input", "InputIfFileExists", "loadglsentries"})
_IMPORTS = frozenset(
    {"import", "subimport", "inputfrom", "subinputfrom", "includefrom", "subincludefrom"}
)
_PACKAGES = {"usepackage": ".sty", "RequirePackage": ".sty", "documentclass": ".cls"}
_MULTIBIB = ("cite", "nocite", "citep", "citet", "citealp", "citealt", "citeauthor", "citeyear")


class _Custom(NamedTuple):
    r"""A command that the document defines, and that cites what it is given.

    ``signature`` has a letter for each argument: ``m`` (needed), ``o`` (optional), ``s`` (a star).
    Each template is a key with arguments in it: ``\newcommand{\smith}[1]{\cite{smith#1}}`` gives
    ``smith#1``.
    """

    signature: str
    templates: tuple[str, ...]


def latex_reader(*, strict: bool = True) -> Reader:
    """Return a reader for one document; commands of one file hold in the files after it.

    With ``strict``, a file that LaTeX would miss is an error.
    """
    return _Reader(strict=strict).read


def latex_citations(text: str) -> Iterator[Cited]:
    """Yield the keys that citing commands name in a text of another language, such as Markdown.

    Only commands of LaTeX and its packages count; definitions and included files are not read.
    """
    closers = brackets(text)
    for token in _COMMAND.finditer(text):
        shape = COMMANDS.get(token[1] or "")
        if shape is not None:
            for start, end in key_lists(text, token.end(), shape, closers):
                yield from listed_keys(text, start, end)


class _File:
    """One file on its way: its text without what TeX skips, and the offset ``at`` of the reading.

    Before the offset ``certain_from`` stand arguments that LaTeX may never carry out. ``taken`` are
    the starts of the lists of keys that were read. ``conditionals`` counts the open ones.
    """

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.text = latex_prose(source.text)
        self.closers = brackets(self.text)
        self.at = 0
        self.conditionals = 0
        self.certain_from = 0
        self.taken: set[int] = set()

    def commands(self) -> Iterator[re.Match[str]]:
        """Yield each command that has a name, from the offset ``at`` on, and move ``at`` after it.

        The caller may move ``at`` further.
        """
        while token := _COMMAND.search(self.text, self.at):
            self.at = token.end()
            if token[1]:
                yield token


class _Reader:
    """What is known of a document while its files are read one after another.

    ``shapes`` are the citing commands, ``customs`` the citing commands of the document, and
    ``root`` is the folder of the first file. With ``strict``, a file that LaTeX would miss is an
    error.
    """

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self.shapes = dict(COMMANDS)
        self.customs: dict[str, _Custom] = {}
        self.root: Path | None = None
        self.folders: dict[Path, Path] = {}  # by file, where its own inputs are looked for first
        self.in_body = False

    def read(self, source: SourceFile) -> Iterator[Event]:
        """Yield the events of one file.

        Raise SourceError if LaTeX would miss a file that it needs, and reading is strict.
        """
        file = _File(source)
        if self.root is None:
            self.root = source.path.parent if source.path else Path()
            self.in_body = "\\begin{document}" not in file.text
        for token in file.commands():
            yield from self._events(file, token)

    def _events(self, file: _File, token: re.Match[str]) -> Iterable[Event]:
        """Return the events of one command: what it cites, describes or includes.

        Most commands have none.
        """
        name = token[1]
        if name in self.customs:
            return self._expanded(file, token, self.customs[name])
        if name in self.shapes:
            return _cited(file, self.shapes[name])
        if name == "bibitem":
            item = _BIBITEM.match(file.text, options_end(file.text, file.at, file.closers))
            return [Defined(item[1], *item.span(1))] if item else []
        if name in _INPUTS | _OPTIONAL_INPUTS | _IMPORTS:
            return self._included(file, name)
        self._follow(file, name)
        return []

    def _follow(self, file: _File, name: str) -> None:
        """Note what a command means for those after it.

        It may define a command, begin the document, or open or close a conditional.
        """
        defined = definition(file.text, name, file.at, file.closers)
        if defined is not None:
            self._define(file, defined)
            file.at = defined.start
            file.certain_from = max(file.certain_from, defined.end)
        elif name == "begin":
            self.in_body = self.in_body or file.text.startswith("{document}", file.at)
        elif name.startswith(("if", "If")) and file.text.startswith("{", file.at):
            file.certain_from = max(file.certain_from, _branches_end(file, file.at))
        elif is_conditional(file.text, name, file.at):
            file.conditionals += 1
        elif name == "fi":
            file.conditionals = max(file.conditionals - 1, 0)
        else:
            self._learn(file, name, file.at)

    def _expanded(self, file: _File, token: re.Match[str], custom: _Custom) -> Iterator[Cited]:
        """Yield the keys that a command of the document cites with the arguments it has here.

        A key that is made of several parts has the place of the whole command. Arguments that are
        not plain text give no keys.
        """
        text = file.text
        given, end = _arguments(file, token.end(), custom.signature)
        for template in custom.templates:
            numbers = [int(number) for number in _ARGUMENT.findall(template)]
            if not all(0 < number <= len(given) for number in numbers):
                continue
            spans = [given[number - 1] for number in numbers]
            if not all(_PLAIN.fullmatch(text, *span) for span in spans):
                continue
            if _ARGUMENT.fullmatch(template):
                yield from listed_keys(text, *spans[0])
            else:
                filled = _filled(template, [text[slice(*span)].strip() for span in given])
                for key in listed_keys(filled, 0, len(filled)):
                    yield Cited(key.key, token.start(), end)

    def _define(self, file: _File, defined: Definition, *, only_new: bool = False) -> None:
        """Remember a command that the document defines, if it cites, or stands for one that does.

        A body of more than 2,000 characters is not read. With ``only_new``, commands that are known
        already keep their meaning.
        """
        name, signature, start, end = defined
        if end - start > _LONGEST_BODY or (only_new and name in self.shapes):
            return
        templates = tuple(dict.fromkeys(self._templates(file, start, end)))
        if templates:
            self.customs[name] = _Custom(signature, templates)
        elif not signature and (alias := _ALIAS.fullmatch(file.text, start, end)):
            self._alias(name, alias[1])

    def _templates(self, file: _File, start: int, end: int) -> Iterator[str]:
        """Yield the keys with arguments in them (``smith#1``) that the body of a definition cites.

        The body stands in the text of the file from ``start`` to ``end``.
        """
        text = file.text
        for token in _COMMAND.finditer(text, start, end):
            name = token[1] or ""
            if name in self.customs:
                custom = self.customs[name]
                given, _ = _arguments(file, token.end(), custom.signature)
                parts = [text[slice(*span)].strip() for span in given]
                for template in custom.templates:
                    yield _filled(template, parts)
            elif name in self.shapes:
                for keys in key_lists(text, token.end(), self.shapes[name], file.closers):
                    yield from (k.key for k in listed_keys(text, *keys) if "#" in k.key)

    def _alias(self, name: str, other: str) -> None:
        """Give the command ``name`` the meaning of the command ``other``, if that one cites."""
        if other in self.customs:
            self.customs[name] = self.customs[other]
        elif other in self.shapes:
            self.customs.pop(name, None)
            self.shapes[name] = self.shapes[other]

    def _learn(self, file: _File, name: str, at: int) -> None:
        r"""Note a citing command that is made without a body, such as by ``\let`` or ``\newcites``.

        ``name`` is the command that makes it, and ends at ``at``.
        """
        text = file.text
        if name == "let" and (let := _LET.match(text, at)):
            self._alias(let[1], let[2])
        elif name == "DeclareCiteCommand" and (styled := _STYLED.match(text, at)):
            self.shapes.setdefault(styled[1], Shape.KEYS)
        elif name == "DeclareMultiCiteCommand" and (styled := _STYLED.match(text, at)):
            self.shapes.setdefault(styled[1], Shape.MULTIPLE)
        elif name == "newcites" and (suffixes := _GROUP.match(text, at)):
            for suffix in suffixes[1].split(","):
                self.shapes |= dict.fromkeys((c + suffix.strip() for c in _MULTIBIB), Shape.KEYS)
        elif name in _PACKAGES:
            names = _GROUP.match(text, options_end(text, at, file.closers))
            for package in names[1].split(",") if names else ():
                self._learn_package(file.source, package.strip() + _PACKAGES[name])

    def _learn_package(self, source: SourceFile, name: str) -> None:
        """Remember the citing commands that a package or class defines, if its file is found.

        Commands of a known meaning keep it.
        """
        path = find_file([name], self._places(source))
        if path is None:
            return
        package = _File(read_source(str(path)))
        for token in package.commands():
            defined = definition(package.text, token[1], token.end(), package.closers)
            if defined is not None:
                self._define(package, defined, only_new=True)

    def _included(self, file: _File, command: str) -> Iterator[Include]:
        """Yield the file that ``command`` includes here, if it can be found.

        A name that is made by other commands is passed over. Raise SourceError if the file cannot
        be found, LaTeX would stop, and reading is strict.
        """
        text, at = file.text, file.at
        folder = _GROUP.match(text, at) if command in _IMPORTS else None
        named = _GROUP.match(text, folder.end() if folder else options_end(text, at, file.closers))
        if named is None and command == "input":
            named = _PRIMITIVE.match(text, at)
        name = named[1].strip() if named else ""
        if named is None or not name or (command in _IMPORTS and folder is None):
            return
        if folder:
            name = f"{folder[1].strip()}/{name}"
        path = find_file([name + ".tex", name], self._places(file.source))
        if path is not None:
            if folder or command.startswith("subfile"):
                self.folders[path] = path.parent
            elif file.source.path in self.folders:
                self.folders[path] = self.folders[file.source.path]
            yield Include(path)
        elif self.strict and self._is_needed(file, command, name):
            place = file.source.position(named.start(1))
            raise SourceError(
                f"{file.source.name}:{place.line}:{place.column}: "
                f"\\{command} reads {name}, which is not there"
            )

    def _is_needed(self, file: _File, command: str, name: str) -> bool:
        """Return whether LaTeX surely stops if the file ``name`` does not exist.

        This is not sure before the document begins or with another suffix than ``.tex``, since TeX
        often brings or makes such a file. Nor is it within conditionals and definitions, which TeX
        may never carry out.
        """
        certain = not file.conditionals and file.at >= file.certain_from
        ours = command not in _OPTIONAL_INPUTS and Path(name).suffix in ("", ".tex")
        return self.in_body and certain and ours

    def _places(self, source: SourceFile) -> list[Path]:
        r"""Return the folders in which a file's inputs may be, in the order of the search.

        TeX runs in the folder of the main file, so this folder is searched first; only the folder
        that ``\import`` names comes before it.
        """
        own = source.path.parent if source.path else Path()
        places = [self.root or Path(), own, Path()]
        return [self.folders[source.path], *places] if source.path in self.folders else places


def _cited(file: _File, shape: Shape) -> Iterator[Cited]:
    """Yield the keys that the citing command just before ``file.at`` cites.

    Keys with a ``#``, which stands for an argument, are left out, and so are lists that an earlier
    command has taken.
    """
    for start, end in key_lists(file.text, file.at, shape, file.closers):
        if start in file.taken:
            break  # by an earlier command, in whose arguments this one stands
        file.taken.add(start)
        yield from (key for key in listed_keys(file.text, start, end) if "#" not in key.key)


def _arguments(file: _File, at: int, signature: str) -> tuple[list[tuple[int, int]], int]:
    """Return start and end of each argument after ``at``, and the offset after the last one.

    A star, or an optional argument that is missing, gives an empty span. The list ends at the first
    needed argument that is missing.
    """
    given: list[tuple[int, int]] = []
    for kind in signature:
        while file.text[at : at + 1].isspace():
            at += 1
        opens = file.text.startswith("{" if kind == "m" else "[", at) and at in file.closers
        if opens and kind in "mo":
            given.append((at + 1, file.closers[at]))
            at = file.closers[at] + 1
        elif kind == "m":
            break
        else:
            given.append((at, at))
    return given, at


def _branches_end(file: _File, at: int) -> int:
    """Return the offset after the arguments in braces at ``at``; at most five count."""
    for _ in range(_BRANCHES):
        while file.text[at : at + 1].isspace():
            at += 1
        if not file.text.startswith("{", at) or at not in file.closers:
            break
        at = file.closers[at] + 1
    return at


def _filled(template: str, parts: list[str]) -> str:
    """Return a template with each ``#n`` replaced by argument n, or by nothing if it is missing."""
    given = dict(enumerate(parts, start=1))
    return _ARGUMENT.sub(lambda number: given.get(int(number[1]), ""), template)
