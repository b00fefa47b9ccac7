"""One frame → drafts: who, where, how it is said, and by which words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.trees.tree import text_of
from whoholds.claims.draft import Draft
from whoholds.claims.fill_further import beaten_back, one_mans, operation, regained, taken_over
from whoholds.claims.modes.manner import Manner, read_manner
from whoholds.claims.modes.mode import read_mode
from whoholds.claims.places.excepted import is_excepted
from whoholds.claims.places.extent import less_excepted, of_deed, of_men
from whoholds.claims.places.unsaid import Unsaid
from whoholds.claims.quote import quote_of
from whoholds.claims.sides.ground import COMES, Setting
from whoholds.claims.sides.parties import Parties, read_parties
from whoholds.claims.sides.slot_actors import UNDERTAKINGS
from whoholds.claims.sides.slot_sides import Resolved, Sides, speaker_side
from whoholds.claims.voices.voice import Attribution
from whoholds.model import Kind, Mode, Span

MOVES = frozenset([Kind.CONTESTS, Kind.ADVANCES])
EVENTS = MOVES | {Kind.BESIEGES, Kind.GAINS, Kind.HOLDS}
WAYS = frozenset([Kind.ADVANCES, Kind.WITHDRAWS])
"""What those do to whom a place falls of which no more is said than that it fell."""
STRONG_SLOTS = frozenset(["obj", "from", "out_of", "of", "into", "subj", "noun"])
"""Where even a weak cue's place may be a name that nothing vouches for, if an armed side stands beside it."""


@dataclass(frozen=True, slots=True)
class Fight:
    """The sides of a frame, as the report knows them."""

    subjects: Resolved
    other: str | None
    other_span: Span | None
    together: tuple[str, ...]
    guess: bool
    """The words name nobody."""


