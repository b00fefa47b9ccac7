"""What stands before "that" in "It was P that they took", "It was into P that they marched": it is the verb's.

The function changes drafts in place.
"""

from __future__ import annotations

from whoholds.annotate.clauses.drafts import Draft
from whoholds.annotate.trees.nominals import expand, is_time, preposition, with_preposition

_HUNG = frozenset(("acl", "acl:relcl", "advcl:relcl", "csubj", "advcl", "ccomp"))
"""How the parser hangs what follows "that"."""


def cleft(d: Draft) -> None:
    """Gives the verb the object or the phrase that "it was" has set before it. A subject ("It was the army that took
    P") is found by the relative pronoun, a time by those who look for times."""
    verb, top = d.token, d.token.head
    if verb.dep_ not in _HUNG or verb.i < top.i or not any(c.lower_ in ("that", "which") for c in verb.lefts):
        return
    beside = {c.dep_: c.lower_ for c in top.lefts if c.dep_ in ("expl", "nsubj", "cop")}
    if "cop" not in beside or "it" not in beside.values() or is_time(top):
        return
    if preposition(top):
        d.obliques += [p for p in with_preposition(d.doc, top.i) if p[1] < verb.i]
    elif d.subjects and not d.passive and not d.objects and top.text[:1].isupper():
        d.objects = [j for j in expand(d.doc, top.i) if j < verb.i and j not in d.subjects]
