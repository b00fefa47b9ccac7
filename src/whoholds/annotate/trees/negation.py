"""What "not" denies: nothing in "not only", and only the first of two in "not the rebels but the army"."""

from __future__ import annotations

from whoholds.annotate.trees.tree import Token, text_of


def not_but(token: Token) -> bool:
    """ "It was not the rebels but the army that": the army."""
    denied = any(c.lower_ == "not" and c.i < token.i and not not_only(c) for c in token.children)
    return denied and any(g.lower_ == "but" for c in token.children if c.dep_ == "conj" for g in c.children)


def set_apart(token: Token) -> bool:
    """ "P but not Q": Q."""
    return any(c.lower_ == "not" and c.i < token.i and not not_only(c) for c in token.lefts)


def not_only(t: Token) -> bool:
    """ "not only", "it was not until Tuesday that", "hardly had they left when": no negation."""
    after = text_of(t.doc[t.i + 1 : t.i + 2]).lower()
    if t.lower_ in ("hardly", "barely", "scarcely"):
        return after == "had"
    return t.lower_ == "not" and after in ("only", "just", "merely", "simply", "until")
