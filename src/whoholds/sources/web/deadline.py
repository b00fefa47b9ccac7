"""A bound on the time of one answer as a whole: a server that sends a byte every few seconds keeps no one for ever."""

from __future__ import annotations

import math
import ssl
from collections.abc import Callable
from typing import Any

from httpcore import NetworkStream, ReadTimeout


class Deadline:
    """Until when an answer has to be there."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._end = clock, math.inf

    def begin(self, seconds: float) -> None:
        self._end = self._clock() + seconds

    def put_off(self, seconds: float) -> None:
        """For what the server is not to blame for: a pause that it asked for."""
        self._end += seconds

    def left(self, step: float | None) -> float:
        """Seconds that a step may take, at most `step`. Raises `ReadTimeout` where there are none."""
        left = self._end - self._clock()
        if left <= 0:
            raise ReadTimeout
        return left if step is None else min(step, left)


class TimedStream(NetworkStream):
    """A connection whose every step ends at the deadline."""

    def __init__(self, inner: NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        left = self._deadline.left(timeout)
        return TimedStream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
