"""Mending of what a list hangs on: names, places and deeds that the parser joined to the wrong word, or to none."""

from __future__ import annotations

from whoholds.annotate.trees.nominals import TIME
from whoholds.annotate.trees.table import Table
from whoholds.annotate.words import lexis

_PHRASE = ("det", "amod", "compound", "flat", "nummod", "nmod:poss", "case", "cc", "punct", "advmod")


_BESIDE = ("parataxis", "xcomp", "ccomp", "advcl")
_LINKED = frozenset(["nsubj", "nsubj:pass", "mark", "aux", "aux:pass", "cop", "case"])


def coordinate(t: Table) -> None:
    """Mend the lists of a sentence, from left to right."""
    for i, dep in enumerate(t.deps):
        if i > 2 and t.words[i - 1] == "," and t.words[i] in lexis()["headline_verbs"]:
            _looks_at(t, i)
        elif dep in _BESIDE and i > 2 and t.words[i - 1] == "," and t.tags[i] in ("VB", "VBZ", "VBP"):
            _one_more_deed(t, i)
        if t.tags[i] == "VBG" and t.words[i] in lexis()["beside_it"]:
            _nearby(t, i)
        elif dep in ("conj", "parataxis") and t.pos[i] == "PROPN":
            _with_the_object(t, i)
        if dep == "conj" and t.deps[i] == "conj" and t.pos[i] in ("NOUN", "PROPN"):
            _said_again(t, i)


def _said_again(t: Table, i: int) -> None:
    """ "an attack on A and on the base at B", "masters of A to the west and of B": said again, "of" joins B to A."""
    beside = t.heads[i]
    case = _preposition(t, i)
    if not case or t.pos[beside] != "NOUN" or beside > i or t.words[i] in TIME or case == _preposition(t, beside):
        return
    for noun in (beside, t.heads[beside]):
        before = [c for c in t.children(noun) if noun < c < i and t.deps[c] == "nmod" and _preposition(t, c) == case]
        if before and t.pos[noun] == "NOUN":
            t.hang(i, before[-1])
            return


def _preposition(t: Table, i: int) -> str:
    return next((t.words[c] for c in t.children(i) if t.deps[c] == "case" and c < i), "")


def _one_more_deed(t: Table, i: int) -> None:
    """ "Rebels seize Bor, advance on Juba": a headline needs no "and"."""
    over = t.heads[i]
    finite = t.tags[over] in ("VBZ", "VBP") and "nsubj" in t.labels(over) and over < i
    if finite and not t.labels(i) & _LINKED:
        t.tags[i] = "VBZ" if t.words[i].endswith("s") else "VBP"
        t.deps[i] = "conj"


def _looks_at(t: Table, i: int) -> None:
    """ "Rebels seize Bor, eye Juba": no list of names."""
    verb = next((k for k in range(i - 2, 0, -1) if t.tags[k] in ("VBZ", "VBP")), None)
    if verb is None or i + 1 >= len(t.words) or not t.capital[i + 1] or t.labels(i) & {"nsubj", "det"}:
        return
    name = i + 1
    while t.heads[name] > i and t.pos[t.heads[name]] == "PROPN":
        name = t.heads[name]
    t.tags[i], t.pos[i] = ("VBZ" if t.words[i].endswith("s") else "VBP"), "VERB"
    t.hang(i, verb, "conj")
    t.hang(name, i, "obj")


def _nearby(t: Table, i: int) -> None:
    """ "clashes in neighbouring Kamenge", with a verb for the adjective."""
    name = next((c for c in t.children(i) if c > i and t.deps[c] in ("obj", "nsubj", "obl")), None)
    if name is None or name - i > 4 or any(t.deps[c] in ("nsubj", "aux") for c in t.children(i) if c < i):
        return
    if any(t.deps[k] not in _PHRASE for k in range(i + 1, name)):
        return
    over, dep = t.heads[i], t.deps[i]
    if dep == "acl" and over == i - 1:
        return  # "rebels surrounding P cut its water": what they do
    if dep in ("advcl", "acl", "xcomp", "ccomp", "amod"):
        case = any(t.deps[c] in ("mark", "case") for c in t.children(i) if c < i)
        dep = ("nmod" if t.pos[over] in ("NOUN", "PROPN") and dep != "advcl" else "obl") if case else "obj"
    t.tags[i], t.pos[i] = "JJ", "ADJ"
    t.hang(name, name if over == i else over, dep)
    for c in t.children(i):
        t.hang(c, name, "case" if t.deps[c] == "mark" else None)
    t.hang(i, name, "amod")


def _with_the_object(t: Table, i: int) -> None:
    """ "took A near the coast and B in the east", "took A on Monday, then B", "took A, but not B": B goes with A."""
    head = t.heads[i]
    labels = t.labels(i)
    if t.deps[i] == "conj":
        # what it was joined to is a verb, or an ordinary noun with a preposition that hangs on one
        verb = head if t.pos[head] == "VERB" else t.heads[head]
        joined = verb == head or (t.pos[head] == "NOUN" and t.deps[head] == "obl" and "case" in t.labels(head))
    else:
        verb = head
        joined = i > 1 and t.words[i - 1] == "then" and labels <= set(_PHRASE)
    if not joined or t.pos[verb] != "VERB" or labels & {"case", "nsubj", "cop"}:
        return
    whose = ("obj",) if verb == head else ("obj", "nsubj:pass")
    objects = [c for c in t.children(verb) if t.deps[c] in whose and t.pos[c] == "PROPN" and c < i]
    if objects:
        t.hang(i, objects[-1], "conj")
