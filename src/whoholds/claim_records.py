"""One record in our own format of claims (docs/claims.md), or a row of a table of them → the claim."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from whoholds.exports.tables import JOINER
from whoholds.model import Anchors, Claim, Kind, Mode, Place, PlaceType, Span, Stance, Voice, When

MADE_BY = "claims file"
CONFIDENCE = 1.0
"""Of a claim whose record gives none: somebody wrote it down."""
EXTENTS = ("whole", "most", "part")
MAX_QUOTE = 5_000
"""Characters; no shortest run of words is longer."""

_UNSTORED = re.compile("[\0\ud800-\udfff]")


def claim_of(data: dict[str, Any]) -> Claim:
    """The claim, with its quote alone as its report's text, and the id that its report has in the file.

    Raises KeyError or ValueError in words for people.
    """
    name = _text(data, "place")
    if name is None:
        raise KeyError("place")
    kind, actor = _choice(Kind, data["kind"], "kind"), _text(data, "actor")
    quote = (_text(data, "quote") or f"{actor or 'somebody'} {kind} {name}")[:MAX_QUOTE]
    extent, share = _text(data, "extent"), _number(data, "share")
    if extent not in (None, *EXTENTS):
        raise ValueError(f"extent {extent!r} is none of {', '.join(EXTENTS)}")
    confidence = _number(data, "confidence")
    whole = Span(0, len(quote))
    return Claim(
        report=_text(data, "report") or "claims",
        report_id=_text(data, "report_id") or "",
        kind=kind,
        actor=actor,
        against=_text(data, "against"),
        place=_place(data, name),
        when=_when(data),
        mode=_choice(Mode, data.get("mode") or "asserted", "mode"),
        stance=_choice(Stance, data.get("stance") or "plain", "stance"),
        extent=extent,
        share=share,
        part=_text(data, "part"),
        destination=_text(data, "destination"),
        jointly_with=_names(data, "jointly_with"),
        quote=whole,
        quote_text=quote,
        anchors=Anchors(cue=whole, place=whole),
        voices=_voices(data),
        outlet=_text(data, "outlet"),
        outlet_side=_text(data, "outlet_side"),
        wire=_text(data, "wire"),
        published=_published(data),
        confidence=CONFIDENCE if confidence is None else min(max(confidence, 0.0), 1.0),
        rule=_text(data, "rule") or "",
        made_by=MADE_BY,
    )


def _when(data: dict[str, Any]) -> When:
    start, end = _day(data, "start"), _day(data, "end")
    basis = _text(data, "when_basis") or ("as coded" if start or end else "")
    return When(start, end, basis, _text(data, "precision") or "day")


def _place(data: dict[str, Any], name: str) -> Place:
    lat, lon = _number(data, "lat"), _number(data, "lon")
    if (lat is None) != (lon is None) or (lat is not None and not -90 <= lat <= 90):
        raise ValueError("lat and lon go together, in degrees")
    return Place(
        name,
        _choice(PlaceType, data.get("place_type") or "settlement", "place_type"),
        _text(data, "place_id") or (f"geonames:{number}" if (number := _text(data, "geonames")) else None),
        lat,
        lon,
        _number(data, "radius_km"),
        _text(data, "country"),
        _text(data, "place_basis") or ("gazetteer" if lat is not None else "unresolved"),
    )


def _voices(data: dict[str, Any]) -> tuple[Voice, ...]:
    said = _parts(data, "voices")
    if said is not None:
        return tuple(
            Voice(
                _text(v, "name"),
                _text(v, "role"),
                bool(v.get("anonymous")),
                _text(v, "told"),
                _text(v, "side"),
                _text(v, "person"),
            )
            for v in said
            if isinstance(v, dict)
        )
    voice = Voice(
        _text(data, "speaker"),
        _text(data, "speaker_role"),
        bool(data.get("anonymous")),
        _text(data, "told"),
        _text(data, "speaker_side"),
    )
    return () if voice == Voice() else (voice,)


def _names(data: dict[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts: as one, as JSON, or with the divider that tables have."""
    value = data.get(name)
    several = _parts(data, name)
    if several is None:
        several = [part.strip() for part in value.split(JOINER.strip())] if isinstance(value, str) else []
    return tuple(str(one) for one in several if one)


def _parts(data: dict[str, Any], name: str) -> list[Any] | None:
    """A list, or JSON of one; None where it is neither."""
    value = data.get(name)
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise ValueError(f"{name} is {value[:40]!r}, no JSON") from None
    return value if isinstance(value, list) else None


def _text(data: dict[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(f"{name} is {value!r}, no text")
    if _UNSTORED.search(value):
        raise ValueError(f"{name} has zero bytes or halves of characters in it, which no ledger stores")
    return value


def _number(data: dict[str, Any], name: str) -> float | None:
    value = data.get(name)
    if value is None or value == "":
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {value!r}, no number") from None


def _day(data: dict[str, Any], name: str) -> date | None:
    value = _text(data, name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ValueError(f"{name} is {value!r}, no date as YYYY-MM-DD") from None


def _published(data: dict[str, Any]) -> When | None:
    """One field ("2016-03-13", "2016-03-01/2016-03-13", "../2016-03-13"), or the two days that tables have."""
    if value := _text(data, "published"):
        first, _, last = value.partition("/")
        ends = {name: end for name, end in (("start", first), ("end", last or first)) if end != ".."}
    else:
        ends = {name: day for name in ("start", "end") if (day := _text(data, f"published_{name}"))}
    if not ends:
        return None
    return When(_day(ends, "start"), _day(ends, "end"), _text(data, "published_basis") or "as coded")


def _choice(kind: Any, value: Any, name: str) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise ValueError(f"{name} {value!r} is none of {', '.join(kind)}") from None
