"""Towns from which a group governs as a state does: who says "our army" in a bulletin that is issued there.

`data/seats.csv` lists them from general knowledge, with the first and last day (open: to this day).
"""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache
from importlib.resources import files

OPENS = re.compile(r"(?:^|\n|[|·] ?)([^\W\d_]+(?:['’][^\W\d_]+)?)(?=[,|\n]| [|·–—-])")
"""A word that opens a line, or what stands behind a stroke, and stands alone there."""
HEAD = 150
"""Characters of a report in which it says where it was issued."""


@cache
def _rows() -> dict[str, tuple[tuple[str, str, date, date | None], ...]]:
    text = files("whoholds.data").joinpath("seats.csv").read_text(encoding="utf-8")
    found: dict[str, tuple[tuple[str, str, date, date | None], ...]] = {}
    for r in csv.DictReader(text.splitlines()):
        last = date.fromisoformat(r["last"]) if r["last"] else None
        row = (r["country"], r["actor"], date.fromisoformat(r["first"]), last)
        found[r["city"]] = (*found.get(r["city"], ()), row)
    return found


def seated(text: str, country: str | None, on: date | None) -> str | None:
    """The group that governs from the town over a text of that day about `country` (alpha-3): "Sana'a, 19 April"."""
    if on is None:
        return None
    opens = {match.group(1).replace("’", "'") for match in OPENS.finditer(text[:HEAD])}
    rows = [row for city, rows in _rows().items() if city in opens for row in rows]
    here = {a for code, a, first, last in rows if code == country and first <= on <= (last or on)}
    return here.pop() if len(here) == 1 else None
