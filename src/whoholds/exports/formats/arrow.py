"""Tables as Arrow, in groups of bounded size: what Parquet writes, and the library gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from whoholds.exports.formats.wkb import point
from whoholds.exports.tables import Row, Table, Type
from whoholds.exports.text import to_json

if TYPE_CHECKING:
    import pyarrow

GROUP = 20_000
"""Rows held in memory at a time, and in a row group of a file."""
PART = 1_000
"""Rows that become columns at a time: few enough that the processor's caches hold them."""


def schema_of(table: Table, *, geometry: bool = False) -> pyarrow.Schema:
    """Its columns; each says in its metadata what stands in it. `geometry`: with points as WKB at the end."""
    import pyarrow as pa

    types = {
        Type.TEXT: pa.string(),
        Type.INTEGER: pa.int64(),
        Type.NUMBER: pa.float64(),
        Type.BOOLEAN: pa.bool_(),
        Type.DAY: pa.date32(),
        Type.LIST: pa.list_(pa.string()),
    }
    fields = [pa.field(c.name, types[c.type], metadata={"says": c.says}) for c in table.columns]
    return pa.schema([*fields, pa.field("geometry", pa.binary())] if geometry else fields)


class Groups:
    """Rows as they come → tables of `GROUP` rows, each given to `take`. Call `end` after the last row."""

    def __init__(self, table: Table, take: Callable[[pyarrow.Table], object], *, geometry: bool = False) -> None:
        self.schema = schema_of(table, geometry=geometry)
        self.number = 0
        """Rows given to `take`."""
        self._cells, self._take, self._geometry = table.cells, take, geometry
        self._rows: list[Row] = []
        self._parts: list[pyarrow.Table] = []

    def add(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) == PART:
            self._part()

    def end(self) -> None:
        self._part()
        self._group()

    def _part(self) -> None:
        import pyarrow as pa

        some, self._rows = self._rows, []
        if not some:
            return
        columns: list[Any] = [
            # Days are parsed by Arrow, a column at a time.
            pa.array(column, pa.string()).cast(field.type)
            if pa.types.is_date(field.type)
            else pa.array(column, field.type)
            for column, field in zip(zip(*map(self._cells, some), strict=True), self.schema, strict=False)
        ]
        if self._geometry:
            columns.append(pa.array([point(row) for row in some], pa.binary()))
        self._parts.append(pa.Table.from_arrays(columns, schema=self.schema))
        if len(self._parts) == GROUP // PART:
            self._group()

    def _group(self) -> None:
        import pyarrow as pa

        parts, self._parts = self._parts, []
        if parts:
            made = pa.concat_tables(parts).combine_chunks()
            self.number += made.num_rows
            self._take(made)


def whole(table: Table) -> pyarrow.Table:
    """All rows at once. What goes with the table (disclaimer, question, coverage) is in the metadata, as JSON."""
    import pyarrow as pa

    found: list[pyarrow.Table] = []
    groups = Groups(table, found.append)
    for row in table.rows:
        groups.add(row)
    groups.end()
    made = pa.concat_tables([groups.schema.empty_table(), *found])
    return made.replace_schema_metadata({"whoholds": to_json(table.about())})
