"""Chooses among places of one name, for all names of a report at once.

A hand-set additive score: how the spelling matches, how many live there, the type the report gives, the countries it is
about, distances it states, and how near the other places of the report are. Names whose best place does not fit
the report are left open (`settle`). The weights are set by hand; eval/places.py and eval/toponyms.py measure them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whoholds.gazetteer import Candidate, Gazetteer, key
from whoholds.model import PlaceType
from whoholds.resolve.geodesy import bearing_between
from whoholds.resolve.settle import LARGE, Choice, settle
from whoholds.resolve.units import (
    AREAS,
    EARTH_RADIUS_KM,
    LIMIT,
    MATCH,
    Unit,
    capitals,
    inhabitants,
    is_name,
    is_point,
    is_region,
    km_between,
)

NEAR_KM = 150.0
"""Scale on which closeness to the report's other places fades."""
TERRITORIES = {
    "FLK": "GBR", "GIB": "GBR", "GRL": "DNK", "GUF": "FRA", "MYT": "FRA", "NCL": "FRA", "PRI": "USA", "PYF": "FRA",
    "REU": "FRA", "SGS": "GBR",
}  # fmt: skip
"""Lands overseas with a code of their own (ISO 3166), and the state that reports name for them."""
OVERSEAS = 0.8
"""Weight of such a land for each mention of its state."""
CLOSE, INSIDE = 2.0, 0.8
"""What it is worth to lie beside the report's other places, and in a province that it names."""
BARE = 2.0
"""What it costs an area that its name alone is that of a town in it."""
ASKEW = 50.0
"""So many degrees at most a place may lie off the direction that a report states."""
MISSPELT = 3.0
"""What another spelling costs where a country that the report names or points to has a place of the very name."""
_ROUNDS = 4
BLOCK = 2_000_000
"""Distances worked out at a time: 16 MB of them."""
COUNTRY_NAME, REGION_NAME, PROVINCE_NAME = 6.5, 5.0, 3.2
"""What a name is worth that is a country's, a part of the world's or a province's: a town of a million is worth 2.7."""


@dataclass(frozen=True, slots=True)
class StatedDistance:
    """A distance that the report states: `name` lies `km` from `anchor`, in the direction `bearing` if known."""

    name: str
    anchor: str
    km: float
    bearing: float | None = None


def choose(
    units: Sequence[Unit],
    gazetteer: Gazetteer,
    countries: Mapping[str, float],
    stated: Sequence[StatedDistance] = (),
    parents: Mapping[Unit, Candidate] | None = None,
) -> dict[Unit, Choice]:
    """One choice for each unit. `countries` are weights of any scale (alpha-3); `parents` hold a unit's place.

    Pure and independent of the order of `units`.
    """
    ordered = sorted(set(units), key=lambda u: (u.name, u.hint or "", u.countries, sorted(u.beside)))
    top = max(countries.values(), default=0.0)
    weights = {country: weight / top for country, weight in countries.items() if top > 0 and weight > 0}
    for territory, state in TERRITORIES.items():
        if state in weights:
            weights[territory] = max(weights.get(territory, 0.0), OVERSEAS * weights[state])
    lists = [_candidates(unit, gazetteer, weights) for unit in ordered]
    flat = [candidate for row in lists for candidate in row]
    if not flat:
        return {unit: Choice(None, "no place of this name is known") for unit in ordered}
    starts = np.cumsum([0, *(len(row) for row in lists)])
    unary = np.array(
        [
            _unary(candidate, unit, row, weights, gazetteer, (parents or {}).get(unit))
            for unit, row in zip(ordered, lists, strict=True)
            for candidate in row
        ]
    )
    points = _vectors(flat)
    names: dict[str, int] = {}
    owner = [names.setdefault(key(unit.name), len(names)) for unit in ordered]
    owners = np.repeat(np.array(owner, dtype=np.int_), np.diff(starts))
    reach = np.array([c.radius_km or 0.0 if c.place_type in AREAS else 0.0 for c in flat])
    picked = [_best(unary, starts, number) for number in range(len(ordered))]
    gap = np.full(len(flat), np.inf)
    for _ in range(_ROUNDS):
        gap = _gaps(points, owners, picked, flat)
        stated_scores = _stated_scores(ordered, lists, picked, flat, starts, stated)
        beyond = np.maximum(gap - reach, 0.0)
        held = {(flat[at].country, flat[at].name) for at in picked if at is not None and flat[at].place_type in AREAS}
        inside = np.array([(c.country, c.admin) in held for c in flat], dtype=np.float64)
        scores = unary + CLOSE * np.exp(-beyond / NEAR_KM) - 1.0 * (np.isfinite(gap) & (beyond > 1000.0))
        scores += INSIDE * inside + stated_scores
        again = [_best(scores, starts, number) for number in range(len(ordered))]
        if again == picked:
            break
        picked = again
    supported = _supported(ordered, picked, flat, weights)
    gap = _gaps(points, owners, supported, flat)
    neighbours = len({flat[at].place_id for at in supported if at is not None and is_point(flat[at])})
    return {
        unit: settle(
            unit,
            _ranked(row, scores[int(starts[number]) : int(starts[number + 1])]),
            None if at is None else flat[at],
            math.inf if at is None else float(gap[at]),
            weights,
            neighbours,
        )
        for number, (unit, row, at) in enumerate(zip(ordered, lists, picked, strict=True))
    }


