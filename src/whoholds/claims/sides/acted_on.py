"""Whom a verb acts on: who is bidden does what is bidden, and who is beaten back is another than who beats them."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.document import Sentence
from whoholds.annotate.words import lexis
from whoholds.claims.sides.foreground import Spot, noun_of

OBJECTS = ("obj", "iobj", "obl")
SUBJECTS = ("nsubj", "nsubj:pass")


def bidden(s: Sentence, ref: ActorRef, spots: Sequence[Spot]) -> list[str]:
    """ "A called on B to halt its advance": B, whose "its" is; of several all, where it is "their"."""
    t = s.doc[ref.first]
    verb = t.head.head
    over = verb.head
    if t.tag_ != "PRP$" or verb.dep_ not in ("xcomp", "advcl", "ccomp") or verb.tag_ != "VB" or over.i > verb.i:
        return []
    if not lexis().has("bids", s.lemma(over)):
        return []
    before = [x for x in spots if over.i < x.i < verb.i]
    told = [x for x in before if _hangs_on(s, x, over.i, OBJECTS)]
    if ref.word == "their":
        told += [x for x in before if told and s.doc[x.i].dep_ == "conj" and s.doc[x.i].head.i == told[0].i]
    return list(dict.fromkeys(x.actor for x in told))


def beaten_by(s: Sentence, ref: ActorRef, spots: Sequence[Spot]) -> str | None:
    """ "A beat back a column": A, whose foes the column is of."""
    t = s.doc[ref.head]
    verb = t.head
    if t.dep_ not in ("obj", "nsubj:pass") or not lexis().has("beats_off", s.lemma(verb)):
        return None
    doers = SUBJECTS[:1] if t.dep_ == "obj" else ("obl:agent", "obl")
    by = [x.actor for x in spots if x.i != t.i and _hangs_on(s, x, verb.i, doers)]
    return by[0] if by else None


def _hangs_on(s: Sentence, spot: Spot, verb: int, how: Sequence[str]) -> bool:
    noun = noun_of(s.doc[spot.i])
    return noun.head.i == verb and noun.dep_ in how
