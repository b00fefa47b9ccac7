"""All expressions of time in a report, resolved in order, with the words they hang on and where the story stands.

The *story's date* is the day that the telling has reached: the last date of a main clause in the past. A date in the
background ("which had fallen in 2014", "since May") does not move it. "The next day" is counted from it, and in a text
without a date of its own what is told next happens then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from spacy.tokens import Token

from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.times import TimeExpression, resolve_time
from whoholds.annotate.times.meaning import Bound, Calendar, Duration, Shift
from whoholds.annotate.words import lexis
from whoholds.model import Role, When
from whoholds.resolve.dates import story_year

EVENTS = lexis()["events"]
"""Nouns of what happens: a date beside one is its own ("the ceasefire of May"), not the verb's above."""
SOON = timedelta(days=31)
"""So little after the day told last, what "had happened" moves the story on: "By 28 June they had captured …"."""
NEAR = 4
"""Days before the report for which the story's date holds beyond its paragraph."""
_ASIDE = frozenset(["acl:relcl", "acl", "advcl:relcl", "amod", "appos"])


@dataclass(frozen=True, slots=True)
class Timed:
    """An expression of time in its sentence."""

    expr: TimeExpression
    when: When
    first: int
    last: int
    above: tuple[int, ...]
    """The words above it, up to and with its predicate."""
    predicate: int | None
    """The verb, or the noun or adjective beside "be", whose clause it stands in."""
    event: int | None
    """The noun of what happens that stands between ("the fall of P in May")."""
    fronted: bool
    """It opens the sentence, and so holds for all of its main clauses."""
    bound: str = ""
    """since or until, where an event stands between: "since the coup of 2002"."""

    @property
    def since(self) -> bool:
        """True where it gives the start of something that goes on."""
        return self.expr.since or self.bound == "since"

    @property
    def until(self) -> bool:
        """True where it gives the end of something."""
        return self.expr.until or self.bound == "until"

    @property
    def is_length(self) -> bool:
        """True for a length of time ("for two weeks", "a six-month siege"); a date beside it says when."""
        return isinstance(self.expr.meaning, Duration)


@dataclass(frozen=True, slots=True)
class Story:
    """Where the telling stands before a sentence."""

    when: When
    section: int
    frame: bool = False
    """A heading, or a date by itself ("24 Dec."), set it: what follows happened then, however long ago."""
    heading: bool = False


class Timeline:
    """The expressions of each sentence, and the story's date before each."""

    def __init__(self, document: Document, published: When | None) -> None:
        self.document, self.published = document, published
        self.by_sentence: list[list[Timed]] = []
        self.before: list[Story | None] = []
        self.within: list[Timed | None] = []
        """The date to which each sentence moves the story, if any."""
        year = story_year(document.report) if published is None else None
        self._previous: When | None = year
        self._story: Story | None = Story(year, -1) if year else None
        for s in document.sentences:
            self._read(s)
        if year:
            self._up_to_first_day(year)

    def _read(self, s: Sentence) -> None:
        story = self._story
        if story and story.section != s.section and not self._reaches(story):
            story = None
        self.before.append(story)
        preds = predicates(s)
        row: list[Timed] = []
        inside: When | None = None
        moved: Timed | None = None
        for expr in s.times:
            place = s.token_range(expr.span)
            if place is None:
                continue
            timed = self._onward(_place(s, expr, place, preds))
            when = self._resolve(s, timed, inside, preds)
            if when is None:
                continue
            timed = replace(timed, when=when)
            row.append(timed)
            if expr.can_anchor and (when.start or when.end):
                inside = when
            if self._moves(s, timed, preds) and (moved is None or not moved.fronted):
                moved = timed
        self.by_sentence.append(row)
        self.within.append(moved)
        if moved is not None:
            when = moved.when
            if moved.expr.until:
                # "By 12 May they had … The next day": the day is where the story stands
                when = self._of_bound(moved) or replace(when, start=when.end, precision="day")
            self._previous = when
            self._story = Story(when, s.section, stands_alone(s, moved), s.role is Role.HEADING)
        elif inside is not None and (self.published is not None or self._goes_on(inside)):
            self._previous = inside

    def _up_to_first_day(self, period: When) -> None:
        """A story without a date goes forward: what it tells before its first day lies between that and its period's
        start. The lead that says what it is about ("The battle of P was …") speaks of all of it.
        """
        first = next((t.when.end for t in self.within if t and t.when.end), None)
        if first is None or period.start is None or period.end is None or not period.start < first < period.end:
            return
        upto = replace(period, end=first, precision="range", basis=f"before the first day told, {period.basis}")
        lead = self.document.sentences[0].section if _defines(self.document.sentences[0]) else None
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

    def _resolve(self, s: Sentence, t: Timed, inside: When | None, preds: dict[int, int]) -> When | None:
        previous = inside or self._previous
        if t.expr.time_of_day and self.published is not None:
            # Of the day told last in the sentence, or of the day that it stands under ("5 Dec. … by noon").
            previous = inside or (self._story.when if self._story and self._story.frame else None)
        past = t.predicate is None or not _is_future(s, preds[t.predicate])
        if self.published is None and previous and previous.end and _without_year(t.expr) and _looks_back(s, t, preds):
            # "On 8 September 2022 they took P, which had been held since March": of the months before
            day = When(previous.end, previous.end)
            soon = resolve_time(t.expr, published=None, previous=previous)
            first = (soon.end if t.expr.until else soon.start) if soon else None
            if soon and first and soon.precision != "month" and timedelta(0) <= first - previous.end <= SOON:
                return soon
            return resolve_time(t.expr, published=day, previous=None)
        return resolve_time(t.expr, published=self.published, previous=previous, past=past)

    def _moves(self, s: Sentence, t: Timed, preds: dict[int, int]) -> bool:
        """True where the story goes on from this date."""
        by = t.until and t.when.end is not None and (t.fronted or _when_follows(s, t))
        if not (t.expr.can_anchor or by) or not (t.when.start or t.when.end):
            return False
        if self.published is not None and s.role in (Role.TITLE, Role.CAPTION):
            return False
        if t.predicate is None or t.predicate not in preds:
            return t.fronted or stands_alone(s, t)
        if t.event is not None and not t.fronted:
            return False
        clause = s.clause_of[preds[t.predicate]]
        if not t.fronted and ("have" in clause.auxiliaries or aside(s, t.predicate)):
            return False
        return not _is_future(s, preds[t.predicate])


