"""One frame → drafts: who, where, how it is said, and by which words."""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate.places.names import PlaceRef
from whoholds.claims.draft import Draft
from whoholds.claims.fill_further import beaten_back, one_mans, operation, regained, taken_over
from whoholds.claims.modes.manner import Manner, read_manner
from whoholds.claims.modes.mode import read_mode
from whoholds.claims.places.excepted import is_excepted
from whoholds.claims.places.extent import less_excepted, of_deed, of_men
from whoholds.claims.places.vouched import Vouched
from whoholds.claims.quote import quote_of
from whoholds.claims.sides.fight import Fight, read_fight
from whoholds.claims.sides.ground import Setting
from whoholds.claims.sides.parties import Parties, read_parties
from whoholds.claims.sides.slot_sides import Sides, speaker_side
from whoholds.claims.voices.voice import Attribution
from whoholds.model import Kind, Mode, Span

MOVES = frozenset([Kind.CONTESTS, Kind.ADVANCES])
EVENTS = MOVES | {Kind.BESIEGES, Kind.GAINS, Kind.HOLDS}
WAYS = frozenset([Kind.ADVANCES, Kind.WITHDRAWS])
"""What those do to whom a place falls of which no more is said than that it fell."""


class Filler(Vouched):
    """Fills one frame."""

    def fill(self) -> list[Draft]:
        """The drafts of the frame, one for each of its actors and places."""
        parties = read_parties(self)
        places = self.vouched(parties) if parties is not None else []
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
        fight = read_fight(self, sides, parties, manner.kind, manner.mode, setting)
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
