"""Parts and quantities of places: "the outskirts of P", "most of P", "three of the five districts"."""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate.places.areas import NEARLY, AreaReader
from whoholds.annotate.places.name_runs import COMPASS
from whoholds.annotate.places.names import PlaceRef, antecedent
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token
from whoholds.model import PlaceType


class PartReader(AreaReader):
    """Reads parts and quantities of places."""

    def places(self, i: int, depth: int = 0) -> list[PlaceRef]:
        """Places named by the phrase headed by token `i`."""
        raise NotImplementedError

    def _part(self, t: Token, depth: int) -> list[PlaceRef]:
        """ "the eastern districts of Taiz", "the outskirts of Goma", "the east of the city", "80 percent of X"."""
        extent, part, share = self.extent_of(t)
        for child in t.children:
            if child.i > t.i and child.dep_ in ("nmod", "obl") and preposition(child) in ("of", "in", f"{t.lower_} of"):
                inner = self.places(child.i, depth + 1)
                if inner:
                    return [
                        replace(r, extent=extent or "part", part=part or self._phrase(t), share=share or r.share)
                        for r in inner
                    ]
        if (
            t.tag_ == "NN"
            and (COMPASS.match(t.lower_) or t.lower_ == "rest")
            and (whole := self._whole_before(t, depth))
        ):
            return [replace(r, first=t.i, last=t.i, head=t.i, extent="part", part=self._phrase(t)) for r in whole]
        owner = next((c for c in t.lefts if c.dep_ == "nmod:poss" and self._is_name(c)), None)
        inner = [r for r in self.named(owner) if r.type is not PlaceType.COUNTRY] if owner is not None else []
        if inner:
            # "entered P's centre"
            return [replace(r, extent="part", part=part or self._phrase(t)) for r in inner]
        if t.dep_ == "appos" and self._is_name(t.head) and any(c.lower_ in ("a", "an") for c in t.lefts):
            return self.named(t.head)  # "towards P, a district that they hold": P, and no part of the town spoken of
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
        ) or self._of_any_town(t):
            return [
                PlaceRef(
                    t.i, t.i, t.i, None, PlaceType.SETTLEMENT, extent or "part", self._phrase(t), share, anaphor="city"
                )
            ]
        return []

    def _of_any_town(self, t: Token) -> bool:
        """ "the streets", "our street", "every corner", "the southern end": of the town that is spoken of."""
        lemma = self.s.lemma(t)
        if self.lex.has("in_a_town", lemma):
            return t.tag_ == "NNS" or any(c.tag_ == "PRP$" or c.lower_ in ("every", "each") for c in t.lefts)
        if lemma in ("limit", "boundary"):
            return any(self.lex.has("settlement", self.s.lemma(c)) for c in t.lefts)  # "inside the city limits"
        sided = self.lex.has("end_of", lemma) and any(COMPASS.match(c.lower_) for c in t.lefts)
        owners = [c for c in t.lefts if c.dep_ == "nmod:poss"]  # "in its north", "the town's north"
        its = any(c.lower_ == "its" or self.lex.has("settlement", self.s.lemma(c)) for c in owners)
        its = its and COMPASS.match(t.lower_) is not None
        return (sided or its) and all(c.dep_ != "nmod" for c in t.rights)

    def _whole_before(self, t: Token, depth: int) -> list[PlaceRef]:
        """ "holds the north of P, and the army *the south*": of the town of which another part was named before."""
        if not any(c.lower_ == "the" for c in t.lefts) or any(c.dep_ == "nmod" for c in t.rights):
            return []
        for x in reversed(self.s.doc[: t.i]):
            if COMPASS.match(x.lower_) or self.s.lemma(x) in ("half", "part", "side"):
                of = [c for c in x.children if c.i > x.i and preposition(c) == "of"]
                named = [r for c in of for r in self.places(c.i, depth + 1) if r.name and r.known]
                return [r for r in named if r.type not in (PlaceType.COUNTRY, PlaceType.PROVINCE)]
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
        extent, _part, share = self.extent_of(t)
        word = self.s.lemma(t)
        before = self.s.doc[max(0, t.i - 2)]
        if t.lower_ == "one" and before.i < t.i - 1 and before.nbor(1).text == "," and before.pos_ == "PROPN":
            # "P, one of the towns still in rebel hands"
            return self.places(before.i, depth + 1)
        if word in ("rest", "all", "whole", "entirety"):
            nearly = t.i > 0 and self.s.doc[t.i - 1].lower_ in NEARLY
            extent = "most" if nearly else "whole" if word != "rest" else "part"
        elif word in ("most", "much", "majority", "bulk"):
            extent = "most"
        elif word in ("half", "third", "quarter", "percent", "%", "part", "lot", "more"):
            extent = extent or "part"
        for child in t.children:
            if child.i > t.i and child.dep_ in ("nmod", "obl") and preposition(child) == "of":
                inner = self.places(self._whole_list(child.i) if word in ("all", "both") else child.i, depth + 1)
                if inner:
                    return [replace(r, extent=_most_of(r, extent), share=share or r.share) for r in inner]
        return []


def _most_of(ref: PlaceRef, extent: str | None) -> str | None:
    """ "most of the countryside of P" is most of P, "most of the north of P" a part of it."""
    sided = any(COMPASS.match(word) or word in ("central", "old") for word in (ref.part or "").lower().split())
    return extent if extent == "most" and not sided else ref.extent or extent
