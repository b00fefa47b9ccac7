"""Words and tokens of the grammar of time: month and weekday names, numbers, units, and the tokeniser.

Tokens keep their offsets. Every list is closed and every look-ahead is bounded, so reading is linear in the text.
Levantine and Iraqi month names are those of the calendar used in Syria, Iraq, Lebanon, Jordan and Palestine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH_NAMES = (
    "january february march april may june july august september october november december".split(),
    "jan feb mar apr may jun jul aug sep oct nov dec".split(),
)
MONTHS = {name: number for names in _MONTH_NAMES for number, name in enumerate(names, 1)} | {"sept": 9}
MONTH_NAMES = tuple(_MONTH_NAMES[0])
WORDS_TOO = frozenset({"may", "march"})
"""Month names that are common words as well: alone they need a preposition or a number beside them."""

LEVANTINE_ONE = {
    **dict.fromkeys(("shubat", "shbat", "shebat", "chbat"), 2),
    **dict.fromkeys(("adar", "adhar", "athar"), 3),
    **dict.fromkeys(("nisan", "nissan", "neesan"), 4),
    **dict.fromkeys(("ayyar", "ayar", "iyar", "eyyar"), 5),
    **dict.fromkeys(("huzayran", "hazeran", "haziran", "hzairan", "huzairan", "hazirán"), 6),
    **dict.fromkeys(("tammuz", "tamuz", "tamouz", "tammouz"), 7),
    **dict.fromkeys(("ab", "aab"), 8),
    **dict.fromkeys(("aylul", "ayloul", "eylul", "eylül", "elul"), 9),
}
LEVANTINE_TWO = {
    **dict.fromkeys(("tishrin", "tishreen", "teshrin", "tichrine"), (10, 11)),
    **dict.fromkeys(("kanun", "kanoun", "kanoon"), (12, 1)),
}
"""Names of two months each; the first or second is told by the word after ("al-Awwal", "al-Thani", "I", "II")."""
FIRST_OR_SECOND = {
    **dict.fromkeys(("awwal", "awal", "awwel", "auwal", "i"), 0),
    **dict.fromkeys(("thani", "thany", "sani", "ii"), 1),
}

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAYS = {name: number for number, name in enumerate(_WEEKDAYS)}
WEEKDAY_NAMES = tuple(name.title() for name in _WEEKDAYS)
WEEKDAYS_SHORT = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "weds": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
"""Read only beside a date: "sun" and "sat" are words."""

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""First month of the meteorological season of the northern hemisphere; "fall" is read only beside a year."""

UNITS = {
    **dict.fromkeys(("day", "days", "night", "nights"), "day"),
    **dict.fromkeys(("week", "weeks"), "week"),
    **dict.fromkeys(("fortnight", "fortnights"), "fortnight"),
    **dict.fromkeys(("month", "months"), "month"),
    **dict.fromkeys(("year", "years"), "year"),
    **dict.fromkeys(("decade", "decades"), "decade"),
}
DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}
"""Mean length of a unit in whole days, for durations."""

TIMES_OF_DAY = frozenset("morning afternoon evening night dawn noon midday dusk nightfall midnight sunrise sunset".split())

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
_ONES += "seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth".split()
_ORDINALS += "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
ORDINALS = {word: n for n, word in enumerate(_ORDINALS, 1)} | {"thirtieth": 30}

