"""Where a noun phrase points: the place it names, whole or part, or the words that point back at one.

A phrase is read by its head: a name ("Ramadi"), a typed noun with a name ("the village of Ghnayman", "Mosul airport"),
a part of a place ("the eastern districts of Taiz"), an area described from one ("areas east of Ramadi"), or a word
that stands for a place named elsewhere ("the city", "it", "there"). Names need no gazetteer to be read here.
"""

from __future__ import annotations

import re
from dataclasses import replace

from whoholds.annotate.places.name_runs import COMPASS
from whoholds.annotate.places.names import ANAPHORS, PlaceRef, antecedent
from whoholds.annotate.places.renamed import RenamedReader
from whoholds.annotate.trees.negation import set_apart
from whoholds.annotate.trees.nominals import is_time, preposition
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.model import PlaceType

FACILITY = PlaceType.FACILITY
CONTINUED = re.compile(r",?\s*(?:as well as|along with|together with|plus|and\s+(?:finally|then|later|also|lastly))\s+")
JUST = frozenset(["just", "only", "about", "some", "barely", "roughly", "nearly"])
"""Words before a distance."""


THESE = frozenset(["both", "these", "those", "two", "three", "four"])
WAYS_TO = frozenset(["gate", "gateway", "door", "key"])
"""What a place may be called for what lies behind it."""
VILLAGES = frozenset(["villages", "hamlets", "settlements", "towns", "localities", "communes"])
CENTRES = frozenset(["centre", "center", "outskirts", "suburbs", "downtown"])


