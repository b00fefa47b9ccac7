"""Words and tokens of the grammar of time: month and weekday names, units, and the tokeniser.

Tokens keep their offsets. Every list is closed and every look-ahead is bounded, so reading is linear in the text.
Levantine and Iraqi month names are those of the calendar used in Syria, Iraq, Lebanon, Jordan and Palestine.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for membership."""
    return frozenset(text.split())


def numbered(text: str, first: int = 1) -> dict[str, int]:
    """The words of a text with their numbers in order."""
    return {word: number for number, word in enumerate(text.split(), first)}


_MONTHS = numbered("january february march april may june july august september october november december")
MONTHS = _MONTHS | numbered("jan feb mar apr may jun jul aug sep oct nov dec") | {"sept": 9}
MONTH_NAMES = tuple(_MONTHS)
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
WEEKDAYS = numbered("monday tuesday wednesday thursday friday saturday sunday", 0)
WEEKDAY_NAMES = tuple(name.title() for name in WEEKDAYS)
WEEKDAYS_SHORT = numbered("mon tue wed thu fri sat sun", 0) | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
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
TIMES_OF_DAY = word_set("morning afternoon evening night dawn noon midday dusk nightfall midnight sunrise sunset")
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


class Token(NamedTuple):
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

    __slots__ = ("_lows", "_size", "items", "read")

    def __init__(self, text: str) -> None:
        self.items = [_token(match) for match in _TOKEN.finditer(text)]
        self._lows = [token.low for token in self.items]
        self._size = len(self.items)
        self.read: dict[tuple[Any, ...], Any] = {}
        """What rules have read so far (`read_once`)."""

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, index: int) -> Token:
        return self.items[index] if 0 <= index < len(self.items) else END

    def low(self, index: int) -> str:
        return self._lows[index] if 0 <= index < self._size else ""

    def match(self, index: int, *words: str) -> bool:
        """True where the tokens from `index` on are these words in lower case."""
        return self.low(index) == words[0] and self._lows[index : index + len(words)] == [*words]


Rule = TypeVar("Rule", bound=Callable[..., Any])
_UNREAD = object()


def read_once(rule: Rule) -> Rule:
    """For a rule of the grammar that other rules ask again at the same token: what it read is kept with the tokens."""

    @wraps(rule)
    def kept(t: Tokens, *where: Any, **named: Any) -> Any:
        key = (rule, where, *named.values()) if named else (rule, where)
        read = t.read.get(key, _UNREAD)
        if read is _UNREAD:
            read = t.read[key] = rule(t, *where, **named)
        return read

    return cast("Rule", kept)


def _token(match: re.Match[str]) -> Token:
    raw = match.group()
    low = raw.lower()
    kind = match.lastgroup or "other"
    if kind == "other" and raw in _DASHES:
        low = "-"
    elif low == "’s":
        low = "'s"
    return Token(kind, low, raw, match.start(), match.end())
