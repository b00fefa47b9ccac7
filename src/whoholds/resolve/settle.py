"""Whether the best place of a name fits the report, or the name is better left open; and why, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whoholds.gazetteer import Candidate, key
from whoholds.model import PlaceType
from whoholds.resolve.units import AREAS, LIMIT, Unit, capitals, is_name, is_point, is_region

ALONGSIDE_KM = 250.0
"""A place this near to another of the report fits it even in a country that the report does not name."""
PROMINENT = 500_000
"""Inhabitants from which a place of this very name is believed without support from the report, ..."""
LARGE = 180_000
"""... from which it is where no other of the name has a fifth of them, ..."""
ALONE = 10_000
"""... and where it is a capital."""
MAIN = 0.3
"""Weight from which a country is one that the report is about, and not one that it mentions."""
FAR_KM, ASIDE_KM, FUZZY_KM = 1500.0, 500.0, 80.0
"""Beyond this from all other places of the report a small one needs its country named beside it; in the report's
first country, in others; and how near one must lie whose name is spelt otherwise by a letter."""
GROUND = ((3_000, 150.0), (10_000, 400.0))
"""The same in km for places of fewer inhabitants, in reports of more than FEW places."""
FEW = 4
SHOWN = 3
"""Rivals that a reason names, in order."""
ALIKE, ALMOST = 0.75, 0.88
REACH = ((0.85, 750.0), (ALIKE, 250.0), (0.6, 120.0), (0.5, 60.0))
"""Likeness of the spellings, and how far, in km, a place may then lie from the report's others."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen for a unit, or why none was."""

    candidate: Candidate | None
    reason: str


def settle(
    unit: Unit,
    row: Sequence[Candidate],
    best: Candidate | None,
    gap: float,
    weights: Mapping[str, float],
    neighbours: int,
) -> Choice:
    if best is None:
        return Choice(None, "no place of this name is known" if is_name(unit.name) else "no name is given")
    home = 1.0 if best.country in unit.countries else weights.get(best.country, 0.0)
    known = bool(weights) or bool(unit.countries)
    near = gap <= ALONGSIDE_KM
    if best.is_named_so:
        # Far from all else, a small place is meant where its country is named beside it.
        ground = _ground(best, row, neighbours)
        limit = ground if home == 1.0 else min(ASIDE_KM, ground)
        far = limit < gap < math.inf and best.place_type not in AREAS
        far &= best.country not in (*unit.beside, *unit.countries)
        near &= not far
        fits = not known or near or (home >= MAIN and not far) or (home > 0 and gap <= 3 * ALONGSIDE_KM and not far)
        fits = fits or _stands_alone(best, row) or (gap == math.inf and home > 0 and not _is_at_home(row, weights))
    else:
        # The less alike the spellings, the nearer it must lie to the report's other places.
        if best.match == "folded":
            reach = next((km for likeness, km in REACH if best.likeness >= likeness), 0.0)
            fits = (gap <= reach and home > 0) or (gap == math.inf and home >= MAIN and best.likeness >= ALIKE)
        else:
            fits = gap <= FUZZY_KM and home >= MAIN and best.likeness >= ALMOST
    if not fits:
        where = f"the nearest in name is {best.name} ({best.country})"
        return Choice(None, f"no place of this name fits the report: {where}" if known else f"unknown; {where}")
    return Choice(best, _reason(unit, row, best, gap, home > 0))


def _ground(best: Candidate, row: Sequence[Candidate], neighbours: int) -> float:
    """How far, in km, a place may lie from the report's others without its country being named beside it.

    Villages have many namesakes that no gazetteer lists: where a report names several places, one far from them all is
    more likely a stranger. A town may lie farther away, and so may what stands in our own table and alone has its name,
    however few live there (nobody counted them in most): it was put there since a war was fought for it.
    """
    ours = best.place_id.startswith("supplement:") and not any(
        candidate.is_named_so and candidate.place_id != best.place_id for candidate in row
    )
    if neighbours < FEW or best.place_type is PlaceType.COUNTRY or ours:
        return FAR_KM
    return next((km for people, km in GROUND if best.population < people), FAR_KM)


def _is_at_home(row: Sequence[Candidate], weights: Mapping[str, float]) -> bool:
    """Whether a place of this very name lies in a country that the report is about.

    Where none does, an army is abroad: "Russian troops took Bakhmut" means a town of a country that is not named.
    """
    return any(weights.get(c.country, 0.0) >= MAIN for c in row if c.is_named_so)


def _stands_alone(best: Candidate, row: Sequence[Candidate]) -> bool:
    """Whether a place is so well known, or so alone in its name, that it is meant wherever the report is."""
    if is_region(best):
        return True
    if best.place_type in (PlaceType.COUNTRY, PlaceType.PROVINCE):
        return best.match == "exact" or best.place_type is PlaceType.COUNTRY
    rivals = [c for c in row if c.is_named_so and c.place_id != best.place_id]
    if (
        not rivals
        and best.match == "exact"
        and (best.place_type is not PlaceType.SETTLEMENT or best.population >= LARGE)
    ):
        return True
    if (key(best.name), best.country) in capitals() and best.population >= (ALONE if best.match == "exact" else 10**6):
        return True
    if best.match == "exact" and best.population >= LARGE:
        return all(best.population >= 5 * c.population for c in rivals if c.place_type is PlaceType.SETTLEMENT)
    return best.population >= (PROMINENT if best.match == "exact" else 4 * PROMINENT)


def _reason(unit: Unit, row: Sequence[Candidate], best: Candidate, gap: float, at_home: bool) -> str:
    rivals = [candidate for candidate in row if candidate.is_named_so]
    if best.match in ("folded", "fuzzy"):
        parts = [f"{'spelt like' if best.match == 'folded' else 'nearly spelt like'} {best.name}"]
    elif len(rivals) <= 1:
        parts = ["the only place of this name"]
    else:
        parts = [f"one of {len(rivals)}{'+' if len(row) == LIMIT else ''} places of this name"]
    if best.country in unit.countries:
        parts.append(f"in the country given with it ({best.country})")
    elif at_home:
        parts.append(f"in a country the report is about ({best.country})")
    if gap <= ALONGSIDE_KM and is_point(best):
        parts.append(f"{gap:.0f} km from others it names")
    if unit.hint is not None and unit.hint is best.place_type:
        parts.append(f"a {unit.hint.value} as the report says")
    if len(parts) == 1 and len(rivals) > 1:
        parts.append("the most prominent")
    if best.place_type is not PlaceType.COUNTRY and (
        others := [_where(c) for c in rivals if c.place_id != best.place_id][:SHOWN]
    ):
        parts.append(f"rather than {', '.join(others)}")
    return "; ".join(parts)


def _where(candidate: Candidate) -> str:
    """A rival in words: "Kent in Ohio (USA)"."""
    if candidate.place_type is PlaceType.COUNTRY:
        return f"the country {candidate.name}"
    inside = f" in {candidate.admin}" if candidate.admin else ""
    return f"{candidate.name}{inside} ({candidate.country})"
