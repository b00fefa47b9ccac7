"""Which slots of a frame may name its place, and which places fit it."""

from __future__ import annotations

import re
from dataclasses import replace

from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.trees.nominals import is_time
from whoholds.annotate.words import lexis
from whoholds.claims.places.reference_fits import is_unit
from whoholds.claims.sides.slot_actors import SlotActors
from whoholds.model import Kind, PlaceType, Role

LOCATIVE = lexis()["frames_locative"]
NEARBY = frozenset(["near", "outside", "around", "close_to"])
"""Prepositions of a slot whose place is not meant, but the ground beside it."""
_DISTANCE = re.compile(r"[\d.,]+\s?(?:km|kilomet|miles?|met)", re.I)


class FittingPlaces(SlotActors):
    """What the words of one frame accept as its place."""

    def _place_slots(self) -> tuple[str, ...]:
        slots = list(self.cue.place)
        if "near" in slots:
            slots.append("close_to")
        if self.cue.form == "noun":
            slots += [f"gov_{p}" for p in self.cue.place if p in LOCATIVE | {"against", "from", "towards", "to"}]
            if self.cue.kind is Kind.CONTESTS:
                slots += ["gov_in", "gov_at", "gov_near", "gov_around", "gov_along"]
            if self.cue.predicative:
                # "P was their last stronghold in Q": P is meant, where the subject is a place
                subject = self.f.slots.get("gov_nsubj")
                named = any(r.name and r.known for i in subject for r in self.c.places[self.n].places(i))
                slots = ["gov_nsubj", *slots] if named else [*slots, "gov_nsubj"]
        return tuple(dict.fromkeys(slots))

    def _of_something_else(self) -> bool:
        """ "control of the lottery in P", "the seizure of two boats at P": of no place, and of nobody."""
        if self.cue.form != "noun" or "of" not in self.cue.place or "of" in self.cue.actor:
            return False
        reader, phrases = self.c.places[self.n], self.c.phrases[self.n]
        of = self.f.slots.get("of")
        return bool(of) and all(
            self.s.doc[i].pos_ == "NOUN"
            and not reader.placeable(i)
            and not reader.places(i)
            and phrases.actor(i) is None
            for i in of
        )

    def _is_fronted(self, i: int, slot: str) -> bool:
        """ "In P, they attacked posts at Q": what opens the sentence says less than what follows the verb."""
        if slot.startswith("gov_"):
            return slot.removeprefix("gov_") in LOCATIVE and i < self.f.token
        return slot in LOCATIVE and self.cue.form == "verb" and i < self.f.token and self.f.clause is not None

    def _meant(self, ref: PlaceRef) -> str | None:
        """The name of the place that words without one ("it", "the town") point back to."""
        found = self.c.memory.resolve(self.n, ref.first, ref.anaphor, ref.type)
        return found.ref.name if found else None

    def _within(self, ref: PlaceRef) -> PlaceRef:
        """ "advanced to within 5 km of P" closes in on P itself."""
        m = re.match(
            r"(?:to\s+)?(?:within\s+)?(?:about\s+|some\s+|just\s+)?[\d.,]+\s*(?:km|kms|kilomet\w+|miles?)\s+(?:of|from|outside)\s+(?:the\s+)?(?:(?:town|city|village|centre|center|outskirts)\s+of\s+)?",
            ref.name or "",
            re.I,
        )
        if self.cue.kind is not Kind.ADVANCES or not m or not ref.name:
            return ref
        return replace(ref, name=ref.name[m.end() :], type=None)

    def _near(self, ref: PlaceRef, slot: str) -> PlaceRef:
        """ "near Bria" is not Bria: the preposition belongs to the description."""
        word = slot.removeprefix("gov_")
        if (
            word in NEARBY
            and ref.name
            and ref.type is not PlaceType.AREA
            and self.cue.place
            not in (("near",), ("outside",))  # "got anywhere near P" goes for P, and so does "came close to P"
            and (word != "close_to" or "near" in self.cue.place)
            and not (word == "around" and self.cue.kind is Kind.BESIEGES)
            and not (word == "outside" and self.cue.kind is Kind.WITHDRAWS)  # "redeployed outside P": they left P
        ):
            return replace(ref, name=f"{word.replace('_', ' ')} {ref.name}", type=PlaceType.AREA, known=True)
        return ref

    def _acceptable(self, ref: PlaceRef, slot: str) -> bool:
        if ref.name is None:
            # "liberated areas": a participle before a noun says of no place in particular
            return self._pointable(ref, slot) and (
                slot not in ("obj", "subj") or self.f.clause is None or self.f.clause.relation != "amod"
            )
        if (
            self.cue.kind is Kind.HOLDS
            and ref.first
            and self.s.doc[ref.first - 1].lower_ == "within"
            and _DISTANCE.match(ref.name)
        ):
            return False  # "are within 10 km of P"
        if ref.first in self.c.names[self.n].groups or self._are_men(ref):
            return False
        if ref.type is PlaceType.COUNTRY and ref.share is None:
            return False
        if self.cue.kind is Kind.HOLDS and is_unit(ref.name):
            return False  # "212 Tank Battalion, under command of X"
        if not ref.known and (is_time(self.s.doc[ref.head]) or (self.cue.weak and slot in ("poss", "comp"))):
            # "on Independence Day"
            return False
        several = ref.first == ref.last and self.s.doc[ref.head].tag_ in ("NNPS", "NNS")
        if not ref.known and several and slot in ("obj", "with"):
            return False  # "left Humvees behind", "attacked with Grads"
        if not ref.known and self.cue.kind is Kind.BESIEGES and self._whereabouts(ref):
            return False
        if not ref.known and self.s.role is Role.TITLE and self.s.doc[ref.first].pos_ != "PROPN":
            return False
        return ref.known or ref.head != 0 or self.s.doc[0].pos_ == "PROPN"

    def _whereabouts(self, ref: PlaceRef) -> bool:
        """ "the hotel where Adams is hemmed in": a man, and where he is goes before."""
        return any(c.lower_ == "where" for c in self.s.doc[self.f.token].lefts if c.i < ref.first)

    def _are_men(self, ref: PlaceRef) -> bool:
        """ "The Ethiopian garrison capitulated": soldiers, and no fort."""
        return (
            ref.type is PlaceType.FACILITY
            and self.s.lemma(ref.head) == "garrison"
            and self.cue.place[:1] in (("subj",), ("of",))
            and self.cue.kind is Kind.GAINS
        )

    def _pointable(self, ref: PlaceRef, slot: str) -> bool:
        word = ref.anaphor
        if "name" in self.cue.needs:
            return False
        if word in ("it", "them", "which", "that", "this", "both", "former", "latter"):
            if self.cue.form == "noun":
                if slot == "gov_nsubj" and word == "it":
                    return self.cue.predicative and bool(self.actors(self.cue.actor)[0])  # "It was X's last base"
                return slot in ("of", "on", "against", "for", "into", "around", "over")
            if self.cue.form in ("verb", "none") and not self.cue.object:
                return slot in ("obj", "subj", "of", "from", "out_of", "on", "in", "into", "around", "inside")
            # "never set foot in it"; but "an assault in which they made gains"
            return slot in ("of", "on", "over", "subj") or (
                word == "it" and slot in ("in", "into", "inside", "subj_in")
            )
        if ref.type is PlaceType.AREA:
            return self.lex.has("natural", word)
        return ref.type not in (PlaceType.ROAD, PlaceType.COUNTRY, PlaceType.BORDER)
