"""Puts places of an added source among those that are there: the same place is not doubled, the impossible left out."""

from __future__ import annotations

import base64
import sqlite3
from dataclasses import dataclass
from typing import Any

from whoholds.gazetteer import pcodes, tables
from whoholds.gazetteer.default import Spread
from whoholds.gazetteer.ground import Ground, km
from whoholds.gazetteer.names import fold_key, key, slug_of
from whoholds.gazetteer.rows import Fault, Row
from whoholds.model import PlaceType

SAME_KM = 5.0
"""Two lists give the same village up to this far apart; a place of our own table as far again as it says it may be."""
ALIKE_KM = 3.0
"""The same where the spelling is only like."""
MOVED_KM = 50.0
"""A place of GeoNames that a newer dump has this far away has been mixed up in one of them."""
SWAPPED_KM = 25.0
NEVER_KM = 150.0
_TRIED = 20
"""Aliases of a row by which its place is looked for."""
_LONG_FOLD = 4
_MAX_OWN = 200_000
_SETTLED = (PlaceType.SETTLEMENT, PlaceType.PART)
_DIVISION_WORDS = frozenset(
    ("province", "governorate", "oblast", "state", "region", "wilaya", "muhafazat", "district", "county")
)


@dataclass(frozen=True, slots=True)
class _There:
    """A place of the gazetteer that has one of a row's names."""

    number: int
    lat: float
    lon: float
    country: str
    place_type: PlaceType
    radius: float
    far: float
    """km from the row."""


