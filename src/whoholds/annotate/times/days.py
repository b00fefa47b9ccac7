"""Grammar of days counted from another: weekdays, yesterday, this week, the next day, times of day."""

from __future__ import annotations

import re

from whoholds.annotate.times.meaning import Calendar, Meaning, Near, Unit, Weekday
from whoholds.annotate.times.names import Found, weekday_at
from whoholds.annotate.times.numbers import NUMBERS
from whoholds.annotate.times.words import TIMES_OF_DAY, UNITS, WEEKDAYS, Tokens, word_set

_NOT_DAYS = word_set("prayer prayers sermon sermons times telegraph mirror express post")
_WHICH = {
    **{w: w for w in ("last", "this", "next")},
    "current": "this",
    "coming": "next",
    "previous": "previous",
    "preceding": "previous",
    "following": "following",
    "same": "same",
    "that": "same",
}
_BEFORE_SHORT = word_set("on since until till")
"""Words after which "Wed" and "Sun" are weekdays."""
_THEN = (
    ("at", "the", "time"),
    ("at", "that", "time"),
    ("back", "then"),
    ("in", "those", "days"),
    ("at", "that", "point"),
    *((word, which, "time") for word in ("around", "about") for which in ("this", "that")),
    *((word, "the", "same", "time") for word in ("around", "about")),
)
_PREPOSITIONS = word_set("before after at by in from around until during")
INTO_NIGHT = word_set("from to into of between on")
"""Words after "the night" that say which night."""
_AT_CLOCK = word_set("at around about by before after from until till since")
_HOUR = re.compile(r"(?:[01]?[0-9]|2[0-4])(?::[0-5][0-9])?")
_ZONES = word_set("gmt utc bst cet cest eet eest msk edt est et pt ast irst wat eat cat ist pkt")


def clock_time(t: Tokens, i: int) -> int:
    """Past a time by the clock: "at 5 p.m. local time", "by about 20:30", "at six o'clock"; else `i`."""
    j = i + 1 if t.low(i) in ("shortly", "just", "soon") else i
    if t.low(j) not in _AT_CLOCK:
        return i
    j += 1
    j += t.low(j) in ("about", "around", "roughly", "approximately", "nearly")
    hour = t[j]
    figures = hour.kind == "number" and _HOUR.fullmatch(hour.raw) is not None
    if not figures and not 1 <= NUMBERS.get(hour.low, 0) <= 12:
        return i
    k = j + 1
    if t.low(k) in ("am", "pm"):
        k += 1
    elif t.low(k) in ("a", "p") and t.low(k + 1) == "." and t.low(k + 2) == "m":
        k += 4 if t.low(k + 3) == "." else 3
    elif t.low(k) == "o" and t.low(k + 2) == "clock":
        k += 3
    elif not (figures and ":" in hour.raw):
        return i
    if t.low(k) == "local" and t.low(k + 1) == "time":
        return k + 2
    return k + 1 if t[k].raw.isupper() and t.low(k) in _ZONES else k


def time_of_day_after(t: Tokens, j: int) -> int:
    """Past the time of day that may follow a day: "night", "'s early morning", "at dawn", "at 5 p.m."."""
    k = clock_time(t, j)
    if k > j:
        return k
    if t.low(k) in ("late", "early") and t.low(k + 1) in TIMES_OF_DAY:
        k += 1
    if t.low(k) in TIMES_OF_DAY:
        return k + 1
    if t.low(k) in ("at", "before", "after", "by", "around") and t.low(k + 1) in TIMES_OF_DAY:
        return k + 2
    if t.match(k, "in", "the") and t.low(k + 2) in TIMES_OF_DAY:
        return k + 3
    return j


