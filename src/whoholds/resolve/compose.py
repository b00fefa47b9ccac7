"""Builds places out of chosen candidates: areas beside a town, districts around it, facilities named after it.

The distances and radii assumed where a report gives none are ours, in km; `Place.reason` says when one was assumed.
"""

from __future__ import annotations

from dataclasses import replace

from whoholds.gazetteer import Candidate, Gazetteer, fold, key
from whoholds.model import Place, PlaceType, Relation
from whoholds.resolve.described import Described
from whoholds.resolve.geodesy import midpoint, offset
from whoholds.resolve.typed import Typed

ASSUMED_KM = {"offset": 10.0, "countryside": 15.0, "outskirts": 4.0}
"""How far off an area lies that is described by a direction alone."""
RADIUS_KM = {"offset": 10.0, "countryside": 20.0, "outskirts": 6.0, "near": 10.0, "within": 8.0, "between": 5.0}
DISTRICT_RADIUS_KM = 20.0
FACILITY_RADIUS_KM = 10.0
ROAD_RADIUS_KM = 25.0
HEIGHTS_RADIUS_KM = 25.0
_TOLD = (PlaceType.PROVINCE, PlaceType.DISTRICT, PlaceType.SETTLEMENT, PlaceType.PART)
_WIDE = (PlaceType.COUNTRY, PlaceType.PROVINCE, PlaceType.DISTRICT)


def unresolved(name: str, kind: PlaceType, reason: str, relation: Relation | None = None) -> Place:
    """A place that is kept without a point."""
    return Place(name, kind, f"name:{fold(name)}", relation=relation, reason=reason)


def of_candidate(name: str, candidate: Candidate, reason: str, hint: PlaceType | None, gazetteer: Gazetteer) -> Place:
    """The place of a candidate; where the report means the province or district of that name, not the town."""
    if candidate.place_type is PlaceType.SETTLEMENT and hint is PlaceType.PROVINCE:
        division = gazetteer.division(candidate.country, candidate.code) if candidate.code else None
        if division is not None:
            slug = key(name).replace(" ", "-")
            return Place(
                name,
                PlaceType.PROVINCE,
                division.place_id or f"province:{candidate.country}-{slug}",
                division.lat,
                division.lon,
                division.radius_km,
                candidate.country,
                "gazetteer",
                reason=f"the division of {candidate.name}, at the centre of its towns; {candidate.name}: {reason}",
            )
    if candidate.place_type is PlaceType.SETTLEMENT and hint in (PlaceType.DISTRICT, PlaceType.PROVINCE):
        return Place(
            name,
            PlaceType.DISTRICT if hint is PlaceType.DISTRICT else PlaceType.AREA,
            f"{hint.value}:{candidate.place_id}",
            candidate.lat,
            candidate.lon,
            DISTRICT_RADIUS_KM,
            candidate.country,
            "parent",
            Relation(candidate.name),
            f"its bounds are unknown; somewhere around the town of its name. {candidate.name}: {reason}",
        )
    return of_gazetteer(candidate, name, reason)


def of_gazetteer(candidate: Candidate, name: str, reason: str) -> Place:
    """A place of the gazetteer under the name that a report gives it."""
    return Place(
        name,
        candidate.place_type,
        candidate.place_id,
        candidate.lat,
        candidate.lon,
        candidate.radius_km,
        candidate.country or None,
        "gazetteer",
        reason=reason,
    )


def composed(name: str, described: Described | None, typed: Typed | None, parts: tuple[Place, ...]) -> Place:
    """The place that a description or a head word makes of the places it names."""
    if described is not None:
        return _described(name, described, parts)
    if typed is not None:
        return _typed(name, typed, parts)
    return unresolved(name, PlaceType.AREA, "the description is nested too deep to be read")


