"""The persons and institutions of a record: authors, editors and other contributors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.model.item import Name
from compcite.registries.records.json_values import text
from compcite.registries.records.markup import plain

if TYPE_CHECKING:
    from compcite.registries.records.answers import Json

__all__ = ["credited_name", "inverted_name", "person"]

_SUFFIX = re.compile(r"(?:jr|sr)\.?|[IVX]{2,4}|2nd|3rd|4th", re.IGNORECASE)


def person(family: str, given: str, suffix: str = "") -> Name | None:
    """A name of its parts; one part alone is a literal name unless it is the family name."""
    family, given, suffix = (plain(part).strip(" ,;") for part in (family, given, suffix))
    if family:
        return Name(family=family, given=given, suffix=suffix, comma_suffix=False)
    return Name(literal=given) if given else None


def credited_name(value: Json) -> Name | None:
    """A contributor as Crossref and CSL-JSON give one: parts, or a whole name."""
    literal = plain(text(value.get("literal")) or text(value.get("name")))
    found = person(text(value.get("family")), text(value.get("given")), text(value.get("suffix")))
    if found is None or not found.family:
        return Name(literal=literal) if literal else found
    dropping, kept = (text(value.get(f"{kind}dropping-particle")) for kind in ("", "non-"))
    if not dropping and not kept:
        return found
    return Name(found.family, found.given, dropping, kept, found.suffix)


def inverted_name(value: str) -> Name | None:
    """A name written ``Family, Given`` or ``Family, Jr., Given``; without a comma, a literal."""
    parts = [part.strip() for part in plain(value).split(",")]
    if not any(parts):
        return None
    if len(parts) == 2 and all(parts):  # noqa: PLR2004 - a family and a given name
        return person(*parts)
    if len(parts) == 3 and all(parts) and _SUFFIX.fullmatch(parts[1]):  # noqa: PLR2004 - with a suffix between them
        return person(parts[0], parts[2], parts[1])
    return Name(literal=", ".join(parts))
