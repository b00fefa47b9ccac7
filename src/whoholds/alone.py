"""Pages taken apart and reports read in this process, one after the other, each for a bounded time."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from whoholds.pipeline import Reader
from whoholds.tasks import In, Out, Patience, Readers, Task


class Alone(Readers):
    """Does tasks where few are to be done. What takes too long is set aside where the system has alarm signals."""

    def __init__(self, reader: Reader, patience: Patience | None = None) -> None:
        self._reader, self._patience = reader, patience or Patience()

    def each(self, task: Task[In, Out], items: Iterable[In]) -> Iterator[Out]:
        for item in items:
            try:
                with _alarm(self._patience.of(task.size(item))):
                    result = task.do(self._reader, item)
            except _StalledError:
                result = task.lost(item, "stalled", None)
            yield result


class _StalledError(BaseException):
    """Not an Exception: no handler on the way may take it for a fault of the report."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise _StalledError

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
