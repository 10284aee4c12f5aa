"""The part of a reference after the title: the container, its editors, publisher and place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.locators import (
    take_date_between,
    take_edition,
    take_locators,
    take_pages_between,
    take_volume,
    take_volume_alone,
)
from compcite.formats.plain_text.parentheses import take_inside
from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.people import ROLE, looks_like_group, read_people
from compcite.formats.plain_text.roles import take_edited_by
from compcite.formats.plain_text.sentences import phrases
from compcite.formats.plain_text.vocabulary import (
    CONFERENCE,
    PUBLISHER,
    SERIAL,
    SMALL_WORDS,
)
from compcite.text.preprint_servers import PREPRINT_SERVER

if TYPE_CHECKING:
    from compcite.formats.plain_text.people import People
    from compcite.formats.plain_text.sheet import Sheet

__all__ = [
    "publishes",
    "take_after_date",
    "take_container",
    "take_container_title",
    "take_meeting",
    "take_publisher",
    "take_series",
]

_ROLE = re.compile(rf"{ROLE}[.,:]?\s*", re.IGNORECASE)
_MORE_EDITORS = re.compile(
    r",?\s?(?:&|and)\s(?=[^()\x1f]{3,200}\([^()]*\beds?\.?\))", re.IGNORECASE
)
_SERIES_IN = re.compile(
    r"[,\x1f]\s(?:in|ser\.)\s(?P<series>[A-Z][^\x1f]+?)(?:,\s(?:vol|no)\.\s\w+)?\.\s?(?=,|[A-Z])"
)
_PARENTHESIS = re.compile(r"\((?P<inside>(?=[^()\x1f]+\s[^()\x1f])[^()\x1f]++)\)\s*+$")
_BRACKETED_PLACE = re.compile(r"\s\[(?P<place>[A-Z][^\[\]]*)\]$")
# Vancouver has in brackets what the work does not say itself: [Pittsburgh (PA)]: University
_INFERRED_PLACE = re.compile(r"\[(?P<place>[A-Z][^\[\]\x1f]*)\]:\s")
_ABBREVIATED_INSTITUTION = re.compile(r"\b(?:Univ|Inst|Coll|Lab|Dept)\b")
_NAMED_FOR_PERSON = re.compile(r"(?:[A-Z]\.\s){2,3}[A-Z][\w’-]+(?:\s(?:&|and)\s[A-Z][\w’-]+)?\.?")
_TOWN = re.compile(r"(?:Oxford|Cambridge)(?:, [A-Z][\w. ]{1,15}|\s\([^()]+\))?")  # no publisher
_CORPORATE = re.compile(r"(?:Ltd|Inc|LLC|GmbH|Co|Limited|S\.A|B\.V|AG|Pvt)\b\.?")
_ABBREVIATED = re.compile(r"\b[A-Z]\w*\.\s")
_MAYBE_ABBREVIATED = re.compile(r"(?<=\s)[A-Z]\w{0,8}$")
_ACRONYM = re.compile(r"[A-Z]{2,6}")  # of a state or a country: USA
_CAPITALISED = r"[A-Z][\w.’'-]*"
_PLACE = re.compile(
    rf"(?:{_CAPITALISED}|de|am|la|of|the)(?:[\s-](?:{_CAPITALISED}|de|am|la|le|of|the|an|der|on|upon"
    r"|do|del|Main\)|\(\w+\))){0,3}\.?$"
)
_LONGEST_EDITORS = 800  # characters
_LONGEST_PUBLISHER = 9  # words
_LONGEST_AFTER_PLACE = 5  # words
_INITIALLED = 0.9  # how sure names with initials are
_QUESTIONABLE = 0.5  # how sure words are that may be names


def take_container(sheet: Sheet, start: int, end: int, *, introduced: bool) -> None:
    """Take apart what stands between the title and the end of a reference.

    ``introduced`` says that an ``In`` stood before it, so that it is a book's or a meeting's.
    """
    _take_leading_editors(sheet, start, end)
    take_edited_by(sheet, start, end)
    series = _SERIES_IN.search(sheet.left, start, end)
    if series:
        sheet.take("collection-title", *series.span("series"), 0.9)
        sheet.blot(*series.span())
    take_inside(sheet, start, end)
    end = take_after_date(sheet, start, end)
    end = take_locators(sheet, start, end)
    if introduced:
        take_pages_between(sheet, start, end)
        take_volume(sheet, start, end)
    else:
        end = take_volume_alone(sheet, start, end)
    end = take_series(sheet, start, end)
    take_edition(sheet, start, end)
    journal = sheet.has("volume") and (sheet.has("page") or sheet.has("issue")) and not introduced
    start, end = sheet.bare(start, end)
    if start >= end:
        return
    stop = end if journal else _before_publisher(sheet, start, end, introduced=introduced)
    begin, stop = sheet.bare(start, stop)
    gone = sheet.left.find(GONE, begin, stop)
    if gone > 0:
        begin, stop = sheet.bare(begin, gone)
    stop = _without_place(sheet, begin, stop)
    if not journal and CONFERENCE.search(sheet.left[begin:stop].partition(", ")[0]):
        stop = _take_places(sheet, begin, stop, "event-place")
    sure = 0.93 if journal or introduced else 0.8
    take_container_title(sheet, begin, stop, sure)


def take_container_title(sheet: Sheet, start: int, end: int, confidence: float) -> None:
    """Take the title of a container; one of abbreviated words keeps its last full stop."""
    start, end = sheet.bare(start, end)
    abbreviated = _ABBREVIATED.search(sheet.left, start, end)
    last = _MAYBE_ABBREVIATED.search(sheet.left, abbreviated.end(), end) if abbreviated else None
    if sheet.left.startswith(".", end) and last:
        end += 1
    sheet.take("container-title", start, end, confidence)


def take_publisher(sheet: Sheet, start: int, end: int, confidence: float) -> None:
    """Take a publisher, and the place before its colon or after its comma."""
    start, end = sheet.bare(start, end)
    inferred = _INFERRED_PLACE.match(sheet.left, start, end)
    if inferred:
        sheet.take("publisher-place", *inferred.span("place"), confidence)
        sheet.blot(*inferred.span())
        start, end = sheet.bare(inferred.end(), end)
    colon = sheet.left.rfind(": ", start, end)
    if colon > 0 and _names_publisher_first(sheet.left[start:colon], sheet.left[colon:end]):
        sheet.take("publisher-place", *sheet.bare(colon, end), confidence)
        end = colon
    elif colon > 0:
        sheet.take("publisher-place", *sheet.bare(start, colon), confidence)
        start = colon + 1
    else:
        end = _take_places(sheet, start, end, "publisher-place")
    start, end = sheet.bare(start, end)
    if start < end and sheet.text.startswith((".,", ".;"), end):
        end += 1  # of an abbreviation, as no sentence ends there: Harvard Univ., Cambridge
    sheet.take("publisher", start, end, confidence)


def _names_publisher_first(before: str, after: str) -> bool:
    """Whether the publisher stands before the colon and its place behind, as with chemists."""
    if _TOWN.fullmatch(before):
        return False
    return PUBLISHER.search(before) is not None and PUBLISHER.search(after) is None


def _take_places(sheet: Sheet, start: int, end: int, name: str) -> int:
    """Take the places after the commas that end a stretch; where they begin."""
    stop = end
    for _ in range(3):
        comma = sheet.left.rfind(", ", start, stop)
        if comma < 0 or not _is_place(sheet.left[comma + 2 : stop].strip(" .")):
            break
        stop = comma
    if stop < end:
        sheet.take(name, *sheet.bare(stop, end), 0.7)
    return stop


def _is_place(text: str) -> bool:
    """Whether a phrase names a place and no institution."""
    institution = looks_like_group(text) or _ABBREVIATED_INSTITUTION.search(text)
    return _PLACE.match(text) is not None and (
        not institution or _ACRONYM.fullmatch(text) is not None
    )


def _take_leading_editors(sheet: Sheet, start: int, end: int) -> None:
    """Take editors that stand before the title of their book: ``A. Neff & B. Raes (Eds.),``.

    Those of a series may stand before those of a volume of it.
    """
    while match := _ROLE.search(sheet.left, start, min(end, start + _LONGEST_EDITORS)):
        _take_editors_before(sheet, start, match)
        start = match.end()
        if _MORE_EDITORS.match(sheet.left, start, end) is None:
            return


def _take_editors_before(sheet: Sheet, start: int, match: re.Match[str]) -> None:
    """Take the names that stand before the word for what they did."""
    before, stop = sheet.bare(start, match.start())
    people = read_people(sheet.left[before:stop] + match[0])
    if (people is None or people.confidence < _QUESTIONABLE) and "," in sheet.left[before:stop]:
        # IEEE puts them after the book's title: Title, A. Neff and B. Raes, Eds.,
        begin, behind = _after_title(sheet, before, stop)
        before, people = (begin, behind) if behind else (before, people)
    if people is not None:
        sheet.take_people(people, before, stop)
        sheet.blot(before, match.end())


def _after_title(sheet: Sheet, start: int, stop: int) -> tuple[int, People | None]:
    """The longest run of names after a comma that ends a stretch, and where it begins."""
    best: tuple[int, People | None] = (start, None)
    for comma in range(stop - 1, start, -1):
        if sheet.left[comma] == ",":
            people = read_people(sheet.left[comma + 1 : stop] + " (eds.)")
            if people is None or people.confidence < _INITIALLED:
                break
            best = (comma + 1, people)
    return best


def take_series(sheet: Sheet, start: int, end: int) -> int:
    """Take a series in parentheses at the end: ``(Lecture Notes in Computer Science, 12)``."""
    match = _PARENTHESIS.search(sheet.left, start, end)
    if match is None:
        return end
    before = sheet.left[start : match.start()].rstrip()
    published = PUBLISHER.search(before) or before.endswith((".", GONE))
    if not published or CONFERENCE.search(before.rpartition(". ")[2]):
        return end
    sheet.take("collection-title", *match.span("inside"), 0.7)
    sheet.blot(*match.span())
    return take_locators(sheet, start, match.start())


def _before_publisher(sheet: Sheet, start: int, end: int, *, introduced: bool) -> int:
    """Take the publisher at the end of a stretch, if any; where it begins."""
    place = _take_after_place(sheet, start, end)
    if place is not None:
        return place
    pieces = phrases(sheet.left, start, end) or [(start, end)]
    last = sheet.left[slice(*pieces[-1])]
    if introduced and len(pieces) > 2 and publishes(last):  # noqa: PLR2004 - book, series, publisher
        take_publisher(sheet, *pieces[-1], 0.9)
        sheet.take("collection-title", *sheet.bare(*pieces[-2]), 0.7)
        return pieces[-2][0]
    if len(pieces) > 1 and GONE not in last.strip(f" {GONE}"):
        return _take_last_sentence(sheet, *pieces[-1])
    gone = sheet.left.rfind(GONE, start, end)
    if gone > 0:
        met = CONFERENCE.search(sheet.left, start, gone) and _are_places(sheet.left[gone + 1 : end])
        sheet.take("event-place" if met else "publisher", *sheet.bare(gone + 1, end), 0.85)
        return gone
    book = introduced or (sheet.has("page") and not sheet.has("issue"))
    return _take_after_comma(sheet, start, end, book=book)


def _take_after_place(sheet: Sheet, start: int, end: int) -> int | None:
    """Take ``Place: Publisher`` at the end of a stretch; where the place begins."""
    colon = sheet.left.rfind(": ", start, end)
    if colon < 0 or not _names_publisher(sheet.left[colon + 2 : end], _LONGEST_AFTER_PLACE):
        return None
    place = _place_before(sheet.left, start, colon)
    if place is not None:
        sheet.take("publisher-place", *sheet.bare(place, colon), 0.9)
        sheet.take("publisher", *sheet.bare(colon + 1, end), 0.9)
    return place


def _take_after_comma(sheet: Sheet, start: int, end: int, *, book: bool) -> int:
    """Take a publisher after the last comma of a stretch (MLA, IEEE); where it begins."""
    comma = sheet.left.rfind(", ", start, end)
    if comma > 0 and _CORPORATE.match(sheet.left, comma + 2, end):
        comma = sheet.left.rfind(", ", start, comma)
    tail = sheet.left[comma + 2 : end]
    if _meets_at(sheet.left[start:end]):
        return end
    if comma < 0 or CONFERENCE.search(tail) or not _names_publisher(tail, 2 if book else 0):
        return end
    sheet.take("publisher", *sheet.bare(comma + 1, end), 0.85)
    return comma


def _meets_at(text: str) -> bool:
    """Whether a meeting is followed by its town and country, and so by no publisher."""
    meeting, _, places = text.partition(", ")
    return CONFERENCE.search(meeting) is not None and _are_places(places)


def _are_places(text: str) -> bool:
    """Whether a phrase ends in a town and its country."""
    pieces = text.strip(f" .,{GONE}").split(", ")[-2:]
    named = all(_is_place(piece) and not PUBLISHER.search(piece) for piece in pieces)
    return len(pieces) > 1 and named


def _take_last_sentence(sheet: Sheet, begin: int, end: int) -> int:
    """Take the last sentence as publisher, or as the meeting's name where it is one."""
    if CONFERENCE.search(sheet.left, begin, end) and not PUBLISHER.search(sheet.left, begin, end):
        sheet.take("event-title", *sheet.bare(begin, end), 0.6)
    else:
        take_publisher(sheet, begin, end, 0.85)
    return begin


