"""Turn the tags in CSL's titles into Markdown and back, since pandoc has Markdown in its YAML.

Source: the pandoc manual, "Specifying bibliographic data" and "Pandoc's Markdown".
"""

from __future__ import annotations

import re

__all__ = ["from_markdown", "to_markdown"]

_SPECIAL = re.compile(r"[\\*^~\[\]$`@]|<(?=[A-Za-z/!])|(?<!\w)_|_(?!\w)")
_SMALL_CAPS = '<span style="font-variant:small-caps;">'
_TAG = re.compile(
    r"<(?P<tag>/?(?:i|b|sup|sub|sc))>|<span (?P<span>class=\"nocase\"|style=\"[^\"]*\")>|</span>"
)
_SIGNS = {
    "i": ("*", "*"),
    "b": ("**", "**"),
    "sup": ("^", "^"),
    "sub": ("~", "~"),
    "sc": ("[", "]{.smallcaps}"),
    'class="nocase"': ("[", "]{.nocase}"),
}
_EMPTY = re.compile(r"<(i|b|sup|sub|sc)></\1>")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPANNED = re.compile(r"\[([^\[\]]*)\]\{\.(nocase|smallcaps)\}")
_MARKED = (
    (re.compile(r"\*\*(?=\S)([^*]+?)(?<=\S)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*(?=\S)([^*]+?)(?<=\S)\*"), r"<i>\1</i>"),
    (re.compile(r"(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)"), r"<i>\1</i>"),
    (re.compile(r"\^([^\s^]+)\^"), r"<sup>\1</sup>"),
    (re.compile(r"(?<!~)~([^\s~]+)~(?!~)"), r"<sub>\1</sub>"),
)
_HIDDEN = 0xE000  # the private area, where an escaped character is out of the way


def to_markdown(text: str) -> str:
    """Return a text with CSL's tags as Markdown: ``<i>E. coli</i>`` becomes ``*E. coli*``.

    Signs that Markdown would take for formatting get a backslash.
    """
    out, at = [], 0
    closers: list[str] = []
    for tag in _TAG.finditer(_EMPTY.sub("", text)):
        out.append(_SPECIAL.sub(r"\\\g<0>", tag.string[at : tag.start()]))
        at = tag.end()
        if tag["span"] or (tag["tag"] and not tag["tag"].startswith("/")):
            opener, closer = _SIGNS.get(tag["tag"] or tag["span"], _SIGNS["sc"])
            out.append(opener)
            closers.append(closer)
        elif closers:
            out.append(closers.pop())
    rest = _EMPTY.sub("", text)[at:]
    return "".join([*out, _SPECIAL.sub(r"\\\g<0>", rest), *reversed(closers)])


def from_markdown(text: str) -> str:
    """Return a text in Markdown with its formatting as CSL's tags: ``*a*`` becomes ``<i>a</i>``."""
    if not any(char in text for char in "\\*_^~["):
        return text
    text = _ESCAPED.sub(lambda escape: chr(_HIDDEN + ord(escape[1])), text)
    found = 1
    while found:
        text, found = _SPANNED.subn(_span, text)
    for marked, tags in _MARKED:
        text = marked.sub(tags, text)
    return "".join(
        chr(ord(char) - _HIDDEN) if _HIDDEN <= ord(char) < _HIDDEN + 0x80 else char for char in text
    )


def _span(span: re.Match[str]) -> str:
    """Return a bracketed span of Markdown as a tag of CSL."""
    opener = _SMALL_CAPS if span[2] == "smallcaps" else '<span class="nocase">'
    return f"{opener}{span[1]}</span>"
