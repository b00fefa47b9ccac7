"""Where countries lie, as the towns that are known already outline them: what a user's file says is held against it."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

EARTH_RADIUS_KM = 6371.0
MARGIN = 1.5
"""Degrees by which a country may reach beyond its outermost towns."""
BAND = 1.5
"""Degrees of latitude around a point in which its nearest town is looked for first."""
HOME_KM = 15.0
"""A town of the list's own country this near says that a place is in it, though a foreign town is nearer."""


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance, good to half a percent: enough for comparing candidates."""
    first, second = math.radians(lat1), math.radians(lat2)
    half = (
        math.sin((second - first) / 2) ** 2
        + math.cos(first) * math.cos(second) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


@dataclass(slots=True)
class _Box:
    south: float
    west: float
    north: float
    east: float

    def holds(self, lat: float, lon: float) -> bool:
        return self.south <= lat <= self.north and self.west <= lon <= self.east


@dataclass
class Ground:
    """Questions about the lie of the land, answered from the places of an open gazetteer."""

    connection: sqlite3.Connection
    near: Counter[str] = field(default_factory=Counter)
    """How often each country was the nearest: most of them is where a list is about."""

    @cached_property
    def _boxes(self) -> dict[str, _Box]:
        found = self.connection.execute(
            "SELECT country, min(lat), min(lon), max(lat), max(lon) FROM place"
            " WHERE type = 'settlement' AND country <> '' GROUP BY country"
        )
        return {
            country: _Box(south - MARGIN, west - MARGIN, north + MARGIN, east + MARGIN)
            for country, south, west, north, east in found
        }

    def fault(self, lat: float, lon: float, country: str) -> tuple[str, str] | None:
        """Code and message where a place cannot be in the country that is given for it; None where it may be."""
        box = self._boxes.get(country)
        if box is None or box.holds(lat, lon):
            return None
        if box.holds(lon, lat):
            return "swapped", f"{lat:g}, {lon:g} is not in {country}, but with lat and lon exchanged it is"
        return "elsewhere", f"{lat:g}, {lon:g} is not in {country}"

    def countries(self, lat: float, lon: float) -> list[str]:
        """Countries (alpha-3) with a town within some 150 km, the nearest first; empty where there is none.

        A town of the country that most of the earlier points are in goes before one that is a little nearer.
        """
        reach = self._nearest(lat, lon)
        ranked = sorted(reach, key=lambda code: (reach[code], code))
        if ranked:
            self.near[ranked[0]] += 1
            home = min(self.near, key=lambda code: (-self.near[code], code))
            if reach.get(home, math.inf) <= max(HOME_KM, 2 * reach[ranked[0]]):
                ranked.sort(key=lambda code: code != home)
        return ranked

    @cached_property
    def _towns(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.int_], list[str]]:
        """Latitudes, longitudes and countries of towns, in order of latitude."""
        import numpy as np

        found: list[Any] = self.connection.execute(
            "SELECT lat, lon, country FROM place WHERE type = 'settlement' AND population > 0 AND country <> ''"
            " ORDER BY lat, id LIMIT 500000"
        ).fetchall()
        names = sorted({country for _, _, country in found})
        numbers = {country: number for number, country in enumerate(names)}
        points = np.array([(lat, lon) for lat, lon, _ in found], dtype=float).reshape(-1, 2)
        return points[:, 0], points[:, 1], np.array([numbers[row[2]] for row in found], dtype=np.int_), names

    def _nearest(self, lat: float, lon: float) -> dict[str, float]:
        """The km to the nearest town of each country around a point."""
        import numpy as np

        lats, lons, countries, names = self._towns
        low, high = np.searchsorted(lats, [lat - BAND, lat + BAND])
        width = math.cos(math.radians(lat))
        turn = np.abs((lons[low:high] - lon + 180.0) % 360.0 - 180.0) * width
        chosen = np.flatnonzero(turn <= BAND)
        far = np.hypot(lats[low:high][chosen] - lat, turn[chosen]) * math.radians(EARTH_RADIUS_KM)
        found: dict[str, float] = {}
        for number in np.argsort(far, kind="stable"):
            found.setdefault(names[int(countries[low:high][chosen[number]])], float(far[number]))
        return found
