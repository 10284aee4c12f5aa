"""Read and write names of persons, and tell the parts of a name by how they look.

Sources: the RIS specification (tag ``AU``) for the order ``Family, Given, Suffix``; EndNote's
manual for institutions, whose names end in a comma, or have a doubled one if they hold one;
citeproc-js's documentation for particles and suffixes inside other parts of a name.
"""

from __future__ import annotations

import re
from dataclasses import replace

from compcite.model.item import Name

__all__ = [
    "GROUP_WORDS",
    "PARTICLES",
    "is_person_inverted",
    "is_suffix",
    "particle_behind",
    "particles_apart",
    "read_person",
    "says_more",
    "suffix_apart",
    "write_person",
]

_GROUP_WORDS = (
    "organization organisation organizations university universität université universidad "
    "institute institut instituto institutes institution committee commission association "
    "associations society council department ministry ministerium agency administration group "
    "consortium collaboration network foundation center centre centers centres bureau office "
    "team federation union bank academy college school laboratory laboratories corporation "
    "inc ltd llc gmbh company authority service services board government parliament congress "
    "initiative investigators collaborators alliance task working partnership project program "
    "programme trust nations hospital library museum press fund secretariat forum party court "
    "survey associates division branch secretary directorate statistics ministère "
    "gesellschaft verband bundesamt staff unesco unicef oecd nasa repository garden "
    "observatory facility"
)
GROUP_WORDS = frozenset(_GROUP_WORDS.split())
"""Words of which institutions' names are made, in small letters."""

_PARTICLES = (
    "'t ’t abu af al av ben bin d' d’ da dal dall' das de dei del della delle den der des di do "
    "dos du e el het i ibn in l' l’ la las le les lo los olde op san te ten ter tot und van vom "
    "von y zu zum zur"
)
PARTICLES = frozenset(_PARTICLES.split())
"""Words before a family name that belong to it, in small letters: ``van der Berg``."""

_MORE = re.compile(r"(?:and\s+)?(?:et\.?\s*al\.?|others)[,.]*$", re.IGNORECASE)
# "I" and "V" alone are initials, and "Vi" is a given name.
_SUFFIX = re.compile(
    r"(?:(?i:jr|sr|junior|senior|esq|[1-9](?:st|nd|rd|th))|I{2,3}|IV|VI{1,3}|IX|i{2,3}|iv|vi{1,3}|ix)"
    r"\.?"
)
_INITIALED = re.compile(r"(?:^|[\s.-])[^\W\d_]\.")
_PARTS = 3
# A word with the spaces, apostrophes or hyphens behind it. A tag is no particle, and a space that
# does not break keeps what it joins: "van\u00a0Dam" is one name.
_PARTICLE_WORD = re.compile(r"['’]?[^ '’\-<]+[ '’\-]+")


def says_more(text: str) -> bool:
    """Return whether a text in a list of names only says that there are more: ``et al.``."""
    return bool(_MORE.match(text.strip()))


def is_suffix(text: str) -> bool:
    """Return whether a text is the suffix of a name: ``Jr.``, ``III``, ``2nd``."""
    return _SUFFIX.fullmatch(text) is not None


def is_person_inverted(text: str) -> bool:
    """Return whether a name is written as ``Family, Given``."""
    family, comma, given = text.partition(",")
    return bool(comma and family.strip() and given.strip())


