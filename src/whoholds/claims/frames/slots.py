"""Which tokens stand in which slot of a cue, and the phrases that the parser hung on one slot and belong to another."""

from __future__ import annotations

from dataclasses import dataclass, field

from whoholds.annotate.document import Sentence
from whoholds.annotate.listing import words
from whoholds.annotate.trees.nominals import nested, nominal_modifiers, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

PLACING = words("in at near around outside inside on towards toward for over into onto against from")
INTO_OBJECT = words("from to as in near at around with against towards outside inside")
"""Prepositions of the verb whose phrases the parser hangs into its object."""
SAME = {
    "within": "in",
    "to within": "to",
    "to_within": "to",
    "upon": "on",
    "onto": "on",
    "toward": "towards",
    "over to": "to",
    "over_to": "to",
    "throughout": "in",
    "across": "in",
    "round": "around",
    "gov_within": "gov_in",
}
"""Prepositions that are one slot."""


@dataclass(slots=True)
class Slots:
    """Head tokens by slot name; prepositions under their own name with "_" for a space."""

    heads: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: str, *tokens: int) -> None:
        name = SAME.get(name, name)
        for token in tokens:
            if token not in self.heads.setdefault(name, []):
                self.heads[name].append(token)

    def get(self, name: str) -> list[int]:
        return self.heads.get(name, [])

    def copy(self) -> Slots:
        """The same slots, to be changed apart."""
        return Slots({name: list(tokens) for name, tokens in self.heads.items()})


def object_preps(t: Token, slots: Slots) -> None:
    """Prepositional phrases that the parser hung into the object: "captured Dabiq from the jihadists"."""
    for child in t.children:
        if child.dep_ in ("nmod", "obl") and child.i > t.i:
            case = preposition(child)
            if case in INTO_OBJECT:
                slots.add(case, child.i)
            elif case == "out of":
                slots.add("out_of", child.i)


def lifted(s: Sentence, side: int, slots: Slots, *, deep: bool = True) -> None:
    """Phrases of place that the parser hung on a side: "clashed with rebels near P", "the push by the army on P"."""
    for prep, head in nominal_modifiers(s.doc, side):
        if prep in PLACING:
            slots.add(prep, head)
    for prep, head in nested(s.doc, side) if deep else ():
        slots.add(prep.replace(" ", "_"), head)


def is_side(s: Sentence, t: Token) -> bool:
    """Whether a word may stand for a side of a war: "an attack on *soldiers* in P", "on *Renamo* in P"."""
    return t.pos_ == "PROPN" or lexis().has("force", s.lemma(t)) or lexis().has("nonstate_force", s.lemma(t))


def conj(t: Token) -> list[int]:
    return [c.i for c in t.children if c.dep_ == "conj"]
