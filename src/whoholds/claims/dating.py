"""Which time belongs to which claim, and the interval that it makes for the claim's kind and mode.

In order: the date that its own clause states; the date that opens the sentence; the date of the statement that reports
it; where the story stands (`timeline`); the report's date.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.times import resolve_time
from whoholds.annotate.times.meaning import Bound, Duration
from whoholds.annotate.words import lexis
from whoholds.claims.draft import Draft
from whoholds.claims.timeline import Story, Timed, Timeline, aside, predicate_above, predicates
from whoholds.model import Kind, Mode, Role, Span, When

TAKING = lexis()["taking"]
GOES_ON = frozenset([Kind.CONTESTS, Kind.ADVANCES, Kind.CLEARS])
LEAVING = frozenset([Kind.LOSES, Kind.WITHDRAWS])
CHANGES = frozenset([Kind.GAINS, Kind.LOSES, Kind.WITHDRAWS])
NEWS = timedelta(days=31)
RECENT = timedelta(days=14)
"""A date in the story that lies further back is history: what follows need not have happened then."""


@dataclass(frozen=True, slots=True)
class Dated:
    """The interval of a claim and the words it rests on."""

    when: When
    span: Span | None


@dataclass(frozen=True, slots=True)
class _Found:
    timed: Timed
    stated: bool = False
    """It is the date of the statement, not of what is stated."""


class Calendar:
    """Dates the claims of one report."""

    def __init__(self, document: Document, published: When | None) -> None:
        self.document, self.published = document, published
        self.timeline = Timeline(document, published)
        self.by_sentence = self.timeline.by_sentence

    def of(self, d: Draft) -> Dated:
        """The interval of a draft."""
        s = self.document.sentences[d.sentence]
        clause = _Clause(s, d)
        if d.mode is Mode.PLANNED or (d.mode is Mode.POSSIBLE and not clause.perfect and not clause.past):
            return self._planned(clause, d)
        found = clause.find(self._usable(s, d), d)
        if found is None and d.mode is Mode.POSSIBLE:
            return Dated(When(None, None, "possible", "open"), None)
        story = self.timeline.before[s.index]
        if found is None:
            return Dated(self._untold(clause, d, story), None)
        span = found.timed.expr.span
        if found.stated:
            return Dated(self._stated(clause, d, found.timed.when), span)
        if clause.background and d.kind.is_state:
            return Dated(self._beside(clause, d, found.timed), span)
        return Dated(self._told(clause, d, found.timed, story), span)

    # --------------------------------------------------------------------------------------------------- what is told
    def _usable(self, s: Sentence, d: Draft) -> list[Timed]:
        """The expressions that can date such a claim: not "now", and no length of time for what happens at once."""
        row = [t for t in self.by_sentence[s.index] if not (t.expr.present and not t.expr.since)]
        if d.kind in CHANGES or d.kind is Kind.REPELS:
            row = [t for t in row if not (isinstance(m := t.expr.meaning, Duration) and m.role in ("after", "of", "for"))]
        return row

    def _planned(self, clause: _Clause, d: Draft) -> Dated:
        """What is still to come: "tomorrow", "within two weeks", "before the vote of 28 March"."""
        found = clause.find(self._usable(clause.s, d), d)
        day = self.published.end if self.published else None
        if found is None or found.stated or day is None:
            return Dated(When(None, None, str(d.mode), "open"), None)
        expr = found.timed.expr
        when = resolve_time(expr, published=self.published, previous=None, past=False)
        if when is None or when.end is None or when.end < day or expr.since:
            return Dated(When(None, None, str(d.mode), "open"), None)
        return Dated(replace(when, start=max(when.start or day, day)), expr.span)

    def _told(self, clause: _Clause, d: Draft, t: Timed, story: Story | None) -> When:
        """By a date of its own."""
        when = replace(t.when, basis=t.when.basis or t.expr.text)
        here = self._here(story)
        if clause.since(t) and when.start:
            return When(when.start, here.end if here else None, when.basis, "range")
        if d.kind in LEAVING and clause.after_conjunct(t) and when.start and here and here.end and when.start <= here.end:
            # "seized the port on 3 March and handed it over": some time after
            return When(when.start, min(here.end, clause.next_date(t, self.by_sentence) or here.end), when.basis, "range")
        if d.kind.is_state and d.ends and not (t.expr.since or t.expr.until):
            days = next((x.expr.duration_days for x in self.by_sentence[clause.s.index] if x.event == d.token), None)
            start = when.end - timedelta(days=days) if days and when.end else None
            return When(start, when.end, f"until it ended, {when.basis}", "open")
        if d.kind.is_state or (t.expr.since and d.kind in GOES_ON):
            return self._lasting(clause, d, t, when, here)
        if t.expr.since and when.start and when.end is None and here and here.end and here.end >= when.start:
            when = replace(when, end=here.end)
        if t.expr.until and when.end and not clause.perfect and story and self._recent(story.when):
            # "fighting broke out on Monday … by Friday they had the bridge"
            start = story.when.start
            if start and start <= when.end and when.start is None:
                return replace(when, start=start, precision="range")
        return when

    def _lasting(self, clause: _Clause, d: Draft, t: Timed, when: When, here: When | None) -> When:
        """A state, or what goes on: from its start to the report's date, unless the words end it."""
        day = here.end if here else None
        first = here.start if here else None
        start, end = when.start, when.end
        meaning = t.expr.meaning
        if isinstance(meaning, Duration) and meaning.role == "for" and not clause.present and not clause.perfect:
            return self._lasted(clause, t, when)
        if t.expr.until:
            if isinstance(meaning, Bound) and meaning.kind == "by":
                return replace(when, start=end, precision="day")
            story = self.timeline.before[clause.s.index]
            start = story.when.start if story and self._recent(story.when) else None
            return When(start if start and end and start <= end else None, end, when.basis, "range")
        if t.expr.since or not (start and end) or clause.perfect:
            end = end if t.expr.is_range else day or end
            start = start or first
        if start and end and end < start:
            end = start
        return When(start, end, when.basis, when.precision)

    def _lasted(self, clause: _Clause, t: Timed, when: When) -> When:
        """ "held it for two weeks": over by the report's date; from where the story stands, or up to what ended it."""
        days = t.expr.duration_days
        ends = [x for x in self.by_sentence[clause.s.index] if x.first > t.last and x.when.end and x.predicate is not None]
        before = [x for x in ends if "before" in {c.lower_ for c in clause.s.doc[x.predicate or 0].children}]
        if before and days is not None and (end := before[0].when.end):
            return When(end - timedelta(days=days), end, when.basis, "range")
        story = self.timeline.before[clause.s.index]
        if story and story.when.start and story.when.end and days is not None:
            if (story.when.end - story.when.start).days <= 31:
                return When(story.when.start, story.when.end + timedelta(days=days), when.basis, "range")
        return When(None, self.published.end if self.published else None, "over by the report's date", "open")

    def _stated(self, clause: _Clause, d: Draft, when: When) -> When:
        """By the date on which it was stated: a state was so then, what happened had happened by then."""
        if d.kind.is_state and not d.ends:
            return replace(when, start=when.start or when.end)
        if clause.goes_on or d.kind in GOES_ON:
            return when
        basis = f"by the day it was stated, {when.basis}"
        story = self.timeline.before[clause.s.index]
        start = story.when.start if story and story.when.end and self.published is None else None
        if start and story and story.when.end and when.end and when.start and start <= when.start <= start + NEWS:
            # In a text that tells day by day, what is newly reported has happened since the day told before.
            if (story.when.end - start).days <= 7:
                return When(start, when.end, basis, "range")
        return When(None, when.end, basis, "open")

    def _beside(self, clause: _Clause, d: Draft, t: Timed) -> When:
        """ "attacked the rebel-held town on Monday": held then; where it was taken, held until then."""
        if t.expr.since or t.expr.until:
            return self._untold(clause, d, None)
        if d.ends or clause.until_taken:
            return When(None, t.when.end, "until it changed", "open")
        return t.when

    # ------------------------------------------------------------------------------------------------- what is not told
    def _here(self, story: Story | None) -> When | None:
        """The day that tells from what the report speaks: its own, or where the story of an undated text stands."""
        return self.published or (story.when if story else None)

    def _recent(self, when: When) -> bool:
        """Of an undated text every date; of a report one of the last days."""
        if self.published is None or self.published.start is None:
            return True
        start = when.start or when.end
        return start is not None and start >= self.published.start - RECENT

    def _untold(self, clause: _Clause, d: Draft, story: Story | None) -> When:
        """By tense, the story's date and the report's."""
        here = self._here(story)
        moved = self.timeline.within[clause.s.index]
        if self.published is None and moved is not None and moved.first < d.token:
            here = moved.when
        first, day = (here.start, here.end) if here else (None, None)
        if d.kind.is_state:
            if d.ends or clause.until_taken:
                return When(None, day, "until it changed", "open")
            return When(first or day, day, "state on the report's date" if self.published else "where the story stands")
        past = not (clause.perfect or clause.reported or clause.goes_on or clause.s.role is Role.TITLE)
        if self.published is None:
            if not past or here is None:
                return When(None, day, "by where the story stands", "open")
            return replace(here, basis=f"the story's date, {here.basis}")
        if story and story.frame and clause.s.role is not Role.TITLE and not clause.perfect:
            return replace(story.when, basis=f"the date it stands under, {story.when.basis}")
        if past and story and clause.goes_on_with_story and story.when.start and not self._recent(story.when):
            return replace(story.when, basis=f"the story's date, {story.when.basis}")
        if past and story and self._recent(story.when) and story.when.start and day and story.when.start <= day:
            return When(story.when.start, day, f"since the story's date, {story.when.basis}", "range")
        on_going = clause.goes_on or (d.kind in GOES_ON and not clause.perfect)
        if on_going and first and clause.s.role is not Role.TITLE:
            return When(first, day, "going on at the report's date")
        return When(None, day, "by the report's date", "open")


