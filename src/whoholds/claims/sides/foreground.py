"""How much an actor that a sentence names stands in front there."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

SEATS = frozenset(["capital", "stronghold", "bastion", "town", "city", "village", "heartland"])
IN_A_RELATIVE = 0.6
"""Of a subject in what is said of somebody else: "the men whom X calls bandits"."""


@dataclass(frozen=True, slots=True)
class Spot:
    """An actor named in a sentence, and how much it stands in the foreground there."""

    i: int
    ref: ActorRef
    actor: str
    weight: float
    tag: str


def top_of(t: Token) -> int:
    """The noun that a list, or what describes it, hangs on; of a verb's subjects the verb."""
    while t.dep_ in ("conj", "compound", "amod", "flat") and t.head.i != t.i:
        t = t.head
    return t.head.i if t.dep_ == "nsubj" else t.i


def noun_of(t: Token) -> Token:
    """The noun that a name stands before: "junta troops"."""
    return t.head if t.dep_ in ("compound", "amod") and t.head.i > t.i else t


def foreground(t: Token) -> float:
    """How much a word stands in front, 0 to 1: subjects most, what only describes a noun or a place least."""
    for _ in range(4):
        if t.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer"):
            if t.head.dep_ == "acl:relcl" and t.head.head.i < t.i:
                return IN_A_RELATIVE
            return 1.0 if t.head.dep_ in ("ROOT", "ccomp", "parataxis", "conj") else 0.8
        if t.dep_ in ("obl:agent", "obj", "iobj"):
            return 0.5
        if t.dep_ == "ROOT":
            return 0.8
        if t.dep_ not in ("compound", "amod", "nmod", "flat", "conj", "appos", "nmod:poss"):
            return 0.2
        if t.dep_ in ("compound", "amod") and lexis().has("facility", t.head.lower_):
            return -1.0  # "the police station was set on fire", "the gate of the military airport"
        if t.dep_ in ("compound", "amod") and t.head.lower_ in SEATS:
            return 0.0  # "the rebel capital, which they entered"
        t = t.head
    return 0.0
