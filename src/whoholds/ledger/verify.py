"""A ledger looked through for damage, and told from another by a hash of what is in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, RowMapping, String, Table, func, inspect, select

from whoholds.ledger import rows
from whoholds.ledger.codec import claim_from_json
from whoholds.ledger.schema import about, claims, metadata, place_names, readings, reports
from whoholds.ledger.store import Ledger
from whoholds.model import Report

BATCH = 500
"""Rows in memory at a time."""
MOST = 1_000
"""Faults that are listed."""


@dataclass(slots=True)
class Verdict:
    """What a look through a whole ledger found."""

    rows: dict[str, int] = field(default_factory=dict)
    """By table."""
    content: str = ""
    """Hash of what is in it, whatever the order of reading, the days of reading and the database."""
    faults: list[str] = field(default_factory=list)
    """In words, with the place. At most `MOST` are listed."""
    more: int = 0
    """Faults beyond those."""

    @property
    def sound(self) -> bool:
        return not self.faults

    def fault(self, words: str) -> None:
        if len(self.faults) < MOST:
            self.faults.append(words)
        else:
            self.more += 1


def verify(ledger: Ledger) -> Verdict:
    """Look through everything: the database itself, every report's and claim's words and numbers, names, tables."""
    found = Verdict()
    with ledger._transaction() as connection:
        if not _look_at_database(connection, found):
            return found
        _look_at_claims(connection, found)
        _look_at_names(connection, found)
        found.content = _content(connection, found)
    return found


def tables() -> list[Table]:
    """In an order in which rows can be added: what a row points to comes before it."""
    return [table for table in metadata.sorted_tables if table is not about]


def number_of(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def batches(connection: Connection, table: Table) -> Iterator[list[RowMapping]]:
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    yield from (list(part) for part in connection.execute(query).mappings().partitions())


def _look_at_database(connection: Connection, found: Verdict) -> bool:
    """Whether the tables are such that what is in them can be looked at."""
    if connection.dialect.name == "sqlite":
        for (words,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if words != "ok":
                found.fault(f"SQLite: {words}")
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            found.fault(f"{table}, row {row}: what it belongs to is missing in {parent}")
    look = inspect(connection)
    there, whole = set(look.get_table_names()), True
    for table in metadata.sorted_tables:
        if table.name not in there:
            found.fault(f"the table {table.name} is missing")
            whole = False
            continue
        missing = {c.name for c in table.columns} - {c["name"] for c in look.get_columns(table.name)}
        lost = {str(i.name) for i in table.indexes} - {str(i["name"]) for i in look.get_indexes(table.name)}
        for name in sorted(missing | lost):
            found.fault(f"{table.name}: {name} is missing")
        whole = whole and not missing
    return whole


def _look_at_claims(connection: Connection, found: Verdict) -> None:
    """Every report's text against its id; every claim against the words it quotes and the columns it is found by."""
    query = select(readings.c.id, reports.c.id.label("report_id"), reports.c.text).join(
        reports, reports.c.id == readings.c.report_id
    )
    said = _claims_by_reading(connection)
    at = next(said, None)
    for row in connection.execute(query.order_by(readings.c.id).execution_options(yield_per=BATCH)):
        if Report("", row.text).id != row.report_id:
            found.fault(f"report {row.report_id}: its text is not the one that was read")
        while at is not None and at["reading_id"] <= row.id:
            if at["reading_id"] == row.id:
                _look_at_claim(at, row.text, found)
            at = next(said, None)


def _claims_by_reading(connection: Connection) -> Iterator[RowMapping]:
    yield from (row for batch in batches(connection, claims) for row in batch)


def _look_at_claim(row: RowMapping, text: str, found: Verdict) -> None:
    where = f"claim {row['claim_id']} of report {row['report_id']}"
    try:
        claim = claim_from_json(row["data"])
    except (TypeError, KeyError, ValueError) as error:
        found.fault(f"{where}: cannot be read ({error})")
        return
    if claim.quote.of(text) != claim.quote_text:
        found.fault(f"{where}: its quote is not in the report")
    wanted = rows.claim_row(claim, row["reading_id"], row["number"])
    wrong = [name for name, value in wanted.items() if name != "data" and value != row[name]]
    if wrong:
        found.fault(f"{where}: {', '.join(wrong)} differ from the claim itself")


def _look_at_names(connection: Connection, found: Verdict) -> None:
    named = select(place_names.c.name).where(
        place_names.c.place_id == claims.c.place_id, place_names.c.name == claims.c.place_name
    )
    query = select(claims.c.place_id, claims.c.place_name).where(~named.exists()).distinct()
    for place_id, name in connection.execute(query):
        found.fault(f"place {place_id}: it cannot be found by its name {name!r}")


def _content(connection: Connection, found: Verdict) -> str:
    """A hash over all rows: sums of theirs, so that no order matters. Numbers of rows and moments are left out."""
    whole = hashlib.sha256()
    for table in tables():
        # An "id" that is text is a hash of content; one that is a number only says what was stored when.
        numbers = {"reading_id"} if isinstance(table.c.get("id", table.c[0]).type, String) else {"reading_id", "id"}
        columns = [c for c in table.columns if not c.name.endswith("_at") and c.name not in numbers]
        query = select(*columns)
        if "reading_id" in table.columns:
            query = select(*columns, readings.c.report_id, readings.c.made_by).outerjoin(
                readings, readings.c.id == table.c.reading_id
            )
        total = number = 0
        for row in connection.execute(query.execution_options(yield_per=BATCH)):
            values = repr([str(value) if value is not None else None for value in row])
            total += int.from_bytes(hashlib.sha256(values.encode("utf-8", "surrogatepass")).digest(), "big")
            number += 1
        found.rows[table.name] = number
        whole.update(f"{table.name} {number} {total % (1 << 256)}\n".encode())
    return whole.hexdigest()[:32]
