"""Events: changes of holder and stretches of fighting, merged over all reports that tell of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from whoholds.exports.records import iso, rounded
from whoholds.exports.tables import Row
from whoholds.model import Claim, Place, Spell, Status

PlaceRow = Callable[[str, Place], Row]


def event_rows(course: Sequence[Spell], claims: Mapping[str, Claim], place_row: PlaceRow) -> Iterator[Row]:
    """The events of one place in order of their days. `claims` by id."""
    found = [*_changes(course, claims, place_row), *_fights(course, claims, place_row)]
    yield from sorted(found, key=lambda row: (str(row["first_day"]), str(row["event"])))


def _changes(course: Sequence[Spell], claims: Mapping[str, Claim], place_row: PlaceRow) -> Iterator[Row]:
    before: Spell | None = None
    for spell in course:
        same = before is not None and (before.status, before.holders) == (spell.status, spell.holders)
        if not same and spell.start is not None and (kind := _kind(before, spell)):
            yield _row(kind, spell.start, _latest(spell, claims), before, spell, spell.claims_for, claims, place_row)
        before = spell


def _kind(before: Spell | None, after: Spell) -> str | None:
    """What to call a change; None where an answer only grew too old."""
    had = set(before.holders) if before and before.status is Status.HELD else set()
    if after.status is Status.VACATED:
        return "vacated"
    if after.status is Status.HELD:
        now = set(after.holders)
        return "joined" if had < now and had else "left" if now < had else "taken"
    return "lost" if had and after.claims_for else None


def _fights(course: Sequence[Spell], claims: Mapping[str, Claim], place_row: PlaceRow) -> Iterator[Row]:
    """Stretches of fighting; neighbours that only differ in their holder are one."""
    stretch: list[Spell] = []
    for spell in (*course, None):
        if spell is not None and spell.fighting:
            stretch.append(spell)
            continue
        dated = [s for s in stretch if s.start is not None]
        if dated and dated[0].start is not None:
            ids = [name for s in stretch for name in (*s.claims_for, *s.claims_against)]
            fights = [n for n in dict.fromkeys(ids) if n in claims and claims[n].kind in FIGHTS]
            yield _row(
                "fighting", dated[0].start, stretch[-1].end, stretch[0], stretch[-1], fights or ids, claims, place_row
            )
        stretch = []


FIGHTS = frozenset(["contests", "advances", "besieges", "repels"])


def _latest(spell: Spell, claims: Mapping[str, Claim]) -> date | None:
    """The last day on which the change may have been: the earliest end among the claims that date it."""
    ends = [claims[n].when.end for n in spell.claims_for if n in claims and not claims[n].throughout]
    later = [end for end in ends if end is not None and spell.start is not None and end >= spell.start]
    return min(later, default=spell.start)


def _row(
    kind: str,
    first: date,
    last: date | None,
    before: Spell | None,
    after: Spell,
    ids: Sequence[str],
    claims: Mapping[str, Claim],
    place_row: PlaceRow,
) -> Row:
    told = [claims[name] for name in ids if name in claims]
    sides = [actor for claim in told for actor in (claim.actor, claim.against) if actor]
    key = f"{after.place_id}|{kind}|{first}"
    return {
        "event_id": hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        "event": kind,
        "first_day": iso(first),
        "last_day": iso(last),
        **place_row(after.place_id, after.place),
        "before": list(before.holders) if before else [],
        "after": list(after.holders),
        "actors": sorted(set(sides)),
        "support": rounded(after.support, 3),
        "reports": len({claim.report_id for claim in told}),
        "outlets": sorted({claim.outlet for claim in told if claim.outlet}),
        "claims": [claim.id for claim in told],
    }
