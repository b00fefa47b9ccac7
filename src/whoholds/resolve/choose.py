"""Chooses among places of one name, for all names of a report at once.

A hand-set additive score: how the spelling matches, how many live there, the type the report gives, the countries it is
about, distances it states, and how near the other places of the report are. Names whose best place does not fit
the report are left open. The weights are set by hand on made-up examples, not fitted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whoholds.gazetteer import Candidate, Gazetteer
from whoholds.model import PlaceType
from whoholds.resolve.units import LIMIT, MATCH, Unit, inhabitants, is_name

EARTH_RADIUS_KM = 6371.0
NEAR_KM = 150.0
"""Scale on which closeness to the report's other places fades."""
ALONGSIDE_KM = 250.0
"""A place this near to another of the report fits it even in a country that the report does not name."""
PROMINENT = 500_000
"""Inhabitants from which a place of this very name is believed without support from the report."""
MAIN = 0.3
"""Weight from which a country is one that the report is about, and not one that it mentions."""
TERRITORIES = {
    "FLK": "GBR", "GIB": "GBR", "GRL": "DNK", "GUF": "FRA", "MYT": "FRA", "NCL": "FRA", "PRI": "USA", "PYF": "FRA",
    "REU": "FRA", "SGS": "GBR",
}  # fmt: skip
"""Lands overseas with a code of their own (ISO 3166), and the state that reports name for them."""
OVERSEAS = 0.8
"""Weight of such a land for each mention of its state."""
_ROUNDS = 4
BLOCK = 2_000_000
"""Distances worked out at a time: 16 MB of them."""
_AREAS = (PlaceType.PROVINCE, PlaceType.DISTRICT, PlaceType.AREA)


