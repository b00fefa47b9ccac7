"""Grammar of calendar dates, full and partial.

Each function reads from a token on and gives a meaning and the index of the token after it.

Orders read: 13 March 2016, March 13(th), 2016, 2016-03-13, 13/03/2016, 13.03.2016, 2016 March 13, Friday (November
17th), Aug 30 (Sunday), the 17th, March 2016, 2016, 3-5 March, March 3 and 4, 1990s, winter of 2012-13.
"""

from __future__ import annotations

import re

from whoholds.annotate.times.calendars import other_calendar
from whoholds.annotate.times.meaning import Between, Calendar, Meaning
from whoholds.annotate.times.names import (
    COUNTED,
    FIRST_YEAR,
    LAST_YEAR,
    Found,
    Year,
    day_at,
    make,
    month_at,
    weekday_at,
    year_after,
    year_at,
)
from whoholds.annotate.times.numbers import NUMBERS, ORDINALS, ordinal
from whoholds.annotate.times.periods import decade, month_alone, season, year_alone
from whoholds.annotate.times.words import SEASONS, WEEKDAYS, WORDS_TOO, Tokens, read_once, word_set

# A date before one of these is a name ("26 September Street", "the September 11 attacks").
_NAMED_AFTER = word_set(
    "street square bridge brigade district neighborhood neighbourhood avenue hospital university stadium regiment "
    "movement revolution road battalion camp school mosque division alliance"
)
_UNIT_NAMES = word_set(
    "division brigade army corps regiment battalion fleet infantry century anniversary armoured armored floor round "
    "session parallel congress time wave legion mechanized motorized unit"
)
_GO_ON = word_set(
    "and or when after as they it he she we the by in with before to but while from at that which who a an of on his "
    "its their our this these some all no there is was were are had has have only alone itself already again then also"
)


_FIRST_WORDS = frozenset({*ORDINALS, *NUMBERS, *SEASONS, *word_set("fall last this next that past the")})
"""Words without a capital that a date may begin with."""
_OF_THINGS = 3
"""Up to this an ordinal in words without a month more often counts things: "on the second"."""
_SHORT = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}|[0-9]{2}\.[0-9]{2}\.[0-9]{2}")
_CENTURY = 50
"""15/06/49 is in 2049, 15/06/50 in 1950."""


def numeric(t: Tokens, i: int) -> Found:
    """2016-03-13, 2016/03/13, 13/03/2016, 13.03.2016, 03/13/2016, 13/03/16; where two readings fit: ambiguous."""
    token = t[i]
    if token.kind == "number" and (short := _SHORT.fullmatch(token.raw)):
        day, month, year = (int(part) for part in re.split(r"[/.]", short[0]))
        return _in_figures(day, month, year + (2000 if year < _CENTURY else 1900), "/" in short[0], i)
    if token.kind not in ("iso", "ymd", "dmy"):
        return None
    a, b, c = (int(part) for part in re.split(r"[-/.]", token.raw[:10].split("T")[0].split("t")[0])[:3])
    if token.kind == "dmy":
        return _in_figures(a, b, c, "/" in token.raw, i)
    return _in_figures(c, b, a, False, i)


def _in_figures(day: int, month: int, year: int, slashed: bool, i: int) -> Found:
    """A date in figures, day first; with slashes the month may stand first."""
    a, b = day, month
    if slashed and month > 12:
        month, day = day, month
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    made = make({"year": year}, month, day)
    if made is None:
        return None
    if slashed and a <= 12 and b <= 12 and a != b:
        made = Calendar(year, month, day, ambiguous=True)
    return made, i + 1


def finish(t: Tokens, made: Calendar | None, j: int) -> Found:
    """Adds a weekday in brackets ("Aug 30 (Sunday)"); refuses names ("26 September Street")."""
    if made is None:
        return None
    if made.year is None and t.low(j) in _NAMED_AFTER and t[j].capital:
        return None
    if (made.month, made.day, made.year) == (9, 11, None) and t.low(j) in ("attack", "attacks"):
        return None
    if made.weekday is None and t.low(j) == "(":
        named = weekday_at(t, j + 1, short=True)
        if named and t.low(named[1]) == ")":
            return Calendar(made.year, made.month, made.day, named[0], made.year_step), named[1] + 1
    return made, j


def _range_of_days(year: Year, month: int, first: int, last: int, j: int) -> Found:
    a, b = make(year, month, first), make(year, month, last)
    return (Between(a, b), j) if a and b and first < last else None


def day_month(t: Tokens, i: int, weekday: int | None = None) -> Found:
    """13 March 2016, 13th of March, 3-5 March, 3 and 4 May, 3/4 May."""
    token = t[i]
    pair = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})", token.raw) if token.kind == "number" else None
    start = (int(pair[1]), i + 1) if pair else day_at(t, i)
    if start is None and token.low not in WORDS_TOO:
        spelled = ordinal(t, i)
        start = spelled if spelled and t.low(spelled[1]) == "of" else None
    if start is None:
        return None
    day, j = start
    last = int(pair[2]) if pair else None
    if last is None and t.low(j) in ("-", "and", "to", "through", "or", "&"):
        second = day_at(t, j + 1)
        if second:
            last, j = second
    j = j + 1 if t.low(j) == "of" else j
    j = j + 1 if last is None and t.low(j) == "-" else j
    found = month_at(t, j)
    if found is None:
        return None
    month, k = found
    year, k = year_after(t, k)
    if t.low(j) in ("ab", "aab") and not year:
        return None
    if last is not None:
        return _range_of_days(year, month, day, last, k)
    k = k if year or t.low(k) != "-" else _dashed_year(t, k, year)
    return finish(t, make(year, month, day, weekday), k)


