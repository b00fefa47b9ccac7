"""Days of what is a point or a unit by itself: dates, weekdays, seasons, this week, the next day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from whoholds.annotate.times.arithmetic import (
    Days,
    UnknownDaysError,
    add_days,
    add_months,
    calendar_unit,
    last_weekday,
    month_days,
    next_weekday,
    season_days,
    year_days,
)
from whoholds.annotate.times.meaning import Calendar, Season, Unit, Weekday

NARROW = {"day": 7, "week": 31, "fortnight": 31, "month": 62, "year": 370, "decade": 3660}
"""How wide, in days, an interval mentioned before may be for a unit to be counted from it."""


@dataclass(slots=True)
class Context:
    """What days are counted from. `used` notes which of them were needed, for the basis."""

    today: date | None
    mentioned: Days | None
    past: bool
    used: set[str] = field(default_factory=set)

    def report(self) -> date:
        """The report's date. Raises `UnknownDaysError` where there is none."""
        if self.today is None:
            raise UnknownDaysError
        self.used.add("report")
        return self.today

    def before(self, unit: str = "day") -> Days | None:
        """What was mentioned before, if it is narrow enough to count such units from."""
        m = self.mentioned
        if m is None or m.start is None or m.end is None or (m.end - m.start).days > NARROW[unit]:
            return None
        self.used.add("mentioned")
        return m

    def anchor(self, unit: str = "day") -> Days:
        """What was mentioned before, else the report's date."""
        found = self.before(unit)
        return found or Days(self.report(), self.report())

    def at(self, today: date) -> Context:
        """The same as if the report were of another day."""
        return replace(self, today=today)


def calendar_days(m: Calendar, c: Context) -> Days:
    """The days of a full or partial date."""
    if m.ambiguous and m.year and m.month and m.day:
        return _ambiguous(m.year, m.month, m.day, c)
    year = m.year
    if year is None and m.year_step is not None:
        year = c.report().year + m.year_step
    elif year is None and m.same_year:
        year = _mentioned_year(c) + m.later
    if m.month is None and m.day is not None:
        return _day_of_month(m, m.day, c)
    if m.month is None:
        if year is None:
            raise UnknownDaysError
        return year_days(year)
    if m.which:
        return _month_by_word(m, m.month, c)
    if year is None:
        year = _year_of(m.month, m.day, m.weekday, c)
    if m.day is None:
        return month_days(year, m.month)
    return _one_day(year, m.month, m.day)


def _month_by_word(m: Calendar, month: int, c: Context) -> Days:
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
        raise UnknownDaysError from None
    return Days(found, found)


def _ambiguous(year: int, month: int, day: int, c: Context) -> Days:
    """05/07/2014: of both readings the one nearer to the report's date; without it the days from one to the other."""
    days = sorted((date(year, month, day), date(year, day, month)))
    if c.today is None:
        return Days(days[0], days[1], "range")
    today = c.report()
    fitting = [d for d in days if (d <= today) == c.past] or days
    nearest = min(fitting, key=lambda d: abs(d - today))
    return Days(nearest, nearest)


def _mentioned_year(c: Context) -> int:
    m = c.mentioned
    day = (m.start or m.end) if m else None
    if day is None:
        return c.report().year
    c.used.add("mentioned")
    return day.year


