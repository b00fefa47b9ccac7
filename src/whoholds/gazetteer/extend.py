"""Writes one added source into a copy of the compiled gazetteer, in bounded memory; interrupted, it goes on.

The work is done in transactions of `STEP` lines, and how far it came is part of each. Names are gathered in a file
beside and sorted into place at the end. A place that is there already is not doubled: the names that the new source has
for it are added. All that a file says is held against what is known (`ground`), and what cannot be true is left out and
listed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from whoholds.errors import GazetteerError
from whoholds.gazetteer import pcodes, tables
from whoholds.gazetteer.added import Source
from whoholds.gazetteer.lists import reader_of
from whoholds.gazetteer.merge import Merger
from whoholds.gazetteer.opened import Lines
from whoholds.gazetteer.rows import Fault, Row

Progress = Callable[[float, str], None]

STEP = 50_000
"""Lines between two commits: a few seconds' work."""
MAX_LISTED = 200
"""Faults that are kept word for word, for each source; all are counted."""
NAMES = "-names"
CACHE_KIB = 48 << 10
_TRIED = 200
"""Lines after which a file of mostly faults is given up."""
_SWAPPED = 5
_LEFT = ("swapped", "elsewhere", "duplicate")
"""Faults of what a line says, not of how it is written."""


@dataclass(slots=True)
class Tally:
    """What became of the lines of one source."""

    name: str
    origin: str
    added: str
    lines: int = 0
    """Read so far."""
    places: int = 0
    """New in the gazetteer."""
    known: int = 0
    """Places that the gazetteer had; it may have learned names of them."""
    unwanted: int = 0
    """Lines that are no place of a kind that reports name, and empty ones."""
    faults: dict[str, int] = field(default_factory=dict)
    """Lines left out, by what is wrong with them."""
    listed: list[tuple[int, str, str]] = field(default_factory=list)
    """(line, code, message) of the first of them, and of lines that were taken otherwise than written."""

    @property
    def left_out(self) -> int:
        return sum(self.faults.values())

    def note(self, line: int, fault: Fault) -> None:
        self.faults[fault.code] = self.faults.get(fault.code, 0) + 1
        self.list(line, fault.code, fault.message)

    def list(self, line: int, code: str, message: str) -> None:
        if len(self.listed) < MAX_LISTED:
            self.listed.append((line, code, message[:200]))


def finished(work: Path, chain: Sequence[str]) -> int:
    """How many sources of `chain` are whole in an interrupted work; 0 where there is none that can be gone on with."""
    if not work.is_file():
        return 0
    try:
        # Opening it for writing takes back what an unfinished transaction left.
        with contextlib.closing(sqlite3.connect(work, isolation_level=None)) as connection:
            state = dict(connection.execute("SELECT key, value FROM meta WHERE key IN ('chain', 'begun')").fetchall())
        done = tuple(json.loads(state["chain"]))
    except (sqlite3.Error, ValueError, KeyError):
        return 0
    begun = state.get("begun")
    if done != tuple(chain[: len(done)]) or (begun and not work.with_name(work.name + NAMES).is_file()):
        return 0
    return len(done) if begun in (None, *chain[len(done) :][:1]) else 0


def extend(work: Path, file: Path, source: Source, chain: Sequence[str], progress: Progress) -> None:
    """Adds `source`, whose copy is `file`, to the compiled gazetteer `work`, or goes on with that.

    `chain` ends with the fingerprint that the gazetteer then has. Raises GazetteerError where the file is missing or
    refused, sqlite3.Error where nothing can be written, KeyboardInterrupt after which `extend` goes on where it was.
    """
    names = work.with_name(work.name + NAMES)
    with contextlib.closing(sqlite3.connect(work, isolation_level=None)) as connection:
        connection.executescript(f"PRAGMA temp_store = FILE; PRAGMA cache_size = -{CACHE_KIB};")
        connection.execute("ATTACH ? AS beside", (str(names),))
        connection.execute(f"PRAGMA beside.cache_size = -{CACHE_KIB // 8}")
        # A signal is seen by Python only between two calls; sorting is one call that takes minutes.
        connection.set_progress_handler(lambda: 0, 1_000_000)
        run = _Run(connection, file, source, chain, progress)
        run.prepare()
        run.read()
        run.finish()
        connection.set_progress_handler(None, 0)
        connection.execute("DETACH beside")
    names.unlink(missing_ok=True)
    names.with_name(names.name + "-journal").unlink(missing_ok=True)


