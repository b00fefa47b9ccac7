"""Which actor a noun phrase stands for, as far as its own words tell.

What they leave open ("the army", "the rebels", "they") is settled from the whole report by `claims.register`.
"""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate import unlisted
from whoholds.annotate.actors import ActorRef, NameHit, Names
from whoholds.annotate.allegiance import allegiance
from whoholds.annotate.document import Sentence
from whoholds.annotate.joint import after_noun, before_noun
from whoholds.annotate.nominals import preposition
from whoholds.annotate.times.numbers import ORDINALS
from whoholds.annotate.tree import Token
from whoholds.annotate.words import lexis

# Before these after a hyphen or as a participle, a name is that of a backer, not of the men.
BACKERS = lexis()["backers"]
OWN_MEN = lexis()["own_men"]
STATES_OWN = lexis()["states_own"]


class PhraseReader:
    """Reads one sentence's noun phrases; made once a sentence."""

    def __init__(self, s: Sentence, names: Names) -> None:
        self.s, self.names, self.lex = s, names, lexis()
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
        if t.pos_ == "PROPN" and lemma.endswith("s") and self.lex.has("force", lemma[:-1]):
            lemma = lemma[:-1]  # "U.S. Marines", whose plural the lemmas leave as it is
        if (i not in self.names.groups and t.pos_ == "PRON") or lower in (
            "they",
            "it",
            "he",
            "she",
            "we",
            "them",
            "who",
        ):
            return self._pronoun(t)
        if i in self.names.groups:
            hit = self.names.groups[i]
            if self._is_backer(self.s.doc[hit.last]):
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
            if (owned := unlisted.owned(self.s, self.names, hit)) is not None:
                return ActorRef(hit.first, owned.last, i, "named", owned.ids, lower)
            return ActorRef(hit.first, hit.last, i, "named", tuple(f"gov:{c}" for c in hit.ids), lower)
        if i in self.names.seats and t.dep_ == "nsubj":
            code = self.names.seats[i]
            return ActorRef(i, i, i, "named", (f"gov:{code}",), lower)
        if i in self.names.demonyms and t.pos_ in ("NOUN", "PROPN", "ADJ"):
            return ActorRef(i, i, i, "named", (f"gov:{self.names.demonyms[i]}",), lower)
        lex = self.lex
        if lex.has("hostile", lemma):
            return unlisted.hostile(self.s, self.names, t)
        if i and lex.has("state_force", f"{self.s.doc[i - 1].lower_} {lower}", f"{self.s.doc[i - 1].lower_} {lemma}"):
            return self._force(t, lemma, depth, state=True)
        if i in self.names.peoples and t.tag_ in ("NNPS", "NNS"):
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
        if named is not None:
            return named
        if lex.has("not_a_side", lemma, lower) or self._brings_aid(t) or self._political(t):
            return None
        if (
            lex.has("force", lemma, lower)
            or lex.has("state_force", lemma, lower)
            or lex.has("nonstate_force", lemma, lower)
        ):
            return self._force(t, lemma, depth)
        if lex.has("group_again", lemma, lower):
            return ActorRef(i, i, i, "again", word=lemma)
        named = unlisted.unknown_group(self.s, self.names, t)
        if named is not None:
            return named
        if lemma in ("member", "element", "cell", "suspect"):
            before = next(
                (c for c in t.children if c.i < i and c.i in self.names.groups and c.dep_ == "compound"), None
            )
            if before is not None:
                hit = self.names.groups[before.i]
                return ActorRef(hit.first, i, i, "named", hit.ids, lemma)
        # "the last of the rebels", "hundreds of fighters", "the majority of Daesh fighters"
        if lemma in self.lex["many_of"] or t.pos_ == "NUM":
            for child in t.children:
                if (
                    child.dep_ in ("nmod", "obl")
                    and child.i > i
                    and (preposition(child) == "of" or self.s.doc[i + 1].lower_ == "of")
                ):
                    inner = self.actor(child.i, depth + 1)
                    if inner:
                        return ActorRef(
                            min(i, inner.first), max(i, inner.last), i, inner.cls, inner.ids, inner.word, inner.country
                        )
        return None

    def _brings_aid(self, t: Token) -> bool:
        """ "an aid convoy", "a column of the Red Cross"."""
        if not self.lex.has("carriers", t.lower_):
            return False
        beside = [c for c in t.children if c.dep_ in ("compound", "amod") or preposition(c) == "of"]
        return any(self.lex.has("aid", x.lower_) for c in beside for x in (c, *c.children))

    def _political(self, t: Token) -> bool:
        """ "the Sadrist movement": a movement or party with a name that no lexicon has is not "the movement"."""
        if t.lower_ not in ("movement", "party", "alliance", "bloc"):
            return False
        known = {*self.names.groups, *self.names.demonyms, *self.names.peoples, *self.names.countries}
        beside = [c for c in t.children if c.dep_ in ("compound", "amod") and c.i < t.i]
        return any(c.text[:1].isupper() and c.i > 0 for c in beside) and not any(c.i in known for c in beside)

    def _rebels_of(self, t: Token, hit: NameHit, country: str, depth: int) -> ActorRef:
        """ "Tuareg rebels", "Chechen fighters": no group of a name, unless the phrase or the report has one."""
        for child in self._after(t):
            if child.dep_ == "nmod" and preposition(child) == "of":
                inner = self.actor(child.i, depth + 1)
                if inner is not None and inner.ids:
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
        together = before_noun(self.s, self.names, i, main.word, lambda x: self._is_backer(x) or self._after_pro(x))
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

    def _force(self, t: Token, lemma: str, depth: int, *, state: bool = False) -> ActorRef:
        lex, s = self.lex, self.s
        country: str | None = None
        nonstate = False
        tribal = lex.has("tribal_force", lemma)
        first = last = t.i
        maybe: tuple[str, ...] = ()
        possessor: Token | None = None
        left = [x for x in t.subtree if x.i < t.i and x.i >= t.i - 12]
        beside = s.doc[t.i - 1] if t.i and not left else t
        if (beside.i in self.names.demonyms and beside.pos_ == "ADJ") or beside.lower_.startswith(("pro-", "anti-")):
            # "Ethiopian troops", where the parser left the adjective beside it
            left = [s.doc[t.i - 1]]
        for x in reversed(left):
            backed = self.names.peoples.get(x.i)
            if backed is not None and backed.first < backed.last:
                maybe, first = backed.ids, min(first, backed.first)  # "U.S.-backed forces", as the press calls them
            if self._is_backer(x):
                continue
            if x.lower_ == "enemy" and x.dep_ in ("compound", "amod", "nmod"):
                return ActorRef(x.i, t.i, t.i, "enemy", word="enemy")
            if self._after_pro(x):
                nonstate, first = True, min(first, x.i)
                continue
            if x.dep_ in ("nmod:poss",) or (x.head.i == t.i and x.tag_ == "PRP$"):
                possessor = x
            if possessor is x and lemma == "contingent":
                # "the peacekeepers … their Kenyan contingent"
                return ActorRef(x.i, t.i, t.i, "pronoun", word=x.lower_)
            if x.i in self.names.leaders and x.lower_.startswith(("pro-", "anti-")):
                hit = self.names.leaders[x.i]
                return ActorRef(x.i, t.i, t.i, "enemy" if hit.against else "named", hit.ids, lemma)
            if x.i in self.names.groups and not self._inside_clause(x, t):
                hit = self.names.groups[x.i]
                if hit.against:
                    return ActorRef(hit.first, t.i, t.i, "enemy", hit.ids, lemma)
                if lex.has("turned", lemma) and hit.ids[-1].startswith("gov:"):
                    return ActorRef(hit.first, t.i, t.i, "nonstate", word="rebel", country=hit.ids[-1][4:])
                return ActorRef(hit.first, t.i, t.i, "named", hit.ids, lemma)
            if x.i in self.names.demonyms and country is None:
                country, first = self.names.demonyms[x.i], x.i
            elif (
                x.i in self.names.countries
                and country is None
                and (x.dep_ in ("compound", "nmod:poss", "nmod", "amod", "flat"))
            ):
                country, first = self.names.countries[x.i].ids[0], x.i
            if x.i in self.names.peoples and not self._inside_clause(x, t):
                maybe, first = self.names.peoples[x.i].ids, min(first, self.names.peoples[x.i].first)
            word = x.lower_
            if lemma in ("militia", "militiaman") and lex.has("local_men", word):
                state, first = True, min(first, x.i)
            if lex.has("state_modifier", word) or s.lemma(x) in (
                "government",
                "regime",
                "state",
                "army",
                "military",
                "police",
            ):
                state, first = True, min(first, x.i)
            elif lex.has("nonstate_modifier", word, s.lemma(x)) or s.lemma(x) in (
                "rebel",
                "militant",
                "jihadist",
                "insurgent",
            ):
                nonstate, first = True, min(first, x.i)
            elif lex.has("tribal_modifier", word):
                tribal, first = True, min(first, x.i)
        if country is not None and lemma == "group" and any(x.lower_ == "armed" for x in left):
            nonstate = True  # "Chadian armed groups" are not the state's
        if country is None and (theirs := allegiance(s, self.names, t, lambda i: self.actor(i, depth + 1))):
            return replace(theirs, first=min(first, theirs.first))
        for child in self._after(t):
            case = preposition(child)
            if child.dep_ in ("nmod", "obl") and case in ("of", "from"):
                inner = self.actor(child.i, depth + 1)
                group = inner is not None and any(not a.startswith("gov:") for a in inner.ids)
                if (
                    inner
                    and (inner.ids or inner.country or inner.cls in ("state", "nonstate"))
                    and (country is None or group)
                ):
                    if child.i in self.names.countries and lex.has("rebellious", lemma):
                        # "the rebels of Chad" are not its soldiers
                        code = self.names.countries[child.i].ids[0]
                        return ActorRef(first, max(last, inner.last), t.i, "nonstate", word=lemma, country=code)
                    return ActorRef(first, max(last, inner.last), t.i, inner.cls, inner.ids, lemma, inner.country)
            if child.dep_ in ("appos", "flat", "compound") and child.i in self.names.groups:
                hit = self.names.groups[child.i]
                return ActorRef(first, hit.last, t.i, "named", hit.ids, lemma)
        if possessor is not None and possessor.i in self.names.leaders and country is None:
            hit = self.names.leaders[possessor.i]
            return ActorRef(hit.first, t.i, t.i, "named", hit.ids, lemma)
        if possessor is not None and possessor.i in self.names.seats and country is None and not nonstate:
            code = self.names.seats[possessor.i]
            return ActorRef(possessor.i, last, t.i, "state", (f"gov:{code}",), lemma, code)
        if possessor is not None and country is None and not (state or nonstate):
            owner = self.actor(possessor.i, depth + 1)
            if owner:
                return ActorRef(min(owner.first, first), t.i, t.i, owner.cls, owner.ids, owner.word, owner.country)
        if tribal:
            return ActorRef(first, last, t.i, "tribal", word=lemma, country=country, maybe=maybe)
        against_state = lex.has("nonstate_force", lemma, t.lower_) and lemma not in ("fighter", "faction")
        if nonstate or (against_state and not state):
            if lemma == "militia" and state:
                return ActorRef(first, last, t.i, "state", word=lemma, country=country, maybe=maybe)
            return ActorRef(
                first, last, t.i, "nonstate", word=_nonstate_word(left, lemma, s), country=country, maybe=maybe
            )
        country = country or self._state_of(t, lemma)
        if country is not None:
            return ActorRef(first, last, t.i, "state", (f"gov:{country}",), lemma, country, maybe)
        if state:
            return ActorRef(first, last, t.i, "state", word="government", maybe=maybe)
        if lex.has("state_force", lemma, t.lower_):
            return ActorRef(first, last, t.i, "state", word=lemma, maybe=maybe)
        if self._is_unit(t, lemma):
            return ActorRef(first, last, t.i, "state", word="unit", maybe=maybe)
        if lemma == "man" and any(lex.has("armed", x.lower_) for x in left):
            return ActorRef(left[0].i, last, t.i, "nonstate", word="gunman", maybe=maybe)
        if lemma == "fighter":
            return ActorRef(first, last, t.i, "nonstate", word=lemma, maybe=maybe)
        return ActorRef(first, last, t.i, "again", word=lemma, maybe=maybe)

    def _state_of(self, t: Token, lemma: str) -> str | None:
        """ "the Ministry of Defence of Georgia", "the army in Chad": whose it is, further on in the phrase."""
        node: Token | None = t
        for _ in range(3):
            after = [c for c in node.children if c.dep_ == "nmod" and c.i > t.i] if node is not None else []
            for c in after:
                case = preposition(c)
                here = [x.i for x in (c, *c.children) if x.i > t.i and x.dep_ in ("amod", "compound", "flat", "nmod")]
                if case == "of" or (case == "in" and c.i in self.names.countries and lemma in STATES_OWN):
                    for j in (c.i, *here):
                        if j in self.names.countries:
                            return self.names.countries[j].ids[0]
                        if j in self.names.demonyms:
                            return self.names.demonyms[j]
            node = next((c for c in after if preposition(c) == "of"), None)
        return None

    def _after_pro(self, x: Token) -> bool:
        """ "pro-Russian": whom they favour, not who they are."""
        if x.lower_.startswith("pro-"):
            return x.i in self.names.demonyms
        doc = self.s.doc
        return x.i > 1 and doc[x.i - 1].text in "-–" and doc[x.i - 2].lower_ == "pro" and x.i in self.names.demonyms

    def _is_unit(self, t: Token, lemma: str) -> bool:
        """ "the 4th Division", "the Mechanized Brigade": of an army, if nothing says whose."""
        if not self.lex.has("units", lemma, t.lower_) or not t.text[:1].isupper():
            return False
        before = [self.s.doc[j] for j in range(max(0, t.i - 3), t.i)]
        if t.i + 1 < len(self.s.doc) and self.s.doc[t.i + 1].text[:1].isdigit():
            return True  # "Battalion 54"
        return any(x.text[:1].isdigit() or self.lex.has("arms", x.lower_) for x in before) or (
            bool(before) and before[-1].text[:1].isupper() and before[-1].lower_ in ORDINALS
        )

    @staticmethod
    def _after(t: Token) -> list[Token]:
        """What follows the noun and belongs to it: in "soldiers and men of Y" the phrase is the men's."""
        also = [c.i for c in t.children if c.dep_ == "conj"]
        found = [c for c in t.children if c.i > t.i and not (c.dep_ == "nmod" and also and c.i > also[0])]
        if t.dep_ == "conj" and not found:
            last = max(c.i for c in t.head.children if c.dep_ == "conj")
            found = [c for c in t.head.children if c.i > t.i == last and c.dep_ == "nmod"]
        return found

    def _is_backer(self, x: Token) -> bool:
        """ "US-backed", "Turkish-supported", "allied": the name tells who helps, not who they are."""
        doc = self.s.doc
        j = x.i + 1
        while j < len(doc) and doc[j].text in "-–" and doc[j].text:
            j += 1
        if j >= len(doc) or doc[j].lower_ not in BACKERS or (doc[j].lower_ == "armed" and j == x.i + 1):
            # "Chadian armed groups" are Chadian
            return False
        # "rebels backed by X" are the rebels.
        return not (j == x.i + 1 and j + 1 < len(doc) and doc[j + 1].lower_ in ("by", "with", "to"))

    def _inside_clause(self, x: Token, t: Token) -> bool:
        """True where `x` stands in a clause of its own inside the phrase ("the rebels, whom IS fought, ...")."""
        node = x
        while node.i != t.i and node.head.i != node.i:
            if node.dep_ in ("acl:relcl", "acl", "advcl", "parataxis"):
                return True
            node = node.head
        return False


def _unnamed(ids: tuple[str, ...]) -> str | None:
    """The country of rebels that are of no group ("rebels:MLI")."""
    return ids[0].removeprefix("rebels:") if len(ids) == 1 and ids[0].startswith("rebels:") else None


def _nonstate_word(left: list[Token], lemma: str, s: Sentence) -> str:
    for x in reversed(left):
        if s.lemma(x) in ("rebel", "militant", "jihadist", "insurgent", "separatist", "islamist", "opposition"):
            return s.lemma(x)
    return lemma