def predicates(s: Sentence) -> dict[int, int]:
    """The head of each clause → the verb by which the sentence lists it; they differ beside "be"."""
    found: dict[int, int] = {}
    for clause in s.clauses:
        token = s.doc[clause.verb]
        found[token.head.i if token.dep_ == "cop" else token.i] = clause.verb
    return found


def predicate_above(s: Sentence, i: int, preds: dict[int, int]) -> int | None:
    """The nearest predicate at or above a token."""
    token = s.doc[i]
    while token.i not in preds:
        if token.head.i == token.i:
            return None
        token = token.head
    return token.i


def aside(s: Sentence, predicate: int) -> bool:
    """True within a relative clause or a modifier: the background of what is told."""
    token = s.doc[predicate]
    while token.head.i != token.i:
        lost = token.dep_ == "acl" and token.head.dep_ == "ROOT" and token.head.pos_ == "NOUN"
        # A sentence whose root is its subject: the parser took its verb for a participle.
        if token.dep_ in _ASIDE and not lost:
            return True
        token = token.head
    return False


def _place(s: Sentence, expr: TimeExpression, place: tuple[int, int], preds: dict[int, int]) -> Timed:
    first, last = place
    inside = range(first, last + 1)
    head = next((s.doc[i] for i in inside if s.doc[i].head.i not in inside), s.doc[first])
    above: list[int] = []
    event: int | None = None
    token, predicate = head, head.i if head.i in preds and preds[head.i] != head.i else None
    while predicate is None and token.head.i != token.i:
        token = token.head
        above.append(token.i)
        if token.i in preds and not _adverbial(token) and not _purpose(token):
            predicate = token.i
        elif event is None and token.pos_ == "NOUN" and s.lemma(token) in EVENTS and not _plans(token, above):
            event = token.i
    if predicate is not None and (beyond := _behind_comma(s, first, predicate, preds)) is not None:
        predicate, event = beyond, None
    if expr.of_event:
        # "two days after it fell", "a week after the fall of P": the day of what comes next, not of what stands above
        found = _event_after(s, last, preds)
        if found is not None:
            above, predicate, event = [*found], predicate_above(s, found[0], preds), found[0]
            event = None if event == predicate else event
    bound = "" if expr.since or expr.until else _event_bound(s, above, predicate)
    if event is not None and (bound or (event > last and (expr.since or expr.until))):
        # "since the coup of 2002", "before the 28 June election": the day is the bound of what the verb says
        event = None
    return Timed(expr, When(None, None), first, last, tuple(above), predicate, event, _is_fronted(s, first), bound)


_BOUNDS = {"since": "since", "until": "until", "till": "until"}


