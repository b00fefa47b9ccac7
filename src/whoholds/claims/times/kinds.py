"""What kind of expression of time it is: a day alone, a date without its year, one that narrows another."""

from __future__ import annotations

from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.times import TimeExpression
from whoholds.annotate.times.meaning import Bound, Calendar, Duration
from whoholds.claims.times.words import EVENTS, Timed
from whoholds.model import When


def narrows(t: Timed, other: Timed) -> bool:
    """ "Two years later, on 27 September 1998, …": the second says it better."""
    a, b = t.when, other.when
    if not (t.first - other.last <= 3 and a.start and a.end and b.start and b.end):
        return False
    return inside(a, b) and a.end - a.start < b.end - b.start


def inside(a: When, b: When) -> bool:
    """True where all days of `a` are days of `b`; both must be closed."""
    return bool(a.start and a.end and b.start and b.end and b.start <= a.start and a.end <= b.end)


def all_of(s: Sentence, t: Timed) -> bool:
    """ "dozens of attacks in 110 days of siege": the days up to the report."""
    meaning = t.expr.meaning
    if not isinstance(meaning, Duration) or meaning.role != "in" or t.last + 2 >= len(s.doc):
        return False
    return s.doc[t.last + 1].lower_ == "of" and s.lemma(t.last + 2) in EVENTS


def without_year(expr: TimeExpression) -> bool:
    inner = expr.meaning.of if isinstance(expr.meaning, Bound) else expr.meaning
    return isinstance(inner, Calendar) and inner.month is not None and inner.year is None and not expr.anchored


def day_alone(expr: TimeExpression) -> bool:
    """ "on the 3rd": a day of a month that is not named."""
    m = expr.meaning
    return isinstance(m, Calendar) and m.day is not None and m.month is None and m.month_step is None


def looks_back(s: Sentence, t: Timed, preds: dict[int, int]) -> bool:
    """True for "since March" and for what had happened before."""
    if t.expr.since or t.bound == "since":
        return True
    if t.predicate is None or t.fronted:
        return False
    clause = s.clause_of[preds[t.predicate]]
    return "have" in clause.auxiliaries and not _goes_on_from(s, clause)


def _goes_on_from(s: Sentence, clause: Clause) -> bool:
    """ "Having crossed the river on 14 October, they took P": the step before this one, and no year back."""
    verb = s.doc[clause.verb]
    return verb.dep_ == "advcl" and verb.i < verb.head.i and any(t.lower_ == "having" for t in verb.lefts)
