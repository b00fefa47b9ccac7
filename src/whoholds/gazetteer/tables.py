"""The tables of the compiled gazetteer, and how places and their names are written to them.

A place of GeoNames has its GeoNames number, so that a duplicate is seen without another index; all others are numbered
from `OWN` up. Names are gathered first and written in order at the end, for whole sources at a time: rows that come
sorted are written many times faster, and SQLite sorts in files, so that memory stays bounded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from whoholds.gazetteer.names import fold_key, key
from whoholds.model import PlaceType

OWN = 1 << 30
"""Numbers of places that are not GeoNames' begin here; its own are far below."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
  id INTEGER PRIMARY KEY, place_id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, lat REAL NOT NULL,
  lon REAL NOT NULL, country TEXT NOT NULL, code TEXT NOT NULL, admin TEXT, population INTEGER NOT NULL, radius REAL,
  valid_from TEXT, valid_to TEXT);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, alias INTEGER NOT NULL,
  PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE folded (fold TEXT NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL,
  PRIMARY KEY (fold, place, key)) WITHOUT ROWID;
CREATE TABLE division (country TEXT NOT NULL, code TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  radius REAL NOT NULL, place INTEGER, PRIMARY KEY (country, code)) WITHOUT ROWID;
"""
OWN_IDS = f"CREATE UNIQUE INDEX IF NOT EXISTS own_ids ON place (place_id) WHERE id >= {OWN}"
GATHERED = "(key TEXT NOT NULL, place INTEGER NOT NULL, alias INTEGER NOT NULL, fold TEXT NOT NULL)"
"""Columns of the table `gathered`, temporary or in a file of its own, from which names are sorted into place."""


def add_place(
    connection: sqlite3.Connection,
    number: int,
    place_id: str,
    name: str,
    place_type: PlaceType,
    at: tuple[float, float],
    country: str,
    code: str = "",
    *,
    admin: str | None = None,
    population: int = 0,
    radius: float | None = None,
    valid: tuple[str | None, str | None] = (None, None),
) -> None:
    """One row of `place`. Raises sqlite3.IntegrityError where the number or the id is taken."""
    connection.execute(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (number, place_id, name, place_type.value, *at, country, code, admin, population, radius, *valid),
    )


def gather(connection: sqlite3.Connection, number: int, names: Sequence[str], *, own: int = 1) -> None:
    """Names of a place, to be written by `write_names`. The first `own` are the place's own, the others aliases."""
    keys: dict[str, int] = {}
    for rank, name in enumerate(names):
        keys.setdefault(key(name), 0 if rank < own else 1)
    keys.pop("", None)
    connection.executemany(
        "INSERT INTO gathered VALUES (?,?,?,?)", [(k, number, alias, fold_key(k)) for k, alias in keys.items()]
    )


def write_names(connection: sqlite3.Connection) -> Iterable[str]:
    """Moves the gathered names to where they are looked up; yields what is being done before each part of it."""
    yield "sorting names"
    connection.execute(
        "INSERT OR IGNORE INTO name SELECT key, place, min(alias) FROM gathered GROUP BY key, place ORDER BY 1, 2"
    )
    yield "sorting spellings"
    connection.execute(
        "INSERT OR IGNORE INTO folded SELECT DISTINCT fold, place, key FROM gathered WHERE fold <> '' ORDER BY 1, 2, 3"
    )
    connection.execute("DELETE FROM gathered")


def next_own(connection: sqlite3.Connection) -> int:
    """The next free number for a place that is not GeoNames'."""
    (last,) = connection.execute("SELECT max(id) FROM place").fetchone()
    return max(OWN, (last or 0) + 1)
