"""All expressions of time in a report, resolved in order, with the words they hang on and where the story stands.

The *story's date* is the day that the telling has reached: the last date of a main clause in the past. A date in the
background ("which had fallen in 2014", "since May") does not move it. "The next day" is counted from it, and in a text
without a date of its own what is told next happens then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.times import TimeExpression, resolve_time
from whoholds.annotate.times.meaning import Bound, Calendar, Duration, Near, Season, Shift, walk
from whoholds.annotate.words import lexis
from whoholds.claims.times.continued import goes_on_then, is_up_to_now
from whoholds.claims.times.kinds import all_of, day_alone, inside, looks_back, narrows, without_year
from whoholds.claims.times.live import STAMP, entries
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

SOON = timedelta(days=31)
"""So little after the day told last, what "had happened" moves the story on: "By 28 June they had captured …"."""
RECENT = timedelta(days=14)
"""A date in the story that lies further back is history: what follows need not have happened then."""
FAR_BACK = timedelta(days=366)
"""A date so long before the story's is background, from which nothing is counted."""
NEAR = 4
"""Days before the report for which the story's date holds beyond its paragraph."""


@dataclass(frozen=True, slots=True)
class Story:
    """Where the telling stands before a sentence."""

    when: When
    section: int
    frame: bool = False
    """A heading, or a date by itself ("24 Dec."), set it: what follows happened then, however long ago."""
    heading: bool = False
    live: bool = False
    """The stamp of a live report set it ("14:20 The army says …"): for its paragraph, what has just happened too."""


