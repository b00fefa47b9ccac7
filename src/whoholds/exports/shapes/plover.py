"""The columns of POLECAT, the event data set in the PLOVER ontology (manual of 2022)."""

from __future__ import annotations

from whoholds.exports.shapes import OURS, Shape
from whoholds.exports.shapes.terms import backs_state, first_day, state_of
from whoholds.exports.tables import Column, Row, Type
from whoholds.model import PlaceType
from whoholds.views.actors import actor_name, country_name, lexicon
from whoholds.views.event_words import sides
from whoholds.views.events import Event, Happened
from whoholds.views.nesting import Divisions

T, N, D = Type.TEXT, Type.NUMBER, Type.DAY

CONFLICT, COOPERATION = "MATERIAL CONFLICT", "MATERIAL COOPERATION"
SECTOR = "Derived from the actor's id: MIL a state's forces, PRM a group with a state's side, REB the others"
COLUMNS = (
    Column("Event ID", T, "Filled: our event's id"),
    Column("Event Date", D, "Filled: the first day on which it may have been; where that is open, the last"),
    Column("Event Type", T, "Derived: ASSAULT where it was fought for, COERCE where a place was taken without a fight,"
           " RETREAT where its holder left, COOPERATE where two came to share it"),
    Column("Event Mode", T, "Derived: seize with COERCE, withdraw with RETREAT; else empty: we know no means"),
    Column("Intensity", N, "Empty: PLOVER gives it by type and mode, and we know no mode of an assault"),
    Column("Quad Code", T, "Derived from the type"),
    Column("Contexts", T, "Derived: military for each"),
    Column("Actor Name", T, "Filled: who took it, left it or fought"),
    Column("Actor Country", T, "Derived: of a state's forces the state, of a group the one country it is known in"),
    Column("Primary Actor Sector", T, SECTOR),
    Column("Recipient Name", T, "Filled: the other side"),
    Column("Recipient Country", T, "Derived, as of the actor"),
    Column("Primary Recipient Sector", T, SECTOR),
    Column("Placename", T, "Filled: the place's name as most reports spell it"),
    Column("City", T, "Filled: the same, for settlements"),
    Column("District", T, "Empty: the gazetteer has no second level"),
    Column("Province", T, "Filled: the first-level division, by the gazetteer"),
    Column("Country", T, "Filled: where the place lies"),
    Column("Latitude", N, "Filled: WGS 84 degrees; empty where the place was not found"),
    Column("Longitude", N, "Filled: WGS 84 degrees; empty where the place was not found"),
    Column("GeoNames ID", T, "Filled where the place is one of GeoNames"),
    Column("Source", T, "Filled: the outlets of its reports"),
    Column("Publication Date", D, "Filled: of the first report, where known to the day"),
    Column("Headline", T, "Empty: never the report's own words"),
    *OURS,
)  # fmt: skip


def _row(event: Event, divisions: Divisions) -> Row:
    place, it = event.place, sides(event)
    kind, mode = _kind(event)
    geonames = (place.place_id or "").removeprefix("geonames:")
    published = [c.published.start for c in event.told if c.published and c.published.start == c.published.end]
    first = min((day for day in published if day), default=None)
    return {
        "Event ID": event.id,
        "Event Date": first_day(event).isoformat(),
        "Event Type": kind,
        "Event Mode": mode,
        "Intensity": None,
        "Quad Code": COOPERATION if kind in ("RETREAT", "COOPERATE") else CONFLICT,
        "Contexts": "military",
        "Actor Name": _names(it.one),
        "Actor Country": _country(it.one),
        "Primary Actor Sector": _sector(it.one),
        "Recipient Name": _names(it.other),
        "Recipient Country": _country(it.other),
        "Primary Recipient Sector": _sector(it.other),
        "Placename": place.name,
        "City": place.name if place.place_type is PlaceType.SETTLEMENT else None,
        "District": None,
        "Province": divisions.of(place),
        "Country": country_name(place.country),
        "Latitude": place.lat,
        "Longitude": place.lon,
        "GeoNames ID": geonames if geonames.isdecimal() else None,
        "Source": "; ".join(event.outlets) or None,
        "Publication Date": first.isoformat() if first else None,
        "Headline": None,
    }


def _kind(event: Event) -> tuple[str, str | None]:
    if event.what is Happened.JOINED:
        return "COOPERATE", None
    if event.what in (Happened.VACATED, Happened.LEFT) and not event.fought:
        return "RETREAT", "withdraw"
    return ("ASSAULT", None) if event.fought else ("COERCE", "seize")


def _names(actors: tuple[str, ...]) -> str | None:
    return "; ".join(actor_name(actor) for actor in actors) or None


def _country(actors: tuple[str, ...]) -> str | None:
    if not actors:
        return None
    entry = lexicon().entry(actors[0])
    homes = entry.countries if entry else ()
    return state_of(actors[0]) or (homes[0] if len(homes) == 1 else None)


def _sector(actors: tuple[str, ...]) -> str | None:
    if not actors:
        return None
    return "MIL" if state_of(actors[0]) else "PRM" if backs_state(actors[0]) else "REB"


SHAPE = Shape(
    "plover",
    "Events in the columns of POLECAT, whose types and modes are those of the PLOVER ontology.",
    COLUMNS,
    _row,
)
