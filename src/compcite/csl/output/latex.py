r"""LaTeX: text for somebody's document, the same under pdflatex, xelatex and lualatex.

pdflatex stops at signs that it does not know, such as U+202F, α or 李. What LaTeX has a command
for is written as the command. For all others the bibliography begins with definitions, which
give pdflatex something to print and which xelatex and lualatex pass over.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

from compcite.csl.output.latex_signs import SPACES, T1_LETTERS, command_of, is_known
from compcite.csl.output.sheet import label_and_rest
from compcite.csl.richtext import DisplayBlock, Link, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.csl.output.sheet import Sheet
    from compcite.csl.richtext import Rich, RichNode

__all__ = ["write", "write_sheet"]

_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", "`": r"\textasciigrave{}",
    "…": r"\ldots{}",
}  # fmt: skip
_TO_WRITE = re.compile(r"[^A-Za-z0-9 .:;()/*+=@\[\]]+")
# Signs of ASCII that TeX's fonts join to another sign: "--" is a dash, ",," a low quotation mark.
_JOINED = frozenset({"--", "''", "``", ",,", "?`", "!`"})
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
# Where a shown address may go on in the next line; behind a hyphen TeX breaks a line anyway.
_BREAK = re.compile(r"(?<=[/.,:;?&=+_%#~@])(?=[^/.,:;?&=+_%#~@-])(?!$)")
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+$")
_IN_URLS = "!'()*+,-./:;=?@_~&"  # what stays in an address; % and # are escaped for TeX
_HREF = r"\providecommand{\href}[2]{#2}% for documents without hyperref"
# LaTeX keeps what it prints for a sign in a command called "u8:" and the sign.
_STAND_INS = r"""% What pdflatex prints for signs that no package defines, and without T1 fonts.
\ifdefined\Umathchar\else
\def\cslsign#1#2{\ifcsname u8:\detokenize{#1}\endcsname\else\cslprints{#1}{#2}\fi}
\def\cslletter#1#2{\ifcsname T@T1\endcsname\else\cslprints{#1}{#2}\fi}
\def\cslprints#1#2{\expandafter\def\csname u8:\detokenize{#1}\endcsname{#2}}
"""


def write(rich: Rich) -> str:
    """Return ``rich`` as one paragraph of LaTeX."""
    return " ".join(_nodes(rich).split(" ")).strip()


def write_sheet(sheet: Sheet) -> str:
    r"""Return a bibliography as a ``thebibliography``, each entry an ``\item``.

    The environment brings the heading of the document's class and language. Entries without a
    label have a hanging indent.
    """
    items = [_item(entry) for entry in sheet.entries]
    text = "\n\n".join(items)
    definitions = f"{_HREF}\n" if r"\href{" in text else ""
    definitions += _stand_ins(text)
    widest = _text(sheet.widest_label)
    if widest:
        indent = rf"\settowidth{{\labelwidth}}{{{widest}}}"
    else:
        indent = r"\setlength{\labelwidth}{0pt}\setlength{\labelsep}{0pt}"
        indent += r"\setlength{\itemindent}{-\leftmargin}"
    # The class measures its argument with brackets around it, for the indent of all lines.
    argument = _text(sheet.widest_label.strip("[]().")) or r"\hspace{1em}"
    space = rf"\setlength{{\itemsep}}{{{sheet.entry_spacing * 0.5:g}\baselineskip}}"
    return (
        f"\\begin{{thebibliography}}{{{argument}}}\n"
        f"{definitions}{indent}\n{space}\\emergencystretch=3em\n\n{text}\n\n"
        "\\end{thebibliography}\n"
    )


def _item(entry: Rich) -> str:
    label, rest = label_and_rest(entry)
    return rf"\item[{{{write(label)}}}] {write(rest)}" if label else rf"\item[] {write(rest)}"


def _nodes(rich: Rich) -> str:
    return "".join(_node(node) for node in rich)


def _node(node: RichNode) -> str:
    """Return a piece of formatted text as LaTeX; of formatting without a command only its text."""
    if isinstance(node, str):
        return _text(node)
    inner = _nodes(node.children)
    if isinstance(node, DisplayBlock):
        return f" {inner} "
    if isinstance(node, Link):
        target = quote(node.url, safe=_IN_URLS + "%#").replace("%", r"\%").replace("#", r"\#")
        shown = plain(node.children)
        return rf"\href{{{target}}}{{{_address(shown) if _ADDRESS.match(shown) else inner}}}"
    command = _COMMANDS.get((node.attribute, node.value))
    return f"\\{command}{{{inner}}}" if command else inner


def _address(text: str) -> str:
    """Return a shown address that may be broken behind its signs."""
    return r"\allowbreak{}".join(_text(part) for part in _BREAK.split(text))


def _text(text: str) -> str:
    """Return text with the commands that print it."""
    return _TO_WRITE.sub(lambda found: _written(found[0]), unicodedata.normalize("NFC", text))


def _written(signs: str) -> str:
    """Return signs with their commands.

    ``{}`` keeps apart what the font would join, such as two hyphens.
    """
    out = ""
    for sign in signs:
        made = _SIGNS.get(sign) or _beyond_ascii(sign)
        out += "{}" + made if out[-1:] + made[:1] in _JOINED else made
    return out


def _beyond_ascii(sign: str) -> str:
    """Return a sign as it is, or the command that prints it where pdflatex does not know it.

    Control characters are left out, line breaks become blanks, and half a character becomes "?".
    """
    if sign in SPACES:
        return SPACES[sign]
    category = unicodedata.category(sign)
    if category == "Cs":
        return "?"  # half a character, which is in no font and no file
    if category in ("Cc", "Cf", "Zl", "Zp"):
        return " " if sign in "\t\n\r\u2028\u2029" else ""
    return sign if sign in T1_LETTERS or is_known(sign) else command_of(sign) or sign


def _stand_ins(text: str) -> str:
    """Return the definitions for the signs of a text that pdflatex may not know; empty if none."""
    lines = [
        rf"\cslletter{{{sign}}}{{{T1_LETTERS[sign]}}}"
        if sign in T1_LETTERS
        else rf"\cslsign{{{sign}}}{{{_stand_in(sign)}}}"
        for sign in sorted(set(text))
        if not is_known(sign)
    ]
    filled = "".join("".join(some) + "%\n" for some in _in_lines(lines))
    return f"{_STAND_INS}{filled}\\fi\n" if lines else ""


def _in_lines(definitions: list[str]) -> Iterator[list[str]]:
    """Yield a few definitions at a time, as many as stand well on a line."""
    for start in range(0, len(definitions), 5):
        yield definitions[start : start + 5]


def _stand_in(sign: str) -> str:
    """Return what pdflatex prints for a sign: its letter without marks, else a question mark.

    A mark that is put on another letter is left out.
    """
    base = unicodedata.normalize("NFKD", sign)[:1]
    return base if base.isascii() and base.isalnum() else "" if unicodedata.combining(sign) else "?"
