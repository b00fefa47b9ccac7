"""Pages that tell in entries under their days: "17 January", then what happened on it, "30 March", and so on."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.sources import marks
from whoholds.sources.units import YEAR, Form, Unit

LEAST = 3
"""Entries from which lines that are only a date are the days of a chronology, and not the page's own."""
TELLS = (Form.SENTENCE, Form.PROSE, Form.BULLET)


def entry_days(found: Sequence[Unit]) -> frozenset[int]:
    """The places of lines that are no more than a date and stand right above an entry; none where there are few."""
    days = frozenset(
        index
        for index, unit in enumerate(found[:-1])
        if unit.form is Form.DATE
        and found[index + 1].form in TELLS
        and not marks.says_published(unit.text)
        and not marks.is_of_a_post(unit.text)
    )
    years = {unit.text for unit in found if YEAR.fullmatch(unit.text)}
    told = {found[index].text for index in days}
    enough = len(told) >= LEAST or (len(told) > 1 and (years or _in_turn(found, days)))
    return days if enough else frozenset()


def _in_turn(found: Sequence[Unit], days: frozenset[int]) -> bool:
    """True for days without their year with nothing but what was told of each between: a report has one date line."""
    first, last = min(days), max(days)
    alone = all(marks.is_day_alone(found[index].text) for index in days)
    return alone and all(unit.form in TELLS for n, unit in enumerate(found[first:last], first) if n not in days)
