r"""Find what TeX prints of a LaTeX document as prose.

Comments, verbatim text and branches that TeX skips are not prose. Sources: The TeXbook, chapter
20 (conditionals skip to the matching ``\else`` or ``\fi``), and the manuals of the packages that
set text verbatim.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from compcite.formats.documents.blanking import blank

__all__ = ["is_conditional", "latex_prose"]

_TOKEN = re.compile(r"\\(?:([A-Za-z@]++)\*?+|.|\Z)|%[^\r\n]*+", re.DOTALL)
_ENVIRONMENT = re.compile(r"\s*+\{([^{}\r\n]++)\}")
_GROUP = r"\{(?:[^{}\\]++|\\.|\{[^{}]*+\})*+\}"
_OPTION = r"\s*+(?:\[[^\]\r\n]{0,300}+\])?+\s*+"
_BETWEEN = r"([^\sA-Za-z*])[^\r\n]{0,999}?\1"
# Behind these commands a sign of one's choice delimits the text, or braces do.
_DELIMITED = {
    "verb": re.compile(_BETWEEN),
    "Verb": re.compile(f"{_OPTION}(?:{_GROUP}|{_BETWEEN})", re.DOTALL),
    "lstinline": re.compile(f"{_OPTION}(?:{_GROUP}|{_BETWEEN})", re.DOTALL),
    "mintinline": re.compile(f"{_OPTION}{_GROUP}(?:{_GROUP}|{_BETWEEN})", re.DOTALL),
}
# The argument of these is read without comments, so that a percent sign in an address is one.
_ADDRESS = re.compile(_OPTION + _GROUP, re.DOTALL)
# What follows these is a name and is not carried out.
_NAMING = re.compile(r"\s*+\\(?:[A-Za-z@]++)(?:\s*+=?\s*+\\[A-Za-z@]++)?")
_PASSED = {
    **dict.fromkeys(("url", "href", "path", "nolinkurl", "doi", "burl"), _ADDRESS),
    **dict.fromkeys(("newif", "let", "def", "gdef", "edef", "xdef"), _NAMING),
}
_VERBATIM = (
    "verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim SaveVerbatim spverbatim lstlisting "
    "minted comment filecontents filecontents* tcblisting luacode luacode* asy pycode "
    "sagesilent sageblock VerbatimOut dot2tex gnuplot"
)
_MORE_VERBATIM = re.compile(
    r"\\(?:excludecomment|DefineVerbatimEnvironment|lstnewenvironment|newtcblisting)\s*+"
    r"(?:\[[^\]\r\n]{0,300}+\])?+\{([A-Za-z*]++)\}"
)
_CHUNK = re.compile(
    r"^<<[^\r\n]*>>=[^\S\r\n]*$(?:\r\n|\n|\r)(?:(?!@)[^\r\n]*+(?:\r\n|\n|\r|\Z))*+", re.MULTILINE
)
_NO_CONDITIONALS = frozenset({"iff"})


class _Open(NamedTuple):
    """A conditional that is not closed yet; if ``dead`` is true, TeX skips what follows it."""

    dead: bool
    start: int


def latex_prose(text: str) -> str:
    r"""Return the text with blanks for what LaTeX does not print, or prints verbatim.

    These are comments, verbatim text, ``\iffalse``, code chunks of R, and everything after
    ``\end{document}`` or ``\endinput``. Offsets stay as they are.
    """
    reading = _Reading(text)
    at = 0
    while token := _TOKEN.search(text, at):
        at = token.end()
        if token[1]:
            at = reading.command(token[1], token.start(), at)
        elif token[0].startswith("%"):
            reading.blanked.append(token.span())
    return blank(text, reading.blanked)


def is_conditional(text: str, name: str, at: int) -> bool:
    r"""Return whether a command is a conditional that ends at ``\fi``.

    ``name`` is the command without its backslash, ``at`` is the offset after it in ``text``.
    Commands that take both branches as arguments (``\ifthenelse{…}{…}{…}``) are not such
    conditionals.
    """
    return name.startswith("if") and name not in _NO_CONDITIONALS and text[at : at + 1] not in "{}"


class _Reading:
    """The state of a reading from beginning to end; ``blanked`` collects what is not prose."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blanked = [chunk.span() for chunk in _CHUNK.finditer(text)] if "<<" in text else []
        self.verbatim = {*_VERBATIM.split(), *(env[1] for env in _MORE_VERBATIM.finditer(text))}
        self.opened: list[_Open] = []

    def command(self, name: str, start: int, at: int) -> int:
        """Note what a command hides, and return the offset at which reading goes on.

        The command ``name`` stands in the text from ``start`` to ``at``.
        """
        if name in _DELIMITED:
            if literal := _DELIMITED[name].match(self.text, at):
                self.blanked.append((start, literal.end()))
                return literal.end()
        elif name in _PASSED:
            if passed := _PASSED[name].match(self.text, at):
                return passed.end()
        elif name == "begin":
            return self._environment(at)
        elif self._ends(name, at):
            self.blanked.append((at, len(self.text)))
            return len(self.text)
        elif name in ("else", "fi") or is_conditional(self.text, name, at):
            self._branch(name, start, at)
        return at

    def _environment(self, at: int) -> int:
        """Blank a verbatim environment that begins at ``at``, and return the offset after it.

        If none begins there, or it is never closed, return ``at``.
        """
        begun = _ENVIRONMENT.match(self.text, at)
        if begun is None or begun[1] not in self.verbatim:
            return at
        end = self.text.find(f"\\end{{{begun[1]}}}", begun.end())
        if end < 0:
            self.verbatim.discard(begun[1])
            return at
        self.blanked.append((begun.end(), end))
        return end

    def _ends(self, name: str, at: int) -> bool:
        """Return whether TeX stops reading after this command.

        A command in a branch that TeX skips does not count.
        """
        ends = name == "endinput" or (name == "end" and self.text.startswith("{document}", at))
        return ends and not any(conditional.dead for conditional in self.opened)

    def _branch(self, name: str, start: int, at: int) -> None:
        r"""Note that a conditional opens, or that ``\else`` or ``\fi`` ends a branch.

        A branch that TeX skips is added to ``blanked`` when it ends.
        """
        if name not in ("else", "fi"):
            self.opened.append(_Open(name == "iffalse", start))
            return
        ended = self.opened.pop() if self.opened else _Open(dead=False, start=start)
        if ended.dead:
            self.blanked.append((ended.start, at))
        if name == "else":
            self.opened.append(_Open(dead=False, start=start))
