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
    place, first = claim.place, _first_voice(claim.voices)
    return {
        "report": claim.report,
        "kind": str(claim.kind),
        "actor": claim.actor,
        "against": claim.against,
        "place": place.name,
        "start": iso(claim.when.start),
        "end": iso(claim.when.end),
        "mode": str(claim.mode),
        "extent": claim.extent,
        "speaker": first.name,
        "speaker_role": first.role,
        "anonymous": first.anonymous,
        "told": first.told,
        "destination": claim.destination,
        "share": claim.share,
        "quote": claim.quote_text,
        "id": claim.id,
        "report_id": claim.report_id,
        "quote_start": claim.quote.start,
        "quote_end": claim.quote.end,
        "anchors": _anchors(claim.anchors),
        "when": "throughout" if claim.throughout else "within",
        "when_basis": claim.when.basis,
        "published": interval(claim.published),
        "published_basis": claim.published.basis if claim.published else None,
        "jointly_with": list(claim.jointly_with),
        "part": claim.part,
        "stance": str(claim.stance),
        "speaker_side": first.side,
        "outlet": claim.outlet,
        "outlet_side": claim.outlet_side,
        "wire": claim.wire,
        "origin": claim.origin,
        "voices": [_voice(voice) for voice in claim.voices],
        "place_id": place.place_id,
        "place_type": str(place.place_type),
        "lat": rounded(place.lat, COORDINATE_DIGITS),
        "lon": rounded(place.lon, COORDINATE_DIGITS),
        "radius_km": rounded(place.radius_km, DISTANCE_DIGITS),
        "country": place.country,
        "place_basis": place.basis,
        "place_relation": _relation(place),
        "confidence": rounded(claim.confidence, CONFIDENCE_DIGITS),
        "unsure": is_unsure(claim),
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


def _voice(voice: Voice) -> Record:
    return {
        "name": voice.name,
        "role": voice.role,
        "anonymous": voice.anonymous,
        "told": voice.told,
        "side": voice.side,
        "person": voice.person,
    }


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
