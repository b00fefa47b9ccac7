"""Whose men a noun for armed men stands for: "Iraqi forces", "the army of Chad", "the 4th Division"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from whoholds.annotate.actors.allegiance import allegiance
from whoholds.annotate.actors.find import ActorClass, ActorRef, Names
from whoholds.annotate.actors.force_words import ForceWords, after, nonstate_word, placed
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token

OUTSIDERS = frozenset(["group", "faction", "movement"])
"""What has a state's name before it and is never the state's."""
BOTH = frozenset(["two", "both"])
"""Of armies: those that were named before."""
OF_COUNTRIES = ("compound", "nmod:poss", "nmod", "amod", "flat")
"""How a country's name hangs on its men."""
OF_STATES = frozenset(["government", "regime", "state", "army", "military", "police"])
OF_REBELS = frozenset(["rebel", "militant", "jihadist", "insurgent"])


@dataclass(slots=True)
class _Told:
    """What the words around a noun tell of its men, so far."""

    t: Token
    lemma: str
    left: list[Token]
    """The words before it."""
    first: int
    """Where the phrase begins."""
    state: bool
    tribal: bool
    nonstate: bool = False
    country: str | None = None
    maybe: tuple[str, ...] = ()
    """Groups of the people that they are called by: "Kurdish fighters"."""
    possessor: Token | None = None

    def from_(self, token: int) -> None:
        """The phrase begins at that token, or before."""
        self.first = min(self.first, token)

    def ref(self, cls: ActorClass, ids: tuple[str, ...] = (), word: str | None = None) -> ActorRef:
        """The men, of that class."""
        return ActorRef(self.first, self.t.i, self.t.i, cls, ids, word or self.lemma, self.country, self.maybe)


