"""Where a frame points: the places in its slots, with the repairs for what the parser hung elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from whoholds.annotate.nominals import preposition
from whoholds.annotate.place_lists import members as list_members
from whoholds.annotate.place_names import COMPASS, PlaceRef
from whoholds.claims.draft import first_of
from whoholds.claims.frames import LOCATIVE
from whoholds.claims.slot_actors import SlotActors
from whoholds.model import Kind, PlaceType, Role

# Slots of what goes on with a list of places, or says what it is made of.
LISTING = ("including", "such_as", "notably", "especially", "along_with", "together_with", "as_well_as", "besides")
AROUND = frozenset(["around", "near", "outside", "to", "between", "along", "towards", "surrounding"])
BASTIONS = frozenset(["stronghold", "bastion", "redoubt", "hideout", "fief", "camp", "position"])
"""What stands in a town or village of its own."""
MAX_PLACES = 40
"""More places in one list than any report names; a bound against hostile text."""


DEPARTURE = {"from": "out_of", "out_of": "from"}

SUCH = frozenset(["including", "notably", "especially", "chiefly", "mainly"])
FAR = 14
"""Words between a noun and a list of what it counts, at most."""

NOWHERE = PlaceRef(-1, -1, 0, None)


class SlotPlaces(SlotActors):
    """The places of one frame."""

    def places(self) -> list[tuple[PlaceRef, str]]:
        found: list[tuple[PlaceRef, str]] = []
        vague: list[tuple[PlaceRef, str]] = []
        reader = self.c.places[self.n]
        slots = self._place_slots()
        if self._of_something_else():
            return []
        for slot, fronted in [(slot, fronted) for fronted in (False, True) for slot in slots]:
            for i in self.f.slots.get(slot):
                if i in self.f.words and not self.cue.object_is_place:
                    continue
                if self._is_fronted(i, slot) is not fronted:
                    continue
                refs = self._anchored(i, reader.places(i))
                relative = self.f.clause is not None and self.f.clause.relation == "acl:relcl" and i < self.f.token
                if relative and all(r.name is None and r.type is PlaceType.AREA for r in refs):
                    # "P, a village at the foot of the hills which they held": not the hills
                    refs = reader.over(i) or refs
                for ref in (self._near(self._within(r), slot) for r in refs):
                    if self._acceptable(ref, slot) and all(
                        (ref.first, ref.last) != (r.first, r.last) for r, _ in found
                    ):
                        found.append((ref, slot))
            if not found and self.cue.object_is_place and slot == "obj":
                found = self._road()
            if found and all(r.name is None and r.type is PlaceType.AREA for r, _ in found):
                # "at A and B across the river": the river says less than a name
                vague, found = vague or found, []
            if found and slot in DEPARTURE and (also := self._departed(slot)):
                found += [x for x in also if all(x[0].first != r.first for r, _ in found)]
            if found:
                # One slot names the place; another one only says where that lies ("in X near Y").
                break
        found = found or vague
        if found and self.cue.form in ("verb", "noun"):
            found = self._listed(found)
        if found and self.cue.form == "verb":
            found += self._gapped(found)
        if not found and self.cue.form in ("verb", "noun"):
            found = self._beside()
        if not found and self.cue.form == "verb" and "obj" in self.cue.place and self.f.slots.get("obj"):
            found = [(ref, slot) for ref, slot in self._listed([(NOWHERE, "obj")]) if ref.name]
        if not found and (counted := next((slot for slot in self.cue.place if self.f.slots.get(slot)), None)):
            found = [(ref, counted) for ref in self._among_them()]
        if all((ref.name is None and ref.type in (PlaceType.FACILITY, PlaceType.AREA)) or ref.many for ref, _ in found):
            found = self._around() or found
        end = len(self.s.doc) if self.f.end is None else self.f.end
        return [x for x in found if self.f.begin <= x[0].first < end or x[0].first < 0][:MAX_PLACES]

    def _departed(self, slot: str) -> list[tuple[PlaceRef, str]]:
        """ "driven out of A and from the villages around B": two prepositions for what is left."""
        other = DEPARTURE[slot]
        refs = [r for i in self.f.slots.get(other) for r in self.c.places[self.n].places(i)]
        return [(r, other) for r in refs if r.name and other in self.cue.place and self._acceptable(r, other)]

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

    def _anchored(self, i: int, refs: list[PlaceRef]) -> list[PlaceRef]:
        """ "the hills around it", "several villages near the town": described from a place that was named before."""
        reader, doc = self.c.places[self.n], self.s.doc
        if self.s.lemma(i) in BASTIONS and all(r.name is None or re.search(r" (?:at|in) ", r.name) for r in refs):
            # "seized a rebel stronghold at P"
            at = [c for c in doc[i].children if c.i > i and preposition(c) in ("in", "at")]
            named = [
                r
                for c in at
                for r in reader.places(c.i)
                if r.name and r.type in (None, PlaceType.SETTLEMENT, PlaceType.DISTRICT)
            ]
            refs = named or refs
        if not reader.placeable(i) or any(r.name or not r.anaphor for r in refs):
            return refs
        for c in doc[i].children:
            prep = preposition(c)
            if c.i < i or c.dep_ not in ("nmod", "obl") or (prep not in AROUND and not prep.endswith(" of")):
                continue
            for ref in reader.places(c.i):
                if ref.name is None and (meant := self._meant(ref)):
                    words = doc[first_of(self.s, i) : i + 1].text
                    name = f"{words} {prep} {meant}"
                    return [replace(ref, first=min(i, ref.first), name=name, type=PlaceType.AREA, known=True)]
        return refs

    def _meant(self, ref: PlaceRef) -> str | None:
        """The name of the place that words without one ("it", "the town") point back to."""
        found = self.c.memory.resolve(self.n, ref.first, ref.anaphor, ref.type)
        return found.ref.name if found else None

    def _is_fronted(self, i: int, slot: str) -> bool:
        """ "In P, they attacked posts at Q": what opens the sentence says less than what follows the verb."""
        return slot in LOCATIVE and self.cue.form == "verb" and i < self.f.token and self.f.clause is not None

    def _listed(self, found: list[tuple[PlaceRef, str]]) -> list[tuple[PlaceRef, str]]:
        """ "seized six villages near P, including A and B": the list hangs on the verb; it says which they are."""
        slot = found[0][1]
        members = [
            (ref, slot)
            for opener in LISTING
            for i in self.f.slots.get(opener)
            for ref in self.c.places[self.n].places(i)
            if ref.name and self._acceptable(ref, slot)
        ]
        members += [(ref, slot) for ref in self._among_them() if self._acceptable(ref, slot)]
        if not members:
            return found
        whole = [
            (ref, where)
            for ref, where in found
            if ref.name and not (ref.type is PlaceType.AREA and self.s.doc[ref.head].tag_ == "NNS")
        ]
        starts = {ref.first for ref, _ in whole}
        return whole + [m for m in dict.fromkeys(members) if m[0].first not in starts]

    def _among_them(self) -> list[PlaceRef]:
        """ "seized nine villages, among them A, B and C", "…, namely A and B", "villages along it, including A, fell"."""
        doc, reader = self.s.doc, self.c.places[self.n]
        counted = [i for slot in self.cue.place for i in self.f.slots.get(slot) if self._are_several(i)]
        for t in doc[min([self.f.token, *counted]) : -1]:
            if (
                t.lower_ == "namely"
                or (t.lower_ in ("them", "these") and doc[t.i - 1].lower_ == "among")
                or (doc[t.i - 1].text == "," and t.lower_ in SUCH and self._of_the_counted(t.i, counted))
                or (t.lower_ == "recently" and doc[t.i - 1].lower_ == "most" and self._of_the_counted(t.i, counted))
            ):
                first = (
                    [ref for ref in reader.named(doc[t.i + 1]) if ref.name] if reader.starts_name(doc[t.i + 1]) else []
                )
                more = [ref for ref in list_members(doc, t.i + 1, reader) if all(ref.first != r.first for r in first)]
                return first + more
        return []

    def _are_several(self, i: int) -> bool:
        """ "villages", "a string of towns"."""
        t = self.s.doc[i]
        nouns = [t, *(c for c in t.children if preposition(c) == "of")]
        return any(x.tag_ == "NNS" and self.lex.has("settlement", self.s.lemma(x)) for x in nouns)

    def _of_the_counted(self, opener: int, counted: list[int]) -> bool:
        """Nothing that could be listed stands between the noun and what opens the list."""
        reader, doc = self.c.places[self.n], self.s.doc
        heads = [i for i in counted if 0 < opener - i < FAR]
        return bool(heads) and all(
            x.pos_ not in ("VERB", "AUX", "NOUN") or reader.placeable(x.i) for x in doc[heads[-1] + 1 : opener]
        )

    def _gapped(self, found: list[tuple[PlaceRef, str]]) -> list[tuple[PlaceRef, str]]:
        """ "seized A on Tuesday and B on Thursday": a name between two dates goes on with the verb."""
        doc, more = self.s.doc, list[tuple[PlaceRef, str]]()
        last = max(ref.last for ref, _ in found)
        if found[-1][1] != "obj" or len(self.s.times) < 2:
            return []
        dates = [r for t in self.s.times if (r := self.s.token_range(t.span)) and r[0] > last]
        for before, after in pairwise(dates):
            words = doc[before[1] + 1 : after[0]]
            names = [x for x in words if x.text[:1].isupper() and self.c.places[self.n].starts_name(x)]
            if not names or any(x.pos_ in ("VERB", "AUX") for x in words) or words[0].lower_ not in ("and", ","):
                continue
            for x in names:
                for ref in self.c.places[self.n].named(x):
                    if ref.name and all(ref.first != r.first for r, _ in [*found, *more]):
                        more.append((ref, "obj"))
        return more

    def _beside(self) -> list[tuple[PlaceRef, str]]:
        """ "made gains south of P": the direction came as a preposition of the verb."""
        for slot, heads in self.f.slots.heads.items():
            if re.fullmatch(r"(gov_)?(north|south|east|west)(east|west)?_of", slot):
                words = slot.removeprefix("gov_").replace("_", " ")
                refs = [r for i in heads for r in self.c.places[self.n].places(i) if r.name]
                if refs:
                    return [
                        (
                            replace(
                                r,
                                name=f"{words} {r.name}" if r.type is not PlaceType.AREA else r.name,
                                type=PlaceType.AREA,
                                known=True,
                            ),
                            slot,
                        )
                        for r in refs
                    ]
        return self._aside_of()

    def _aside_of(self) -> list[tuple[PlaceRef, str]]:
        """ "launched an attack south of P", "broke out north of the town": the direction came as an adverb."""
        heads = {self.f.token, self.s.doc[self.f.token].head.i, *self.f.words, *self.f.slots.get("obj")}
        doc = self.s.doc
        for t in doc[self.f.token + 1 : self.f.token + 16]:
            if not COMPASS.match(t.lower_) or t.dep_ not in ("advmod", "obl", "nmod") or t.head.i not in heads:
                continue
            anchor = next(
                (c for x in (t, *t.conjuncts) for c in x.children if c.i > t.i and preposition(c).endswith("of")), None
            )
            if anchor is None or t.head.i > t.i:
                continue
            for ref in self.c.places[self.n].places(anchor.i):
                ref = replace(ref, name=ref.name or self._meant(ref))
                if ref.name and ref.type is not PlaceType.COUNTRY:
                    between = [x.text for x in doc[t.i : anchor.i] if x.lower_ != "the"]
                    name = " ".join([*between, ref.name]) if ref.type is not PlaceType.AREA else ref.name
                    return [(replace(ref, first=t.i, name=name, type=PlaceType.AREA, known=True), "in")]
        return []

    def _road(self) -> list[tuple[PlaceRef, str]]:
        """ "cut the road to P": the parser hung "to P" on the verb."""
        for i in self.f.slots.get("obj"):
            for slot in ("to", "between", "from", "into", "towards"):
                for j in self.f.slots.get(slot):
                    for ref in self.c.places[self.n].places(j):
                        if ref.name and j > i:
                            words = self.s.text[
                                self.s.doc[i].idx : self.s.doc[ref.last].idx + len(self.s.doc[ref.last])
                            ]
                            return [(PlaceRef(i, ref.last, i, words, PlaceType.ROAD, known=True), "obj")]
        return []

    def _around(self) -> list[tuple[PlaceRef, str]]:
        """ "seized six villages near P", "abandoned its bases there": what is taken has no name, but lies by one."""
        if self.cue.form != "verb" or "obj" not in self.cue.place or not self.f.slots.get("obj"):
            return []
        if not any(self.c.places[self.n].placeable(i) for i in self.f.slots.get("obj")):
            return []
        reader, out = self.c.places[self.n], list[tuple[PlaceRef, str]]()
        for slot in ("in", "at", "near", "outside", "around", "inside", "along"):
            for i in self.f.slots.get(slot):
                for ref in reader.places(i):
                    back = ref.anaphor == "it" or self.lex.has("settlement", ref.anaphor)
                    if not ref.name and (back or ref.type is PlaceType.FACILITY):
                        ref = replace(ref, name=self._meant(ref))
                    if not ref.name or ref.type is PlaceType.COUNTRY:
                        continue
                    heads = [o for o in self.f.slots.get("obj") if reader.placeable(o)]
                    head = heads[0]
                    own = any(c.tag_ == "PRP$" or c.lower_ == "the" for c in self.s.doc[head].children)
                    if own and slot in ("in", "at", "inside"):
                        out += [(self._facility_of(ref, o), slot) for o in heads]
                        continue
                    # "captured two checkpoints in P": the words are the place's description.
                    first = first_of(self.s, head)
                    while (
                        first > 0
                        and self.s.doc[first - 1].pos_ in ("NUM", "ADJ")
                        and self.s.doc[first - 1].head.i in (head, first)
                    ):
                        first -= 1
                    words = self.s.doc[first : head + 1].text
                    out.append(
                        (
                            PlaceRef(
                                ref.first, ref.last, ref.head, f"{words} {slot} {ref.name}", PlaceType.AREA, known=True
                            ),
                            slot,
                        )
                    )
            if out:
                return out
        above = (self.f.token, *self.f.slots.get("obj"))
        there = [c for i in above for c in self.s.doc[i].children if c.lower_ == "there" and c.dep_ == "advmod"]
        return (
            [(PlaceRef(there[0].i, there[0].i, there[0].i, None, extent="part", anaphor="there"), "in")]
            if there
            else []
        )

    def _facility_of(self, ref: PlaceRef, head: int) -> PlaceRef:
        """ "In P they hold the airport": the airport of P; where every town has one, a part of P."""
        lemma = self.s.lemma(head)
        if not self.lex.has("own_place", lemma):
            return replace(ref, extent="part", known=True)
        words = self.s.doc[first_of(self.s, head) : head + 1].text
        return replace(ref, name=f"{ref.name} {words}", type=PlaceType.FACILITY, parent=ref.name, known=True)

    def _place_slots(self) -> tuple[str, ...]:
        slots = list(self.cue.place)
        if self.cue.form == "noun":
            slots += [f"gov_{p}" for p in self.cue.place if p in LOCATIVE | {"against", "from", "towards", "to"}]
            if self.cue.kind is Kind.CONTESTS:
                slots += ["gov_in", "gov_at", "gov_near", "gov_around"]
            if self.cue.predicative:
                # "P was their last stronghold in Q": P is meant, where the subject is a place
                subject = self.f.slots.get("gov_nsubj")
                named = any(r.name and r.known for i in subject for r in self.c.places[self.n].places(i))
                slots = ["gov_nsubj", *slots] if named else [*slots, "gov_nsubj"]
        return tuple(dict.fromkeys(slots))

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
            word in ("near", "outside", "around")
            and ref.name
            and ref.type is not PlaceType.AREA
            and self.cue.kind in (Kind.CONTESTS, Kind.ADVANCES, Kind.BESIEGES, Kind.REPELS, Kind.GAINS)
        ):
            if word == "around" and self.cue.kind in (Kind.BESIEGES,):
                return ref
            first = ref.first
            while first > 0 and self.s.doc[first].lower_ != word and ref.first - first < 4:
                first -= 1
            return replace(ref, name=f"{word} {ref.name}", type=PlaceType.AREA, known=True)
        return ref

    def _acceptable(self, ref: PlaceRef, slot: str) -> bool:
        if ref.name is None:
            # "liberated areas": a participle before a noun says of no place in particular
            return self._pointable(ref, slot) and (self.f.clause is None or self.f.clause.relation != "amod")
        if ref.first in self.c.names[self.n].groups or self._are_men(ref):
            return False
        if ref.type is PlaceType.COUNTRY and ref.share is None:
            return False
        if self.cue.weak and not ref.known and slot in ("poss", "comp"):
            return False
        if not ref.known and self.s.role is Role.TITLE and self.s.doc[ref.first].pos_ != "PROPN":
            return False
        return ref.known or ref.head != 0 or self.s.doc[0].pos_ == "PROPN"

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
        if word in ("it", "them", "which", "that", "this", "both"):
            if self.cue.form == "noun":
                return slot in ("of", "on", "against", "for", "into", "around", "over")
            if self.cue.form in ("verb", "none") and not self.cue.object:
                return slot in ("obj", "subj", "of", "from", "out_of", "on", "in", "into", "around", "inside")
            return slot in ("of", "on", "over", "subj")
        if ref.type is PlaceType.AREA:
            return self.lex.has("natural", word)
        return ref.type not in (PlaceType.ROAD, PlaceType.COUNTRY, PlaceType.BORDER)
