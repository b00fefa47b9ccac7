"""A ledger as a whole: copied to another store, or backed up into a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, cast

from sqlalchemy import RowMapping, insert

from whoholds.errors import LedgerError
from whoholds.ledger import postgres, rows
from whoholds.ledger.schema import SCHEMA_VERSION
from whoholds.ledger.store import Ledger
from whoholds.ledger.verify import Verdict, batches, number_of, tables, verify
from whoholds.whole import written_whole


def _nothing(_rows: int) -> None:
    pass


def size(ledger: Ledger) -> int:
    """All rows that a copy writes, for a progress bar."""
    with ledger._transaction() as connection:
        return sum(number_of(connection, table) for table in tables())


def copy(source: Ledger, target: Ledger, on_rows: Callable[[int], None] = _nothing) -> dict[str, int]:
    """Everything of `source`, as it stands at one moment, into the empty ledger `target`: all of it or nothing.

    Returns the number of rows by table. Raises LedgerError where `target` holds something.
    """
    done: dict[str, int] = {}
    with source._transaction() as reading, target._transaction(writes=True, alone=True) as writing:
        if any(number_of(writing, table) for table in tables()):
            raise LedgerError(f"{target.name}: there is something in this ledger. Copy into a new one.")
        for table in tables():
            done[table.name] = 0
            for batch in batches(reading, table):
                writing.execute(insert(table), [_portable(row) for row in batch])
                done[table.name] += len(batch)
                on_rows(len(batch))
        if writing.dialect.name == "postgresql":
            postgres.restart_numbers(writing, tables())
    return done


def backup(source: Ledger, path: Path, schema: int | None = None) -> Verdict:
    """A copy in one SQLite file, of whatever store; it takes its name when it has been looked through.

    `schema`: of an older program that shall open it, 1 to the present one; None: the present one. Raises LedgerError
    where `path` exists, cannot be written, the copy is not sound, or that schema has no room for something.
    """
    if schema is not None and schema > SCHEMA_VERSION:
        raise LedgerError(f"schema {schema} is not known yet: this program writes 1 to {SCHEMA_VERSION}.")
    if path.exists():
        raise LedgerError(f"{path} exists. Name another file; a backup replaces nothing.")
    try:
        with written_whole(path) as part:
            if source.is_sqlite:
                _pages(source, part)
                target = Ledger.open(part)
            else:
                target = Ledger.open(part)
                copy(source, target)
            with target:
                found = verify(target)
            if not found.sound:
                raise LedgerError(f"{source.name}: no backup was written, it is damaged: {found.faults[0]}")
            if schema is not None:
                with Ledger.open(part) as target:
                    target.step_back(schema)
            return found
    except OSError as error:
        raise LedgerError(f"{path} cannot be written ({error.strerror}). Name another file.") from error


def _pages(source: Ledger, part: Path) -> None:
    """SQLite's own backup, page by page; writers wait meanwhile."""
    with source._transaction() as connection, closing(sqlite3.connect(part)) as copied:
        cast("sqlite3.Connection", connection.connection.dbapi_connection).backup(copied)


def _portable(row: RowMapping) -> dict[str, Any]:
    """A row as any database takes it: an older file may hold zero bytes, in names of files."""
    return {name: rows.plain(value) for name, value in row.items()}
