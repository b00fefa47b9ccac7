"""From what an expression of time means to days, counted from the report's date or from what was mentioned before.

Conventions (those of the project's guide to claims): weeks run Monday to Sunday; "early" October is 1 to 10, "mid" 11
to 20, "late" 21 to the end; the beginning of a month its first seven days, its end from the 25th on; early 2014 is
January to March, mid-2014 May to August, late 2014 October to December; seasons are the meteorological ones of the
northern hemisphere, and "winter 2015" begins in December 2014; what is past does not go on beyond the report's date.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from whoholds.annotate.times_calendar import (
    Days,
    add_days,
    add_months,
    calendar_unit,
    last_weekday,
    month_days,
    next_weekday,
    part_of,
    season_days,
    year_days,
)
from whoholds.annotate.times_meaning import (
    Between,
    Bound,
    Calendar,
    Decade,
    Duration,
    Meaning,
    Near,
    NthDay,
    Open,
    Part,
    Season,
    Shift,
    Unit,
    Weekday,
)
from whoholds.annotate.times_words import WEEKDAY_NAMES, Count
from whoholds.model import When

_NARROW = {"day": 7, "week": 10, "fortnight": 10, "month": 62, "year": 370, "decade": 3660}
"""How wide, in days, an interval mentioned before may be for a unit to be counted from it."""


class _Unknown(Exception):
    """The days cannot be known from what is given."""


@dataclass(slots=True)
class _Context:
    today: date | None
    mentioned: Days | None
    past: bool
    used: set[str] = field(default_factory=set)

    def report(self) -> date:
        if self.today is None:
            raise _Unknown
        self.used.add("report")
        return self.today

    def before(self, unit: str = "day") -> Days | None:
        """What was mentioned before, if it is narrow enough to count such units from."""
        m = self.mentioned
        if m is None or m.start is None or m.end is None or (m.end - m.start).days > _NARROW[unit]:
            return None
        self.used.add("mentioned")
        return m

    def anchor(self, unit: str = "day") -> Days:
        """What was mentioned before, else the report's date."""
        found = self.before(unit)
        return found or Days(self.report(), self.report())

    def at(self, today: date) -> _Context:
        return replace(self, today=today)


def resolve_meaning(meaning: Meaning, *, published: When | None, previous: When | None, past: bool) -> When | None:
    """See `times.resolve_time`. A report's date that is itself an interval gives the union over its two ends."""
    mentioned = Days(previous.start, previous.end, previous.precision) if previous else None
    ends: list[date | None] = [None]
    if published is not None and published.start is not None and published.end is not None:
        ends = [published.start] if published.start == published.end else [published.start, published.end]
    found: list[Days] = []
    used: set[str] = set()
    for today in ends:
        context = _Context(today, mentioned, past)
        try:
            days = _days(meaning, context)
        except (_Unknown, OverflowError):
            return None
        used |= context.used
        found.append(_clip(days, today) if past and not _ahead(meaning) else days)
    start = None if any(d.start is None for d in found) else min(d.start for d in found if d.start)
    end = None if any(d.end is None for d in found) else max(d.end for d in found if d.end)
    if start and end and end < start:
        return None
    precision = found[0].precision if len(found) == 1 else "range"
    return When(start, end, _basis(meaning, used, published, previous), precision)


def _ahead(meaning: Meaning) -> bool:
    """True for what is to come whatever the clause says."""
    return (isinstance(meaning, Duration) and meaning.role == "coming") or getattr(meaning, "which", "") == "next"


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


def _days(m: Meaning, c: _Context) -> Days:
    match m:
        case Calendar():
            return _calendar(m, c)
        case Weekday():
            return _weekday(m, c)
        case Season():
            return _season(m, c)
        case Decade():
            return Days(date(m.year, 1, 1), date(m.year + 9, 12, 31), "range")
        case Unit():
            return _unit(m, c)
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
            base = c.anchor()
            assert base.start is not None
            return Days(add_days(base.start, 1 - m.nth), base.end, "range")


def _calendar(m: Calendar, c: _Context) -> Days:
    if m.ambiguous and m.year and m.month and m.day:
        return _ambiguous(m, c)
    year = m.year
    if year is None and m.year_step is not None:
        year = c.report().year + m.year_step
    elif year is None and m.same_year:
        year = _mentioned_year(c)
    if m.month is None and m.day is not None:
        return _day_of_month(m, m.day, c)
    if m.month is None:
        if year is None:
            raise _Unknown
        return year_days(year)
    if m.which:
        return _month_by_word(m, m.month, c)
    if year is None:
        year = _year_of(m.month, m.day, m.weekday, c)
    if m.day is None:
        return month_days(year, m.month)
    return _one_day(year, m.month, m.day)


def _month_by_word(m: Calendar, month: int, c: _Context) -> Days:
    """Last March is the last one that was over; next March the first to begin; this March that of the year."""
    if m.which == "same":
        return month_days(_mentioned_year(c), month)
    today = c.report()
    step = 0
    if m.which == "last":
        step = 0 if month < today.month else -1
    elif m.which == "next":
        step = 0 if month > today.month else 1
    return month_days(today.year + step, month)


