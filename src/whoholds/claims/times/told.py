"""The interval that a claim has by a date told of it: at it, since it, up to it, for so long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from whoholds.annotate.document import Document
from whoholds.annotate.times import TimeExpression, resolve_time
from whoholds.annotate.times.meaning import Between, Bound, Duration
from whoholds.annotate.times.numbers import DAYS_IN
from whoholds.claims.draft import Draft
from whoholds.claims.times.clause_time import CueClause
from whoholds.claims.times.elsewhere import LEAVING
from whoholds.claims.times.story import Story
from whoholds.claims.times.timeline import Timeline
from whoholds.claims.times.words import Timed, aside, not_until
from whoholds.model import Kind, Mode, When

GOES_ON = frozenset([Kind.CONTESTS, Kind.ADVANCES, Kind.CLEARS, Kind.REPELS])
NEWS = timedelta(days=31)


def _days(expr: TimeExpression) -> int | None:
    """How long, of "over a year" what it says at least; None of "for years"."""
    m = expr.meaning
    if not isinstance(m, Duration) or not m.count.open_end:
        return expr.duration_days
    return m.count.low * DAYS_IN[m.unit] if m.count.low == m.count.high else None


class Told:
    """What a date makes of a claim of its clause."""

    def __init__(self, document: Document, published: When | None) -> None:
        self.document, self.published = document, published
        self.timeline = Timeline(document, published)
        self.by_sentence = self.timeline.by_sentence

    def _here(self, story: Story | None) -> When | None:
        """The day that tells from what the report speaks: its own, or where the story of an undated text stands."""
        return self.published or (story.when if story else None)

    def _told(self, clause: CueClause, d: Draft, t: Timed, story: Story | None) -> When:
        """By a date of its own."""
        when = replace(t.when, basis=t.when.basis or t.expr.text)
        here = self._here(story)
        bound = t.since or t.expr.is_range or isinstance(t.expr.meaning, Bound)
        if bound and clause.hangs_on(t) and (inner := self._inner(t)):
            # "since May, when they tried to storm P": it was in May; "from May to June, when P fell": in June
            return inner
        if (d.kind.is_state or d.kind in GOES_ON) and (held := self._held_for(clause, d, t, here)):
            return held
        if t.bound == "since" and clause.token in t.above and clause.token != t.predicate:
            # "held since the battle of P in May": the battle was in May
            return when
        if course := clause.course(self.by_sentence[clause.s.index]):
            return replace(course, basis=when.basis)
        if clause.since(t) and when.start:
            return When(when.start, here.end if here else None, when.basis, "range")
        if t.expr.is_range and when.end and clause.ends_it():
            # "lasted from May to July and ended with the withdrawal"
            return replace(when, start=when.end, precision="day")
        if (
            not (t.expr.is_range or t.expr.anchored)
            and when.precision == "day"
            and (d.kind in LEAVING or clause.handover or clause.later)
            and clause.after_conjunct(t)
            and when.start
            and here
            and here.end
            and when.start <= here.end
        ):
            # "seized the port on 3 March and handed it over": some time after
            return When(
                when.start, min(here.end, clause.next_date(t, self.by_sentence) or here.end), when.basis, "range"
            )
        if clause.later_there(d) and when.start and here and here.end and when.start <= here.end:
            return When(when.start, here.end, when.basis, "range")
        if d.kind.is_state and d.ends and not (t.since or t.until):
            days = clause.length(self.by_sentence[clause.s.index])
            start = when.end - timedelta(days=days) if days and when.end else None
            return When(start, when.end, f"until it ended, {when.basis}", "open")
        if d.kind.is_state or (t.since and d.kind in GOES_ON):
            return self._lasting(clause, t, when, here)
        open_end = (t.since or clause.past) and when.end is None and not t.until
        if open_end and when.start and here and here.end and here.end >= when.start:
            when = replace(when, end=here.end)
        by = isinstance(t.expr.meaning, Bound) and t.expr.meaning.kind == "by"
        if by and d.mode is Mode.DENIED:
            return replace(when, start=when.end)  # "had not taken it by Friday"
        if t.until and when.end and (clause.hangs_on(t) or not_until(clause.s, t, clause.predicate)):
            # "a lull until 6 September, when they took P", "did not take P until 6 September"
            inner = self._inner(t)
            return inner if inner and inner.end == when.end else replace(when, start=when.end, precision="day")
        reached = by or not clause.perfect or (t.fronted and d.kind is Kind.GAINS)
        if t.until and when.end and reached and (start := self._before_it(clause, t, when.end)):
            # "took the town on 28 August, and the rest of the district by 2 September"
            return replace(when, start=start, precision="range")
        if t.until and when.end and reached and story and self.timeline.recent(story.when):
            # "fighting broke out on Monday … by Friday they had the bridge"
            start = story.when.start
            if start and start > when.end:
                start = self._told_before(clause, when.end)
            near = start and (self.published is not None or when.end - start <= NEWS)
            if start and near and start <= when.end and when.start is None:
                return replace(when, start=start, precision="range")
        return when

    def _held_for(self, clause: CueClause, d: Draft, t: Timed, here: When | None) -> When | None:
        """ "took the port, which had been in their hands for a year": up to what ended it, or to the telling."""
        meaning = t.expr.meaning
        had = clause.past_perfect or (d.kind.is_state and d.ends)
        if not isinstance(meaning, Duration) or meaning.role != "for" or not had:
            return None
        row = self.by_sentence[clause.s.index]
        other = [
            x.when.end
            for x in row
            if x.predicate in (clause.taken_by, clause.predicate) and not (x.is_length or x.since or x.until or x.event)
        ]
        end = clause.left_on(row) or next((x for x in other if x), None) or (here.end if here else None)
        days = _days(t.expr)
        return When(end - timedelta(days=days), end, t.when.basis, "range") if end and days is not None else None

    def _before_it(self, clause: CueClause, t: Timed, end: date) -> date | None:
        """The day of a main clause that the same sentence tells before "by 2 September"."""
        row = self.by_sentence[clause.s.index]
        before = (x for x in row if x.last < t.first and x.when.precision == "day" and x.event is None)
        days = [x.when.start for x in before if x.predicate is not None and not aside(clause.s, x.predicate)]
        return next((day for day in reversed(days) if day and timedelta(0) <= end - day <= NEWS), None)

    def _main_before(self, clause: CueClause, t: Timed) -> When | None:
        """What the sentence tells before of when its main clause was."""
        for x in reversed(self.by_sentence[clause.s.index]):
            bounded = x.is_length or x.since or x.until or x.event is not None or x.expr.is_range
            if x.last < t.first and not bounded and x.predicate is not None and not aside(clause.s, x.predicate):
                return x.when if x.when.start and x.when.precision in ("day", "week", "month") else None
        return None

    def _told_before(self, clause: CueClause, end: date) -> date | None:
        """The last day that was told before, no later than `end` and not long before it."""
        for row in reversed(self.by_sentence[: clause.s.index]):
            days = [t.when.start for t in row if t.when.start and t.when.precision == "day" and not t.until]
            if near := [day for day in days if timedelta(0) <= end - day <= NEWS]:
                return near[-1]
        return None

    def _inner(self, t: Timed) -> When | None:
        """Of "since May" the month itself, of "from May to June" the last."""
        meaning = t.expr.meaning
        if not isinstance(meaning, Bound | Between):
            return None
        near = When(t.when.end, t.when.end) if t.when.end else None
        inner = meaning.of if isinstance(meaning, Bound) else meaning.last
        return resolve_time(replace(t.expr, meaning=inner), published=self.published, previous=near)

    def _lasting(self, clause: CueClause, t: Timed, when: When, here: When | None) -> When:
        """A state, or what goes on: from its start to the report's date, unless the words end it."""
        day = here.end if here else None
        first = here.start if here else None
        start, end = when.start, when.end
        once = when.precision == "day" and clause.past and not (t.since or t.until or clause.perfect)
        if once and start and (days := clause.for_days(self.by_sentence[clause.s.index])):
            # "took it on Monday, then stayed there for a month"
            return When(start, min(start + timedelta(days=days), day or date.max), when.basis, "range")
        meaning = t.expr.meaning
        if (
            isinstance(meaning, Duration)
            and meaning.role == "for"
            and not (clause.present or clause.now or clause.perfect)
        ):
            return self._lasted(clause, t, when)
        if t.until:
            if isinstance(meaning, Bound) and meaning.kind == "by":
                return replace(when, start=end, precision="day")
            story = self.timeline.before[clause.s.index]
            start = story.when.start if story and self.timeline.recent(story.when) else None
            start = clause.begun(self.by_sentence[clause.s.index]) or start
            return When(start if start and end and start <= end else None, end, when.basis, "range")
        row = self.by_sentence[clause.s.index]
        left = clause.left_on(row) if t.since and (clause.past or clause.past_perfect) else None
        left = left or clause.until_date(row)
        if left and not (start and start > left) and t.predicate != clause.until_clause:
            # "who had held it since March, left on Tuesday", "held it from March until the army came in May"
            return When(start, left, when.basis, "range")
        over = clause.past_perfect and when.precision in ("month", "year")  # "had held it for a month in 1993"
        if t.since or not (start and end) or (clause.perfect and not over) or clause.in_cell(t):
            end = end if t.expr.is_range and t.bound != "since" else day or end
            days = _days(t.expr)
            start = start or (end - timedelta(days=days) if end and days else first)
        if start and end and end < start:
            end = start
        return When(start, end, when.basis, when.precision)

    def _lasted(self, clause: CueClause, t: Timed, when: When) -> When:
        """ "held it for two weeks": over by the report's date; from where the story stands, or up to what ended it."""
        days = _days(t.expr)
        ends = [
            x for x in self.by_sentence[clause.s.index] if x.first > t.last and x.when.end and x.predicate is not None
        ]
        marks = ("before", "until", "till")
        before = [x for x in ends if any(c.lower_ in marks for c in clause.s.doc[x.predicate or 0].children)]
        if before and (end := before[0].when.end):
            return When(end - timedelta(days=days) if days is not None else None, end, when.basis, "range")
        row = self.by_sentence[clause.s.index]
        if days is not None and (end := clause.left_on(row)):
            return When(end - timedelta(days=days), end, when.basis, "range")
        if days is not None and (before_it := self._main_before(clause, t)):
            # "raided P in March, held a third of it for two days and left"
            last = self.published.end if self.published and self.published.end else date.max
            after = before_it.end + timedelta(days=days) if before_it.end else last
            return When(before_it.start, min(after, last), when.basis, "range")
        story = self.timeline.before[clause.s.index]
        told = story.when if story else None
        if days is not None and told and told.start and told.end and told.end - told.start <= NEWS:
            after = told.end + timedelta(days=days)
            if self.published is None or self.published.end is None or after <= self.published.end:
                return When(told.start, after, when.basis, "range")
            # "took it back on Sunday … the rebels, who held it for ten months": up to then
            return When(told.end - timedelta(days=days), told.end, when.basis, "range")
        return When(None, self.published.end if self.published else None, "over by the report's date", "open")

    def _stated(self, clause: CueClause, d: Draft, when: When) -> When:
        """By the date on which it was stated: a state was so then, what happened had happened by then."""
        if (d.kind.is_state and not d.ends) or d.mode is Mode.DENIED:
            return replace(when, start=when.start or when.end)
        if clause.goes_on or d.kind in GOES_ON:
            return when
        basis = f"by the day it was stated, {when.basis}"
        story = self.timeline.before[clause.s.index]
        told = story.when if story and (self.published is None or self.timeline.recent(story.when)) else None
        if told and told.start and told.end and when.start and told.start <= when.start <= told.start + NEWS:
            # In a text that tells day by day, what is newly reported has happened since the day told before.
            start = told.start if told.end - told.start <= timedelta(days=7) else None
            return When(start, when.end, basis, "range" if start else "open")
        return When(None, when.end, basis, "open")
