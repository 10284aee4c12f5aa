"""Rich Text Format, which Word, LibreOffice and Pages open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.output.sheet import label_and_rest
from compcite.csl.richtext import DisplayBlock, Link

if TYPE_CHECKING:
    from compcite.csl.output.sheet import Sheet
    from compcite.csl.richtext import Rich, RichNode

__all__ = ["write", "write_sheet"]

_CONTROLS = {
    ("font-style", "italic"): r"\i ",
    ("font-style", "oblique"): r"\i ",
    ("font-style", "normal"): r"\i0 ",
    ("font-weight", "bold"): r"\b ",
    ("font-weight", "normal"): r"\b0 ",
    ("font-variant", "small-caps"): r"\scaps ",
    ("font-variant", "normal"): r"\scaps0 ",
    ("text-decoration", "underline"): r"\ul ",
    ("text-decoration", "none"): r"\ul0 ",
    ("vertical-align", "sup"): r"\super ",
    ("vertical-align", "sub"): r"\sub ",
    ("vertical-align", "baseline"): r"\nosupersub ",
}
_LAST_ASCII = 0x7F
_HEAD = r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}}"
# Lengths in twips, of which an inch has 1440 and a line of twelve points 240.
_INDENT, _LINE, _SIGN = 720, 240, 120


def write(rich: Rich) -> str:
    """Return ``rich`` as RTF, without the head that a file needs."""
    return "".join(_node(node) for node in rich)


def write_sheet(sheet: Sheet) -> str:
    """Return a bibliography as an RTF file, each entry a paragraph.

    Entries with labels are indented by the widest label, others by the hanging indent, if the style
    has one.
    """
    indent = _INDENT if sheet.hanging_indent else 0
    if sheet.widest_label:
        indent = (len(sheet.widest_label) + 1) * _SIGN
    hanging = rf"\fi-{indent}\li{indent}\tx{indent}" if indent else ""
    begin = rf"\pard\plain\f0\fs24{hanging}\sa{sheet.entry_spacing * _LINE} "
    paragraphs = "".join(f"{begin}{_entry(entry)}\\par\n" for entry in sheet.entries)
    return f"{_HEAD}\n{paragraphs}}}\n"


def _entry(entry: Rich) -> str:
    """Return an entry, with a tab between its label and the rest."""
    label, rest = label_and_rest(entry)
    return f"{write(label).strip()}\\tab {write(rest).lstrip()}" if label else write(rest)


def _node(node: RichNode) -> str:
    """Return a piece of formatted text as RTF.

    A link stays one. Of formatting that RTF has no control for, only the text is written.
    """
    if isinstance(node, str):
        return _escaped(node)
    inner = write(node.children)
    if isinstance(node, DisplayBlock):
        return {
            "left-margin": rf"{inner}\tab ",
            "block": rf"\line {inner}",
            "indent": rf"\line\tab {inner}",
        }.get(node.display, inner)
    if isinstance(node, Link):
        url = _escaped(node.url.replace('"', "%22"))
        return rf'{{\field{{\*\fldinst HYPERLINK "{url}"}}{{\fldrslt {inner}}}}}'
    return f"{{{_CONTROLS.get((node.attribute, node.value), '')}{inner}}}"


def _escaped(text: str) -> str:
    return "".join(_character(c) for c in text)


def _character(character: str) -> str:
    r"""Return a character as RTF, with an escape if it is special or beyond ASCII.

    A line end becomes ``\line``.
    """
    if character in "\\{}":
        return "\\" + character
    if character == "\n":
        return r"\line "
    if ord(character) <= _LAST_ASCII:
        return character
    units = character.encode("utf-16-le", "surrogatepass")
    # RTF counts in signed sixteen-bit units; "?" is for readers that know no Unicode.
    numbers = (
        int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2)
    )
    return "".join(rf"\u{number}?" for number in numbers)
