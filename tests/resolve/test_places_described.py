"""Areas described from a place, and names that carry their kind."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.model import PlaceType
from whoholds.resolve.described import Described, parse_described
from whoholds.resolve.geodesy import bearing, bearing_between, distance_km, mean_bearing, midpoint, offset
from whoholds.resolve.typed import parse_typed

OFFSETS = [
    ("areas east of Tikrit", "Tikrit", None, 90.0),
    ("the area to the south-east of Sirte", "Sirte", None, 135.0),
    ("35 km NW of Lashkar Gah", "Lashkar Gah", 35.0, 315.0),
    ("35 kms north west of Lashkar Gah", "Lashkar Gah", 35.0, 315.0),
    ("a base 12 kilometres south of Goma", "Goma", 12.0, 180.0),
    ("20-30 km north of Gao", "Gao", 25.0, 0.0),
    ("ten miles west of Mosul", "Mosul", 16.093, 270.0),
    ("1,500 metres from Tikrit", "Tikrit", 1.5, None),
    ("villages to the north and west of Kunduz", "Kunduz", None, 315.0),
    ("hills just north-eastern of Bria", "Bria", None, 45.0),
    ("few kilometres south of Bor", "Bor", None, 180.0),
    ("a village 12 km away from Palma", "Palma", 12.0, None),
]


@pytest.mark.parametrize(("name", "anchor", "km", "degrees"), OFFSETS, ids=[row[0] for row in OFFSETS])
def test_offsets(name: str, anchor: str, km: float | None, degrees: float | None) -> None:
    assert parse_described(name) == Described((anchor,), "offset", km, degrees)


@pytest.mark.parametrize(
    ("name", "kind", "anchors", "degrees"),
    [
        ("villages near Sabha", "near", ("Sabha",), None),
        ("around Taiz", "near", ("Taiz",), None),
        ("countryside of Homs", "countryside", ("Homs",), None),
        ("Homs countryside", "countryside", ("Homs",), None),
        ("southern countryside of Homs", "countryside", ("Homs",), 180.0),
        ("Homs northern countryside", "countryside", ("Homs",), 0.0),
        ("the outskirts of Taiz", "outskirts", ("Taiz",), None),
        ("north-western outskirts of Taiz", "outskirts", ("Taiz",), 315.0),
        ("between Zintan and Gharyan", "between", ("Zintan", "Gharyan"), None),
        ("villages between the town of Wau and Raga", "between", ("town of Wau", "Raga"), None),
        ("Svatove–Kreminna line", "between", ("Svatove", "Kreminna"), None),
        ("eastern Homs", "within", ("Homs",), 90.0),
        ("the east of Homs", "within", ("Homs",), 90.0),
        ("Mali's north", "within", ("Mali",), 0.0),
        ("Tikrit area", "near", ("Tikrit",), None),
    ],
)
def test_other_descriptions(name: str, kind: str, anchors: tuple[str, ...], degrees: float | None) -> None:
    assert parse_described(name) == Described(anchors, kind, None, degrees)


@pytest.mark.parametrize(
    "name", ["Homs", "Deir ez-Zor", "Near", "the Nile", "", "Westmoreland", "9999 km north of Gao"]
)
def test_plain_names_and_nonsense_are_no_descriptions(name: str) -> None:
    assert parse_described(name) is None


@pytest.mark.parametrize(
    ("name", "kind", "bare"),
    [
        ("Helmand province", PlaceType.PROVINCE, "Helmand"),
        ("the province of Helmand", PlaceType.PROVINCE, "Helmand"),
        ("Sumy Oblast", PlaceType.PROVINCE, "Sumy"),
        ("Sangin district", PlaceType.DISTRICT, "Sangin"),
        ("city of Homs", PlaceType.SETTLEMENT, "Homs"),
        ("Kidal airport", PlaceType.FACILITY, "Kidal"),
        ("Zawiya oil refinery", PlaceType.FACILITY, "Zawiya"),
        ("army post in Gwoza", PlaceType.AREA, "Gwoza"),
        ("barracks in Gwoza", PlaceType.FACILITY, "Gwoza"),
        ("Inhul River", PlaceType.RIVER, "Inhul"),
        ("the Euphrates", PlaceType.RIVER, "the Euphrates"),
        ("Mount Elbrus", PlaceType.AREA, "Elbrus"),
        ("M20", PlaceType.ROAD, ""),
        ("border with Chad", PlaceType.BORDER, "Chad"),
    ],
)
def test_kinds_in_names(name: str, kind: PlaceType, bare: str) -> None:
    typed = parse_typed(name)
    assert typed is not None
    assert (typed.place_type, typed.bare) == (kind, bare)


def test_a_road_between_two_places_has_both() -> None:
    for name in ("Gao-Kidal road", "the road between Gao and Kidal", "road linking Gao with Kidal"):
        typed = parse_typed(name)
        assert typed is not None
        assert (typed.place_type, typed.bare, typed.second) == (PlaceType.ROAD, "Gao", "Kidal")
    assert parse_typed("Gao") is None


def test_sixteen_winds_and_their_spellings() -> None:
    assert [bearing(w) for w in ("N", "north east", "North-Eastern", "NE", "eastward", "SSW")] == [
        0,
        45,
        45,
        45,
        90,
        202.5,
    ]
    assert bearing("northish") is None
    assert bearing("ne") is None
    assert mean_bearing(0, 270) == 315
    assert mean_bearing(350, 10) == 0


@settings(deadline=None)
@given(
    lat=st.floats(-60, 60),
    lon=st.floats(-179, 179),
    km=st.floats(1, 500),
    degrees=st.floats(0, 359),
)
def test_an_offset_lies_as_far_and_in_the_direction_said(lat: float, lon: float, km: float, degrees: float) -> None:
    there = offset(lat, lon, km, degrees)
    assert distance_km(lat, lon, *there) == pytest.approx(km, rel=0.001, abs=0.01)
    turn = (bearing_between(lat, lon, *there) - degrees + 180) % 360 - 180
    assert abs(turn) < 0.2


def test_midpoint_is_as_far_from_both() -> None:
    lat, lon, half = midpoint(33.0, 40.0, 35.0, 44.0)
    assert distance_km(33.0, 40.0, lat, lon) == pytest.approx(half, rel=0.001)
    assert distance_km(35.0, 44.0, lat, lon) == pytest.approx(half, rel=0.001)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_left(text: str) -> None:
    described = parse_described(text)
    assert described is None or described.km is None or 0 <= described.km <= 2000
    parse_typed(text)


@pytest.mark.parametrize(
    "text",
    [
        "a " * 5000,
        "near " * 2000,
        "north of " * 2000,
        "between x and " * 1000,
        "-" * 9000,
        "A'" * 5000,
        "of the " * 999,
    ],
)
def test_hostile_text_costs_no_time(text: str) -> None:
    start = time.process_time()
    parse_described(text)
    parse_typed(text)
    assert time.process_time() - start < 0.5
