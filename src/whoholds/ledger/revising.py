"""Reports that stand for one another: a coder's row that was changed takes the place of what it said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select

from whoholds.ledger.schema import readings, reports

_REPLACED = "replaced by "
"""How the version of a reading without claims begins that was put over those of a report which stands no longer."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The reading that counts of what a coder calls by one name."""

    report_id: str
    made_by: str
    published: date | None
    """The last day that it may be of."""


def standing(connection: Connection, outlet: str) -> dict[str, Standing]:
    """By its name, what counts of each report of an outlet; of several of one name the one that was read last."""
    query = (
        select(reports.c.label, readings.c.report_id, readings.c.made_by, readings.c.published_end)
        .join(readings, readings.c.report_id == reports.c.id)
        .where(readings.c.outlet == outlet)
        .order_by(readings.c.id)
    )
    found = {row.report_id: row for row in connection.execute(query)}
    return {
        row.label: Standing(row.report_id, row.made_by, row.published_end)
        for row in found.values()
        if not row.made_by.startswith(_REPLACED)
    }


def withdraw(connection: Connection, report_id: str, by: Standing, now: str) -> None:
    """A reading without claims over those that a report has: they stay, and do not answer any more."""
    query = select(readings).where(readings.c.report_id == report_id).order_by(readings.c.id.desc()).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    if row is not None:
        kept = {name: value for name, value in row.items() if name != "id"}
        version = f"{_REPLACED}{by.report_id}, {by.made_by}"
        connection.execute(insert(readings), kept | {"made_by": version, "read_at": now})
