"""Where an expression of time may start: a quick look that leaves most tokens out."""

from __future__ import annotations

import re

from whoholds.annotate.times.calendars import may_start
from whoholds.annotate.times.numbers import HOURS, NUMBERS, ORDINALS
from whoholds.annotate.times.words import (
    LEVANTINE_ONE,
    LEVANTINE_TWO,
    MONTHS,
    TIMES_OF_DAY,
    UNITS,
    WEEKDAYS,
    WEEKDAYS_SHORT,
    Tokens,
    word_set,
)

_FIRST_WORDS = (
    word_set(
        "a an the last this next that recent coming previous following preceding same early mid late earlier "
        "later past middle beginning start end for after in within over during throughout since until till by "
        "before prior up as ever from between at on right so thus new more less fewer well about around "
        "roughly approximately some almost nearly just only barely exactly another under half few several back "
        "couple many dozen current those its their very close all to these weeks days months years night shortly soon"
    )
    | frozenset(NUMBERS)
    | frozenset(ORDINALS)
)
"""Words that may begin an expression but do not make one by themselves."""
_MAKERS = (
    word_set(
        "today yesterday tomorrow tonight overnight now currently presently still nowadays recently lately christmas "
        "weekend since ever moment present date far yet time then year spring summer autumn fall winter"
    )
    | frozenset(MONTHS)
    | frozenset(LEVANTINE_ONE)
    | frozenset(LEVANTINE_TWO)
    | frozenset(WEEKDAYS)
    | frozenset(WEEKDAYS_SHORT)
    | frozenset(UNITS)
    | HOURS
    | TIMES_OF_DAY
)
"""Words of which one at least is in every expression; a date in figures counts as one."""
_LINKS = word_set(
    "- of or than and into his subsequent ensuing turn point matter part quarter hundred least very good full further "
    "most much best better greater course space "
    "whole long o circa consecutive straight successive easter palm"
)
"""Words that go on with what another of the first words has begun: "as of May", "a two-week siege"."""
_FIGURES = frozenset({"iso", "ymd", "dmy", "ordinal", "decade", "number"})
_DAYS_IN_WORDS = frozenset(word for word, day in ORDINALS.items() if day > 3)
"""Days of a month in words: "on the sixth", "until the twenty-fifth"; the first three more often count things."""
_REACH = 9
"""How many tokens on from its first an expression has one of those at the latest."""

_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"[0-9]")


def any_in(text: str) -> bool:
    """False where a text surely has no expression, as half of all sentences; asked before it is cut into tokens."""
    if _FIGURE.search(text):
        return True
    words = set(_WORD.findall(text.lower()))
    return not words.isdisjoint(_MAKERS | _DAYS_IN_WORDS) or any(map(may_start, words))


def starts(t: Tokens) -> list[int]:
    """The tokens at which an expression may start, in order: most tokens are left out here."""
    found: list[int] = []
    next_maker = len(t) + _REACH
    goes_on = False
    for i in range(len(t) - 1, -1, -1):
        token = t.items[i]
        figures = token.kind in _FIGURES or (token.low in _DAYS_IN_WORDS and t.low(i - 1) in ("the", "-", *NUMBERS))
        if figures or token.low in _MAKERS or (token.capital and may_start(token.low)):
            next_maker = i
            goes_on = True
            found.append(i)
        elif goes_on and next_maker - i < _REACH and token.low in _FIRST_WORDS:
            found.append(i)
        else:
            goes_on = token.low in _LINKS
    found.reverse()
    return found
