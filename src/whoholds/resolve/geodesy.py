"""Points and distances on the WGS 84 ellipsoid (geographiclib), and compass words."""

from __future__ import annotations

import re

from geographiclib.geodesic import Geodesic

_WINDS = (
    "north",
    "north-northeast",
    "northeast",
    "east-northeast",
    "east",
    "east-southeast",
    "southeast",
    "south-southeast",
    "south",
    "south-southwest",
    "southwest",
    "west-southwest",
    "west",
    "west-northwest",
    "northwest",
    "north-northwest",
)
_BEARINGS = {wind.replace("-", ""): 22.5 * number for number, wind in enumerate(_WINDS)}
_ABBREVIATIONS = {
    "".join(part[0] + ("" if len(part) <= 5 else part[5]) for part in wind.split("-")).upper(): 22.5 * number
    for number, wind in enumerate(_WINDS)
}

_POINT = r"(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)"
DIRECTION = rf"(?:{_POINT}(?:[-\s]?{_POINT}(?:[-\s]?{_POINT})?)?(?:ern|wards?)?|[NS](?:[NS]?[EW])?|[EW](?:[NS][EW])?)"
"""A regular expression for a compass direction: "north", "North-eastern", "south west", "NNE"; for `bearing`.

Abbreviations are upper case: compile it without IGNORECASE.
"""


def bearing(words: str) -> float | None:
    """Degrees clockwise from north of a direction in words or capitals; None where it is none.

    "north east", "North-Eastern" and "NE" are 45.
    """
    if words in _ABBREVIATIONS:
        return _ABBREVIATIONS[words]
    plain = re.sub(r"[-\s]+", "", words.lower())
    plain = re.sub(r"(?:ern|wards?)$", "", plain)
    return _BEARINGS.get(plain)


def mean_bearing(first: float, second: float) -> float:
    """The direction between two: 315 for north (0) and west (270). The first where they are opposite."""
    turn = (second - first + 180.0) % 360.0 - 180.0
    return first if abs(turn) >= 180.0 else (first + turn / 2) % 360.0


def offset(lat: float, lon: float, km: float, degrees: float) -> tuple[float, float]:
    """The point `km` away in the direction `degrees` (clockwise from north), rounded to 0.00001 degrees."""
    there = Geodesic.WGS84.Direct(lat, lon, degrees, km * 1000.0)
    return round(float(there["lat2"]), 5), round(float(there["lon2"]), 5)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The length of the geodesic between two points, in km."""
    return float(Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2, Geodesic.DISTANCE)["s12"]) / 1000.0


def bearing_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The direction in which the second point lies from the first, 0 to 360 degrees."""
    return float(Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2, Geodesic.AZIMUTH)["azi1"]) % 360.0


def midpoint(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float, float]:
    """The point half way along the geodesic, and half its length in km."""
    line = Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2)
    half = float(line["s12"]) / 2000.0
    lat, lon = offset(lat1, lon1, half, float(line["azi1"]))
    return lat, lon, half
