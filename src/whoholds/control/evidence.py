"""What a claim says of the holder, and for which days: the step before any model of control."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from whoholds.model import Claim, Correction, Kind, Mode

TAKES = frozenset({Kind.HOLDS, Kind.GAINS, Kind.REPELS, Kind.CLEARS})
"""The actor has the place (at the end of the day)."""
LEAVES = frozenset({Kind.WITHDRAWS, Kind.LOSES, Kind.ABSENT})
STATES = frozenset({Kind.HOLDS, Kind.ABSENT})
"""How things were with the place itself; a siege is a state too, and tells nothing of who has it."""
FIGHTS = frozenset({Kind.CONTESTS, Kind.ADVANCES, Kind.BESIEGES, Kind.REPELS})

WIDE_DAYS = 7
"""An interval longer than this is background ("in 2014"); a report that gives the day says more."""
MONTH_DAYS = 31
YEAR_DAYS = 366


class Effect(IntEnum):
    """What a claim does to the question who holds the place."""

    TAKE = 0
    """They have it."""
    LEAVE = 1
    """They went; nobody is said to have come."""
    LOSE = 2
    """They have lost it; who has it is not said."""
    NOT = 3
    """They have not got it: denied."""
    STAY = 4
    """They have not lost or left it: denied."""
    EMPTY = 5
    """Nobody has it: a person's word. Reports only ever say that somebody is not there."""


MOVES = (Effect.TAKE, Effect.LEAVE, Effect.LOSE, Effect.EMPTY)
"""What is said to be so; the others are denials."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim that bears on the holder of a place, or of a part of it, and the days for which it does.

    Days are proleptic Gregorian ordinals (`date.toordinal`), both ends included; None where the claim has no day.
    """

    claim: Claim
    effect: Effect
    actors: tuple[str, ...]
    """More than one where they are said to hold it together; in order."""
    first: int | None
    last: int | None
    part: bool = False
    """True: of a part of the place only."""
    open_start: bool = False
    """A state, and nobody says since when."""
    open_end: bool = False
    """A state, and nobody says that it is still so ("had held it since 2014")."""

    area: bool = False
    """True: of a wider area that the place lies in. It tells of no change, and any direct word outweighs it."""
    id: str = ""
    """The claim's, which takes long to work out."""
    published: int = 0
    """The day by which it was surely published; 0 where that is not known."""

    @property
    def order(self) -> tuple[int, int, str]:
        """By day, then by publication; the claim's id makes it the same for any order of input."""
        return (self.last or 0, self.published, self.id)


def ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def published_by(claim: Claim) -> date | None:
    """The day by which the claim's report was surely published."""
    return claim.published.end if claim.published else None


def is_part(claim: Claim) -> bool:
    """True where the claim is about a part of the place only: it never moves the whole."""
    return claim.extent == "part" or (claim.share is not None and claim.share < 1)


def tells_holder(claim: Claim) -> bool:
    """True where it says who has the place, or has it no more: fighting does not, nor what is said of a part."""
    return claim.kind in TAKES | LEAVES and not is_part(claim)


def last_day(claim: Claim) -> date | None:
    """The last day the claim speaks of: its interval's end, or where that is open, its report's date."""
    return claim.when.end or published_by(claim) or claim.when.start


def since_day(claim: Claim) -> date | None:
    """The first day on which a state was surely so.

    "Since December" and "since 2014" have the first day of their month or year as their start; what they say is that it
    was so by the end of it. None where no start is given.
    """
    start, last = claim.when.start, last_day(claim)
    if start is None or last is None or start.day != 1:
        return start
    if claim.when.precision == "day" or (last - start).days < MONTH_DAYS:
        return start
    return opening(start, last)


def opening(start: date, last: date) -> date:
    """The last day of the month or year that "since December" or "since 2014" names, of which `start` is the first.

    `last`: of the state; what has lasted for less than a year is not told by years.
    """
    if start.month == 1 and (last - start).days >= YEAR_DAYS:
        return date(start.year, 12, 31)
    return start.replace(day=calendar.monthrange(start.year, start.month)[1])