class Merger:
    """Takes rows, one by one. What it remembers of earlier ones can be stored and restored."""

    def __init__(self, connection: sqlite3.Connection, source: str) -> None:
        self.connection = connection
        self.source = source
        self.ground = Ground(connection)
        self._seen = bytearray()
        """One bit for each id of GeoNames that this source has had."""
        self._own = tables.next_own(connection)
        self._districts: dict[str, Spread] = {}
        self._seats: dict[str, int] = {}
        """Number of the place of each district (country, admin1, admin2)."""
        self._own_names: frozenset[str] | None = None
        """Keys and folds of the names of places that are not GeoNames'; empty where they are too many to hold."""
        self._codes: dict[tuple[str, str], str | None] = {}

    def state(self) -> dict[str, Any]:
        """All that is remembered, as plain data."""
        return {
            "seen": base64.b64encode(self._seen).decode(),
            "own": self._own,
            "near": self.ground.near,
            "districts": {k: [s.n, s.lat, s.lon, s.lat2, s.lon2] for k, s in self._districts.items()},
            "seats": self._seats,
        }

    def restore(self, state: dict[str, Any]) -> None:
        self._seen = bytearray(base64.b64decode(state["seen"]))
        self._own = state["own"]
        self.ground.near.update(state["near"])
        self._districts = {k: Spread(*row) for k, row in state["districts"].items()}
        self._seats = state["seats"]

    def take(self, row: Row) -> Fault | bool:
        """Writes a row; True where its place was there already, a Fault where it is left out."""
        return self._take_numbered(row) if row.number else self._take_listed(row)

    def finish(self) -> None:
        """Gives districts the extent of their places."""
        for name, number in self._seats.items():
            if (spread := self._districts.get(name)) and spread.n > 3:
                radius = spread.centre()[2]
                self.connection.execute("UPDATE place SET radius = ? WHERE id = ? AND radius IS NULL", (radius, number))

    # ---------------------------------------------------------------------------------------------------- GeoNames
    def _take_numbered(self, row: Row) -> Fault | bool:
        if self._was_seen(row.number):
            return Fault("duplicate", f"has the id {row.number} of an earlier line")
        if fault := self.ground.fault(row.lat, row.lon, row.country):
            return Fault(*fault)
        there = self.connection.execute("SELECT lat, lon FROM place WHERE id = ?", (row.number,)).fetchone()
        if there is not None:
            if km(row.lat, row.lon, *there) > MOVED_KM:
                back = km(row.lon, row.lat, *there) if abs(row.lon) <= 90 else NEVER_KM
                far = f"{row.name} lies {km(row.lat, row.lon, *there):,.0f} km from where it is known to lie"
                return Fault("swapped" if back < SWAPPED_KM else "elsewhere", far)
            number, known = row.number, True
        else:
            same = self._same(row, own_only=True) if self._may_be_own(row) else None
            number, known = (same, True) if same else (row.number, False)
        if row.place_type is PlaceType.PROVINCE and not known:
            number, known = self._division(row)
        self._write(number, row, f"geonames:{row.number}", known)
        if row.place_type is PlaceType.SETTLEMENT and row.district:
            spread = self._districts.setdefault(f"{row.country}.{row.code}.{row.district}", Spread())
            spread.add(row.lat, row.lon)
        elif row.place_type is PlaceType.DISTRICT and row.district:
            self._seats.setdefault(f"{row.country}.{row.code}.{row.district}", number)
        return known

    def _may_be_own(self, row: Row) -> bool:
        """Whether a place that is not GeoNames' may be the row's: most names of a dump need no look-up to tell."""
        if self._own_names is None:
            rows = self.connection.execute(
                f"SELECT key, fold FROM folded WHERE place >= {tables.OWN} LIMIT {_MAX_OWN}"
            ).fetchall()
            self._own_names = frozenset(name for row in rows for name in row) if len(rows) < _MAX_OWN else frozenset()
        if not self._own_names:
            return True
        keys = [key(name) for name in (row.name, *row.aliases[:_TRIED])]
        return any(plain in self._own_names or fold_key(plain) in self._own_names for plain in keys)

    def _was_seen(self, number: int) -> bool:
        at, bit = number >> 3, 1 << (number & 7)
        if at >= len(self._seen):
            self._seen.extend(bytes(max(at + 1, 2 * len(self._seen)) - len(self._seen)))
        was = bool(self._seen[at] & bit)
        self._seen[at] |= bit
        return was

    def _division(self, row: Row) -> tuple[int, bool]:
        """The place of a first-level division: the one there is, whatever its name, else a new one."""
        at = (row.country, row.code)
        found = self.connection.execute("SELECT place FROM division WHERE country = ? AND code = ?", at).fetchone()
        if found and found[0]:
            return int(found[0]), True
        if found:
            self.connection.execute("UPDATE division SET place = ? WHERE country = ? AND code = ?", (row.number, *at))
        elif row.code:
            self.connection.execute(
                "INSERT INTO division VALUES (?,?,?,?,?,?)", (*at, row.lat, row.lon, 50.0, row.number)
            )
        return row.number, False

    # ------------------------------------------------------------------------------------------------ users' lists
    def _take_listed(self, row: Row) -> Fault | bool:
        if row.country and (fault := self.ground.fault(row.lat, row.lon, row.country)):
            return Fault(*fault)
        there = self._there(row)
        if there and min(one.far for one in there) > NEVER_KM and abs(row.lon) <= 90:
            back = min(km(row.lon, row.lat, one.lat, one.lon) for one in there)
            if back < SWAPPED_KM:
                return Fault("swapped", f"{row.name} is known where lat and lon are exchanged, and nowhere near")
        country = row.country or self._country_of(row)
        known = None if row.valid_from or row.valid_to else self._same(row, there, country)
        if known:
            self._write(known, row, "", True)
            return True
        place_id = self._new_id(row)
        if place_id is None:
            return Fault("duplicate", f"is the same as an earlier line: {row.ident or row.name}")
        number, self._own = self._own, self._own + 1
        self._write(number, row, place_id, False, country)
        return False

    def _country_of(self, row: Row) -> str:
        """The country whose division the row names and that is near, else the one whose towns are nearest."""
        near = self.ground.countries(row.lat, row.lon)
        inside = (country for country in near if row.admin and self._code_of(country, row.admin))
        return next(inside, near[0] if near else "")

    def _new_id(self, row: Row) -> str | None:
        """An id for a row of a list, by its own id or its name; None where the same was there before."""
        base = f"{self.source}:{slug_of(row.ident) or slug_of(row.name)}"
        for count in range(1, 1000):
            place_id = base if count == 1 else f"{base}-{count}"
            there = self.connection.execute(
                f"SELECT lat, lon FROM place WHERE place_id = ? AND id >= {tables.OWN}", (place_id,)
            ).fetchone()
            if there is None:
                return place_id
            if row.ident or km(row.lat, row.lon, *there) < 1.0:
                return None
        return None

    def _code_of(self, country: str, admin: str) -> str | None:
        """The admin1 code of a division by its name, with or without the word for what it is."""
        at = (country, admin)
        if at not in self._codes:
            plain = key(admin)
            bare = " ".join(word for word in plain.split() if word not in _DIVISION_WORDS) or plain
            wanted = {plain, bare, f"{bare} province", f"{bare} oblast", f"{bare} governorate"}
            found = self.connection.execute(
                f"SELECT DISTINCT v.code FROM folded f JOIN division v ON v.place = f.place AND v.country = ?"
                f" WHERE f.fold IN ({','.join('?' * len(wanted))})",
                (country, *(fold_key(name) for name in wanted)),
            ).fetchall()
            self._codes[at] = str(found[0][0]) if len(found) == 1 else None
        return self._codes[at]

    # -------------------------------------------------------------------------------------------------------- both
    def _there(self, row: Row, *, own_only: bool = False, alike: bool = False) -> list[_There]:
        """Places of the gazetteer that have a name of the row, or with `alike` one that folds alike."""
        keys = {key(name) for name in (row.name, *row.aliases[:_TRIED])} - {""}
        if alike:
            keys = {folded for folded in map(fold_key, keys) if len(folded) >= _LONG_FOLD}
        table, column = ("folded", "fold") if alike else ("name", "key")
        found = self.connection.execute(
            f"SELECT DISTINCT p.id, p.lat, p.lon, p.country, p.type, p.radius FROM {table} n JOIN place p"
            f" ON p.id = n.place WHERE n.{column} IN ({','.join('?' * len(keys))}) AND n.place >= ?",
            (*sorted(keys), tables.OWN if own_only else 0),
        )
        return [
            _There(number, lat, lon, country, PlaceType(kind), radius or 0.0, km(row.lat, row.lon, lat, lon))
            for number, lat, lon, country, kind, radius in found
        ]

    def _same(
        self, row: Row, there: list[_There] | None = None, country: str = "", *, own_only: bool = False
    ) -> int | None:
        """The number of the place that a row is about, where the gazetteer has it."""
        there = self._there(row, own_only=own_only) if there is None else there
        if fits := self._fits(row, there, country, SAME_KM):
            return fits
        return self._fits(row, self._there(row, own_only=own_only, alike=True), country, ALIKE_KM)

    def _fits(self, row: Row, there: list[_There], country: str, limit: float) -> int | None:
        settled = row.place_type in _SETTLED
        fits = [
            one
            for one in there
            if one.country in ("", row.country or country or one.country)
            and (one.place_type in _SETTLED if settled else one.place_type is row.place_type)
            and one.far <= limit + _reach(one)
        ]
        return min(fits, key=lambda one: (one.far, one.number)).number if fits else None

    def _write(self, number: int, row: Row, place_id: str, known: bool, country: str = "") -> None:
        if not known:
            country = row.country or country
            code = row.code or (self._code_of(country, row.admin) if row.admin and country else None) or ""
            tables.add_place(
                self.connection,
                number,
                place_id,
                row.name,
                row.place_type,
                (row.lat, row.lon),
                country,
                code,
                admin=(row.admin or None) if not code else None,
                population=row.population,
                valid=(row.valid_from, row.valid_to),
            )
        pcodes.add(self.connection, number, row.pcodes)
        tables.gather(self.connection, number, (row.name, *row.aliases), own=0 if known else 1)


def _reach(there: _There) -> float:
    """km by which two lists may further differ on where it lies: a province's point is wherever its maker put it."""
    if there.place_type is PlaceType.PROVINCE:
        return there.radius
    return min(there.radius, 7.0) if there.number >= tables.OWN else 0.0
