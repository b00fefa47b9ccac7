"""Parquet, and GeoParquet 1.1 (points as WKB, OGC:CRS84), in row groups of bounded size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoholds.exports.formats import Format, missing
from whoholds.exports.formats.wkb import point
from whoholds.exports.tables import Row, Table, Type
from whoholds.exports.text import to_json

if TYPE_CHECKING:
    import pyarrow

GROUP = 20_000
"""Rows held in memory at a time."""
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


def _schema(table: Table, *, geometry: bool) -> pyarrow.Schema:
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
    if geometry:
        fields.append(pa.field("geometry", pa.binary()))
    return pa.schema(fields, metadata={"geo": json.dumps(_GEO)} if geometry else None)


def _write(table: Table, path: Path, *, geometry: bool) -> int:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise missing("pyarrow", "tables", "Parquet") from None
    schema, number = _schema(table, geometry=geometry), 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _groups(table.rows):
            columns: dict[str, Any] = {c.name: [_cell(row[c.name], c.type) for row in rows] for c in table.columns}
            if geometry:
                columns["geometry"] = [point(row) for row in rows]
            writer.write_table(pa.table(columns, schema=schema))
            number += len(rows)
        writer.add_key_value_metadata({"whoholds": to_json(table.about())})
    return number


def _groups(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while group := list(islice(rows, GROUP)):
        yield group


def _cell(value: Any, kind: Type) -> Any:
    from datetime import date

    return date.fromisoformat(value) if kind is Type.DAY and value else value


PARQUET = Format("parquet", ".parquet", lambda t, p: _write(t, p, geometry=False), own_about=True)
GEOPARQUET = Format("geoparquet", ".geoparquet", lambda t, p: _write(t, p, geometry=True), points=True, own_about=True)
