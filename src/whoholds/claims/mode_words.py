"""What a word over a claim says of its mode by itself: auxiliaries, negation, adverbs, adjectives."""

from __future__ import annotations

from spacy.tokens import Token

from whoholds.annotate.document import Sentence
from whoholds.annotate.drafts import not_only
from whoholds.annotate.words import lexis
from whoholds.model import Mode, Stance

FUTURE = lexis()["future"]
MAYBE = frozenset(["may", "might", "could", "can", "ca"])
NOT = lexis()["not"]
IF = frozenset(["if", "unless", "whether", "lest", "in case", "should"])
RANK = {Mode.ASSERTED: 0, Mode.POSSIBLE: 1, Mode.PLANNED: 2, Mode.ATTEMPTED: 3, Mode.DENIED: 4}
PERFECT = frozenset(["have", "has", "had", "having", "'ve"])


def worse(a: Mode, b: Mode) -> Mode:
    return a if RANK[a] >= RANK[b] else b


def is_none(t: Token) -> bool:
    """ "Not one soldier", "not a single rebel": none."""
    words = [c for c in t.children if c.i < t.i]
    counted = any(c.lower_ in ("one", "single") for c in words)
    return counted and any(c.lower_ == "not" for c in (*words, *(g for c in words for g in c.children)))


def denies(s: Sentence, t: Token) -> bool:
    """A verb of denial; its present may be taken for a noun ("the ministry denies")."""
    return lexis().has("deny", s.lemma(t)) or t.lower_ in ("denies", "rejects", "refutes", "disputes", "dismisses")


def is_over(t: Token) -> bool:
    """ "no longer holds", "is no longer in": it was so, and is not any more."""
    return any(
        c.lower_ == "longer" and c.dep_ == "advmod" and c.i and t.doc[c.i - 1].lower_ == "no" for c in t.children
    ) or (t.dep_ == "xcomp" and t.head.lemma_ == "cease")


def _at_no_time(c: Token) -> bool:
    """ "At no time did they hold P", "under no circumstances"."""
    return (
        c.dep_ == "obl"
        and c.lower_ in ("time", "point", "stage", "moment", "circumstances", "account", "way")
        and any(g.lower_ == "no" and g.dep_ == "det" for g in c.children)
    )


def goes_on_alone(t: Token) -> bool:
    """ "could not hold P and withdrew", "failed to take P and fled": a past tense is no part of the modal before it."""
    return t.dep_ == "conj" and t.tag_ in ("VBD", "VBZ") and t.head.tag_ == "VB" and t.head.i < t.i


def _turned_round(t: Token) -> bool:
    """ "Had they taken P, …", "Should they take P, …": a condition without "if"."""
    if t.dep_ == "xcomp" and t.head.text == "Had" and t.head.i == t.sent.start:
        return True
    first = next((c for c in t.children if c.dep_ in ("aux", "aux:pass", "nsubj", "nsubj:pass")), None)
    if first is None or first.lower_ not in ("had", "should", "were") or first.dep_ == "nsubj":
        return False
    return first.text[0].isupper() and t.doc[-1].text != "?"


