"""What was judged, as gold: claims by hand in the form of docs/claims.md, and the reports that they are in.

Only reports whose every claim was judged are gold: in others nobody knows what is missing. Nobody is asked about claims
that the reader missed, so that recall measured on such gold is of what some version read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.exports.records import Record, claim_record, interval
from whoholds.ledger import Ledger
from whoholds.model import Claim, Correction, Report
from whoholds.review.standing import standing

FIELDS = (
    *("report", "kind", "actor", "against", "place", "start", "end", "mode", "extent", "speaker", "speaker_role"),
    *("anonymous", "told", "destination", "share", "quote"),
)


@dataclass(frozen=True, slots=True)
class Gold:
    """One report, wholly judged."""

    label: str
    """Without spaces, and of this report alone."""
    report: Report
    claims: tuple[Claim, ...]
    """Those left standing, in the order of their quotes."""

    def claim_records(self) -> Iterator[Record]:
        for claim in self.claims:
            record = claim_record(claim)
            yield {name: record[name] for name in FIELDS} | {"report": self.label}

    def report_record(self) -> Record:
        """A line that `whoholds read` and `eval/run.py` read as the same text."""
        report = self.report
        return {
            "id": self.label,
            "text": report.text,
            "title": report.title,
            "published": report.stated_date or interval(report.published),
            "outlet": report.outlet,
            "url": report.url,
            "lang": report.lang,
        }


def gold(ledger: Ledger, by: str | None = None) -> Iterator[Gold]:
    """The wholly judged reports, by label; `by`: judged by this person alone."""
    stands = standing(ledger, by=by)
    touched = {c.about.report_id for c in stands.of.values() if c.about}
    touched |= {claim.report_id for _, claim in stands.written}
    by_report: dict[str, list[Claim]] = {name: [] for name in touched}
    for claim in ledger.claims_of(touched):
        by_report[claim.report_id].append(claim)
    whole = [name for name, claims in by_report.items() if all(claim.id in stands.of for claim in claims)]
    reports = sorted((ledger.report(name) for name in whole), key=lambda report: (report.label, report.id))
    labels = [_label(report) for report in reports]
    for report, label in zip(reports, labels, strict=True):
        mine = [c for c in stands.applied(by_report[report.id]) if c.report_id == report.id]
        its = sorted({c.id: c for c in mine}.values(), key=lambda c: (c.quote, c.place.name, c.id))
        unique = label if labels.count(label) == 1 else f"{label}~{report.id[:8]}"
        yield Gold(unique, report, tuple(c for c in its if c.rule != Correction.RULE))


def _label(report: Report) -> str:
    return re.sub(r"\s+", "_", report.label.strip()) or report.id
