"""The parts of a reference whose tokens have labels.

A run of tokens with one label is a part, without the words that introduce it (``In``, ``vol.``)
and the punctuation around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from compcite.formats.plain_text.dates import DATE, UNDATED, YEAR
from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.people import read_people
from compcite.formats.plain_text.vocabulary import REPORT, THESIS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.formats.plain_text.model import Labelled, Model
    from compcite.formats.plain_text.sheet import Sheet
    from compcite.formats.plain_text.tokens import Tokens

__all__ = ["take_labelled"]

_VARIABLES = {
    "title": "title", "container": "container-title", "volume": "volume", "issue": "issue",
    "pages": "page", "publisher": "publisher", "location": "publisher-place",
    "edition": "edition", "collection": "collection-title",
}  # fmt: skip
# Of these the longest run counts, of all else the first.
_LONGEST = frozenset(("author", "title", "container", "publisher"))

_INTRODUCTIONS = {
    "container": r"(?:in|dans|en|em|dalam)\b\s?:?\s*(?=\S)|//\s*",
    "volume": r"(?:volumes?|vols?|band|bd|tom[eo]?|jg|jahrgang|v|t|т)\b\.?\s*(?=\w)",
    "issue": r"(?:(?:numbers?|nos?|nr|núm|num|issues?|iss|heft|fasc|h|n)\b\.?|№)\s*[°º]?\s*(?=\w)",
    "pages": r"(?:pages?|pp?|seiten?|s|с|págs?|стр|art(?:icle)?(?:\.|\sno\.?)?)\b\.?\s*(?=\w)",
    "publisher": r"published by\s",
}
_ENDINGS = {
    "volume": r"[.,\s]*(?:jahrgang|jg)\.?$",
    "pages": r"\s*(?:pp?|s|pages|seiten)\.?$",
    "edition": r"(?<=\w)\.?\s*\(?(?:ed|edn|edition|aufl|auflage|éd|edición)\b\.?\)?$",
}
_INTRODUCED = {name: re.compile(text, re.IGNORECASE) for name, text in _INTRODUCTIONS.items()}
_ENDED = {name: re.compile(text, re.IGNORECASE) for name, text in _ENDINGS.items()}
_EDITED = re.compile(
    r"(?:in\s?:?\s)?(?:\(?(?:eds?|hrsg|hg|dir|édité|edited|herausgegeben)\b\.?"
    r"(?:\s(?:by|v\.|von|par))?[:\s]\s?|trans(?:lated|\.)(?: by)?\s)?",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:eds?|editors?|hrsg|hg|dir|éd|trans|herausgegeben|edited|translated)\b", re.IGNORECASE
)
# APA: Handbook of psychology: Vol. 1. Theoretical models (6th ed., pp. 793–828)
_OF_VOLUME = re.compile(r":\sVol\.\s\w{1,4}\.\s[^().,:\x1f]{3,80}(?=\s[(\x1f])")
# The word for a role ends the names of editors, and the title of their book begins.
_EDITORS_END = re.compile(
    r"(?:[^()]{0,120}[(,\s])?(?:eds?|hrs?g|hg|dirs?|orgs?|coords?|éds?|editors?|herausgeber"
    r"|a cura di|sous la dir(?:ection)?)\b\.?\)?\s?[.,:]\s?(?=\S)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?P<genre>.*?)[\s,]*(?:\b(?:no|nr|number)\b\.?\s?|#\s?)?(?P<number>[\w./–-]*\d[\w./–-]*)$",
    re.IGNORECASE,
)
_PRESENTED = re.compile(r"\bpresented (?:at|to)\b", re.IGNORECASE)
_DATED = re.compile(DATE), re.compile(YEAR), re.compile(UNDATED, re.IGNORECASE)
# What a part may lose at its ends. A title keeps a question mark, an abbreviated word its stop.
_MARKS = " \t.,;:—–-|/•·*\x1f“”„«»\"‘’'‹›`‚"
_LAYERS = 5  # more marks and brackets around each other are no punctuation
_BEHIND = 40  # characters that tell whether the last word is abbreviated
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]\w{0,8}\.\s?(?:[^.]*\s)?[A-Z]\w{0,8}|\b(?:Inc|Co|Ltd|Corp))\.$"
)


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of tokens under one label, and the probability that it is just that."""

    label: str
    start: int
    end: int
    probability: float

    @property
    def length(self) -> int:
        """How many characters it has."""
        return self.end - self.start


