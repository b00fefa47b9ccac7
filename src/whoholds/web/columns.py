"""The columns of the tables that the application shows, and what stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whoholds.exports.tables import Column, Type, columns
from whoholds.index.tables import SPECS

T, C, N, B, D, L = Type.TEXT, Type.INTEGER, Type.NUMBER, Type.BOOLEAN, Type.DAY, Type.LIST

OWN = {
    "claims": (
        Column("unsure", B, "Whether a list without it would agree better with careful readers"),
        Column("published_end", D, "The report was surely published by this day"),
        Column("judged", T, "What people judged of it: right, wrong, changed, split or copy; empty where nobody did"),
    ),
    "places": (
        Column("last_fighting", D, "The last day for which fighting is reported"),
        Column("claims", C, "Claims about it"),
    ),
    "reports": (Column("read_at", T, "When it was read, ISO 8601"),),
    "issues": (
        Column("severity", T, "error, warning or note"),
        Column("code", T, "What kind of issue"),
        Column("message", T, "What is wrong and what to do"),
        Column("source", T, "The file, record or address"),
        Column("place", T, "Where in it"),
        Column("report", T, "The report's label; empty where it became none"),
        Column("report_id", T, "The report"),
    ),
}
EXPORTED: Mapping[str, Sequence[Column]] = {
    "claims": columns.CLAIMS,
    "places": columns.STATES,
    "reports": columns.REPORTS,
    "issues": (),
}


def _columns(table: str) -> tuple[Column, ...]:
    """As the exports call them, where they have them."""
    named = {column.name: column for column in (*EXPORTED[table], *OWN[table])}
    return tuple(named[name] for name in SPECS[table].columns)


COLUMNS: Mapping[str, Sequence[Column]] = {table: _columns(table) for table in SPECS}
