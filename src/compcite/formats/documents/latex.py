r"""What TeX typesets of a LaTeX document: no comments, no verbatim text, no dead branches.

Sources: The TeXbook, chapter 20 (conditionals skip to the matching ``\else`` or ``\fi``), and
the manuals of the packages that set text verbatim.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from compcite.formats.documents.blanking import blank

__all__ = ["is_conditional", "latex_prose"]

_TOKEN = re.compile(r"\\(?:([A-Za-z@]++)\*?+|.|\Z)|%[^\r\n]*+", re.DOTALL)
_ENVIRONMENT = re.compile(r"\s*+\{([^{}\r\n]++)\}")
_GROUP = r"\{(?:[^{}\\]++|\\.|\{[^{}]*+\})*+\}"
_OPTION = r"\s*+(?:\[[^\]\r\n]*+\])?+\s*+"
# Behind these commands a sign of one's choice delimits the text, or braces do.
_DELIMITED = {
    "verb": re.compile(r"([^\sA-Za-z*])[^\r\n]{0,999}?\1"),
    "Verb": re.compile(rf"{_OPTION}(?:{_GROUP}|([^\sA-Za-z*])[^\r\n]{0, 999}?\1)", re.DOTALL),
    "lstinline": re.compile(rf"{_OPTION}(?:{_GROUP}|([^\sA-Za-z*])[^\r\n]{0, 999}?\1)", re.DOTALL),
    "mintinline": re.compile(
        rf"{_OPTION}{_GROUP}(?:{_GROUP}|([^\sA-Za-z*])[^\r\n]{0, 999}?\1)", re.DOTALL
    ),
}
# Their argument is read without comments, so that a percent sign in an address is one.
_ADDRESSES = frozenset({"url", "href", "path", "nolinkurl", "doi", "burl"})
_ADDRESS = re.compile(rf"\s*+(?:\[[^\]\r\n]*+\]\s*+)?+{_GROUP}", re.DOTALL)
_VERBATIM = frozenset(
    "verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim SaveVerbatim spverbatim lstlisting "
    "minted comment filecontents filecontents* tcblisting luacode luacode* asy pycode "
    "sagesilent sageblock VerbatimOut dot2tex gnuplot".split(),
)
_MORE_VERBATIM = re.compile(
    r"\\(?:excludecomment|DefineVerbatimEnvironment|lstnewenvironment|newtcblisting)\s*+"
    r"(?:\[[^\]\r\n]*+\])?+\{([A-Za-z*]++)\}"
)
_CHUNK = re.compile(
    r"^<<[^\r\n]*>>=[^\S\r\n]*$(?:\r\n|\n|\r)(?:(?!@)[^\r\n]*+(?:\r\n|\n|\r|\Z))*+", re.M
)
# What follows these commands is a name and is not carried out.
_NAMING = re.compile(r"\s*+\\(?:[A-Za-z@]++)(?:\s*+=?\s*+\\[A-Za-z@]++)?")
_NAMERS = frozenset({"newif", "let", "def", "gdef", "edef", "xdef"})
_NO_CONDITIONALS = frozenset({"iff"})


class _Open(NamedTuple):
    """A conditional whose end has not come; ``dead`` tells that what follows is skipped."""

    dead: bool
    start: int


def latex_prose(text: str) -> str:
    r"""The text with blanks for what LaTeX does not typeset or typesets verbatim.

    That is comments, verbatim text, ``\iffalse``, code of other languages, and all behind
    ``\end{document}`` or ``\endinput``. Offsets stay as they are.
    """
    blanked = [match.span() for match in _CHUNK.finditer(text)] if "<<" in text else []
    verbatim = set(_VERBATIM) | {match[1] for match in _MORE_VERBATIM.finditer(text)}
    opened: list[_Open] = []
    at = 0
    while token := _TOKEN.search(text, at):
        name, at = token[1], token.end()
        if name is None:
            if token[0].startswith("%"):
                blanked.append(token.span())
        elif name in _DELIMITED:
            if literal := _DELIMITED[name].match(text, at):
                at = literal.end()
                blanked.append((token.start(), at))
        elif name in _ADDRESSES:
            if address := _ADDRESS.match(text, at):
                at = address.end()
        elif name in _NAMERS:
            if named := _NAMING.match(text, at):
                at = named.end()
        elif name == "begin":
            if (begun := _ENVIRONMENT.match(text, at)) and begun[1] in verbatim:
                end = text.find(f"\\end{{{begun[1]}}}", begun.end())
                if end < 0:
                    verbatim.discard(begun[1])
                else:
                    at = end
                    blanked.append((begun.end(), end))
        elif name == "endinput" or (name == "end" and text.startswith("{document}", at)):
            if not any(conditional.dead for conditional in opened):
                blanked.append((at, len(text)))
                break
        elif name in ("else", "fi") or is_conditional(text, name, at):
            _branch(opened, blanked, name, token.span())
    return blank(text, blanked)


def is_conditional(text: str, name: str, at: int) -> bool:
    r"""Whether the command that ends at ``at`` is a conditional that ``\fi`` ends.

    Commands that take both branches as arguments (``\ifthenelse{…}{…}{…}``) are none.
    """
    return name.startswith("if") and name not in _NO_CONDITIONALS and text[at : at + 1] not in "{}"


def _branch(
    opened: list[_Open], blanked: list[tuple[int, int]], name: str, span: tuple[int, int]
) -> None:
    """Follow a conditional, or the end of one of its branches."""
    if name not in ("else", "fi"):
        opened.append(_Open(dead=name == "iffalse", start=span[0]))
        return
    if not opened:
        return
    ended = opened.pop()
    if ended.dead:
        blanked.append((ended.start, span[1]))
    if name == "else":
        opened.append(_Open(dead=False, start=span[0]))