def _dashed_year(t: Tokens, k: int, year: Year) -> int:
    """28-Aug-2017: takes the year after the dash."""
    stated = year_at(t, k + 1)
    if stated:
        year["year"] = stated
        return k + 2
    return k


def month_day(t: Tokens, i: int, weekday: int | None = None) -> Found:
    """March 13, 2016, March 13th, March 3-5, May 4 and 5."""
    found = month_at(t, i)
    if found is None or t[i].low in ("ab", "aab"):
        return None
    month, j = found
    j = j + 1 if t.low(j) == "the" and t[j + 1].kind == "ordinal" else j
    start = day_at(t, j)
    if start is None or (t.low(start[1]) in COUNTED and t.low(i - 1) != "on"):
        # "in March 12 soldiers …", but "on March 12 soldiers …"
        return None
    day, j = start
    if t.low(j) in ("-", "and", "to", "through", "&"):
        second = day_at(t, j + 1)
        if second and second[0] > day and month_at(t, second[1]) is None and t.low(second[1]) not in COUNTED:
            year, k = year_after(t, second[1])
            return _range_of_days(year, month, day, second[0], k)
    year, j = year_after(t, j)
    return finish(t, make(year, month, day, weekday), j)


def year_first(t: Tokens, i: int) -> Found:
    """2014 June 11, 2014, June 11."""
    year = year_at(t, i)
    if year is None:
        return None
    found = month_at(t, i + 1)
    day = day_at(t, found[1]) if found else None
    if not found or not day:
        return None
    return finish(t, make({"year": year}, found[0], day[0]), day[1])


def with_weekday(t: Tokens, i: int) -> Found:
    """Friday 15 May, Thursday, 12 June 2014, Friday (November 17th), Wed Jul 16, 2014, Friday the 17th."""
    named = weekday_at(t, i, short=True)
    if named is None:
        return None
    weekday, j = named
    closing = t.low(j) == "("
    j = j + 1 if t.low(j) in (",", "(", "/", "|") else j
    j = j + 1 if t.low(j) == "the" else j
    found = day_month(t, j, weekday) or month_day(t, j, weekday)
    if found is None:
        if t[j].kind == "ordinal" and t[i].low in WEEKDAYS and (day := day_at(t, j)):
            closes = closing and t.low(day[1]) == ")"
            if closing and not closes:
                return None
            return Calendar(day=day[0], weekday=weekday), day[1] + int(closes)
        return None
    if closing:
        if t.low(found[1]) != ")":
            return None
        return found[0], found[1] + 1
    return found


def day_alone(t: Tokens, i: int, free: bool) -> Found:
    """ "the 17th" after a preposition, "the 5th of last month"; not "the 4th Division"."""
    j = i + 1 if t.low(i) == "the" else i
    found = ordinal(t, j) if t[j].kind == "ordinal" or j > i else None
    if found is None or (j == i and not free):
        return None
    day, after_it = found
    if not 1 <= day <= 31 or (t[j].kind != "ordinal" and not _stands_alone(t, i, after_it, day)):
        return None
    j = after_it - 1
    if t.low(j + 1) == "of":
        k = j + 3 if t.low(j + 2) == "the" else j + 2
        step = {"this": 0, "last": -1, "next": 1, "current": 0}.get(t.low(k))
        if t.low(k + 1) == "month" and (step is not None or t.low(k) in ("that", "same")):
            return Calendar(day=day, month_step=step, same_month=step is None), k + 2
        return (Calendar(day=day), k + 1) if t.match(j + 2, "the", "month") else None
    if not free and t.low(i - 1) not in ("on", "since", "until", "by", "from", "till", "before", "after", "and"):
        return None
    after = t[j + 1]
    if after.kind in ("word", "number", "decade"):
        if any(t.low(k) in _UNIT_NAMES for k in range(j + 1, j + 4)):
            return None
        if not after.capital and after.low not in _GO_ON:
            return None
    return Calendar(day=day), j + 1


def _stands_alone(t: Tokens, i: int, j: int, day: int) -> bool:
    """ "announced on the sixth that", "until the fifth, when"; not "on the second, too", "on the fifth try"."""
    if t.low(j) == "of":
        return True
    before = t.low(i - 1) in ("on", "since", "until", "till", "by", "before", "after")
    return before and day > _OF_THINGS and (t[j].kind not in ("word", "number") or t.low(j) in _GO_ON)


@read_once
def calendar(t: Tokens, i: int, free: bool = False) -> Found:
    """The longest calendar date, season, year or decade that starts at token `i`."""
    token = t[i]
    if token.kind == "word" and not token.capital and token.low not in _FIRST_WORDS:
        return None
    found: list[tuple[Meaning, int]] = [
        f
        for f in (
            numeric(t, i),
            with_weekday(t, i),
            day_month(t, i),
            month_day(t, i),
            year_first(t, i),
            month_alone(t, i, free),
            year_alone(t, i, free),
            day_alone(t, i, free),
            season(t, i),
            decade(t, i),
            other_calendar(t, i, free),
        )
        if f
    ]
    return max(found, key=lambda f: f[1], default=None)
