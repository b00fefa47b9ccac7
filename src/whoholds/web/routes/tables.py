"""The tables: search, filter, sort, page, export."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from whoholds.errors import InputError
from whoholds.exports.formats import known
from whoholds.exports.tables import Table
from whoholds.exports.write import write_table
from whoholds.index.tables import COUNT_TO, SPECS, Asked, every, page
from whoholds.model import Kind, Mode, PlaceType, Severity, Status
from whoholds.views.actors import actor_name
from whoholds.views.mapdata import DISCLAIMER, map_countries
from whoholds.web.asked import Cursor, Here, Limit, Search
from whoholds.web.columns import COLUMNS
from whoholds.web.desk import Desk, reply
from whoholds.web.named import actor_ids, country_codes, place_ids
from whoholds.web.problems import ProblemError
from whoholds.web.shapes import Page, TableName

router = APIRouter(tags=["tables"])


class Wanted:
    """Search and filters; those that a table has no column for are an error (422)."""

    def __init__(
        self,
        q: Search = "",
        kind: Annotated[list[Kind] | None, Query(description="Claims; may be repeated.")] = None,
        mode: Annotated[list[Mode] | None, Query(description="Claims; may be repeated.")] = None,
        actor: Annotated[str | None, Query(max_length=300, description="Claims: an actor's id or name.")] = None,
        place: Annotated[str | None, Query(max_length=300, description="Claims: a place's id or name.")] = None,
        report: Annotated[str | None, Query(max_length=64, description="Claims and issues: a report's id.")] = None,
        country: Annotated[
            str | None, Query(max_length=100, description="Places and claims: ISO 3166 alpha-3, or a name.")
        ] = None,
        outlet: Annotated[str | None, Query(max_length=300, description="Claims and reports.")] = None,
        since: Annotated[date | None, Query(description="Claims of this day or later, reports published so.")] = None,
        until: Annotated[date | None, Query(description="Claims of this day or earlier, reports published so.")] = None,
        judged: Annotated[
            Literal["no", "right", "wrong", "changed", "split", "copy"] | None, Query(description="Claims.")
        ] = None,
        unsure: Annotated[bool | None, Query(description="Claims that may be misread.")] = None,
        status: Annotated[Status | None, Query(description="Places: by their latest answer.")] = None,
        holder: Annotated[str | None, Query(max_length=300, description="Places: an actor's id or name.")] = None,
        flag: Annotated[
            Literal["fighting", "disputed", "divided", "stale"] | None, Query(description="Places.")
        ] = None,
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

    def asked(self, desk: Desk, table: TableName) -> Asked:
        """With ids where names were given."""
        filters = dict(self.filters)
        for name in {"actor", "holder"} & {*filters}:
            filters[name] = actor_ids(desk, filters[name])
        if "country" in filters:
            filters["country"] = country_codes(filters["country"])
        if "place" in filters:
            with desk.asking() as connection:
                filters["place"] = place_ids(connection, filters["place"])
        return Asked(str(table), self.q, filters, self.sort.removeprefix("-") and self.sort, desk.today)


Filters = Annotated[Wanted, Depends()]


@router.get("/tables/{table}", response_model=Page)
def rows(desk: Here, table: TableName, wanted: Filters, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """One page of a table. A cursor belongs to the same search, filters and order."""
    try:
        asked = wanted.asked(desk, table)
        with desk.asking() as connection:
            found, total, following = page(connection, asked, limit, cursor)
    except InputError as error:
        raise ProblemError(422, str(error)) from error
    columns = [
        {"name": c.name, "type": str(c.type), "says": c.says, "sorts": c.name not in SPECS[table].lists}
        for c in COLUMNS[table]
    ]
    said: dict[str, Any] = {"table": str(table), "columns": columns, "rows": found}
    actors = {row.get(name) for row in found for name in ("actor", "against", "speaker_side")}
    said["actors"] = {actor: actor_name(actor) for actor in sorted(actor for actor in actors if actor)}
    said["countries"] = map_countries(row.get("country") for row in found)
    return reply({**said, "total": total, "counted_to": COUNT_TO, "next": following})


@router.get("/tables/{table}/export", response_class=Response)
def export(
    desk: Here,
    table: TableName,
    wanted: Filters,
    form: Annotated[Literal["csv", "json", "jsonl", "geojson", "kml"], Query(alias="format")] = "csv",
) -> Response:
    """All rows that the search and the filters leave, as a file, in the order shown."""
    chosen, asked = known()[form], wanted.asked(desk, table)
    folder = tempfile.TemporaryDirectory(prefix="whoholds-export-")
    path = Path(folder.name) / f"whoholds-{table}{chosen.suffix}"
    try:
        write_table(_table(desk, table, asked), chosen, path)
    except InputError as error:
        folder.cleanup()
        raise ProblemError(422, str(error)) from error
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(path, filename=path.name, background=BackgroundTask(folder.cleanup))


def _table(desk: Desk, table: TableName, asked: Asked) -> Table:
    columns = tuple(COLUMNS[table])

    def rows() -> Iterator[dict[str, Any]]:
        with desk.asking() as connection:
            yield from every(connection, asked, desk.settings.limits.export_rows)

    def about() -> dict[str, object]:
        filters = {name: [str(v) for v in value] if isinstance(value, list) else str(value)
                   for name, value in (asked.filters or {}).items()}  # fmt: skip
        return {
            "what": str(table),
            "disclaimer": DISCLAIMER,
            "asked": {"words": asked.words, "filters": filters, "sort": asked.sort or SPECS[table].order},
            "most_rows": desk.settings.limits.export_rows,
        }

    return Table(str(table), columns, rows(), about)
