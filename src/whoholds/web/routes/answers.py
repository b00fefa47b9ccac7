"""Answers about all places: the map, the days, the changes."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from whoholds import views
from whoholds.exports.text import to_json
from whoholds.index import courses
from whoholds.index.index import AT_ONCE
from whoholds.index.tables import places_named
from whoholds.views import Question
from whoholds.views.mapdata import frame, map_actors, map_countries
from whoholds.views.mapshape import MapData
from whoholds.views.records import change_record
from whoholds.web.asked import Asked, Here, Known, ViewText, view_of
from whoholds.web.desk import Desk, reply
from whoholds.web.problems import ProblemError
from whoholds.web.shapes import Changes, Histogram, PlaceHit

router = APIRouter(tags=["answers"])
WEEK = timedelta(days=7)
FIRST_DAY = date(1800, 1, 1)


@router.get("/map", response_model=MapData)
def map_(
    desk: Here,
    request: Request,
    question: Asked,
    course: Annotated[
        Literal["at", "all"],
        Query(
            description="at: of each place the spell of `day`, or the last one: for the first look, and for ledgers"
            " whose courses are too large together; all: every spell, for the slider."
        ),
    ] = "all",
    day: Annotated[
        date | None,
        Query(
            description="With at: the day, in the courses of the question. `on` asks anew what was so; it takes longer."
        ),
    ] = None,
) -> Response:
    """Everything the map draws, in the shape of the one-file map.

    `claims` and `reports` are empty, and so are the ids in the spells, which have `evidence` instead; `/place` has all.
    All courses of a large ledger together are refused (400): ask for `course=at` with each `day`.
    """
    if course == "all" and day is not None:
        raise ProblemError(422, "`day` goes with course=at.")
    version = desk.index.progress.version
    if version and request.headers.get("if-none-match") == f'"{version}"':
        return Response(status_code=304, headers={"ETag": f'"{version}"', "Cache-Control": "no-cache"})
    with desk.waiting():
        name = desk.index.have(question)
        data = desk.index.payload(question, course) if day is None else None
    if data is None:
        data = gzip.compress(_map(desk, question, name, course, day).encode(), 1, mtime=0)
        if day is None:
            desk.index.keep(question, course, version, data)
    headers = {"Cache-Control": "no-cache", "ETag": f'"{version}"', "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(data, headers=headers | {"Content-Encoding": "gzip"}, media_type="application/json")
    return Response(gzip.decompress(data), headers=headers, media_type="application/json")


def _map(desk: Desk, question: Question, name: str, course: str, day: date | None) -> str:
    colours = desk.colours()
    with desk.asking() as connection:
        if course == "all" and (number := courses.size(connection, name)) > desk.settings.limits.map_spells:
            raise ProblemError(400, f"{number:,} spells are too many at once; ask for course=at, with a `day`.")
        found = courses.entries(connection, name, every=course == "all", day=day)
        codes = [row[0] for row in connection.execute("SELECT DISTINCT country FROM places")]
    named = {"actors": map_actors(found.held, colours), "countries": map_countries(codes)}
    around = to_json({**frame(question), **named, "claims": {}, "reports": {}})
    return f'{around[:-1]}, "places": [{",".join(found.placed)}], "unplaced": [{",".join(found.unplaced)}]}}'


@router.get("/histogram", response_model=Histogram)
def histogram(
    desk: Here,
    known: Known = None,
    place: Annotated[str | None, Query(max_length=300)] = None,
    by: Literal["day", "week", "month"] = "day",
) -> Response:
    """How many claims are made of each day, week or month."""
    if known is None and place is None:
        query, values = "SELECT day, claims, fighting FROM days WHERE claims > 0 ORDER BY day", list[str]()
    else:
        query = (
            "SELECT coalesce(\"end\", start, '') AS day, count(*), sum(kind IN ('contests', 'advances', 'besieges',"
            " 'repels')) FROM claims WHERE current = 1"
        )
        values = []
        for test, value in (("published_end <= ?", known), ("place_id = ?", place)):
            if value is not None:
                query, values = f"{query} AND {test}", [*values, str(value)]
        query += " GROUP BY 1 ORDER BY 1"
    with desk.asking() as connection:
        rows = connection.execute(query, values).fetchall()
    bins: dict[str, list[int]] = {}
    undated = 0
    for day, claims, fighting in rows:
        if not day:
            undated = claims
            continue
        counts = bins.setdefault(_first(date.fromisoformat(day), by).isoformat(), [0, 0])
        counts[0] += claims
        counts[1] += fighting
    found = [{"day": day, "claims": counts[0], "fighting": counts[1]} for day, counts in bins.items()]
    return reply({"by": by, "bins": found, "undated": undated})


def _first(day: date, by: str) -> date:
    """The first day of the week (ISO 8601) or month that a day lies in."""
    if by == "month":
        return day.replace(day=1)
    if by == "week":
        return date.fromordinal(max(day.toordinal() - day.weekday(), 1))
    return day


@router.get("/changes", response_model=Changes)
def changes(
    desk: Here,
    since: Annotated[date | None, Query(description="Left out, a week before `until`.")] = None,
    until: Annotated[date | None, Query(description="Left out, the day of the latest report.")] = None,
    known: Known = None,
    view: ViewText = "all",
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Response:
    """What changed between two days, and because of which claims; as `whoholds changes`."""
    chosen = view_of(view)
    last = until or known or desk.ledger.last_published()
    if last is None:
        return reply({"since": since, "until": None, "known": known, "changes": [], "total": 0})
    if min(day for day in (last, since or last, known or last)) < FIRST_DAY:
        raise ProblemError(422, f"Days before {FIRST_DAY} are none that this program answers for.")
    first = since or last - WEEK
    if first >= last:
        raise ProblemError(422, f"`since` ({first}) is not before `until` ({last}).")
    most = desk.settings.limits.changed_places
    with desk.asking() as connection:
        claims = int(connection.execute("SELECT ifnull(max(n), 0) FROM claims").fetchone()[0])
    if known is not None and claims > AT_ONCE:
        raise ProblemError(
            400, "The ledger is too large to compare two days in hindsight here; use `whoholds changes`."
        )
    if known is None and (number := len(desk.ledger.places_between(first, last))) > most:
        raise ProblemError(
            400, f"{number:,} places have news between these days, more than {most:,}; ask for fewer days."
        )
    with desk.working():
        found = views.changes(desk.ledger, first, last, known=known, view=chosen)
    shown: list[dict[str, Any]] = [change_record(change) for change in found[:limit]]
    days = {"since": first.isoformat(), "until": last.isoformat(), "known": known.isoformat() if known else None}
    return reply({**days, "changes": shown, "total": len(found)})


@router.get("/search", response_model=list[PlaceHit])
def search(
    desk: Here,
    q: Annotated[str, Query(max_length=200, description="A name, its beginning, or an id.")],
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Response:
    """Places of the ledger by name, those with most claims first."""
    with desk.asking() as connection:
        rows = places_named(connection, q, limit)
    return reply([hit(row) for row in rows])


PLACE_FIELDS = ("place_id", "place", "place_type", "country", "lat", "lon", "radius_km", "place_basis")


def hit(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the index's places as the API shows it."""
    return {name: row[name] for name in (*PLACE_FIELDS, "names", "claims")}
