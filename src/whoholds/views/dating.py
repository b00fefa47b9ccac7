"""When what a claim tells of began to be so: the day where its words give one, else the days between which it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from whoholds.control.evidence import STATES, YEAR_DAYS, last_day, opening
from whoholds.model import Claim, Kind, Mode

CHANGES = frozenset([Kind.GAINS, Kind.CLEARS, Kind.LOSES, Kind.WITHDRAWS])
"""What tells that a place changed hands; the others tell how things were."""

Days = tuple[date | None, date]
"""The first day on which it may have been, None where that is open, and the last."""


def dated(claim: Claim) -> Days | None:
    """Between which days the change came that a claim tells of; None where it tells of none.

    "Took it on 9 February" is that day, "in September" the whole month, "has fallen" open up to the day of the report.
    "Has held it since 18 December" is that day too, "since December" the month; "is in their hands" says nothing of it.
    """
    start, last = claim.when.start, last_day(claim)
    if last is None or claim.mode is not Mode.ASSERTED:
        return None
    if claim.kind in CHANGES:
        return start, last
    if claim.kind not in STATES or start is None or start == last:
        return None
    if claim.when.precision in ("week", "month", "season", "year"):
        return start, last
    if start.day > 1 or claim.when.precision == "day":
        return start, start
    # "Since December" and "since 2014" are kept as their first day: the words do not say that it was this one.
    return start, min(opening(start, last), last)


def between(by: date, claims: Iterable[Claim]) -> Days:
    """Between which days a change came, by the claims that tell of it; `by` is the day from which the answer has it.

    What the claims with that day among theirs have in common, and then those that agree with these.
    """
    told = [days for claim in claims if (days := dated(claim))]
    found: Days = (None, by)
    around = [days for days in told if (days[0] or by) <= by <= days[1]]
    if around:
        found = (max((first for first, _ in around if first), default=None), min(last for _, last in around))
    for days in sorted(told, key=lambda days: (days[1] - days[0]).days if days[0] else YEAR_DAYS):
        if around and (days[0] or by) <= found[1] and (found[0] or by) <= days[1]:
            found = (max(filter(None, (found[0], days[0])), default=None), min(found[1], days[1]))
    return found


def is_exact(day: date | None, claims: Iterable[Claim]) -> bool:
    """Whether a claim's words give that very day; else it was so by then, and may have been before."""
    return day is not None and any(dated(claim) == (day, day) for claim in claims)
