"""The year of a text that states none, by the places it names and the battles that were fought for them.

A text that tells of one place "on 14 March" and of another "in April" tells of the year in which there was fighting
for both in those months. `data/events.csv` has the battles; their names have the places ("Siege of X", "X offensive").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice

from whoholds.annotate.times import find_times
from whoholds.annotate.times.meaning import Calendar, walk
from whoholds.gazetteer.countries import code_of
from whoholds.gazetteer.names import key
from whoholds.resolve.events import Bounds, Event, Words, table_events

_LONGEST = timedelta(days=400)
"""A longer siege says too little of the year."""
_NEAR = 150
"""Characters between a place and a date that is told of it."""
_BEFORE, _AFTER = timedelta(days=3), timedelta(days=5)
"""How far out of a battle's days a date may lie: sources do not agree on its first day."""
_MOST = 50_000
"""Characters of a text that are looked through."""
_DATES = 100
"""Dates without a year that are looked at."""
_LEAST = 2
"""So many places must agree on a year, or the one that the title names."""
_BATTLE = re.compile(
    r"(?:\w+ )?(?:battle|siege|fall|liberation|capture|recapture|evacuation) (?:of|for) (?:the )?(.+)", re.I
)
_OFFENSIVE = re.compile(
    r"(?:(?:\d{4}|first|second|third|fourth|[a-z]+ern) )*(.+?) (?:offensive|clashes|crisis|siege)", re.I
)
_BRACKETS = re.compile(r"\s*\([^)]*\)")


@cache
def _fought_for() -> dict[str, list[tuple[Words, Event]]]:
    """The places of battles by their first word; countries are none."""
    found: dict[str, list[tuple[Words, Event]]] = defaultdict(list)
    for event in table_events():
        if event.era or event.end is None or event.end - event.start > _LONGEST:
            continue
        name = _BRACKETS.sub("", event.name).strip()
        match = _BATTLE.fullmatch(name) or _OFFENSIVE.fullmatch(name)
        if match is None or code_of(match[1]) is not None:
            continue
        words = tuple(key(match[1]).split())
        if words:
            found[words[0]].append((words, event))
    return dict(found)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A month, or a day of it, that is written without its year."""

    at: int
    month: int
    day: int | None

    def meets(self, event: Event, year: int) -> bool:
        """True where it lies in the battle, taken in that year."""
        assert event.end is not None
        first = date(year, self.month, min(self.day or 1, 28))
        last = date(year, self.month, min(self.day or 28, 28))
        return last >= event.start - _BEFORE and first <= event.end + _AFTER


def year_fought(text: str, title: str, bounds: Bounds) -> int | None:
    """The year that puts what the text dates by day and month into battles for the places beside those dates.

    `bounds`: the days that it must allow. None where no year leads: two places must agree on it, or the place that
    the title names, and no other year may come within one place of it.
    """
    scores: dict[int, float] = defaultdict(float)
    in_title: set[int] = set()
    dates = list(islice(_yearless(text[:_MOST]), _DATES))
    named = tuple(key(title).split())
    for words, (events, at) in _places(text[:_MOST]).items():
        years: dict[int, bool] = {}
        for event in events:
            for year in range(event.start.year, (event.end or event.start).year + 1):
                met = any(d.meets(event, year) for d in dates if min(abs(d.at - i) for i in at) <= _NEAR)
                years[year] = years.get(year, False) or met
        for year, met in years.items():
            scores[year] += 1 if met else 0.15
            if met and any(named[i : i + len(words)] == words for i in range(len(named))):
                in_title.add(year)
    allowed = {y: s for y, s in scores.items() if bounds.allow(y)}
    ranked = sorted(allowed, key=lambda y: -allowed[y])
    if not ranked:
        return None
    best = ranked[0]
    clear = len(ranked) == 1 or allowed[best] - allowed[ranked[1]] >= 0.8
    return best if clear and (allowed[best] >= _LEAST or (best in in_title)) else None


def battles_for(title: str) -> tuple[Event, ...]:
    """The battles for the places that a title names."""
    return tuple(event for events, _ in _places(title[:_MOST]).values() for event in events)


def in_battle(day: date, battles: tuple[Event, ...]) -> bool:
    """True for a day of one of the battles, or one of the next days, when it is reported."""
    return any(event.start <= day <= (event.end or event.start) + _AFTER for event in battles)


def _yearless(text: str) -> Iterator[_Dated]:
    for expr in find_times(text):
        for part in walk(expr.meaning):
            if isinstance(part, Calendar) and part.month and not part.year and part.year_step is None:
                yield _Dated(expr.span.start, part.month, part.day)


def _places(text: str) -> dict[Words, tuple[list[Event], list[int]]]:
    """The places of battles that the text names: their battles, and where the names stand."""
    table = _fought_for()
    tokens = [(m.start(), part) for m in re.finditer(r"\S+", text) for part in key(m[0]).split()]
    found: dict[Words, tuple[list[Event], list[int]]] = {}
    for i, (at, word) in enumerate(tokens):
        for words, event in table.get(word, ()):
            if tuple(part for _, part in tokens[i : i + len(words)]) != words:
                continue
            events, where = found.setdefault(words, ([], []))
            if event not in events:
                events.append(event)
            if at not in where:
                where.append(at)
    return found
