"""The names of CSL-JSON: objects with parts, institutions, and names in one piece."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from compcite.csl.json_values import Unreadable, is_true, listed, text_from_csl
from compcite.model.item import Name
from compcite.values.person_names import is_person_inverted, read_person, says_more, suffix_apart

__all__ = ["PARTS", "names_from_csl"]

PARTS = (
    ("family", "family"),
    ("given", "given"),
    ("dropping-particle", "dropping_particle"),
    ("non-dropping-particle", "non_dropping_particle"),
    ("suffix", "suffix"),
    ("literal", "literal"),
)
"""The parts of a name as CSL-JSON and as :class:`~compcite.model.item.Name` call them."""

_AND = re.compile(r"(?<!\s)\s++(?:and|&)\s+")


def names_from_csl(value: object) -> tuple[tuple[Name, ...], bool]:
    """The names of a list, or of a value alone, and whether the list says that there are more.

    What says nothing is passed over; raises Unreadable for what can be no name.
    """
    pieces = [piece for entry in listed(value) for piece in _pieces(entry)]
    more = bool(pieces) and says_more(_whole_name(pieces[-1]))
    found = [_name(piece) for piece in (pieces[:-1] if more else pieces)]
    return tuple(name for name in found if name is not None), more


def _pieces(entry: object) -> list[object]:
    """The names that an element of a list holds: a text may hold several.

    Names are apart at semicolons, and at "and" where each of them has a comma between family
    and given name ("Doe, Jane and Roe, Max"): an institution may have an "and" in its name.
    """
    if not isinstance(entry, str):
        return [entry]
    if ";" in entry:
        return [part for part in entry.split(";") if part.strip()]
    parts = _AND.split(entry)
    return list(parts) if all(map(is_person_inverted, parts)) else [entry]


def _whole_name(piece: object) -> str:
    """Return a name that is written in one piece: a text, or the only member of an object.

    Else return an empty string.
    """
    if isinstance(piece, dict):
        alone = {key: part for key, part in piece.items() if part}
        piece = next(iter(alone.values())) if len(alone) == 1 else ""
    return piece if isinstance(piece, str) else ""


def _name(piece: object) -> Name | None:
    """Return one name, or None if it is empty. Raise Unreadable if it is no name.

    A text is taken apart at its comma. An object without a family name becomes a literal name.
    """
    if piece is None:
        return None
    if isinstance(piece, str):
        return read_person(text_from_csl(piece))
    if not isinstance(piece, dict):
        raise Unreadable("holds what is no name")
    try:
        parts: dict[str, Any] = {attribute: _part(piece, part) for part, attribute in PARTS}
        name = _part(piece, "name")
    except Unreadable:
        raise Unreadable("holds a name that cannot be read") from None
    if not parts["family"]:
        # A given name alone is all there is: it stands for the name.
        literal = parts["literal"] or name or parts["given"]
        return Name(literal=literal) if literal else None
    if is_true(piece.get("isInstitution")):
        return Name(literal=" ".join(filter(None, (parts["given"], parts["family"]))))
    return _person(piece, Name(**{**parts, "literal": ""}))


def _part(piece: dict[str, object], part: str) -> str:
    """Return a part of a name as text. Raise Unreadable if it is not one text."""
    value = piece.get(part)
    if isinstance(value, list):
        raise Unreadable("is a list")
    return text_from_csl(value)


def _person(piece: dict[str, object], name: Name) -> Name:
    """Return a person's name with what the object says besides its parts.

    A family name in quotes, or ``parse-names: false``, keeps the name's parts as they are. Else a
    suffix in the given name is taken out of it.
    """
    family = name.family
    if len(family) > len('""') and family[0] == family[-1] == '"':
        name = replace(name, family=family[1:-1], parse_names=False)
    if "parse-names" in piece and not is_true(piece["parse-names"]):
        name = replace(name, parse_names=False)
    name = replace(name, comma_suffix=is_true(piece.get("comma-suffix")))
    return suffix_apart(name) if name.parse_names else name
