"""Mending of what a list hangs on: names and places that the parser joined to the wrong noun, or to none."""

from __future__ import annotations

from whoholds.annotate.tagging import SUBJECT, Table
from whoholds.annotate.words import lexis

_PHRASE = ("det", "amod", "compound", "flat", "nummod", "nmod:poss", "case", "cc", "punct", "advmod")
LONGEST_SIDE = 9
"""Words of one side of a fight, at most."""


def coordinate(t: Table) -> None:
    """Mend the lists of a sentence, from left to right."""
    for i in range(len(t.words)):
        if t.words[i] in lexis()["beside_it"] and t.tags[i] == "VBG":
            _nearby(t, i)
        elif t.words[i] == "between" and t.deps[i] == "case":
            _two_sides(t, i)
        elif t.deps[i] == "conj" and t.pos[i] == "NOUN" and i and t.words[i - 1] == ",":
            _after_the_place(t, i)
        elif t.deps[i] == "appos":
            _between_members(t, i)
        elif t.pos[i] == "PROPN" and t.deps[i] in ("conj", "parataxis"):
            _with_the_object(t, i)


def _nearby(t: Table, i: int) -> None:
    """ "clashes in neighbouring Kamenge", with a verb for the adjective."""
    name = next((c for c in t.children(i) if c > i and t.deps[c] in ("obj", "nsubj", "obl")), None)
    if name is None or name - i > 4 or any(t.deps[c] in ("nsubj", "aux") for c in t.children(i) if c < i):
        return
    if any(t.deps[k] not in _PHRASE for k in range(i + 1, name)):
        return
    case = any(t.deps[c] in ("mark", "case") for c in t.children(i) if c < i)
    over = t.heads[i]
    t.tags[i], t.pos[i], t.morphs[i] = "JJ", "ADJ", "Degree=Pos"
    t.heads[name], t.deps[name] = (name if over == i else over), t.deps[i]
    if t.deps[i] in ("advcl", "acl", "xcomp", "ccomp", "amod"):
        nominal = t.pos[over] in ("NOUN", "PROPN") and t.deps[i] != "advcl"
        t.deps[name] = ("nmod" if nominal else "obl") if case else "obj"
    for c in t.children(i):
        t.heads[c] = name
        if t.deps[c] == "mark":
            t.deps[c] = "case"
    t.heads[i], t.deps[i] = name, "amod"


def _two_sides(t: Table, i: int) -> None:
    """ "Clashes between the army and the rebels broke out", with the rebels for who broke out."""
    first = t.heads[i]
    noun = t.heads[first]
    joint = next((k for k in range(first + 1, min(first + LONGEST_SIDE, len(t.words))) if t.words[k] == "and"), None)
    if joint is None or t.deps[first] != "nmod" or noun >= i or any(t.deps[c] == "conj" for c in t.children(first)):
        return
    verb = t.heads[joint]
    second = next((c for c in t.children(verb) if joint < c < verb and t.deps[c] == "nsubj"), None)
    if second is None or t.deps[verb] != "conj" or t.heads[verb] != noun or t.pos[noun] != "NOUN":
        return
    t.heads[second], t.deps[second], t.heads[joint] = first, "conj", second
    t.heads[verb], t.deps[verb] = (verb if t.heads[noun] == noun else t.heads[noun]), t.deps[noun]
    t.heads[noun], t.deps[noun] = verb, "nsubj"
    for c in t.children(noun):
        if c > verb:
            t.heads[c] = verb


def _after_the_place(t: Table, i: int) -> None:
    """ "In North Kivu, fighting resumed", with the fighting for a second place."""
    place = t.heads[i]
    verb = t.heads[place]
    if t.deps[place] != "obl" or not place < i < verb or t.tags[verb] not in ("VBD", "VBZ", "VBP"):
        return
    below = t.children(verb)
    listed = any(t.words[c] in ("and", "or") for x in (place, i) for c in t.children(x))
    if not listed and not any(t.deps[c] in SUBJECT or t.deps[c] == "expl" for c in below):
        t.heads[i], t.deps[i] = verb, "nsubj"


def _between_members(t: Table, i: int) -> None:
    """ "the bridge, the airfield and the barracks", with the second for another name of the first."""
    head = t.heads[i]
    after = [c for c in t.children(head) if c > i and t.deps[c] == "conj"]
    if not after or t.pos[i] != "NOUN" or t.pos[head] != "NOUN":
        return
    last = after[0]
    joined = any(t.deps[c] == "cc" for c in t.children(last))
    if joined and all(t.deps[k] in ("det", "amod", "compound", "cc", "punct") for k in range(i + 1, last)):
        t.deps[i] = "conj"


def _with_the_object(t: Table, i: int) -> None:
    """ "took A near the coast and B in the east", "took A on Monday, then B": B goes with A."""
    head = t.heads[i]
    if t.deps[i] == "conj":
        # what it was joined to is an ordinary noun with a preposition, that hangs on a verb
        verb = t.heads[head]
        joined = t.pos[head] == "NOUN" and t.deps[head] == "obl" and any(t.deps[c] == "case" for c in t.children(head))
    else:
        verb = head
        joined = i > 1 and t.words[i - 1] == "then" and all(t.deps[c] in _PHRASE for c in t.children(i))
    own = any(t.deps[c] == "case" for c in t.children(i)) or any(t.deps[c] in ("nsubj", "cop") for c in t.children(i))
    objects = [c for c in t.children(verb) if t.deps[c] in ("obj", "nsubj:pass") and t.pos[c] == "PROPN" and c < i]
    if not joined or own or not objects or t.pos[verb] != "VERB":
        return
    members = [objects[-1], *(c for c in t.children(objects[-1]) if t.deps[c] == "conj" and c < i)]
    t.heads[i], t.deps[i] = members[0], "conj"
