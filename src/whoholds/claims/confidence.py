"""How likely a careful reader would write a claim too: weights of what it was read from, trained and calibrated.

A logistic regression over traits of the claim and of its neighbours in the report; `models/confidence` trains it on
claims written by hand and says how well calibrated it is. It only rates claims, it makes and drops none
(docs/decisions/0006).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from whoholds.errors import WeightsError
from whoholds.model import Claim, Report

PACKAGED = Path(__file__).resolve().parent.parent / "data" / "weights" / "confidence-en.json"
LOWEST, HIGHEST = 0.02, 0.98
"""No claim is certain, and none that was read is impossible."""
NEAR = 200
"""Characters between quotes that count as one spot of the report."""


class Confidence:
    """Rates the claims of one report at a time. Make one with `Confidence.load`."""

    def __init__(self, weights: dict[str, float], bias: float, scale: float, shift: float, digest: str) -> None:
        self._weights, self._bias, self._scale, self._shift = weights, bias, scale, shift
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


@cache
def _load(path: Path) -> Confidence:
    try:
        data = path.read_bytes()
        raw: dict[str, Any] = json.loads(data)
        weights = {str(name): float(weight) for name, weight in raw["weights"].items()}
        bias, scale, shift = (float(raw[name]) for name in ("bias", "scale", "shift"))
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read ({error.strerror or error}); install whoholds again") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(f"{path}: damaged ({error}); install whoholds again") from error
    return Confidence(weights, bias, scale, shift, hashlib.sha256(data).hexdigest())


def traits_of(claims: Sequence[Claim], report: Report) -> list[list[str]]:
    """What is known of each claim, in words: its cue, how its actor and place were told, and what stands beside it."""
    spots = Counter((c.place.name, c.actor, c.kind) for c in claims)
    places = Counter(c.place.name for c in claims)
    rivals = Counter((c.place.name, c.kind, c.quote.start // NEAR) for c in claims)
    crowd = Counter(c.quote.start // NEAR for c in claims)
    return [
        _traits(
            c,
            str(report.role_at(c.quote.start)),
            again=min(spots[(c.place.name, c.actor, c.kind)], 3),
            of_place=min(places[c.place.name], 4),
            rivals=min(rivals[(c.place.name, c.kind, c.quote.start // NEAR)], 3),
            crowd=min(crowd[c.quote.start // NEAR], 5),
        )
        for c in claims
    ]


def _traits(c: Claim, role: str, *, again: int, of_place: int, rivals: int, crowd: int) -> list[str]:
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
    return [cue, kind, *own, *(f"{cue}&{t}" for t in own[:4]), *(f"{kind}&{t}" for t in own[:10])]
