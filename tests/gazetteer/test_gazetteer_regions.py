"""The world's regions and the points of countries: complete, in range, and in their countries."""

from __future__ import annotations

import pytest

from whoholds.errors import GazetteerError
from whoholds.gazetteer import sources
from whoholds.gazetteer.names import key
from whoholds.model import PlaceType


def test_regions_are_in_range_and_named_once() -> None:
    rows = sources.regions()
    assert len(rows) >= 150
    assert all(-90 <= row.lat <= 90 and -180 <= row.lon <= 180 and row.radius_km > 0 for row in rows)
    names = [(row.country, key(row.name)) for row in rows]
    assert len(names) == len(set(names))
    assert {row.place_type for row in rows} == {PlaceType.AREA, PlaceType.PROVINCE}
    assert all(row.country for row in rows if row.place_type is PlaceType.PROVINCE)


def test_adjectives_of_regions_are_one_region_s() -> None:
    words = [word.casefold() for row in sources.regions() for word in row.adjectives]
    assert len(words) == len(set(words))


def test_each_country_s_point_lies_among_its_towns() -> None:
    bounds: dict[str, list[float]] = {}
    for city in sources.cities(lambda _share: None):
        box = bounds.setdefault(city.country, [90.0, 180.0, -90.0, -180.0])
        box[:] = min(box[0], city.lat), min(box[1], city.lon), max(box[2], city.lat), max(box[3], city.lon)
    points = sources.country_points()
    assert len(points) >= 200
    outside = []
    for code, (lat, lon) in points.items():
        south, west, north, east = bounds[code]
        # Of the Falkland Islands one town is known, which outlines nothing.
        more = 1.0 if north > south else 2.0
        if not (south - more <= lat <= north + more and west - more <= lon <= east + more):
            outside.append(code)
    assert outside == []


def test_a_bad_line_is_named() -> None:
    with pytest.raises(GazetteerError, match="line 2"):
        sources.regions("name,lat,lon,radius_km,type,country,aliases,adjectives\nAtlantis,x,0,1,area,,,\n")
    with pytest.raises(GazetteerError, match="line 2"):
        sources.country_points("country,lat,lon\nIRQ,thirty,44\n")
