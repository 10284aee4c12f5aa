"""Name lists as references write them.

A list is read piece by piece between its commas. What a piece looks like decides: `Neff` and
`K. D.` belong together (APA), `Neff KD` (Vancouver), `K. D. Neff` (IEEE) and `Kristin Neff`
(MLA, from the second name on) are whole names, and what names an institution is left whole.
A stretch that is no name list is refused, which is how titles and names are told apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.pieces import (
    SUFFIX,
    Piece,
    inverted,
    is_initial,
    is_one_family,
    piece_of,
    whole,
    with_all_family,
)
from compcite.formats.plain_text.vocabulary import PARTICLES, SMALL_WORDS
from compcite.model.item import Name
from compcite.values.person_names import GROUP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ROLE", "People", "is_east_asian", "looks_like_group", "read_people"]


@dataclass(frozen=True, slots=True)
class People:
    """A name list: the names, whether there are more, their role and how sure all that is."""

    names: tuple[Name, ...]
    truncated: bool = False
    role: str = "author"
    confidence: float = 0.95


_TRANSLATOR = r"trans|translators?|Übers"
_SERIES_EDITOR = r"series eds?"
_EDITOR = rf"{_SERIES_EDITOR}|(?:vol(?:\.|ume)\s)?eds?|editors?|Hrsg|Hg|dirs?|coords?|éds?|red"
_BOTH = r"eds?\.?\s?(?:&|and)\s?trans|trans\.?\s?(?:&|and)\s?eds?"
_ANY_ROLE = rf"{_BOTH}|{_EDITOR}|{_TRANSLATOR}"
ROLE = rf"(?:[(\[](?:{_ANY_ROLE})\.?[)\]]|,\s?(?:{_ANY_ROLE})\b\.?(?=[.,;:\s]|$))"
"""The words after a name list that say what those people did: ``(Eds.)``, ``, editors``."""

_ROLE_AT_END = re.compile(rf"{ROLE}[.,:]?\s*$", re.IGNORECASE)
_TRANSLATING = re.compile(_TRANSLATOR, re.IGNORECASE)
_EDITING_SERIES = re.compile(_SERIES_EDITOR, re.IGNORECASE)
_EDITING_AND_TRANSLATING = re.compile(_BOTH, re.IGNORECASE)
# Names in these scripts are written whole, the family name first, with commas between persons.
_EAST_ASIAN = re.compile(r"^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BETWEEN_EAST_ASIAN = re.compile(r"\s?[,;、·&]\s?|\s(?:and|和)\s")
_ET_AL = re.compile(
    r"[,;]?\s?等\.?$|[,;]?\s?(?:\(?\bet\.?\sal\b\.?\)?|(?:&|\band)\s(?:others|colleagues)\b|\bu\.\s?a\.)\s?$",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r",?\s?(?:\.\s?\.\s?\.|…)\s?(?:,\s?)?(?:&|and)?\s?")
_AND = re.compile(
    r"(?:\s?,)?\s?(?:[&＆]\s?|(?<=[\s,.])(?:and|und|et|och|og)\s|(?<=[.,])\s(?:y|e|i|en)\s)(?=\S)",
    re.IGNORECASE,
)
_SLASH = re.compile(r"\s?/\s?(?=[^\W\d_a-z][^\W\d_A-Z])")
_FOOTNOTES = re.compile(r"[*†‡§¶⁎¹²³⁴⁵⁶⁷⁸⁹]+")
_NO_NAME = re.compile(
    r"[?!:“”\"«»„\[\]{}<>=/\\@#%+\x1f]|\.\.|\d(?!nd\b|rd\b|th\b)|--|[—–]\s|\s[—–]|\s-\s"
)
_ALIAS = re.compile(r"\s?\((?:[A-Z][\w&.-]{1,11}|[^\W\d_]+)\)$")
_NICKNAME = re.compile(r"\s\([A-Z][^\W\d_]{1,14}\)(?=\s?(?:[,;&.]|$)|\s[A-Z])")
_HYPHENED = re.compile(r"[.\-‐‑–]")
_LONGEST_GIVEN = 4  # words
_LONGEST_ET_AL = 20  # characters; the longest is ", (and colleagues)"


def read_people(text: str, *, lenient: bool = False) -> People | None:
    """The people of a stretch that is nothing but a name list; None where it is none.

    ``lenient`` is for a stretch that is known to be one: what is no name there stays whole.
    """
    if GONE in text:
        return None
    role, text = _role_of(_FOOTNOTES.sub("", text).strip(" ,;"))
    text = _without_full_stop(text)
    more = _ET_AL.search(text, max(len(text) - _LONGEST_ET_AL, 0))
    shorter = text[: more.start()] if more else text
    elliptic = "…" in shorter or ". ." in shorter or "..." in shorter
    truncated = shorter != text or elliptic
    if is_east_asian(shorter):
        return _east_asian(shorter, role, truncated=truncated)
    spread = _ELLIPSIS.sub(", ", shorter) if elliptic else shorter
    spread = _NICKNAME.sub("", spread).strip(" ,;")
    if looks_like_group(spread):
        literal = _ALIAS.sub("", spread if is_initial(spread.split()[-1]) else spread.rstrip("."))
        return People((Name(literal=literal),), truncated, role, 0.8)
    if "," in spread and ";" not in spread:
        spread = _SLASH.sub("; ", spread)
    if not spread or (not lenient and _NO_NAME.search(_ALIAS.sub("", spread))):
        return None
    names = _names(spread, lenient=lenient)
    if not names:
        return None
    if truncated and len(names) == 1 and names[0][0].literal and " " not in names[0][0].literal:
        names = [(Name(family=names[0][0].literal), 0.8)]  # Sbarra et al.
    sure = min(confidence for _, confidence in names)
    return People(_without_stop([name for name, _ in names]), truncated, role, sure)


def is_east_asian(text: str) -> bool:
    """Whether a stretch begins in Chinese, Japanese or Korean script."""
    return _EAST_ASIAN.match(text) is not None


def _east_asian(text: str, role: str, *, truncated: bool) -> People | None:
    """The people of a list in Chinese, Japanese or Korean script, each name in one piece."""
    whole_names = [piece for piece in _BETWEEN_EAST_ASIAN.split(text.strip(" .")) if piece]
    longest = max(map(len, whole_names), default=0)
    if not 0 < longest <= _LONGEST_EAST_ASIAN or "." in "".join(whole_names):
        return None
    return People(tuple(Name(literal=name) for name in whole_names), truncated, role, 0.9)


_LONGEST_EAST_ASIAN = 8  # characters


def looks_like_group(text: str) -> bool:
    """Whether a stretch names an institution rather than people."""
    if _ACRONYM.fullmatch(text):
        return True
    if not text[:1].isupper() or _NO_GROUP.search(text):
        return False
    dotted = text.split()
    if any(is_initial(word) and "." in word and word not in _COUNTRIES for word in dotted):
        return False
    words = [word.strip(".,;()’'") for word in dotted]
    if len(words) > _LONGEST_GROUP or any(_is_small(word) for word in words):
        return False
    return any(word.lower() in GROUP_WORDS for word in words)


_ACRONYM = re.compile(r"[A-Z]{3,6}\.?")
_COUNTRIES = frozenset(("U.S.", "U.K.", "U.N.", "E.U.", "U.S.A."))
_NO_GROUP = re.compile(r"\s-\s|[“”\"«»„?!]|\w{3}[.?!:]\s")
_LONGEST_GROUP = 20  # words


def _is_small(word: str) -> bool:
    """Whether a word is in small letters and none of those that stand within names."""
    return word[:1].islower() and word not in SMALL_WORDS


def _role_of(text: str) -> tuple[str, str]:
    """The role that a name list ends with, and the list without it."""
    match = _ROLE_AT_END.search(text)
    if not match:
        return "author", text
    role = "translator" if _TRANSLATING.search(match[0]) else "editor"
    if _EDITING_AND_TRANSLATING.search(match[0]):
        role = "editor-translator"
    if _EDITING_SERIES.search(match[0]):
        role = "collection-editor"
    return role, text[: match.start()].rstrip(" ,;")


def _without_full_stop(text: str) -> str:
    """A list without the full stop of the sentence it is; the stop of an initial stays."""
    if not text.endswith(".") or SUFFIX.search(text):
        return text
    chunks = _HYPHENED.split(text.rpartition(" ")[2])
    return text.rstrip(". ") if len(chunks[-2]) > 1 else text


def _without_stop(names: list[Name]) -> tuple[Name, ...]:
    """The names without the full stop of the sentence that the last one's initials end in."""
    last = names[-1]
    bare = last.given.rstrip(".")
    plain = all("." not in name.given for name in names[:-1])
    stopped = last.given.count(".") == 1 and last.given.endswith(".") and bare.isupper()
    if stopped and plain and (len(bare) > 1 or len(names) > 1):
        names[-1] = replace(last, given=bare)
    return tuple(names)


