"""Which states fought which: whom "the enemy" of a bulletin means that never names the other army.

`data/wars.csv` lists wars between states from general knowledge, with their first and last years (open: to this day).
"""

from __future__ import annotations

import csv
from collections.abc import Container
from datetime import date
from functools import cache
from importlib.resources import files

from whoholds.claims.sides.rulers import ruler


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


def army_in(country: str | None, on: date | None, named: Container[str]) -> str | None:
    """Whose "our troops" are in a land that is no state yet: its ruler's, or where a bulletin names that one's army
    the one state's that fights it ("Our troops, with the Mukti Bahini, ..." in December 1971). `named`: actor ids."""
    state = ruler(country, on) if country else None
    if state is None or state == country:
        return None
    at_war = foes(state, on) if f"gov:{state}" in named else frozenset[str]()
    return f"gov:{next(iter(at_war))}" if len(at_war) == 1 else f"gov:{state}"
