"""Entries as a bibliography in a CSL style: the one seam to the CSL processor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite import csl
from compcite.model.library import Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.library import Entry

__all__ = ["MARKUPS", "write_bibliography"]

MARKUPS = ("text", "markdown", "html", "latex", "rtf")


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
    items = [replace(entry.item, id=entry.key) for entry in entries]
    rendered = csl.render_bibliography(items, style=style, locale=locale, markup=markup)
    return Written("".join(text + "\n" for _, text in rendered))
