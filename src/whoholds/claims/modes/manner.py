"""How the words of a frame say it: the kind that they come to, the mode, and how the voice stands to it."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import is_time, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.modes.mode import read_mode
from whoholds.claims.modes.words import FUTURE, SUBJECT, is_none, is_over, worse
from whoholds.claims.sides.parties import Parties
from whoholds.claims.sides.slot_actors import SlotActors
from whoholds.claims.voices.voice import Attribution
from whoholds.model import Kind, Mode, Stance

STRIVES = lexis()["strives"]
TRIES = lexis()["tries"]
BLOWS = lexis()["single_attacks"]
LITTLE = frozenset(["little", "hardly", "scant", "token", "any", "barely"])


def _came_by(t: Token) -> bool:
    """ "P was theirs by nightfall", "They were in P by noon": they had not been before."""
    was = any(c.lower_ in ("was", "were") and c.dep_ == "cop" for c in t.children)
    return was and any(is_time(c) and preposition(c) == "by" for c in t.children)


def _assailed(s: Sentence, t: Token) -> bool:
    """ "will attack P, the last stronghold", "may storm their base in P": what somebody sets out against is there."""
    over = t.head if t.dep_ in ("conj", "appos") else t
    return over.dep_ == "obj" and lexis().has("assails", s.lemma(over.head))


def _is_now(t: Token) -> bool:
    return any(c.lower_ in ("is", "are") for c in t.children if c.dep_ in ("aux", "aux:pass"))


def _could(t: Token) -> bool:
    """ "could be in P by May", "would have been in P": not there, or not yet; "may be in P" they are perhaps."""
    return any(c.lower_ in ("could", "can", "would") and c.dep_ == "aux" for c in _predicate(t).children)


def _predicate(t: Token) -> Token:
    """What "is" is said of, or the word itself."""
    return t.head if t.dep_ == "cop" else t


@dataclass(frozen=True, slots=True)
class Manner:
    kind: Kind
    mode: Mode
    stance: Stance
    ends: bool
    """The words say that it is over."""


def read_manner(slots: SlotActors, parties: Parties, said: Attribution | None) -> Manner | None:
    """Kind, mode and stance of a frame: what stands over its words, and then what its sense makes of that.

    None where that is no claim: "to stop them", "without meeting resistance".
    """
    reader = _Reader(slots)
    mode, stance = read_mode(slots.s, slots.f.token)
    ends = slots.cue.ends and mode is Mode.ASSERTED
    if slots.cue.ends:
        # "tried to break the siege of P", "the siege has not been lifted": it is there, whatever comes of that
        mode = Mode.ASSERTED
    kind, mode = reader.denied(parties, *reader.done(parties.kind, mode))
    if mode in slots.cue.silent or (kind is Kind.REPELS and mode is Mode.PLANNED):
        # "blew up a bridge to stop them": nobody was beaten off
        return None
    word = slots.s.doc[slots.f.token]
    blow = word.dep_ in SUBJECT and slots.s.lemma(word) in BLOWS  # "an attack on P will follow", "was put off"
    to_come = mode is Mode.PLANNED or (mode is Mode.POSSIBLE and kind is Kind.HOLDS and _could(word))
    if slots.cue.announced and to_come and not blow and not reader.goes_on():
        # An operation that is only announced is a plan to take the place; so is a hold that is still to come.
        kind = slots.cue.announced
    return Manner(kind, mode, _stance(stance, said), ends)


def _stance(stance: Stance, said: Attribution | None) -> Stance:
    """That of the words, or else that of the verb of saying."""
    if stance is not Stance.PLAIN or said is None:
        return stance
    if lexis().has("claim_verbs", said.lemma):
        return Stance.CLAIMED
    return Stance.CONFIRMED if lexis().has("confirm_verbs", said.lemma) else stance


class _Reader:
    def __init__(self, slots: SlotActors) -> None:
        self.s, self.f, self.cue = slots.s, slots.f, slots.cue

    def done(self, kind: Kind, mode: Mode) -> tuple[Kind, Mode]:
        """Whether it has been done, or is only tried or planned."""
        if self.cue.mode is not None:
            mode = worse(mode, self.cue.mode)
        if kind is Kind.REPELS and mode is Mode.ATTEMPTED and any(self.s.lemma(i) in TRIES for i in self.f.words):
            # "an attempt to enter P was repelled": what was tried is not the beating off
            return kind, Mode.ASSERTED
        t = self.s.doc[self.f.token]
        predicate = self.cue.form == "adjective" or t.dep_ == "cop"
        if kind is Kind.HOLDS and predicate and mode is Mode.ASSERTED and _came_by(_predicate(t)):
            return Kind.GAINS, mode
        between = self.s.doc[t.head.i : t.i]
        strives = self.s.lemma(t.head) in STRIVES and not any(x.lower_ in ("until", "till") for x in between)
        if (
            kind is Kind.HOLDS
            and self.cue.form == "noun"
            and mode in (Mode.PLANNED, Mode.POSSIBLE)
            and _assailed(self.s, t)
        ):
            # "will attack the rebel stronghold of P": it is one already
            return kind, Mode.ASSERTED
        supposed = t.head if self.s.lemma(t.head) == "suppose" else None
        if kind is Kind.HOLDS and mode is Mode.PLANNED and supposed is not None and _is_now(supposed):
            # "are supposed to be holding P": they are said to; "were supposed to" did not
            return kind, Mode.ASSERTED
        if kind in (Kind.HOLDS, Kind.REPELS) and mode in (Mode.ATTEMPTED, Mode.PLANNED) and strives:
            # "are struggling to hold P", "are battling to keep the rebels out of P": they still do
            return kind, Mode.ASSERTED
        return kind, mode

    def goes_on(self) -> bool:
        """ "will remain in their hands", "will keep control of P", "would still be ours": they have it now."""
        if self.cue.kind is not Kind.HOLDS:
            return False
        t = self.s.doc[self.f.token]
        before = {x.lower_ for x in self.s.doc[max(t.i - 7, 0) : t.i]}
        if "until" in before or (self.cue.form == "phrase" and "back" in before):
            return True  # "not to stop until P is ours"; "will be back in their hands": see `fill_further.regained`
        said = _predicate(t)
        return any(lexis().has("lasts", self.s.lemma(x), x.lower_) for x in (said, said.head, *said.children))

    def denied(self, parties: Parties, kind: Kind, mode: Mode) -> tuple[Kind, Mode]:
        """What a denial comes to: "no fighter remains in P" says that they are absent."""
        t = self.s.doc[self.f.token]
        no = {"no", *(LITTLE if Mode.DENIED in self.cue.silent else ())}
        nouns = (*(w for w in self.f.words if w != t.i), *self._men())
        if any(c.lower_ in no for w in nouns for c in self.s.doc[w].children):
            # "has no control over P", "met little resistance in P", "has no troops left in P"
            mode = Mode.DENIED
        if mode is not Mode.DENIED:
            return kind, mode
        if self.cue.denied and self._plainly_not():
            # "They have no men there", "no fighter remains in P"
            return self.cue.denied, Mode.ASSERTED
        if kind is Kind.HOLDS and is_over(t):
            # "no longer hold P"
            return Kind.ABSENT, Mode.ASSERTED
        if kind in (Kind.LOSES, Kind.WITHDRAWS) and self._never_has():
            return Kind.HOLDS, Mode.ASSERTED
        if self.cue.form == "none" or self.s.doc[self.f.words[0]].lower_ == "without":
            return kind, self._to_come()  # the "no" is the cue itself
        taken = bool(parties.actors or self.f.slots.get("to")) or self.f.passive
        if kind is Kind.GAINS and self.cue.place == ("subj",) and not taken:
            # "P has not fallen": who holds it still does
            return Kind.LOSES, mode
        return kind, mode

    def _never_has(self) -> bool:
        """ "has never lost P", "had never slipped out of their hands": it is theirs still."""
        beside = {c.lower_ for c in self.s.doc[self.f.token].children}
        return "never" in beside and bool(beside & {"has", "have", "had", "'ve"})

    def _men(self) -> list[int]:
        """ "left *troops* in P": whose hold it is stands for the object."""
        return self.f.slots.get("obj") if self.cue.actor == ("obj",) else []

    def _plainly_not(self) -> bool:
        """The words themselves say no, and not somebody who denies them, or does not know."""
        clause = self.f.clause
        men = (*self.f.slots.get("subj"), *(self.f.slots.get("obj") if self.f.passive else self._men()))
        nearby = [c for i in (self.f.token, *self.f.words, *men) for c in self.s.doc[i].children]
        none = any(
            self.s.doc[i].lower_ in ("nobody", "none")
            or is_none(self.s.doc[i])
            or any(c.lower_ == "neither" for c in self.s.doc[i].children)
            for i in men
        )
        nowhere = self.s.doc[self.f.token].head.lower_ == "nowhere"
        return none or nowhere or (clause is not None and clause.negated) or any(c.lower_ == "no" for c in nearby)

    def _to_come(self) -> Mode:
        """Whether a denied noun is of what is, or of what will or may be: "there will be no rebels in P"."""
        auxiliaries = {c.lower_ for c in self.s.doc[self.f.token].children if c.dep_ == "aux"}
        if auxiliaries & FUTURE:
            return Mode.PLANNED
        return Mode.POSSIBLE if auxiliaries & {"may", "might"} else Mode.ASSERTED
