"""Named events and eras, by which a text that states no year can be placed in time.

`data/events.csv` lists them from general knowledge. An *event* is a battle, siege, fall or war: its name in a title
gives the period of the text, and a text that names it was written after it began. An *era* is the time in which a
group, an office or a mission existed: a text that speaks of it as present was written then. Words joined by "&" make
an era only together.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from whoholds.gazetteer.names import key

_LONGEST = timedelta(days=366)
_OVER = frozenset(["former", "ex", "ousted", "deposed", "late", "then", "toppled", "exiled"])
"""Words before an office or a group that say that its time is over."""
_MOST = 100_000
"""Characters of a text that are looked through."""


@dataclass(frozen=True, slots=True)
class Event:
    """`end` is None for what goes on. `era`: see the module."""

    name: str
    start: date
    end: date | None
    era: bool


@dataclass(frozen=True, slots=True)
class Bounds:
    """Days between which a text was written, as far as what it names says; None is open."""

    since: date | None = None
    until: date | None = None

    def hold(self, day: date) -> bool:
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def allow(self, year: int) -> bool:
        """True where some day of the year lies between them."""
        return (self.since is None or year >= self.since.year) and (self.until is None or year <= self.until.year)


NO_BOUNDS = Bounds()
Words = tuple[str, ...]


@cache
def table_events() -> tuple[Event, ...]:
    """All rows of `data/events.csv`, one for each name."""
    text = files("whoholds.data").joinpath("events.csv").read_text(encoding="utf-8")
    return tuple(
        Event(
            name,
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["end"]) if row["end"] else None,
            row["kind"] == "era",
        )
        for row in csv.DictReader(io.StringIO(text), strict=True)
        for name in row["names"].split("|")
    )


@cache
def _table() -> tuple[dict[str, list[tuple[Words, Event]]], dict[str, list[tuple[int, tuple[Words, ...], Event]]]]:
    """Names of one phrase, and those of several phrases with their row, by their first word."""
    single: dict[str, list[tuple[Words, Event]]] = {}
    joint: dict[str, list[tuple[int, tuple[Words, ...], Event]]] = {}
    for row, event in enumerate(table_events()):
        phrases = tuple(tuple(key(phrase).split()) for phrase in event.name.split("&"))
        if len(phrases) > 1:
            joint.setdefault(phrases[0][0], []).append((row, phrases, event))
        else:
            single.setdefault(phrases[0][0], []).append((phrases[0], event))
    return single, joint


def _words(text: str) -> list[str]:
    return [part for word in text[:_MOST].split() for part in key(word).split()]


def _has(words: list[str], at: dict[str, list[int]], phrase: Words) -> bool:
    return any(tuple(words[i : i + len(phrase)]) == phrase for i in at.get(phrase[0], ()))


def named_events(text: str) -> Iterator[Event]:
    """The events and eras that a text names; a name within a longer one ("First Battle of …") is not told apart."""
    single, joint = _table()
    words = _words(text)
    at: dict[str, list[int]] = {}
    for i, word in enumerate(words):
        at.setdefault(word, []).append(i)
    met = [
        (i, i + len(phrase), event)
        for first in at.keys() & single.keys()
        for i in at[first]
        for phrase, event in single[first]
        if tuple(words[i : i + len(phrase)]) == phrase
        and not (event.era and words[i - 1 : i] and words[i - 1] in _OVER)
    ]
    done = 0
    for _, end, event in sorted(met, key=lambda m: (m[0], -m[1])):
        if end > done:
            yield event
            done = end
    rows = sorted((r for first in at.keys() & joint.keys() for r in joint[first]), key=lambda r: r[0])
    yield from (event for _, phrases, event in rows if all(_has(words, at, phrase) for phrase in phrases))


def event_of_title(title: str) -> Event | None:
    """The event that a title names, if it is but one and short enough to tell the year of a day without one."""
    found = [e for e in named_events(title) if not e.era]
    if len(found) != 1 or found[0].end is None or found[0].end - found[0].start > _LONGEST:
        return None
    return found[0]


def bounds(text: str) -> Bounds:
    """From the latest start to the earliest end of what a text names; eras that do not go together give no end."""
    found = list(named_events(text))
    since = max((e.start for e in found), default=None)
    ends = [e.end for e in found if e.era and e.end and (since is None or e.end >= since)]
    return Bounds(since, min(ends, default=None))
