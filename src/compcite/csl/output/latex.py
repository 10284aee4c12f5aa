"""LaTeX: text for a document that has hyperref, in commands every document has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.richtext import Block, Link

if TYPE_CHECKING:
    from compcite.csl.richtext import Rich, RichNode

__all__ = ["write"]

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
        "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
        "\u00a0": "~", "–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'",
        "<": r"\textless{}", ">": r"\textgreater{}", "…": r"\ldots{}",
    }
)  # fmt: skip
_URL_ESCAPES = str.maketrans(
    {"%": r"\%", "#": r"\#", "\\": r"\%5C", "{": r"\%7B", "}": r"\%7D", " ": r"\%20"}
)
_COMMANDS = {
    ("font-style", "italic"): "textit",
    ("font-style", "oblique"): "textsl",
    ("font-style", "normal"): "textup",
    ("font-weight", "bold"): "textbf",
    ("font-weight", "normal"): "textmd",
    ("font-variant", "small-caps"): "textsc",
    ("font-variant", "normal"): "textnormal",
    ("text-decoration", "underline"): "underline",
    ("vertical-align", "sup"): "textsuperscript",
    ("vertical-align", "sub"): "textsubscript",
}


def write(rich: Rich) -> str:
    """Return ``rich`` as one paragraph of LaTeX."""
    return " ".join(_nodes(rich).split(" ")).strip()


def _nodes(rich: Rich) -> str:
    return "".join(_node(node) for node in rich)


def _node(node: RichNode) -> str:
    if isinstance(node, str):
        return node.translate(_ESCAPES)
    inner = _nodes(node.children)
    if isinstance(node, Block):
        return f" {inner} "
    if isinstance(node, Link):
        return rf"\href{{{node.url.translate(_URL_ESCAPES)}}}{{{inner}}}"
    command = _COMMANDS.get((node.attribute, node.value))
    return f"\\{command}{{{inner}}}" if command else inner
