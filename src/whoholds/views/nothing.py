"""Why a question has no answer, in a sentence: an empty screen would leave people guessing."""

from __future__ import annotations

from datetime import date

from whoholds.control import spells
from whoholds.ledger import Ledger
from whoholds.views.actors import aligned
from whoholds.views.places import find_place


def why_nothing(ledger: Ledger, place: str | None = None, on: date | None = None, known: date | None = None) -> str:
    """The reason why `who`, `timeline` or the map found nothing for the same question. Raises PlaceError as they do."""
    counts = ledger.counts()
    if not counts["reports"]:
        return "The ledger holds no reports yet. Read some into it: whoholds read FILE..."
    if not counts["claims"]:
        return f"None of the ledger's {counts['reports']} reports says who holds anything."
    entry = find_place(ledger, place) if place is not None else None
    where = entry.place.name if entry else "any place"
    claims = list(ledger.claims(entry.place_id if entry else None))
    if known is not None:
        days = [claim.published.end for claim in claims if claim.published and claim.published.end]
        if not days or min(days) > known:
            first = f"the first dated one is of {min(days)}" if days else "none of them is dated"
            return f"No report about {where} was surely published by {known}; {first}."
    courses = spells(claims, known=known, aligned=aligned)
    starts = [spell.start for spell in courses if spell.start]
    if on is not None and starts and min(starts) > on:
        return f"Nothing is said of who held {where} on {on}; the first day that something is said of is {min(starts)}."
    return f"No report that the question allows says who holds {where}."
