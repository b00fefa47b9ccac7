"""What the word above an infinitive says of it: "tried to take", "plans to take", "managed to take"."""

from __future__ import annotations

from spacy.tokens import Token

from whoholds.annotate.chosen import singled_out
from whoholds.annotate.document import Sentence
from whoholds.annotate.nominals import preposition
from whoholds.annotate.words import lexis
from whoholds.claims.mode_words import FUTURE, MAYBE, denies, is_false, own_mode
from whoholds.model import Mode, Stance

STOPPERS = lexis()["stoppers"]
# "the first to enter", "went on to capture", "only to lose it again": these infinitives have happened.
HAPPENED = lexis()["happened"]
OPERATIONS = lexis()["operations"]
IN_VAIN = lexis()["in_vain"]
TRIES = lexis()["tries"]


def governed_infinitive(s: Sentence, t: Token, head: Token) -> tuple[Mode, Stance, bool]:
    """What the word above an infinitive adds: "tried to take", "plans to take", "managed to take"."""
    lex, lemma = lexis(), s.lemma(head)
    if lemma == "nowhere" or any(c.lower_ == "nowhere" for c in head.children):
        # "were nowhere to be seen"
        return Mode.DENIED, Stance.PLAIN, False
    if head.pos_ == "NOUN" and lex.has("told_things", lemma) and (denies(s, head.head) or is_false(s, t, head)):
        # "Their claim to be in control of P is false"
        return Mode.DENIED, Stance.PLAIN, False
    tried = head.head if head.dep_ == "nmod" and preposition(head) == "by" else head
    if lex.has("attempted", lemma) or _in_vain(s, tried):
        return Mode.ATTEMPTED, Stance.PLAIN, True
    if t.dep_ in ("advcl", "xcomp") and any(
        c.dep_ == "obj" and s.lemma(c) in TRIES and c.i < t.i for c in head.children
    ):
        # "launched a fourth attempt in a month to take P"
        plans = lex.has("planned", lemma)
        return (Mode.PLANNED if plans else Mode.ATTEMPTED), Stance.PLAIN, not plans
    expected = head.head if t.dep_ == "acl" and head.dep_ == "obj" else head
    if s.lemma(expected) == "expect" and any(c.dep_ == "obj" and c.i < t.i for c in expected.children):
        # "expect the army to attack P"
        return Mode.POSSIBLE, Stance.PLAIN, False
    if lemma in ("refuse", "decline", "cease"):
        return Mode.DENIED, Stance.PLAIN, False
    if lemma in ("manage", "succeed") and own_mode(s, head)[0] is Mode.DENIED:
        return Mode.ATTEMPTED, Stance.PLAIN, False
    if any(c.lower_ == "have" and c.dep_ == "aux" for c in t.children) and not lex.has("planned", lemma):
        # "claimed to have taken P", "is believed to have fled"; "hopes to have taken P by then" is no event yet
        return Mode.ASSERTED, Stance.CLAIMED if lemma == "claim" else Stance.PLAIN, True
    if t.dep_ in ("xcomp", "ccomp") and lemma in (
        "claim",
        "say",
        "report",
        "believe",
        "know",
        "appear",
        "seem",
        "think",
    ):
        return Mode.ASSERTED, Stance.CLAIMED if lemma == "claim" else Stance.PLAIN, True
    if lemma == "have":
        if any(c.lower_ == "yet" and c.dep_ == "advmod" for c in (*head.children, *t.children)):
            # "have yet to take P"
            return Mode.DENIED, Stance.PLAIN, False
        if head.tag_ in ("VBD", "VBN") and not {c.lower_ for c in head.children if c.dep_ == "aux"} & (FUTURE | MAYBE):
            # "had to leave P", "have had to leave P": they did
            return Mode.ASSERTED, Stance.PLAIN, True
    if lemma == "go" and head.tag_ == "VBG" and t.dep_ == "xcomp":
        # "was going to take P"
        return Mode.PLANNED, Stance.PLAIN, True
    if any(c.lower_ == "attempted" and c.dep_ == "amod" for c in head.children):
        return Mode.ATTEMPTED, Stance.PLAIN, False
    if t.dep_ == "advcl" and any(c.dep_ == "obj" and s.lemma(c) in OPERATIONS for c in head.children):
        # "began an offensive to take P"
        return Mode.PLANNED, Stance.PLAIN, False
    if lemma == "take" and any(c.lower_ == "it" and c.i < head.i for c in head.children):
        # "it took them three days to capture P"
        return Mode.ASSERTED, Stance.PLAIN, True
    if singled_out(t) is not None:
        # "the fourth town to fall"; "the next to fall" has not yet
        likely = own_mode(s, head)[0]
        return (Mode.PLANNED if lemma == "next" and likely is Mode.ASSERTED else Mode.ASSERTED), Stance.PLAIN, True
    if lemma in HAPPENED or any(c.lower_ in ("first", "only") for c in t.children):
        return Mode.ASSERTED, Stance.PLAIN, True
    if lemma == "able":
        return (Mode.ATTEMPTED if own_mode(s, head)[0] is Mode.DENIED else Mode.ASSERTED), Stance.PLAIN, False
    if lemma in STOPPERS:
        return Mode.POSSIBLE, Stance.PLAIN, False
    if t.dep_ in ("xcomp", "acl", "advcl", "ccomp", "obl", "nmod", "csubj", "parataxis"):
        return Mode.PLANNED, Stance.PLAIN, lex.has("planned", lemma)
    return Mode.PLANNED, Stance.PLAIN, False


def _in_vain(s: Sentence, noun: Token) -> bool:
    """ "Attempts to take P failed", "were in vain", "have come to nothing"."""
    if noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ not in ("nsubj", "nsubj:pass"):
        return False
    over = noun.head
    ends = [c.lower_ for c in over.children if c.dep_ in ("obl", "obj", "advmod", "xcomp") and c.i > over.i]
    if s.lemma(over) in ("come", "lead", "amount", "get") and {"nothing", "naught", "nowhere"} & set(ends):
        return True
    return s.lemma(over) in IN_VAIN or over.lower_ in ("vain", "unsuccessful", "fruitless", "futile")
