"""Mending of relations that no English sentence has, each where the parser's choice turns what is said round."""

from __future__ import annotations

from whoholds.annotate.nominals import TIME
from whoholds.annotate.tagging import SUBJECT, Table


def impossible(t: Table) -> None:
    """Change the table in place."""
    for i, dep in enumerate(t.deps):
        above = t.heads[i]
        if dep == "acl:relcl" and above < i and t.pos[above] == "VERB":
            # "denies the city has fallen": a verb has no relative clause
            t.deps[i] = "ccomp"
        elif dep == "compound" and above > i and t.pos[i] == "PROPN" and t.tags[above] in ("VBD", "VBN"):
            _before_a_verb(t, i, above)
        elif dep == "compound" and above > i and t.pos[i] in ("NOUN", "PROPN"):
            # "has been in opposition hands": what stands before a noun has neither subject nor preposition of its own
            for c in t.children(i):
                if c < i and t.deps[c] in ("nsubj", "cop", "aux", "case", "mark"):
                    t.heads[c] = above
        elif dep in ("advcl", "xcomp", "ccomp") and t.pos[i] == "PROPN":
            # "was handed over to Azerbaijan": what "to" opens before a name is no clause
            below = t.children(i)
            to = next((c for c in below if t.deps[c] == "mark" and t.words[c] in ("to", "on", "with", "by")), None)
            if to is not None and not any(t.deps[c] in ("nsubj", "cop", "aux", "obj") for c in below):
                t.deps[i], t.deps[to], t.pos[to] = "obl", "case", "ADP"
        elif dep == "case" and above > i:
            # "are in and around P": a preposition has neither subject nor copula
            for c in t.children(i):
                if t.deps[c] in ("nsubj", "cop", "aux"):
                    t.heads[c] = above
        elif dep in ("aux", "aux:pass") and t.pos[i] in ("PROPN", "NOUN") and above > i:
            # "Bor passed into rebel hands": a name is no auxiliary
            taken = any(t.deps[c] in SUBJECT for c in t.children(above))
            t.deps[i] = "compound" if taken else "nsubj"
            if not taken and t.tags[above] == "VBN" and not any(t.deps[c].startswith("aux") for c in t.children(above)):
                t.tags[above], t.morphs[above] = "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin"
        elif dep == "nsubj" and above == i + 1 and t.pos[above] == "NOUN" and t.pos[i] == "PROPN":
            # "The JNIM blockade of Djibo continues": who stands before a noun that is no predicate
            inner = [t.deps[c] for c in t.children(above)]
            if t.deps[above] in ("nsubj", "nsubj:pass", "obj", "obl") and "cop" not in inner:
                t.deps[i] = "compound"


def _before_a_verb(t: Table, i: int, verb: int) -> None:
    """ "Darwin and Goose Green freed": names before a verb are no part of it."""
    if t.words[verb - 1] in ("-", "–") or t.words[i] in TIME:
        return
    taken = next((c for c in t.children(verb) if c < i and t.deps[c] in SUBJECT), None)
    if taken is None:
        t.deps[i] = "nsubj"
    elif t.pos[i - 1] == "PROPN" and t.under(i - 1, taken):
        t.heads[i], t.deps[i] = i - 1, "flat"
