"""The ledger: what was read, with every version kept. Only added to, one transaction a report.

SQLAlchemy Core and nothing that one database alone knows; that is in `sqlite.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, CursorResult, Engine, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from whoholds.errors import LedgerError
from whoholds.ledger import rows, sqlite
from whoholds.ledger.codec import claim_from_json
from whoholds.ledger.schema import SCHEMA_VERSION, about, claims, issues, metadata, readings, reports
from whoholds.model import Claim, Issue, Place, Report

if TYPE_CHECKING:  # the pipeline imports the parser, which a question to the ledger has no use for
    from whoholds.pipeline import Reading

DEFAULT_PATH = Path("whoholds.db")

MIGRATIONS: dict[int, Callable[[Connection], None]] = {}
"""What brings a ledger of schema n to n + 1. Empty as long as there has been one schema only."""

_CURRENT = select(func.max(readings.c.id)).group_by(readings.c.report_id)
"""The latest reading of each report: the one that answers."""


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place that the ledger has claims about, with all the names reports gave it (most used first)."""

    place_id: str
    place: Place
    names: tuple[str, ...]
    claims: int


class Ledger:
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
        try:
            self._prepare(create)
        except BaseException:
            engine.dispose()
            raise

    @classmethod
    def open(cls, path: Path | str = DEFAULT_PATH, create: bool = True, *, wait_s: float = sqlite.WAIT_S) -> Self:
        """The ledger in the SQLite file `path`, made where missing and `create`. Waits `wait_s` for other writers."""
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

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---- writing

    def add(self, reading: Reading) -> bool:
        """Store one reading, all of it or nothing. False where this version's reading of the report is there already.

        The version is `reading.made_by`.
        """
        report, version, now = reading.report, reading.made_by, _now()
        report_row = rows.report_row(report, now)
        try:
            with self._transaction(writes=True) as connection:
                if self._find(connection, report.id, version):
                    return False
                if connection.execute(select(reports.c.id).where(reports.c.id == report.id)).first() is None:
                    connection.execute(insert(reports), report_row)
                result = connection.execute(insert(readings), rows.reading_row(report, version, now))
                reading_id = _key_of(result)
                if reading.claims:
                    connection.execute(
                        insert(claims), [rows.claim_row(c, reading_id, n) for n, c in enumerate(reading.claims)]
                    )
                if reading.issues:
                    connection.execute(insert(issues), [rows.issue_row(i, reading_id, now) for i in reading.issues])
        except _AlreadyStoredError:
            return False
        return True

    def add_issues(self, found: Iterable[Issue]) -> int:
        """Store faults of inputs that became no report, each once however often it is met. Returns how many are new."""
        now, new = _now(), 0
        wanted = [rows.issue_row(issue, None, now) for issue in found]
        if not wanted:
            return 0
        same = ("code", "message", "source", "place")
        with self._transaction(writes=True) as connection:
            for row in wanted:
                query = select(issues.c.id).where(issues.c.reading_id.is_(None), *(issues.c[n] == row[n] for n in same))
                if connection.execute(query).first() is None:
                    connection.execute(insert(issues), row)
                    new += 1
        return new

    # ---- asking

    def has(self, report_id: str, made_by: str) -> bool:
        """True where this version has read the report."""
        with self._transaction() as connection:
            return self._find(connection, report_id, made_by)

    def claims(self, place_id: str | None = None, known: date | None = None) -> Iterator[Claim]:
        """The claims of each report's latest reading, in the order they were read.

        `known`: only of reports that were surely published by that day. A report without a date is never sure.
        """
        query = select(claims.c.data).where(claims.c.reading_id.in_(_CURRENT))
        if place_id is not None:
            query = query.where(claims.c.place_id == place_id)
        if known is not None:
            query = query.where(claims.c.published_end <= known)
        with self._transaction() as connection:
            # Fetched before the first is used: an open query would keep other processes from writing.
            found = connection.execute(query.order_by(claims.c.reading_id, claims.c.number)).scalars().all()
        return (claim_from_json(data) for data in found)

    def report(self, report_id: str) -> Report:
        """The report as its latest reading sees it. Raises LedgerError where there is none of that id."""
        query = (
            select(reports, *(column for column in readings.c if column.name not in reports.c))
            .join(readings, readings.c.report_id == reports.c.id)
            .where(reports.c.id == report_id)
            .order_by(readings.c.id.desc())
            .limit(1)
        )
        with self._transaction() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise LedgerError(f"the ledger has no report {report_id}")
        return rows.report_from(row)

    def places(self) -> list[PlaceEntry]:
        """Every place with a claim in a latest reading, by id; its most used name and position first."""
        c = claims.c
        columns = (c.place_id, c.place_name, c.place_type, c.place_basis, c.country, c.lat, c.lon, c.radius_km)
        query = select(*columns, func.count().label("claims")).where(c.reading_id.in_(_CURRENT)).group_by(*columns)
        with self._transaction() as connection:
            found = connection.execute(query).mappings().all()
        by_id: dict[str, list[tuple[int, Place]]] = {}
        for row in found:
            by_id.setdefault(row["place_id"], []).append((row["claims"], rows.place_from(row)))
        return [_entry(place_id, variants) for place_id, variants in sorted(by_id.items())]

    def issues(self) -> list[Issue]:
        """The issues of the latest readings, and of inputs that became no report, oldest first."""
        query = select(issues).where(issues.c.reading_id.is_(None) | issues.c.reading_id.in_(_CURRENT))
        with self._transaction() as connection:
            return [rows.issue_from(row) for row in connection.execute(query.order_by(issues.c.id)).mappings()]

    def counts(self) -> dict[str, int]:
        """How many reports, readings (old ones too), and claims, places and issues of the latest readings."""
        current = claims.c.reading_id.in_(_CURRENT)
        queries = {
            "reports": select(func.count()).select_from(reports),
            "readings": select(func.count()).select_from(readings),
            "claims": select(func.count()).select_from(claims).where(current),
            "places": select(func.count(claims.c.place_id.distinct())).where(current),
            "issues": select(func.count())
            .select_from(issues)
            .where(issues.c.reading_id.is_(None) | issues.c.reading_id.in_(_CURRENT)),
        }
        with self._transaction() as connection:
            return {name: int(connection.execute(query).scalar_one()) for name, query in queries.items()}

    # ---- inside

    @contextmanager
    def _transaction(self, *, writes: bool = False) -> Iterator[Connection]:
        """All of the block or nothing of it."""
        try:
            with self._engine.connect() as connection:
                if writes:
                    connection = connection.execution_options(**{sqlite.WRITES: True})
                with connection.begin():
                    yield connection
        except IntegrityError as error:
            # Another process stored the same between our look and our insert (not on SQLite, where a writer locks).
            raise _AlreadyStoredError from error
        except DBAPIError as error:
            raise self._explain(error) from error

    @staticmethod
    def _find(connection: Connection, report_id: str, made_by: str) -> bool:
        query = select(readings.c.id).where(readings.c.report_id == report_id, readings.c.made_by == made_by)
        return connection.execute(query).first() is not None

    def _prepare(self, create: bool) -> None:
        """Make the tables, or see that they are ours and of a schema that this version knows."""
        with self._transaction() as connection:
            version = self._version(connection)
        if version is None and not create:
            raise LedgerError(f"{self._name}: the ledger is empty. Read reports into it first: whoholds read FILE...")
        if version is None:
            with self._transaction(writes=True) as connection:
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
        with self._transaction(writes=True) as connection:
            version = self._version(connection) or SCHEMA_VERSION
            for old in range(version, SCHEMA_VERSION):
                MIGRATIONS[old](connection)
            connection.execute(about.update().where(about.c.name == "schema").values(value=str(SCHEMA_VERSION)))

    def _version(self, connection: Connection) -> int | None:
        """The schema's number; None for a database without any table. LedgerError for another program's."""
        tables = set(inspect(connection).get_table_names())
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


def _entry(place_id: str, variants: list[tuple[int, Place]]) -> PlaceEntry:
    """One place of its variants: reports spell it differently, and an older one may not have found it."""
    ranked = sorted(variants, key=lambda v: (v[1].lat is None, -v[0], v[1].name))
    names: dict[str, int] = {}
    for count, place in variants:
        names[place.name] = names.get(place.name, 0) + count
    return PlaceEntry(
        place_id=place_id,
        place=ranked[0][1],
        names=tuple(sorted(names, key=lambda name: (-names[name], name))),
        claims=sum(count for count, _ in variants),
    )
