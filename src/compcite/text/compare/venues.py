"""Tell two conferences apart by their names in full.

Conferences of one field have most words in common: *Conference on Computer Vision and Pattern
Recognition* (CVPR) and *European Conference on Computer Vision* (ECCV). What they are about stands
behind the kind of meeting, and whose or where they are stands before it. People leave out sponsor,
year and place, but hardly a third of the words that say what a conference is about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.text.compare.abbreviations import have_one_stem
from compcite.text.compare.acronyms import EVENT_WORDS, SPONSORS, acronyms_in
from compcite.text.compare.words import bare_words

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["is_meeting", "why_other_venues"]

_MEETING = re.compile(
    r"\b(?:conferences?|conf|symposi(?:um|a)|symp|workshops?|wkshps?|meeting|congress|colloquium)\b"
    r"\.?(?:\s+(?:on|of|for|in)\b)?",
    re.IGNORECASE,
)
_WORKSHOP = re.compile(r"\b(?:workshops?|wkshps?|companion)\b", re.IGNORECASE)
_JOURNAL = re.compile(r"\b(?:journal|j|transactions|trans|letters|lett|magazine)\b", re.IGNORECASE)
# Behind the first of these stand place, year, acronym, another meeting or what it belongs to.
_END = re.compile(r"[,;:()\[\]]|\s[-–—]|\d|\band\s+the\b|\bat\b|['’]\d", re.IGNORECASE)
# Where the meeting is, as part of its name: a European conference is no international one.
_REGION_WORDS = """
european asian asia pacific american british african canadian chinese indian australasian nordic
latin winter
"""
_REGIONS = frozenset(_REGION_WORDS.split())
# ACM's interest groups come and go like sponsors: *SIGCHI Conference*, *CHI Conference*.
_SIG = "sig"
_DULL = frozenset(("a", "an", "and", "the", "of", "in", "on", "for", "at", "to", "by", "with"))
# Words that say what a conference is about, of which people leave out less: *Human Factors in
# Computing (Systems)* lacks one of four, *Computer Vision (and Pattern Recognition)* two of four.
_LEFT_OUT = 1 / 3


class _Meeting(NamedTuple):
    """What the name of a meeting says.

    ``subject`` are the words about its subject, ``words`` all telling words, ``regions`` and
    ``owners`` the words before the kind of meeting that say where and whose it is.
    """

    subject: list[str]
    words: list[str]
    regions: frozenset[str]
    owners: frozenset[str]


def why_other_venues(written: str, registered: str) -> str:
    """Return the reason why two names in full are those of two venues; empty if they may be one.

    A journal in the reference is not a conference in the record. Two conferences are compared by
    region, society and subject, unless they have an acronym in common.
    """
    if is_meeting(registered) and not is_meeting(written):
        journal = _JOURNAL.search(written) and not _JOURNAL.search(registered)
        return "one is a journal, the other a conference" if journal else ""
    if not acronyms_in(written).isdisjoint(acronyms_in(registered)):
        return ""
    mine, theirs = _read(written), _read(registered)
    return _why_other_meetings(mine, theirs) if mine and theirs else ""


def _why_other_meetings(mine: _Meeting, theirs: _Meeting) -> str:
    """Return the reason why two meetings are not the same; empty if they may be.

    ``mine`` is the list's, ``theirs`` the registered one. A registered name with only one word
    about its subject may lack the rest, so that it also fits longer names: Crossref has *Conference
    of the North* for *Conference of the North American Chapter …*.
    """
    if mine.regions != theirs.regions and not _may_be_cut(theirs):
        return "one is of a region, the other is not"
    if mine.owners and theirs.owners and mine.owners.isdisjoint(theirs.owners):
        return "they are conferences of two societies"
    left = _left_over(mine.subject, theirs.words), _left_over(theirs.subject, mine.words)
    if all(left):
        return "they are about different subjects"
    shares = [
        len(words) / len(one.subject) for words, one in zip(left, (mine, theirs), strict=True)
    ]
    if max(shares) < _LEFT_OUT or (left[0] and _may_be_cut(theirs)):
        return ""
    return "one is about a part of the other's subject"


def _may_be_cut(registered: _Meeting) -> bool:
    """Return whether a name ends with its first word about the subject."""
    return registered.words[-1:] == registered.subject and len(registered.subject) == 1


def is_meeting(name: str, *, workshops: bool = True) -> bool:
    """Return whether a name is that of a conference.

    Those of workshops do not count without ``workshops``.
    """
    return _MEETING.search(name) is not None and (workshops or not _WORKSHOP.search(name))


def _read(name: str) -> _Meeting | None:
    """Return what the name of a meeting says, or None if it is no meeting or says no subject."""
    kind = _MEETING.search(name)
    if kind is None:
        return None
    before, behind = name[: kind.start()], name[kind.end() :]
    end = _END.search(behind)
    subject = _telling(behind[: end.start()] if end else behind)
    first = bare_words(before).split()
    acronyms = acronyms_in(before)
    if not subject:
        subject = [word for word in _telling(before) if word not in acronyms | _REGIONS]
    if not subject:
        return None
    societies = {name for name in acronyms if not name.startswith(_SIG)}
    owners = societies | ({"joint"} & {*first})
    return _Meeting(subject, _telling(name), _REGIONS & {*first}, frozenset(owners))


def _telling(text: str) -> list[str]:
    """Return the folded words of a text that say something of its own."""
    dull = _DULL | EVENT_WORDS | SPONSORS
    return [word for word in bare_words(text).split() if word not in dull and word.isalpha()]


def _left_over(words: list[str], others: Collection[str]) -> list[str]:
    """Return the words that the others do not have in any form."""
    return [word for word in words if not any(have_one_stem(word, other) for other in others)]
