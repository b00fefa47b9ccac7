"""Grammar of expressions of time: what is built from dates, weekdays, units, numbers and bounds.

`best` gives the longest reading that starts at a token. The grammar is a recursive descent over tokens with a bounded
look-ahead and a bounded depth, so it is linear on any input.
"""

from __future__ import annotations

from collections.abc import Callable

from whoholds.annotate.times.dates import calendar
from whoholds.annotate.times.days import (
    day_part,
    feast,
    is_day,
    near,
    time_of_day_after,
    time_of_day_before,
    unit,
    weekday,
)
from whoholds.annotate.times.lengths import ONE, duration, nth_day, present, shift
from whoholds.annotate.times.meaning import Between, Bound, Calendar, Duration, Part, Shift, Unit, Weekday
from whoholds.annotate.times.names import Found
from whoholds.annotate.times.numbers import ORDINALS, count, ordinal, whole
from whoholds.annotate.times.words import (
    TIMES_OF_DAY,
    UNITS,
    WEEKDAYS_SHORT,
    Tokens,
    read_once,
    word_set,
)

_DEPTH = 3
PERIODS = frozenset({"week", "month", "year", "decade", "weekend", "quarter"})


def part(t: Tokens, i: int, depth: int) -> Found:
    """Early October, mid-2014, late last year, the end of 2013, the first week of May, earlier this week, midsummer."""
    low, j = t.low(i), i + 1
    if low in ("early", "mid", "late", "earlier", "later", "middle"):
        if t.match(j, "in", "the") and t.low(j + 2) in PERIODS:
            return Part(low, Unit(t.low(j + 2), "this")), j + 3
        if low == "mid" and t.low(j) == "-":
            j += 1
        j = j + 1 if t.low(j) in ("on", "in", "-") and low in ("early", "late", "later", "earlier") else j
        j = j + 1 if t.low(j) == "the" and t[j + 1].kind == "decade" else j
        if t.low(j) == "the" and low == "mid":
            j += 1
        of = core(t, j, depth - 1, free=True)
        if of is None or is_day(of[0]):
            return None
        return Part(low, of[0]), of[1]
    j = i + 1 if low == "the" else i
    if t.low(j) == "very":
        j += 1
    if t.low(j) in _ENDS and t.low(j + 1) == "of":
        return _part_of(t, j + 2, depth, _ENDS[t.low(j)])
    few = count(t, j + (low == "in"))
    if few and few[0].high <= 9 and t.low(few[1]) in ("days", "weeks") and t.low(few[1] + 1) in ("of", "in"):
        # "in a few days of September", "three weeks in May": some time in it
        of = calendar(t, few[1] + 2, free=True)
        return of if of and isinstance(of[0], Calendar) and of[0].month and not of[0].day else None
    if t.low(j) == "last" or t.low(j) in ORDINALS or t[j].kind == "ordinal":
        nth = ordinal(t, j)
        which, k = ("last", j + 1) if nth is None else ("first", nth[1])
        number_of = whole(t, k)
        many = number_of[0] if number_of and 2 <= number_of[0] <= 20 else 0
        k = number_of[1] if many and number_of else k + (t.low(k) == "few")
        word = t.low(k)
        name = {"half": "half", "quarter": "quarter", "part": "half"}.get(word) or UNITS.get(word, "")
        number = nth[0] if nth else 1
        many = many or (3 if word in ("weeks", "months") else 0)  # "the first weeks of the year"
        if name in _PARTS and t.low(k + 1) in ("of", "in") and (word != "day" or number == 1):
            return _part_of(t, k + 2, depth, which, number, "days" if word == "days" else name, many)
    return None


_ENDS = {"beginning": "begin", "start": "begin", "end": "end", "middle": "mid", "close": "end"}
_PARTS = word_set("half quarter week day month")