class Filler(Unsaid):
    """Fills one frame."""

    def fill(self) -> list[Draft]:
        """The drafts of the frame, one for each of its actors and places."""
        parties = read_parties(self)
        places = self._vouched(parties) if parties is not None else []
        if parties is None or not places or (parties.kind in WAYS and one_mans(self.s, self.f)):
            self._note_move(parties)
            return []
        said = self.c.speakers.of(self.n, self.f.token)
        manner = read_manner(self, parties, said)
        located = list(self._located(places)) if manner is not None else []
        if manner is None or not located:
            self._note_move(parties, of_place=True)
            return []
        setting = self._setting(speaker_side(self.c, said), manner.kind, located)
        sides = Sides(self.c, self.n, self.f, said)
        fight = self._fight(sides, parties, manner, setting)
        destination = self._destination() if manner.kind is Kind.WITHDRAWS else None
        drafts = [
            self._draft(fight, manner, setting, said, destination, subject, where)
            for where in located
            if not (destination and (where[2].name or "").casefold() == destination.casefold())
            for subject in fight.subjects
            if (fight.guess and manner.kind is not Kind.ABSENT) or subject[0] is not None
        ]
        if drafts and (also := self.cue.also):
            taken = taken_over(self.f, drafts, sides.resolved(self.actors((also["actor"],))[0], setting))
            # "took P, giving them control of the road": nobody gives it to himself
            drafts = [d for d in drafts if all(x.actor != d.actor for x in taken)] + [
                replace(x, against=None, against_span=None) if x.against == x.actor else x for x in taken
            ]
        beaten = beaten_back(self.s, self.f, drafts)
        if any(d.guess for d in beaten):
            return beaten  # "An attack on P failed": nobody is named who attacked
        return drafts + operation(self.s, self.f, drafts) + beaten + regained(self.s, self.f, drafts)

    def _draft(
        self,
        fight: Fight,
        manner: Manner,
        setting: Setting,
        said: Attribution | None,
        destination: str | None,
        subject: tuple[str | None, Span | None, bool],
        located: tuple[PlaceRef, str, PlaceRef, int],
    ) -> Draft:
        actor, actor_span, inferred = subject
        ref, slot, where, sentence = located
        kind, mode = manner.kind, manner.mode
        if slot != "@here" and mode is Mode.ASSERTED and is_excepted(self.s.doc, self.f.token, ref.first):
            mode = Mode.DENIED
        quote, cue_span = quote_of(self.s, self.f, ref if slot != "@here" else None, actor_span)
        return Draft(
            self.n,
            self.cue,
            self.f.token,
            kind,
            actor,
            actor_span,
            fight.other,
            fight.other_span,
            where,
            sentence,
            mode,
            manner.stance,
            quote,
            cue_span,
            said,
            extent=less_excepted(self.s, self.f, self._extent(kind, where), ref.first if slot != "@here" else 0),
            part=where.part,
            share=where.share,
            destination=destination,
            jointly=tuple(a for a in fight.together if a != actor),
            inferred=inferred,
            ends=manner.ends,
            guess=fight.guess,
            retaken=self._retaken(),
            side=setting.speaker,
            country=setting.country,
        )

    def _extent(self, kind: Kind, where: PlaceRef) -> str | None:
        usual = self.cue.extent if kind is self.cue.kind else None  # "are no longer in P": not even in a part of it
        return of_men(self.s, self.f, kind) or where.extent or usual or of_deed(self.s, self.f, kind)

    def _note_move(self, parties: Parties | None, *, of_place: bool = False) -> None:
        """ "The rebels have advanced for a week", "hold most of the province": what falls next falls to them.

        `of_place`: the words speak of some place, though of none that is named ("a village", "the region").
        """
        kinds = MOVES if self.cue.weak and not of_place else EVENTS
        if parties is None or self.cue.form != "verb" or parties.kind not in kinds:
            return
        ref = next((a for a in parties.actors if a.cls in ("named", "state", "nonstate")), None)
        actor = self.c.register.resolve(ref, self.n)[0] if ref is not None else None
        if actor and read_mode(self.s, self.f.token)[0] is Mode.ASSERTED:
            self.c.register.ground.moves[self.n].add(actor)

    # --- where
    def _vouched(self, parties: Parties) -> list[tuple[PlaceRef, str]]:
        """The places of the frame; none where a weak cue has nothing that vouches for one."""
        places = self.places() or self._share(parties.kind) or self._spoken_of(parties)
        if self.cue.weak and not self._side_enough(parties.actors, places, parties.swapped):
            return []
        return places

    def _share(self, kind: Kind) -> list[tuple[PlaceRef, str]]:
        """ "hold 4% of the country"."""
        here, home = self.c.places[self.n], self.c.register.census.country
        heads = [self.s.doc[i] for _, i in self.heads(self.cue.place)]
        if kind not in (Kind.HOLDS, Kind.LOSES, Kind.GAINS):
            return []
        whole = next((land for t in heads if (land := here.share_of_land(t, home))), None)
        counted = any(t.lower_ in ("%", "percent") or t.pos_ == "NUM" for t in heads)
        if whole is None and (counted or kind is not Kind.GAINS):
            whole = here.share_of_country()
        return [(whole, "share")] if whole else []

    def _spoken_of(self, parties: Parties) -> list[tuple[PlaceRef, str]]:
        """The place that the report is speaking of, where the words leave it out."""
        kind = parties.kind
        if any(self._names_operation(i) for i in self.f.words):
            return []
        fight = self.cue.form == "noun" and kind is Kind.CONTESTS and self.s.doc[self.f.token].dep_ == "nsubj"
        unsaid = self._unsaid()
        # "The attack was repelled", "the rebels were beaten off": who did it is the other side.
        # So it is where "his men are surrounded there".
        beaten = self.f.passive and (kind is Kind.REPELS or (kind is Kind.BESIEGES and bool(parties.against)))
        its = self._its_own()
        if not (parties.actors or parties.swapped or fight or unsaid or beaten or its):
            return []
        here = self._here() or its or self._apart() or unsaid
        if here is None:
            return []
        self.here_sentence = here.sentence
        return [(here.ref, "@here"), *((ref, "@here") for ref in self._opened_with(here))]

    def _names_operation(self, i: int) -> bool:
        """ "launched Operation Thunder", "operation Thunder 2": of a whole war, not of the town spoken of."""
        t, after = self.s.doc[i], text_of(self.s.doc[i + 1 : i + 2])
        return t.lower_ == "operation" and (after[:1].isupper() or after[:1].isdigit())

    # --- who against whom
    def _fight(self, sides: Sides, parties: Parties, manner: Manner, setting: Setting) -> Fight:
        """The sides as the report knows them."""
        kind = manner.kind
        subjects, others = sides.both(parties.actors, parties.against, setting)
        if kind is Kind.CONTESTS and not others and "with" in self.cue.against:
            subjects, others = self._each_other(subjects)
        if kind is Kind.CONTESTS and parties.actors and all(a.cls == "again" for a in parties.actors):
            subjects, others = self._on_own_ground(sides, setting, subjects, others)
        if self.cue.actor[:1] == ("@other",):
            subjects = self._besiegers(sides, setting)
        subjects = subjects or self._beaten_off(sides, setting)
        if not subjects and self._own_way_out(kind, parties) and self._a_party(setting.speaker):
            subjects = [(setting.speaker, None, True)]
        if not subjects and manner.mode is Mode.DENIED and self._own_affair(kind) and self._a_party(setting.speaker):
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

    def _on_own_ground(
        self, sides: Sides, setting: Setting, subjects: Resolved, others: Resolved
    ) -> tuple[Resolved, Resolved]:
        """ "The army said that a large force had stormed *its* base": the force is the other side's."""
        its = (c.i for i in self.f.slots.get("obj") for c in self.s.doc[i].children if c.tag_ == "PRP$" and c.i < i)
        own = sides.resolved([ref for i in its if (ref := self.c.phrases[self.n].actor(i))], setting)
        if others or not own or own[0][0] != setting.speaker or any(a != setting.speaker for a, _, _ in subjects):
            return subjects, others
        foe = self.c.register.other(own[0][0], setting.country)
        return ([(foe, None, True)] if foe else []), own[:1]

    def _besiegers(self, sides: Sides, setting: Setting) -> Resolved:
        """ "X broke the siege of P": the other side's, unless the words or the report say that it was X's own."""
        lifts = ("subj", "by") if self.f.passive else ("subj", "poss", "by")
        doer = sides.resolved(self.actors(lifts)[0], setting)
        of_noun = any(self.s.doc[i].dep_ == "nmod" for i in self.f.slots.get("by"))  # "the siege by X"
        owner = sides.resolved(self.actors(("poss", "comp", "by") if of_noun else ("poss", "comp"))[0], setting)
        their_own = any(self.s.doc[i].tag_ == "PRP$" for i in self.f.slots.get("poss"))
        if doer and not owner and self._gives_up(doer[0][0], setting):
            owner, their_own = doer, True
        their_own = their_own or (of_noun and bool(owner))
        span = owner[0][1] if owner else None
        if not doer:
            # "X's blockade of P was broken"
            return [(owner[0][0] if owner else None, span, not owner)]
        if owner and (owner[0][0] != doer[0][0] or their_own):
            return [(owner[0][0], span, False)]
        return [(self.c.register.foe(doer[0][0], self.n, setting.country), span, not owner)]

    def _beaten_off(self, sides: Sides, setting: Setting) -> Resolved:
        """ "A repelled three attempts to enter P": the attempts are of the other side."""
        foes = [a for i in self.f.slots.get("foe") if (a := self.c.phrases[self.n].actor(i))]
        others = (self.c.register.foe(a, self.n, setting.country) for a, _, _ in sides.resolved(foes[:1], setting))
        return [(a, None, True) for a in others if a]

    def _setting(self, speaker: str | None, kind: Kind, located: list[tuple[PlaceRef, str, PlaceRef, int]]) -> Setting:
        """What the frame's place tells of its actors."""
        if not located:
            return Setting(speaker, kind=kind)
        _, _, where, sentence = located[0]
        there = self.c.memory.by_sentence.get(sentence, ())
        # "near P" and "the villages around P" lie where P does
        inside = (p for p in there if where.first <= p.ref.first and p.ref.last <= where.last)
        named = next((p for p in there if p.ref.name == where.name), None) or next(inside, None)
        lies = self.c.register.census.lies_in(named.countries, self.n) if named else None
        back = kind is Kind.GAINS and self._retaken()
        had = self.f.clause is not None and "have" in self.f.clause.auxiliaries
        return Setting(
            speaker,
            country=lies or self.c.register.census.headed[self.n],
            place=where.name,
            kind=kind,
            retaken=back,
            before=had,
        )

    def _retaken(self) -> bool:
        """ "retook P", "won P back", "the liberation of P": it was held before."""
        t = self.s.doc[self.f.token]
        if self.cue.kind is not Kind.GAINS:
            return False  # "repelled", "reached"
        back = any(c.lower_ == "back" and c.i > t.i for c in t.children)
        return back or self.s.lemma(t).startswith(("re", "liberat", "free"))

    def _each_other(self, subjects: Resolved) -> tuple[Resolved, Resolved]:
        """ "A and B clashed in P": one against the other (rule 11 of docs/claims.md)."""
        if len(subjects) == 2:
            (a, _, _), (b, _, _) = subjects
            if a and b and (self.one_another() or self.c.register.opposed(a, b)):
                return subjects[:1], subjects[1:]
        return subjects, []

    def _a_party(self, speaker: str | None) -> bool:
        """The speaker's side is of the war, and no state that only comments on it."""
        home = self.c.register.census.country
        if speaker is None or home is None or not speaker.startswith("gov:"):
            return speaker is not None
        return speaker == f"gov:{home}" or self.c.register.declared(speaker, f"gov:{home}")

    def _gives_up(self, doer: str | None, setting: Setting) -> bool:
        """ "X lifted the siege of P", where the report has told that X came for P: it is X's own siege."""
        ends = self.s.lemma(self.f.token) in ("lift", "end", "raise")
        came = replace(setting, kind=Kind.BESIEGES)
        return ends and doer is not None and self.c.register.ground.speaks_for(doer, came) > 0

    def _side_enough(self, actors: list[ActorRef], places: list[tuple[PlaceRef, str]], swapped: bool) -> bool:
        """A weak cue needs an armed side, and a place that something vouches for."""
        if any(ref.known or ref.name is None or slot == "@here" for ref, slot in places):
            named = any(a.cls != "pronoun" for a in actors)
            if named or swapped:
                return True
            if actors:
                return True
            # A passive without agent, or a noun: "Mubi was retaken", "the fall of Mubi". Else only where the report has
            # spoken of who holds what: "attempts to take it failed".
            doers = self.f.slots.get("subj")
            if self.cue.kind is Kind.GAINS and all(self.s.lemma(i) in UNDERTAKINGS for i in doers):
                doers = []  # "The attack was meant to win back P"
            bare = self.cue.kind is not Kind.WITHDRAWS and not doers
            attribute = self.f.clause is not None and self.f.clause.relation == "amod"
            return self._needs_nobody() or (bare and not attribute and bool(self.c.register.ground.actors))
        if self.cue.form == "noun" and self.cue.kind is Kind.CONTESTS:
            return any(
                self.s.doc[ref.head].pos_ == "PROPN" and slot not in ("comp", "poss", "of") for ref, slot in places
            )
        if any(a.cls in ("named", "state", "nonstate", "again") for a in actors) and any(
            self.s.doc[ref.head].pos_ == "PROPN"
            and slot in ("in", "at", "near", "around", "inside", "towards", "on", "to", "for")
            for ref, slot in places
        ):
            return True
        sided = bool(actors) or (self._needs_nobody() and bool(self.c.register.ground.actors))
        return sided and any(slot in STRONG_SLOTS for _, slot in places)

    def _needs_nobody(self) -> bool:
        """Forms that name no doer: a passive, a noun, a verb whose subject is the place ("P fell")."""
        return (
            self.f.passive
            or self.cue.form in ("noun", "phrase", "attributive", "compound")
            or (self.cue.form in ("verb", "adjective") and self.cue.place[:1] == ("subj",))
        )
