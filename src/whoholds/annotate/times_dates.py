"""Grammar of calendar dates, full and partial: each function reads from a token on and gives a meaning and the next index.

Orders read: 13 March 2016, March 13(th), 2016, 2016-03-13, 13/03/2016, 13.03.2016, 2016 March 13, Friday (November
17th), Aug 30 (Sunday), the 17th, March 2016, 2016, 3-5 March, March 3 and 4, 1990s, winter of 2012-13.
"""

from __future__ import annotations

import re
from datetime import date

from whoholds.annotate.times_meaning import Between, Calendar, Decade, Meaning, Season
from whoholds.annotate.times_words import (
    FIRST_OR_SECOND,
    LEVANTINE_ONE,
    LEVANTINE_TWO,
    MONTH_NAMES,
    MONTHS,
    SEASONS,
    WEEKDAYS,
    WEEKDAYS_SHORT,
    WORDS_TOO,
    Tokens,
    ordinal,
)

Found = tuple[Meaning, int] | None

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Four figures outside these are a number, not a year."""

_BEFORE_MONTH = frozenset(
    "in since until till by last this next during of from before after early late mid through throughout around "
    "between previous following same".split()
)
_BEFORE_YEAR = _BEFORE_MONTH - {"this", "last", "next", "previous", "following", "same"} | {"the", "circa", "as"}
# A number before one of these counts something; it is neither a day of the month nor a year.
_COUNTED = frozenset(
    "km kms kilometers kilometres kilometre kilometer metres meters miles mm percent % million billion people persons "
    "civilians fighters soldiers troops men women children families rebels militants police policemen villages towns "
    "houses dead killed wounded injured prisoners vehicles tanks refugees dollars euros tonnes tons square hours "
    "minutes others members militiamen gunmen insurgents recruits guards".split()
)
# A date before one of these is a name ("26 September Street", "the September 11 attacks").
_NAMED_AFTER = frozenset(
    "street square bridge brigade district neighborhood neighbourhood avenue hospital university stadium regiment "
    "movement revolution road battalion camp school mosque division alliance".split()
)
_UNIT_NAMES = frozenset(
    "division brigade army corps regiment battalion fleet infantry century anniversary armoured armored floor round "
    "session parallel congress time wave legion mechanized motorized unit".split()
)
_GO_ON = frozenset(
    "and or when after as they it he she we the by in with before to but while from at that which who a an of on his "
    "its their our this these some all no there is was were are had has have".split()
)


def _year_at(t: Tokens, i: int) -> int | None:
    token = t[i]
    if token.kind == "number" and len(token.raw) == 4 and token.raw.isdecimal():
        year = int(token.raw)
        if FIRST_YEAR <= year <= LAST_YEAR and t.low(i + 1) not in _COUNTED:
            return year
    return None


def _day_at(t: Tokens, i: int) -> tuple[int, int] | None:
    token = t[i]
    if token.kind == "ordinal" or (token.kind == "number" and token.raw.isdecimal() and len(token.raw) <= 2):
        day = int(re.sub(r"\D", "", token.raw))
        if 1 <= day <= 31 and t.low(i - 1) not in ("$", "€", "£", "no"):
            return day, i + 1
    return None


def month_at(t: Tokens, i: int, *, levantine: bool = True) -> tuple[int, int] | None:
    """A month's name with a capital, and the index after it; short forms take their full stop with them."""
    token = t[i]
    if not token.capital:
        return None
    number = MONTHS.get(token.low)
    if number:
        j = i + 1 if token.low in MONTH_NAMES or t.low(i + 1) != "." else i + 2
        # "March/Adar": the second name says the same.
        return (number, j + 2) if t.low(j) == "/" and LEVANTINE_ONE.get(t.low(j + 1)) == number else (number, j)
    if not levantine:
        return None
    if token.low in LEVANTINE_ONE:
        return LEVANTINE_ONE[token.low], i + 1
    pair = LEVANTINE_TWO.get(token.low)
    if pair:
        j = i + 1
        if t.low(j) in ("al", "el", "ath", "at", "as"):
            j += 1
        j = j + 1 if t.low(j) == "-" else j
        which = FIRST_OR_SECOND.get(t.low(j))
        if which is not None:
            return pair[which], j + 1
    return None


def weekday_at(t: Tokens, i: int, *, short: bool = False) -> tuple[int, int] | None:
    """A weekday's name with a capital; with `short` also "Fri" and "Fri."."""
    token = t[i]
    if not token.capital:
        return None
    if token.low in WEEKDAYS:
        return WEEKDAYS[token.low], i + 1
    if short and token.low in WEEKDAYS_SHORT:
        return WEEKDAYS_SHORT[token.low], i + 2 if t.low(i + 1) == "." else i + 1
    return None


