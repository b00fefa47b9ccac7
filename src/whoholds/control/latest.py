"""Control, first version: the latest claim that bears on the holder decides, and a withdrawal vacates.

It walks through the claims of one place day by day. A hidden Markov chain over the same events (evidence.py) is to
replace the walk and the support figure; `control.spells` stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby

from whoholds.control.evidence import (
    LEAVES,
    TAKES,
    Event,
    Rank,
    fighting_days,
    holder_events,
    is_part,
    last_day,
    published_by,
)
from whoholds.control.support import support, weight
from whoholds.model import Claim, Kind, Place, Spell, Status

Aligned = Callable[[str, str, date | None], bool]
"""True where two actors fight on one side on a day: their claims on one place do not speak against each other."""

ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Segment:
    """A stretch of days with one answer, while it is being made."""

    start: date | None = None
    end: date | None = None
    status: Status = Status.UNKNOWN
    holders: tuple[str, ...] = ()
    disputed: bool = False
    parts: dict[str, Claim] = field(default_factory=dict)
    """Who is said to have a part of the place, by the latest claim of each."""
    pro: dict[str, Claim] = field(default_factory=dict)
    con: dict[str, Claim] = field(default_factory=dict)
    last: date | None = None
    """The last day with evidence of the holder."""
    took: Rank | None = None
    """What kind of event `last` rests on: a state of the same day gives way to a taking."""
    fighting: list[Claim] = field(default_factory=list)

    @property
    def divided(self) -> bool:
        others = {*self.parts} - {*self.holders}
        return bool(others) and len(others) + len(self.holders) > 1

    @property
    def answer(self) -> tuple[object, ...]:
        return (self.status, self.holders, self.disputed, self.divided)

    def copy(self, **changes: object) -> Segment:
        own = {"parts": dict(self.parts), "pro": dict(self.pro), "con": dict(self.con)}
        return replace(self, **{**own, **changes})  # type: ignore[arg-type]


class Walk:
    """The claims of one place in the order of their days, and the answer as it changes."""

    def __init__(self, aligned: Aligned | None) -> None:
        self._aligned = aligned
        self.now = Segment()
        self.done: list[Segment] = []

    def run(self, events: Iterable[Event]) -> list[Segment]:
        """The segments, in order and without gaps; the last one has no end."""
        for day, group in groupby(events, key=lambda event: event.day):
            self._day(day, list(group))
        return [*self.done, self.now]

    def _day(self, day: date | None, events: Sequence[Event]) -> None:
        before = self.now
        self.now = before.copy()
        untouched = not before.pro and not before.parts
        was_so: Segment | None = None
        for event in _settled(events):
            if untouched and was_so is None and event.rank is not Rank.STATE and self.now.took is Rank.STATE:
                was_so = self.now.copy()
            self._apply(event)
        if self.now.answer == before.answer and not untouched:
            # What the answer rested on still stands for it, also where the day took the place away and gave it back.
            self.now.start = before.start
            self.now.pro = before.pro | self.now.pro
            self.now.con = {
                name: claim for name, claim in before.con.items() if name not in self.now.pro
            } | self.now.con
            return
        if untouched and was_so is not None and was_so.holders != self.now.holders and day:
            # The first that is known of the place is who had it up to this day's change.
            before = was_so
            before.start = None
            untouched = False
        if not untouched:
            before.end = day - ONE_DAY if day else None
            self.done.append(before)
        self.now.start = _first_start(events) if untouched else day

    def _apply(self, event: Event) -> None:
        if event.rank is Rank.DENIAL:
            if not is_part(event.claim):
                self._deny(event)
        elif is_part(event.claim):
            self._part(event)
        elif event.rank is Rank.LEAVE:
            self._leave(event)
        else:
            self._hold(event)

    def _hold(self, event: Event) -> None:
        now = self.now
        if now.status is Status.HELD and self._same(event):
            self._confirm(event)
            if event.claim.kind is Kind.GAINS:
                now.parts.clear()
        elif event.still and event.claim.when.end is None:
            return  # "had held it since 2014": nobody says that it is still so
        elif self._overlaps(event):
            self._dispute(event, Status.HELD, event.actors)
        else:
            self._move(event, Status.HELD, event.actors)

    def _leave(self, event: Event) -> None:
        now = self.now
        gone = tuple(holder for holder in now.holders if self._is_one_of(holder, event.actors, event.day))
        for actor in event.actors:
            now.parts.pop(actor, None)
        after = Status.VACATED if event.claim.kind in (Kind.WITHDRAWS, Kind.ABSENT) else Status.UNKNOWN
        if now.status is Status.HELD and not gone:
            return  # somebody else has it by now: nothing new
        if now.status is after and (after is Status.VACATED or now.pro):
            self._confirm(event)
        elif len(gone) < len(now.holders):
            now.holders = tuple(holder for holder in now.holders if holder not in gone)
            self._confirm(event)
        elif event.still and event.claim.when.end is None:
            return
        elif event.still and self._overlaps(event):
            self._dispute(event, after, ())
        elif now.status is not Status.VACATED:
            self._move(event, after, ())

    def _part(self, event: Event) -> None:
        if event.rank is Rank.LEAVE:
            for actor in event.actors:
                self.now.parts.pop(actor, None)
        elif not self._same(event):
            self.now.parts |= dict.fromkeys(event.actors, event.claim)

    def _deny(self, event: Event) -> None:
        """ "We have not lost it", "they have not taken it": the holder stays, and is disputed."""
        now = self.now
        held_by_them = any(self._is_one_of(holder, event.actors, event.day) for holder in now.holders)
        takes, leaves = event.claim.kind in TAKES, event.claim.kind in LEAVES
        if now.pro and ((takes and held_by_them) or (leaves and not held_by_them)):
            now.disputed = True
            now.con[event.id] = event.claim

    def _confirm(self, event: Event) -> None:
        now = self.now
        now.pro[event.id] = event.claim
        if now.disputed and all(_is_later(event.claim, other) for other in now.con.values()):
            now.disputed = False
        now.last, now.took = event.day, event.rank

    def _move(self, event: Event, status: Status, holders: tuple[str, ...]) -> None:
        parts = {} if status is Status.HELD else self.now.parts
        self.now = Segment(
            status=status, holders=holders, pro={event.id: event.claim}, parts=parts, last=event.day, took=event.rank
        )

    def _dispute(self, event: Event, status: Status, holders: tuple[str, ...]) -> None:
        """Two voices name different holders for the same days: the one published later wins, and both are kept."""
        rivals = dict(list(self.now.pro.items())[-1:])
        if all(_published(rival) <= _published(event.claim) for rival in rivals.values()):
            self._move(event, status, holders)
            self.now.con |= rivals
        else:
            self.now.con[event.id] = event.claim
        self.now.disputed = True

    def _overlaps(self, event: Event) -> bool:
        """True where the answer so far and the event speak of the same days and cannot both be right."""
        now = self.now
        if now.status is Status.UNKNOWN:
            return False
        # A state said to have lasted up to today, against what happened since it began; or two of a kind on one day.
        return event.still or (now.last == event.day and now.took is event.rank)

    def _same(self, event: Event) -> bool:
        return any(self._is_one_of(holder, event.actors, event.day) for holder in self.now.holders)

    def _is_one_of(self, holder: str, actors: tuple[str, ...], day: date | None) -> bool:
        if holder in actors:
            return True
        return self._aligned is not None and any(self._aligned(holder, actor, day) for actor in actors)


def place_spells(claims: Sequence[Claim], place_id: str, place: Place, aligned: Aligned | None = None) -> list[Spell]:
    """The spells of one place, in order and without gaps; none where no claim speaks of what has come about.

    `aligned` as in `control.spells`; `last_evidence` is that of the whole spell.
    """
    segments = Walk(aligned).run(holder_events(claims))
    fights = sorted(
        ((days, claim) for claim in claims if (days := fighting_days(claim))), key=lambda f: (f[0], f[1].id)
    )
    if not segments[0].pro and not segments[0].parts:
        # Nothing is known of the holder: the place is there from the first day of fighting on, if there was any.
        if not fights:
            return []
        segments[0].start = fights[0][0][0]
    elif fights and segments[0].start and fights[0][0][0] < segments[0].start:
        segments.insert(0, Segment(start=fights[0][0][0], end=segments[0].start - ONE_DAY))
    return [_spell(part, place_id, place) for segment in segments for part in _cut(segment, fights)]


def _cut(segment: Segment, fights: Sequence[tuple[tuple[date, date], Claim]]) -> list[Segment]:
    """The segment, cut where fighting begins and ends in it."""
    within = [
        (days, claim)
        for days, claim in fights
        if (segment.end is None or days[0] <= segment.end) and (segment.start is None or days[1] >= segment.start)
    ]
    cuts = sorted({day for (first, last), _ in within for day in (first, last + ONE_DAY)})
    cuts = [
        c for c in cuts if (segment.start is None or c > segment.start) and (segment.end is None or c <= segment.end)
    ]
    starts: list[date | None] = [segment.start, *cuts]
    ends: list[date | None] = [*(cut - ONE_DAY for cut in cuts), segment.end]
    pieces = []
    for start, end in zip(starts, ends, strict=True):
        on = end or start
        at = [claim for (first, last), claim in within if on is not None and first <= on <= last]
        pieces.append(segment.copy(start=start, end=end, fighting=at))
    return pieces


def _spell(segment: Segment, place_id: str, place: Place) -> Spell:
    held = segment.status is not Status.UNKNOWN
    pro = segment.pro
    ranked = sorted(pro, key=lambda name: (-weight(pro[name]), -(last_day(pro[name]) or date.min).toordinal(), name))
    rest = [claim.id for claim in (*segment.parts.values(), *segment.fighting)]
    return Spell(
        place_id=place_id,
        place=place,
        status=segment.status,
        holders=segment.holders,
        start=segment.start,
        end=segment.end,
        support=support(pro.values(), segment.con.values()) if held else 0.0,
        fighting=bool(segment.fighting),
        disputed=segment.disputed,
        divided=segment.divided,
        claims_for=tuple(dict.fromkeys([*ranked, *rest])),
        claims_against=tuple(segment.con),
        last_evidence=min(segment.last, segment.end) if segment.last and segment.end else segment.last,
    )


def _settled(events: Sequence[Event]) -> list[Event]:
    """The events of a day, with what is said of the taker's hold after the taking: the other side's was before it."""
    takers = {
        actor for event in events if event.rank is Rank.TAKE and not is_part(event.claim) for actor in event.actors
    }
    after = [event for event in events if event.rank is Rank.STATE and takers & {*event.actors}]
    before = [event for event in events if event.rank is not Rank.DENIAL and event not in after]
    return [*before, *after, *(event for event in events if event.rank is Rank.DENIAL)]


def _first_start(events: Sequence[Event]) -> date | None:
    """When the first answer begins: with its day, or open where it was so already before."""
    first = next((event for event in events if event.rank is not Rank.DENIAL), events[0])
    if first.rank is Rank.STATE and first.claim.when.start is None:
        return None
    return first.day


def _published(claim: Claim) -> date:
    return published_by(claim) or date.min


def _is_later(claim: Claim, other: Claim) -> bool:
    """True where the claim speaks of a later day than the other, and was not published before it."""
    return (last_day(claim) or date.min) > (last_day(other) or date.min) and _published(claim) >= _published(other)
