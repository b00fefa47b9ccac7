"""The names of a report as units of one choice, and the countries that they point to by themselves."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from whoholds.gazetteer import Candidate, Gazetteer, key
from whoholds.gazetteer.sources import countries
from whoholds.model import PlaceType

LIMIT = 40
"""Candidates looked at for one name, those in the report's countries first."""
UNLISTED = 3_000
"""Inhabitants assumed where none are given: half of GeoNames' small places, and all of our supplement."""
EARTH_RADIUS_KM = 6371.0
AREAS = (PlaceType.PROVINCE, PlaceType.DISTRICT, PlaceType.AREA)
MATCH = {"exact": 0.0, "alias": -0.3, "folded": -1.0, "fuzzy": -2.4}
"""What each kind of match costs, in the units of the score."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One name to be settled; equal units are one decision ("one sense per report")."""

    name: str
    hint: PlaceType | None = None
    countries: tuple[str, ...] = ()
    """Countries that the name's own words give."""
    beside: frozenset[str] = frozenset()
    """Countries named in the sentences that name the place, or right before."""


@cache
def capitals() -> frozenset[tuple[str, str]]:
    """The capitals of the world's countries: (`key` of the name, alpha-3 code), as GeoNames lists them."""
    return frozenset((key(str(row["capital"])), str(row["iso3"])) for row in countries().values())


def is_name(text: str) -> bool:
    """Whether a text has a word that can be a name: in Latin and Cyrillic a name has a capital or a figure.

    "the border" and "central prison" name nothing, "al-Qaim", "T4" and names in Arabic script do.
    """
    return any(ch.isupper() or ch.isdigit() or (ch.isalpha() and ch == ch.upper() == ch.lower()) for ch in text)


def inhabitants(candidate: Candidate) -> int:
    """The place's inhabitants, or UNLISTED where the gazetteer gives none."""
    return candidate.population or UNLISTED


def infer_countries(units: Sequence[Unit], gazetteer: Gazetteer, trusted: Collection[str] = ()) -> dict[str, float]:
    """Countries that the names themselves point to, as weights with the greatest 1; empty where they say nothing.

    Each name has one vote, shared among the countries where it is found by the prominence of the place there.
    A country's own name counts twice. A country that only one name speaks for, and not by its own name, is left out
    unless it is `trusted` (that name would vouch for itself), and so is one with less than a seventh of the votes of
    the first.
    """
    supporters: defaultdict[str, int] = defaultdict(int)
    votes: defaultdict[str, float] = defaultdict(float)
    for unit in units:
        if not is_name(unit.name):
            continue
        best: dict[str, float] = {}
        candidates = gazetteer.candidates(unit.name, LIMIT, fuzzy=False)
        if any(is_region(c) and c.match == "exact" for c in candidates):
            continue  # a continent or a sea
        if {PlaceType.COUNTRY, PlaceType.PROVINCE} <= {c.place_type for c in candidates if c.match == "exact"}:
            continue  # Georgia speaks for neither
        for candidate in candidates:
            if candidate.match == "folded":
                continue  # a likeness proposes a place, it is no evidence of a country
            if candidate.place_type is PlaceType.COUNTRY:
                votes[candidate.country] += 1.0
                supporters[candidate.country] += 1
            weight = math.exp(MATCH[candidate.match]) * math.log10(10 + inhabitants(candidate))
            best[candidate.country] = max(best.get(candidate.country, 0.0), weight**2)
        total = sum(best.values())
        for country, weight in best.items():
            votes[country] += weight / total
            supporters[country] += 1
    top = max(votes.values(), default=0.0)
    agreed = {
        country: vote
        for country, vote in sorted(votes.items())
        if country and (supporters[country] > 1 or country in trusted)
    }
    return {country: vote / top for country, vote in agreed.items() if vote * 7 >= top}


def is_region(candidate: Candidate) -> bool:
    """Whether a place is a part of the world that is no one country's: a continent, a sea."""
    return candidate.place_type is PlaceType.AREA and not candidate.country


def is_point(candidate: Candidate) -> bool:
    """Whether a place can stand beside others: no country and no part of the world."""
    return candidate.place_type is not PlaceType.COUNTRY and not is_region(candidate)


def km_between(first: Candidate, second: Candidate) -> float:
    """Great-circle distance, good to half a percent: enough for comparing candidates."""
    lat1, lat2 = math.radians(first.lat), math.radians(second.lat)
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(second.lon - first.lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))
