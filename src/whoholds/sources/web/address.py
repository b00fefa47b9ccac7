"""What may be reached: public addresses only, looked up once and connected to as looked up.

A name that resolves to a private address would let a feed make this program ask the user's own router or cloud for
secrets; a name that resolves anew at each look-up would pass a check and then lead elsewhere ("DNS rebinding").
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import Any

import httpcore
from httpcore import SOCKET_OPTION, ConnectError, NetworkBackend, NetworkStream, SyncBackend

from whoholds.sources.web.deadline import Deadline, TimedStream


class PrivateAddressError(Exception):
    """A name leads to an address that is not public."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet; an IPv4 address inside an IPv6 one is judged by itself."""
    ip: Any = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if inner is None and getattr(ip, "teredo", None):
        inner = ip.teredo[1]
    if inner is None and ip.version == 6 and ip in ipaddress.ip_network("64:ff9b::/96"):
        inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
    return is_public(str(inner)) if inner is not None else ip.is_global and not ip.is_multicast


class PublicOnly(NetworkBackend):
    """Connects to public addresses; with `private` to any. No step lasts longer than up to the deadline."""

    def __init__(self, deadline: Deadline, *, private: bool = False) -> None:
        self._deadline, self._private, self._inner = deadline, private, SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """Look the name up once; every address it has must be public. Raises `PrivateAddressError`, ConnectError."""
        try:
            found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError) as error:
            raise ConnectError(f"the name {host[:100]} cannot be found ({error})") from error
        if not self._private and (bad := next((a for a in found if not is_public(a)), None)):
            raise PrivateAddressError(f"{host[:100]} leads to {bad}, which is not a public address")
        fault: Exception = ConnectError(f"{host[:100]} has no address")
        for address in dict.fromkeys(found):
            try:
                left = self._deadline.left(timeout)
                made = self._inner.connect_tcp(address, port, left, local_address, socket_options)
                return TimedStream(made, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
        raise fault

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[SOCKET_OPTION] | None = None
    ) -> NetworkStream:
        raise ConnectError(f"not a web address: {path[:100]}")