def _part_of(t: Tokens, k: int, depth: int, which: str, nth: int = 1, name: str = "", count: int = 0) -> Found:
    if t.low(k) == "the" and t.low(k + 1) in PERIODS:
        # of the one mentioned last: "began on 27 November … by the end of the month"
        return Part(which, Unit(t.low(k + 1), "told"), nth, name, count), k + 2
    k = k + 1 if t.low(k) == "the" and t[k + 1].kind in ("number", "decade") else k
    of = core(t, k, depth - 1, free=True)
    return (Part(which, of[0], nth, name, count), of[1]) if of and not is_day(of[0]) else None


def night_between(t: Tokens, i: int) -> Found:
    """In the night from Monday to Tuesday, the night of 3-4 March, the night to Wednesday, overnight to Friday."""
    j = i + 1 if t.low(i) in ("the", "overnight") else i
    if t.low(i) != "overnight" and t.low(j) != "night":
        return None
    j = j + 1 if t.low(j) in ("night", "nights") else j
    if t.low(j) in ("to", "into"):
        last = core(t, j + 1, 1, free=True)
        if last and is_day(last[0]):
            return Between(Shift(ONE, "day", True, "report", last[0]), last[0], "night"), last[1]
        return None
    if t.low(j) not in ("from", "between", "of", "on"):
        return None
    first = core(t, j + 1, 1, free=True)
    if first is None:
        return None
    if isinstance(first[0], Between):
        return Between(first[0].first, first[0].last, "night"), first[1]
    if not is_day(first[0]):
        return None
    if t.low(first[1]) in ("to", "and", "into", "-", "/"):
        last = core(t, first[1] + 1, 1, free=True)
        if last and is_day(last[0]):
            return Between(first[0], last[0], "night"), last[1]
    return None


@read_once
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
    if best_one is not None and is_day(best_one[0]):
        best_one = best_one[0], time_of_day_after(t, best_one[1])
    head = time_of_day_before(t, i)
    if head > i and depth > 1:
        inner = core(t, head, 1, free=True)
        if inner and is_day(inner[0]) and (best_one is None or inner[1] > best_one[1]):
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
        links = ["and"] if low == "between" else ["to", "until", "till", "through", "-"]
    else:
        first = core(t, i)
        links = ["-", "to", "through"]
    if first is None:
        return None
    a, j = first
    if low == "from" and (t.low(j) in ("onwards", "onward") or (t.low(j) == "on" and t[j + 1].kind != "word")):
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
        if low not in ("between", "from") and (a.day is None) != (b.day is None) and not (a.day and b.month):
            # but "13 October to December"
            return None
        a = _inherit(a, b)
    listed = low != "between" and t.low(j) == "and"
    if listed and isinstance(a, Weekday) and isinstance(b, Weekday) and (b.day - a.day) % 7 != 1:
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
    return Calendar(year, month, a.day, a.weekday, b.year_step, same_year=b.same_year, later=b.later)


_BOUNDS = {"since": "since", "until": "until", "till": "until", "by": "by", "before": "before", "after": "after"}


