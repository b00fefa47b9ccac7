"""Grammar of lengths of time and of so many units away."""

from __future__ import annotations

from whoholds.annotate.times.meaning import Duration, Meaning, NthDay, Open, Shift
from whoholds.annotate.times.names import Found
from whoholds.annotate.times.numbers import HOURS, Count, count, ordinal, whole
from whoholds.annotate.times.words import MONTHS, TIMES_OF_DAY, UNITS, WEEKDAYS, Tokens, read_once, word_set

ONE = Count(1, 1)
_PAST_OR_COMING = word_set("last past recent coming next previous following subsequent ensuing")
_NEXT = ("next", "following", "subsequent", "ensuing")
_SINGLE = frozenset(word for word in UNITS if not word.endswith("s"))
_ROLES = {
    **{word: word for word in ("for", "after", "in", "within")},
    **dict.fromkeys(("over", "during", "throughout"), "past"),
}


def _unit_at(t: Tokens, j: int, number: Count) -> tuple[Count, str] | None:
    """The unit at `j` with its number; whole days told in hours are days ("48 hours")."""
    name = UNITS.get(t.low(j))
    if name:
        return number, name
    if t.low(j) == "hours" and number.low == number.high and number.low in (24, 48, 72, 96):
        return Count(number.low // 24, number.low // 24, number.open_end), "day"
    return None


def _hours_at(t: Tokens, j: int, number: Count) -> tuple[Count, str] | None:
    """Less than a day, "hours later", "within minutes": the day that it is counted from."""
    short = t.low(j) in HOURS and number.high < 24
    return (Count(0, 0), "day") if short and t.low(j + 2) not in TIMES_OF_DAY else None


@read_once
def shift(t: Tokens, i: int) -> Found:
    """Two days ago, a day earlier, three weeks later, the day before, nine months after they left."""
    the = t.low(i) == "the"
    if the:
        single = t.low(i + 1) in TIMES_OF_DAY or (t.low(i + 1) in UNITS and not t.low(i + 1).endswith("s"))
        counted = (ONE, i + 1) if single else None
    else:
        counted = count(t, i, bare=True)
    if counted is None:
        return None
    number, j = counted
    found = (number, "day") if the and t.low(j) in TIMES_OF_DAY else _unit_at(t, j, number) or _hours_at(t, j, number)
    if found is None:
        return None
    number, name = found
    if t.match(j + 1, "and", "a", "half"):
        number, j = Count(number.low, number.high + 1, number.open_end), j + 3
    word, k = t.low(j + 1), j + 2
    if not the:
        if word == "ago":
            return Shift(number, name, True, "report"), k
        if word == "earlier" and t.low(k) in ("this", "that"):
            return None  # "held it for two weeks earlier this month"
        if word in ("earlier", "previously", "beforehand"):
            return Shift(number, name, True, "mentioned"), k
        if word == "since" and _is_past_since(t, i, k):
            return Shift(number, name, True, "passed"), k
        passed = word in ("have", "has") and t.low(k) in ("passed", "elapsed") and t.low(k + 1) == "since"
        if passed and _begins_event(t, k + 2):
            return Shift(number, name, True, "passed"), k + 2
        if word == "later" or (word == "on" and t[k].kind in ("other", "end")):
            return Shift(number, name, False, "mentioned"), k
    if word in ("before", "after", "prior") or (word == "following" and not the):
        k += t.match(k, "to")
        if t.low(k) in ("that", "this") and (t[k + 1].kind in ("other", "end") or t.low(k + 1) in _SUBJECTS):
            return Shift(number, name, word in ("before", "prior"), "mentioned"), k + 1
        follows = t[k].kind == "word" and t.low(k) not in _NO_EVENT
        return Shift(number, name, word in ("before", "prior"), "event" if follows else "mentioned"), k
    return None


_SUBJECTS = word_set("the a they he she it we his her its their")
"""Words after "a week after that" that begin what happened then."""


def _is_past_since(t: Tokens, i: int, k: int) -> bool:
    """ "It is a year since they left", "it has been, it's been two weeks since the fall of P"."""
    before = t.low(i - 1)
    it = t.low(i - 2) == "it" if before in ("is", "'s") else before == "been" and t.low(i - 3) == "it"
    return it and _begins_event(t, k)


def _begins_event(t: Tokens, k: int) -> bool:
    """False before a date: "a year since May", "three days since then"."""
    word = t.low(k)
    dates = word in MONTHS or word in WEEKDAYS or word in ("then", "that", "last", "this")
    return t[k].kind == "word" and not dates


_NO_EVENT = word_set("and but when while with at on")
"""Words after "the day before" that do not begin the event it is counted from."""


def duration(t: Tokens, i: int) -> Found:
    """For three days, after a two-week siege, in the past 24 hours, within a week, 73 days of fighting."""
    role, j = _ROLES.get(t.low(i), "of"), i
    if role != "of" and t.low(i + 1) == "the" and t.match(i + 3, "that", "followed") and t.low(i + 2) in UNITS:
        return Duration(Count(2, 9, True), UNITS[t.low(i + 2)], "next"), i + 5
    if t.low(i) == "following" and t.low(i - 1) != "the":
        role, j = "after", i + 1  # "following a two-week siege"
        counted = count(t, j + _adjective_article(t, j))
        return _counted_duration(t, i, role, *counted) if counted else None
    if t.match(i, "in", "the", "course", "of"):
        role, j = "past", i + 3  # "in the course of the past week"
    elif t.match(i, "in", "the", "space", "of"):
        role, j = "within", i + 3
    if role != "of":
        if role in ("in", "past") and t.low(i - 1) == "time":
            return None
        j += 1
        j += role == "in" and t.low(j) == "just"
        if role in ("in", "within") and t.match(j, "a", "matter", "of"):
            role, j = "within", j + 3
        if t.low(j) in ("its", "their", "the", "his") and t.low(j + 1) == "first" and role != "for":
            # "in its first two weeks", of what was told last; "the first two weeks of May" is a part of May
            first = count(t, j + 2)
            found = _unit_at(t, first[1], first[0]) if first else None
            within = first and found and t.low(first[1] + 1) not in ("of", "in")
            return (Duration(found[0], found[1], "within"), first[1] + 1) if within and first and found else None
        j += _adjective_article(t, j)
        j += _most_of(t, j)
    j += t.low(j) in ("the", "these", "this") and t.low(j + 1) in _PAST_OR_COMING
    word = t.low(j)
    if word in _PAST_OR_COMING:
        if word in ("last", "next", "previous", "following") and t.low(j + 1) in _SINGLE:
            return None
        role = {"coming": "coming", **dict.fromkeys(_NEXT, "next")}.get(word, "past")
        j += 1
        name = UNITS.get(t.low(j))
        if name and not t.low(j).endswith("s"):
            return Duration(ONE, name, role), j + 1
        if name and word == "recent":
            return Duration(Count(1, 7 if name == "day" else 4), name, role), j + 1
    elif role == "past":
        return None
    if role == "within" and word in ("the", "that") and t.low(j + 1) in _SINGLE:
        return Duration(ONE, UNITS[t.low(j + 1)], role), j + 2  # "fell within the week"
    if word == "last" and UNITS.get(t.low(j)) and t.low(j + 1) == "of":
        # "in the last days of May", "of the siege": no days before the report
        return None
    counted = count(t, j, bare=role != "of")
    return _counted_duration(t, i, role, *counted) if counted else None


def _most_of(t: Tokens, j: int) -> int:
    """The words of "most of two years", "the better part of a year"."""
    if t.low(j) in ("most", "much") and t.low(j + 1) == "of":
        return 2
    part = t.low(j) == "the" and t.low(j + 1) in ("best", "better", "greater") and t.match(j + 2, "part", "of")
    return 4 if part else 0


def _adjective_article(t: Tokens, j: int) -> int:
    """1 for the article of "a two-week siege", "the 20-day battle"; else 0."""
    number = whole(t, j + 1) if t.low(j) in ("a", "the", "its", "their") else None
    return int(bool(number and t.low(number[1]) == "-"))


def _counted_duration(t: Tokens, i: int, role: str, number: Count, k: int) -> Found:
    adjective = t.low(k) == "-" and t.low(k + 1) in UNITS and not t.low(k + 1).endswith("s")
    k += adjective
    found = _unit_at(t, k, number) or (_hours_at(t, k, number) if role == "within" else None)
    if found is None:
        return None
    number, name = found
    k += 1
    if adjective:
        if t.match(k, "-", "old") and name == "year":
            return None
        k += 2 if t.match(k, "-", "long") or t.match(k, "-", "old") else 0
        return Duration(number, name, "after" if role == "after" else "of"), k
    if role == "of" and not _has_length(t, i, k):
        return None
    shifted = t.low(k) in ("ago", "earlier", "later") and not (role == "for" and t.low(k + 1) in ("this", "that"))
    if shifted or (role not in ("for", "after") and t.low(k) in ("before", "after")):
        return None
    if role == "in" and t.match(k, "’", "time"):
        return Duration(number, name, "coming"), k + 2
    if role == "after" and t[i].capital and t.low(k) == "," and not number.open_end:
        # "After two days, they left" goes on with the story; "after two days of fighting" looks back.
        return Shift(number, name, False, "mentioned"), k
    if role == "in" and t[i].capital:
        # "In ten days they took three towns" goes on with the story
        role = "within"
    return Duration(number, name, role), k


_LASTING = word_set(
    "siege battle battles fighting clashes lull offensive blockade occupation assault bombardment defence defense "
    "encirclement truce ceasefire advance campaign war control rule captivity lasted took lasting"
)


def _has_length(t: Tokens, i: int, k: int) -> bool:
    """True where bare "three days" is how long something lasted: "three days of …", "a siege of …", "that lasted …"."""
    if t.low(k) == "of" and t[k + 1].kind == "word" and t.low(k + 1) not in ("the", "this"):
        return True
    return (t.low(i - 1) == "of" and t.low(i - 2) in _LASTING) or t.low(i - 1) in ("lasted", "lasting", "took")


def nth_day(t: Tokens, i: int) -> Found:
    """For a second day, for the third consecutive day, for a fourth day running, for the fifth month."""
    if t.low(i) != "for" or t.low(i + 1) not in ("a", "the"):
        return None
    found = ordinal(t, i + 2)
    if found is None:
        return None
    nth, j = found
    j = j + 1 if t.low(j) in ("straight", "consecutive", "successive", "full") else j
    unit = UNITS.get(t.low(j)) if t.low(j) in _SINGLE else None
    if unit is None or not 2 <= nth <= 99:
        return None
    j += 1
    meaning: Meaning = NthDay(nth) if unit == "day" else Duration(Count(nth, nth), unit, "for")
    return meaning, j + 3 if t.match(j, "in", "a", "row") else j + 1 if t.low(j) == "running" else j


_PRESENT = word_set("now currently presently still nowadays")
_PRESENT_PHRASES = (("at", "present"), ("at", "the", "moment"), ("these", "days"), ("right", "now"), ("for", "now"))
_SO_FAR = (("so", "far"), ("to", "date"), ("to", "this", "day"), ("thus", "far"), ("as", "yet"))


def present(t: Tokens, i: int) -> Found:
    """Now, currently, at present, so far, still, to date, recently; "until now" is read as a bound of it."""
    low = t.low(i)
    if low in _PRESENT:
        return Open("present"), i + 1
    if low in ("recently", "lately") and not (t.low(i - 1) == "as" and t.low(i + 1) == "as"):
        return Open("recent"), i + 1
    for kind, phrases in (("present", _PRESENT_PHRASES), ("so-far", _SO_FAR)):
        for phrase in phrases:
            if low == phrase[0] and t.match(i, *phrase):
                return Open(kind), i + len(phrase)
    return None
