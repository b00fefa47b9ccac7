"""How a ledger of an older schema becomes one of the next. What is in it stays as it is."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, func, insert, select

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