def take_labelled(sheet: Sheet, tokens: Tokens, labelled: Labelled, model: Model) -> None:
    """Take the parts that the model sees into a sheet from which certain ones were taken."""
    runs = list(_runs(tokens, labelled))
    chosen: dict[str, _Run] = {}
    for run in runs:
        held = chosen.get(run.label)
        if held is None or (run.label in _LONGEST and run.length > held.length):
            chosen[run.label] = run
    if "editor" in chosen and _is_publisher(sheet, chosen):
        named = chosen.pop("editor")
        length = len(sheet.left[named.start : named.end].rstrip(" ."))
        chosen["publisher"] = replace(named, end=named.start + length)
    for role in ("author", "editor"):
        if role in chosen and role not in sheet.people:
            _take_people(sheet, role, chosen[role], model)
    if "genre" in chosen:
        _take_genre(sheet, chosen["genre"])
    for label, variable in _VARIABLES.items():
        # The volume may stand in the title of its book, which is taken before it.
        if label in chosen and not sheet.has(variable) and _is_left(sheet, chosen[label]):
            start, end = _trimmed(sheet, label, chosen[label])
            sheet.take(variable, start, end, model.sure(variable, chosen[label].probability))
    _take_date(sheet, [run for run in runs if run.label == "date"], model)
    _mark(sheet, chosen)


def _is_publisher(sheet: Sheet, chosen: dict[str, _Run]) -> bool:
    """Whether names behind a title are a publisher's, as in ``Self-efficacy. W. H. Freeman``.

    Editors have a word for their role, or a book; a publisher stands behind everything else.
    """
    names, others = chosen["editor"], set(chosen) - {"author", "title", "date", "number"}
    said = sheet.left[names.start : names.end]
    last = names.start > max((run.start for run in chosen.values() if run != names), default=-1)
    return others == {"editor"} and "title" in chosen and last and not _ROLE.search(said)


def _runs(tokens: Tokens, labelled: Labelled) -> Iterator[_Run]:
    """The runs of tokens with one label, and how likely it is that each ends where it does."""
    labels, chances = labelled.labels, labelled.probabilities
    for label, group in groupby(range(len(labels)), labels.__getitem__):
        indices = list(group)
        first, last = indices[0], indices[-1]
        inside = min(chances[index].get(label, 0.0) for index in indices)
        beside = [index for index in (first - 1, last + 1) if 0 <= index < len(labels)]
        outside = max((chances[index].get(label, 0.0) for index in beside), default=0.0)
        yield _Run(label, tokens.starts[first], tokens.ends[last], min(inside, 1 - outside))


def _trimmed(sheet: Sheet, label: str, run: _Run) -> tuple[int, int]:
    """The run without the punctuation around it, and without the words that introduce it."""
    text = sheet.left
    start, end = _bare(text, *_longest_left(text, run))
    if label == "container" and (volume := _OF_VOLUME.match(text, end)):
        end = volume.end()
    if label == "container" and (edited := _EDITORS_END.match(text, start, end)):
        start, end = _bare(text, edited.end(), end)
    introduced = _INTRODUCED[label].match(text, start, end) if label in _INTRODUCED else None
    if introduced and introduced.end() < end:
        start, end = _bare(text, introduced.end(), end)
    ended = _ENDED[label].search(text, start, end) if label in _ENDED else None
    if ended and ended.start() > start:
        start, end = _bare(text, start, ended.start())
    return start, end


def _is_left(sheet: Sheet, run: _Run) -> bool:
    """Whether anything of a run was not taken before."""
    return sheet.left[run.start : run.end].strip(GONE) != ""


