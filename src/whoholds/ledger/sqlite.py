"""Everything that only SQLite needs: how a file is opened, locked, and what its error codes mean to people.

Journal: the rollback journal with full synchronisation, not WAL. The ledger stays one file that can be copied, mailed
and kept on a network drive even after a kill (with WAL the last reports may stand in a second file that a copy
forgets), and a read-only copy opens. The price is one wait for the disk a report, small beside the reading itself;
readers and writers wait for each other for the moment of a commit only, since no query stays open.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from whoholds.errors import LedgerError
from whoholds.ledger.schema import WRITES

WAIT_S = 30.0
"""How long a process waits for another that is writing. One report takes milliseconds to write; 30 s is a stuck one."""


def open_engine(path: Path, *, create: bool, wait_s: float = WAIT_S) -> Engine:
    """An engine on the file. Nothing is opened yet; with `create` the first connection makes the file."""
    # As a URI, so that a missing file is an error where nothing should be created.
    uri = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri,
            uri=True,
            timeout=wait_s,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: a transaction that first reads and then writes cannot wait for another writer.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def explain(path: Path, error: DBAPIError) -> LedgerError:
    """The error in words: which file, what is wrong with it, what to do."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    reason = _REASONS.get(code) or _opening(path)
    if reason is None and code == sqlite3.SQLITE_CANTOPEN:
        reason = "the ledger cannot be opened or made here. Check the permissions of the folder, or use --ledger."
    return LedgerError(f"{path}: {reason or f'the ledger cannot be used: {error.orig}.'}")


_AGAIN = "give the same command again: it goes on where it stopped, finished reports are kept."

_REASONS = {
    sqlite3.SQLITE_NOTADB: "this file is no ledger (no SQLite database). Name another with --ledger.",
    sqlite3.SQLITE_CORRUPT: "the ledger is damaged. Restore a copy, or read the reports again into a new one.",
    sqlite3.SQLITE_FULL: f"the disk is full. Free some space and {_AGAIN}",
    sqlite3.SQLITE_IOERR: f"the ledger cannot be written (disk full, size limit, failing disk). Mend it and {_AGAIN}",
    sqlite3.SQLITE_READONLY: "the ledger is read-only. Change the permissions of the file and its folder, or name "
    "another with --ledger.",
    sqlite3.SQLITE_PERM: "you may not open this ledger. Change its permissions, or name another with --ledger.",
    sqlite3.SQLITE_BUSY: "another program has been writing to the ledger for too long. Wait for it, then try again.",
    sqlite3.SQLITE_LOCKED: "another program holds the ledger. Wait for it, then try again.",
}


def _opening(path: Path) -> str | None:
    """Why a file could not be opened at all: SQLite has one code for every reason."""
    try:
        if path.is_dir():
            return "this is a folder, not a ledger. Name a file with --ledger."
        if not path.parent.is_dir():
            return f"the folder {path.parent} does not exist. Make it first, or name another ledger with --ledger."
    except OSError as error:
        return f"the ledger cannot be reached ({error.strerror}). Name another with --ledger."
    return None
