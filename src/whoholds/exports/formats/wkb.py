"""Points as well-known binary (OGC 06-103r4, 8.2), which Parquet and GDAL take."""

from __future__ import annotations

import struct

from whoholds.exports.tables import Row


def point(row: Row) -> bytes | None:
    """The row's point, little-endian; None where it has none."""
    lat, lon = row["lat"], row["lon"]
    if not isinstance(lat, float) or not isinstance(lon, float):
        return None
    return struct.pack("<BIdd", 1, 1, lon, lat)
