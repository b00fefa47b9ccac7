"""One place with all that is said of it: made ready for the chain, and read back from it as spells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from whoholds.control.evidence import MOVES, Statement, fighting_days, published_by, statements
from whoholds.control.parameters import Parameters
from whoholds.control.track import State, Track, settled, track
from whoholds.control.witnesses import Aligned, Witness, witnesses
from whoholds.model import Claim, Place

BEFORE_ALL = 2
"""The ordinal on which a claim without any day stands where none of its place has one."""


@dataclass(frozen=True, slots=True)
class Fight:
    """Days of fighting, as ordinals with both ends included, and the claim that tells of them."""

    first: int
    last: int
    claim: Claim


@dataclass(frozen=True)
class Case:
    """What is known of one place."""

    place_id: str
    place: Place
    statements: tuple[Statement, ...]
    """In order; those without a day stand before all others."""
    witnesses: tuple[Witness, ...]
    fights: tuple[Fight, ...]
    track: Track | None
    aligned: Aligned | None = None
    spoken: dict[tuple[int, State], int] = field(default_factory=dict, compare=False, repr=False)
    """What `disputes.speaks` said of statements (by their `id()`) and states: it is asked for every stretch of days."""

    @cached_property
    def heard(self) -> tuple[list[int], list[Statement]]:
        """The witnesses' own statements about the whole place, by their last days, and those days."""
        said = [w.statement for w in self.witnesses if not w.statement.part and not w.statement.area]
        said.sort(key=lambda statement: statement.order)
        return [statement.last or 0 for statement in said], said

    @cached_property
    def ranked(self) -> list[Statement]:
        """Those about the whole place, strongest first; of equals the one that speaks of a later day."""
        weights = self.weights
        said = [s for s in self.statements if not s.part]
        return sorted(said, key=lambda s: (-round(weights.get(s.id, 0.0), 9), -(s.last or 0), s.id))

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """What each claim weighs: its strongest witness, whether it stands for it or only carries it."""
        found: dict[str, float] = {}
        for witness in self.witnesses:
            for name in witness.claims:
                found[name] = max(found.get(name, 0.0), witness.weight)
        return found


def case_of(
    claims: Sequence[Claim],
    place_id: str,
    place: Place,
    parameters: Parameters,
    aligned: Aligned | None = None,
    carriers: Mapping[str, str] | None = None,
    days: Iterable[int] = (),
    extra: Sequence[Statement] = (),
) -> Case:
    """`claims`: all about the place, in order of their ids. `days`: ordinals that will be asked about.

    `extra`: statements from elsewhere: of the wider area, or people's corrections.
    """
    fights = sorted(
        (
            Fight(within[0].toordinal(), within[1].toordinal(), claim)
            for claim in claims
            if (within := fighting_days(claim))
        ),
        key=lambda fight: (fight.first, fight.last, fight.claim.id),
    )
    said = _dated([*settled(statements(claims), aligned), *extra], [fight.first for fight in fights])
    found = witnesses(said, parameters, aligned, carriers)
    hard = [(fight.first, fight.last) for fight in fights if fight.claim.kind != "repels"]
    return Case(
        place_id,
        place,
        tuple(said),
        tuple(found),
        tuple(fights),
        track(found, hard, parameters, aligned, days),
        aligned,
    )


def place_of(claims: Iterable[Claim]) -> Place:
    """The place as most claims have it, those that found it first; of two names as many use, the later report's."""
    same: dict[int, tuple[Place, int, int]] = {}  # by identity: most claims of a ledger share their place
    for claim in claims:
        place, count, day = same.get(id(claim.place), (claim.place, 0, 0))
        published = published_by(claim)
        same[id(place)] = (place, count + 1, max(day, published.toordinal() if published else 0))
    counts: dict[Place, int] = {}
    latest: dict[Place, int] = {}
    for place, count, day in same.values():
        counts[place] = counts.get(place, 0) + count
        latest[place] = max(latest.get(place, 0), day)
    return min(counts, key=lambda p: (p.lat is None, -counts[p], -latest[p], p.name, repr(p)))


def _dated(said: Sequence[Statement], fought: Sequence[int]) -> list[Statement]:
    """In order, with a day for each: what has none stands before all others.

    The first that is known of a place, if it is a state and nobody says since when, was so in the fighting before it.
    """
    days = [statement.first for statement in said if statement.first is not None]
    before = min(days) - 1 if days else BEFORE_ALL
    found = [s if s.last is not None else replace(s, first=before, last=before, open_start=True) for s in said]
    whole = [s.first or 0 for s in found if not s.part and s.effect in MOVES]
    begun, fight = min(whole, default=0), min(fought, default=0)
    if fight and fight < begun:
        found = [replace(s, first=fight) if s.open_start and s.first == begun and not s.part else s for s in found]
    return sorted(found, key=lambda statement: statement.order)
