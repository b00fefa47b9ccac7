"""GeoPackage and FlatGeobuf, by GDAL (`pyogrio`)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from whoholds.exports.formats import Format, missing
from whoholds.exports.formats.wkb import point
from whoholds.exports.tables import Row, Table, Type, joined
from whoholds.exports.text import clean

GROUP = 20_000
MOMENT = "2000-01-01T00:00:00.000Z"
"""A GeoPackage holds the moment it was made; the same rows shall give the same file."""


def _write(table: Table, path: Path, driver: str) -> int:
    import numpy as np

    try:
        import pyogrio
    except ImportError:
        raise missing("pyogrio", "geo", driver) from None
    number = 0
    # FlatGeobuf has its index before its rows: it cannot be added to, and takes no row without a point.
    groups = _groups(table.rows) if driver == "GPKG" else iter([[row for row in table.rows if point(row)]])
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": MOMENT})
    for rows in groups:
        pyogrio.raw.write(
            str(path),
            np.array([point(row) for row in rows], dtype=object),
            [_field(rows, c.name, c.type) for c in table.columns],
            np.array([c.name for c in table.columns], dtype=object),
            field_mask=None,
            layer=table.name,
            driver=driver,
            geometry_type="Point",
            crs="OGC:CRS84" if driver == "FlatGeobuf" else "EPSG:4326",
            append=number > 0,
        )
        number += len(rows)
    return number


def _groups(rows: Iterator[Row]) -> Iterator[list[Row]]:
    first = True
    while (group := list(islice(rows, GROUP))) or first:
        yield group
        first = False


def _field(rows: list[Row], name: str, kind: Type) -> Any:
    import numpy as np

    values = [joined(row[name]) for row in rows]
    if kind is Type.NUMBER:
        return np.array([np.nan if v is None else v for v in values], dtype="float64")
    if kind is Type.DAY:
        return np.array([np.datetime64("NaT") if v is None else np.datetime64(str(v)) for v in values], "datetime64[D]")
    if kind is Type.BOOLEAN:
        return np.array([bool(v) for v in values], dtype="bool")
    if kind is Type.INTEGER:
        return np.array([np.nan if v is None else v for v in values], dtype="float64")
    return np.array([None if v is None else clean(str(v)) for v in values], dtype=object)


GEOPACKAGE = Format("gpkg", ".gpkg", lambda t, p: _write(t, p, "GPKG"), points=True)
FLATGEOBUF = Format("flatgeobuf", ".fgb", lambda t, p: _write(t, p, "FlatGeobuf"), points=True)
