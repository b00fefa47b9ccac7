"""Frames, and those of the smaller forms: adjectives, attributes, captions (see `find`).

The larger forms have a module each: `nouns`, `phrases`, `compounds`; verbs are in `find`.
"""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import nominal_modifiers, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.cues.cues import Cue, Cues
from whoholds.claims.frames.slots import Slots, conj
from whoholds.model import Kind

SUBJECT = ("nsubj", "nsubj:pass", "nsubj:outer")


@dataclass(frozen=True, slots=True)
class Frame:
    cue: Cue
    token: int
    """Where mode and time are read: the verb, or the noun of a nominal cue."""
    words: tuple[int, ...]
    """All tokens of the cue itself ("took", "control")."""
    slots: Slots
    clause: Clause | None = None
    passive: bool = False
    begin: int = 0
    end: int | None = None
    """Tokens between which its places stand, where another frame goes on with the same verb."""


def in_company(s: Sentence, cue: Cue, slots: Slots) -> bool:
    """The nouns that a sense asks for stand in their slots ("cleared of *fraud*")."""
    return all(any(s.lemma(i) in nouns for i in slots.get(slot)) for slot, nouns in cue.company.items())


def subjects_of(t: Token) -> list[int]:
    """The subjects of a noun or adjective that is a predicate, with the second of two."""
    own = [c for c in t.children if c.dep_ in SUBJECT]
    return [c.i for c in own] + [i for c in own for i in conj(c)]


def likened(t: Token) -> bool:
    """ "feels like a town under siege": what something is only like."""
    return preposition(t) == "like" and any(c.lower_ in ("a", "an") for c in t.lefts)


def standing(s: Sentence, cues: Cues) -> Frame | None:
    """ "French soldiers at Kidal airport on Friday": a caption without a verb says where they are."""
    top = next(t for t in s.doc if t.head.i == t.i)
    force = lexis().has("nonstate_force", s.lemma(top)) or lexis().has("state_force", s.lemma(top))
    if top.tag_ != "NNS" or not force or any(t.pos_ in ("VERB", "AUX") for t in s.doc):
        return None
    cue = next((c for c in cues.of("verb", "be") if c.kind is Kind.HOLDS and "in" in c.place), None)
    where = [(prep, i) for prep, i in nominal_modifiers(s.doc, top.i) if prep in ("in", "inside", "at")]
    if cue is None or not where:
        return None
    slots = Slots()
    slots.add("subj", top.i)
    slots.add("in", *(i for _, i in where))
    return Frame(cue, top.i, (where[0][1] - 1,), slots)


def attributive_frame(t: Token, cue: Cue) -> Frame:
    """ "the besieged town of P"."""
    slots = Slots()
    slots.add("noun", t.head.i)
    return Frame(cue, t.i, (t.i,), slots)


def adjective_frame(s: Sentence, t: Token, cue: Cue) -> Frame | None:
    """ "P is free of X", "declared P free of X", "P is still the rebels' own", "P is gone"; not "P has gone"."""
    joined = t.head.children if t.dep_ == "conj" and t.head.tag_ == "VBN" else ()  # "have come and gone"
    beside = {c.lower_ for c in (*t.children, *joined)}
    if t.tag_ == "VBN" and beside & {"has", "have", "had", "'ve"} and "been" not in beside:
        return None
    slots = Slots()
    slots.add("self", t.i)
    slots.add("subj", *(_declared(s, t) or subjects_of(t)))
    for c in t.children:
        if c.dep_ in ("obl", "nmod"):
            slots.add(preposition(c).replace(" ", "_"), c.i)
        elif c.dep_ == "nmod:poss":
            slots.add("poss", c.i)
    if not slots.get("of") and t.i + 2 < len(s.doc) and s.doc[t.i + 1].lower_ == "of":
        slots.add("of", s.doc[t.i + 2].i)
    if not slots.get("subj"):
        slots.add("subj", *_described(s, t))
    return Frame(cue, t.i, (t.i,), slots) if any(slots.get(slot) for slot in (*cue.actor, *cue.place)) else None


def _declared(s: Sentence, t: Token) -> tuple[int, ...]:
    """ "The army declared P free of X": P, which the parser may take for a part of "free"."""
    if t.dep_ not in ("xcomp", "obj") or not lexis().has("declares", s.lemma(t.head)):
        return ()
    clause = s.clause_of.get(t.head.i)
    inner = tuple(c.i for c in t.children if c.dep_ in ("compound", "nsubj") and c.i < t.i)
    return inner or (clause.objects if clause is not None and clause.voice == "active" else ())


def _described(s: Sentence, t: Token) -> tuple[int, ...]:
    """What an adjective without a subject is said of."""
    if t.dep_ in ("amod", "acl", "acl:relcl") and t.head.i < t.i:
        # "a town free of X"
        return (t.head.i,)
    if t.dep_ in ("xcomp", "conj", "obl", "advcl"):
        clause = s.clause_of.get(t.head.i)
        if clause is None:
            return ()
        # "declared P free of X"
        declared = tuple(i for i in clause.objects if i < t.i) if t.dep_ == "xcomp" else ()
        return declared or clause.subjects or clause.objects
    before = s.doc[t.i - 1] if t.i else None
    # a headline: "Bossaso free of pirates"
    return (before.i,) if before is not None and before.head.i == t.i and before.pos_ == "PROPN" else ()
