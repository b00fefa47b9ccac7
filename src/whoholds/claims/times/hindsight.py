"""What a report tells of former years: who took a place then has it now, and is not who comes for it."""

from __future__ import annotations

from datetime import date, timedelta

from whoholds.annotate.times import resolve_time
from whoholds.claims.draft import Draft
from whoholds.claims.sides.register import Register
from whoholds.claims.times.words import place, predicates

LONG_AGO = timedelta(days=120)
"""Before the report: no part of what it tells."""


def held_since(taken: Draft, fight: Draft, register: Register) -> bool:
    """ "The battle for P, which they seized in 2014": who took it so long before has it."""
    day = _day(taken, register) if register.census.on is not None else None
    if day is None or register.census.on is None or day >= register.census.on - LONG_AGO:
        return False
    fought = _day(fight, register)
    return fought is None or fought > day


def _day(d: Draft, register: Register) -> date | None:
    """The last day that the words of a claim's own clause give."""
    published = register.census.document.report.published
    s = register.census.document.sentences[d.sentence]
    preds = predicates(s) if s.times else {}
    for expr in s.times:
        tokens = s.token_range(expr.span)
        timed = place(s, expr, tokens, preds) if tokens is not None else None
        if timed is None or timed.predicate is None or preds.get(timed.predicate) != d.token:
            continue
        when = resolve_time(expr, published=published)
        if when is not None and when.end is not None:
            return when.end
    return None
