"""Senses that ask for a noun after their verb: "*regained control* of P", "*repelled an attack* on P"."""

from __future__ import annotations

from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import is_time, nested, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.cues.cues import Cue
from whoholds.claims.frames.noun_roles import noun_slots
from whoholds.claims.frames.nouns import REMOTE
from whoholds.claims.frames.slots import Slots, object_preps
from whoholds.model import Kind

SOME = frozenset(["some", "all", "half", "number", "hundred", "dozen", "part", "percent", "%"])
"""Words before the noun that the parser may take for the object."""
MISREAD = ("amod", "compound", "nsubj", "acl")
"""What the parser may make of a verb that stands before its object."""


def object_noun(s: Sentence, clause: Clause, cue: Cue, slots: Slots) -> int | None:
    """The noun that the sense asks for; None where it is missing."""
    verb = s.doc[clause.verb]
    if clause.relation == "amod" and cue.kind is Kind.CONTESTS and verb.head.dep_ in ("obj", "obl"):
        return None  # "carried out repeated attacks on P" are one
    objects = [s.doc[i] for i in slots.get("obj")]
    for t in objects:
        if s.lemma(t) in cue.object:
            return t.i
    for c in (c for t in objects for c in t.children if s.lemma(c) in cue.object):
        # "pulled most of its fighters out of P", "all troops"
        share = s.lemma(c.head)
        of = c.dep_ == "nmod" and preposition(c) == "of" and lexis().has("most_of", share)
        if of or (c.i > c.head.i and share in SOME):
            return c.i
    # The parser took the verb for a modifier: "forces regained control of P".
    near = s.doc[clause.verb + 1 : clause.verb + 3] if verb.dep_ in MISREAD else ()
    return next((x.i for x in near if s.lemma(x) in cue.object), None)


def struck_from_afar(s: Sentence, cue: Cue, noun: int) -> bool:
    """ "launched air attacks on P"; but "hold the police headquarters" is no attack from afar."""
    struck = cue.kind not in (Kind.HOLDS, Kind.GAINS)
    return struck and any(c.lower_ in REMOTE for c in s.doc[noun].children if c.i < noun)


def object_slots(s: Sentence, clause: Clause, cue: Cue, noun: int, slots: Slots) -> None:
    """The phrases of the noun, in the slots of its verb."""
    t, verb = s.doc[noun], s.doc[clause.verb]
    for i in slots.get("subj") if clause.voice == "passive" else ():
        for prep, inner in nested(s.doc, i):
            slots.add(prep.replace(" ", "_"), inner)
    noun_slots(s, t, slots)
    for c in (*t.rights, *verb.rights) if cue.kind is Kind.HOLDS else ():
        if c.lower_ in ("control", "hand") and c.dep_ in ("nmod", "obl"):
            object_preps(c, slots)  # "has the situation in hand in P"
    if "in" in cue.place and not slots.get("in"):
        # "has no soldiers there", "has men left there"
        left = (c for x in t.children if x.dep_ == "acl" for c in x.children)
        around = (*t.children, *verb.children, *left)
        slots.add("in", *[x.i for x in around if x.lower_ in ("there", "here") and x.dep_ == "advmod"])
    if cue.kind is Kind.REPELS:
        _tried(s, t, slots)
    if cue.actor_from_object:
        slots.add("subj", noun)
    if "obj" not in cue.place:
        slots.heads["obj"] = [i for i in slots.get("obj") if i != noun]


def _tried(s: Sentence, noun: Token, slots: Slots) -> None:
    """ "repelled an attempt to enter P": where it was tried."""
    for c in noun.children:
        tried = s.clause_of.get(c.i) if c.dep_ == "acl" else None
        if tried is not None:
            placed = any(prep in ("in", "at", "near") and not is_time(s.doc[i]) for prep, i in tried.obliques)
            # "an attempt to overrun the barracks at P" may have "at P" on the verb
            slots.add("on", *[i for i in tried.objects if s.doc[i].pos_ == "PROPN" or not placed])
            for prep, head in tried.obliques:
                slots.add(prep.replace(" ", "_"), head)