def statements(claims: Sequence[Claim]) -> list[Statement]:
    """The claims of one place that bear on its holder, in order of their days."""
    joint = _joint_actors(claims)
    found: list[Statement] = []
    for claim in claims:
        effect, actors = _effect(claim), joint.get(_words(claim), ())
        if claim.actor is None and claim.against and effect is Effect.TAKE:
            # Taken by somebody the report does not name: all that is known is who had it before.
            actors, effect = (claim.against,), Effect.LOSE
        if claim.rule == Correction.RULE and claim.actor is None:
            effect = Effect.EMPTY
        elif effect is None or not actors:
            continue
        if effect is not Effect.TAKE and claim.actor:
            actors = (claim.actor,)  # who left together did not leave as one
        first, last = _days(claim)
        if claim.kind is Kind.HOLDS and first and last and (ended := _ended(claim, first, last, claims)):
            last = max(ended, first)
        found.append(
            Statement(
                claim,
                effect,
                actors,
                ordinal(first),
                ordinal(last),
                part=is_part(claim),
                open_start=claim.kind.is_state and claim.when.start is None,
                open_end=claim.kind is Kind.HOLDS and claim.when.end is None and claim.when.start is not None,
                id=claim.id,
                published=ordinal(published_by(claim)) or 0,
            )
        )
    return sorted(found, key=lambda statement: statement.order)


def fighting_days(claim: Claim) -> tuple[date, date] | None:
    """The days for which an asserted claim of fighting speaks, both ends included.

    Of an event that happened at some time up to a day only that day is taken; of an open end no more than was known
    when the report appeared.
    """
    if claim.mode is not Mode.ASSERTED or claim.kind not in FIGHTS:
        return None
    last = last_day(claim)
    if last is None:
        return None
    first = claim.when.start
    if first is None or (not claim.throughout and (last - first).days > WIDE_DAYS):
        first = last
    return min(first, last), last


def _effect(claim: Claim) -> Effect | None:
    if claim.mode is Mode.DENIED:
        return Effect.NOT if claim.kind in TAKES else Effect.STAY if claim.kind in LEAVES else None
    if claim.mode is not Mode.ASSERTED:
        return None  # planned, attempted, possible: nothing has changed hands
    if claim.kind in TAKES:
        return Effect.TAKE
    if claim.kind in LEAVES:
        return Effect.LOSE if claim.kind is Kind.LOSES else Effect.LEAVE
    return None


def _days(claim: Claim) -> tuple[date | None, date | None]:
    """First and last day on which the claim speaks of the holder. Of an event "by" a day only that day is sure."""
    last = last_day(claim)
    first = since_day(claim) if claim.kind in STATES else claim.when.start
    return (first, last) if first and last and first <= last else (last, last)


def _ended(state: Claim, first: date, last: date, others: Iterable[Claim]) -> date | None:
    """The day before somebody else came to hold the place, by the same voice in the same report, within these days.

    "The rebels who had held it since April" is dated up to the report's day, as nothing in the words ends it; nobody
    contradicts himself, so it ended as the other side came. None where nobody else did.
    """
    days = []
    for other in others:
        if other.report_id != state.report_id or other.mode is not Mode.ASSERTED or is_part(other):
            continue
        if other.kind not in TAKES or other.actor in (None, state.actor, *state.jointly_with):
            continue
        if state.voices and other.voices and state.voices != other.voices:
            continue  # two voices may well contradict each other
        came = other.when.start if other.kind is Kind.HOLDS else last_day(other)
        if came and first < came <= last:
            days.append(came - timedelta(days=1))
    return min(days, default=None)


def _words(claim: Claim) -> tuple[object, ...]:
    cue = claim.anchors.cue
    return (claim.report_id, cue.start, cue.end, claim.kind, claim.mode)


def _joint_actors(claims: Iterable[Claim]) -> dict[tuple[object, ...], tuple[str, ...]]:
    """Who is meant together: "X and Y took P" is one claim each, read from the same words of the same report."""
    found: dict[tuple[object, ...], tuple[str, ...]] = {}
    for claim in claims:
        if claim.actor:
            words = _words(claim)
            named = (claim.actor, *claim.jointly_with, *found.get(words, ()))
            found[words] = named if len(named) == 1 else tuple(sorted({*named}))
    return found
