"""The names of a report as units of one choice, and the countries that they point to by themselves."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from whoholds.gazetteer import Candidate, Gazetteer
from whoholds.model import PlaceType

LIMIT = 40
"""Candidates looked at for one name, those in the report's countries first."""
UNLISTED = 3_000
"""Inhabitants assumed where none are given: half of GeoNames' small places, and all of our supplement."""
MATCH = {"exact": 0.0, "alias": -0.3, "folded": -1.0, "fuzzy": -2.4}
"""What each kind of match costs, in the units of the score."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One name to be settled; equal units are one decision ("one sense per report")."""

    name: str
    hint: PlaceType | None = None
    countries: tuple[str, ...] = ()
    """Countries that the name's own words give."""


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
        for candidate in gazetteer.candidates(unit.name, LIMIT, fuzzy=False):
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
