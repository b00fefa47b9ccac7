"""The places that a frame may be of: those that its words give, or the report, where something vouches for one."""

from __future__ import annotations

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.trees.tree import text_of
from whoholds.claims.places.unsaid import Unsaid
from whoholds.claims.sides.parties import Parties
from whoholds.claims.sides.slot_actors import UNDERTAKINGS
from whoholds.model import Kind

STRONG_SLOTS = frozenset(["obj", "from", "out_of", "of", "into", "subj", "noun"])
"""Where even a weak cue's place may be a name that nothing vouches for, if an armed side stands beside it."""


class Vouched(Unsaid):
    """Leaves out places that only look like such, beside a cue that is often something else."""

    def vouched(self, parties: Parties) -> list[tuple[PlaceRef, str]]:
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

    def _side_enough(self, actors: list[ActorRef], places: list[tuple[PlaceRef, str]], swapped: bool) -> bool:
        """A weak cue needs an armed side, and a place that something vouches for."""
        if any(ref.known or ref.name is None or slot == "@here" for ref, slot in places):
            if actors or swapped:
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
