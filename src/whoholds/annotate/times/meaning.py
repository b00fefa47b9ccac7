"""What an expression of time means before it is counted from a report's date: a small tree of frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.annotate.times.numbers import Count


@dataclass(frozen=True, slots=True)
class Calendar:
    """A full or partial date. `year_step` and `month_step` count from the report's: 0 this, -1 last, 1 next."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    year_step: int | None = None
    month_step: int | None = None
    same_year: bool = False
    """"of that year": the year last mentioned."""
    later: int = 0
    """1 of the year after that: "of the next year", "of the following year"."""
    same_month: bool = False
    which: str = ""
    """"last March", "next May", "this June", "that August"; empty where no such word stands before the month."""
    ambiguous: bool = False
    """05/07/2014: the day may be the month; `day` and `month` are then as day first."""


@dataclass(frozen=True, slots=True)
class OtherCalendar:
    """A month, day or feast of another calendar ("15 Ramadan", "Nowruz") whose year there is not told.

    `calendar`: hijri, persian or ethiopian. `in_year`: the Gregorian year, where that stands beside it.
    """

    calendar: str
    month: int
    day: int | None
    in_year: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, 0 for Monday. `which`: plain, last, this, next, previous, following or same; or of which week:
    last week, this week, next week."""

    day: int
    which: str = "plain"


@dataclass(frozen=True, slots=True)
class Season:
    """`month` is the season's first; `which` as in `Unit`, or plain."""

    month: int
    year: int | None = None
    which: str = "plain"
    year_step: int | None = None


@dataclass(frozen=True, slots=True)
class Decade:
    year: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A calendar unit (day, night, week, weekend, month, year, decade) by its place.

    `which`: last, this, next count from the report's date; previous, following, same from what was mentioned last, and
    so do told ("the end of the month", in the past) and time, which is a time of day with no day named ("by evening").
    """

    unit: str
    which: str


@dataclass(frozen=True, slots=True)
class Near:
    """Days counted from the report's: yesterday -1..-1, last night -1..0, tomorrow 1..1."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a period. `part`: early, mid, late, begin, end, earlier, later, first, last (with `nth` and `unit`)."""

    part: str
    of: Meaning
    nth: int = 1
    unit: str = ""
    count: int = 0
    """How many of them: "the first two weeks of May"; 0 where no number stands."""


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units away. `base`: report ("ago"), mentioned ("earlier", "the next day"), event ("two days after …"), or
    passed ("it is a year since …": of the event named next too, but counted from the report's date).

    With base event the interval is that of the event named after the expression: it lies on the other side of what
    was mentioned last. `of` is the date that it counts from, where the words give one.
    """

    count: Count
    unit: str
    back: bool
    base: str
    of: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time. `role`: for, after, of, past ("in recent weeks"), in, within, coming, or next.

    next ("over the next few days") is counted from the report's date, or in a story from what was mentioned last.
    """

    count: Count
    unit: str
    role: str


@dataclass(frozen=True, slots=True)
class Bound:
    """`kind`: since, until, by, before, after, onwards, or comparison ("the biggest attack since 2014")."""

    kind: str
    of: Meaning


@dataclass(frozen=True, slots=True)
class Between:
    """From the start of one to the end of the other."""

    first: Meaning
    last: Meaning
    kind: str = "between"
    """between, or night: the night from one day to the next."""


@dataclass(frozen=True, slots=True)
class Open:
    """An open state: present ("now", "still"), so-far ("to date", "until now") or recent ("recently")."""

    kind: str


@dataclass(frozen=True, slots=True)
class NthDay:
    """ "for a second day": it began `nth - 1` days before."""

    nth: int


Meaning = (
    Calendar
    | OtherCalendar
    | Weekday
    | Season
    | Decade
    | Unit
    | Near
    | Part
    | Shift
    | Duration
    | Bound
    | Between
    | Open
    | NthDay
)


def walk(meaning: Meaning) -> Iterator[Meaning]:
    """The value and all that it is made of."""
    yield meaning
    if isinstance(meaning, Between):
        yield from walk(meaning.first)
        yield from walk(meaning.last)
    elif isinstance(meaning, Part | Bound | Shift) and meaning.of is not None:
        yield from walk(meaning.of)


def is_relative(meaning: Meaning) -> bool:
    """True where it needs the report's date, or an interval mentioned before, to become days."""
    if isinstance(meaning, Calendar | Season):
        return meaning.year is None
    if isinstance(meaning, OtherCalendar):
        return meaning.in_year is None
    if isinstance(meaning, Decade):
        return False
    if isinstance(meaning, Part | Bound):
        return is_relative(meaning.of)
    if isinstance(meaning, Shift):
        return meaning.of is None or is_relative(meaning.of)
    if isinstance(meaning, Between):
        return is_relative(meaning.first) and is_relative(meaning.last)
    return True
