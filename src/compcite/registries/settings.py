"""The settings for asking the registries: addresses, contact, patience, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compcite.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DOI_ORG", "Settings"]

DOI_ORG = "DOI"
"""The DOI proxy, by the name that the variable of its address has: ``COMPCITE_DOI_URL``."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Addresses, courtesy and patience of a run.

    ``origins`` holds the address of each service by its name, such as
    ``{"Crossref": "https://api.crossref.org"}``, without a slash at the end. ``mailto`` is the
    user's e-mail address, which earns faster answers from Crossref and DataCite. ``openalex_key``
    pays for searches at OpenAlex, which is not asked without one. ``cache_path`` is the file that
    keeps answers; without it they are forgotten when the run ends. A kept record counts for
    ``found_days``, "not found" for ``not_found_days``. With ``refresh`` the services are asked
    again for what is kept; with ``offline`` no service is asked. The asking ends when
    ``timeout`` seconds pass without any progress. ``snapshot`` is the folder or the URL of a
    snapshot, which answers before the services, and alone if the run is offline.
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
    snapshot: str | None = None

    def origin(self, service: str) -> str:
        """Return the address of a service, by its name; KeyError for an unknown one."""
        return self.origins[service]

    @property
    def user_agent(self) -> str:
        """The value of the header ``User-Agent``, with the contact as Crossref asks for it."""
        contact = f" (mailto:{self.mailto})" if self.mailto else ""
        return f"compcite/{__version__}{contact}"
