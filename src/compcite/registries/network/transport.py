"""Send HTTP requests with the client "requests": one session, time-outs, complete answers.

Whatever goes wrong becomes a :class:`~compcite.registries.network.host.FailedAttempt`: nothing here
ever takes a broken answer for a statement about a DOI.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from compcite.registries.network.certificates import Certificates
from compcite.registries.network.host import FailedAttempt, Host, Nature, Network, Rejected, bounded
from compcite.registries.network.pace import Pace, RequestKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import requests

    from compcite.registries.settings import Settings

__all__ = [
    "CONNECT_SECONDS",
    "READ_SECONDS",
    "Response",
    "Transport",
    "check_status",
]

T = TypeVar("T")

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
LARGEST_BODY = 64 * 1024 * 1024

# For hosts that say nothing of their limits, such as doi.org and publishers' servers.
USUAL_PACE = Pace({RequestKind.SINGLE: 5, RequestKind.LIST: 5}, at_a_time=3)

_REJECTIONS = frozenset({400, 405, 410, 411, 413, 414, 415, 422, 431})
_BLOCKS = frozenset({401, 403, 407, 451})
_TOO_MANY = 429
_REDIRECTIONS = range(300, 400)


@dataclass(frozen=True, slots=True)
class Response:
    """A complete answer. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def text(self) -> str:
        """The body as text; bytes that are not UTF-8 become U+FFFD."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> object:
        """Return the body as JSON. Raise :class:`FailedAttempt` if it is something else."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise FailedAttempt("answered with something other than JSON") from error


class Transport:
    """The session and the hosts of one run."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is opened before the first request."""
        self.network = Network()
        self._settings = settings
        self._opening = threading.Lock()
        self._certificates = Certificates()
        self._session: requests.Session | None = None
        self._resolved: set[str] = set()
        self._hosts: dict[str, Host] = {}

    def host(self, url: str, pace: Pace = USUAL_PACE) -> Host:
        """Return the host of a URL, one for all its requests.

        ``pace`` counts only when the host is asked for the first time.
        """
        name = _name(url)
        return self._hosts.setdefault(name, Host(name, pace, self.network))

    @property
    def hosts(self) -> tuple[Host, ...]:
        """All hosts of the run."""
        return tuple(self._hosts.values())

    def get(
        self,
        url: str,
        read: Callable[[Response], T],
        *,
        kind: RequestKind = RequestKind.SINGLE,
        accept: str = "application/json",
    ) -> T:
        """Return what ``read`` makes of the answer; if it raises :class:`FailedAttempt`, ask again.

        Raise :class:`Outage` or :class:`Rejected`. Redirections are not followed.
        """
        host = self.host(url)
        return host.ask(kind, lambda: read(self._fetch(url, accept)), lambda: self.reach(url))

    def reach(self, url: str) -> None:
        """Read the certificates, and resolve a host's name once. Raise :class:`FailedAttempt`.

        The clients' own time-outs do not include the resolving, which can take very long.
        """
        self._bundle(url)
        name = _name(url)
        if name in self._resolved or _proxy(url):
            return
        parts = urlsplit(url)
        try:
            bounded(lambda: socket.getaddrinfo(parts.hostname, parts.port or 443), CONNECT_SECONDS)
        except FailedAttempt as fault:
            raise FailedAttempt("cannot be resolved in time", Nature.UNREACHABLE) from fault
        except OSError as error:
            raise FailedAttempt("cannot be resolved", Nature.UNREACHABLE) from error
        except ValueError as error:
            raise FailedAttempt("has no valid address", Nature.UNREACHABLE) from error
        self._resolved.add(name)

    def stop(self) -> None:
        """End the asking: all that wait for a turn or an attempt get an outage."""
        self.network.over.set()

    def close(self) -> None:
        """End the asking, and close the connections."""
        self.stop()
        if self._session is not None:
            self._session.close()
        self._certificates.close()

    def _bundle(self, url: str) -> str | None:
        """Return the certificates to trust for a URL, or None if none are named or needed."""
        return self._certificates.bundle() if url.startswith("https:") else None

    def _fetch(self, url: str, accept: str) -> Response:
        """Return the answer to one request.

        Raise :class:`FailedAttempt` for each fault of the network.
        """
        import requests

        with self._opening:
            if self._session is None:
                self._session = _session(self._settings.user_agent)
        try:
            answer = self._session.get(
                url,
                headers={"Accept": accept},
                verify=self._bundle(url),
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
                stream=True,
            )
            with answer:
                return Response(
                    answer.status_code,
                    {name.lower(): value for name, value in answer.headers.items()},
                    _body(answer),
                    url,
                )
        except (requests.ConnectTimeout, requests.exceptions.SSLError) as error:
            raise FailedAttempt(_reason(error), Nature.UNREACHABLE) from error
        except requests.ConnectionError as error:
            # A connection that broke off was one: only failing to connect is "unreachable".
            made = not _never_connected(error)
            raise FailedAttempt(
                _reason(error), Nature.PASSING if made else Nature.UNREACHABLE
            ) from error
        except requests.Timeout as error:
            raise FailedAttempt("did not answer in time") from error
        except (requests.RequestException, OSError, ValueError) as error:
            raise FailedAttempt(_reason(error)) from error


