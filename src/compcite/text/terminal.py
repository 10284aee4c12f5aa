r"""Make text from files and servers harmless for a terminal.

A title may contain anything: escape sequences that recolour or rewrite a terminal (ECMA-48),
bidirectional overrides that make text look different from what it is (Unicode UAX #9,
CVE-2021-42574), line breaks that start a new line. Here such characters become visible escapes
(``\x1b``, ``\u202e``). Everything else stays, and nothing is read as markup.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["cell_width", "harmless", "one_line", "path_on_one_line", "without_commands", "wrapped"]

# How a line begins that GitHub Actions or Azure Pipelines carry out, also behind blanks.
_COMMANDS = ("::", "##")

# Control characters except tab and newline; bidirectional embeddings, overrides and isolates; line
# and paragraph separators; invisible tags; and what cannot be encoded (lone surrogates,
# noncharacters). Left-to-right marks and joiners stay: titles in Hebrew or Persian need them.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_BREAK = re.compile(
    "[ \t]*[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029][ \t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]*"
)
_WORD = re.compile(r"\s*\S+")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_SOFT_HYPHEN = "\u00ad"
_JOINING_HANGUL = range(0x1160, 0x1200)  # vowels and final consonants: part of the syllable before


def harmless(text: str) -> str:
    """Return the text with control characters as visible escapes; tabs and newlines stay."""
    return text if text.isprintable() else _HARMFUL.sub(_escape, text)


def one_line(text: str) -> str:
    """Return the harmless text on one line.

    Line breaks and tabs, with the blanks beside them, become one space.
    """
    return text if text.isprintable() else harmless(_BREAK.sub(" ", text))


def path_on_one_line(path: str) -> str:
    """Return the harmless path on one line that no CI system carries out where it begins so.

    ``::error::.bib`` becomes ``./::error::.bib``, the same file.
    """
    line = one_line(path)
    return f"./{line}" if line.lstrip().startswith(_COMMANDS) else line


def without_commands(text: str) -> str:
    """Return the text with ``| `` before each line that a CI system would take for a command."""
    lines = text.split("\n")
    return "\n".join(f"| {one}" if one.lstrip().startswith(_COMMANDS) else one for one in lines)


def cell_width(text: str) -> int:
    """Return the number of terminal cells of a harmless line; a Chinese character takes 2.

    Source: UAX #11.
    """
    return len(text) if text.isascii() else sum(map(_char_width, text))


def wrapped(line: str, width: int | None, indent: int) -> list[str]:
    """A line as several that are no wider than ``width`` cells, each broken between two words.

    All but the first begin with ``indent`` blanks. A word that is wider, such as an address, stays
    whole, so that it can be copied. Colours take no room. Without a width the line stays as it is.
    """
    if width is None or cell_width(_COLOUR.sub("", line)) <= width:
        return [line]
    lines, room = [""], width
    for word in _WORD.findall(line):
        needed = cell_width(_COLOUR.sub("", word))
        if needed > room and lines[-1].strip():
            lines.append(" " * indent + word.lstrip())
            room = width - indent - cell_width(_COLOUR.sub("", word.lstrip()))
        else:
            lines[-1] += word
            room -= needed
    return lines


def _escape(match: re.Match[str]) -> str:
    r"""Return the escape of a character in Python's and JSON's notation, such as ``\x1b``."""
    code = ord(match[0])
    if code > 0xFFFF:  # noqa: PLR2004 - the end of the basic plane
        return f"\\U{code:08x}"
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"  # noqa: PLR2004 - one byte


@lru_cache(maxsize=4096)  # a text has few different characters
def _char_width(char: str) -> int:
    """Return the cells of a character: 0 for one drawn over another, 2 for a wide one, else 1."""
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    if char == _SOFT_HYPHEN:
        return 1
    drawn_over = unicodedata.category(char) in ("Mn", "Me", "Cf") or ord(char) in _JOINING_HANGUL
    return 0 if drawn_over else 1
