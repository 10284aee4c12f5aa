"""What all questions of a run share: the clients of the services, the threads, the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.registries import REGISTRIES, SEARCHERS
from compcite.registries.cache import Cache
from compcite.registries.crossref import Crossref
from compcite.registries.doi_org import ContentNegotiation, Directory
from compcite.registries.network.transport import Transport
from compcite.registries.network.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.registries import Answerer, Registry, Searcher
    from compcite.registries.settings import Settings

__all__ = ["Clients"]

# Of the time-out: a run in which nobody answers has also to read and to report within it.
_WAITING = 0.95
_WITH_KEY = "OpenAlex"  # whose searches cost money


class Clients:
    """The services' clients, each made when it is first needed, and what they work with."""

    def __init__(self, settings: Settings) -> None:
        """Open the cache; no connection is made before there is a question."""
        self.settings = settings
        self.transport = Transport(settings)
        self.cache = Cache(settings.cache_path, settings.found_days, settings.not_found_days)
        self.workers = Workers(self.transport, _WAITING * settings.timeout)
        self.crossref = Crossref(settings, self.transport)
        self.doi_org = Directory(settings, self.transport)
        self._registries: dict[str, Registry] = {self.crossref.agency: self.crossref}
        self._searchers: dict[str, Searcher] = {self.crossref.agency: self.crossref}

    def registry(self, agency: str) -> Registry:
        """The client of an agency that has an API of its own."""
        if agency not in self._registries:
            self._registries[agency] = REGISTRIES[agency].make(self.settings, self.transport)
        return self._registries[agency]

    def answerer(self, agency: str) -> Answerer:
        """Who answers for an agency: its own API, else content negotiation."""
        if agency in REGISTRIES:
            return self.registry(agency)
        return ContentNegotiation(self.settings, self.transport, agency)

    def searcher(self, service: str) -> Searcher:
        """The client of a service that can search."""
        if service not in self._searchers:
            self._searchers[service] = SEARCHERS[service].make(self.settings, self.transport)
        return self._searchers[service]

    @property
    def searchers(self) -> tuple[str, ...]:
        """The services that can search, in the order in which they are asked."""
        return tuple(name for name in SEARCHERS if name != _WITH_KEY or self.settings.openalex_key)

    def kept_answers(self, texts: Sequence[str]) -> dict[str, object]:
        """The answers kept to questions; offline, old ones are better than none."""
        if self.settings.refresh:
            return {}
        return self.cache.recall(texts, of_any_age=self.settings.offline)

    def close(self) -> None:
        """Stop what is under way and let go of the cache."""
        self.transport.close()
        self.workers.close()
        self.cache.close()
