"""One reference taken apart into the variables of CSL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.containers import (
    publishes,
    take_after_date,
    take_container,
    take_edited_by,
    take_people,
    take_publisher,
    take_series,
)
from compcite.formats.plain_text.heads import take_head
from compcite.formats.plain_text.identifiers import take_identifiers
from compcite.formats.plain_text.items import made_item
from compcite.formats.plain_text.locators import (
    take_edition,
    take_inside,
    take_locators,
    take_volume,
)
from compcite.formats.plain_text.people import read_people
from compcite.formats.plain_text.parsed import ParsedReference
from compcite.formats.plain_text.sentences import closing_quote, opening_quote, segments
from compcite.formats.plain_text.sheet import GONE, Part, Sheet
from compcite.formats.plain_text.unwrapping import unwrap
from compcite.formats.plain_text.vocabulary import (
    CONFERENCE,
    PREPRINT_SERVER,
    PUBLISHER,
    SERIAL,
    THESIS,
)

if TYPE_CHECKING:
    from compcite.formats.plain_text.heads import Head

__all__ = ["SAME_AUTHORS", "parse"]

SAME_AUTHORS = re.compile(r"(?:(?:[—–―‒⸺⸻]\s?){2,}|[—⸺⸻]|[-_]{3,})[.,]?\s*")
"""The dash that stands for the authors of the reference before."""

_LABEL = re.compile(r"\s*(?:\[\w{1,6}\]|\(\d{1,4}\)|\d{1,4}[.)](?=\s|[A-Z“])|[•▪·*‣◦–-])\s*")
_GENRE = re.compile(
    r"\[(?P<genre>(?:Doctoral|Master|Bachelor|Ph|Unpublished|Undergraduate|Diploma|Dissertation|Thesis)[^\[\]]*|Data ?set|Computer software"
    r"|Software|Video|Film|Preprint|Blog post|Podcast[^\[\]]*|Manuscript[^\[\]]*|Conference[^\[\]]*|Paper[^\[\]]*"
    r"|Poster[^\[\]]*|Review)\]",
    re.IGNORECASE,
)
_PREPRINT = re.compile(r"(?<=[.”\"]\s)(?P<genre>Preprint)[.,](?=\s)")
_IN = re.compile(
    r"(?:(?<=[.?!,;”’\"'\x1f])|(?<=\)))\s*\bIn(?P<colon>:)?\s+(?:(?![^\W\d_A-ZÄÖÜÉ])|(?=the ))"
)
_IN_AFTER_QUOTE = re.compile(r"[,.]?\s*\b[Ii]n:?\s+(?=\S)")
_EDITORS = re.compile(r"(?<=[.?!”\"]\s)(?P<names>[^.\x1f]{3,200}?, (?:editors?|eds?|Hrsg))\.(?=\s)")
_PRESENTED = re.compile(r"\b(?:Paper|Poster) presented at (?:the )?|\bPresented at (?:the )?")


def parse(text: str) -> ParsedReference:
    """The reference that a text is, taken apart."""
    line, places = unwrap(text)
    sheet = Sheet(line)
    label = _LABEL.match(line)
    start = label.end() if label and label.end() < len(line) else 0
    same = SAME_AUTHORS.match(line, start)
    start = same.end() if same else start
    take_identifiers(sheet)
    _take_genre(sheet)
    head = take_head(sheet, start)
    end = _end(sheet, head.end)
    if head.title is not None:
        _take_title(sheet, *head.title, 0.85)
        _take_after_title(sheet, head.end, end, quoted=True)
    elif not _take_quoted_title(sheet, head, end):
        _take_unquoted(sheet, *sheet.bare(head.end, end), head)
    parts = sorted(sheet.parts, key=lambda part: part.start)
    item = made_item(sheet)
    return ParsedReference(
        text,
        tuple(
            Part(p.name, p.value, places[p.start], places[p.end - 1] + 1, p.confidence)
            for p in parts
        ),
        item,
        _confidence(sheet),
    )


def _confidence(sheet: Sheet) -> float:
    """How sure it is that a text is a reference: how many of the parts it has that any has."""
    names = {part.name for part in sheet.parts}
    kinds = (
        bool(names & {"author", "editor"}), "issued" in names, "title" in names,
        bool(names & {"container-title", "publisher"}), bool(names & {"volume", "page"}),
        bool(names & {"DOI", "URL", "arxiv", "PMID", "ISBN"}),
    )  # fmt: skip
    return round(sum(kinds) / len(kinds), 2)


def _take_genre(sheet: Sheet) -> None:
    match = _GENRE.search(sheet.left) or _PREPRINT.search(sheet.left)
    if match:
        sheet.take("genre", *match.span("genre"), 0.9)
        sheet.blot(*match.span())


def _end(sheet: Sheet, start: int) -> int:
    """The end of what is to be read: what follows an identifier is a remark."""
    end = len(sheet.left)
    last = sheet.left.rfind(GONE, start)
    if last > 0 and sheet.left[last + 1 :].strip(" .,;") and sheet.has("DOI"):
        before = sheet.left[:last].rstrip(GONE)
        remark = sheet.bare(last + 1, end)
        if before.strip() and PUBLISHER.search(before, start):
            sheet.take("collection-title", *remark, 0.4)
            return len(before)
    return end


def _take_title(sheet: Sheet, start: int, end: int, confidence: float) -> None:
    """Take a title without the quotes and the full stop around it."""
    start, end = sheet.bare(start, end)
    if sheet.left[start] in '“"‘„«`':
        close = closing_quote(sheet.left, start, end)
        if close is not None and close >= end - 1:
            start, end = start + 1, close - 1
            start, end = sheet.bare(start, end)
    sheet.take(
        "title", start, end, confidence, sheet.text[start:end].strip("`'") if end > start else ""
    )


def _take_quoted_title(sheet: Sheet, head: Head, end: int) -> bool:
    """Take a title in quotes, and what follows it; whether there is one."""
    start, _ = sheet.bare(head.end, end)
    if opening_quote(sheet.left, start, start + 3) != start:
        return False
    close = closing_quote(sheet.left, start, end, strict=head.unquoted)
    if close is None:
        return False
    stopped = sheet.text[close - 2] in ".?!’"
    sheet.take("title", *_unquoted(sheet, start, close), 0.97)
    if (
        head.comma
        and stopped
        and "," not in sheet.text[close - 3 : close]
        and _publisher_follows(sheet, close, end)
    ):
        return True
    _take_after_title(sheet, close, end, quoted=True)
    return True


def _publisher_follows(sheet: Sheet, start: int, end: int) -> bool:
    """Take what stands where a container would, after a full stop instead of a comma."""
    stop = take_locators(sheet, start, end)
    begin, stop = sheet.bare(start, stop)
    if (
        begin >= stop
        or sheet.has("volume")
        or sheet.has("page")
        or sheet.left.startswith(("in ", "In "), begin)
    ):
        return False
    take_publisher(sheet, begin, stop, 0.7)
    return True


def _unquoted(sheet: Sheet, start: int, close: int) -> tuple[int, int]:
    """What a quotation says, without its quotes and the punctuation that the style adds."""
    first, last = start + 1, close - 1
    while first < last and sheet.left[first] in " `":
        first += 1
    while last > first and sheet.left[last - 1] in " ,.;'":
        last -= 1
    return first, last


def _take_after_title(sheet: Sheet, start: int, end: int, *, quoted: bool) -> None:
    """Take apart what follows the title."""
    introduced = _IN_AFTER_QUOTE.match(sheet.left, sheet.bare(start, end)[0], end)
    if introduced is None:
        introduced = _IN_AFTER_QUOTE.match(sheet.left, start, end)
    if introduced:
        sheet.blot(*introduced.span())
        sheet.marks.add("in")
        start = introduced.end()
    start = _take_presented(sheet, start, end)
    end = take_after_date(sheet, start, end)
    thesis = THESIS.search(sheet.left, start, end)
    if thesis:
        sheet.take("genre", *thesis.span("kind"), 0.9)
        sheet.marks.add("thesis")
    if not introduced and quoted and _only_publisher(sheet, start, end):
        return
    take_container(sheet, start, end, introduced=bool(introduced))


def _take_presented(sheet: Sheet, start: int, end: int) -> int:
    """Take the meeting that a work was presented at; where what follows begins."""
    match = _PRESENTED.search(sheet.left, start, end)
    if match is None:
        return start
    sheet.marks.add("presented")
    sheet.blot(*match.span())
    pieces = segments(sheet.left, match.end(), end)
    if len(pieces) < 2:  # noqa: PLR2004 - nothing but the meeting
        return match.end()
    sheet.take("event-title", *sheet.bare(*pieces[0]), 0.85)
    return pieces[1][0]


def _only_publisher(sheet: Sheet, start: int, end: int) -> bool:
    """Take a publisher that follows a title with no container between; whether it did."""
    stop = take_locators(sheet, start, end)
    begin, stop = sheet.bare(start, stop)
    text = sheet.left[begin:stop]
    if sheet.has("volume") or sheet.has("page") or GONE in text or ". " in text or not text:
        return False
    if CONFERENCE.search(text) or SERIAL.search(text):
        return False
    if not (PUBLISHER.search(text) or PREPRINT_SERVER.search(text) or "thesis" in sheet.marks):
        return False
    comma = text.find(", ")
    if comma > 0 and PUBLISHER.search(text, comma) and not PUBLISHER.search(text, 0, comma):
        return False
    if comma > 0 and PUBLISHER.search(text, 0, comma):
        sheet.take("publisher-place", begin + comma + 2, stop, 0.6)
        stop = begin + comma
    elif comma > 0 and len(text[:comma].split()) > 3:  # noqa: PLR2004 - a container before it
        return False
    take_publisher(sheet, begin, stop, 0.8)
    return True


def _take_unquoted(sheet: Sheet, start: int, end: int, head: Head) -> None:
    """Take a title without quotes, and what follows it."""
    introduction = _introduction(sheet, start, end)
    if introduction:
        sheet.blot(*introduction.span())
        sheet.marks.add("in")
        take_container(sheet, introduction.end(), end, introduced=True)
        take_edition(sheet, start, introduction.start())
        _take_title(sheet, start, introduction.start(), 0.93)
        return
    _take_editors_between(sheet, start, end)
    take_edited_by(sheet, start, end)
    take_inside(sheet, start, end)
    end = take_locators(sheet, start, end)
    end = take_series(sheet, start, end)
    take_edition(sheet, start, end)
    pieces = [piece for piece in segments(sheet.left, start, end) if _says(sheet, piece)]
    if not pieces:
        return
    if len(pieces) == 1:
        _take_from_one(sheet, *pieces[0])
        return
    _take_from_pieces(sheet, pieces, quoting=head.quoting)


def _take_editors_between(sheet: Sheet, start: int, end: int) -> None:
    """Take editors that stand between title and journal: ``Title. Neff KD, editor. Journal.``"""
    for match in _EDITORS.finditer(sheet.left, start + 1, end):
        begin, stop = match.span("names")
        people = read_people(match["names"])
        if people is not None and people.confidence > 0.9:  # noqa: PLR2004 - initials and all
            take_people(sheet, people, begin, stop, people.role)
            sheet.blot(*match.span())


def _says(sheet: Sheet, piece: tuple[int, int]) -> bool:
    return bool(sheet.left[slice(*piece)].strip(f" .,;:{GONE}"))


def _introduction(sheet: Sheet, start: int, end: int) -> re.Match[str] | None:
    """The ``In`` that introduces the book or the proceedings a work stands in."""
    found = None
    for match in _IN.finditer(sheet.left, start + 1, end):
        if match["colon"]:
            return match
        before = sheet.left[match.start() - 1]
        if found is None and before in '.?!”"' + GONE:
            found = match
    return found


_PLACE_AND_PUBLISHER = re.compile(r"[A-Z][\w.]+(?:[\s-][A-Z][\w.]+)?(?:, [A-Z][\w.]+)?: [A-Z]")
_PLACED = re.compile(r",\s[A-Z][\w.]+(?:\s[A-Z][\w.]+){0,2}$")
_SUBSERIES = re.compile(
    r"(?:Ser(?:ies|\.)?|Sect(?:ion|\.)?|Part|Pt\.|Serie|Teil|Abteilung)\s[\dA-Z]"
)
_FEW = 4  # words: more of them are a title


def _take_from_one(sheet: Sheet, start: int, end: int) -> None:
    """Take a title that nothing but locators follow, or one with commas between it and the rest."""
    gone = sheet.left.find(GONE, start, end)
    if gone > 0:
        take_publisher(sheet, gone, end, 0.6)
        take_volume(sheet, start, gone)
        _take_title(sheet, start, sheet.left.find(GONE, start, gone + 1), 0.8)
        return
    journal = sheet.has("volume") or sheet.has("page")
    comma = sheet.left.rfind(", ", start, end)
    if journal and comma < 0 and len(sheet.left[start:end].split()) <= _FEW:
        sheet.take("container-title", *sheet.bare(start, end), 0.6)  # as physicists cite
        return
    if journal and comma > 0:
        sheet.take("container-title", *sheet.bare(comma + 1, end), 0.5)
        end = comma
    elif comma > 0 and PUBLISHER.search(sheet.left, comma, end):
        take_publisher(sheet, comma + 1, end, 0.7)
        end = comma
    _take_title(sheet, *sheet.bare(start, end), 0.7)


def _take_from_pieces(sheet: Sheet, pieces: list[tuple[int, int]], *, quoting: bool) -> None:
    """Take title, container and publisher from sentences."""
    last = pieces[-1]
    text = sheet.left[slice(*last)]
    journal = sheet.has("volume") or (sheet.has("page") and not PUBLISHER.search(text))
    stop = last[0]
    if len(pieces) > 2 and journal and _SUBSERIES.match(text):  # noqa: PLR2004 - title, journal, its series
        last = (pieces[-2][0], last[1])
        stop = last[0]
    if _PLACE_AND_PUBLISHER.match(text) and PUBLISHER.search(text) and not sheet.has("page"):
        stop = _take_publication(sheet, pieces)  # a book that has a volume
    elif journal or sheet.has("issue"):
        sheet.take("container-title", *sheet.bare(*last), 0.93)
    elif CONFERENCE.search(text) and (len(pieces) > 2 or not publishes(text) or sheet.has("page")):  # noqa: PLR2004
        stop = _take_meeting(sheet, pieces)
    elif len(pieces) > 2 and text.startswith(sheet.left[slice(*pieces[-2])].rstrip(". ")):  # noqa: PLR2004
        stop = _take_meeting(sheet, pieces)
    elif (publishes(text) or quoting) and not (SERIAL.search(text) and not PUBLISHER.search(text)):
        stop = _take_publication(sheet, pieces)
    else:
        sheet.take("container-title", *sheet.bare(*last), 0.6)
    take_edition(sheet, pieces[0][0], stop)
    start, stop = sheet.bare(pieces[0][0], stop)
    gone = sheet.left.find(GONE, start, stop)
    _take_title(sheet, start, gone if gone > 0 else stop, 0.9)


def _take_meeting(sheet: Sheet, pieces: list[tuple[int, int]]) -> int:
    before = sheet.left[slice(*pieces[-2])]
    again = sheet.left[slice(*pieces[-1])].startswith(before.rstrip(". "))
    placed = _PLACED.search(sheet.left[slice(*pieces[-1])]) and len(before.split()) <= _FEW
    if len(pieces) > 2 and (again or placed or CONFERENCE.search(before)):  # noqa: PLR2004
        sheet.take("event-title", *sheet.bare(*pieces[-1]), 0.7)
        sheet.take("container-title", *sheet.bare(*pieces[-2]), 0.85)
        return pieces[-2][0]
    sheet.take("container-title", *sheet.bare(*pieces[-1]), 0.8)
    return pieces[-1][0]


def _take_publication(sheet: Sheet, pieces: list[tuple[int, int]]) -> int:
    """Take the publisher that the last sentence names, and a container before it."""
    take_publisher(sheet, *pieces[-1], 0.85)
    if len(pieces) > 2 and CONFERENCE.search(sheet.left[slice(*pieces[-2])]):  # noqa: PLR2004
        sheet.take("container-title", *sheet.bare(*pieces[-2]), 0.75)
        return pieces[-2][0]
    return pieces[-1][0]
