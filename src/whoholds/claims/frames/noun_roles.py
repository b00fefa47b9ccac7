"""Which tokens stand in which slot of a noun ("the capture of P by X"), wherever the parser hung them."""

from __future__ import annotations

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import heading, is_time, preposition
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.annotate.words import lexis
from whoholds.claims.frames.slots import Slots, conj, is_side, lifted

BACKS = frozenset(["back", "support", "assist", "aid", "help", "cover"])
PHRASES = frozenset(["nmod", "obl", "obl:agent", "nmod:npmod"])
DESCRIBES = frozenset(["compound", "amod", "nmod:desc", "flat", "nmod"])
ASIDE = 16
"""Words of an apposition between two commas, at most."""


def noun_slots(s: Sentence, t: Token, slots: Slots) -> None:
    """Arguments of a noun: its prepositional phrases, possessor, and what stands before it."""
    for child in t.children:
        before = child.i < t.i
        if child.dep_ == "nmod:poss" or child.tag_ == "PRP$":
            slots.add("poss", child.i)
        elif not before and (child.dep_ in PHRASES or (child.dep_ == "obj" and preposition(child))):
            _phrase(s, t, child, slots)
        elif before and child.dep_ in DESCRIBES and not preposition(child):
            slots.add("comp", child.i)
        elif not before and child.dep_ in ("acl", "acl:relcl"):
            _clause(s, child, slots)
        elif not before and child.dep_ == "appos":
            slots.add("appos", child.i)
        elif child.dep_ == "conj":
            _beside(s, t, child, slots)
    for name, i in _counted_on(t):
        if slots.get(name):
            slots.add(name, i)
    _following(s, t, slots)
    _leading(s, t, slots)


def _phrase(s: Sentence, t: Token, child: Token, slots: Slots) -> None:
    """A prepositional phrase of a noun, and what hangs on that phrase instead of the noun."""
    case = preposition(child)
    for name, i in heading(s.doc, case, child.i):
        slots.add(name.replace(" ", "_"), i, *conj(s.doc[i]))
    if case in ("between", "with", "against", "by") or (case == "on" and is_side(s, child)):
        for side in (child.i, *conj(child)):
            lifted(s, side, slots, deep=case not in ("by", "on"))
    falls = case == "of" and s.lemma(t) in ("fall", "surrender", "handover", "loss")
    for inner in (c for x in (child, *child.conjuncts) for c in x.children):
        # the sides hang on the place: "an attack on P by A", "clashes in P between both", "the fall of P to A"
        link = preposition(inner) if inner.i > child.i and inner.dep_ == "nmod" else ""
        onwards = case == "from" and link in ("to", "towards", "toward", "on")  # "the advance from Q on P"
        if link in ("by", "between") or (link == "to" and falls) or onwards:
            slots.add(link, inner.i, *(conj(inner) if link == "between" else ()))
    if case == "of":
        # "the presence of X in P": where hangs on who
        lifted(s, child.i, slots, deep=False)
    if case == "by":
        # "the retaking by the army of P": the place hangs on the agent
        for inner in child.children:
            if inner.dep_ == "nmod" and inner.i > child.i and preposition(inner) == "of":
                slots.add("of", inner.i, *conj(inner))


def _clause(s: Sentence, child: Token, slots: Slots) -> None:
    """ "an attack launched by X on P", "clashes pitting X against Y"."""
    apart = s.doc[child.i - 1].text == "," and bool(slots.get("poss"))
    for c in child.children:
        # "an attack backed by X" is another's; so is "the army's control, deserted by X"
        helps = preposition(c) == "by" and (apart or s.lemma(child) in BACKS)
        if c.dep_ in ("obl", "obl:agent", "nmod") and not helps:
            slots.add(preposition(c).replace(" ", "_"), c.i)


