"""Looks one name up in the compiled file: by its spelling, by what transliterations leave of it, by nearly that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from whoholds.gazetteer.names import fold_key
from whoholds.model import PlaceType

Rows = Callable[[str, tuple[Any, ...]], list[tuple[Any, ...]]]
"""Answers a query with its values."""

_SHORT = 5
"""Letters of the shortest fold that is compared with others."""
_VOWELS = "aiu"
"""All that folding leaves."""
TIERS = {"exact": 0, "alias": 1, "folded": 2, "fuzzy": 3}
"""Kinds of match, the best first."""
MANY = 200
"""Places of one name that are looked at, in each way of matching; with all the world's villages thousands have one.
Those in wanted countries are looked at beside them."""
COLUMNS = (
    "p.place_id, p.name, p.type, p.lat, p.lon, p.country, coalesce(p.admin, d.name), p.population, p.radius, p.code,"
    " p.valid_from, p.valid_to"
)
FROM = (
    " JOIN place p ON p.id = n.place LEFT JOIN division v ON v.country = p.country AND v.code = p.code"
    " LEFT JOIN place d ON d.id = v.place"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean."""

    place_id: str
    """"geonames:98717", "supplement:kubaysa", "country:IRQ", "province:IRQ-anbar"; of a user's list "NAME:kubaysa"."""
    name: str
    place_type: PlaceType
    lat: float
    lon: float
    country: str
    """ISO 3166 alpha-3; empty where GeoNames gives none."""
    admin: str | None
    """Name of the first-level division, where known."""
    population: int
    """0 where unknown; for countries, the country's."""
    match: str
    """exact: the gazetteer's own name; alias: another of its names; folded: alike but for transliteration; fuzzy."""
    radius_km: float | None = None
    """For areas: how far from the point the place reaches, roughly."""
    code: str = ""
    """GeoNames admin1 code, where known."""
    likeness: float = 1.0
    """How like the spellings are, letter by letter, 0 to 1; 1 unless `match` is folded or fuzzy."""
    valid_from: str | None = None
    valid_to: str | None = None
    """First and last ISO date (or year, or month) on which the place has this name and position; from users' lists."""

    @property
    def is_named_so(self) -> bool:
        """Whether the name is one of the place's own, and not only spelt like one."""
        return self.match in ("exact", "alias")


def find(rows: Rows, plain: str, fuzzy: bool, countries: frozenset[str] = frozenset()) -> tuple[Candidate, ...]:
    """Places of a name, or with `fuzzy` of nearly this name; in `countries` alone where any are given."""
    found: dict[str, Candidate] = {}
    if fuzzy:
        _collect(rows, found, "fuzzy", plain, _near(rows, fold_key(plain)), countries)
    else:
        inside, values = _inside(countries)
        query = (
            f"SELECT {COLUMNS}, n.alias FROM name n{FROM} WHERE n.key = ?{inside}"
            f" ORDER BY n.alias, p.population DESC, p.id LIMIT {MANY}"
        )
        for row in rows(query, (plain, *values)):
            found.setdefault(row[0], candidate_of(row[:-1], "alias" if row[-1] else "exact"))
        _collect(rows, found, "folded", plain, [fold_key(plain)], countries)
    return tuple(sorted(found.values(), key=lambda c: (TIERS[c.match], -c.population, c.place_id)))


def _collect(
    rows: Rows, found: dict[str, Candidate], match: str, plain: str, folds: Iterable[str], countries: frozenset[str]
) -> None:
    """Adds places by folds of their names, those that are most alike in spelling where they are too many."""
    inside, values = _inside(countries)
    for folded in folds:
        best: dict[int, float] = {}
        likeness: dict[str, float] = {}
        join = " JOIN place p ON p.id = n.place" if inside else ""
        for number, other in rows(
            f"SELECT n.place, n.key FROM folded n{join} WHERE n.fold = ?{inside}", (folded, *values)
        ):
            if other not in likeness:
                likeness[other] = likeness_of(plain, other)
            best[number] = max(best.get(number, 0.0), likeness[other])
        if not best:
            continue
        numbers = sorted(best, key=lambda number: (-best[number], number))[:MANY]
        marks = ",".join("?" * len(numbers))
        for row in rows(
            f"SELECT {COLUMNS}, n.place FROM (SELECT id AS place FROM place WHERE id IN ({marks})) n{FROM}",
            tuple(numbers),
        ):
            before = found.get(row[0])
            if before is None or (before.match == match and before.likeness < best[row[-1]]):
                found[row[0]] = candidate_of(row[:-1], match, best[row[-1]])


def _near(rows: Rows, folded: str) -> list[str]:
    """Folds that differ in one letter (two of ten) after the first three, or in one vowel of these three."""
    if len(folded) < _SHORT or not folded.isascii():
        return []
    other = [one for one in _vowels_changed(folded) if rows("SELECT 1 FROM folded WHERE fold = ? LIMIT 1", (one,))]
    if len(folded) == _SHORT:
        return other
    start = folded[:3]
    allowed = 1 if len(folded) < 10 else 2
    found = rows(
        "SELECT DISTINCT fold FROM folded WHERE fold >= ? AND fold < ? AND length(fold) BETWEEN ? AND ?",
        (start, start + "\uffff", len(folded) - allowed, len(folded) + allowed),
    )
    choices = [row[0] for row in found if row[0] != folded]
    hits = process.extract(folded, choices, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=20)
    return [str(hit[0]) for hit in sorted(hits, key=lambda hit: (hit[1], hit[0]))] + other


def _vowels_changed(folded: str) -> list[str]:
    """With another vowel at the start: Arabic leaves it to the writer ("Takrit", "Tikrit"; "Ejdabia", "Ajdabiya")."""
    return [
        folded[:at] + vowel + folded[at + 1 :]
        for at in range(3)
        if folded[at] in _VOWELS
        for vowel in _VOWELS
        if vowel != folded[at]
    ]


def _inside(countries: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """A condition for places of these countries, and its values; empty for all countries."""
    return (
        (f" AND p.country IN ({','.join('?' * len(countries))})", tuple(sorted(countries))) if countries else ("", ())
    )


def likeness_of(first: str, second: str) -> float:
    """Of two keys without their spaces: 1 less their edit distance over the longer one's length."""
    return round(Levenshtein.normalized_similarity(first.replace(" ", ""), second.replace(" ", "")), 3)


def candidate_of(row: tuple[Any, ...], match: str, likeness: float = 1.0) -> Candidate:
    place_id, name, kind, lat, lon, country, admin, population, radius, code, *valid = row
    return Candidate(
        place_id, name, PlaceType(kind), lat, lon, country, admin, population, match, radius, code, likeness, *valid
    )
