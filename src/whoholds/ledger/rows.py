"""Readings as rows of the tables, and rows as reports, places and issues."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import RowMapping

from whoholds.errors import LedgerError
from whoholds.gazetteer.names import key
from whoholds.ledger.codec import claim_to_json, correction_to_json, sections_from_json, sections_to_json
from whoholds.model import Claim, Correction, Issue, Place, PlaceType, Report, Severity, When

Row = dict[str, Any]


def place_key(place: Place) -> str:
    """What claims on one place share: its id, or its folded name where it was given none."""
    return place.place_id or f"name:{key(place.name).replace(' ', '-')}"


def report_row(report: Report, now: str) -> Row:
    """Raises LedgerError where the text has characters that no database stores."""
    if plain(report.text) != report.text:
        raise LedgerError(
            f"{plain(report.label)}: the text has characters that cannot be stored (surrogates, zero bytes)"
        )
    return {
        "id": report.id,
        "label": plain(report.label),
        "text": report.text,
        "url": plain(report.url),
        "stated_date": plain(report.stated_date),
        "raw_hash": report.raw_hash,
        "source": plain(report.source),
        "first_read_at": now,
    }


def reading_row(report: Report, made_by: str, now: str) -> Row:
    published = report.published
    return {
        "report_id": report.id,
        "made_by": made_by,
        "read_at": now,
        "sections": sections_to_json(report.sections),
        "title": plain(report.title),
        "outlet": plain(report.outlet),
        "lang": report.lang,
        "published_start": published.start if published else None,
        "published_end": published.end if published else None,
        "published_basis": published.basis if published else None,
        "published_precision": published.precision if published else None,
    }


def claim_row(claim: Claim, reading_id: int, number: int) -> Row:
    place = claim.place
    return {
        "reading_id": reading_id,
        "number": number,
        "claim_id": claim.id,
        "report_id": claim.report_id,
        "kind": str(claim.kind),
        "mode": str(claim.mode),
        "stance": str(claim.stance),
        "extent": claim.extent,
        "actor": claim.actor,
        "against": claim.against,
        "speaker": next((voice.name for voice in claim.voices if voice.name), None),
        "place_id": place_key(place),
        "place_name": place.name,
        "place_type": str(place.place_type),
        "place_basis": place.basis,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "first_day": claim.when.start,
        "last_day": claim.when.end,
        "published_end": claim.published.end if claim.published else None,
        "confidence": claim.confidence,
        "data": claim_to_json(claim),
    }


def issue_row(issue: Issue, reading_id: int | None, now: str) -> Row:
    return {
        "reading_id": reading_id,
        "code": issue.code,
        "severity": str(issue.severity),
        "message": plain(issue.message),
        "source": plain(issue.source),
        "place": plain(issue.place),
        "seen_at": now,
    }


def correction_row(correction: Correction, now: str) -> Row:
    return {
        "made_at": now,
        "by": plain(correction.by),
        "verdict": str(correction.verdict),
        "claim_id": correction.claim_id,
        "place_id": place_key(correction.place) if correction.place else None,
        "data": correction_to_json(replace(correction, number=None, at="")),
    }


def report_from(row: RowMapping) -> Report:
    published = None
    if row["published_basis"] is not None:
        published = When(
            row["published_start"], row["published_end"], row["published_basis"], row["published_precision"]
        )
    return Report(
        label=row["label"],
        text=row["text"],
        sections=sections_from_json(row["sections"]),
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        lang=row["lang"],
        stated_date=row["stated_date"],
        published=published,
        raw_hash=row["raw_hash"],
        source=row["source"],
    )


def place_from(row: RowMapping) -> Place:
    """The place of a claim's own columns: without the relation and the reason, which the full claim has."""
    return Place(
        name=row["place_name"],
        place_type=PlaceType(row["place_type"]),
        place_id=row["place_id"],
        lat=row["lat"],
        lon=row["lon"],
        radius_km=row["radius_km"],
        country=row["country"],
        basis=row["place_basis"],
    )


def issue_from(row: RowMapping) -> Issue:
    return Issue(row["code"], row["message"], row["source"], row["place"], Severity(row["severity"]))


def plain(text: Any) -> Any:
    """Text that every database takes: what UTF-8 can write, and no zero bytes, which PostgreSQL refuses.

    A file's name may hold stray bytes, which Python shows as lone surrogates.
    """
    return text.encode("utf-8", "replace").decode().replace("\x00", "?") if isinstance(text, str) else text
