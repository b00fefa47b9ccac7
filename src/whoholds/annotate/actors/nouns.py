"""Which actor a common noun stands for: "troops", "rebels", "hundreds of fighters", "gang members"."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

from whoholds.annotate.actors import unlisted
from whoholds.annotate.actors.find import ActorRef, Names
from whoholds.annotate.actors.forces import ForceReader
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.table import SUBJECT
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

OWN_MEN = lexis()["own_men"]
SOME_MEN = frozenset(["group", "unit", "column", "party", "band", "contingent", "detachment", "force"])
CIVIL = frozenset(["air", "engineer", "state", "government", "motor"])
"""Before "company" these make no soldiers of it."""


class NounReader(ABC):
    """Reads the common nouns of one sentence; a part of its `PhraseReader`."""

    def __init__(self, s: Sentence, names: Names) -> None:
        self.s, self.names, self.lex = s, names, lexis()
        self.forces = ForceReader(s, names, self.actor)
        self._read: dict[tuple[int, int], ActorRef | None] = {}

    @abstractmethod
    def actor(self, i: int, depth: int = 0) -> ActorRef | None:
        """As `PhraseReader` has it, for phrases within a phrase."""

    def _noun(self, t: Token) -> str:
        """The lemma by which the lexis knows a noun: also of plurals that the parser takes for names."""
        lemma, lower = self.s.lemma(t), t.lower_
        if t.pos_ == "PROPN" and lower.endswith("men") and self.lex.has("force", f"{lower[:-2]}an"):
            return f"{lower[:-2]}an"  # "National Guardsmen"
        if t.pos_ == "PROPN" and lemma.endswith("s") and self.lex.has("force", lemma[:-1]):
            return lemma[:-1]  # "U.S. Marines"
        return lemma

    def _by_noun(self, t: Token, lemma: str, depth: int) -> ActorRef | None:
        """Nouns for armed men, and for those who are called so in this sentence."""
        i, lower, lex = t.i, t.lower_, self.lex
        if lex.has("hostile", lemma):
            return unlisted.hostile(self.s, self.names, t)
        if i and lex.has("state_force", f"{self.s.doc[i - 1].lower_} {lower}", f"{self.s.doc[i - 1].lower_} {lemma}"):
            return self.forces.force(t, lemma, depth, state=True)
        if i in self.names.peoples and self._people(t):
            hit = self.names.peoples[i]
            return ActorRef(hit.first, hit.last, i, "people", word=lemma, maybe=hit.ids)
        if lower == "helmets" and i and self.s.doc[i - 1].lower_ == "blue":
            return ActorRef(i - 1, i, i, "again", word="peacekeeper")
        if lemma in OWN_MEN and (ours := _our(t)) is not None:
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
        if self._is_force(t, lemma):
            return self.forces.force(t, lemma, depth)
        if lex.has("group_again", lemma, lower):
            some = lower in SOME_MEN and any(c.lower_ in ("a", "an", "one") for c in t.children if c.i < i)
            made_of = self._made_of(t, depth) if some else None  # "a group of our commandos"
            return made_of or ActorRef(i, i, i, "again", word=lemma)
        if (named := unlisted.unknown_group(self.s, self.names, t)) is not None:
            return named
        if called := self._armed(t, lemma) or self._members(t, lemma, depth):
            return called
        return self._made_of(t, depth) if lemma in lex["many_of"] or t.pos_ == "NUM" else None

    def _is_force(self, t: Token, lemma: str) -> bool:
        if any(self.lex.has(kind, lemma, t.lower_) for kind in ("force", "state_force", "nonstate_force")):
            return True
        # "a renegade colonel"
        return self.lex.has("officer_ranks", lemma) and any(self.lex.has("turned_coat", c.lower_) for c in t.lefts)

    def _armed(self, t: Token, lemma: str) -> ActorRef | None:
        """ "armed youths"."""
        if not self.lex.has("may_be_armed", lemma, t.lower_):
            return None
        armed = next((c for c in t.children if c.i < t.i and self.lex.has("armed", c.lower_)), None)
        return ActorRef(armed.i, t.i, t.i, "nonstate", word="gunman") if armed is not None else None

    def _members(self, t: Token, lemma: str, depth: int) -> ActorRef | None:
        """ "Boko Haram members", "its members", "gang members"."""
        if lemma not in self.lex["called_men"]:
            return None
        i, before = t.i, [c for c in t.children if c.i < t.i]
        for c in before:
            if c.i in self.names.groups and c.dep_ in ("compound", "nmod:poss"):
                hit = self.names.groups[c.i]
                return ActorRef(hit.first, i, i, "named", hit.ids, lemma)
        its = next((c for c in before if c.lower_ in ("its", "their")), None)
        if its is not None and lemma in ("member", "cell", "operative"):
            return ActorRef(its.i, i, i, "pronoun", word=its.lower_)
        gang = i > 0 and t.lower_ == "members" and self.lex.has("nonstate_force", self.s.doc[i - 1].lower_)
        whose = self.actor(i - 1, depth + 1) if gang and self.s.doc[i - 1].head.i == i else None
        return replace(whose, last=i, head=i) if whose is not None else None

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

    def _people(self, t: Token) -> bool:
        """ "Serbs", "the Lendu", whose plural is the same; "the UN" is no people."""
        if t.tag_ in ("NNPS", "NNS"):
            return t.lower_ != "nations"
        alone = t.tag_ == "NNP" and t.dep_ in ("nsubj", "obj", "obl", "nsubj:pass", "obl:agent", "nmod")
        return alone and t.text.istitle() and bool(t.i) and t.nbor(-1).lower_ == "the"

    def _of_an_army(self, t: Token) -> bool:
        """ "an armoured company", "the army company there": of soldiers, and no firm."""
        before = [c for c in t.children if c.i < t.i and c.dep_ in ("amod", "compound", "nmod")]
        kinds = ("arms", "state_force", "tribal_modifier", "nonstate_modifier")
        return any(self.lex.has(kind, c.lower_) for c in before for kind in kinds if c.lower_ not in CIVIL)

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


def _our(t: Token) -> int | None:
    """Where it says "our" of the men, or "her" in "her country's forces", as a minister says."""
    ours = next((c.i for c in t.children if c.lower_ in ("our", "my") and c.i < t.i), None)
    if ours is not None:
        return ours
    land = next((c for c in t.children if c.dep_ == "nmod:poss" and c.lower_ in ("country", "nation")), None)
    return next((c.i for c in land.children if c.tag_ == "PRP$"), None) if land is not None else None
