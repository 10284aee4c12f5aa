"""Rich Text Format: a fragment to be put into a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.richtext import Block, Link

if TYPE_CHECKING:
    from compcite.csl.richtext import Rich, RichNode

__all__ = ["write"]

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


def write(rich: Rich) -> str:
    """Return ``rich`` as RTF."""
    return "".join(_node(node) for node in rich)


def _node(node: RichNode) -> str:
    if isinstance(node, str):
        return _escaped(node)
    inner = write(node.children)
    if isinstance(node, Block):
        return rf"\tab {inner}" if node.display == "right-inline" else rf"{inner}\line "
    if isinstance(node, Link):
        url = _escaped(node.url)
        return rf'{{\field{{\*\fldinst HYPERLINK "{url}"}}{{\fldrslt {inner}}}}}'
    return f"{{{_CONTROLS.get((node.attribute, node.value), '')}{inner}}}"


def _escaped(text: str) -> str:
    return "".join(_character(c) for c in text)


def _character(character: str) -> str:
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