def _described(name: str, words: Described, parts: tuple[Place, ...]) -> Place:
    relation = Relation(" and ".join(words.anchors), words.km, words.bearing)
    missing = [part.name for part in parts if part.lat is None or part.lon is None]
    if missing:
        return unresolved(name, PlaceType.AREA, f"described from {missing[0]}, which is not found", relation)
    if words.kind == "between":
        return _between(name, PlaceType.AREA, parts, relation)
    anchor = parts[0]
    assert anchor.lat is not None
    assert anchor.lon is not None
    wide = anchor.place_type in _WIDE or (anchor.place_type is PlaceType.AREA and anchor.basis == "gazetteer")
    reach = anchor.radius_km or 0.0
    kind = PlaceType.AREA
    if words.km is not None:
        km = words.km if words.bearing is not None else 0.0
        radius = max(2.0, words.km * 0.15) if words.bearing is not None else max(2.0, words.km)
        why = "computed from the distance and direction given" if km else "within the distance given; no direction"
    elif words.kind == "within" and not wide:
        km, radius, kind = 0.0, RADIUS_KM["within"], PlaceType.PART
        why = "a part of it"
    elif wide and (words.kind == "within" or words.bearing is None):
        km = reach / 2 if words.bearing is not None else 0.0
        radius = max(10.0, reach / 2 if words.bearing is not None else reach)
        why = "half way from its middle to its edge" if km else "in or around it"
    else:
        km = (ASSUMED_KM.get(words.kind, 10.0) + (reach if wide else 0.0)) if words.bearing is not None else 0.0
        radius = RADIUS_KM[words.kind]
        why = f"{km:.0f} km off are assumed, no distance is given" if km else "close to it; no direction is given"
    lat, lon = anchor.lat, anchor.lon
    if km and words.bearing is not None:
        lat, lon = offset(lat, lon, km, words.bearing)
    place_id = f"area:{anchor.place_id}/{words.kind}"
    place_id += "" if words.km is None else f"/{words.km:g}km"
    place_id += "" if words.bearing is None else f"/{words.bearing:g}"
    reason = f"described from {anchor.name}: {why}. {anchor.name}: {anchor.reason}"
    return Place(name, kind, place_id, lat, lon, round(radius, 1), anchor.country, "offset", relation, reason)


def _between(name: str, kind: PlaceType, parts: tuple[Place, ...], relation: Relation) -> Place:
    first, second = parts
    lat, lon, half = midpoint(*_point(first), *_point(second))
    country = first.country if first.country == second.country else None
    place_id = f"{kind.value}:{first.place_id}/{second.place_id}"
    reason = f"half way between {first.name} and {second.name}"
    radius = round(max(RADIUS_KM["between"], half), 1)
    return Place(name, kind, place_id, lat, lon, radius, country, "offset", relation, reason)


def _point(place: Place) -> tuple[float, float]:
    assert place.lat is not None
    assert place.lon is not None
    return place.lat, place.lon


def _typed(name: str, words: Typed, parts: tuple[Place, ...]) -> Place:
    kind = words.place_type
    if not parts:
        return unresolved(name, kind, f"no {kind.value} of this name is known")
    relation = Relation(" and ".join(part.name for part in parts))
    if kind in _TOLD:
        # The head word only said what it is: the place is the part's, which was chosen by that type.
        return replace(parts[0], name=name, place_type=kind if kind is PlaceType.PART else parts[0].place_type)
    missing = [part.name for part in parts if part.lat is None or part.lon is None]
    if missing:
        return unresolved(name, kind, f"named after {missing[0]}, which is not found", relation)
    first = parts[0]
    if len(parts) == 2:
        if any(part.place_type is PlaceType.COUNTRY for part in parts):
            return unresolved(name, kind, "no point can be given for a line between countries", relation)
        return _between(name, kind, parts, relation)
    if kind is PlaceType.AREA and first.place_type in _WIDE:
        reason = f"somewhere in {first.name}; {first.name}: {first.reason}"
        place_id = f"area:{first.place_id}/{key(name).replace(' ', '-')}"
        return Place(
            name, kind, place_id, first.lat, first.lon, first.radius_km, first.country, "parent", relation, reason
        )  # fmt: skip
    if first.place_type in _WIDE:
        what = "border" if kind is PlaceType.BORDER else kind.value
        return unresolved(name, kind, f"somewhere in or at {first.name}: no point for a {what}", relation)
    radius = {PlaceType.ROAD: ROAD_RADIUS_KM, PlaceType.AREA: HEIGHTS_RADIUS_KM}.get(kind, FACILITY_RADIUS_KM)
    place_id = f"{kind.value}:{first.place_id}/{key(name).replace(' ', '-')}"
    reason = f"not found by itself; placed at {first.name}, whose name it bears. {first.name}: {first.reason}"
    return Place(name, kind, place_id, first.lat, first.lon, radius, first.country, "parent", relation, reason)
