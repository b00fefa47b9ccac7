"""Nouns that say what kind of place they are, with a name of their own: "the village of Bol", "Bol airport"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from whoholds.annotate.listing import words
from whoholds.annotate.places.before import BeforeReader
from whoholds.annotate.places.names import ROAD_CODE, PlaceRef
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.model import PlaceType

OF_ONE_NAME = frozenset([PlaceType.SETTLEMENT, PlaceType.DISTRICT, PlaceType.PROVINCE, PlaceType.COUNTRY])
"""Kinds of places that are called by the name alone: "the town of X" is X."""
SEATS = frozenset(["capital", "seat"])
"""Towns that are called by the province whose they are."""

RANKS = words("main chief principal second third fourth only administrative regional")
"""What a town is among those of its region, as superlatives say it: "the main town of Darfur" is not Darfur."""
SINGLED_OUT = words("a an first last next other sole")
"""The same behind a name and a comma."""
BANKS = frozenset(["bank", "riverbank"])
OF_A_PART = words(
    """provincial regional departmental state district county governorate highland old former ancient de facto
    self-declared commercial economic would-be"""
)
"""What the capital is called of a part of a country, of others who hold it, or of another time."""


class TypedReader(BeforeReader):
    """Reads typed nouns."""

    def _typed(self, t: Token, kind: PlaceType, depth: int) -> list[PlaceRef]:
        doc, s = self.s.doc, self.s
        inside = next((c for c in t.children if c.dep_ == "case" and c.lower_ in ("in", "of", "near")), None)
        if inside is not None and doc[inside.i - 1].head.i == t.i and self._is_name(doc[inside.i - 1]):
            # "controls Bol in Lac province", where the parser took it all for one name
            return self.named(doc[inside.i - 1])
        extent, part, share = self.extent_of(t)
        if kind is PlaceType.SETTLEMENT and self._is_of_region(t):
            word = s.lemma(t) if s.lemma(t) in SEATS and not self._provincial(t) else "town"
            meant = PlaceRef(t.i, t.i, t.i, None, kind, extent, anaphor=word)
            return self._apposed(t, kind, depth, extent) or self._before_comma(t) or [meant]
        found = (
            self._numbered(t, kind)
            or (self._apposed(t, kind, depth, extent) if s.lemma(t) in SEATS else [])
            or self._named_part(t, kind, extent)
            or self._after_of(t, kind, depth, extent, part)
            or self._in_region(t, kind, depth, extent)
            or self._after_names(t, kind, extent, part)
            or self._apposed(t, kind, depth, extent)
            or self._near(t, depth, extent, kind)
            or self._way_called(t, kind)
        )
        if found:
            return found
        if (s.lemma(t) != t.lower_ and kind is PlaceType.DISTRICT) or (
            self.lex.has("part_of", s.lemma(t))
            and kind is not PlaceType.FACILITY
            and s.lemma(t) not in ("street", "centre", "center")
            and (s.lemma(t) != "area" or self._of_the_town(t))
        ):
            return [
                PlaceRef(
                    t.i, t.i, t.i, None, PlaceType.SETTLEMENT, extent or "part", self._phrase(t), share, anaphor="city"
                )
            ]
        definite = any(
            c.lower_ in ("the", "this", "that", "both", "these", "those", "its", "their")
            or c.tag_ == "PRP$"
            or c.dep_ == "nmod:poss"
            for c in t.children
            if c.i < t.i
        )
        if definite or s.role.value == "title":
            word = "town" if self._provincial(t) else s.lemma(t)
            return [PlaceRef(t.i, t.i, t.i, None, kind, extent, part, share, anaphor=word, many=t.tag_ == "NNS")]
        return []

    def _of_the_town(self, t: Token) -> bool:
        """ "70 percent of the area", "the populated areas": of the town that is spoken of. "The area", "areas" may be
        any ground."""
        measured = preposition(t) == "of" and self.lex.has("part_of", self.s.lemma(t.head))
        return measured or any(self.lex.has("built_up", c.lower_) for c in t.lefts)

    def _is_of_region(self, t: Token) -> bool:
        """ "Darfur's largest town", "a town of Darfur that …", "the Darfur capital": the name is a region's."""
        ranked = self._ranked(t)
        seat = self.s.lemma(t) in SEATS
        for c in t.children:
            if c.i < t.i and c.dep_ == "nmod:poss" and self._is_name(c):
                return ranked or seat
            if c.i < t.i and seat and ((c.dep_ == "compound" and self._is_name(c)) or self._of_others(c)):
                return True
            if c.i > t.i and preposition(c) == "of" and t.dep_ == "appos" and self._is_name(t.head):
                return ranked or any(x.lower_ in SINGLED_OUT for x in t.lefts)
        return False

    def _ranked(self, t: Token) -> bool:
        """ "the *main* town", "the *second largest* town": one of several, of some region."""
        # nor is "Garang's home town" Garang
        ranks = (c for c in t.children if c.i < t.i and (c.lower_ in (*RANKS, "home") or c.tag_ in ("JJS", "RBS")))
        return any(c.dep_ != "advmod" for c in ranks)  # not "only the town of P"

    def _in_region(self, t: Token, kind: PlaceType, depth: int, extent: str | None) -> list[PlaceRef]:
        """ "Soldiers fled the Borno town", "the Donetsk region town": a town of that region, named elsewhere."""
        before = self.s.doc[t.i - 1] if t.i else t
        if (
            kind is not PlaceType.SETTLEMENT
            or t.tag_ != "NN"
            or before.head.i != t.i
            or not any(c.lower_ in ("the", "this", "that") for c in t.lefts)
        ):
            return []
        typed = self._type(before.lower_, before) is PlaceType.PROVINCE and before.i > t.left_edge.i + 1
        if not typed and not (self._is_name(before) and self._names_region(before, t.lower_)):
            return []
        word = "town" if self._provincial(t) else self.s.lemma(t)
        meant = PlaceRef(t.i, t.i, t.i, None, kind, extent, anaphor=word)
        return self._apposed(t, kind, depth, extent) or self._before_comma(t) or [meant]

    def _names_region(self, t: Token, noun: str) -> bool:
        """Whether the name that ends at a token is a region's, where a town or a village is said to have it."""
        first, last = self.run(t.i)
        name = text_of(self.s.doc[first : last + 1])
        # no village bears the name of a great city
        return self.is_region(name) or (noun == "village" and self.is_great(name))

    def _before_comma(self, t: Token) -> list[PlaceRef]:
        """ "Bor, Jonglei's largest town": the name before the comma, whatever the parser took the town for."""
        first = self._np_start(t, bare=False)
        doc = self.s.doc
        if (
            t.dep_ not in ("appos", "conj", "parataxis")
            or first < 2
            or doc[first - 1].text != ","
            or not self._is_name(doc[first - 2])
        ):
            return []
        return [replace(r, known=True) for r in self.named(doc[first - 2]) if r.name]

    def _provincial(self, t: Token) -> bool:
        """ "the departmental capital", "its old capital", "the capital of Kasai": not the country's."""
        return self.s.lemma(t) in SEATS and any(
            (c.i < t.i and (c.lower_ in OF_A_PART or self._of_others(c)))
            or (c.i > t.i and preposition(c) == "of" and c.i not in self.names.countries and c.lower_ != "country")
            for c in t.children
        )

    def _of_others(self, t: Token) -> bool:
        """Whether a word before "capital" is a region's or a people's: "Tigrayan", and not "Ethiopian"."""
        theirs = t.dep_ in ("amod", "compound") and t.text[:1].isupper() and t.text[1:].islower()
        return theirs and t.i not in self.names.demonyms and t.i not in self.names.countries

    def _after_of(self, t: Token, kind: PlaceType, depth: int, extent: str | None, part: str | None) -> list[PlaceRef]:
        """ "the town of X", "the villages of A, B and C", "areas of X"."""
        for case, inner in self._named_behind(t, depth):
            if case == "of" and (meant := self._other_than(t, kind, inner, extent, part)):
                return [meant]
            several = kind is PlaceType.DISTRICT and t.tag_ == "NNS"
            if kind in OF_ONE_NAME and not several:
                return self._called_so(inner, kind, extent)
            if found := self._in_or_of(t, kind, inner, extent, part):
                return found
        return []

    def _named_behind(self, t: Token, depth: int) -> Iterator[tuple[str, list[PlaceRef]]]:
        """What a noun's "of", "called" or "named" leads to, with that word."""
        s = self.s
        for child in t.children:
            titled = child.text[:1].isupper() and self.lex.has("titles", child.lower_)
            if titled and preposition(child) == "of":
                # "the palace of the Emir of P"
                child = next((c for c in child.rights if preposition(c) == "of"), child)
            case = preposition(child)
            leads = case in ("of", "called", "named") or (case == "to" and self.lex.has("way_in", s.lemma(t)))
            if child.i < t.i or child.dep_ not in ("nmod", "obl", "flat", "compound") or not leads:
                continue
            name = self.starts_name(child)
            inner = self.places(child.i, depth + 1) if name or self._type(s.lemma(child), child) is not None else []
            if not inner and name and child.i not in self.names.groups:
                inner = self.named(child)
            if inner and not (inner[0].type is PlaceType.COUNTRY and any(self._is_name(c) for c in t.lefts)):
                yield case, inner

    def _other_than(
        self, t: Token, kind: PlaceType, inner: list[PlaceRef], extent: str | None, part: str | None
    ) -> PlaceRef | None:
        """ "the capital of Kasai province", "six villages of Djugu": a place in the one that is named."""
        last = inner[0].last
        wide = inner[0].type in (PlaceType.PROVINCE, PlaceType.COUNTRY, PlaceType.DISTRICT)
        seat = self.s.lemma(t) in SEATS and wide
        main = kind is PlaceType.SETTLEMENT and t.tag_ == "NN" and self._ranked(t)
        if (seat or main) and t.dep_ != "appos":
            # also "the main town of the valley": it is named elsewhere
            word = "capital" if seat and inner[0].type is PlaceType.COUNTRY else "town"
            return PlaceRef(t.i, last, t.i, None, kind, extent, part, anaphor=word)
        some = t.tag_ == "NNS" and any(c.pos_ == "NUM" or c.lower_ in ("several", "some", "many") for c in t.children)
        if some and len(inner) == 1 and kind in (PlaceType.SETTLEMENT, PlaceType.FACILITY):
            first = self._np_start(t)
            doc = self.s.doc
            words = self.s.text[doc[first].idx : doc[last].idx + len(doc[last])]
            return PlaceRef(first, last, t.i, words, PlaceType.AREA, extent, known=True)
        return None

    @staticmethod
    def _called_so(inner: list[PlaceRef], kind: PlaceType, extent: str | None) -> list[PlaceRef]:
        """ "the town of Lebanon" is not the country."""
        smaller = kind in (PlaceType.SETTLEMENT, PlaceType.DISTRICT)
        return [
            replace(
                r,
                type=kind if smaller and r.type is PlaceType.COUNTRY else r.type or kind,
                known=True,
                extent=r.extent or extent,
            )
            for r in inner
        ]

    def _in_or_of(
        self, t: Token, kind: PlaceType, inner: list[PlaceRef], extent: str | None, part: str | None
    ) -> list[PlaceRef]:
        """ "the outskirts of X", "the airport of X": a part of what is named, or a thing that has its name."""
        doc, lemma, name = self.s.doc, self.s.lemma(t), inner[0].name
        if lemma == "direction" and name:
            return inner  # "fighting in the direction of X": what is fought over is X
        if (self.lex.has("keeps_name", lemma) or lemma in BANKS) and name:
            # "the western countryside of X" is not X, nor is a river's bank the river
            first, last = self._np_start(t), inner[0].last
            return [PlaceRef(first, last, t.i, self._words(first, last), PlaceType.AREA, extent, known=True)]
        if kind is PlaceType.AREA or (kind is PlaceType.DISTRICT and t.tag_ == "NNS"):
            return [replace(r, extent=r.extent or "part", part=r.part or self._phrase(t)) for r in inner]
        if len(inner) > 1 and kind is PlaceType.FACILITY and t.tag_ == "NNS":
            # "the oil terminals of A and B"
            return [replace(r, known=True) for r in inner]
        if not name:
            return []
        if self.lex.has("of_its_name", lemma) and t.tag_ == "NN":
            # "the ancient temple of P" is P
            return [replace(inner[0], type=kind, known=True, extent=inner[0].extent or extent)]
        own = self.own_place(t)
        if kind is PlaceType.FACILITY and self.lex.has("inside_town", lemma) and not own:
            return [replace(r, extent="part", part=self._phrase(t)) for r in inner]
        words = text_of(doc[self._np_start(t) : inner[0].last + 1])
        if own and t.tag_ == "NN" and inner[0].type is not PlaceType.AREA:
            words = self.called(t, name)
        return [PlaceRef(t.i, inner[0].last, t.i, words, kind, extent, part, known=True)]

    def _apposed(self, t: Token, kind: PlaceType, depth: int, extent: str | None) -> list[PlaceRef]:
        """ "the town, Bor,", "the town Bor" and "Bor, a town on the Nile"."""
        doc = self.s.doc
        beside = doc[t.i + 1] if t.i + 1 < len(doc) else t
        if kind is PlaceType.SETTLEMENT and t.tag_ == "NN" and beside.text[:1].isupper():
            inner = [r for r in self.named(beside) if r.name and r.known] if self._is_name(beside) else []
            if inner:
                return [replace(r, type=r.type or kind, extent=r.extent or extent) for r in inner]
        # "the capital of Q, P,": the parser hung P on Q
        below = [c for x in t.children if preposition(x) == "of" and self.s.lemma(t) in SEATS for c in x.children]
        for child in (*t.children, *below):
            if child.dep_ == "appos" and child.i > t.i and self._is_name(child):
                inner = [r for r in self.places(child.i, depth + 1) if r.name]
                if inner:
                    return [replace(r, type=r.type or kind, known=True, extent=r.extent or extent) for r in inner]
        if t.dep_ == "appos" and t.head.i < t.i and not self._under_label(t):
            over = t.head
            inner = self.named(over) if self._is_name(over) else [r for r in [self._described(over)] if r]
            if inner:
                return [replace(r, known=True) for r in inner]
        first = self._np_start(t, bare=False)
        aside = first > 1 and doc[first - 1].text == "," and doc[first].lower_ in ("the", "a")
        argument = t.dep_ in ("nsubj", "nsubj:pass", "obj")
        before = self._past_region(doc[first - 2]) if aside else t
        if aside and kind is PlaceType.SETTLEMENT and not argument and self._is_name(before):
            # "P, the last town in Q under their control", where the parser saw no apposition
            return [replace(r, known=True) for r in self.named(before)]
        return []

    def _under_label(self, t: Token) -> bool:
        """ "Borno: two villages retaken", and not "A and B: two villages retaken": several are not the one named."""
        doc = self.s.doc
        colon = next((x.i for x in doc[: t.i] if x.text == ":" and x.i > t.head.i), 0)
        return t.tag_ == "NNS" and colon > 0 and not any(x.text in ",&" or x.lower_ == "and" for x in doc[:colon])

    def _past_region(self, t: Token) -> Token:
        """ "P in Q province, a town that they seized": P."""
        region = self._type(self.s.lemma(t), t) in (PlaceType.PROVINCE, PlaceType.DISTRICT) and preposition(t) == "in"
        return self.s.doc[max(0, t.left_edge.i - 1)] if region else t

    def _way_called(self, t: Token, kind: PlaceType) -> list[PlaceRef]:
        """ "the airport road", "the coastal highway": which one is said; "the main road" may be any."""
        what = self.s.doc[t.i - 1] if t.i else t
        by_place = any(self.lex.has(sort, what.lower_) for sort in ("facility", "natural")) or what.lower_ == "coastal"
        the = any(c.lower_ in ("the", "its") for c in t.lefts)
        if kind is not PlaceType.ROAD or not the or what.head.i != t.i or not by_place or t.tag_ != "NN":
            return []
        return [PlaceRef(what.i, t.i, t.i, self._words(what.i, t.i), kind, known=True)]

    def _numbered(self, t: Token, kind: PlaceType) -> list[PlaceRef]:
        """ "Highway 80", "Hill 223", "Point 4590", "the RN2"."""
        doc = self.s.doc
        if ROAD_CODE.fullmatch(t.text):
            return [PlaceRef(t.i, t.i, t.i, t.text, kind, known=True)]
        number = doc[t.i + 1] if t.i + 1 < len(doc) else t
        if not number.text[:1].isdigit() or not t.text[:1].isupper() or number.head.i != t.i:
            return []
        return [PlaceRef(t.i, number.i, t.i, self._words(t.i, number.i), kind, known=True)]
