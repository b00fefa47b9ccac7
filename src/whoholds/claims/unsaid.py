"""What goes without saying: the place in "The attack began at dawn"."""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate.nominals import is_time, nested, nominal_modifiers, preposition
from whoholds.annotate.place_lists import members
from whoholds.annotate.place_names import Named, PlaceRef
from whoholds.annotate.words import lexis
from whoholds.claims.located import Located
from whoholds.model import Kind, Role

GOES_ON = lexis()["goes_on"]
NO_PLACE = frozenset(["of", "with", "against", "between", "by", "for", "as", "after", "before", "during", "until"])
"""Prepositions after which no place is looked for."""


class Unsaid(Located):
    """Takes the place that the report is speaking of, where the words of a frame leave it out."""

    def places(self) -> list[tuple[PlaceRef, str]]:
        found = super().places()
        if all(self._counted(ref) for ref, _ in found) and (listed := self._after_colon()):
            return listed
        return found or self._elsewhere()

    def _counted(self, ref: PlaceRef) -> bool:
        """ "three towns": places that are counted, not named."""
        return self.s.doc[ref.head].tag_ == "NNS" and self.lex.has("settlement", self.s.lemma(ref.head))

    def _after_colon(self) -> list[tuple[PlaceRef, str]]:
        """ "Four of the five capitals are in rebel hands: A, B, C and D"."""
        doc, reader = self.s.doc, self.c.places[self.n]
        colon = next((t.i for t in doc[self.f.token :] if t.text == ":"), None)
        if colon is None or self.cue.kind not in (Kind.GAINS, Kind.HOLDS, Kind.LOSES, Kind.WITHDRAWS):
            return []
        listed = [(r, "obj") for r in members(doc, colon + 1, reader) if self._acceptable(r, "obj")]
        return listed if len(listed) > 1 else []

    def _elsewhere(self) -> list[tuple[PlaceRef, str]]:
        """ "A fresh offensive in Daraa", "advancing by road on Mesetas": where the cue does not look for the place."""
        kind, reader = self.cue.kind, self.c.places[self.n]
        if kind not in (Kind.CONTESTS, Kind.ADVANCES, Kind.REPELS, Kind.CLEARS, Kind.BESIEGES) or self.cue.form not in (
            "noun",
            "verb",
        ):
            return []
        if self.cue.form == "verb" and (kind is Kind.ADVANCES or not self.f.slots.get("subj")):
            return []
        slots = ["in", "at", "near", "around", "outside", "inside", "along"]
        if kind is Kind.BESIEGES:
            self._around_the_besieged()
        slots += [f"gov_{slot}" for slot in slots]
        for slot, fronted in [(slot, fronted) for fronted in (False, True) for slot in slots]:
            for i in self.f.slots.get(slot):
                found = [self._near(self._within(r), slot) for r in reader.places(i)]
                kept = [(r, slot) for r in found if r.name and self._acceptable(r, slot)]
                if kept and self._is_fronted(i, slot) is fronted:
                    return kept
        return []

    def _around_the_besieged(self) -> None:
        """ "surrounded units of the army near P": the place was hung on those who are besieged."""
        for i in self.f.slots.get("obj"):
            for prep, j in (*nominal_modifiers(self.s.doc, i), *nested(self.s.doc, i)):
                self.f.slots.add(prep.replace(" ", "_"), j)

    def _unsaid(self) -> Named | None:
        if self.s.role is Role.TITLE or self._says_where() or not self._left_out():
            return None
        found = self.c.memory.resolve(self.n, self.f.token, "", None)
        return replace(found, ref=replace(found.ref, extent=None, part=None, share=None)) if found else None

    def _says_where(self) -> bool:
        """True where some phrase of the frame says where, though not in words that the cue asks for."""
        for slot, heads in self.f.slots.heads.items():
            bare = slot.removeprefix("gov_")
            if bare in ("subj", "obj", "poss", "comp", "noun", "appos", "nsubj", "") or bare in NO_PLACE:
                continue
            if any(not is_time(self.s.doc[i]) for i in heads):
                return True
        return False

    def _left_out(self) -> bool:
        kind, clause = self.cue.kind, self.f.clause
        if self.cue.form == "noun":
            return kind in (Kind.CONTESTS, Kind.BESIEGES) and self._lasts()
        if kind is Kind.HOLDS and self._fragment():
            return True
        # "The fighters had all gone"
        gone = clause is not None and clause.lemma == "go" and "have" in clause.auxiliaries and not clause.particles
        return gone and kind is Kind.WITHDRAWS and self.cue.form == "verb"

    def _fragment(self) -> bool:
        """ "Under army control since March.", "Held by the rebels.": an entry under the name of a place."""
        begins = min(self.f.words) < 2 and not any(self.f.slots.get(x) for x in ("obj", "noun"))
        return begins and (self.cue.form == "phrase" or self.f.passive) and self.s.doc[0].pos_ != "PROPN"

    def _lasts(self) -> bool:
        """ "The fighting went on", "after two days of fighting"."""
        t = self.s.doc[self.f.token]
        if t.dep_ in ("nsubj", "nsubj:pass"):
            return self.s.lemma(t.head) in GOES_ON
        return t.dep_ == "nmod" and preposition(t) == "of" and is_time(t.head)
