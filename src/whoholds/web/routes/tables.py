"""The tables: search, filter, sort, page, export."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from whoholds.model import Kind, Mode, PlaceType, Severity, Status
from whoholds.web.asked import Cursor, Here, Limit, Search
from whoholds.web.shapes import Page, TableName

router = APIRouter(tags=["tables"])
Text = Annotated[str | None, Query(max_length=300)]


class Wanted:
    """Search and filters; those that a table has no column for are an error (422)."""

    def __init__(
        self,
        q: Search = "",
        kind: Annotated[list[Kind] | None, Query(description="Claims; may be repeated.")] = None,
        mode: Annotated[list[Mode] | None, Query(description="Claims; may be repeated.")] = None,
        actor: Annotated[str | None, Query(max_length=300, description="Claims: an actor id.")] = None,
        place: Annotated[str | None, Query(max_length=300, description="Claims: a place's id.")] = None,
        report: Annotated[str | None, Query(max_length=64, description="Claims and issues: a report's id.")] = None,
        country: Annotated[str | None, Query(max_length=3, description="Places and claims: ISO 3166 alpha-3.")] = None,
        outlet: Annotated[str | None, Query(max_length=300, description="Claims and reports.")] = None,
        since: Annotated[date | None, Query(description="Claims of this day or later, reports published so.")] = None,
        until: Annotated[date | None, Query(description="Claims of this day or earlier, reports published so.")] = None,
        judged: Annotated[Literal["no", "right", "wrong", "changed", "split", "copy"] | None, Query()] = None,
        unsure: Annotated[bool | None, Query(description="Claims that may be misread.")] = None,
        status: Annotated[Status | None, Query(description="Places: by their latest answer.")] = None,
        holder: Annotated[str | None, Query(max_length=300, description="Places: an actor id.")] = None,
        flag: Annotated[Literal["fighting", "disputed", "divided", "stale"] | None, Query()] = None,
        place_type: Annotated[PlaceType | None, Query(description="Places and claims.")] = None,
        placed: Annotated[bool | None, Query(description="Places: whether they were found.")] = None,
        lang: Annotated[str | None, Query(max_length=20, description="Reports.")] = None,
        has_claims: Annotated[bool | None, Query(description="Reports.")] = None,
        severity: Annotated[Severity | None, Query(description="Issues.")] = None,
        code: Annotated[str | None, Query(max_length=80, description="Issues.")] = None,
        sort: Annotated[
            str, Query(max_length=40, pattern="^-?[a-z_]*$", description='A column, "-" before it for the last first.')
        ] = "",
    ) -> None:
        given = {name: value for name, value in locals().items() if name != "self"}
        self.q, self.sort = given.pop("q"), given.pop("sort")
        self.filters = {name: value for name, value in given.items() if value is not None}


@router.get("/tables/{table}")
def rows(
    desk: Here, table: TableName, wanted: Annotated[Wanted, Depends()], limit: Limit = 50, cursor: Cursor = None
) -> Page:
    """One page of a table. A cursor belongs to the same search, filters and order."""
    raise NotImplementedError


@router.get("/tables/{table}/export", response_class=Response)
def export(
    desk: Here,
    table: TableName,
    wanted: Annotated[Wanted, Depends()],
    form: Annotated[Literal["csv", "json", "jsonl", "geojson", "kml"], Query(alias="format")] = "csv",
) -> Response:
    """All rows that the search and the filters leave, as a file, in the order shown."""
    raise NotImplementedError
