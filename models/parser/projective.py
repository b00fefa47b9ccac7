"""The best tree over scores of heads: one root, no crossing arcs, as an arc-eager parser can build it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from whoholds.annotate.mending.mend import is_tree

LEFT, RIGHT = 0, 1
"""The side of a span that its head is not on: arcs point there."""


def best(scores: NDArray[np.float64]) -> list[int]:
    """Heads as indices of words, the root's its own.

    `scores[i, j]`: how well word i hangs on the root (j = 0) or on word j - 1.
    """
    greedy = [i if j == 0 else int(j) - 1 for i, j in enumerate(scores.argmax(1))]
    return greedy if is_tree(greedy) and is_projective(greedy) else eisner(scores)


def is_projective(heads: list[int]) -> bool:
    """For a tree: no arc crosses another, and none stands over the root."""
    root = next(i for i, head in enumerate(heads) if head == i)
    arcs = [(min(i, head), max(i, head)) for i, head in enumerate(heads) if head != i]
    return not any(a < root < b or any(a < c < b < d for c, d in arcs) for a, b in arcs)


def eisner(scores: NDArray[np.float64]) -> list[int]:
    """The same by dynamic programming over spans (Eisner 1996, "Three new probabilistic models for dependency
    parsing"), the root chosen last so that there is one only."""
    n = scores.shape[0]
    whole = np.zeros((n, n, 2))
    open_ = np.full((n, n, 2), -np.inf)
    whole_at = np.zeros((n, n, 2), dtype=int)
    open_at = np.zeros((n, n), dtype=int)
    for size in range(1, n):
        for s in range(n - size):
            t = s + size
            both = whole[s, s:t, RIGHT] + whole[s + 1 : t + 1, t, LEFT]
            at = int(both.argmax())
            open_at[s, t] = s + at
            open_[s, t, LEFT] = both[at] + scores[s, t + 1]
            open_[s, t, RIGHT] = both[at] + scores[t, s + 1]
            left = whole[s, s:t, LEFT] + open_[s:t, t, LEFT]
            right = open_[s, s + 1 : t + 1, RIGHT] + whole[s + 1 : t + 1, t, RIGHT]
            whole_at[s, t] = s + int(left.argmax()), s + 1 + int(right.argmax())
            whole[s, t] = left.max(), right.max()
    root = int(np.argmax([whole[0, r, LEFT] + whole[r, n - 1, RIGHT] + scores[r, 0] for r in range(n)]))
    heads = [root] * n
    todo = [(0, root, LEFT, False), (root, n - 1, RIGHT, False)]
    while todo:
        s, t, side, is_open = todo.pop()
        if s == t:
            continue
        if is_open:
            heads[s if side == LEFT else t] = t if side == LEFT else s
            todo += [(s, open_at[s, t], RIGHT, False), (open_at[s, t] + 1, t, LEFT, False)]
        elif side == LEFT:
            at = whole_at[s, t, LEFT]
            todo += [(s, at, LEFT, False), (at, t, LEFT, True)]
        else:
            at = whole_at[s, t, RIGHT]
            todo += [(s, at, RIGHT, True), (at, t, RIGHT, False)]
    return [int(head) for head in heads]
