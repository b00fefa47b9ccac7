"""Looks names up in the compiled gazetteer."""

from __future__ import annotations

import re
import sqlite3
import tempfile
import weakref
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from whoholds.cache import cache_folder, temporary_folder
from whoholds.errors import GazetteerError
from whoholds.gazetteer import pcodes, sources
from whoholds.gazetteer.added import Added
from whoholds.gazetteer.compile import Plan, Progress, compile_to, connect, stored_fingerprint
from whoholds.gazetteer.names import fold_key, key
from whoholds.gazetteer.pcodes import Pcodes
from whoholds.gazetteer.search import COLUMNS, FROM, MANY, Candidate, candidate_of, find, likeness_of
from whoholds.gazetteer.tables import OWN
from whoholds.model import PlaceType

if TYPE_CHECKING:
    from whoholds.gazetteer.extend import Tally

FILE = "gazetteer.sqlite"
_BANTU_PREFIX = re.compile(r"^\s*[MN]['’ʼ`](?=[A-Z])")
"""Of people or places, set off by an apostrophe."""
_KNOWN_FOLD = 5
"""Shorter folds say too little for `is_known`: "Beer" and "Bir" fold alike."""
_KNOWN_LIKENESS = 0.75


@dataclass(frozen=True, slots=True)
class Division:
    """A first-level division as its places outline it, whether or not its name is known."""

    name: str | None
    place_id: str | None
    country: str
    code: str
    lat: float
    lon: float
    radius_km: float


