"""Mending of phrases that the parser takes apart: "street by street", "warded off a raid", "began clearing operations",
"called their claim to have taken P a lie"."""

from __future__ import annotations

from whoholds.annotate.trees.table import Table
from whoholds.annotate.words import lexis


def set_phrases(t: Table) -> None:
    """Change the table in place."""
    for i, dep in enumerate(t.deps):
        above = t.heads[i]
        if dep in ("obj", "obl") and t.words[i + 1 : i + 3] == ["by", t.words[i]]:
            _piece_by_piece(t, i)
        elif dep in ("obl", "obj") and t.pos[above] == "VERB" and t.tags[above + 1 : above + 2] == ["RP"]:
            _with_particle(t, i, above)
        elif dep == "obj" and above == i - 1 and t.tags[above] == "VBG" and t.deps[above] == "xcomp":
            _searching(t, i, above)
        elif dep == "obj" and t.tags[i] == "NN" and any(lexis().has(x, t.words[i]) for x in ("not_so", "not_news")):
            _called(t, i)


def _piece_by_piece(t: Table, i: int) -> None:
    """ "is losing Mosul street by street", where the parser sees a "Mosul street": how, and not what."""
    names = [c for c in t.children(i) if t.deps[c] == "compound" and t.pos[c] == "PROPN"]
    if t.capital[i] or not names or t.deps[i] != "obj":
        return
    name = names[-1]
    t.hang(name, t.heads[i], "obj")
    for c in t.children(i):
        if c < name:
            t.hang(c, name)
    t.hang(i, t.heads[i], "obl:unmarked")


def _with_particle(t: Table, i: int, verb: int) -> None:
    """ "warded off a raid", with "off" for the preposition of what was warded off."""
    particle = verb + 1
    if t.heads[particle] == i and t.deps[particle] == "case":
        t.hang(particle, verb, "compound:prt")
        t.deps[i] = "obj"


def _searching(t: Table, i: int, searching: int) -> None:
    """ "began clearing operations", where the parser clears the operations: these were begun."""
    if not lexis().has("searches", t.lemma(searching)) or not lexis().has("operations", t.lemma(i)):
        return
    t.hang(i, t.heads[searching], "obj")
    for c in t.children(searching):
        t.hang(c, i, "nmod" if t.deps[c] == "obl" else None)
    t.hang(searching, i, "amod")


def _called(t: Table, i: int) -> None:
    """ "called claims to have taken P a lie", "that they had taken P a lie": what the claims were called."""
    over = t.heads[i]
    while t.heads[over] != over and not lexis().has("names_it", t.lemma(over)):
        over = t.heads[over]
    if over == t.heads[i] or not lexis().has("names_it", t.lemma(over)):
        return
    for c in t.children(t.heads[i]):
        if t.deps[c] == "iobj":  # the one object that is left
            t.deps[c] = "obj"
    t.hang(i, over, "xcomp")
