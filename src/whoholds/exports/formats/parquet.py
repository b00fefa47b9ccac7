"""Parquet, and GeoParquet 1.1 (points as WKB, OGC:CRS84), in row groups of bounded size."""

from __future__ import annotations

import json
from pathlib import Path

from whoholds.exports.formats import Format, arrow, missing
from whoholds.exports.tables import Table
from whoholds.exports.text import to_json

_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


def _write(table: Table, path: Path, *, geometry: bool) -> int:
    try:
        from pyarrow import parquet
    except ImportError:
        raise missing("pyarrow", "tables", "Parquet") from None
    schema, number = arrow.schema_of(table, geometry=geometry), 0
    if geometry:
        schema = schema.with_metadata({"geo": json.dumps(_GEO)})
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in arrow.groups(table, schema, geometry=geometry):
            writer.write_table(group)
            number += group.num_rows
        writer.add_key_value_metadata({"whoholds": to_json(table.about())})
    return number


PARQUET = Format("parquet", ".parquet", lambda t, p: _write(t, p, geometry=False), own_about=True)
GEOPARQUET = Format("geoparquet", ".geoparquet", lambda t, p: _write(t, p, geometry=True), points=True, own_about=True)