class Gazetteer:
    """Read-only, safe to share between threads. Use `open`; close it, or use it as a context manager."""

    def __init__(self, path: Path, plan: Plan, warning: str | None = None) -> None:
        self.path = path
        self.fingerprint = plan.fingerprint
        """Of the sources it was compiled from, those that the user added included."""
        self._plan = plan
        self.warning = warning
        """For people: that the cache folder could not be used; None where all is well."""
        self._connection = connect(path)
        self._finalizer = weakref.finalize(self, self._connection.close)
        self._rebuilt = False
        self._lookup = lru_cache(maxsize=8_000)(partial(find, self._rows))
        self._wars = lru_cache(maxsize=1)(self._find_wars)
        self._divisions = lru_cache(maxsize=5_000)(self._find_division)
        self._known = lru_cache(maxsize=50_000)(self._is_known)
        self._has_pcodes = lru_cache(maxsize=1)(partial(pcodes.has_table, self._rows))

    @classmethod
    def open(
        cls,
        path: Path | None = None,
        progress: Progress | None = None,
        added: Added | None = None,
        commit: Callable[[], None] | None = None,
    ) -> Gazetteer:
        """Opens the compiled gazetteer, and compiles it first where it is missing, old or damaged.

        `path` is the compiled file; the default is in the user's cache folder, or in the folder that the environment
        variable WHOHOLDS_CACHE names. `progress` gets the share done (0 to 1) and what is being done, while compiling.
        `added` are the user's own gazetteers, by default those in the user's data folder; `commit` is called when a
        new compiled file is whole, before it takes the place of the old one.
        Where the folder cannot be written, a folder for temporary files is used and `warning` says so.
        Raises GazetteerError where no place to write is found or a source is missing or refused.
        """
        plan = Plan(sources.fingerprint(), Added.load() if added is None else added)
        fingerprint = plan.fingerprint
        try:
            target = path or cache_folder() / FILE
        except OSError as error:
            raise GazetteerError(f"no folder for the gazetteer ({error}): set WHOHOLDS_CACHE to one") from error
        if stored_fingerprint(target) == fingerprint and commit is None:
            return cls(target, plan)
        try:
            compile_to(target, plan, progress, commit)
            return cls(target, plan)
        except OSError as error:
            if path is not None:
                raise GazetteerError(f"{path.parent} cannot be written ({error}): name another file") from error
            reason = f"{target.parent} cannot be written ({error})"
        try:
            spare = temporary_folder() / FILE
            if stored_fingerprint(spare) != fingerprint or commit is not None:
                compile_to(spare, plan, progress, commit)
        except OSError as error:
            raise GazetteerError(
                f"{reason}, nor can {tempfile.gettempdir()}: set WHOHOLDS_CACHE to a folder"
            ) from error
        warning = f"{reason}: the gazetteer is kept in {spare.parent}; set WHOHOLDS_CACHE to a folder of your own"
        return cls(spare, plan, warning)

    def close(self) -> None:
        self._finalizer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def candidates(
        self, name: str, limit: int = 20, *, countries: Collection[str] = (), fuzzy: bool = False
    ) -> list[Candidate]:
        """Places that `name` may mean, best first: by match, then by population.

        `countries` (alpha-3) puts places of these countries first, so that `limit` does not cut them off. With
        `fuzzy`, matches one letter off (two in long names) are added where nothing else was found, or nothing in
        `countries`. Empty where the name is unknown.
        """
        plain = key(name)
        if not plain:
            return []
        if not self._lookup(plain, False):
            plain = plain.removeprefix("the ")
        found = self._lookup(plain, False)
        if not found and (bare := _BANTU_PREFIX.sub("", name)) != name:
            # "M'Goma" is Goma; but never where the whole name is known, as N'Djamena is.
            likeness = likeness_of(key(bare), plain)
            found = tuple(replace(one, match="folded", likeness=likeness) for one in self._lookup(key(bare), False))
        wanted = frozenset(countries)
        if wanted and len(found) >= MANY:
            seen = {candidate.place_id for candidate in found}
            found = (*found, *(c for c in self._lookup(plain, False, wanted) if c.place_id not in seen))
        if fuzzy and not any(not wanted or candidate.country in wanted for candidate in found):
            near = self._lookup(plain, True)
            seen = {candidate.place_id for candidate in found}
            found = (*found, *(c for c in near if c.place_id not in seen and (not wanted or c.country in wanted)))
        if wanted:
            found = tuple(sorted(found, key=lambda candidate: candidate.country not in wanted))
        return list(found[:limit])

    def is_known(self, name: str) -> bool:
        """Whether the name, in this or a like spelling, is some place's. Cheap: answers are kept."""
        plain = key(name)
        return bool(plain) and self._known(plain)

    def country(self, name: str) -> str | None:
        """The alpha-3 code of a country named by its name or a usual alias: "Syria", "the Congo", "DRC", "Burma"."""
        plain = key(name).removeprefix("the ")
        if plain in ("us", "car") and not name.strip().removeprefix("the ").isupper() and "." not in name:
            return None  # the pronoun and the vehicle
        for candidate in self._lookup(plain, False) if plain else ():
            if candidate.place_type is PlaceType.COUNTRY and candidate.match != "folded":
                return candidate.country
        return None

    def division(self, country: str, code: str) -> Division | None:
        """The first-level division of a country (alpha-3) that GeoNames gives this admin1 code."""
        return self._divisions(country, code)

    def towns(self, country: str) -> dict[str, str]:
        """Every settlement of a country (alpha-3) by its id, with the code of its first-level division or ""."""
        return self._inside(country, PlaceType.SETTLEMENT)

    def districts(self, country: str) -> dict[str, str]:
        """The same of its districts."""
        return self._inside(country, PlaceType.DISTRICT)

    def place(self, place_id: str) -> Candidate | None:
        """The place of an id that `candidates` gave."""
        which, value = _which(place_id)
        rows = self._rows(f"SELECT {COLUMNS} FROM (SELECT id AS place FROM place WHERE {which}) n{FROM}", (value,))
        return candidate_of(rows[0], "exact") if rows else None

    def pcodes(self, place_id: str) -> Pcodes:
        """The P-codes of the place and of the divisions that it lies in, where a list that was added has them."""
        return pcodes.find(self._rows, *_which(place_id, "p.")) if self._has_pcodes() else pcodes.NONE

    @property
    def war_countries(self) -> frozenset[str]:
        """Alpha-3 codes of the countries for which our supplement has places, because wars were fought there."""
        return self._wars()

    def tallies(self) -> list[Tally]:
        """What became of the lines of each gazetteer that the user added."""
        from whoholds.gazetteer.extend import tallies

        return tallies(self._connection)

    def _find_wars(self) -> frozenset[str]:
        query = (
            f"SELECT DISTINCT country FROM place WHERE id >= {OWN}"
            " AND place_id >= 'supplement:' AND place_id < 'supplement;'"
        )
        return frozenset(str(row[0]) for row in self._rows(query, ()))

    def _find_division(self, country: str, code: str) -> Division | None:
        rows = self._rows(
            "SELECT p.name, p.place_id, v.country, v.code, v.lat, v.lon, v.radius FROM division v"
            " LEFT JOIN place p ON p.id = v.place WHERE v.country = ? AND v.code = ?",
            (country, code),
        )
        return Division(*rows[0]) if rows else None

    def _inside(self, country: str, place_type: PlaceType) -> dict[str, str]:
        """Places of one type by id, each with its division's code; of those without, by their division's name."""
        query = "SELECT place_id, code, admin FROM place WHERE country = ? AND type = ?"
        rows = self._rows(query, (country, place_type.value))
        names = {str(admin) for _, code, admin in rows if admin and not code}
        codes = {name: self._code_of(country, name) for name in names}
        return {str(place_id): str(code) or codes.get(admin, "") for place_id, code, admin in rows}

    def _code_of(self, country: str, division: str) -> str:
        """The code of the one division of that name, as written or with "province" after it; else ""."""
        found = self._rows(
            "SELECT DISTINCT v.code FROM name n JOIN division v ON v.place = n.place AND v.country = ?"
            " WHERE n.key IN (?, ?)",
            (country, key(division), key(f"{division} province")),
        )
        return str(found[0][0]) if len(found) == 1 else ""

    def _is_known(self, plain: str) -> bool:
        bare = plain.removeprefix("the ")
        if self._rows("SELECT 1 FROM name WHERE key = ? LIMIT 1", (bare,)):
            return True
        folded = fold_key(bare)
        if len(folded) < _KNOWN_FOLD:
            return False
        rows = self._rows("SELECT DISTINCT key FROM folded WHERE fold = ?", (folded,))
        return any(likeness_of(bare, str(row[0])) >= _KNOWN_LIKENESS for row in rows)

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            if self._rebuilt or "closed" in str(error):
                raise GazetteerError(f"{self.path} cannot be read ({error}): delete it and start again") from error
        # Damaged in a page that opening did not touch: once, it is thrown away and compiled anew.
        self._rebuilt = True
        self._finalizer()
        try:
            self.path.unlink(missing_ok=True)
            compile_to(self.path, self._plan)
        except OSError as error:
            raise GazetteerError(f"{self.path} is damaged and cannot be replaced ({error}): delete it") from error
        self._connection = connect(self.path)
        self._finalizer = weakref.finalize(self, self._connection.close)
        return self._rows(query, values)


def _which(place_id: str, table: str = "") -> tuple[str, str]:
    """The condition, with its one value, that a place of this id meets."""
    number = place_id.removeprefix("geonames:")
    if number != place_id and number.isascii() and number.isdecimal() and len(number) < 18:
        return f"{table}id = ?", number
    return f"{table}place_id = ? AND {table}id >= {OWN}", place_id
