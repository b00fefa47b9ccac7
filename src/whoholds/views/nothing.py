"""Why a question has no answer, in a sentence: an empty screen would leave people guessing."""

from __future__ import annotations

from datetime import date

from whoholds.control.selection import ALL, View
from whoholds.ledger import Ledger
from whoholds.views.places import find_place
from whoholds.views.question import Question


def why_nothing(
    ledger: Ledger,
    place: str | None = None,
    on: date | None = None,
    known: date | None = None,
    *,
    view: View = ALL,
) -> str:
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
    question = Question(None, known, view)
    heard = question.claims(ledger, entry.place_id if entry else None)
    if not heard and view != ALL:
        return f"Nothing about {where} is said by the sources of this view ({view})."
    starts = [spell.start for course in question.courses(ledger, heard) for spell in course if spell.start]
    if on is not None and starts and min(starts) > on:
        return f"Nothing is said of who held {where} on {on}; the first day that something is said of is {min(starts)}."
    return f"No report that the question allows says who holds {where}."
