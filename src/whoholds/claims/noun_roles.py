"""Which tokens stand in which slot of a noun ("the capture of P by X"), wherever the parser hung them."""

from __future__ import annotations

from whoholds.annotate.document import Sentence
from whoholds.annotate.nominals import heading, is_time, preposition
from whoholds.annotate.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.roles import CARRY_OUT, REPELS, SAME, Slots, conj, is_side, lifted

ASIDE = 16
"""Words of an apposition between two commas, at most."""

DOERS = (("obj", "nsubj"), ("nsubj:pass", "obl:agent"))
"""A noun under a verb, and who does what the verb says."""


def noun_slots(s: Sentence, t: Token, slots: Slots) -> None:
    """Arguments of a noun: its prepositional phrases, possessor, and what stands before it."""
    for child in t.children:
        if child.dep_ == "nmod:poss" or child.tag_ == "PRP$":
            slots.add("poss", child.i)
        elif child.i > t.i and (
            child.dep_ in ("nmod", "obl", "obl:agent", "nmod:npmod") or (child.dep_ == "obj" and preposition(child))
        ):
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
                    slots.add(link, inner.i)
            if case == "of":
                # "the presence of X in P": where hangs on who
                lifted(s, child.i, slots, deep=False)
            for inner in child.children if case in ("for", "of", "over", "in") else ():
                # "the battle for P between A and B": the sides hang on the place
                if inner.dep_ == "nmod" and preposition(inner) == "between":
                    slots.add("between", inner.i, *conj(inner))
            if case == "by":
                # "the retaking by the army of P": the place hangs on the agent
                for inner in child.children:
                    if inner.dep_ == "nmod" and inner.i > child.i and preposition(inner) == "of":
                        slots.add("of", inner.i, *conj(inner))
        elif (
            child.dep_ in ("compound", "amod", "nmod:desc", "flat", "nmod") and child.i < t.i and not preposition(child)
        ):
            slots.add("comp", child.i)
        elif child.dep_ in ("acl", "acl:relcl") and child.i > t.i:
            # "an attack launched by X on P", "clashes pitting X against Y"
            for c in child.children:
                if c.dep_ in ("obl", "obl:agent", "nmod"):
                    slots.add(preposition(c).replace(" ", "_"), c.i)
        elif child.dep_ == "appos" and child.i > t.i:
            slots.add("appos", child.i)
        elif child.dep_ == "conj" and slots.get("between") and is_side(s, child):
            # "the battle between A and B for P", with B beside the battle
            slots.add("between", child.i)
            lifted(s, child.i, slots, deep=False)
        elif child.dep_ == "conj" and child.pos_ == "PROPN" and t.pos_ == "NOUN" and slots.get("of"):
            # "the fall of P and Q to A", with Q beside the fall
            slots.add("of", child.i)
            for inner in child.children:
                if inner.i > child.i and inner.dep_ == "nmod" and preposition(inner) in ("to", "by", "from"):
                    slots.add(preposition(inner), inner.i)
    _following(s, t, slots)
    if t.i > 1 and s.doc[t.i - 1].text in ("'s", "’s") and not slots.get("poss"):
        slots.add("poss", t.i - 2)
    if t.dep_ == "appos" and t.head.i < t.i:
        slots.add("noun", t.head.i)
    if t.i > 0 and not slots.get("comp"):
        # A name right before the noun that the parser left beside it: "Mosul offensive".
        p = s.doc[t.i - 1]
        if p.pos_ == "PROPN" and p.head.i == t.head.i and p.dep_ in ("compound", "nmod", "flat"):
            slots.add("comp", p.i)
        elif p.tag_ == "NN" and p.head.i == t.head.i and p.dep_ == t.dep_:
            # "the government stronghold"
            slots.add("comp", p.i)


def _following(s: Sentence, t: Token, slots: Slots) -> None:
    """What stands right after a noun, or after "of" and a name, wherever the parser hung it: "fell on the bridgehead at
    P", "the fall of P to X"."""
    j = t.i + 1
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
    if s.doc[j : j + 1].text != ",":
        return j
    inside = s.doc[j + 1 : j + ASIDE]
    end = next((x.i for x in inside if x.text == ","), None)
    plain = end is not None and all(x.tag_ not in ("VBD", "VBZ", "VBP", "MD", "CC") for x in s.doc[j + 1 : end])
    return end + 1 if end is not None and plain else j


