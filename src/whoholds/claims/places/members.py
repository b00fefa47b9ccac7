"""The places of one frame that a list names: after "including", between two dates, beyond what the parser kept."""

from __future__ import annotations

from itertools import pairwise

from whoholds.annotate.places.lists import BESIDE, counts
from whoholds.annotate.places.lists import members as list_members
from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.times.numbers import NUMBERS
from whoholds.annotate.trees.nominals import is_time, preposition
from whoholds.annotate.trees.tree import Doc, text_of
from whoholds.claims.places.fits import FittingPlaces
from whoholds.model import PlaceType

# Slots of what goes on with a list of places, or says what it is made of.
LISTING = ("including", "such_as", "notably", "especially", "along_with", "together_with", "as_well_as", "besides")
SUCH = frozenset(["including", "notably", "especially", "chiefly", "mainly", "such"])
COUNTS = {word: n for word, n in NUMBERS.items() if n > 1} | {"both": 2}
FAR = 14
"""Words between a noun and a list of what it counts, at most."""


class ListedPlaces(FittingPlaces):
    """Goes on with a list of places."""

    def _listed(self, found: list[tuple[PlaceRef, str]]) -> list[tuple[PlaceRef, str]]:
        """ "seized six villages near P, including A and B": the list hangs on the verb; it says which they are."""
        slot = found[0][1]
        members = [
            (ref, slot)
            for opener in LISTING
            for i in self.f.slots.get(opener)
            for named in self.c.places[self.n].places(i)
            for ref in [self.c.places[self.n].of_its_own(named, self.s.doc[i], found[-1][0])]
            if ref.name and self._acceptable(ref, slot)
        ]
        members += [(ref, slot) for ref in self._among_them() if self._acceptable(ref, slot)]
        if not members:
            return found
        whole = [
            (ref, where)
            for ref, where in found
            if (ref.name and not (ref.type is PlaceType.AREA and self.s.doc[ref.head].tag_ == "NNS"))
            or (ref.anaphor == "it" and where == "obj")  # "abandoned it, together with P"
        ]
        starts = {ref.first for ref, _ in whole}
        return whole + [m for m in dict.fromkeys(members) if m[0].first not in starts]

    def _beyond_region(self, last: PlaceRef, slot: str) -> list[tuple[PlaceRef, str]]:
        """ "seized A in Q province, B and C": one town lies in one province, so B and C go on with the list."""
        heads = [i for i in self.f.slots.get("in") if i > last.last]
        if slot == "in" or not heads or not last.name or self.s.doc[last.last + 1].lower_ != "in":
            return []
        region, *others = self.c.places[self.n].places(heads[0]) or [last]
        if self._type_of(region) is not PlaceType.PROVINCE or last.many:
            return []
        if all(self._type_of(ref) is PlaceType.PROVINCE for ref in others):
            return []
        return [
            (ref, slot)
            for ref in others
            if ref.name and ref.type is not PlaceType.PROVINCE and self._acceptable(ref, slot)
        ]

    def _type_of(self, ref: PlaceRef) -> PlaceType | None:
        """What the name is of, by its own words or by the gazetteer."""
        named = self.c.memory.by_sentence.get(self.n, ())
        return ref.type or next((p.type for p in named if p.ref.first == ref.first), None)

    def _among_them(self) -> list[PlaceRef]:
        """ "seized nine villages, among them A and B", "…, namely A and B", "villages along it, including A, fell"."""
        doc, reader = self.s.doc, self.c.places[self.n]
        counted = [i for slot in self.cue.place for i in self.f.slots.get(slot) if self._are_several(i)]
        for t in doc[min([self.f.token, *counted]) : -1]:
            if t.lower_ in ("them", "these") and (before := self._before_among(t.i, counted)):
                return before
            if (
                t.lower_ == "namely"
                or (t.lower_ in ("them", "these") and doc[t.i - 1].lower_ == "among")
                or (doc[t.i - 1].text == "," and t.lower_ in SUCH and self._of_the_counted(t.i, counted))
                or (t.lower_ == "recently" and doc[t.i - 1].lower_ == "most" and self._of_the_counted(t.i, counted))
            ):
                start = self._counted_at(t.i + 1 + (doc[t.i + 1].lower_ == "as"))
                first = [r for r in reader.named(doc[start]) if r.name] if reader.starts_name(doc[start]) else []
                more = [ref for ref in list_members(doc, start, reader) if all(ref.first != r.first for r in first)]
                return first + more
        return next((listed for i in counted if (listed := self._as_many(i))), [])

    def _before_among(self, them: int, counted: list[int]) -> list[PlaceRef]:
        """ "seized nine villages, A and B among them": the names between the comma and "among"."""
        doc, reader = self.s.doc, self.c.places[self.n]
        start = them - 2
        while start > 0 and (reader.starts_name(doc[start]) or doc[start].text in (",", "and", "-", "'")):
            start -= 1
        if doc[them - 1].lower_ != "among" or doc[start + 1].text != "," or not any(i <= start for i in counted):
            return []
        found: dict[int, PlaceRef] = {}
        for t in doc[start + 2 : them - 1]:
            if reader.starts_name(t) and t.i > max((r.last for r in found.values()), default=-1):
                found.update((r.first, r) for r in reader.named(t) if r.name)
        return list(found.values())

    def _counted_at(self, start: int) -> int:
        """ "among them three near P", "including those at P": where the name begins."""
        words = self.s.doc[start : start + 4]
        if [x.lower_ for x in words[:3:2]] == ["the", "of"] and self.lex.has("settlement", words[1].lower_):
            return start + 3  # "namely the town of P"
        if not words or not counts(words[0]):
            return start
        near = next((x.i for x in words[1:3] if x.lower_ in BESIDE), start - 1)
        return near + 1 + (near >= start and text_of(self.s.doc[near + 1 : near + 2]).lower() == "the")

    def _as_many(self, i: int) -> list[PlaceRef]:
        """ "Three villages on the left bank, A, B and C, remain": as many names as are counted."""
        doc, reader = self.s.doc, self.c.places[self.n]
        number = next((COUNTS[c.lower_] for c in doc[i].children if c.lower_ in COUNTS), 0)
        for t in doc[i + 1 : i + FAR] if number else ():
            if t.text in (",", ":") and len(listed := list(list_members(doc, t.i + 1, reader))) == number:
                return listed
        return []

    def _are_several(self, i: int) -> bool:
        """ "villages", "a string of towns", "areas"."""
        t = self.s.doc[i]
        nouns = [t, *(c for c in t.children if preposition(c) == "of")]
        plural = [self.s.lemma(x) for x in nouns if x.tag_ == "NNS"]
        return any(self.lex.has(kind, *plural) for kind in ("settlement", "area", "facility"))

    def _of_the_counted(self, opener: int, counted: list[int]) -> bool:
        """Nothing that could be listed stands between the noun and what opens the list."""
        reader, doc = self.c.places[self.n], self.s.doc
        heads = [i for i in counted if 0 < opener - i < FAR]
        own = {*self.f.words, *(i for ref in self.actors(self.cue.actor)[0] for i in range(ref.first, ref.last + 1))}
        return bool(heads) and all(
            x.pos_ not in ("VERB", "AUX", "NOUN") or x.i in own or reader.placeable(x.i)
            for x in doc[heads[-1] + 1 : opener]
        )

    def _gapped(self, found: list[tuple[PlaceRef, str]]) -> list[tuple[PlaceRef, str]]:
        """ "seized A on Tuesday and B on Thursday", "A fell on Monday, B on Tuesday": a name between two dates goes on
        with the verb."""
        doc, more = self.s.doc, list[tuple[PlaceRef, str]]()
        last = max(ref.last for ref, _ in found)
        slot = found[-1][1]
        if slot not in ("obj", "subj") or slot != self.cue.place[0]:
            return []
        more += [(ref, slot) for ref in (*self._left_over(last), *self._dated(last))]
        if len(self.s.times) < 2:
            return more
        begun = min(ref.last for ref, _ in found)
        dates = [r for t in self.s.times if (r := self.s.token_range(t.span)) and r[0] > begun]
        for before, after in pairwise(dates):
            words = doc[before[1] + 1 : after[0]]
            names = [x for x in words if x.text[:1].isupper() and self.c.places[self.n].starts_name(x)]
            if not names or any(x.pos_ in ("VERB", "AUX") for x in words) or words[0].lower_ not in ("and", ",", ";"):
                continue
            for x in names:
                for ref in self.c.places[self.n].named(x):
                    if ref.name and not _aside(doc, ref) and all(ref.first != r.first for r, _ in [*found, *more]):
                        more.append((ref, slot))
        return more

    def _left_over(self, last: int) -> list[PlaceRef]:
        """ "had taken A by then, and B soon after": a name alone that the parser joined to the verb."""
        for t in self.s.doc[self.f.token].children:
            if t.dep_ != "conj" or t.pos_ != "PROPN" or t.i < max(last, self.f.token):
                continue
            below = [c for c in t.children if c.dep_ not in ("cc", "punct", "flat", "compound")]
            if all(c.pos_ == "ADV" or is_time(c) for c in below):
                return [r for r in self.c.places[self.n].named(t) if r.name and self._acceptable(r, self.cue.place[0])]
        return []

    def _dated(self, last: int) -> list[PlaceRef]:
        """ "In March they took A, in April B and in May C": a name right after a further date."""
        doc, found = self.s.doc, list[PlaceRef]()
        dates = [r for t in self.s.times if (r := self.s.token_range(t.span))]
        if not dates or dates[0][0] > self.f.token or not any(r[0] > last for r in dates):
            return []
        for first, end in dates:
            start = first - (first > 0 and doc[first - 1].lower_ in ("in", "on"))
            if start <= last or end + 1 >= len(doc) or doc[start - 1].lower_ not in (",", "and", ";"):
                continue
            after, refs = doc[end + 1], []
            if self.c.places[self.n].starts_name(after):
                refs = [r for r in self.c.places[self.n].named(after) if r.name]
            beyond = doc[refs[0].last + 1].lower_ if refs and refs[0].last + 1 < len(doc) else ""
            if not refs or beyond not in (",", "and", ".", ";", ""):
                break
            found.append(refs[0])
            last = refs[0].last
        return found


def _aside(doc: Doc, ref: PlaceRef) -> bool:
    """True of the C of "B, the capital of C, in June", "B, west of C, in June"."""
    head = doc[ref.last]
    while ref.first <= head.head.i < head.i or ref.last >= head.head.i > head.i:
        head = head.head
    return preposition(head) not in ("", "of") or (head.dep_ == "nmod" and head.head.dep_ == "appos")
