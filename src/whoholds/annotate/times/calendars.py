"""Dates in the Hijri, Persian, Ethiopian and Thai calendars, converted by `convertdate`.

The Hijri calendar is the tabular (civil) one: a day may differ by one from a month that was sighted or announced. The
Ethiopian calendar is the Coptic one with its own count of years; the Thai year is the Gregorian year and 543. A date
with its year becomes a Gregorian one as it is read; one without ("on 15 Ramadan") is counted from the report's date.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from whoholds.annotate.times.arithmetic import Days, UnknownDaysError
from whoholds.annotate.times.meaning import Between, Calendar, OtherCalendar
from whoholds.annotate.times.names import Found, day_at
from whoholds.annotate.times.numbers import ordinal
from whoholds.annotate.times.points import Context
from whoholds.annotate.times.words import Tokens, word_set

COPTIC_AHEAD = 276
"""Years of the Ethiopian count when the Coptic one began."""
_LONGEST = 6
"""Tokens of the longest name: "Dhu al-Qi'dah" has five."""
_BEFORE = word_set("in since until till by during of from before after early late mid throughout around this last")


@dataclass(frozen=True, slots=True)
class _Names:
    months: dict[str, list[tuple[str, int]]]
    """Squeezed name → calendars with the number of the month there."""
    feasts: dict[str, tuple[str, int, int]]
    years: dict[str, tuple[int, int]]
    eras: dict[str, str]
    alone: frozenset[str]
    first: frozenset[str]
    """First words of names."""


@cache
def _names() -> _Names:
    data: dict[str, Any] = yaml.safe_load(files("whoholds.data").joinpath("calendars.yml").read_text(encoding="utf-8"))
    months: dict[str, list[tuple[str, int]]] = {}
    years: dict[str, tuple[int, int]] = {}
    eras: dict[str, str] = {}
    for name in ("hijri", "persian", "ethiopian"):
        years[name] = tuple(data[name]["years"])
        eras |= dict.fromkeys(data[name]["eras"], name)
        for number, spellings in enumerate(data[name]["months"], 1):
            for spelling in spellings:
                months.setdefault(spelling, []).append((name, number))
    feasts = {name: tuple(row) for name, row in data["feasts"].items()}
    heads = {name[:3] for name in (*months, *feasts)}
    return _Names(months, feasts, years, eras, frozenset(data["alone"]), frozenset(heads))


def may_start(low: str) -> bool:
    """True for a word with which a name of a month or feast may begin."""
    return low[:3] in _names().first and any(name.startswith(low) for name in (*_names().months, *_names().feasts))


def _named(t: Tokens, i: int) -> tuple[str, int] | None:
    """The longest squeezed name of a month or feast from token `i` on, and the index after it."""
    if not t[i].capital or t.low(i)[:3] not in _names().first:
        return None
    text, found = "", None
    for j in range(i, i + _LONGEST):
        if t.low(j) in ("'", "-", "’", "‘", "`"):
            continue
        if not t.low(j).isalpha():
            break
        text += t.low(j)
        if text in _names().months or text in _names().feasts:
            found = text, j + 1
    return found


def _year(t: Tokens, j: int, name: str) -> tuple[int, int] | None:
    """A year of that calendar, with a comma before it and its era after it."""
    j = j + 1 if t.low(j) in (",", "of") else j
    token = t[j]
    if token.kind != "number" or len(token.raw) != 4 or not token.raw.isdecimal():
        return None
    low, high = _names().years[name]
    if not low <= int(token.raw) <= high:
        return None
    k = j + 1
    if _names().eras.get(t.low(k)) == name and t[k].raw.isupper():
        return int(token.raw), k + 1
    return int(token.raw), k


def other_calendar(t: Tokens, i: int, free: bool = False) -> Found:
    """12 Muharram 1445, Hidar 1, 2013, Farvardin 1400, 15 Ramadan, "during Ramadan", Eid al-Fitr, 1445 AH."""
    if (era := _era_year(t, i)) is not None:
        return era
    first = day_at(t, i)
    spelled = None if first else ordinal(t, i)
    if first is None and spelled and spelled[0] <= 30 and t.low(spelled[1]) == "of":
        first = spelled
    j = first[1] if first else i
    j = j + 1 if first and t.low(j) == "of" else j
    named = _named(t, j)
    if named is None:
        return None
    name, k = named
    if name in _names().feasts:
        calendar, month, day = _names().feasts[name]
        year = _feast_year(t, k)
        return (OtherCalendar(calendar, month, day, year[0] if year else None), year[1] if year else k)
    day_found = first
    if day_found is None and (after := day_at(t, k)) and after[0] <= 31 and t[after[1]].low != "%":
        day_found, k = after, after[1]
    for calendar, month in _names().months[name]:
        year = _year(t, k, calendar)
        if year:
            return _made(calendar, year[0], month, day_found[0] if day_found else None, year[1])
    calendar, month = _names().months[name][0]
    if day_found and len(_names().months[name]) == 1 and calendar == "hijri":
        return OtherCalendar(calendar, month, day_found[0]), k
    if name in _names().alone and (free or t.low(i - 1) in _BEFORE):
        return OtherCalendar(calendar, month, None), k
    return None


def _feast_year(t: Tokens, k: int) -> tuple[int, int] | None:
    token = t[k]
    if token.kind == "number" and len(token.raw) == 4 and token.raw.isdecimal() and 1900 <= int(token.raw) <= 2099:
        return int(token.raw), k + 1
    return None


def _era_year(t: Tokens, i: int) -> Found:
    """1445 AH, 1402 SH, 2013 EC, 2566 BE, B.E. 2566."""
    token = t[i]
    if token.kind == "number" and len(token.raw) == 4 and token.raw.isdecimal():
        year, era = int(token.raw), t[i + 1]
        if era.raw in ("BE", "B.E") and 2443 <= year <= 2642:
            return Calendar(year - 543), i + 2
        name = _names().eras.get(era.low) if era.raw.isupper() and len(era.raw) > 1 else None
        low, high = _names().years[name] if name else (1, 0)
        return _made(name, year, None, None, i + 2) if name and low <= year <= high else None
    return None


def _made(calendar: str, year: int, month: int | None, day: int | None, k: int) -> Found:
    """A date with its year as Gregorian: a day, or a range of days."""
    try:
        days = span(calendar, year, month, day)
    except ValueError:
        return None
    first, last = days
    if day is not None:
        return Calendar(first.year, first.month, first.day), k
    return Between(Calendar(first.year, first.month, first.day), Calendar(last.year, last.month, last.day)), k


@cache
def _day(calendar: str, year: int, month: int, day: int) -> date:
    from convertdate import coptic, islamic, persian

    match calendar:
        case "hijri":
            found = islamic.to_gregorian(year, month, day)
        case "persian":
            found = persian.to_gregorian(year, month, day)
        case _:
            found = coptic.to_gregorian(year - COPTIC_AHEAD, month, day)
    return date(int(found[0]), int(found[1]), int(found[2]))


def span(calendar: str, year: int, month: int | None, day: int | None) -> tuple[date, date]:
    """The first and last day of a date, month or year of another calendar. Raises ValueError where there is none."""
    months = len(_month_names(calendar))
    if month is None:
        return _day(calendar, year, 1, 1), _day(calendar, year + 1, 1, 1) - timedelta(days=1)
    after = (year + 1, 1) if month == months else (year, month + 1)
    first, last = _day(calendar, year, month, 1), _day(calendar, *after, 1) - timedelta(days=1)
    if day is None:
        return first, last
    found = first + timedelta(days=day - 1)
    if day < 1 or found > last + timedelta(days=calendar == "hijri"):
        raise ValueError(f"no day {day} in that month")
    return found, found


def _month_names(calendar: str) -> set[int]:
    return {number for rows in _names().months.values() for name, number in rows if name == calendar}


def other_days(m: OtherCalendar, c: Context) -> Days:
    """The days of a date without its year: the last one before the report, or to come the next one."""
    if m.in_year is not None:
        near = date(m.in_year, 12, monthrange(m.in_year, 12)[1])
        found = [x for x in _each(m, near) if m.in_year in (x[0].year, x[1].year)]
        if not found:
            raise UnknownDaysError
        return Days(*found[0], _precision(m))
    today = c.today
    if today is None:
        before = c.before("year")
        if before is None or before.start is None:
            raise UnknownDaysError
        start = before.start
        nearest = min(_each(m, start), key=lambda x: abs(x[0] - start))
        return Days(*nearest, _precision(m))
    c.used.add("report")
    each = sorted(_each(m, today))
    fitting = [x for x in each if x[0] <= today][-1:] if c.past else [x for x in each if x[1] >= today][:1]
    if not fitting:
        raise UnknownDaysError
    return Days(*fitting[0], _precision(m))


def _precision(m: OtherCalendar) -> str:
    """A month of another calendar is no calendar month of ours: its parts are thirds."""
    return "day" if m.day else "range"


def _each(m: OtherCalendar, near: date) -> list[tuple[date, date]]:
    """That date in the years about a Gregorian day."""
    ahead = {"hijri": 579, "persian": 621, "ethiopian": 8}[m.calendar]
    year = near.year - ahead if m.calendar != "hijri" else int((near.year - 622) * 33 / 32)
    found = []
    for each in range(year - 2, year + 4):
        try:
            found.append(span(m.calendar, each, m.month, m.day))
        except (ValueError, OverflowError):
            continue
    return found
