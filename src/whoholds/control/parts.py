"""Who is said to have a part of a place. A part never moves the whole: it is kept beside the chain."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.control.evidence import Effect, Statement
from whoholds.control.track import State, agreement
from whoholds.control.witnesses import Aligned
from whoholds.model import Kind


class Parts:
    """Walks through the days of one place, and tells who holds parts of it by the latest word of each."""

    def __init__(self, statements: Sequence[Statement], aligned: Aligned | None) -> None:
        self._left = sorted(statements, key=lambda s: (s.last or 0, not s.part, s.order))
        self._aligned = aligned
        self._now: dict[str, Statement] = {}
        self._holder: State = None

    def upto(self, day: int, state: State) -> dict[str, Statement]:
        """The parts on `day`, by actor; days must be asked in order. `state`: who holds the place as a whole then."""
        whole = False
        while self._left and (self._left[0].last or 0) <= day:
            whole |= self._hear(self._left.pop(0), state)
        if whole or (state and state != self._holder and self._holder is not None):
            self._now = {}
        self._holder = state
        if state:
            self._now = {actor: s for actor, s in self._now.items() if not self._ours(s, state)}
        return dict(self._now)

    def _hear(self, statement: Statement, state: State) -> bool:
        """Take one statement in; True where it says that the holder has taken the whole."""
        if not statement.part:
            if statement.effect in (Effect.LEAVE, Effect.LOSE):
                for actor in statement.actors:
                    self._now.pop(actor, None)
            return statement.claim.kind is Kind.GAINS and self._ours(statement, state)
        if statement.effect is Effect.TAKE:
            self._now |= dict.fromkeys(statement.actors, statement)
        elif statement.effect in (Effect.LEAVE, Effect.LOSE):
            for actor in statement.actors:
                self._now.pop(actor, None)
        return False

    def _ours(self, statement: Statement, state: State) -> bool:
        return statement.effect is Effect.TAKE and agreement(statement, state, self._aligned) > 0
