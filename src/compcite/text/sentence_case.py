"""Titles from Title Case to sentence case, as biblatex and pandoc convert those of BibTeX.

Kept are what braces protect (``<span class="nocase">``), acronyms and other words with a capital
beyond the first letter, words with digits, single letters but *A*, the first word, the first
word behind a colon or the end of a sentence, and proper nouns as far as they are known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

__all__ = ["is_title_case", "proper_nouns", "sentence_case"]

_TAG = re.compile(r"(</?(?:i|b|sup|sub|sc)>|<span [^<>]*>|</span>)")
_PROTECTED = '<span class="nocase">'
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_ENDS = re.compile(r"[:?!.…—–]\s*[\"“‘'(«\[]*\s*$")
_SMALL_WORDS = """
    a about after against an and as at before between but by de during et for from in into nor
    of off on onto or out over per than the through to toward towards under up upon versus via
    vs with within without
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_ENOUGH = 0.75  # the share of capitalized words from which a title is in Title Case
_FEW = 2
_HYPHENS = ("-", "‐", "‑")

# Names that English capitalizes wherever they stand: of peoples, places, languages, faiths,
# months, days, and of persons whom methods and diseases are called by.
_NAME_WORDS = """
    africa african africans america american americans antarctic antarctica arab arabic arctic
    argentina argentine asia asian asians atlantic australia australian austria austrian
    bangladesh belgian belgium brazil brazilian britain british bulgaria bulgarian california
    canada canadian caribbean caucasian chile chilean china chinese colombia colombian croatia
    croatian cuba cuban czech danish denmark dutch egypt egyptian england english ethiopia
    ethiopian europe european europeans finland finnish france french german germany ghana
    greece greek hawaii hispanic hungarian hungary iceland icelandic india indian indonesia
    indonesian iran iranian iraq ireland irish israel israeli italian italy japan japanese
    kenya kenyan korea korean latin latino latina london malaysia malaysian mediterranean
    mexican mexico moroccan morocco nepal netherlands nigeria nigerian nordic norway norwegian
    pacific pakistan pakistani paris peru peruvian philippines poland polish portugal
    portuguese romania romanian russia russian scandinavian scotland scottish serbia serbian
    singapore slovenia slovenian spain spanish sweden swedish swiss switzerland taiwan
    taiwanese tanzania texas thai thailand tunisia turkey turkish uganda ukraine ukrainian
    vietnam vietnamese wales welsh zealand zimbabwe bible biblical buddhism buddhist catholic
    christian christianity hindu hinduism islam islamic jewish judaism muslim muslims
    protestant quran january february april june july september october november december
    monday tuesday wednesday thursday friday saturday sunday alzheimer alzheimer’s asperger
    bayes bayesian boltzmann brownian cartesian crohn’s darwin darwinian einstein euclidean
    euler fourier freud freudian gaussian gödel hamiltonian hilbert hodgkin huntington’s
    kantian laplace lagrangian likert lyapunov markov maxwell monte carlo navier newton
    newtonian parkinson parkinson’s pavlovian poisson riemannian schrödinger shakespeare
    stokes turing google twitter facebook internet youtube wikipedia linux python i i’m
"""
_NAMES = frozenset(_NAME_WORDS.split())


def is_title_case(title: str) -> bool:
    """Whether a title capitalizes most words that sentence case would not.

    The first word, words behind a colon, small words (of, the) and protected ones do not count;
    at least two have to.
    """
    words = [word for word, first, protected in _words(title) if not first and not protected]
    counted = [word for word in words if word.lower() not in _SMALL and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in counted)
    return len(counted) >= _FEW and capital >= _ENOUGH * len(counted)


def proper_nouns(titles: Iterable[str]) -> set[str]:
    """The words, in lower case, that titles in sentence case capitalize in their midst."""
    found = set()
    for title in titles:
        if is_title_case(title) or title.isupper():
            continue
        for word, first, protected in _words(title):
            if not first and not protected and word[0].isupper() and word[1:].islower():
                found.add(word.lower())
    return found


def sentence_case(title: str, proper: AbstractSet[str] = frozenset()) -> str:
    """The title in sentence case; ``proper`` holds proper nouns in lower case.

    The title may hold the markup of CSL-JSON, which stays.
    """
    return "".join(
        text.lower() if gap and not (protected or gap.begins or _keeps(text, proper)) else text
        for text, gap, protected in _pieces(title)
    )


def _keeps(word: str, proper: AbstractSet[str]) -> bool:
    """Whether a word keeps its capitals wherever it stands."""
    if any(char.isdigit() for char in word) or any(char.isupper() for char in word[1:]):
        return True
    if len(word) == 1:
        return word != "A"
    plain = word.lower().replace("'", "’")
    return plain in _NAMES or plain in proper or plain.removesuffix("’s") in proper


class _Gap(NamedTuple):
    """What stands between two words, or before the ``first`` one, without its markup."""

    text: str
    first: bool = False

    @property
    def begins(self) -> bool:
        """Whether a sentence begins behind it."""
        return self.first or _ENDS.search(self.text) is not None


def _words(title: str) -> Iterator[tuple[str, bool, bool]]:
    """The words of a title: each, whether a sentence begins with it, whether it is protected."""
    for word, gap, protected in _pieces(title):
        if gap and gap.text[-1:] not in _HYPHENS:  # what follows one is written either way
            yield word, gap.begins, protected


def _pieces(title: str) -> Iterator[tuple[str, _Gap | None, bool]]:
    """The title cut at its words and tags: each piece, the gap before a word, its protection."""
    gap, protected = _Gap("", first=True), 0
    for stretch in _TAG.split(title):
        if _TAG.fullmatch(stretch):
            protected = _depth(stretch, protected)
            yield stretch, None, False
            continue
        at = 0
        for word in _WORD.finditer(stretch):
            between = stretch[at : word.start()]
            yield between, None, False
            yield word[0], gap._replace(text=gap.text + between), bool(protected)
            gap, at = _Gap(""), word.end()
        yield stretch[at:], None, False
        gap = gap._replace(text=gap.text + stretch[at:])


def _depth(tag: str, depth: int) -> int:
    """How deep in protected text one is behind a tag; other spans nest in it."""
    if tag == _PROTECTED or (depth and tag.startswith("<span")):
        return depth + 1
    return depth - 1 if depth and tag == "</span>" else depth
