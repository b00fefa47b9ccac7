"""One address → its bytes: politely (robots.txt, one request a second and host), bounded, redirects checked anew."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

import httpcore

from whoholds.sources.records import web_address
from whoholds.sources.web.address import PrivateAddressError, PublicOnly
from whoholds.sources.web.deadline import Deadline
from whoholds.sources.web.robots import LARGEST, Robots

AGENT = f"whoholds/{version('whoholds')}"
REDIRECTS = 5
GZIP = b"\x1f\x8b"
BUSY = (408, 425, 429)
"""Statuses of a server that would have answered at another time; those from 500 on are too."""
STEP_SECONDS = 10.0
"""For a connection, or the next piece of an answer."""


class FetchError(Exception):
    """An address that cannot be read; the message says why and is for people."""


class NotNowError(FetchError):
    """An address that may well be read later: its server is down, busy or slow."""


class RedirectError(FetchError):
    """An address whose redirects lead nowhere."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost, and how often a host is asked."""

    size: int = 20_000_000
    """Bytes of one answer."""
    seconds: float = 30.0
    """For one answer as a whole, redirects included."""
    pause: float = 1.0
    """Seconds between two requests to one host."""
    private: bool = False
    """Whether addresses inside the user's own network may be reached."""
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    url: str
    """After redirects."""
    body: bytes
    mime: str
    charset: str | None
    unchanged: bool = False
    """The server says that nothing changed since the last time; `body` is empty."""


State = MutableMapping[str, dict[str, str]]
"""By address: `etag` and `modified` as the server gave them, for asking only for what is new."""
Known = dict[str, str] | None
Got = tuple[int, dict[str, str], bytes]
"""Status, headers and body."""