def _names(text: str, *, lenient: bool) -> list[tuple[Name, float]]:
    """The names of a list, each with how sure it is; none where one piece is no name."""
    if ";" in text:
        return _semicoloned(text)
    names = _NameList.of(_pieces(text), lenient=lenient).read()
    return [] if not lenient and _mixes([name for name, _ in names]) else names


def _mixes(names: Sequence[Name]) -> bool:
    """Whether names with initials without full stops stand beside one with a stop and words."""
    plain = any(name.given.isupper() and "." not in name.given for name in names)
    return plain and any("." in name.given[:-1] and not _all_initials(name.given) for name in names)


def _all_initials(given: str) -> bool:
    return all(is_initial(word) or word in PARTICLES for word in given.split())


def _semicoloned(text: str) -> list[tuple[Name, float]]:
    """The names of a list that has semicolons between them."""
    names: list[tuple[Name, float]] = []
    for chunk in text.split(";"):
        for one in [_AND.sub("", chunk)] if "," in chunk else _AND.split(chunk):
            if not one.strip(" .,"):
                continue
            pieces = [(piece, False) for piece in one.split(",") if piece.strip()]
            found = _NameList.of(pieces, lenient=False).read()
            if len(found) != 1:
                return []
            names += found
    return names


def _pieces(text: str) -> list[tuple[str, bool]]:
    """What stands between the commas, and whether an ``and`` stands before it."""
    return [
        (piece.strip(), bool(number) and not index)
        for number, chunk in enumerate(_AND.split(text))
        for index, piece in enumerate(chunk.split(","))
        if piece.strip()
    ]


