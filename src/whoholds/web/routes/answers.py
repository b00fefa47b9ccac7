"""Answers about all places: the map, the days, the changes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from whoholds.views.mapshape import MapData
from whoholds.web.asked import Asked, Here, Known, Search, ViewText
from whoholds.web.shapes import ActorHit, Changes, Histogram, PlaceCandidate, PlaceHit

router = APIRouter(tags=["answers"])


@router.get("/map", response_model=MapData)
def map_(
    desk: Here,
    question: Asked,
    course: Annotated[
        Literal["at", "all"],
        Query(
            description="at: the spell of the day asked about, for the first look; all: every spell, for the slider."
        ),
    ] = "all",
) -> MapData:
    """Everything the map draws, in the shape of the one-file map. `claims` and `reports` are empty, and so are the
    ids in the spells: `/place` has them."""
    raise NotImplementedError


@router.get("/histogram")
def histogram(
    desk: Here,
    known: Known = None,
    place: Annotated[str | None, Query(max_length=300)] = None,
    by: Literal["day", "week", "month"] = "day",
) -> Histogram:
    """How many claims are made of each day, week or month."""
    raise NotImplementedError


@router.get("/changes")
def changes(
    desk: Here,
    since: Annotated[date | None, Query(description="Left out, a week before `until`.")] = None,
    until: Annotated[date | None, Query(description="Left out, the day of the latest report.")] = None,
    known: Known = None,
    view: ViewText = "all",
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Changes:
    """What changed between two days, and because of which claims; as `whoholds changes`."""
    raise NotImplementedError


@router.get("/search")
def search(desk: Here, q: Search, limit: Annotated[int, Query(ge=1, le=50)] = 20) -> list[PlaceHit]:
    """Places of the ledger by name, those with most claims first."""
    raise NotImplementedError


@router.get("/gazetteer")
def gazetteer(
    desk: Here,
    q: Search,
    country: Annotated[str | None, Query(pattern="^[A-Z]{3}$")] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> list[PlaceCandidate]:
    """Places that a correction may name: of the ledger, then of the gazetteer."""
    raise NotImplementedError


@router.get("/actors")
def actors(desk: Here, q: Search = "", limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[ActorHit]:
    """Actors by name or id, those of the ledger first."""
    raise NotImplementedError
