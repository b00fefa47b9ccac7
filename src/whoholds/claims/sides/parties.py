"""Who does something to whom, by the words of a frame: its slots, and where they say nothing, what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.trees.nominals import is_doer, is_time, preposition
from whoholds.claims.draft import OPERATIONS
from whoholds.claims.sides.ground import COMES
from whoholds.claims.sides.slot_actors import SlotActors
from whoholds.model import Kind

WITHIN = frozenset(["amod", "compound", "nmod", "nmod:poss", "flat"])
NO_SLOTS = frozenset(["actor", "against", "group", "name"])
"""What a sense may need besides a slot that is filled."""
HELPED = 8
"""Words after "leaves" within which stands "free"."""
MEANS = frozenset(["in", "with", "through", "by", "during"])
"""Before a deed by which another is done: "took P in a raid"."""


@dataclass(frozen=True, slots=True)
class Parties:
    """The sides that the words name, not yet resolved."""

    kind: Kind
    """That of the cue, or what its passive means where nobody is named."""
    actors: list[ActorRef]
    against: list[ActorRef]
    swapped: bool = False
    """ "The rebels were driven out": a passive without a doer, which is told of whom it is done to."""


def read_parties(slots: SlotActors) -> Parties | None:
    """The sides of a frame; None where what stands there makes it no claim ("residents fled", "a riot")."""
    return _Reader(slots).read()


def _is_group(ref: ActorRef) -> bool:
    """No state: "M23 territory" says who holds it, "Russian territory" whose it is by law; "us" are men."""
    return ref.word in ("us", "them") or (
        ref.cls in ("named", "nonstate") and not any(i.startswith("gov:") for i in ref.ids)
    )


class _Reader:
    def __init__(self, slots: SlotActors) -> None:
        self.w, self.c, self.n, self.f, self.s = slots, slots.c, slots.n, slots.f, slots.s
        self.cue, self.lex = slots.cue, slots.lex

    def read(self) -> Parties | None:
        cue, passive = self.cue, self.f.passive
        actors, other = self.w.actors(cue.actor)
        against, _ = self.w.actors(cue.against)
        if cue.kind is None or not self._fits(cue.kind, actors, against) or self.w.asked_for():
            return None
        if other and not actors:
            return self._by_blows(against)
        if cue.between and len(pair := self._between()) >= 2:
            actors, against = pair[:1], pair[1:2]
        elif cue.between and not actors and not against and (met := pair or self._named_in(("with", "gov_with"))):
            # "after clashes with A and B": both are of the other side
            actors, against = self._with(met[0]), met[:1]
        if not actors and cue.form == "noun" and cue.kind is not Kind.HOLDS:
            actors = self._by_governor()
        if passive and not actors and cue.kind is Kind.ADVANCES and self._by_some_way():
            return None
        if passive and not against:
            against = self._done_to(cue.kind, actors)
        if passive and not actors and cue.no_agent:
            return Parties(Kind(cue.no_agent["kind"]), against, [], swapped=True) if against else None
        if not actors:
            noun = cue.form == "noun"
            actors = self._by_operation() if passive else self._by_means() if noun else self._by_first_words()
        return Parties(cue.kind, actors, against)

    def _by_some_way(self) -> bool:
        """ "P can be reached by air": by anybody."""
        by = [self.s.doc[i] for i in self.f.slots.get("by")]
        return any(not is_doer(t) and not is_time(t) for t in by)

    def _by_blows(self, against: list[ActorRef]) -> Parties | None:
        """ "Hunger drove the rebels out of P": as if nobody had driven them out."""
        blows = any(self.lex.has("drives_out", self.s.lemma(i)) for i in self.f.slots.get("subj"))
        if not (blows and against and self.cue.no_agent):
            return None
        return Parties(Kind(self.cue.no_agent["kind"]), against, [], swapped=True)

    def _fits(self, kind: Kind, actors: list[ActorRef], against: list[ActorRef]) -> bool:
        """What the sense needs is there, and nothing that makes it another thing."""
        needs = self.cue.needs
        if ("against" in needs and not against) or ("actor" in needs and not actors):
            return False
        if any(not self.f.slots.get(slot) for slot in needs - NO_SLOTS):
            return False
        if "group" in needs and not any(_is_group(a) for a in actors):
            return False
        if self._riot() if kind is Kind.CONTESTS else self.w.one_another():
            return False
        between = self.f.slots.get("between") if self.cue.between and not actors else []
        # "clashes between fans"
        placed = any(self.c.places[self.n].places(i) for i in between)
        return not between or placed or bool(self._between())

    def _done_to(self, kind: Kind, actors: list[ActorRef]) -> list[ActorRef]:
        """ "Police have been surrounded in P", "were hard pressed at P": the side that a passive is told of."""
        if kind in (Kind.BESIEGES, Kind.ADVANCES):
            return [a for a in self.w.actors(("obj",))[0] if a.cls != "pronoun"]
        if kind in (Kind.GAINS, Kind.CONTESTS) and not actors and self.cue.place[:1] == ("obj",):
            return [a for i in self.f.slots.get("obj")[:1] if (a := self._whose(i))]
        return self._finders() if kind is Kind.WITHDRAWS and not actors else []

    def _whose(self, i: int) -> ActorRef | None:
        """ "A rebel stronghold was captured", "army posts were overrun": theirs, and so taken by somebody else.

        But an Iraqi town is in Iraq, whoever has it, and an army base may have been *re*taken by the army.
        """
        t = self.s.doc[i]
        owner = self.w.owner(i) if t.pos_ == "NOUN" and self.c.places[self.n].placeable(i) else None
        if owner is None or owner.cls not in ("named", "state", "nonstate") or i in self.c.names[self.n].demonyms:
            return None
        state = owner.cls == "state" or any(x.startswith("gov:") for x in owner.ids)
        if not state:
            return owner
        again = self.s.lemma(self.f.token).startswith(("re", "liberat", "free"))
        return owner if self.lex.has("facility", self.s.lemma(t)) and not again else None

    def _by_governor(self) -> list[ActorRef]:
        """ "A began an assault", "A claimed the capture of P", "A admitted the loss": the verb above names who."""
        head = self.s.doc[self.f.token].head
        lemma, kind = self.s.lemma(head), self.cue.kind
        phrases = self.c.phrases[self.n]
        if kind is Kind.LOSES and self.lex.has("hurts", lemma) and self.s.doc[self.f.token].dep_ == "nsubj":
            # "The loss of P has left A without a base"; but what leaves A free to move on is A's enemy's loss
            after = self.s.doc[head.i + 1 : head.i + HELPED]
            if lemma == "leave" and any(self.lex.has("at_liberty", x.lower_) for x in after):
                return []
            return [a for c in head.children if c.dep_ == "obj" and (a := phrases.actor(c.i)) and a.cls != "pronoun"]
        if kind is Kind.GAINS and self.lex.has("serves", lemma) and self.s.doc[self.f.token].dep_ == "nsubj":
            # "The capture of P would bring A closer to Q", "gave A a port": it is A's
            helped = [c for c in head.children if c.dep_ in ("iobj", "obj") and c.i > head.i]
            # "gave the rebels access" may look like an access of rebels
            words = (i for c in helped[:1] for i in (c.i, *(x.i for x in c.children if x.dep_ == "compound")))
            return [a for i in words if (a := phrases.actor(i)) and a.cls != "pronoun"][:1]
        if not self.lex.has("say", lemma) or self.s.doc[self.f.token].dep_ not in ("obj", "nsubj", "nsubj:pass"):
            return [a for i in self.f.slots.get("gov_subj") if (a := phrases.actor(i))]
        own = self.lex.has("boasts" if kind is Kind.GAINS else "confirm_verbs", lemma) or lemma == "report"
        if not own or kind not in (Kind.GAINS, Kind.LOSES) or self.cue.no_agent or "to" in self.cue.actor:
            return []
        doers = [c for c in head.children if c.dep_ == "nsubj"]
        # "A spokesman for A announced the capture of P"
        theirs = [x for c in doers for x in c.children if x.i > c.i and preposition(x) in ("for", "of", "from")]
        return [a for c in (*doers, *theirs) if (a := phrases.actor(c.i))][:1]

    def _finders(self) -> list[ActorRef]:
        """ "The rebels found P abandoned": somebody else had left it."""
        verb = self.s.doc[self.f.token]
        above = self.s.clause_of.get(verb.head.i)
        if verb.dep_ != "xcomp" or above is None or above.lemma != "find":
            return []
        return [a for i in above.subjects if (a := self.c.phrases[self.n].actor(i))]

    def _by_means(self) -> list[ActorRef]:
        """ "A took six villages in an attack near P", "In a raid on P, A killed ten men": it is A's attack.

        What is lost is lost by who suffers: "A suffered a setback with the loss of P".
        """
        t, kind = self.s.doc[self.f.token], self.cue.kind
        if t.dep_ not in ("obl", "nmod") or preposition(t) not in MEANS or kind not in (*COMES, Kind.LOSES):
            return []
        clause = next((c for x in islice(t.ancestors, 3) if (c := self.s.clause_of.get(x.i))), None)
        suffers = clause is not None and self.lex.has("suffers", clause.lemma)
        if clause is None or clause.voice == "passive" or suffers is not (kind is Kind.LOSES):
            return []
        if preposition(t) == "during" and not any(self.f.slots.get(slot) for slot in self.cue.place):
            # "was there during the battle"
            return []
        fronted = t.dep_ == "obl" and t.head.i == clause.verb
        found = [
            ref for i in clause.subjects if (i < self.f.token or fronted) and (ref := self.c.phrases[self.n].actor(i))
        ]
        pronoun = ("pronoun",) if kind is Kind.CONTESTS else ()
        return [ref for ref in found if ref.cls in ("named", "state", "nonstate", *pronoun)]

    def _with(self, other: ActorRef) -> list[ActorRef]:
        """ "A's men were killed in clashes with B in P", "P fell to A after clashes with B": who fights B there."""
        t = self.s.doc[self.f.token]
        clause = next((c for x in islice(t.ancestors, 3) if (c := self.s.clause_of.get(x.i))), None)
        if t.dep_ not in ("obl", "nmod", "obj"):
            return []
        sides = tuple(c.i for c in t.head.children if c.dep_ in ("nsubj", "nsubj:pass"))  # "are involved in clashes"
        if clause is not None:
            to = tuple(i for prep, i in clause.obliques if prep == "to")
            sides = (*clause.agents, *clause.subjects, *clause.objects, *to)
        found = [ref for i in sides if i < self.f.token and (ref := self.c.phrases[self.n].actor(i))]
        named = [ref for ref in found if ref.cls in ("named", "state", "nonstate", "pronoun")]
        return [ref for ref in named if ref.head != other.head][:1]

    def _by_first_words(self) -> list[ActorRef]:
        """ "A, weary of waiting, on Monday crossed into P": where the parser lost the subject, who stands first."""
        verb = self.s.doc[self.f.token]
        if (
            self.cue.form != "verb"
            or "subj" not in self.cue.actor
            or self.f.slots.get("subj")
            or verb.tag_ not in ("VBD", "VBZ", "VBP")
            or any(x.tag_ in ("VBD", "VBZ", "VBP", "MD") or x.text in ';:"“”' for x in self.s.doc[: verb.i])
        ):
            return []
        before = [
            i
            for i, ref in self.c.register.census.refs[self.n]
            if i < verb.i and ref.cls in ("named", "state", "nonstate") and self.s.doc[i].dep_ not in WITHIN
        ]
        return [ref for i in before[:1] if (ref := self.c.phrases[self.n].actor(i))]

    def _by_operation(self) -> list[ActorRef]:
        """ "was retaken in a Ukrainian counter-offensive": the operation says who did it."""
        for slot in ("in", "during", "after", "by"):
            for i in self.f.slots.get(slot):
                if self.s.lemma(i) in OPERATIONS and (owner := self.w.owner(i)):
                    return [owner]
        return []

    def _between(self) -> list[ActorRef]:
        """ "between A and B", "A and B fighters clashed": the two sides of a fight."""
        out = self._named_in(("between", "gov_between"))
        met = self._named_in(("with", "gov_with"))
        if len(out) == 1 or len(met) == 1:
            out += [r for r in met if all(r.head != x.head for x in out)]
        if len(out) < 2:
            out = self._after_between() or out
        return out

    def _named_in(self, slots: tuple[str, ...]) -> list[ActorRef]:
        """The sides in these slots, and what "and" joins to them."""
        out: list[ActorRef] = []
        for slot in slots:
            for i in self.f.slots.get(slot):
                for j in [i, *[c.i for c in self.s.doc[i].children if c.dep_ == "conj"]]:
                    ref = self.c.phrases[self.n].actor(j)
                    if ref is not None and all(r.head != ref.head for r in out):
                        out.append(ref)
        return out

    def _after_between(self) -> list[ActorRef]:
        """ "the battle for P between A and B": the two sides as they stand, wherever the parser hung them."""
        doc, out = self.s.doc, list[ActorRef]()
        start = next((t.i for t in doc[self.f.token + 1 : self.f.token + 14] if t.lower_ == "between"), None)
        if start is None:
            return []
        for t in doc[start + 1 : start + 16]:
            if t.pos_ in ("VERB", "AUX") or t.text in ",;:":
                break
            ref = self.c.phrases[self.n].actor(t.i)
            if ref is not None and ref.head == t.i and all(r.head != ref.head for r in out):
                out.append(ref)
        return out

    def _riot(self) -> bool:
        """ "clashes between protesters and police": no fight for a place."""
        sides = [i for _, i in self.w.heads(("subj", "with", "against", "between", "gov_between"))]
        both = [x for i in sides for x in (self.s.doc[i], *self.s.doc[i].children) if x.i == i or x.dep_ == "conj"]
        return any(self.lex.has("rioters", self.s.lemma(x), x.lower_) and not self._of_group(x.i) for x in both)

    def _of_group(self, i: int) -> bool:
        """ "the gangs of X", as an enemy calls the men of a group."""
        ref = self.c.phrases[self.n].actor(i)
        return ref is not None and bool(ref.ids)
