"""The index of one ledger: one file, one thread that brings it up to date, any number that ask it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from whoholds.cache import cache_folder, temporary_folder
from whoholds.errors import WhoholdsError
from whoholds.index.build import BASE, Builder, key_of
from whoholds.index.schema import ORDERS, TABLES, bounded, connect
from whoholds.ledger import Ledger
from whoholds.ledger.following import Mark
from whoholds.views.question import Question

log = logging.getLogger("whoholds.index")
CODE = ("control", "views", "index", "review", "data/control.json")
"""What the index's contents follow from, beside the ledger: another version of these makes it anew."""
LOOK_S = 2.0
"""How often the ledger is looked at for what another program added."""
AGAIN_S = 30.0
"""How long to wait after a fault before it is tried again."""
AT_ONCE = 60_000
"""Claims of a ledger for which another question (another day, another view) is worked out while the asker waits."""
MOST_QUESTIONS = 6
"""Kept beside the latest in hindsight; the oldest goes first."""


class NotReadyError(Exception):
    """The index is being built, or a question is being worked out; ask again."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the index is."""

    ready: bool = False
    version: str = ""
    """Changes with every change of what the index answers."""
    fraction: float = 0.0
    doing: str = ""
    fault: str | None = None


class Index:
    """The index of a ledger. Raises LedgerError or sqlite3.Error where its files cannot be used."""

    def __init__(self, ledger: Ledger, folder: Path | None = None) -> None:
        """`folder`: where the index lies, else the cache."""
        self._ledger = ledger
        name = os.path.realpath(ledger.name) if ledger.is_sqlite else ledger.name
        self._path = _usable(folder) / f"{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:24]}.index"
        self._lock = threading.Lock()
        """Held by whoever writes."""
        self._news = threading.Condition()
        self._wanted: list[Question] = []
        self._progress = Progress()
        self._mark = Mark()
        self._local = threading.local()
        self._epoch = 0
        self._closing = False
        self._thread: threading.Thread | None = None

    # ---- what is asked

    @property
    def progress(self) -> Progress:
        return self._progress

    @contextmanager
    def reading(self, seconds: float = 10.0) -> Iterator[sqlite3.Connection]:
        """A connection of this thread for questions, which may take `seconds` together.

        Raises NotReadyError while there is no index, TooLongError where they take longer.
        """
        if not self._progress.ready:
            raise NotReadyError(self._progress.doing or "the index is being built")
        if getattr(self._local, "epoch", None) != self._epoch:
            self._local.connection, self._local.epoch = connect(self._path), self._epoch
        connection: sqlite3.Connection = self._local.connection
        with bounded(connection, seconds):
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    def have(self, question: Question) -> str:
        """The key of a question's courses, which are then there. Raises NotReadyError while they are worked out."""
        name = key_of(question)
        if name == key_of(BASE):
            return name
        with self.reading() as connection:
            if connection.execute("SELECT 1 FROM questions WHERE question = ?", (name,)).fetchone():
                return name
            claims = int(connection.execute("SELECT max(n) FROM claims").fetchone()[0] or 0)
        if claims <= AT_ONCE:
            self._work_out(question)
            return name
        with self._news:
            if question not in self._wanted:
                self._wanted = [*self._wanted[-MOST_QUESTIONS + 1 :], question]
                self._news.notify_all()
        raise NotReadyError(self._progress.doing or "the question is being worked out")

    def payload(self, question: Question, course: str) -> bytes | None:
        """What was kept for a question by `keep`; None where nothing was, or the ledger has grown since."""
        with self.reading() as connection:
            query = "SELECT data FROM payloads WHERE question = ? AND course = ? AND version = ?"
            row = connection.execute(query, (key_of(question), course, self._progress.version)).fetchone()
        return bytes(row["data"]) if row else None

    def keep(self, question: Question, course: str, version: str, data: bytes) -> None:
        """Keep what was made of a question's courses at a version, until the ledger grows."""
        with self._lock, _writing(self._path) as connection:
            if version == self._progress.version:
                row = (key_of(question), course, version, data)
                connection.execute("INSERT OR REPLACE INTO payloads VALUES (?, ?, ?, ?)", row)

    # ---- following the ledger

    def start(self) -> None:
        """Follow the ledger in a thread of its own."""
        self._thread = threading.Thread(target=self._follow, name="whoholds-index", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop following; what is being built is given up."""
        self._closing = True
        with self._news:
            self._news.notify_all()
        if self._thread:
            self._thread.join(10)

    def refresh(self, seconds: float = 5.0) -> bool:
        """Bring the index to where the ledger is now, as far as that takes no longer than `seconds`; True if it did."""
        if self._thread is None:
            self.bring()
            return True
        wanted, end = self._ledger.mark(), time.monotonic() + seconds
        with self._news:
            self._news.notify_all()
            while not self._is_at(wanted) and (left := end - time.monotonic()) > 0 and not self._closing:
                self._news.wait(left)
        return self._is_at(wanted)

    def _is_at(self, wanted: Mark) -> bool:
        return self._progress.ready and _reached(self._mark, wanted)

    def bring(self) -> None:
        """Bring the index to where the ledger is now, in this thread."""
        with self._lock:
            upto = self._ledger.mark()
            program = _program()
            after = self._stored(program)
            if after is None:
                self._build(program, upto)
            elif after != upto:
                with _writing(self._path) as connection:
                    Builder(self._ledger, connection, self._tell).bring(after, upto)
                    _note(connection, program, upto)
            self._done(program, upto)

    def _follow(self) -> None:
        while not self._closing:
            try:
                if self._ledger.mark() != self._mark or not self._progress.ready:
                    self.bring()
                while self._wanted and not self._closing:
                    self._work_out(self._wanted[0])
                    self._wanted = self._wanted[1:]
            except _GivenUpError:
                return
            except WhoholdsError as error:
                self._fail(str(error))
            except Exception as error:
                log.exception("the index could not be built")
                self._fail(f"the index could not be built ({type(error).__name__}); the server's output says more")
            with self._news:
                self._news.notify_all()
                if not self._closing and (not self._wanted or self._progress.fault):
                    self._news.wait(AGAIN_S if self._progress.fault else LOOK_S)

    def _work_out(self, question: Question) -> None:
        name = key_of(question)
        with self._lock, _writing(self._path) as connection:
            if connection.execute("SELECT 1 FROM questions WHERE question = ?", (name,)).fetchone():
                return
            Builder(self._ledger, connection, self._tell).course_of(question)
            number = connection.execute("SELECT ifnull(max(asked), 0) + 1 FROM questions").fetchone()[0]
            row = (name, self._progress.version, number)
            connection.execute("INSERT INTO questions VALUES (?, ?, ?)", row)
            old = connection.execute(
                "SELECT question FROM questions ORDER BY asked DESC LIMIT -1 OFFSET ?", (MOST_QUESTIONS,)
            ).fetchall()
            for gone in old:
                for table in ("courses", "spells", "questions", "payloads"):
                    connection.execute(f"DELETE FROM {table} WHERE question = ?", (gone[0],))
        self._progress = Progress(True, self._progress.version, 1.0)

    def _stored(self, program: str) -> Mark | None:
        """Where the index stands; None where there is none of this program and ledger."""
        try:
            with contextlib.closing(connect(self._path)) as connection:
                kept = dict(connection.execute("SELECT name, value FROM about").fetchall())
            mark = Mark(**json.loads(kept["mark"])) if kept.get("program") == program else None
        except (sqlite3.Error, KeyError, ValueError, TypeError):
            return None
        if mark is None or not _reached(self._ledger.mark(), mark) or not self._ledger.continues(mark):
            return None
        return mark

    def _build(self, program: str, upto: Mark) -> None:
        """The first time: into a file beside, which takes its place once it is whole."""
        part = self._path.with_suffix(".part")
        for path in (part, Path(f"{part}-wal"), Path(f"{part}-shm"), Path(f"{part}-journal")):
            path.unlink(missing_ok=True)
        with contextlib.closing(connect(part, writes=True)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(TABLES)
            connection.execute("BEGIN")
            Builder(self._ledger, connection, self._tell).bring(Mark(), upto)
            _note(connection, program, upto)
            connection.execute("COMMIT")
            connection.executescript(ORDERS)
        for old in (Path(f"{self._path}-wal"), Path(f"{self._path}-shm")):
            old.unlink(missing_ok=True)
        part.replace(self._path)
        with contextlib.closing(connect(self._path, writes=True)):
            pass  # sets the journal that lets readers and a writer work side by side

    def _done(self, program: str, upto: Mark) -> None:
        name = hashlib.sha256(f"{program}|{upto}".encode()).hexdigest()[:16]
        if not self._progress.ready:
            self._epoch += 1
        self._mark, self._progress = upto, Progress(True, name, 1.0)
        with self._news:
            self._news.notify_all()

    def _tell(self, fraction: float, doing: str) -> None:
        if self._closing:
            raise _GivenUpError
        p = self._progress
        self._progress = Progress(p.ready, p.version, round(fraction, 3), doing)

    def _fail(self, fault: str) -> None:
        p = self._progress
        self._progress = Progress(p.ready, p.version, p.fraction, "", fault)


class _GivenUpError(Exception):
    """The index is closed while it is built."""


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(connect(path, writes=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _note(connection: sqlite3.Connection, program: str, mark: Mark) -> None:
    rows = [("program", program), ("mark", json.dumps(asdict(mark)))]
    connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", rows)


def _reached(mark: Mark, wanted: Mark) -> bool:
    names = ("readings", "corrections", "judgements", "issues", "count")
    return all(getattr(mark, name) >= getattr(wanted, name) for name in names)


def _program() -> str:
    """Hash of all that the index follows from, beside the ledger."""
    from whoholds.gazetteer import Gazetteer
    from whoholds.views.actors import lexicon

    digest = hashlib.sha256(version("whoholds").encode() + TABLES.encode() + ORDERS.encode())
    for name in CODE:
        for part in _sources(files("whoholds") / name):
            digest.update(part.read_bytes())
    with Gazetteer.open() as gazetteer:
        digest.update(gazetteer.fingerprint.encode())
    digest.update(lexicon().hash.encode())
    return digest.hexdigest()[:24]


def _sources(root: Any) -> list[Any]:
    if root.is_file():
        return [root]
    return sorted((path for path in root.iterdir() if path.name.endswith(".py")), key=lambda path: path.name)


def _usable(folder: Path | None) -> Path:
    """The folder, made; where the cache cannot be written to, a temporary one."""
    for own in (True, False):
        with contextlib.suppress(OSError):
            path = (folder or cache_folder() / "index") if own else temporary_folder() / "index"
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            if os.access(path, os.W_OK | os.X_OK):
                return path
    raise WhoholdsError("No folder can be written to for the index. Name one with WHOHOLDS_CACHE.")
