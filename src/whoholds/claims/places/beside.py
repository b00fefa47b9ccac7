"""Places that a frame describes from another one: "the base there", "six villages near P", "broke out north of P"."""

from __future__ import annotations

import re
from dataclasses import replace

from whoholds.annotate.places.name_runs import COMPASS
from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.trees.nominals import is_measure, preposition
from whoholds.annotate.trees.tree import text_of
from whoholds.claims.draft import first_of
from whoholds.claims.places.fits import NEARBY
from whoholds.claims.places.members import ListedPlaces
from whoholds.model import Kind, PlaceType

AROUND = frozenset(["around", "near", "outside", "to", "between", "along", "towards", "surrounding"])
BASTIONS = frozenset(["stronghold", "bastion", "redoubt", "hideout", "fief", "camp", "position"])
"""What stands in a town or village of its own."""


LIES = ("in", "at", "near", "outside", "around", "inside", "along")
INWARDS = (("into",), ("inside",))


class BesidePlaces(ListedPlaces):
    """Describes what has no name from what has one."""

    def _anchored(self, i: int, refs: list[PlaceRef]) -> list[PlaceRef]:
        """ "the hills around it", "several villages near the town": described from a place that was named before."""
        reader, doc = self.c.places[self.n], self.s.doc
        if self.s.lemma(i) in BASTIONS and all(r.name is None or re.search(r" (?:at|in) ", r.name) for r in refs):
            # "seized a rebel stronghold at P", with "at P" hung on it or on the verb
            beside = (c for c in doc[i].head.rights if c.left_edge.i == i + 1)
            at = [c for c in (*doc[i].rights, *beside) if preposition(c) in ("in", "at")]
            named = [
                r
                for c in at
                for r in reader.places(c.i)
                if r.name and r.type in (None, PlaceType.SETTLEMENT, PlaceType.DISTRICT)
            ]
            refs = named or refs
        bare = self.lex.has("facility", self.s.lemma(i))
        if bare and all(r.name is None and r.type is PlaceType.FACILITY for r in refs):
            # "reached the factory on the edge of P", with the edge hung on the verb
            on = (c for c in doc[i].head.rights if c.left_edge.i == i + 1 and preposition(c) in ("on", "at", "in"))
            edges = [r for c in on for r in reader.places(c.i) if r.name and r.extent == "part"]
            refs = [replace(r, part=text_of(doc[first_of(self.s, i) : i + 1])) for r in edges] or refs
        side_of = COMPASS.match(doc[i].lower_) and any(c.lower_ == "the" for c in doc[i].lefts)  # "in the west of it"
        if not reader.placeable(i) or side_of or any(r.name or not r.anaphor for r in refs):
            return refs
        if by_side := self._on_a_side_of(i, refs):
            return by_side
        beyond = [x for x in doc[i + 3 : i + 4] if doc[i + 1].lower_ == "to" and COMPASS.match(x.lower_)]
        for c in (*doc[i].children, *beyond):
            prep = preposition(c)
            if c.i < i or c.dep_ not in ("nmod", "obl") or (prep not in AROUND and not prep.endswith(" of")):
                continue
            # "hills to the north of it" lie north of it
            side = [x for x in c.children if COMPASS.match(c.lower_) and preposition(x).endswith("of")]
            around = [r for x in side or [c] for r in reader.places(x.i)]
            if refs and prep == "between" and any(r.many for r in around):
                pair = self.c.memory.resolve_many(self.n, around[0].first, "both")
                ends = " and ".join(p.ref.name or "" for p in pair)
                whole = f"{text_of(doc[first_of(self.s, i) : i + 1])} between {ends}"
                return [replace(refs[0], name=whole, known=True)] if len(pair) == 2 else []
            if prep == "between" and any(r.anaphor == "them" for r in around):
                return refs  # "took the quarter between them"
            for ref in around:
                if ref.name is None and (meant := self._meant(ref)):
                    words = text_of(doc[first_of(self.s, i) : i + 1])
                    name = f"{words} {f'{doc[c.i].lower_} of' if side else prep} {meant}"
                    return [replace(ref, first=min(i, ref.first), name=name, type=PlaceType.AREA, known=True)]
        return refs

    def _on_a_side_of(self, i: int, refs: list[PlaceRef]) -> list[PlaceRef]:
        """ "the hills north of it", "the forest south of the town": no name, and so the place that was named before."""
        doc = self.s.doc
        ground = bool(refs) and refs[0].type is PlaceType.AREA
        side = next((x for x in doc[i + 1 : i + 2] if ground and COMPASS.match(x.lower_)), None)
        anchor = next((c for c in side.rights if preposition(c).endswith("of")), None) if side is not None else None
        for ref in self.c.places[self.n].places(anchor.i) if anchor is not None else ():
            if ref.name is None and (meant := self._meant(ref)):
                words = text_of(doc[first_of(self.s, i) : i + 2])
                return [replace(refs[0], name=f"{words} of {meant}", type=PlaceType.AREA, known=True)]
        return []

    def _beside(self) -> list[tuple[PlaceRef, str]]:
        """ "made gains south of P": the direction came as a preposition of the verb.

        Who advanced south of P entered nothing, and who withdrew south of P did not leave it.
        """
        if self.cue.place[:1] in INWARDS or self.cue.kind is Kind.WITHDRAWS:
            return []
        for slot, heads in self.f.slots.heads.items():
            if re.fullmatch(r"(gov_)?(north|south|east|west)(east|west)?_of", slot):
                words = slot.removeprefix("gov_").replace("_", " ")
                refs = [r for i in heads for r in self.c.places[self.n].places(i) if r.name]
                if refs:
                    return [(self._side_of(r, words), slot) for r in refs]
        return self._aside_of()

    def _side_of(self, ref: PlaceRef, words: str) -> PlaceRef:
        """ "attacked south of P" is said of that side; "stand 10 km south of P" of P."""
        if self.cue.kind is Kind.ADVANCES and self.cue.place[:1] == ("from",):
            return ref
        name = f"{words} {ref.name}" if ref.type is not PlaceType.AREA else ref.name
        return replace(ref, name=name, type=PlaceType.AREA, known=True)

    def _aside_of(self) -> list[tuple[PlaceRef, str]]:
        """ "launched an attack south of P", "broke out north of the town": the direction came as an adverb."""
        heads = {self.f.token, self.s.doc[self.f.token].head.i, *self.f.words, *self.f.slots.get("obj")}
        doc = self.s.doc
        for t in doc[self.f.token + 1 : self.f.token + 16]:
            if not COMPASS.match(t.lower_) or t.dep_ not in ("advmod", "obl", "nmod") or t.head.i not in heads:
                continue
            if doc[t.i - 1].dep_ in ("obl", "nmod") and preposition(doc[t.i - 1]) == "from":
                # "crossed the river from their positions north of P"
                continue
            if self.cue.kind in (Kind.HOLDS, Kind.ABSENT) and is_measure(doc[t.i - 1]):
                continue  # "are 20 km north of P": how far they have come, and not where they stay
            anchor = next(
                (c for x in (t, *t.conjuncts) for c in x.children if c.i > t.i and preposition(c).endswith("of")), None
            )
            if anchor is None or t.head.i > t.i:
                continue
            found: list[tuple[PlaceRef, str]] = []
            for ref in self.c.places[self.n].places(anchor.i):
                ref = replace(ref, name=ref.name or self._meant(ref))
                if ref.name and ref.type is not PlaceType.COUNTRY and not found:
                    between = [x.text for x in doc[t.i : anchor.i] if x.lower_ != "the"]
                    found = [(self._side_of(replace(ref, first=t.i), " ".join(between)), "in")]
                elif ref.name and (own := preposition(doc[ref.head])) in NEARBY:
                    found.append((self._near(ref, own), "in"))  # "gained ground south of P and near Q"
            if found:
                return found
        return []

    def _road(self) -> list[tuple[PlaceRef, str]]:
        """ "cut the road to P", "reached the road to P": the parser hung "to P" on the verb."""
        doc = self.s.doc
        for i in self.f.slots.get("obj"):
            left = i < self.f.token and self.cue.kind is Kind.WITHDRAWS  # "one road left from P to Q"
            if left or not (self.cue.object_is_place or self.lex.has("road", self.s.lemma(i))):
                continue
            # "the road linking P with Q", "roads leading to P"
            leads = [x.i for c in doc[i].children if c.dep_ == "acl" for x in c.children if x.i > c.i]
            for slot in ("to", "between", "from", "into", "towards", "with"):
                for j in [*self.f.slots.get(slot), *(x for x in leads if preposition(doc[x]) == slot)]:
                    ends = [r for r in self.c.places[self.n].places(j) if r.name and j > i]
                    if ends:
                        roads = self.c.places[self.n].roads_to(doc[i], ends, PlaceType.ROAD)
                        return [(road, "obj") for road in roads]
        return []

    def _hung_on_them(self, slot: str) -> list[int]:
        """ "took three villages from the rebels in P": where the villages lie, hung on who had them."""
        them = (self.s.doc[i] for prep in ("from", "to", "by") for i in self.f.slots.get(prep))
        return [c.i for t in them for c in t.rights if c.dep_ in ("nmod", "obl") and preposition(c) == slot]

    def _around(self) -> list[tuple[PlaceRef, str]]:
        """ "seized six villages near P", "abandoned its bases there": what is taken has no name, but lies by one."""
        if self.cue.form != "verb" or "obj" not in self.cue.place or not self.f.slots.get("obj"):
            return []
        if not any(self.c.places[self.n].placeable(i) for i in self.f.slots.get("obj")):
            return []
        # "In Q they attacked the post at P": what stands beside it, rather than what opens the sentence
        for late, slot in [(late, slot) for late in (True, False) for slot in LIES]:
            heads = (*self.f.slots.get(slot), *self._hung_on_them(slot))
            if out := [x for i in heads if (i > self.f.token) is late for x in self._lying(slot, i)]:
                return out
        above = (self.f.token, *self.f.slots.get("obj"))
        there = [c for i in above for c in self.s.doc[i].children if c.lower_ == "there" and c.dep_ == "advmod"]
        return (
            [(PlaceRef(there[0].i, there[0].i, there[0].i, None, extent="part", anaphor="there"), "in")]
            if there
            else []
        )

    def _lying(self, slot: str, i: int) -> list[tuple[PlaceRef, str]]:
        """What the object stands for that has no name, by the place in one slot."""
        reader, out = self.c.places[self.n], list[tuple[PlaceRef, str]]()
        for ref in reader.places(i):
            back = ref.anaphor == "it" or self.lex.has("settlement", ref.anaphor)
            if not ref.name and (back or ref.type is PlaceType.FACILITY):
                ref = replace(ref, name=self._meant(ref))
            if not ref.name or ref.type is PlaceType.COUNTRY:
                continue
            heads = [self._of_which(o) for o in self.f.slots.get("obj") if reader.placeable(o)]
            head = heads[0]
            lefts = list(self.s.doc[head].lefts)
            own = any(c.tag_ == "PRP$" or c.lower_ == "the" or c.dep_ == "nmod:poss" for c in lefts)
            if own and slot in ("in", "at", "inside"):
                out += [(self._facility_of(ref, o), slot) for o in heads]
                continue
            if slot in ("in", "inside") and self._is_ground(head):
                extent, _, share = reader.extent_of(self.s.doc[head])
                out.append((replace(ref, extent=extent or "part", share=share, known=True), slot))
                continue
            # "captured two checkpoints in P": the words are the place's description.
            first = first_of(self.s, head)
            while (
                first > 0
                and self.s.doc[first - 1].pos_ in ("NUM", "ADJ")
                and self.s.doc[first - 1].head.i in (head, first)
            ):
                first -= 1
            words = text_of(self.s.doc[first : head + 1])
            out.append(
                (
                    PlaceRef(ref.first, ref.last, ref.head, f"{words} {slot} {ref.name}", PlaceType.AREA, known=True),
                    slot,
                )
            )
        return out

    def _is_ground(self, i: int) -> bool:
        """ "40 square kilometres", "stretches of land", "80 percent": nothing but ground."""
        return any(self.lex.has(kind, self.s.lemma(i)) for kind in ("area_measure", "area", "shares_of_ground"))

    def _of_which(self, i: int) -> int:
        """ "half of the refinery": the refinery."""
        t, reader = self.s.doc[i], self.c.places[self.n]
        of = [c.i for c in t.children if preposition(c) == "of" and reader.placeable(c.i)]
        return of[0] if of and self.lex.has("some_of", self.s.lemma(t)) else i

    def _facility_of(self, ref: PlaceRef, head: int) -> PlaceRef:
        """ "In P they hold the airport": the airport of P; where every town has one, a part of P."""
        noun, reader = self.s.doc[head], self.c.places[self.n]
        if not reader.own_place(noun):
            return replace(ref, extent="part", part=text_of(self.s.doc[first_of(self.s, head) : head + 1]), known=True)
        name = reader.called(noun, ref.name or "")
        return replace(ref, name=name, type=PlaceType.FACILITY, parent=ref.name, known=True)
