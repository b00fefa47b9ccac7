"""What a word over a claim says of its mode by itself: auxiliaries, negation, adverbs, adjectives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.negation import not_only
from whoholds.annotate.trees.nominals import is_time
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.model import Mode, Stance

FUTURE = lexis()["future"]
MAY = lexis()["may"]
HAVE = lexis()["have"]
NOT = lexis()["not"]
IF = lexis()["if"]
TURNED_ROUND = lexis()["turned_round"]
NOBODY = lexis()["nobody"]
PERHAPS = lexis()["perhaps"]
HEARSAY = lexis()["hearsay"]
FAILED = lexis()["failed"]
ATTACKS = lexis()["attacks"]
TO_BE_EXPECTED = lexis()["to_be_expected"]
CONCEIVABLE = lexis()["conceivable"]
GOALS = lexis()["goals"]
OCCASIONS = lexis()["occasions"]
AUXILIARY = ("aux", "aux:pass")
FINITE = ("VBD", "VBZ", "VBP", "MD")
IS = frozenset(["is", "are", "was", "were"])
PERCEIVED = frozenset(["see", "find", "hear", "feel"])
STILL = frozenset(["yet", "still"])
SUBJECT = ("nsubj", "nsubj:pass")
RANK = {Mode.ASSERTED: 0, Mode.POSSIBLE: 1, Mode.PLANNED: 2, Mode.ATTEMPTED: 3, Mode.DENIED: 4}


def worse(a: Mode, b: Mode) -> Mode:
    """Of two modes that words give one claim, the one that leaves less of it."""
    return a if RANK[a] >= RANK[b] else b


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, and what stands beside it."""

    token: Token
    lemma: str
    beside: list[Token]
    """What hangs on it; of a second verb without words of its own, the first one's auxiliaries too."""
    auxiliaries: frozenset[str]

    def described(self, adjectives: frozenset[str]) -> bool:
        return any(c.lower_ in adjectives and c.dep_ == "amod" for c in self.beside)


def own_mode(s: Sentence, t: Token) -> Mode:
    """The worst that auxiliaries, negation, adverbs and adjectives of the word say: the first of OWN that holds."""
    beside = _beside(t)
    auxiliaries = frozenset(c.lower_ for c in beside if c.dep_ in AUXILIARY)
    if t.tag_ == "VBN" and not auxiliaries & {"be", "have"}:
        auxiliaries -= {"'d", "’d"}  # "They'd gone", "they'd been attacked": they had
    word = _Word(t, s.lemma(t), beside, auxiliaries)
    return next((mode for mode, holds in OWN if holds(word)), Mode.ASSERTED)


def own_stance(t: Token) -> Stance:
    """ "reportedly took P"."""
    said = any(c.lower_ in HEARSAY and (c.i < t.i or c.dep_ == "advmod") for c in t.children)
    return Stance.UNVERIFIED if said else Stance.PLAIN


def goes_on_alone(t: Token) -> bool:
    """ "could not hold P and withdrew", "failed to take P and fled": a past tense is no part of the modal before it.

    So "no longer hold P and have left Q": a verb with an auxiliary of its own says by itself what is not so.
    """
    if t.dep_ != "conj" or t.head.i > t.i:
        return False
    own = any(c.dep_ in AUXILIARY and c.tag_ in FINITE for c in t.children)
    return own or (t.tag_ in ("VBD", "VBZ") and t.head.tag_ == "VB")


def has_condition(t: Token) -> bool:
    """ "will take P if A leaves", "Should A leave, they would take P"; "even if A stays" is none."""
    clauses = [c for c in t.children if c.dep_ == "advcl"]
    if any(not opens_condition(c) and is_condition(c) for c in clauses):
        return True
    marks = (g for c in clauses for g in c.children if g.dep_ == "mark" and g.lower_ == "if")
    return any(not g.i or t.doc[g.i - 1].lower_ != "even" for g in marks)


def _beside(t: Token) -> list[Token]:
    children = list(t.children)
    own = (*AUXILIARY, *SUBJECT, "mark")
    if t.dep_ == "conj" and not goes_on_alone(t) and not any(c.dep_ in own for c in children):
        children += [c for c in t.head.children if c.dep_ == "aux" and c.i < t.head.i]
    return children


