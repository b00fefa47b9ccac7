"""Grammar of expressions of time: what is built from dates, weekdays, units, numbers and bounds.

`best` gives the longest reading that starts at a token. The grammar is a recursive descent over tokens with a bounded
look-ahead and a bounded depth, so it is linear on any input.
"""

from __future__ import annotations

from collections.abc import Callable

from whoholds.annotate.times_dates import Found, calendar, month_at, weekday_at
from whoholds.annotate.times_meaning import (
    Between,
    Bound,
    Calendar,
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
from whoholds.annotate.times_words import (
    DAYS_IN,
    MONTHS,
    ORDINALS,
    SEASONS,
    TIMES_OF_DAY,
    UNITS,
    WEEKDAYS,
    WEEKDAYS_SHORT,
    Count,
    Tokens,
    count,
    ordinal,
    whole,
)

_DEPTH = 3
_PERIODS = frozenset({"week", "month", "year", "decade", "weekend", "quarter"})
_NOT_DAYS = frozenset("prayer prayers sermon sermons times telegraph mirror express post".split())
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
_ONE = Count(1, 1)
_INTO_NIGHT = frozenset({"from", "to", "into", "of", "between", "on"})
_PAST_OR_COMING = frozenset({"last", "past", "recent", "coming", "next", "previous"})


def _tail(t: Tokens, j: int) -> int:
    """Past the time of day that may follow a day: "night", "'s early morning", "at dawn", "in the evening"."""
    k = j
    if t.low(k) in ("late", "early") and t.low(k + 1) in TIMES_OF_DAY:
        k += 1
    if t.low(k) in TIMES_OF_DAY:
        return k + 1
    if t.low(k) in ("at", "before", "after", "by", "around") and t.low(k + 1) in TIMES_OF_DAY:
        return k + 2
    if t.match(k, "in", "the") and t.low(k + 2) in TIMES_OF_DAY:
        return k + 3
    return j


def _head(t: Tokens, i: int) -> int:
    """Past the time of day that may stand before a day: "late on", "the early hours of", "before dawn on", "the night of"."""
    j = i
    if t.low(j) in ("before", "after", "at", "by", "in", "from", "around", "until", "during"):
        if t.low(j + 1) not in TIMES_OF_DAY and t.low(j + 1) not in ("the", "early", "late"):
            return i
        j += 1
    moved = j
    j = j + 1 if t.low(j) == "the" else j
    if t.low(j) in ("late", "early", "very", "mid", "later", "earlier"):
        j = j + 2 if t.low(j) == "very" else j + 1
        j = j + 1 if t.low(j) == "-" else j
        moved = j
    if t.low(j) in TIMES_OF_DAY or t.low(j) in ("hours", "evening"):
        j += 1
        j = j + 1 if t.low(j) == "hours" else j
        moved = j
    if moved == i or t.low(moved - 1) in ("the", "before", "after", "by", "in", "from", "until", "during", "around", "at"):
        return i
    j = moved
    return j + 1 if t.low(j) in ("of", "on") else j


def _is_day(meaning: Meaning) -> bool:
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
    named = weekday_at(t, j, short=free)
    if named is None or t.low(named[1]) in _NOT_DAYS or t.low(i - 1) in ("every", "each"):
        return None
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
        return None if after in ("from", "to", "into") else (Unit("night", "same"), i + 1)
    if low == "last" and after in ("night", "evening"):
        return Near(-1, 0 if after == "night" else -1), i + 2
    if low == "this" and after in TIMES_OF_DAY:
        return Near(0, 0), i + 2
    if low == "this" and after in ("early", "late") and t.low(i + 2) in TIMES_OF_DAY:
        return Near(0, 0), i + 3
    if low in ("in", "during", "throughout") and t.match(i + 1, "the", "night"):
        return None if t.low(i + 3) in _INTO_NIGHT else (Unit("night", "same"), i + 3)
    if low == "all" and after in ("day", "night"):
        return Unit(after, "same"), i + 2
    return None


def unit(t: Tokens, i: int) -> Found:
    """This week, last month, the previous year, the same day, that night, the following month, the weekend, next day."""
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


def shift(t: Tokens, i: int) -> Found:
    """Two days ago, a day earlier, three weeks later, the day before, nine months after they left, two days before 5 May."""
    if t.low(i) == "the" and t.low(i + 1) in UNITS and not t.low(i + 1).endswith("s"):
        counted: tuple[Count, int] | None = (_ONE, i + 1)
    elif t.low(i) == "the" and t.low(i + 1) in TIMES_OF_DAY:
        counted = (_ONE, i + 1)
    else:
        counted = count(t, i, bare=True)
    if counted is None:
        return None
    number, j = counted
    if t.low(j) in ("24", "48", "72", "96"):
        return None
    name = UNITS.get(t.low(j)) or ("day" if t.low(j) in TIMES_OF_DAY and t.low(i) == "the" else None)
    if name is None and t.low(j) == "hours" and number.low in (24, 48, 72, 96):
        number, name = Count(number.low // 24, number.high // 24), "day"
    if name is None:
        return None
    word, k = t.low(j + 1), j + 2
    the = t.low(i) == "the"
    if word == "ago" and not the:
        return Shift(number, name, True, "report"), k
    if word in ("earlier", "previously", "beforehand") and not the:
        return Shift(number, name, True, "mentioned"), k
    if (word == "later" or (word == "on" and t[k].kind == "other")) and not the:
        return Shift(number, name, False, "mentioned"), k
    if word in ("before", "after", "prior", "following") and not (word == "following" and the):
        k = k + 1 if t.match(k, "to") else k
        back = word in ("before", "prior")
        of = core(t, k, 1, free=True) if t.low(k) not in ("the", "its", "their") else None
        if of is not None and _is_day(of[0]):
            return Shift(number, name, back, "report", of[0]), of[1]
        follows = t[k].kind == "word" and t.low(k) not in ("and", "but", "when", "while", "with", "at", "on")
        return Shift(number, name, back, "event" if follows else "mentioned"), k
    return None


def duration(t: Tokens, i: int) -> Found:
    """For three days, after a two-week siege, in recent weeks, in the past 24 hours, within a week, 73 days of battles."""
    role, j = "of", i
    low = t.low(i)
    if low in ("for", "after", "in", "within", "over", "during", "throughout"):
        if low in ("in", "during") and t.low(i - 1) in ("time", "defeat", "gain", "success"):
            return None
        role, j = {"over": "past", "during": "past", "throughout": "past"}.get(low, low), i + 1
        j = j + 1 if role == "in" and t.low(j) == "just" else j
        if t.low(j) in ("a", "the", "its", "their") and t[j + 1].kind != "end" and t.low(j + 1) not in _PAST_OR_COMING:
            number = whole(t, j + 1)
            j = j + 1 if number and t.low(number[1]) == "-" else j
    recent = False
    if t.low(j) in ("the", "these", "this") and t.low(j + 1) in _PAST_OR_COMING:
        j += 1
    if t.low(j) in _PAST_OR_COMING:
        word = t.low(j)
        if word in ("last", "next", "previous") and t.low(j + 1) in UNITS:
            return None
        role, recent, j = ("coming" if word in ("coming", "next") else "past"), word == "recent", j + 1
        if t.low(j) in UNITS and not t.low(j).endswith("s"):
            return Duration(_ONE, UNITS[t.low(j)], role), j + 1
        if recent and t.low(j) in UNITS:
            return Duration(Count(1, 7 if UNITS[t.low(j)] == "day" else 4), UNITS[t.low(j)], "past"), j + 1
    elif role == "past":
        return None
    counted = count(t, j, bare=role != "of" and not recent)
    if counted is None:
        return None
    number, k = counted
    if t.low(k) == "-" and t.low(k + 1) in UNITS and not t.low(k + 1).endswith("s"):
        adjective, k = True, k + 1
    else:
        adjective = False
    name = UNITS.get(t.low(k))
    if name is None and t.low(k) == "hours" and number.low in (24, 48, 72, 96):
        number, name = Count(number.low // 24, number.high // 24), "day"
    if name is None:
        return None
    k += 1
    if adjective:
        if t.match(k, "-", "old") and name == "year":
            return None
        k = k + 2 if t.match(k, "-", "long") or t.match(k, "-", "old") else k
        return Duration(number, name, "after" if role == "after" else "of"), k
    if role == "of" and not _has_length(t, i, k):
        return None
    if t.low(k) in ("ago", "earlier", "later") or (role not in ("for", "after") and t.low(k) in ("before", "after", "from")):
        return None
    if role == "in" and t.match(k, "'", "time"):
        return Duration(number, name, "coming"), k + 2
    return Duration(number, name, role), k


_LASTING = frozenset(
    "siege battle battles fighting clashes lull offensive blockade occupation assault bombardment defence defense "
    "encirclement truce ceasefire advance campaign war control rule captivity lasted took lasting".split()
)


def _has_length(t: Tokens, i: int, k: int) -> bool:
    """True where bare "three days" is how long something lasted: "three days of …", "a siege of …", "that lasted …"."""
    if t.low(k) == "of" and t[k + 1].kind == "word" and t.low(k + 1) not in ("the", "this"):
        return True
    return (t.low(i - 1) == "of" and t.low(i - 2) in _LASTING) or t.low(i - 1) in ("lasted", "lasting", "took")


def nth_day(t: Tokens, i: int) -> Found:
    """For a second day, for the third consecutive day, for a fourth day running."""
    if t.low(i) != "for" or t.low(i + 1) not in ("a", "the"):
        return None
    found = ordinal(t, i + 2)
    if found is None:
        return None
    nth, j = found
    j = j + 1 if t.low(j) in ("straight", "consecutive", "successive", "full") else j
    if t.low(j) != "day" or not 2 <= nth <= 99:
        return None
    j += 1
    return NthDay(nth), j + 3 if t.match(j, "in", "a", "row") else j + 1 if t.low(j) == "running" else j


def part(t: Tokens, i: int, depth: int) -> Found:
    """Early October, mid-2014, late last year, the end of 2013, the first week of May, earlier this week, midsummer."""
    low, j = t.low(i), i + 1
    if low in ("early", "mid", "late", "earlier", "later", "middle"):
        if t.match(j, "in", "the") and t.low(j + 2) in _PERIODS:
            return Part(low, Unit(t.low(j + 2), "this")), j + 3
        if low == "mid" and t.low(j) == "-":
            j += 1
        j = j + 1 if t.low(j) in ("on", "in", "-") and low in ("early", "late", "later", "earlier") else j
        j = j + 1 if t.low(j) == "the" and t[j + 1].kind == "decade" else j
        if t.low(j) == "the" and low == "mid":
            j += 1
        of = core(t, j, depth - 1, free=True)
        if of is None or _is_day(of[0]):
            return None
        return Part(low, of[0]), of[1]
    j = i + 1 if low == "the" else i
    if t.low(j) == "very":
        j += 1
    named = {"beginning": "begin", "start": "begin", "end": "end", "middle": "mid", "close": "end", "half": "mid"}
    if t.low(j) in named and t.low(j) != "half" and t.low(j + 1) == "of":
        return _part_of(t, j + 2, depth, named[t.low(j)])
    if t.low(j) == "last" or t.low(j) in ORDINALS or t[j].kind == "ordinal":
        nth = ordinal(t, j)
        which, k = ("last", j + 1) if nth is None else ("first", nth[1])
        number = nth[0] if nth else 1
        k = k + 1 if t.low(k) in ("few", "two", "three") else k
        word = t.low(k)
        name = "half" if word == "half" else "quarter" if word == "quarter" else UNITS.get(word, "")
        if word in ("part",):
            name = "half"
        if name in ("half", "quarter", "week", "day", "month") and t.low(k + 1) in ("of", "in"):
            if name == "day" and word == "day" and number > 1:
                return None
            return _part_of(t, k + 2, depth, which, number, "days" if word == "days" else name)
    return None


def _part_of(t: Tokens, k: int, depth: int, which: str, nth: int = 1, name: str = "") -> Found:
    if t.low(k) == "the" and t.low(k + 1) in _PERIODS:
        return Part(which, Unit(t.low(k + 1), "this"), nth, name), k + 2
    k = k + 1 if t.low(k) == "the" and t[k + 1].kind in ("number", "decade") else k
    of = core(t, k, depth - 1, free=True)
    return (Part(which, of[0], nth, name), of[1]) if of and not _is_day(of[0]) else None


def present(t: Tokens, i: int) -> Found:
    """Now, currently, at present, so far, still, to date, recently; "until now" is read as a bound of it."""
    low = t.low(i)
    if low in ("now", "currently", "presently", "still", "nowadays"):
        return Open("present"), i + 1
    for words in (("at", "present"), ("at", "the", "moment"), ("these", "days"), ("right", "now"), ("for", "now")):
        if t.match(i, *words):
            return Open("present"), i + len(words)
    for words in (("so", "far"), ("to", "date"), ("to", "this", "day"), ("thus", "far"), ("as", "yet")):
        if t.match(i, *words):
            return Open("so-far"), i + len(words)
    if low in ("recently", "lately"):
        return Open("recent"), i + 1
    return None


def feast(t: Tokens, i: int) -> Found:
    """Christmas, Christmas Eve, New Year's Eve, New Year's Day: feasts with a fixed day."""
    if t.low(i) == "christmas" and t[i].capital:
        if t.low(i + 1) in ("eve", "day"):
            return Calendar(month=12, day=24 if t.low(i + 1) == "eve" else 25), i + 2
        return Calendar(month=12, day=25), i + 1
    if t.match(i, "new", "year", "'s") and t.low(i + 3) in ("eve", "day"):
        return Calendar(month=12, day=31) if t.low(i + 3) == "eve" else Calendar(month=1, day=1), i + 4
    return None


def day_part(t: Tokens, i: int) -> Found:
    """A time of day with no day named: "in the morning", "at dawn", "later in the day", "by nightfall"."""
    j = i + 1 if t.low(i) in ("later", "earlier", "early", "late") else i
    if t.low(j) == "in" and t.low(j + 1) == "the":
        k = j + 3 if t.low(j + 2) in ("early", "late") else j + 2
        if t.low(k) in ("night", "nights") and t.low(k + 1) in _INTO_NIGHT:
            return None
        if t.low(k) in TIMES_OF_DAY or (t.low(k) == "day" and j > i) or (t.low(k) == "hours" and k == j + 3):
            return Unit("day", "same"), k + 2 if t.low(k + 1) == "hours" else k + 1
    if (j > i or t.low(i) == "on") and (t.low(j) == "that" or (t.low(i) == "on" and t.low(j + 1) == "that")):
        k = j + 1 if t.low(j) == "that" else j + 2
        return (Unit("day", "same"), k + 1) if t.low(k) == "day" else None
    j = i + 2 if t.low(i + 1) == "the" else i + 1
    if t.low(i) in ("at", "before", "by", "until", "till", "throughout"):
        if t.low(j) in TIMES_OF_DAY and t.low(j + 1) not in ("of", "on", "prayers"):
            return Unit("day", "same"), j + 1
        if t.low(i) == "throughout" and t.low(j) == "day":
            return Unit("day", "same"), j + 1
    return None


def night_between(t: Tokens, i: int) -> Found:
    """In the night from Monday to Tuesday, the night of 3-4 March, the night to Wednesday, overnight to Friday."""
    j = i + 1 if t.low(i) in ("the", "overnight") else i
    if t.low(i) != "overnight" and t.low(j) != "night":
        return None
    j = j + 1 if t.low(j) in ("night", "nights") else j
    if t.low(j) in ("to", "into"):
        last = core(t, j + 1, 1, free=True)
        if last and _is_day(last[0]):
            return Between(Shift(_ONE, "day", True, "report", last[0]), last[0], "night"), last[1]
        return None
    if t.low(j) not in ("from", "between", "of", "on"):
        return None
    first = core(t, j + 1, 1, free=True)
    if first is None:
        return None
    if isinstance(first[0], Between):
        return Between(first[0].first, first[0].last, "night"), first[1]
    if not _is_day(first[0]):
        return None
    if t.low(first[1]) in ("to", "and", "into", "-", "/"):
        last = core(t, first[1] + 1, 1, free=True)
        if last and _is_day(last[0]):
            return Between(first[0], last[0], "night"), last[1]
    return None


def core(t: Tokens, i: int, depth: int = _DEPTH, free: bool = False) -> Found:
    """A single day or period, without bounds. `free`: the words before have already made it an expression of time."""
    if depth <= 0:
        return None
    j = i + 1 if free and t.low(i) == "the" and (t[i + 1].kind == "ordinal" or t.low(i + 1) in ORDINALS) else i
    found = [
        f
        for f in (
            calendar(t, i, free),
            calendar(t, j, free) if j > i else None,
            weekday(t, i, free),
            near(t, i),
            unit(t, i),
            feast(t, i),
            part(t, i, depth),
            night_between(t, i) if depth > 1 else None,
        )
        if f
    ]
    best_one = max(found, key=lambda f: f[1], default=None)
    if best_one is not None and _is_day(best_one[0]):
        best_one = best_one[0], _tail(t, best_one[1])
    head = _head(t, i)
    if head > i and depth > 1:
        inner = core(t, head, 1, free=True)
        if inner and _is_day(inner[0]) and (best_one is None or inner[1] > best_one[1]):
            return inner
    return best_one


def _link(t: Tokens, j: int, *words: str) -> int:
    """Past "to", "until", "and" … if it stands at `j`, else 0."""
    return j + 1 if t.low(j) in words else 0


def between(t: Tokens, i: int) -> Found:
    """From January to March 2015, between 2012 and 2014, 29 October - 5 November 2021, Thursday and Friday."""
    low = t.low(i)
    if low in ("between", "from"):
        first = core(t, i + 1, 2, free=True)
        links = ("and",) if low == "between" else ("to", "until", "till", "through", "-")
    else:
        first = core(t, i, 2)
        links = ("-", "to", "through")
    if first is None:
        return None
    a, j = first
    if low == "from" and t.low(j) in ("on", "onwards", "onward"):
        return Bound("onwards", a), j + 1
    k = _link(t, j, *links)
    if not k and low not in ("between", "from") and isinstance(a, Weekday) and t.low(j) == "and":
        k = j + 1
    if not k:
        return None
    last = core(t, k, 2, free=True)
    if last is None or isinstance(a, Between) or isinstance(last[0], Between):
        return None
    b = last[0]
    if low not in ("between", "from") and type(a) is not type(b):
        return None
    if isinstance(a, Calendar) and isinstance(b, Calendar):
        if low not in ("between", "from") and (a.day is None) != (b.day is None):
            return None
        a = _inherit(a, b)
    if isinstance(a, Weekday) and isinstance(b, Weekday) and t.low(j) == "and" and (b.day - a.day) % 7 != 1:
        return None
    return Between(a, b), last[1]


def _inherit(a: Calendar, b: Calendar) -> Calendar:
    """The first date of a range takes its missing month and year from the last."""
    month = a.month or (b.month if a.day else None)
    if a.year or a.year_step is not None:
        return a
    year = b.year
    if year and month and b.month and (month, a.day or 0) > (b.month, b.day or 31):
        year -= 1
    return Calendar(year, month, a.day, a.weekday, b.year_step, same_year=b.same_year)


_BOUNDS = {"since": "since", "until": "until", "till": "until", "by": "by", "before": "before", "after": "after"}


def bound(t: Tokens, i: int) -> Found:
    """Since Monday, until 2014, by Friday, before May, after 2014, since then, ever since, "have since", as of May 3."""
    low = t.low(i)
    if low == "ever" and t.low(i + 1) == "since":
        return bound(t, i + 1) or (Bound("since", Unit("day", "same")), i + 2)
    if low == "since" and t.low(i + 1) in ("then", "that") and (t.low(i + 1) == "then" or t.low(i + 2) == "time"):
        return Bound("since", Unit("day", "same")), i + (2 if t.low(i + 1) == "then" else 3)
    if low == "since" and (t.low(i - 1) in ("have", "has", "had", "ever") or t.low(i + 1) in (".", ",", ";", "")):
        return Bound("since", Unit("day", "same")), i + 1
    kind, j = _BOUNDS.get(low), i + 1
    if low == "prior" and t.low(j) == "to":
        kind, j = "before", j + 1
    elif t.match(i, "up", "to") or t.match(i, "up", "until"):
        kind, j = "until", i + 2
    elif t.match(i, "as", "of"):
        inner = core(t, i + 2, 2, free=True)
        return inner
    if kind is None:
        return None
    if kind == "since" and _is_comparison(t, i):
        kind = "comparison"
    if kind in ("before", "after") and t.low(j) in TIMES_OF_DAY:
        return None
    j = j + 1 if t.low(j) in ("about", "around", "at", "on", "in") else j
    j = j + 2 if t.match(j, "as", "early") and t.low(j + 2) == "as" else j
    j = j + 1 if t.low(j) == "the" and t[j + 1].kind in ("number", "ordinal") and t[j + 2].kind == "word" else j
    inner = (
        present(t, j)
        or (between(t, j) if kind == "since" and t.low(j) not in ("between", "from") else None)
        or core(t, j, _DEPTH - 1, free=t.low(j) not in WEEKDAYS_SHORT)
        or (shift(t, j) if kind in ("since", "until", "by", "before") else None)
    )
    if inner is None:
        if kind == "by" and t.low(j) in TIMES_OF_DAY:
            return Unit("day", "same"), j + 1
        return None
    if isinstance(inner[0], Shift) and inner[0].base == "event":
        return None
    return Bound(kind, inner[0]), inner[1]


_SUPERLATIVES = frozenset(
    "biggest largest worst heaviest deadliest fiercest bloodiest greatest longest strongest highest lowest most first "
    "boldest gravest smallest fastest closest".split()
)


def _is_comparison(t: Tokens, i: int) -> bool:
    """"the biggest attack since 2014", "for the first time since May": says nothing of when this one was."""
    return t.low(i - 1) == "time" or any(t.low(k) in _SUPERLATIVES for k in range(i - 4, i))


_RULES: tuple[Callable[[Tokens, int], Found], ...] = (
    core,
    between,
    bound,
    shift,
    duration,
    nth_day,
    present,
    day_part,
)

FIRST_WORDS = (
    frozenset(
        "a an the last this next that past recent coming previous following preceding same today yesterday tomorrow "
        "tonight overnight early mid late earlier later middle beginning start end first second third fourth fifth for "
        "after in within over during throughout since until till by before prior up as ever from between at on now "
        "currently presently still nowadays these right so to thus recently lately christmas new more less fewer well "
        "about around roughly approximately some almost nearly just only barely exactly another under half few several "
        "couple many dozen hundred spring summer autumn fall winter night current its their days weeks months years "
        "very close all".split()
    )
    | frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(WEEKDAYS_SHORT)
    | frozenset(ORDINALS)
    | frozenset(SEASONS)
    | TIMES_OF_DAY
)
_FIRST_KINDS = frozenset({"iso", "ymd", "dmy", "ordinal", "decade", "number"})


def starts(t: Tokens, i: int) -> bool:
    """False where no expression can start: most tokens leave here."""
    token = t[i]
    return token.kind in _FIRST_KINDS or token.low in FIRST_WORDS or _is_number_or_month(t, i)


def _is_number_or_month(t: Tokens, i: int) -> bool:
    return bool(t[i].kind == "word" and (count(t, i) or (t[i].capital and month_at(t, i))))


def best(t: Tokens, i: int) -> Found:
    """The longest expression that starts at token `i`; of two as long, the one of the earlier rule."""
    found = [f for f in (rule(t, i) for rule in _RULES) if f]
    return max(found, key=lambda f: f[1], default=None)


__all__ = ["DAYS_IN", "Season", "best", "starts"]