def _beside(s: Sentence, t: Token, child: Token, slots: Slots) -> None:
    """What the parser put beside the noun, though it is beside one of its arguments."""
    if slots.get("between") and is_side(s, child):
        # "the battle between A and B for P", with B beside the battle
        slots.add("between", child.i)
        lifted(s, child.i, slots, deep=False)
    elif child.pos_ == "PROPN" and t.pos_ == "NOUN" and slots.get("of"):
        # "the fall of P and Q to A", with Q beside the fall
        slots.add("of", child.i)
        for inner in child.children:
            if inner.i > child.i and inner.dep_ == "nmod" and preposition(inner) in ("to", "by", "from"):
                slots.add(preposition(inner), inner.i)


def _leading(s: Sentence, t: Token, slots: Slots) -> None:
    """What stands right before a noun, wherever the parser hung it: "X's attack", "Mosul offensive"."""
    if t.i > 1 and s.doc[t.i - 1].text in ("'s", "’s") and not slots.get("poss"):
        slots.add("poss", t.i - 2)
    if t.dep_ == "appos" and t.head.i < t.i:
        slots.add("noun", t.head.i)
    if t.i > 0 and not slots.get("comp"):
        p = s.doc[t.i - 1]
        name = p.pos_ == "PROPN" and p.dep_ in ("compound", "nmod", "flat")
        if p.head.i == t.head.i and (name or (p.tag_ == "NN" and p.dep_ == t.dep_)):
            # the second is "the government stronghold"
            slots.add("comp", p.i)


def _counted_on(t: Token) -> list[tuple[str, int]]:
    """ "nine attacks near P, three near Q and one at R": the noun is left out after the first number."""
    if not any(c.dep_ == "nummod" for c in t.lefts):
        return []
    counts = [x for x in t.subtree if x.i > t.i and x.tag_ == "CD" and x.dep_ in ("conj", "appos")]
    return [(preposition(c).replace(" ", "_"), c.i) for x in counts for c in x.rights if c.dep_ == "nmod"]


def _following(s: Sentence, t: Token, slots: Slots) -> None:
    """What stands right after a noun, or after "of" and a name, wherever the parser hung it: "fell on the bridgehead at
    P", "the fall of P to X"."""
    j = t.i + 1
    if j < len(s.doc) and s.doc[j].lower_ in ("there", "here"):
        # "An attack there is expected"
        slots.add("in", j)
    if j < len(s.doc) and s.doc[j].lower_ == "of":
        j += 1
        while j < len(s.doc) and (_in_phrase(s, s.doc[j])):
            j += 1
        wanted: tuple[str, ...] = ("to", "by", "from")
        if j == t.i + 2:
            return
        j = _after_aside(s, j)
    else:
        wanted = ("in", "at", "near", "around", "on", "outside", "inside", "for")
    if j >= len(s.doc) or s.doc[j].lower_ not in wanted or s.doc[j].dep_ != "case":
        return
    head = s.doc[j].head
    if head.i > j and not is_time(head) and all(head.i not in heads for heads in slots.heads.values()):
        slots.add(s.doc[j].lower_, head.i, *conj(head))


def _in_phrase(s: Sentence, t: Token) -> bool:
    """Part of "the town of P", "the P airport", after "of"."""
    return (
        t.pos_ == "DET"
        or (t.text[:1].isupper() and t.pos_ != "VERB")
        or lexis().has("settlement", s.lemma(t))
        or lexis().has("facility", s.lemma(t))
    )


def _after_aside(s: Sentence, j: int) -> int:
    """What stands behind "a town of 5,000 people" between two commas, or the same token."""
    if text_of(s.doc[j : j + 1]) != ",":
        return j
    inside = s.doc[j + 1 : j + ASIDE]
    end = next((x.i for x in inside if x.text == ","), None)
    plain = end is not None and all(x.tag_ not in ("VBD", "VBZ", "VBP", "MD", "CC") for x in s.doc[j + 1 : end])
    return end + 1 if end is not None and plain else j