class _Clause:
    """The clause of a draft's cue: its tense, and the expressions of time that belong to it."""

    def __init__(self, s: Sentence, d: Draft) -> None:
        self.s, self.token = s, d.token
        self.predicates = predicates(s)
        self.predicate = predicate_above(s, d.token, self.predicates)
        token = s.doc[d.token]
        self.background = token.dep_ in ("amod", "compound") or d.cue.form in ("compound", "attributive")
        verb = self.predicates.get(self.predicate) if self.predicate is not None else None
        clause = s.clause_of.get(verb) if verb is not None else None
        auxiliaries = clause.auxiliaries if clause else ()
        verbal = self.predicate == d.token
        self.perfect = "have" in auxiliaries
        self.past = verb is not None and (s.doc[verb].tag_ == "VBD" or "was" in auxiliaries)
        words = {c.lower_ for c in s.doc[self.predicate].children if c.dep_ in ("aux", "aux:pass", "cop")} if clause else set()
        tag = s.doc[verb].tag_ if verb is not None else ""
        self.present = bool(words & {"is", "are", "'re", "'s", "am", "has", "have"}) or (
            tag in ("VBZ", "VBP") and s.role is not Role.TITLE
        )
        progressive = verbal and tag == "VBG" and bool(words & {"is", "are", "was", "were", "'re", "'s"})
        self.goes_on = progressive or (self.present and not self.perfect and s.role is not Role.TITLE)
        self.until_taken = self.background and self._under_taking()
        self.reported = self._statement() is not None

    def _under_taking(self) -> bool:
        """ "retook the last ISIS-held town": it was held until it was taken."""
        t = self.s.doc[self.token]
        for _ in range(5):
            if t.head.i == t.i:
                return False
            t = t.head
            if self.s.lemma(t) in TAKING:
                return True
        return False

    @property
    def goes_on_with_story(self) -> bool:
        """True where the words tie it to what was told before: a pronoun, "then", "that attack"."""
        if self.predicate is None:
            return False
        subtree = self.s.doc[self.predicate].children
        return any(
            c.lower_ in ("then", "also", "later", "soon", "subsequently")
            or (c.dep_ in ("nsubj", "nsubj:pass", "obj") and (c.pos_ == "PRON" or any(g.lower_ in ("that", "this") for g in c.children)))
            for c in subtree
        )

    def since(self, t: Timed) -> bool:
        """ "since the operation began on 30 April, they have taken …": from then on."""
        if t.predicate is None or t.predicate == self.predicate or self.s.doc[t.predicate].dep_ != "advcl":
            return False
        return any(c.lower_ == "since" and c.dep_ == "mark" for c in self.s.doc[t.predicate].children)

    def after_conjunct(self, t: Timed) -> bool:
        """True where the date stands behind a verb before, to which this one is joined by "and"."""
        return (
            t.predicate is not None
            and self.predicate is not None
            and t.predicate < t.first < self.predicate
            and self.s.doc[self.predicate].dep_ == "conj"
        )

    def next_date(self, t: Timed, by_sentence: list[list[Timed]]) -> date | None:
        """The date of the verb joined next: "left it and came back in February"."""
        later = [x.when.end for x in by_sentence[self.s.index] if x.first > t.last and x.first > self.token]
        return later[0] if later else None

    def find(self, row: list[Timed], d: Draft) -> _Found | None:
        """The expression that dates the draft."""
        if not row:
            return None
        own = [t for t in row if self._own(t)]
        if own:
            if len(row) > 1 and d.place_sentence == d.sentence and d.place.first > d.token:
                # "seized A on Tuesday and B on Thursday": the date after the place
                behind = [t for t in row if 0 < t.first - d.place.last <= 3]
                if behind:
                    return _Found(min(behind, key=lambda t: t.first))
            return _Found(min(own, key=lambda t: abs(t.first - self.token)))
        return self._in_event(row) or self._since(row) or self._above(row) or self._fronted(row) or self._loose(row)

    def _own(self, t: Timed) -> bool:
        if self.token in t.above or t.event == self.token:
            return t.event in (None, self.token)
        return t.event is None and t.predicate is not None and t.predicate == self.predicate and not self._says(t.predicate)

    def _since(self, row: list[Timed]) -> _Found | None:
        found = [t for t in row if self.since(t) and self.s.doc[t.predicate or 0].head.i == self.predicate]
        return _Found(found[0]) if found else None

    def _in_event(self, row: list[Timed]) -> _Found | None:
        """ "the war of 2020, in which they took P"."""
        if self.predicate is None:
            return None
        which = [c for c in self.s.doc[self.predicate].children if c.tag_ in ("WDT", "WRB") and c.i < self.predicate]
        events = [t for t in row if t.event is not None and which and t.last < which[0].i <= t.last + 4]
        return _Found(events[-1]) if events else None

    def _above(self, row: list[Timed]) -> _Found | None:
        """Up the clauses: what the sentence shares over "and", before "capturing", under "said that"."""
        node = self.predicate
        for _ in range(6):
            if node is None:
                return None
            token = self.s.doc[node]
            dates = [t for t in row if t.first <= token.head.i <= t.last and t.predicate is not None]
            if dates and token.dep_ in ("acl:relcl", "acl", "ccomp"):
                # "announced on May 12 that …", "on Friday, when …": the clause hangs on the date itself
                return _Found(dates[0], stated=self._says(dates[0].predicate))
            if token.dep_ in ("acl:relcl", "acl"):
                # "P on the 26th, where they took the airport"
                beside = [t for t in row if token.head.i in t.above and t.first < token.i and not t.fronted]
                return _Found(beside[-1]) if beside and token.head.pos_ == "PROPN" else None
            if token.head.i == token.i:
                return None
            shared = token.dep_ in ("conj", "xcomp", "advcl", "parataxis", "ccomp", "csubj", "nsubj", "obl", "obj")
            if not shared:
                return None
            under_statement = token.dep_ in ("ccomp", "parataxis")
            node = predicate_above(self.s, token.head.i, self.predicates)
            if node is None:
                return None
            here = [t for t in row if t.predicate == node and t.event is None]
            if here:
                best = min(here, key=lambda t: abs(t.first - self.token))
                says = self._says(node) and (under_statement or token.dep_ == "xcomp")
                return _Found(best, stated=says)
        return None

    def _fronted(self, row: list[Timed]) -> _Found | None:
        if not row[0].fronted or (self.predicate is not None and aside(self.s, self.predicate) and not self.background):
            return None
        return _Found(row[0], stated=self.reported)

    def _loose(self, row: list[Timed]) -> _Found | None:
        """The sentence's only date, where no clause of its own and no event has it."""
        if len(row) != 1 or self.background:
            return None
        (t,) = row
        if t.event is not None or t.expr.of_event:
            return None
        if t.predicate is not None and (aside(self.s, t.predicate) or self.s.doc[t.predicate].dep_ == "advcl"):
            return None
        if self.predicate is not None and aside(self.s, self.predicate):
            return None
        if self._says(t.predicate):
            return _Found(t, stated=True)
        return _Found(t)

    def _statement(self) -> int | None:
        """The verb of saying that the clause hangs under."""
        node = self.predicate
        for _ in range(6):
            if node is None:
                return None
            token = self.s.doc[node]
            if token.head.i == token.i or token.dep_ in ("acl:relcl",):
                return None
            up = predicate_above(self.s, token.head.i, self.predicates)
            if up is not None and token.dep_ in ("ccomp", "parataxis", "xcomp") and self._says(up):
                return up
            node = up
        return None

    def _says(self, predicate: int | None) -> bool:
        return predicate is not None and lexis().has("say", self.s.lemma(predicate))


__all__ = ["Calendar", "Dated"]
