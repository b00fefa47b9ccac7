"""Expressions of time in a report: where they stand and what they mean before and after they are counted.

`find_times` reads them with a grammar of our own (`grammar`); `resolve_time` makes days of them
(`resolve`). A clock time alone ("18:42 GMT", "an hour") is no date and is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from whoholds.annotate.times.grammar import best
from whoholds.annotate.times.meaning import (
    Between,
    Bound,
    Calendar,
    Duration,
    Meaning,
    NthDay,
    Open,
    Shift,
    Unit,
    is_relative,
    walk,
)
from whoholds.annotate.times.numbers import DAYS_IN
from whoholds.annotate.times.resolve import resolve_meaning
from whoholds.annotate.times.starts import any_in, starts
from whoholds.annotate.times.words import Tokens
from whoholds.model import Span, When

_PIECE = 4000
"""Characters read at a time, about; a piece ends at a blank line, else after a sentence, else at a space."""
_KEPT = 512
"""Sentences; a report of the usual length has a few dozen."""
_BLANK = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a report that say when. `meaning` is what they mean before they are counted from a date."""

    span: Span
    text: str
    meaning: Meaning

    @property
    def relative(self) -> bool:
        """True where the report's date, or a date mentioned before, is needed to make days of it."""
        return is_relative(self.meaning)

    @property
    def since(self) -> bool:
        """True where it gives the start of something that goes on: "since Monday", "from 2014 on", "for three days"."""
        if isinstance(self.meaning, Bound):
            return self.meaning.kind in ("since", "onwards")
        if isinstance(self.meaning, Duration):
            return self.meaning.role == "for"
        return isinstance(self.meaning, NthDay)

    @property
    def until(self) -> bool:
        """True where it gives the end of something: "until 2014", "by Friday", "before May"."""
        return isinstance(self.meaning, Bound) and self.meaning.kind in ("until", "by", "before")

    @property
    def present(self) -> bool:
        """True for words of a state that holds as the report is written: "now", "still", "so far"."""
        inner = self.meaning.of if isinstance(self.meaning, Bound) else self.meaning
        return isinstance(inner, Open)

    @property
    def duration_days(self) -> int | None:
        """How long, in days (the upper figure of "two or three"); None where it is no length or has no bound."""
        if not isinstance(self.meaning, Duration) or self.meaning.count.open_end:
            return None
        return self.meaning.count.high * DAYS_IN[self.meaning.unit]

    @property
    def of_event(self) -> bool:
        """True for "two days after losing it": it resolves to the day of the event named next, not of the clause."""
        return isinstance(self.meaning, Shift) and self.meaning.base in ("event", "passed")

    @property
    def anchored(self) -> bool:
        """True where it is counted from what was mentioned before: "a day earlier", "the same day", "since then"."""
        return any(
            (isinstance(m, Shift) and m.base not in ("report", "passed") and m.of is None)
            or getattr(m, "which", "") in ("same", "time", "told", "previous", "following")
            or (isinstance(m, Calendar) and (m.same_year or m.same_month))
            for m in walk(self.meaning)
        )

    @property
    def time_of_day(self) -> bool:
        """True for a time of day with no day named ("at dawn"): of the day last mentioned in its sentence, if any."""
        return self.meaning == Unit("day", "time")

    @property
    def can_anchor(self) -> bool:
        """True where what follows may be counted from it: a date, a weekday, a period; no length, bound or "now"."""
        if self.time_of_day or self.of_event:
            return False
        return not isinstance(self.meaning, Duration | Bound | Open | NthDay)

    @property
    def is_range(self) -> bool:
        """True for "from Monday to Friday", "between 2012 and 2014"."""
        return isinstance(self.meaning, Between)


def find_times(text: str, offset: int = 0) -> list[TimeExpression]:
    """All expressions of time in `text`, in order, without overlap, the longest first where two start together.

    `offset` (code points) is added to the spans. Linear in the length of the text; never raises on any text.
    """
    if offset == 0:
        return list(_found(text))
    return [replace(x, span=Span(x.span.start + offset, x.span.end + offset)) for x in _found(text)]


@lru_cache(maxsize=_KEPT)
def _found(text: str) -> tuple[TimeExpression, ...]:
    """Kept for a while: the report's date is looked for in the sentences that are read for claims afterwards."""
    found: list[TimeExpression] = []
    for start, end in _pieces(text) if any_in(text) else ():
        tokens = Tokens(text[start:end])
        done = 0
        for i in starts(tokens):
            match = best(tokens, i) if i >= done else None
            if match is None:
                continue
            meaning, done = match
            a, b = start + tokens[i].start, start + tokens[done - 1].end
            if not (isinstance(meaning, Bound) and meaning.kind == "comparison"):
                found.append(TimeExpression(Span(a, b), text[a:b], meaning))
    return tuple(found)


def resolve_time(
    expr: TimeExpression, *, published: When | None, previous: When | None = None, past: bool = True
) -> When | None:
    """The days that an expression stands for, both ends included, or None where they cannot be known.

    `published`: the report's date. `previous`: the interval that the report mentioned last, from which "a day earlier",
    "the next day", "the same day" and "on the 17th" are counted. `past`: False for what is still to come. Without
    `published` only what is absolute, or counted from `previous`, gives days.
    """
    return resolve_meaning(expr.meaning, published=published, previous=previous, past=past)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Cuts a text where no expression goes on."""
    start = 0
    for blank in _BLANK.finditer(text):
        if blank.start() > start:
            yield from _cut(text, start, blank.start())
        start = blank.end()
    if start < len(text):
        yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _PIECE:
        limit = start + _PIECE
        half = start + _PIECE // 2
        at = max(text.rfind("\n", half, limit), text.rfind(". ", half, limit))
        at = at if at > 0 else text.rfind(" ", half, limit)
        at = at + 1 if at > 0 else limit
        yield start, at
        start = at
    if start < end:
        yield start, end


__all__ = ["TimeExpression", "find_times", "resolve_time"]
