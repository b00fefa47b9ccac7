"""One place as a chain sees it: the states it may be in, and for each stretch of days what speaks for which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from whoholds.control.evidence import MOVES, WIDE_DAYS, Effect, Statement
from whoholds.control.parameters import Parameters
from whoholds.control.witnesses import Aligned, Witness
from whoholds.model import Kind

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
State = tuple[str, ...] | None
"""A holder or several jointly; () where the place is vacated; None where the holder is not known."""

UNKNOWN, VACATED = 0, 1
"""Their places in every list of states."""
MAX_STATES = 24
"""Of more holders than this, which no real place has, the least supported give way: hostile input stays cheap."""
STILL = 1 - 1 / 180
"""Chance a day that what was taken within an interval is still held on the next: how much of an event's evidence stands
for its interval's last day, and how much is spread over the whole of it."""
FIRST_KNOWN, FIRST_VACATED = 0.09, 0.01
"""Chance that a place is held by somebody named, or by nobody, on the day before the first word of it."""
QUIET = 1e-5
"""Chance a day of what never happens without a word: a place left, without anybody saying so."""
SAME_DAY = 0.3
"""Factor on `event` for words that say who has a place and not that it changed hands."""
TOLD = 0.9
"""In place of `event` where nobody was known to hold the place: to be told is what makes a holder known."""
MOST_MOVED = 0.95
"""The largest share that leaves a state on one day."""


@dataclass(frozen=True, slots=True)
class Track:
    """What the chain needs of one place: K stretches of days, S states."""

    states: tuple[State, ...]
    starts: Ints
    """K: the first day of each stretch, as an ordinal; a stretch lasts to the day before the next."""
    lengths: Ints
    """K: days."""
    moves: Floats
    """K × S × S: chances a day to go from state to state."""
    evidence: Floats
    """K × S: log-likelihood a day of each state."""
    first: Floats
    """S: chances on the day before the first stretch."""


def agreement(statement: Statement, state: State, aligned: Aligned | None) -> float:
    """0 to 1: how far the statement speaks for the state, against the states that it rules out (0)."""
    named, effect = {*statement.actors}, statement.effect
    if effect is Effect.EMPTY:
        return 1.0 if state == () else 0.0
    inside = bool(state) and bool(named & {*(state or ())})
    if effect in (Effect.TAKE, Effect.STAY):
        if not state:
            return 0.0
        if inside:
            return 1.0 if effect is Effect.STAY or named == {*state} else 0.85 if named < {*state} else 0.5
        day = statement.claim.when.end or statement.claim.when.start
        return 0.8 if aligned and any(aligned(a, b, day) for a in named for b in state) else 0.0
    if inside:
        return 0.0
    if effect is Effect.LEAVE:
        return 1.0 if state == () else 0.8 if state else 0.5
    if effect is Effect.LOSE:
        return 1.0 if state is None else 0.8 if state else 0.6
    return 1.0  # NOT: anybody else, or nobody


def settled(statements: Sequence[Statement], aligned: Aligned | None) -> list[Statement]:
    """The same, with states of the day of a change put where they belong: what the other side had, it had before.

    On the day of a change the taker holds at the day's end. A side that speaks of its own hold on that day disputes the
    change, unless it is the same report.
    """
    events = [s for s in statements if not s.part and s.claim.kind is not Kind.HOLDS and s.last is not None]
    by_day: dict[int, list[Statement]] = {}
    for event in events:
        if event.first == event.last and event.effect in MOVES:
            by_day.setdefault(event.last or 0, []).append(event)
    return [_before(s, by_day.get(s.last or 0, ()), aligned) if s.claim.kind is Kind.HOLDS else s for s in statements]


def _before(state: Statement, events: Iterable[Statement], aligned: Aligned | None) -> Statement:
    if state.effect is not Effect.TAKE or state.last is None or state.first is None:
        return state
    ended = False
    for event in events:
        ours = agreement(event, state.actors, aligned) > 0
        if event.effect is Effect.TAKE and ours:
            return state
        rival = any(voice.side in state.actors for voice in state.claim.voices)
        if not ours and not (rival and event.claim.report_id != state.claim.report_id):
            ended = True
    if not ended:
        return state
    shifted = replace(state, first=min(state.first, state.last - 1), last=state.last - 1)
    return replace(shifted, open_start=True) if state.first == state.last else shifted


def states_of(found: Sequence[Witness]) -> tuple[State, ...]:
    """Not known, vacated, then every holder that somebody names, in the order in which they are first heard of."""
    weights: dict[State, float] = {}
    for witness in found:
        if witness.statement.effect is Effect.TAKE:
            actors = witness.statement.actors
            weights[actors] = weights.get(actors, 0.0) + witness.weight
    for witness in found:
        if witness.statement.effect in (Effect.LEAVE, Effect.LOSE):
            for state in [*weights]:
                rest = tuple(actor for actor in state or () if actor not in witness.statement.actors)
                if rest and len(rest) < len(state or ()):
                    weights.setdefault(rest, 0.0)
    kept = {*sorted(weights, key=lambda state: -weights[state])[: MAX_STATES - 2]}
    return (None, (), *(state for state in weights if state in kept))


