"""Roll-ups: of the towns of a province, how many are held by whom. Counts with a denominator, and no shaded areas."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from whoholds.gazetteer import Gazetteer
from whoholds.gazetteer.names import fold
from whoholds.model import PlaceType, Status
from whoholds.views.actors import country_name
from whoholds.views.states import State

Held = tuple[tuple[tuple[str, ...], int], ...]
"""For each holder (empty: vacated) how many places, most first."""


@dataclass(frozen=True, slots=True)
class Rollup:
    """The towns of one first-level division on a day, and its districts."""

    division: str | None
    """None for those together that the gazetteer has no name of."""
    division_id: str | None
    country: str
    """ISO 3166 alpha-3."""
    held: Held
    disputed: int
    """Of those, how many are disputed."""
    known: int
    """Towns with an answer."""
    unknown: int
    """Towns of the gazetteer without one: not asked about, or not known."""
    districts: Held = ()
    """A district is not its centre: what is said of districts is counted apart, and never as towns."""
    districts_known: int = 0
    districts_unknown: int = 0
    """Districts of the gazetteer without an answer. It has few unless the user adds more."""


def rollups(states: Sequence[State]) -> list[Rollup]:
    """One for each division with a town or district among the states, by the names of country and division.

    The denominator is what the gazetteer has: settlements of 500 inhabitants and more, and those of its supplement.
    """
    types = (PlaceType.SETTLEMENT, PlaceType.DISTRICT)
    inside = [s for s in states if s.place.place_type in types and s.place.country and s.place.lat is not None]
    found = []
    with Gazetteer.open() as gazetteer:
        for country in sorted({str(state.place.country) for state in inside}):
            its = [state for state in inside if state.place.country == country]
            towns = _counted(its, PlaceType.SETTLEMENT, gazetteer.towns(country))
            districts = _counted(its, PlaceType.DISTRICT, gazetteer.districts(country))
            divisions = {code: gazetteer.division(country, code) for code in {*towns, *districts}}
            named = {code: division.name for code, division in divisions.items() if division and division.name}
            parts = [([code], divisions[code]) for code in named] + [([c for c in divisions if c not in named], None)]
            for codes, division in parts:
                its_towns, its_districts = _joined(towns, codes), _joined(districts, codes)
                if not (its_towns.states or its_districts.states):
                    continue
                answered, known = its_towns.answered, its_districts.answered
                found.append(
                    Rollup(
                        division.name if division else None,
                        division.place_id if division else None,
                        country,
                        _held(answered),
                        sum(state.spell.disputed for state in answered),
                        len(answered),
                        its_towns.size - len(answered),
                        _held(known),
                        len(known),
                        its_districts.size - len(known),
                    )
                )
    return sorted(
        found, key=lambda one: (fold(country_name(one.country) or ""), one.division is None, one.division or "")
    )


@dataclass(slots=True)
class _Count:
    """The places of one type in one division."""

    size: int = 0
    """By the gazetteer."""
    states: list[State] = field(default_factory=list)

    @property
    def answered(self) -> list[State]:
        return [state for state in self.states if state.spell.status is not Status.UNKNOWN]


def _counted(states: Sequence[State], place_type: PlaceType, codes: Mapping[str, str]) -> Mapping[str, _Count]:
    """By code of division. `codes`: of every place of the type that the gazetteer has, by its id."""
    found: dict[str, _Count] = defaultdict(_Count)
    for code in codes.values():
        if code:
            found[code].size += 1
    for state in states:
        if state.place.place_type is place_type and (code := codes.get(state.spell.place_id, "")):
            found[code].states.append(state)
    return found


def _joined(counts: Mapping[str, _Count], codes: Sequence[str]) -> _Count:
    its = [counts[code] for code in codes]
    return _Count(sum(one.size for one in its), [state for one in its for state in one.states])


def _held(states: Sequence[State]) -> Held:
    counts = Counter(state.spell.holders for state in states)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
