"""The words of a phrase for armed men: what belongs to it, who only helps, whether it is a unit of an army."""

from __future__ import annotations

from whoholds.annotate.actors.find import Names
from whoholds.annotate.document import Sentence
from whoholds.annotate.times.numbers import ORDINALS
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

FURTHEST = 12
"""Words before a noun that are looked at."""


class ForceWords:
    """Asks of the words of one sentence."""

    def __init__(self, s: Sentence, names: Names) -> None:
        self.s, self.names, self.lex = s, names, lexis()

    def left_of(self, t: Token) -> list[Token]:
        """The words before the noun that belong to it."""
        is_ = max((c.i for c in t.children if c.dep_ == "cop"), default=-1)  # "the state's posts are the rebels'"
        left = [x for x in t.subtree if x.i < t.i and x.i >= t.i - FURTHEST and x.i > is_]
        beside = self.s.doc[t.i - 1] if t.i and not left else t
        if (beside.i in self.names.demonyms and beside.pos_ == "ADJ") or beside.lower_.startswith(("pro-", "anti-")):
            # "Ethiopian troops", where the parser left the adjective beside it
            left = [self.s.doc[t.i - 1]]
        return left

    def wing(self, t: Token, ids: tuple[str, ...]) -> tuple[str, ...]:
        """ "the SLM faction of Person": of several groups of one name the one that Person leads."""
        led = {a for c in after(t) if c.i in self.names.leaders for a in self.names.leaders[c.i].ids}
        return tuple(a for a in ids if a in led) or ids

    def state_of(self, t: Token, lemma: str) -> str | None:
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

    def is_unit(self, t: Token, lemma: str) -> bool:
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

    def inside_clause(self, x: Token, t: Token) -> bool:
        """True where `x` stands in a clause of its own inside the phrase ("the rebels, whom IS fought, ...")."""
        node = x
        while node.i != t.i and node.head.i != node.i:
            if node.dep_ in ("acl:relcl", "acl", "advcl", "parataxis"):
                return True
            node = node.head
        return False


def placed(t: Token) -> bool:
    """ "its garrison in P": a side's; without that it may be the town's."""
    return any(preposition(c) in ("in", "at") for c in after(t))


def after(t: Token) -> list[Token]:
    """What follows the noun and belongs to it: in "soldiers and men of Y" the phrase is the men's."""
    also = [c.i for c in t.children if c.dep_ == "conj"]
    found = [c for c in t.children if c.i > t.i and not (c.dep_ == "nmod" and also and c.i > also[0])]
    if t.dep_ == "conj" and not found:
        last = max(c.i for c in t.head.children if c.dep_ == "conj")
        found = [c for c in t.head.children if c.i > t.i == last and c.dep_ == "nmod"]
    return found


def nonstate_word(left: list[Token], lemma: str, s: Sentence) -> str:
    for x in reversed(left):
        if s.lemma(x) in ("rebel", "militant", "jihadist", "insurgent", "separatist", "islamist", "opposition"):
            return s.lemma(x)
    return lemma
