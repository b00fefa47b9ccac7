"""What a server's robots.txt asks of programs (RFC 9309), asked for once a server."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

LARGEST = 512_000
"""Bytes that are looked at; RFC 9309 asks for at least 500 kiB."""
LONGEST_PAUSE = 30.0
"""Seconds; a robots.txt that asks for more is given this."""

Get = Callable[[str], tuple[int, bytes]]
"""An address's status and the first `LARGEST` bytes of its body, redirects followed."""


class Robots:
    """The rules of the servers met so far."""

    def __init__(self, agent: str, get: Get) -> None:
        self._agent, self._get = agent, get
        self._rules: dict[str, Protego] = {}

    def allow(self, url: str) -> bool | None:
        """Whether a page may be read; None where the server cannot say so now. Raises as `get` does.

        Without a robots.txt all may be; while its server fails nothing may.
        """
        address = _address(url)
        if address not in self._rules:
            status, body = self._get(address)
            if status >= 500:
                return None
            # No file is one that allows all.
            self._rules[address] = Protego.parse(body.decode("utf-8", "replace") if status == 200 else "")
        return bool(self._rules[address].can_fetch(url, self._agent))

    def pause(self, url: str) -> float:
        """Seconds between two requests to the page's server that it asks for, as far as is known."""
        rules = self._rules.get(_address(url))
        asked = rules.crawl_delay(self._agent) if rules else None
        return min(float(asked or 0), LONGEST_PAUSE)


def _address(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), "/robots.txt", "", ""))
