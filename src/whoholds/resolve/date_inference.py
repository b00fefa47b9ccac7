"""A report's date from its own words, where no date line states it in full.

A weekday with a day of the month settles the year; the date of a caption and "on Sunday" settle the day; a date line
without its year takes it from what the text names. Candidates run from the latest year named, six years on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from whoholds.annotate.times.arithmetic import next_weekday
from whoholds.annotate.times.meaning import Calendar
from whoholds.annotate.times.words import WEEKDAY_NAMES
from whoholds.model import When
from whoholds.resolve.date_signs import Named
from whoholds.resolve.event_years import in_battle

YEARS_ON = 6
"""How many years after the latest one named a report may have been written. The calendar repeats after 5, 6 or 11."""
_DOUBT_ON = 12
"""How many years on one that fits as well is told as a doubt."""
_LEAD = 4
"""How many of the first weekdays of the text speak for a candidate."""


def in_year(calendar: Calendar, year: int) -> date | None:
    """The day of a month in a year, if there is such a day."""
    if calendar.month is None or calendar.day is None:
        return None
    try:
        return date(year, calendar.month, calendar.day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Inferred:
    """A day whose year was not stated beside it, how it was found, and the years that fit as well."""

    day: date
    basis: str
    others: tuple[int, ...] = ()


def complete(calendar: Calendar, said: Named, known: When | None, read_on: date | None) -> Inferred | None:
    """The day of a date line without its year.

    `known`: a date from elsewhere (metadata, address). Else of the years from the latest one named on, and within what
    the events named allow, the one whose weekday agrees with the weekday written beside it and with the weekdays that
    the text begins with.
    """
    if known is not None and known.start and known.end:
        middle = known.start + (known.end - known.start) / 2
        near = [d for y in (middle.year - 1, middle.year, middle.year + 1) if (d := in_year(calendar, y))]
        fits = [d for d in near if calendar.weekday is None or d.weekday() == calendar.weekday] or near
        if fits:
            return Inferred(min(fits, key=lambda d: abs(d - middle)), "date line, its year from metadata")
    found = _candidates(calendar, said, read_on)
    if not found:
        return None
    wide = _candidates(calendar, said, read_on, _DOUBT_ON)
    fought = [d for d in wide if in_battle(d, said.battles)]
    if len(fought) == 1:
        # "P retaken, Aug 30 (Sunday)": of the years that fit, the one in which P was fought for on that day
        rest = tuple(d.year for d in wide if d != fought[0])
        return Inferred(fought[0], "date line, its year that of the battle for the title's place", rest)
    best = max(found, key=lambda d: (_agreement(d, said), -abs(d.year - found[0].year)))
    sure = said.years or said.bounds.until or read_on or calendar.weekday is not None or _agreement(best, said)
    if len(found) > 1 and not sure:
        # That a group existed since some year says too little.
        return None
    how = "weekday with day of month" if calendar.weekday is not None else "date line, its year from the text"
    others = (d.year for d in wide if d != best and _agreement(d, said) == _agreement(best, said))
    return Inferred(best, how, tuple(others) if _beyond(best.year, said) else ())


def _beyond(year: int, said: Named) -> bool:
    """True for a year well after all that the text names: others may fit as well as that one."""
    return not said.years or year > max(said.years) + 1


def _candidates(calendar: Calendar, said: Named, read_on: date | None, on: int = YEARS_ON) -> list[date]:
    """Days that may be meant, up to `on` years after the latest year named, the likeliest first."""
    since = said.bounds.since
    if said.years or since:
        low = max([*said.years, *([since.year] if since else [])])
        found = [d for y in range(low, low + on + 1) if (d := in_year(calendar, y))]
        latest = max((d for d in said.days if d.year == low), default=None)
        if latest:
            found = [d for d in found if d >= latest] or found
        found = [d for d in found if said.bounds.hold(d)] or found
    elif read_on:
        found = [d for y in range(read_on.year, read_on.year - 12, -1) if (d := in_year(calendar, y))]
    else:
        return []
    if read_on:
        found = [d for d in found if d <= read_on]
    return [d for d in found if calendar.weekday is None or d.weekday() == calendar.weekday]


def _agreement(day: date, said: Named) -> int:
    """How well the weekdays that the text begins with go with a report of that day: its own, then the day before."""
    first = said.weekdays[:_LEAD]
    if not first:
        return 0
    own = 2 * (day.weekday() == first[0]) + (day.weekday() in first)
    eve = (day - timedelta(days=1)).weekday()
    return own or int(eve == first[0])


def choose_reading(calendar: Calendar, said: Named, known: When | None, others: list[Calendar]) -> tuple[date, bool]:
    """Of 05/07/2014 the day meant, and whether anything settled it; with nothing to go by the day is read first."""
    assert calendar.year is not None
    first = in_year(calendar, calendar.year)
    second = in_year(replace(calendar, month=calendar.day, day=calendar.month), calendar.year)
    assert first is not None
    assert second is not None
    for other in others:
        for day in (first, second):
            if (other.month, other.day) == (day.month, day.day):
                return day, True
    if known is not None and known.start and known.end:
        middle = known.start + (known.end - known.start) / 2
        return min((first, second), key=lambda d: abs(d - middle)), True
    a, b = _agreement(first, said), _agreement(second, said)
    if a != b:
        return (first if a > b else second), True
    return first, False


def infer(said: Named, read_on: date | None) -> Inferred | None:
    """The report's date from title, captions and body alone, or None."""
    return _by_weekday(said, read_on) or _by_caption(said, read_on)


def _by_weekday(said: Named, read_on: date | None) -> Inferred | None:
    """ "On Friday (November 17th)": the first year from the latest one named on that has them all on their weekdays."""
    fitting = _fitting_years(said, read_on, YEARS_ON)
    if not fitting:
        return None
    year = min(fitting) if said.years or said.bounds.since else max(fitting)
    others = tuple(y for y in _fitting_years(said, read_on, _DOUBT_ON) if y != year) if _beyond(year, said) else ()
    days = [d for c in said.settled if (d := in_year(c, year)) and d.weekday() == c.weekday]
    day = max(days)
    basis = "weekday with day of month"
    if said.weekdays and not said.begins_settled:
        # The text begins with a bare "on Tuesday", so it was written on that Tuesday or soon after, not before `day`.
        day = next_weekday(said.weekdays[0], day)
        basis = f"first {WEEKDAY_NAMES[said.weekdays[0]]} after the latest weekday with day of month"
        if read_on and day > read_on:
            return None
    return Inferred(day, basis, others)


def _fitting_years(said: Named, read_on: date | None, on: int) -> list[int]:
    """The years that put most of the days with a weekday on it, in order."""
    votes: Counter[int] = Counter()
    for calendar in said.settled:
        votes.update({day.year for day in _candidates(calendar, said, read_on, on)})
    most = max(votes.values(), default=0)
    return sorted(year for year, n in votes.items() if n == most)


def _by_caption(said: Named, read_on: date | None) -> Inferred | None:
    """A caption's full date and "on Sunday": the first Sunday on or after it."""
    if not said.captions or not said.weekdays:
        return None
    latest = max(said.captions)
    if said.years and max(said.years) > latest.year:
        return None
    weekday = said.weekdays[0]
    day = next_weekday(weekday, latest)
    if read_on and day > read_on:
        return None
    return Inferred(day, f"first {WEEKDAY_NAMES[weekday]} after the latest date in a caption")
