"""Claims → spells: who held a place from when to when, with the claims for and against.

spells(claims)                    the whole course of every place, in hindsight
spells(claims, on=day)            the one spell of each place that covers the day
spells(claims, known=day)         from reports published by the day only
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from whoholds.control.evidence import published_by
from whoholds.control.latest import Aligned, place_spells
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Place, Spell

__all__ = ["Aligned", "spells"]


def spells(
    claims: Iterable[Claim],
    *,
    on: date | None = None,
    known: date | None = None,
    aligned: Aligned | None = None,
) -> list[Spell]:
    """Who held what: by place, then by time. The order of `claims` makes no difference.

    This is the first version (see latest.py): the latest claim about the whole place wins, its support is a rough
    figure. A model fitted on real wars will take its place behind this function.

    `on`: only the spells that cover this day. `known`: only claims of reports surely published by this day; a report
    without a date is never sure. `aligned`: who counts as one side; without it every actor stands for itself.
    """
    by_place: dict[str, list[Claim]] = {}
    for claim in claims:
        if known is None or ((published := published_by(claim)) and published <= known):
            by_place.setdefault(place_key(claim.place), []).append(claim)
    found = [
        spell
        for place_id, about in sorted(by_place.items())
        for spell in place_spells(sorted(about, key=lambda claim: claim.id), place_id, _place(about), aligned)
    ]
    return found if on is None else [spell for spell in found if _covers(spell, on)]


def _covers(spell: Spell, day: date) -> bool:
    return (spell.start is None or spell.start <= day) and (spell.end is None or day <= spell.end)


def _place(claims: Iterable[Claim]) -> Place:
    """The place as most claims have it, those that found it first; of two names as many use, the later report's."""
    counts: Counter[Place] = Counter()
    latest: dict[Place, int] = {}
    for claim in claims:
        counts[claim.place] += 1
        day = published_by(claim) or date.min
        latest[claim.place] = max(latest.get(claim.place, 0), day.toordinal())
    return min(counts, key=lambda p: (p.lat is None, -counts[p], -latest[p], p.name, repr(p)))