def _ranked(row: Sequence[Candidate], scores: npt.NDArray[np.float64]) -> list[Candidate]:
    """The candidates of one name, best first."""
    return [row[i] for i in np.argsort(-np.round(scores, 6), kind="stable")]


def _candidates(unit: Unit, gazetteer: Gazetteer, weights: Mapping[str, float]) -> list[Candidate]:
    if not is_name(unit.name):
        return []
    wanted = {*unit.countries, *weights}
    return gazetteer.candidates(unit.name, LIMIT, countries=wanted, fuzzy=bool(wanted))


def _unary(
    candidate: Candidate,
    unit: Unit,
    row: Sequence[Candidate],
    weights: Mapping[str, float],
    gazetteer: Gazetteer,
    parent: Candidate | None,
) -> float:
    score = MATCH[candidate.match] - 2.0 * (1.0 - candidate.likeness)
    if not candidate.is_named_so and any(c.match == "exact" and c.country in weights for c in row):
        score -= MISSPELT
    kind = candidate.place_type
    if kind is PlaceType.COUNTRY:
        score += COUNTRY_NAME if candidate.is_named_so else 2.5
    elif is_region(candidate):
        score += REGION_NAME
    elif kind is PlaceType.PROVINCE:
        score += PROVINCE_NAME
    else:
        score += 0.45 * math.log10(inhabitants(candidate)) + _renown(candidate, row)
        # Our supplement lists places because wars were fought there.
        score += 0.6 if candidate.place_id.startswith("supplement:") else 0.0
    score += _type_fit(unit.hint, kind) - BARE * _is_rivalled(candidate, unit, row)
    if unit.countries:
        score += 4.0 if candidate.country in unit.countries else -2.0
    score += 4.0 * weights.get(candidate.country, 0.0) + 1.0 * (candidate.country in unit.beside)
    if not weights and not unit.countries and candidate.country in gazetteer.war_countries:
        score += 0.7  # reports that say nothing else are still reports of armed conflict
    if parent is not None:
        # "Avdiivka" in "the Avdiivka plant" is the very place that the plant lies in.
        inside = candidate.country == parent.country
        near = inside and km_between(candidate, parent) <= 1.5 * (parent.radius_km or 50.0)
        near |= candidate.place_id == parent.place_id
        score += 2.0 * inside + 2.0 * near + 1.0 * (inside and candidate.admin == parent.name)
    return score


def _renown(candidate: Candidate, row: Sequence[Candidate]) -> float:
    """What a city's fame adds: Rome is seldom the one in Georgia, even in a report about Georgia.

    Less where another place of the name is a city too: Tripoli in Libya, beside Tripoli in Lebanon.
    """
    if not candidate.is_named_so or candidate.population < 200_000:
        return 0.0
    if (key(candidate.name), candidate.country) in capitals():
        rivals = (c.population for c in row if c.is_named_so and c.place_id != candidate.place_id)
        return 5.0 if all(people < LARGE for people in rivals) else 3.2
    return 3.0 * min(1.0, math.log10(candidate.population / 200_000)) if candidate.population > 500_000 else 0.0


def _type_fit(hint: PlaceType | None, kind: PlaceType) -> float:
    if hint is None:
        return 0.0
    if hint is kind:
        return 2.0
    if kind is PlaceType.COUNTRY:
        return -6.0  # "the town of Lebanon"
    return -1.0 if kind is PlaceType.SETTLEMENT else -2.0


def _is_rivalled(candidate: Candidate, unit: Unit, row: Sequence[Candidate]) -> bool:
    """Whether a bare name means the town in an area and not the area, which is called after it (claims.md, rule 13).

    "Idlib" is the town in Idlib province; "California" is no town in Maryland.
    """
    if unit.hint is not None or candidate.place_type not in AREAS or is_region(candidate):
        return False
    if candidate.place_type is not PlaceType.PROVINCE:
        return True
    return any(
        rival.place_type is PlaceType.SETTLEMENT
        and rival.is_named_so
        and rival.country == candidate.country
        and rival.admin in (None, candidate.name)
        for rival in row
    )


