"""Works to look for, and the titles that are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.model.search import Description
from compcite.registries.funnel import Registries

if TYPE_CHECKING:
    from compcite.registries.settings import Settings

__all__ = ["ATTENTION", "OTHER", "titles_found"]

ATTENTION = Description(
    "Vaswani Attention is all you need 2017", "Attention is all you need", ("Vaswani",)
)
OTHER = Description("Neff Self-compassion 2003", "Self-compassion", ("Neff",))


def titles_found(
    settings: Settings, service: str, *wanted: Description
) -> dict[Description, list[str] | None]:
    """The titles that a service finds for each description; None where nobody answered."""
    with Registries(settings) as registries:
        return {
            one: None if works is None else [work.titles[0] for work in works]
            for one, works in registries.search(service, wanted)
        }
