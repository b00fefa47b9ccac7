"""What a claim says of the holder, and on which day: the step before any model of control."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from whoholds.model import Claim, Kind, Mode

TAKES = frozenset({Kind.HOLDS, Kind.GAINS, Kind.REPELS, Kind.CLEARS})
"""The actor has the place (at the end of the day)."""
LEAVES = frozenset({Kind.WITHDRAWS, Kind.LOSES, Kind.ABSENT})
FIGHTS = frozenset({Kind.CONTESTS, Kind.ADVANCES, Kind.BESIEGES, Kind.REPELS})

WIDE_DAYS = 7
"""An interval longer than this is background ("in 2014"); a report that gives the day says more."""


class Rank(IntEnum):
    """The order of a day: what was so, who left, who came, what is denied. The taker holds at the day's end."""

    STATE = 0
    LEAVE = 1
    TAKE = 2
    DENIAL = 3


@dataclass(frozen=True, slots=True)
class Event:
    """One statement about the holder, with its place in the order of things.

    `day` None: the claim has no day at all, and stands before everything that has.
    """

    claim: Claim
    day: date | None
    rank: Rank
    actors: tuple[str, ...]
    id: str
    """The claim's."""
    still: bool = False
    """The last day of a state that began before: it confirms, and speaks against a change since its first day. Of an
    open state ("since 2014") that is the report's date, for which it only confirms."""

    @property
    def order(self) -> tuple[date, int, date, str, bool]:
        """Later in the order is believed over earlier; the claim's id makes it the same for any order of input."""
        return (self.day or date.min, self.rank, published_by(self.claim) or date.min, self.id, self.still)


def published_by(claim: Claim) -> date | None:
    """The day by which the claim's report was surely published."""
    return claim.published.end if claim.published else None


def is_part(claim: Claim) -> bool:
    """True where the claim is about a part of the place only: it never moves the whole."""
    return claim.extent == "part" or (claim.share is not None and claim.share < 1)


def last_day(claim: Claim) -> date | None:
    """The last day the claim speaks of: its interval's end, or where that is open, its report's date."""
    return claim.when.end or published_by(claim) or claim.when.start


def holder_events(claims: Sequence[Claim]) -> list[Event]:
    """The claims of one place that bear on its holder, as events in order."""
    joint = _joint_actors(claims)
    events: list[Event] = []
    for claim in claims:
        actors, rank = joint.get(_statement(claim), ()), _rank(claim)
        if claim.actor is None and claim.against and rank is Rank.TAKE:
            # Taken by somebody the report does not name: all that is known is who had it before.
            actors, rank = (claim.against,), Rank.LEAVE
        if rank is None or not actors:
            continue
        first, last = _days(claim, claims)
        if claim.kind is Kind.HOLDS and first and last and (ended := _ended(claim, first, last, claims)):
            last = max(ended, first)
        events.append(Event(claim, first, rank, actors, claim.id))
        if first != last:
            events.append(Event(claim, last, rank, actors, claim.id, still=True))
    return sorted(events, key=lambda event: event.order)


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


def _rank(claim: Claim) -> Rank | None:
    if claim.mode is Mode.DENIED and claim.kind in TAKES | LEAVES:
        return Rank.DENIAL
    if claim.mode is not Mode.ASSERTED:
        return None  # planned, attempted, possible: nothing has changed hands
    if claim.kind is Kind.HOLDS:
        return Rank.STATE
    if claim.kind in TAKES:
        return Rank.TAKE
    return Rank.LEAVE if claim.kind in LEAVES else None


def _days(claim: Claim, others: Iterable[Claim]) -> tuple[date | None, date | None]:
    """First and last day on which the claim speaks of the holder."""
    last = last_day(claim)
    if claim.kind in (Kind.HOLDS, Kind.ABSENT):
        first = claim.when.start or last
        return (first, last) if first and last and first <= last else (last, last)
    start = claim.when.start
    if start and last and (last - start).days > WIDE_DAYS:
        # "Captured in 2014": the reports that give the day say when. Without them it was so at the year's end.
        exact = [day for other in others if (day := _exact_day(other, claim)) and start <= day <= last]
        last = max(exact, default=last)
    return last, last


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


def _exact_day(other: Claim, wide: Claim) -> date | None:
    """The day of a claim that says the same as the wide one, more closely dated."""
    same = other.actor == wide.actor and other.kind is wide.kind and other.mode is wide.mode
    if not same or is_part(other) != is_part(wide):
        return None
    start, last = other.when.start, last_day(other)
    return last if start and last and (last - start).days <= WIDE_DAYS else None


def _statement(claim: Claim) -> tuple[object, ...]:
    return (claim.report_id, claim.anchors.cue, claim.kind, claim.mode)


def _joint_actors(claims: Iterable[Claim]) -> dict[tuple[object, ...], tuple[str, ...]]:
    """Who is meant together: "X and Y took P" is one claim each, read from the same words of the same report."""
    found: dict[tuple[object, ...], set[str]] = {}
    for claim in claims:
        if claim.actor:
            found.setdefault(_statement(claim), set()).update((claim.actor, *claim.jointly_with))
    return {statement: tuple(sorted(actors)) for statement, actors in found.items()}
