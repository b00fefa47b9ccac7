"""A report's date from its own words, where no date line states it in full.

A weekday with a day of the month settles the year; the date of a caption and "on Sunday" settle the day; a date line
without its year takes it from what the text names. Candidates run from the latest year named, six years on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from whoholds.annotate.times.arithmetic import next_weekday
from whoholds.annotate.times.meaning import Calendar
from whoholds.annotate.times.words import WEEKDAY_NAMES
from whoholds.model import When
from whoholds.resolve.date_signs import Named

YEARS_ON = 6
"""How many years after the latest one named a report may have been written. The calendar repeats after 5, 6 or 11."""
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


def complete(calendar: Calendar, said: Named, known: When | None, read_on: date | None) -> tuple[date, str] | None:
    """The day of a date line without its year, and how the year was found.

    `known`: a date from elsewhere (metadata, address). Else of the years from the latest one named on, the one whose
    weekday agrees with the weekday written beside it and with the weekdays that the text begins with.
    """
    if known is not None and known.start and known.end:
        middle = known.start + (known.end - known.start) / 2
        near = [d for y in (middle.year - 1, middle.year, middle.year + 1) if (d := in_year(calendar, y))]
        fits = [d for d in near if calendar.weekday is None or d.weekday() == calendar.weekday] or near
        if fits:
            return min(fits, key=lambda d: abs(d - middle)), "date line, its year from metadata"
    found = _candidates(calendar, said, read_on)
    if not found:
        return None
    best = max(found, key=lambda d: (_agreement(d, said), -abs(d.year - found[0].year)))
    how = "weekday with day of month" if calendar.weekday is not None else "date line, its year from the text"
    return best, how


def _candidates(calendar: Calendar, said: Named, read_on: date | None) -> list[date]:
    """Days that may be meant, the likeliest first."""
    if said.years:
        low = max(said.years)
        found = [d for y in range(low, low + YEARS_ON + 1) if (d := in_year(calendar, y))]
        latest = max((d for d in said.days if d.year == low), default=None)
        if latest:
            found = [d for d in found if d >= latest] or found
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


def infer(said: Named, read_on: date | None) -> When | None:
    """The report's date from title, captions and body alone, or None."""
    return _by_weekday(said, read_on) or _by_caption(said, read_on)


def _by_weekday(said: Named, read_on: date | None) -> When | None:
    """ "On Friday (November 17th)": the first year from the latest one named on that has them all on their weekdays."""
    votes: Counter[int] = Counter()
    for calendar in said.settled:
        votes.update({day.year for day in _candidates(calendar, said, read_on)})
    if not votes:
        return None
    most = max(votes.values())
    fitting = [year for year, n in votes.items() if n == most]
    year = min(fitting) if said.years else max(fitting)
    days = [d for c in said.settled if (d := in_year(c, year)) and d.weekday() == c.weekday]
    day = max(days)
    basis = "weekday with day of month"
    if said.weekdays and not said.begins_settled:
        # The text begins with a bare "on Tuesday", so it was written on that Tuesday or soon after, not before `day`.
        day = next_weekday(said.weekdays[0], day)
        basis = f"first {WEEKDAY_NAMES[said.weekdays[0]]} after the latest weekday with day of month"
        if read_on and day > read_on:
            return None
    return When(day, day, basis, "day")


def _by_caption(said: Named, read_on: date | None) -> When | None:
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
    return When(day, day, f"first {WEEKDAY_NAMES[weekday]} after the latest date in a caption", "day")
