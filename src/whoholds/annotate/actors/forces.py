"""Whose men a noun for armed men stands for: "Iraqi forces", "the army of Chad", "the 4th Division"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from whoholds.annotate.actors.allegiance import allegiance
from whoholds.annotate.actors.find import ActorRef, Names
from whoholds.annotate.document import Sentence
from whoholds.annotate.times.numbers import ORDINALS
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

OUTSIDERS = frozenset(["group", "faction", "movement"])
"""What has a state's name before it and is never the state's."""
BOTH = frozenset(["two", "both"])
"""Of armies: those that were named before."""


def _placed(t: Token) -> bool:
    """ "its garrison in P": a side's; without that it may be the town's."""
    return any(preposition(c) in ("in", "at") for c in after(t))


class ForceReader:
    """Reads nouns for armed men in one sentence. `actor(i, depth)` reads any other phrase (`phrases.PhraseReader`)."""

    def __init__(self, s: Sentence, names: Names, actor: Callable[[int, int], ActorRef | None]) -> None:
        self.s, self.names, self.actor, self.lex = s, names, actor, lexis()

    def force(self, t: Token, lemma: str, depth: int, *, state: bool = False) -> ActorRef:
        lex, s = self.lex, self.s
        country: str | None = None
        nonstate = False
        tribal = lex.has("tribal_force", lemma)
        first = last = t.i
        maybe: tuple[str, ...] = ()
        possessor: Token | None = None
        is_ = max((c.i for c in t.children if c.dep_ == "cop"), default=-1)  # "the state's posts are the rebels'"
        left = [x for x in t.subtree if x.i < t.i and x.i >= t.i - 12 and x.i > is_]
        beside = s.doc[t.i - 1] if t.i and not left else t
        if (beside.i in self.names.demonyms and beside.pos_ == "ADJ") or beside.lower_.startswith(("pro-", "anti-")):
            # "Ethiopian troops", where the parser left the adjective beside it
            left = [s.doc[t.i - 1]]
        for x in reversed(left):
            backed = self.names.peoples.get(x.i)
            if backed is not None and backed.first < backed.last:
                maybe, first = backed.ids, min(first, backed.first)  # "U.S.-backed forces", as the press calls them
            if self.is_backer(x):
                continue
            if x.lower_ == "enemy" and x.dep_ in ("compound", "amod", "nmod"):
                return ActorRef(x.i, t.i, t.i, "enemy", word="enemy")
            if x.i in self.names.seats and x.lower_.startswith("pro-"):
                code = self.names.seats[x.i]
                return ActorRef(x.i, t.i, t.i, "state", (f"gov:{code}",), lemma, code)
            if self.after_pro(x):
                nonstate, first = True, min(first, x.i)
                continue
            if x.dep_ in ("nmod:poss",) or (x.head.i == t.i and x.tag_ == "PRP$"):
                possessor = x
            if possessor is x and lex.has("a_towns_own", lemma) and x.lower_ in ("its", "whose") and not _placed(t):
                possessor = None  # "P fell after its garrison fled": the town's
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
                return ActorRef(hit.first, t.i, t.i, "named", self._wing(t, hit.ids), lemma)
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
            if (lex.has("state_modifier", word) and x.i not in self.names.demonyms) or s.lemma(x) in (
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
        armed = lemma == "group" and any(x.lower_ == "armed" for x in left)
        if country is not None and (armed or (lemma in OUTSIDERS and t.i - 1 in self.names.demonyms)):
            # "Chadian armed groups", "the Sudanese faction" are not the state's; "the Russian tactical group" is
            nonstate = not any(preposition(c) == "of" for c in after(t))
        paid = lemma == "mercenary"  # "Liberian mercenaries" are whose who pays them
        if (paid or country is None) and (theirs := allegiance(s, self.names, t, lambda i: self.actor(i, depth + 1))):
            return replace(theirs, first=min(first, theirs.first))
        for child in after(t):
            case = preposition(child)
            people = self.names.peoples.get(child.i)
            if people is not None and case == "of":
                # "Ghanaian soldiers of the United Nations"
                word = "peacekeeper" if lex.has("united_nations", child.lower_) else lemma
                return ActorRef(first, people.last, t.i, "again", word=word, maybe=people.ids)
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
                    # "a group of militants": militants
                    unnamed = inner.cls == "nonstate" and not inner.ids
                    word = inner.word if unnamed else lemma
                    return ActorRef(first, max(last, inner.last), t.i, inner.cls, inner.ids, word, inner.country)
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
            owner = self.actor(self._meant(possessor), depth + 1) or self._right_before(possessor, depth)
            if owner:
                return ActorRef(min(owner.first, first), t.i, t.i, owner.cls, owner.ids, owner.word, owner.country)
        words = {x.lower_ for x in (t, *left)}
        guards = (
            lex.has("vigilante_modifier", *words)
            or ("community" in words and lemma in ("police", "guard"))
            or ("self" in words and bool(words & {"defence", "defense"}))
        )
        if guards and (country is None or lemma == "vigilante"):
            start = min(first, left[0].i if left else t.i)
            return ActorRef(start, last, t.i, "tribal", word="vigilante", country=country, maybe=maybe)
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
        if country is None and lemma in ("army", "military") and any(x.lower_ in BOTH for x in left):
            return ActorRef(first, last, t.i, "again", word=lemma, maybe=maybe)
        if country is not None:
            return ActorRef(first, last, t.i, "state", (f"gov:{country}",), lemma, country, maybe)
        if state:
            word = next((x.lower_ for x in left if x.lower_ in ("federal", "loyalist")), "government")
            return ActorRef(first, last, t.i, "state", word=word, maybe=maybe)
        if lex.has("state_force", lemma, t.lower_):
            return ActorRef(first, last, t.i, "state", word=lemma, maybe=maybe)
        if self._is_unit(t, lemma):
            return ActorRef(first, last, t.i, "state", word="unit", maybe=maybe)
        if lemma == "man" and any(lex.has("armed", x.lower_) for x in left):
            return ActorRef(left[0].i, last, t.i, "nonstate", word="gunman", maybe=maybe)
        if lemma == "fighter":
            return ActorRef(first, last, t.i, "nonstate", word=lemma, maybe=maybe)
        return ActorRef(first, last, t.i, "again", word=lemma, maybe=maybe)

    def _wing(self, t: Token, ids: tuple[str, ...]) -> tuple[str, ...]:
        """ "the SLM faction of Person": of several groups of one name the one that Person leads."""
        led = {a for c in after(t) if c.i in self.names.leaders for a in self.names.leaders[c.i].ids}
        return tuple(a for a in ids if a in led) or ids

    def _state_of(self, t: Token, lemma: str) -> str | None:
        """ "the Ministry of Defence of Georgia", "the army in Chad": whose it is, further on in the phrase."""
        node: Token | None = t
        for _ in range(3):
            after = [c for c in node.children if c.dep_ == "nmod" and c.i > t.i] if node is not None else []
            for c in after:
                case = preposition(c)
                inner = [x for x in c.children if x.dep_ in ("amod", "compound", "flat") or preposition(x) == "of"]
                here = [x.i for x in (c, *inner) if x.i > t.i]
                if case == "of" or (case == "in" and c.i in self.names.countries and lemma in self.lex["states_own"]):
                    for j in (c.i, *here):
                        if j in self.names.countries:
                            return self.names.countries[j].ids[0]
                        if j in self.names.demonyms:
                            return self.names.demonyms[j]
            node = next((c for c in after if preposition(c) == "of"), None)
        return None

    def after_pro(self, x: Token) -> bool:
        """ "pro-Russian": whom they favour, not who they are."""
        if x.lower_.startswith("pro-"):
            return x.i in self.names.demonyms
        doc = self.s.doc
        return x.i > 1 and doc[x.i - 1].text in "-–" and doc[x.i - 2].lower_ == "pro" and x.i in self.names.demonyms

    def _meant(self, possessor: Token) -> int:
        """Of "the rebels, whose men withdrew" the rebels, on whom the clause hangs; else the possessor itself."""
        if possessor.lower_ != "whose":
            return possessor.i
        clause = next((x for x in possessor.ancestors if x.dep_ == "acl:relcl"), possessor)
        noun = clause.head
        if noun.dep_ == "appos" and noun.head.i in self.names.leaders:
            noun = noun.head  # "Person, the commander whose men hold P"
        return noun.i if noun.i < possessor.i else possessor.i

    def _right_before(self, whose: Token, depth: int) -> ActorRef | None:
        """ "in the hands of the rebels, whose men", hung on the hands: the rebels."""
        before = [t for t in self.s.doc[max(0, whose.i - 3) : whose.i] if t.text not in ",)"]
        return self.actor(before[-1].i, depth + 1) if before and whose.lower_ == "whose" else None

    def _is_unit(self, t: Token, lemma: str) -> bool:
        """ "the 4th Division", "the Mechanized Brigade": of an army, if nothing says whose."""
        before = [self.s.doc[j] for j in range(max(0, t.i - 3), t.i)]
        if not self.lex.has("units", lemma, t.lower_):
            return False
        if not t.text[:1].isupper():
            return bool(before) and self.lex.has("arms", before[-1].lower_)  # "an armoured company"
        if t.i + 1 < len(self.s.doc) and self.s.doc[t.i + 1].text[:1].isdigit():
            return True  # "Battalion 54"
        return any(x.text[:1].isdigit() or self.lex.has("arms", x.lower_) for x in before) or (
            bool(before) and before[-1].text[:1].isupper() and before[-1].lower_ in ORDINALS
        )

    def is_no_man(self, x: Token) -> bool:
        """ "Turkish-backed", "pro-Russian": a name that is not theirs."""
        return self.is_backer(x) or self.after_pro(x)

    def is_backer(self, x: Token) -> bool:
        """ "US-backed", "Turkish-supported", "allied": the name tells who helps, not who they are."""
        doc = self.s.doc
        j = x.i + 1
        while j < len(doc) and doc[j].text in "-–" and doc[j].text:
            j += 1
        if j >= len(doc) or doc[j].lower_ not in self.lex["backers"] or (doc[j].lower_ == "armed" and j == x.i + 1):
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


def after(t: Token) -> list[Token]:
    """What follows the noun and belongs to it: in "soldiers and men of Y" the phrase is the men's."""
    also = [c.i for c in t.children if c.dep_ == "conj"]
    found = [c for c in t.children if c.i > t.i and not (c.dep_ == "nmod" and also and c.i > also[0])]
    if t.dep_ == "conj" and not found:
        last = max(c.i for c in t.head.children if c.dep_ == "conj")
        found = [c for c in t.head.children if c.i > t.i == last and c.dep_ == "nmod"]
    return found


def _nonstate_word(left: list[Token], lemma: str, s: Sentence) -> str:
    for x in reversed(left):
        if s.lemma(x) in ("rebel", "militant", "jihadist", "insurgent", "separatist", "islamist", "opposition"):
            return s.lemma(x)
    return lemma
