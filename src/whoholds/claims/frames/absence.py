"""Nobody of a side is there: "there are no more rebels in P", "not one soldier is left", "no sign of X in P"."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import nominal_modifiers, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.cues.cues import Cue, Cues
from whoholds.claims.frames.forms import Frame
from whoholds.claims.frames.slots import Slots

ARGUMENT = ("nsubj", "nsubj:pass", "obj")
NO_MEN = frozenset(
    ["question", "doubt", "way", "chance", "hope", "need", "reason", "evidence", "report", "denying", "talk"]
)
"""What there may be none of without anybody being gone: "there is no question of P having been lost"."""
NO_MORE = frozenset(["now", "left", "seen", "found", "longer", "more", "anymore", "remaining"])
ONE = ("a", "one", "any", "single")
NOBODY = lexis()["nobody"]
WHOSE = frozenset(["of", "from", "loyal to"])
"""What joins nobody to the side: "none of the rebels", "nobody from the army"."""


def none_frames(s: Sentence, t: Token, cues: Cues) -> Iterator[Frame]:
    """The frame of a denied noun ("no rebels") whose verb says that it is, remains or is seen somewhere."""
    if t.dep_ not in ARGUMENT or t.pos_ not in ("NOUN", "PROPN", "PRON", "NUM"):
        return
    verb = t.head
    senses = cues.of("none", s.lemma(verb))
    if not senses or not _denied(s, t):
        return
    for cue in senses:
        if (frame := _frame(s, t, verb, cue, cues)) is not None:
            yield frame
            if frame.slots.get("in") or "subj" in cue.place:
                return


def _denied(s: Sentence, t: Token) -> bool:
    """ "no rebels", "not a single rebel", "none of the rebels", "are no longer any rebels", "nowhere to be seen"."""
    if any(c.lower_ == "nowhere" for c in t.head.children):
        return True
    if t.lower_ in NOBODY:
        return bool(_whose(t))
    first = min([t.i, *(c.left_edge.i for c in t.children if c.i < t.i and c.dep_ != "cc")])
    words = [x.lower_ for x in s.doc[first : t.i + 1]]
    if "no" in words[:-1] or words[0] == "zero":
        return True
    before = s.doc[first - 1].lower_ if first else ""
    if words[0] == "not" and len(words) > 1:
        before, words = "not", words[1:]
    if words[0] not in ONE:
        return False
    clause = s.clause_of.get(t.head.i)
    negated = clause is not None and clause.negated
    one = t.dep_ == "obj" and not {"one", "single"}.isdisjoint(words)
    return before == "not" or (negated and (words[0] == "any" or one))


def _whose(t: Token) -> list[int]:
    """ "none of the rebels", "nobody from the army", "not one of the soldiers": whose man it would be."""
    return [c.i for c in t.children if c.dep_ == "nmod" and c.i > t.i and preposition(c) in WHOSE]


def _frame(s: Sentence, t: Token, verb: Token, cue: Cue, cues: Cues) -> Frame | None:
    clause = s.clause_of.get(verb.i)
    lemma = s.lemma(verb)
    there = any(c.dep_ == "expl" for c in verb.children)
    if (clause is None and not there) or s.lemma(t) in cue.not_object:
        return None
    passive = clause is not None and clause.voice == "passive"
    if lemma == "leave" and not passive:
        # "no soldier left P" says the contrary
        return None
    seen = "obj" in cue.actor
    if seen != (t.dep_ == "obj" or passive) and not (passive and lemma == "leave"):
        # "no soldier saw him in P"
        return None
    slots = Slots()
    words = [verb.i]
    sign = lexis().has("sign_of", s.lemma(t)) or t.lower_ in NOBODY or t.lower_ == "one"
    heads = _whose(t) if sign else [t.i]
    slots.add(cue.actor[0], *heads)
    for i in dict.fromkeys((t.i, *heads)):
        _where(s, i, slots)
        for left in s.doc[i].children:
            # "no fighter left in P", "no fighter to be seen in P"
            if left.dep_ in ("acl", "acl:relcl", "advcl") and left.i > i and cues.of("none", s.lemma(left)):
                words.append(left.i)
                _where(s, left.i, slots)
    _where(s, verb.i, slots)
    if "subj" in cue.place and clause is not None:
        # "P has not seen one soldier"
        slots.add("subj", *(i for i in clause.subjects if s.doc[i].pos_ == "PROPN"))
    nowhere = not any(slots.get(p) for p in cue.place)
    none_left = there and (sign or any(x.lower_ in NO_MORE for x in verb.subtree))
    if nowhere and not none_left and not (seen and "@here" in cue.place):
        # "There are no rebels now" is of the town just spoken of, "There are no rebels" may be of the world
        return None
    if any(s.lemma(i) in NO_MEN for i in heads):
        return None
    if not heads or any(slots.get(name) for name in cue.unless):
        return None
    return Frame(cue, verb.i, tuple(words), slots, clause, False)


def _where(s: Sentence, i: int, slots: Slots) -> None:
    """Where the noun or verb at `i` is said to be: "in P", "anywhere in P", "there"."""
    clause = s.clause_of.get(i)
    found = list(clause.obliques if clause is not None else nominal_modifiers(s.doc, i))
    for c in s.doc[i].children:
        if c.lower_ in ("anywhere", "elsewhere"):
            found += nominal_modifiers(s.doc, c.i)
        elif c.lower_ in ("there", "here") and c.dep_ == "advmod":
            slots.add("in", c.i)
    for prep, head in found:
        slots.add(prep.replace(" ", "_"), head)
