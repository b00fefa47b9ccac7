"""Who fights whom in one frame: its sides as the report knows them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from whoholds.annotate.actors.find import ActorRef
from whoholds.claims.sides.ground import COMES, Setting
from whoholds.claims.sides.parties import Parties
from whoholds.claims.sides.slot_actors import SlotActors
from whoholds.claims.sides.slot_sides import Resolved, Sides
from whoholds.model import Kind, Mode, Span


@dataclass(frozen=True, slots=True)
class Fight:
    """The sides of a frame, as the report knows them."""

    subjects: Resolved
    other: str | None
    other_span: Span | None
    together: tuple[str, ...]
    guess: bool
    """The words name nobody."""


def read_fight(slots: SlotActors, sides: Sides, parties: Parties, kind: Kind, mode: Mode, setting: Setting) -> Fight:
    """The sides of a frame that is of this kind and mode."""
    return _Reader(slots, sides, setting).read(parties, kind, mode)


class _Reader:
    def __init__(self, slots: SlotActors, sides: Sides, setting: Setting) -> None:
        self.w, self.sides, self.setting = slots, sides, setting
        self.c, self.n, self.f, self.s, self.cue = slots.c, slots.n, slots.f, slots.s, slots.cue

    def read(self, parties: Parties, kind: Kind, mode: Mode) -> Fight:
        sides, setting = self.sides, self.setting
        subjects, others = sides.both(parties.actors, parties.against, setting)
        if kind is Kind.CONTESTS and not others and "with" in self.cue.against:
            subjects, others = self._each_other(subjects)
        if kind is Kind.CONTESTS and parties.actors and all(a.cls == "again" for a in parties.actors):
            subjects, others = self._on_own_ground(subjects, others)
        if self.cue.actor[:1] == ("@other",):
            subjects = self._besiegers()
        subjects = subjects or self._beaten_off()
        if not subjects and self._own_way_out(kind, parties) and self._a_party(setting.speaker):
            subjects = [(setting.speaker, None, True)]
        if not subjects and mode is Mode.DENIED and self._own_affair(kind) and self._a_party(setting.speaker):
            subjects = [(setting.speaker, None, True)]
        other, other_span, _ = others[0] if others else (None, None, False)
        guess = not subjects
        if guess:
            foes = bool(parties.actors) and all(a.cls == "enemy" for a in parties.actors)
            subjects = [(None if foes else sides.implied(setting, other), None, True)]
        elif other is None and kind in (*COMES, Kind.REPELS):
            other = self.c.register.other(subjects[0][0], setting.country)
        if any(other == a for a, _, _ in subjects):
            other = None
        together = tuple(a for a, _, _ in subjects if a) if len(subjects) > 1 else ()
        return Fight(subjects, other, other_span, together, guess)

    def _own_affair(self, kind: Kind) -> bool:
        """ "P has not fallen, the army said": its own loss; "P remains to be taken, X said": its own gain."""
        over = self.s.doc[self.f.token].head
        return kind is Kind.LOSES or (kind is Kind.GAINS and self.s.lemma(over) == "remain")

    def _own_way_out(self, kind: Kind, parties: Parties) -> bool:
        """ "The ministry said that the pullout from P was completed": of its own men, where nobody is named."""
        told_of = self.cue.form == "noun" or (self.f.passive and bool(self.cue.object))
        return kind is Kind.WITHDRAWS and not parties.actors and told_of

    def _on_own_ground(self, subjects: Resolved, others: Resolved) -> tuple[Resolved, Resolved]:
        """ "The army said that a large force had stormed *its* base": the force is the other side's."""
        its = (c.i for i in self.f.slots.get("obj") for c in self.s.doc[i].children if c.tag_ == "PRP$" and c.i < i)
        own = self._resolved([ref for i in its if (ref := self.c.phrases[self.n].actor(i))])
        told_by = self.setting.speaker
        if others or not own or any(a != told_by for a, _, _ in (own[0], *subjects)):
            return subjects, others
        foe = self.c.register.other(own[0][0], self.setting.country)
        return ([(foe, None, True)] if foe else []), own[:1]

    def _besiegers(self) -> Resolved:
        """ "X broke the siege of P": the other side's, unless the words or the report say that it was X's own."""
        lifts = ("subj", "by") if self.f.passive else ("subj", "poss", "by")
        doer = self._resolved(self.w.actors(lifts)[0])
        of_noun = any(self.s.doc[i].dep_ == "nmod" for i in self.f.slots.get("by"))  # "the siege by X"
        owner = self._resolved(self.w.actors(("poss", "comp", "by") if of_noun else ("poss", "comp"))[0])
        their_own = any(self.s.doc[i].tag_ == "PRP$" for i in self.f.slots.get("poss"))
        if doer and not owner and self._gives_up(doer[0][0]):
            owner, their_own = doer, True
        their_own = their_own or (of_noun and bool(owner))
        span = owner[0][1] if owner else None
        if not doer:
            # "X's blockade of P was broken"
            return [(owner[0][0] if owner else None, span, not owner)]
        if owner and (owner[0][0] != doer[0][0] or their_own):
            return [(owner[0][0], span, False)]
        return [(self._foe(doer[0][0]), span, not owner)]

    def _beaten_off(self) -> Resolved:
        """ "A repelled three attempts to enter P": the attempts are of the other side."""
        foes = [a for i in self.f.slots.get("foe") if (a := self.c.phrases[self.n].actor(i))]
        others = (self._foe(a) for a, _, _ in self._resolved(foes[:1]))
        return [(a, None, True) for a in others if a]

    def _resolved(self, refs: list[ActorRef]) -> Resolved:
        return self.sides.resolved(refs, self.setting)

    def _foe(self, actor: str | None) -> str | None:
        return self.c.register.foe(actor, self.n, self.setting.country)

    def _each_other(self, subjects: Resolved) -> tuple[Resolved, Resolved]:
        """ "A and B clashed in P": one against the other (rule 11 of docs/claims.md)."""
        if len(subjects) == 2:
            (a, _, _), (b, _, _) = subjects
            if a and b and (self.w.one_another() or self.c.register.opposed(a, b)):
                return subjects[:1], subjects[1:]
        return subjects, []

    def _a_party(self, speaker: str | None) -> bool:
        """The speaker's side is of the war, and no state that only comments on it."""
        home = self.c.register.census.country
        if speaker is None or home is None or not speaker.startswith("gov:"):
            return speaker is not None
        return speaker == f"gov:{home}" or self.c.register.declared(speaker, f"gov:{home}")

    def _gives_up(self, doer: str | None) -> bool:
        """ "X lifted the siege of P", where the report has told that X came for P: it is X's own siege."""
        ends = self.s.lemma(self.f.token) in ("lift", "end", "raise")
        came = replace(self.setting, kind=Kind.BESIEGES)
        return ends and doer is not None and self.c.register.ground.speaks_for(doer, came) > 0
