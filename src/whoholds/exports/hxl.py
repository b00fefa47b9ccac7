"""HXL 1.1, the Humanitarian Exchange Language: hashtags below a table's head, and P-codes where they are known.

What tag a column has stands in data/hxl.yml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from whoholds.exports.tables import Column, Row, Table, Type

CODES = (
    Column("adm1_name", Type.TEXT, "The first-level division, by the gazetteer"),
    Column("adm1_pcode", Type.TEXT, "Its P-code, where a list that was added to the gazetteer has it"),
    Column("adm2_pcode", Type.TEXT, "The P-code of the second-level division"),
    Column("place_pcode", Type.TEXT, "The P-code of the place itself"),
)
"""What a table with places gets at its end."""
FORMATS = ("csv", "xlsx")
"""That have room for a row of hashtags."""
_PLACES = ("place_id", "whoholds_place")
"""Columns with a place's id."""


def tagged(table: Table) -> Table:
    """The table with hashtags, and with the columns of `CODES` where its rows are of places."""
    tags = _tags()
    its = {**tags["columns"], **tags["tables"].get(table.name, {})}
    place = next((column.name for column in table.columns if column.name in _PLACES), None)
    columns = (*table.columns, *CODES) if place else table.columns
    rows = _coded(table.rows, place) if place else table.rows
    return replace(table, columns=tuple(replace(c, tag=its.get(c.name, "")) for c in columns), rows=rows)


def _coded(rows: Iterator[Row], place: str) -> Iterator[Row]:
    from whoholds.gazetteer import Gazetteer

    with closing(Gazetteer.open()) as gazetteer:
        known: dict[str, dict[str, str | None]] = {}
        for row in rows:
            place_id = str(row[place] or "")
            if place_id not in known:
                known[place_id] = _codes(gazetteer, place_id)
            yield {**row, **known[place_id]}


def _codes(gazetteer: Any, place_id: str) -> dict[str, str | None]:
    # A described spot ("geonames:98717/near") lies where its named place does, and is not it.
    named, near, _ = place_id.partition("/")
    found, codes = gazetteer.place(named), gazetteer.pcodes(named)
    cells = (found.admin if found else None, codes.adm1, codes.adm2, "" if near else codes.own)
    return {column.name: cell or None for column, cell in zip(CODES, cells, strict=True)}


@cache
def _tags() -> Mapping[str, Any]:
    import yaml

    data: dict[str, Any] = yaml.safe_load(resources.files("whoholds.data").joinpath("hxl.yml").read_text("utf-8"))
    return data
