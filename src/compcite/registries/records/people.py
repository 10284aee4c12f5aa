"""Read the persons and institutions of a record: authors, editors and other contributors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.model.item import Name
from compcite.registries.records.json_values import is_readable_text, objects, text
from compcite.registries.records.markup import without_markup
from compcite.values.person_names import is_suffix

if TYPE_CHECKING:
    from compcite.registries.records.answers import Json

__all__ = ["credited_name", "credited_names", "given_first_name", "inverted_name", "person"]

_PARTS = frozenset({"family", "given", "suffix", "literal", "name"})
_BESIDE = frozenset({"sequence", "affiliation"})  # what a contributor has beside a name


def person(family: str, given: str, suffix: str = "") -> Name | None:
    """Return the name with these parts, or None if family and given name are empty.

    A given name alone becomes a literal name.
    """
    family, given, suffix = (without_markup(part).strip(" ,;") for part in (family, given, suffix))
    if family:
        return Name(family=family, given=given, suffix=suffix, comma_suffix=False)
    return Name(literal=given) if given else None


def credited_name(value: Json) -> Name | None:
    """Return the name of a contributor in the form of Crossref or CSL-JSON.

    A literal name counts only without a family name. The result is None if the name is empty.
    """
    literal = without_markup(text(value.get("literal")) or text(value.get("name")))
    found = person(text(value.get("family")), text(value.get("given")), text(value.get("suffix")))
    if found is None or not found.family:
        return Name(literal=literal) if literal else found
    dropping, kept = (text(value.get(f"{kind}dropping-particle")) for kind in ("", "non-"))
    if not dropping and not kept:
        return found
    return Name(found.family, found.given, dropping, kept, found.suffix)


def credited_names(value: object) -> tuple[Name, ...]:
    """Return the names of a list of contributors; none if one of them cannot be read.

    A list in which somebody is missing would contradict a right reference.
    """
    people = objects(value)
    if not all(map(_is_readable, people)):
        return ()
    return tuple(name for name in map(credited_name, people) if name)


def _is_readable(person: Json) -> bool:
    """Return whether the parts of a name can be read.

    They cannot if the object has no known key, or if the family name is null and there is no other
    name. Some publishers write an object with empty parts, or with an affiliation only. It can be
    read, and names nobody.
    """
    half = person.get("family", "") is None and not person.get("name")
    return (
        not half
        and not (_PARTS | _BESIDE).isdisjoint(person)
        and all(
            is_readable_text(part) and not isinstance(part, list)
            for part in map(person.get, _PARTS)
        )
    )


def inverted_name(value: str) -> Name | None:
    """Return the name for ``Family, Given`` or ``Family, Jr., Given``, or None if it is empty.

    A text without a comma stays whole, as a literal name.
    """
    parts = [part.strip() for part in without_markup(value).split(",")]
    if not any(parts):
        return None
    if len(parts) == 2 and all(parts):  # noqa: PLR2004 - a family and a given name
        return person(*parts)
    if len(parts) == 3 and all(parts) and is_suffix(parts[1]):  # noqa: PLR2004 - with a suffix between them
        return person(parts[0], parts[2], parts[1])
    return Name(literal=", ".join(parts))


def given_first_name(value: str) -> Name | None:
    """Return the name for ``Given Family``, or None if it is empty.

    The last word is the family name, with the particles before it, which are in lower case:
    ``Laurens van der Maaten`` has the family name ``van der Maaten``. A suffix such as ``Jr.`` may
    stand behind it. A single word, or a text with a comma, is read by ``inverted_name``.
    """
    words = without_markup(value).split()
    if "," in value or len(words) <= 1:
        return inverted_name(value)
    suffix = words.pop() if len(words) > 2 and is_suffix(words[-1]) else ""  # noqa: PLR2004 - given and family name before it
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return person(" ".join(words[start:]), " ".join(words[:start]), suffix)
