"""The settings for asking the registries: addresses, contact, patience, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compcite import __version__
from compcite.registries import origins

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Addresses, courtesy and patience of a run.

    ``origins`` holds the address of each service by its name, such as
    ``{"Crossref": "http://127.0.0.1:8080"}``, without a slash at the end; a service that is not
    named has its usual address. ``mailto`` admits to Crossref's polite pool. ``openalex_key``
    pays for searches at OpenAlex, which is not asked without one. ``cache_path`` is the file
    that keeps answers; without one they live as long as the run. ``refresh`` asks again what is
    kept, ``offline`` asks nobody. ``timeout`` is in seconds without any progress, after which
    the asking ends.
    """

    origins: Mapping[str, str] = field(default_factory=dict)
    mailto: str | None = None
    openalex_key: str | None = None
    cache_path: Path | None = None
    found_days: float = 30
    not_found_days: float = 1
    offline: bool = False
    refresh: bool = False
    timeout: float = 60

    def origin(self, service: str) -> str:
        """Return the address of a service."""
        return self.origins.get(service) or origins()[service]

    @property
    def user_agent(self) -> str:
        """The value of the header ``User-Agent``, with the contact as Crossref asks for it."""
        contact = f" (mailto:{self.mailto})" if self.mailto else ""
        return f"compcite/{__version__}{contact}"