def take_meeting(sheet: Sheet, start: int, end: int) -> None:
    """Take a meeting, and the places behind its commas."""
    sheet.take("event-title", start, _take_places(sheet, start, end, "event-place"), 0.85)


def take_after_date(sheet: Sheet, start: int, end: int) -> int:
    """Take the meeting or the publisher that stands after the date; where the date begins."""
    date = take_date_between(sheet, start, end)
    if date is None:
        return end
    tail = sheet.bare(date[1], end)
    if tail[0] >= tail[1]:
        return date[0]
    if CONFERENCE.search(sheet.left, *tail):
        take_meeting(sheet, *tail)
    else:
        sheet.take("publisher", *tail, 0.75)
    return date[0]


def publishes(text: str) -> bool:
    """Whether a sentence names a publisher."""
    return bool(
        PUBLISHER.search(text)
        or ": " in text
        or PREPRINT_SERVER.search(text)
        or looks_like_group(text)
        or _NAMED_FOR_PERSON.fullmatch(text)
    )


def _names_publisher(text: str, unknown: int) -> bool:
    """Whether a phrase names a publisher: by its words, or in at most so many capitalised ones."""
    words = text.split()
    if not text[:1].isupper() or len(words) > _LONGEST_PUBLISHER or ". " in text:
        return False
    if PUBLISHER.search(text) or PREPRINT_SERVER.search(text) or looks_like_group(text):
        return True
    capitalised = all(not word[0].islower() or word in SMALL_WORDS for word in words)
    return len(words) <= unknown and capitalised and not SERIAL.search(text)


def _place_before(text: str, start: int, colon: int) -> int | None:
    """Where the place of publication begins that ends at a colon; None where there is none."""
    begin = None
    stop = colon
    for _ in range(3):
        cut = max(text.rfind(mark, start, stop) for mark in (", ", ". ", "; ", f"{GONE} ", GONE))
        if cut < start or not _PLACE.match(text[cut + 1 : stop].strip()):
            break  # something must be left for the container
        begin = cut
        if text[cut] != ",":
            break
        stop = cut
    return begin


def _without_place(sheet: Sheet, start: int, end: int) -> int:
    """The end of a container without a bracketed place (MLA): ``Title [New York]``."""
    match = _BRACKETED_PLACE.search(sheet.left, start, end)
    if match is None:
        return end
    sheet.take("publisher-place", *match.span("place"), 0.8)
    return match.start()
