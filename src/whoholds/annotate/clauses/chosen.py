"""Verbs without a subject of their own that say what became of a noun: "the latest town to fall", "left it encircled".

The functions change drafts in place.
"""

from __future__ import annotations

from whoholds.annotate.clauses.drafts import SUBJECT, TRANSITIVE, Draft, marks
from whoholds.annotate.trees.nominals import expand
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

_CHOSEN = lexis()["singled_out"]
_LEAVE = frozenset(("leave", "keep", "have", "get", "remain", "stay", "lie", "stand", "find"))
"""Verbs after which a bare participle says in what state something is."""

_HAVE = frozenset(("have", "keep", "get", "hold"))
"""Of these, those whose subject brings it about."""


def singled_out(verb: Token) -> Token | None:
    """ "the first group to enter", "P, the third town to fall": the noun, one of its kind, that an infinitive is of."""
    if verb.dep_ not in ("acl", "csubj", "xcomp", "advcl") or "to" not in marks(verb):
        return None
    if verb.head.pos_ == "ADJ":
        # "P was the next to fall": the noun is left out
        picked = (verb.head.lower_ in _CHOSEN or verb.head.lower_ == "next") and verb.head.i + 2 == verb.i
        return verb.head if picked and any(c.lower_ == "the" for c in verb.head.children) else None
    if verb.dep_ != "acl":
        return None
    aside = [c for c in verb.head.children if c.dep_ == "appos" and c.i < verb.i]
    return next((noun for noun in (verb.head, *aside) if _one_of_many(noun)), None)


def _one_of_many(noun: Token) -> bool:
    """Places and those who fight for them only: not "the only way to take it"."""
    counted = any(
        c.i < noun.i and (c.lower_ in _CHOSEN or c.lower_ == "next" or c.tag_ == "JJS") for c in noun.children
    )
    return counted and lexis().has("can_be_first", noun.lemma_.lower())


def chosen(d: Draft) -> None:
    """ "P is the latest town to be captured", "P, the fourth town to fall": P is the subject of the infinitive."""
    noun = None if d.subjects else singled_out(d.token)
    if noun is None:
        return
    named = noun.head if noun.dep_ == "appos" else noun
    if any(c.dep_ == "cop" for c in noun.children):
        named = next((c for c in noun.lefts if c.dep_ in SUBJECT), noun)
    d.subjects = [j for j in expand(d.doc, named.i) if j < d.token.i]


def left_so(d: Draft) -> None:
    """ "left the town surrounded", "the town remained besieged": the participle is a passive."""
    token = d.token
    if token.dep_ == "xcomp" and token.tag_ in ("VBN", "VBD") and not d.auxiliaries and not d.objects:
        d.passive |= token.head.lemma_ in _LEAVE and token.lemma_ in TRANSITIVE
        if d.passive and not d.agents and token.head.lemma_ in _HAVE and d.objects == []:
            # "have P surrounded", "kept the garrison pinned down": they do it themselves
            d.agents = [j for c in token.head.lefts if c.dep_ == "nsubj" for j in expand(d.doc, c.i)]
