"""Where sentences end and quotations close: the joints between title, container and publisher."""

from __future__ import annotations

import re

from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.vocabulary import (
    ABBREVIATIONS,
    PUBLISHER,
    TITLE_ABBREVIATIONS,
)

__all__ = ["closing_quote", "opening_quote", "phrases", "segments"]

_STOP = re.compile(rf"[.?!](?:[”’\"')\]»])*(?=[\s{GONE}])|[.?!][”’\"')\]»]*$")
_LAST_WORD = re.compile(r"[^\s(\[“‘\"]+$")
_OPENERS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    '"': '"',
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "``": "''",
    "”": "”",
}
_OPENING = re.compile(r"(?<!\w)(?:``|[“„«»\"‘‚'”])(?=\S)")
_QUOTES = {
    opener: re.compile("``|''" if opener == "``" else f"[{re.escape(opener + closers)}]")
    for opener, closers in _OPENERS.items()
}
_AFTER = re.compile(rf"[.,)\]{GONE}]|\s[(\[{GONE}]|\s(?:in|eds?\.)\s|$")


def segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a stretch, as offsets without the blanks between them.

    A full stop ends none after an initial or an abbreviation, nor before a small letter.
    """
    found = []
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match.end() >= end or not _ends(text, begin, match):
            continue
        found.append((begin, match.end()))
        begin = match.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        found.append((begin, end))
    return found


def phrases(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences behind a title: those that say something, abbreviated words together.

    Behind a title nothing but containers and publishers stand, so that a sentence of abbreviated
    words goes on where another such word follows, or a name in parentheses: ``Proc. Adv. Neural
    Inf. Process. Syst. (NIPS)``. An article's title would not: ``How people learn. Psychol. Rev.``
    """
    found: list[tuple[int, int]] = []
    for begin, stop in segments(text, start, end):
        if not text[begin:stop].strip(f" .,;:{GONE}"):
            continue
        if found and found[-1][1] + 1 == begin and _goes_on(text, found[-1], begin, stop):
            found[-1] = (found[-1][0], stop)
        else:
            found.append((begin, stop))
    return found


def _goes_on(text: str, before: tuple[int, int], begin: int, stop: int) -> bool:
    """Whether an abbreviated title goes on behind its stop."""
    start = max(before[0], before[1] - _BEHIND)
    several = len(_ABBREVIATED_WORD.findall(text, start, before[1])) > 1  # one may end any phrase
    if not several and not _ABBREVIATED_WORD.fullmatch(text, *before):
        return False
    # The full stop of the last word may have been left off the stretch.
    following = _ABBREVIATED_START.match(text, begin, min(stop + 1, len(text)))
    return following is not None and PUBLISHER.search(following[0]) is None


# ISO 4 cuts words behind a consonant.
_ABBREVIATED_WORD = re.compile(
    r"(?<!\w)(?:[^\W\d_a-z]\w{0,8}[b-df-hj-np-tv-zB-DF-HJ-NP-TV-Z]|Wkly|J)\.(?=[\s,;)]|$)"
)
_ABBREVIATED_START = re.compile(
    r"(?:[A-Z][\w’-]*\s){0,3}[A-Z]\w{0,8}[b-df-hj-np-tv-z]\.(?=[\s,;)]|$)"
    r"|(?:[A-Z][\w’-]*\s){0,4}\([A-Z][\w’ -]{1,30}\)"
)


def _ends(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether a stop ends a sentence."""
    following = text[stop.end() : stop.end() + _AHEAD].lstrip()
    if not following:
        return True
    if _starts_small(following):
        return False
    word = _LAST_WORD.search(text, max(begin, stop.start() - _BEHIND), stop.start())
    bare = word[0].rstrip(")]”’\"'") if word else ""
    if stop[0][0] != "." or word is None:
        return True
    if len(bare) == 1 and bare.isalpha():
        # An initial or a genus (E. coli), but not the end of "with vitamin C. Journal".
        before = text[: word.start()].rstrip()[-1:]
        return before.islower() and bare.isupper() and _INITIAL.match(following) is None
    volume = bare.isdigit() and _VOLUME_BEFORE.search(
        text, max(begin, word.start() - _AHEAD), word.start()
    )
    if volume or bare.lower() in ABBREVIATIONS:
        return False
    return bare not in TITLE_ABBREVIATIONS or following.startswith("In")


# APA: Handbook of child psychology: Vol. 1. Theoretical models
_VOLUME_BEFORE = re.compile(r":\sVol\.\s$")
_INITIAL = re.compile(r"[A-Z]\.")
_AHEAD, _BEHIND = 24, 40  # characters in which the words beside a stop are looked for


def _starts_small(following: str) -> bool:
    """Whether what follows begins with a small letter, names such as eLife and bioRxiv aside."""
    if not following[0].islower():
        return following[0] in ",;:)"
    word = re.match(r"[\w-]+", following)
    return (
        word is not None
        and not any(char.isupper() for char in word[0][1:])
        and not word[0].startswith("npj")
    )


def opening_quote(text: str, start: int, end: int) -> int:
    """Where the first quotation of a stretch opens, or -1."""
    match = _OPENING.search(text, start, end)
    return match.start() if match else -1


def closing_quote(text: str, start: int, end: int, *, strict: bool = False) -> int | None:
    """Where the quotation that opens at ``start`` ends, its closing quote included.

    None where it closes nowhere, or only in the middle of a phrase and so is no title; in
    ``strict`` reading, a question or an exclamation may be the first half of a title, too.
    """
    opener = "``" if text.startswith("``", start) else text[start]
    closers = _OPENERS.get(opener)
    if closers is None:
        return None
    width, depth = len(opener), 0
    for match in _QUOTES[opener].finditer(text, start + width, end):
        at = match.start()
        if match[0] == opener and opener not in closers:
            depth += 1
        elif _apostrophe(text, at, end):
            continue
        elif depth:
            depth -= 1
        elif (_STOPPED if strict else _PUNCTUATED).search(
            text, max(start, at - 3), at
        ) or _AFTER.match(text, match.end()):
            return match.end()
    return None


_STOPPED = re.compile(r"[.,;][’'”\"]*$")
_PUNCTUATED = re.compile(r"[.,?!;][’'”\"]*$")


def _apostrophe(text: str, at: int, end: int) -> bool:
    """Whether a quote at a place is an apostrophe in a word."""
    return text[at] in "’'" and at + 1 < end and text[at + 1].isalnum()
