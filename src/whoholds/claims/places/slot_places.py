"""Where a frame points: the places in its slots, with the repairs for what the parser hung elsewhere."""

from __future__ import annotations

from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.trees.nominals import FRONTS, preposition
from whoholds.annotate.trees.tree import text_of
from whoholds.claims.places.beside import BesidePlaces
from whoholds.claims.places.mixed import MIXED, mixed
from whoholds.claims.places.set_off import set_off_place
from whoholds.model import Kind, PlaceType

MAX_PLACES = 40
"""More places in one list than any report names; a bound against hostile text."""
DEPARTURE = {"from": "out_of", "out_of": "from"}
INSIDE = frozenset(["in", "across"])
BESIDE = frozenset(["near", "around", "at", "outside", "inside"])
AT = BESIDE | {"in", "on", "along"}
UNNAMED = frozenset([PlaceType.FACILITY, PlaceType.AREA])
"""What may be described from a place beside it."""
LINES = frozenset(["road", "highway", "border", "frontier", "river", "coast", "railway", "line"])
NOWHERE = PlaceRef(-1, -1, 0, None)


def _describes(area: PlaceRef, ref: PlaceRef) -> bool:
    """ "the forest around P, where they hide": P only says which forest."""
    nested = area.first <= ref.first and ref.last <= area.last and (area.first, area.last) != (ref.first, ref.last)
    return nested and area.type is PlaceType.AREA and bool(area.name) and (area.name or "").endswith(ref.name or " ")


