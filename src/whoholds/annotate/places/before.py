"""Names before a noun that says what kind of place they are: "Bol airport", "the Gao and Kidal regions"."""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate.places.name_runs import NOT_PLACES
from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.places.near import OF_ITS_KIND, NearReader
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.gazetteer.wordlike import is_wordlike
from whoholds.model import PlaceType


class BeforeReader(NearReader):
    """Reads nouns with names before them."""

    def _after_names(self, t: Token, kind: PlaceType, extent: str | None, part: str | None) -> list[PlaceRef]:
        """What a noun with a name before it stands for."""
        before = self._names_before(t, kind)
        if kind is PlaceType.SETTLEMENT and t.tag_ in ("NN", "NNP") and self.own_place(t):
            # "Bol port" is a place in Bol; "the Black Sea port" is a town
            kind = kind if any(self.lex.has("waters", x.lower_) for x in before) else PlaceType.FACILITY
        if not before:
            return []
        if several := self._of_several(t, kind, before, extent):
            return several
        x = before[-1]
        placed = any(preposition(c) in ("at", "in", "near", "of") and self._is_name(c) for c in t.rights)
        if kind is PlaceType.FACILITY and self.lex.has("military_unit", x.lower_) and not placed:
            # "the 310th Brigade camp", "the Saada Brigade's base"
            first, _ = self.run(x.i)
            return [PlaceRef(first, t.i, t.i, self._words(first, t.i), kind, extent, part, known=True)]
        inner = self.named(x)
        return [self._with_name(t, kind, x, inner[0], extent, part)] if inner and inner[0].name else []

    def _of_several(self, t: Token, kind: PlaceType, before: list[Token], extent: str | None) -> list[PlaceRef]:
        """ "the Gao and Kidal regions", "A, B and C districts"."""
        if t.tag_ not in ("NNS", "NNPS") and t.lower_ not in ("barracks", "headquarters"):
            return []
        runs = dict.fromkeys(self.run(y.i) for x in before for y in (x, *x.conjuncts) if y.i < t.i and self._is_name(y))
        # "A, B and C districts", with A and B for members of their own
        last_of_list = kind is PlaceType.DISTRICT and t.dep_ == "conj" and t.tag_ in ("NNS", "NNPS")
        if len(runs) < 2 and not (runs and last_of_list):
            return []
        several = [r for first, _ in runs for r in self.named(self.s.doc[first]) if r.last < t.i]
        one = self._shared(t, kind, max((last for _, last in runs if last < t.i), default=t.i - 1))
        return [
            replace(r, name=f"{r.name} {one}" if one else r.name, type=kind, known=True, extent=extent or r.extent)
            for r in several
        ]

    def _with_name(
        self, t: Token, kind: PlaceType, x: Token, ref: PlaceRef, extent: str | None, part: str | None
    ) -> PlaceRef:
        """What a noun and the name `ref` before it stand for; `x`: the word that the name hangs by."""
        doc, lemma = self.s.doc, self.s.lemma(t)
        if ref.last >= t.i:
            return replace(ref, type=kind, known=True, extent=extent or ref.extent)
        owned = x.dep_ == "nmod:poss"
        if lemma == "garrison" or (owned and self._is_inside(t, kind)):
            # "P's police station", "the Bentiu garrison"
            return replace(ref, extent="part", part=self._phrase(t))
        if kind in (PlaceType.SETTLEMENT, PlaceType.PROVINCE):
            # "Afrin canton", "Masisi territory" are not the towns of that name
            plain = kind is PlaceType.SETTLEMENT or self.lex.has("plain_province", lemma)
            name = ref.name if plain else text_of(doc[ref.first : t.i + 1])
            return replace(ref, name=name, type=kind, known=True, extent=extent or ref.extent, last=t.i)
        area = self.lex.has("area", lemma)
        of_a_sort = any(y.tag_ == "NN" and self._type(y.lower_, y) is None for y in doc[ref.last + 1 : t.i])
        if self.lex.has("keeps_name", lemma) or (area and of_a_sort):
            # "the Hama countryside", "the Bria diamond area" are not Hama and Bria
            return PlaceRef(ref.first, t.i, t.i, self._words(ref.first, t.i), PlaceType.AREA, extent, known=True)
        if kind is PlaceType.AREA and area:
            if t.tag_ == "NNS" or lemma in ("outskirts", "outskirt", "pocket", "part"):
                return replace(ref, extent=extent or "part", part=self._phrase(t), last=t.i)
            return replace(ref, extent=extent or ref.extent, last=t.i)
        if owned and kind is PlaceType.FACILITY:
            kept = (y.text for y in doc[ref.last + 1 : t.i] if y.pos_ == "NOUN" or y.lower_ in OF_ITS_KIND)
            name = " ".join([ref.name or "", *kept, t.text])
        else:
            # "the upper Kodori gorge"
            of_it = self.lex.has("natural", lemma) and text_of(doc[max(0, ref.first - 1) : ref.first])
            name = text_of(doc[ref.first - (of_it in ("upper", "lower")) : t.i + 1])
        return PlaceRef(ref.first, t.i, t.i, name, kind, extent, part, known=True, parent=ref.name)

    def _is_inside(self, t: Token, kind: PlaceType) -> bool:
        """Whether what a town has is a part of it: "P's outskirts", "P's police station"."""
        lemma = self.s.lemma(t)
        if self.lex.has("keeps_name", lemma):
            return False
        if kind in (PlaceType.DISTRICT, PlaceType.AREA, PlaceType.SETTLEMENT) or lemma == "territory":
            return True
        return self.lex.has("inside_town", lemma) and not self.own_place(t)

    def _named_part(self, t: Token, kind: PlaceType, extent: str | None) -> list[PlaceRef]:
        """ "the Crater district of Aden", "the Bacongo and Makelekele districts of Brazzaville": they have names."""
        before = self._names_before(t, kind) if kind is PlaceType.DISTRICT else []
        of = any(preposition(c) == "of" and self._is_name(c) for c in t.rights)
        if not of or not before or any(x.dep_ == "nmod:poss" for x in before):
            return []
        found = self._after_names(t, kind, extent, None)
        # "the Sloviansk districts of A and B" are A and B
        return found if t.tag_ not in ("NNS", "NNPS") or len(found) > 1 else []

    def _names_before(self, t: Token, kind: PlaceType) -> list[Token]:
        """Names before a noun: "Mosul airport", "the Rawa area", "Bab al-Hawa crossing"."""
        doc = self.s.doc
        before = [
            x
            for x in t.subtree
            if x.i < t.i
            and (x.head.i == t.i or (x.head.head.i == t.i and x.dep_ == "compound"))
            and x.dep_ in ("compound", "nmod:poss", "flat", "amod", "nmod", "nmod:desc")
            and not self._says_what(x)
            and (
                self._is_name(x)
                or (
                    x.text[:1].isupper()
                    and x.i > 0
                    and x.i not in self.names.demonyms
                    and x.i not in self.names.groups
                    and x.lower_ not in NOT_PLACES
                    and kind is PlaceType.FACILITY
                )
            )
        ]
        if (
            t.pos_ == "PROPN"
            and not before
            and t.i > 0
            and self._is_name(doc[t.i - 1])
            and doc[t.i - 1].head.i == t.head.i
        ):
            before = [doc[t.i - 1]]
        return before

    def _says_what(self, t: Token) -> bool:
        """ "Rebel Base Captured", "Army positions", "Key town": whose or what they are, no name for all its capital."""
        lemma = self.s.lemma(t)
        if t.i == 0 and t.pos_ == "ADJ" and is_wordlike(t.text):
            return True
        return self.lex.has("nonstate_modifier", t.lower_, lemma) or self.lex.has("state_words", t.lower_, lemma)

    def _shared(self, t: Token, kind: PlaceType, last: int) -> str:
        """What each of several names keeps of their noun: "the Sharara and Feel oil fields", "A and B territories"."""
        lemma, between = self.s.lemma(t), self.s.doc[last + 1 : t.i]
        kept = [x.text for x in between if x.pos_ == "NOUN" or x.lower_ in OF_ITS_KIND]
        if kind is PlaceType.PROVINCE:
            return "" if self.lex.has("plain_province", lemma) else lemma
        if kind is PlaceType.FACILITY:
            return "" if self.lex.has("inside_town", lemma) and not self.own_place(t) else " ".join([*kept, lemma])
        return " ".join([*kept, t.text]) if kept or self.lex.has("natural", lemma) else ""
