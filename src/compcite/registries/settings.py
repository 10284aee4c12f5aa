"""How the registries are asked: where they are, who asks, how patient, what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite import __version__

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Addresses, courtesy and patience of a run.

    The addresses are origins (``http://127.0.0.1:8080``), without a slash at the end.
    ``mailto`` admits to Crossref's polite pool. ``cache_path`` is the file that keeps answers;
    without one they live as long as the run. ``refresh`` asks again what is kept, ``offline``
    asks nobody. ``timeout`` is in seconds without any progress, after which the asking ends.
    """

    crossref_url: str = "https://api.crossref.org"
    doi_url: str = "https://doi.org"
    datacite_url: str = "https://api.datacite.org"
    mailto: str | None = None
    cache_path: Path | None = None
    found_days: float = 30
    not_found_days: float = 1
    offline: bool = False
    refresh: bool = False
    timeout: float = 60

    @property
    def user_agent(self) -> str:
        """What requests are signed with, the address in the form that Crossref asks for."""
        contact = f" (mailto:{self.mailto})" if self.mailto else ""
        return f"compcite/{__version__}{contact}"