class SlotPlaces(BesidePlaces):
    """The places of one frame."""

    def places(self) -> list[tuple[PlaceRef, str]]:
        found: list[tuple[PlaceRef, str]] = []
        vague: list[tuple[PlaceRef, str]] = []
        wide: list[tuple[PlaceRef, str]] = []
        reader = self.c.places[self.n]
        slots = self._place_slots()
        if self._of_something_else():
            return []
        for slot, fronted in [(slot, fronted) for fronted in (False, True) for slot in slots]:
            for i in self.f.slots.get(slot):
                if i in self.f.words and not self.cue.object_is_place:
                    continue
                if self._is_fronted(i, slot) is not fronted or (i != self.f.slots.get(slot)[0] and self._lies(i, slot)):
                    continue
                if self._lies_along(i, slot):
                    continue
                refs = self._before_clause(i, slot, self._anchored(i, reader.places(i)))
                for ref in (self._near(self._within(r), slot) for r in refs):
                    if self._acceptable(ref, slot) and all(
                        (ref.first, ref.last) != (r.first, r.last) for r, _ in found
                    ):
                        found.append((ref, slot))
            if slot == "obj" and all(not ref.name for ref, _ in found):
                found = self._road() or found
            if slot in INSIDE and found and all(self._wide(r) for r, _ in found):
                # "repelled assaults near A and B in Q region": the region says where these lie
                wide, found = wide or found, []
            elif wide and found and (fronted or slot not in BESIDE):
                found = wide
            if found and all(r.type is PlaceType.AREA and self._says_little(r) for r, _ in found):
                # "at A and B across the river", "in the P direction near A": river and front say less than a name
                vague, found = vague or found, []
            if found and slot in DEPARTURE and (also := self._departed(slot)):
                found += [x for x in also if all(x[0].first != r.first for r, _ in found)]
            if found:
                # One slot names the place; another one only says where that lies ("in X near Y").
                break
        found = found or self._between() or wide or vague or self._under_agent(slots) or self._set_off()
        found = found or self._where_they_are()
        if found and self.cue.form in ("verb", "noun", "phrase"):
            found = self._mixed(found) or found
            found = self._listed(found) + self._beyond_region(*found[-1])
        if found and self.cue.form == "verb":
            found += self._gapped(found)
        if not found and self.cue.form in ("verb", "noun"):
            found = self._beside()
        if not found and self.cue.form == "verb" and "obj" in self.cue.place and self.f.slots.get("obj"):
            found = [(ref, slot) for ref, slot in self._listed([(NOWHERE, "obj")]) if ref.name]
        if not found and (counted := next((slot for slot in self.cue.place if self.f.slots.get(slot)), None)):
            found = [(ref, counted) for ref in self._among_them()]
        if all((ref.name is None and (ref.type in UNNAMED or self._inside(ref))) or ref.many for ref, _ in found):
            found = self._around() or found
        end = len(self.s.doc) if self.f.end is None else self.f.end
        found = [x for x in found if self.f.begin <= x[0].first < end or x[0].first < 0]
        return [x for x in found if not any(_describes(other, x[0]) for other, _ in found)][:MAX_PLACES]

    def _before_clause(self, i: int, slot: str, refs: list[PlaceRef]) -> list[PlaceRef]:
        """ "attacked A, which was overrun in May, and B": B goes on with another list."""
        clause, first = self.f.clause, self.s.doc[self.f.slots.get(slot)[0]]
        told = clause is not None and clause.relation in ("relcl", "acl", "advcl") and slot in ("subj", "obj")
        if not told or first.i > self.f.token or not first.text[:1].isupper():
            return refs
        if i > self.f.token:
            return [] if any(x.i == i for x in first.conjuncts) else refs
        return [r for r in refs if r.first < self.f.token] or refs

    def _wide(self, ref: PlaceRef) -> bool:
        """A province, by its own words or by its name."""
        region = ref.type is None and ref.known and self.c.places[self.n].is_region(ref.name or "")
        return ref.type is PlaceType.PROVINCE or region

    def _mixed(self, found: list[tuple[PlaceRef, str]]) -> list[tuple[PlaceRef, str]]:
        """ "Clashes in A, near B and at C": a list with a preposition for each."""
        if found[-1][1].removeprefix("gov_") not in MIXED:
            return []
        heads = (i for p in MIXED for slot in (p, f"gov_{p}") for i in self.f.slots.get(slot) if i > self.f.token)
        listed = mixed(self.s, self.c.places[self.n], heads)
        kept = [(self._near(self._within(r), slot), slot) for r, slot in listed]
        return (
            [x for x in kept if self._acceptable(*x)] if any(r.first == found[-1][0].first for r, _ in listed) else []
        )

    def _inside(self, ref: PlaceRef) -> bool:
        """ "the main buildings *inside the camp*": a part of the camp, and of no town."""
        the = any(c.lower_ == "the" for c in self.s.doc[ref.head].lefts)
        return the and ref.part is not None and self.lex.has("facility", self.s.lemma(ref.head))

    def _says_little(self, ref: PlaceRef) -> bool:
        return ref.name is None or self.s.lemma(ref.head) in FRONTS

    def _between(self) -> list[tuple[PlaceRef, str]]:
        """ "Fighting broke out between P and Q", "no rebel is left between P and the border": the ground there."""
        if INSIDE.isdisjoint(self.cue.place) or "near" not in self.cue.place:
            return []
        for slot in ("between", "gov_between", "in_between"):
            heads = self.f.slots.get(slot)
            refs = self.c.places[self.n].places(heads[0]) if heads else []
            ends = [r for r in refs if (r.known and r.type is not PlaceType.COUNTRY) or r.type is PlaceType.BORDER]
            if len(refs) == len(ends) == 2:
                first, last = refs[0].first, refs[1].last
                words = f"between {text_of(self.s.doc[first : last + 1])}"
                return [(PlaceRef(first, last, refs[0].head, words, PlaceType.AREA, known=True), "in")]
        return []

    def _under_agent(self, slots: tuple[str, ...]) -> list[tuple[PlaceRef, str]]:
        """ "are surrounded by X in P", with the place hung on who does it."""
        reader, agents = self.c.places[self.n], self.f.slots.get("subj") if self.f.passive else ()
        beside = [c for i in agents if i > self.f.token for c in self.s.doc[i].rights if c.dep_ == "nmod"]
        placed = [(ref, slot) for c in beside for slot in slots if preposition(c) == slot for ref in reader.places(c.i)]
        return [x for x in placed if x[0].name and self._acceptable(*x)]

    def _where_they_are(self) -> list[tuple[PlaceRef, str]]:
        """ "attacked soldiers stationed at P", "clashed with rebels who hold P": the fight is where the others are."""
        if self.cue.kind is not Kind.CONTESTS or self.cue.form != "verb":
            return []
        others = [i for slot in self.cue.against for i in self.f.slots.get(slot) if i > self.f.token]
        found: list[tuple[PlaceRef, str]] = []
        for verb in (c for i in others for c in self.s.doc[i].rights if c.dep_ in ("acl", "acl:relcl")):
            holds = verb.tag_ != "VBN" and self.lex.has("guards", self.s.lemma(verb))
            if not holds and not self.lex.has("posted", self.s.lemma(verb)):
                continue
            for c in verb.rights:
                slot = preposition(c) if c.dep_ == "obl" else "in"
                if slot in AT and (c.dep_ == "obl" or (holds and c.dep_ == "obj")):
                    refs = (self._near(self._within(r), slot) for r in self.c.places[self.n].places(c.i))
                    found += [(r, slot) for r in refs if r.name and self._acceptable(r, slot)]
        return found

    def _lies(self, i: int, slot: str) -> bool:
        """ "P in Q region was taken", with the region for a second subject: it says where P lies."""
        return slot in ("subj", "obj") and preposition(self.s.doc[i]) in ("in", "near", "between")

    def _lies_along(self, i: int, slot: str) -> bool:
        """ "an attack at P, on the road to Q": the road only says where P lies."""
        t, opens = self.s.doc[i], self.s.doc[i].left_edge.i
        opens += self.s.doc[opens].text == ","
        named = opens > 1 and self.s.doc[opens - 1].text == "," and self.s.doc[opens - 2].text[:1].isupper()
        on = slot.removeprefix("gov_") == "on" and t.lower_ in LINES
        return on and named and any(opens - 2 == r.last for p in AT for r in self._at(p))

    def _at(self, prep: str) -> list[PlaceRef]:
        """The places after a preposition of the cue, or of what governs it."""
        heads = (*self.f.slots.get(prep), *self.f.slots.get(f"gov_{prep}"))
        return [r for i in heads for r in self.c.places[self.n].places(i)]

    def _set_off(self) -> list[tuple[PlaceRef, str]]:
        """ "Residents of P, seized by rebels in March, …": the name before the comma."""
        slot, i = set_off_place(self.s, self.f) or ("", -1)
        refs = self.c.places[self.n].places(i) if slot else []
        return [(r, slot) for r in refs if r.name and r.first < self.f.token and self._acceptable(r, slot)]

    def _departed(self, slot: str) -> list[tuple[PlaceRef, str]]:
        """ "driven out of A and from the villages around B": two prepositions for what is left."""
        other = DEPARTURE[slot]
        again = self.f.slots.get("of") if slot == "out_of" else ()  # "pulled out of A on Monday and of B on Tuesday"
        refs = [r for i in (*self.f.slots.get(other), *again) for r in self.c.places[self.n].places(i)]
        return [(r, other) for r in refs if r.name and other in self.cue.place and self._acceptable(r, other)]
