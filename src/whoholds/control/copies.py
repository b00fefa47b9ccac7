"""Near copies among reports: which of them carry one report's words, and from whom each has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

SAME = 0.6
"""The least share of equal numbers in two signatures, an estimate of the share of runs of words they have in common.

A story with its last third cut is still a copy; two stories that quote one paragraph are not."""
BAND = 4
"""Numbers that have to be equal in one place for two reports to be compared at all; 16 bands of 4 find nine of ten
pairs that are just SAME, and all that are much alike: 1 - (1 - s**4)**16."""

MANY, FEW = 50, 5
"""Of more copies than this, each is compared with the first few only."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A report in a tree of copies."""

    report_id: str
    parent: str | None
    """The earlier report that it is most alike; None for the one that all others come from."""
    likeness: float
    """To its parent, 0 to 1; 1 for the root."""
    depth: int


def trees(signatures: Mapping[str, bytes], published: Mapping[str, date | None]) -> list[list[Copy]]:
    """The groups of near copies, each as a tree: root first, then each with those that have it from it.

    A report without a date stands after all dated ones. The order of the mappings makes no difference; reports that are
    no copies and have none are left out.
    """
    names = sorted(signatures, key=lambda name: (published.get(name) or date.max, name))
    numbers = {name: np.frombuffer(signatures[name], dtype="<u4") for name in names}
    rank = {name: n for n, name in enumerate(names)}
    parents: dict[str, tuple[str, float]] = {}
    for one, other in sorted(_pairs(names, numbers), key=lambda pair: (rank[pair[0]], rank[pair[1]])):
        likeness = float((numbers[one] == numbers[other]).mean())
        if likeness >= SAME and likeness > parents.get(other, ("", 0.0))[1]:
            parents[other] = (one, likeness)
    below: dict[str, list[str]] = {}
    for name in names:
        if name in parents:
            below.setdefault(parents[name][0], []).append(name)
    return [list(_walk(name, parents, below)) for name in names if name not in parents and name in below]


def roots(found: Iterable[Iterable[Copy]]) -> dict[str, str]:
    """For each report of the trees, its root included, the root."""
    result: dict[str, str] = {}
    for tree in found:
        root = ""
        for copy in tree:
            root = copy.report_id if copy.parent is None else root
            result[copy.report_id] = root
    return result


def _pairs(names: Iterable[str], numbers: Mapping[str, np.ndarray]) -> set[tuple[str, str]]:
    """Pairs, earlier first, that agree in a band."""
    bands: dict[tuple[int, bytes], list[str]] = {}
    for name in names:
        values = numbers[name]
        for at in range(0, len(values), BAND):
            bands.setdefault((at, values[at : at + BAND].tobytes()), []).append(name)
    pairs: set[tuple[str, str]] = set()
    for alike in bands.values():
        if len(alike) <= MANY:
            pairs |= {*combinations(alike, 2)}
        else:  # each is compared with the first ones only: they share a root in any case
            pairs |= {(one, name) for n, one in enumerate(alike[:FEW]) for name in alike[n + 1 :]}
    return pairs


def _walk(root: str, parents: Mapping[str, tuple[str, float]], below: Mapping[str, list[str]]) -> Iterable[Copy]:
    left = [(root, 0)]
    while left:
        name, depth = left.pop()
        parent, likeness = parents.get(name, (None, 1.0))
        yield Copy(name, parent, round(likeness, 3), depth)
        left += [(child, depth + 1) for child in reversed(below.get(name, ()))]
