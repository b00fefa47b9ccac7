"""Reading with several processes: the same readings in the same order, and no report can stop the others.

A worker that dies or takes too long costs the one report it was at: that becomes an issue, and a new worker takes its
place.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from whoholds.errors import WhoholdsError
from whoholds.model import Issue, Report, Severity
from whoholds.pipeline import Reader, Reading, attempt

CHUNK = 8
"""Reports handed to a worker at a time, fewer where they are long."""
CHUNK_CHARACTERS = 200_000
AHEAD = 3
"""Chunks in hand for each worker: reports that wait for a slow one before them stay in memory."""
LIFE = 20_000
"""Reports that one process reads before a new one takes its place: parsers remember every word that they have met."""
MEMORY = 6 << 30
"""Bytes of address space of one worker; a report that needs more fails alone."""
NOT_READ = ("reader-failed", "reader-stalled", "reader-crashed")
"""A report set aside with one of these was not read."""
START_SECONDS = 120.0
"""For a worker to load its parts."""


def set_aside(reading: Reading) -> bool:
    """Whether a report came back unread: it does not go into the ledger, and the next run tries it again."""
    return any(issue.code in NOT_READ for issue in reading.issues)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one report may take: `seconds`, and one more for every `characters`."""

    seconds: float = 60.0
    characters: int = 5_000

    def of(self, report: Report) -> float:
        return self.seconds + len(report.text) / self.characters


