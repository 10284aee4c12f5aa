r"""Citations of LaTeX documents, with the files that they read and the commands they define."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import SourceError
from compcite.formats.citing.events import Cited, Defined, Include, listed_keys
from compcite.formats.citing.files import find_file
from compcite.formats.citing.latex_commands import COMMANDS, Shape
from compcite.formats.citing.latex_syntax import brackets, definition, key_lists, options_end
from compcite.formats.decoding import read_source
from compcite.formats.documents.latex import is_conditional, latex_prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compcite.formats.citing.events import Event, Reader
    from compcite.formats.citing.latex_syntax import Definition
    from compcite.model.source import SourceFile

__all__ = ["latex_citations", "latex_reader"]

_COMMAND = re.compile(r"\\(?:([A-Za-z@]++)\*?+|.|\Z)", re.DOTALL)
_PLAIN = re.compile(r"[^{}\[\]\\#]*+")
_LET = re.compile(r"\s*+\\([A-Za-z@]++)\s*+=?\s*+\\([A-Za-z@]++)")
_ALIAS = re.compile(r"[^{}]*?\\([A-Za-z@]++)\*?\s*")
_STYLED = re.compile(r"\s*+\*?+\s*+(?:\{\s*+)?\\([A-Za-z@]++)")
_GROUP = re.compile(r'\s*+\{\s*+"?([^{}"\\#]*?)"?\s*+\}')
_PRIMITIVE = re.compile(r'[^\S\r\n]*+([^\s{}\\#"]++)')
_BIBITEM = re.compile(r"\s*+\{([^{}\\#]++)\}")
_ARGUMENT = re.compile(r"#(\d)")
_LONGEST_BODY = 2000  # characters of a definition in which it cites what it is given
_BRANCHES = 5  # arguments of \ifthenelse and its like, at most

_INPUTS = frozenset({"input", "subfile", "subfileinclude"})
_OPTIONAL_INPUTS = frozenset({"include", "@input", "InputIfFileExists", "loadglsentries"})
_IMPORTS = frozenset(
    "import subimport inputfrom subinputfrom includefrom subincludefrom".split(),
)
_PACKAGES = {"usepackage": ".sty", "RequirePackage": ".sty", "documentclass": ".cls"}
_MULTIBIB = ("cite", "nocite", "citep", "citet", "citealp", "citealt", "citeauthor", "citeyear")


class _Custom(NamedTuple):
    """A command of the document's own that cites, among others, what it is given."""

    signature: str
    templates: tuple[str, ...]


def latex_reader() -> Reader:
    """A reader of one document; what its files define holds in the files that follow."""
    return _Reader().read


def latex_citations(text: str) -> Iterator[Cited]:
    r"""What the citing commands in a text cite, where another language surrounds them."""
    closers = brackets(text)
    for token in _COMMAND.finditer(text):
        shape = COMMANDS.get(token[1] or "")
        if shape is not None:
            for start, end in key_lists(text, token.end(), shape, closers):
                yield from listed_keys(text, start, end)


class _Text(NamedTuple):
    """The text of one file, without what TeX passes over, and its brackets."""

    text: str
    closers: Mapping[int, int]
    source: SourceFile

    @classmethod
    def of(cls, source: SourceFile) -> _Text:
        """The text of a source."""
        text = latex_prose(source.text)
        return cls(text, brackets(text), source)


