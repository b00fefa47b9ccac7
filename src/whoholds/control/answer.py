"""From the chances of one day to its answer: who most likely has the place, how well supported, and against whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from whoholds.control.case import Case
from whoholds.control.track import UNKNOWN, VACATED, State
from whoholds.model import Rival

FAINT = 1 / 3
"""A holder with less support than this is not known any more, or not yet."""
MARGIN = 1e-6
"""Far above the last digits of a double, in which machines differ."""
SHOWN = 0.05
"""Rivals below it are not listed."""
DIGITS = 3
NOTHING = 1e-9
"""Chances below it add nothing to any figure that is given."""

Chances = Sequence[float]
"""One for each state of the case's track."""


def best(case: Case, chances: Chances, most: int, day: int) -> State:
    """The state that most speaks for, allies counted together; among allies the one that is named most.

    None where nothing much speaks for any. Of equals the one that was heard of later. `most`: the likeliest state.
    """
    assert case.track is not None
    states = case.track.states
    if most != UNKNOWN and chances[most] > 0.5 + MARGIN:
        return states[most]  # no ally of it and no rival can be above
    together = [support(case, chances, state, day) for state in states]
    top = max((n for n in range(len(states)) if n != UNKNOWN), key=lambda n: (round(together[n], 9), n))
    if together[top] < FAINT:
        return None
    group = [n for n, state in enumerate(states) if n == top or _friends(case, states[top], state, day)]
    return states[max(group, key=lambda n: (round(chances[n], 9), -n))]


def support(case: Case, chances: Chances, state: State, day: int) -> float:
    """0 to 1: what speaks for the state and for those who may hold the place beside it."""
    assert case.track is not None
    if not state:
        return chances[UNKNOWN if state is None else VACATED]
    total = 0.0
    for chance, other in zip(chances, case.track.states, strict=True):
        if other and (other == state or (chance > NOTHING and _friends(case, state, other, day))):
            total += chance
    return total


def rivals(case: Case, chances: Chances, state: State, day: int) -> tuple[Rival, ...]:
    """Other answers that the state excludes, best supported first; all answers where it is None."""
    assert case.track is not None
    found = [
        Rival(other, round(chance, DIGITS))
        for chance, other in zip(chances, case.track.states, strict=True)
        if chance >= SHOWN
        and other is not None
        and (state is None or (other != state and not _friends(case, state, other, day)))
    ]
    return tuple(sorted(found, key=lambda rival: (-rival.support, rival.holders))) if found else ()


def _friends(case: Case, one: State, other: State, day: int) -> bool:
    """True where two answers do not exclude each other: they share a holder, or allies hold it."""
    if not one or not other:
        return one == other
    if not {*one}.isdisjoint(other):
        return True
    aligned = case.aligned
    return aligned is not None and any(aligned(a, b, date.fromordinal(day)) for a in one for b in other)
