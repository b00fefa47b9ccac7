"""The columns of the UCDP Georeferenced Event Dataset (codebook of version 24.1)."""

from __future__ import annotations

import math

from whoholds.exports.shapes import OURS, Shape
from whoholds.exports.shapes.terms import days, first_day, is_area, state_of
from whoholds.exports.tables import Column, Row, Type
from whoholds.model import Place, PlaceType
from whoholds.plain import iso
from whoholds.views.actors import actor_name, country_name
from whoholds.views.event_words import sides
from whoholds.views.events import Event
from whoholds.views.nesting import Divisions

T, C, N, D = Type.TEXT, Type.INTEGER, Type.NUMBER, Type.DAY

UCDP_IDS = "Empty: UCDP's own numbers, which our actors do not have"
DEAD = "Empty: we count no dead"
COLUMNS = (
    Column("id", T, "Filled: our event's id; UCDP's is a number"),
    Column("relid", T, "Derived: the country's alpha-3 code, the year and our id"),
    Column("year", C, "Filled: of the first day, or where that is open, of the last"),
    Column("active_year", C, "Empty: depends on the dead of the year"),
    Column("type_of_violence", C, "Derived: 1 where a state's forces are a side, else 2; 3 (against civilians) never"),
    Column("conflict_new_id", C, UCDP_IDS),
    Column("conflict_name", T, "Empty: UCDP's own names"),
    Column("dyad_new_id", C, UCDP_IDS),
    Column("dyad_name", T, "Derived: both sides' names with a hyphen"),
    Column("side_a_new_id", C, UCDP_IDS),
    Column("side_a", T, "Derived: the state's forces where one side is a state, else who took it or came"),
    Column("side_b_new_id", C, UCDP_IDS),
    Column("side_b", T, "Derived: the other side"),
    Column("number_of_sources", C, "Filled: reports that tell of it, copies included"),
    Column("source_article", T, "Filled: labels of the reports"),
    Column("source_office", T, "Filled: their outlets"),
    Column("source_date", T, "Filled: the days on which they were published, where known to the day"),
    Column("source_headline", T, "Empty: never the report's own words"),
    Column("where_prec", C, "Derived: 1 a town found by name, 2 a spot near one, 3 a district, 4 a province, 5 a road,"
           " river, border or area, 6 a country; empty where the place was not found"),
    Column("where_coordinates", T, "Filled: the place's name as most reports spell it"),
    Column("adm_1", T, "Filled: the first-level division, by the gazetteer"),
    Column("adm_2", T, "Empty: the gazetteer has no second level"),
    Column("latitude", N, "Filled: WGS 84 degrees; empty where the place was not found"),
    Column("longitude", N, "Filled: WGS 84 degrees; empty where the place was not found"),
    Column("geom_wkt", T, "Derived: the point"),
    Column("priogrid_gid", C, "Derived: the cell of PRIO-GRID 2.0 (half a degree) that the point lies in"),
    Column("country", T, "Filled: where the place lies"),
    Column("country_id", C, "Empty: Gleditsch and Ward's numbers are not ours to give"),
    Column("event_clarity", C, "Derived: 1 known to the day, 2 a stretch of days"),
    Column("date_prec", C, "Derived: 1 the day, 2 within 6 days, 3 within a week, 4 within a month, 5 longer or open"),
    Column("date_start", D, "Filled: the first day on which it may have been; empty where that is open"),
    Column("date_end", D, "Filled: the last; empty for a fight that goes on"),
    Column("deaths_a", C, DEAD),
    Column("deaths_b", C, DEAD),
    Column("deaths_civilians", C, DEAD),
    Column("deaths_unknown", C, DEAD),
    Column("best", C, DEAD),
    Column("high", C, DEAD),
    Column("low", C, DEAD),
    *OURS,
)  # fmt: skip


def _row(event: Event, divisions: Divisions) -> Row:
    place, country = event.place, event.place.country
    one, other = _sides(event)
    length = days(event)
    published = {c.published.start for c in event.told if c.published and c.published.start == c.published.end}
    empty = {column.name: None for column in COLUMNS}
    return empty | {
        "id": event.id,
        "relid": f"{country or 'XXX'}-{first_day(event).year}-{event.id}",
        "year": first_day(event).year,
        "type_of_violence": 1 if any(state_of(actor) for actor in (one, other) if actor) else 2,
        "dyad_name": " - ".join(filter(None, (_name(one), _name(other)))) or None,
        "side_a": _name(one),
        "side_b": _name(other),
        "number_of_sources": event.reports,
        "source_article": "; ".join(sorted({claim.report for claim in event.told})) or None,
        "source_office": "; ".join(event.outlets) or None,
        "source_date": "; ".join(sorted(day.isoformat() for day in published if day)) or None,
        "where_prec": _where(place),
        "where_coordinates": place.name,
        "adm_1": divisions.of(place),
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": None if place.lat is None else f"POINT ({place.lon} {place.lat})",
        "priogrid_gid": cell(place.lat, place.lon),
        "country": country_name(country),
        "event_clarity": 1 if length == 1 else 2,
        "date_prec": next(code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31), (5, math.inf)) if length <= most),
        "date_start": iso(event.first),
        "date_end": iso(event.last),
    }


def _sides(event: Event) -> tuple[str | None, str | None]:
    """UCDP puts the state first."""
    found = sides(event)
    both = [*found.one[:1], *found.other[:1]]
    both.sort(key=lambda actor: state_of(actor) is None)
    return both[0] if both else None, both[1] if len(both) > 1 else None


def _name(actor: str | None) -> str | None:
    state = state_of(actor) if actor else None
    return f"Government of {country_name(state)}" if state else actor_name(actor) if actor else None


def _where(place: Place) -> int | None:
    if place.lat is None:
        return None
    wide = {PlaceType.DISTRICT: 3, PlaceType.PROVINCE: 4, PlaceType.COUNTRY: 6}.get(place.place_type)
    return wide or (5 if is_area(place) else 1 if place.basis == "gazetteer" else 2)


def cell(lat: float | None, lon: float | None) -> int | None:
    """The cell of PRIO-GRID: half degrees, 720 a row, from the south-west corner, counted from 1 (Tollefsen 2012)."""
    if lat is None or lon is None:
        return None
    row, column = min(int((lat + 90) * 2), 359), min(int((lon + 180) * 2), 719)
    return row * 720 + column + 1


SHAPE = Shape(
    "ged",
    "Places fought for, in the columns of the UCDP Georeferenced Event Dataset. An event of UCDP has at least one"
    " dead; ours has none that we know of, so these rows may be laid beside UCDP's and never added to them.",
    COLUMNS,
    _row,
    # The data set is of violence: a place that was left to others is no event of it.
    has=lambda event: event.fought,
)
