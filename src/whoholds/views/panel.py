"""The panel: the answer for one place by day, week or month, for those who count and compare."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from whoholds.model import Spell, Status

DAY = timedelta(days=1)


class Period(StrEnum):
    DAY = "day"
    WEEK = "week"
    """Monday to Sunday (ISO 8601)."""
    MONTH = "month"

    def first(self, day: date) -> date:
        """The first day of the period that a day lies in."""
        if self is Period.WEEK:
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self is Period.MONTH else day

    def last(self, first: date) -> date:
        """The last day of the one that begins with `first`, or of the calendar where that ends before."""
        if self is Period.MONTH:
            return first.replace(day=monthrange(first.year, first.month)[1])
        return first + min(timedelta(days=6 if self is Period.WEEK else 0), date.max - first)


@dataclass(frozen=True, slots=True)
class Cell:
    """One place in one period."""

    first: date
    last: date
    spell: Spell
    """The answer of the last day."""
    fighting: bool
    """On any day of the period."""
    disputed: bool
    fighting_days: int
    changes: int
    """How often the holder changed."""


def panel(
    course: Sequence[Spell],
    every: Period,
    since: date | None,
    last: date,
    begins: Callable[[Spell], date | None],
) -> Iterator[Cell]:
    """The cells of one place, from the first period of which something is known to the one with the day `last`.

    A period that `last` falls into ends there. `begins`: the first day for which a spell is an answer.
    """
    starts = [begins(spell) for spell in course]
    known = [start for start in starts if start is not None]
    if not known:
        return
    first = every.first(max(min(known), since) if since else min(known))
    while first <= last:
        end = min(every.last(first), last)
        here = [
            s
            for s, start in zip(course, starts, strict=True)
            if start and start <= end and (not s.end or s.end >= first)
        ]
        at_end = [s for s in here if not s.end or s.end >= end]
        if at_end:
            yield Cell(
                first,
                end,
                at_end[-1],
                fighting=any(s.fighting for s in here),
                disputed=any(s.disputed for s in here),
                fighting_days=sum(_days(s, begins(s), first, end) for s in here if s.fighting),
                changes=_changes(here),
            )
        if end == last:
            return
        first = end + DAY


def _days(spell: Spell, start: date | None, first: date, end: date) -> int:
    return (min(spell.end or end, end) - max(start or first, first)).days + 1


def _changes(spells: Sequence[Spell]) -> int:
    answers = [(s.status, s.holders) for s in spells if s.status is not Status.UNKNOWN]
    return sum(one != two for one, two in pairwise(answers))