def time_of_day_before(t: Tokens, i: int) -> int:
    """Past the time of day that may stand before a day: "late on", "the early hours of", "before dawn on"; else `i`."""
    j = clock_time(t, i)
    if j > i:
        return j + (t.low(j) in ("of", "on"))
    preposition = t.low(j) in _PREPOSITIONS
    j += preposition
    j += t.low(j) == "the"
    j += t.low(j) == "very"
    early = t.low(j) in ("early", "late", "earlier", "later", "mid")
    j += early
    j += early and t.low(j) == "-"
    if t.low(j) in TIMES_OF_DAY or (early and t.low(j) == "hours"):
        j += 1
        j += t.low(j) == "hours"
    elif preposition or not early:
        return i
    return j + (t.low(j) in ("of", "on"))


def is_day(meaning: Meaning) -> bool:
    """True for what stands for single days."""
    if isinstance(meaning, Calendar):
        return meaning.day is not None
    return isinstance(meaning, Weekday | Near)


def weekday(t: Tokens, i: int, free: bool = False) -> Found:
    """On Sunday, last Sunday, next Monday, the previous Friday, Sunday night."""
    j, which = i, "plain"
    j = j + 1 if t.low(j) == "the" and t.low(j + 1) in _WHICH else j
    if t.low(j) in _WHICH and not t[j + 1].raw.islower():
        which = _WHICH[t.low(j)]
        j = j + 2 if t.low(j + 1) == "past" else j + 1
    elif t.low(j) == "the":
        j += 1
    named = weekday_at(t, j, short=free or t.low(i - 1) in _BEFORE_SHORT)
    if named is None or t.low(named[1]) in _NOT_DAYS or t.low(i - 1) in ("every", "each"):
        return None
    of = named[1] + (t.low(named[1]) == "of")
    if which == "plain" and t.low(of) in ("last", "this", "next") and t.low(of + 1) == "week":
        return Weekday(named[0], f"{t.low(of)} week"), of + 2
    if t.low(j - 1) in ("black", "bloody", "good", "palm", "easter", "ash") and t[j - 1].capital:
        return None
    return Weekday(named[0], which), named[1]


def near(t: Tokens, i: int) -> Found:
    """Today, yesterday, tomorrow, last night, tonight, this morning, overnight, the day before yesterday."""
    low, after = t.low(i), t.low(i + 1)
    if low in ("today", "tonight"):
        return Near(0, 0), i + 1
    if low in ("yesterday", "tomorrow"):
        return Near(*((-1, -1) if low == "yesterday" else (1, 1))), i + 1
    if t.match(i, "the", "day", "before", "yesterday"):
        return Near(-2, -2), i + 4
    if t.match(i, "the", "day", "after", "tomorrow"):
        return Near(2, 2), i + 4
    if low == "overnight":
        to_day = t.low(i + 2) in WEEKDAYS or t[i + 2].kind in ("number", "ordinal")
        return None if after in ("from", "to", "into") and to_day else (Unit("night", "same"), i + 1)
    if low == "last" and after in ("night", "evening"):
        return Near(-1, 0 if after == "night" else -1), i + 2
    if low == "this" and after in TIMES_OF_DAY:
        return Near(0, 0), i + 2
    if low == "this" and after in ("early", "late") and t.low(i + 2) in TIMES_OF_DAY:
        return Near(0, 0), i + 3
    if low in ("in", "during", "throughout") and t.match(i + 1, "the", "night"):
        return None if t.low(i + 3) in INTO_NIGHT else (Unit("night", "same"), i + 3)
    for phrase in _THEN:
        if low == phrase[0] and t.match(i, *phrase) and t.low(i + len(phrase)) not in ("of", "when", "that", "as"):
            return Unit("period", "same"), i + len(phrase)
    if low == "all" and after in ("day", "night"):
        return Unit(after, "same"), i + 2
    return None


