"""Listening: which address, who may ask, and the server that runs until Ctrl-C."""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import uvicorn

from whoholds.errors import WhoholdsError
from whoholds.web.app import create_app
from whoholds.web.settings import LOOPBACK, Settings

TILES = re.compile(r"https?://(?:\{s\}\.)?[a-z0-9.-]+(?::\d{1,5})?/[\x21-\x7e]*", re.I)
TOKEN = re.compile(r"[\x21-\x7e]{16,200}")
MOST_AT_ONCE = 200
"""Connections; further ones get 503."""


@dataclass(frozen=True, slots=True)
class Address:
    host: str = "127.0.0.1"
    port: int = 8765
    """0: any that is free."""
    names: tuple[str, ...] = ()
    """Further names that requests may be addressed to."""

    @property
    def here_only(self) -> bool:
        """Whether only this machine reaches it."""
        if self.host.lower() == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def settings_of(
    ledger: Path | str, address: Address, *, write: bool, token: str | None, tiles: str | None, reviewer: str
) -> Settings:
    """The settings, checked. Where others on the network may ask there is a token, a new one if none is given.

    Raises WhoholdsError where one makes no sense.
    """
    if tiles is not None and (not TILES.fullmatch(tiles) or not all(part in tiles for part in ("{z}", "{x}", "{y}"))):
        raise WhoholdsError(
            f"--tiles {tiles}: not an address of tiles. Write one such as https://tiles.example.org/{{z}}/{{x}}/{{y}}.png"
        )
    if token is not None and not TOKEN.fullmatch(token):
        raise WhoholdsError("The token must have 16 to 200 letters, digits or signs, without spaces.")
    if token is None and not address.here_only:
        token = secrets.token_urlsafe(24)
    hosts = dict.fromkeys([*LOOPBACK, *(_bracketed(name.lower()) for name in (address.host, *address.names))])
    return Settings(
        ledger,
        write=write,
        token=token,
        hosts=tuple(hosts),
        addresses=not address.here_only,
        tiles=tiles,
        reviewer=reviewer[:80],
    )


def run(
    ledger: Path | str,
    address: Address,
    *,
    write: bool,
    token: str | None,
    tiles: str | None,
    reviewer: str,
    ready: Callable[[str], None],
) -> None:
    """Serve until Ctrl-C. `ready` gets the address to open, once it can be.

    Raises WhoholdsError where the port is taken or the address is none of this machine, LedgerError where there is no
    ledger.
    """
    settings = settings_of(ledger, address, write=write, token=token, tiles=tiles, reviewer=reviewer)
    app = create_app(settings)
    listening = listen(address)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # addresses may hold the token and what people look for
        server_header=False,
        ws="none",
        limit_concurrency=MOST_AT_ONCE,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
        proxy_headers=False,
    )
    with listening:
        ready(page_of(address, listening.getsockname()[1], settings.token))
        uvicorn.Server(config).run(sockets=[listening])


def listen(address: Address) -> socket.socket:
    """The socket, listening. Raises WhoholdsError where it cannot be."""
    shown = f"{_bracketed(address.host)}:{address.port}"
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise WhoholdsError(f"{address.host}: no address to listen on ({error}). Give another with --host.") from error
    bound = socket.socket(family, kind, protocol)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(where)
        bound.listen(MOST_AT_ONCE)  # whoever comes before the server has started waits for it
    except OSError as error:
        bound.close()
        raise WhoholdsError(
            f"Cannot listen on {shown}: {error.strerror or error}. Another program may have it; give another with "
            "--port, or --port 0 for any free one."
        ) from error
    return bound


def page_of(address: Address, port: int, token: str | None) -> str:
    """The address to open in a browser."""
    host = "127.0.0.1" if address.host in ("0.0.0.0", "::", "") else address.host
    return f"http://{_bracketed(host)}:{port}/{f'?token={quote(token)}' if token else ''}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
