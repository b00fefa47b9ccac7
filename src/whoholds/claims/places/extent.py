"""How much of a place a claim is about, by words that stand with the deed and not with the place."""

from __future__ import annotations

from whoholds.annotate.document import Sentence
from whoholds.annotate.words import lexis
from whoholds.claims.frames.forms import Frame
from whoholds.model import Kind


def of_men(s: Sentence, frame: Frame, kind: Kind) -> str | None:
    """ "most of its fighters have left", "the majority of the troops withdrew"."""
    if kind is not Kind.WITHDRAWS:
        return None
    for i in [*frame.slots.get("subj"), *frame.words]:
        over = s.doc[i]
        while over.dep_ in ("nmod", "compound", "amod", "flat"):
            over = over.head
        if s.lemma(over) in ("majority", "most", "bulk") or any(
            c.lower_ == "most" and c.dep_ in ("amod", "det", "advmod") for c in over.children
        ):
            return "most"
        if s.lemma(over) in ("some", "part", "dozen", "hundred", "half"):
            return "part"
    return None


def of_deed(s: Sentence, frame: Frame, kind: Kind) -> str | None:
    """ "completely", "full control", "completed the capture": whole; "nearly surrounded": most; "partly": part."""
    over = s.doc[frame.token]
    if over.dep_ == "obj" and kind is Kind.GAINS and s.lemma(over.head) in ("complete", "finish"):
        return "whole"
    words = lexis()
    with_deed = [c for j in frame.words for c in s.doc[j].children]
    # "took it completely on Monday": the parser gives the adverb to the day
    with_deed += [c for over in with_deed if over.dep_ == "obl" for c in over.children if c.dep_ == "advmod"]
    for c in with_deed:
        if words.has("wholly", c.lower_):
            return "most" if words.has("nearly", s.doc[max(c.i - 1, 0)].lower_) else "whole"
        if words.has("partly", c.lower_):
            return "part"
        if words.has("mostly", c.lower_) or (kind is Kind.BESIEGES and words.has("nearly", c.lower_)):
            return "most"
    return None
