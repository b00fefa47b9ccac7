"""The further courses of the map's places: as they were known on earlier days, and by each side's word alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from whoholds.control import known_by
from whoholds.control.evidence import published_by
from whoholds.control.selection import View
from whoholds.ledger import Ledger
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Spell
from whoholds.views.question import Question

CLOCK_DAYS = 60
"""Steps of the second clock at most. Every place is worked out again for each step at which there is news of it."""

Courses = dict[str, list[Spell]]


def clock_of(claims: Sequence[Claim], most: int = CLOCK_DAYS) -> list[date]:
    """The days on which reports of these claims were published; where they are more than `most`, evenly chosen ones.

    The last is always among them. Reports without a date are on none.
    """
    days = sorted({day for claim in claims if (day := published_by(claim))})
    if len(days) <= most:
        return days
    return [days[(n + 1) * len(days) // most - 1] for n in range(most)]


def versions_of(
    question: Question, ledger: Ledger, claims: Sequence[Claim], clock: Sequence[date]
) -> dict[str, list[tuple[date, list[Spell]]]]:
    """For each place its course as known on those days of the `clock`, in order, that brought news of it."""
    found: dict[str, list[tuple[date, list[Spell]]]] = {}
    before = date.min
    for day in clock:
        touched = {place_key(c.place) for c in claims if (out := published_by(c)) and before < out <= day}
        by_then = [claim for claim in claims if place_key(claim.place) in touched and known_by(claim, day)]
        for place_id, course in _by_place(replace(question, known=day), ledger, by_then).items():
            found.setdefault(place_id, []).append((day, course))
        before = day
    return found


def accounts_of(
    question: Question, ledger: Ledger, claims: Sequence[Claim]
) -> dict[str, list[tuple[str | None, list[Spell]]]]:
    """For each place with more than one account, who had it by each side's word, and last by those of no side."""
    quoted: dict[str, set[str | None]] = {}
    for claim in claims:
        sides: set[str | None] = {voice.side for voice in claim.voices if voice.side}
        quoted.setdefault(place_key(claim.place), set()).update(sides or {None})
    rivals = {place_id: sides for place_id, sides in quoted.items() if len(sides) > 1}
    found: dict[str, list[tuple[str | None, list[Spell]]]] = {}
    for side in sorted({side for sides in rivals.values() for side in sides}, key=lambda side: (side is None, side)):
        told = [claim for claim in claims if side in rivals.get(place_key(claim.place), ())]
        if side is None:
            said = [claim for claim in told if not any(voice.side for voice in claim.voices)]
        else:
            said = list(View(side=side).of(told))
        for place_id, course in _by_place(question, ledger, said).items():
            found.setdefault(place_id, []).append((side, course))
    return {place_id: accounts for place_id, accounts in found.items() if len(accounts) > 1}


def _by_place(question: Question, ledger: Ledger, claims: list[Claim]) -> Courses:
    if not claims:
        return {}
    return {course[0].place_id: course for course in question.courses(ledger, claims)}
