"""How likely a careful reader would write a claim too: weights of what it was read from, trained and calibrated.

A logistic regression over traits of the claim and of its neighbours in the report; `models/confidence` trains it on
claims written by hand and says how well calibrated it is. It only rates claims, it makes and drops none
(docs/decisions/0006).
"""

from __future__ import annotations

import hashlib
import json
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from whoholds.annotate.words import lexis
from whoholds.errors import WeightsError
from whoholds.model import Claim, Kind, Mode, Report, Span

PACKAGED = Path(__file__).resolve().parent.parent / "data" / "weights" / "confidence-en.json"
LOWEST, HIGHEST = 0.02, 0.98
"""No claim is certain, and none that was read is impossible."""
NEAR = 200
"""Characters between quotes that count as one spot of the report."""
GAPS = (1, 30, 80, 160)
"""Bounds, in characters, of how far words stand from their cue."""
HAS = {
    Kind.GAINS: True,
    Kind.HOLDS: True,
    Kind.REPELS: True,
    Kind.LOSES: False,
    Kind.WITHDRAWS: False,
    Kind.ABSENT: False,
}
"""Kinds that say whether the actor has the place afterwards."""
POINTERS = lexis()["nameless"]


class Confidence:
    """Rates the claims of one report at a time. Make one with `Confidence.load`."""

    def __init__(
        self, weights: dict[str, float], bias: float, scale: float, shift: float, least: float, digest: str
    ) -> None:
        self._weights, self._bias, self._scale, self._shift = weights, bias, scale, shift
        self.least = least
        """Leaving out the claims below it gives the best F1; they are marked `unsure`, not left out."""
        self.hash = digest

    @classmethod
    def load(cls, path: Path = PACKAGED) -> Confidence:
        """The packaged weights, or those at `path`. Raises WeightsError where they are missing or damaged."""
        return _load(path)

    def rate(self, claims: Sequence[Claim], report: Report) -> tuple[Claim, ...]:
        """The same claims, each with its confidence (0 to 1)."""
        rated = []
        for claim, traits in zip(claims, traits_of(claims, report), strict=True):
            score = self._bias + sum(self._weights.get(t, 0.0) for t in traits)
            value = 1 / (1 + math.exp(-(self._scale * score + self._shift)))
            rated.append(replace(claim, confidence=round(min(max(value, LOWEST), HIGHEST), 3)))
        return tuple(rated)


def is_unsure(claim: Claim) -> bool:
    """True where a claim is so little sure that a list without such claims would agree better with careful readers."""
    return claim.confidence < Confidence.load().least


@cache
def _load(path: Path) -> Confidence:
    try:
        data = path.read_bytes()
        raw: dict[str, Any] = json.loads(data)
        weights = {str(name): float(weight) for name, weight in raw["weights"].items()}
        bias, scale, shift = (float(raw[name]) for name in ("bias", "scale", "shift"))
        least = float(raw.get("least", 0.0))
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read ({error.strerror or error}); install whoholds again") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(f"{path}: damaged ({error}); install whoholds again") from error
    return Confidence(weights, bias, scale, shift, least, hashlib.sha256(data).hexdigest())


def traits_of(claims: Sequence[Claim], report: Report) -> list[list[str]]:
    """What is known of each claim, in words: its cue, how its actor and place were told, and what stands beside it."""
    spots = Counter((c.place.name, c.actor, c.kind) for c in claims)
    places = Counter(c.place.name for c in claims)
    rivals = Counter((c.place.name, c.kind, c.quote.start // NEAR) for c in claims)
    crowd = Counter(c.quote.start // NEAR for c in claims)
    told = Counter(c.actor for c in claims)
    outcome = Counter((c.place.name, c.actor, HAS[c.kind]) for c in claims if _settles(c))
    having = Counter((c.place.name, HAS[c.kind]) for c in claims if _settles(c))

    def others(c: Claim) -> list[str]:
        """What the report's other claims say of this one's actor and place."""
        same = opposite = rest = 0
        if c.kind in HAS:
            has = HAS[c.kind]
            same = outcome[(c.place.name, c.actor, has)]
            rest = having[(c.place.name, has)] - same
            same, opposite = max(same - 1, 0), outcome[(c.place.name, c.actor, not has)]
        return [
            f"share={round(4 * told[c.actor] / len(claims))}",
            f"actors={min(len(told), 6)}",
            f"same={min(same, 3)}",
            f"opposite={min(opposite, 2)}",
            f"others={min(rest, 3)}",
        ]

    return [
        _traits(
            c,
            str(report.role_at(c.quote.start)),
            [*_spacing(c, report.text), *others(c)],
            again=min(spots[(c.place.name, c.actor, c.kind)], 3),
            of_place=min(places[c.place.name], 4),
            rivals=min(rivals[(c.place.name, c.kind, c.quote.start // NEAR)], 3),
            crowd=min(crowd[c.quote.start // NEAR], 5),
        )
        for c in claims
    ]


def _settles(c: Claim) -> bool:
    """It says outright who has a place afterwards."""
    return c.kind in HAS and c.mode is Mode.ASSERTED


def _spacing(c: Claim, text: str) -> list[str]:
    """How the words of a claim lie: whether the actor is named, on which side of the cue, how far."""
    cue, place, actor = c.anchors.cue, c.anchors.place, c.anchors.actor
    words = actor.of(text) if actor is not None else ""
    if actor is None:
        named = "nobody"
    elif words.lower() in POINTERS:
        named = "pronoun"
    else:
        named = "name" if any(w[:1].isupper() for w in words.split()) else "words"
    out = [f"named={named}", f"place-at={_side(place, cue)}"]
    if actor is not None:
        out.append(f"actor-at={_side(actor, cue)}")
    between = text[min(place.start, cue.start) : max(place.end, cue.end)]
    if len(between) < 2 * NEAR:
        out.append(f"commas={min(between.count(','), 3)}")
    return out


def _side(words: Span, cue: Span) -> str:
    gap = max(words.start - cue.end, cue.start - words.end, 0)
    return f"{'before' if words.start < cue.start else 'after'} {bisect_right(GAPS, gap)}"


def _traits(c: Claim, role: str, around: list[str], *, again: int, of_place: int, rivals: int, crowd: int) -> list[str]:
    a = c.anchors
    actor = "nobody" if c.actor is None else c.actor.partition(":")[0] if ":" in c.actor else "group"
    told = "not" if a.actor is None else "quote" if c.quote.covers(a.actor) else "apart"
    away = 0 if c.quote.covers(a.place) else min(1 + abs(a.place.start - a.cue.start) // NEAR, 4)
    own = [
        f"mode={c.mode}",
        f"actor={actor}",
        f"told={told}",
        f"away={away}",
        f"place={c.place.place_type}",
        f"basis={c.place.basis}",
        f"role={role}",
        f"against={c.against is not None}",
        f"speaker={bool(c.voices)}",
        f"stance={c.stance}",
        f"extent={c.extent}",
        f"jointly={len(c.jointly_with)}",
        f"again={again}",
        f"of-place={of_place}",
        f"rivals={rivals}",
        f"crowd={crowd}",
        f"length={min((c.quote.end - c.quote.start) // 30, 5)}",
    ]
    cue, kind = f"cue={c.rule}", f"kind={c.kind}"
    own_of_kind = (f"{kind}&{t}" for t in (*own[:10], *around))
    return [cue, kind, *own, *around, *(f"{cue}&{t}" for t in own[:4]), *own_of_kind]
