"""Find the arguments of LaTeX commands: brackets, lists of keys, definitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.formats.citing.latex_commands import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Definition", "brackets", "definition", "key_lists", "options_end"]

_BRACKET = re.compile(r"\\.|[{}\[\]]", re.DOTALL)
_BLANKS = re.compile(r"\s*+")
_SAME_PARAGRAPH = re.compile(r"[^\S\r\n]*+(?:(?:\r\n|\n|\r)[^\S\r\n]*+)?+")
_ANGLES = re.compile(r"<[^<>{}\r\n]{0,300}+>")
_NOTES = re.compile(r"(?:\s*+\([^()]*+\)){0,2}")
_KEYS = re.compile(r"\{([^{}\\]*+)\}")
_MOST = {Shape.KEYS: 1, Shape.VOLUME: 1, Shape.TWICE: 2}

_NAME = r"\s*+\*?+\s*+(?:\{\s*+\\([A-Za-z@]++)\s*+\}|\\([A-Za-z@]++))\s*+"
_NEW = re.compile(_NAME + r"(?:\[(\d)\]\s*+)?+(\[)?+")
_TEX = re.compile(r"\s*+\\([A-Za-z@]++)((?:#\d)*+)\s*+(?=\{)")
_XPARSE = re.compile(_NAME + r"(?=\{)")
_SPECIFIED = re.compile(r"[+!\s]*+(?:([ms])|([o])|O\{[^{}]*+\})")
_NEW_COMMANDS = frozenset(
    {
        "newcommand",
        "renewcommand",
        "providecommand",
        "newrobustcmd",
        "renewrobustcmd",
        "providerobustcmd",
        "DeclareRobustCommand",
    }
)
_TEX_COMMANDS = frozenset({"def", "gdef", "edef", "xdef"})
_XPARSE_COMMANDS = frozenset(
    kind + expandable + "DocumentCommand"
    for kind in ("New", "Renew", "Provide", "Declare")
    for expandable in ("", "Expandable")
)


class Definition(NamedTuple):
    """A command that a document defines; its body stands in the text from ``start`` to ``end``.

    ``signature`` has a letter for each argument: ``m`` (needed), ``o`` (optional), ``s`` (a star).
    """

    name: str
    signature: str
    start: int
    end: int


def brackets(text: str) -> dict[int, int]:
    """Return the offset of the closing sign for the offset of each ``{`` and ``[``.

    As in LaTeX, a ``[`` is closed by the first ``]`` that is not within braces of its own. A
    bracket that is never closed is left out.
    """
    closers: dict[int, int] = {}
    opened: list[tuple[int, list[int]]] = [(-1, [])]
    for bracket in _BRACKET.finditer(text):
        sign, at = bracket[0], bracket.start()
        if sign == "{":
            opened.append((at, []))
        elif sign == "}":
            if len(opened) > 1:
                closers[opened.pop()[0]] = at
        elif sign == "[":
            opened[-1][1].append(at)
        elif sign == "]":
            closers.update(dict.fromkeys(opened[-1][1], at))
            opened[-1][1].clear()
    return closers


def options_end(
    text: str, at: int, closers: Mapping[int, int], blanks: re.Pattern[str] = _BLANKS
) -> int:
    """Return the offset after optional arguments and blanks that begin at ``at``.

    Optional arguments are ``[…]``, and the ``<…>`` of apacite and Beamer.
    """
    while True:
        at = _end(blanks, text, at)
        if text.startswith("[", at) and at in closers:
            at = closers[at] + 1
        elif text.startswith("<", at) and (angles := _ANGLES.match(text, at)):
            at = angles.end()
        else:
            return at


def key_lists(
    text: str, at: int, shape: Shape, closers: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield start and end of each list of keys after a citing command that ends at ``at``.

    ``shape`` says how many lists the command takes and what stands before each. ``closers`` are the
    brackets of ``text``, as ``brackets`` returns them.
    """
    blanks = _BLANKS
    left = _MOST.get(shape, -1)
    if left < 0:
        at = _end(_NOTES, text, at)
    while left:
        at = options_end(text, at, closers, blanks)
        if shape in (Shape.VOLUME, Shape.VOLUMES):
            if not text.startswith("{", at) or at not in closers:
                return
            at = options_end(text, closers[at] + 1, closers, blanks)
        keys = _KEYS.match(text, at)
        if keys is None:
            return
        yield keys.span(1)
        at, left, blanks = keys.end(), left - 1, _SAME_PARAGRAPH


def definition(text: str, definer: str, at: int, closers: Mapping[int, int]) -> Definition | None:
    r"""Return the definition that a command begins: ``\newcommand{\mycite}[1]{\cite{#1}}``.

    ``definer`` is the name of the command (``newcommand``), and ends at ``at``. ``closers`` are the
    brackets of ``text``, as ``brackets`` returns them. The result is None if the command defines
    nothing (``section``), if the body is not in braces, and for a ``\def`` with other signs between
    the parameters (``\def\a#1.{…}``).
    """
    if definer in _NEW_COMMANDS and (new := _NEW.match(text, at)):
        count = int(new[3] or 0)
        signature = "m" * count
        at = new.end()
        if new[4]:
            signature = "o" + signature[1:]
            at = _end(_BLANKS, text, closers.get(at - 1, at) + 1)
        return _defined(text, new[1] or new[2], signature, at, closers)
    if definer in _TEX_COMMANDS and (tex := _TEX.match(text, at)):
        return _defined(text, tex[1], "m" * (len(tex[2]) // 2), tex.end(), closers)
    if definer in _XPARSE_COMMANDS and (xparse := _XPARSE.match(text, at)):
        start = xparse.end()
        if start not in closers:
            return None
        signature = _signature(text, start + 1, closers[start])
        body = _end(_BLANKS, text, closers[start] + 1)
        return _defined(text, xparse[1] or xparse[2], signature, body, closers)
    return None


def _signature(text: str, at: int, end: int) -> str:
    """Return the letters of a command's arguments in the notation of xparse: ``m O{x}`` is ``mo``.

    The result ends before the first argument of an unknown kind, such as ``r()``.
    """
    signature = ""
    while kind := _SPECIFIED.match(text, at, end):
        signature += kind[1] or "o"
        at = kind.end()
    return signature


def _defined(
    text: str, name: str, signature: str, at: int, closers: Mapping[int, int]
) -> Definition | None:
    """Return the definition whose body begins at ``at``, or None if no body begins there."""
    if not text.startswith("{", at) or at not in closers:
        return None
    return Definition(name, signature, at + 1, closers[at])


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return the offset at which a pattern's match at ``at`` ends, or ``at`` without a match."""
    match = pattern.match(text, at)
    return match.end() if match else at