@dataclass(slots=True)
class _NameList:
    """The pieces of a list, and the names read from them so far."""

    words: list[list[str]]
    forms: list[Piece]
    joined: list[bool]  # whether the piece after this one may belong to it
    lenient: bool
    initialled: bool  # whether no given name is written in full
    inverted: bool | None = None  # whether family names stand first, where that is known
    names: list[tuple[Name, float]] = field(default_factory=list)

    @classmethod
    def of(cls, pieces: Sequence[tuple[str, bool]], *, lenient: bool) -> _NameList:
        """The list of pieces, each with whether an ``and`` stands before it."""
        words = [piece.split() for piece, _ in pieces]
        forms = [piece_of(piece) for piece in words]
        joined = [*(not after for _, after in pieces[1:]), False]
        initialled = Piece.WORDS not in forms and Piece.OTHER not in forms
        return cls(words, forms, joined, lenient, initialled)

    def read(self) -> list[tuple[Name, float]]:
        """The names; none at all where one piece is no part of a name."""
        if Piece.OTHER in self.forms and not self.lenient:
            return []
        index = 0
        while index < len(self.forms):
            taken = self._take_group(index) or self._take(index)
            if not taken:
                return []
            index += taken
        return self.names

    def _take_group(self, index: int) -> int:
        """Read an institution among people; of how many pieces it is, 0 where it is none."""
        literal = " ".join(self.words[index])
        if self.forms[index] not in {Piece.WORDS, Piece.OTHER} or not looks_like_group(literal):
            return 0
        self.names.append((Name(literal=literal), 0.8))
        return 1

    def _take(self, index: int) -> int:
        """Read the name that begins at a piece; of how many pieces it is, 0 where it is none."""
        form, words = self.forms[index], self.words[index]
        after = self.forms[index + 1] if self.joined[index] else None
        if form is Piece.SUFFIX and self.names:
            name, sure = self.names[-1]
            self.names[-1] = (replace(name, suffix=" ".join(words)), sure)
            return 1
        if form in {Piece.OTHER, Piece.INITIALS}:
            return self._take_odd(index, paired=after is Piece.INITIALS)
        if after is Piece.INITIALS and form is not Piece.INITIALS_LAST:
            return self._pair(index, 0.97)
        if after is Piece.SUFFIX and self.forms[index + 2 : index + 3] == [Piece.INITIALS]:
            name = inverted(words, self.words[index + 2])
            self.names.append((replace(name, suffix=" ".join(self.words[index + 1])), 0.9))
            return 3
        if after is not None and self._has_given_name(index, after):
            return self._pair(index, 0.88)
        name, sure = whole(words, form)
        in_full = any(not _all_initials(name.given) for name, _ in self.names)
        if self.initialled and form is Piece.INITIALS_FIRST and not in_full:
            name = with_all_family(name)
        if self.inverted is None:
            self.inverted = False
        self.names.append((name, sure))
        return 1

    def _take_odd(self, index: int, *, paired: bool) -> int:
        """Read what looks like no name by itself: a family name in capitals, or anything."""
        if paired:
            return self._pair(index, 0.9 if self.forms[index] is Piece.INITIALS else 0.5)
        if self.forms[index] is Piece.OTHER:
            self.names.append((Name(literal=" ".join(self.words[index])), 0.5))
            return 1
        return 1 if self.lenient else 0

    def _pair(self, index: int, confidence: float) -> int:
        """Read a family name and the given name after it."""
        name = inverted(self.words[index], self.words[index + 1])
        self.names.append((name, confidence))
        self.inverted = True
        return 2

    def _has_given_name(self, index: int, after: Piece) -> bool:
        """Whether a piece of words is a family name whose given name is the next piece."""
        form, words, given = self.forms[index], self.words[index], self.words[index + 1]
        if form is Piece.WORD and after in {Piece.INITIALS_LAST, Piece.INITIALS_FIRST}:
            # David F.; and at the beginning C. Sage
            return "." in given[-1] or (not self.names and "." in given[0])
        if form not in {Piece.WORD, Piece.WORDS} or after not in {Piece.WORD, Piece.WORDS}:
            return False
        if self.inverted is False or len(given) > _LONGEST_GIVEN:
            return False
        if is_one_family(words):
            return True
        if self.inverted is None and (is_initial(given[-1]) or len(self.forms) == 2):  # noqa: PLR2004
            return True
        followed = self.forms[index + 2 : index + 3] == [Piece.INITIALS]  # it is a family name then
        return len(given) == 1 and after is Piece.WORD and not followed
