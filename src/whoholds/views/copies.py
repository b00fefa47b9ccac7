"""Trees of near copies, with what people call the reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whoholds.control.copies import trees
from whoholds.control.evidence import published_by
from whoholds.ledger import Ledger
from whoholds.plain import iso
from whoholds.views.places import find_place


@dataclass(frozen=True, slots=True)
class CopiedReport:
    """A report in a tree of copies."""

    report: str
    report_id: str
    outlet: str | None
    published: str | None
    """The day by which it was surely published, ISO."""
    parent: str | None
    """Id of the report that it has its words from, as far as can be told; None for the first."""
    likeness: float
    depth: int


def copy_trees(ledger: Ledger, place: str | None = None, known: date | None = None) -> list[list[CopiedReport]]:
    """The near copies among all reports with claims, or among those about one place; oldest tree first.

    `known`: among those published up to that day. Raises PlaceError where `place` is unknown or names several.
    """
    place_id = find_place(ledger, place).place_id if place is not None else None
    claims = {claim.report_id: claim for claim in ledger.claims(place_id, known)}
    published = {name: published_by(claim) for name, claim in claims.items()}
    return [
        [
            CopiedReport(
                claims[copy.report_id].report,
                copy.report_id,
                claims[copy.report_id].outlet,
                iso(published[copy.report_id]),
                copy.parent,
                copy.likeness,
                copy.depth,
            )
            for copy in tree
        ]
        for tree in trees(ledger.signatures(claims), published)
    ]
