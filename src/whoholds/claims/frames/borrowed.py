"""The doer of a verb that stands under a noun or beside a verb of saying, and has its subject from there."""

from __future__ import annotations

from whoholds.annotate.clauses.chosen import singled_out
from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.frames.slots import Slots

REPELS = lexis()["repels"]
GIVES = frozenset(["give", "grant", "hand"])
CIRCUMSTANCE = frozenset(["by", "after", "before", "while", "since", "when", "without", "despite", "upon", "through"])
"""What opens a phrase of how or when, and not of whose or where."""


FREES = frozenset(
    ["clear", "liberate", "free", "secure", "cleanse", "purge", "purify", "pacify", "retake", "recapture"]
)
""" "Declared P liberated": what one declares of one's own work."""


def under_declaring(s: Sentence, clause: Clause, slots: Slots) -> None:
    """ "The army declared P cleared": the army did it; whoever declares it overrun did not."""
    above = s.clause_of.get(s.doc[clause.verb].head.i)
    undone = clause.voice == "passive" and not clause.agents and clause.lemma in FREES
    if undone and clause.relation == "xcomp" and above is not None and lexis().has("declares", above.lemma):
        slots.add("subj", *(above.agents if above.voice == "passive" else above.subjects))


def under_noun(s: Sentence, clause: Clause, slots: Slots) -> None:
    """ "its plan to retake P", "with the intention of taking P": who plans is who is to take it."""
    verb = s.doc[clause.verb]
    noun = verb.head
    if verb.dep_ not in ("acl", "nmod", "advcl") or noun.pos_ not in ("NOUN", "PROPN") or clause.voice == "passive":
        return
    lex, lemma = lexis(), s.lemma(noun)
    undertaken = lex.has("undertakings", lemma) or lex.has("operations", lemma)
    if noun.i in clause.subjects and noun.dep_ == "obj" and "to" in clause.marks and not undertaken:
        # "expect the army to attack P": the army does
        return
    if any(c.dep_ == "cop" for c in noun.children) or singled_out(verb):
        # "were in control of P after driving out X": the subject is that of "were"
        return
    if any(c.dep_ == "nsubj" for c in verb.children) or not any(
        c.dep_ in ("mark", "case") for c in verb.children if c.i < verb.i
    ):
        return
    if lexis().has("force", s.lemma(noun)) or lexis().has("nonstate_force", s.lemma(noun)):
        return
    # "overthrew the president by taking P" says nothing of whose the president is.
    circumstance = verb.tag_ == "VBG" and any(c.lower_ in CIRCUMSTANCE for c in verb.children if c.i < verb.i)
    owner = [
        c.i
        for c in (() if circumstance else noun.children)
        if c.dep_ == "nmod:poss"
        or (c.dep_ in ("compound", "amod") and c.i < noun.i and _of_a_side(s, c))
        or (c.dep_ == "nmod" and preposition(c) in ("by", "of"))
        # "a deadline for the rebels to leave P"
        or (c.dep_ == "nmod" and preposition(c) == "for" and "to" in clause.marks and c.i < verb.i)
    ]
    # "resisted an attempt by the rebels to take P": nobody else's
    named = any(c.dep_ == "nmod" and preposition(c) == "by" for c in noun.children) and not circumstance
    node = noun
    for _ in range(4):
        if node.head.i == node.i:
            break
        child, node = node, node.head
        other = s.clause_of.get(node.i)
        if other is not None and other.lemma in REPELS:
            slots.add("foe", *(other.agents if other.voice == "passive" else other.subjects))
        if (
            other is not None
            and (other.lemma in REPELS or lexis().has("say", other.lemma))
            and other.lemma != "announce"
        ):
            # "repelled attempts to retake P": somebody else's; so perhaps are those that are only spoken of
            break
        if other is not None and not named:
            who = other.agents if other.voice == "passive" else other.subjects
            if other.lemma in GIVES:
                # "gave the rebels two days to leave P", "was given the order to retake P": whoever is given it
                who = other.subjects if other.voice == "passive" else other.after("to") or who
            owner += [i for i in who if i != child.i]
            break
    slots.heads["subj"] = owner


def _of_a_side(s: Sentence, t: Token) -> bool:
    """Whether a word before a noun may say whose it is: "a Kurdish attempt", not "a second attempt"."""
    return t.dep_ == "compound" or t.text[0].isupper() or lexis().has("nonstate_modifier", t.lower_, s.lemma(t))


def under_saying(s: Sentence, clause: Clause, slots: Slots) -> None:
    """ "said that A entered P and took Q": "took" belongs to A, even where the parser hung it on "said"."""
    verb = s.doc[clause.verb]
    while _goes_on(verb) and not lexis().has("say", s.lemma(verb.head)):
        # "said that A entered P, burned it and fled before sunrise"
        verb = verb.head
    head = verb.head
    if (
        verb.dep_ != "conj"
        or not lexis().has("say", s.lemma(head))
        or any(c.dep_ in ("nsubj", "nsubj:pass") for c in verb.children)
    ):
        return
    said = [c for c in head.children if c.dep_ == "ccomp"]
    # "said in a statement that"
    said += [
        c
        for x in head.children
        if x.dep_ in ("obl", "obj")
        for c in x.children
        if c.dep_ in ("acl", "acl:relcl", "ccomp") and any(m.lower_ == "that" for m in c.children)
    ]
    inner = [c for c in said if head.i < c.i < verb.i]
    if inner and (other := s.clause_of.get(inner[-1].i)):
        if clause.voice == "passive":
            # "said that A tried to storm P and were driven off"
            slots.heads["obj"] = list(other.subjects) or slots.get("obj")
        else:
            slots.heads["subj"] = list(other.agents if other.voice == "passive" else other.subjects) or slots.get(
                "subj"
            )


def _goes_on(verb: Token) -> bool:
    """The verb has the subject of the one before it."""
    shares = verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
    return shares and verb.head.i < verb.i and not any(c.dep_ in ("nsubj", "nsubj:pass") for c in verb.children)
