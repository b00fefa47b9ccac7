"""The other side of a claim, where its own words name none but the report does.

Who is the other side differs from place to place: of two enemies of an army it is the one that held this town. So each
candidate is weighed: named in the sentence, said elsewhere to fight the same side, heard of at the same place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from whoholds.claims.draft import Draft
from whoholds.claims.register import Register
from whoholds.gazetteer.names import fold
from whoholds.model import Kind, Mode

LEAVES = frozenset([Kind.LOSES, Kind.WITHDRAWS])
NAMED_HERE, NAMED_BEFORE, AT_PLACE, FOUGHT_HERE, FOUGHT = 4.0, 1.5, 5.0, 6.0, 2.0
"""What each sign weighs. Set by the order in which they mislead least, not fitted."""
BEFORE = 2
"""How many sentences back a name still counts."""


def oppose(drafts: Sequence[Draft], register: Register) -> list[Draft]:
    """The drafts, each with the other side that its words or the report settle."""
    sides = _Sides(drafts, register)
    return [d if d.against_span is not None else replace(d, against=sides.against(d)) for d in drafts]


class _Sides:
    def __init__(self, drafts: Sequence[Draft], register: Register) -> None:
        self.register = register
        self.fought: Counter[frozenset[str]] = Counter()
        self.at: dict[str, list[Draft]] = {}
        for d in drafts:
            if d.actor and d.against and d.against_span is not None:
                self.fought[frozenset((d.actor, d.against))] += 1
            if d.place.name:
                self.at.setdefault(fold(d.place.name), []).append(d)
        self.actors = {d.actor for d in drafts if d.actor} | {d.against for d in drafts if d.against_span and d.against}
        self.actors |= set(register.seen)
        self.named: list[set[str]] = [
            {a for _, ref in row if (a := register.resolve(ref, n)[0])} if len(row) < 40 else set()
            for n, row in enumerate(register.refs)
        ]

    def against(self, d: Draft) -> str | None:
        """The likeliest other side, or None."""
        if d.actor is None:
            return d.against
        weighed = [(self._weight(d, d.actor, b), b) for b in sorted(self.actors) if self._rivals(d.actor, b)]
        weighed = [(w, b) for w, b in weighed if w > 0]
        if not weighed:
            return d.against
        weight, best = max(weighed, key=lambda x: (x[0], len(self.register.seen.get(x[1], ())), x[1]))
        if d.kind in (Kind.HOLDS, Kind.ABSENT) and weight < AT_PLACE:
            return None
        return best

    def _rivals(self, a: str, b: str) -> bool:
        if a == b or frozenset((a, b)) in self.fought:
            return a != b
        if a.startswith("gov:") and b.startswith("gov:"):
            return False
        return self.register.opposed(a, b)

    def _weight(self, d: Draft, a: str, b: str) -> float:
        weight = FOUGHT * min(3, self.fought[frozenset((a, b))])
        beside = self.at.get(fold(d.place.name), []) if d.place.name else []
        for x in beside:
            if x is d or x.mode is Mode.DENIED:
                continue
            if x.against_span is not None and {x.actor, x.against} == {a, b}:
                weight += FOUGHT_HERE
                break
        if any(x.actor == b for x in beside):
            weight += AT_PLACE
        if b in self.named[d.sentence]:
            weight += NAMED_HERE
        elif any(b in self.named[n] for n in range(max(0, d.sentence - BEFORE), d.sentence)):
            weight += NAMED_BEFORE
        weight += min(1.0, len(self.register.seen.get(b, ())) / 10)
        return weight if not b.startswith("coalition:") else weight - NAMED_HERE
