"""What the dates in a claim's sentence are to its clause: its start, its end, its length, that of the verb before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from whoholds.annotate.times.meaning import Duration
from whoholds.annotate.times.numbers import DAYS_IN
from whoholds.annotate.trees.tree import Token
from whoholds.claims.draft import Draft
from whoholds.claims.frames.rosters import BREAK
from whoholds.claims.times.tense import ClauseTense
from whoholds.claims.times.words import Timed, predicate_above
from whoholds.model import When

_BEGINNING = frozenset(["begin", "start", "erupt", "open"])
_ENDING = frozenset(["end", "conclude", "culminate", "finish"])


def day_of(row: list[Timed], verb: int | None, *, first: bool = False) -> date | None:
    """The last day, or the first, that a sentence tells of one of its verbs."""
    days = (t.when.start if first else t.when.end for t in row if t.predicate == verb)
    return next((day for day in days if day), None) if verb is not None else None


def _of_another(verb: Token) -> bool:
    """True where a verb has a subject of its own that is no pronoun."""
    return any(c.dep_ in ("nsubj", "nsubj:pass") and c.pos_ != "PRON" for c in verb.children)


class ClauseDates(ClauseTense):
    """Questions about one clause and an expression of time in its sentence."""

    def since(self, t: Timed) -> bool:
        """ "since the operation began on 30 April, they have taken …": from then on."""
        if t.predicate is None or t.predicate == self.predicate or self.s.doc[t.predicate].dep_ != "advcl":
            return False
        return any(c.lower_ == "since" and c.dep_ == "mark" for c in self.s.doc[t.predicate].children)

    def begun_in(self, row: list[Timed]) -> Timed | None:
        """ "its assault on P, which began in April": since then."""
        for t in row:
            verb = self.s.doc[t.predicate] if t.predicate is not None else None
            if verb is None or verb.dep_ not in ("acl:relcl", "acl"):
                continue
            if self.token not in (verb.head.i, verb.head.head.i if verb.head.dep_ == "nmod" else None):
                continue
            if self.s.lemma(verb) in ("begin", "start") and t.event is None and not t.is_length:
                return replace(t, when=replace(t.when, end=None), bound="since")
        return None

    def with_next(self, row: list[Timed], t: Timed) -> Timed:
        """ "captured twice, in 2015 and in 2016": from the one to the other."""
        after = next((x for x in row if x.first > t.last), None)
        if after is None or t.is_length or after.is_length or after.when.precision != t.when.precision:
            return t
        between = [x.lower_ for x in self.s.doc[t.last + 1 : after.first]]
        start, end = t.when.start, after.when.end
        if between[:1] != ["and"] or len(between) > 2 or t.since or t.until or not start or not end or end < start:
            return t
        return replace(t, when=replace(t.when, end=end, precision="range"))

    def in_brackets(self, t: Timed, d: Draft) -> bool:
        """True for a date in brackets that belongs to another place: "A (since May), B (in June) and C"."""
        doc = self.s.doc
        i = t.first - 1
        while i > 0 and doc[i].pos_ in ("ADP", "SCONJ", "DET"):
            i -= 1
        if i < 1 or doc[i].text != "(" or d.place_sentence != d.sentence or doc[i - 1].pos_ != "PROPN":
            return False
        return not d.place.first <= i - 1 <= d.place.last and i - 1 > self.token

    def of_next(self, t: Timed, d: Draft) -> bool:
        """True for the date of B in "hold A and, since May, B", of A."""
        doc = self.s.doc
        i = t.first - 1
        while i > 0 and doc[i].pos_ in ("ADP", "SCONJ"):
            i -= 1
        if i < 1 or doc[i].text != "," or doc[i - 1].lower_ != "and" or t.last + 2 >= len(doc):
            return False
        lists = doc[t.last + 1].text == "," and (
            doc[t.last + 2].pos_ == "PROPN" or [x.lower_ for x in doc[t.last + 2 : t.last + 4]] == ["most", "of"]
        )
        return lists and d.place_sentence == d.sentence and self.token < d.place.first <= d.place.last < i

    def of_item_before(self, t: Timed, d: Draft) -> bool:
        """True for the date of A in "A since January, B and now C", of B and C."""
        doc = self.s.doc
        if not (t.since and d.kind.is_state) or d.place_sentence != d.sentence or not t.last < d.place.first:
            return False
        between = doc[t.last + 1 : d.place.first]
        listed = all(x.pos_ in ("PROPN", "PUNCT", "CCONJ", "DET") or x.lower_ == "now" for x in between)
        follows = len(between) > 0 and between[0].text in (",", "and")
        return listed and follows and doc[t.first - 1].pos_ == "PROPN"

    def said_behind(self, row: list[Timed]) -> Timed | None:
        """Of "They have taken P, an official said on Monday", where the saying was hung on what is said, the Monday."""
        for t in row:
            verb = self.s.doc[t.predicate] if t.predicate is not None and self._says(t.predicate) else None
            behind = verb is not None and verb.dep_ in ("ccomp", "parataxis") and verb.head.i < verb.i
            if behind and verb is not None and verb.head.i == self.predicate:
                return t
        return None

    def hangs_on(self, t: Timed) -> bool:
        """True where the clause is one of the date itself: "on Friday, when …", "since May, when they tried to …"."""
        node = self.s.doc[self.predicate] if self.predicate is not None else None
        while node is not None:
            if any(t.last < c.i <= t.last + 3 and c.lower_ == "when" for c in node.children):
                return True
            node = node.head if node.dep_ in ("xcomp", "conj") and node.head.i != node.i else None
        return False

    def begun(self, row: list[Timed]) -> date | None:
        """Of "took P in May and held it until June", "took P, which they held until June, in May" the start of what
        came before."""
        if self.predicate is None or self.s.doc[self.predicate].dep_ not in ("conj", "acl:relcl"):
            return None
        before = predicate_above(self.s, self.s.doc[self.predicate].head.i, self.predicates)
        starts = [t.when.start for t in row if t.predicate == before and t.event is None and not t.until]
        return starts[0] if starts else None

    def left_on(self, row: list[Timed]) -> date | None:
        """Of "rebels, who held P for ten months, left it on Monday", "left on Monday after holding it for a month" the
        Monday."""
        verb = self.s.doc[self.predicate] if self.predicate is not None else None
        after = verb is not None and verb.dep_ == "advcl" and any(c.lower_ == "after" for c in verb.children)
        if self.predicate is None or verb is None or not (after or verb.dep_ == "acl:relcl"):
            return None
        main = predicate_above(self.s, self.s.doc[self.predicate].head.i, self.predicates)
        if self._says(main):
            return None
        ends = (t.when.end for t in row if t.predicate == main and t.event is None and not t.is_length and not t.until)
        return next((end for end in ends if end), None)

    def until_date(self, row: list[Timed]) -> date | None:
        """Of "ruled P until the army took it in May" the May."""
        return day_of(row, self.until_clause)

    def for_days(self, row: list[Timed]) -> int | None:
        """Days of "for a month" beside the predicate."""
        lengths = (t for t in row if t.predicate == self.predicate and isinstance(t.expr.meaning, Duration))
        return next((t.expr.duration_days for t in lengths if getattr(t.expr.meaning, "role", "") == "for"), None)

    def length(self, row: list[Timed]) -> int | None:
        """Days of "two weeks of siege", "a siege of two weeks", "a two-week siege", where the cue is that noun."""
        for t in row:
            m = t.expr.meaning
            if not isinstance(m, Duration):
                continue
            of = t.above[:1] and (t.above[0] == self.token or self.s.doc[t.above[0]].head.i == self.token)
            if of or t.first <= self.s.doc[self.token].head.i <= t.last:
                return m.count.low * DAYS_IN[m.unit]  # of "days of clashes" what there was at least
        return None

    def in_cell(self, t: Timed) -> bool:
        """True for a date in a cell of its own of a table's row: "Bol | army | 4 May"."""
        a, b = (x - self.s.span.start for x in (t.expr.span.start, t.expr.span.end))
        text = self.s.text
        breaks = list(BREAK.finditer(text))
        return len(breaks) > 1 and any(m.end() == a for m in breaks) and BREAK.match(text[b:] + "  ") is not None

    def ends_it(self) -> bool:
        """ "ended with the withdrawal"."""
        head = self.s.doc[self.token].head
        return self.s.lemma(head) in _ENDING

    def course(self, row: list[Timed]) -> When | None:
        """All days of "the siege began on 3 May and ended on 9 June", "which began in May, ended in June"."""
        noun = self.s.doc[self.token]
        verb = noun.head
        if self.predicate != verb.i or noun.dep_ not in ("nsubj", "nsubj:pass"):
            return None
        # Of "the siege of P by the army, which began in May" the parser gives the clause to the army.
        below = [
            *(c for c in verb.children if c.dep_ == "conj"),
            *(c for c in noun.subtree if c.dep_ == "acl:relcl"),
        ]
        both = [verb, *(c for c in below if not _of_another(c))]
        begun = day_of(row, next((v.i for v in both if self.s.lemma(v) in _BEGINNING), None), first=True)
        ended = day_of(row, next((v.i for v in both if self.s.lemma(v) in _ENDING), None))
        return When(begun, ended, "", "range") if begun and ended and begun <= ended else None

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