def _one_day(year: int, month: int, day: int) -> Days:
    try:
        found = date(year, month, day)
    except ValueError:
        raise _Unknown from None
    return Days(found, found)


def _ambiguous(m: Calendar, c: _Context) -> Days:
    """05/07/2014: of both readings the one nearer to the report's date; without it the days from one to the other."""
    assert m.year and m.month and m.day
    first, second = _one_day(m.year, m.month, m.day), _one_day(m.year, m.day, m.month)
    assert first.start and second.start
    if c.today is None:
        return Days(min(first.start, second.start), max(first.start, second.start), "range")
    today = c.report()
    ahead = [d for d in (first, second) if d.start and (d.start <= today) == c.past] or [first, second]
    return min(ahead, key=lambda d: abs((d.start or today) - today))


def _mentioned_year(c: _Context) -> int:
    m = c.mentioned
    day = (m.start or m.end) if m else None
    if day is None:
        return c.report().year
    c.used.add("mentioned")
    return day.year


def _year_of(month: int, day: int | None, weekday: int | None, c: _Context) -> int:
    """The year of a month, or of a day of a month, that is written without one."""
    m = c.mentioned
    if m and m.start and m.end and m.start.year == m.end.year and m.precision in ("year", "season"):
        # "In 2018 they tried to seize it ... They captured its airport in June": the year mentioned last holds.
        whole = (m.end - m.start).days >= 300
        if whole and (c.today is None or m.end < c.today):
            c.used.add("mentioned")
            return m.start.year
    if c.today is None:
        if m is None or (m.start or m.end) is None:
            raise _Unknown
        base = m.start or m.end
        assert base is not None
        c.used.add("mentioned")
        return _nearest_year(month, day or 15, base)
    today = c.report()
    day_or_first = day or 1
    for year in range(today.year + 1, today.year - 12, -1) if c.past else range(today.year, today.year + 12):
        try:
            found = date(year, month, day_or_first)
        except ValueError:
            continue
        end = found if day else month_days(year, month).end
        assert end is not None
        fits = found <= today if c.past else end >= today
        if fits and (weekday is None or found.weekday() == weekday):
            return year
    return today.year if weekday is None else _year_of(month, day, None, c)


def _nearest_year(month: int, day: int, base: date) -> int:
    """The year that puts it nearest to `base`. A text goes forward: a step back counts twice."""

    def distance(year: int) -> int:
        gap = (date(year, month, min(day, 28)) - base.replace(day=min(base.day, 28))).days
        return gap if gap >= 0 else -2 * gap

    return min((base.year, base.year + 1, base.year - 1), key=distance)


def _day_of_month(m: Calendar, day: int, c: _Context) -> Days:
    if m.month_step is not None:
        month = add_months(c.report(), m.month_step)
        return _one_day(month.year, month.month, day)
    mentioned = c.before("month")
    if mentioned and mentioned.start and mentioned.end:
        base = mentioned.start
        whole_month = mentioned.precision == "month" or (mentioned.end - mentioned.start).days > 3
        if m.same_month or c.today is None or whole_month or day >= base.day:
            same_month = (base.year, base.month) == (mentioned.end.year, mentioned.end.month)
            if same_month and (day >= base.day or m.same_month or c.today is None):
                return _one_day(base.year, base.month, day)
    c.used.discard("mentioned")
    today = c.report()
    for step in range(0, 13):
        month = add_months(today.replace(day=1), -step if c.past else step)
        try:
            found = month.replace(day=day)
        except ValueError:
            continue
        if (found <= today if c.past else found >= today) and (m.weekday is None or found.weekday() == m.weekday):
            return Days(found, found)
    raise _Unknown


def _weekday(m: Weekday, c: _Context) -> Days:
    if m.which in ("previous", "following", "same"):
        base = c.anchor("week")
        assert base.start and base.end
        if m.which == "previous":
            day = last_weekday(m.day, add_days(base.start, -1))
        else:
            day = next_weekday(m.day, base.start if m.which == "same" else add_days(base.end, 1))
    elif c.today is None and m.which == "plain" and (mentioned := c.before()) and mentioned.start:
        day = next_weekday(m.day, mentioned.start)
    elif m.which == "last":
        day = last_weekday(m.day, add_days(c.report(), -1))
    elif m.which == "next":
        day = next_weekday(m.day, add_days(c.report(), 1))
    else:
        day = last_weekday(m.day, c.report()) if c.past else next_weekday(m.day, c.report())
    return Days(day, day)


