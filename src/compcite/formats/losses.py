"""Find out what a format could not hold, by reading back what was written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_texts import unguarded
from compcite.text.doi import read_doi
from compcite.text.phrases import in_words
from compcite.values.csl_variables import DATES, NAMES, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.item import Item, Name

__all__ = ["altered", "loss"]

_KEYWORDS = re.compile("[,;]")
_KNOWN = (*NAMES, *DATES, *TEXTS)


def loss(format_name: str, key: str, item: Item, kept: Item) -> tuple[str, ...]:
    """A sentence on the variables of ``item`` that ``kept`` lacks; an empty tuple if it lacks none.

    ``kept`` is the item read back from the format. A variable that came back with another value
    counts as "held only in part". Another type is said, too.
    """
    missing: list[str] = []
    partly: list[str] = []
    for variable in altered(item, kept):
        held = variable in kept.text or variable in kept.names or variable in kept.dates
        (partly if held else missing).append(f"“{variable}”")
    said = []
    if missing:
        said.append(f"has no place for {in_words(missing)}")
    if partly:
        said.append(f"holds {in_words(partly)} only in part")
    if item.type != kept.type:
        said.append(f"takes the type “{item.type}” for “{kept.type}”")
    return (f"{key}: {format_name} {in_words(said)}.",) if said else ()


def altered(item: Item, kept: Item) -> Iterator[str]:
    """The variables of ``item`` that ``kept`` lacks or has with another value, in a fixed order.

    These differences do not count: white space, protected case, the kind of dash between pages, and
    whether a particle belongs to the family name.
    """
    variables = {*item.text, *item.names, *item.dates}
    for variable in sorted(variables, key=_order):
        if variable in item.text:
            same = _comparable(variable, item.text[variable]) == _comparable(
                variable, kept.text.get(variable, "")
            )
        elif variable in item.names:
            mine = [_parts(name) for name in item.names[variable]]
            same = mine == [_parts(name) for name in kept.names.get(variable, ())]
            same = same and (variable in item.truncated) == (variable in kept.truncated)
        else:
            same = item.dates[variable] == kept.dates.get(variable)
        if not same and not _is_kept_doi(variable, item, kept):
            yield variable


def _is_kept_doi(variable: str, item: Item, kept: Item) -> bool:
    """Whether a URL is the address of a DOI that was kept as ``DOI``."""
    if variable != "URL" or "DOI" not in kept.text:
        return False
    read, doi = read_doi(item.text["URL"]), read_doi(kept.text["DOI"])
    return bool(read and doi and not read.page and read.doi.lower() == doi.doi.lower())


def _order(variable: str) -> tuple[int, str]:
    """Return the key to sort variables by: their order in CSL; unknown variables come last."""
    return (_KNOWN.index(variable) if variable in _KNOWN else len(_KNOWN), variable)


def _comparable(variable: str, text: str) -> str:
    """Return a value without the differences that do not count.

    These are blanks, protected case, the kind of dash between pages, and what separates keywords.
    """
    text = unguarded(text)
    if variable == "page":
        text = text.replace("–", "-")
    if variable == "keyword":
        return ", ".join(part.strip() for part in _KEYWORDS.split(text) if part.strip())
    return " ".join(text.split())


def _parts(name: Name) -> tuple[str, ...]:
    """The parts of a name to compare; a name of one part is equal as family name and as literal."""
    family = " ".join(f"{name.non_dropping_particle} {name.family}".split())
    rest = (name.given, name.dropping_particle, name.suffix)
    if not any(rest):
        return (" ".join((name.literal or family).split()),)
    comma = "," if name.comma_suffix and name.suffix else ""
    return (family, *(" ".join(part.split()) for part in rest), comma)
