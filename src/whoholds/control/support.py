"""How well an answer is supported: a small monotone figure, and no probability.

A stand-in until the model of control is fitted and calibrated on wars it has not seen. The factors are judgement, not
measurement: they keep the order that matters (confirmed over plain over claimed over unverified over disputed, and a
side's own good news under anybody else's), and nothing more should be read into them.
"""

from __future__ import annotations

from collections.abc import Iterable

from whoholds.model import Claim, Kind, Stance

STANCE = {
    Stance.CONFIRMED: 0.9,
    Stance.PLAIN: 0.8,
    Stance.CLAIMED: 0.6,
    Stance.UNVERIFIED: 0.5,
    Stance.DISPUTED: 0.4,
}
SELF_SERVING = 0.8
"""Factor for a side that reports its own gain or the other side's loss."""

_GOOD_FOR_ACTOR = frozenset({Kind.HOLDS, Kind.GAINS, Kind.REPELS, Kind.CLEARS})


def weight(claim: Claim) -> float:
    """0 to 1: what the claim alone is worth."""
    return claim.confidence * STANCE[claim.stance] * (SELF_SERVING if _serves_speaker(claim) else 1.0)


def support(pro: Iterable[Claim], con: Iterable[Claim]) -> float:
    """0 to 1, three digits: up with every witness for the answer, down with every witness against it.

    Witnesses are taken as independent, and a speaker whom many reports quote as one (the strongest claim counts).
    """
    doubt = 1.0
    for value in _witnesses(pro).values():
        doubt *= 1 - value
    against = 1.0
    for value in _witnesses(con).values():
        against *= 1 - value / 2
    return round((1 - doubt) * against, 3)


def _witnesses(claims: Iterable[Claim]) -> dict[object, float]:
    found: dict[object, float] = {}
    for claim in claims:
        name = next((voice.name for voice in claim.voices if voice.name), None)
        witness = ("speaker", name.casefold()) if name else ("report", claim.report_id)
        found[witness] = max(found.get(witness, 0.0), weight(claim))
    return found


def _serves_speaker(claim: Claim) -> bool:
    sides = {voice.side for voice in claim.voices if voice.side}
    gains, loses = (claim.actor, claim.against) if claim.kind in _GOOD_FOR_ACTOR else (claim.against, claim.actor)
    return gains in sides and loses not in sides
