"""Reading DOIs in every form in which people write them.

Sources: DOI Handbook 2.2 (syntax: ``10.`` registrant ``/`` suffix; the suffix may hold any
printable character; case does not count) and the display guidelines of the agencies
(``https://doi.org/…``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ARXIV_PREFIX", "ReadDoi", "arxiv_doi", "find_dois", "read_doi"]

ARXIV_PREFIX = "10.48550/arXiv."
"""The prefix under which DataCite registers every arXiv identifier."""


@dataclass(frozen=True, slots=True)
class ReadDoi:
    """A DOI found in a text: the bare ``doi``, and the part of the text that spelled it.

    ``start`` and ``end`` delimit everything that belongs to the spelling (resolver, ``doi:``,
    angle brackets, a trailing dot), so that ``text[start:end]`` may be replaced by ``doi``.
    """

    doi: str
    start: int
    end: int


# Everything people put before the "10.": a resolver in any spelling, or a label.
_RESOLVER = r"(?:https?\s*:\s*/\s*/\s*)?(?:www\.|dx\.)?doi\.org\s*/+\s*(?:doi:\s*)?"
_PREFIX = rf"(?:{_RESOLVER}|(?:info:|urn:)?doi(?:\.org)?\s*[:=]?\s*/*\s*)"
_START = re.compile(
    rf"(?:\\(?:url|href|doi|path|nolinkurl)\s*\{{\s*|<\s*|\b)?(?:{_PREFIX})*"
    r"(?<![\d.])(?P<doi>10\.\d{4,9}(?:\.\d+)*\s*(?:\\?/|\\?%2[Ff])(?P<suffix>\S+))",
    re.IGNORECASE,
)
_LATEX_ESCAPE = re.compile(r"\{\\([_%#&$])\}|\\([_%#&$~^{}])|\\textunderscore(?:\{\}|\s)?|\\-")
_ARXIV_HEAD = re.compile(r"^\s*(?:https?://)?(?:arxiv\.org/(?:abs|pdf)/|arxiv:)?\s*", re.IGNORECASE)
_ARXIV_TAIL = re.compile(r"(?:v\d+)?(?:\.pdf)?\s*(?:\[[^\]]*\]\s*)?$")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_TRACKING = re.compile(r"[?&](?:utm_\w+|via|ref|source|fbclid|gclid)=.*$", re.IGNORECASE)
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_DASHES = str.maketrans(
    {"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "\u200b": "", "\u00ad": ""}
)
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_TRAILING = ".,;:'\"”’»!?*"


def read_doi(value: str) -> ReadDoi | None:
    """The one DOI that the whole of ``value`` spells, or None.

    None where there is no DOI, or where other words stand beside it.
    """
    found = next(find_dois(value), None)
    if found is None or value[: found.start].strip() or value[found.end :].strip():
        return None
    return found


def find_dois(text: str) -> Iterator[ReadDoi]:
    """Every DOI in a text, in order, however it is spelled."""
    position = 0
    while match := _START.search(text, position):
        end = match.start("doi") + len(_spelled(match["doi"], opener=text[match.start()]))
        doi = _bare(text[match.start("doi") : end])
        end = _closing(text, match.start(), end)
        position = max(end, match.start("suffix") + 1)
        if doi.partition("/")[2]:
            yield ReadDoi(doi, match.start(), end)


def arxiv_doi(identifier: str) -> str:
    """The DOI of an arXiv identifier, whose version (``v2``) is no part of it."""
    return ARXIV_PREFIX + _ARXIV_TAIL.sub("", _ARXIV_HEAD.sub("", identifier))


def _spelled(run: str, opener: str) -> str:
    """The part of a run of non-blank characters that is the DOI as spelled."""
    if opener in "<\\":
        run = _upto_closer(run, ">" if opener == "<" else "}")
    run = _TRACKING.sub("", run)
    while run:
        last = run[-1]
        unopened = last in _CLOSERS and run.count(last) > run.count(_CLOSERS[last])
        if last not in _TRAILING + "\\{" and not unopened:
            break
        run = run[:-1]
    return run


def _upto_closer(run: str, closer: str) -> str:
    """The run up to the closer that its opener before the run calls for."""
    depth = 0
    for index, char in enumerate(run):
        if char == _CLOSERS[closer]:
            depth += 1
        elif char == closer:
            if depth == 0:
                return run[:index]
            depth -= 1
    return run


def _closing(text: str, start: int, end: int) -> int:
    """Where the spelling ends, with the closers and stops that belong to it."""
    while end < len(text) and text[end] in ".,;>}/?&":
        if text[end] in ">}" and _CLOSERS[text[end]] not in text[start:end]:
            break
        if text[end] in "?&":
            tail = _TRACKING.match(text, end)
            if tail is None:
                break
            return len(text[:end] + re.match(r"\S*", text[end:])[0])  # type: ignore[index]
        end += 1
    return end


def _bare(spelled: str) -> str:
    """The DOI itself: LaTeX escapes, percent escapes and entities undone, no blanks."""
    doi = _LATEX_ESCAPE.sub(_unescaped, spelled)
    if "{" in spelled and "\\" in spelled:
        doi = doi.replace("{", "").replace("}", "")
    for entity, char in _ENTITIES.items():
        doi = doi.replace(entity, char)
    if _PERCENT.search(doi):
        doi = unquote(doi)
    return re.sub(r"\s+", "", doi).translate(_DASHES)


def _unescaped(escape: re.Match[str]) -> str:
    """The character that a LaTeX escape stands for."""
    return escape[1] or escape[2] or ("_" if "underscore" in escape[0] else "")
