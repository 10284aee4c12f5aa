"""Find the prose of an HTML page, and the addresses to which it links.

Source: the HTML standard (tags, comments, the elements that hold scripts and styles).
"""

from __future__ import annotations

import re

from compcite.formats.documents.blanking import blank

__all__ = ["blank_tags", "elements_without_prose", "html_prose"]

_RAW = re.compile(r"<(?:!--|(style|script|pre|code|template|svg)\b[^<>]*+>)", re.IGNORECASE)
_ENDS = {
    name: re.compile(f"</{name}\\s*>" if name else "-->", re.IGNORECASE)
    for name in ("", "style", "script", "pre", "code", "template", "svg")
}
_TAG = re.compile(
    r"<(?:/?[A-Za-z][\w-]*+(?=[\s/>])|[!?])(?:[^<>\"']++|\"[^\"<>]*+\"|'[^'<>]*+'|[\"'])*+>?"
)
# Attributes that say what is linked or cited; the others (src, class, …) do not.
_TELLING = re.compile(
    r"\s(?:href|cite|content|data-doi)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>=]++))",
    re.IGNORECASE,
)


def html_prose(text: str) -> str:
    """Return the text with blanks for tags, comments, scripts, styles and code.

    The values of attributes that link or cite stay, and so do the offsets of all characters.
    """
    return blank_tags(blank(text, elements_without_prose(text)))


def blank_tags(text: str) -> str:
    """Return the text with blanks for tags, except for the values of attributes that link or cite.

    These attributes are ``href``, ``cite``, ``content`` and ``data-doi``.
    """
    blanked: list[tuple[int, int]] = []
    for tag in _TAG.finditer(text):
        at = tag.start()
        for attribute in _TELLING.finditer(text, *tag.span()):
            start, end = attribute.span(attribute.lastindex or 0)
            blanked.append((at, start))
            at = end
        blanked.append((at, tag.end()))
    return blank(text, blanked)


def elements_without_prose(text: str) -> list[tuple[int, int]]:
    """Return the pairs of start and end of comments, scripts, styles, code, templates and drawings.

    An element that is never closed is not among them.
    """
    spans: list[tuple[int, int]] = []
    unended: set[str] = set()
    at = 0
    while opened := _RAW.search(text, at):
        name = (opened[1] or "").lower()
        ended = None if name in unended else _ENDS[name].search(text, opened.end())
        if ended is None:
            unended.add(name)
            at = opened.end()
        else:
            at = ended.end()
            spans.append((opened.start(), at))
    return spans
