"""A question to a ledger: the two clocks and the view, and what the ledger says to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from whoholds.control import courses, known_by
from whoholds.control.copies import roots, trees
from whoholds.control.evidence import published_by
from whoholds.control.selection import ALL, View
from whoholds.days import AnyDay, as_day
from whoholds.ledger import Ledger
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Mode, PlaceType, Spell
from whoholds.plain import iso
from whoholds.resolve.origins import carrier
from whoholds.review.standing import standing
from whoholds.views.actors import aligned
from whoholds.views.nesting import provinces_of

PLACES_AT_ONCE = 400
AREAS = (PlaceType.PROVINCE, PlaceType.COUNTRY)


@dataclass(frozen=True, slots=True)
class Question:
    """As things stood `on` a day, as `known` on another, by the sources of a `view`."""

    on: date | None = None
    """None: the latest."""
    known: date | None = None
    """None: in hindsight, by all reports."""
    view: View = ALL
    today: date | None = None
    """What ages count to where no day is asked about; None: the current day."""

    @classmethod
    def asked(
        cls,
        on: AnyDay | None = None,
        known: AnyDay | None = None,
        view: View | str = ALL,
        today: AnyDay | None = None,
    ) -> Self:
        """The same of what a caller may give: days and the view also as text ("2016-03-13", "side:gov:IRQ").

        Raises WhoholdsError where a day is none, ViewError where the view is none.
        """
        return cls(as_day(on, "on"), as_day(known, "known"), View.parse(view), as_day(today, "today"))

    @property
    def now(self) -> date:
        """The day that ages count to."""
        return self.on or self.known or self.today or date.today()

    @property
    def clock(self) -> str:
        """Which of the two answers it is: "as known" or "in hindsight"."""
        return "as known" if self.known else "in hindsight"

    def record(self) -> dict[str, str | None]:
        """What was asked, for a file or an answer to say: days as YYYY-MM-DD, None where none was given.

        `today` is the day that ages count to; None where that is the one asked about.
        """
        today = None if self.on or self.known else iso(self.now)
        days = {"on": iso(self.on), "known": iso(self.known), "today": today}
        return {**days, "clock": self.clock, "view": str(self.view)}

    def batches(self, ledger: Ledger) -> Iterator[list[Claim]]:
        """What the ledger has for it of all places, some hundred places at a time: a large ledger fits no memory."""
        written = standing(ledger, self.known).written
        places = sorted({*ledger.place_ids(), *(place_key(claim.place) for _, claim in written)})
        for at in range(0, len(places), PLACES_AT_ONCE):
            yield self.claims(ledger, places[at : at + PLACES_AT_ONCE])

    def claims(self, ledger: Ledger, place_id: str | Collection[str] | None = None) -> list[Claim]:
        """What the ledger has for it, of one place, some or all, as people have corrected it."""
        stands = standing(ledger, self.known)
        places = {place_id} if isinstance(place_id, str) else None if place_id is None else {*place_id}
        said = stands.applied(ledger.claims(place_id, self.known), places)
        if self.known is not None and stands.written:
            said = (claim for claim in said if known_by(claim, self.known))
        return list(self.view.of(said, aligned))

    def courses(self, ledger: Ledger, claims: list[Claim]) -> list[list[Spell]]:
        """From when to when who held it, by these claims; each place together. `ledger`: what it knows of copies."""
        return courses(
            claims,
            on=self.on,
            aligned=aligned,
            carriers=carriers(ledger, claims, self.known),
            areas=self.areas(ledger, claims),
        )

    def areas(self, ledger: Ledger, claims: list[Claim]) -> dict[str, list[Claim]]:
        """For each town of these claims what is said of the whole of its province, by the same clock and view."""
        read = standing(ledger, self.known).applied(ledger.of_whole_provinces())
        said = [c for c in read if is_of_whole_area(c) and (self.known is None or known_by(c, self.known))]
        by_area: dict[str, list[Claim]] = {}
        for claim in self.view.of(said, aligned):
            by_area.setdefault(place_key(claim.place), []).append(claim)
        if not by_area:
            return {}
        provinces = provinces_of({place_key(claim.place): claim.place for claim in claims})
        return {town: by_area[area] for town, area in provinces.items() if area in by_area}


def is_of_whole_area(claim: Claim) -> bool:
    """Whether it is asserted of the whole of a province or country: it then says something of the towns in it."""
    return claim.place.place_type in AREAS and claim.mode is Mode.ASSERTED and claim.extent == "whole"


def carriers(ledger: Ledger, claims: Iterable[Claim], known: date | None = None) -> dict[str, str]:
    """For reports of these claims that are copies, who answers for what nobody is quoted with: the first of them.

    What people judged to be a copy is one, however unlike it is; `known`: by that day.
    """
    by_report = {claim.report_id: claim for claim in claims}
    published = {name: published_by(claim) for name, claim in by_report.items()}
    first = roots(trees(ledger.signatures(by_report), published))
    found = {name: carrier(by_report[root]) for name, root in first.items()}
    for name, other in standing(ledger, known).copies().items():
        if name in by_report:
            original = by_report.get(other) or next(iter(ledger.claims_of([other])), None)
            found[name] = found.get(other) or (carrier(original) if original else f"report:{other}")
    return found


LATEST = Question()
"""The latest that is known, by all reports and all sources."""
