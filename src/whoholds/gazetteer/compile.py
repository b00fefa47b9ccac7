"""Compiles the gazetteer's sources into one SQLite file, atomically: nothing of a killed compile is ever read.

The file is written under another name in the same folder and renamed when it is whole. A lock keeps processes that
start together from each doing the work; the lock goes with the process that held it.
"""

from __future__ import annotations

import contextlib
import math
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pycountry

from whoholds.errors import GazetteerError
from whoholds.gazetteer import sources
from whoholds.gazetteer.countries import country_names
from whoholds.gazetteer.names import fold_key, key
from whoholds.model import PlaceType

try:
    import fcntl
except ImportError:  # not POSIX: two processes may then compile at once, each into its own file
    fcntl = None  # type: ignore[assignment]

Progress = Callable[[float, str], None]

KM_PER_DEGREE = 111.2
"""Of latitude, on a sphere of the earth's mean radius."""

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
  id INTEGER PRIMARY KEY, place_id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, lat REAL NOT NULL,
  lon REAL NOT NULL, country TEXT NOT NULL, code TEXT NOT NULL, admin TEXT, population INTEGER NOT NULL, radius REAL);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, alias INTEGER NOT NULL,
  PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE folded (fold TEXT NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL,
  PRIMARY KEY (fold, place, key)) WITHOUT ROWID;
CREATE TABLE division (country TEXT NOT NULL, code TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  radius REAL NOT NULL, place INTEGER, PRIMARY KEY (country, code)) WITHOUT ROWID;
CREATE TEMP TABLE raw_name (key TEXT, place INTEGER, alias INTEGER, fold TEXT);
"""


@dataclass(slots=True)
class _Spread:
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

    def merge(self, other: _Spread) -> None:
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


def compile_to(target: Path, fingerprint: str, progress: Progress | None = None) -> None:
    """Writes the gazetteer to `target`, unless another process has just done so.

    Raises OSError where the folder cannot be written, GazetteerError where a source is missing or damaged.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _lock(target.with_name(target.name + ".lock")):
        if stored_fingerprint(target) == fingerprint:
            return
        if fcntl is not None:  # under the lock, what an earlier compile left is nobody's
            for left in target.parent.glob(target.name + ".*.part"):
                left.unlink(missing_ok=True)
        part = target.with_name(f"{target.name}.{os.getpid()}.part")
        try:
            _write(part, fingerprint, progress or (lambda _share, _what: None))
            part.replace(target)
        except sqlite3.Error as error:
            # A full disk comes as sqlite3.OperationalError.
            raise GazetteerError(f"the gazetteer cannot be written to {target.parent}: {error}") from error
        finally:
            for rest in (part, part.with_name(part.name + "-journal")):
                rest.unlink(missing_ok=True)


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    if fcntl is None:
        yield
        return
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def stored_fingerprint(path: Path) -> str | None:
    """The fingerprint of the compiled file at `path`; None where there is none, or it is damaged or cut short."""
    if not path.is_file():
        return None
    try:
        with contextlib.closing(connect(path)) as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            size = connection.execute("PRAGMA page_size").fetchone()[0]
            if pages * size != path.stat().st_size:
                return None
            row = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
            return str(row[0]) if row else None
    except (sqlite3.Error, OSError):
        return None