class Timeline:
    """The expressions of each sentence, and the story's date before each."""

    def __init__(self, document: Document, published: When | None) -> None:
        self.document, self.published = document, published
        self.by_sentence: list[list[Timed]] = []
        self.before: list[Story | None] = []
        self.within: list[Timed | None] = []
        """The date to which each sentence moves the story, if any."""
        self._chapter: When | None = None
        """The year, or the month of a year, that the last heading gives."""
        self._entries = entries(document.report)
        year = story_year(document.report) if published is None else None
        self._year = year
        self._year_of_sentence: int | None = None
        """The year that the sentence names by itself: "Throughout 1998 …"."""
        self._previous: When | None = year
        self._background = False
        """Whether that was told in an aside."""
        self._told_in = -1
        """The section that told it."""
        self._since: When | None = None
        """The period of a year after which something is told to have been so: "since the summer of 2014"."""
        self._story: Story | None = Story(year, -1) if year else None
        for s in document.sentences:
            self._read(s)
        if year:
            self._up_to_first_day(year)

    def _read(self, s: Sentence) -> None:
        story = self._story
        if story and story.section != s.section and (story.live or not self._reaches(story)):
            story = None
        if story and story.frame and not story.heading and s.role is Role.HEADING and self.published is not None:
            story = self._story = None  # "- 11 May: P falls." ends with the list
        if self.published is not None and self.published.precision == "day" and self._stamped(s):
            story = self._story = Story(self.published, s.section, frame=True, live=True)
        self.before.append(story)
        preds = predicates(s)
        if s.role is Role.HEADING and not s.times:
            self._chapter = None
            self._from_background()
        row: list[Timed] = []
        latest: When | None = None
        main: When | None = None
        background = False
        moved: Timed | None = None
        self._year_of_sentence = None
        for expr in s.times:
            tokens = s.token_range(expr.span)
            if tokens is None:
                continue
            timed = self._onward(place(s, expr, tokens, preds))
            own = timed.predicate is None or aside(s, timed.predicate)
            # "tell how P, seized on 2 May, was retaken the day before": before the telling, not before the seizing
            of_main = background and main is not None and not own
            counted = main if of_main else latest
            when = self._resolve(s, timed, counted, preds, aside_before=background and not of_main)
            if when is None:
                continue
            timed = replace(timed, when=when)
            row.append(timed)
            if when.precision == "year" and when.start and not timed.since:
                self._year_of_sentence = when.start.year
            self._since = self._year_of_bound(expr) or (None if expr.can_anchor else self._since)
            if expr.can_anchor and (when.start or when.end):
                latest = when
                background = timed.predicate is not None and aside(s, timed.predicate)
                main = main if background else when
            elif self.published is not None and (month := self._month_of_bound(expr)):
                latest = month
            if self._moves(s, timed, preds) and (moved is None or not moved.fronted or narrows(timed, moved)):
                moved = timed
        self.by_sentence.append(row)
        self.within.append(moved)
        if moved is not None:
            when = self.reached(moved)
            # "In May they attacked, and took P on the 18th. A day earlier …": counted from the 18th
            self._previous = latest if latest is not None and inside(latest, when) else when
            self._background = False
            # "6 June. Fighting goes on all night. They hold Q": still under the date of the entry
            alone = stands_alone(s, moved)
            under = not alone and story is not None and story.frame and _night_of(story.when, when)
            if story is None or not under:
                self._story = story = Story(when, s.section, alone, s.role is Role.HEADING)
            if story.heading and story.frame and when.precision in ("year", "month"):
                self._chapter = when
        elif latest is not None and (self.published is not None or self._goes_on(latest)):
            if background and main is not None and self.published is not None:
                # "It began on the 16th, as they broke the truce signed in July": what comes next is after the 16th
                latest, background = main, False
            self._previous, self._background = latest, background
        if latest is not None:
            self._told_in = s.section

    def _from_background(self) -> None:
        """A heading ends the background of an undated text: what comes next is of the time in its title again."""
        year, told = self._year, self._previous
        in_title = year is not None and "title" in year.basis
        if year and in_title and year.start and told and told.end and told.end < year.start:
            self._previous, self._background = year, False
            self._story = Story(year, -1)

    def _stamped(self, s: Sentence) -> bool:
        """True for the first sentence of a paragraph that opens with a time by the clock."""
        before = len(self.before) - 1
        opens = before < 0 or self.document.sentences[before].section != s.section
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
        story = self._story.when if self._story else None
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

    def _month_of_bound(self, expr: TimeExpression) -> When | None:
        """Of "since 16 January" the day: what comes "on the 3rd" or in "October of that year" is counted from it."""
        inner = expr.meaning.of if isinstance(expr.meaning, Bound) and expr.meaning.kind == "since" else None
        if not isinstance(inner, Calendar) or inner.month is None:
            return None
        return resolve_time(replace(expr, meaning=inner), published=self.published, previous=self._previous)

    def _year_of_bound(self, expr: TimeExpression) -> When | None:
        """Of "since 2014", "since the summer of 2014" that period: "that July" is one of its months."""
        inner = expr.meaning.of if isinstance(expr.meaning, Bound) and expr.meaning.kind == "since" else None
        if not isinstance(inner, Calendar | Season) or inner.year is None:
            return None
        return resolve_time(replace(expr, meaning=inner), published=self.published, previous=None)

    def reached(self, moved: Timed) -> When:
        """Where the story stands after a date: after "by 12 May they had …" on the day itself."""
        if not moved.expr.until:
            return moved.when
        return self._of_bound(moved) or replace(moved.when, start=moved.when.end, precision="day")

    def _of_bound(self, t: Timed) -> When | None:
        """Of "by May 2022" the month itself."""
        if not isinstance(t.expr.meaning, Bound):
            return None
        inner = replace(t.expr, meaning=t.expr.meaning.of)
        when = resolve_time(inner, published=self.published, previous=self._previous)
        return when if when and when.end == t.when.end else None

    def whole(self) -> When | None:
        """From the first to the last day that the story comes to."""
        days = [t.when for t in self.within if t and t.when.start and t.when.end and t.when.precision == "day"]
        if not days:
            return None
        start, end = min(w.start for w in days if w.start), max(w.end for w in days if w.end)
        return When(start, end, "the days that the story tells", "range")

    def _goes_on(self, when: When) -> bool:
        """True for a date in passing within a year after the story's: "the war of early May … the next month"."""
        before = self._previous.start if self._previous else None
        if before is None or when.start is None or when.end is None:
            return self._previous is None
        return 0 <= (when.start - before).days <= 366 and (when.end - when.start).days <= 62

    def _reaches(self, story: Story) -> bool:
        """True where a date still holds in the next paragraph: in undated texts, under a heading, in the last days."""
        if self.published is None or self.published.end is None or story.heading:
            return True
        start = story.when.start or story.when.end
        return start is not None and (self.published.end - start).days <= NEAR

    def _resolve(
        self, s: Sentence, t: Timed, latest: When | None, preds: dict[int, int], *, aside_before: bool
    ) -> When | None:
        """The days of an expression. `latest`: what its sentence told before; `aside_before`: told it in an aside."""
        if t.expr.of_event and t.fronted and (next_told := self._next_told(s, t, preds)):
            # "A week after they captured P, the army retook it on Tuesday": a week before the Tuesday
            return resolve_time(t.expr, published=self.published, previous=next_told)
        previous = latest or self._before(s, t, preds)
        if self.published is not None and (all_of(s, t) or is_up_to_now(s, t)):
            previous = None
        if t.expr.time_of_day and self.published is not None:
            # Of the day told last in the sentence, or of the day that it stands under ("5 Dec. … by noon").
            story = self.before[-1]
            previous = latest or (story.when if story and (story.frame or story.when.precision == "day") else None)
        if (entry := self._under_heading(s, t)) is not None:
            return entry
        under = self.before[-1]
        if (
            under
            and under.frame
            and under.when.precision == "day"
            and any(isinstance(m, Near) for m in walk(t.expr.meaning))
        ):
            return resolve_time(t.expr, published=under.when, previous=None)  # "31 March. … since yesterday"
        past = t.predicate is None or not is_future(s, preds[t.predicate])
        if isinstance(t.expr.meaning, Duration) and t.expr.meaning.role == "within" and _is_infinitive(s, t):
            # "vowed to retake it within weeks": not within weeks of what was told before
            previous = None if previous and previous.precision != "day" else previous
        if self.published is not None and previous and previous.end and day_alone(t.expr) and looks_back(s, t, preds):
            # "Since 16 May the town, which they had seized on the 3rd, …": the 3rd before that day
            return resolve_time(t.expr, published=When(previous.end, previous.end), previous=None)
        if self.published is None and previous and previous.end and without_year(t.expr) and looks_back(s, t, preds):
            # "On 8 September 2022 they took P, which had been held since March": of the months before
            day = When(previous.end, previous.end)
            soon = resolve_time(t.expr, published=None, previous=previous)
            first = (soon.end if t.expr.until else soon.start) if soon else None
            if soon and first and first.year == self._year_of_sentence:
                return soon  # "Throughout 1998 they had raided posts, in March A and in August B"
            if soon and first and soon.precision != "month" and timedelta(0) <= first - previous.end <= SOON:
                return soon
            return resolve_time(t.expr, published=day, previous=None)
        own = latest if latest is not None else self._previous if self._told_in == s.section else None
        if (
            past
            and not (aside_before if latest is not None else self._background)
            and (then := goes_on_then(s, t, own, self.published)) is not None
        ):
            return then
        return resolve_time(t.expr, published=self.published, previous=previous, past=past)

    def _next_told(self, s: Sentence, t: Timed, preds: dict[int, int]) -> When | None:
        """The day that the sentence tells next of its main clause, not of that which says so."""
        for expr in s.times:
            tokens = s.token_range(expr.span)
            if tokens is None or tokens[0] <= t.last or expr.anchored or not expr.can_anchor:
                continue
            found = place(s, expr, tokens, preds)
            own = found.predicate == t.predicate and t.event is None  # "a week after they took P on 2 May"
            if found.predicate is None or own or found.event is not None or aside(s, found.predicate):
                continue
            when = resolve_time(expr, published=self.published, previous=self._before(s, found, preds))
            says = lexis().has("say", s.lemma(found.predicate))
            return when if when and when.precision in ("day", "month") and not says else None
        return None

    def _before(self, s: Sentence, t: Timed, preds: dict[int, int]) -> When | None:
        """What an expression is counted from that its own sentence does not tell: in a report not from the background.

        "… took P, which the army had held since 2016. By the end of the month …"; but "that October" may be.
        """
        told, before = self._story.when if self._story else None, self._previous
        m = t.expr.meaning
        that_year = isinstance(m, Calendar) and (m.same_year or m.which == "same")
        if that_year and self._since is not None:
            return self._since
        if self.published is None or that_year or not before:
            return before
        if self._background and without_year(t.expr) and not looks_back(s, t, preds):
            # "P, which they seized in 2021, is quiet. The campaign for it was opened in March."
            return told
        far = told and told.start and before.end and told.start - before.end > FAR_BACK
        return told if far else before

    def _under_heading(self, s: Sentence, t: Timed) -> When | None:
        """A date without its year in a chronology: of the year it stands under, or next after the entry before."""
        above = self.before[-1]
        if above is None or not above.when.end or not without_year(t.expr):
            return None
        under = self._chapter if self.published is not None else None
        if under and under.start and under.start.year == above.when.end.year:
            # "2020", and under it "in December", and then "in March"
            return self._not_ahead(resolve_time(t.expr, published=None, previous=under))
        if not above.heading:
            return None
        if above.when.precision == "year":
            return resolve_time(t.expr, published=When(above.when.end, above.when.end), previous=None)
        if above.when.precision != "day" or (s.role is not Role.HEADING and not stands_alone(s, t)):
            return None
        return self._not_ahead(resolve_time(t.expr, published=None, previous=above.when))

    def _not_ahead(self, when: When | None) -> When | None:
        last = self.published.end if self.published else None
        return when if when and when.end and when.end <= (last or date.max) else None

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


def _night_of(day: When, when: When) -> bool:
    """Whether a time is of a day, up to the next morning."""
    if day.precision != "day" or not (day.start and when.start and when.end):
        return False
    return when.start == day.start and when.end - day.start <= timedelta(days=1)


def _is_infinitive(s: Sentence, t: Timed) -> bool:
    return t.predicate is not None and any(c.lower_ == "to" and c.dep_ == "mark" for c in s.doc[t.predicate].children)
