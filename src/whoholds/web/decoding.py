"""Files of an upload → reports, in a process of its own: a hostile PDF or archive can only end or stall that one."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from whoholds import sources
from whoholds.errors import WhoholdsError
from whoholds.model import Issue, OnIssue, Report, Severity
from whoholds.pool import bound_memory

PATIENCE_S = 120.0
"""Without a further report or issue; then the rest of the files is given up."""
LOOK_S = 0.5

Told = tuple[str, object]
"""What the process says: ("count", number or None), ("issue", …), ("report", …), ("fault", …) or ("end", None)."""


def reports_in(
    folder: Path, on_issue: OnIssue, on_count: Callable[[int | None], None], stopped: Callable[[], bool]
) -> Iterator[Report]:
    """The reports in a folder's files, one at a time. Faults of the files go to `on_issue`; those of the process too.

    Raises WhoholdsError where nothing can be read.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_decode, args=(theirs, str(folder)), daemon=True)
    process.start()
    theirs.close()
    try:
        since = time.monotonic()
        while not stopped():
            if not ours.poll(LOOK_S):
                if time.monotonic() - since > PATIENCE_S:
                    on_issue(_given_up(folder, "took too long"))
                    return
                continue
            try:
                what, said = ours.recv()
            except (EOFError, OSError):
                on_issue(_given_up(folder, "ended the process that opened it"))
                return
            if what == "report" and isinstance(said, Report):
                yield said
            elif what == "issue" and isinstance(said, Issue):
                on_issue(said)
            elif what == "count" and (said is None or isinstance(said, int)):
                on_count(said)
            elif what == "fault":
                raise WhoholdsError(str(said))
            else:
                return
            since = time.monotonic()
    finally:
        process.kill()
        process.join()
        ours.close()


def _given_up(folder: Path, what: str) -> Issue:
    message = f"a file {what}; it and those after it are not read. Add the others without it"
    return Issue("file-gave-up", message, str(folder), severity=Severity.ERROR)


def _decode(pipe: Connection, folder: str) -> None:
    """The process's life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first of them ends this one
    bound_memory()
    with suppress(EOFError, OSError):
        try:
            pipe.send(("count", sources.count([folder])))
            for report in sources.reports([folder], lambda issue: pipe.send(("issue", issue))):
                pipe.send(("report", report))
            pipe.send(("end", None))
        except WhoholdsError as error:
            pipe.send(("fault", error))
