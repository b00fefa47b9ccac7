"""The clause of a claim's words: its tense, and the expression of time that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.draft import Draft
from whoholds.claims.sides.parties import MEANS
from whoholds.claims.times.clause_dates import ClauseDates
from whoholds.claims.times.words import EVENTS, Timed, aside, predicate_above
from whoholds.model import Kind

AGREEMENTS = lexis()["agreements"]
CARRIED_OUT = timedelta(days=31)
"""So soon after an agreement what it stipulates is mostly done."""
_ASIDE = 10
"""Tokens that may stand between a place and its date: "Afgooye, west of the capital, on Thursday"."""


@dataclass(frozen=True, slots=True)
class Found:
    timed: Timed
    stated: bool = False
    """It is the date of the statement, not of what is stated."""
    after: bool = False
    """It is the date of something that came before: "secured P after troops had landed on 12 May"."""


class CueClause(ClauseDates):
    """The clause of a draft's cue: its tense, and the expressions of time that belong to it."""

    def find(self, row: list[Timed], d: Draft) -> Found | None:
        """The expression that dates the draft."""
        row = [t for t in row if not t.expr.of_event or self._is_event(t)]
        row = [t for t in row if not (self.in_brackets(t, d) or self.of_next(t, d) or self.of_item_before(t, d))]
        row = self._of_statement(row)
        if not row:
            return None
        own = [t for t in row if self._own(t)]
        begun = None if own else self.begun_in(row)
        if begun is not None:
            return Found(begun)
        if own:
            if len(row) > 1 and d.place_sentence == d.sentence and d.place.first > d.token:
                behind = self._behind_place(row, own, d)
                if behind is not None:
                    return Found(behind)
            # "at dawn the next day": the day says more
            nearest = min(own, key=lambda t: (t.is_length, t.expr.time_of_day, abs(t.first - self.token)))
            return Found(self.with_next(row, nearest))
        return (
            self._in_event(row)
            or self._before_when(row)
            or self._since(row)
            or self._above(row)
            or self._when(row)
            or self._fronted(row)
            or self._agreed(row)
            or self._after(row)
            or self._said_behind(row)
            or self._loose(row)
        )

    def _behind_place(self, row: list[Timed], own: list[Timed], d: Draft) -> Timed | None:
        """ "seized A on Tuesday and B on Thursday", "A in May, and B, west of C, in June": the date after the place.

        Further than beside it only where another place of the list has its own date before it.
        """
        listed = any(self.token < t.first < d.place.first for t in own)
        for t in sorted(row, key=lambda t: t.first):
            if t.first <= d.place.last or t.is_length:
                continue
            between = self.s.doc[d.place.last + 1 : t.first]
            plain = not any(x.pos_ in ("VERB", "AUX") or x.text in (";", ":") for x in between)
            near = len(between) < 3 and not any(x.pos_ == "AUX" for x in between)
            if near or (listed and len(between) <= _ASIDE and plain):
                return t
        return None

    def _is_event(self, t: Timed) -> bool:
        """ "a week after the fall of P": the day of the fall, not of what came a week after."""
        if self.token == t.event or (t.event is None and t.predicate == self.predicate):
            return True
        # "five weeks after rebels stormed P and held its barracks", of the holding
        verb = self.s.doc[self.predicate] if self.predicate is not None else None
        if verb is None or verb.dep_ != "conj" or t.event is not None or t.predicate is None:
            return False
        return t.predicate == verb.head.i and t.first < t.predicate

    def _own(self, t: Timed) -> bool:
        if t.event is not None and self._meets(t.event):
            return True
        if t.is_length and t.first == self.token + 1:
            # "in their hands for a year", wherever the parser hangs it
            return True
        if t.event is not None and (noun := self.s.doc[t.event]).head.i == self.token and noun.dep_ == "obj":
            return self.cue_kind is Kind.CONTESTS  # "launched an assault on 14 May", the date hung on the noun
        if t.event is not None and self._by_means_of(self.s.doc[t.event]):
            return True
        if self.token in t.above or t.event == self.token:
            return t.event in (None, self.token)
        return (
            t.event is None
            and t.predicate is not None
            and t.predicate == self.predicate
            and not self._says(t.predicate)
        )

    def _by_means_of(self, event: Token) -> bool:
        """ "seized P in a surprise raid in March": the day of the raid."""
        return event.dep_ == "obl" and event.head.i == self.predicate and preposition(event) in MEANS

    def _meets(self, event: int) -> bool:
        """ "an attack in May was repelled", "repelled the assault of Monday"."""
        noun = self.s.doc[event]
        repels = self.cue_kind is Kind.REPELS and noun.head.i == self.predicate
        return repels and noun.dep_ in ("nsubj", "nsubj:pass", "obj")

    def _when(self, row: list[Timed]) -> Found | None:
        """ "When the garrison left on 3 May, rebels took P": the date of the clause that opens the scene."""
        found = [t for t in row if t.predicate is not None and self._opens_scene(self.s.doc[t.predicate])]
        return Found(found[0]) if found else None

    def _opens_scene(self, token: Token) -> bool:
        if token.dep_ != "advcl" or token.head.i != self.predicate or token.i > token.head.i:
            return False
        return any(c.lower_ in ("when", "as", "once", "after") for c in token.children)

    def _before_when(self, row: list[Timed]) -> Found | None:
        """ "slipped from their grip on 3 May when the garrison was overrun": the nearest date before "when".

        By the order of the words alone, since the parser often loses which of the two verbs is the main one.
        """
        doc = self.s.doc
        for t in sorted(row, key=lambda t: -t.first):
            when = next((x.i for x in doc[t.last + 1 : t.last + 3] if x.lower_ == "when"), None)
            if when is None or not when < self.token:
                continue
            between = doc[when + 1 : self.token]
            if not any(x.text in (";", ":") or x.lower_ in ("when", "who", "which", "that") for x in between):
                return Found(t)
        return None

    def _agreed(self, row: list[Timed]) -> Found | None:
        """ "handed over under the truce signed in May": carried out from then on."""
        for t in row:
            if t.predicate is None or t.predicate in (self.predicate, self.token) or not t.predicate < t.first:
                continue
            before = self.s.doc[max(0, t.predicate - 5) : t.predicate]
            if any(self.s.lemma(x) in AGREEMENTS for x in before) and any(x.lower_ == "under" for x in before):
                end = t.when.end + CARRIED_OUT if t.when.end else None
                return Found(replace(t, when=replace(t.when, end=end)), after=True)
        return None

    def _after(self, row: list[Timed]) -> Found | None:
        """ "secured P after troops had landed on 12 May": since that day."""
        for t in row:
            verb = self.s.doc[t.predicate] if t.predicate is not None else None
            if verb is None or verb.dep_ != "advcl" or verb.i < self.token or t.is_length or t.event is not None:
                continue
            if any(c.lower_ == "after" and c.dep_ == "mark" for c in verb.children) and not self._within(verb):
                return Found(replace(t, when=replace(t.when, end=None)), after=True)
        return None

    def _said_behind(self, row: list[Timed]) -> Found | None:
        t = self.said_behind(row)
        return Found(t, stated=True) if t else None

    def _within(self, verb: Token) -> bool:
        """True where the cue stands in that clause itself."""
        return any(x.i == verb.i for x in (self.s.doc[self.token], *self.s.doc[self.token].ancestors))

    def _of_statement(self, row: list[Timed]) -> list[Timed]:
        """Without the dates of other statements: "Bor: army; attack on 2 March repulsed".

        A date before the semicolon holds after it too, where that has none of its own.
        """

        def number(i: int) -> int:
            return sum(x.text == ";" for x in self.s.doc[:i])

        here = number(self.token)
        row = [t for t in row if number(t.first) <= here]
        own = [t for t in row if number(t.first) == here and not self._other_aside(t)]
        return own or row

    def _other_aside(self, t: Timed) -> bool:
        """ "lost P in April; they fled to Q, which the army entered on the 30th": a date of a clause below this one."""
        if t.predicate is None or t.predicate == self.predicate or not aside(self.s, t.predicate):
            return False
        return self.predicate in {x.i for x in self.s.doc[t.predicate].ancestors}

    def _since(self, row: list[Timed]) -> Found | None:
        found = [
            t
            for t in row
            if self.since(t) and t.predicate is not None and self.s.doc[t.predicate].head.i == self.predicate
        ]
        return Found(found[0]) if found else None

    def _in_event(self, row: list[Timed]) -> Found | None:
        """ "the war of 2020, in which they took P"."""
        if self.predicate is None:
            return None
        which = [c for c in self.s.doc[self.predicate].children if c.tag_ in ("WDT", "WRB") and c.i < self.predicate]
        events = [t for t in row if t.event is not None and which and t.last < which[0].i <= t.last + 4]
        return Found(events[-1]) if events else None

    def _above(self, row: list[Timed]) -> Found | None:
        """Up the clauses: what the sentence shares over "and", before "capturing", under "said that"."""
        node = self.predicate
        for _ in range(6):
            if node is None:
                return None
            token = self.s.doc[node]
            dates = [t for t in row if t.first <= token.head.i <= t.last and t.predicate is not None]
            cleft = bool(dates) and dates[0].predicate == token.head.i
            if dates and (cleft or token.dep_ in ("acl:relcl", "acl", "ccomp")):
                # "announced on May 12 that …", "on Friday, when …": the clause hangs on the date itself
                return Found(dates[0], stated=self._says(dates[0].predicate))
            infinitive = any(c.lower_ == "to" and c.dep_ == "mark" for c in token.children)
            if token.dep_ == "acl:relcl" and self._tells_on(token):
                node = predicate_above(self.s, token.head.i, self.predicates)
                here = [t for t in row if node is not None and t.predicate == node and t.event in (None, token.head.i)]
                here = [t for t in here if not (t.since or t.until or t.is_length)]
                return Found(min(here, key=lambda t: abs(t.first - self.token))) if here else None
            if token.dep_ in ("acl:relcl", "acl") and not infinitive:
                # "P on the 26th, where they took the airport"
                beside = [t for t in row if token.head.i in t.above and t.first < token.i and not t.fronted]
                return Found(beside[-1]) if beside and token.head.pos_ == "PROPN" else None
            if token.head.i == token.i:
                return None
            shared = infinitive or token.dep_ in (
                "conj",
                "xcomp",
                "advcl",
                "parataxis",
                "ccomp",
                "csubj",
                "nsubj",
                "obl",
                "obj",
            )
            if not shared:
                return None
            under_statement = token.dep_ in ("ccomp", "parataxis")
            node = predicate_above(self.s, token.head.i, self.predicates)
            if node is None:
                return None
            once = token.dep_ == "conj" and not self.perfect
            here = [t for t in row if t.predicate == node and t.event is None and (t.fronted or not (once and t.since))]
            if not self.cue_kind.is_state and aside(self.s, node):
                # "rebels, who had held P until May, attempted a raid on Q", the attempt hung on the holding
                here = [t for t in here if not t.until]
            if here:
                best = min(here, key=lambda t: (t.is_length, abs(t.first - self.token)))
                says = self._says(node) and (under_statement or token.dep_ == "xcomp")
                return Found(best, stated=says)
        return None

    def _tells_on(self, verb: Token) -> bool:
        """ "On Friday they attacked P, which they overran", "… by attacks, which were repelled": what came next.

        Told otherwise such a clause is background: "retook P, which rebels captured".
        """
        if self.perfect or self.s.doc[verb.i].tag_ not in ("VBD", "VBN"):
            return False
        if not any(c.text == "," and c.i < verb.i for c in verb.children):
            return False
        if self.cue_kind is Kind.REPELS:
            return any(x.pos_ == "NOUN" and self.s.lemma(x) in EVENTS for x in (verb.head, *verb.head.ancestors))
        return any(c.dep_ == "nsubj" and c.lower_ in ("they", "it", "he", "she") for c in verb.children)

    def _fronted(self, row: list[Timed]) -> Found | None:
        if not row[0].fronted or (self.predicate is not None and aside(self.s, self.predicate) and not self.background):
            return None
        announced = self.token != self.predicate and self._says(self.predicate)
        if announced and (behind := [t for t in row if t.first > self.token and t.predicate == self.predicate]):
            return Found(behind[0])  # "On Monday they announced the fall of P on Friday"
        # "On Monday they announced the capture of P": the day of the announcement
        return Found(row[0], stated=self.reported or announced)

    def _loose(self, row: list[Timed]) -> Found | None:
        """The sentence's only date, where no clause of its own and no event has it."""
        if len(row) != 1 or self.background:
            return None
        (t,) = row
        if t.event is not None or t.expr.of_event:
            return None
        if t.since and t.predicate != self.predicate and not self.cue_kind.is_state:
            # "kept up its siege, in place since May, and attacked P"
            return None
        above = {x.i for x in self.s.doc[self.token].ancestors}
        other = t.predicate if t.predicate not in above else None
        if other is not None and (aside(self.s, other) or self.s.doc[other].dep_ in ("advcl", "ccomp")):
            return None
        if self.predicate is not None and aside(self.s, self.predicate):
            return None
        if self._says(t.predicate):
            return Found(t, stated=True)
        # "The enemy is trying to take P; fighting has lasted since May"
        return None if self.now and t.predicate != self.predicate else Found(t)
