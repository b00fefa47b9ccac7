"""What the word over a noun says of it: "fighting erupted in P", "A began an assault on P", "P saw clashes".

Each rule reads one construction and adds to the slots of the noun: `gov_in`, `gov_near` ... where that was, `gov_subj`
who did it, `gov_nsubj` and `noun` what is said to be it, `foe` whose deed it was that somebody beat off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from whoholds.annotate.document import Sentence
from whoholds.annotate.listing import words
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.frames.borrowed import REPELS
from whoholds.claims.frames.slots import SAME, Slots

CARRY_OUT = lexis()["carry_out"]
"""Verbs whose subject does what the noun says: "began the withdrawal", "announced the capture"."""
PLACING = words("in at along near around on outside inside between against for over by towards from to")
DOERS = (("obj", "nsubj"), ("nsubj:pass", "obl:agent"))
"""A noun under a verb, and who does what the verb says."""
BECOMES = frozenset(["become", "remain", "stay"])
FLEES = frozenset(["flee", "leave", "escape", "desert", "evacuate"])
PRAISES = frozenset(["congratulate", "praise", "thank", "commend", "decorate", "honour", "honor"])
YIELDING = frozenset(["surrender", "capitulation", "fall"])


@dataclass(frozen=True, slots=True)
class _Over:
    """A noun and the word over it."""

    s: Sentence
    t: Token
    slots: Slots

    @property
    def head(self) -> Token:
        return self.t.head

    @property
    def lemma(self) -> str:
        return self.s.lemma(self.head)

    @property
    def dep(self) -> str:
        return self.t.dep_

    @property
    def case(self) -> str:
        return preposition(self.t)

    def has(self, kind: str) -> bool:
        """Whether the word over the noun is of a word class."""
        return lexis().has(kind, self.lemma)

    def add(self, slot: str, found: Iterable[Token]) -> None:
        self.slots.add(slot, *[c.i for c in found])

    def add_subjects(self, slot: str = "gov_subj") -> None:
        self.add(slot, _children(self.head, "nsubj"))


def governor_slots(s: Sentence, t: Token, slots: Slots) -> None:
    """Add to the slots what the word over the noun `t` says of it."""
    over = _Over(s, _counted_by(s, t), slots)
    next((rule for rule in FIRST if rule(over)), None)
    for further in FURTHER:
        further(over)


def _children(t: Token, *deps: str) -> list[Token]:
    return [c for c in t.children if c.dep_ in deps]


def _counted_by(s: Sentence, t: Token) -> Token:
    """ "A round of fighting broke out in P", "a wave of attacks": what is said of the round is said of the fighting."""
    counts = t.dep_ == "nmod" and preposition(t) == "of" and lexis().has("bouts", s.lemma(t.head))
    return t.head if counts else t


# ------------------------------------------------------------------- as what the noun stands: the first that fits
def _argument(over: _Over) -> bool:
    """ "Fighting erupted in P", "A began an assault on P", "an assault was launched by A", "A beat off an attack"."""
    t, head = over.t, over.head
    going_on = over.dep == "nsubj" and over.lemma in ("way", "progress")
    if over.dep not in ("nsubj", "nsubj:pass", "csubj", "obj") or not (
        head.pos_ in ("VERB", "AUX", "ADJ", "ADV") or going_on
    ):
        return False
    for c in head.children:
        if c.dep_ in ("obl", "nmod") and c.i != t.i:
            case = SAME.get(preposition(c), preposition(c))
            if case in PLACING:
                over.add("gov_" + case, [c])
        if c.dep_ == "obl" and c.i != t.i:
            # "erupted in P between A and B": the sides hang on the place
            sides = (g for x in (c, *c.children) for g in x.children if g.i > c.i and g.dep_ == "nmod")
            over.add("gov_between", (g for g in sides if preposition(g) == "between"))
        if (over.dep, c.dep_) in DOERS and over.lemma in REPELS:
            over.add("foe", [c])
        if (over.dep, c.dep_) in DOERS and over.lemma in CARRY_OUT:
            over.add("gov_subj", [c])
    if over.dep == "obj" and over.lemma in CARRY_OUT and head.dep_ in ("ccomp", "xcomp", "acl"):
        # "showed the rebels celebrating the capture of P"
        shown = [head.head] if head.dep_ == "acl" else _children(head.head, "obj", "iobj")
        over.add("gov_subj", (c for c in shown if c.dep_ in ("obj", "iobj") and c.i < head.i))
    return True


def _is_goal(over: _Over) -> bool:
    """ "The capture of P is the army's next goal"."""
    if over.dep != "nsubj" or not over.has("goals"):
        return False
    over.add("gov_subj", _children(over.head, "nmod:poss"))
    over.add("gov_subj", (c for c in _children(over.head, "nmod") if preposition(c) in ("of", "for")))
    return True


def _is_blow(over: _Over) -> bool:
    """ "The loss of P is a blow to the army"."""
    if over.dep != "nsubj" or not over.has("blows"):
        return False
    over.add("gov_to", (c for c in _children(over.head, "nmod") if preposition(c) in ("to", "for")))
    return True


def _predicate(over: _Over) -> bool:
    """ "P is their stronghold", "The rebels' next goal is the capture of P"."""
    if over.dep != "ROOT" and not _children(over.t, "cop"):
        return False
    for c in _children(over.t, "nsubj"):
        over.add("gov_nsubj", [c])
        if lexis().has("goals", over.s.lemma(c)):
            over.add("poss", (g for g in c.children if g.dep_ == "nmod:poss" or g.tag_ == "PRP$"))
            over.add("poss", (g for g in _children(c, "nmod") if preposition(g) == "of"))
    return True


FIRST: tuple[Callable[[_Over], bool], ...] = (_argument, _is_goal, _is_blow, _predicate)


# ---------------------------------------------------------------------------------- what more is said: each that fits
def _was_the_third(over: _Over) -> None:
    """ "The attack on P was the third by A"."""
    if over.dep == "nsubj" and _children(over.head, "cop"):
        over.add("by", (c for c in over.head.children if c.i > over.head.i and preposition(c) == "by"))


def _went_through(over: _Over) -> None:
    """ "P saw clashes", "P was the scene of clashes": P, where they took place."""
    head = over.head
    if over.dep == "obj" and over.has("goes_through"):
        over.add_subjects("gov_in")
    elif over.dep == "nmod" and over.case == "of" and over.has("scene"):
        over.add("gov_in", _children(head.head if head.dep_ in ("xcomp", "obj") else head, "nsubj"))


def _of_the_subject(over: _Over) -> None:
    """What the subject of the word over it did.

    "Failed in a bid for P", "are massing for an assault on P", "agreed to a withdrawal from P", "With the capture of P,
    the rebels ruled the whole province", "forced the surrender of P".
    """
    if over.dep == "obl":
        bid = over.case in ("in", "with") and over.lemma in ("fail", "succeed")
        to_do = over.case in ("for", "to", "on") and over.has("is_to_do")
        took = over.case == "with" and lexis().has("captures", over.s.lemma(over.t))
        does = bid or to_do or took
    else:
        does = over.dep == "obj" and over.lemma == "force" and over.s.lemma(over.t) in YIELDING
    if does:
        over.add_subjects()


def _blamed_for(over: _Over) -> None:
    """ "Blamed the rebels for an attack on P"."""
    if over.dep in ("obl", "nmod") and over.case in ("for", "of") and over.has("blames"):
        over.add("gov_subj", _children(over.head, "obj"))


def _was_behind(over: _Over) -> None:
    """ "A was behind the attack on P", "is responsible for it"."""
    if over.case == "behind":
        over.add("gov_subj", _children(over.t, "nsubj"))
    elif over.case == "for" and over.head.lower_ == "responsible":
        over.add_subjects()


def _claimed(over: _Over) -> None:
    """ "Claimed responsibility for the attack on P", "made preparations for the recapture of P"."""
    wished = over.head.dep_ == "obj" and over.has("wishes")
    if over.dep == "nmod" and over.case == "for" and (wished or over.lemma == "responsibility"):
        over.add("gov_subj", _children(over.head.head, "nsubj"))


def _regarded_as(over: _Over) -> None:
    """ "P, long regarded as their stronghold"."""
    clause = over.s.clause_of.get(over.head.i)
    if over.dep == "obl" and over.case == "as" and clause is not None:
        over.slots.add("noun", *(clause.subjects if clause.voice == "passive" else clause.objects))


def _one_of(over: _Over) -> None:
    """ "P is one of their last strongholds", "P, one of their strongholds"."""
    if over.dep == "nmod" and over.case == "of" and over.head.lower_ == "one":
        over.add_subjects("gov_nsubj")
        over.add("noun", [over.head.head] if over.head.dep_ == "appos" else [])


def _became(over: _Over) -> None:
    """ "P used to be a stronghold of theirs", "had become their last stronghold", "made itself their stronghold",
    "P, said to be their stronghold"."""
    if over.dep == "xcomp" and _children(over.t, "cop"):
        over.add("gov_nsubj", _children(over.head, "nsubj", "nsubj:pass"))
    if over.dep == "xcomp" and over.has("say_of") and _follows_a_name(over):
        over.add("noun", [over.s.doc[over.head.i - 2]])
    reflexive = over.lemma == "make" and any(c.lower_ in ("itself", "themselves") for c in over.head.children)
    if over.dep in ("obj", "xcomp") and (reflexive or over.lemma in BECOMES):
        over.add_subjects("gov_nsubj")


def _follows_a_name(over: _Over) -> bool:
    """ "P, said to be their stronghold", "P, thought to be one", wherever the parser hung it."""
    i = over.head.i
    doc = over.s.doc
    named = i > 1 and doc[i - 1].text == "," and doc[i - 2].pos_ == "PROPN"
    return named and over.head.tag_ in ("VBN", "VBD") and not _children(over.head, "aux", "aux:pass")


def _won(over: _Over) -> None:
    """ "The capture of P gives *A* a base", "marks *A's* biggest success", "is a victory for *A*": who took it."""
    if over.dep != "nsubj" or not lexis().has("captures", over.s.lemma(over.t)):
        return
    after = [c for c in over.head.children if c.i > over.head.i]
    if over.has("benefits"):
        over.add("gov_subj", [c for c in after if c.dep_ in ("iobj", "obj")][:1])
        return
    for prize in (over.head, *(c for c in after if c.dep_ == "obj" and over.has("means"))):
        if lexis().has("victories", over.s.lemma(prize)):
            whose = _children(prize, "nmod:poss", "nmod")
            over.add("gov_subj", (c for c in whose if c.dep_ == "nmod:poss" or preposition(c) in ("for", "of")))


def _fled_after(over: _Over) -> None:
    """ "Thousands flee P after the rebels' takeover": of the place that they fled from."""
    told = any(over.slots.get(slot) for slot in ("of", "in", "at"))
    after = over.case in ("after", "following", "since") and over.head.lemma_.lower() in FLEES
    whose = [c.lower_ for c in _children(over.t, "compound", "amod")]
    coup = whose in (["army"], ["military"])  # "since the army takeover": of the state
    if over.dep == "obl" and after and not told and not coup and lexis().has("captures", over.s.lemma(over.t)):
        over.add("of", _children(over.head, "obj"))


def _praised_for(over: _Over) -> None:
    """ "Congratulated its men on the recapture of P": theirs."""
    if over.dep in ("obl", "nmod") and over.case in ("on", "for", "over") and over.head.lemma_.lower() in PRAISES:
        for praised in _children(over.head, "obj"):
            own = any(c.tag_ == "PRP$" for c in praised.children)
            over.add("gov_subj", _children(over.head, "nsubj") if own else [praised])


FURTHER: tuple[Callable[[_Over], None], ...] = (
    _was_the_third,
    _went_through,
    _of_the_subject,
    _blamed_for,
    _regarded_as,
    _one_of,
    _was_behind,
    _became,
    _won,
    _claimed,
    _fled_after,
    _praised_for,
)