class _Reader:
    """What is known while the files of a document are read in turn."""

    def __init__(self) -> None:
        self.shapes = dict(COMMANDS)
        self.customs: dict[str, _Custom] = {}
        self.root: Path | None = None
        self.folders: dict[Path, Path] = {}  # by file, where its own inputs are looked for first
        self.in_body = False

    def read(self, source: SourceFile) -> Iterator[Event]:
        """The events of one file."""
        file = _Text.of(source)
        text = file.text
        if self.root is None:
            self.root = source.path.parent if source.path else Path()
            self.in_body = "\\begin{document}" not in text
        at = conditionals = uncertain_up_to = 0
        read: set[int] = set()
        while token := _COMMAND.search(text, at):
            name, at = token[1], token.end()
            if name is None:
                continue
            if name in self.customs:
                yield from self._expanded(file, token, self.customs[name])
            elif name in self.shapes:
                for start, end in key_lists(text, at, self.shapes[name], file.closers):
                    if start in read:
                        break  # an earlier command, in whose arguments this one stands, took it
                    read.add(start)
                    yield from (key for key in listed_keys(text, start, end) if "#" not in key.key)
            elif name == "bibitem":
                if item := _BIBITEM.match(text, options_end(text, at, file.closers)):
                    yield Defined(item[1].strip())
            elif name == "begin":
                self.in_body = self.in_body or text.startswith("{document}", at)
            elif (defined := definition(text, name, at, file.closers)) is not None:
                self._define(file, defined)
                at = defined.start
                uncertain_up_to = max(uncertain_up_to, defined.end)
            elif name.startswith(("if", "If")) and text.startswith("{", at):
                uncertain_up_to = max(uncertain_up_to, _branches_end(file, at))
            elif is_conditional(text, name, at):
                conditionals += 1
            elif name == "fi":
                conditionals = max(conditionals - 1, 0)
            else:
                self._learn(file, name, at)
                needed = self.in_body and not conditionals and at >= uncertain_up_to
                if include := self._include(file, name, at, needed=needed):
                    yield include

    def _expanded(self, file: _Text, token: re.Match[str], custom: _Custom) -> Iterator[Cited]:
        """What a command of the document's own cites, being given its arguments."""
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

    def _define(self, file: _Text, defined: Definition, *, only_new: bool = False) -> None:
        """Remember a command of the document's own if it cites."""
        name, signature, start, end = defined
        if end - start > _LONGEST_BODY or (only_new and name in self.shapes):
            return
        templates = tuple(dict.fromkeys(self._templates(file, start, end)))
        if templates:
            self.customs[name] = _Custom(signature, templates)
        elif not signature and (alias := _ALIAS.fullmatch(file.text, start, end)):
            self._alias(name, alias[1])

    def _templates(self, file: _Text, start: int, end: int) -> Iterator[str]:
        """The keys that a definition makes of its arguments."""
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
        """Let a command stand for another one, if that cites."""
        if other in self.customs:
            self.customs[name] = self.customs[other]
        elif other in self.shapes:
            self.customs.pop(name, None)
            self.shapes[name] = self.shapes[other]

    def _learn(self, file: _Text, name: str, at: int) -> None:
        """Take in what makes commands in other ways than by a body of its own."""
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
        """Take in the commands of a package that stands beside the document."""
        path = find_file([name], self._places(source))
        if path is None:
            return
        package = _Text.of(read_source(str(path)))
        for token in _COMMAND.finditer(package.text):
            defined = definition(package.text, token[1] or "", token.end(), package.closers)
            if defined is not None:
                self._define(package, defined, only_new=True)

    def _include(self, file: _Text, command: str, at: int, *, needed: bool) -> Include | None:
        """The file that a command reads here; raises SourceError where LaTeX would stop."""
        folder = None
        if command in _IMPORTS:
            folder = _GROUP.match(file.text, at)
            if folder is None:
                return None
            at = folder.end()
        elif command not in _INPUTS | _OPTIONAL_INPUTS:
            return None
        named = _GROUP.match(file.text, options_end(file.text, at, file.closers))
        if named is None and command == "input":
            named = _PRIMITIVE.match(file.text, at)
        if named is None or not named[1].strip():
            return None
        name = (folder[1].strip() + "/" if folder else "") + named[1].strip()
        path = find_file([name + ".tex", name], self._places(file.source))
        if path is None:
            if needed and command not in _OPTIONAL_INPUTS and Path(name).suffix in ("", ".tex"):
                place = file.source.position(named.start(1))
                raise SourceError(
                    f"{file.source.name}:{place.line}:{place.column}: "
                    f"\\{command} reads {name}, which is not there"
                )
            return None
        if folder or command.startswith("subfile"):
            self.folders[path] = path.parent
        elif file.source.path in self.folders:
            self.folders[path] = self.folders[file.source.path]
        return Include(path)

    def _places(self, source: SourceFile) -> list[Path]:
        """The folders in which a file's inputs may be: TeX runs in the main file's folder."""
        own = source.path.parent if source.path else Path()
        places = [self.root or Path(), own, Path()]
        return [self.folders[source.path], *places] if source.path in self.folders else places


def _arguments(file: _Text, at: int, signature: str) -> tuple[list[tuple[int, int]], int]:
    """Where the arguments stand that a command is given, up to the first that is missing."""
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


def _branches_end(file: _Text, at: int) -> int:
    r"""Where the arguments of a command such as ``\ifthenelse`` end."""
    for _ in range(_BRANCHES):
        while file.text[at : at + 1].isspace():
            at += 1
        if not file.text.startswith("{", at) or at not in file.closers:
            break
        at = file.closers[at] + 1
    return at


def _filled(template: str, parts: list[str]) -> str:
    """A template with each ``#n`` replaced by the argument it stands for, or by nothing."""
    given = dict(enumerate(parts, start=1))
    return _ARGUMENT.sub(lambda number: given.get(int(number[1]), ""), template)
