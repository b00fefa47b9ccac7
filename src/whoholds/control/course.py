"""From chances to spells: what the answer is for each stretch of days, what it rests on, and what speaks against it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from whoholds.control.case import Case, Fight
from whoholds.control.chain import later
from whoholds.control.evidence import MOVES, Effect, Statement
from whoholds.control.parts import Parts
from whoholds.control.track import UNKNOWN, Floats, State, agreement
from whoholds.model import Kind, Rival, Spell, Status

DISPUTED = 1 / 3
"""A rival with this share of what speaks for the two makes an answer disputed: it is not twice as likely."""
FAINT = 1 / 3
"""A holder with less support than this is not known any more, or not yet."""
MARGIN = 1e-6
"""Far above the last digits of a double, in which machines differ."""
SHOWN = 0.05
"""Rivals below it are not listed."""
DIGITS = 3
LONGEST = 40_000
"""Days (a century) for which it is asked whether an answer has faded."""


@dataclass(slots=True)
class Stretch:
    """Days with one answer, while they are put together. Ordinals; `end` None: open."""

    start: int
    end: int | None
    state: State
    chances: Floats | None
    parts: dict[str, Statement]
    fights: list[Fight]
    disputed: bool = False

    @property
    def divided(self) -> bool:
        others = {*self.parts} - {*(self.state or ())}
        return bool(others) and len(others) + len(self.state or ()) > 1

    @property
    def answer(self) -> tuple[object, ...]:
        return (self.state, self.disputed, self.divided, bool(self.fights))


def spells_of(case: Case, chances: Floats | None) -> list[Spell]:
    """The spells of one place, in order and without gaps; none where no claim speaks of what has come about.

    `chances`: the posteriors of the case's track (`chain.posteriors`), None where it has none.
    """
    stretches = _stretches(case, chances)
    found: list[Spell] = []
    for number, (_, group) in enumerate(groupby(stretches, key=lambda stretch: stretch.state)):
        found += _run(case, list(group), first=not number)
    return found


def as_of(case: Case, chances: Floats | None, course: list[Spell], day: date) -> list[Spell]:
    """The course with the spell of `day` as it is on it: its support then, after long silence not known any more.

    The day has to be one that the case's track was made for (`case_of(days=)`), or lie after the track.
    """
    if case.track is None or chances is None:
        return course
    found = []
    for spell in course:
        begun = spell.start is None or spell.start <= day
        if begun and (spell.end is None or day <= spell.end) and spell.status is not Status.UNKNOWN:
            found += _as_of(case, chances, spell, day)
        else:
            found.append(spell)
    return found


def _as_of(case: Case, chances: Floats, spell: Spell, day: date) -> list[Spell]:
    assert case.track is not None
    track, state = case.track, spell.holders if spell.status is Status.HELD else ()
    last = int(track.starts[-1])
    after = min(day.toordinal() - last, LONGEST)
    if after <= 0:
        at = bisect_right(track.starts.tolist(), day.toordinal()) - 1
        return [_weighed(case, spell, chances[at], day)] if at >= 0 else [spell]
    now = later(track, chances, after)
    if _support(case, now, state, day.toordinal()) >= FAINT:
        return [_weighed(case, spell, now, day)]
    low, high = 0, after  # after so many days nobody can be said to hold it any more
    while high - low > 1:
        middle = (low + high) // 2
        held = _support(case, later(track, chances, middle), state, last + middle) >= FAINT
        low, high = (middle, high) if held else (low, middle)
    gone = replace(
        spell,
        status=Status.UNKNOWN,
        holders=(),
        start=date.fromordinal(last + high),
        support=0.0,
        fighting=False,
        disputed=False,
        rivals=_rivals(case, now, None, day.toordinal()),
    )
    return [replace(spell, end=date.fromordinal(last + high - 1)), gone]


def _weighed(case: Case, spell: Spell, now: Floats, day: date) -> Spell:
    state = spell.holders if spell.status is Status.HELD else ()
    support = round(_support(case, now, state, day.toordinal()), DIGITS)
    return replace(spell, support=support, rivals=_rivals(case, now, state, day.toordinal()))


def _stretches(case: Case, chances: Floats | None) -> list[Stretch]:
    bounds = {day for fight in case.fights for day in (fight.first, fight.last + 1)}
    bounds |= {day for s in case.statements if s.part for day in (s.last or 0,)}
    starts: list[int] = []
    if case.track is not None:
        starts = case.track.starts.tolist()
        bounds |= {*starts}
    days = sorted(bounds)
    parts = Parts(case.statements, case.aligned)
    found: list[Stretch] = []
    run = -1
    for number, day in enumerate(days):
        end = days[number + 1] - 1 if number + 1 < len(days) else None
        at = bisect_right(starts, day) - 1
        now = chances[at] if chances is not None and at >= 0 else None
        state = _best(case, now, day) if now is not None else None
        fights = [fight for fight in case.fights if fight.first <= day <= fight.last]
        if not found or found[-1].state != state:
            run = day
        stretch = Stretch(day, end, state, now, parts.upto(day, state), fights)
        stretch.disputed = now is not None and state is not None and _disputed(case, stretch, run)
        found.append(stretch)
    return _told(case, found)


def _told(case: Case, stretches: list[Stretch]) -> list[Stretch]:
    """Without the days before anything is said of the place."""
    said = [s.last or 0 for s in case.statements if s.effect in MOVES and not s.part]
    begun = min(said, default=None)
    for number, stretch in enumerate(stretches):
        known = stretch.state is not None or stretch.fights or stretch.parts
        if known or (begun is not None and stretch.start >= begun):
            return stretches[number:]
    return []


def _best(case: Case, chances: Floats, day: int) -> State:
    """The state that most speaks for, allies counted together; among allies the one that is named most.

    None where nothing much speaks for any. Of equals the one that was heard of later.
    """
    assert case.track is not None
    states = case.track.states
    most = int(chances.argmax())
    if chances[most] > 0.5 + MARGIN and most != UNKNOWN:
        return states[most]  # no ally of it and no rival can be above
    together = [_support(case, chances, state, day) for state in states]
    top = max((n for n in range(len(states)) if n != UNKNOWN), key=lambda n: (round(together[n], 9), n))
    if together[top] < FAINT:
        return None
    group = [n for n, state in enumerate(states) if n == top or _friends(case, states[top], state, day)]
    return states[max(group, key=lambda n: (round(float(chances[n]), 9), -n))]


def _support(case: Case, chances: Floats, state: State, day: int) -> float:
    assert case.track is not None
    return float(
        sum(
            chances[n]
            for n, other in enumerate(case.track.states)
            if other == state or (chances[n] > 0 and _friends(case, state, other, day))
        )
    )


def _friends(case: Case, one: State, other: State, day: int) -> bool:
    """True where two answers do not exclude each other: they share a holder, or allies hold it."""
    if not one or not other:
        return one == other
    if {*one} & {*other}:
        return True
    aligned = case.aligned
    return aligned is not None and any(aligned(a, b, date.fromordinal(day)) for a in one for b in other)


def _rivals(case: Case, chances: Floats, state: State, day: int) -> tuple[Rival, ...]:
    assert case.track is not None
    found = [
        Rival(other, round(float(chances[n]), DIGITS))
        for n, other in enumerate(case.track.states)
        if other is not None and chances[n] >= SHOWN and (state is None or not _friends(case, state, other, day))
    ]
    return tuple(sorted(found, key=lambda rival: (-rival.support, rival.holders)))


def _disputed(case: Case, stretch: Stretch, run: int) -> bool:
    """True where a rival comes near the answer, or contrary words of these days are not answered by later ones."""
    assert stretch.chances is not None
    assert case.track is not None
    now, state, day = stretch.chances, stretch.state, stretch.start
    mine = case.track.states.index(state)
    if now[mine] < 1 - DISPUTED:
        rivals = _rivals(case, now, state, day)
        ours = _support(case, now, state, day)
        if rivals and rivals[0].support >= DISPUTED * (rivals[0].support + ours):
            return True
    # One word of each witness: a copy that is printed later answers nothing.
    lasts, said = case.heard
    heard = [s for s in said[bisect_left(lasts, run) : bisect_right(lasts, day)] if _of_run(s, run, day)]
    against = [s for s in heard if speaks(s, state, case) < 0]
    if not against:
        return False
    for_it = [s for s in heard if speaks(s, state, case) > 0]
    return any(not any(_answers(other, one) for other in for_it) for one in against)


def _of_run(statement: Statement, begin: int, end: int | None) -> bool:
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


def _run(case: Case, stretches: list[Stretch], *, first: bool) -> list[Spell]:
    """The spells of days with one holder, which fighting, disputes and parts may divide."""
    state = stretches[0].state
    begin, end = stretches[0].start, stretches[-1].end
    within = [
        s for s in case.statements if not s.part and (s.last or 0) >= begin and (end is None or (s.first or 0) <= end)
    ]
    con = [s for s in within if not s.area and _of_run(s, begin, end) and speaks(s, state, case) < 0]
    pro = [s for s in within if speaks(s, state, case) > 0]
    open_start = first and any(s.open_start and (s.first or 0) == begin for s in pro)
    last = max((min(s.last or 0, end or s.last or 0) for s in pro if not s.area), default=None)
    for_it = _ranked(case, pro)
    found = []
    for _, group in groupby(stretches, key=lambda stretch: stretch.answer):
        pieces = list(group)
        piece, now = pieces[0], pieces[-1].chances
        upto = pieces[-1].end
        start = None if open_start and piece is stretches[0] else date.fromordinal(piece.start)
        rest = [s.id for p in pieces for s in p.parts.values()]
        rest += [fight.claim.id for p in pieces for fight in p.fights]
        known = state is not None and now is not None
        against = _ranked(case, (s for s in con if upto is None or (s.last or 0) <= upto))
        found.append(
            Spell(
                place_id=case.place_id,
                place=case.place,
                status=Status.UNKNOWN if state is None else Status.HELD if state else Status.VACATED,
                holders=state or (),
                start=start,
                end=date.fromordinal(upto) if upto is not None else None,
                support=round(_support(case, now, state, piece.start), DIGITS) if known and now is not None else 0.0,
                fighting=bool(piece.fights),
                disputed=piece.disputed,
                divided=piece.divided,
                rivals=_rivals(case, now, state, piece.start) if now is not None else (),
                claims_for=tuple(dict.fromkeys([*for_it, *rest])),
                claims_against=tuple(name for name in against if name not in for_it),
                last_evidence=date.fromordinal(min(last, upto) if upto is not None else last) if last else None,
            )
        )
    if open_start and stretches[0].fights:
        # It was so before; nobody says that it was fought over before.
        before = replace(found[0], end=date.fromordinal(begin - 1), fighting=False, disputed=False, divided=False)
        found[:1] = [replace(before, claims_for=tuple(for_it)), replace(found[0], start=date.fromordinal(begin))]
    return found


def _ranked(case: Case, said: Iterable[Statement]) -> list[str]:
    """Ids of the claims, strongest first; of equals the one that speaks of a later day."""
    ranked = sorted(said, key=lambda s: (-round(case.weights.get(s.id, 0.0), 9), -(s.last or 0), s.id))
    return list(dict.fromkeys(s.id for s in ranked))