# --- denied --------------------------------------------------------------------------------------------------------


def _unless(word: _Word) -> bool:
    """ "will attack if they do not leave P": nobody says that they do not."""
    return any(c.dep_ == "mark" and c.lower_ == "if" and c.i for c in word.token.children)


def _negated(word: _Word) -> bool:
    """ "did not take P", "never held P", "no attack on P"; "not only took P" is no denial."""
    negators = ("advmod", "cc:preconj", "aux", "mark", "case", "cc", "neg")
    if any(
        c.lower_ in NOT and c.dep_ in negators and not (not_only(c) or _of_another(c, word.token)) for c in word.beside
    ):
        return not _until(word)
    noun = word.token.pos_ in ("NOUN", "PROPN") or word.token.dep_ in (*SUBJECT, "obj")
    # "no ground fighting", where the parser hung the "no" on the ground
    described = (g for c in word.beside if c.dep_ == "compound" for g in c.children)
    return noun and any(c.lower_ == "no" and c.dep_ == "det" for c in (*word.beside, *described))


def _of_another(negator: Token, t: Token) -> bool:
    """ "P, never once out of their hands, fell", "fought there, nowhere else, and held P": of what stands apart."""
    between = t.doc[negator.i + 1 : max(t.i, negator.i + 1)]
    if negator.i == 0 or t.doc[negator.i - 1].text != "," or len(between) < 2:
        return False
    return any(x.text == "," for x in between)


def _until(word: _Word) -> bool:
    """ "did not take P until May": they did in May."""
    if not word.auxiliaries & {"did", "was", "were"}:
        return False
    return any(c.i > word.token.i and g.lower_ == "until" for c in word.token.children for g in c.children)


def _by_nobody(word: _Word) -> bool:
    """ "nobody took P", "no rebel took P", "not one soldier is left in P", "hold not one village of P"."""
    return any(
        c.lower_ in NOBODY
        or any(g.lower_ in ("no", "neither") and g.dep_ in ("det", "cc:preconj") for g in c.children)
        or is_none(c)
        for c in word.beside
        if c.dep_ in SUBJECT
    ) or any(is_none(c) for c in word.beside if c.dep_ == "obj")


def is_none(t: Token) -> bool:
    """ "Not one soldier", "not a single rebel", "not one of them", "not an inch": none."""
    words = [c for c in t.children if c.i < t.i]
    counted = any(c.lower_ in ("one", "single", "inch") for c in (t, *words))
    return counted and any(c.lower_ == "not" for c in (*words, *(g for c in words for g in c.children)))


def _yet_to(word: _Word) -> bool:
    """ "has yet to take P", "has still to take P", "is yet to take P", "is still to be taken", "Yet to be taken is P".

    "are still to enter P" is a plan, "are still to be seen in P" says that they are there.
    """
    words = {c.lower_ for c in word.beside}
    if "to" not in words or not words & STILL or ("still" in words and word.lemma in PERCEIVED):
        return False
    have, be = bool(word.auxiliaries & HAVE), any(c.lemma_ == "be" and c.dep_ in AUXILIARY for c in word.beside)
    return have or (be and ("yet" in words or word.token.tag_ == "VBN"))


def _at_no_time(word: _Word) -> bool:
    """ "At no time did they hold P", "under no circumstances"."""
    # the parser may hang it on "did"
    phrases = [c for x in (word.token, *word.beside) for c in x.children if c.dep_ == "obl"]
    return any(g.lower_ == "no" and g.dep_ == "det" for c in phrases if c.lower_ in OCCASIONS for g in c.children)


def _no_longer(word: _Word) -> bool:
    return is_over(word.token)


def is_over(t: Token) -> bool:
    """ "no longer holds", "is no longer in", "ceased to hold": it was so, and is not any more."""
    longer = (c for c in t.children if c.lower_ == "longer" and c.dep_ == "advmod" and c.i)
    return any(c.nbor(-1).lower_ == "no" for c in longer) or (t.dep_ == "xcomp" and t.head.lemma_ == "cease")


