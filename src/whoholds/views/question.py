"""A question to a ledger: the two clocks and the view, and what the ledger says to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from whoholds.control import courses, known_by
from whoholds.control.copies import roots, trees
from whoholds.control.evidence import published_by
from whoholds.control.selection import ALL, View
from whoholds.ledger import Ledger
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Spell, Verdict
from whoholds.resolve.origins import carrier
from whoholds.views.actors import aligned
from whoholds.views.nesting import provinces_of

PLACES_AT_ONCE = 400


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

    @property
    def now(self) -> date:
        """The day that ages count to."""
        return self.on or self.known or self.today or date.today()

    @property
    def clock(self) -> str:
        """Which of the two answers it is: "as known" or "in hindsight"."""
        return "as known" if self.known else "in hindsight"

    def batches(self, ledger: Ledger) -> Iterator[list[Claim]]:
        """What the ledger has for it of all places, some hundred places at a time: a large ledger fits no memory."""
        places = ledger.place_ids()
        for at in range(0, len(places), PLACES_AT_ONCE):
            yield self.claims(ledger, places[at : at + PLACES_AT_ONCE])

    def claims(self, ledger: Ledger, place_id: str | Collection[str] | None = None) -> list[Claim]:
        """What the ledger has for it, of one place, some or all, as people have corrected it."""
        verdicts = {c.claim_id: c.verdict for c in ledger.corrections(self.known) if c.claim_id is not None}
        found = []
        for claim in self.view.of(ledger.claims(place_id, self.known), aligned):
            verdict = verdicts.get(claim.id) if verdicts else None
            if verdict is Verdict.RIGHT:
                found.append(replace(claim, confidence=1.0))
            elif verdict is not Verdict.WRONG:
                found.append(claim)
        return found

    def courses(self, ledger: Ledger, claims: list[Claim]) -> list[list[Spell]]:
        """From when to when who held it, by these claims; each place together. `ledger`: what it knows of copies."""
        return courses(
            claims, on=self.on, aligned=aligned, carriers=carriers(ledger, claims), areas=self.areas(ledger, claims)
        )

    def areas(self, ledger: Ledger, claims: list[Claim]) -> dict[str, list[Claim]]:
        """For each town of these claims what is said of the whole of its province, by the same clock and view."""
        said = [claim for claim in ledger.of_whole_provinces() if self.known is None or known_by(claim, self.known)]
        by_area: dict[str, list[Claim]] = {}
        for claim in self.view.of(said, aligned):
            by_area.setdefault(place_key(claim.place), []).append(claim)
        if not by_area:
            return {}
        provinces = provinces_of({place_key(claim.place): claim.place for claim in claims})
        return {town: by_area[area] for town, area in provinces.items() if area in by_area}


def carriers(ledger: Ledger, claims: Iterable[Claim]) -> dict[str, str]:
    """For reports of these claims that are copies, who answers for what nobody is quoted with: the first of them."""
    by_report = {claim.report_id: claim for claim in claims}
    published = {name: published_by(claim) for name, claim in by_report.items()}
    first = roots(trees(ledger.signatures(by_report), published))
    return {name: carrier(by_report[root]) for name, root in first.items()}


LATEST = Question()
"""The latest that is known, by all reports and all sources."""
