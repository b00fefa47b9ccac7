"""What a report tells of former years: who took a place then has it now, and is not who comes for it."""

from __future__ import annotations

from datetime import date, timedelta

from whoholds.claims.draft import Draft
from whoholds.claims.time_words import predicates
from whoholds.claims.timeline import Timeline

LONG_AGO = timedelta(days=120)
"""Before the report: no part of what it tells."""


def held_since(taken: Draft, fight: Draft, timeline: Timeline) -> bool:
    """ "The battle for P, which they seized in 2014": who took it so long before has it."""
    written = timeline.published.end if timeline.published is not None else None
    day = _day(taken, timeline) if written is not None else None
    if day is None or written is None or day >= written - LONG_AGO:
        return False
    fought = _day(fight, timeline)
    return fought is None or fought > day


def _day(d: Draft, timeline: Timeline) -> date | None:
    """The last day that the words of a claim's own clause give."""
    row = timeline.by_sentence[d.sentence]
    preds = predicates(timeline.document.sentences[d.sentence]) if row else {}
    own = (t.when.end for t in row if t.predicate is not None and preds.get(t.predicate) == d.token)
    return next((end for end in own if end is not None), None)
