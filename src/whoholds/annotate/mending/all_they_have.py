"""What somebody still has, said the other way round: "All the rebels have left is P", "the last town they have left".

Who "has left" a town is gone from it; who has a town left is there, and it is the last. The functions change the table
in place.
"""

from __future__ import annotations

from whoholds.annotate.listing import words
from whoholds.annotate.trees.table import Table
from whoholds.annotate.words import lexis

ALL = words("all what everything")
LAST = words("only last sole all few one remaining single")
HAVE = words("has have had")
BE = words("is are was were")
FAR = 8
"""Words from "all" to the verb, at most."""


def all_they_have(t: Table) -> None:
    """Mend "all X has left" and "all X holds is P"."""
    for i in range(2, len(t.words)):
        if t.words[i] == "left" and t.tags[i] == "VBN" and (have := _have_before(t, i)) > 0:
            _is_left(t, have, i)
    if t.words[:1] and t.words[0] in ALL:
        _is_all(t)


def _have_before(t: Table, left: int) -> int:
    """The "has" of "the last town X still has left"; 0 where X has left a town."""
    have = left - 1 - (t.pos[left - 1] == "ADV")
    if t.words[have] not in HAVE or any(t.deps[c] == "obj" and c > left for c in t.children(left)):
        return 0
    noun = t.heads[left]
    last = t.deps[left] == "acl:relcl" and any(t.words[c] in LAST for c in t.children(noun) if c < noun)
    opens = t.words[0] in ALL and have < FAR and all(t.pos[k] != "VERB" for k in range(1, have))
    return have if last or opens else 0


def _is_left(t: Table, have: int, left: int) -> None:
    """ "has" is the verb, and "left" what is said of the town."""
    above, dep = t.heads[left], t.deps[left]
    t.hang(have, have if above == left else above, dep)
    for c in t.children(left):
        t.hang(c, have)
    t.hang(left, have, "xcomp")
    t.pos[have], t.pos[left], t.tags[left] = "VERB", "ADJ", "JJ"


def _is_all(t: Table) -> None:
    """ "All X holds in Q is P" as "X holds P in Q"."""
    be = next((i for i in range(2, len(t.words)) if t.words[i] in BE or t.words[i] in ",;:"), 0)
    verb = next((i for i in range(1, be) if t.pos[i] == "VERB"), 0)
    kept = t.lemma(verb) == "have" or lexis().has("keeps_ground", t.lemma(verb))
    if not verb or t.deps[be] != "cop" or not kept or not any(t.deps[c] == "nsubj" for c in t.children(verb)):
        return
    what, root = t.heads[be], t.heads[be]
    while t.heads[root] != root and (t.heads[root] > be or t.heads[root] == verb):
        root = t.heads[root]
    t.hang(verb, verb, "root")
    t.hang(what, verb, "obj")
    if root not in (what, verb):
        t.hang(root, verb)
    for i, dep in ((0, "advmod"), (be, "advmod")):
        t.hang(i, what, dep)
        t.pos[i], t.tags[i] = "ADV", "RB"
    if t.words[1] == "that":
        t.hang(1, verb, "advmod")
