"""Which states fought which: whom "the enemy" of a bulletin means that never names the other army.

`data/wars.csv` lists wars between states from general knowledge, with their first and last years (open: to this day).
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files


@cache
def _rows() -> tuple[tuple[frozenset[str], int, int | None], ...]:
    text = files("whoholds.data").joinpath("wars.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(
        (frozenset((r["one"], r["other"])), int(r["first"]), int(r["last"]) if r["last"] else None) for r in rows
    )


@cache
def foes(state: str, on: date | None) -> frozenset[str]:
    """The states (alpha-3) that `state` was at war with in the year of a day; without a day, ever."""
    return frozenset(
        other
        for pair, first, last in _rows()
        if state in pair and (on is None or first <= on.year <= (last or on.year))
        for other in pair - {state}
    )
