"""From what an expression of time means to days, counted from the report's date or from what was mentioned before.

Conventions (those of the project's guide to claims): weeks run Monday to Sunday; "early" October is 1 to 10, "mid" 11
to 20, "late" 21 to the end; the beginning of a month its first seven days, its end from the 25th on; early 2014 is
January to March, mid-2014 May to August, late 2014 October to December; seasons are the meteorological ones of the
northern hemisphere, and "winter 2015" begins in December 2014; what is past does not go on beyond the report's date.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from whoholds.annotate.times.arithmetic import Days, UnknownDaysError, add_days, add_months, month_days, part_of
from whoholds.annotate.times.calendars import other_days
from whoholds.annotate.times.meaning import (
    Between,
    Bound,
    Calendar,
    Decade,
    Duration,
    Meaning,
    Near,
    NthDay,
    Open,
    OtherCalendar,
    Part,
    Season,
    Shift,
    Unit,
    Weekday,
)
from whoholds.annotate.times.numbers import Count
from whoholds.annotate.times.points import Context, calendar_days, season_days_of, unit_days, weekday_days
from whoholds.annotate.times.words import WEEKDAY_NAMES
from whoholds.model import When

_FIRST, _LAST = 100, 9900
"""Years between which a date may lie that others are counted from."""


def resolve_meaning(meaning: Meaning, *, published: When | None, previous: When | None, past: bool) -> When | None:
    """See `times.resolve_time`. A report's date that is itself an interval gives the union over its two ends."""
    mentioned = Days(previous.start, previous.end, previous.precision) if previous and _usable(previous) else None
    ends: list[date | None] = [None]
    if published is not None and _usable(published) and published.start is not None and published.end is not None:
        ends = [published.start] if published.start == published.end else [published.start, published.end]
    found: list[Days] = []
    used: set[str] = set()
    for today in ends:
        context = Context(today, mentioned, past)
        try:
            days = _days(meaning, context)
        except (UnknownDaysError, OverflowError):
            return None
        used |= context.used
        found.append(_clip(days, today) if past and not _ahead(meaning) else days)
    found = _within(meaning, published, found) or found
    start = None if any(d.start is None for d in found) else min(d.start for d in found if d.start)
    end = None if any(d.end is None for d in found) else max(d.end for d in found if d.end)
    if start and end and end < start:
        return None
    precision = found[0].precision if len(found) == 1 else "range"
    return When(start, end, _basis(meaning, used, published, previous), precision)


def _within(meaning: Meaning, published: When | None, found: list[Days]) -> list[Days]:
    """Of "4 March", "between 2 and 13 March" in a bulletin of that March the days within it, not the year before's."""
    of_a_month = isinstance(meaning, Calendar) and meaning.month is not None
    if len(found) < 2 or published is None or not (of_a_month or isinstance(meaning, Between)):
        return []
    first, last = published.start, published.end
    return [d for d in found if d.start and d.end and first and last and first <= d.start and d.end <= last][:1]


def _usable(when: When) -> bool:
    """False at the very ends of the calendar, where nothing can be counted from."""
    return all(day is None or _FIRST <= day.year <= _LAST for day in (when.start, when.end))


def _ahead(meaning: Meaning) -> bool:
    """True for what is to come whatever the clause says."""
    return (isinstance(meaning, Duration) and meaning.role in ("coming", "next")) or getattr(
        meaning, "which", ""
    ) == "next"


def _clip(days: Days, today: date | None) -> Days:
    """What is past cannot have gone on after the report was written."""
    if today and days.start and days.end and days.start <= today < days.end and days.precision != "day":
        return replace(days, end=today)
    return days


def _basis(meaning: Meaning, used: set[str], published: When | None, previous: When | None) -> str:
    told = published.end.isoformat() if published and published.end else ""
    if "mentioned" in used and previous is not None:
        named = (previous.start or previous.end) if previous else None
        return f"counted from {named.isoformat() if named else 'a date'} named before"
    if "report" not in used:
        return "stated"
    if isinstance(meaning, Weekday) and meaning.which == "plain":
        return f"the {WEEKDAY_NAMES[meaning.day]} nearest to the report's date {told}"
    if isinstance(meaning, Calendar) and meaning.ambiguous:
        return f"of two readings the one nearer to the report's date {told}"
    if isinstance(meaning, Calendar) and meaning.month is not None and meaning.year_step is None:
        return f"year counted from the report's date {told}"
    return f"counted from the report's date {told}"


def _days(m: Meaning, c: Context) -> Days:
    match m:
        case Calendar():
            return calendar_days(m, c)
        case OtherCalendar():
            return other_days(m, c)
        case Weekday():
            return weekday_days(m, c)
        case Season():
            return season_days_of(m, c)
        case Decade():
            return Days(date(m.year, 1, 1), date(m.year + 9, 12, 31), "range")
        case Unit():
            return unit_days(m, c)
        case Near():
            day = c.report()
            return Days(add_days(day, m.low), add_days(day, m.high))
        case Part():
            return _part(m, c)
        case Shift():
            return _shift(m, c)
        case Duration():
            return _duration(m, c)
        case Bound():
            return _bound(m, c)
        case Between():
            return _between(m, c)
        case Open():
            day = c.report()
            return Days(day, day, "day") if m.kind == "present" else Days(None, day, "open")
        case NthDay():
            start, end = c.anchor().closed()
            return Days(add_days(start, 1 - m.nth), end, "range")