def _season(m: Season, c: _Context) -> Days:
    if m.year is not None:
        return season_days(m.month, m.year)
    if m.year_step is not None:
        return season_days(m.month, c.report().year + m.year_step)
    if m.which in ("same", "previous", "following") or c.today is None:
        base = c.before("year")
        if base is None or base.start is None:
            raise _Unknown
        step = {"previous": -1, "following": 1}.get(m.which, 0)
        return season_days(m.month, base.start.year + step)
    today = c.report()
    seasons = [season_days(m.month, year) for year in range(today.year - 2, today.year + 3)]
    if m.which == "last":
        return [s for s in seasons if s.end and s.end < today][-1]
    if m.which == "next" or not c.past:
        ahead = [s for s in seasons if s.start and s.end and (s.start > today if m.which == "next" else s.end >= today)]
        return ahead[0]
    return [s for s in seasons if s.start and s.start <= today][-1]


def _unit(m: Unit, c: _Context) -> Days:
    step = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(m.which, 0)
    if m.which not in ("same", "previous", "following"):
        return calendar_unit(m.unit, c.report(), step, plain=m.which == "plain", past=c.past)
    width = "day" if m.unit == "night" else m.unit if m.unit in _NARROW else "week" if m.unit == "weekend" else "month"
    base = c.before(width)
    if base is None:
        if m.which == "following" and c.past:
            raise _Unknown
        today = c.report()
        base = Days(today, today)
    assert base.start and base.end
    if m.unit == "night":
        return _night(base, c)
    if m.unit == "day":
        return Days(add_days(base.start, step), add_days(base.end, step)) if step >= 0 else _day_before(base.start)
    return calendar_unit(m.unit, base.end if step > 0 else base.start, step, plain=False, past=False)


def _night(base: Days, c: _Context) -> Days:
    """The night after the day mentioned, else the night before the report."""
    assert base.start and base.end
    if "mentioned" in c.used and base.end != c.today:
        return Days(base.start, add_days(base.end, 1))
    return Days(add_days(base.start, -1), base.end)


def _day_before(day: date) -> Days:
    return Days(add_days(day, -1), add_days(day, -1))


def _part(m: Part, c: _Context) -> Days:
    of = _days(m.of, c)
    if of.start is None or of.end is None:
        raise _Unknown
    if m.part in ("earlier", "later"):
        today = c.today
        if today is None or not of.start <= today <= of.end:
            return of
        if m.part == "earlier":
            return replace(of, end=max(of.start, add_days(today, -1)), precision="range")
        return replace(of, start=min(of.end, add_days(today, 1)), precision="range")
    return part_of(of, m.part, m.nth, m.unit)


def _shift(m: Shift, c: _Context) -> Days:
    forward = not m.back
    if m.of is not None:
        base = _days(m.of, c)
    elif m.base == "report":
        base = Days(c.report(), c.report())
    else:
        found = c.before(m.unit)
        if found is None and m.base == "mentioned" and forward and c.past:
            raise _Unknown
        base = found or Days(c.report(), c.report())
        forward = forward if m.base == "mentioned" else not forward
    if base.start is None or base.end is None:
        raise _Unknown
    return _moved(base.start, base.end, m.count, m.unit, forward)


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
        low, end_of = low.replace(day=1), month_days(high.year, high.month).end
        high = end_of or high
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


def _duration(m: Duration, c: _Context) -> Days:
    number, unit = m.count, m.unit
    if m.role == "coming" or (not c.past and m.role in ("in", "within")):
        today = c.report()
        low = number.low if m.role == "in" and not number.open_end else 0
        return Days(_step(today, low, unit), _step(today, max(1, number.high), unit), "range")
    if m.role == "within" and (base := c.before()) and base.start and base.end and not number.open_end:
        return Days(base.start, _step(base.end, number.high, unit), "range")
    if m.role == "after" or c.today is None:
        base = c.anchor()
    else:
        base = Days(c.report(), c.report())
    assert base.start is not None
    if number.open_end:
        return Days(None, base.end, "open")
    return Days(_step(base.start, -max(1, number.high), unit), base.end, "range")


def _bound(m: Bound, c: _Context) -> Days:
    if m.kind == "since" and m.of == Unit("day", "same"):
        if c.mentioned is None or c.mentioned.start is None:
            raise _Unknown
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
            raise _Unknown
        return Days(None, add_days(of.start, -1), "open")
    if of.end is None:
        raise _Unknown
    start = add_days(of.end, 1)
    return Days(start, today if today and start <= today and c.past else None, "open")


def _between(m: Between, c: _Context) -> Days:
    if c.past or c.today is None:
        last = _days(m.last, c)
        if last.start is None or last.end is None:
            raise _Unknown
        counted = last.start - timedelta(days=1) if isinstance(m.first, Weekday) else last.start
        free = isinstance(m.first, Weekday | Calendar) and c.today is not None
        first = _days(m.first, replace(c.at(counted), mentioned=None) if free else c)
    else:
        first = _days(m.first, c)
        if first.end is None:
            raise _Unknown
        last = _days(m.last, c.at(first.end))
    if first.start is None or last.end is None or first.start > last.end:
        raise _Unknown
    return Days(first.start, last.end, "range")