def read_person(text: str) -> Name | None:
    """Return the name that a text gives, or None if it is empty.

    ``Family, Given, Suffix`` is taken apart. A name without a comma stays whole, unless it has an
    initial, which shows that the given name comes first: ``J. Doe``. A comma at the end, or two in
    a row, mark the name of an institution.
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
    if suffix and is_suffix(given) and not is_suffix(suffix):
        given, suffix = suffix, given
    if not family:
        return Name(literal=given) if given else None
    particle, family = _leading(family)
    given, dropping = particle_behind(given)
    return Name(family, given, dropping, particle, suffix)


def particle_behind(given: str) -> tuple[str, str]:
    """Return the given name, and the particle after it, which is empty if there is none.

    Library catalogues write "Humboldt, Alexander von". Only known particles count.
    """
    words = given.split()
    start = len(words)
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    if start == len(words):
        return given, ""  # as it was written, with a thin space between initials
    return " ".join(words[:start]), " ".join(words[start:])


def write_person(name: Name) -> str:
    """Return a name as text that ``read_person`` reads back: ``Family, Given, Suffix``.

    An institution of several words ends in a comma.
    """
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


def suffix_apart(name: Name) -> Name:
    """Return the name with the suffix taken out of the given name: ``J., Jr.``.

    An exclamation mark before the suffix asks for a comma before it, as Zotero's users write it. A
    word in small letters after the comma is a dropping particle: ``Alexander, von``. A name without
    a comma there, or with a suffix already, is returned as it is.
    """
    if name.suffix or "," not in name.given:
        return name
    given, _, after_comma = (part.strip() for part in name.given.partition(","))
    if after_comma.startswith("!"):
        return replace(name, given=given, suffix=after_comma[1:].strip(), comma_suffix=True)
    if after_comma.islower() and not is_suffix(after_comma):
        return replace(name, given=given, dropping_particle=name.dropping_particle or after_comma)
    return replace(name, given=given, suffix=after_comma)


def particles_apart(name: Name) -> Name:
    """Return the name with its particles taken out of the family and the given name, for a style.

    "van der Vlist" has a non-dropping particle, "Alexander von" Humboldt a dropping one. A family
    name that is all in small letters stays whole. Particles that the name has already stay. A name
    without a family name, or with ``parse_names`` false, is returned as it is.
    """
    if not name.family or not name.parse_names:
        return name
    name = suffix_apart(name)
    non_dropping, family = name.non_dropping_particle, name.family
    if not non_dropping:
        non_dropping, family = _leading_with_apostrophes(family)
    dropping, given = name.dropping_particle, name.given
    if not dropping and not name.comma_suffix:
        given, dropping = _trailing(given)
    return replace(
        name,
        family=family,
        given=given,
        non_dropping_particle=non_dropping,
        dropping_particle=dropping,
    )


def _given_first(text: str) -> Name:
    """Return the name for a text without a comma.

    With an initial the last word is the family name, and words in small letters before it are its
    particle: ``J. van Dyck``. Without an initial the text stays whole.
    """
    words = text.split()
    if len(words) > 1 and _INITIALED.search(" ".join(words[:-1])):
        first = next((at for at, word in enumerate(words) if word[0].islower()), len(words) - 1)
        first = max(1, min(first, len(words) - 1))
        return Name(words[-1], " ".join(words[:first]), "", " ".join(words[first:-1]))
    return Name(literal=text)


def _leading(family: str) -> tuple[str, str]:
    """Return the particle (words in small letters at the start) and the rest of a family name.

    The last word is never part of the particle.
    """
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count][0].islower():
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _leading_with_apostrophes(family: str) -> tuple[str, str]:
    """Return the particle and the family name, also if no blank is between them: ``d'Artagnan``."""
    end = 0
    for match in _PARTICLE_WORD.finditer(family):
        word = match.group()
        if match.start() != end or not word.strip(" '’-").islower():
            break
        end = match.end()
    rest = family[end:]
    if not rest or not end:
        return "", family
    particle = family[:end]
    # What is written between an apostrophe and the name stays: d'Artagnan, but d' Ancona.
    joined = particle.rstrip()[-1] in "'’-"
    return (particle if joined else particle.rstrip()), rest


def _trailing(given: str) -> tuple[str, str]:
    """Return the given name, and the particle after it: words in small letters at the end.

    The spaces inside each of them stay as they are: one that does not break is meant.
    """
    words = list(re.finditer(r"\S+", given))
    count = len(words)
    while count > 1 and _is_particle(words[count - 1].group()):
        count -= 1
    if count == len(words):
        return given, ""
    return given[: words[count - 1].end()], given[words[count].start() :]


def _is_particle(word: str) -> bool:
    """Return whether a word at the end of a given name is a particle: small letters, no initial."""
    small = word[0].islower() and word.strip("'’.").islower()
    return small and not _INITIALED.match(word)
