"""Events: changes of holder and stretches of fighting, merged over all reports that tell of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from whoholds.model import Claim, Kind, Place, Spell, Status

FIGHTS = frozenset([Kind.CONTESTS, Kind.ADVANCES, Kind.BESIEGES, Kind.REPELS])


CHANGES = frozenset([Kind.GAINS, Kind.CLEARS, Kind.LOSES, Kind.WITHDRAWS])
"""What tells that a place changed hands; the others tell how things were."""


class Happened(StrEnum):
    """What an event is."""

    TAKEN = "taken"
    JOINED = "joined"
    LEFT = "left"
    VACATED = "vacated"
    LOST = "lost"
    FIGHTING = "fighting"


@dataclass(frozen=True, slots=True)
class Event:
    """One change, or one stretch of fighting, at one place."""

    what: Happened
    first: date
    """The first day on which it may have been."""
    last: date | None
    """The last; of fighting, None where it goes on."""
    place_id: str
    place: Place
    before: tuple[str, ...]
    """Who held the place before."""
    after: tuple[str, ...]
    support: float
    """Of the state that it led to, 0 to 1."""
    told: tuple[Claim, ...]
    """The claims that tell of it, strongest first."""
    fought: bool
    """False where the holder is said to have gone and nobody tells of a fight."""

    @property
    def id(self) -> str:
        """Stable for the same place, kind and first day."""
        key = f"{self.place_id}|{self.what}|{self.first}"
        return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def actors(self) -> list[str]:
        """All sides that its claims name."""
        return sorted({actor for claim in self.told for actor in (claim.actor, claim.against) if actor})

    @property
    def outlets(self) -> list[str]:
        return sorted({claim.outlet for claim in self.told if claim.outlet})

    @property
    def reports(self) -> int:
        return len({claim.report_id for claim in self.told})


def events(course: Sequence[Spell], claims: Mapping[str, Claim]) -> Iterator[Event]:
    """The events of one place in order of their days. `claims` by id."""
    found = [*_changes(course, claims), *_fights(course, claims)]
    yield from sorted(found, key=lambda event: (event.first, event.what))


def _changes(course: Sequence[Spell], claims: Mapping[str, Claim]) -> Iterator[Event]:
    before: Spell | None = None
    for spell in course:
        same = before is not None and (before.status, before.holders) == (spell.status, spell.holders)
        told = [claims[name] for name in spell.claims_for if name in claims]
        if not same and spell.start is not None and (what := _what(before, spell, told)):
            last = _latest(spell.start, told)
            yield _event(what, spell.start, last, before, spell, told)
        before = spell


def _what(before: Spell | None, after: Spell, told: Sequence[Claim]) -> Happened | None:
    """What to call a change; None where an answer only grew too old, or the place is only now heard of."""
    had = set(before.holders) if before and before.status is Status.HELD else set()
    if after.status is Status.VACATED:
        return None if not had and not any(claim.kind in CHANGES for claim in told) else Happened.VACATED
    if after.status is Status.HELD:
        now = set(after.holders)
        if not had and not any(claim.kind in CHANGES for claim in told):
            return None
        return Happened.JOINED if had < now and had else Happened.LEFT if now < had else Happened.TAKEN
    return Happened.LOST if had and after.claims_for else None


def _fights(course: Sequence[Spell], claims: Mapping[str, Claim]) -> Iterator[Event]:
    """Stretches of fighting; neighbours that only differ in their holder are one."""
    stretch: list[Spell] = []
    for spell in (*course, None):
        if spell is not None and spell.fighting:
            stretch.append(spell)
            continue
        dated = [s for s in stretch if s.start is not None]
        if dated and dated[0].start is not None:
            names = dict.fromkeys(name for s in stretch for name in (*s.claims_for, *s.claims_against))
            told = [claims[name] for name in names if name in claims]
            fights = [claim for claim in told if claim.kind in FIGHTS]
            yield _event(Happened.FIGHTING, dated[0].start, stretch[-1].end, stretch[0], stretch[-1], fights or told)
        stretch = []


def _latest(start: date, told: Sequence[Claim]) -> date:
    """The last day on which the change may have been: the earliest end among the claims that date it."""
    ends = [claim.when.end for claim in told if not claim.throughout]
    return min((end for end in ends if end is not None and end >= start), default=start)


def _event(
    what: Happened, first: date, last: date | None, before: Spell | None, after: Spell, told: Sequence[Claim]
) -> Event:
    fighting = any(claim.kind in FIGHTS for claim in told) or bool(before and before.fighting)
    went = what is Happened.VACATED or any(claim.kind is Kind.WITHDRAWS for claim in told)
    return Event(
        what=what,
        first=first,
        last=last,
        place_id=after.place_id,
        place=after.place,
        before=before.holders if before else (),
        after=after.holders,
        support=after.support,
        told=tuple(told),
        fought=fighting or not went,
    )
