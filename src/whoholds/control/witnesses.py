"""Who vouches for a statement, and what that is worth.

A witness is an origin: a speaker and what he said within three days, or a report where nobody is quoted. However many
reports carry it, it counts once. What it weighs depends on the kind of claim, the stance and the interest that the
speaker's side has in it, and one side's witnesses together weigh no more than a cap within 72 hours, or than the one
of them that weighs most.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from whoholds.control.evidence import WIDE_DAYS, Effect, Statement
from whoholds.control.parameters import Parameters
from whoholds.model import Claim, Correction, Kind, Stance
from whoholds.resolve.origins import carrier, voice_key

Aligned = Callable[[str, str, date | None], bool]
"""True where two actors fight on one side on a day: their claims on one place do not speak against each other."""

Said = tuple[Statement, float, str | None]
"""A statement, what it weighs in the mouth of one voice, and the side that voice speaks for."""

SAME_STATEMENT_DAYS = 2
"""What one origin says again within so many days is the same statement, passed on."""
CAP_DAYS = 3
"""72 hours."""

KIND = {
    Kind.GAINS: 1.0,
    Kind.WITHDRAWS: 1.0,
    Kind.LOSES: 1.0,
    Kind.HOLDS: 0.9,
    Kind.ABSENT: 0.9,
    Kind.REPELS: 0.8,
    Kind.CLEARS: 0.7,
}
STANCE = {
    Stance.CONFIRMED: 1.2,
    Stance.PLAIN: 1.0,
    Stance.CLAIMED: 0.8,
    Stance.UNVERIFIED: 0.6,
    Stance.DISPUTED: 0.4,
}
"""Factors on the weight: judgement, not measurement. They keep the order that matters and nothing more."""
MOST = 0.85
"""Factor where the words say "most of" the place."""
PERSON = 6.0
"""Weight of a correction: more than two neutral reports, and not so much that many of them cannot outweigh it."""
AREA = 0.2
"""Factor for what is said of the whole area around a place."""
DENIAL = 0.7
"""Factor for what is denied: a denial says who has not, never who has."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One origin's word for one thing: the statement that stands for it, its weight, and all claims that carry it."""

    statement: Statement
    weight: float
    """Log-likelihood ratio, 0 or more, after interest, confidence and the cap."""
    origin: str
    side: str | None
    claims: tuple[str, ...]
    """Ids of every claim by this origin for this, the one that stands for it first."""


def witnesses(
    statements: Sequence[Statement],
    parameters: Parameters,
    aligned: Aligned | None = None,
    carriers: Mapping[str, str] | None = None,
) -> list[Witness]:
    """The witnesses behind the statements on one place, in order of day.

    `carriers`: for a report that is a copy, who answers for what nobody is quoted with (`resolve.origins.carrier`).
    """
    parties = {actor for statement in statements for actor in statement.actors}
    groups: dict[tuple[str, *tuple[object, ...]], list[Said]] = {}
    for statement in statements:
        for origin, side in origins(statement.claim, carriers or {}):
            weight = _weight(statement, side, parties, parameters, aligned)
            content = (statement.effect, statement.actors, statement.part, _lasting(statement))
            groups.setdefault((origin, *content), []).append((statement, weight, side))
    found = [_one(key[0], run) for key, group in groups.items() for run in _runs(group)]
    found.sort(key=lambda witness: (*witness.statement.order, witness.origin))
    return _capped(found, parameters.cap)


def origins(claim: Claim, carriers: Mapping[str, str]) -> list[tuple[str, str | None]]:
    """Each voice behind a claim, as a key that all carriers of its word share, with the side it speaks for."""
    printed_by = carriers.get(claim.report_id) or carrier(claim)
    if not claim.voices:
        return [(printed_by, claim.outlet_side)]
    return list(dict.fromkeys((voice_key(claim, voice, printed_by), voice.side) for voice in claim.voices))


def _runs(group: list[Said]) -> Iterable[list[Said]]:
    """What one origin said again and again, cut where it is a new statement."""
    if len(group) == 1:
        yield group
        return
    run: list[Said] = []
    begun = 0
    for item in sorted(group, key=lambda one: one[0].order):
        day = item[0].last or 0
        if run and day - begun > SAME_STATEMENT_DAYS:
            yield run
            run = []
        if not run:
            begun = day
        run.append(item)
    yield run


