"""What goes without saying: the place in "The attack began at dawn"."""

from __future__ import annotations

import re
from dataclasses import replace

from whoholds.annotate.places.lists import members
from whoholds.annotate.places.name_runs import COMPASS
from whoholds.annotate.places.names import Named, PlaceRef
from whoholds.annotate.trees.nominals import is_time, nested, nominal_modifiers, preposition
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.annotate.words import lexis
from whoholds.claims.places.located import Located
from whoholds.model import Kind, PlaceType, Role

GOES_ON = lexis()["goes_on"]
AMID = frozenset(["after", "amid", "following", "against", "despite", "under", "during"])
"""Prepositions that set a fight beside what is said of a place."""
LED_TO = frozenset(["after", "following", "in"])
"""Prepositions of a fight that led to what is said of a place."""
UNDER_WAY = frozenset(["way", "progress", "underway"])
LABELLED = 30
"""Words of an entry under the name of a place, at most."""
JOINS = frozenset([",", "and", "&", "/"])
LISTED = frozenset([Kind.GAINS, Kind.HOLDS, Kind.LOSES, Kind.WITHDRAWS, Kind.CLEARS])
"""What is said of places that a list then names."""
FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
QUOTED = re.compile(r"[\"“”?]|^[A-Z]+:")
OFFENSIVES = frozenset(["offensive", "counteroffensive", "counter-offensive", "operation", "assault"])
"""What may be undertaken "in the direction of P"."""
ALL_THESE = frozenset(["the", "all", "these", "both", "those"])
POINTING = frozenset(["the", "this", "that", "these", "those", "their", "his", "its"])
NO_PLACE = frozenset(["of", "with", "against", "between", "by", "for", "as", "after", "before", "during", "until"])
"""Prepositions after which no place is looked for."""


