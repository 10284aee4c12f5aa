"""Find the registered works that best match a citation in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.citation_match import match_share
from compcite.errors import UnansweredError, UsageError
from compcite.registries.funnel import Registries

if TYPE_CHECKING:
    from compcite.model.work import Work
    from compcite.registries.settings import Settings

__all__ = ["Match", "find_works"]


_LEAST = 0.01  # a registry also answers works of which the citation names nothing


class Match(NamedTuple):
    """A registered work, and the share (0 to 1) of its title, authors and year that is cited."""

    work: Work
    share: float


def find_works(citation: str, settings: Settings, rows: int = 5) -> list[Match]:
    """The registered works that best match a citation in words, best first; at most ``rows``.

    Each has the share of its title, authors and year that the citation names; works of which it
    names nothing are left out. Raises UsageError for an empty citation, UnansweredError where
    nobody could be asked.
    """
    citation = citation.strip()
    if not citation:
        raise UsageError("there is nothing to look for; name a title, an author or a year")
    with Registries(settings) as registries:
        works = registries.find(citation, rows)
        reasons = registries.outages
    if works is None:
        raise UnansweredError("; ".join(reasons.values()) or "nobody could be asked")
    matches = [Match(work, match_share(citation, work)) for work in works]
    known = [match for match in matches if match.share >= _LEAST]
    return sorted(known, key=lambda match: -match.share)