class _Run:
    def __init__(
        self, connection: sqlite3.Connection, file: Path, source: Source, chain: Sequence[str], progress: Progress
    ) -> None:
        self.connection = connection
        self.file = file
        self.source = source
        self.chain = chain
        self.progress = progress
        self.label = f"adding {source.name}"
        self.tally = Tally(source.name, source.origin, source.added)
        self.merger = Merger(connection, source.name)
        self.reading = True

    def prepare(self) -> None:
        """Begins, or takes up what is there."""
        c = self.connection
        if c.execute("SELECT 1 FROM meta WHERE key = 'begun'").fetchone():
            content = c.execute("SELECT tally, state FROM beside.state").fetchone()
            if content is not None:
                self.tally = Tally(**json.loads(content[0]))
                self.merger.restore(json.loads(zlib.decompress(content[1])))
                return
        self._check_copy()
        c.execute("BEGIN")
        c.execute("DROP TABLE IF EXISTS beside.gathered")
        c.execute("DROP TABLE IF EXISTS beside.state")
        c.execute(pcodes.TABLE)
        c.execute(f"CREATE TABLE beside.gathered {tables.GATHERED}")
        c.execute("CREATE TABLE beside.state (tally TEXT, state BLOB)")
        c.execute("INSERT OR REPLACE INTO meta VALUES ('begun', ?)", (self.chain[-1],))
        self._store()
        c.execute("COMMIT")

    def _check_copy(self) -> None:
        try:
            with self.file.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise GazetteerError(
                f"the copy of the gazetteer {self.source.name!r} cannot be read ({error}): `whoholds gazetteer remove"
                f" {self.source.name}`, then add {self.source.origin} again"
            ) from error
        if found != self.source.sha256:
            raise GazetteerError(
                f"the copy of the gazetteer {self.source.name!r} has changed ({self.file}): `whoholds gazetteer remove"
                f" {self.source.name}`, then add {self.source.origin} again"
            )

    def read(self) -> None:
        """All lines that are not read yet."""
        done = self.tally.lines
        with Lines(self.file, self.source.origin) as lines:
            self.connection.execute("BEGIN")
            try:
                for line, item in reader_of(lines.head(), self.source.country)(lines):
                    if line <= done:
                        continue
                    self.tally.lines = line
                    if item is None:
                        self.tally.unwanted += 1
                    elif isinstance(item, Fault):
                        self.tally.note(line, item)
                    else:
                        self._take(line, item)
                    if line - done >= STEP:
                        done = line
                        self._refuse(_TRIED)
                        self._store()
                        self.connection.execute("COMMIT")
                        self.connection.execute("BEGIN")
                        self.progress(0.7 * lines.share, self.label)
                self._refuse(1)
                self._store()
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        if not self.tally.places + self.tally.known:
            raise GazetteerError(f"{self.source.origin} has no place that can be used{self._example()}")

    def _take(self, line: int, row: Row) -> None:
        fault = self.merger.take(row)
        if isinstance(fault, Fault):
            self.tally.note(line, fault)
        elif fault:
            self.tally.known += 1
        else:
            self.tally.places += 1
        if row.note:
            self.tally.list(line, "type", row.note)

    def _refuse(self, least: int) -> None:
        """Gives up a file that is not what it says, once `least` lines of it have been tried."""
        t = self.tally
        swapped = t.faults.get("swapped", 0)
        if swapped >= _SWAPPED and swapped > max(t.known, t.places // 4):
            raise GazetteerError(
                f"{self.source.origin} seems to have lat and lon exchanged: {swapped:,} of its places lie where they"
                " should only then. Exchange the names of the two columns"
            )
        bad = sum(count for code, count in t.faults.items() if code not in _LEFT)
        if t.places + t.known + t.left_out >= least and bad > t.places + t.known and bad >= 3:
            raise GazetteerError(
                f"{self.source.origin} is refused: {bad:,} of its first {t.lines:,} lines are broken{self._example()}"
            )

    def _example(self) -> str:
        return f" (line {self.tally.listed[0][0]} {self.tally.listed[0][2]})" if self.tally.listed else ""

    def _store(self) -> None:
        state = zlib.compress(json.dumps(self.merger.state()).encode(), 1)
        self.connection.execute("DELETE FROM beside.state")
        self.connection.execute("INSERT INTO beside.state VALUES (?, ?)", (json.dumps(asdict(self.tally)), state))

    def finish(self) -> None:
        """Sorts the names into place and closes the account, all in one transaction."""
        c = self.connection
        c.execute("BEGIN")
        try:
            self.merger.finish()
            for share, what in zip((0.7, 0.87), tables.write_names(c), strict=True):
                self.progress(share, f"{self.label}: {what}")
            c.execute("DELETE FROM meta WHERE key = 'begun'")
            c.execute("INSERT OR REPLACE INTO meta VALUES ('chain', ?)", (json.dumps(list(self.chain)),))
            account = (f"source:{self.source.name}", json.dumps(asdict(self.tally)))
            c.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", account)
            c.execute("COMMIT")
        except BaseException:
            if c.in_transaction:
                c.execute("ROLLBACK")
            raise
        c.execute("PRAGMA analysis_limit = 1000")
        c.execute("ANALYZE main")


def tallies(connection: sqlite3.Connection) -> list[Tally]:
    """What became of each source of a compiled gazetteer."""
    rows = connection.execute("SELECT value FROM meta WHERE key >= 'source:' AND key < 'source;'").fetchall()
    return [Tally(**json.loads(row[0])) for row in rows]
