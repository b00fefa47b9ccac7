"""Compiles the gazetteer's sources into one SQLite file, atomically: nothing of a killed compile is ever read.

The file is written under another name in the same folder and renamed when it is whole. A lock keeps processes that
start together from each doing the work; the lock goes with the process that held it. Each added source is written on
top of what is there already (`extend`), and a long one that was interrupted goes on where it was.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from whoholds.errors import GazetteerError
from whoholds.gazetteer.added import Added

try:
    import fcntl
except ImportError:  # not POSIX: two processes may then compile at once, each into its own file
    fcntl = None  # type: ignore[assignment]

Progress = Callable[[float, str], None]
WORK = ".work"
"""Ending of the file that is being extended; it outlives an interruption."""
KEPT_KIB = 8_192
"""Of the file, what a connection keeps in memory: with SQLite's own 2 MiB the same look-ups take half as long again."""
NAMES = "-names"
"""Ending of the file beside it in which the names are gathered."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a compiled file is made of: the default's fingerprint and what was added to it."""

    default: str
    added: Added

    @property
    def chain(self) -> tuple[str, ...]:
        return self.added.chain(self.default)

    @property
    def fingerprint(self) -> str:
        return self.chain[-1]


def compile_to(
    target: Path, plan: Plan, progress: Progress | None = None, commit: Callable[[], None] | None = None
) -> None:
    """Writes the gazetteer to `target`, unless another process has just done so.

    `commit` is called when all is done but the last step, the renaming. Raises OSError where the folder cannot be
    written, GazetteerError where a source is missing, damaged or refused; the file that was there is then as it was.
    """
    progress = progress or (lambda _share, _what: None)
    commit = commit or (lambda: None)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _lock(target.with_name(target.name + ".lock")):
        if stored_fingerprint(target) == plan.fingerprint:
            commit()
            return
        if fcntl is not None:  # under the lock, what an earlier compile left is nobody's
            for left in target.parent.glob(target.name + ".*.part*"):
                left.unlink(missing_ok=True)
        try:
            if plan.added.sources:
                _extended(target, plan, progress, commit)
            else:
                _default(target, plan, progress, commit)
        except sqlite3.Error as error:
            if str(error) == "interrupted":
                raise KeyboardInterrupt from error
            # A full disk comes as sqlite3.OperationalError.
            raise GazetteerError(f"the gazetteer cannot be written to {target.parent}: {error}") from error


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    if fcntl is None:
        yield
        return
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def stored_fingerprint(path: Path) -> str | None:
    """The fingerprint of the compiled file at `path`; None where there is none, or it is damaged or cut short."""
    chain = _stored_chain(path)
    return chain[-1] if chain else None


def _stored_chain(path: Path) -> tuple[str, ...]:
    """Fingerprints of the sources of a compiled file, one upon the other; empty where it is missing or damaged."""
    if not path.is_file():
        return ()
    try:
        with contextlib.closing(connect(path)) as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            size = connection.execute("PRAGMA page_size").fetchone()[0]
            if pages * size != path.stat().st_size:
                return ()
            row = connection.execute("SELECT value FROM meta WHERE key = 'chain'").fetchone()
            return tuple(json.loads(row[0])) if row else ()
    except (sqlite3.Error, OSError, ValueError):
        return ()


def connect(path: Path) -> sqlite3.Connection:
    """Opens a compiled file for reading. It never changes once it has its name, so SQLite need not lock it."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.execute(f"PRAGMA cache_size = -{KEPT_KIB}")
    return connection


def _default(target: Path, plan: Plan, progress: Progress, commit: Callable[[], None]) -> None:
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        _write(part, plan.default, progress)
        commit()
        part.replace(target)
        _forget(target.with_name(target.name + WORK))
    finally:
        _forget(part)


def _write(part: Path, fingerprint: str, progress: Progress) -> None:
    from whoholds.gazetteer.default import Default
    from whoholds.gazetteer.tables import TABLES

    part.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as connection:
        # No journal is needed: a file that is not finished is thrown away.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;")
        connection.executescript(TABLES)
        connection.execute("BEGIN")
        Default(connection, progress).run()
        connection.execute("INSERT INTO meta VALUES ('chain', ?)", (json.dumps([fingerprint]),))
        connection.execute("COMMIT")
        connection.execute("ANALYZE main")
        progress(1.0, "places ready")


def _extended(target: Path, plan: Plan, progress: Progress, commit: Callable[[], None]) -> None:
    """Writes what was added on top of as much as there is already: of the work in hand, else of the old file."""
    from whoholds.gazetteer import extend

    work, chain = target.with_name(target.name + WORK), plan.chain
    done = extend.finished(work, chain)
    if not done:
        _forget(work)
        part = target.with_name(f"{target.name}.{os.getpid()}.part")
        try:
            stored = _stored_chain(target)
            if stored and stored == chain[: len(stored)]:
                shutil.copyfile(target, part)
            else:
                stored = chain[:1]
                _write(part, plan.default, progress)
            part.replace(work)
            done = len(stored)
        finally:
            _forget(part)
    try:
        for number in range(done, len(chain)):
            source = plan.added.sources[number - 1]
            extend.extend(work, plan.added.path(source), source, chain[: number + 1], progress)
    except GazetteerError:
        _forget(work)  # it was refused: nothing of it is kept
        raise
    commit()
    work.replace(target)
    _forget(work)
    progress(1.0, "places ready")


def _forget(path: Path) -> None:
    """Removes a file that SQLite wrote, and what it keeps beside it."""
    for ending in ("", "-journal", NAMES, f"{NAMES}-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
