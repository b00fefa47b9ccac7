"""Numbers in figures and words, exact and vague, and how many of a unit there are."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.annotate.times.words import UNITS, Tokens, numbered, read_once, word_set

_ONES = numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    0,
)
_TENS = {word: 10 * n for word, n in numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()}
NUMBERS = _ONES | _TENS
ORDINALS = numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
) | {"thirtieth": 30}
DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}
"""Mean length of a unit in whole days, for durations."""
HOURS = word_set("hour hours minute minutes")
"""Units of less than a day: what they count is of the same day."""
_VAGUE = {"few": (2, 5), "several": (3, 7), "couple": (2, 2), "some": (2, 9), "many": (3, 30), "dozen": (12, 12)}
_ABOUT = word_set(
    "about around roughly approximately almost nearly just only barely exactly least another further under"
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many units: `low` to `high`; `open_end` where there may be any number more ("over ten", "for months")."""

    low: int
    high: int
    open_end: bool = False


def whole(t: Tokens, i: int) -> tuple[int, int] | None:
    """A whole number up to a hundred in words or below a thousand in figures, and the index after it."""
    token = t[i]
    if token.kind == "number" and token.raw.isdecimal() and len(token.raw) <= 3:
        return int(token.raw), i + 1
    if token.low == "hundred":
        return 100, i + 1
    value = NUMBERS.get(token.low)
    if value is None:
        return None
    if value >= 20:
        j = i + 1 if t.low(i + 1) != "-" else i + 2
        one = NUMBERS.get(t.low(j), 0)
        if 1 <= one <= 9:
            return value + one, j + 1
    return value, i + 1


def ordinal(t: Tokens, i: int) -> tuple[int, int] | None:
    """An ordinal in figures or in words up to ninety-ninth, and the index after it."""
    token = t[i]
    if token.kind == "ordinal":
        return int(token.raw[:-2]), i + 1
    if token.low in ORDINALS:
        return ORDINALS[token.low], i + 1
    tens = NUMBERS.get(token.low, 0)
    if tens >= 20:
        j = i + 1 if t.low(i + 1) != "-" else i + 2
        one = ORDINALS.get(t.low(j), 0)
        if 1 <= one <= 9:
            return tens + one, j + 1
    return None


@read_once
def count(t: Tokens, i: int, *, bare: bool = False) -> tuple[Count, int] | None:
    """How many: "three", "about a", "two or three", "more than 20", "several", "at least a".

    With `bare` a plural with nothing before it ("weeks") counts as some; no word is taken then.
    """
    more = False
    if t.low(i) in ("more", "less", "fewer") and t.low(i + 1) == "than":
        more, i = t.low(i) == "more", i + 2
    elif t.low(i) in ("over", "well") and t.low(i + 1) != "the":
        more, i = True, i + (3 if t.match(i, "well", "over", "a") else 2 if t.low(i) == "well" else 1)
        i = i - 1 if t.match(i - 1, "a") else i
    elif t.match(i, "at", "least") or t.match(i, "up", "to"):
        more, i = t.low(i) == "at", i + 2
    elif t.low(i) in _ABOUT or (t.low(i) == "some" and whole(t, i + 1)):
        i += 1
    if t.low(i) == "a" and t.low(i + 1) in ("few", "couple", "dozen", "good", "further", "hundred"):
        i += 1
    elif t.match(i, "half", "a") and t.low(i + 2) in ("dozen", *UNITS):
        return (Count(6, 6, more), i + 3) if t.low(i + 2) == "dozen" else (Count(0, 1, more), i + 2)
    elif t.low(i) in ("a", "an"):
        return (Count(1, 1, more), i + 1) if t.low(i + 1) in UNITS or t.low(i + 1) == "full" else None
    low = t.low(i)
    if low in _VAGUE:
        j = i + 2 if t.low(i + 1) == "of" and low in ("couple",) else i + 1
        j = j + 1 if t.low(j) == "more" else j
        return Count(*_VAGUE[low], open_end=more), j
    first = whole(t, i)
    if first is None:
        return (Count(2, 9, True), i) if bare and (low in UNITS or low in HOURS) and low.endswith("s") else None
    value, j = first
    if t.low(j) in ("or", "to", "-"):
        second = whole(t, j + 1)
        if second is not None and second[0] > value and t.low(second[1]) in UNITS:
            return Count(value, second[0], more), second[1]
    if t.match(j, "and", "a", "half"):
        return Count(value, value + 1, more), j + 3
    j = j + 1 if t.low(j) in ("more", "full", "consecutive", "straight", "whole") else j
    return Count(value, value, more), j
