"""Arithmetic of days, months, seasons and parts of periods; the conventions are told in `resolve`."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


class UnknownDaysError(Exception):
    """The days cannot be known from what is given."""


@dataclass(frozen=True, slots=True)
class Days:
    """An interval of days, both ends included; None is open."""

    start: date | None
    end: date | None
    precision: str = "day"

    def closed(self) -> tuple[date, date]:
        """Both ends. Raises `UnknownDaysError` where one is open."""
        if self.start is None or self.end is None:
            raise UnknownDaysError
        return self.start, self.end


def add_days(day: date, n: int) -> date:
    """`n` days on. Raises OverflowError outside the years 1 to 9999."""
    return day + timedelta(days=n)


def add_months(day: date, n: int) -> date:
    """The same day `n` months on, or that month's last. Raises OverflowError outside the years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + n
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("year out of range")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_days(year: int, month: int) -> Days:
    """All of a month."""
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def year_days(year: int) -> Days:
    """All of a year."""
    return Days(date(year, 1, 1), date(year, 12, 31), "year")


def season_days(month: int, year: int) -> Days:
    """Three months from `month` on; the winter of a year begins in December of the year before."""
    start = date(year - 1 if month == 12 else year, month, 1)
    return Days(start, add_days(add_months(start, 3), -1), "season")


def last_weekday(weekday: int, day: date) -> date:
    """The last such weekday on or before `day`."""
    return add_days(day, -((day.weekday() - weekday) % 7))


def next_weekday(weekday: int, day: date) -> date:
    """The first such weekday on or after `day`."""
    return add_days(day, (weekday - day.weekday()) % 7)


def calendar_unit(unit: str, day: date, step: int, *, plain: bool, past: bool) -> Days:
    """The week, weekend, month, quarter, year or decade of `day`, or the one `step` before or after it.

    `plain` is "the weekend" without a word that says which: the last one begun, or if not `past` the next one.
    """
    if unit == "weekend":
        saturday = last_weekday(5, day) if past else next_weekday(5, last_weekday(0, day))
        if step and not plain:
            current = day.weekday() >= 5
            saturday = last_weekday(5, day)
            saturday = add_days(saturday, 7 * step if current or step > 0 else 7 * (step + 1))
        return Days(saturday, add_days(saturday, 1), "range")
    if unit in ("week", "fortnight"):
        monday = add_days(last_weekday(0, day), 7 * step)
        return Days(monday, add_days(monday, 6), "week")
    if unit == "month":
        first = add_months(day.replace(day=1), step)
        return month_days(first.year, first.month)
    if unit == "quarter":
        first = add_months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * step)
        return Days(first, add_days(add_months(first, 3), -1), "season")
    if unit == "decade":
        start = day.year // 10 * 10 + 10 * step
        return Days(add_months(date(day.year, 1, 1), 12 * (start - day.year)), date(max(1, start) + 9, 12, 31), "range")
    if unit == "year":
        return year_days(add_months(day.replace(day=1), 12 * step).year)
    return Days(add_days(day, step), add_days(day, step))


_DAYS_OF_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "begin": (1, 7), "end": (25, 31)}


_MONTHS_OF_YEAR = {"early": (1, 3), "mid": (5, 8), "late": (10, 12), "begin": (1, 3), "end": (10, 12)}


_DAYS_OF_WEEK = {"early": (0, 2), "mid": (1, 3), "late": (3, 6), "begin": (0, 1), "end": (4, 6)}


def part_of(of: Days, part: str, nth: int = 1, unit: str = "", count: int = 0) -> Days:
    """A part of a period: early, mid, late, its beginning or end, or its nth week, half, quarter or month.

    A part that the period does not have (a fifth half) is the period itself.
    """
    start, end = of.closed()
    part = {"middle": "mid"}.get(part, part)
    if part in ("first", "last"):
        return _counted(of, start, end, part, nth, unit, count)
    length = (end - start).days + 1
    if of.precision == "month":
        first, last = _DAYS_OF_MONTH[part]
        return Days(start.replace(day=first), start.replace(day=min(last, length)), "range")
    if of.precision == "year":
        a, b = _MONTHS_OF_YEAR[part]
        return Days(date(start.year, a, 1), month_days(start.year, b).end, "range")
    if of.precision == "week":
        a, b = _DAYS_OF_WEEK[part]
        return Days(add_days(start, a), add_days(start, b), "range")
    if length > 3650:
        a, b = {"early": (0, 3), "begin": (0, 3), "mid": (4, 6)}.get(part, (7, 9))
        return Days(date(start.year + a, 1, 1), date(start.year + b, 12, 31), "range")
    third = max(1, length // 3)
    if part in ("early", "begin"):
        return Days(start, add_days(start, third - 1), "range")
    if part in ("late", "end"):
        return Days(add_days(end, 1 - third), end, "range")
    return Days(add_days(start, third), max(add_days(start, third), add_days(end, -third)), "range")


def _counted(of: Days, start: date, end: date, part: str, nth: int, unit: str, count: int) -> Days:
    length = (end - start).days + 1
    if unit in ("days", "day", "week"):
        size = count if unit == "days" and count else {"day": 1, "days": 7, "week": 7}[unit] * max(1, count)
        first = add_days(end, 1 - size) if part == "last" else add_days(start, size * (nth - 1))
    elif unit in ("half", "quarter") and length > 27:
        pieces = 2 if unit == "half" else 4
        if of.precision == "month":
            bounds = [length * k // pieces for k in range(pieces + 1)]
            k = pieces - 1 if part == "last" else nth - 1
            if k >= pieces:
                return of
            return Days(add_days(start, bounds[k]), add_days(start, bounds[k + 1] - 1), "range")
        months = 12 // pieces
        if of.precision != "year" or nth > pieces:
            return of
        first = date(start.year, 13 - months if part == "last" else 1 + months * (nth - 1), 1)
        return Days(first, add_days(add_months(first, months), -1), "season")
    elif unit == "month" and length > 31:
        first = end.replace(day=1) if part == "last" else add_months(start, nth - 1)
        return Days(first, month_days(first.year, first.month).end, "month") if first <= end else of
    else:
        return of
    if first < start or first > end:
        return of
    return Days(first, min(end, add_days(first, size - 1)), "week" if size == 7 else "day")
