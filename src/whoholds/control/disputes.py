"""Where sources differ: what is a reason for an answer, what is one against it, and what has been answered."""

from __future__ import annotations

from bisect import bisect_left

from whoholds.control.answer import SHOWN, Chances, rivals, support
from whoholds.control.case import Case
from whoholds.control.evidence import Effect, Statement
from whoholds.control.track import State, agreement
from whoholds.model import Kind

DISPUTED = 1 / 5
"""A rival with this share of what speaks for the two makes an answer disputed: it has no more than 0.8 of it."""
NEAR = 1 / 3
"""The same where nobody speaks for the rival any more: the answer is not twice as likely."""


class Disputes:
    """Walks through the days of one place, and tells on which of them its answer is disputed."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._lasts, self._said = case.heard
        self._next = 0
        self._begin = 0
        self._unanswered: list[Statement] = []
        self._contrary = False

    def begin(self, day: int) -> None:
        """A new answer begins on `day`: what was said of days before it does not speak against it."""
        self._begin = day
        self._next = bisect_left(self._lasts, day)
        self._unanswered = []
        self._contrary = False

    def on(self, day: int, state: State, chances: Chances) -> bool:
        """True where contrary words of these days are not answered by later ones, or bring a rival near the answer.

        For what is left of those who held it before nobody speaks any more: more has to be left of them. Days must be
        asked in order from `begin` on.
        """
        while self._next < len(self._lasts) and self._lasts[self._next] <= day:
            self._hear(self._said[self._next], state, day)
            self._next += 1
        if self._unanswered:
            return True
        if max(chances) > 1 - SHOWN:
            return False
        found = rivals(self._case, chances, state, day)
        ours = support(self._case, chances, state, day) if found else 0.0
        least = DISPUTED if self._contrary else NEAR
        return bool(found) and found[0].support >= least * (found[0].support + ours)

    def _hear(self, statement: Statement, state: State, day: int) -> None:
        # One word of each witness: a copy that is printed later answers nothing.
        if not of_run(statement, self._begin, day):
            return
        says = speaks(statement, state, self._case)
        if says < 0:
            self._unanswered.append(statement)
            self._contrary = True
        elif says > 0:
            self._unanswered = [one for one in self._unanswered if not _answers(statement, one)]


def of_run(statement: Statement, begin: int, end: int | None) -> bool:
    """True where all that the statement allows lies in these days: then it can speak against their answer.

    A state speaks against it where it is said to be so up to one of these days.
    """
    first, last = statement.first or 0, statement.last or 0
    if statement.claim.kind is Kind.HOLDS:
        first = last if not statement.open_end else first
    return begin <= first and (end is None or last <= end)


def _answers(later_word: Statement, word: Statement) -> bool:
    return (later_word.last or 0) > (word.last or 0) and later_word.published >= word.published


def speaks(statement: Statement, state: State, case: Case) -> int:
    """1 where the statement is a reason for the answer, -1 where it is one against it, 0 where it is neither.

    `statement` is one of the case's own.
    """
    key = (id(statement), state)
    found = case.spoken.get(key)
    if found is None:
        found = case.spoken[key] = _speaks(statement, state, case)
    return found


def _speaks(statement: Statement, state: State, case: Case) -> int:
    if statement.effect is Effect.NOT and state is not None:
        return 0 if agreement(statement, state, case.aligned) else -1
    if statement.effect is Effect.STAY:
        # That they have not gone speaks against those who say they have.
        return 0 if state is None else (0 if agreement(statement, state, case.aligned) else -1)
    agrees = agreement(statement, state, case.aligned) > 0
    if statement.effect in (Effect.TAKE, Effect.EMPTY):
        return 0 if state is None else 1 if agrees else -1
    if not agrees:
        return -1
    return 1 if (state == () and statement.effect is Effect.LEAVE) or state is None else 0
