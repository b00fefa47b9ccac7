"""Everything that only PostgreSQL needs: addresses, locks, points for maps, and what its errors mean to people.

Writers work side by side: rows that several would add (a report, the name of a place) are added by whoever comes first
(`insert.insert_new`), in one order, so that nobody waits in a circle. What must be done by one alone (making the
tables, issues that are kept once) takes the ledger's own lock. A question sees the ledger as it stood at one moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, event, func, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from whoholds.errors import LedgerError
from whoholds.ledger.schema import ALONE, WRITES, metadata

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
LOCK = 0x77686F686F6C6473
"""The number of the ledger's lock ("whoholds"), among all that a database's users may take."""
CONNECT_S = 10


def is_address(given: object) -> bool:
    """Whether a ledger is named by a database's address rather than by a file."""
    return isinstance(given, str) and "://" in given


def shown(address: str) -> str:
    """The address without its password."""
    return _url(address).set(drivername="postgresql").render_as_string(hide_password=True)


def open_engine(address: str, *, wait_s: float) -> Engine:
    """An engine on the database; nothing is opened yet. Raises LedgerError where the driver is not installed."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise LedgerError("A ledger in PostgreSQL needs one more library: pip install 'whoholds[postgres]'.") from None
    engine = create_engine(
        _url(address),
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": CONNECT_S,
            "application_name": "whoholds",
            "options": _options(address, f"-c lock_timeout={int(wait_s * 1000)} -c timezone=UTC"),
        },
    )
    event.listen(engine, "begin", _begin)
    return engine


def _url(address: str) -> URL:
    """Raises LedgerError where it is no address of PostgreSQL."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise LedgerError("This is no address of a ledger. Write postgresql://USER@HOST/DATABASE.") from error
    if url.drivername not in SCHEMES:
        raise LedgerError(
            f"A ledger is a file or in PostgreSQL, not in {url.drivername}. Write postgresql://USER@HOST/DATABASE."
        )
    return url.set(drivername="postgresql+psycopg")


def _options(address: str, ours: str) -> str:
    given = _url(address).query.get("options", "")
    return f"{ours} {given if isinstance(given, str) else ' '.join(given)}".strip()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(ALONE, False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    elif not options.get(WRITES, False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


POINTS = (
    "CREATE INDEX claims_by_point ON claims USING gist ((ST_SetSRID(ST_MakePoint(lon, lat), 4326)))"
    " WHERE lat IS NOT NULL",
    "CREATE VIEW claim_points AS SELECT c.claim_id, c.report_id, c.kind, c.mode, c.stance, c.extent, c.actor,"
    " c.against, c.speaker, c.place_id, c.place_name, c.place_type, c.country, c.radius_km, c.first_day, c.last_day,"
    " c.published_end, c.confidence, c.data::json ->> 'quote_text' AS quote,"
    " ST_SetSRID(ST_MakePoint(c.lon, c.lat), 4326)::geometry(Point, 4326) AS point"
    " FROM claims c WHERE c.lat IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM readings newer WHERE newer.report_id = c.report_id AND newer.id > c.reading_id)",
)
"""For programs of maps, where PostGIS is there; nothing of ours asks for them (decision 9)."""


@event.listens_for(metadata, "after_create")
def _points(_target: MetaData, connection: Connection, **_: Any) -> None:
    """Once the tables are made: a view of the claims as points, where the database has PostGIS or may be given it."""
    if connection.dialect.name != "postgresql":
        return
    there = "SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'"
    if not connection.execute(text(there)).scalar_one():
        return
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
            for statement in POINTS:
                connection.exec_driver_sql(statement)
    except DBAPIError:
        return  # not allowed to, or PostGIS lies in a schema that is not looked in: the ledger is whole without


def restart_numbers(connection: Connection, tables: Iterable[Table]) -> None:
    """After rows came with numbers of their own: new ones go on after the highest."""
    for table in tables:
        column = table.autoincrement_column
        if column is not None:
            highest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, highest, False)))


def explain(name: str, error: DBAPIError) -> LedgerError:
    """The error in words: which ledger, what is wrong with it, what to do."""
    state = getattr(error.orig, "sqlstate", None) or ""
    reason = _REASONS.get(state) or _REASONS.get(state[:2])
    if reason is None and not state:
        # What failed before the database could give a number, or after it was gone.
        words = " ".join(str(error.orig).split())
        reason = f"the database cannot be reached or is gone ({words[:200]}). Check the address; then {_AGAIN}"
    return LedgerError(f"{name}: {reason or f'the ledger cannot be used: {error.orig}.'}")


_AGAIN = "give the same command again: it goes on where it stopped, finished reports are kept."

_REASONS = {
    "28": "the database does not let you in. Check the user and the password in the address.",
    "3D": "there is no such database. Make it first: createdb NAME.",
    "42501": "you may not write to this database. Ask whoever runs it, or name another with --ledger.",
    "25006": "the ledger is read-only here. Name the server that can be written to.",
    "53": f"the database is out of disk, memory or connections. Mend it and {_AGAIN}",
    "55P03": "another program has been writing to the ledger for too long. Wait for it, then try again.",
    "57": f"the database was shut down. Once it is back, {_AGAIN}",
    "58": f"the database cannot write to its disk. Mend it and {_AGAIN}",
    "40": f"the database broke off, because two programs stood in each other's way. {_AGAIN.capitalize()}",
}
"""By SQLSTATE, whole or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""