class Fetcher:
    """Fetches addresses one after the other; close it, or use it in a `with`.

    `state` is read and written: an address met before is asked for only if it changed. `clock` and `sleep` are for
    tests.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        state: State | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.limits, self.state = limits or Limits(), {} if state is None else state
        self.clock, self._sleep = clock, sleep
        self._deadline = Deadline(clock)
        self._pool = httpcore.ConnectionPool(network_backend=PublicOnly(self._deadline, private=self.limits.private))
        self._robots = Robots(AGENT, self._robots_txt)
        self._asked: dict[str, float] = {}
        """When each host was asked last."""

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._pool.close()

    def fetch(self, url: str) -> Answer:
        """The answer of `url`, at most `REDIRECTS` redirects away. Raises `FetchError`."""
        self._deadline.begin(self.limits.seconds)
        known = self.state.get(url)
        here, (status, headers, body) = self._follow(url, lambda here: self._get_allowed(here, known))
        mime, _, rest = headers.get("content-type", "").partition(";")
        charset = rest.partition("charset=")[2].strip("\"' ;").lower() or None
        if status == 304:
            self.state[url] = self.state.pop(url, {})  # the last met comes last
            return Answer(here, b"", mime.strip().lower(), charset, unchanged=True)
        if status != 200:
            fault = NotNowError if status >= 500 or status in BUSY else FetchError
            raise fault(f"the server answers {status}")
        if body.startswith(GZIP):
            body = self._unpacked(body, "gzip", self.limits.size)  # a file that is packed, as sitemaps are
        told = {"etag": headers.get("etag", ""), "modified": headers.get("last-modified", "")}
        self.state.pop(url, None)
        self.state[url] = {name: value[:500] for name, value in told.items() if value}
        return Answer(here, body, mime.strip().lower(), charset)

    def _follow(self, url: str, get: Callable[[str], Got]) -> tuple[str, Got]:
        """Where redirects lead, and what is there. Raises `FetchError`."""
        here, seen = urldefrag(url)[0], set[str]()
        for _ in range(REDIRECTS + 1):
            if web_address(here) is None:
                raise RedirectError(f"leads to what is not a web address: {here[:100]}")
            if here in seen:
                raise RedirectError("its redirects go round in a circle")
            seen.add(here)
            status, headers, body = get(here)
            if status not in (301, 302, 303, 307, 308) or not (to := headers.get("location")):
                return here, (status, headers, body)
            here = _joined(here, to)
        raise RedirectError(f"more than {REDIRECTS} redirects")

    def _get_allowed(self, url: str, known: Known) -> Got:
        allowed = self._robots.allow(url) if self.limits.robots else True
        if allowed is None:
            raise NotNowError("its robots.txt cannot be read now (the server fails); try again later")
        if not allowed:
            raise FetchError("its robots.txt asks programs not to read it")
        return self._get(url, known)

    def _robots_txt(self, url: str) -> tuple[int, bytes]:
        try:
            _, (status, _, body) = self._follow(url, lambda here: self._get(here, most=LARGEST, cut=True))
        except RedirectError:
            return 404, b""  # RFC 9309: as if there were none
        return status, body

    def _get(self, url: str, known: Known = None, *, most: int | None = None, cut: bool = False) -> Got:
        """Of a body longer than `most` bytes its beginning, where it may be `cut`; of one that is no 200's nothing.

        Raises `FetchError` where it may not, or where there is no answer in time.
        """
        most = self.limits.size if most is None else most
        self._wait(url)
        headers: dict[bytes | str, bytes | str] = {
            "User-Agent": AGENT,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "identity",
            **({"If-None-Match": known["etag"]} if known and known.get("etag") else {}),
            **({"If-Modified-Since": known["modified"]} if known and known.get("modified") else {}),
        }
        times = dict.fromkeys(("connect", "read", "write", "pool"), STEP_SECONDS)
        try:
            with self._pool.stream("GET", _ascii(url), headers=headers, extensions={"timeout": times}) as answer:
                found = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in answer.headers}
                if answer.status != 200:
                    return answer.status, found, b""
                parts, size = [], 0
                for part in answer.iter_stream():
                    parts.append(part)
                    size += len(part)
                    if size > most and cut:
                        break
                    if size > most:
                        raise FetchError(f"more than {most / 1e6:.3g} MB")
                encoding = found.get("content-encoding", "")
                return answer.status, found, self._unpacked(b"".join(parts), encoding, most, cut=cut)
        except PrivateAddressError as error:
            raise FetchError(f"{error}; give --private-network where that is wanted") from error
        except httpcore.TimeoutException as error:
            raise NotNowError("no answer in time") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, ValueError) as e:
            raise NotNowError(f"cannot be reached ({str(e)[:150] or type(e).__name__})") from e

    @staticmethod
    def _unpacked(body: bytes, encoding: str, most: int, *, cut: bool = False) -> bytes:
        """A body that came packed although it was not asked for so. Raises `FetchError` as `_get` does."""
        from whoholds.sources.formats.packing import PackingError, unpack

        try:
            whole = unpack(body, encoding, most, whole=not cut)
        except PackingError as error:
            raise FetchError(str(error)) from error
        if len(whole) > most and not cut:
            raise FetchError(f"more than {most / 1e6:.3g} MB when unpacked")
        return whole[:most]

    def _wait(self, url: str) -> None:
        """Ask no host more often than it is willing to be."""
        host, now = urlsplit(url).netloc.lower(), self.clock()
        due = self._asked.get(host, -math.inf) + max(self.limits.pause, self._robots.pause(url))
        if due > now:
            self._sleep(due - now)
            self._deadline.put_off(due - now)
        self._asked[host] = max(now, due)


def _joined(here: str, to: str) -> str:
    """Where a redirect leads. Raises `RedirectError`."""
    try:
        return urldefrag(urljoin(here, to))[0]
    except ValueError as error:
        raise RedirectError(f"leads to what is not a web address: {to[:100]}") from error


def _ascii(url: str) -> str:
    """The address with what is not ASCII percent-encoded, and the host as it is in the DNS."""
    from urllib.parse import quote

    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    port = f":{parts.port}" if parts.port else ""
    host = f"[{host}]" if ":" in host else host
    safe = "%/:=&?~#+!$,;'@()*[]"
    return urlunsplit((parts.scheme, host + port, quote(parts.path, safe=safe), quote(parts.query, safe=safe), ""))
