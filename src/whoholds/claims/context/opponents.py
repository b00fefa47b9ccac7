"""The other side of a claim, where its own words name none but the report does.

Who is the other side differs from place to place: of two enemies of an army it is the one that held this town. So each
candidate is weighed: named in the sentence or just before it, known as the enemy, heard of at the same place, spoken of
much. A militia that helps a state which is fought too stands behind that state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from whoholds.claims.draft import Draft
from whoholds.claims.sides.ground import NOWHERE, Setting
from whoholds.claims.sides.register import Register
from whoholds.claims.sides.state_wars import foes
from whoholds.gazetteer.names import fold
from whoholds.model import Kind

PRESSES = frozenset([Kind.GAINS, Kind.CONTESTS, Kind.ADVANCES, Kind.BESIEGES])
KEEPS = frozenset([Kind.HOLDS, Kind.REPELS, Kind.LOSES, Kind.WITHDRAWS])
NAMED_HERE, NAMED_BEFORE, AT_PLACE, KEEPS_PLACE, FOUGHT_HERE, DECLARED, STATES = 3.0, 2.0, 2.5, 1.0, 1.0, 3.0, 1.0
"""What each sign weighs, rounded from a regression over claims by hand (those of the reports that are not held out)."""
SPOKEN_OF, OFTEN = 0.5, 10
"""What each time counts that the report names a side, up to so many times."""
OUTSIDER, ELSEWHERE, COALITION, AUXILIARY, UNNAMED = 2.0, 2.0, 2.0, 1.5, 1.0
"""What counts against a state from outside that takes no place itself (an ally or a mediator), a side that is neither
at home where the place lies nor heard of there, a coalition, a state's helper, and rebels of no name."""
BEFORE = 2
"""How many sentences back a name still counts."""


def oppose(drafts: Sequence[Draft], register: Register) -> list[Draft]:
    """The drafts, each with the other side that its words or the report settle."""
    sides = _Sides(drafts, register)
    return [d if d.against_span is not None else _facing(d, sides.against(d)) for d in drafts]


def _facing(draft: Draft, against: str | None) -> Draft:
    return draft if draft.against == against else replace(draft, against=against)


