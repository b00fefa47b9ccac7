"""Which time belongs to which claim, and the interval that it makes for the claim's kind and mode.

In order: the date that its own clause states; the date that opens the sentence; the date of the statement that reports
it; where the story stands (`timeline`); the report's date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from whoholds.annotate.document import Sentence
from whoholds.annotate.times import resolve_time
from whoholds.annotate.times.meaning import Duration
from whoholds.claims.draft import Draft
from whoholds.claims.times.clause_dates import day_of
from whoholds.claims.times.clause_time import CueClause, Found
from whoholds.claims.times.elsewhere import CHANGES, Dated, Elsewhere
from whoholds.claims.times.kinds import inside
from whoholds.claims.times.story import Story
from whoholds.claims.times.told import GOES_ON, Told
from whoholds.claims.times.words import Timed, stands_alone
from whoholds.model import IntervalError, Kind, Mode, Role, When

MONTH = timedelta(days=28)
SAID_OF = ("verb", "phrase", "adjective")
"""Cues that a clause says by its own tense: not "the rebel-held town"."""
FAR_AHEAD = timedelta(days=180)
"""A plan that gives a day and a month alone is for a day that is nearer than this."""


def _by_days(t: Timed) -> bool:
    """ "from 7 May to 23 June", not "May to June"."""
    first = getattr(t.expr.meaning, "first", None)
    return getattr(first, "day", None) is not None


def _of_next_deed(clause: CueClause, t: Timed) -> bool:
    """ "They have stayed in P, and left Q last spring": the spring is of their leaving alone."""
    if t.predicate is None or t.predicate <= clause.token or t.fronted:
        return False
    verb = clause.s.doc[t.predicate]
    return verb.dep_ == "conj" and clause.predicate == verb.head.i and t.first > verb.i


class Calendar(Told):
    """Dates the claims of one report."""

    def of(self, d: Draft) -> Dated:
        """The interval of a draft; by the report's date alone where those told cannot be together."""
        try:
            return self._of(d)
        except IntervalError:  # "since November", in a report of May
            return Dated(
                When(None, self.published.end if self.published else None, "by the report's date", "open"), None
            )

    def _of(self, d: Draft) -> Dated:
        s = self.document.sentences[d.sentence]
        clause = CueClause(s, d)
        holds_now = d.kind.is_state and clause.now  # "likely hold P" is said of now
        possible = d.mode is Mode.POSSIBLE and not holds_now
        story = self.timeline.before[s.index]
        if d.mode is Mode.PLANNED or (possible and not clause.perfect and not clause.past):
            return self._planned(clause, d, story)
        found = clause.find(self._usable(s, d), d)
        if found is not None and self._not_its_own(clause, d, found):
            found = None
        if found is None and possible and not clause.perfect:
            return Dated(When(None, None, "possible", "open"), None)
        if found is None:
            when = self._untold(clause, d, story)
            if (days := self._length(clause, d)) and when.end:
                when = replace(when, start=when.end - timedelta(days=days), precision="range")
            return Dated(when, None)
        span = found.timed.expr.span
        if (days := self._length(clause, d)) and (end := found.timed.when.end):
            return Dated(replace(found.timed.when, start=end - timedelta(days=days), precision="range"), span)
        if self.published is None and clause.defined and s.index == 0 and (whole := self.timeline.whole()):
            said = found.timed.when
            wide = said.start and said.end and said.end - said.start >= MONTH
            if wide and not _by_days(found.timed) and inside(whole, said):
                # "The 2012 Goma offensive was …": the days of it that are told
                return Dated(whole, span)
        if found.after and not d.kind.is_state:
            return Dated(self._since_then(found.timed.when, story), span)
        if found.stated:
            return Dated(self._stated(clause, d, found.timed.when), span)
        modifier = d.cue.form == "noun" and clause.token != clause.predicate and found.timed.first < clause.token
        if d.kind.is_state and (clause.background or (modifier and found.timed.since)):
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
        if d.kind.is_state and _of_next_deed(clause, found.timed):
            return True
        if found.stated and clause.said_now_not_by(found.timed.predicate):
            return True
        if found.stated or found.timed.since or found.timed.predicate == clause.predicate:
            return False
        return d.kind.is_state and not d.ends and clause.now and bool(when.end and when.end < day.start)

    def _since_then(self, when: When, story: Story | None) -> When:
        """After a day that is told with it, up to the report's."""
        here = self._here(story)
        ends = [day for day in (when.end, here.end if here else None) if day]
        end = min(ends, default=None)
        return When(when.start, end if end and when.start and end >= when.start else None, when.basis, "range")

    def _length(self, clause: CueClause, d: Draft) -> int | None:
        """How long a fight or a siege had lasted."""
        if d.cue.form != "noun" or d.kind not in (Kind.CONTESTS, Kind.BESIEGES):
            return None
        return clause.length(self.by_sentence[clause.s.index])

    def _was_so_then(self, clause: CueClause, story: Story | None) -> bool:
        """A plain past in a story of long ago tells how it was then; "still held P" in what is new, how it is."""
        if story is None or self.published is None or story.when.start is None or self.timeline.recent(story.when):
            return False
        own = story.section == clause.s.section and clause.s.role is Role.BODY
        return own and clause.past and not (clause.perfect or clause.present or clause.reported)

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

    def _planned(self, clause: CueClause, d: Draft, story: Story | None) -> Dated:
        """What is still to come: "tomorrow", "within two weeks", "before the vote of 28 March"."""
        found = clause.find(self._usable(clause.s, d), d)
        day = self.published.end if self.published else None
        if found is not None and found.stated and not self.timeline.recent(found.timed.when):
            # "said last year that it would take P": from then on
            return Dated(When(found.timed.when.start, None, str(d.mode), "open"), found.timed.expr.span)
        if found is None or found.stated or day is None:
            return Dated(self._ahead(d, story), None)
        expr = found.timed.expr
        if clause.planned_then and not expr.since:
            # "had hoped to take P by the end of May": of the May that is over
            over = resolve_time(expr, published=self.published, previous=None)
            if over is not None and over.end is not None and over.end < day:
                return Dated(replace(over, basis=str(d.mode)), expr.span)
        when = resolve_time(expr, published=self.published, previous=None, past=False)
        if when is None or when.end is None or when.end < day or expr.since:
            return Dated(self._ahead(d, story), None)
        before = found.timed.when
        if before.end and before.end <= day and when.start and when.start - day > FAR_AHEAD:
            # "gathered on 11 November for an operation to retake P": the day of the telling, not next year's
            return Dated(self._ahead(d, story), None)
        return Dated(replace(when, start=max(when.start or day, day)), expr.span)

    def _ahead(self, d: Draft, story: Story | None) -> When:
        """A plan, and what may be, lies after the day on which it is told."""
        told = story.when.start if story and story.section >= 0 else None
        return When(self.published.end if self.published else told, None, str(d.mode), "open")

    def _beside(self, clause: CueClause, d: Draft, t: Timed) -> When:
        """ "attacked the rebel-held town on Monday": held then; where it was taken, held until then."""
        if t.since or t.until:
            return self._untold(clause, d, None)
        if d.ends or clause.until_taken:
            return When(None, t.when.end, "until it changed", "open")
        return t.when

    # ------------------------------------------------------------------------------------------------- what is not told
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
            row = self.by_sentence[clause.s.index]
            if d.ends or clause.until_taken:
                return When(None, day_of(row, clause.taken_by) or day, "until it changed", "open")
            if clause.past_perfect and clause.tells_of and (left := clause.left_on(row)):
                # "left in May the base that they had kept in P"
                return When(None, left, "until it changed", "open")
            if clause.until_clause is not None:
                return When(None, clause.until_date(row) or day, "until it changed", "open")
            if d.cue.form in SAID_OF and self._was_so_then(clause, story) and story:
                # "By May 1999 they had … The rebels held the hills": of the time that is told of
                return replace(story.when, basis=f"the story's date, {story.when.basis}")
            return When(first or day, day, "state on the report's date" if self.published else "where the story stands")
        past = not (clause.perfect or clause.goes_on or clause.s.role is Role.TITLE)
        if self.published is not None and d.mode is Mode.DENIED and day:
            return When(first, day, "not so on the report's date")
        if self.published is None:
            named = clause.defined and clause.s.index == 0
            if (named or clause.s.role is Role.TITLE) and (whole := self.timeline.whole()):
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
        # What is said on the day of the report of what has happened may have happened before it.
        told = told and (past or not (clause.perfect and story is not None and story.when.start == day))
        if told and story and self.timeline.recent(story.when) and story.when.start and day and story.when.start <= day:
            return When(story.when.start, day, f"since the story's date, {story.when.basis}", "range")
        on_going = clause.goes_on or d.kind in GOES_ON
        if on_going and first:
            return When(first, day, "going on at the report's date")
        return When(None, day, "by the report's date", "open")
