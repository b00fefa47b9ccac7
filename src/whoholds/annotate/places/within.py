"""Which of two places is meant where one only says where the other lies: "P, Q district", "P, between Q and R"."""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate.places.name_runs import COMPASS
from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.places.types import TypedReader
from whoholds.annotate.times.numbers import NUMBERS
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.model import PlaceType

PARENTS = frozenset(["oblast", "raion", "governorate", "province", "state", "county", "prefecture"])


class WithinReader(TypedReader):
    """Tells a place from what it lies in or between."""

    def _inside(self, ref: PlaceRef) -> list[PlaceRef]:
        """ "took P in Q province, where": P, and the province only says where that lies."""
        doc = self.s.doc
        before = ref.first - 1 - (ref.first > 0 and doc[ref.first - 1].lower_ == "the")
        wide = ref.type in (PlaceType.PROVINCE, PlaceType.DISTRICT) or doc[ref.last].lower_ in PARENTS
        if not wide or before < 1 or doc[before].lower_ != "in" or not self._is_name(doc[before - 1]):
            return [ref]
        return [r for r in self.named(doc[before - 1]) if r.type is not PlaceType.COUNTRY] or [ref]

    def _those_in(self, t: Token, found: list[PlaceRef]) -> list[PlaceRef]:
        """ "two villages of northern Mali, A and B": the villages are A and B, and not that they lie in."""
        of = next((c for c in t.rights if c.dep_ == "nmod" and preposition(c) in ("of", "in")), None)
        if t.tag_ != "NNS" or of is None or len(found) < 2 or not self.lex.has("settlement", self.s.lemma(t)):
            return found
        wide = found[0]
        end = max(of.i, wide.last) + 1
        if not of.left_edge.i <= wide.first <= of.i <= wide.last + 1 or text_of(self.s.doc[end : end + 1]) != ",":
            return found
        said = (NUMBERS.get(c.lower_, 0) for c in t.lefts if c.dep_ == "nummod")
        count = next((n for n in said if n), 0)
        side = COMPASS.match(self.s.doc[of.left_edge.i + 1].lower_) is not None
        region = side or wide.type in (PlaceType.PROVINCE, PlaceType.COUNTRY)
        return found[1:] if count == len(found) - 1 or (region and not count) else found

    def _within_parent(self, ref: PlaceRef) -> PlaceRef:
        """ "P, Kharkiv Oblast", "P, the capital of Takhar": the comma says where P lies, and P is meant."""
        doc, first = self.s.doc, ref.first
        before = text_of(doc[max(0, first - 4) : first]).lower()
        if ref.name is None or first < 2:
            return ref
        if before.endswith("capital of"):
            comma = first - (4 if doc[first - 3].lower_ in ("the", "a") else 3)
        elif (
            doc[ref.last].lower_ in PARENTS
            or (ref.type is PlaceType.PROVINCE and doc[ref.last].tag_ == "NN")
            or self._says_where(ref)
        ):
            comma = first - 1 - (doc[first - 1].lower_ == "the")
            # "Bama, in Borno state, which the army entered"
            comma -= doc[comma].lower_ == "in"
        else:
            return ref
        named = comma - 1 - (comma > 1 and self.lex.has("settlement", doc[comma - 1].lower_))  # "P village, Q district"
        if comma < 1 or doc[comma].text != "," or not self._is_name(doc[named]):
            return ref
        inner = self.named(doc[named])
        if len(inner) != 1 or not inner[0].name or inner[0].type is PlaceType.COUNTRY:
            return ref
        return self._within_parent(replace(inner[0], known=True, extent=ref.extent, parent=ref.name))

    def _says_where(self, ref: PlaceRef) -> bool:
        """ "P, Q district," and "P village, in Q district", "P, Jonglei, on Monday": no list goes on from there."""
        doc = self.s.doc
        before = doc[ref.first - 2]
        region = doc[ref.first - 1].text == "," and self._is_name(before) and self._is_region_beside(ref, before)
        if not region and (ref.type is not PlaceType.DISTRICT or doc[ref.last].lower_ != "district"):
            return False
        after, further = text_of(doc[ref.last + 1 : ref.last + 2]), doc[ref.last + 2 : ref.last + 3]
        closes = after in (".", ";", ")", "") or (after == "," and not any(self._is_name(x) for x in further))
        return closes and doc[ref.first - 1].lower_ not in ("and", "or")

    def _is_region_beside(self, ref: PlaceRef, town: Token) -> bool:
        """ "Nimule, Jonglei": a region's name alone after a town's."""
        first, last = self.run(town.i)
        opens = text_of(self.s.doc[max(0, first - 1) : first])
        alone = opens not in (",", "and") and not self.is_region(text_of(self.s.doc[first : last + 1]))
        return alone and ref.type is None and ref.known and self.is_region(ref.name or "")

    def _placing(self, t: Token) -> list[int]:
        """ "took P, halfway between Q and R", where the parser made a list of it: what only says where P lies."""
        beside = [c for c in t.rights if c.dep_ == "conj"]
        first = next((k for k, c in enumerate(beside) if preposition(c) == "between"), None)
        return [] if first is None or preposition(t) else [c.i for c in beside[first : first + 2]]