class PlaceReader(RenamedReader):
    """Reads place phrases of one sentence."""

    def places(self, i: int, depth: int = 0) -> list[PlaceRef]:
        """Places named by the phrase headed by token `i`, coordinated ones included. Empty where it is no place."""
        if depth > 4:
            return []
        asked, i = i, self._beyond_hyphen(self._of_the_list(antecedent(self.s, i), i))
        found = self._one(i, depth)
        if i != asked:
            # "in the desert, 50 km north of P, where ...": the description right before the pronoun
            near = [
                r
                for x in self.s.doc[max(0, asked - 8) : asked]
                for r in [self._described(x)]
                if r and r.last >= max(i, asked - 3)
            ]
            found = [named for r in near[:1] for named in self._named_before(r)] or found
            found = [named for r in found for named in self._inside(r)]
        found = self._sharing_type(self.s.doc[i]) + found
        if depth == 0 and (
            self._renames(self.s.doc[i]) or all(r.name is None and r.type is not None for r in found[:2])
        ):
            found = self._said_to_be(self.s.doc[i]) or found
        if i != asked and found and found[0].name is None and found[0].type is PlaceType.AREA:
            # "P, a village at the foot of the hills which they held": not the hills
            found = self.over(i, depth) or found
        for child in self.s.doc[i].children:
            if (
                child.i > i
                and child.dep_ in ("nmod", "obl", "appos", "conj")
                and preposition(child) in self.lex["list_openers"]
            ):
                found += self.places(child.i, depth + 1)
        if not found or self._told_more(self.s.doc[i]):
            found = self._others(self.s.doc[i]) + found or self._counted_off(self.s.doc[i])
        placing = self._placing(self.s.doc[i])
        for child in self.s.doc[i].children:
            if child.dep_ == "conj" and child.i > i and child.i not in placing and not self._other_clause(child):
                more = self.places(child.i, depth + 1)
                # "the towns of A and B": the type goes on over the list, and so does "parts of".
                if found and more:
                    more = [self.of_its_own(m, child, found[-1]) for m in more]
                    more = [
                        replace(m, extent=m.extent or found[0].extent, known=m.known or found[0].known) for m in more
                    ]
                found += more
        if depth == 0 and found and found[-1].name:
            found += self._continued(found[-1])
            found = self._those_in(self.s.doc[i], found)
        unique: dict[tuple[int, int], PlaceRef] = {}
        for ref in [self._within_parent(r) for r in found]:
            unique.setdefault((ref.first, ref.last), ref)
        return list(unique.values())

    def _of_the_list(self, i: int, pronoun: int) -> int:
        """ "A and B, which they had held": both, unless the verb says that it is one ("A and B, which was held")."""
        doc = self.s.doc
        names = [x for x in (doc[i], *doc[i].conjuncts) if x.i < pronoun]
        if i == pronoun or len(names) < 2 or doc[pronoun - 1].text != "," or any(x.text.islower() for x in names):
            return i
        names.sort(key=lambda x: x.i)
        if set_apart(names[-1]):
            return names[-1].i
        t = doc[pronoun]
        subject = t.dep_ in ("nsubj", "nsubj:pass")
        forms = {x.lower_ for x in (t.head, *t.head.children) if x.pos_ == "AUX"} | {t.head.tag_}
        if not subject or forms & {"were", "are", "have", "VBP"}:
            return names[0].i
        return names[-1].i if forms & {"was", "is", "has", "VBZ"} else i

    def of_its_own(self, ref: PlaceRef, t: Token, before: PlaceRef) -> PlaceRef:
        """ "P and its airstrip": the airstrip of P; what every town has is a part of it, and says no more than P."""
        own = any(c.tag_ == "PRP$" and c.lower_ == "its" for c in t.children)
        if ref.name or not own or not before.name or not (ref.type is FACILITY or self.own_place(t)):
            return ref
        if before.type not in (None, PlaceType.SETTLEMENT, PlaceType.DISTRICT):
            return ref
        if self.lex.has("inside_town", self.s.lemma(t)) and not self.own_place(t):
            return replace(ref, name=before.name, extent="part", known=True)
        words = self._words(self._np_start(t), t.i).removeprefix("its ")
        return replace(ref, name=f"{before.name} {words}", type=FACILITY, parent=before.name, known=True)

    def _beyond_hyphen(self, i: int) -> int:
        """ "reached the rebel-held town", where the parser took the rebels for the object."""
        doc = self.s.doc
        if i + 3 >= len(doc) or doc[i + 1].text not in "-–" or doc[i + 2].tag_ != "VBN" or doc[i + 2].head.i == i:
            return i
        head = doc[i + 2].head if doc[i + 2].head.i > i + 2 else doc[i + 3]
        return head.i if head.i - i < 8 and head.pos_ in ("NOUN", "PROPN") else i

    def _continued(self, ref: PlaceRef) -> list[PlaceRef]:
        """The next of "A, B and finally C", "A as well as B", where the parser let go of the list."""
        doc = self.s.doc
        m = CONTINUED.match(text_of(doc[ref.last + 1 : ref.last + 6])) if ref.last + 1 < len(doc) else None
        if m is None:
            return []
        at = doc[ref.last + 1].idx + m.end()
        t = next((x for x in doc[ref.last + 1 : ref.last + 7] if x.idx == at), None)
        if t is None or not self._is_name(t) or t.dep_ in ("nsubj", "nsubj:pass"):
            return []
        return [replace(r, known=r.known or ref.known, extent=r.extent or ref.extent) for r in self.named(t) if r.name]

    def _sharing_type(self, t: Token) -> list[PlaceRef]:
        """The others of "the Gao and Kidal Regions", read as one name with the last of them."""
        kind = self._type(t.lower_.removesuffix("s"), t)
        if not t.text[:1].isupper() or not t.text.endswith("s") or kind is None:
            return []
        first, _ = self.run(t.i)
        others = [c for c in t.lefts if c.i < first and c.dep_ in ("compound", "nmod", "flat") and self._is_name(c)]
        return [replace(r, type=kind, known=True) for c in others for r in self.named(c)]

    def over(self, i: int, depth: int = 0) -> list[PlaceRef]:
        """The nearest place above a noun that it describes."""
        t = self.s.doc[i]
        for _ in range(4):
            if t.dep_ not in ("nmod", "appos", "obl", "conj") or t.head.i >= t.i:
                return []
            t = t.head
            found = [r for r in self._one(t.i, depth + 1) if r.name]
            if found:
                return found
        return []

    def _facility_after(self, ref: PlaceRef) -> PlaceRef:
        """ "regained Dabaa airfield", where the parser hung the name on the verb."""
        after = self.s.doc[ref.last + 1 : ref.last + 3]
        if not len(after) or after[0].pos_ != "NOUN" or self._type(self.s.lemma(after[0]), after[0]) is not FACILITY:
            return ref
        if ref.name is None or ref.type is not None or (len(after) > 1 and after[1].pos_ in ("NOUN", "PROPN")):
            return ref
        words = self._words(ref.first, ref.last + 1)
        return PlaceRef(ref.first, ref.last + 1, ref.head, words, FACILITY, known=True, parent=ref.name)

    def facility(self, last: int) -> PlaceRef | None:
        """The airport, bridge or valley that bears the name which ends at a token: "Kunduz airport"."""
        for t in self.s.doc[last + 1 : last + 4]:
            if t.pos_ not in ("NOUN", "PROPN", "ADJ"):
                break
            kind = self._type(self.s.lemma(t), t) if t.pos_ != "ADJ" else None
            if kind is PlaceType.FACILITY or self.lex.has("natural", self.s.lemma(t)):
                if t.i + 1 < len(self.s.doc) and self.s.doc[t.i + 1].head.i == t.i + 1 == t.head.i:
                    continue
                return next((r for r in self._one(t.i, 1) if r.name and r.type is kind), None)
        return None

    def _whose(self, t: Token) -> list[PlaceRef]:
        """ "P, whose suburbs they entered": a part of the place before the pronoun, or what is spoken of by itself."""
        pronoun = next((c for c in t.lefts if c.tag_ == "WP$"), None)
        if pronoun is None or pronoun.i < 2:
            return []
        before = self.s.doc[pronoun.i - 1 - (self.s.doc[pronoun.i - 1].text == ",")]
        if not self._is_name(before):
            return []
        if self.own_place(t):
            owners = [r for r in self.named(before) if r.name]
            return [
                replace(r, first=t.i, last=t.i, name=f"{r.name} {t.text}", type=FACILITY, known=True, parent=r.name)
                for r in owners
            ]
        return [replace(r, extent="part", part=self._phrase(t), known=True) for r in self.named(before)]

    def placeable(self, i: int) -> bool:
        """True where the phrase is of something on the ground, named or not: villages, bases, positions, ground."""
        t = self.s.doc[i]
        lemma = self.s.lemma(t)
        if self._type(lemma, t) is not None or self.lex.has("part_of", lemma) or self.lex.has("area_measure", lemma):
            return True
        return any(preposition(c) == "of" and self._type(self.s.lemma(c), c) is not None for c in t.children)

    def _one(self, i: int, depth: int) -> list[PlaceRef]:
        t = self.s.doc[i]
        lower, lemma = t.lower_, self.s.lemma(t)
        if is_time(t) and (
            names := [c for c in t.lefts if c.dep_ in ("compound", "nmod", "flat") and self._is_name(c)]
        ):
            # "withdrew from P four months later", where the parser took it all for one phrase
            return self.named(names[0])
        if (whose := self._whose(t)) and (self._type(lemma, t) or self.lex.has("part_of", lemma) or lower in CENTRES):
            return whose
        described = self._described(t)
        if described:
            return self._named_before(described)
        if lower in ("former", "latter") and t.i and self.s.doc[t.i - 1].lower_ == "the" and self._alone(t):
            return [PlaceRef(i, i, i, None, anaphor=lower)]
        if (
            lower in ("rest", "remainder") or (lower == "half" and self.s.doc[i - 1].lower_ == "other")
        ) and self._alone(t):
            return [PlaceRef(i, i, i, None, extent="part", part=lower, anaphor="it")]
        if t.pos_ in ("PRON", "ADV") or lower in ANAPHORS:
            return [PlaceRef(i, i, i, None, anaphor=lower)] if lower in ANAPHORS else []
        if lemma == "place" and t.tag_ == "NNS" and any(c.lower_ in THESE for c in t.lefts):
            # "pulled out of both places", "attacked posts at three places in P"
            inner = [r for c in t.rights if preposition(c) == "in" for r in self.places(c.i, depth + 1) if r.name]
            if inner:
                return [replace(r, extent="part") for r in inner]
            return [PlaceRef(i, i, i, None, PlaceType.SETTLEMENT, anaphor="town", many=True)]
        if lower == "place" and i and self.s.doc[i - 1].lower_ == "the" and self._alone(t) and not self._told_more(t):
            # "The place was given up"
            return [PlaceRef(i, i, i, None, PlaceType.SETTLEMENT, anaphor="town")]
        if lemma in WAYS_TO and t.tag_ == "NN" and any(c.text == "," for c in t.lefts):
            return []  # "P, the gate of Q"
        if lower in CENTRES and (named := self._before_centre(t)):
            return named
        if COMPASS.match(lower) or (
            not self._titled(t)
            and (
                lower in ("centre", "center", "downtown", "heart", "outskirts")
                or lemma == "outskirt"
                or self.lex.has("part_of", lemma, lower)
            )
        ):
            part = self._part(t, depth)
            if part:
                return part
        kind = self._type(lemma, t)
        if t.text[:1].isupper() and self.lex.has("of_a_name", lower) and self.run(i)[1] > i:
            return [replace(r, type=PlaceType.AREA, known=True) for r in self.named(t)]  # "the Sea of Azov"
        if kind is not None and not (self._opens_a_name(t) or self._ends_country(t) or self._bare_name(t)):
            return [self._some_of(t, r) for r in self._typed(t, kind, depth)]
        if self._is_name(t):
            return [self._facility_after(r) for r in self.named(self._before_country(t))]
        subject = next((c for c in t.children if c.dep_ == "nsubj" and c.i < i and self._is_name(c)), None)
        if subject is not None and any(c.dep_ == "cop" for c in t.children):
            # "P is the only one that is still held": the predicate is the place that it is said of
            return self.named(subject)
        if lower == "more" and (few := next((c for c in t.rights if preposition(c) == "than"), None)) is not None:
            # "holds little more than a few streets of P"
            return [replace(r, extent="part") for r in self.places(few.i, depth + 1)]
        if lemma in self.lex["some_of"] or t.pos_ == "NUM":
            return self._quantity(t, depth) or self._counted(t)
        if self.lex.has("military_unit", lemma):
            # "an attack on A and on the battalion at B"
            at = [c for c in t.rights if preposition(c) in ("at", "in")]
            return [replace(r, extent="part") for c in at for r in self.places(c.i, depth + 1) if r.name]
        return []

    def _some_of(self, t: Token, ref: PlaceRef) -> PlaceRef:
        """ "17 villages of the Masisi district": a part of it; "the villages of A and B": those."""
        wide = ref.type in (PlaceType.DISTRICT, PlaceType.PROVINCE) and ref.head > t.i and ref.extent is None
        return replace(ref, extent="part") if wide and t.tag_ == "NNS" and t.lower_ in VILLAGES else ref

    def _before_country(self, t: Token) -> Token:
        """ "attacked Bouake, Ivory Coast", taken for one phrase: the town; any other name itself."""
        hit = self.names.countries.get(t.i)
        if hit is None or hit.first < 2 or self.s.doc[hit.first - 1].text != ",":
            return t
        return next((c for c in t.lefts if c.i == hit.first - 2 and c.dep_ == "compound" and self._is_name(c)), t)

    def _ends_country(self, t: Token) -> bool:
        """ "Ivory Coast": the last word of a country's name, and no coast."""
        hit = self.names.countries.get(t.i)
        return hit is not None and hit.first < hit.last == t.i and t.lower_ not in ("republic", "state")

    def _opens_a_name(self, t: Token) -> bool:
        """ "Port Sudan", "Port-Gentil", "Barangay Bongo": the noun is the first word of a name."""
        first, last = self.run(t.i)
        if last == t.i or first != t.i:
            return False
        if t.text[:1].isupper() and not t.whitespace_ and last > t.i + 1:
            return True
        village = self.lex.has("before_a_village", t.lower_)
        return t.pos_ == "PROPN" and (village or self.is_known(text_of(self.s.doc[first : last + 1])))

    def _bare_name(self, t: Token) -> bool:
        """ "seized Bay and Gedo": a region that is called like a bay, alone and with a capital."""
        bare = (
            t.pos_ == "PROPN" and t.tag_ == "NNP" and all(c.dep_ in ("conj", "cc", "punct", "case") for c in t.children)
        )
        alone = bare and t.i > 0 and self.run(t.i) == (t.i, t.i) and self.lex.has("natural", t.lower_)
        return alone and self.s.role.value == "body" and self.is_known(t.text)

    def _before_centre(self, t: Token) -> list[PlaceRef]:
        """ "held Palma centre", "the Sloviansk outskirts", "Kunduz city centre": a part of the place before it."""
        first = t.i - 1 - (t.i > 1 and self.s.doc[t.i - 1].lower_ in ("city", "town"))
        x = self.s.doc[max(0, first)]
        if x.i == t.i or not self._is_name(x) or not t.left_edge.i <= x.i:
            return []
        here = [r for r in self.named(x) if r.name and r.known and r.type is not PlaceType.COUNTRY]
        return [replace(r, extent="part", part=t.lower_, last=t.i) for r in here]

    def _alone(self, t: Token) -> bool:
        """Neither of something nor before a noun."""
        after = self.s.doc[t.i + 1 : t.i + 2]
        return not any(x.pos_ in ("NOUN", "PROPN", "ADJ") or x.lower_ == "of" for x in after)

    def _counted(self, t: Token) -> list[PlaceRef]:
        """ "all three had been retaken": as many places as were named last."""
        before = self.s.doc[t.i - 1].lower_ if t.i else ""
        after = self.s.doc[t.i + 1 : t.i + 2]
        alone = t.pos_ == "NUM" and before == "all" and not any(x.pos_ in ("NOUN", "PROPN") for x in after)
        return [PlaceRef(t.i, t.i, t.i, None, anaphor="them")] if alone else []

    def _named_before(self, described: PlaceRef) -> list[PlaceRef]:
        """ "P, 10 km south of Q, ..." is about P; without a name before it the description stands."""
        doc = self.s.doc
        comma = described.first - 1 - (described.first > 0 and doc[described.first - 1].lower_ in JUST)
        named = doc[max(0, comma - 1 - (comma > 1 and doc[comma - 1].lower_ == "itself"))]
        if comma > 0 and doc[comma].text == "," and named.tag_ == "NN" and self.lex.has("settlement", named.lower_):
            # "The town, 10 km south of Q, was ...": it says where the town lies
            return []
        if comma > 0 and named.i < comma and self._is_name(named) and doc[comma].text == ",":
            return self.named(named)
        return [described]

    def _other_clause(self, t: Token) -> bool:
        return any(c.dep_ in ("nsubj", "nsubj:pass", "cop", "aux") for c in t.children)
