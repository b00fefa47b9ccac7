"""What a date without its year, or a length of time, is counted from in a report that tells of the past as well."""

from __future__ import annotations

from datetime import timedelta

from whoholds.annotate.document import Sentence
from whoholds.annotate.times import resolve_time
from whoholds.annotate.times.meaning import Duration
from whoholds.claims.times.kinds import without_year
from whoholds.claims.times.words import Timed
from whoholds.model import When

LONG_AGO = timedelta(days=300)
"""A date that lies so far back has a year of its own, in which what comes next happened."""
ON = timedelta(days=366)


def goes_on_then(s: Sentence, t: Timed, previous: When | None, published: When | None) -> When | None:
    """ "left P in January 2012. They returned in February", "took it in March 1994, lost it in April": of that year.

    `previous`: what was told last, in the same sentence or paragraph; None where the date is no such.
    """
    day = published.start if published else None
    told = previous.start if previous else None
    if day is None or previous is None or told is None or previous.precision not in ("day", "month"):
        return None
    if day - told < LONG_AGO or t.since or t.until or not without_year(t.expr) or not _tied(s, t):
        return None
    when = resolve_time(t.expr, published=None, previous=previous)
    return when if when and when.end and when.start and told <= when.start and when.end - told < ON else None


def _tied(s: Sentence, t: Timed) -> bool:
    """What it dates goes on with what was told before: "they", "then", or a clause that another date stands before."""
    if t.predicate is None:
        return False
    verb = s.doc[t.predicate]
    present = any(c.lower_ in ("has", "have", "is", "are") and c.dep_.startswith(("aux", "cop")) for c in verb.children)
    if present or verb.tag_ in ("VBZ", "VBP"):
        return False
    before = any((r := s.token_range(x.span)) and r[1] < t.first and x.can_anchor for x in s.times)
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubj:pass")]
    return before or any(c.pos_ == "PRON" or c.lower_ == "then" for c in (*subjects, *verb.lefts))


def is_up_to_now(s: Sentence, t: Timed) -> bool:
    """ "have in eight weeks captured P and Q": in those before the report, whatever was told before."""
    meaning = t.expr.meaning
    if t.predicate is None or not isinstance(meaning, Duration) or meaning.role not in ("in", "within"):
        return False
    # By the order of the words: the parser takes "have" and "captured" for two verbs.
    before = s.doc[max(t.first - 2, 0) : t.first + 1]
    verb = s.doc[t.predicate]
    perfect = verb.tag_ == "VBN" and any(c.lower_ in ("has", "have") and c.dep_ == "aux" for c in verb.children)
    return perfect or any(x.lower_ in ("has", "have") for x in before)
