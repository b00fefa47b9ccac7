"""What people said of claims and places, as records of plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whoholds.exports.records import claim_record
from whoholds.ledger import Ledger
from whoholds.ledger.rows import place_key
from whoholds.model import Correction, Verdict
from whoholds.review.standing import anchors, not_undone


def judgement_records(
    ledger: Ledger,
    *,
    by: str | None = None,
    claim: str | None = None,
    place: str | None = None,
    before: int | None = None,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """What people said, the latest first, as records; of one person, claim or place, or all."""
    given = ledger.corrections()
    standing = {c.number for c in not_undone(given)}
    chosen = [
        c for c in reversed(given) if _wanted(c, by, claim, place) and (before is None or (c.number or 0) < before)
    ]
    return records(ledger, chosen[:limit], standing)


def orphan_records(ledger: Ledger) -> list[dict[str, Any]]:
    """Those that stand, and whose claim is not read any more."""
    given = not_undone(ledger.corrections())
    latest = {(c.by, c.claim_id): c for c in given if c.claim_id}
    anchored = anchors(ledger, latest.values())
    lost = [c for c in latest.values() if c.number not in anchored]
    return records(ledger, reversed(lost), {c.number for c in given})


def records(ledger: Ledger, corrections: Iterable[Correction], standing: set[int | None]) -> list[dict[str, Any]]:
    listed = list(corrections)
    anchored = anchors(ledger, [c for c in listed if c.claim_id])
    return [_record(c, anchored.get(c.number), c.number in standing) for c in listed]


def _record(correction: Correction, anchor: str | None, stands: bool) -> dict[str, Any]:
    c = correction
    where = c.place or (c.about.place if c.about else None)
    anchored = None
    if c.claim_id and c.verdict is not Verdict.UNDONE:
        anchored = "orphan" if anchor is None else "same" if anchor == c.claim_id else "moved"
    return {
        "id": c.number,
        "at": c.at,
        "by": c.by,
        "verdict": str(c.verdict),
        "claim": c.claim_id,
        "place_id": place_key(where) if where else None,
        "place": where.name if where else None,
        "quote": c.about.quote_text if c.about else None,
        "reason": c.reason,
        "becomes": [claim_record(claim) for claim in c.becomes],
        "copy_of": c.copy_of,
        "undoes": c.undoes,
        "undone": not stands and c.verdict is not Verdict.UNDONE,
        "anchored": anchored,
        "moved_to": anchor if anchored == "moved" else None,
    }


def _wanted(c: Correction, by: str | None, claim: str | None, place: str | None) -> bool:
    if by is not None and c.by != by:
        return False
    if claim is not None and c.claim_id != claim:
        return False
    places = [c.place, c.about.place if c.about else None, *(one.place for one in c.becomes)]
    return place is None or any(place_key(one) == place for one in places if one)
