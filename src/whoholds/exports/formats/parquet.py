"""Parquet, and GeoParquet 1.1 (points as WKB, OGC:CRS84), in row groups of bounded size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoholds.exports.formats import Format, arrow, missing
from whoholds.exports.tables import Table
from whoholds.exports.text import to_json

_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


@contextmanager
def growing(table: Table, path: Path, *, geometry: bool = False) -> Iterator[arrow.Groups]:
    """A file to which rows are added as they come (`Groups.add`), whole at the end of the block."""
    try:
        from pyarrow import parquet
    except ImportError:
        raise missing("pyarrow", "tables", "Parquet") from None
    schema = arrow.schema_of(table, geometry=geometry)
    if geometry:
        schema = schema.with_metadata({"geo": json.dumps(_GEO)})
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        groups = arrow.Groups(table, writer.write_table, geometry=geometry)
        yield groups
        groups.end()
        writer.add_key_value_metadata({"whoholds": to_json(table.about())})


def _write(table: Table, path: Path, *, geometry: bool) -> int:
    with growing(table, path, geometry=geometry) as groups:
        for row in table.rows:
            groups.add(row)
    return groups.number


PARQUET = Format("parquet", ".parquet", lambda t, p: _write(t, p, geometry=False), own_about=True)
GEOPARQUET = Format("geoparquet", ".geoparquet", lambda t, p: _write(t, p, geometry=True), points=True, own_about=True)
