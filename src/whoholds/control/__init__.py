"""Claims → spells: who held a place from when to when, with the claims for and against.

spells(claims)                    the whole course of every place, in hindsight
spells(claims, on=day)            the one spell of each place that covers the day
spells(claims, known=day)         from reports published by the day only

How the answer is found: docs/control.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from whoholds.control.case import Case, case_of, place_of
from whoholds.control.chain import posteriors
from whoholds.control.course import faded, on_day, spells_of
from whoholds.control.evidence import published_by
from whoholds.control.parameters import Parameters, load
from whoholds.control.track import Floats
from whoholds.control.witnesses import Aligned
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Spell

__all__ = ["Aligned", "Parameters", "known_by", "spells"]


def spells(
    claims: Iterable[Claim],
    *,
    on: date | None = None,
    known: date | None = None,
    aligned: Aligned | None = None,
    carriers: Mapping[str, str] | None = None,
    parameters: Parameters | None = None,
) -> list[Spell]:
    """Who held what: by place, then by time. The order of `claims` makes no difference.

    `on`: only the spells that cover this day, with their support as of it: it fades where nothing more is said.
    `known`: only claims of reports surely published by this day; a report without a date is never sure. `aligned`: who
    counts as one side; without it every actor stands for itself. `carriers`: for reports that pass on another, by their
    ids, what they are copies of. `parameters`: others than the package's own.
    """
    chosen = parameters or load()
    by_place: dict[str, list[Claim]] = {}
    for claim in claims:
        if known is None or known_by(claim, known):
            by_place.setdefault(place_key(claim.place), []).append(claim)
    days = (on.toordinal(),) if on else ()
    cases = [
        case_of(sorted(about, key=lambda claim: claim.id), place_id, place_of(about), chosen, aligned, carriers, days)
        for place_id, about in sorted(by_place.items())
    ]
    found: list[Spell] = []
    for case, chances in zip(cases, chances_of(cases), strict=True):
        course = spells_of(case, chances)
        if on is None:
            found += course
        else:
            found += [_on(case, chances, spell, on) for spell in course if _covers(spell, on)]
    return found


def known_by(claim: Claim, day: date) -> bool:
    """True where the claim's report was surely published by the day."""
    published = published_by(claim)
    return published is not None and published <= day


def chances_of(cases: Iterable[Case]) -> list[Floats | None]:
    """The posteriors of each case, all of them worked out together; None where it has no track."""
    cases = list(cases)
    tracks = [case.track for case in cases if case.track is not None]
    found = iter(posteriors(tracks))
    return [next(found) if case.track is not None else None for case in cases]


def _on(case: Case, chances: Floats | None, spell: Spell, day: date) -> Spell:
    then = on_day(case, chances, spell, day)
    return faded(case, chances, then, day)


def _covers(spell: Spell, day: date) -> bool:
    return (spell.start is None or spell.start <= day) and (spell.end is None or day <= spell.end)