def track(
    found: Sequence[Witness],
    fights: Sequence[tuple[int, int]],
    parameters: Parameters,
    aligned: Aligned | None = None,
    days: Iterable[int] = (),
) -> Track | None:
    """The track of one place; None where no witness speaks of a holder of the whole.

    `fights`: first and last days of fighting. `days`: days that are asked about, within the track.
    """
    found = [w for w in found if not w.statement.part and w.statement.first is not None and w.weight > 0]
    if not any(w.statement.effect in MOVES for w in found):
        return None
    states = states_of(found)
    bounds = {
        day for w in found for day in (w.statement.first or 0, w.statement.last or 0, (w.statement.last or 0) + 1)
    }
    begin = min(bounds)
    bounds |= {day for f, last in fights for day in (f, last + 1)}
    end = max(bounds)
    bounds |= {*days}
    starts = np.array(sorted(day for day in bounds if begin <= day <= end), dtype=np.int64)
    lengths = np.diff(starts, append=starts[-1] + 1)
    count, size = len(starts), len(states)
    fought = np.zeros(count, dtype=bool)
    for f, last in fights:
        fought[(starts >= f) & (starts <= last)] = True
    evidence = np.zeros((count, size))
    stay: Floats = np.ones((count, size, size))
    """Chance that a state is *not* left for another because of what is said."""
    said: dict[tuple[Effect, tuple[str, ...], date | None], Floats] = {}
    for witness in found:
        statement = witness.statement
        key = (statement.effect, statement.actors, statement.claim.when.end)
        if key not in said:
            said[key] = np.array([agreement(statement, state, aligned) for state in states])
        _speak(witness, said[key], starts, evidence, stay, parameters, states, change=not _told_closer(witness, found))
    moves = _quiet(states, fought, parameters)
    moved = 1 - (1 - moves) * stay
    diagonal = np.arange(size)
    moved[:, diagonal, diagonal] = 0
    away = moved.sum(axis=2)
    moved *= (np.minimum(away, MOST_MOVED) / np.maximum(away, 1e-300))[:, :, None]
    moved[:, diagonal, diagonal] = 1 - moved.sum(axis=2)
    return Track(states, starts, lengths, moved, evidence, _first(size))


def _first(size: int) -> Floats:
    first = np.full(size, FIRST_KNOWN / max(size - 2, 1))
    first[VACATED] = FIRST_VACATED
    first[UNKNOWN] = 0
    first[UNKNOWN] = 1 - first.sum()
    return first


def _quiet(states: Sequence[State], fought: npt.NDArray[np.bool_], p: Parameters) -> Floats:
    """Chances a day to change without a word of it, off the diagonal; more where there is fighting."""
    size = len(states)
    base = np.full((size, size), p.change)
    base[:, UNKNOWN] = p.decay
    base[:, VACATED] = QUIET
    factor = np.where(fought, p.fighting, 1.0)[:, None, None]
    moves: Floats = np.minimum(base[None] * factor, 0.5)
    return moves


def _speak(
    witness: Witness,
    agrees: Floats,
    starts: Ints,
    evidence: Floats,
    stay: Floats,
    p: Parameters,
    states: Sequence[State],
    *,
    change: bool,
) -> None:
    """Spread one witness's word over its interval: evidence for states, and chances of the change that it tells of."""
    statement = witness.statement
    first, last = statement.first or 0, statement.last or 0
    a, b = int(np.searchsorted(starts, first)), int(np.searchsorted(starts, last))
    days = last - first + 1
    lasts = statement.claim.kind.is_state
    at_end = 0.0 if statement.open_end else 1.0 if lasts else STILL ** (days - 1)
    spread = 1.0 if lasts and days > 1 else 1 - at_end
    evidence[b] += witness.weight * at_end * agrees
    if spread > 0:
        evidence[a : b + 1] += witness.weight * spread / days * agrees
    if not change or statement.effect in (Effect.NOT, Effect.STAY):
        return
    sure = float(-np.expm1(-witness.weight))
    state = lasts or (statement.effect is Effect.TAKE and statement.claim.kind is not Kind.GAINS)
    for source, target, factor in _changes(statement, agrees, states, p.event):
        chance = sure * factor
        if state:  # it was so by the first day; how long before is not said
            stay[a, source, target] *= 1 - chance
            continue
        stay[b, source, target] *= 1 - chance * at_end
        if spread > 0:
            stay[a : b + 1, source, target] *= 1 - chance * spread / days


def _told_closer(witness: Witness, others: Sequence[Witness]) -> bool:
    """True where another says the same with a close date inside this loose one: it is that change they tell of."""
    wide = witness.statement
    first, last = wide.first or 0, wide.last or 0
    if wide.claim.kind is Kind.HOLDS or last - first <= WIDE_DAYS:
        return False
    for other in others:
        close = other.statement
        if close.effect is wide.effect and close.actors == wide.actors and close.claim.kind is wide.claim.kind:
            start, end = close.first or 0, close.last or 0
            if first <= start and end <= last and end - start <= WIDE_DAYS:
                return True
    return False


def _changes(
    statement: Statement, agrees: Floats, states: Sequence[State], event: float
) -> list[tuple[int, int, float]]:
    """From which state to which the statement says that the place went, with the chance where it is fully believed."""
    found = []
    if statement.effect is Effect.TAKE:
        if statement.actors not in states:
            return []
        target = states.index(statement.actors)
        change = event if statement.claim.kind is Kind.GAINS else event * SAME_DAY
        for source in range(len(states)):
            if agrees[source] == 0 and (source == UNKNOWN or not statement.area):
                found.append((source, target, TOLD if source == UNKNOWN else change))
        return found
    if statement.effect is Effect.EMPTY:
        return [(source, VACATED, TOLD) for source in range(len(states)) if source != VACATED]
    nobody = UNKNOWN if statement.effect is Effect.LOSE else VACATED
    left = nobody
    for source, state in enumerate(states):
        if state and agrees[source] == 0:
            rest = tuple(actor for actor in state if actor not in statement.actors)
            target = states.index(rest) if rest and rest in states else nobody
            left = target if target > VACATED else left
            found.append((source, target, event))
    if left != UNKNOWN:  # whoever it was that had it: they are gone, and at most those who held it with them are left
        found.append((UNKNOWN, left, TOLD))
    return found