def governor_slots(s: Sentence, t: Token, slots: Slots) -> None:
    """What the verb above says of the noun: "fighting erupted in P", "X began an assault on P"."""
    t = _counted_by(s, t)
    head = t.head
    going_on = t.dep_ == "nsubj" and s.lemma(head) in ("way", "progress")
    if t.dep_ in ("nsubj", "nsubj:pass", "obj") and (head.pos_ in ("VERB", "AUX", "ADJ", "ADV") or going_on):
        for c in head.children:
            if c.dep_ in ("obl", "nmod") and c.i != t.i:
                case = SAME.get(preposition(c), preposition(c))
                if case in (
                    "in",
                    "at",
                    "along",
                    "near",
                    "around",
                    "on",
                    "outside",
                    "inside",
                    "between",
                    "against",
                    "over",
                    "by",
                    "towards",
                    "from",
                    "to",
                ):
                    slots.add("gov_" + case, c.i)
            if c.dep_ == "obl" and c.i != t.i:
                # "erupted in P between A and B": the sides hang on the place
                sides = (g for x in (c, *c.children) for g in x.children if g.i > c.i and g.dep_ == "nmod")
                slots.add("gov_between", *[g.i for g in sides if preposition(g) == "between"])
            if c.dep_ == {"obj": "nsubj", "nsubj:pass": "obl:agent"}.get(t.dep_) and s.lemma(head) in REPELS:
                slots.add("foe", c.i)
            if (t.dep_, c.dep_) in DOERS and s.lemma(head) in CARRY_OUT:
                slots.add("gov_subj", c.i)
        if t.dep_ == "obj" and s.lemma(head) in CARRY_OUT and head.dep_ in ("ccomp", "xcomp", "acl"):
            # "showed the rebels celebrating the capture of P"
            shown = [head.head] if head.dep_ == "acl" else head.head.children
            slots.add("gov_subj", *[c.i for c in shown if c.dep_ in ("obj", "iobj") and c.i < head.i])
    elif t.dep_ == "nsubj" and lexis().has("goals", s.lemma(head)):
        # "the capture of P is the army's next goal"
        slots.add("gov_subj", *[c.i for c in head.children if c.dep_ == "nmod:poss"])
        slots.add("gov_subj", *[c.i for c in head.children if c.dep_ == "nmod" and preposition(c) in ("of", "for")])
    elif t.dep_ == "nsubj" and lexis().has("blows", s.lemma(head)):
        # "the loss of P is a blow to the army"
        slots.add("gov_to", *[c.i for c in head.children if c.dep_ == "nmod" and preposition(c) in ("to", "for")])
    elif t.dep_ == "ROOT" or any(c.dep_ == "cop" for c in t.children):
        for c in t.children:
            if c.dep_ == "nsubj":
                slots.add("gov_nsubj", c.i)
                if lexis().has("goals", s.lemma(c)):
                    # "The rebels' next goal is the capture of P"
                    slots.add("poss", *[g.i for g in c.children if g.dep_ == "nmod:poss" or g.tag_ == "PRP$"])
                    slots.add("poss", *[g.i for g in c.children if g.dep_ == "nmod" and preposition(g) == "of"])
    if t.dep_ == "nsubj" and any(c.dep_ == "cop" for c in head.children):
        # "The attack on P was the third by X"
        slots.add("by", *[c.i for c in head.children if c.i > head.i and preposition(c) == "by"])
    slots.add("gov_in", *_went_through(s, t))
    if t.dep_ == "obl" and s.lemma(head) in ("fail", "succeed") and preposition(t) in ("in", "with"):
        # "failed in a bid for P"
        slots.add("gov_subj", *[c.i for c in head.children if c.dep_ == "nsubj"])
    if t.dep_ == "obl" and preposition(t) in ("for", "to", "on") and lexis().has("is_to_do", s.lemma(head)):
        # "are massing for an assault on P", "agreed to a withdrawal from P"
        slots.add("gov_subj", *[c.i for c in head.children if c.dep_ == "nsubj"])
    if t.dep_ in ("obl", "nmod") and preposition(t) in ("for", "of") and lexis().has("blames", s.lemma(head)):
        # "blamed the rebels for an attack on P"
        slots.add("gov_subj", *[c.i for c in head.children if c.dep_ == "obj"])
    if t.dep_ == "obl" and preposition(t) == "as" and (clause := s.clause_of.get(head.i)) is not None:
        # "P, long regarded as their stronghold"
        slots.add("noun", *(clause.subjects if clause.voice == "passive" else clause.objects))
    if t.dep_ == "nmod" and preposition(t) == "of" and head.lower_ == "one":
        # "P is one of their last strongholds", "P, one of their strongholds"
        slots.add("gov_nsubj", *[c.i for c in head.children if c.dep_ == "nsubj"])
        slots.add("noun", *([head.head.i] if head.dep_ == "appos" else []))
    if preposition(t) == "behind" or (preposition(t) == "for" and head.lower_ == "responsible"):
        # "A was behind the attack on P"
        said = t if preposition(t) == "behind" else head
        slots.add("gov_subj", *[c.i for c in said.children if c.dep_ == "nsubj"])
    if t.dep_ == "xcomp" and any(c.dep_ == "cop" for c in t.children):
        # "P used to be a stronghold of theirs"
        slots.add("gov_nsubj", *[c.i for c in head.children if c.dep_ in ("nsubj", "nsubj:pass")])
    if t.dep_ == "obj" and s.lemma(head) == "force" and s.lemma(t) in ("surrender", "capitulation", "fall"):
        slots.add("gov_subj", *[c.i for c in head.children if c.dep_ == "nsubj"])
    if t.dep_ == "nsubj" and lexis().has("captures", s.lemma(t)):
        slots.add("gov_subj", *_winners(s, head))
    wished = head.dep_ == "obj" and lexis().has("wishes", s.lemma(head))
    if t.dep_ == "nmod" and preposition(t) == "for" and (wished or s.lemma(head) == "responsibility"):
        # "claimed responsibility for the attack on P", "made preparations for the recapture of P"
        slots.add("gov_subj", *[c.i for c in head.head.children if c.dep_ == "nsubj"])
    if t.dep_ == "obl" and preposition(t) == "with" and lexis().has("captures", s.lemma(t)):
        # "With the capture of P, the rebels ruled the whole province"
        slots.add("gov_subj", *[c.i for c in head.children if c.dep_ == "nsubj"])
    reflexive = s.lemma(head) == "make" and any(c.lower_ in ("itself", "themselves") for c in head.children)
    if t.dep_ in ("obj", "xcomp") and (reflexive or s.lemma(head) in ("become", "remain", "stay")):
        # "P had become their last stronghold"
        slots.add("gov_nsubj", *[c.i for c in head.children if c.dep_ == "nsubj"])