def own_mode(s: Sentence, t: Token) -> tuple[Mode, Stance]:
    """What auxiliaries, negation and adverbs of the word itself say."""
    mode, stance = Mode.ASSERTED, Stance.PLAIN
    children = list(t.children)
    if (
        t.dep_ == "conj"
        and not goes_on_alone(t)
        and not any(c.dep_ in ("aux", "aux:pass", "nsubj", "nsubj:pass", "mark") for c in children)
    ):
        children += [c for c in t.head.children if c.dep_ == "aux" and c.i < t.head.i]
    words = {c.lower_ for c in children if c.i < t.i or c.dep_ in ("advmod", "aux")}
    auxiliaries = {c.lower_ for c in children if c.dep_ in ("aux", "aux:pass")}
    if (
        any(c.lower_ == "to" and c.dep_ == "mark" for c in children)
        and any(c.lower_ in ("are", "is", "were", "was") and c.dep_ in ("aux", "cop") for c in children)
        and t.tag_ == "VB"
    ):
        # "units are to withdraw"
        mode = Mode.PLANNED
    if auxiliaries & FUTURE:
        perfect = bool(auxiliaries & PERFECT)
        mode = Mode.POSSIBLE if perfect and "would" in auxiliaries else Mode.PLANNED
    elif auxiliaries & MAYBE:
        mode = Mode.POSSIBLE
    if any(
        c.lower_ in NOT and not not_only(c) and c.dep_ in ("advmod", "cc:preconj", "aux", "mark", "case", "cc", "neg")
        for c in children
    ):
        mode = Mode.DENIED
    if t.pos_ in ("NOUN", "PROPN") and any(c.lower_ == "no" and c.dep_ == "det" for c in children):
        mode = Mode.DENIED
    if any(
        c.dep_ in ("nsubj", "nsubj:pass")
        and (
            c.lower_ in ("nobody", "none", "neither")
            or any(g.lower_ in ("no", "neither") and g.dep_ in ("det", "cc:preconj") for g in c.children)
            or is_none(c)
        )
        for c in children
    ):
        mode = Mode.DENIED
    if is_over(t) or any(_at_no_time(c) for c in children):
        mode = Mode.DENIED
    if {"possibly", "perhaps", "maybe", "potentially", "likely"} & words:
        mode = worse(mode, Mode.POSSIBLE)
    if {"reportedly", "allegedly", "supposedly", "apparently"} & words:
        stance = Stance.UNVERIFIED
    if any(c.dep_ == "mark" and c.lower_ in IF for c in t.children):
        mode = worse(mode, Mode.POSSIBLE)
    if _turned_round(t):
        mode = worse(mode, Mode.POSSIBLE)
    if any(
        c.lower_ in ("failed", "attempted", "unsuccessful", "abortive", "botched") and c.dep_ == "amod"
        for c in t.children
    ) and s.lemma(t) not in (
        "attack",
        "assault",
        "offensive",
        "raid",
        "operation",
        "push",
        "incursion",
        "counteroffensive",
        "counter-offensive",
        "counterattack",
    ):
        mode = worse(mode, Mode.ATTEMPTED)
    if any(
        c.lower_
        in ("planned", "possible", "imminent", "expected", "potential", "future", "eventual", "looming", "threatened")
        and c.dep_ == "amod"
        for c in t.children
    ):
        mode = worse(
            mode,
            Mode.PLANNED
            if any(c.lower_ in ("planned", "expected", "imminent", "eventual") for c in t.children)
            else Mode.POSSIBLE,
        )
    return mode, stance


def is_doubtful(s: Sentence, head: Token) -> bool:
    """ "It is not clear that", "far from certain that", "doubtful whether"."""
    if head.lower_ in ("unclear", "uncertain", "doubtful", "unlikely", "unknown"):
        return True
    if head.lower_ not in ("clear", "certain", "sure", "known"):
        return False
    far = head.head.lower_ == "far" or any(c.lower_ == "far" for c in head.children)
    return far or own_mode(s, head)[0] is Mode.DENIED


def is_unconfirmed(s: Sentence, head: Token) -> bool:
    """ "could not confirm that P had fallen", "no confirmation that it had"."""
    if head.lower_ == "confirmation":
        return any(c.lower_ in ("no", "without") and c.i < head.i for c in head.children)
    return s.lemma(head) in ("confirm", "verify", "corroborate") and own_mode(s, head)[0] is Mode.DENIED


def is_no_truth(s: Sentence, head: Token) -> bool:
    """ "It is a lie that P has fallen", "There is no truth in reports that it has"."""
    if head.lower_ == "truth":
        return any(c.lower_ in ("no", "little") and c.i < head.i for c in head.children)
    if head.pos_ not in ("NOUN", "ADJ") or not lexis().has("not_so", head.lower_, s.lemma(head)):
        return False
    return own_mode(s, head)[0] is not Mode.DENIED


def is_false(s: Sentence, t: Token, head: Token) -> bool:
    """ "Reports that P was taken were false", "proved a fabrication", "false reports that P fell"."""
    if is_no_truth(s, head.head):
        return True
    end = t.right_edge.i + 1
    # "Reports that A took P are wrong", where the parser took "P are wrong" for a clause of its own
    predicate = next((c for c in t.children if c.dep_ == "ccomp" and any(g.dep_ == "cop" for g in c.children)), None)
    end = min(end, predicate.i) if predicate is not None else end
    rest = next((x.i for x in s.doc[end:] if x.text in (";", ":")), len(s.doc))
    said = [head.head, *head.head.children, *head.children, *s.doc[end:rest]]
    if "true" in (words := [x.lower_ for x in said]) and NOT & set(words):
        return True
    return any(lexis().has("not_so", x.lower_, s.lemma(x)) for x in said)