def connect(path: Path) -> sqlite3.Connection:
    """Opens a compiled file for reading. It never changes once it has its name, so SQLite need not lock it."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)


def _write(part: Path, fingerprint: str, progress: Progress) -> None:
    part.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as connection:
        # No journal is needed: a file that is not finished is thrown away.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;")
        connection.executescript(_TABLES)
        connection.execute("BEGIN")
        _Compiler(connection, progress).run()
        connection.execute("INSERT INTO meta VALUES ('fingerprint', ?)", (fingerprint,))
        connection.execute("COMMIT")
        connection.execute("ANALYZE main")
        progress(1.0, "places ready")


class _Compiler:
    def __init__(self, connection: sqlite3.Connection, progress: Progress) -> None:
        self.connection = connection
        self.progress = progress
        self.next_id = 1
        self.divisions: dict[tuple[str, str], _Spread] = {}
        self.spreads: dict[str, _Spread] = {}
        self.largest: dict[tuple[str, str], int] = {}

    def run(self) -> None:
        extra = sources.extra_names()
        for city in sources.cities(lambda share: self.progress(share * 0.75, "reading places")):
            division = (city.country, city.admin_code)
            self.divisions.setdefault(division, _Spread()).add(city.lat, city.lon)
            self.largest[division] = max(self.largest.get(division, 0), city.population)
            self.spreads.setdefault(city.country, _Spread()).add(city.lat, city.lon)
            place_id = f"geonames:{city.geoname_id}"
            names = (city.name, *city.aliases, *extra.get(place_id, ()))
            settlement = PlaceType.SETTLEMENT
            self.add(
                place_id, names, settlement, city.lat, city.lon, city.country, city.admin_code, None, city.population
            )
        for row in sources.supplement():
            slug, names = slug_of(row.name), (row.name, *row.aliases)
            place_id = f"supplement:{slug}"
            self.add(
                place_id, names, row.place_type, row.lat, row.lon, row.country, "", row.admin or None, 0, row.radius_km
            )
        self._countries()
        self.progress(0.75, "sorting names")
        self.connection.execute(
            "INSERT INTO name SELECT key, place, min(alias) FROM raw_name GROUP BY key, place ORDER BY key, place"
        )
        self.progress(0.9, "sorting names")
        self.connection.execute(
            "INSERT INTO folded SELECT DISTINCT fold, place, key FROM raw_name WHERE fold <> '' ORDER BY 1, 2, 3"
        )
        self.connection.execute("DELETE FROM raw_name")
        self.progress(0.97, "provinces")
        self._provinces()
        self.connection.execute("INSERT OR IGNORE INTO name SELECT key, place, alias FROM raw_name")
        self.connection.execute("INSERT OR IGNORE INTO folded SELECT fold, place, key FROM raw_name WHERE fold <> ''")
        self.connection.execute("DROP TABLE raw_name")

    def add(
        self,
        place_id: str,
        names: Iterable[str],
        place_type: PlaceType,
        lat: float,
        lon: float,
        country: str,
        code: str,
        admin: str | None,
        population: int,
        radius: float | None = None,
    ) -> int:
        number, self.next_id = self.next_id, self.next_id + 1
        name, *_ = names = list(names)
        row = (number, place_id, name, place_type.value, lat, lon, country, code, admin, population, radius)
        self.connection.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
        keys = {key(name): 0}
        for alias in names[1:]:
            keys.setdefault(key(alias), 1)
        keys.pop("", None)
        rows = [(k, number, alias, fold_key(k)) for k, alias in keys.items()]
        self.connection.executemany("INSERT INTO raw_name VALUES (?,?,?,?)", rows)
        return number

    def _countries(self) -> None:
        facts = {str(row["iso3"]): row for row in sources.countries().values()}
        for code, usual, others in country_names():
            spread = self.spreads.get(code)
            if spread is None:
                continue
            lat, lon, _ = spread.centre()
            row = facts.get(code, {})
            # The radius of a circle of the country's area.
            radius = round(math.sqrt(max(1.0, float(row.get("areakm2") or 1.0)) / math.pi), 1)
            names = (usual, *others)
            population = int(row.get("population") or 0)
            self.add(f"country:{code}", names, PlaceType.COUNTRY, lat, lon, code, "", None, population, radius)

    def _provinces(self) -> None:
        for (country, code), spread in self.divisions.items():
            if code:
                lat, lon, radius = spread.centre()
                self.connection.execute(
                    "INSERT INTO division VALUES (?,?,?,?,?,NULL)", (country, code, lat, lon, radius)
                )
        ours = sources.provinces()
        claimed = {(row.country, row.codes[0]) for row in ours if len(row.codes) == 1}
        for province in [*ours, *self._derived(claimed)]:
            spread = _Spread()
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
            number = self.add(
                place_id, names, kind, lat, lon, province.country, "", None, 0, province.radius_km or radius
            )
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


def slug_of(name: str) -> str:
    """The name as part of an id: "Staraya Russa" is "staraya-russa"."""
    return key(name).replace(" ", "-")
