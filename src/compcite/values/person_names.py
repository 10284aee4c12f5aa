"""Names in one piece, ``Family, Given, Suffix``, as reference managers write them.

Sources: the RIS specification (tag ``AU``) for the order of the parts; EndNote's manual for
institutions, whose names end in a comma, or have a doubled one where they hold one.
"""

from __future__ import annotations

import re

from compcite.model.item import Name

__all__ = ["read_person", "says_more", "write_person"]

_MORE = re.compile(r"(?:and\s+)?(?:et\.?\s*al\.?|others)[,.]*$", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:[js]r\.?|i{2,3}|iv|vi{0,3}|[2-4](?:nd|rd|th)|esq\.?)$", re.IGNORECASE)
_INITIALED = re.compile(r"(?:^|[\s.-])[^\W\d_]\.")
_PARTS = 3


def says_more(text: str) -> bool:
    """Whether a name only says that there are more: ``et al.``."""
    return bool(_MORE.match(text.strip()))


def read_person(text: str) -> Name | None:
    """The name that a text spells, or None where it is empty.

    Without a comma it is a name in one piece, unless an initial tells that the given name
    comes first.
    """
    text = " ".join(text.split())
    if ",," in text or text.endswith(","):
        literal = text.replace(",,", ",", 1).rstrip(", ")
        return Name(literal=literal) if literal else None
    parts = [part.strip() for part in text.split(",", _PARTS - 1)]
    if len(parts) == 1:
        return _given_first(text) if text else None
    family, given = parts[0], parts[1]
    suffix = parts[2] if len(parts) == _PARTS else ""
    if suffix and _SUFFIX.match(given) and not _SUFFIX.match(suffix):
        given, suffix = suffix, given
    if not family:
        return Name(literal=given) if given else None
    particle, family = _leading(family)
    given, dropping = _trailing(given)
    return Name(family, given, dropping, particle, suffix)


def write_person(name: Name) -> str:
    """A name as :func:`read_person` reads it."""
    if not name.family:
        literal = name.literal or name.given
        if "," in literal:
            return literal.replace(",", ",,", 1) if not literal.endswith(",") else literal
        return literal + "," if " " in literal else literal
    family = f"{name.non_dropping_particle} {name.family}".strip()
    given = f"{name.given} {name.dropping_particle}".strip()
    if not given and not name.suffix:
        return family + "," if " " in family else family
    return f"{family}, {given}, {name.suffix}" if name.suffix else f"{family}, {given}"


def _given_first(text: str) -> Name:
    """A name without comma."""
    words = text.split()
    if len(words) > 1 and _INITIALED.search(" ".join(words[:-1])):
        first = next((at for at, word in enumerate(words) if word[0].islower()), len(words) - 1)
        first = max(1, min(first, len(words) - 1))
        return Name(words[-1], " ".join(words[:first]), "", " ".join(words[first:-1]))
    return Name(literal=text)


def _leading(family: str) -> tuple[str, str]:
    """The particle, words in lower case at the start, and the family name itself."""
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count][0].islower():
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _trailing(given: str) -> tuple[str, str]:
    """The given name, and the particle, words in lower case, that catalogues put behind it."""
    words = given.split()
    count = len(words)
    while count > 1 and words[count - 1][0].islower() and not _INITIALED.match(words[count - 1]):
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:])
