"""The days of an expression of time: what it is counted from, by what was told before.

"The next day" is counted from the story's date, a date without its year from what was told last.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from whoholds.annotate.document import Sentence
from whoholds.annotate.times import TimeExpression, resolve_time
from whoholds.annotate.times.meaning import Bound, Calendar, Duration, Near, Season, walk
from whoholds.annotate.words import lexis
from whoholds.claims.times.continued import goes_on_then, is_up_to_now
from whoholds.claims.times.kinds import all_of, day_alone, looks_back, without_year
from whoholds.claims.times.story import Telling
from whoholds.claims.times.words import Timed, aside, is_future, place, stands_alone
from whoholds.model import Role, When

SOON = timedelta(days=31)
"""So little after the day told last, what "had happened" moves the story on: "By 28 June they had captured …"."""
FAR_BACK = timedelta(days=366)
"""A date so long before the story's is background, from which nothing is counted."""


class Counting:
    """Resolves expressions of one report by what it has told so far."""

    def __init__(self, telling: Telling) -> None:
        self.telling, self.published = telling, telling.published

    def resolve(
        self, s: Sentence, t: Timed, latest: When | None, preds: dict[int, int], *, aside_before: bool
    ) -> When | None:
        """The days of an expression. `latest`: what its sentence told before; `aside_before`: told it in an aside."""
        if t.expr.of_event and t.fronted and (next_told := self._next_told(s, t, preds)):
            # "A week after they captured P, the army retook it on Tuesday": a week before the Tuesday
            return resolve_time(t.expr, published=self.published, previous=next_told)
        if (entry := self._under_heading(s, t)) is not None:
            return entry
        above = self.telling.above
        of_day = above is not None and above.frame and above.when.precision == "day"
        if above and of_day and any(isinstance(m, Near) for m in walk(t.expr.meaning)):
            return resolve_time(t.expr, published=above.when, previous=None)  # "31 March. … since yesterday"
        previous = self._counted_from(s, t, latest, preds)
        if previous and previous.end:
            left_open = without_year if self.published is None else day_alone
            if left_open(t.expr) and looks_back(s, t, preds):
                return self._back_from(previous, previous.end, t)
        past = t.predicate is None or not is_future(s, preds[t.predicate])
        own = latest if latest is not None else self.telling.previous if self.telling.told_in == s.section else None
        in_passing = aside_before if latest is not None else self.telling.background
        if past and not in_passing and (then := goes_on_then(s, t, own, self.published)) is not None:
            return then
        return resolve_time(t.expr, published=self.published, previous=previous, past=past)

    def _counted_from(self, s: Sentence, t: Timed, latest: When | None, preds: dict[int, int]) -> When | None:
        """The date told before from which an expression is counted, if any."""
        previous = latest or self._before(s, t, preds)
        if self.published is not None and (all_of(s, t) or is_up_to_now(s, t)):
            previous = None
        if self.published is not None and t.expr.time_of_day:
            # Of the day told last in the sentence, or of the day that it stands under ("5 Dec. … by noon").
            above = self.telling.above
            previous = latest or (above.when if above and (above.frame or above.when.precision == "day") else None)
        if isinstance(t.expr.meaning, Duration) and t.expr.meaning.role == "within" and _is_infinitive(s, t):
            # "vowed to retake it within weeks": not within weeks of what was told before
            previous = None if previous and previous.precision != "day" else previous
        return previous

    def _back_from(self, previous: When, last: date, t: Timed) -> When | None:
        """What had been so before the date told last, the last day of which is `last`."""
        if self.published is None:
            # "On 8 September 2022 they took P, which had been held since March": of the months before
            soon = resolve_time(t.expr, published=None, previous=previous)
            first = (soon.end if t.expr.until else soon.start) if soon else None
            if soon and first and first.year == self.telling.year_of_sentence:
                return soon  # "Throughout 1998 they had raided posts, in March A and in August B"
            if soon and first and soon.precision != "month" and timedelta(0) <= first - last <= SOON:
                return soon
        # "Since 16 May the town, which they had seized on the 3rd, …": the 3rd before that day
        return resolve_time(t.expr, published=When(last, last), previous=None)

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
        told, before = self.telling.story.when if self.telling.story else None, self.telling.previous
        m = t.expr.meaning
        that_year = isinstance(m, Calendar) and (m.same_year or m.which == "same")
        if that_year and self.telling.since is not None:
            return self.telling.since
        if self.published is None or that_year or not before:
            return before
        if self.telling.background and without_year(t.expr) and not looks_back(s, t, preds):
            # "P, which they seized in 2021, is quiet. The campaign for it was opened in March."
            return told
        far = told and told.start and before.end and told.start - before.end > FAR_BACK
        return told if far else before

    def _under_heading(self, s: Sentence, t: Timed) -> When | None:
        """A date without its year in a chronology: of the year it stands under, or next after the entry before."""
        above = self.telling.above
        if above is None or not above.when.end or not without_year(t.expr):
            return None
        under = self.telling.chapter if self.published is not None else None
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

    def month_of_bound(self, expr: TimeExpression) -> When | None:
        """Of "since 16 January" the day: what comes "on the 3rd" or in "October of that year" is counted from it."""
        inner = expr.meaning.of if isinstance(expr.meaning, Bound) and expr.meaning.kind == "since" else None
        if not isinstance(inner, Calendar) or inner.month is None:
            return None
        return resolve_time(replace(expr, meaning=inner), published=self.published, previous=self.telling.previous)

    def year_of_bound(self, expr: TimeExpression) -> When | None:
        """Of "since 2014", "since the summer of 2014" that period: "that July" is one of its months."""
        inner = expr.meaning.of if isinstance(expr.meaning, Bound) and expr.meaning.kind == "since" else None
        if not isinstance(inner, Calendar | Season) or inner.year is None:
            return None
        return resolve_time(replace(expr, meaning=inner), published=self.published, previous=None)

    def of_bound(self, t: Timed) -> When | None:
        """Of "by May 2022" the month itself."""
        if not isinstance(t.expr.meaning, Bound):
            return None
        inner = replace(t.expr, meaning=t.expr.meaning.of)
        when = resolve_time(inner, published=self.published, previous=self.telling.previous)
        return when if when and when.end == t.when.end else None


def _is_infinitive(s: Sentence, t: Timed) -> bool:
    return t.predicate is not None and any(c.lower_ == "to" and c.dep_ == "mark" for c in s.doc[t.predicate].children)
