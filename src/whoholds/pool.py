"""Reading with several processes: the same readings in the same order, and no report can stop the others.

They take pages apart as well (`open`), which is more work than reading where most pages say nothing of war. A
worker that dies or takes too long costs the one page or report it was at: that becomes an issue, and a new worker takes
its place.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from whoholds.alone import Alone
from whoholds.errors import WhoholdsError
from whoholds.interrupt import held
from whoholds.pipeline import Reader
from whoholds.spawned import without_script
from whoholds.tasks import In, Out, Patience, Readers, Task

CHUNK = 8
"""Pages or reports handed to a worker at a time, fewer where they are long."""
CHUNK_CHARACTERS = 200_000
AHEAD = 3
"""Chunks in hand for each worker: reports that wait for a slow one before them stay in memory."""
LIFE = 20_000
"""Reports that one process reads before a new one takes its place: parsers remember every word that they have met."""
MEMORY = 6 << 30
"""Bytes of address space of one worker; a report that needs more fails alone."""
START_SECONDS = 120.0
"""For a worker to load its parts."""
OUT_OF_TIME = getattr(signal, "SIGPROF", None)
"""What ends a worker that had a processor for too long, where there are such signals."""


def cores() -> int:
    """Processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        return os.cpu_count() or 1


@contextmanager
def readers(reader: Reader, processes: int) -> Iterator[Readers]:
    """`processes` that read as `reader` does; that one itself, in this process, where they are fewer than two.

    Raises WhoholdsError where two are asked for in a process that may have none of its own.
    """
    _ = reader.made_by  # what is compiled at the first run is compiled once, before others start
    childless = multiprocessing.current_process().daemon  # as the workers of Python's own pools are
    if childless and processes > 1:
        raise WhoholdsError("a worker of a pool may not start processes of its own: read with one process in it")
    with Pool(processes, sift=reader.sift, today=reader.today) as pool:
        yield pool if processes > 1 else Alone(reader, other=None if childless else pool)


@dataclass(slots=True)
class _Chunk:
    """Some things to do, and what came of those that are done."""

    task: Task[Any, Any]
    items: list[Any]
    results: list[Any] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return len(self.results) == len(self.items)

    @property
    def left(self) -> list[Any]:
        return self.items[len(self.results) :]

    @property
    def next(self) -> Any:
        return self.items[len(self.results)]


@dataclass(slots=True)
class _Worker:
    """One process, the chunk it is at, and since when it is at the next thing in it."""

    process: BaseProcess
    pipe: Connection
    chunk: _Chunk | None = None
    since: float = 0.0
    ready: bool = False
    served: int = 0
    """What it did of the chunks that it has finished."""


class Pool(Readers):
    """`processes` readers side by side. Use it in a `with`; leaving it ends them at once."""

    def __init__(
        self, processes: int, *, sift: bool = True, today: date | None = None, patience: Patience | None = None
    ) -> None:
        self._number, self._patience = max(1, processes), patience or Patience()
        self._sift, self._today = sift, today
        # A fresh interpreter each: a fork would copy the threads' locks of progress bars and of number libraries.
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._waiting: deque[_Chunk] = deque()

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

    def each(self, task: Task[In, Out], items: Iterable[In]) -> Iterator[Out]:
        chunks = _chunks(items, task.size)
        given: deque[_Chunk] = deque()
        more = True
        while more or given:
            if given and given[0].done:
                for result in given.popleft().results:
                    yield result
                    self._attend()  # whoever called may have taken long
            elif more and len(given) < AHEAD * self._number:
                if (some := next(chunks, None)) is None:
                    more = False
                    continue
                given.append(_Chunk(task, some))
                self._waiting.append(given[-1])
                self._hand_out()
            else:
                self._wait()

    def _attend(self) -> None:
        """Hear those who have something to say, and give them more to do."""
        self._hear_all(0.0)
        self._hand_out()

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
        worker.chunk = chunk = self._waiting.popleft()
        worker.since = time.monotonic()
        # A worker that died meanwhile is noticed where its answers are read.
        with suppress(OSError):
            worker.pipe.send((chunk.task.do, [(item, self._allowed(chunk, item)) for item in chunk.left]))

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, Reader, self._sift, self._today), daemon=True)
        with held(), without_script():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _wait(self) -> None:
        """Until some worker says something, or takes too long."""
        self._hand_out()
        busy = [w for w in self._workers if w.chunk]
        now = time.monotonic()
        left = min((self._until(w) - now for w in busy), default=1.0)
        self._hear_all(max(0.0, min(left, 1.0)))
        now = time.monotonic()
        for worker in busy:
            if worker.chunk and self._until(worker) < now:
                self._replace(worker, "stalled")
        self._hand_out()

    def _hear_all(self, seconds: float) -> None:
        pipes = {w.pipe: w for w in self._workers if w.chunk}
        for pipe in wait(list(pipes), timeout=seconds):
            assert isinstance(pipe, Connection)
            self._hear(pipes[pipe])

    def _until(self, worker: _Worker) -> float:
        assert worker.chunk
        allowed = self._allowed(worker.chunk, worker.chunk.next) * self._patience.slack
        return worker.since + (allowed if worker.ready else START_SECONDS)

    def _allowed(self, chunk: _Chunk, item: Any) -> float:
        """Seconds of a processor for an item."""
        return self._patience.of(chunk.task.size(item))

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
        assert worker.chunk
        worker.chunk.results.append(said)
        if worker.chunk.done:
            worker.served += len(worker.chunk.items)
            worker.chunk = None
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
        chunk, worker.chunk = worker.chunk, None
        assert chunk
        if OUT_OF_TIME and worker.process.exitcode == -OUT_OF_TIME:
            why = "stalled"
        if not worker.ready:
            fewer = "; fewer may find room: --processes 1" if self._number > 1 else ""
            code = worker.process.exitcode
            raise WhoholdsError(
                f"a reading process ended before it could begin (exit code {code}); is there memory for it?{fewer}"
            )
        chunk.results.append(chunk.task.lost(chunk.next, why, worker.process.exitcode))
        if not chunk.done:
            self._waiting.appendleft(chunk)


def _chunks(items: Iterable[In], size: Callable[[In], int]) -> Iterator[list[In]]:
    chunk: list[In] = []
    characters = 0
    for item in items:
        chunk.append(item)
        characters += size(item)
        if len(chunk) == CHUNK or characters > CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def _work(pipe: Connection, kind: type[Reader], sift: bool, today: date | None) -> None:
    """A worker's life: chunks in, one result after the other out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where there are no masks
    bound_memory()
    fault: WhoholdsError | None = None
    try:
        reader = kind(sift=sift)
        reader.today = today
        reader.load()
    except WhoholdsError as error:
        fault = error
    with suppress(EOFError, OSError):  # the first process is gone
        pipe.send(fault)
        while fault is None:
            do, items = pipe.recv()
            for item, seconds in items:
                with _at_most(seconds):
                    result = _result(do, reader, item)
                pipe.send(result)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """The signal ends this process, whatever library it is in, once it had a processor for so long."""
    if OUT_OF_TIME:
        signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        if OUT_OF_TIME:
            signal.setitimer(signal.ITIMER_PROF, 0)


def _result(do: Callable[[Reader, Any], Any], reader: Reader, item: Any) -> Any:
    """What came of an item, or the fault of the reader that stops all."""
    try:
        return do(reader, item)
    except WhoholdsError as error:
        return error


def bound_memory() -> None:
    """Let this process have no more than MEMORY, where the system can see to that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
