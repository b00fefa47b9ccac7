"""Whose "the army" was where a place lies today: territories without forces, colonies, states that did not exist yet.

`data/rulers.csv` lists them from general knowledge: for a country of today the state whose forces stood there, and the
last year that they did (open: to this day). Rows of one country stand in the order of time.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files

LEAVING = 3
"""Years after which the army of a state that a country was part of is no longer "the federal army" there."""


@cache
def _rows() -> dict[str, tuple[tuple[str, int | None], ...]]:
    text = files("whoholds.data").joinpath("rulers.csv").read_text(encoding="utf-8")
    found: dict[str, tuple[tuple[str, int | None], ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        last = int(row["last"]) if row["last"] else None
        found[row["country"]] = (*found.get(row["country"], ()), (row["state"], last))
    return found


def federation(country: str, on: date | None) -> str | None:
    """The state that `country` (alpha-3) has just left, or is leaving: whose "the federal army" is there."""
    for state, last in reversed(_rows().get(country, ())):
        if on is not None and last is not None and state != country and on.year - last <= LEAVING:
            return state
    return None


def ruler(country: str, on: date | None) -> str:
    """The alpha-3 code of the state whose army stood in `country` (alpha-3) on a day; without a day, today's."""
    for state, last in _rows().get(country, ()):
        if last is None or (on is not None and on.year <= last):
            return state
    return country
