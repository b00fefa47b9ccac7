"""What a correction may name: places and actors, by search."""

from __future__ import annotations

import threading
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from whoholds.gazetteer import Gazetteer
from whoholds.index.tables import places_named
from whoholds.views.actors import country_name
from whoholds.web.asked import Here, Search
from whoholds.web.desk import reply
from whoholds.web.named import actors_found
from whoholds.web.routes.answers import PLACE_FIELDS
from whoholds.web.shapes import ActorHit, PlaceCandidate

router = APIRouter(tags=["names"])
_ONE_AT_A_TIME = threading.Lock()
"""The gazetteer's one connection."""


@router.get("/gazetteer", response_model=list[PlaceCandidate])
def gazetteer(
    desk: Here,
    q: Annotated[str, Query(max_length=200, description="A name.")],
    country: Annotated[str | None, Query(pattern="^[A-Z]{3}$")] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Response:
    """Places that a correction may name: of the ledger, then of the gazetteer."""
    with desk.asking() as connection:
        known = places_named(connection, q, limit)
    found: dict[str, dict[str, Any]] = {
        row["place_id"]: {name: row[name] for name in PLACE_FIELDS} | {"admin": None, "population": 0, "known": True}
        for row in known
        if row["place_id"] and (country is None or row["country"] == country)
    }
    with _ONE_AT_A_TIME, Gazetteer.open() as names:
        candidates = names.candidates(q, limit, countries=[country] if country else (), fuzzy=True)
    for one in candidates:
        if country is not None and one.country != country:
            continue
        entry = found.setdefault(
            one.place_id,
            {
                "place_id": one.place_id,
                "place": one.name,
                "place_type": str(one.place_type),
                "country": one.country or None,
                "lat": round(one.lat, 5),
                "lon": round(one.lon, 5),
                "radius_km": one.radius_km,
                "place_basis": "gazetteer",
                "known": False,
            },
        )
        entry |= {"admin": one.admin, "population": one.population}
    return reply([one | {"country_name": country_name(one["country"])} for one in list(found.values())[:limit]])


@router.get("/actors", response_model=list[ActorHit])
def actors(desk: Here, q: Search = "", limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Response:
    """Actors by name or id, those of the ledger first."""
    return reply(actors_found(desk, q)[:limit])
