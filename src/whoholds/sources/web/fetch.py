"""One address → its bytes: politely (robots.txt, one request a second and host), bounded, redirects checked anew."""

from __future__ import annotations

import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

import httpcore

from whoholds.sources.records import web_address
from whoholds.sources.web.address import PrivateAddressError, PublicOnly

AGENT = f"whoholds/{version('whoholds')}"
REDIRECTS = 5
ROBOTS_BYTES = 512_000
"""RFC 9309 asks for at least 500 kiB."""
LONGEST_PAUSE = 30.0
"""Seconds; a robots.txt that asks for more is given this."""


class FetchError(Exception):
    """An address that cannot be read; the message says why and is for people."""


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


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses one after the other; close it, or use it in a `with`.

    `state` is read and written: an address met before is asked for only if it changed. `clock` and `sleep` are for
    tests.
    """

    limits: Limits = field(default_factory=Limits)
    state: State = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _pool: httpcore.ConnectionPool | None = None
    _robots: dict[str, RobotFileParser | None] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def fetch(self, url: str) -> Answer:
        """The answer of `url`, at most `REDIRECTS` redirects away. Raises `FetchError`."""
        end = self.clock() + self.limits.seconds
        here, seen = urldefrag(url)[0], set[str]()
        for _ in range(REDIRECTS + 1):
            if web_address(here) is None:
                raise FetchError(f"leads to what is not a web address: {here[:100]}")
            if here in seen:
                raise FetchError("its redirects go round in a circle")
            seen.add(here)
            if self.limits.robots and not self._allowed(here, end):
                raise FetchError("its robots.txt asks programs not to read it")
            status, headers, body = self._get(here, end, self.limits.size, self.state.get(url))
            if status in (301, 302, 303, 307, 308) and (to := headers.get("location")):
                here = _joined(here, to)
                continue
            return self._answer(url, here, status, headers, body)
        raise FetchError(f"more than {REDIRECTS} redirects")

    def _answer(self, url: str, here: str, status: int, headers: dict[str, str], body: bytes) -> Answer:
        mime, _, rest = headers.get("content-type", "").partition(";")
        charset = rest.partition("charset=")[2].strip("\"' ;").lower() or None
        if status == 304:
            return Answer(here, b"", mime.strip().lower(), charset, unchanged=True)
        if status != 200:
            raise FetchError(f"the server answers {status}")
        known = {"etag": headers.get("etag", ""), "modified": headers.get("last-modified", "")}
        self.state[url] = {name: value[:500] for name, value in known.items() if value}
        return Answer(here, body, mime.strip().lower(), charset)

    def _get(
        self, url: str, end: float, most: int, known: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and at most `most` bytes. Raises `FetchError` where there are more, or no answer in time."""
        self._wait(url)
        if self._pool is None:
            self._pool = httpcore.ConnectionPool(network_backend=PublicOnly(private=self.limits.private))
        headers: dict[bytes | str, bytes | str] = {
            "User-Agent": AGENT,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "identity",
            **({"If-None-Match": known["etag"]} if known and known.get("etag") else {}),
            **({"If-Modified-Since": known["modified"]} if known and known.get("modified") else {}),
        }
        left = max(0.1, end - self.clock())
        times = {"connect": min(10.0, left), "read": min(10.0, left), "write": 10.0, "pool": 10.0}
        try:
            with self._pool.stream("GET", _ascii(url), headers=headers, extensions={"timeout": times}) as answer:
                found = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in answer.headers}
                if answer.status != 200:
                    return answer.status, found, b""
                parts, size = [], 0
                for part in answer.iter_stream():
                    parts.append(part)
                    size += len(part)
                    if size > most:
                        raise FetchError(f"more than {most / 1e6:.3g} MB")
                    if self.clock() > end:
                        raise FetchError(f"not done in {self.limits.seconds:.0f} seconds")
                return answer.status, found, unpacked(b"".join(parts), found.get("content-encoding", ""), most)
        except PrivateAddressError as error:
            raise FetchError(f"{error}; give --private-network where that is wanted") from error
        except httpcore.TimeoutException as error:
            raise FetchError("no answer in time") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, ValueError) as e:
            raise FetchError(f"cannot be reached ({str(e)[:150] or type(e).__name__})") from e

    def _wait(self, url: str) -> None:
        host = urlsplit(url).netloc.lower()
        now = self.clock()
        if (due := self._next.get(host, now)) > now:
            self.sleep(due - now)
        self._next[host] = max(now, due) + self._pause(host)

    def _pause(self, host: str) -> float:
        rules = self._robots.get(host)
        asked = rules.crawl_delay(AGENT) if rules else None
        return max(self.limits.pause, min(float(asked or 0), LONGEST_PAUSE))

    def _allowed(self, url: str, end: float) -> bool:
        """What the host's robots.txt says (RFC 9309): without one all is allowed, while its server fails nothing is."""
        parts = urlsplit(url)
        host = parts.netloc.lower()
        if host not in self._robots:
            rules: RobotFileParser | None = RobotFileParser()
            assert rules is not None
            address = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
            try:
                status, _, body = self._get(address, end, ROBOTS_BYTES)
            except FetchError as error:
                if "MB" not in str(error):
                    raise
                status, body = 404, b""
            if status >= 500:
                raise FetchError(f"its robots.txt cannot be read now (the server answers {status}); try again later")
            if status == 200:
                rules.parse(body.decode("utf-8", "replace").splitlines())
            else:
                rules = None
            self._robots[host] = rules
        rules = self._robots[host]
        return rules is None or rules.can_fetch(AGENT, url)


def _joined(here: str, to: str) -> str:
    """Where a redirect leads. Raises `FetchError`."""
    try:
        return urldefrag(urljoin(here, to))[0]
    except ValueError as error:
        raise FetchError(f"leads to what is not a web address: {to[:100]}") from error


def _ascii(url: str) -> str:
    """The address with what is not ASCII percent-encoded, and the host as it is in the DNS."""
    from urllib.parse import quote

    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    port = f":{parts.port}" if parts.port else ""
    host = f"[{host}]" if ":" in host else host
    safe = "%/:=&?~#+!$,;'@()*[]"
    return urlunsplit((parts.scheme, host + port, quote(parts.path, safe=safe), quote(parts.query, safe=safe), ""))


def unpacked(body: bytes, encoding: str, most: int) -> bytes:
    """A body that came packed although it was not asked for so, at most `most` bytes. Raises `FetchError`."""
    from whoholds.sources.formats.packing import PackingError, unpack

    try:
        body = unpack(body, encoding, most)
    except PackingError as error:
        raise FetchError(str(error)) from error
    if len(body) > most:
        raise FetchError(f"more than {most / 1e6:.3g} MB when unpacked")
    return body
