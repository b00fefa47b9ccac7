"""The ledger: what was read, with every version kept. Only added to, one transaction a report.

SQLAlchemy Core and nothing that one database alone knows; that is in `sqlite.py` and `postgres.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, CursorResult, Engine, insert, inspect, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from whoholds.errors import LedgerError
from whoholds.gazetteer.names import key
from whoholds.ledger import postgres, rows, sqlite
from whoholds.ledger.following import Following
from whoholds.ledger.insert import insert_new
from whoholds.ledger.migrations import BACK, MIGRATIONS
from whoholds.ledger.people import reading_of
from whoholds.ledger.questions import claim_by_id, found
from whoholds.ledger.revising import Standing, standing, withdraw
from whoholds.ledger.schema import (
    ALONE,
    SCHEMA_VERSION,
    WRITES,
    about,
    claims,
    corrections,
    issues,
    metadata,
    place_names,
    readings,
    reports,
    signatures,
)
from whoholds.model import Claim, Correction, Issue, Verdict
from whoholds.resolve.signatures import signature

if TYPE_CHECKING:  # the pipeline imports the parser, which a question to the ledger has no use for
    from whoholds.pipeline import Reading

DEFAULT_PATH = Path("whoholds.db")


class Ledger(Following):
    """Reports, what each version of the program read in them, and the issues met on the way.

    Open it with `Ledger.open` and close it, or use it in a `with`. Every method raises LedgerError, with the path and
    what to do, where the store cannot be read or written.
    """

    def __init__(
        self, engine: Engine, name: str, explain: Callable[[DBAPIError], LedgerError], *, create: bool = True
    ) -> None:
        """`name`: what people call the store, for messages; `explain`: a database's error in words."""
        self._engine = engine
        self._name = name
        self._explain = explain
        self._closed = False
        try:
            self._prepare(create)
        except BaseException:
            engine.dispose()
            raise

    @classmethod
    def open(cls, path: Path | str = DEFAULT_PATH, create: bool = True, *, wait_s: float = sqlite.WAIT_S) -> Self:
        """The ledger in the SQLite file `path`, made where missing and `create`. Waits `wait_s` for other writers.

        An address (`postgresql://USER@HOST/DATABASE`) in place of a path is a database of PostgreSQL, which has to be
        there; its tables are made.
        """
        if postgres.is_address(path):
            address = str(path)
            name = postgres.shown(address)
            engine = postgres.open_engine(address, wait_s=wait_s)
            return cls(engine, name, lambda error: postgres.explain(name, error), create=create)
        path = Path(path)
        if not create:
            try:
                path.stat()
            except (FileNotFoundError, NotADirectoryError):
                raise LedgerError(
                    f"{path}: there is no ledger. Read reports into it first: whoholds read FILE..."
                ) from None
            except OSError as error:
                raise LedgerError(f"{path}: the ledger cannot be reached ({error.strerror}).") from error
        engine = sqlite.open_engine(path, create=create, wait_s=wait_s)
        return cls(engine, str(path), lambda error: sqlite.explain(path, error), create=create)

    @property
    def name(self) -> str:
        """What people call it: the path, or the address without its password."""
        return self._name

    @property
    def is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def is_file(self, path: Path) -> bool:
        """Whether the ledger is that file."""
        if not self.is_sqlite:
            return False
        try:
            return path.samefile(self._name)
        except OSError:  # it does not exist, or nobody may look: writing will say so
            return False

    def close(self) -> None:
        """Give back its connections. What is asked of it afterwards raises LedgerError."""
        self._closed = True
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---- writing

    def add(self, reading: Reading, instead_of: str | None = None) -> bool:
        """Store one reading, all of it or nothing. False where this version's reading of the report is there already.

        The version is `reading.made_by`. `instead_of`: id of a report whose claims count no longer.
        """
        report, version, now = reading.report, reading.made_by, _now()
        report_row = rows.report_row(report, now)
        try:
            with self._transaction(writes=True) as connection:
                if found(connection, report.id, version):
                    return False
                if connection.execute(select(reports.c.id).where(reports.c.id == report.id)).first() is None:
                    insert_new(connection, reports, report_row)
                    if data := signature(report):
                        insert_new(connection, signatures, {"report_id": report.id, "data": data})
                result = connection.execute(insert(readings), rows.reading_row(report, version, now))
                reading_id = _key_of(result)
                if reading.claims:
                    connection.execute(
                        insert(claims), [rows.claim_row(c, reading_id, n) for n, c in enumerate(reading.claims)]
                    )
                    self._name_places(connection, reading.claims)
                if reading.issues:
                    connection.execute(insert(issues), [rows.issue_row(i, reading_id, now) for i in reading.issues])
                if instead_of not in (None, report.id):
                    withdraw(connection, str(instead_of), Standing(report.id, version, None), now)
        except _AlreadyStoredError:
            return False
        return True

    def standing(self, outlet: str) -> dict[str, Standing]:
        """What counts of each report of an outlet, by its label: what a corrected version of it would replace."""
        with self._transaction() as connection:
            return standing(connection, outlet)

    def add_issues(self, met: Iterable[Issue]) -> int:
        """Store faults of inputs that became no report, each once however often it is met. Returns how many are new."""
        now, new = _now(), 0
        wanted = [rows.issue_row(issue, None, now) for issue in met]
        if not wanted:
            return 0
        same = ("code", "message", "source", "place")
        with self._transaction(writes=True, alone=True) as connection:
            for row in wanted:
                query = select(issues.c.id).where(issues.c.reading_id.is_(None), *(issues.c[n] == row[n] for n in same))
                if connection.execute(query).first() is None:
                    connection.execute(insert(issues), row)
                    new += 1
        return new

    def correct(self, correction: Correction) -> int:
        """Keep what a person says; returns its number. Of a claim it stands beside it; of a place it becomes a report.

        Raises LedgerError where it is about neither, about a claim that is not there, or takes back what is not there.
        """
        if (correction.claim_id is None) == (correction.place is None):
            raise LedgerError("a correction is about one claim or one place")
        with self._transaction(writes=True) as connection:
            if correction.claim_id is not None and claim_by_id(connection, correction.claim_id) is None:
                raise LedgerError(f"the ledger has no claim {correction.claim_id}")
            if correction.undoes is not None:
                there = select(corrections.c.id).where(corrections.c.id == correction.undoes)
                if connection.execute(there).first() is None:
                    raise LedgerError(f"the ledger has no correction {correction.undoes}")
            result = connection.execute(insert(corrections), rows.correction_row(correction, _now()))
            number = _key_of(result)
            self._name_places(connection, correction.becomes)
        if correction.verdict is Verdict.STATE:
            self.add(reading_of(correction))
        return number

    # ---- inside

    @staticmethod
    def _name_places(connection: Connection, said: Iterable[Claim]) -> None:
        names = sorted({(rows.place_key(claim.place), claim.place.name) for claim in said})
        insert_new(connection, place_names, [{"place_id": p, "name": name, "key": key(name)} for p, name in names])

    @contextmanager
    def _transaction(self, *, writes: bool = False, alone: bool = False) -> Iterator[Connection]:
        """All of the block or nothing of it. `alone`: no other does anything that must be done alone meanwhile."""
        if self._closed:  # the engine would open a new connection, which nobody closes
            raise LedgerError(f"{self._name}: the ledger is closed. Open it again.")
        try:
            with self._engine.connect() as connection:
                if writes:
                    connection = connection.execution_options(**{WRITES: True, ALONE: alone})
                with connection.begin():
                    yield connection
        except IntegrityError as error:
            # Another process stored the same between our look and our insert (not on SQLite, where a writer locks).
            raise _AlreadyStoredError from error
        except DBAPIError as error:
            raise self._explain(error) from error

    def _prepare(self, create: bool) -> None:
        """Make the tables, or see that they are ours and of a schema that this version knows."""
        with self._transaction() as connection:
            version = self._version(connection)
        if version is None and not create:
            raise LedgerError(f"{self._name}: the ledger is empty. Read reports into it first: whoholds read FILE...")
        if version is None:
            with self._transaction(writes=True, alone=True) as connection:
                if self._version(connection) is None:
                    metadata.create_all(connection)
                    connection.execute(insert(about), {"name": "schema", "value": str(SCHEMA_VERSION)})
        elif version > SCHEMA_VERSION:
            raise LedgerError(
                f"{self._name}: the ledger was written by a newer whoholds (schema {version}, this one knows "
                f"{SCHEMA_VERSION}). Install that version, or name another ledger with --ledger."
            )
        elif version < SCHEMA_VERSION:
            self._migrate()

    def _migrate(self) -> None:
        with self._transaction(writes=True, alone=True) as connection:
            version = self._version(connection) or SCHEMA_VERSION
            for old in range(version, SCHEMA_VERSION):
                MIGRATIONS[old](connection)
            connection.execute(about.update().where(about.c.name == "schema").values(value=str(SCHEMA_VERSION)))

    def step_back(self, schema: int) -> None:
        """Make it a ledger of an older schema, 1 to the present one; whoever opens it next brings it forward again.

        For copies. Raises LedgerError, and changes nothing, where something would be lost.
        """
        with self._transaction(writes=True, alone=True) as connection:
            for newer in range(SCHEMA_VERSION, schema, -1):
                BACK[newer](connection)
            connection.execute(about.update().where(about.c.name == "schema").values(value=str(schema)))

    def _version(self, connection: Connection) -> int | None:
        """The schema's number; None for a database without any table. LedgerError for another program's."""
        tables = set(inspect(connection).get_table_names()) - {"spatial_ref_sys"}  # PostGIS brings it
        if about.name not in tables:
            if tables:
                raise LedgerError(f"{self._name}: this is another program's database. Name another with --ledger.")
            return None
        value = connection.execute(select(about.c.value).where(about.c.name == "schema")).scalar_one_or_none()
        if value is None or not str(value).isdigit():
            raise LedgerError(f"{self._name}: the ledger does not say its schema; it is damaged. Restore a copy.")
        return int(value)


class _AlreadyStoredError(Exception):
    """A row of the same key is stored."""


def _key_of(result: CursorResult[Any]) -> int:
    key = result.inserted_primary_key
    if key is None:
        raise LedgerError("the database gave no number to a new reading")
    return int(key[0])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
