"""All mends of a parse, one after the other; whatever one of them does, a tree comes out.

A mend knows what parsers do wrong, not every tree that one may give. Where a mend would hang two words on each other,
the tree stays as it was before that mend: spaCy goes round such a ring for ever, or ends the process.
"""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.annotate.after_times import after_times
from whoholds.annotate.coordination import coordinate
from whoholds.annotate.impossible import impossible
from whoholds.annotate.name_lists import name_lists
from whoholds.annotate.no_longer import no_longer
from whoholds.annotate.openings import name_first
from whoholds.annotate.particles import particle_verbs
from whoholds.annotate.relations import relations
from whoholds.annotate.relatives import relatives
from whoholds.annotate.reported import contents
from whoholds.annotate.tagging import Table, mend

MENDS = (
    mend,
    coordinate,
    name_lists,
    name_first,
    contents,
    relatives,
    particle_verbs,
    no_longer,
    impossible,
    relations,
    after_times,
)


def mend_all(t: Table) -> None:
    """Mend a parse in place."""
    for step in MENDS:
        heads, deps = t.heads[:], t.deps[:]
        step(t)
        if t.heads != heads and not is_tree(t.heads):
            t.heads[:], t.deps[:] = heads, deps


def is_tree(heads: Sequence[int]) -> bool:
    """Whether every word reaches the one root, its own head, by going from head to head."""
    reaches = [False] * len(heads)
    for i in range(len(heads)):
        path = []
        while not reaches[i]:
            reaches[i] = True
            path.append(i)
            if heads[i] == i:
                break
            i = heads[i]
            if i in path:
                return False
    return sum(head == i for i, head in enumerate(heads)) <= 1
