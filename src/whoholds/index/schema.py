"""The tables of the index, and how its file is opened. SQLite's alone: a cache need not move between databases."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoholds.errors import InputError

TABLES = """
CREATE TABLE taken (n INTEGER PRIMARY KEY);
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE claims (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, reading INTEGER NOT NULL, current INTEGER NOT NULL, report_id TEXT NOT NULL,
  report TEXT, kind TEXT, mode TEXT, stance TEXT, actor TEXT, against TEXT, extent TEXT, place_id TEXT NOT NULL,
  place TEXT, place_type TEXT, country TEXT, start TEXT, "end" TEXT, published_end TEXT, outlet TEXT, speaker TEXT,
  speaker_side TEXT, confidence REAL, unsure INTEGER, quote TEXT, judged TEXT, consequence REAL NOT NULL DEFAULT 0,
  score REAL NOT NULL DEFAULT 0, asks INTEGER NOT NULL
);
CREATE INDEX claims_by_id ON claims (id);
CREATE INDEX claims_by_report ON claims (report_id);
CREATE INDEX claims_by_place ON claims (place_id, current);
CREATE VIRTUAL TABLE claim_words USING fts5 (quote, place, actor, speaker, report, content='', detail='column',
  tokenize="unicode61 remove_diacritics 2");

CREATE TABLE persons (person TEXT NOT NULL, place_id TEXT NOT NULL, PRIMARY KEY (person, place_id)) WITHOUT ROWID;

CREATE TABLE reports (
  n INTEGER PRIMARY KEY, report_id TEXT NOT NULL UNIQUE, reading INTEGER NOT NULL, label TEXT, title TEXT, outlet TEXT,
  url TEXT, lang TEXT, published_start TEXT, published_end TEXT, published_basis TEXT, claims INTEGER, read_at TEXT
);
CREATE VIRTUAL TABLE report_words USING fts5 (text, title, label, outlet, content='', detail='column',
  tokenize="unicode61 remove_diacritics 2");

CREATE TABLE issues (
  n INTEGER PRIMARY KEY, severity TEXT, code TEXT, message TEXT, source TEXT, place TEXT, report_id TEXT, report TEXT,
  reading INTEGER
);
CREATE VIRTUAL TABLE issue_words USING fts5 (message, source, code, content='', detail='column',
  tokenize="unicode61 remove_diacritics 2");

CREATE TABLE places (
  n INTEGER PRIMARY KEY, place_id TEXT NOT NULL UNIQUE, place TEXT, names TEXT NOT NULL, place_type TEXT, country TEXT,
  lat REAL, lon REAL, radius_km REAL, place_basis TEXT, claims INTEGER NOT NULL, status TEXT, holders TEXT,
  holder_names TEXT, support REAL, fighting INTEGER, disputed INTEGER, divided INTEGER, since TEXT, last_evidence TEXT,
  last_fighting TEXT
);
CREATE VIRTUAL TABLE place_words USING fts5 (names, keys, tokenize="unicode61 remove_diacritics 2");

CREATE TABLE courses (
  question TEXT NOT NULL, place_id TEXT NOT NULL, head TEXT NOT NULL, holders TEXT NOT NULL, placed INTEGER NOT NULL,
  last INTEGER NOT NULL, PRIMARY KEY (question, place_id)
) WITHOUT ROWID;
CREATE TABLE spells (
  question TEXT NOT NULL, place_id TEXT NOT NULL, n INTEGER NOT NULL, first TEXT NOT NULL, until TEXT NOT NULL,
  spell TEXT NOT NULL, PRIMARY KEY (question, place_id, n)
) WITHOUT ROWID;
CREATE TABLE questions (question TEXT PRIMARY KEY, version TEXT NOT NULL, asked INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE payloads (
  question TEXT NOT NULL, course TEXT NOT NULL, version TEXT NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (question, course)
);
CREATE TABLE judged (claim_id TEXT NOT NULL, by TEXT NOT NULL, verdict TEXT NOT NULL, PRIMARY KEY (claim_id, by))
  WITHOUT ROWID;
CREATE TABLE days (day TEXT NOT NULL, claims INTEGER NOT NULL, fighting INTEGER NOT NULL, PRIMARY KEY (day))
  WITHOUT ROWID;
"""
"""`taken`: numbers of the readings that were taken in. Days are ISO text. `current`: of its report's latest reading.
`asks`: whether a reviewer is asked about it.

`courses` has for each question (as known when, by whom) and place the map's entry as JSON, its spells left out at its
end (`"spells":[`); `spells` has those, with the days they are drawn for; `last` is the number of the last one."""

ORDERS = """
CREATE INDEX claims_by_score ON claims (current, asks, ifnull(score, ''));
CREATE INDEX claims_by_end ON claims (current, ifnull("end", ''));
CREATE INDEX claims_by_published ON claims (current, ifnull(published_end, ''));
CREATE INDEX claims_by_confidence ON claims (current, ifnull(confidence, ''));
CREATE INDEX places_by_claims ON places (ifnull(claims, ''));
"""
"""What the tables are sorted by. Made once the rows are there: keeping them in order row by row takes far longer."""

STEPS = 20_000
"""Virtual machine steps of SQLite between two looks at the clock: some milliseconds."""


def connect(path: Path, *, writes: bool = False) -> sqlite3.Connection:
    """The index's file; readers see what was whole when they began, whatever is being written."""
    mode = "rwc" if writes else "rw"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=30
    )
    connection.row_factory = sqlite3.Row
    if writes:
        # WAL: this file is a cache of one machine, never copied, and its readers must not wait for its writer.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -200000")
    else:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cache_size = -32000")
    return connection


class TooLongError(Exception):
    """A question to the index that took longer than it may."""


@contextmanager
def bounded(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Let questions on the connection take `seconds` together.

    Raises TooLongError where they do not end by then, InputError where words are none that can be looked for.
    """
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise TooLongError from error
        if "fts5" in str(error):
            raise InputError("these words cannot be looked for; write letters and digits") from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
