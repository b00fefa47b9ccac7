"""How much an answer rests on a claim, roughly: what a reviewer should look at first.

Exact would be to leave each claim out and work the place out again (`views.why` does it for one place); for a whole
ledger that is too much. The figures are judgement: they order a queue and decide nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from whoholds.model import Spell

NONE = 0.02
"""Of a claim that moves no answer."""
AGAINST = 0.5
BEFORE = 0.3
"""Of a spell that is not the last."""
SURE = 0.5
"""How much less a claim matters where the answer is wholly supported."""


def consequences(courses: Iterable[Sequence[Spell]]) -> dict[str, float]:
    """By a claim's id, 0 to 1: 1 where the latest answer for its place rests on it alone, and on little."""
    found: dict[str, float] = {}
    for course in courses:
        for spell in course:
            last = spell is course[-1]
            doubt = 1.0 if spell.disputed else 1 - SURE * spell.support
            for ids, factor in ((spell.claims_for, 1.0), (spell.claims_against, AGAINST)):
                weight = factor * doubt * (1.0 if last else BEFORE) / math.sqrt(max(len(ids), 1))
                for name in ids:
                    found[name] = max(found.get(name, 0.0), round(weight, 4))
    return found
