"""Pages taken apart and reports read in this process, one after the other, each for a bounded time."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from whoholds.pipeline import Reader
from whoholds.tasks import In, Out, Patience, Readers, Task


class Alone(Readers):
    """Does tasks where few are to be done. What takes too long is set aside where the system has alarm signals.

    What is hard (`Task.hard`) is left to `other`, where there is one: an alarm ends nothing inside a library.
    """

    def __init__(self, reader: Reader, patience: Patience | None = None, other: Readers | None = None) -> None:
        self._reader, self._patience, self._other = reader, patience or Patience(), other

    def each(self, task: Task[In, Out], items: Iterable[In]) -> Iterator[Out]:
        for item in items:
            if self._other and task.hard(item):
                yield from self._other.each(task, [item])
            else:
                yield self._do(task, item)

    def _do(self, task: Task[In, Out], item: In) -> Out:
        try:
            with _alarm(self._patience.of(task.size(item)), self._patience.slack):
                return task.do(self._reader, item)
        except _StalledError:
            return task.lost(item, "stalled", None)


class _StalledError(BaseException):
    """Not an Exception: no handler on the way may take it for a fault of the report."""


@contextmanager
def _alarm(seconds: float, slack: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise _StalledError

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    wanted = {
        signal.ITIMER_PROF: (signal.SIGPROF, seconds),
        signal.ITIMER_REAL: (signal.SIGALRM, seconds * slack),
    }
    # A timer that the caller has set, say to watch over its own work, is the caller's.
    timers = {timer: wanted[timer] for timer in wanted if signal.getitimer(timer) == (0.0, 0.0)}
    before = [signal.signal(number, ring) for number, _ in timers.values()]
    for timer, (_, after) in timers.items():
        signal.setitimer(timer, after)
    try:
        yield
    finally:
        for timer in timers:
            signal.setitimer(timer, 0)
        for (number, _), handler in zip(timers.values(), before, strict=True):
            signal.signal(number, handler)
