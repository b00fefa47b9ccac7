"""Roll-ups: of the towns of a province, how many are held by whom. Counts with a denominator, and no shaded areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from whoholds.gazetteer import Gazetteer
from whoholds.model import PlaceType, Status
from whoholds.views.states import State


@dataclass(frozen=True, slots=True)
class Rollup:
    """The towns of one first-level division on a day."""

    division: str
    division_id: str | None
    country: str
    """ISO 3166 alpha-3."""
    held: tuple[tuple[tuple[str, ...], int], ...]
    """For each holder (empty: vacated) how many towns, most first."""
    disputed: int
    """Of those, how many are disputed."""
    known: int
    """Towns with an answer."""
    unknown: int
    """Towns of the gazetteer without one: not asked about, or not known."""


def rollups(states: Sequence[State]) -> list[Rollup]:
    """One for each division with a town among the states, by country and name.

    The denominator is what the gazetteer has: settlements of 500 inhabitants and more, and those of its supplement.
    """
    towns = [s for s in states if s.place.place_type is PlaceType.SETTLEMENT and s.place.country and s.place.lat]
    found = []
    with Gazetteer.open() as gazetteer:
        for country in sorted({str(state.place.country) for state in towns}):
            codes = gazetteer.towns(country)
            sizes = Counter(codes.values())
            by_code: dict[str, list[State]] = {}
            for state in towns:
                if state.place.country == country and codes.get(state.spell.place_id):
                    by_code.setdefault(codes[state.spell.place_id], []).append(state)
            for code, its in by_code.items():
                division = gazetteer.division(country, code)
                answered = [state for state in its if state.spell.status is not Status.UNKNOWN]
                counts = Counter(state.spell.holders for state in answered)
                found.append(
                    Rollup(
                        (division.name if division else None) or code,
                        division.place_id if division else None,
                        country,
                        tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
                        sum(state.spell.disputed for state in answered),
                        len(answered),
                        max(sizes[code], len(its)) - len(answered),
                    )
                )
    return sorted(found, key=lambda rollup: (rollup.country, rollup.division))
