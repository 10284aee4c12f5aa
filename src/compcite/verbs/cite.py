"""Write the in-text citation of entries, such as ``(Au et al., 2017)``, in any CSL style."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.csl import Cite, Cluster, Processor, Style, parse_locator, render
from compcite.errors import UsageError
from compcite.formats.styled import item_under_key
from compcite.model.library import STAND_INS
from compcite.query import pick, with_members

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.library import Entry

__all__ = ["cite_entries"]


def cite_entries(  # noqa: PLR0913 - what a citation can be asked for
    entries: Sequence[Entry],
    keys: Sequence[str],
    *,
    style: str = "apa",
    locale: str | None = None,
    markup: str = "text",
    narrative: bool = False,
    suppress_author: bool = False,
    prefix: str = "",
    suffix: str = "",
    locator: str = "",
) -> list[str]:
    """One citation of all ``keys``; with ``narrative`` one for each of them.

    A key may have the place in its work behind an ``@``: ``neff2003@p. 12``; ``locator`` is the
    place in the last work. ``narrative`` gives the form within a sentence, ``Au et al. (2017)``,
    ``suppress_author`` the form without names. ``prefix`` comes before the first work, ``suffix``
    after the last one. ``entries`` are the whole list, since the numbers and the letters behind
    years are those of its bibliography. Without keys the list is empty. Raises UsageError for an
    unknown key and for options that contradict each other, StyleError for a style or locale that
    cannot be used.
    """
    if narrative and (suppress_author or prefix):
        option = "suppressed author" if suppress_author else "prefix"
        raise UsageError(f"a narrative citation begins with the author; it can have no {option}")
    if not keys:
        return []
    cites = [
        replace(cite, suppress_author=suppress_author)
        for key in keys
        for cite in _cites(key, entries)
    ]
    if locator:
        cites[-1] = _at(cites[-1], locator)
    cites[0] = replace(cites[0], prefix=prefix)
    cites[-1] = replace(cites[-1], suffix=suffix)
    processor = Processor(Style.load(style), locale)
    if narrative:
        clusters = [Cluster((cite,), mode="narrative") for cite in cites]
    else:
        clusters = [Cluster(tuple(cites))]
    works = [entry for entry in entries if entry.type not in STAND_INS]
    rendered = processor.citations(clusters, [item_under_key(entry) for entry in works])
    return [render(one.content, markup) for one in rendered]


def _cites(written: str, entries: Sequence[Entry]) -> list[Cite]:
    """The cites of KEY, or of KEY@PLACE where no key of the list has the ``@`` itself.

    A ``@set`` of biblatex is cited by its members, the last of which has the place. Raises
    UsageError for a key of no work.
    """
    key, at, place = written.partition("@")
    if not at or any(written in entry.keys for entry in entries):
        key, place = written, ""
    chosen = with_members(pick(entries, [key]), entries)
    cites = [Cite(entry.key) for entry in chosen if entry.type not in STAND_INS]
    if not cites:
        raise UsageError(f"{key} is no work that can be cited, but a @{chosen[0].type}")
    return [*cites[:-1], _at(cites[-1], place) if place else cites[-1]]


def _at(cite: Cite, place: str) -> Cite:
    """The cite with ``place`` in the work, such as "p. 12", as its label and locator."""
    label, locator = parse_locator(place)
    return replace(cite, label=label, locator=locator)