@dataclass(frozen=True, slots=True)
class StatedDistance:
    """A distance that the report states: `name` lies `km` from `anchor`, in the direction `bearing` if known."""

    name: str
    anchor: str
    km: float
    bearing: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen for a unit, or why none was."""

    candidate: Candidate | None
    reason: str


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
    ordered = sorted(set(units), key=lambda u: (u.name, u.hint or "", u.countries))
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
            _unary(candidate, unit, weights, gazetteer, (parents or {}).get(unit))
            for unit, row in zip(ordered, lists, strict=True)
            for candidate in row
        ]
    )
    points = _vectors(flat)
    picked = [_best(unary, starts, number) for number in range(len(ordered))]
    gap = np.full(len(flat), np.inf)
    for _ in range(_ROUNDS):
        gap = _gaps(points, starts, picked, flat)
        stated_scores = _stated_scores(ordered, lists, picked, flat, starts, stated)
        scores = unary + 2.0 * np.exp(-gap / NEAR_KM) - 1.0 * (np.isfinite(gap) & (gap > 1000.0)) + stated_scores
        again = [_best(scores, starts, number) for number in range(len(ordered))]
        if again == picked:
            break
        picked = again
    gap = _gaps(points, starts, _supported(ordered, picked, flat, weights), flat)
    return {
        unit: _settle(unit, row, None if at is None else flat[at], math.inf if at is None else float(gap[at]), weights)
        for unit, row, at in zip(ordered, lists, picked, strict=True)
    }


def _candidates(unit: Unit, gazetteer: Gazetteer, weights: Mapping[str, float]) -> list[Candidate]:
    if not is_name(unit.name):
        return []
    wanted = {*unit.countries, *weights}
    return gazetteer.candidates(unit.name, LIMIT, countries=wanted, fuzzy=bool(wanted))


def _unary(
    candidate: Candidate, unit: Unit, weights: Mapping[str, float], gazetteer: Gazetteer, parent: Candidate | None
) -> float:
    score = MATCH[candidate.match] - 2.0 * (1.0 - candidate.likeness)
    kind = candidate.place_type
    if kind is PlaceType.COUNTRY:
        score += 2.5
    elif kind is PlaceType.PROVINCE:
        score += 2.0
    else:
        score += 0.45 * math.log10(inhabitants(candidate))
        # Our supplement lists places because wars were fought there.
        score += 0.6 if candidate.place_id.startswith("supplement:") else 0.0
    score += _type_fit(unit.hint, kind)
    if unit.countries:
        score += 4.0 if candidate.country in unit.countries else -2.0
    score += 4.0 * weights.get(candidate.country, 0.0)
    if not weights and not unit.countries and candidate.country in gazetteer.war_countries:
        score += 0.7  # reports that say nothing else are still reports of armed conflict
    if parent is not None:
        inside = candidate.country == parent.country and candidate.place_id != parent.place_id
        near = inside and _km(candidate, parent) <= 1.5 * (parent.radius_km or 50.0)
        score += 2.0 * inside + 2.0 * near + 1.0 * (inside and candidate.admin == parent.name)
    return score


def _type_fit(hint: PlaceType | None, kind: PlaceType) -> float:
    if hint is None:
        # A bare name that is a town's and a province's means the town (claims.md, rule 13).
        return -1.5 if kind in _AREAS else 0.0
    if hint is kind:
        return 2.0
    return -1.0 if kind is PlaceType.SETTLEMENT else -2.0


def _best(scores: npt.NDArray[np.float64], starts: npt.NDArray[np.int_], number: int) -> int | None:
    low, high = int(starts[number]), int(starts[number + 1])
    return None if low == high else low + int(np.argmax(np.round(scores[low:high], 6)))


def _gaps(
    points: npt.NDArray[np.float64],
    starts: npt.NDArray[np.int_],
    picked: Sequence[int | None],
    flat: Sequence[Candidate],
) -> npt.NDArray[np.float64]:
    """For each candidate the mean distance in km to the two nearest places chosen for other names; inf without any.

    `points` are unit vectors. Countries are no neighbours: their centres say nothing of where in them the report is.
    The same place under two names ("Kobani", "Ayn al-Arab") is no second witness. In blocks: a book of 5 MB names
    thousands of places with ten times as many candidates.
    """
    chosen = np.array(
        [at for at in picked if at is not None and flat[at].place_type is not PlaceType.COUNTRY], dtype=np.int_
    )
    found = np.full(len(points), np.inf)
    if not len(chosen):
        return found
    owners = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
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
                wrong = abs(_km(candidate, flat[at]) - fact.km) / max(5.0, 0.25 * fact.km)
                scores[int(starts[number]) + row] += 3.0 * math.exp(-0.5 * wrong * wrong)
    return scores


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


def _settle(
    unit: Unit, row: Sequence[Candidate], best: Candidate | None, gap: float, weights: Mapping[str, float]
) -> Choice:
    if best is None:
        return Choice(None, "no place of this name is known" if is_name(unit.name) else "no name is given")
    home = 1.0 if best.country in unit.countries else weights.get(best.country, 0.0)
    known = bool(weights) or bool(unit.countries)
    near = gap <= ALONGSIDE_KM
    if best.match in ("exact", "alias"):
        fits = not known or near or home >= MAIN or (home > 0 and gap <= 3 * ALONGSIDE_KM) or _stands_alone(best)
    elif best.match == "folded":
        fits = near or (home >= MAIN and (gap == math.inf or gap <= 3 * ALONGSIDE_KM))
    else:
        fits = near and home >= MAIN
    if not fits:
        where = f"the nearest in name is {best.name} ({best.country})"
        return Choice(None, f"no place of this name fits the report: {where}" if known else f"unknown; {where}")
    return Choice(best, _reason(unit, row, best, gap, home > 0))


def _stands_alone(best: Candidate) -> bool:
    """Whether a place is so well known that it is meant wherever the report is."""
    if best.place_type in (PlaceType.COUNTRY, PlaceType.PROVINCE):
        return best.match == "exact" or best.place_type is PlaceType.COUNTRY
    return best.population >= (PROMINENT if best.match == "exact" else 4 * PROMINENT)


def _reason(unit: Unit, row: Sequence[Candidate], best: Candidate, gap: float, at_home: bool) -> str:
    rivals = [candidate for candidate in row if candidate.match in ("exact", "alias")]
    if best.match in ("folded", "fuzzy"):
        parts = [f"{'spelt like' if best.match == 'folded' else 'nearly spelt like'} {best.name}"]
    elif len(rivals) <= 1:
        parts = ["the only place of this name"]
    else:
        parts = [f"one of {len(rivals)}{'+' if len(row) == LIMIT else ''} places of this name"]
    if best.country in unit.countries:
        parts.append(f"in the country given with it ({best.country})")
    elif at_home:
        parts.append(f"in a country the report is about ({best.country})")
    if gap <= ALONGSIDE_KM:
        parts.append(f"{gap:.0f} km from others it names")
    if unit.hint is not None and unit.hint is best.place_type:
        parts.append(f"a {unit.hint.value} as the report says")
    if len(parts) == 1 and len(rivals) > 1:
        parts.append("the most prominent")
    return "; ".join(parts)


def _km(first: Candidate, second: Candidate) -> float:
    """Great-circle distance, good to half a percent: enough for comparing candidates."""
    lat1, lat2 = math.radians(first.lat), math.radians(second.lat)
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(second.lon - first.lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))
