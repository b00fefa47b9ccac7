"""All expressions of time in a report, resolved in order, with the words they hang on and where the story stands.

In a text without a date of its own what is told next happens on the day that the story has reached (`story`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.times.meaning import Duration, Shift
from whoholds.claims.times.counted import Counting
from whoholds.claims.times.kinds import inside, narrows
from whoholds.claims.times.live import STAMP, entries
from whoholds.claims.times.story import Story, Telling
from whoholds.claims.times.words import (
    Timed,
    aside,
    defines,
    is_future,
    not_until,
    place,
    predicates,
    stands_alone,
    when_follows,
)
from whoholds.model import Role, When
from whoholds.resolve.dates import story_year

RECENT = timedelta(days=14)
"""A date in the story that lies further back is history: what follows need not have happened then."""


@dataclass(slots=True)
class _Row:
    """What one sentence tells of time."""

    timed: list[Timed] = field(default_factory=list)
    latest: When | None = None
    """The date told last."""
    in_main: When | None = None
    """The same, but for what is told in an aside."""
    background: bool = False
    """Whether `latest` is told in an aside."""
    moved: Timed | None = None
    """The date to which it moves the story."""


class Timeline:
    """The expressions of each sentence, and the story's date before each."""

    def __init__(self, document: Document, published: When | None) -> None:
        self.document, self.published = document, published
        self.by_sentence: list[list[Timed]] = []
        self.before: list[Story | None] = []
        self.within: list[Timed | None] = []
        """The date to which each sentence moves the story, if any."""
        self._entries = entries(document.report)
        year = story_year(document.report) if published is None else None
        self._telling = Telling(published, year)
        self._counting = Counting(self._telling)
        for s in document.sentences:
            self._telling.enter(s, stamped=self._stamped(s))
            self.before.append(self._telling.above)
            row = self._read(s)
            self.by_sentence.append(row.timed)
            self.within.append(row.moved)
            self._go_on(s, row)
        if year:
            self._up_to_first_day(year)

    def _read(self, s: Sentence) -> _Row:
        preds, row = predicates(s), _Row()
        for expr in s.times:
            if (tokens := s.token_range(expr.span)) is not None:
                timed = self._onward(place(s, expr, tokens, preds))
                self._add(s, timed, row, preds)
        return row

    def _add(self, s: Sentence, timed: Timed, row: _Row, preds: dict[int, int]) -> None:
        """The next expression of a sentence: its days, and what it changes of where the telling stands."""
        in_aside = timed.predicate is not None and aside(s, timed.predicate)
        own = timed.predicate is None or in_aside
        # "tell how P, seized on 2 May, was retaken the day before": before the telling, not before the seizing
        of_main = row.background and row.in_main is not None and not own
        latest = row.in_main if of_main else row.latest
        when = self._counting.resolve(s, timed, latest, preds, aside_before=row.background and not of_main)
        if when is None:
            return
        timed, expr, telling = replace(timed, when=when), timed.expr, self._telling
        row.timed.append(timed)
        if when.precision == "year" and when.start and not timed.since:
            telling.year_of_sentence = when.start.year
        telling.since = self._counting.year_of_bound(expr) or (None if expr.can_anchor else telling.since)
        if expr.can_anchor and (when.start or when.end):
            row.latest, row.background = when, in_aside
            row.in_main = row.in_main if in_aside else when
        elif self.published is not None and (month := self._counting.month_of_bound(expr)):
            row.latest = month
        if self._moves(s, timed, preds) and (row.moved is None or not row.moved.fronted or narrows(timed, row.moved)):
            row.moved = timed

    def _go_on(self, s: Sentence, row: _Row) -> None:
        """After a sentence: the day that the story has reached, and the date told last."""
        telling, latest = self._telling, row.latest
        if row.moved is not None:
            when = self.reached(row.moved)
            # "In May they attacked, and took P on the 18th. A day earlier …": counted from the 18th
            told = latest if latest is not None and inside(latest, when) else when
            telling.move(s, when, told, alone=stands_alone(s, row.moved))
        elif latest is not None and (self.published is not None or telling.goes_on(latest)):
            telling.previous, telling.background = latest, row.background
            if row.background and row.in_main is not None and self.published is not None:
                # "It began on the 16th, as they broke the truce signed in July": what comes next is after the 16th
                telling.previous, telling.background = row.in_main, False
        if latest is not None:
            telling.told_in = s.section

    def _stamped(self, s: Sentence) -> bool:
        """True for the first sentence of a paragraph that opens with a time by the clock, of the report's day."""
        if self.published is None or self.published.precision != "day":
            return False
        opens = s.index == 0 or self.document.sentences[s.index - 1].section != s.section
        return opens and s.role is Role.BODY and (s.section in self._entries or STAMP.match(s.text) is not None)

    def _up_to_first_day(self, period: When) -> None:
        """A story without a date goes forward: what it tells before its first day lies between that and its period's
        start. The lead that says what it is about ("The battle of P was …") speaks of all of it.
        """
        first = next((t.when.end for t in self.within if t and t.when.end), None)
        if first is None or period.start is None or period.end is None or not period.start < first < period.end:
            return
        upto = replace(period, end=first, precision="range", basis=f"before the first day told, {period.basis}")
        lead = self.document.sentences[0].section if defines(self.document.sentences[0]) else None
        for n, s in enumerate(self.document.sentences):
            story = self.before[n]
            if story and story.section == -1 and s.section != lead:
                self.before[n] = replace(story, when=upto)

    def _onward(self, t: Timed) -> Timed:
        """ "After a week of heavy fighting they took P" goes on with an undated story; in a report it looks back."""
        meaning = t.expr.meaning
        story = self._telling.story.when if self._telling.story else None
        if self.published is not None or not t.fronted or not isinstance(meaning, Duration) or meaning.role != "after":
            return t
        if story is None or story.precision == "year" or meaning.count.open_end or meaning.unit in ("year", "decade"):
            return t
        return replace(t, expr=replace(t.expr, meaning=Shift(meaning.count, meaning.unit, False, "mentioned")))

    def recent(self, when: When) -> bool:
        """Of an undated text every date; of a report one of the last days."""
        if self.published is None or self.published.start is None:
            return True
        start = when.start or when.end
        return start is not None and start >= self.published.start - RECENT

    def reached(self, moved: Timed) -> When:
        """Where the story stands after a date: after "by 12 May they had …" on the day itself."""
        if not moved.expr.until:
            return moved.when
        return self._counting.of_bound(moved) or replace(moved.when, start=moved.when.end, precision="day")

    def whole(self) -> When | None:
        """From the first to the last day that the story comes to."""
        days = [t.when for t in self.within if t and t.when.start and t.when.end and t.when.precision == "day"]
        if not days:
            return None
        start, end = min(w.start for w in days if w.start), max(w.end for w in days if w.end)
        return When(start, end, "the days that the story tells", "range")

    def _moves(self, s: Sentence, t: Timed, preds: dict[int, int]) -> bool:
        """True where the story goes on from this date."""
        by = t.until and t.when.end is not None and (t.fronted or when_follows(s, t) or not_until(s, t, t.predicate))
        if not (t.expr.can_anchor or by) or not (t.when.start or t.when.end):
            return False
        if self.published is not None and s.role in (Role.TITLE, Role.CAPTION):
            return False
        if t.predicate is None or t.predicate not in preds:
            return t.fronted or stands_alone(s, t)
        if t.event is not None and not t.fronted:
            return False
        if by and not t.fronted:
            # "a battle that went on until late June, when they left"
            return True
        clause = s.clause_of[preds[t.predicate]]
        if not t.fronted and ("have" in clause.auxiliaries or aside(s, t.predicate)):
            return False
        return not is_future(s, preds[t.predicate])
