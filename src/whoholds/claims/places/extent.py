"""How much of a place a claim is about, by words that stand with the deed and not with the place."""

from __future__ import annotations

from whoholds.annotate.document import Sentence
from whoholds.annotate.places.areas import extent_of, share_said
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token, text_of
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
    """ "completely", "full control", "completed the capture": whole; "nearly surrounded": most; "partly", "on three
    sides", "has a foothold in": part."""
    over = s.doc[frame.token]
    if kind in (Kind.GAINS, Kind.BESIEGES):
        ends = [*frame.words, *([over.head.i] if over.dep_ == "obj" else ())]
        if any(s.lemma(i) in ("complete", "finish") for i in ends):
            return "whole"
    if over.tag_ == "NNS" and s.lemma(over) == "pocket":
        return "part"  # "pockets of rebels remain in P"
    words = lexis()
    if frame.cue.form == "verb" and kind is Kind.HOLDS:
        for j in frame.words:
            if words.has("share_held", s.lemma(j)):
                return "part"
    with_deed = [c for j in frame.words for c in s.doc[j].children]
    if kind is Kind.BESIEGES and (around := _on_sides(s, with_deed)):
        return around
    # "took it completely on Monday": the parser gives the adverb to the day
    with_deed += [c for over in with_deed if over.dep_ == "obl" for c in over.children if c.dep_ == "advmod"]
    # "is 95 per cent under their control": the parser takes the share for what is said of P
    with_deed += [over.head] if over.dep_ in ("nmod", "obl") else []
    for c in with_deed:
        if words.has("wholly", c.lower_):
            return "most" if words.has("nearly", s.doc[max(c.i - 1, 0)].lower_) else "whole"
        if words.has("partly", c.lower_):
            return "part"
        if words.has("mostly", c.lower_) or (kind is Kind.BESIEGES and words.has("nearly", c.lower_)):
            return "most"
        if c.lower_ == "part" and preposition(c) == "for":
            return "most"  # "is for the most part in their hands"
        if c.lower_ in ("%", "percent", "cent") and (share := share_said(text_of(s.doc[max(0, c.i - 4) : c.i + 1]))):
            return extent_of(share, None)
    if kind is Kind.BESIEGES and [x.lower_ for x in s.doc[max(frame.token - 2, 0) : frame.token]] == ["all", "but"]:
        return "most"
    return None


def _on_sides(s: Sentence, around: list[Token]) -> str | None:
    """ "surrounded on three sides", "from all sides"."""
    for c in around:
        if s.lemma(c) in ("side", "direction") and preposition(c) in ("on", "from"):
            counts = {x.lower_ for x in c.children}
            if counts & {"two", "three", "2", "3"}:
                return "part"
            if counts & {"all", "every", "four"}:
                return "whole"
    return None


EXCEPT = (("except",), ("save",), ("bar",), ("barring",), ("exception", "of"), ("apart", "from"), ("other", "than"))
_FAR = 14
"""Words after the deed within which an exception still limits it."""


def less_excepted(s: Sentence, frame: Frame, extent: str | None, place: int) -> str | None:
    """ "took all of P except the barracks", "is wholly theirs, with the exception of the port": most of it."""
    if extent != "whole":
        return extent
    start = max(frame.token, place) + 1
    after = [x.lower_ for x in s.doc[start : start + _FAR]]
    after = after[: after.index(";")] if ";" in after else after
    found = any(tuple(after[i : i + len(words)]) == words for words in EXCEPT for i in range(len(after)))
    return "most" if found else extent