# --- attempted, planned, possible ----------------------------------------------------------------------------------


def _abortive(word: _Word) -> bool:
    """ "their abortive capture of P"; a failed *attack* was one."""
    return word.described(FAILED) and word.lemma not in ATTACKS


def _nearly(word: _Word) -> bool:
    """ "nearly fell", "almost took P": it came close; "took almost all of P", "has almost surrounded P" are shares."""
    t = word.token
    return t.tag_ == "VBD" and t.i > 0 and t.nbor(-1).lower_ in ("nearly", "almost")


def _will(word: _Word) -> bool:
    """ "will take P", "the planned capture of P"; "would have taken P" only may be."""
    would_have = "would" in word.auxiliaries and word.auxiliaries & HAVE
    return word.described(TO_BE_EXPECTED) or bool(word.auxiliaries & FUTURE and not would_have)


def _is_aim(word: _Word) -> bool:
    """ "Their goal is the capture of P"."""
    said_of = (c for c in word.beside if c.dep_ == "nsubj" and any(g.dep_ == "cop" for g in word.beside))
    return word.token.pos_ == "NOUN" and any(c.lemma_.lower() in GOALS for c in said_of)


def _is_to(word: _Word) -> bool:
    """ "units are to leave P", "P is to be left", "is to be under their control"."""
    if not any(c.lower_ == "to" and c.dep_ == "mark" for c in word.beside):
        return False
    if word.token.tag_ == "VBN":
        if word.lemma in PERCEIVED:
            # "were to be seen in P"
            return False
        return word.auxiliaries >= {"be"} and any(c.lower_ in IS and c.dep_ in AUXILIARY for c in word.beside)
    being = [c.lower_ for c in word.beside if c.dep_ in ("aux", "cop") and c.lemma_ == "be"]
    return (word.token.tag_ == "VB" and bool(being)) or ("be" in being and not IS.isdisjoint(being))


def _perhaps(word: _Word) -> bool:
    """ "Maybe they will take P", "has perhaps taken P"."""
    return any(c.lower_ in PERHAPS and (c.i < word.token.i or c.dep_ == "advmod") for c in word.beside)


def _may(word: _Word) -> bool:
    """ "may take P", "the possible fall of P", "would have taken P"."""
    if "could" in word.auxiliaries and any(g.lower_ == "only" for c in word.beside if is_time(c) for g in c.children):
        # "could enter P only on Monday": then they did
        return False
    return bool(word.auxiliaries & (MAY | FUTURE)) or word.described(CONCEIVABLE)


def opens_condition(t: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in IF for c in t.children)


def is_condition(t: Token) -> bool:
    """ "if they take P"; "Had they taken P, …", "Were they to take P, …": a condition without "if"."""
    if opens_condition(t):
        return True
    first = next((c for c in t.children if c.dep_ in (*AUXILIARY, "nsubj")), None)
    if first is None or first.dep_ == "nsubj" or first.lower_ not in TURNED_ROUND:
        return False
    opens = first.text[0].isupper() or (first.lower_ == "were" and any(c.tag_ == "TO" for c in t.children))
    return opens and t.doc[-1].text != "?"


def _on_condition(word: _Word) -> bool:
    return is_condition(word.token)


OWN: tuple[tuple[Mode, Callable[[_Word], bool]], ...] = (
    (Mode.POSSIBLE, _unless),
    (Mode.DENIED, _negated),
    (Mode.DENIED, _by_nobody),
    (Mode.DENIED, _no_longer),
    (Mode.DENIED, _at_no_time),
    (Mode.DENIED, _yet_to),
    (Mode.ATTEMPTED, _abortive),
    (Mode.ATTEMPTED, _nearly),
    (Mode.POSSIBLE, _on_condition),
    (Mode.POSSIBLE, _perhaps),
    (Mode.PLANNED, _will),
    (Mode.PLANNED, _is_to),
    (Mode.PLANNED, _is_aim),
    (Mode.POSSIBLE, _may),
)
"""What a word may say of a claim by itself, the worst first."""
