"""Claims and mentions as flat records of plain values: the output format of docs/claims.md.

Every field is there in every record, null where it is not known, so that records line up as rows of a table.
"""

from __future__ import annotations

from whoholds.claims.confidence import is_unsure
from whoholds.model import Anchors, Claim, Mention, Place, Report, Span, Voice, When
from whoholds.plain import iso, rounded

Record = dict[str, object]

COORDINATE_DIGITS = 5
"""About a metre: finer than any source, and the same on machines that differ in the last bits."""
CONFIDENCE_DIGITS = 3
DISTANCE_DIGITS = 3


def claim_record(claim: Claim) -> Record:
    """One claim with every field, ready for JSON; dates are ISO, offsets count code points of the report's text."""
    record = flat_record(claim) | {
        "anchors": _anchors(claim.anchors),
        "published": interval(claim.published),
        "voices": voice_records(claim),
        "place_relation": _relation(claim.place),
        "unsure": is_unsure(claim),
    }
    return {name: record[name] for name in _FIELDS}


_FIELDS = (
    "report", "kind", "actor", "against", "place", "start", "end", "mode", "extent", "speaker", "speaker_role",
    "anonymous", "told", "destination", "share", "quote", "id", "report_id", "quote_start", "quote_end", "anchors",
    "when", "when_basis", "precision", "published", "published_basis", "jointly_with", "part", "stance", "speaker_side",
    "outlet", "outlet_side", "wire", "origin", "voices", "place_id", "place_type", "lat", "lon", "radius_km", "country",
    "place_basis", "place_relation", "confidence", "unsure", "rule", "made_by",
)  # fmt: skip
"""In the order of docs/claims.md: what people look at first."""


def flat_record(claim: Claim) -> Record:
    """The fields of a claim that are one value each, or a list of texts; made for tables of millions."""
    place, when, quote, published = claim.place, claim.when, claim.quote, claim.published
    voice = _first_voice(claim.voices)
    return {
        "id": claim.id,
        "report_id": claim.report_id,
        "report": claim.report,
        "kind": claim.kind.value,
        "actor": claim.actor,
        "against": claim.against,
        "jointly_with": list(claim.jointly_with),
        "place_id": place.place_id,
        "place": place.name,
        "place_type": place.place_type.value,
        "country": place.country,
        "lat": rounded(place.lat, COORDINATE_DIGITS),
        "lon": rounded(place.lon, COORDINATE_DIGITS),
        "radius_km": rounded(place.radius_km, DISTANCE_DIGITS),
        "place_basis": place.basis,
        "start": iso(when.start),
        "end": iso(when.end),
        "when": "throughout" if claim.throughout else "within",
        "when_basis": when.basis,
        "precision": when.precision,
        "mode": claim.mode.value,
        "stance": claim.stance.value,
        "extent": claim.extent,
        "share": claim.share,
        "part": claim.part,
        "destination": claim.destination,
        "speaker": voice.name,
        "speaker_role": voice.role,
        "speaker_side": voice.side,
        "anonymous": voice.anonymous,
        "told": voice.told,
        "outlet": claim.outlet,
        "outlet_side": claim.outlet_side,
        "wire": claim.wire,
        "origin": claim.origin,
        "published_start": iso(published.start) if published else None,
        "published_end": iso(published.end) if published else None,
        "published_basis": published.basis if published else None,
        "confidence": rounded(claim.confidence, CONFIDENCE_DIGITS),
        "quote": claim.quote_text,
        "quote_start": quote.start,
        "quote_end": quote.end,
        "rule": claim.rule,
        "made_by": claim.made_by,
    }


def mention_record(report: Report, mention: Mention) -> Record:
    """One mention: where it stands, and what it resolved to in the fields of its type."""
    record: Record = {
        "report": report.label,
        "report_id": report.id,
        "type": str(mention.type),
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "basis": mention.basis or None,
    }
    value = mention.value
    if isinstance(value, Place):
        record |= {
            "basis": value.basis,
            "place": value.name,
            "place_id": value.place_id,
            "place_type": str(value.place_type),
            "lat": rounded(value.lat, COORDINATE_DIGITS),
            "lon": rounded(value.lon, COORDINATE_DIGITS),
            "radius_km": rounded(value.radius_km, DISTANCE_DIGITS),
            "country": value.country,
            "place_relation": _relation(value),
            "reason": value.reason or None,
        }
    elif isinstance(value, When):
        record |= {
            "basis": value.basis or mention.basis or None,
            "when_start": iso(value.start),
            "when_end": iso(value.end),
            "precision": value.precision,
        }
    elif isinstance(value, Voice):
        record |= {
            "speaker": value.name,
            "speaker_role": value.role,
            "speaker_side": value.side,
            "anonymous": value.anonymous,
            "told": value.told,
        }
    else:
        record["actor"] = value
    return record


def interval(when: When | None) -> str | None:
    """A day where both ends are one, else an ISO 8601 interval with ".." for an open end; None where not known."""
    if when is None or (when.start is None and when.end is None):
        return None
    if when.start == when.end:
        return iso(when.start)
    return f"{iso(when.start) or '..'}/{iso(when.end) or '..'}"


def _first_voice(voices: tuple[Voice, ...]) -> Voice:
    """What the flat fields show: the first voice, with the roles of all where none of several has a name."""
    if not voices:
        return Voice()
    first = voices[0]
    roles = [voice.role for voice in voices if voice.role]
    if len(roles) < 2 or any(voice.name for voice in voices):
        return first
    return Voice(None, "; ".join(roles), first.anonymous, first.told, first.side)


def voice_records(claim: Claim) -> list[Record]:
    """Who says it: all of them, in the report's order."""
    return [
        {
            "name": voice.name,
            "role": voice.role,
            "anonymous": voice.anonymous,
            "told": voice.told,
            "side": voice.side,
            "person": voice.person,
        }
        for voice in claim.voices
    ]


def _anchors(anchors: Anchors) -> dict[str, list[int]]:
    named: dict[str, Span | None] = {
        "actor": anchors.actor,
        "against": anchors.against,
        "place": anchors.place,
        "time": anchors.time,
        "speaker": anchors.speaker,
        "cue": anchors.cue,
    }
    return {name: [span.start, span.end] for name, span in named.items() if span is not None}


def _relation(place: Place) -> Record | None:
    if place.relation is None:
        return None
    return {
        "anchor": place.relation.anchor,
        "km": rounded(place.relation.km, DISTANCE_DIGITS),
        "bearing": rounded(place.relation.bearing, 1),
    }