def year_after(t: Tokens, i: int) -> tuple[dict[str, int | bool], int]:
    """The year that follows a month or season: 2016, ", 2016", "(2016)", "of 2016", "this year", "of that year"."""
    year = _year_at(t, i)
    if year:
        return {"year": year}, i + 1
    if t.low(i) in (",", "of") and (year := _year_at(t, i + 1)):
        return {"year": year}, i + 2
    if t.low(i) == "(" and t.low(i + 2) == ")" and (year := _year_at(t, i + 1)):
        return {"year": year}, i + 3
    j = i + 1 if t.low(i) in ("of", "in", ",") else i
    j = j + 1 if t.low(j) == "the" else j
    if t.low(j + 1) == "year":
        step = {"this": 0, "last": -1, "next": 1, "current": 0}.get(t.low(j))
        if step is not None:
            return {"year_step": step}, j + 2
        if t.low(j) in ("that", "same"):
            return {"same_year": True}, j + 2
    return {}, i


def _make(year: dict[str, int | bool], month: int, day: int | None = None, weekday: int | None = None) -> Calendar | None:
    stated = year.get("year")
    step = year.get("year_step")
    if day is not None:
        try:
            date(int(stated) if stated else 2000, month, day)
        except ValueError:
            return None
    return Calendar(
        int(stated) if stated else None,
        month,
        day,
        weekday,
        year_step=int(step) if step is not None else None,
        same_year=bool(year.get("same_year")),
    )


def numeric(t: Tokens, i: int) -> Found:
    """2016-03-13, 2016/03/13, 13/03/2016, 13.03.2016, 03/13/2016; what two readings fit is marked ambiguous."""
    token = t[i]
    if token.kind not in ("iso", "ymd", "dmy"):
        return None
    a, b, c = (int(part) for part in re.split(r"[-/.]", token.raw[:10].split("T")[0].split("t")[0])[:3])
    year, month, day = (c, b, a) if token.kind == "dmy" else (a, b, c)
    slashed = token.kind == "dmy" and "/" in token.raw
    if slashed and month > 12:
        month, day = day, month
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    made = _make({"year": year}, month, day)
    if made is None:
        return None
    if slashed and a <= 12 and b <= 12 and a != b:
        made = Calendar(year, month, day, ambiguous=True)
    return made, i + 1


def _finish(t: Tokens, made: Calendar | None, j: int) -> Found:
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


def _range_of_days(t: Tokens, year: dict[str, int | bool], month: int, first: int, last: int, j: int) -> Found:
    a, b = _make(year, month, first), _make(year, month, last)
    return (Between(a, b), j) if a and b and first < last else None


def day_month(t: Tokens, i: int, weekday: int | None = None) -> Found:
    """13 March 2016, 13th of March, 3-5 March, 3 and 4 May, 3/4 May."""
    token = t[i]
    pair = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})", token.raw) if token.kind == "number" else None
    start = (int(pair[1]), i + 1) if pair else _day_at(t, i)
    if start is None and token.low not in WORDS_TOO:
        spelled = ordinal(t, i)
        start = spelled if spelled and t.low(spelled[1]) == "of" else None
    if start is None:
        return None
    day, j = start
    last = int(pair[2]) if pair else None
    if last is None and t.low(j) in ("-", "and", "to", "or", "&"):
        second = _day_at(t, j + 1)
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
        return _range_of_days(t, year, month, day, last, k)
    k = k if year or t.low(k) != "-" else _dashed_year(t, k, year)
    return _finish(t, _make(year, month, day, weekday), k)


def _dashed_year(t: Tokens, k: int, year: dict[str, int | bool]) -> int:
    """28-Aug-2017: takes the year after the dash."""
    stated = _year_at(t, k + 1)
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
    start = _day_at(t, j)
    if start is None or t.low(start[1]) in _COUNTED or (t.low(start[1]) == ":" or t.match(start[1], "a", ".", "m")):
        return None
    day, j = start
    if t.low(j) in ("-", "and", "to", "&"):
        second = _day_at(t, j + 1)
        if second and second[0] > day and month_at(t, second[1]) is None and t.low(second[1]) not in _COUNTED:
            year, k = year_after(t, second[1])
            return _range_of_days(t, year, month, day, second[0], k)
    year, j = year_after(t, j)
    return _finish(t, _make(year, month, day, weekday), j)


def year_first(t: Tokens, i: int) -> Found:
    """2014 June 11, 2014, June 11."""
    year = _year_at(t, i)
    if year is None:
        return None
    found = month_at(t, i + 1)
    day = _day_at(t, found[1]) if found else None
    if not found or not day:
        return None
    return _finish(t, _make({"year": year}, found[0], day[0]), day[1])


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
        if t[j].kind == "ordinal" and t[i].low in WEEKDAYS and (day := _day_at(t, j)):
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