def _counted_by(s: Sentence, t: Token) -> Token:
    """ "A round of fighting broke out in P", "a wave of attacks": what is said of the round is said of the fighting."""
    counts = t.dep_ == "nmod" and preposition(t) == "of" and lexis().has("bouts", s.lemma(t.head))
    return t.head if counts else t


def _winners(s: Sentence, verb: Token) -> list[int]:
    """ "The capture of P gives *A* a base", "marks *A's* biggest success", "is a victory for *A*": who took it."""
    lex, after = lexis(), [c for c in verb.children if c.i > verb.i]
    if lex.has("benefits", s.lemma(verb)):
        return [c.i for c in after if c.dep_ in ("iobj", "obj")][:1]
    prizes = [verb, *(c for c in after if c.dep_ == "obj" and lex.has("means", s.lemma(verb)))]
    return [
        c.i
        for prize in prizes
        if lex.has("victories", s.lemma(prize))
        for c in prize.children
        if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and preposition(c) in ("for", "of"))
    ]


def _went_through(s: Sentence, t: Token) -> list[int]:
    """ "P saw clashes", "P was the scene of clashes": P, where they took place."""
    lex = lexis()
    if t.dep_ == "obj" and lex.has("goes_through", s.lemma(t.head)):
        above = t.head
    elif t.dep_ == "nmod" and preposition(t) == "of" and lex.has("scene", s.lemma(t.head)):
        above = t.head if t.head.dep_ != "xcomp" and t.head.dep_ != "obj" else t.head.head
    else:
        return []
    return [c.i for c in above.children if c.dep_ == "nsubj"]
