"""Nouns that stand for places named beside them: "P is a town that X took", "A and B, two towns which X holds"."""

from __future__ import annotations

from whoholds.annotate.listing import words
from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.places.within import WithinReader
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token

WITHIN = frozenset(["flat", "compound", "conj", "nmod", "obl", "advmod"])
"""What a word hangs on by these is of one list with it, or of one of its members."""
LINKS = 6

COUNTING = words("one another other first second third fourth fifth last latest next neighbour neighbor")
"""What may stand for a place that is told from others."""


class RenamedReader(WithinReader):
    """Finds the names that a noun is said of."""

    def _said_to_be(self, t: Token) -> list[PlaceRef]:
        """ "P is a town that X took", "the last town to fall was P", "among the towns taken by X are P and Q"."""
        among = t.tag_ == "NNS" and preposition(t) == "among" and self.lex.has("area", self.s.lemma(t))
        known = self.lex.has("settlement", self.s.lemma(t)) or self._singled_out(t) or self._one_of(t)
        if t.pos_ != "NOUN" or not (among or known):
            return []
        if t.dep_ in ("nmod", "obl") and preposition(t) == "of" and (t.head.pos_ == "NUM" or t.head.tag_ == "JJS"):
            # "P was one of the first towns that X took", "the largest of five towns that X gave up"
            t = t.head
        head = t.head
        if t.dep_ == "appos" and t.tag_ == "NNS" and self._is_name(head) and not self._under_label(t):
            # "A, B and C, villages that X took"
            said = [head]
        elif any(c.dep_ == "cop" for c in t.children):
            over = head.children if t.dep_ == "xcomp" else ()  # "P used to be one of the few that X held"
            said = [c for c in (*t.children, *over) if c.dep_ in ("nsubj", "nsubj:pass")]
        elif t.dep_ == "nsubj" and any(c.dep_ == "cop" for c in head.children):
            said = [head]
        elif t.dep_ == "nsubj" and self.s.lemma(head) == "include":
            # "the towns that fell to X include P and Q"
            said = [c for c in head.children if c.dep_ == "obj"]
        elif before := self._list_before(t):
            said = before
        elif preposition(t) == "as":
            # "leaves P as the only town that X holds"
            said = [c for c in head.children if c.dep_ == "obj"]
        elif preposition(t) == "among":
            said = [
                x for x in (head, *head.children, *t.children) if x.i > t.i and x.dep_ in ("nsubj", "ROOT", "ccomp")
            ]
        else:
            return []
        listed = sorted({x.i: x for c in said if self._is_name(c) for x in (c, *c.conjuncts)}.items())
        others = [x for _, x in listed if x.i != t.i]
        found = [r for x in others for r in (self.named(x) if self._is_name(x) else self.places(x.i, 1))]
        # "It is one of the last towns that X holds"
        pointing = [r for c in said if c.lower_ == "it" for r in self.places(c.i, 1)]
        return [r for r in found if r.name] or pointing

    def _others(self, t: Token) -> list[PlaceRef]:
        """ "A, B and other rebel-held towns": what is said of the others is true of A and B."""
        if t.dep_ != "conj" or t.tag_ not in ("NNS", "NN") or not any(c.lower_ == "other" for c in t.lefts):
            return []
        if self._type(self.s.lemma(t), t) is None:
            return []
        listed = [x for x in t.conjuncts if x.i < t.i and self._is_name(x)]
        return [r for x in sorted(listed, key=lambda x: x.i) for r in self.named(x) if r.name]

    def _counted_off(self, t: Token) -> list[PlaceRef]:
        """ "The third, P, is held by X", "in Q's neighbour, P": a word that counts, and the name that it is for."""
        if t.lower_ not in COUNTING or t.i + 1 >= len(self.s.doc) or self.s.doc[t.i + 1].text != ",":
            return []
        named = (c for c in t.children if c.dep_ == "appos" and c.i > t.i and self._is_name(c))
        return [r for c in named for r in self.named(c) if r.name]

    def _renames(self, t: Token) -> bool:
        """ "A, B and C, villages that X took", "A and B, two towns in Q, which X holds": told of a list before it."""
        if self._singled_out(t) or (self._one_of(t) and self._told_more(t)):
            return True
        return self._several(t) and (t.dep_ == "appos" or bool(self._list_before(t)))

    def _one_of(self, t: Token) -> bool:
        """ "P is one of the few towns of Q that X took": P, and not the Q that all of them lie in."""
        noun, kinds = self.s.lemma(t), ("settlement", "district", "facility")
        is_one = t.head.lower_ == "one" and t.tag_ == "NNS" and any(c.dep_ == "cop" for c in t.head.children)
        placed = noun == "place" or any(self.lex.has(kind, noun) for kind in kinds)
        return is_one and placed and preposition(t) == "of"

    def _several(self, t: Token) -> bool:
        """ "two towns", "an area", "the last town": what may be said of names before it."""
        return t.tag_ == "NNS" or t.lower_ == "area" or self._singled_out(t)

    def _singled_out(self, t: Token) -> bool:
        """ "the last part of Q province", "the only town in Q": some one place, which has a name."""
        one = t.pos_ == "NOUN" and any(self.lex.has("singled_out", c.lower_) or c.tag_ == "JJS" for c in t.lefts)
        return one and self.lex.has("can_be_first", self.s.lemma(t))

    @staticmethod
    def _told_more(t: Token) -> bool:
        """ "villages that X took", "towns held by X"."""
        return any(c.dep_ in ("acl:relcl", "acl") and c.i > t.i for c in t.children)

    def _list_before(self, t: Token) -> list[Token]:
        """What is listed right before the comma, wherever the parser hung the noun after it."""
        doc, start = self.s.doc, min([t.i, *(c.i for c in t.lefts if c.dep_ != "punct")])
        if not self._told_more(t) or not self._several(t) or start < 2 or doc[start - 1].text != ",":
            return []
        top = doc[start - 2]
        for _ in range(LINKS):
            if top.dep_ not in WITHIN or top.head.i >= start or top.head.pos_ in ("VERB", "AUX"):
                break
            top = top.head
        listed = [top, *(x for x in top.conjuncts if x.i < start)]
        return [x for x in listed if x.i != t.i] if any(self._is_name(x) for x in listed) else []
