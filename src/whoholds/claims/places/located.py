"""Which place is meant where the words only point back: "the city", "there", or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from whoholds.annotate.places.name_runs import COMPASS
from whoholds.annotate.places.names import Named, PlaceRef
from whoholds.annotate.trees.nominals import is_time, preposition
from whoholds.annotate.words import lexis
from whoholds.claims.draft import first_of
from whoholds.claims.places.members import COUNTS
from whoholds.claims.places.slot_places import SlotPlaces
from whoholds.model import Kind, PlaceType

OPENERS = frozenset(["the", "a", "an", "once", "long", "still", "formerly", "now", "another"])

IN_APPOSITION = frozenset(["DET", "ADJ", "NOUN", "PROPN", "PRON", "PART", "ADV", "NUM"])
PLANTS = lexis()["same_plant"] - {"plant"}
RENAMED = 8
"""Sentences after which a facility is still known by its fuller name."""
LYING = frozenset(["in", "along", "around", "near", "under", "outside", "on", "across", "beyond"])
EXPELS = frozenset(["expel", "oust", "evict", "dislodge", "eject"])
"""Verbs that say "out" by themselves."""
YEARS = frozenset(["year", "decade", "generation"])


class Located(SlotPlaces):
    """The places of one frame, settled from the report where they have no name."""

    here_sentence: int
    """Where the place of a cue without one is named."""

    def _located(self, places: list[tuple[PlaceRef, str]]) -> Iterator[tuple[PlaceRef, str, PlaceRef, int]]:
        for ref, slot in places:
            several = ref.many and (self.lex.has("settlement", ref.anaphor) or self._in_each(ref))
            if several and self._described(ref):
                continue
            if ref.name is None and (several or ref.anaphor in ("them", "both")):
                group = self.c.memory.resolve_many(self.n, ref.first, ref.anaphor, self._number(ref))
                for found in group:
                    yield ref, slot, replace(found.ref, extent=ref.extent, part=ref.part, known=True), found.sentence
                if group:
                    continue
            if ref.anaphor in ("former", "latter"):
                pair = self.c.memory.resolve_many(self.n, ref.first, "both")
                for found in pair[:1] if ref.anaphor == "former" else pair[1:]:
                    yield ref, slot, replace(found.ref, known=True), found.sentence
                continue
            where, sentence = self._where(ref, slot)
            if where is not None:
                yield ref, slot, where, sentence

    def _described(self, ref: PlaceRef) -> bool:
        """ "the villages in the western hills", "the towns that it holds": others than those that were named."""
        noun = self.s.doc[ref.head]
        if self._number(ref) or any(c.lower_ in ("these", "those", "both") for c in noun.lefts):
            return False
        where = (c for c in noun.rights if c.dep_ == "nmod" and preposition(c) in LYING and not is_time(c))
        where = (c for c in where if not self.lex.has("area", self.s.lemma(c)))  # "in the area": there
        return any(where) or any(c.dep_ == "acl:relcl" for c in noun.rights)

    def _number(self, ref: PlaceRef) -> int:
        """How many places the words count: "all three", "the four towns"; 0 where they do not."""
        words = [self.s.doc[ref.head], *self.s.doc[ref.head].children]
        return next((COUNTS[x.lower_] for x in words if x.lower_ in COUNTS), 0)

    def _in_each(self, ref: PlaceRef) -> bool:
        """ "the two bases": bases in two places that were named."""
        before = self.s.doc[ref.head].children
        return ref.type is PlaceType.FACILITY and any(c.lower_ in ("two", "both", "three") for c in before)

    def _where(self, ref: PlaceRef, slot: str) -> tuple[PlaceRef | None, int]:
        if ref.name is not None:
            return ref, self.n if slot != "@here" else self.here_sentence
        if town := self._listed_with(ref):
            return replace(ref, name=self._called(ref.head, town), parent=town, known=True), self.n
        found = self.c.memory.resolve(self.n, ref.first, ref.anaphor, ref.type)
        start = first_of(self.s, ref.head)
        if (
            found is None
            and ref.type is PlaceType.FACILITY
            and start
            and self.s.doc[start - 1].lower_ in ("the", "its", "'s", "’s")
        ):
            base = self.c.memory.resolve(self.n, ref.first, "town", PlaceType.SETTLEMENT)
            base = self.c.memory.parts.get(ref.anaphor, base)
            if base is not None and self.lex.has("inside_town", ref.anaphor):
                # "seized the police station": every town has one, and it is a part of it
                return replace(base.ref, extent="part", part=ref.anaphor, known=True), base.sentence
            if base is not None and base.ref.name:
                name = self._called(ref.head, base.ref.name)
                return replace(ref, name=name, parent=base.ref.name, known=True), self.n
            return None, self.n
        if (
            found is None
            and ref.type in (PlaceType.FACILITY, PlaceType.AREA)
            and any(c.tag_ == "PRP$" for c in self.s.doc[ref.head].children)
        ):
            # "deserted their bases": where they were
            base = self.c.memory.resolve(self.n, ref.first, "", None)
            return (
                (replace(base.ref, extent="part", part=ref.anaphor, known=True), base.sentence)
                if base
                else (None, self.n)
            )
        if found is None or (self._is_rest(ref.head) and found.ref.extent not in ("part", "most")):
            return None, self.n
        return replace(found.ref, extent=ref.extent, part=ref.part, share=ref.share, known=True), found.sentence

    def _listed_with(self, ref: PlaceRef) -> str:
        """ "Bor airport and the fuel depot", "in the town of Bor and at the airport": whose it is by its list, not by
        what was named long before."""
        t, reader = self.s.doc[ref.head], self.c.places[self.n]
        the = any(c.lower_ == "the" for c in t.lefts)
        if ref.type is not PlaceType.FACILITY or not the or t.dep_ != "conj":
            return ""
        before = next((r for x in t.conjuncts if x.i < t.i for r in reader.places(x.i) if r.last < t.i), None)
        if before is None or before.type is PlaceType.FACILITY:
            return (before.parent or "") if before and not self.lex.has("inside_town", self.s.lemma(t)) else ""
        airport = self.lex.has("same_airport", self.s.lemma(t))
        return (before.name or "") if airport and before.type in (None, PlaceType.SETTLEMENT) else ""

    def _called(self, i: int, town: str) -> str:
        """The name of a town's plant or silos: "the grain silos" keep theirs where they are "the silos" later."""
        lemma = self.s.lemma(i)
        for n in range(self.n, max(-1, self.n - RENAMED), -1):
            reader = self.c.places[n]
            for t in self.c.document.sentences[n].doc[: i + 1 if n == self.n else None]:
                again = t.lemma_.lower() == lemma and reader.called(t, "") != f" {t.text}"
                if again or (lemma == "plant" and t.pos_ == "NOUN" and t.lemma_.lower() in PLANTS):
                    return reader.called(t, town)
        return self.c.places[self.n].called(self.s.doc[i], town)

    def _is_rest(self, i: int) -> bool:
        """ "the rest", "the other half": only of what was held in part; "its eastern half" is of the whole."""
        t = self.s.doc[i]
        half = t.lower_ == "half" and not any(COMPASS.match(c.lower_) for c in t.lefts)
        return half or t.lower_ in ("rest", "remainder")

    def _here(self) -> Named | None:
        clause = self.f.clause
        if self.cue.kind is Kind.CONTESTS and clause is not None and clause.relation in ("amod", "acl", "relcl"):
            # "those fighting the group": no fight in particular
            return None
        if self.cue.kind is Kind.WITHDRAWS and clause is not None and clause.relation == "amod":
            # "looted by fleeing soldiers": from anywhere
            return None
        if self.cue.kind is Kind.CONTESTS and any(self.s.lemma(i) in YEARS for i in self.f.slots.get("for")):
            # "has been fighting the government for years": a war
            return None
        if self.cue.kind is Kind.CONTESTS and clause is not None and (next_ := self._goes_on_to(clause.verb)):
            return next_
        said = (i for slot in self.cue.place for i in self.f.slots.get(slot))
        where = (i for i in said if not (is_time(self.s.doc[i]) or self._is_by_the_way(i)))
        if "@here" not in self.cue.place or any(True for _ in where):
            return None
        found = self.c.memory.resolve(self.n, self.f.token, "", None)
        near = found is not None and found.sentence == self.n and 0 < self.f.token - found.ref.last < 16
        near |= found is not None and found.sentence in (self.n, self.n - 1) and self._turned_out()
        if self.cue.no_agent and not near and not (self.f.passive and not self.actors(self.cue.actor)[0]):
            # "stormed P, dislodging the rebels": only where the same words name it
            return None
        return replace(found, ref=replace(found.ref, extent=None, part=None, share=None)) if found else None

    def _is_by_the_way(self, i: int) -> bool:
        """ "left in a convoy", "at gunpoint"; not "ambushed a convoy"."""
        return self.lex.has("no_where", self.s.lemma(i)) and preposition(self.s.doc[i]) != ""

    def _opened_with(self, here: Named) -> list[PlaceRef]:
        """ "In P and in Q, where …, they melted away": Q, too."""
        t = self.s.doc[here.ref.head] if here.sentence == self.n else None
        if t is None or t.i != 1 or t.dep_ != "obl" or self.f.clause is None or t.head.i != self.f.clause.verb:
            return []
        named = (p.ref for p in self.c.memory.by_sentence.get(self.n, ()) if t.i < p.ref.first < self.f.token)
        return [r for r in named if self.s.doc[r.head].head.i == t.head.i and self.s.doc[r.first - 2].lower_ == "and"]

    def _turned_out(self) -> bool:
        """ "The army drove them out.", "expelled the intruders": out of where they were said to be."""
        clause = self.f.clause
        out = clause is not None and bool({"out", "off"} & set(clause.particles) or clause.lemma in EXPELS)
        if clause is None or not out or clause.relation in ("amod", "acl", "relcl"):
            return False
        whom = [self.s.doc[i] for i in clause.objects]
        return any(
            t.lower_ in ("them", "it", "him") or any(c.lower_ == "the" or c.tag_ == "PRP$" for c in t.lefts)
            for t in whom
        )

    def _goes_on_to(self, verb: int) -> Named | None:
        """ "began an offensive and regained P": the offensive was at P."""
        further = [c for c in self.s.clauses if c.relation == "conj" and self.s.doc[c.verb].head.i == verb < c.verb]
        objects = {i for c in further for i in c.objects}
        named = self.c.memory.by_sentence.get(self.n, ())
        return next((p for p in named if p.ref.known and p.ref.head in objects), None)

    def _its_own(self) -> Named | None:
        """ "its capture by X", "its fall to X": where another word says who, the possessor is what was taken.

        So it is where nobody is said to do or suffer it: "Its capture would be a blow", "quiet since its fall".
        """
        its = next((i for i in self.f.slots.get("poss") if self.s.doc[i].lower_ in ("its", "their")), None)
        # "its Ethiopian garrison": whose men they are stands before them
        own = ("poss",) if self.cue.kind is Kind.HOLDS else ("poss", "comp")
        takers = [slot for slot in self.cue.actor if slot not in own]
        if self.cue.form != "noun" or its is None or "poss" not in self.cue.place:
            return None
        if not self.actors(tuple(takers))[0] and not self._befell(its):
            return None
        word = "it" if self.s.doc[its].lower_ == "its" else "them"
        found = self._told_of(its) or self.c.memory.resolve(self.n, its, word, None)
        return replace(found, ref=replace(found.ref, extent=None, part=None, share=None)) if found else None

    def _told_of(self, its: int) -> Named | None:
        """ "In Q region P was retaken a week after its fall": the sentence tells of P."""
        subjects = {i for clause in self.s.clauses for i in clause.subjects if i < its}
        named = self.c.memory.by_sentence.get(self.n, ())
        return next((p for p in reversed(named) if p.ref.known and p.ref.head in subjects), None)

    def _apart(self) -> Named | None:
        """ "..., referring to a militant bastion": a stronghold named just before in the same sentence."""
        noun = self.s.doc[self.f.token]
        if not self.cue.predicative or self.cue.form != "noun":
            return None
        before = [p for p in self.c.memory.by_sentence.get(self.n, ()) if p.ref.first < self.f.token and p.ref.known]
        if noun.dep_ == "appos" or self.s.lemma(noun.head) in ("refer", "call", "describe", "consider"):
            return before[-1] if before else None
        return next((p for p in reversed(before) if self._renamed(p.ref)), None)

    def _renamed(self, ref: PlaceRef) -> bool:
        """ "P, the government's last stronghold": only a comma, and what belongs to the noun, stand between."""
        comma = self.s.doc[ref.last + 1]
        between = self.s.doc[ref.last + 2 : self.f.token]
        second = self.s.doc[self.f.token].dep_ == "conj"  # "P, a town of a million and the rebels' stronghold"
        fits = all(t.pos_ in IN_APPOSITION or t.text == "-" or (second and t.pos_ in ("CCONJ", "ADP")) for t in between)
        opens = len(between) > 0 and (between[0].lower_ in OPENERS or between[0].tag_ == "PRP$")
        return comma.text in (",", "–", "—") and fits and (opens or any(t.tag_ == "POS" for t in between))

    def _destination(self) -> str | None:
        for _, i in self.heads(self.cue.destination):
            for ref in self.c.places[self.n].places(i):
                if ref.name:
                    return ref.name
        return None
