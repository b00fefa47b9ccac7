"""Places described from a named one by a preposition: "villages near P", "the road from P to Q", "the dam at P"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.places.parts import PartReader
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.annotate.words import lexis
from whoholds.model import PlaceType

OF_ITS_KIND = lexis()["of_its_kind"]
AT = frozenset(["in", "on", "at", "inside", "along", "across"])
BESIDE = frozenset(["near", "outside", "around", "between", "over", "across"])
ENDS = frozenset(["from", "to", "into"])


class NearReader(PartReader):
    """Reads nouns that another place says the whereabouts of."""

    def own_place(self, t: Token) -> bool:
        """A facility that is spoken of by itself: "the airport", "the air base"."""
        lemma = self.s.lemma(t)
        return self.lex.has("own_place", lemma, f"{self.s.doc[t.i - 1].lower_} {lemma}" if t.i else lemma)

    def called(self, t: Token, name: str) -> str:
        """ "The military airport of P" is mostly called "P military airport"."""
        before = [c.text for c in t.lefts if c.lower_ in OF_ITS_KIND or (c.dep_ == "compound" and c.pos_ == "NOUN")]
        return " ".join([name, *before, t.text])

    def _words(self, first: int, last: int) -> str:
        return text_of(self.s.doc[first : last + 1])

    def _has_ends(self, t: Token, child: Token, kind: PlaceType) -> bool:
        """A road "from P", "to P"; a strip or a coast "from P to Q"."""
        if kind is PlaceType.ROAD:
            return True
        long = kind is PlaceType.BORDER or self.lex.has("long_ground", self.s.lemma(t))
        after = self.s.doc[child.i + 1 : child.i + 4]
        return long and preposition(child) == "from" and any(x.lower_ == "to" for x in after)

    def _near(self, t: Token, depth: int, extent: str | None, kind: PlaceType) -> list[PlaceRef]:
        """ "two villages near Goma", "a base outside Gao", "positions around Bakhmut": placed from a named one."""
        for child in (*t.children, *self._lies(t, kind)):
            case = preposition(child)
            ends = case in ENDS and self._has_ends(t, child, kind)
            beside = child.dep_ in ("nmod", "obl") and (case in AT or case in BESIDE)
            if child.i < t.i or not (ends or beside):
                continue
            inner = [r for r in self.places(child.i, depth + 1) if r.name]
            if not inner:
                continue
            if ends:
                return list(self._roads(t, child, inner, kind, extent))
            if case in BESIDE:
                return self._beside_of(t, child, inner, extent)
            return self._at(t, child, inner, kind, extent)
        return []

    def _lies(self, t: Token, kind: PlaceType) -> Iterator[Token]:
        """ "the base that X has in P", "the camp which lies at P": what a clause of its own says of where it is."""
        if kind is PlaceType.FACILITY:
            clauses = (c for c in t.rights if c.dep_ == "acl:relcl" and self.lex.has("is_there", self.s.lemma(c)))
            yield from (x for c in clauses for x in c.rights if x.dep_ == "obl" and preposition(x) in ("in", "at"))

    def _roads(
        self, t: Token, child: Token, inner: list[PlaceRef], kind: PlaceType, extent: str | None
    ) -> Iterator[PlaceRef]:
        """ "the road from P to Q", "the roads from P to Q and to R", "the highway to P and Q"."""
        # "hold the road from P to Q", where the parser hung the end of it on the verb
        end = inner[-1].last + 1
        beyond = [c for c in t.head.children if c.i > end and any(x.i == end for x in c.lefts)]
        further = [c for c in [*t.children, *child.children, *beyond] if preposition(c) in ("to", "and")]
        ends = [r for c in further if c.i > child.i for r in self.places(c.i)]
        if preposition(child) != "from":
            ends = inner + ends
        yield from self.roads_to(t, ends or inner, kind, extent)

    def roads_to(
        self, t: Token, ends: list[PlaceRef], kind: PlaceType, extent: str | None = None
    ) -> Iterator[PlaceRef]:
        """ "the highway to P and Q" is one road, "the roads to P and Q" are two."""
        owner = [c.i for x in t.lefts if x.dep_ == "nmod:poss" for c in x.children if c.tag_ == "POS"]
        first, last = max([self._np_start(t), *(i + 1 for i in owner)]), max(r.last for r in ends)
        if t.tag_ != "NNS" or len(ends) < 2:
            yield PlaceRef(first, last, t.i, self._words(first, last), kind, extent, known=True)
            return
        to = max([x.i for x in self.s.doc[t.i + 1 : ends[0].first] if x.pos_ == "ADP"], default=t.i)
        kept = [c.text for c in t.lefts if c.dep_ == "compound"]
        road = " ".join([*kept, self.s.lemma(t), self._words(t.i + 1, to)])
        for end in ends:
            yield PlaceRef(t.i, end.last, t.i, f"{road} {end.name}", kind, extent, known=True)

    def _beside_of(self, t: Token, child: Token, inner: list[PlaceRef], extent: str | None) -> list[PlaceRef]:
        """ "villages near P", "the heights above P", "the ground between P and Q"."""
        case = preposition(child)
        # "near the Bor and Yei rivers" has one noun for both names
        shared = child.tag_ in ("NNS", "NNPS") and inner[0].last < child.i
        last = max(child.i * shared, *(r.last for r in inner)) if case == "between" or shared else inner[0].last
        # "positions around P": what is held is the ground there
        own = self.lex.has("dug_in", self.s.lemma(t)) and case != "over"
        cases = [c.i for c in child.lefts if c.dep_ == "case"]
        first = cases[0] if own and cases else self._np_start(t, bare=True)
        return [PlaceRef(first, last, t.i, self._words(first, last), PlaceType.AREA, extent, known=True)]

    def _at(self, t: Token, child: Token, inner: list[PlaceRef], kind: PlaceType, extent: str | None) -> list[PlaceRef]:
        """ "the dam at P", "the bases at P and Q", "three villages in P district"."""
        case = preposition(child)
        if any(c.lower_ in ("any", "no", "single") for c in t.lefts):
            # "no longer hold any village in P": nothing of P
            return [replace(r, known=True) for r in inner]
        if (
            kind is PlaceType.FACILITY
            and case in ("in", "at", "on")
            and t.tag_ == "NN"
            and self.own_place(t)
            and len(inner) == 1
        ):
            # "the dam at Kajaki" is not Kajaki
            first, name = self._np_start(t), inner[0].name or ""
            words = self.called(t, name)
            return [PlaceRef(first, inner[0].last, t.i, words, kind, extent, known=True, parent=name)]
        if self.lex.has("natural", self.s.lemma(t)) and t.tag_ == "NNS" and case in ("at", "in"):
            # "in the hills at P" is not in P
            return [self._placed(t, r, case, extent) for r in inner]
        if case == "along" and t.tag_ == "NN" and self.lex.has("long_ground", self.s.lemma(t)):
            # "a strip of land along the Araxes" is not the river
            first, last = self._np_start(t), inner[0].last
            return [PlaceRef(first, last, t.i, self._words(first, last), PlaceType.AREA, extent, known=True)]
        if not self.lex.has("settlement", self.s.lemma(t)):
            # "the bases at A and B"
            return [replace(r, extent="part", part=self._phrase(t), known=True) for r in inner]
        line = self._type(self.s.lemma(child), child) in (PlaceType.BORDER, PlaceType.ROAD)
        edge = case == "on" and inner[0].extent == "part" and not self.lex.has("natural", self.s.lemma(child))
        if t.tag_ == "NNS" and case in ("on", "along") and (line or edge):
            # "three villages along the road from P to Q", "villages on the outskirts of P"
            first, last = self._np_start(t), inner[0].last
            return [PlaceRef(first, last, t.i, self._words(first, last), PlaceType.AREA, extent, known=True)]
        if t.tag_ == "NNS" and case in ("in", "across") and all(r.type is not PlaceType.COUNTRY for r in inner):
            # "three villages in Gwoza district"
            return [self._placed(t, r, "in", extent) for r in inner]
        return []

    def _placed(self, t: Token, ref: PlaceRef, case: str, extent: str | None) -> PlaceRef:
        """What lies in or at a place, and has no name: "three villages in Q", "the hills at P"."""
        words = f"{self._words(self._np_start(t), t.i)} {case} {ref.name}"
        return PlaceRef(t.i, ref.last, t.i, words, PlaceType.AREA, extent, known=True)
