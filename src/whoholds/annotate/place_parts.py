"""Parts and quantities of places: "the outskirts of P", "most of P", "three of the five districts"."""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate.nominals import preposition
from whoholds.annotate.place_areas import NEARLY, AreaReader
from whoholds.annotate.place_names import PlaceRef, antecedent
from whoholds.annotate.tree import Token
from whoholds.model import PlaceType


class PartReader(AreaReader):
    """Reads parts and quantities of places."""

    def places(self, i: int, depth: int = 0) -> list[PlaceRef]:
        """Places named by the phrase headed by token `i`."""
        raise NotImplementedError

    def _part(self, t: Token, depth: int) -> list[PlaceRef]:
        """ "the eastern districts of Taiz", "the outskirts of Goma", "the east of the city", "80 percent of X"."""
        extent, part, share = self._extent(t)
        for child in t.children:
            if child.i > t.i and child.dep_ in ("nmod", "obl") and preposition(child) in ("of", "in"):
                inner = self.places(child.i, depth + 1)
                if inner:
                    return [
                        replace(r, extent=extent or "part", part=part or self._phrase(t), share=share or r.share)
                        for r in inner
                    ]
        if self.s.lemma(t) in (
            "district",
            "neighbourhood",
            "neighborhood",
            "quarter",
            "suburb",
            "outskirts",
            "outskirt",
            "section",
            "centre",
            "center",
        ) or (t.tag_ == "NNS" and self.s.lemma(t) in ("street", "house", "building", "block", "lane", "alley")):
            return [
                PlaceRef(
                    t.i, t.i, t.i, None, PlaceType.SETTLEMENT, extent or "part", self._phrase(t), share, anaphor="city"
                )
            ]
        return []

    def _whole_list(self, i: int) -> int:
        """ "A, B and C, all of which": the first of the list before the pronoun, and not the last."""
        doc, top = self.s.doc, antecedent(self.s, i)
        if top == i:
            return i
        while doc[top].dep_ in ("conj", "flat", "compound") and doc[top].head.i < top:
            top = doc[top].head.i
        return top

    def _quantity(self, t: Token, depth: int) -> list[PlaceRef]:
        extent, _part, share = self._extent(t)
        word = self.s.lemma(t)
        if word in ("rest", "all", "whole", "entirety"):
            nearly = t.i > 0 and self.s.doc[t.i - 1].lower_ in NEARLY
            extent = "most" if nearly else "whole" if word != "rest" else "part"
        elif word in ("most", "much", "majority", "bulk"):
            extent = "most"
        elif word in ("half", "third", "quarter", "percent", "%", "part", "lot"):
            extent = extent or "part"
        for child in t.children:
            if child.i > t.i and child.dep_ in ("nmod", "obl") and preposition(child) == "of":
                inner = self.places(self._whole_list(child.i) if word in ("all", "both") else child.i, depth + 1)
                if inner:
                    return [replace(r, extent=r.extent or extent, share=share or r.share) for r in inner]
        return []
