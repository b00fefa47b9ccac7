"""What the claims read so far say of a place: who has it, who comes for it. It tells whom "they" may be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from whoholds.model import Kind, Mode

COMES = frozenset([Kind.GAINS, Kind.CONTESTS, Kind.ADVANCES, Kind.BESIEGES, Kind.CLEARS])
"""What those do who come for a place; of the other kinds are those who have it, or had it."""


MOVED = 2
"""Sentences after which an attack is no longer what a place falls to."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Beside what a reference to an actor stands: what the words around it tell of whom it can mean."""

    speaker: str | None = None
    """The side of who says it."""
    own: bool = False
    """The reference may stand for who says it: "the ministry said its units", "he said his troops"."""
    country: str | None = None
    """Where the place of the claim lies."""
    place: str | None = None
    kind: Kind | None = None
    retaken: bool = False
    """The place is taken *back*."""
    before: bool = False
    """It is told of what had been so: "which they had occupied since May"."""
    apart: frozenset[str] = frozenset()
    """Whom it cannot mean, since they stand beside it as somebody else."""


NOWHERE = Setting()


class Ground:
    """Claims read so far, by place."""

    def __init__(self) -> None:
        self.has: dict[str, str] = {}
        """Who was last said to be in a place."""
        self.had: defaultdict[str, set[str]] = defaultdict(set)
        """All who were said to be in it, or to leave it."""
        self.came: defaultdict[str, set[str]] = defaultdict(set)
        """All who were said to come for it."""
        self.left: defaultdict[str, set[str]] = defaultdict(set)
        """All who were last said to leave it."""
        self.actors: list[tuple[int, str]] = []
        """Actors of the claims so far, with their sentence."""
        self.last: dict[str, tuple[int, bool]] = {}
        """By actor: the sentence of its last claim, and whether it comes for a place there."""
        self.in_sentence: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        """The same by sentence, each with its number in `actors`."""
        self.moves: defaultdict[int, set[str]] = defaultdict(set)
        """By sentence: who attacks or advances there, at no place that is named."""

    def note(
        self,
        sentence: int,
        kind: Kind,
        mode: Mode,
        actor: str,
        against: str | None,
        place: str | None,
        *,
        retaken: bool = False,
    ) -> None:
        """A claim was read. `retaken`: who takes the place had it before, and is no attacker for that."""
        self.in_sentence[sentence].append((len(self.actors), actor))
        self.actors.append((sentence, actor))
        if mode is not Mode.DENIED and not retaken:
            self.last[actor] = (sentence, kind in COMES)
            if against:
                self.last[against] = (sentence, kind not in COMES)
        if place is None or mode is Mode.DENIED:
            return
        key = place.casefold()
        if kind in (Kind.WITHDRAWS, Kind.LOSES) and mode is Mode.ASSERTED:
            self.left[key].add(actor)
        else:
            self.left[key].discard(actor)
        if kind in COMES:
            self.came[key].add(actor)
            if against:
                self.had[key].add(against)
            if kind is Kind.GAINS and mode is Mode.ASSERTED:
                self.has[key] = actor
        else:
            self.had[key].add(actor)
            if kind in (Kind.HOLDS, Kind.REPELS):
                self.has[key] = actor
            elif kind in (Kind.WITHDRAWS, Kind.LOSES) and mode is Mode.ASSERTED:
                # "X stormed P. By the evening Y had left it": X has it
                takers = self.came[key] - {actor}
                if len(takers) == 1:
                    self.has[key] = next(iter(takers))
                elif self.has.get(key) == actor:
                    del self.has[key]

    def mover(self, sentence: int) -> str | None:
        """Who was last said to attack or advance, in a sentence or shortly before it, if one."""
        last = next((self.moves[m] for m in range(sentence, sentence - MOVED - 1, -1) if m in self.moves), set())
        return next(iter(last)) if len(last) == 1 else None

    def comes(self, actor: str, sentence: int, back: int) -> float:
        """Whether `actor` came for a place (1) or had one (-1) when last heard of; 0 if that is too long ago."""
        before, coming = self.last.get(actor, (-back - 1, False))
        return 0.0 if not 0 <= sentence - before <= back else 1.0 if coming else -1.0

    def besets(self, actor: str, place: str | None, sentence: int) -> bool:
        """Whether `actor` came for a place that it did not have; without a place, whether it just came for one."""
        if place is None:
            return self.comes(actor, sentence, 1) > 0
        key = place.casefold()
        return actor in self.came[key] and actor not in self.had[key]

    def speaks_for(self, actor: str, setting: Setting) -> float:
        """How well it fits the claims so far that `actor` does this there: 1 well, -1 badly, 0 they do not say;
        -2 where they say the contrary."""
        kind, place = setting.kind, setting.place
        if kind is None or place is None:
            return 0.0
        key = place.casefold()
        if setting.retaken and self.has.get(key) == actor:
            return -1.0
        if setting.retaken and actor in self.left[key] | self.had[key]:
            # "The rebels were driven out of P. In the night they recaptured it"
            return 1.0
        if kind is Kind.HOLDS and actor in self.left[key]:
            return -1.0 if setting.before else -2.0
        there, coming = actor in self.had[key] or self.has.get(key) == actor, actor in self.came[key]
        if kind is Kind.GAINS and self.has.get(key) == actor:
            # Who has it is who took it, where a report goes back to how that was.
            return 0.0
        if there == coming or (coming and kind is Kind.WITHDRAWS):
            # Who leaves a place may be who came for it.
            return 0.0
        return 1.0 if coming is (kind in COMES) else -1.0
