"""The clients, threads and cache that all questions of a run share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.registries.cache import Cache
from compcite.registries.crossref import Crossref
from compcite.registries.doi_org import ContentNegotiation, Directory
from compcite.registries.network.transport import Transport
from compcite.registries.network.workers import Workers
from compcite.registries.openalex import OpenAlex
from compcite.registries.snapshots.snapshot import Snapshot
from compcite.registries.table import REGISTRIES, SEARCHERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.registries.protocols import Answerer, Registry, Searcher
    from compcite.registries.settings import Settings

__all__ = ["Clients"]

# Of the time-out: a run in which nobody answers has also to read and to report within it.
_WAITING = 0.95


class Clients:
    """The clients of the services, each made when first needed, the threads and the cache."""

    def __init__(self, settings: Settings) -> None:
        """Open the cache and the snapshot; no request is made before there is a question.

        Raise SourceError if the snapshot cannot be read, UsageError if DuckDB is not installed.
        """
        self.settings = settings
        self.snapshot = Snapshot(settings.snapshot) if settings.snapshot else None
        self.transport = Transport(settings)
        self.cache = Cache(settings.cache_path, settings.found_days, settings.not_found_days)
        self.workers = Workers(self.transport, _WAITING * settings.timeout)
        self.crossref = Crossref(settings, self.transport)
        self.doi_org = Directory(settings, self.transport)
        self._registries: dict[str, Registry] = {self.crossref.agency: self.crossref}
        self.openalex = OpenAlex(settings, self.transport)
        self._searchers: dict[str, Searcher] = {
            self.crossref.agency: self.crossref,
            self.openalex.name: self.openalex,
        }

    def registry(self, agency: str) -> Registry:
        """Return the client of an agency that has an API of its own; it is made once.

        An agency without one raises KeyError.
        """
        if agency not in self._registries:
            self._registries[agency] = REGISTRIES[agency].make(self.settings, self.transport)
        return self._registries[agency]

    def answerer(self, agency: str) -> Answerer:
        """Return the client for an agency's DOIs: its own API, or content negotiation."""
        if agency in REGISTRIES:
            return self.registry(agency)
        return ContentNegotiation(self.settings, self.transport, agency)

    def searcher(self, service: str) -> Searcher:
        """Return the client of a service that can search; it is made once.

        Another name than those in SEARCHERS raises KeyError.
        """
        if service not in self._searchers:
            self._searchers[service] = SEARCHERS[service].make(self.settings, self.transport)
        return self._searchers[service]

    @property
    def searchers(self) -> tuple[str, ...]:
        """The names of the services that can search, in the order in which they are asked.

        OpenAlex is among them only if there is a key for it.
        """
        return tuple(
            name for name in SEARCHERS if name != OpenAlex.name or self.settings.openalex_key
        )

    def kept_answers(self, texts: Sequence[str]) -> dict[str, object]:
        """Return the answers that the cache holds, by the text of the question that they answer.

        Questions without a kept answer are left out. Answers that are too old count only if the
        run is offline. If the user asked to refresh, the result is empty.
        """
        if self.settings.refresh:
            return {}
        return self.cache.recall(texts, of_any_age=self.settings.offline)

    def close(self) -> None:
        """Stop all requests, and close the cache and the snapshot."""
        self.transport.close()
        self.workers.close()
        self.cache.close()
        if self.snapshot:
            self.snapshot.close()