class ForceReader(ForceWords):
    """Reads nouns for armed men in one sentence. `actor(i, depth)` reads any other phrase (`phrases.PhraseReader`)."""

    def __init__(self, s: Sentence, names: Names, actor: Callable[[int, int], ActorRef | None]) -> None:
        super().__init__(s, names)
        self.actor = actor

    def force(self, t: Token, lemma: str, depth: int, *, state: bool = False) -> ActorRef:
        """Whose the men are; `state`: they are a state's unless words say otherwise."""
        told = _Told(t, lemma, self.left_of(t), t.i, state, self.lex.has("tribal_force", lemma))
        if (named := self._before(told)) is not None:
            return named
        armed = lemma == "group" and any(x.lower_ == "armed" for x in told.left)
        if told.country is not None and (armed or (lemma in OUTSIDERS and t.i - 1 in self.names.demonyms)):
            # "Chadian armed groups", "the Sudanese faction" are not the state's; "the Russian tactical group" is
            told.nonstate = not any(preposition(c) == "of" for c in after(t))
        paid = lemma == "mercenary"  # "Liberian mercenaries" are whose who pays them
        if paid or told.country is None:
            theirs = allegiance(self.s, self.names, t, lambda i: self.actor(i, depth + 1))
            if theirs:
                return replace(theirs, first=min(told.first, theirs.first))
        return self._after(told, depth) or self._owner(told, depth) or self._armed(told) or self._of_a_state(told)

    def _before(self, told: _Told) -> ActorRef | None:
        """Whom the words before the noun name, the nearest first; what else they tell is noted."""
        for x in reversed(told.left):
            backed = self.names.peoples.get(x.i)
            if backed is not None and backed.first < backed.last:
                told.maybe = backed.ids  # "U.S.-backed forces", as the press calls them
                told.from_(backed.first)
            if self.is_backer(x):
                continue
            if x.lower_ == "enemy" and x.dep_ in ("compound", "amod", "nmod"):
                return ActorRef(x.i, told.t.i, told.t.i, "enemy", word="enemy")
            if x.i in self.names.seats and x.lower_.startswith("pro-"):
                return self._of_seat(x, told)
            if self.after_pro(x):
                told.nonstate = True
                told.from_(x.i)
                continue
            if (named := self._named(x, told)) is not None:
                return named
            self._note(x, told)
        return None

    def _of_seat(self, x: Token, told: _Told) -> ActorRef:
        """ "pro-Kyiv troops", "Kyiv's troops": the state's that is governed from there."""
        code = self.names.seats[x.i]
        return ActorRef(x.i, told.t.i, told.t.i, "state", (f"gov:{code}",), told.lemma, code)

    def _named(self, x: Token, told: _Told) -> ActorRef | None:
        """Whose they are by a name, or by the pronoun of a word that is nobody else's."""
        t, lemma = told.t, told.lemma
        if x.dep_ == "nmod:poss" or (x.head.i == t.i and x.tag_ == "PRP$"):
            told.possessor = x
        mine = told.possessor is x
        if mine and self.lex.has("a_towns_own", lemma) and x.lower_ in ("its", "whose") and not placed(t):
            told.possessor, mine = None, False  # "P fell after its garrison fled": the town's
        if mine and lemma == "contingent":
            # "the peacekeepers … their Kenyan contingent"
            return ActorRef(x.i, t.i, t.i, "pronoun", word=x.lower_)
        if x.i in self.names.leaders and x.lower_.startswith(("pro-", "anti-")):
            hit = self.names.leaders[x.i]
            return ActorRef(x.i, t.i, t.i, "enemy" if hit.against else "named", hit.ids, lemma)
        if x.i not in self.names.groups or self.inside_clause(x, t):
            return None
        hit = self.names.groups[x.i]
        if hit.against:
            return ActorRef(hit.first, t.i, t.i, "enemy", hit.ids, lemma)
        if self.lex.has("turned", lemma) and hit.ids[-1].startswith("gov:"):
            return ActorRef(hit.first, t.i, t.i, "nonstate", word="rebel", country=hit.ids[-1][4:])
        return ActorRef(hit.first, t.i, t.i, "named", self.wing(t, hit.ids), lemma)

    def _note(self, x: Token, told: _Told) -> None:
        """What a word before the noun tells of its men: their country, their people, and whether they are a state's."""
        lex, word, lemma = self.lex, x.lower_, self.s.lemma(x)
        if told.country is None and x.i in self.names.demonyms:
            told.country, told.first = self.names.demonyms[x.i], x.i
        elif told.country is None and x.i in self.names.countries and x.dep_ in OF_COUNTRIES:
            told.country, told.first = self.names.countries[x.i].ids[0], x.i
        if x.i in self.names.peoples and not self.inside_clause(x, told.t):
            told.maybe = self.names.peoples[x.i].ids
            told.from_(self.names.peoples[x.i].first)
        if told.lemma in ("militia", "militiaman") and lex.has("local_men", word):
            told.state = True
            told.from_(x.i)
        if (lex.has("state_modifier", word) and x.i not in self.names.demonyms) or lemma in OF_STATES:
            told.state = True
            told.from_(x.i)
        elif lex.has("nonstate_modifier", word, lemma) or lemma in OF_REBELS:
            told.nonstate = True
            told.from_(x.i)
        elif lex.has("tribal_modifier", word):
            told.tribal = True
            told.from_(x.i)

    def _after(self, told: _Told, depth: int) -> ActorRef | None:
        """Whose they are by what follows: "the army of Chad", "fighters from the LRA", "the rebel group M23"."""
        t, lemma, lex = told.t, told.lemma, self.lex
        for child in after(t):
            case = preposition(child)
            people = self.names.peoples.get(child.i)
            if people is not None and case == "of":
                # "Ghanaian soldiers of the United Nations"
                word = "peacekeeper" if lex.has("united_nations", child.lower_) else lemma
                return ActorRef(told.first, people.last, t.i, "again", word=word, maybe=people.ids)
            inner = self.actor(child.i, depth + 1) if child.dep_ in ("nmod", "obl") and case in ("of", "from") else None
            tells = inner is not None and (inner.ids or inner.country or inner.cls in ("state", "nonstate"))
            if (
                inner is not None
                and tells
                and (told.country is None or any(not a.startswith("gov:") for a in inner.ids))
            ):
                last = max(t.i, inner.last)
                if child.i in self.names.countries and lex.has("rebellious", lemma):
                    # "the rebels of Chad" are not its soldiers
                    code = self.names.countries[child.i].ids[0]
                    return ActorRef(told.first, last, t.i, "nonstate", word=lemma, country=code)
                # "a group of militants": militants
                unnamed = inner.cls == "nonstate" and not inner.ids
                word = inner.word if unnamed else lemma
                return ActorRef(told.first, last, t.i, inner.cls, inner.ids, word, inner.country)
            if child.dep_ in ("appos", "flat", "compound") and child.i in self.names.groups:
                hit = self.names.groups[child.i]
                return ActorRef(told.first, hit.last, t.i, "named", hit.ids, lemma)
        return None

    def _owner(self, told: _Told, depth: int) -> ActorRef | None:
        """Whose they are by "'s", "their", "whose": a leader's, a capital's, somebody's who is named elsewhere."""
        whose, t = told.possessor, told.t
        if whose is None or told.country is not None:
            return None
        if whose.i in self.names.leaders:
            hit = self.names.leaders[whose.i]
            return ActorRef(hit.first, t.i, t.i, "named", hit.ids, told.lemma)
        if whose.i in self.names.seats and not told.nonstate:
            return self._of_seat(whose, told)
        if told.state or told.nonstate:
            return None
        owner = self.actor(self._meant(whose), depth + 1) or self._right_before(whose, depth)
        if owner is None:
            return None
        return ActorRef(min(owner.first, told.first), t.i, t.i, owner.cls, owner.ids, owner.word, owner.country)

    def _armed(self, told: _Told) -> ActorRef | None:
        """Men who are no state's: vigilantes, fighters of tribes, rebels."""
        t, lemma, lex = told.t, told.lemma, self.lex
        words = {x.lower_ for x in (t, *told.left)}
        guards = (
            lex.has("vigilante_modifier", *words)
            or ("community" in words and lemma in ("police", "guard"))
            or ("self" in words and bool(words & {"defence", "defense"}))
        )
        if guards and (told.country is None or lemma == "vigilante"):
            told.from_(told.left[0].i if told.left else t.i)
            return told.ref("tribal", word="vigilante")
        if told.tribal:
            return told.ref("tribal")
        against_state = lex.has("nonstate_force", lemma, t.lower_) and lemma not in ("fighter", "faction")
        if not told.nonstate and (told.state or not against_state):
            return None
        if lemma == "militia" and told.state:
            return told.ref("state")
        return told.ref("nonstate", word=nonstate_word(told.left, lemma, self.s))

    def _of_a_state(self, told: _Told) -> ActorRef:
        """A state's men, or whoever's that the report has named before."""
        t, lemma, lex = told.t, told.lemma, self.lex
        told.country = told.country or self.state_of(t, lemma)
        if told.country is not None:
            return told.ref("state", (f"gov:{told.country}",))
        if lemma in ("army", "military") and any(x.lower_ in BOTH for x in told.left):
            return told.ref("again")
        if told.state:
            word = next((x.lower_ for x in told.left if x.lower_ in ("federal", "loyalist")), "government")
            return told.ref("state", word=word)
        if lex.has("state_force", lemma, t.lower_):
            return told.ref("state")
        if self.is_unit(t, lemma):
            return told.ref("state", word="unit")
        if lemma == "man" and any(lex.has("armed", x.lower_) for x in told.left):
            told.first = told.left[0].i
            return told.ref("nonstate", word="gunman")
        return told.ref("nonstate" if lemma == "fighter" else "again")

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