def _part(m: Part, c: Context) -> Days:
    of = _days(m.of, c)
    start, end = of.closed()
    if m.part in ("earlier", "later"):
        today = c.today
        if today is None or not start <= today <= end:
            return of
        if m.part == "earlier":
            return replace(of, end=max(start, add_days(today, -1)), precision="range")
        return replace(of, start=min(end, add_days(today, 1)), precision="range")
    return part_of(of, m.part, m.nth, m.unit, m.count)


def _shift(m: Shift, c: Context) -> Days:
    forward = not m.back
    if m.of is not None:
        base = _days(m.of, c)
    elif m.base in ("report", "passed"):
        base = Days(c.report(), c.report())
    else:
        found = c.before("month" if m.base == "event" and m.unit in ("day", "week", "fortnight") else m.unit)
        if found is None and m.base == "mentioned" and forward and c.past:
            raise UnknownDaysError
        base = found or Days(c.report(), c.report())
        forward = forward if m.base == "mentioned" else not forward
    return _moved(*base.closed(), m.count, m.unit, forward)


def _moved(start: date, end: date, number: Count, unit: str, forward: bool) -> Days:
    """So many units on: days exactly, weeks give or take three days from two on, months and years as whole ones."""
    near, far = (number.low, number.high) if forward else (-number.low, -number.high)
    first, last = (start, end) if forward else (end, start)
    a, b = _step(first, near, unit), _step(last, far, unit)
    low, high = (a, b) if forward else (b, a)
    open_end = number.open_end
    precision = {"fortnight": "week", "decade": "year"}.get(unit, unit)
    if unit in ("week", "fortnight") and number.low > 1:
        low, high = add_days(low, -3), add_days(high, 3)
    elif unit == "month":
        low, high = low.replace(day=1), month_days(high.year, high.month).closed()[1]
    elif unit in ("year", "decade"):
        low, high = date(low.year, 1, 1), date(high.year, 12, 31)
    if number.low != number.high:
        precision = "range"
    if open_end:
        return Days(low, None, "open") if forward else Days(None, high, "open")
    return Days(low, high, precision)


def _step(day: date, n: int, unit: str) -> date:
    if unit in ("day", "week", "fortnight"):
        return add_days(day, n * {"day": 1, "week": 7, "fortnight": 14}[unit])
    return add_months(day, n * {"month": 1, "year": 12, "decade": 120}[unit])


def _duration(m: Duration, c: Context) -> Days:
    number, unit = m.count, m.unit
    long = max(1, number.high)
    if m.role == "next" and c.past and (base := c.before()):
        start, end = base.closed()
        return Days(end, _step(end, long, unit), "range")
    if m.role in ("coming", "next") or (not c.past and m.role in ("in", "within")):
        today = c.report()
        low = number.low if m.role == "in" and not number.open_end else 0
        return Days(_step(today, low, unit), _step(today, long, unit), "range")
    if m.role == "within" and c.past and (base := c.before("month")):
        # "crossed the river in March, and took P within weeks"
        start, end = base.closed()
        return Days(start, _step(end, number.high, unit), "range")
    counted = m.role in ("after", "in") or c.today is None
    start, end = c.anchor(unit).closed() if counted else (c.report(), c.report())
    if number.open_end:
        return Days(None, end, "open")
    return Days(_step(start, -long, unit), end, "range")


def _bound(m: Bound, c: Context) -> Days:
    if m.kind == "since" and m.of == Unit("day", "same"):
        if c.mentioned is None or c.mentioned.start is None:
            raise UnknownDaysError
        c.used.add("mentioned")
        of = c.mentioned
    else:
        of = _days(m.of, c)
    today = c.today
    if m.kind in ("since", "onwards"):
        going = today if today and (of.start is None or of.start <= today) and c.past else None
        return Days(of.start, going, "range" if going and of.start else "open")
    if m.kind in ("until", "by"):
        return Days(None, of.end, "open")
    if m.kind == "before":
        if of.start is None:
            raise UnknownDaysError
        return Days(None, add_days(of.start, -1), "open")
    if of.end is None:
        raise UnknownDaysError
    start = add_days(of.end, 1)
    return Days(start, today if today and start <= today and c.past else None, "open")


def _between(m: Between, c: Context) -> Days:
    if c.past or c.today is None:
        last = _days(m.last, c)
        begin = last.closed()[0]
        counted = begin - timedelta(days=1) if isinstance(m.first, Weekday) else begin
        free = isinstance(m.first, Weekday | Calendar) and c.today is not None
        first = _days(m.first, replace(c.at(counted), mentioned=None) if free else c)
    else:
        first = _days(m.first, c)
        if first.end is None:
            raise UnknownDaysError
        last = _days(m.last, c.at(first.end))
    if first.start is None or last.end is None or first.start > last.end:
        raise UnknownDaysError
    return Days(first.start, last.end, "range")