def cores() -> int:
    """Processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        return os.cpu_count() or 1


@dataclass(slots=True)
class _Worker:
    """One process, the chunk it is at (`done` reports of it are finished), and since when it is at the next one."""

    process: BaseProcess
    pipe: Connection
    chunk: int | None = None
    reports: list[Report] = field(default_factory=list)
    done: int = 0
    since: float = 0.0
    ready: bool = False
    served: int = 0
    """Reports of the chunks that it has finished."""


class Pool:
    """`processes` readers side by side. Use it in a `with`; leaving it ends them at once."""

    def __init__(
        self, processes: int, *, sift: bool = True, today: date | None = None, patience: Patience | None = None
    ) -> None:
        self._number, self._patience = max(1, processes), patience or Patience()
        self._sift, self._today = sift, today
        # A fresh interpreter each: a fork would copy the threads' locks of progress bars and of number libraries.
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._waiting: deque[tuple[int, list[Report]]] = deque()
        self._results: dict[int, list[Reading]] = {}

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.kill()
            worker.pipe.close()
        self._workers.clear()

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """What is read in each report, in their order. A report that fails gives a reading with that issue alone.

        Raises the `WhoholdsError` of a worker that cannot load its parts.
        """
        chunks = enumerate(_chunks(reports))
        given = taken = 0
        more = True
        while more or taken < given:
            while more and given - taken < AHEAD * self._number:
                try:
                    number, chunk = next(chunks)
                except StopIteration:
                    more = False
                    break
                self._waiting.append((number, chunk))
                self._results[number] = []
                given = number + 1
                self._hand_out()
            if taken == given:
                continue
            self._hand_out()
            if (ready := self._finished(taken)) is not None:
                taken += 1
                yield from ready
            else:
                self._wait()

    def _finished(self, number: int) -> list[Reading] | None:
        """The readings of a chunk, once all are there."""
        if any(number == n for n, _ in self._waiting) or any(w.chunk == number for w in self._workers):
            return None
        return self._results.pop(number)

    def _hand_out(self) -> None:
        for worker in self._workers:
            if not self._waiting:
                return
            if worker.chunk is None:
                self._give(worker)
        while self._waiting and len(self._workers) < self._number:
            self._workers.append(self._start())
            self._give(self._workers[-1])

    def _give(self, worker: _Worker) -> None:
        worker.chunk, worker.reports = self._waiting.popleft()
        worker.done, worker.since = 0, time.monotonic()
        # A worker that died meanwhile is noticed where its answers are read.
        with suppress(OSError):
            worker.pipe.send(worker.reports)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, Reader, self._sift, self._today), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _wait(self) -> None:
        """Until some worker says something, or takes too long."""
        busy = [w for w in self._workers if w.chunk is not None]
        now = time.monotonic()
        left = min((self._until(w) - now for w in busy), default=1.0)
        pipes = {w.pipe: w for w in busy}
        for pipe in wait(list(pipes), timeout=max(0.0, min(left, 1.0))):
            assert isinstance(pipe, Connection)
            self._hear(pipes[pipe])
        now = time.monotonic()
        for worker in busy:
            if worker.chunk is not None and self._until(worker) < now:
                self._replace(worker, "stalled")

    def _until(self, worker: _Worker) -> float:
        allowed = self._patience.of(worker.reports[worker.done]) if worker.ready else START_SECONDS
        return worker.since + allowed

    def _hear(self, worker: _Worker) -> None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            self._replace(worker, "crashed")
            return
        worker.since = time.monotonic()
        if said is None:
            worker.ready = True
            return
        if isinstance(said, WhoholdsError):
            raise said
        assert worker.chunk is not None
        self._results[worker.chunk].append(said)
        worker.done += 1
        if worker.done == len(worker.reports):
            worker.chunk = None
            worker.served += worker.done
            if worker.served >= LIFE:
                self._retire(worker)

    def _retire(self, worker: _Worker) -> None:
        """It ends by itself once nobody talks to it any more; the next chunk gets a new one."""
        self._workers.remove(worker)
        worker.pipe.close()

    def _replace(self, worker: _Worker, why: str) -> None:
        """A new process goes on after the report that this one failed at."""
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        assert worker.chunk is not None
        if not worker.ready:
            raise WhoholdsError("a reading process ended before it could begin; is there memory for it? --processes 1")
        report = worker.reports[worker.done]
        self._results[worker.chunk].append(Reading(report, issues=(_set_aside(report, why, worker.process.exitcode),)))
        rest = worker.reports[worker.done + 1 :]
        if rest:
            self._waiting.appendleft((worker.chunk, rest))


def one_by_one(reader: Reader, reports: Iterable[Report], patience: Patience | None = None) -> Iterator[Reading]:
    """As `Pool.read`, in this process. A report that takes too long is set aside where the system has alarm signals."""
    patience = patience or Patience()
    for report in reports:
        try:
            with _alarm(patience.of(report)):
                reading = attempt(reader, report)
        except _StalledError:
            reading = Reading(report, issues=(_set_aside(report, "stalled", None),), made_by=reader.made_by)
        yield reading


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


def _chunks(reports: Iterable[Report]) -> Iterator[list[Report]]:
    chunk: list[Report] = []
    size = 0
    for report in reports:
        chunk.append(report)
        size += len(report.text)
        if len(chunk) == CHUNK or size > CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _set_aside(report: Report, why: str, code: int | None) -> Issue:
    what = "took too long" if why == "stalled" else f"ended the process that read it (exit code {code})"
    message = f"the report {what}; it is set aside, the others are not affected. Please send it to the project as a bug"
    return Issue(f"reader-{why}", message, report.source or report.label, severity=Severity.ERROR)


def _work(pipe: Connection, kind: type[Reader], sift: bool, today: date | None) -> None:
    """A worker's life: chunks in, one reading after the other out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first of them ends the others
    bound_memory()
    try:
        reader = kind(sift=sift)
        reader.today = today
        _ = reader.made_by, reader.sieve
    except WhoholdsError as error:
        pipe.send(error)
        return
    pipe.send(None)
    try:
        while True:
            for report in pipe.recv():
                pipe.send(attempt(reader, report))
    except WhoholdsError as error:
        pipe.send(error)
    except (EOFError, OSError):
        return  # the first process is gone


def bound_memory() -> None:
    """Let this process have no more than MEMORY, where the system can see to that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