def _one(origin: str, run: list[Said]) -> Witness:
    def rank(item: Said) -> tuple[bool, float, int, tuple[int, int, str]]:
        statement, weight, _ = item
        start, days = statement.claim.when.start, (statement.last or 0) - (statement.first or 0)
        close = statement.claim.kind is not Kind.HOLDS and start is not None and days <= WIDE_DAYS
        return (not close, -weight, days, statement.order)

    ranked = sorted(run, key=rank) if len(run) > 1 else run
    statement, _, side = ranked[0]
    weight = max([item[1] for item in run])
    if len(run) > 1 and statement.claim.kind is Kind.HOLDS and statement.first is not None:
        # What it says again within these days was so on all of them.
        statement = replace(statement, first=min(item[0].first or statement.first for item in run))
    return Witness(statement, weight, origin, side, tuple(dict.fromkeys(item[0].id for item in ranked)))


def _lasting(statement: Statement) -> bool:
    """True of a state that is said of more than some days: it says more than that it was so at its end."""
    days = (statement.last or 0) - (statement.first or 0)
    return statement.claim.kind is Kind.HOLDS and days > WIDE_DAYS


def _weight(
    statement: Statement,
    side: str | None,
    parties: Collection[str],
    parameters: Parameters,
    aligned: Aligned | None,
) -> float:
    claim = statement.claim
    if claim.rule == Correction.RULE:
        return PERSON
    weight = parameters.neutral * KIND.get(claim.kind, 1.0) * STANCE[claim.stance]
    if statement.area:
        weight *= AREA
    if claim.extent == "most":
        weight *= MOST
    if statement.effect in (Effect.NOT, Effect.STAY):
        weight *= DENIAL
    good = interest(statement, side, parties, aligned)
    if good:
        weight *= parameters.self_serving if good > 0 else parameters.self_adverse
    # The claim may be misread; then the report says nothing.
    return math.log1p(claim.confidence * math.expm1(weight))


def interest(
    statement: Statement, side: str | None, parties: Collection[str] = (), aligned: Aligned | None = None
) -> int:
    """1 where the news is good for the speaker's side, -1 where it is bad, 0 where the speaker has none.

    `parties`: all who are said to have held the place; a speaker of one of them wishes the others ill.
    """
    if side is None:
        return 0
    day = statement.claim.when.end or statement.claim.when.start

    def friend(actor: str) -> bool:
        return actor == side or bool(aligned and aligned(actor, side, day))

    ours = any(friend(actor) for actor in statement.actors)
    gained = statement.effect in (Effect.TAKE, Effect.STAY)
    if ours:
        return 1 if gained else -1
    if statement.claim.against == side or side in parties:
        return -1 if gained else 1
    return 0


def _capped(found: Sequence[Witness], cap: float) -> list[Witness]:
    """The same with each side's word for one thing held to the cap, or to its one strongest, within 72 hours.

    First come, first heard. Of one day's words those that tell of a change are heard first, then those that speak of
    more days, then the strongest, so that one more of them never takes the place of one that says more.
    """

    def turn(number: int) -> tuple[int, bool, int, float, int]:
        statement, weight = found[number].statement, found[number].weight
        first, last = statement.first or 0, statement.last or 0
        return (last, statement.claim.kind is not Kind.GAINS, first, -weight, number)

    given: dict[Hashable, list[tuple[int, float]]] = {}
    result = list(found)
    for number in sorted((n for n, witness in enumerate(found) if witness.side is not None), key=turn):
        witness = found[number]
        statement = witness.statement
        day = statement.last or 0
        said = given.setdefault((witness.side, statement.effect, statement.actors), [])
        # Against boasts, not against what one word weighs that a side says to its own loss.
        most = max(cap, witness.weight)
        room = max(most - sum(weight for on, weight in said if day - on < CAP_DAYS), 0.0)
        weight = min(witness.weight, room)
        said.append((day, weight))
        result[number] = Witness(statement, weight, witness.origin, witness.side, witness.claims)
    return result
