"""Following a ledger as it grows: what was added since a mark, for what is derived from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from whoholds.ledger import rows
from whoholds.ledger.codec import claim_from_json
from whoholds.ledger.naming import Naming
from whoholds.ledger.schema import claims, corrections, issues, judgements, readings, reports
from whoholds.model import Claim, Issue, Report

LATE = 1_000
"""By how much the number of a reading may lie behind those that were stored before it."""
AT_ONCE = 200
"""Readings fetched together: their texts stand in memory."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a ledger has grown. Only added to, so that equal marks of one ledger are equal contents."""

    readings: int = 0
    corrections: int = 0
    judgements: int = 0
    issues: int = 0
    stamp: str = ""
    """Of the last reading: tells another file that was put in the ledger's place."""
    count: int = 0
    """Readings, where writers work side by side: a number may come in after a higher one."""


@dataclass(frozen=True, slots=True)
class Added:
    """A reading that a ledger has taken in."""

    number: int
    report: Report
    read_at: str
    claims: tuple[Claim, ...]
    """As they were read: without judgements on persons."""
    issues: tuple[Issue, ...]


class Following(Naming):
    """What follows a ledger asks these. `Ledger` has them all."""

    def mark(self) -> Mark:
        """How far the ledger has grown."""
        with self._transaction() as connection:
            tables = (readings, corrections, judgements, issues)
            last = [int(connection.execute(select(func.max(t.c.id))).scalar_one() or 0) for t in tables]
            count = 0
            if connection.dialect.name != "sqlite":
                count = int(connection.execute(select(func.count()).select_from(readings)).scalar_one())
            return Mark(last[0], last[1], last[2], last[3], _stamp(connection, last[0]), count)

    def continues(self, mark: Mark) -> bool:
        """Whether the ledger is one that had grown to the mark: its readings up to it are still there."""
        if not mark.readings:
            return True
        with self._transaction() as connection:
            return _stamp(connection, mark.readings) == mark.stamp

    def added(self, after: Mark, upto: Mark, taken: Collection[int] = ()) -> Iterator[Added]:
        """The readings between two marks, in order, those of `taken` left out by their numbers.

        Where writers work side by side it begins LATE numbers before the first mark: give what was taken there.
        """
        low = max(after.readings - LATE, 0) if upto.count else after.readings
        while low < upto.readings:
            query = (
                select(reports, *(column for column in readings.c if column.name not in reports.c))
                .add_columns(readings.c.id.label("number"))
                .join(readings, readings.c.report_id == reports.c.id)
                .where(readings.c.id > low, readings.c.id <= upto.readings)
                .order_by(readings.c.id)
                .limit(AT_ONCE)
            )
            with self._transaction() as connection:
                found = connection.execute(query).mappings().all()
                if not found:
                    return
                last = found[-1]["number"]
                said: dict[int, list[Claim]] = {}
                query_claims = select(claims.c.reading_id, claims.c.data).where(
                    claims.c.reading_id > low, claims.c.reading_id <= last
                )
                for number, data in connection.execute(query_claims.order_by(claims.c.reading_id, claims.c.number)):
                    said.setdefault(number, []).append(claim_from_json(data))
                met: dict[int, list[Issue]] = {}
                query_issues = select(issues).where(issues.c.reading_id > low, issues.c.reading_id <= last)
                for row in connection.execute(query_issues.order_by(issues.c.id)).mappings():
                    met.setdefault(row["reading_id"], []).append(rows.issue_from(row))
            for row in found:
                number = row["number"]
                if number in taken:
                    continue
                yield Added(
                    number,
                    rows.report_from(row),
                    row["read_at"],
                    tuple(said.get(number, ())),
                    tuple(met.get(number, ())),
                )
            low = last

    def issues_of_inputs(self, after: Mark, upto: Mark) -> list[Issue]:
        """Faults of inputs that became no report, met between two marks."""
        query = select(issues).where(
            issues.c.reading_id.is_(None), issues.c.id > after.issues, issues.c.id <= upto.issues
        )
        with self._transaction() as connection:
            return [rows.issue_from(row) for row in connection.execute(query.order_by(issues.c.id)).mappings()]


def _stamp(connection: Connection, number: int) -> str:
    query = select(readings.c.report_id, readings.c.made_by, readings.c.read_at).where(readings.c.id == number)
    row = connection.execute(query).first()
    return "" if row is None else "|".join(row)
