"""Mending of relations that no English sentence has, each where the parser's choice turns what is said round."""

from __future__ import annotations

from whoholds.annotate.tagging import Table


def impossible(t: Table) -> None:
    """Change the table in place."""
    for i, dep in enumerate(t.deps):
        above = t.heads[i]
        if dep == "acl:relcl" and above < i and t.pos[above] == "VERB":
            # "denies the city has fallen": a verb has no relative clause
            t.deps[i] = "ccomp"
        elif dep == "nsubj" and above == i + 1 and t.pos[above] == "NOUN" and t.pos[i] == "PROPN":
            # "The JNIM blockade of Djibo continues": who stands before a noun that is no predicate
            inner = [t.deps[c] for c in t.children(above)]
            if t.deps[above] in ("nsubj", "nsubj:pass", "obj", "obl") and "cop" not in inner:
                t.deps[i] = "compound"
