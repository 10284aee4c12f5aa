"""Journal titles abbreviated by ISO 4, after the list of title word abbreviations (LTWA).

The list comes with the package pyiso4, which the extra ``compcite[iso4]`` brings.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from compcite.errors import UsageError
from compcite.model.library import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compcite.model.library import Entry

__all__ = ["abbreviate_journals"]

_PERIODICALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "review"})


def abbreviate_journals(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries with the titles of their journals abbreviated; others are unchanged.

    A title that cannot be abbreviated stays whole. A changed entry has no source and no fields, so
    that it is written anew. Raise UsageError if the list of abbreviations is not installed.
    """
    if find_spec("pyiso4") is None:
        raise UsageError(
            '--abbreviate-journals needs the list of ISO 4: pip install "compcite[iso4]"'
        )
    from pyiso4.ltwa import Abbreviate  # noqa: PLC0415 - large, and an extra

    abbreviate = Abbreviate.create()
    changed = []
    for entry in entries:
        title = entry.item.text.get("container-title")
        if title is None or entry.item.type not in _PERIODICALS:
            changed.append(entry)
            continue
        try:
            short = abbreviate(title, remove_part=True)
        except IndexError:  # pyiso4 1.0 fails on "Journal of Traumatic Stress"
            short = title
        item = replace(entry.item, text={**entry.item.text, "container-title": short})
        changed.append(replace(entry, item=item, source=None, span=NOWHERE, fields=()))
    return changed