_TOKEN = re.compile(
    r"(?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])"
    r"(?:T[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)"
    r"|(?P<ymd>[0-9]{4}([/.])[0-9]{1,2}\3[0-9]{1,2}(?![0-9/]))"
    r"|(?P<dmy>[0-9]{1,2}([/.-])[0-9]{1,2}\5[0-9]{4}(?![0-9]))"
    r"|(?P<ordinal>[0-9]{1,3}(?:st|nd|rd|th)\b)"
    r"|(?P<decade>[0-9]{4}['’]?s\b)"
    r"|(?P<number>[0-9]{1,9}(?:[.,:/][0-9]{1,9})*(?![0-9]))"
    r"|(?P<word>[^\W\d_]+(?:\d\w*)?|['’]s\b)"
    r"|(?P<other>\w+|[^\w\s])",
    re.IGNORECASE,
)
_DASHES = frozenset("-‐‑‒–—―−")


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a group of the tokeniser), the lower-case text, the text as written, and its offsets."""

    kind: str
    low: str
    raw: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.raw[:1].isupper()


END = Token("end", "", "", 0, 0)


class Tokens:
    """The tokens of one stretch; reading beyond either end gives `END`."""

    __slots__ = ("items",)

    def __init__(self, text: str) -> None:
        self.items = [_token(match) for match in _TOKEN.finditer(text)]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Token:
        return self.items[index] if 0 <= index < len(self.items) else END

    def low(self, index: int) -> str:
        return self.items[index].low if 0 <= index < len(self.items) else ""

    def match(self, index: int, *words: str) -> bool:
        """True where the tokens from `index` on are these words in lower case."""
        return all(self.low(index + k) == word for k, word in enumerate(words))


def _token(match: re.Match[str]) -> Token:
    raw = match.group()
    low = raw.lower()
    kind = match.lastgroup or "other"
    if kind == "other" and raw in _DASHES:
        low = "-"
    elif low == "’s":
        low = "'s"
    return Token(kind, low, raw, match.start(), match.end())


@dataclass(frozen=True, slots=True)
class Count:
    """How many units: `low` to `high`; `open_end` where there may be any number more ("more than ten", "for months")."""

    low: int
    high: int
    open_end: bool = False


_VAGUE = {"few": (2, 5), "several": (3, 7), "couple": (2, 2), "some": (2, 9), "many": (3, 30), "dozen": (12, 12)}
_ABOUT = {"about", "around", "roughly", "approximately", "some", "almost", "nearly", "just", "only", "barely", "exactly"}
_ABOUT |= {"least", "another", "further", "under", "last", "past", "the"}


def whole(t: Tokens, i: int) -> tuple[int, int] | None:
    """A whole number up to a hundred in words or below a thousand in figures, and the index after it."""
    token = t[i]
    if token.kind == "number" and token.raw.isdecimal() and len(token.raw) <= 3:
        return int(token.raw), i + 1
    if token.low == "hundred":
        return 100, i + 1
    value = _NUMBERS.get(token.low)
    if value is None:
        return None
    if value >= 20:
        j = i + 1 if t.low(i + 1) != "-" else i + 2
        one = _NUMBERS.get(t.low(j), 0)
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
    tens = _NUMBERS.get(token.low, 0)
    if tens >= 20:
        j = i + 1 if t.low(i + 1) != "-" else i + 2
        one = ORDINALS.get(t.low(j), 0)
        if 1 <= one <= 9:
            return tens + one, j + 1
    return None


def count(t: Tokens, i: int, *, bare: bool = False) -> tuple[Count, int] | None:
    """How many: "three", "about a", "two or three", "more than 20", "several"; with `bare` also nothing before a plural."""
    more = False
    if t.low(i) in ("more", "less", "fewer") and t.low(i + 1) == "than":
        more, i = t.low(i) == "more", i + 2
    elif t.low(i) in ("over", "well") and t.low(i + 1) != "the":
        more, i = True, i + (3 if t.match(i, "well", "over", "a") else 2 if t.low(i) == "well" else 1)
        i = i - 1 if t.match(i - 1, "a") else i
    elif t.match(i, "at", "least") or t.match(i, "up", "to"):
        more, i = t.low(i) == "at", i + 2
    elif t.low(i) in _ABOUT and t.low(i) not in ("some", "the", "last", "past"):
        i += 1
    elif t.low(i) == "some" and whole(t, i + 1):
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
        return (Count(2, 9, True), i) if bare and low in UNITS and low.endswith("s") else None
    value, j = first
    if t.low(j) in ("or", "to", "-"):
        second = whole(t, j + 1)
        if second is not None and second[0] > value and t.low(second[1]) in UNITS:
            return Count(value, second[0], more), second[1]
    if t.match(j, "and", "a", "half"):
        return Count(value, value + 1, more), j + 3
    j = j + 1 if t.low(j) in ("more", "full", "consecutive", "straight", "whole") else j
    return Count(value, value, more), j