def unit(t: Tokens, i: int) -> Found:
    """This week, last month, the previous year, the same day, that night, the following month, the weekend."""
    j = i
    the = t.low(j) in ("the", "its", "their")
    j = j + 1 if the else j
    if the and t.low(j) == "weekend" and t.low(i) == "the":
        return Unit("weekend", "plain"), j + 1
    which = _WHICH.get(t.low(j))
    if t.low(j) == "past" and the:
        return None
    if which is None:
        return None
    j = j + 1 if t.low(j + 1) == "very" else j
    word = t.low(j + 1)
    if word == "weekend":
        return Unit("weekend", which), j + 2
    if word in TIMES_OF_DAY:
        if which in ("this", "last") or (which == "next" and not the):
            return None
        return Unit("day", "following" if which == "next" else which), j + 2
    name = UNITS.get(word)
    if name is None or (word.endswith("s") and word != "days"):
        return None
    if name == "day":
        if word == "days" or which in ("last", "this"):
            return None
        return Unit("day", "following" if which == "next" else which), j + 2
    if the and which in ("next", "last"):
        which = "following" if which == "next" else "last"
    return Unit("week" if name == "fortnight" else name, which), j + 2


_AT_NEW_YEAR = ("at", "around", "since", "before", "by", "until", "till")


def feast(t: Tokens, i: int) -> Found:
    """Christmas, Christmas Eve, New Year's Eve, New Year's Day, at New Year, the turn of the year: fixed days."""
    if t.low(i) == "christmas" and t[i].capital:
        if t.low(i + 1) in ("eve", "day"):
            return Calendar(month=12, day=24 if t.low(i + 1) == "eve" else 25), i + 2
        return Calendar(month=12, day=25), i + 1
    if t.match(i, "new", "year", "'s") and t.low(i + 3) in ("eve", "day"):
        return Calendar(month=12, day=31) if t.low(i + 3) == "eve" else Calendar(month=1, day=1), i + 4
    if t.match(i, "new", "year") and t[i + 1].capital and t.low(i - 1) in _AT_NEW_YEAR:
        return Calendar(month=1, day=1), i + 2
    if t.match(i, "the", "new", "year") and t.low(i - 1) in _AT_NEW_YEAR:
        return Calendar(month=1, day=1), i + 3
    if t.match(i, "the", "turn", "of", "the", "year"):
        return Calendar(month=1, day=1), i + 5
    return None


def day_part(t: Tokens, i: int) -> Found:
    """A time of day with no day named: "in the morning", "at dawn", "later in the day", "by nightfall"."""
    j = clock_time(t, i)
    if j > i:
        if t.match(j, "in", "the") and t.low(j + 2) in TIMES_OF_DAY:
            j += 3
        elif t.low(j) == "at" and t.low(j + 1) == "night":
            j += 2
        elif t.low(j) == "this" and t.low(j + 1) in TIMES_OF_DAY:
            return Near(0, 0), j + 2
        return Unit("day", "time"), j
    j = i + 1 if t.low(i) in ("later", "earlier", "early", "late") else i
    if t.low(j) == "in" and t.low(j + 1) == "the":
        k = j + 3 if t.low(j + 2) in ("early", "late") else j + 2
        if t.low(k) in ("night", "nights") and t.low(k + 1) in INTO_NIGHT:
            return None
        if t.low(k) in TIMES_OF_DAY or (t.low(k) == "day" and j > i) or (t.low(k) == "hours" and k == j + 3):
            return Unit("day", "time"), k + 2 if t.low(k + 1) == "hours" else k + 1
    if (j > i or t.low(i) == "on") and (t.low(j) == "that" or (t.low(i) == "on" and t.low(j + 1) == "that")):
        k = j + 1 if t.low(j) == "that" else j + 2
        return (Unit("day", "same"), k + 1) if t.low(k) == "day" else None
    if t.low(i) in ("by", "at", "before") and t.match(i + 1, "the", "end", "of", "the", "day"):
        return Unit("day", "time"), i + 6
    j = i + 2 if t.low(i + 1) in ("the", "about", "around") else i + 1
    if t.low(i) in ("at", "before", "by", "until", "till", "throughout"):
        if t.low(j) in TIMES_OF_DAY and t.low(j + 1) not in ("of", "on", "prayers"):
            return Unit("day", "time"), j + 1
        if t.low(i) == "throughout" and t.low(j) == "day":
            return Unit("day", "time"), j + 1
    return None