def bound(t: Tokens, i: int) -> Found:
    """Since Monday, until 2014, by Friday, before May, after 2014, since then, "have since", as of May 3."""
    low = t.low(i)
    if low == "ever" and t.low(i + 1) == "since":
        return bound(t, i + 1) or (Bound("since", Unit("day", "same")), i + 2)
    if low == "since" and t.low(i + 1) in ("then", "that") and (t.low(i + 1) == "then" or t.low(i + 2) == "time"):
        return Bound("since", Unit("day", "same")), i + (2 if t.low(i + 1) == "then" else 3)
    if low in ("by", "until", "till") and t.low(i + 1) == "then" and not t[i + 1].capital:
        return Bound("by" if low == "by" else "until", Unit("period", "same")), i + 2
    alone = low == "since" and (t.low(i - 1) in ("have", "has", "had", "ever") or t.low(i + 1) in (".", ",", ";", ""))
    if alone and not core(t, i + 1, 2):  # "has since left", not "has since August lost"
        return Bound("since", Unit("day", "same")), i + 1
    kind, j = _BOUNDS.get(low), i + 1
    if low == "before" and (over := _before_it_was_out(t, j)):
        return over
    if low == "prior" and t.low(j) == "to":
        kind, j = "before", j + 1
    elif t.match(i, "up", "to") or t.match(i, "up", "until"):
        kind, j = "until", i + 2
    elif t.match(i, "as", "of"):
        return core(t, i + 2, 2, free=True)
    elif low == "as" and t.low(i + 1) in ("early", "late", "recently") and t.low(i + 2) == "as":
        return core(t, i + 3, 2, free=True)
    elif t.match(i, "from", "then", "on") or t.match(i, "from", "then", "onwards"):
        return Bound("since", Unit("day", "same")), i + 3
    if kind is None:
        return None
    if kind == "since" and _is_comparison(t, i):
        kind = "comparison"
    if kind in ("before", "after") and (t.low(j) in TIMES_OF_DAY or t.low(j) in ("in", "on")):
        # "before dawn"; "it had fallen before, in 2008"
        return None
    j = j + 2 if t.match(j, "at", "least") else j
    j = j + 1 if t.low(j) in ("about", "around", "at", "on", "in") else j
    j = j + 3 if t.low(j) == "as" and t.low(j + 1) in ("early", "far", "long") and t.low(j + 2) == "as" else j
    j = j + 1 if t.low(j) == "the" and t[j + 1].kind in ("number", "ordinal") and t[j + 2].kind == "word" else j
    inner = (
        present(t, j)
        or (between(t, j) if kind == "since" and t.low(j) not in ("between", "from") else None)
        or core(t, j, _DEPTH - 1, free=t.low(j) not in WEEKDAYS_SHORT)
        or (shift(t, j) if kind in ("since", "until", "by", "before") else None)
    )
    if inner is None:
        if kind == "by" and t.low(j) in TIMES_OF_DAY:
            return Unit("day", "time"), j + 1
        return None
    if isinstance(inner[0], Shift) and inner[0].base in ("event", "passed"):
        return None
    return Bound(kind, inner[0]), inner[1]


def _before_it_was_out(t: Tokens, j: int) -> Found | None:
    """Before the month is out, the week was over: of the report's, or of the one told last."""
    unit = UNITS.get(t.low(j + 1)) if t.low(j) == "the" else None
    if unit is None or t.low(j + 2) not in ("is", "was") or t.low(j + 3) not in ("out", "over"):
        return None
    if unit == "week" and t.low(j + 2) == "was":
        return Duration(ONE, "week", "within"), j + 4
    return Bound("by", Unit(unit, "this" if t.low(j + 2) == "is" else "same")), j + 4


_SUPERLATIVES = word_set(
    "biggest largest worst heaviest deadliest fiercest bloodiest greatest longest strongest highest lowest most first "
    "boldest gravest smallest fastest closest"
)
_HELD = word_set("held controlled governed ruled occupied besieged run hands control")


def _is_comparison(t: Tokens, i: int) -> bool:
    """ "the biggest attack since 2014", "for the first time since May": says nothing of when this one was.

    But "has held most of it since May", "the largest town held since May" do.
    """
    if t.low(i - 1) in _HELD:
        return False
    found = (k for k in range(i - 4, i) if t.low(k) in _SUPERLATIVES)
    return t.low(i - 1) == "time" or any(t.low(k) != "most" or t.low(k + 1) != "of" for k in found)


def shift_from(t: Tokens, i: int) -> Found:
    """Two days before 5 May, a day after Monday's attack: counted from the date that follows."""
    found = shift(t, i)
    if found is None or not isinstance(found[0], Shift) or found[0].base in ("report", "passed"):
        return None
    of = core(t, found[1], 1, free=True) if t.low(found[1]) not in ("the", "its", "their") else None
    if of is None or not is_day(of[0]):
        return None
    return Shift(found[0].count, found[0].unit, found[0].back, "report", of[0]), of[1]


_RULES: tuple[Callable[[Tokens, int], Found], ...] = (
    core,
    between,
    bound,
    shift_from,
    shift,
    duration,
    nth_day,
    present,
    day_part,
)


def best(t: Tokens, i: int) -> Found:
    """The longest expression that starts at token `i`; of two as long, the one of the earlier rule."""
    found = [f for f in (rule(t, i) for rule in _RULES) if f]
    return max(found, key=lambda f: f[1], default=None)
