"""Entries as a bibliography in a CSL style: the one seam to the CSL processor."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from compcite import csl
from compcite.model.library import Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.library import Entry

__all__ = ["write_bibliography"]


def write_bibliography(
    entries: Sequence[Entry],
    *,
    style: str = "apa",
    locale: str | None = None,
    markup: str = "text",
) -> Written:
    """The bibliography of entries, in the order of the style; as text one entry a line.

    ``style`` is a name or the path of a ``.csl`` file. Raises StyleError for a style or locale
    that cannot be used.
    """
    items = [_as_it_stands(entry) or replace(entry.item, id=entry.key) for entry in entries]
    rendered = csl.render_bibliography(items, style=style, locale=locale, markup=markup)
    return Written("".join(text + "\n" for _, text in rendered))


def _as_it_stands(entry: Entry) -> dict[str, Any] | None:
    """The CSL-JSON object of an entry that was read from one: a style gets what was written."""
    if entry.source is None or not entry.source.text.startswith("{", entry.span.start):
        return None
    try:
        found = json.loads(entry.source.text[entry.span.start : entry.span.end], strict=False)
    except (ValueError, RecursionError):
        return None
    return {**found, "id": entry.key} if isinstance(found, dict) else None
