"""Which actor a noun phrase stands for, as far as its own words tell.

What they leave open ("the army", "the rebels", "they") is settled from the whole report by `claims.sides.register`.
"""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate.actors import unlisted
from whoholds.annotate.actors.find import ActorRef, NameHit, Names
from whoholds.annotate.actors.force_words import after
from whoholds.annotate.actors.forces import ForceReader
from whoholds.annotate.actors.joint import after_noun, before_noun
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.table import SUBJECT
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.annotate.words import lexis

OWN_MEN = lexis()["own_men"]
SOME_MEN = frozenset(["group", "unit", "column", "party", "band", "contingent", "detachment", "force"])
PRONOUNS = frozenset(["they", "it", "he", "she", "we", "them", "who"])
REMAINDER = frozenset(["others", "rest", "remainder"])
CIVIL = frozenset(["air", "engineer", "state", "government", "motor"])
"""Before "company" these make no soldiers of it."""


class PhraseReader:
    """Reads one sentence's noun phrases; made once a sentence."""

    def __init__(self, s: Sentence, names: Names) -> None:
        self.s, self.names, self.lex = s, names, lexis()
        self.forces = ForceReader(s, names, self.actor)
        self._read: dict[tuple[int, int], ActorRef | None] = {}

    def actor(self, i: int, depth: int = 0) -> ActorRef | None:
        """The actor that the noun phrase headed by token `i` stands for, or None where it is none."""
        if depth > 3:
            return None
        asked = (i, depth)
        if asked not in self._read:
            self._read[asked] = self._actor(i, depth)
        return self._read[asked]

    def _actor(self, i: int, depth: int) -> ActorRef | None:
        t = self.s.doc[i]
        lemma, lower = self.s.lemma(t), t.lower_
        if lower in ("man", "woman", "boy", "girl"):
            return None  # one person is no side
        if lower == "men" and any(x.lower_ in ("both", "two") and x.i < i for x in t.children) and t.dep_ == "nsubj":
            return None  # two who were named: "Both men left"
        if lower == "resistance" and not any(x.text[:1].isupper() or x.lower_ == "the" for x in (t, *t.lefts)):
            return None  # what somebody meets with
        if t.pos_ == "PROPN" and lemma.endswith("s") and self.lex.has("force", lemma[:-1]):
            lemma = lemma[:-1]  # "U.S. Marines", whose plural the lemmas leave as it is
        if t.pos_ == "PROPN" and lower.endswith("men") and self.lex.has("force", f"{lower[:-2]}an"):
            lemma = f"{lower[:-2]}an"  # "National Guardsmen"
        if self.lex.has("nobody", lower) and (of_whom := self._made_of(t, depth)) is not None:
            return of_whom
        if (i not in self.names.groups and t.pos_ == "PRON") or lower in PRONOUNS:
            return self._pronoun(t)
        if lower == "another" and t.dep_ in SUBJECT:
            return ActorRef(i, i, i, "pronoun", word=lower)  # "One column took P, another Q"
        if lower in REMAINDER and t.dep_ == "nsubj" and not any(c.i > i for c in t.children if c.dep_ == "nmod"):
            return self._of_those_before(t, depth)
        of_two = lower == "two" and t.dep_ == "nsubj" and not any(c.i > i for c in t.children)
        of_two = of_two or (lower in ("former", "latter") and t.dep_ not in ("amod", "compound"))
        if of_two and i and t.nbor(-1).lower_ == "the":
            return ActorRef(i, i, i, "pronoun", word=lower)
        if i in self.names.groups:
            hit = self.names.groups[i]
            if self.forces.is_backer(self.s.doc[hit.last]):
                # "al-Qaeda-linked Ahrar al-Sham": the next name is meant
                later = next(
                    (
                        self.names.groups[j]
                        for j in range(hit.last + 1, min(hit.last + 6, len(self.s.doc)))
                        if j in self.names.groups
                    ),
                    None,
                )
                hit = later or hit
            if hit.against:
                return ActorRef(hit.first, hit.last, i, "enemy", hit.ids, lower)
            if (country := _unnamed(hit.ids)) and t.pos_ != "ADJ":
                return self._rebels_of(t, hit, country, depth)
            return ActorRef(hit.first, hit.last, i, "named", hit.ids, lower)
        if i in self.names.leaders:
            hit = self.names.leaders[i]
            return ActorRef(hit.first, hit.last, i, "enemy" if hit.against else "named", hit.ids, lower)
        if i in self.names.countries:
            hit = self.names.countries[i]
            after = self.s.doc[hit.last + 1 : hit.last + 2]
            if text_of(after) == "Cartel":
                return unlisted.unknown_group(self.s, self.names, after[0])
            if (owned := unlisted.owned(self.s, self.names, hit)) is not None:
                return ActorRef(hit.first, owned.last, i, "named", owned.ids, lower)
            return ActorRef(hit.first, hit.last, i, "named", tuple(f"gov:{c}" for c in hit.ids), lower)
        if i in self.names.seats and t.dep_ == "nsubj":
            code = self.names.seats[i]
            return ActorRef(i, i, i, "named", (f"gov:{code}",), lower)
        of_a_leader = i in self.names.demonyms or i in self.names.peoples or lower == "people"
        if of_a_leader and (led := self._led_by(t)):
            return led
        if i in self.names.demonyms and t.pos_ in ("NOUN", "PROPN", "ADJ"):
            code = self.names.demonyms[i]
            people = code if t.tag_ in ("NNS", "NNPS") else None
            return ActorRef(i, i, i, "named", (f"gov:{code}",), lower, people)
        lex = self.lex
        if lex.has("hostile", lemma):
            return unlisted.hostile(self.s, self.names, t)
        if i and lex.has("state_force", f"{self.s.doc[i - 1].lower_} {lower}", f"{self.s.doc[i - 1].lower_} {lemma}"):
            return self.forces.force(t, lemma, depth, state=True)
        if i in self.names.peoples and self._people(t):
            hit = self.names.peoples[i]
            return ActorRef(hit.first, hit.last, i, "people", word=lemma, maybe=hit.ids)
        if lower == "helmets" and i and self.s.doc[i - 1].lower_ == "blue":
            return ActorRef(i - 1, i, i, "again", word="peacekeeper")
        if lemma in OWN_MEN:
            ours = next((c.i for c in t.children if c.lower_ in ("our", "my") and c.i < i), None)
            land = next((c for c in t.children if c.dep_ == "nmod:poss" and c.lower_ in ("country", "nation")), None)
            if ours is None and land is not None:
                # "her country's forces", as a minister says
                ours = next((c.i for c in land.children if c.tag_ == "PRP$"), None)
            if ours is not None:
                return ActorRef(ours, i, i, "ours", word=lemma)
        named = unlisted.called(self.s, self.names, t) or unlisted.own_master(self.s, self.names, t)
        if named is None and lower == "cartel":
            named = unlisted.unknown_group(self.s, self.names, t)  # "the Caborca Cartel", not any gang
        if named is not None:
            return named
        if lemma == "company" and self._of_an_army(t):
            return self.forces.force(t, lemma, depth)
        if lex.has("not_a_side", lemma, lower) or self._brings_aid(t) or self._political(t) or self._flies(t):
            return self._made_of(t, depth) if lemma in ("team", "company") else None
        if (
            lex.has("force", lemma, lower)
            or lex.has("state_force", lemma, lower)
            or lex.has("nonstate_force", lemma, lower)
        ):
            return self.forces.force(t, lemma, depth)
        if lex.has("officer_ranks", lemma) and any(lex.has("turned_coat", c.lower_) for c in t.lefts):
            # "a renegade colonel"
            return self.forces.force(t, lemma, depth)
        if lex.has("group_again", lemma, lower):
            some = lower in SOME_MEN and any(c.lower_ in ("a", "an", "one") for c in t.children if c.i < i)
            made_of = self._made_of(t, depth) if some else None  # "a group of our commandos"
            return made_of or ActorRef(i, i, i, "again", word=lemma)
        named = unlisted.unknown_group(self.s, self.names, t)
        if named is not None:
            return named
        if lex.has("may_be_armed", lemma, lower):
            armed = next((c for c in t.children if c.i < i and lex.has("armed", c.lower_)), None)
            if armed is not None:
                # "armed youths"
                return ActorRef(armed.i, i, i, "nonstate", word="gunman")
        if lemma in lex["called_men"]:
            before = next(
                (c for c in t.children if c.i < i and c.i in self.names.groups and c.dep_ in ("compound", "nmod:poss")),
                None,
            )
            if before is not None:
                hit = self.names.groups[before.i]
                return ActorRef(hit.first, i, i, "named", hit.ids, lemma)
            its = next((c for c in t.children if c.lower_ in ("its", "their") and c.i < i), None)
            if its is not None and lemma in ("member", "cell", "operative"):
                return ActorRef(its.i, i, i, "pronoun", word=its.lower_)
            gang = i > 0 and lower == "members" and lex.has("nonstate_force", self.s.doc[i - 1].lower_)
            if gang and self.s.doc[i - 1].head.i == i and (whose := self.actor(i - 1, depth + 1)) is not None:
                # "gang members"
                return replace(whose, last=i, head=i)
        return self._made_of(t, depth) if lemma in self.lex["many_of"] or t.pos_ == "NUM" else None

    def _made_of(self, t: Token, depth: int) -> ActorRef | None:
        """ "the last of the rebels", "hundreds of fighters", "the majority of Daesh fighters": who follows "of".

        Nobody may be "from" a side as well.
        """
        i = t.i
        joins = ("of", "from") if self.lex.has("nobody", t.lower_) else ("of",)
        for child in t.children:
            if (
                child.dep_ in ("nmod", "obl")
                and child.i > i
                and (preposition(child) in joins or self.s.doc[i + 1].lower_ == "of")
            ):
                inner = self.actor(child.i, depth + 1)
                if inner and not (inner.cls == "pronoun" and self._of_civilians(t)):
                    return ActorRef(
                        min(i, inner.first), max(i, inner.last), i, inner.cls, inner.ids, inner.word, inner.country
                    )
        return None

    def _of_those_before(self, t: Token, depth: int) -> ActorRef | None:
        """ "Many fighters were killed, and the rest fled", "some gave up, others fled": of whom it has told."""
        for x in reversed(self.s.doc[: t.i]):
            if self.lex.has("not_a_side", self.s.lemma(x)):
                return None
            told = x.dep_ in (*SUBJECT, "obj") or (x.dep_ == "nmod" and preposition(x) == "of")
            found = self.actor(x.i, depth + 1) if told and x.pos_ != "PRON" else None
            if found is not None and found.cls in ("named", "state", "nonstate"):
                return replace(found, first=t.i, last=t.i, head=t.i)
        return None

    def _of_an_army(self, t: Token) -> bool:
        """ "an armoured company", "the army company there": of soldiers, and no firm."""
        before = [c for c in t.children if c.i < t.i and c.dep_ in ("amod", "compound", "nmod")]
        kinds = ("arms", "state_force", "tribal_modifier", "nonstate_modifier")
        return any(self.lex.has(kind, c.lower_) for c in before for kind in kinds if c.lower_ not in CIVIL)

    def _people(self, t: Token) -> bool:
        """ "Serbs", "the Lendu", whose plural is the same; "the UN" is no people."""
        if t.tag_ in ("NNPS", "NNS"):
            return t.lower_ != "nations"
        alone = t.tag_ == "NNP" and t.dep_ in ("nsubj", "obj", "obl", "nsubj:pass", "obl:agent", "nmod")
        return alone and t.text.istitle() and bool(t.i) and t.nbor(-1).lower_ == "the"

    def _led_by(self, t: Token) -> ActorRef | None:
        """ "Person's Uzbeks", "Person's people": the men of a leader, whatever people they are of."""
        own = next((c.i for c in t.children if c.dep_ == "nmod:poss" and c.i in self.names.leaders), None)
        hit = self.names.leaders[own] if own is not None else None
        return ActorRef(hit.first, t.i, t.i, "named", hit.ids, t.lower_) if hit else None

    def _of_civilians(self, t: Token) -> bool:
        """ "Thousands of people fled P, many of them to Q": nobody's men."""
        return any(x.tag_ == "NNS" and self.lex.has("not_a_side", self.s.lemma(x)) for x in self.s.doc[: t.i])

    def _brings_aid(self, t: Token) -> bool:
        """ "an aid convoy", "a column of refugees", "the convoy" that comes without a word of whose it is."""
        if not self.lex.has("carriers", t.lower_):
            return False
        beside = [c for c in t.children if c.dep_ in ("compound", "amod", "nmod:poss") or preposition(c) == "of"]
        if t.lower_ in ("convoy", "convoys") and t.dep_ == "nsubj" and not beside:
            return True
        if any(preposition(c) == "of" and self.lex.has("not_a_side", self.s.lemma(c)) for c in beside):
            return True
        return any(self.lex.has("aid", x.lower_) for c in beside for x in (c, *c.children))

    def _flies(self, t: Token) -> bool:
        """ "jet fighters" are no men."""
        return t.lower_ in ("fighter", "fighters") and t.i > 0 and self.s.doc[t.i - 1].lower_ in ("jet", "stealth")

    def _political(self, t: Token) -> bool:
        """ "the Sadrist movement": a movement or party with a name that no lexicon has is not "the movement"."""
        if t.lower_ not in ("movement", "party", "alliance", "bloc"):
            return False
        known = {*self.names.groups, *self.names.demonyms, *self.names.peoples, *self.names.countries}
        beside = [c for c in t.children if c.dep_ in ("compound", "amod") and c.i < t.i]
        return any(c.text[:1].isupper() and c.i > 0 for c in beside) and not any(c.i in known for c in beside)

    def _rebels_of(self, t: Token, hit: NameHit, country: str, depth: int) -> ActorRef:
        """ "Tuareg rebels", "Chechen fighters": no group of a name, unless the phrase or the report has one."""
        for child in after(t):
            if child.dep_ == "nmod" and preposition(child) == "of":
                inner = self.actor(child.i, depth + 1)
                if inner is not None and inner.ids and child.i not in self.names.countries:
                    return ActorRef(hit.first, inner.last, t.i, inner.cls, inner.ids, inner.word)
        maybe = () if hit.first in self.names.demonyms else (f"rebels:{country}",)
        return ActorRef(hit.first, hit.last, t.i, "nonstate", word=self.s.lemma(t), country=country, maybe=maybe)

    def actors(self, i: int) -> list[ActorRef]:
        """The actor of the phrase, and those named beside it before the same noun: "YPG and FSA forces"."""
        main = self.actor(i)
        if main is None:
            return []
        found = [main]
        if main.head != i or main.cls not in ("named", "state", "nonstate"):
            return found
        together = before_noun(
            self.s, self.names, i, main.word, lambda x: self.forces.is_backer(x) or self.forces.after_pro(x)
        )
        return together or after_noun(self.s.doc[i], self.actors) or found

    def _pronoun(self, t: Token) -> ActorRef | None:
        lower = t.lower_
        if lower in ("we", "us", "our", "ours"):
            return ActorRef(t.i, t.i, t.i, "ours", word=lower)
        if lower in (
            "they",
            "them",
            "it",
            "he",
            "their",
            "theirs",
            "its",
            "his",
            "themselves",
            "both",
            "these",
            "those",
            "others",
            "neither",
            "some",
            "many",
            "most",
        ):
            return ActorRef(t.i, t.i, t.i, "pronoun", word=lower)
        return None


def _unnamed(ids: tuple[str, ...]) -> str | None:
    """The country of rebels that are of no group ("rebels:MLI")."""
    return ids[0].removeprefix("rebels:") if len(ids) == 1 and ids[0].startswith("rebels:") else None