def _year_of(month: int, day: int | None, weekday: int | None, c: Context) -> int:
    """The year of a month, or of a day of a month, that is written without one."""
    m = c.mentioned
    if m and m.start and m.end and m.start.year == m.end.year and m.precision in ("year", "season"):
        # "In 2018 they tried to seize it ... They captured its airport in June": the year mentioned last holds. A day
        # without a year, though, is one of the last months, unless the text has no date at all.
        whole = (m.end - m.start).days >= 300
        if whole and (c.today is None or (m.end < c.today and day is None)):
            c.used.add("mentioned")
            return m.start.year
    if c.today is None:
        if m is None or (m.start or m.end) is None:
            raise UnknownDaysError
        base = m.start or m.end or date.min
        c.used.add("mentioned")
        if m.start and m.end and (m.end - m.start).days > 40:
            # A period ("the campaign of October 2017 to February 2018"): the first year in which the day lies within it
            for year in range(m.start.year, m.end.year + 1):
                if m.start <= date(year, month, min(day or 15, 28)) <= m.end:
                    return year
        return _nearest_year(month, day or 15, base)
    today = c.report()
    day_or_first = day or 1
    for year in range(today.year + 1, today.year - 12, -1) if c.past else range(today.year, today.year + 12):
        try:
            found = date(year, month, day_or_first)
        except ValueError:
            continue
        end = found if day else month_days(year, month).closed()[1]
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


def _day_of_month(m: Calendar, day: int, c: Context) -> Days:
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
    for step in range(13):
        month = add_months(today.replace(day=1), -step if c.past else step)
        try:
            found = month.replace(day=day)
        except ValueError:
            continue
        if (found <= today if c.past else found >= today) and (m.weekday is None or found.weekday() == m.weekday):
            return Days(found, found)
    raise UnknownDaysError


def weekday_days(m: Weekday, c: Context) -> Days:
    """The day of a weekday by its word."""
    if m.which in ("previous", "following", "same"):
        start, end = c.anchor("week").closed()
        if m.which == "previous":
            day = last_weekday(m.day, add_days(start, -1))
        else:
            day = next_weekday(m.day, start if m.which == "same" else add_days(end, 1))
    elif c.today is None and m.which == "plain" and (mentioned := c.before()) and mentioned.start:
        day = next_weekday(m.day, mentioned.start)
    elif m.which.endswith(" week"):
        step = {"last": -1, "next": 1}.get(m.which.split()[0], 0)
        day = add_days(calendar_unit("week", c.report(), step, plain=False, past=False).closed()[0], m.day)
    elif m.which == "last":
        day = last_weekday(m.day, add_days(c.report(), -1))
    elif m.which == "next":
        day = next_weekday(m.day, add_days(c.report(), 1))
    else:
        day = last_weekday(m.day, c.report()) if c.past else next_weekday(m.day, c.report())
    return Days(day, day)


def season_days_of(m: Season, c: Context) -> Days:
    """The days of a season."""
    if m.year is not None:
        return season_days(m.month, m.year)
    if m.year_step is not None:
        return season_days(m.month, c.report().year + m.year_step)
    if m.which in ("same", "previous", "following") or c.today is None:
        base = c.before("year")
        if base is None or base.start is None:
            raise UnknownDaysError
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


def unit_days(m: Unit, c: Context) -> Days:
    """The days of a calendar unit by its place."""
    if m.which == "this" and c.today is None:
        m = replace(m, which="same")  # "earlier in the month", of the one told last
    if m.which == "told":
        m = replace(m, which="same" if c.past else "this")
    step = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(m.which, 0)
    if m.which not in ("same", "time", "previous", "following"):
        return calendar_unit(m.unit, c.report(), step, plain=m.which == "plain", past=c.past)
    if m.unit == "period":
        told = c.before("decade")
        if told is None:
            raise UnknownDaysError
        return told
    width = "day" if m.unit == "night" else m.unit if m.unit in NARROW else "week" if m.unit == "weekend" else "month"
    base = c.before(width)
    if base is None:
        if m.which == "following" and c.past:
            raise UnknownDaysError
        today = c.report()
        base = Days(today, today)
    start, end = base.closed()
    if m.unit == "night":
        return _night(start, end, c)
    if m.unit == "day":
        return Days(add_days(start, step), add_days(start if step < 0 else end, step))
    return calendar_unit(m.unit, end if step > 0 else start, step, plain=False, past=False)


def _night(start: date, end: date, c: Context) -> Days:
    """The night after the day mentioned, else the night before the report."""
    if "mentioned" in c.used and end != c.today:
        return Days(start, add_days(end, 1))
    return Days(add_days(start, -1), end)