class Unsaid(Located):
    """Takes the place that the report is speaking of, where the words of a frame leave it out."""

    def places(self) -> list[tuple[PlaceRef, str]]:
        found = super().places()
        only_wide = self.cue.predicative and found and all(self._is_wide(ref) for ref, _ in found)
        if only_wide and (named := self._apart() or self._told_before()):
            # "P, their last stronghold in the east": P, and not the east
            return [(named.ref, "noun")]
        if all(self._counted(ref) for ref, _ in found) and (listed := self._after_colon() or self._between_dashes()):
            return listed
        found = found or self._elsewhere() or self._led_there() or self._label()
        return found or self._those_attacks() or self._they() or self._including()

    def _including(self) -> list[tuple[PlaceRef, str]]:
        """ "freed 3,000 km2 of land, including A and B", "the towns taken this week, A, B and C among them"."""
        if self.cue.kind not in LISTED or self.cue.form not in ("verb", "noun") or self._says_where():
            return []
        doc, reader = self.s.doc, self.c.places[self.n]
        for t in doc[self.f.token + 1 :]:
            if t.tag_ in FINITE and t.i not in self.f.words:
                break  # another clause
            if t.lower_ in ("including", "namely"):
                listed = list(members(doc, t.i + 1, reader))
            elif t.lower_ == "among" and text_of(doc[t.i + 1 : t.i + 2]).lower() in ("them", "these"):
                before = (list(members(doc, x.i + 1, reader)) for x in doc[self.f.token : t.i] if x.text == ",")
                listed = next((m for m in before if m and t.i - m[-1].last < 3), [])
            else:
                continue
            return [(r, "obj") for r in listed if r.name and r.known and self._acceptable(r, "obj")]
        return []

    def _they(self) -> list[tuple[PlaceRef, str]]:
        """ "A and B are held by the rebels. They will be attacked": the places that the sentence before is about."""
        they = next((i for i in self.f.slots.get("obj") if self.s.doc[i].lower_ == "they"), None)
        if they is None or not self.f.passive or self.cue.place[:1] != ("obj",) or not self.n:
            return []
        before, reader = self.c.document.sentences[self.n - 1], self.c.places[self.n - 1]
        subject = next((t for t in before.doc if t.dep_ in ("nsubj", "nsubj:pass")), None)
        found = [r for r in reader.places(subject.i) if r.name and r.known] if subject is not None else []
        if len(found) < 2 or (subject is not None and self.c.phrases[self.n - 1].actor(subject.i) is not None):
            return []
        self.here_sentence = self.n - 1
        return [(r, "@here") for r in found]

    def _led_there(self) -> list[tuple[PlaceRef, str]]:
        """ "took the hills round P after a siege of two weeks": a fight without a place was for what it led to."""
        kinds = (Kind.CONTESTS, Kind.BESIEGES, Kind.CLEARS)
        if self.cue.form != "noun" or self.cue.kind not in kinds or self._says_where() or not self._lasts():
            return []
        noun = self.s.doc[self.f.token]
        over = noun.head if preposition(noun) == "of" and is_time(noun.head) else noun  # "after four days of fighting"
        if preposition(over) not in LED_TO:
            return []
        aims = any(c.lower_ == "the" or c.dep_ == "acl" for c in noun.children)  # "the third day of the siege"
        over = next((t for t in noun.ancestors if t.pos_ in ("VERB", "AUX")), noun)
        rows = self.c.memory.told.get((self.n, over.i), []) if noun.dep_ in ("obl", "nmod") and not aims else []
        if len(rows) > 1 and self.cue.kind is not Kind.BESIEGES:
            return []  # fights for several places were not all of one length
        self.here_sentence = rows[-1].sentence if rows else self.n
        return [(p.ref, "@here") for p in rows[-1:]]

    def _is_wide(self, ref: PlaceRef) -> bool:
        """A province or a region, by its words or by the gazetteer."""
        named = (p for p in self.c.memory.by_sentence.get(self.n, ()) if p.ref.first == ref.first)
        kind = ref.type or next((p.type for p in named), None)
        return kind in (PlaceType.PROVINCE, PlaceType.AREA, PlaceType.COUNTRY)

    def _told_before(self) -> Named | None:
        """ "entered P, a week into an offensive on their last stronghold in the north": the one stronghold is P."""
        one = any(self.lex.has("singled_out", c.lower_) for c in self.s.doc[self.f.token].lefts)
        told = self.c.memory.focus.get(self.n) if one else None
        return told if told and told.sentence == self.n and told.type is not PlaceType.PROVINCE else None

    def _those_attacks(self) -> list[tuple[PlaceRef, str]]:
        """ "They attacked near P and Q. The army beat off all the attacks": at both."""
        clause, memory = self.f.clause, self.c.memory
        before = self.n - (self.n not in memory.focus)  # "attacked P and Q, and all these attacks were beaten off"
        if self.cue.kind is not Kind.REPELS or clause is None:
            return []
        those = [self.s.doc[i] for i in (*clause.objects, *clause.subjects)]
        attacks = [t for t in those if t.tag_ == "NNS" and self.lex.has("attacks", self.s.lemma(t))]
        if any(c.lower_ in ALL_THESE for t in attacks for c in t.children):
            rows = memory.groups.get(before) or [memory.focus[before]] if before in memory.focus else []
            self.here_sentence = rows[0].sentence if rows else before
            return [(p.ref, "@here") for p in rows]
        return self._that_attack(those) if not self._says_where() else []

    def _that_attack(self, those: list[Token]) -> list[tuple[PlaceRef, str]]:
        """ "Rebels attacked P, the mayor of Q said. The assault was driven back": where it was."""
        memory = self.c.memory
        if "@here" not in self.cue.place or not any(map(self._is_that_attack, those)):
            return []
        for n in range(self.n, max(-1, self.n - 3), -1):
            if (rows := memory.attacks.get(n)) and (n >= self.n - 1 or memory.paragraph[n] == memory.paragraph[self.n]):
                if len(rows) > 2 and not any(t.tag_ == "NNS" or t.lower_ == "them" for t in those):
                    return []  # which of five it was that was thrown back?
                self.here_sentence = rows[0].sentence
                return [(p.ref, "@here") for p in rows if p.sentence == rows[0].sentence]
            if n in memory.focus:
                return []  # something else was told since
        return []

    def _is_that_attack(self, t: Token) -> bool:
        """ "the attack", "their assault", "it", "the rebels"."""
        attack = self.lex.has("attacks", self.s.lemma(t)) or self.lex.has("single_attacks", self.s.lemma(t))
        meant = attack or "against" in self.cue.needs
        return t.lower_ in ("it", "they", "them") or (meant and any(c.lower_ in POINTING for c in t.lefts))

    def _label(self) -> list[tuple[PlaceRef, str]]:
        """ "Mogok: still held by the TNLA", "Kawlin - rebels beaten back": what an entry is about stands first."""
        mark = next(
            (
                t.i
                for t in self.s.doc[:12]
                if t.text in (":", "–", "—", "-") and t.i and (t.text != "-" or t.nbor(-1).whitespace_)
            ),
            0,
        )
        plain = self.cue.form in ("verb", "phrase") and len(self.s.doc) < LABELLED and not QUOTED.search(self.s.text)
        if not plain or not 0 < mark < min(self.f.words) or self.cue.object or self._says_where():
            return []
        if self.cue.place == ("obj",) and not self.f.passive and self.f.slots.get("obj"):
            return []  # "P: army loses 30 men"
        reader = self.c.places[self.n]
        refs = [r for t in self.s.doc[:mark] if reader.starts_name(t) for r in reader.named(t) if r.name and r.known]
        end = mark - 1
        if self.s.doc[end].text == ")":
            # "Tessit (Kidal region): base handed over"
            end = next((t.i for t in self.s.doc[:end] if t.text == "("), end + 1) - 1
        fits = [r for r in refs if r.last == end and r.type is not PlaceType.COUNTRY]
        if fits:
            # "Mogok, Momeik: under TNLA rule"
            last = fits[0]
            before = (x for x in refs if x.last + 2 == last.first and self.s.doc[x.last + 1].lower_ in JOINS)
            fits += [x for x in before if x.type in (last.type, None)]
        return [(r, "obj") for r in fits] if any(r.first < 3 for r in fits) else []

    def _counted(self, ref: PlaceRef) -> bool:
        """ "three towns": places that are counted, not named."""
        return self.s.doc[ref.head].tag_ == "NNS" and self.lex.has("settlement", self.s.lemma(ref.head))

    def _after_colon(self) -> list[tuple[PlaceRef, str]]:
        """ "Four of the five capitals are in rebel hands: A, B, C and D"."""
        doc, reader = self.s.doc, self.c.places[self.n]
        colon = next((t.i for t in doc[self.f.token :] if t.text == ":"), None)
        if colon is None or self.cue.kind not in (Kind.GAINS, Kind.HOLDS, Kind.LOSES, Kind.WITHDRAWS):
            return []
        listed = [(r, "obj") for r in members(doc, colon + 1, reader) if self._acceptable(r, "obj")]
        return listed if len(listed) > 1 else []

    def _between_dashes(self) -> list[tuple[PlaceRef, str]]:
        """ "Only four – A, B, C and D – remain in the hands of the rebels"."""
        doc = self.s.doc
        dashes = [t.i for t in doc[: self.f.token] if t.text in "–—-" and t.i and doc[t.i - 1].whitespace_]
        subjects = [i for slot in ("subj", "obj") for i in self.f.slots.get(slot)]
        if (
            not {"subj", "obj"} & set(self.cue.place)
            or len(dashes) < 2
            or (subjects and not any(i < dashes[-2] for i in subjects))
        ):
            return []
        reader = self.c.places[self.n]
        listed = [(r, "obj") for r in members(doc, dashes[-2] + 1, reader) if r.last < dashes[-1]]
        return [x for x in listed if self._acceptable(*x)] if len(listed) > 1 else []

    def _elsewhere(self) -> list[tuple[PlaceRef, str]]:
        """ "A fresh offensive in Daraa", "advancing by road on Mesetas": where the cue does not look for the place."""
        kind, reader = self.cue.kind, self.c.places[self.n]
        if kind not in (Kind.CONTESTS, Kind.ADVANCES, Kind.REPELS, Kind.CLEARS, Kind.BESIEGES) or self.cue.form not in (
            "noun",
            "verb",
        ):
            return []
        if self.cue.form == "verb" and (kind is Kind.ADVANCES or not self.f.slots.get("subj")):
            return []
        slots = ["in", "at", "near", "around", "outside", "inside", "along"]
        if self.cue.form == "verb" or self.s.doc[self.f.token].lemma_.lower() in OFFENSIVES:
            slots.append("towards")
        if kind is Kind.BESIEGES:
            self._around_the_besieged()
        slots += [f"gov_{slot}" for slot in slots]
        for slot, fronted in [(slot, fronted) for fronted in (False, True) for slot in slots]:
            for i in self.f.slots.get(slot):
                found = [self._near(self._within(r), slot) for r in reader.places(i)]
                kept = [(r, slot) for r in found if (r.name or r.anaphor == "there") and self._acceptable(r, slot)]
                if kept and self._is_fronted(i, slot) is fronted:
                    return kept
        return []

    def _around_the_besieged(self) -> None:
        """ "surrounded units of the army near P": the place was hung on those who are besieged."""
        for i in self.f.slots.get("obj"):
            for prep, j in (*nominal_modifiers(self.s.doc, i), *nested(self.s.doc, i)):
                self.f.slots.add(prep.replace(" ", "_"), j)

    def _here(self) -> Named | None:
        # "were routed at P": where is said, though in other words than the cue asks for
        said = self._says_where() if self.cue.no_agent else self.cue.form == "noun" and self._in_a_country()
        return None if said else super()._here()

    def _in_a_country(self) -> bool:
        """ "Fighting went on in Croatia": in none of its towns."""
        names = self.c.names[self.n].countries
        return any(i in names for slot in ("in", "gov_in", "across", "gov_across") for i in self.f.slots.get(slot))

    def _unsaid(self) -> Named | None:
        if self._says_where() or not self._left_out():
            return None
        if self.s.role is Role.TITLE and not any(
            p.ref.last < self.f.token for p in self.c.memory.by_sentence.get(self.n, ())
        ):
            return None  # "Soldiers quit Bor after rebel attack" says where
        found = self.c.memory.resolve(self.n, self.f.token, "", None)
        return replace(found, ref=replace(found.ref, extent=None, part=None, share=None)) if found else None

    def _says_where(self) -> bool:
        """True where some phrase of the frame says where, though not in words that the cue asks for."""
        for slot, heads in self.f.slots.heads.items():
            bare = slot.removeprefix("gov_")
            if bare in ("subj", "obj", "poss", "comp", "noun", "appos", "nsubj", "") or bare in NO_PLACE:
                continue
            if bare in self.cue.destination:
                continue  # "had gone to P": where to
            if any(not is_time(self.s.doc[i]) and self.s.doc[i].pos_ != "NUM" for i in heads if not self._is_way(i)):
                return True
        return False

    def _is_way(self, i: int) -> bool:
        """ "fighting in *which* 40 men died", "is under *way*", "at the *cost* of ten men": no place."""
        t = self.s.doc[i]
        side = bool(COMPASS.match(t.lower_)) and preposition(t) == "from"  # "a counter-attack from the north"
        return side or t.tag_ in ("WDT", "WP") or self.s.lemma(t) in UNDER_WAY or self._is_by_the_way(i)

    def _left_out(self) -> bool:
        kind = self.cue.kind
        if self.cue.form == "noun":
            if kind is Kind.ADVANCES:
                # "left P in the face of an SPLA advance"
                return self.s.lemma(self.s.doc[self.f.token].head) == "face" and bool(self.actors(self.cue.actor)[0])
            return kind in (Kind.CONTESTS, Kind.BESIEGES, Kind.CLEARS) and self._lasts()
        if kind is Kind.HOLDS and self._fragment():
            return True
        if kind is not Kind.WITHDRAWS or self.cue.form != "verb" or not self._are_gone():
            return False
        reader, who = self.c.places[self.n], (*self.f.slots.get("subj"), *self.f.slots.get("obj"))
        return not any(r.name and r.known for i in who for r in reader.places(i))  # "P and Q are gone": lost

    def _are_gone(self) -> bool:
        """ "The fighters had all gone"."""
        clause = self.f.clause
        if clause is None or self.s.doc[self.f.token].lower_ != "gone" or clause.particles:
            return False
        return bool({"have", "be"} & set(clause.auxiliaries))

    def _fragment(self) -> bool:
        """ "Under army control since March.", "Held by the rebels.": an entry under the name of a place."""
        if self.s.text.endswith(":"):
            return False  # over a list of what is held
        begins = min(self.f.words) < 2 and not any(self.f.slots.get(x) for x in ("obj", "noun"))
        return begins and (self.cue.form == "phrase" or self.f.passive) and self.s.doc[0].pos_ != "PROPN"

    def _lasts(self) -> bool:
        """ "The fighting went on", "after two days of fighting", "mopping-up was under way"."""
        t = self.s.doc[self.f.token]
        if t.dep_ in ("nsubj", "nsubj:pass"):
            above = self.s.lemma(t.head)
            for_days = above == "take" and any(c.dep_ == "obj" and is_time(c) for c in t.head.children)
            return above in GOES_ON or above in UNDER_WAY or for_days or self.lex.has("in_vain", above)
        if preposition(t) == "of" and (self.s.lemma(t.head) == "face" or self.lex.has("outset", self.s.lemma(t.head))):
            return True
        if (
            t.dep_ in ("obl", "nmod")
            and preposition(t) in AMID
            and not any(is_time(c) and preposition(c) != "of" and c.dep_ != "compound" for c in t.children)
        ):
            # "was taken after a three-day assault", "held it against attacks by the rebels"
            return True
        return t.dep_ == "nmod" and preposition(t) == "of" and is_time(t.head)
