"""Claims → spells: who held a place from when to when, with the claims for and against.

spells(claims)                    the whole course of every place, in hindsight
spells(claims, on=day)            the one spell of each place that covers the day
spells(claims, known=day)         from reports published by the day only

How the answer is found: docs/control.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from whoholds.control.case import Case, case_of, place_of
from whoholds.control.chain import posteriors
from whoholds.control.course import as_of, spells_of
from whoholds.control.evidence import Effect, Statement, published_by, statements
from whoholds.control.parameters import Parameters, load
from whoholds.control.track import Floats
from whoholds.control.witnesses import Aligned
from whoholds.days import AnyDay, as_day
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Spell

__all__ = ["Aligned", "Parameters", "courses", "known_by", "of_area", "spells"]


def spells(
    claims: Iterable[Claim],
    *,
    on: AnyDay | None = None,
    known: AnyDay | None = None,
    aligned: Aligned | None = None,
    carriers: Mapping[str, str] | None = None,
    parameters: Parameters | None = None,
) -> list[Spell]:
    """Who held what: by place, then by time. The order of `claims` makes no difference.

    `on`: only the spells that cover this day, with their support as of it: it fades where nothing more is said.
    `known`: only claims of reports surely published by this day; a report without a date is never sure. `aligned`: who
    counts as one side; without it every actor stands for itself. `carriers`: for reports that are copies, who answers
    for what nobody is quoted with. `parameters`: others than the package's own. Raises WhoholdsError where a
    day is none.
    """
    on, known = as_day(on, "on"), as_day(known, "known")
    found = courses(claims, on=on, known=known, aligned=aligned, carriers=carriers, parameters=parameters)
    every = [spell for course in found for spell in course]
    return every if on is None else [spell for spell in every if _covers(spell, on)]


def courses(
    claims: Iterable[Claim],
    *,
    on: date | None = None,
    known: date | None = None,
    aligned: Aligned | None = None,
    carriers: Mapping[str, str] | None = None,
    areas: Mapping[str, Sequence[Claim]] | None = None,
    parameters: Parameters | None = None,
) -> list[list[Spell]]:
    """The same, the whole course of each place together.

    `on`: the day as of which its last words are weighed. `areas`: for places by their ids, what is said of the whole of
    the area that they lie in: weak evidence, which any direct word outweighs.
    """
    chosen = parameters or load()
    by_place: dict[str, list[Claim]] = {}
    for claim in claims:
        if known is None or known_by(claim, known):
            by_place.setdefault(place_key(claim.place), []).append(claim)
    days = (on.toordinal(),) if on else ()
    cases = [
        case_of(
            sorted(about, key=lambda claim: claim.id),
            place_id,
            place_of(about),
            chosen,
            aligned,
            carriers,
            days,
            of_area(areas.get(place_id, ()), known) if areas else (),
        )
        for place_id, about in sorted(by_place.items())
    ]
    found = []
    for case, chances in zip(cases, chances_of(cases), strict=True):
        course = spells_of(case, chances)
        found.append(course if on is None else as_of(case, chances, course, on))
    return [course for course in found if course]


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


def of_area(claims: Iterable[Claim], known: date | None = None) -> list[Statement]:
    """What these claims, about the whole of a wider area, say for a place in it: weak words for its holder."""
    by_then = [claim for claim in claims if known is None or known_by(claim, known)]
    said = statements(sorted(by_then, key=lambda claim: claim.id))
    return [replace(s, area=True) for s in said if s.effect is Effect.TAKE and not s.part and s.last is not None]


def _covers(spell: Spell, day: date) -> bool:
    return (spell.start is None or spell.start <= day) and (spell.end is None or day <= spell.end)
