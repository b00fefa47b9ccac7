"""Which time belongs to which claim, and the interval that it makes for the claim's kind and mode.

In order: the date that its own clause states; the date that opens the sentence; the date of the statement that reports
it; where the story stands (`timeline`); the report's date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.times import resolve_time
from whoholds.annotate.times.meaning import Bound, Duration
from whoholds.claims.clause_time import CueClause, Found
from whoholds.claims.draft import Draft
from whoholds.claims.elsewhere import CHANGES, Dated, Elsewhere
from whoholds.claims.time_words import Timed, stands_alone
from whoholds.claims.timeline import Story, Timeline
from whoholds.model import Kind, Mode, Role, When

GOES_ON = frozenset([Kind.CONTESTS, Kind.ADVANCES, Kind.CLEARS])
LEAVING = frozenset([Kind.LOSES, Kind.WITHDRAWS])
NEWS = timedelta(days=31)
MONTH = timedelta(days=28)
FAR_AHEAD = timedelta(days=180)
"""A plan that gives a day and a month alone is for a day that is nearer than this."""


def _within(inner: When, outer: When) -> bool:
    return bool(
        inner.start
        and inner.end
        and outer.start
        and outer.end
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


class Calendar:
    """Dates the claims of one report."""

    def __init__(self, document: Document, published: When | None) -> None:
        self.document, self.published = document, published
        self.timeline = Timeline(document, published)
        self.by_sentence = self.timeline.by_sentence

    def of(self, d: Draft) -> Dated:
        """The interval of a draft."""
        s = self.document.sentences[d.sentence]
        clause = CueClause(s, d)
        if d.mode is Mode.PLANNED or (d.mode is Mode.POSSIBLE and not clause.perfect and not clause.past):
            return self._planned(clause, d)
        found = clause.find(self._usable(s, d), d)
        if found is not None and self._not_its_own(clause, d, found):
            found = None
        if found is None and d.mode is Mode.POSSIBLE and not clause.perfect and not (d.kind.is_state and clause.now):
            return Dated(When(None, None, "possible", "open"), None)
        story = self.timeline.before[s.index]
        if found is None:
            when = self._untold(clause, d, story)
            if (days := self._length(clause, d)) and when.end:
                when = replace(when, start=when.end - timedelta(days=days), precision="range")
            return Dated(when, None)
        span = found.timed.expr.span
        if (days := self._length(clause, d)) and (end := found.timed.when.end):
            return Dated(replace(found.timed.when, start=end - timedelta(days=days), precision="range"), span)
        if self.published is None and d.kind is Kind.CONTESTS and s.index == 0 and (whole := self.timeline.whole()):
            said = found.timed.when
            wide = said.start and said.end and said.end - said.start >= MONTH
            if wide and _within(whole, said):
                # "The 2012 Goma offensive was …": the days of it that are told
                return Dated(whole, span)
        if found.stated:
            return Dated(self._stated(clause, d, found.timed.when), span)
        if clause.background and d.kind.is_state:
            return Dated(self._beside(clause, d, found.timed), span)
        return Dated(self._told(clause, d, found.timed, story), span, told=True)

    def dates(self, drafts: Sequence[Draft]) -> list[Dated]:
        """The intervals of all drafts, with what one tells of the other (`elsewhere`)."""
        return Elsewhere(self.timeline, drafts, [self.of(d) for d in drafts]).dates()

    def _not_its_own(self, clause: CueClause, d: Draft, found: Found) -> bool:
        """True for a date that what is told cannot have: still to come, or over, of what holds now."""
        when, day = found.timed.when, self.published
        if day is None or day.start is None or day.end is None:
            return False
        ahead = when.end if found.timed.until else when.start
        if ahead and ahead > day.end:
            return True
        if found.stated or found.timed.since or found.timed.predicate == clause.predicate:
            return False
        return d.kind.is_state and not d.ends and clause.now and bool(when.end and when.end < day.start)

    def _length(self, clause: CueClause, d: Draft) -> int | None:
        """How long a fight or a siege had lasted."""
        if d.cue.form != "noun" or d.kind not in (Kind.CONTESTS, Kind.BESIEGES):
            return None
        return clause.length(self.by_sentence[clause.s.index])

    # --------------------------------------------------------------------------------------------------- what is told
    def _usable(self, s: Sentence, d: Draft) -> list[Timed]:
        """The expressions that can date such a claim: not "now", and no length of time for what happens at once."""
        row = [t for t in self.by_sentence[s.index] if not (t.expr.present and not t.since)]
        if d.kind in CHANGES or d.kind is Kind.REPELS:
            lengths: tuple[str, ...] = ("after", "of", "for")
        else:
            # "is in their hands after two weeks of attacks"
            lengths = ("after",) if d.kind.is_state else ()
        return [t for t in row if not (isinstance(m := t.expr.meaning, Duration) and m.role in lengths)]

    def _planned(self, clause: CueClause, d: Draft) -> Dated:
        """What is still to come: "tomorrow", "within two weeks", "before the vote of 28 March"."""
        found = clause.find(self._usable(clause.s, d), d)
        day = self.published.end if self.published else None
        if found is None or found.stated or day is None:
            return Dated(self._ahead(d), None)
        expr = found.timed.expr
        when = resolve_time(expr, published=self.published, previous=None, past=False)
        if when is None or when.end is None or when.end < day or expr.since:
            return Dated(self._ahead(d), None)
        before = found.timed.when
        if before.end and before.end <= day and when.start and when.start - day > FAR_AHEAD:
            # "gathered on 11 November for an operation to retake P": the day of the telling, not next year's
            return Dated(self._ahead(d), None)
        return Dated(replace(when, start=max(when.start or day, day)), expr.span)

    def _ahead(self, d: Draft) -> When:
        """A plan lies after the day on which it is told; what may be is open."""
        day = self.published.end if self.published and d.mode is Mode.PLANNED else None
        return When(day, None, str(d.mode), "open")

    def _told(self, clause: CueClause, d: Draft, t: Timed, story: Story | None) -> When:
        """By a date of its own."""
        when = replace(t.when, basis=t.when.basis or t.expr.text)
        here = self._here(story)
        if t.since and clause.hangs_on(t) and (inner := self._inner(t)):
            # "since May, when they tried to storm P": it was in May
            return inner
        if clause.since(t) and when.start:
            return When(when.start, here.end if here else None, when.basis, "range")
        if t.expr.is_range and when.end and clause.ends_it():
            # "lasted from May to July and ended with the withdrawal"
            return replace(when, start=when.end, precision="day")
        if (
            not (t.expr.is_range or t.expr.anchored)
            and (d.kind in LEAVING or clause.handover)
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
        if d.kind.is_state and d.ends and not (t.since or t.until):
            days = clause.length(self.by_sentence[clause.s.index])
            start = when.end - timedelta(days=days) if days and when.end else None
            return When(start, when.end, f"until it ended, {when.basis}", "open")
        if d.kind.is_state or (t.since and d.kind in GOES_ON):
            return self._lasting(clause, t, when, here)
        if t.since and when.start and when.end is None and here and here.end and here.end >= when.start:
            when = replace(when, end=here.end)
        by = isinstance(t.expr.meaning, Bound) and t.expr.meaning.kind == "by"
        if t.until and when.end and clause.hangs_on(t):
            # "a lull until 6 September, when they took P"
            inner = self._inner(t)
            return inner if inner and inner.end == when.end else replace(when, start=when.end, precision="day")
        reached = by or not clause.perfect or (t.fronted and d.kind is Kind.GAINS)
        if t.until and when.end and reached and story and self.timeline.recent(story.when):
            # "fighting broke out on Monday … by Friday they had the bridge"
            start = story.when.start
            near = start and (self.published is not None or when.end - start <= NEWS)
            if start and near and start <= when.end and when.start is None:
                return replace(when, start=start, precision="range")
        return when

    def _inner(self, t: Timed) -> When | None:
        """Of "since May" the month itself."""
        if not isinstance(t.expr.meaning, Bound):
            return None
        near = When(t.when.end, t.when.end) if t.when.end else None
        return resolve_time(replace(t.expr, meaning=t.expr.meaning.of), published=self.published, previous=near)

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
        if isinstance(meaning, Duration) and meaning.role == "for" and not clause.present and not clause.perfect:
            return self._lasted(clause, t, when)
        if t.until:
            if isinstance(meaning, Bound) and meaning.kind == "by":
                return replace(when, start=end, precision="day")
            story = self.timeline.before[clause.s.index]
            start = story.when.start if story and self.timeline.recent(story.when) else None
            start = clause.begun(self.by_sentence[clause.s.index]) or start
            return When(start if start and end and start <= end else None, end, when.basis, "range")
        if t.since or not (start and end) or clause.perfect or clause.in_cell(t):
            end = end if t.expr.is_range else day or end
            start = start or first
        if start and end and end < start:
            end = start
        return When(start, end, when.basis, when.precision)

    def _lasted(self, clause: CueClause, t: Timed, when: When) -> When:
        """ "held it for two weeks": over by the report's date; from where the story stands, or up to what ended it."""
        days = t.expr.duration_days
        ends = [
            x for x in self.by_sentence[clause.s.index] if x.first > t.last and x.when.end and x.predicate is not None
        ]
        before = [x for x in ends if "before" in {c.lower_ for c in clause.s.doc[x.predicate or 0].children}]
        if before and days is not None and (end := before[0].when.end):
            return When(end - timedelta(days=days), end, when.basis, "range")
        row = self.by_sentence[clause.s.index]
        if days is not None and (end := clause.left_on(row)):
            return When(end - timedelta(days=days), end, when.basis, "range")
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
        if d.kind.is_state and not d.ends:
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

    def _beside(self, clause: CueClause, d: Draft, t: Timed) -> When:
        """ "attacked the rebel-held town on Monday": held then; where it was taken, held until then."""
        if t.since or t.until:
            return self._untold(clause, d, None)
        if d.ends or clause.until_taken:
            return When(None, t.when.end, "until it changed", "open")
        return t.when

    # ------------------------------------------------------------------------------------------------- what is not told
    def _here(self, story: Story | None) -> When | None:
        """The day that tells from what the report speaks: its own, or where the story of an undated text stands."""
        return self.published or (story.when if story else None)

    def _untold(self, clause: CueClause, d: Draft, story: Story | None) -> When:
        """By tense, the story's date and the report's."""
        here = self._here(story)
        moved = self.timeline.within[clause.s.index]
        if self.published is None and moved is not None and moved.first < d.token:
            here = self.timeline.reached(moved)
        first, day = (here.start, here.end) if here else (None, None)
        if moved is not None and moved.first < d.token and stands_alone(clause.s, moved):
            story = Story(moved.when, clause.s.section, frame=True)
        framed = (
            story is not None
            and story.frame
            and clause.s.role is not Role.TITLE
            and not (clause.perfect and not (story.live and clause.present))
        )
        if d.kind.is_state:
            if framed and story and not (d.ends or clause.until_taken):
                return replace(story.when, basis=f"the date it stands under, {story.when.basis}")
            if d.ends or clause.until_taken:
                row = self.by_sentence[clause.s.index]
                ended = next((t.when.end for t in row if t.predicate == clause.taken_by and t.when.end), None)
                return When(None, ended or day, "until it changed", "open")
            return When(first or day, day, "state on the report's date" if self.published else "where the story stands")
        past = not (clause.perfect or clause.goes_on or clause.s.role is Role.TITLE)
        if self.published is not None and d.mode is Mode.DENIED and day:
            return When(first, day, "not so on the report's date")
        if self.published is None:
            if d.kind is Kind.CONTESTS and clause.s.index == 0 and (whole := self.timeline.whole()):
                # "The battle of P was …": all of it
                return whole
            before = clause.perfect and not (clause.present or clause.reported)
            if before or clause.s.role is Role.TITLE or here is None:
                return When(None, day, "by where the story stands", "open")
            return replace(here, basis=f"the story's date, {here.basis}")
        if story and framed:
            return replace(story.when, basis=f"the date it stands under, {story.when.basis}")
        if (
            past
            and not clause.reported
            and story
            and clause.goes_on_with_story
            and story.when.start
            and not self.timeline.recent(story.when)
        ):
            return replace(story.when, basis=f"the story's date, {story.when.basis}")
        told = past or (clause.reported and d.mode is Mode.ASSERTED and d.kind not in GOES_ON)
        told = told and not clause.singled_out
        if told and story and self.timeline.recent(story.when) and story.when.start and day and story.when.start <= day:
            return When(story.when.start, day, f"since the story's date, {story.when.basis}", "range")
        on_going = clause.goes_on or d.kind in GOES_ON
        if on_going and first:
            return When(first, day, "going on at the report's date")
        return When(None, day, "by the report's date", "open")
