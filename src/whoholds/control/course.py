"""From chances to spells: what the answer is for each stretch of days, what it rests on, and what speaks against it."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from whoholds.control.answer import DIGITS, FAINT, Chances, best, rivals, support
from whoholds.control.case import Case, Fight
from whoholds.control.chain import later
from whoholds.control.disputes import Disputes, of_run, speaks
from whoholds.control.evidence import MOVES, Statement
from whoholds.control.parts import Parts
from whoholds.control.track import Floats, State
from whoholds.model import Spell, Status

LONGEST = 40_000
"""Days (a century) for which it is asked whether an answer has faded."""


@dataclass(slots=True)
class Stretch:
    """Days with one answer, while they are put together. Ordinals; `end` None: open."""

    start: int
    end: int | None
    state: State
    chances: Chances | None
    parts: Mapping[str, Statement]
    fights: tuple[Fight, ...]
    disputed: bool = False

    @property
    def divided(self) -> bool:
        if not self.parts:
            return False
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
        return [_weighed(case, spell, chances[at].tolist(), day)] if at >= 0 else [spell]
    now: Chances = later(track, chances, after).tolist()
    if support(case, now, state, day.toordinal()) >= FAINT:
        return [_weighed(case, spell, now, day)]
    low, high = 0, after  # after so many days nobody can be said to hold it any more
    while high - low > 1:
        middle = (low + high) // 2
        held = support(case, later(track, chances, middle).tolist(), state, last + middle) >= FAINT
        low, high = (middle, high) if held else (low, middle)
    gone = replace(
        spell,
        status=Status.UNKNOWN,
        holders=(),
        start=date.fromordinal(last + high),
        support=0.0,
        fighting=False,
        disputed=False,
        rivals=rivals(case, now, None, day.toordinal()),
    )
    return [replace(spell, end=date.fromordinal(last + high - 1)), gone]


def _weighed(case: Case, spell: Spell, now: Chances, day: date) -> Spell:
    state = spell.holders if spell.status is Status.HELD else ()
    found = round(support(case, now, state, day.toordinal()), DIGITS)
    return replace(spell, support=found, rivals=rivals(case, now, state, day.toordinal()))


def _stretches(case: Case, chances: Floats | None) -> list[Stretch]:
    bounds = {day for fight in case.fights for day in (fight.first, fight.last + 1)}
    bounds |= {s.last or 0 for s in case.statements if s.part}
    starts: list[int] = []
    rows: list[list[float]] = []
    most: list[int] = []
    if case.track is not None and chances is not None:
        starts, rows, most = case.track.starts.tolist(), chances.tolist(), chances.argmax(axis=1).tolist()
        bounds |= {*starts}
    days = sorted(bounds)
    parts = Parts(case.statements, case.aligned) if any(s.part for s in case.statements) else None
    disputes = Disputes(case)
    coming = deque(case.fights)
    fights: list[Fight] = []
    found: list[Stretch] = []
    at = -1
    for number, day in enumerate(days):
        while at + 1 < len(starts) and starts[at + 1] <= day:
            at += 1
        state = best(case, rows[at], most[at], day) if at >= 0 else None
        fights = [fight for fight in fights if day <= fight.last]
        while coming and coming[0].first <= day:
            fights.append(coming.popleft())
        if not found or found[-1].state != state:
            disputes.begin(day)
        found.append(
            Stretch(
                day,
                days[number + 1] - 1 if number + 1 < len(days) else None,
                state,
                rows[at] if at >= 0 else None,
                parts.upto(day, state) if parts else {},
                tuple(fights),
                disputed=at >= 0 and state is not None and disputes.on(day, state, rows[at]),
            )
        )
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


def _run(case: Case, stretches: list[Stretch], *, first: bool) -> list[Spell]:
    """The spells of days with one holder, which fighting, disputes and parts may divide."""
    state = stretches[0].state
    begin, end = stretches[0].start, stretches[-1].end
    within = [s for s in case.ranked if (s.last or 0) >= begin and (end is None or (s.first or 0) <= end)]
    con = [s for s in within if not s.area and of_run(s, begin, end) and speaks(s, state, case) < 0]
    pro = [s for s in within if speaks(s, state, case) > 0]
    # What nobody told of these days, and what is left since the others have gone, rests on words of before.
    pro = pro or [s for s in case.ranked if (s.last or 0) < begin and speaks(s, state, case) > 0]
    open_start = first and any(s.open_start and (s.first or 0) == begin for s in pro)
    last = max((min(s.last or 0, end or s.last or 0) for s in pro if not s.area), default=None)
    for_it = dict.fromkeys(s.id for s in pro)
    found = []
    for _, group in groupby(stretches, key=lambda stretch: stretch.answer):
        pieces = list(group)
        piece, now = pieces[0], pieces[-1].chances
        upto = pieces[-1].end
        start = None if open_start and piece is stretches[0] else date.fromordinal(piece.start)
        rest = [s.id for p in pieces for s in p.parts.values()]
        rest += [fight.claim.id for p in pieces for fight in p.fights]
        known = state is not None and now is not None
        against = dict.fromkeys(s.id for s in con if upto is None or (s.last or 0) <= upto)
        found.append(
            Spell(
                place_id=case.place_id,
                place=case.place,
                status=Status.UNKNOWN if state is None else Status.HELD if state else Status.VACATED,
                holders=state or (),
                start=start,
                end=date.fromordinal(upto) if upto is not None else None,
                support=round(support(case, now, state, piece.start), DIGITS) if known and now is not None else 0.0,
                fighting=bool(piece.fights),
                disputed=piece.disputed,
                divided=piece.divided,
                rivals=rivals(case, now, state, piece.start) if now is not None else (),
                claims_for=tuple(for_it | dict.fromkeys(rest) if rest else for_it),
                claims_against=tuple(name for name in against if name not in for_it),
                last_evidence=date.fromordinal(min(last, upto) if upto is not None else last) if last else None,
            )
        )
    if open_start and stretches[0].fights:
        # It was so before; nobody says that it was fought over before.
        before = replace(found[0], end=date.fromordinal(begin - 1), fighting=False, disputed=False, divided=False)
        found[:1] = [replace(before, claims_for=tuple(for_it)), replace(found[0], start=date.fromordinal(begin))]
    return found
