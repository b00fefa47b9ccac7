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
    return days if len(told) >= LEAST or (len(told) > 1 and years) else frozenset()
