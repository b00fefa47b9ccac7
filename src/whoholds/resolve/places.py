"""From the names of places in a report to places with coordinates, chosen together and with the reason in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whoholds.gazetteer import Candidate, Gazetteer, fold, key
from whoholds.gazetteer.wordlike import is_wordlike
from whoholds.model import Place, PlaceType, Relation
from whoholds.resolve.choose import StatedDistance, choose
from whoholds.resolve.compose import composed, of_candidate, unresolved
from whoholds.resolve.described import Described, parse_described
from whoholds.resolve.settle import Choice
from whoholds.resolve.typed import Typed, parse_typed
from whoholds.resolve.units import Unit, infer_countries, is_region

__all__ = ["PlaceQuery", "StatedDistance", "resolve_places"]

_DEPTH = 3
"""Descriptions inside descriptions ("villages near the road from A to B") are read this deep."""
_INFERRED = 0.8
"""Weight of what the names themselves say of the countries, beside what the caller says."""
_WIDE = (PlaceType.COUNTRY, PlaceType.PROVINCE)


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """A name as the report has it, with what the report says of it."""

    name: str
    """May be a description ("50 km north of Haditha") or carry its kind ("Anbar province", "Mosul airport")."""
    type_hint: PlaceType | None = None
    countries: tuple[str, ...] = ()
    """Alpha-3 codes that the words beside the name give ("the Iraqi town of …")."""
    parent: str | None = None
    """The name of what it lies in, where the report says it ("… in Anbar province")."""
    beside: frozenset[str] = frozenset()
    """Alpha-3 codes of countries that are named in the same sentences, or right before."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a name is read: as it stands (`unit`), or by its parts."""

    name: str
    unit: Unit | None = None
    described: Described | None = None
    typed: Typed | None = None
    parts: tuple[Plan, ...] = ()

    def units(self) -> list[Unit]:
        own = [self.unit] if self.unit else []
        return own + [unit for part in self.parts for unit in part.units()]

    def beside(self, names: Mapping[str, frozenset[str]], countries: frozenset[str] = frozenset()) -> Plan:
        """The same with the countries that are named beside each name, or beside the whole."""
        unit, parts = self.unit, tuple(part.beside(names, countries) for part in self.parts)
        if unit is not None and unit.beside != (near := names.get(unit.name, countries)):
            unit = dataclasses.replace(unit, beside=near)
        if unit is self.unit and parts == self.parts:
            return self
        return dataclasses.replace(self, unit=unit, parts=parts)


def resolve_places(
    queries: Sequence[PlaceQuery],
    gazetteer: Gazetteer,
    *,
    countries: Mapping[str, float] | None = None,
    stated_distances: Sequence[StatedDistance] = (),
) -> list[Place]:
    """One place for each query, in order: the joint choice that fits the report best.

    `countries` are the countries that the report names or implies (alpha-3), with weights of any scale. A name
    without a place that fits comes back with the basis "unresolved", or "parent" with the point of what it lies in.
    Pure: the same queries, whatever their order, give the same places.
    """
    known = _Countries(gazetteer, queries, countries or {}).weights
    plans = [
        _plan(_clean(query), query.type_hint, query.countries, gazetteer, known).beside({}, query.beside)
        for query in queries
    ]
    parents = [_parent_plan(query, gazetteer, known) for query in queries]
    named_beside: dict[str, frozenset[str]] = {}
    for plan in (*plans, *(parent for parent in parents if parent)):
        for unit in plan.units():
            named_beside[unit.name] = named_beside.get(unit.name, frozenset()) | unit.beside
    plans = [plan.beside(named_beside) for plan in plans]
    parents = [parent.beside(named_beside) if parent else None for parent in parents]
    first = choose([u for plan in parents if plan for u in plan.units()], gazetteer, known)
    held = [_wide(plan, first) for plan in parents]
    inside = {u: parent for plan, parent in zip(plans, held, strict=True) if parent for u in plan.units()}
    units = [unit for plan in (*plans, *(plan for plan in parents if plan)) for unit in plan.units()]
    chosen = choose(units, gazetteer, known, stated_distances, inside)
    places = []
    for query, plan, parent in zip(queries, plans, parents, strict=True):
        place = _build(plan, chosen, gazetteer)
        if place.lat is None and parent is not None:
            place = _in_parent(place, _build(parent, chosen, gazetteer))
        if query.type_hint is PlaceType.PART and place.place_type is PlaceType.SETTLEMENT:
            place = dataclasses.replace(place, place_type=PlaceType.PART)
        places.append(dataclasses.replace(place, name=query.name))
    return places


