"""One place as a chain sees it: the states it may be in, and for each stretch of days what speaks for which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

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
    named, effect = statement.actors, statement.effect
    if effect is Effect.EMPTY:
        return 1.0 if state == () else 0.0
    inside = bool(state) and any(actor in named for actor in state or ())
    if effect in (Effect.TAKE, Effect.STAY):
        if not state:
            return 0.0
        if inside:
            if effect is Effect.STAY or named == state:
                return 1.0
            return 0.85 if {*named} < {*state} else 0.5
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
    evidence, stay = _spoken(found, states, starts, parameters, aligned)
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


def _spoken(
    found: Sequence[Witness],
    states: tuple[State, ...],
    starts: Ints,
    p: Parameters,
    aligned: Aligned | None,
) -> tuple[Floats, Floats]:
    """Each witness's word spread over its interval: K × S, what it says for the states; K × S × S, chances that a state
    is *not* left for another because of the changes that are told of.
    """
    size = len(states)
    evidence, stay = np.zeros((len(starts), size)), np.ones((len(starts), size, size))
    meant: dict[tuple[object, ...], tuple[Floats, Floats]] = {}
    means = []
    for witness in found:
        statement = witness.statement
        taken = statement.claim.kind is Kind.GAINS
        agreed = tuple([agreement(statement, state, aligned) for state in states])
        key = (statement.effect, statement.actors, taken, statement.area, agreed)
        if key not in meant:
            agrees = np.array(agreed)
            meant[key] = (agrees, _changes(statement, agrees, states, p.event))
        means.append(meant[key])
    closer = [_closer(w.statement, found) for w in found]
    firsts = np.array([days[0] if days else w.statement.first or 0 for w, days in zip(found, closer, strict=True)])
    lasts = np.array([days[1] if days else w.statement.last or 0 for w, days in zip(found, closer, strict=True)])
    days = lasts - firsts + 1
    lasting = np.array([w.statement.claim.kind.is_state for w in found])
    open_end = np.array([w.statement.open_end for w in found])
    at_end = np.where(open_end, 0.0, np.where(lasting, 1.0, STILL ** (days - 1)))
    spread = np.where(lasting & (days > 1), 1.0, 1 - at_end) / days
    weights = np.array([w.weight for w in found])
    sure = np.where([days is not None for days in closer], 0.0, -np.expm1(-weights))
    # It was so by the first day, and how long before is not said; or it changed, most likely on the last.
    state = lasting | np.array([w.statement.effect is Effect.TAKE and w.statement.claim.kind != "gains" for w in found])
    a, b = np.searchsorted(starts, firsts), np.searchsorted(starts, lasts)
    agree = np.array([agrees for agrees, _ in means])
    changed = np.array([changes for _, changes in means])
    np.add.at(evidence, b, (weights * at_end)[:, None] * agree)
    np.multiply.at(stay, np.where(state, a, b), 1 - (sure * np.where(state, 1.0, at_end))[:, None, None] * changed)
    for n in np.flatnonzero(spread > 0):
        evidence[a[n] : b[n] + 1] += weights[n] * spread[n] * agree[n]
        if not state[n]:
            stay[a[n] : b[n] + 1] *= 1 - sure[n] * spread[n] * changed[n]
    return evidence, stay


def _closer(wide: Statement, others: Sequence[Witness]) -> tuple[int, int] | None:
    """The days that others date the same to, closely and inside this loose interval: it is that change they tell of.

    From the first of them to the last; None where nobody is closer. It is no change of its own then.
    """
    first, last = wide.first or 0, wide.last or 0
    if wide.claim.kind.is_state or last - first <= WIDE_DAYS:
        return None
    days: list[int] = []
    for other in others:
        close = other.statement
        if close.effect is wide.effect and close.actors == wide.actors and close.claim.kind is wide.claim.kind:
            start, end = close.first or 0, close.last or 0
            if first <= start and end <= last and end - start <= WIDE_DAYS:
                days += (start, end)
    return (min(days), max(days)) if days else None


def _changes(statement: Statement, agrees: Floats, states: tuple[State, ...], event: float) -> Floats:
    """S × S: the chance that the place went from one state to another where the statement is fully believed."""
    chances = np.zeros((len(states), len(states)))
    if statement.effect in (Effect.NOT, Effect.STAY):
        return chances
    if statement.effect is Effect.TAKE:
        if statement.actors in states:
            change = event if statement.claim.kind is Kind.GAINS else event * SAME_DAY
            column = np.where(agrees == 0, 0.0 if statement.area else change, 0.0)
            column[UNKNOWN] = TOLD if agrees[UNKNOWN] == 0 else 0.0
            chances[:, states.index(statement.actors)] = column
        return chances
    if statement.effect is Effect.EMPTY:
        chances[:, VACATED] = TOLD
        chances[VACATED, VACATED] = 0.0
        return chances
    nobody = UNKNOWN if statement.effect is Effect.LOSE else VACATED
    left = nobody
    for source, state in enumerate(states):
        if state and agrees[source] == 0:
            rest = tuple(actor for actor in state if actor not in statement.actors)
            target = states.index(rest) if rest and rest in states else nobody
            left = target if target > VACATED else left
            chances[source, target] = event
    if left != UNKNOWN:  # whoever it was that had it: they are gone, and at most those who held it with them are left
        chances[UNKNOWN, left] = TOLD
    return chances
