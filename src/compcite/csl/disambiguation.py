"""Telling cites apart (specification, "Disambiguation")."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.csl.context import Reading
    from compcite.csl.document import Document


def disambiguate(document: Document) -> dict[str, Reading]:
    return {}
