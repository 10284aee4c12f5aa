"""One reference taken apart into the variables of CSL.

The rules read it first. Where it is written exactly as one of six styles has it, their reading
stands. Else the trained model labels the words; it sees what the rules say of each. Where it does
not contradict them, their reading stands too, else that of the model.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.formats.plain_text.agreement import chances_of, has_label, is_agreed
from compcite.formats.plain_text.features import features_of
from compcite.formats.plain_text.items import made_item
from compcite.formats.plain_text.labelled import take_labelled
from compcite.formats.plain_text.locators import take_edition
from compcite.formats.plain_text.model import shipped_model
from compcite.formats.plain_text.parsed import ParsedReference
from compcite.formats.plain_text.regular import is_regular
from compcite.formats.plain_text.roles import take_roles
from compcite.formats.plain_text.ruled import certain, ruled
from compcite.formats.plain_text.said import said_of
from compcite.formats.plain_text.tokens import tokens_of
from compcite.formats.plain_text.unwrapping import unwrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.formats.plain_text.model import Labelled, Model
    from compcite.formats.plain_text.parsed import Part
    from compcite.formats.plain_text.sheet import Sheet
    from compcite.formats.plain_text.tokens import Tokens

__all__ = ["parse"]

_KINDS = (
    {"author", "editor"},
    {"issued"},
    {"title"},
    {"container-title", "publisher"},
    {"volume", "page", "number"},
    {"DOI", "URL", "arxiv", "PMID", "ISBN"},
)
"""What references say: whose, when, what, where it appeared, where in that, and an identifier."""


def parse(text: str, model: Model | None = None) -> ParsedReference:
    """The reference that a text is, taken apart; a model may be given instead of the shipped."""
    line, places = unwrap(text)
    known = certain(line)
    sheet = ruled(known.copy())
    if not is_regular(sheet):
        sheet = _judged(sheet, known, model or shipped_model())
    parts = tuple(
        replace(part, start=places[part.start], end=places[part.end - 1] + 1)
        for part in sorted(sheet.parts, key=lambda part: part.start)
    )
    names = {part.name for part in parts}
    confidence = round(sum(bool(names & kind) for kind in _KINDS) / len(_KINDS), 2)
    return ParsedReference(text, parts, made_item(sheet), confidence)


def _judged(by_rules: Sheet, known: Sheet, model: Model) -> Sheet:
    """What the rules took, where the model contradicts nothing of it, else what the model takes.

    ``known`` is the sheet from which only what is certain was taken.
    """
    tokens = tokens_of(by_rules.text)
    said = said_of(by_rules, tokens)
    labelled = model.label(features_of(tokens, said), len(tokens))
    if is_agreed(said, tokens, labelled):
        return _with_chances(by_rules, tokens, chances_of(said, labelled), model)
    by_model = _modelled(known, tokens, labelled, model)
    # A reading with neither of the two is none, whatever else it has.
    return by_model if by_model.has("title") or by_model.has("container-title") else by_rules


def _with_chances(sheet: Sheet, tokens: Tokens, chances: Sequence[float], model: Model) -> Sheet:
    """The sheet, with each part as sure as the model is of its least likely word."""
    sheet.parts = [_with_chance(part, tokens, chances, model) for part in sheet.parts]
    return sheet


def _with_chance(part: Part, tokens: Tokens, chances: Sequence[float], model: Model) -> Part:
    if not has_label(part.name):
        return part
    first, behind = (bisect_left(tokens.starts, place) for place in (part.start, part.end))
    inside = [
        chance
        for word, chance in zip(tokens.words[first:behind], chances[first:behind], strict=True)
        if word[0].isalnum()
    ]
    return replace(part, confidence=model.sure(part.name, min(inside))) if inside else part


def _modelled(sheet: Sheet, tokens: Tokens, labelled: Labelled, model: Model) -> Sheet:
    """Take what the model sees, after what is certain without it."""
    take_roles(sheet)
    take_edition(sheet, 0, len(sheet.left))
    take_labelled(sheet, tokens, labelled, model)
    return sheet