def _longest_left(text: str, run: _Run) -> tuple[int, int]:
    """The longest stretch of a run of which nothing was taken before."""
    pieces = text[run.start : run.end].split(GONE)
    longest = max(pieces, key=len)
    start = run.start + sum(len(piece) + 1 for piece in pieces[: pieces.index(longest)])
    return start, start + len(longest)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without marks and unmatched brackets at its edges."""
    for _ in range(_LAYERS):
        before = start, end
        while start < end and text[start] in _MARKS:
            start += 1
        while start < end and text[end - 1] in _MARKS and not _abbreviates(text, start, end):
            end -= 1
        if start < end and (text[start] in _BRACKETS or _unmatched(text, start, end, text[start])):
            start += 1
        last = text[end - 1]
        if start < end and (last in _BRACKETS.values() or _unmatched(text, start, end, last)):
            end -= 1
        enclosed = start < end and _BRACKETS.get(text[end - 1]) == text[start]
        if enclosed and text.find(text[start], start + 1, end) < 0:
            start, end = start + 1, end - 1
        if before == (start, end):
            break
    return start, end


def _abbreviates(text: str, start: int, end: int) -> bool:
    """Whether a stretch ends with the full stop of an abbreviated word: ``J. Appl. Phys.``."""
    begin = max(start, end - _BEHIND)
    return text[end - 1] == "." and _ABBREVIATED.search(text, begin, end) is not None


def _unmatched(text: str, start: int, end: int, bracket: str) -> bool:
    """Whether a bracket at an edge of a stretch has none that belongs to it."""
    for closing, opening in _BRACKETS.items():
        if bracket in {opening, closing}:
            return text.count(opening, start, end) != text.count(closing, start, end)
    return False


def _take_people(sheet: Sheet, role: str, run: _Run, model: Model) -> None:
    """Take a name list, in the role that it says or else in this one."""
    start, end = run.start, run.end
    while start < end and sheet.left[start] in ' ,.;:([“"\x1f':
        start += 1
    while end > start and sheet.left[end - 1] in ' ,;:([“"\x1f':
        end -= 1
    if role == "editor" and (match := _EDITED.match(sheet.left, start, end)):
        start = match.end()
    text = sheet.left[start:end]
    people = read_people(text) or read_people(text, lenient=True)
    if people is not None:
        role = people.role if people.role != "author" else role
        sure = model.sure(role, run.probability * people.confidence)
        sheet.take_people(replace(people, confidence=sure), start, end, role)


def _take_genre(sheet: Sheet, run: _Run) -> None:
    """Take what a work calls itself, and the number of a report: ``Research Report No. 7``."""
    start, end = _bare(sheet.left, run.start, run.end)
    genre = sheet.left[start:end]
    if THESIS.search(genre):
        sheet.marks.add("thesis")
    elif REPORT.search(genre):
        sheet.marks.add("report")
        numbered = _NUMBERED.match(genre)
        if numbered and not sheet.has("number"):
            sheet.take("number", start + numbered.start("number"), end, run.probability)
            end = start + numbered.end("genre")
    if not sheet.has("genre"):
        sheet.take("genre", start, end, run.probability)


def _take_date(sheet: Sheet, runs: list[_Run], model: Model) -> None:
    """Take the first date that a run holds, or what stands in the place of one."""
    for pattern in _DATED:
        for run in runs:
            match = pattern.search(sheet.left, run.start, run.end)
            if match and not sheet.has("issued"):
                sheet.take("issued", *match.span(), model.sure("issued", run.probability))
                return


def _mark(sheet: Sheet, chosen: dict[str, _Run]) -> None:
    """Mark what tells of which type a work is: that it is in a book, or was presented."""
    container = chosen.get("container")
    if container is None:
        return
    start, _ = _bare(sheet.text, container.start, container.end)
    introduced = _INTRODUCED["container"].match(sheet.text, start)
    edited = "editor" in sheet.people and not sheet.has("volume")
    if introduced or edited:
        sheet.marks.add("in")
    if _PRESENTED.search(sheet.text):
        sheet.marks.add("presented")
