"""The columns of an ACLED export (codebook of 2023, text codes of 2024)."""

from __future__ import annotations

from collections.abc import Iterable

import pycountry

from whoholds.exports.shapes import OURS, Shape
from whoholds.exports.shapes.terms import backs_state, days, first_day, is_area, state_of
from whoholds.exports.tables import Column, Row, Type
from whoholds.model import Place, PlaceType
from whoholds.sources.outlets import outlets
from whoholds.views.actors import actor_name, country_name, lexicon
from whoholds.views.event_words import sentence, sides
from whoholds.views.events import Event, Happened
from whoholds.views.nesting import Divisions

T, C, N, D = Type.TEXT, Type.INTEGER, Type.NUMBER, Type.DAY

BATTLES, STRATEGIC = "Battles", "Strategic developments"
COLUMNS = (
    Column("event_id_cnty", T, "Derived: the country's alpha-3 code and our event's id"),
    Column("event_date", D, "Filled: the first day on which it may have been; where that is open, the last"),
    Column("year", C, "Filled: of that day"),
    Column("time_precision", C, "Derived: 1 known to the day, 2 within a week, 3 within a month, longer or open"),
    Column("disorder_type", T, "Derived: Political violence for Battles, else Strategic developments"),
    Column("event_type", T, "Derived: Battles where it was fought for, else Strategic developments"),
    Column(
        "sub_event_type",
        T,
        "Derived: a place taken in a fight is Government regains territory where forces of its own state or their"
        " allies took it, else Non-state actor overtakes territory; a fight is Armed clash; taken without one is"
        " Non-violent transfer of territory; left, lost or shared is Other",
    ),
    Column("actor1", T, "Filled: who took it, left it or fought; our names, which are not ACLED's"),
    Column("assoc_actor_1", T, "Filled: those who did so with them"),
    Column("inter1", T, "Derived from the actor's id: State forces of the country, External/Other forces of another"
           " or of a coalition or mission, Political militia with a state's side, Identity militia for tribes and"
           " vigilantes, else Rebel group"),
    Column("actor2", T, "Filled: who held it before, or the other side of the fight"),
    Column("assoc_actor_2", T, "Filled: those beside them"),
    Column("inter2", T, "Derived, as inter1"),
    Column("interaction", T, "Derived: both, with a hyphen"),
    Column("civilian_targeting", T, "Empty: our claims are about who holds a place"),
    Column("iso", C, "Derived: the country's ISO 3166-1 number"),
    Column("region", T, "Empty: follows from the country"),
    Column("country", T, "Filled: where the place lies"),
    Column("admin1", T, "Filled: the first-level division, by the gazetteer"),
    Column("admin2", T, "Empty: the gazetteer has no second level"),
    Column("admin3", T, "Empty: the gazetteer has no third level"),
    Column("location", T, "Filled: the place's name as most reports spell it"),
    Column("latitude", N, "Filled: WGS 84 degrees; empty where the place was not found"),
    Column("longitude", N, "Filled: WGS 84 degrees; empty where the place was not found"),
    Column("geo_precision", C, "Derived: 1 a town found by name, 2 a district or a described spot, 3 larger; empty"
           " where the place was not found"),
    Column("source", T, "Filled: the outlets of its reports"),
    Column("source_scale", T, "Derived from the register of outlets: National for outlets of the country, International"
           " for others, both with a hyphen; empty where none is known"),
    Column("notes", T, "Derived: a sentence of our own; never the report's"),
    Column("fatalities", C, "Empty: we count none"),
    Column("tags", T, "Empty"),
    Column("timestamp", C, "Empty: the same ledger gives the same file"),
    *OURS,
)  # fmt: skip


def _row(event: Event, divisions: Divisions) -> Row:
    it, place, country = sides(event), event.place, event.place.country
    kind, sub = _kind(event)
    one, other = _inter(it.one, country), _inter(it.other, country)
    return {
        "event_id_cnty": f"{country or ''}{event.id}",
        "event_date": first_day(event).isoformat(),
        "year": first_day(event).year,
        "time_precision": 1 if days(event) == 1 else 2 if days(event) <= 7 else 3,
        "disorder_type": "Political violence" if kind == BATTLES else STRATEGIC,
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": _name(it.one[:1]),
        "assoc_actor_1": _name(it.one[1:]),
        "inter1": one,
        "actor2": _name(it.other[:1]),
        "assoc_actor_2": _name(it.other[1:]),
        "inter2": other,
        "interaction": f"{one}-{other}" if one and other else one,
        "civilian_targeting": None,
        "iso": _number(country),
        "region": None,
        "country": country_name(country),
        "admin1": divisions.of(place),
        "admin2": None,
        "admin3": None,
        "location": place.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": _precision(place),
        "source": _joined(event.outlets),
        "source_scale": _scale(event),
        "notes": sentence(event),
        "fatalities": None,
        "tags": None,
        "timestamp": None,
    }


def _kind(event: Event) -> tuple[str, str]:
    """Event type and sub-event type."""
    if event.what is Happened.FIGHTING:
        return BATTLES, "Armed clash"
    if event.what is not Happened.TAKEN:
        return STRATEGIC, "Other"
    if not event.fought:
        return STRATEGIC, "Non-violent transfer of territory"
    home, came = event.place.country, sides(event).one
    own = home is not None and any(_with_state(actor, home) for actor in came)
    return BATTLES, "Government regains territory" if own else "Non-state actor overtakes territory"


def _with_state(actor: str, country: str) -> bool:
    entry = lexicon().entry(actor)
    return f"gov:{country}" in (actor, entry.side if entry else None)


def _inter(actors: tuple[str, ...], country: str | None) -> str | None:
    if not actors:
        return None
    actor = actors[0]
    entry = lexicon().entry(actor)
    mission = entry and any("peacekeepers" in words for words in entry.described_as)
    if state_of(actor):
        return "State forces" if state_of(actor) == country else "External/Other forces"
    if actor.startswith("coalition:") or mission:
        return "External/Other forces"
    if actor.startswith(("tribal:", "vigilantes:")):
        return "Identity militia"
    return "Political militia" if actor.startswith("militia:") or backs_state(actor) else "Rebel group"


def _name(actors: tuple[str, ...]) -> str | None:
    return _joined(actor_name(actor) for actor in actors)


def _joined(words: Iterable[str]) -> str | None:
    return "; ".join(words) or None


def _number(country: str | None) -> int | None:
    found = pycountry.countries.get(alpha_3=country) if country else None
    return int(found.numeric) if found else None


def _precision(place: Place) -> int | None:
    if place.lat is None:
        return None
    if is_area(place) or place.place_type in (PlaceType.PROVINCE, PlaceType.COUNTRY):
        return 3
    return 2 if place.place_type is PlaceType.DISTRICT or place.basis != "gazetteer" else 1


def _scale(event: Event) -> str | None:
    known = [found for name in event.outlets if (found := outlets().named(name))]
    scales = {"National" if one.country == event.place.country else "International" for one in known}
    return "-".join(sorted(scales, reverse=True)) or None


SHAPE = Shape(
    "acled",
    "Events in the columns of an ACLED export, so that code written for one reads ours. Ours are stretches of days and"
    " changes of hands that reports tell of, not ACLED's events of one day: a fight of a week is one row. ACLED is not"
    " involved, and its own data are better where it covers the place.",
    COLUMNS,
    _row,
)
