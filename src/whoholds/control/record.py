"""The record of all places, kept up to date: new claims recompute the places that they touch, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from whoholds.control import courses
from whoholds.control.parameters import Parameters
from whoholds.control.witnesses import Aligned
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Spell

Load = Callable[[Iterable[str]], Iterable[Claim]]
"""Every claim about the places of these ids, the new ones included."""


class Record:
    """Who held what, place by place. It holds the answers, not the claims: a million claims fit into little memory."""

    def __init__(
        self,
        *,
        known: date | None = None,
        aligned: Aligned | None = None,
        carriers: Callable[[list[Claim]], Mapping[str, str]] | None = None,
        parameters: Parameters | None = None,
    ) -> None:
        """`known`, `aligned` and `parameters` as in `spells`; `carriers` finds near copies among some claims."""
        self._known, self._aligned, self._carriers, self._parameters = known, aligned, carriers, parameters
        self._places: dict[str, tuple[Spell, ...]] = {}

    def build(self, batches: Iterable[list[Claim]]) -> None:
        """Take in claims in batches, each with all claims about its places."""
        for claims in batches:
            self._compute(claims)

    def bring_in(self, new: Iterable[Claim], load: Load) -> list[str]:
        """Recompute the places of new claims; returns the ids of those whose answers are not what they were."""
        touched = sorted({place_key(claim.place) for claim in new})
        before = {place_id: self._places.pop(place_id, ()) for place_id in touched}
        if touched:
            self._compute(list(load(touched)))
        return [place_id for place_id in touched if self._places.get(place_id, ()) != before[place_id]]

    def course(self, place_id: str) -> tuple[Spell, ...]:
        """The spells of a place, in order; none where nothing is known of it."""
        return self._places.get(place_id, ())

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._places))

    def __len__(self) -> int:
        return len(self._places)

    def _compute(self, claims: list[Claim]) -> None:
        found = courses(
            claims,
            known=self._known,
            aligned=self._aligned,
            carriers=self._carriers(claims) if self._carriers else None,
            parameters=self._parameters,
        )
        for course in found:
            self._places[course[0].place_id] = tuple(course)
