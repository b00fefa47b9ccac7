"""Who judged, and how far two people agree who judged apart from each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from whoholds.ledger import Ledger
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Correction, Verdict
from whoholds.review.standing import REPLACED, not_undone


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody who judges claims; the counts are of what stands."""

    name: str
    verdicts: Mapping[Verdict, int]
    last: str
    """When, ISO 8601."""

    @property
    def judgements(self) -> int:
        return sum(self.verdicts.values())


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim that two people judged differently."""

    claim: Claim
    """As it was read."""
    one: Verdict
    other: Verdict
    fields: tuple[str, ...]
    """Where both put other claims in its place: what these differ in."""


@dataclass(frozen=True, slots=True)
class Agreement:
    both: int
    """Claims that both judged."""
    agreed: int
    kappa: float | None
    """Cohen's kappa of the verdicts (Cohen 1960); None where both judged nothing, or gave one verdict only."""
    f1: float | None
    """Of the claims that they left standing, by kind, actor, place and mode; None where neither left any."""
    disagreements: tuple[Disagreement, ...]


def coders(corrections: Iterable[Correction]) -> list[Coder]:
    """Everybody who judged claims, those who judged most first."""
    by: dict[str, dict[str, Correction]] = {}
    for correction in not_undone(corrections):
        if correction.claim_id:
            by.setdefault(correction.by, {})[correction.claim_id] = correction
    found = [
        Coder(name, Counter(c.verdict for c in its.values()), max(c.at for c in its.values()))
        for name, its in by.items()
    ]
    return sorted(found, key=lambda coder: (-coder.judgements, coder.name))


def agreement(ledger: Ledger, one: str, other: str) -> Agreement:
    """How far two people agree on the claims that both judged."""
    given = not_undone(ledger.corrections())
    of = [{c.claim_id: c for c in given if c.claim_id and c.by == who and c.about} for who in (one, other)]
    shared = sorted({*of[0]} & {*of[1]}, key=str)
    pairs = [(of[0][name], of[1][name]) for name in shared]
    apart = [
        Disagreement(a.about, a.verdict, b.verdict, _fields(a, b))
        for a, b in pairs
        if a.about and (a.verdict != b.verdict or _left(a) != _left(b) or _fields(a, b))
    ]
    left = [{key for correction in side for key in _left(correction)} for side in zip(*pairs, strict=True)]
    return Agreement(
        len(pairs),
        len(pairs) - len(apart),
        kappa([a.verdict for a, _ in pairs], [b.verdict for _, b in pairs]),
        f1(left[0], left[1]) if left else None,
        tuple(apart),
    )


def kappa(one: Sequence[str], other: Sequence[str]) -> float | None:
    """Cohen's kappa of two codings of the same things; None where it is not defined."""
    return kappa_of(Counter(zip(one, other, strict=True)))


def kappa_of(pairs: Mapping[tuple[object, object], int]) -> float | None:
    """The same of counted pairs of codes: agreement beyond that of coders who use the codes as often, but at random."""
    number = sum(pairs.values())
    if not number:
        return None
    ones, others = Counter[object](), Counter[object]()
    for (a, b), count in pairs.items():
        ones[a] += count
        others[b] += count
    seen = sum(count for (a, b), count in pairs.items() if a == b) / number
    chance = sum(ones[code] * others[code] for code in ones) / number**2
    return None if chance == 1 else round((seen - chance) / (1 - chance), 4)


def f1(one: set[object], other: set[object]) -> float | None:
    """The harmonic mean of precision and recall of the one against the other; the same either way round."""
    return round(2 * len(one & other) / (len(one) + len(other)), 4) if one or other else None


def _left(correction: Correction) -> frozenset[object]:
    """What somebody left standing of a claim."""
    if correction.verdict is Verdict.WRONG:
        return frozenset()
    claims = correction.becomes if correction.verdict in REPLACED else (correction.about,)
    return frozenset((c.report_id, c.kind, c.actor, place_key(c.place), c.mode) for c in claims if c)


def _fields(a: Correction, b: Correction) -> tuple[str, ...]:
    """What differs where both changed the claim into one other."""
    if len(a.becomes) != 1 or len(b.becomes) != 1:
        return ()
    one, other = a.becomes[0], b.becomes[0]
    names = ("kind", "actor", "against", "place", "when", "mode", "extent", "voices", "quote", "stance", "share")
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))
