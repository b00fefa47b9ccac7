"""GeoJSON (RFC 7946): a feature for every row; those that were not found have no geometry."""

from __future__ import annotations

from pathlib import Path

from whoholds.exports.formats import Format
from whoholds.exports.tables import Table
from whoholds.exports.text import to_json


def _write(table: Table, path: Path) -> int:
    number = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for row in table.rows:
            lat, lon = row["lat"], row["lon"]
            geometry = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
            rest = {c.name: row[c.name] for c in table.columns if c.name not in ("lat", "lon")}
            feature = {"type": "Feature", "geometry": geometry, "properties": rest}
            file.write(f"{',' if number else ''}\n{to_json(feature)}")
            number += 1
        file.write(f'\n], "about": {to_json(table.about())}}}\n')
    return number


FORMAT = Format("geojson", ".geojson", _write, points=True, own_about=True)