class _Countries:
    """The countries that a report is about: what the caller says, joined by what the names point to."""

    def __init__(self, gazetteer: Gazetteer, queries: Sequence[PlaceQuery], given: Mapping[str, float]) -> None:
        units = []
        for query in queries:
            for name in (_clean(query), _parent_of(query)):
                plan = _plan(name, None, (), gazetteer, {}) if name else None
                units += plan.units() if plan else []
        named = {country: 1.0 for query in queries for country in query.countries}
        distinct = sorted(set(units), key=lambda unit: unit.name)
        # One name alone does not say which of its places it means.
        alone = len({key(unit.name) for unit in distinct}) < 2 and not any(gazetteer.country(u.name) for u in distinct)
        wars = gazetteer.war_countries
        # Where the report names no country at war, a single name in one is more likely meant than not.
        trusted = () if any(code in wars for code in (*given, *named)) else wars
        inferred = {} if alone else infer_countries(distinct, gazetteer, trusted)
        top = max(given.values(), default=0.0)
        self.weights = {code: weight / top for code, weight in given.items() if top > 0 and weight > 0}
        for country, weight in (*named.items(), *((c, _INFERRED * w) for c, w in inferred.items())):
            if not given or weight >= _INFERRED * 0.3:
                self.weights[country] = max(self.weights.get(country, 0.0), weight)


def _clean(query: PlaceQuery) -> str:
    return " ".join(query.name.split()).partition(", ")[0].strip(" ,.;:")


def _parent_of(query: PlaceQuery) -> str:
    if query.parent:
        return query.parent
    return " ".join(query.name.split()).partition(", ")[2]


def _parent_plan(query: PlaceQuery, gazetteer: Gazetteer, known: Mapping[str, float]) -> Plan | None:
    name = _parent_of(query)
    return _plan(name, None, query.countries, gazetteer, known) if name else None


def _wide(plan: Plan | None, chosen: Mapping[Unit, Choice]) -> Candidate | None:
    """The candidate that a parent's name stands for, if it is an area or a town."""
    units = plan.units() if plan else []
    return chosen[units[0]].candidate if len(units) == 1 and units[0] in chosen else None


def _plan(
    name: str,
    hint: PlaceType | None,
    countries: tuple[str, ...],
    gazetteer: Gazetteer,
    known: Mapping[str, float],
    depth: int = _DEPTH,
) -> Plan:
    """Reads the name whole where the gazetteer has it so, else by its description or its head word."""
    described, typed = parse_described(name), parse_typed(name)
    whole = Plan(name, Unit(name, hint, countries))
    if (
        depth == 0
        or not (described or typed)
        or _has(name, hint or (typed.place_type if typed else None), countries, gazetteer, known)
    ):
        return whole if depth or not (described or typed) else Plan(name)
    if described and not (typed and described.kind == "within" and typed.place_type is not PlaceType.PROVINCE):
        parts = tuple(_plan(a, None, countries, gazetteer, known, depth - 1) for a in described.anchors)
        return Plan(name, described=described, parts=parts)
    if typed is None:
        return whole
    return Plan(name, typed=typed, parts=_typed_parts(typed, countries, gazetteer, known, depth))


def _typed_parts(
    typed: Typed, countries: tuple[str, ...], gazetteer: Gazetteer, known: Mapping[str, float], depth: int
) -> tuple[Plan, ...]:
    if not typed.bare or typed.place_type is PlaceType.RIVER:
        return ()
    if typed.second:
        return tuple(_plan(n, None, countries, gazetteer, known, depth - 1) for n in (typed.bare, typed.second))
    bare = typed.bare
    hint: PlaceType | None = None
    if typed.place_type in (PlaceType.PROVINCE, PlaceType.DISTRICT, PlaceType.SETTLEMENT):
        hint = typed.place_type
    elif typed.place_type is PlaceType.FACILITY:
        # "Aleppo artillery college" starts with a town, "Kuweires military" does not.
        words = bare.split()
        starts = (" ".join(words[:n]) for n in range(len(words), 0, -1))
        fits = (s for s in starts if not is_wordlike(s) and _has(s, None, countries, gazetteer, known))
        bare = next(fits, bare)
    return (_plan(bare, hint, countries, gazetteer, known, depth - 1),)


def _has(
    name: str, hint: PlaceType | None, countries: tuple[str, ...], gazetteer: Gazetteer, known: Mapping[str, float]
) -> bool:
    """Whether the gazetteer has this very name, in a country of the report where that is known."""
    wanted = {*countries, *known}
    for candidate in gazetteer.candidates(name, countries=wanted, fuzzy=False):
        if candidate.is_named_so and (not wanted or candidate.country in wanted or is_region(candidate)):
            return hint not in _WIDE or candidate.place_type is not PlaceType.SETTLEMENT
    return False


def _build(plan: Plan, chosen: Mapping[Unit, Choice], gazetteer: Gazetteer) -> Place:
    if plan.unit is not None:
        choice = chosen[plan.unit]
        if choice.candidate is None:
            return unresolved(plan.name, plan.unit.hint or PlaceType.SETTLEMENT, choice.reason)
        return of_candidate(plan.name, choice.candidate, choice.reason, plan.unit.hint, gazetteer)
    parts = tuple(_build(part, chosen, gazetteer) for part in plan.parts)
    return composed(plan.name, plan.described, plan.typed, parts)


def _in_parent(place: Place, parent: Place) -> Place:
    if parent.lat is None:
        return place
    return dataclasses.replace(
        place,
        place_id=f"name:{fold(place.name)}",
        lat=parent.lat,
        lon=parent.lon,
        radius_km=parent.radius_km or 20.0,
        country=parent.country,
        basis="parent",
        relation=place.relation or Relation(parent.name),
        reason=f"not found; placed at {parent.name}, which it lies in",
    )
