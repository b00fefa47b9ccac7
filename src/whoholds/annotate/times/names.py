"""Names of months and weekdays, days of the month and years, where the words around make them so."""

from __future__ import annotations

import re
from datetime import date

from whoholds.annotate.times.meaning import Calendar, Meaning
from whoholds.annotate.times.words import (
    FIRST_OR_SECOND,
    LEVANTINE_ONE,
    LEVANTINE_TWO,
    MONTH_NAMES,
    MONTHS,
    WEEKDAYS,
    WEEKDAYS_SHORT,
    Tokens,
    word_set,
)

Found = tuple[Meaning, int] | None
Year = dict[str, int | bool]
"""What is known of a year, as the fields of `Calendar` that it sets."""
FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Four figures outside these are a number, not a year."""
# A number before one of these counts something; it is neither a day of the month nor a year.
COUNTED = word_set(
    "km kms kilometers kilometres kilometre kilometer metres meters miles mm percent % million billion people persons "
    "civilians fighters soldiers troops men women children families rebels militants police policemen villages towns "
    "houses dead killed wounded injured prisoners vehicles tanks refugees dollars euros tonnes tons square hours "
    "minutes others members militiamen gunmen insurgents recruits guards"
)


def year_at(t: Tokens, i: int, *, sure: bool = False) -> int | None:
    """Four figures that may be a year. `sure`: a month stands before them, so they count nothing ("2000 rebels")."""
    token = t[i]
    if token.kind == "number" and len(token.raw) == 4 and token.raw.isdecimal():
        year = int(token.raw)
        if FIRST_YEAR <= year <= LAST_YEAR and (sure or t.low(i + 1) not in COUNTED):
            return year
    return None


def buddhist_year(t: Tokens, i: int) -> int | None:
    """2566 after a month: a year of the Thai calendar, 543 years ahead."""
    token = t[i]
    if token.kind != "number" or len(token.raw) != 4 or not token.raw.isdecimal() or t.low(i + 1) in COUNTED:
        return None
    year = int(token.raw) - 543
    return year if FIRST_YEAR <= year <= LAST_YEAR and token.raw[2:] != "00" and year + 543 > LAST_YEAR else None


def day_at(t: Tokens, i: int) -> tuple[int, int] | None:
    """A day of a month, "13" or "13th", and the index after it."""
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
    """A weekday's name with a capital, and the index after it; with `short` also "Fri" and "Fri."."""
    token = t[i]
    if not token.capital:
        return None
    if token.low in WEEKDAYS:
        return WEEKDAYS[token.low], i + 1
    if short and token.low in WEEKDAYS_SHORT:
        return WEEKDAYS_SHORT[token.low], i + 2 if t.low(i + 1) == "." else i + 1
    return None


def year_after(t: Tokens, i: int) -> tuple[Year, int]:
    """The year behind a month or season: 2016, ", 2016", "(2016)", "of 2016", "this year", "of the next year"."""
    for k in (i, i + 1) if t.low(i) == "," else (i,):
        if thai := buddhist_year(t, k):
            return {"year": thai}, k + 1 + (t[k + 1].raw == "BE")
    year = year_at(t, i, sure=True)
    if year:
        return {"year": year}, i + 1
    if t.low(i) in (",", "of") and (year := year_at(t, i + 1, sure=True)):
        return {"year": year}, i + 2
    if t.low(i) == "(" and t.low(i + 2) == ")" and (year := year_at(t, i + 1)):
        return {"year": year}, i + 3
    j = i + 1 if t.low(i) in ("of", "in", ",") else i
    the = t.low(j) == "the"
    j = j + the
    if t.low(j + 1) == "year":
        if (the and t.low(j) == "next") or t.low(j) == "following":
            return {"same_year": True, "later": 1}, j + 2
        step = {"this": 0, "last": -1, "next": 1, "current": 0}.get(t.low(j))
        if step is not None:
            return {"year_step": step}, j + 2
        if t.low(j) in ("that", "same"):
            return {"same_year": True}, j + 2
    return {}, i


def make(year: Year, month: int, day: int | None = None, weekday: int | None = None) -> Calendar | None:
    """A date of these, or None where there is no such day."""
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
        later=int(year.get("later") or 0),
    )
