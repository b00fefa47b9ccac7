"""Who stands in the slots of a frame, as far as its own words tell. Who that is, `slot_sides` settles."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.document import Sentence
from whoholds.annotate.places.names import antecedent
from whoholds.annotate.trees.nominals import is_doer, preposition
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.annotate.words import lexis
from whoholds.claims.draft import OPERATIONS, Context
from whoholds.claims.frames.forms import Frame
from whoholds.model import Kind

UNDERTAKINGS = OPERATIONS | lexis()["undertakings"]
POWER = frozenset(["control", "hand", "grip", "rule", "clutch", "grasp"])
STATE_WORDS = lexis()["state_words"]
DASHES = "-–—"
BESIDE = ("together_with", "along_with", "alongside", "jointly_with")
WITHIN_PHRASE = 6
"""Words of a phrase, about."""
OWNERS = ("poss", "comp", "by", "of")
"""Slots in which nobody is looked for once somebody is found."""
ASKS = frozenset(["know", "clear", "unclear", "ask", "see", "certain", "sure", "decide", "settle"])
"""Besides verbs of saying, what stands before the "who" of what is asked: "unclear who", and not "the men who"."""
SOME = frozenset(["most", "many", "some", "others", "all", "several"])
"""Those of whom nothing is said but that they are not one."""


class SlotActors:
    """The sides of one frame."""

    def __init__(self, context: Context, n: int, frame: Frame) -> None:
        self.c, self.n, self.f = context, n, frame
        self.s: Sentence = context.document.sentences[n]
        self.cue = frame.cue
        self.lex = lexis()
        self.here_sentence = n

    def heads(self, slots: tuple[str, ...]) -> Iterator[tuple[str, int]]:
        for slot in slots:
            if not slot.startswith("@"):
                for i in self.f.slots.get(slot):
                    yield slot, i

    def actors(self, slots: tuple[str, ...]) -> tuple[list[ActorRef], bool]:
        """Actors in the slots, and whether something stood there that is none ("residents", a person)."""
        found: list[ActorRef] = []
        other = False
        for slot, head in self.heads(slots):
            i = self._rather(antecedent(self.s, head))
            itself = slot == "self" or (self.f.passive and self.cue.actor_from_object)  # "the garrison was withdrawn"
            if (head in self.f.words and not itself) or self._says_what_kind(slot, i):
                continue
            if found and slot != "subj" and self.s.doc[head].dep_ != "conj":
                break
            refs = self._in_slot(slot, i)
            for ref in refs:
                if all(ref.head != r.head for r in found):
                    found.append(ref)
            other |= not refs and self._is_other(slot, i)
            # "fell to A and the fighters of B"; whose a noun is, or who does it, is told once
            if (refs and slot not in ("subj", "to")) or (found and slot in OWNERS):
                break
        if found and "subj" in slots:
            found += [ref for ref in self._helpers() if all(ref.head != r.head for r in found)]
        return found, other

    def asked_for(self) -> bool:
        """ "could not say who holds P", "unclear which side holds P": nobody is named, and nobody is to be sought."""
        verb = self.s.doc[self.f.token]
        for _, i in self.heads(tuple(slot for slot in self.cue.actor if slot in ("subj", "by"))):
            t = self.s.doc[i]
            first = t.left_edge.i
            before = self.s.lemma(first - 1) if first else ""
            which = t.lower_ in ("who", "whoever") or any(c.lower_ == "which" and c.dep_ == "det" for c in t.children)
            asked = which and (lexis().has("say", before) or before in ASKS)
            if asked and "acl:relcl" not in (verb.dep_, t.head.dep_) and not self.s.text.endswith("?"):
                return True
        return False

    def _rather(self, i: int) -> int:
        """ "It was X, not Y, that took P": X, where the word is Y."""
        doc = self.s.doc
        first = next((x.i for x in doc[max(0, i - WITHIN_PHRASE) : i] if x.lower_ == "not"), 0)
        if first < 2 or doc[first - 1].text != "," or any(x.text == "," for x in doc[first:i]):
            return i
        above = doc[first - 2]
        while above.dep_ in ("flat", "compound", "nmod") and above.head.i < first:
            above = above.head
        return above.i if self.c.phrases[self.n].actor(above.i) is not None else i

    def _says_what_kind(self, slot: str, i: int) -> bool:
        """ "pro-Person militiamen", read as two; "a *fierce* attack": an adjective that names no side."""
        token = self.s.doc[i]
        if token.lower_.startswith(("pro-", "anti-")) and i + 1 in self.f.slots.get(slot):
            return True
        bare = slot == "comp" and token.pos_ == "ADJ" and i not in self.c.names[self.n].demonyms
        return bare and self._side_word(i) is None

    def _in_slot(self, slot: str, i: int) -> list[ActorRef]:
        """Who is named by a word in a slot, and with nouns by what "and" joins to it."""
        phrases, token = self.c.phrases[self.n], self.s.doc[i]
        ref = self._side(slot, i)
        if ref is None:
            # "the offensive drove them out": whose it is; where nothing says it, the report may.
            lemma = self.s.lemma(i)
            # "X's capture of P has cut off Q"
            cuts = self.cue.kind is Kind.BESIEGES and self.lex.has("captures", lemma)
            # "The offensive left P in ruins"; but a mission is also who is on it
            stays = self.cue.kind is Kind.HOLDS or (self.cue.kind is Kind.WITHDRAWS and lemma != "mission")
            acts = slot == "subj" and (cuts or (lemma in UNDERTAKINGS and not stays))
            power = slot == "from" and lemma in POWER  # "wrested from rebel control"
            # "an attack on a Ukrainian base in P"
            base = slot in ("on", "against") and self.cue.kind is Kind.CONTESTS and self.lex.has("facility", lemma)
            # "P is governed by the rebels' judges"
            governs = slot == "subj" and self.cue.kind is Kind.HOLDS and self.lex.has("rules_for_a_side", lemma)
            owner = self.owner(i) if power or acts or base or governs else None
            return [owner] if owner is not None and not (governs and owner.cls == "pronoun") else []
        noun = self.f.cue.form == "noun"
        if noun and ref.cls == "pronoun" and slot == "poss" and self._befell(i):
            return []
        alone = ref.head != i or slot == "comp" or self._is_modifier(slot, token)
        refs = [ref] if alone else phrases.actors(i) or [ref]
        joined = (
            [c for c in token.children if c.dep_ == "conj"] if self.f.cue.form != "verb" or slot == "between" else []
        )
        return refs + [more for c in joined if (more := phrases.actor(c.i)) is not None]

    def _side(self, slot: str, i: int) -> ActorRef | None:
        """The side that a word in a slot stands for."""
        ref = self._side_word(i) if slot == "comp" or self._is_modifier(slot, self.s.doc[i]) else None
        ref = ref or self.c.phrases[self.n].actor(i)
        if ref is not None and not self._is_none(ref, slot, i):
            return ref
        # "Damascus ordered", "Kyiv's withdrawal from P": the government there
        owns = slot == "poss" and self.f.cue.form == "noun" and self._says_of_what()
        # "Madrid is in the grip of …": the town itself
        acts = slot == "subj" and "subj" not in self.cue.place and not self._himself()
        # "P is under the control of Kyiv", "out of Kyiv's control"
        rules = slot in ("of", "poss") and self.cue.form == "phrase" and "of" not in self.cue.place
        return self._seat(i) if owns or acts or rules else None

    @staticmethod
    def _is_modifier(slot: str, token: Token) -> bool:
        """ "a Kurdish attempt to retake P" has its adjective for a subject."""
        return slot == "subj" and token.dep_ in ("amod", "compound")

    def _is_none(self, ref: ActorRef, slot: str, i: int) -> bool:
        """Named there is no side, or not as one."""
        hit = self.c.names[self.n].leaders.get(i)
        leader = (hit is not None and hit.ids[-1].startswith("gov:")) or ref.word in ("he", "she")
        if self._nobody(ref) or self._is_a_place(ref) or self._who_fled(ref):
            return True
        return (slot == "subj" and self._only_speaks(i)) or (leader and self._himself())

    def _is_other(self, slot: str, i: int) -> bool:
        """ "residents fled": who did it is no side."""
        if slot == "poss":
            # "the lorry drivers' blockade"
            return self.s.doc[i].pos_ == "NOUN" and not self.c.places[self.n].placeable(i)
        if slot == "subj" and self.s.lemma(i) in UNDERTAKINGS:
            return False
        return slot in ("subj", "agent", "by") and is_doer(self.s.doc[i])

    def _befell(self, its: int) -> bool:
        """ "Its capture gave them a port": what happened to a town, and no deed of a side that is spoken of."""
        noun = self.s.doc[self.f.token]
        happened = noun.dep_ in ("nsubj", "nsubj:pass") or preposition(noun) in ("since", "after", "before", "until")
        taken = self.cue.kind in (Kind.GAINS, Kind.LOSES) and "poss" in self.cue.place and not self._says_of_what()
        return taken and happened and self.s.doc[its].lower_ == "its"

    def _says_of_what(self) -> bool:
        """The noun has a place of its own, so that its possessor is none: "Kyiv's capture of P"."""
        return any(self.f.slots.get(slot) for slot in self.cue.place if slot in ("of", "from", "out_of", "on", "into"))

    def _seat(self, i: int) -> ActorRef | None:
        """ "Damascus": the government that sits there; not "the capital, Damascus", nor "near Damascus"."""
        token = self.s.doc[i]
        cases = [c for c in token.children if c.dep_ == "case" and c.tag_ != "POS" and c.lower_ != "of"]
        described = cases or any(c.dep_ in ("det", "compound", "appos") for c in token.children)
        if described or (i and self.s.doc[i - 1].pos_ == "NOUN"):
            return None
        last = max([i, *(c.i for c in token.children if c.dep_ == "flat")])
        if not i and last + 1 < len(self.s.doc) and self.s.doc[last + 1].text in DASHES:
            return None  # "Bamako – Rebels have stormed P": where the report is from
        seat = text_of(self.s.doc[i : last + 1])
        country = self.c.capitals.get(seat)
        return ActorRef(i, i, i, "named", (f"gov:{country}",), token.lower_) if country else None

    def _helpers(self) -> list[ActorRef]:
        """ "X took P together with Y", "together with Y, X took P": Y has a part in it."""
        if self.f.passive and not self.f.slots.get("subj"):
            return []
        heads = [i for slot in BESIDE for i in self.f.slots.get(slot)]
        heads += [
            c.i
            for i in self.f.slots.get("subj")
            for c in self.s.doc[i].children
            if c.i > i and preposition(c).replace(" ", "_") in BESIDE
        ]
        # "Together with X, Y took P", with X hung on "together"
        heads += [
            x.i
            for c in self.s.doc[self.f.token].children
            if c.lower_ in ("together", "jointly", "along")
            for x in c.children
            if x.dep_ in ("obl", "nmod") and preposition(x).endswith("with")
        ]
        found = [ref for i in dict.fromkeys(heads) for ref in self.c.phrases[self.n].actors(i)]
        return [ref for ref in found if ref.cls in ("named", "state", "nonstate", "tribal")]

    def _nobody(self, ref: ActorRef) -> bool:
        """ "The party took Liverpool", "Christians left P": words for sides, in a report that knows no such side."""
        if ref.cls == "people" or (ref.cls == "again" and ref.word in ("party", "union", "council", "organisation")):
            return self.c.register.resolve(ref, self.n)[0] is None
        return False

    def _is_a_place(self, ref: ActorRef) -> bool:
        """ "It is the largest town in P": what is said to be a town is no side."""
        said = self.s.doc[ref.head].head
        named_so = any(c.dep_ == "cop" for c in said.children) and not preposition(said)
        if ref.cls != "pronoun" or not named_so:
            return False
        return any(
            self.lex.has(kind, self.s.lemma(said)) for kind in ("settlement", "facility", "district", "province")
        )

    def _who_fled(self, ref: ActorRef) -> bool:
        """ "Families say they left on Monday", "most said they had fled": the families."""
        verb = self.s.doc[ref.head].head
        over = verb.head
        if self.cue.kind is not Kind.WITHDRAWS or ref.word != "they" or verb.dep_ != "ccomp" or over.i > ref.head:
            return False
        tells = [self.s.lemma(c) for c in over.children if c.dep_ == "nsubj"]
        civilians = self.lex.has("not_a_side", *tells) or not SOME.isdisjoint(tells)
        return civilians and self.lex.has("say", self.s.lemma(over))

    def _himself(self) -> bool:
        """ "The president is in P", "fled P": where a head of state is tells nothing of his men; "took P" does."""
        lemma = self.s.lemma(self.f.token)
        if self.cue.kind is Kind.HOLDS:
            return lemma in ("be", "remain", "stay", "sit")
        if self.cue.kind is Kind.GAINS and self.cue.place == ("@here",):
            return lemma in ("go", "come", "get")  # "I asked whether he would go back"
        return self.cue.kind is Kind.WITHDRAWS and lemma in ("flee", "leave", "fly", "escape")

    def _only_speaks(self, i: int) -> bool:
        """ "The army fled, the ministry said, leaving P": a ministry does not move."""
        return self.cue.kind in (Kind.WITHDRAWS, Kind.ADVANCES) and self.s.lemma(i) in ("ministry", "staff", "command")

    def owner(self, i: int) -> ActorRef | None:
        """ "a Ukrainian offensive", "an attack by rebels", "troops began a push that": who undertakes it."""
        t = self.s.doc[i]
        doers: list[int] = []
        for c in t.children:
            if c.dep_ in ("compound", "amod", "nmod:poss") and c.lower_ != "military" and (ref := self._side_word(c.i)):
                return ref
            if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and preposition(c) in ("by", "of")):
                doers.append(c.i)
            if c.dep_ == "acl":
                doers += [x.i for x in c.children if x.dep_ in ("obl:agent", "obl") and preposition(x) == "by"]
        if t.dep_ == "obj" and self.lex.has("carry_out", self.s.lemma(t.head)):
            doers += [x.i for x in t.head.children if x.dep_ == "nsubj"]
        if t.dep_ == "obl" and preposition(t) == "for" and self.lex.has("musters", self.s.lemma(t.head)):
            # "are massing for an attack that is meant to take P"
            doers += [x.i for x in t.head.children if x.dep_ == "nsubj"]
        sides = ((self.c.phrases[self.n].actor(j) or self._seat(j)) for j in doers)
        return next((ref for ref in sides if ref and ref.cls != "people"), None)

    def _side_word(self, i: int) -> ActorRef | None:
        """ "rebel", "government", "Iraqi", "ISIS" as a modifier."""
        t, names, lemma = self.s.doc[i], self.c.names[self.n], self.s.lemma(i)
        if (hit := names.groups.get(i)) is not None:
            return ActorRef(hit.first, hit.last, i, "named", hit.ids)
        if (country := names.demonyms.get(i)) is not None:
            return ActorRef(i, i, i, "state", (f"gov:{country}",), country=country)
        if (hit := names.peoples.get(i)) is not None:
            return ActorRef(hit.first, hit.last, i, "people", word=t.lower_, maybe=hit.ids)
        if (hit := names.leaders.get(i)) is not None:
            return ActorRef(hit.first, hit.last, i, "named", hit.ids)
        country = next((names.demonyms[j] for j in (i - 1, i - 2) if j in names.demonyms), None)
        if self.lex.has("nonstate_modifier", t.lower_, lemma) or lemma == "militia":
            return ActorRef(i, i, i, "nonstate", word=lemma, country=country)
        if STATE_WORDS & {lemma, t.lower_}:
            return ActorRef(i, i, i, "state", word=lemma, country=country)
        return None

    def one_another(self) -> bool:
        """ "fought each other"."""
        after = text_of(self.s.doc[self.f.token + 1 : self.f.token + 3]).lower()
        return after in ("each other", "one another")