def month_alone(t: Tokens, i: int, free: bool) -> Found:
    """March 2016, "in March", "March last year", "last March"; with `free` no preposition is asked for."""
    which = {"last": "last", "this": "this", "next": "next", "that": "same", "past": "last"}.get(t.low(i))
    if which:
        named = month_at(t, i + 1, levantine=False)
        if named is None or t[named[1]].kind in ("number", "ordinal"):
            return None
        return Calendar(month=named[0], which=which), named[1]
    found = month_at(t, i)
    if found is None:
        return None
    month, j = found
    year, k = year_after(t, j)
    low = t.low(i)
    if low in LEVANTINE_ONE or low in LEVANTINE_TWO:
        return (_made(year, month), k) if year.get("year") else None
    if not year and not free:
        before = t.low(i - 1) if t.low(i - 1) != "-" else t.low(i - 2)
        plain = before in _BEFORE_MONTH
        if not plain and (low in WORDS_TOO or low not in MONTH_NAMES or t[k].capital):
            return None
        if before == "of" and low in WORDS_TOO and t[k].capital:
            return None
    if not year and t[j].kind == "number" and t.low(j + 1) in _COUNTED and low in WORDS_TOO and not free:
        return None
    return _made(year, month), k


def _made(year: dict[str, int | bool], month: int) -> Calendar:
    made = _make(year, month)
    assert made is not None
    return made


def year_alone(t: Tokens, i: int, free: bool) -> Found:
    """2014 where the words around it make it a year, 2012-14 and 1999-2000."""
    year = _year_at(t, i)
    if year is None:
        return None
    before = t.low(i - 1) if t.low(i - 1) != "-" else t.low(i - 2)
    bracketed = before == "(" and t.low(i + 1) == ")"
    listed = before in ("and", ",", "or") and bool(_year_at(t, i - 2)) and t.low(i - 3) in _BEFORE_YEAR | {",", "and"}
    if not (free or before in _BEFORE_YEAR or bracketed or listed):
        return None
    if before == "the" and t[i + 1].kind != "word":
        return None
    last = year_range_end(t, i, year)
    if last:
        return Between(Calendar(year), Calendar(last)), i + 3
    return Calendar(year), i + 1


def year_range_end(t: Tokens, i: int, year: int) -> int | None:
    """The last year of "2012-14" and "1999-2000", where token `i` is the first."""
    if t.low(i + 1) not in ("-", "/"):
        return None
    token = t[i + 2]
    if token.kind != "number" or not token.raw.isdecimal() or t.low(i + 3) == "-":
        return None
    last = int(token.raw) if len(token.raw) == 4 else year // 100 * 100 + int(token.raw) if len(token.raw) == 2 else 0
    return last if year < last <= min(LAST_YEAR, year + 60) else None


def day_alone(t: Tokens, i: int, free: bool) -> Found:
    """"the 17th" after a preposition, "the 5th of last month"; not "the 4th Division"."""
    j = i + 1 if t.low(i) == "the" else i
    token = t[j]
    if token.kind != "ordinal" or (j == i and not free):
        return None
    day = int(token.raw[:-2])
    if not 1 <= day <= 31:
        return None
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


def season(t: Tokens, i: int) -> Found:
    """Spring 2015, "the summer of 2014", "last winter", "the summer of last year", "winter of 2012-13", "this autumn"."""
    j, which = i, "plain"
    if t.low(j) in ("last", "this", "next", "that", "past"):
        which = {"that": "same", "past": "last"}.get(t.low(j), t.low(j))
        j += 1
    elif t.low(j) == "the":
        j += 1
        if t.low(j) in ("previous", "following", "same", "next", "past"):
            which = {"next": "following", "past": "last"}.get(t.low(j), t.low(j))
            j += 1
    month = SEASONS.get(t.low(j)) or (9 if t.low(j) == "fall" else None)
    if month is None:
        return None
    year, k = year_after(t, j + 1)
    if not year and (t.low(j) == "fall" or (which == "plain" and t.low(j - 1) not in _BEFORE_MONTH | {"the"})):
        return None
    if not year and t.low(j) == "spring" and which == "plain" and t.low(i - 1) not in _BEFORE_MONTH:
        return None
    stated, step = year.get("year"), year.get("year_step")
    if stated and month == 12 and (last := year_range_end(t, k - 1, int(stated))):
        return Season(12, last), k + 2
    return Season(month, int(stated) if stated else None, which, int(step) if step is not None else None), k


def decade(t: Tokens, i: int) -> Found:
    """1990s, the 1990's."""
    token = t[i]
    if token.kind != "decade":
        return None
    year = int(token.raw[:4])
    return (Decade(year // 10 * 10), i + 1) if FIRST_YEAR <= year <= LAST_YEAR and year % 10 == 0 else None


def calendar(t: Tokens, i: int, free: bool = False) -> Found:
    """The longest calendar date, season, year or decade that starts at token `i`."""
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
        )
        if f
    ]
    return max(found, key=lambda f: f[1], default=None)