class _Sides:
    def __init__(self, drafts: Sequence[Draft], register: Register) -> None:
        self.register = register
        self.fought: Counter[frozenset[str]] = Counter()
        self.at: dict[str, list[Draft]] = {}
        self.places: dict[tuple[str, bool], set[str]] = {}
        """Where each actor presses (True) and where it keeps or loses (False)."""
        self.lands: dict[str, set[str]] = {}
        """The countries where claims have each side."""
        for d in drafts:
            if d.actor and d.against and d.against_span is not None:
                self.fought[frozenset((d.actor, d.against))] += 1
            if d.place.name:
                self.at.setdefault(fold(d.place.name), []).append(d)
            for side in (d.actor, d.against if d.against_span is not None else None):
                if side and d.country:
                    self.lands.setdefault(side, set()).add(d.country)
            if d.actor and d.kind in PRESSES | KEEPS:
                self.places.setdefault((d.actor, d.kind in PRESSES), set()).add(fold(d.place.name or ""))
        where = {d.sentence: Setting(country=d.country) for d in drafts if d.country}
        self.named: list[set[str]] = [
            {a for _, ref in row if (a := register.resolve(ref, n, where.get(n, NOWHERE))[0])}
            for n, row in enumerate(register.census.refs)
        ]
        self.actors = {d.actor for d in drafts if d.actor} | {d.against for d in drafts if d.against_span and d.against}
        self.spoken = Counter(a for names in self.named for a in names)
        self.actors |= set(self.spoken)
        states = [a for a in self.actors if a.startswith("gov:")]
        friends = register.alliances.friends
        self.helps = {a: [x for x in states if friends(a, x)] for a in self.actors if not a.startswith("gov:")}
        """The states of the report that each group stands with."""

    def against(self, d: Draft) -> str | None:
        """The likeliest other side, or None."""
        if d.actor is None:
            return d.against
        others = sorted(self.actors - set(d.jointly))
        weighed = [(self._weight(d, d.actor, b), b) for b in others if self._rivals(d.actor, b)]
        weighed = [(w, b) for w, b in weighed if w > 0]
        if not weighed:
            state = None if d.jointly else self._state(d.actor)
            return d.against if d.against and not _both_states(d.actor, d.against) else state
        _, best = max(weighed, key=lambda x: (x[0], self.spoken[x[1]], x[1]))
        if d.kind in (Kind.HOLDS, Kind.ABSENT) and not self._met(d, best):
            return None
        return best

    def _met(self, d: Draft, b: str) -> bool:
        """Whether the sentence names a side, or the report has it at the place or tells of a fight of the two."""
        if frozenset((d.actor or "", b)) in self.fought:
            return True
        return b in self.named[d.sentence] or any(x.actor == b for x in self._beside(d))

    def _beside(self, d: Draft) -> list[Draft]:
        return self.at.get(fold(d.place.name), []) if d.place.name else []

    def _rivals(self, a: str, b: str) -> bool:
        if a == b or frozenset((a, b)) in self.fought:
            return a != b
        if not _both_states(a, b):
            return self.register.opposed(a, b) or (self._met_by(a, b) and not self.register.alliances.friends(a, b))
        # Two states are enemies where they are at war, or one presses what the other keeps, not because both are named.
        return b[4:] in foes(a[4:], self.register.census.on) or self._met_by(a, b) or self._at_war(a, b)

    def _met_by(self, a: str, b: str) -> bool:
        """Whether one presses what the other keeps."""
        pairs = ((a, b), (b, a))
        return any(self.places.get((x, True), set()) & self.places.get((y, False), set()) for x, y in pairs)

    def _at_war(self, a: str, b: str) -> bool:
        """One is at home, the other presses there, and they do not press the same places side by side."""
        home, guest = (a, b) if a[4:] in self.register.census.home else (b, a)
        if (
            home[4:] not in self.register.census.home
            or guest[4:] in self.register.census.home
            or not self.register.opposed(a, b)
        ):
            return False
        pressed = self.places.get((guest, True), set())
        return bool(pressed) and not pressed & self.places.get((home, True), set())

    def _state(self, actor: str) -> str | None:
        """The state that a state is at war with, in a report of no other enemy."""
        states = [b for b in self.actors if _both_states(actor, b) and b != actor and self.register.opposed(actor, b)]
        return max(states, key=lambda b: (self.spoken[b], b)) if states else None

    def _fights_in(self, actor: str, country: str) -> bool:
        """Whether a side is at home in a country, or the report's claims have it there."""
        return self.register.alliances.at_home(actor, country) or country in self.lands.get(actor, ())

    def _weight(self, d: Draft, a: str, b: str) -> float:
        beside = self._beside(d)
        weight = SPOKEN_OF * min(OFTEN, self.spoken[b])
        if any(x.against_span is not None and {x.actor, x.against} == {a, b} for x in beside if x is not d):
            weight += FOUGHT_HERE
        if any(x.actor == b for x in beside):
            weight += AT_PLACE
        if any(x.actor == b and x.kind in KEEPS for x in beside):
            weight += KEEPS_PLACE
        if b in self.named[d.sentence]:
            weight += NAMED_HERE
        elif any(b in self.named[n] for n in range(max(0, d.sentence - BEFORE), d.sentence)):
            weight += NAMED_BEFORE
        if self.register.declared(a, b):
            weight += DECLARED
        if _both_states(a, b):
            weight += STATES
        if b.startswith("gov:"):
            if b[4:] not in self.register.census.home and (b, True) not in self.places:
                weight -= OUTSIDER
        elif any(self._rivals(a, state) for state in self.helps.get(b, ()) if state != a):
            weight -= AUXILIARY
        if d.country and not self._fights_in(b, d.country):
            weight -= ELSEWHERE
        if b.startswith("coalition:"):
            weight -= COALITION
        return weight - UNNAMED if b.startswith("rebels:") else weight


def _both_states(a: str, b: str) -> bool:
    return a.startswith("gov:") and b.startswith("gov:")
