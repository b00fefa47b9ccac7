"""How a ledger of an older schema becomes one of the next, and back. What is in it stays as it is.

Forward when a newer program opens it; back only in a copy, for who still has an older program (`care.backup`).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Table, func, insert, select

from whoholds.errors import LedgerError
from whoholds.gazetteer.names import key
from whoholds.ledger import rows
from whoholds.ledger.schema import claims, corrections, issues, judgements, place_names, readings, reports, signatures
from whoholds.resolve.signatures import signature


def signatures_names_and_corrections(connection: Connection) -> None:
    """From 1 to 2: tables for near copies, for names of places, and for what people say."""
    for table in (signatures, place_names, corrections):
        table.create(connection, checkfirst=True)
    latest = select(func.max(readings.c.id)).group_by(readings.c.report_id)
    query = (
        select(reports, *(column for column in readings.c if column.name not in reports.c))
        .join(readings, readings.c.report_id == reports.c.id)
        .where(readings.c.id.in_(latest))
    )
    for row in connection.execute(query).mappings().all():
        if data := signature(rows.report_from(row)):
            connection.execute(insert(signatures), {"report_id": row["id"], "data": data})
    names = select(claims.c.place_id, claims.c.place_name).distinct()
    for place_id, name in connection.execute(names).all():
        connection.execute(insert(place_names), {"place_id": place_id, "name": name, "key": key(name)})


def judgements_of_persons(connection: Connection) -> None:
    """From 2 to 3: a table for which names are one person."""
    judgements.create(connection, checkfirst=True)


def index_of_place_types(connection: Connection) -> None:
    """From 3 to 4: what is said of whole provinces is found without a look at every claim."""
    next(index for index in claims.indexes if index.name == "claims_by_type").create(connection, checkfirst=True)


def corrections_of_fields(_connection: Connection) -> None:
    """From 4 to 5: no table changes; corrections may be of kinds that older programs do not know."""


def index_of_issues(connection: Connection) -> None:
    """From 5 to 6: whether an issue of an input is there already is seen without a look at all of them."""
    next(index for index in issues.indexes if index.name == "issues_by_source").create(connection, checkfirst=True)
    connection.exec_driver_sql("DROP INDEX IF EXISTS issues_by_reading")


MIGRATIONS: dict[int, Callable[[Connection], None]] = {
    1: signatures_names_and_corrections,
    2: judgements_of_persons,
    3: index_of_place_types,
    4: corrections_of_fields,
    5: index_of_issues,
}
"""What brings a ledger of schema n to n + 1."""

VERDICTS_OF_4 = ("wrong", "right", "state")
"""The kinds of corrections that programs know which write schema 4 or less."""


def no_signatures_names_or_corrections(connection: Connection) -> None:
    """From 2 to 1. Signatures and names are worked out anew on the way forward; corrections would be lost."""
    _must_be_empty(connection, corrections)
    for table in (corrections, place_names, signatures):
        table.drop(connection)


def no_judgements(connection: Connection) -> None:
    """From 3 to 2."""
    _must_be_empty(connection, judgements)
    judgements.drop(connection)


def no_index_of_place_types(connection: Connection) -> None:
    """From 4 to 3."""
    next(index for index in claims.indexes if index.name == "claims_by_type").drop(connection)


def no_corrections_of_fields(connection: Connection) -> None:
    """From 5 to 4."""
    newer = select(func.count()).select_from(corrections).where(corrections.c.verdict.not_in(VERDICTS_OF_4))
    _nothing_lost(connection.execute(newer).scalar_one(), "corrections of kinds that an older program does not know")


def no_index_of_issues(connection: Connection) -> None:
    """From 6 to 5."""
    next(index for index in issues.indexes if index.name == "issues_by_source").drop(connection)
    connection.exec_driver_sql("CREATE INDEX issues_by_reading ON issues (reading_id)")


BACK: dict[int, Callable[[Connection], None]] = {
    2: no_signatures_names_or_corrections,
    3: no_judgements,
    4: no_index_of_place_types,
    5: no_corrections_of_fields,
    6: no_index_of_issues,
}
"""What brings a ledger of schema n to n - 1. Each raises LedgerError where something would be lost."""


def _must_be_empty(connection: Connection, table: Table) -> None:
    number = connection.execute(select(func.count()).select_from(table)).scalar_one()
    _nothing_lost(number, f"{table.name}, which it has no table for")


def _nothing_lost(number: int, what: str) -> None:
    if number:
        raise LedgerError(f"an older schema would lose {number} {what}. Choose a later schema.")
