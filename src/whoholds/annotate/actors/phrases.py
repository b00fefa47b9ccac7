"""Which actor a noun phrase stands for, as far as its own words tell.

What they leave open ("the army", "the rebels", "they") is settled from the whole report by `claims.sides.register`.
"""

from __future__ import annotations

from whoholds.annotate.actors import unlisted
from whoholds.annotate.actors.find import ActorRef, NameHit
from whoholds.annotate.actors.force_words import after
from whoholds.annotate.actors.joint import after_noun, before_noun
from whoholds.annotate.actors.nouns import NounReader
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.table import SUBJECT
from whoholds.annotate.trees.tree import Token, text_of

PRONOUNS = frozenset(["they", "it", "he", "she", "we", "them", "who"])
OURS = frozenset(["we", "us", "our", "ours"])
THEIRS = frozenset(
    {
        *("they", "them", "their", "theirs", "themselves", "it", "its", "he", "his"),
        *("both", "these", "those", "others", "neither", "some", "many", "most"),
    }
)
REMAINDER = frozenset(["others", "rest", "remainder"])


class PhraseReader(NounReader):
    """Reads one sentence's noun phrases; made once a sentence."""

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
        if _one_person(t) or _two_persons(t) or _is_defiance(t):
            return None
        if self.lex.has("nobody", t.lower_) and (of_whom := self._made_of(t, depth)) is not None:
            return of_whom
        if self._points(t):
            return self._pointed(t, depth)
        return self._by_name(t, depth) or self._by_noun(t, self._noun(t), depth)

    # ------------------------------------------------------------------------------- words that point at somebody
    def _points(self, t: Token) -> bool:
        another = t.lower_ == "another" and t.dep_ in SUBJECT
        return self._is_pronoun(t) or another or _is_remainder(t) or _of_two(t)

    def _is_pronoun(self, t: Token) -> bool:
        return (t.i not in self.names.groups and t.pos_ == "PRON") or t.lower_ in PRONOUNS

    def _pointed(self, t: Token, depth: int) -> ActorRef | None:
        if self._is_pronoun(t):
            return _pronoun(t)
        if _is_remainder(t):
            return self._of_those_before(t, depth)
        return ActorRef(t.i, t.i, t.i, "pronoun", word=t.lower_)  # "One column took P, another Q", "the former"

    # --------------------------------------------------------------------------------------------------- names
    def _by_name(self, t: Token, depth: int) -> ActorRef | None:
        """Names of groups, leaders, countries, capitals and peoples."""
        i, lower, names = t.i, t.lower_, self.names
        if i in names.groups:
            return self._group(t, depth)
        if i in names.leaders:
            hit = names.leaders[i]
            return ActorRef(hit.first, hit.last, i, "enemy" if hit.against else "named", hit.ids, lower)
        if i in names.countries:
            return self._country(t)
        if i in names.seats and t.dep_ == "nsubj":
            return ActorRef(i, i, i, "named", (f"gov:{names.seats[i]}",), lower)
        of_a_leader = i in names.demonyms or i in names.peoples or lower == "people"
        if of_a_leader and (led := self._led_by(t)):
            return led
        if i in names.demonyms and t.pos_ in ("NOUN", "PROPN", "ADJ"):
            code = names.demonyms[i]
            people = code if t.tag_ in ("NNS", "NNPS") else None
            return ActorRef(i, i, i, "named", (f"gov:{code}",), lower, people)
        return None

    def _group(self, t: Token, depth: int) -> ActorRef:
        hit = self.names.groups[t.i]
        if self.forces.is_backer(self.s.doc[hit.last]):
            # "al-Qaeda-linked Ahrar al-Sham": the next name is meant
            ahead = range(hit.last + 1, min(hit.last + 6, len(self.s.doc)))
            hit = next((self.names.groups[j] for j in ahead if j in self.names.groups), hit)
        if hit.against:
            return ActorRef(hit.first, hit.last, t.i, "enemy", hit.ids, t.lower_)
        if (country := _unnamed(hit.ids)) and t.pos_ != "ADJ":
            return self._rebels_of(t, hit, country, depth)
        return ActorRef(hit.first, hit.last, t.i, "named", hit.ids, t.lower_)

    def _country(self, t: Token) -> ActorRef | None:
        hit = self.names.countries[t.i]
        behind = self.s.doc[hit.last + 1 : hit.last + 2]
        if text_of(behind) == "Cartel":
            return unlisted.unknown_group(self.s, self.names, behind[0])
        if (owned := unlisted.owned(self.s, self.names, hit)) is not None:
            return ActorRef(hit.first, owned.last, t.i, "named", owned.ids, t.lower_)
        return ActorRef(hit.first, hit.last, t.i, "named", tuple(f"gov:{c}" for c in hit.ids), t.lower_)

    def _led_by(self, t: Token) -> ActorRef | None:
        """ "Person's Uzbeks", "Person's people": the men of a leader, whatever people they are of."""
        own = next((c.i for c in t.children if c.dep_ == "nmod:poss" and c.i in self.names.leaders), None)
        hit = self.names.leaders[own] if own is not None else None
        return ActorRef(hit.first, t.i, t.i, "named", hit.ids, t.lower_) if hit else None

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


def _one_person(t: Token) -> bool:
    """One person is no side."""
    return t.lower_ in ("man", "woman", "boy", "girl")


def _two_persons(t: Token) -> bool:
    """ "Both men left": two who were named."""
    two = any(x.lower_ in ("both", "two") and x.i < t.i for x in t.children)
    return t.lower_ == "men" and two and t.dep_ == "nsubj"


def _is_defiance(t: Token) -> bool:
    """ "met with fierce resistance", and not "the Resistance"."""
    return t.lower_ == "resistance" and not any(x.text[:1].isupper() or x.lower_ == "the" for x in (t, *t.lefts))


def _is_remainder(t: Token) -> bool:
    """ "the rest fled", and not "the rest of P"."""
    followed = any(c.i > t.i for c in t.children if c.dep_ == "nmod")
    return t.lower_ in REMAINDER and t.dep_ == "nsubj" and not followed


def _of_two(t: Token) -> bool:
    """ "the former", "the latter", "the two" of a sentence before."""
    two = t.lower_ == "two" and t.dep_ == "nsubj" and not any(c.i > t.i for c in t.children)
    two = two or (t.lower_ in ("former", "latter") and t.dep_ not in ("amod", "compound"))
    return two and t.i > 0 and t.nbor(-1).lower_ == "the"


def _pronoun(t: Token) -> ActorRef | None:
    if t.lower_ in OURS:
        return ActorRef(t.i, t.i, t.i, "ours", word=t.lower_)
    return ActorRef(t.i, t.i, t.i, "pronoun", word=t.lower_) if t.lower_ in THEIRS else None


def _unnamed(ids: tuple[str, ...]) -> str | None:
    """The country of rebels that are of no group ("rebels:MLI")."""
    return ids[0].removeprefix("rebels:") if len(ids) == 1 and ids[0].startswith("rebels:") else None
