"""Tables as Arrow, in groups of bounded size: what Parquet writes, and the library gives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from whoholds.exports.formats.wkb import point
from whoholds.exports.tables import Table, Type
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


def groups(table: Table, schema: pyarrow.Schema, *, geometry: bool = False) -> Iterator[pyarrow.Table]:
    """The rows, some thousands at a time."""
    import pyarrow as pa

    parts = _parts(table, schema, geometry=geometry)
    while some := list(islice(parts, GROUP // PART)):
        yield pa.concat_tables(some).combine_chunks()


def _parts(table: Table, schema: pyarrow.Schema, *, geometry: bool) -> Iterator[pyarrow.Table]:
    import pyarrow as pa

    cells, rows = table.cells, iter(table.rows)
    while some := list(islice(rows, PART)):
        columns: list[Any] = [
            # Days are parsed by Arrow, a column at a time.
            pa.array(column, pa.string()).cast(field.type)
            if pa.types.is_date(field.type)
            else pa.array(column, field.type)
            for column, field in zip(zip(*map(cells, some), strict=True), schema, strict=False)
        ]
        if geometry:
            columns.append(pa.array([point(row) for row in some], pa.binary()))
        yield pa.Table.from_arrays(columns, schema=schema)


def whole(table: Table) -> pyarrow.Table:
    """All rows at once. What goes with the table (disclaimer, question, coverage) is in the metadata, as JSON."""
    import pyarrow as pa

    schema = schema_of(table)
    made = pa.concat_tables([schema.empty_table(), *groups(table, schema)])
    return made.replace_schema_metadata({"whoholds": to_json(table.about())})