def _event_bound(s: Sentence, above: list[int], predicate: int | None) -> str:
    """since or until, where that stands before an event that the date is of."""
    for i in above:
        if i == predicate:
            break
        words = (c.lower_ for c in s.doc[i].children if c.dep_ in ("case", "mark") and c.i < i)
        if found := next((_BOUNDS[w] for w in words if w in _BOUNDS), ""):
            return found if s.lemma(s.doc[i]) in EVENTS or any(s.lemma(s.doc[j]) in EVENTS for j in above) else ""
    return ""


def _adverbial(token: Token) -> bool:
    """ "unopposed", "without fighting": no clause that a date could be of."""
    children = {c.dep_ for c in token.children}
    if children & {"nsubj", "nsubj:pass", "obj", "aux", "aux:pass", "cop"}:
        return False
    without = any(c.lower_ == "without" and c.dep_ in ("mark", "case") for c in token.children)
    return without or (token.dep_ in ("amod", "acl", "advcl", "xcomp") and token.lower_.startswith("un"))


def _without_year(expr: TimeExpression) -> bool:
    inner = expr.meaning.of if isinstance(expr.meaning, Bound) else expr.meaning
    return isinstance(inner, Calendar) and inner.month is not None and inner.year is None and not expr.anchored


def _looks_back(s: Sentence, t: Timed, preds: dict[int, int]) -> bool:
    """True for "since March" and for what had happened before."""
    if t.since:
        return True
    return t.predicate is not None and "have" in s.clause_of[preds[t.predicate]].auxiliaries and not t.fronted


def _purpose(token: Token) -> bool:
    """ "began an offensive to take P on 3 May": the day is when it began."""
    return token.dep_ in ("advcl", "acl") and any(c.lower_ == "to" and c.dep_ == "mark" for c in token.children)


def _plans(noun: Token, below: list[int]) -> bool:
    """ "began a drive to take P on 3 May": the day came up from the purpose, past the noun."""
    return any(c.i in below and _purpose(c) for c in noun.children)


def _behind_comma(s: Sentence, first: int, predicate: int, preds: dict[int, int]) -> int | None:
    """ "took P, the town that they still had, before dawn on Friday": the comma ends the aside before the date."""
    comma = first - 1
    while comma > predicate and (
        s.doc[comma].pos_ in ("ADP", "DET", "ADV") or s.doc[comma].lower_ in ("early", "late")
    ):
        comma -= 1
    if comma <= predicate or s.doc[comma].text != ",":
        return None
    token = s.doc[predicate]
    while token.dep_ not in _ASIDE:
        if token.head.i == token.i:
            return None
        token = token.head
    before = predicate_above(s, token.head.i, preds)
    return before if before is not None and not aside(s, before) else None


def _event_after(s: Sentence, last: int, preds: dict[int, int]) -> list[int] | None:
    for token in s.doc[last + 1 : last + 9]:
        if token.pos_ == "PUNCT":
            return None
        if token.i in preds or (token.pos_ == "NOUN" and s.lemma(token) in EVENTS):
            return [token.i]
    return None


def _is_fronted(s: Sentence, first: int) -> bool:
    return all(_light(token) for token in s.doc[:first])


def _light(token: Token) -> bool:
    return token.pos_ in ("PUNCT", "CCONJ", "ADP", "DET", "SYM", "SPACE") or token.lower_ in (
        *("then", "later", "also", "however", "meanwhile", "early", "late", "finally"),
    )


def stands_alone(s: Sentence, t: Timed) -> bool:
    """True for a date that is a sentence by itself, and for a heading with one."""
    if s.role is Role.HEADING:
        return t.when.precision == "day"
    after = s.doc[t.last + 1] if t.last + 1 < len(s.doc) else None
    if after is not None and t.fronted and after.text in (":", "–", "—"):
        # "- 20 May: the garrison flees"
        return True
    if after is not None and t.first == 0 and t.expr.text.endswith(".") and after.text[:1].isupper():
        # "20 Dec. Troops seize the town"
        return True
    return all(token.is_punct or t.first <= token.i <= t.last or _light(token) for token in s.doc)


def _defines(s: Sentence) -> bool:
    """ "The siege of P was a military operation …"."""
    root = next((token for token in s.doc if token.head.i == token.i), None)
    if root is None or not any(c.dep_ == "cop" for c in root.children):
        return False
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    return subject is not None and s.lemma(subject) in EVENTS


def _when_follows(s: Sentence, t: Timed) -> bool:
    """ "until late June, when they left"."""
    return any(token.lower_ == "when" for token in s.doc[t.last + 1 : t.last + 3])


def _is_future(s: Sentence, verb: int) -> bool:
    clause = s.clause_of.get(verb)
    return clause is not None and bool({"will", "shall"} & set(clause.auxiliaries))
