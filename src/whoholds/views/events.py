"""Events: changes of holder and stretches of fighting, merged over all reports that tell of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from whoholds.control.evidence import FIGHTS, WIDE_DAYS, fighting_days
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Kind, Mode, Place, Spell, Status
from whoholds.views.dating import CHANGES, between, dated


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
    by: date
    """The day from which the place's course has it."""
    first: date | None
    """The first day on which it may have been; None where the words leave that open ("has fallen")."""
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
        """Stable for the same place, kind and day from which the place's course has it."""
        key = f"{self.place_id}|{self.what}|{self.by}"
        return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def day(self) -> date:
        """The day that it counts for: its own where the words give it, else that from which the course has it."""
        return self.last if self.last and self.first == self.last else self.by

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


def events(courses: Iterable[Sequence[Spell]], claims: Mapping[str, Claim]) -> Iterator[Event]:
    """The events of places, each place's together and in order of their days. `claims` by id."""
    by_place: dict[str, list[Claim]] = {}
    for claim in claims.values():
        if claim.kind in CHANGES and claim.mode is Mode.ASSERTED:
            by_place.setdefault(place_key(claim.place), []).append(claim)
    for course in courses:
        moves = by_place.get(course[0].place_id, []) if course else []
        found = [*_changes(course, claims, moves), *_fights(course, claims)]
        yield from sorted(found, key=lambda event: (event.by, event.what))


def _changes(course: Sequence[Spell], claims: Mapping[str, Claim], moves: Sequence[Claim]) -> Iterator[Event]:
    """`moves`: what is told of the place changing hands, whatever the answers rest on."""
    before: Spell | None = None
    for spell in course:
        same = before is not None and (before.status, before.holders) == (spell.status, spell.holders)
        if not same and spell.start is not None:
            told = [claims[name] for name in spell.claims_for if name in claims]
            if _what(before, spell, told) is None:
                told += [claim for claim in moves if claim not in told and _begins(claim, spell, spell.start)]
            if what := _what(before, spell, told):
                first, last = between(spell.start, told)
                yield _event(what, spell.start, first, last, before, spell, told)
        before = spell


def _begins(claim: Claim, spell: Spell, by: date) -> bool:
    """Whether a claim tells of the change that a spell begins with, though the answer rests on others.

    "Has been theirs since Monday" is told best by those words; that they entered and the garrison left is told beside.
    """
    came = claim.kind in (Kind.GAINS, Kind.CLEARS)
    days = dated(claim)
    if claim.actor is None or (claim.actor in spell.holders) is not came or days is None:
        return False
    first, last = days[0] or days[1], days[1]
    return first <= by <= last and (last - first).days <= WIDE_DAYS


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
        begun = [s for s in stretch if s.start is not None]
        if begun and begun[0].start is not None:
            names = dict.fromkeys(name for s in stretch for name in (*s.claims_for, *s.claims_against))
            told = [claims[name] for name in names if name in claims]
            fights = [claim for claim in told if claim.kind in FIGHTS]
            by = begun[0].start
            first = _first(by, fights)
            yield _event(Happened.FIGHTING, by, first, stretch[-1].end, stretch[0], stretch[-1], fights or told)
        stretch = []


def _first(by: date, fights: Sequence[Claim]) -> date | None:
    """The first day on which a fight may have been that is told for a day: "in January" is told for its last."""
    told = [claim.when.start for claim in fights if (days := fighting_days(claim)) and days[0] == by]
    return max(filter(None, told), default=None) if told else by


def _event(
    what: Happened,
    by: date,
    first: date | None,
    last: date | None,
    before: Spell | None,
    after: Spell,
    told: Sequence[Claim],
) -> Event:
    fighting = any(claim.kind in FIGHTS for claim in told) or bool(before and before.fighting)
    went = what is Happened.VACATED or any(claim.kind is Kind.WITHDRAWS for claim in told)
    return Event(
        what=what,
        by=by,
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
