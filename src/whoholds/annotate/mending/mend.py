"""All mends of a parse, one after the other; whatever one of them does, a tree comes out.

A mend knows what parsers do wrong, not every tree that one may give. Where a mend would hang two words on each other,
the tree stays as it was before that mend: what goes from head to head would go round such a ring for ever.

A mend stays only where it changes a claim for the better (measured on every corpus of `eval/`): the parser of 2026 has
learnt most of what there were mends for.
"""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.annotate.mending.after_times import after_times
from whoholds.annotate.mending.all_they_have import all_they_have
from whoholds.annotate.mending.coordination import coordinate
from whoholds.annotate.mending.impossible import impossible
from whoholds.annotate.mending.inserted import inserted
from whoholds.annotate.mending.name_lists import name_lists
from whoholds.annotate.mending.relations import relations
from whoholds.annotate.mending.relatives import relatives
from whoholds.annotate.mending.reported import contents
from whoholds.annotate.mending.set_phrases import set_phrases
from whoholds.annotate.mending.tagging import mend
from whoholds.annotate.trees.table import Table

MENDS = (
    mend,
    set_phrases,
    inserted,
    coordinate,
    name_lists,
    contents,
    relatives,
    all_they_have,
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
            t.reset(heads, deps)


def is_tree(heads: Sequence[int]) -> bool:
    """Whether every word reaches the one root, its own head, by going from head to head."""
    seen = [-1] * len(heads)
    for start in range(len(heads)):
        i = start
        while seen[i] < 0:
            seen[i] = start
            if heads[i] == i:
                break
            i = heads[i]
        else:
            if seen[i] == start:
                return False
    return sum(head == i for i, head in enumerate(heads)) <= 1
