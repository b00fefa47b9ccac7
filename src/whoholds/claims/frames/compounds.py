"""Frames of compounds that are a cue: "ISIS-held P", "P is rebel-controlled" (see `find`)."""

from __future__ import annotations

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.cues.cues import Cue
from whoholds.claims.frames.forms import Frame, subjects_of
from whoholds.claims.frames.slots import Slots

AFTER_COMPOUND = lexis()["after_compound"]


def hyphened(s: Sentence, t: Token) -> bool:
    """ "ISIS-held": a participle after a hyphen is part of a compound; "the militias – captured" has a dash."""
    return t.i >= 2 and s.doc[t.i - 1].text in ("-", "–", "‑") and not s.doc[t.i - 1].whitespace_


def compound_frame(s: Sentence, t: Token, cue: Cue) -> Frame | None:
    """ "ISIS-held", "rebel-controlled": the word before the hyphen is the actor, the noun it describes the place."""
    if not hyphened(s, t):
        return None
    actor = t.i - 2
    places = [i for i in subjects_of(t) if i < actor]  # "P is now rebel-held"
    clause = s.clause_of.get(t.i)
    if not places and clause is not None and "as" in clause.marks:
        # "the map shows P as rebel-held"
        places = [i for i in clause.subjects if i < actor]
    if not places:
        ends = t.i + 1 == len(s.doc) or s.doc[t.i + 1].lower_ in AFTER_COMPOUND
        place = _before(s.doc[actor], t) if ends else _after(t)
        places = [place.i] if place is not None else []
        if place is not None and lexis().has("area", s.lemma(place)) and place.tag_ == "NN":
            # "P is rebel-held territory"
            places = subjects_of(place) or places
    if not places:
        return None
    slots = Slots()
    slots.add("comp", actor)
    slots.add("noun", *places)
    return Frame(cue, t.i, (t.i,), slots)


def _before(first: Token, t: Token) -> Token | None:
    """ "the town of P, rebel-held since May"."""
    return next((x.head for x in (first, t) if x.head.i < first.i and x.head.pos_ in ("NOUN", "PROPN")), None)


def _after(t: Token) -> Token | None:
    """ "ISIS-held P", "the rebel-held eastern town of P"."""
    follows = t.nbor(1)
    if follows.pos_ == "PROPN" and follows.dep_ in ("flat", "compound") and follows.head.i <= t.i:
        # "Houthi-run Sanaa", with the whole for one name
        return follows
    above = next((x for x in t.ancestors if x.i > t.i and x.pos_ in ("NOUN", "PROPN", "ADJ", "NUM")), None)
    # hung beside it: "residents of X-held P say"
    return above or (follows if follows.pos_ == "PROPN" and follows.dep_ in ("nmod", "appos") else None)