def _best(scores: npt.NDArray[np.float64], starts: npt.NDArray[np.int_], number: int) -> int | None:
    low, high = int(starts[number]), int(starts[number + 1])
    return None if low == high else low + int(np.argmax(np.round(scores[low:high], 6)))


def _gaps(
    points: npt.NDArray[np.float64],
    owners: npt.NDArray[np.int_],
    picked: Sequence[int | None],
    flat: Sequence[Candidate],
) -> npt.NDArray[np.float64]:
    """For each candidate the mean distance in km to the two nearest places chosen for other names; inf without any.

    `points` are unit vectors; `owners` number the names: those of one number are no neighbours. Nor are countries:
    their centres say nothing of where in them the report is.
    The same place under two names ("Kobani", "Ayn al-Arab") is no second witness. In blocks: a book of 5 MB names
    thousands of places with ten times as many candidates.
    """
    chosen = np.array(
        [at for at in picked if at is not None and is_point(flat[at])],
        dtype=np.int_,
    )
    found = np.full(len(points), np.inf)
    if not len(chosen):
        return found
    numbers: dict[str, int] = {}
    places = np.array([numbers.setdefault(candidate.place_id, len(numbers)) for candidate in flat])
    block = max(1, BLOCK // len(chosen))
    for low in range(0, len(points), block):
        rows = slice(low, low + block)
        near = points[rows] @ points[chosen].T
        near[owners[rows, None] == owners[chosen][None, :]] = -np.inf
        near[places[rows, None] == places[chosen][None, :]] = -np.inf
        two = -np.partition(-near, 1, axis=1)[:, :2] if len(chosen) > 1 else np.repeat(near, 2, axis=1)
        # From the cosine of the angle to half the chord; to the metre, so that machines agree.
        halves = np.sqrt(np.clip((1.0 - two) / 2.0, 0.0, 1.0))
        km = np.where(np.isneginf(two), np.inf, np.round(2 * EARTH_RADIUS_KM * np.arcsin(halves), 3))
        km = np.where(np.isfinite(km), km, km[:, :1])
        found[rows] = km.mean(axis=1)
    return found


def _vectors(candidates: Sequence[Candidate]) -> npt.NDArray[np.float64]:
    """Points of the unit sphere, one row each."""
    lat, lon = np.radians([(candidate.lat, candidate.lon) for candidate in candidates]).T
    vectors: npt.NDArray[np.float64] = np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), 1)
    return vectors


def _stated_scores(
    ordered: Sequence[Unit],
    lists: Sequence[Sequence[Candidate]],
    picked: Sequence[int | None],
    flat: Sequence[Candidate],
    starts: npt.NDArray[np.int_],
    stated: Sequence[StatedDistance],
) -> npt.NDArray[np.float64]:
    scores = np.zeros(len(flat))
    numbers = {unit.name: number for number, unit in enumerate(ordered)}
    for fact in stated:
        for name, other in ((fact.name, fact.anchor), (fact.anchor, fact.name)):
            number, anchor = numbers.get(name), numbers.get(other)
            at = None if anchor is None else picked[anchor]
            if number is None or at is None:
                continue
            for row, candidate in enumerate(lists[number]):
                # People round distances: within a quarter, or 5 km, it fits.
                wrong = abs(km_between(candidate, flat[at]) - fact.km) / max(5.0, 0.25 * fact.km)
                fits = math.exp(-0.5 * wrong * wrong)
                if fact.bearing is not None:
                    there = (flat[at], candidate) if other == fact.anchor else (candidate, flat[at])
                    turn = abs((_bearing(*there) - fact.bearing + 180.0) % 360.0 - 180.0)
                    fits *= turn <= ASKEW
                scores[int(starts[number]) + row] += 3.0 * fits
    return scores


def _bearing(here: Candidate, there: Candidate) -> float:
    return bearing_between(here.lat, here.lon, there.lat, there.lon)


def _supported(
    ordered: Sequence[Unit], picked: Sequence[int | None], flat: Sequence[Candidate], weights: Mapping[str, float]
) -> list[int | None]:
    """The choices that can stand beside another: those in the report's countries, or all where it names none."""
    return [
        at
        if at is not None and (not weights or flat[at].country in weights or flat[at].country in unit.countries)
        else None
        for unit, at in zip(ordered, picked, strict=True)
    ]