def check_status(response: Response, *expected: int) -> None:
    """Raise :class:`Rejected` or :class:`FailedAttempt` if the status is not an expected one.

    Rejected means that the question is wrong for the service; a failed attempt may be repeated.
    """
    status = response.status
    if status in expected:
        return
    if status in _REJECTIONS:
        raise Rejected(f"HTTP {status}")
    wait = _retry_after(response.headers.get("retry-after"))
    if status == _TOO_MANY:
        raise FailedAttempt(
            "answers that there are too many requests (HTTP 429)", Nature.LIMIT, wait
        )
    if status in _BLOCKS:
        raise FailedAttempt(f"refuses to answer (HTTP {status})", Nature.BLOCKED)
    if status in _REDIRECTIONS:
        raise FailedAttempt(f"sends us elsewhere (HTTP {status})")
    raise FailedAttempt(f"answered with an error (HTTP {status})", wait=wait)


def _retry_after(value: str | None) -> float | None:
    """Return the seconds in a ``Retry-After`` header, which may hold an HTTP date; else None."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _session(user_agent: str) -> requests.Session:
    """Return a session of "requests" that sends ``user_agent`` and keeps no cookies."""
    import requests

    session = requests.Session()
    session.headers["User-Agent"] = user_agent
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    adapter = requests.adapters.HTTPAdapter(pool_connections=8, pool_maxsize=8)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _body(answer: requests.Response) -> bytes:
    """Return the whole body. Raise :class:`FailedAttempt` if it is cut off or too large."""
    chunks: list[bytes] = []
    size = 0
    for chunk in answer.iter_content(65536):
        chunks.append(chunk)
        size += len(chunk)
        if size > LARGEST_BODY:
            raise FailedAttempt("answered with more than anybody asked for")
    declared = answer.headers.get("Content-Length", "")
    plain = "Content-Encoding" not in answer.headers
    if plain and declared.isdigit() and int(declared) != size:
        raise FailedAttempt("broke off its answer")
    return b"".join(chunks)


def _never_connected(error: Exception) -> bool:
    """Return whether an error of the client "requests" came before there was a connection."""
    import requests
    from urllib3 import exceptions  # noqa: PLC0415 - comes with requests

    if isinstance(error, requests.exceptions.ProxyError):
        return True
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    return isinstance(reason, exceptions.NewConnectionError)


def _reason(error: Exception) -> str:
    """Return the end of a sentence that says what an error of the network means.

    It follows the name of a host: ``refuses connections``.
    """
    text = str(error)
    for words, clause in _REASONS:
        if words in text:
            return clause
    return "broke off the connection" if "onnection" in text else "did not answer as it should"


_REASONS = (
    ("refused", "refuses connections"),
    ("actively refused", "refuses connections"),
    ("CERTIFICATE_VERIFY_FAILED", "shows a certificate that is not trusted"),
    ("roxy", "cannot be reached through the proxy"),
    ("SSL", "cannot be reached securely"),
    ("NameResolution", "cannot be resolved"),
    ("getaddrinfo", "cannot be resolved"),
    ("Name or service", "cannot be resolved"),
    ("unreachable", "cannot be reached"),
    ("timed out", "did not answer in time"),
    ("ncomplete", "broke off its answer"),
)


def _proxy(url: str) -> bool:
    """Return whether a URL is asked for through a proxy, which then resolves the name itself."""
    from requests.utils import get_environ_proxies

    return bool(get_environ_proxies(url).get(urlsplit(url).scheme))


def _name(url: str) -> str:
    """Return the name of a host for reports, with its port if that is unusual."""
    return urlsplit(url).netloc.rpartition("@")[2] or url
