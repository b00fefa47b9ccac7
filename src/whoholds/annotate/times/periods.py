"""Grammar of months, years, seasons and decades."""

from __future__ import annotations

from whoholds.annotate.times.meaning import Between, Calendar, Decade, Season
from whoholds.annotate.times.names import (
    COUNTED,
    FIRST_YEAR,
    LAST_YEAR,
    Found,
    Year,
    make,
    month_at,
    year_after,
    year_at,
)
from whoholds.annotate.times.words import (
    LEVANTINE_ONE,
    LEVANTINE_TWO,
    MONTH_NAMES,
    SEASONS,
    WORDS_TOO,
    Tokens,
    word_set,
)

BEFORE_MONTH = word_set(
    "in since until till by last this next during of from before after early late mid through throughout around "
    "between previous following same"
)
BEFORE_YEAR = BEFORE_MONTH - {"this", "last", "next", "previous", "following", "same"} | {"the", "circa", "as"}


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
        return (made_of(year, month), k) if year.get("year") else None
    if not year and not free:
        before = t.low(i - 1) if t.low(i - 1) != "-" else t.low(i - 2)
        plain = before in BEFORE_MONTH or (t.low(j) == "'s" and t[i].capital and not t[i - 1].capital)
        plain = plain or (before in ("or", "/") and t.low(i - 2) in MONTH_NAMES and t[i].capital)
        if not plain and (low in WORDS_TOO or low not in MONTH_NAMES or t[k].capital):
            return None
        if before == "of" and low in WORDS_TOO and t[k].capital:
            return None
    if not year and t[j].kind == "number" and t.low(j + 1) in COUNTED and low in WORDS_TOO and not free:
        return None
    return made_of(year, month), k


def made_of(year: Year, month: int) -> Calendar:
    made = make(year, month)
    assert made is not None
    return made


def year_alone(t: Tokens, i: int, free: bool) -> Found:
    """2014 where the words around it make it a year, 2012-14 and 1999-2000."""
    year = year_at(t, i, sure=t.low(i - 1) in ("in", "since", "during", "until", "early", "late", "mid"))
    if year is None:
        return None
    before = t.low(i - 1) if t.low(i - 1) != "-" else t.low(i - 2)
    bracketed = before == "(" and t.low(i + 1) == ")"
    listed = before in ("and", ",", "or") and bool(year_at(t, i - 2)) and t.low(i - 3) in BEFORE_YEAR | {",", "and"}
    # "2014: The town falls", and a year that stands by itself over what happened in it
    heads = i == 0 and t.low(i + 1 + 2 * bool(year_range_end(t, i, year))) in ("", ":", "-", "–", "—")
    if not (free or before in BEFORE_YEAR or bracketed or listed or heads):
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


def season(t: Tokens, i: int) -> Found:
    """Spring 2015, "the summer of 2014", "last winter", "the summer of last year", "winter of 2012-13"."""
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
    if not year and (t.low(j) == "fall" or (which == "plain" and t.low(j - 1) not in BEFORE_MONTH | {"the"})):
        return None
    if not year and t.low(j) == "spring" and which == "plain" and t.low(i - 1) not in BEFORE_MONTH:
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
