"""The origin of a statement: who said what of which day. Forty papers that quote one spokesman are one witness.

An origin is a readable id, "VOICE/KIND/MODE/ACTOR/PLACE/DAY":

    person:yahya-rasool/gains/asserted/gov:IRQ/geonames:98717/2016-03-13

The voice is the first that is known of: a speaker by name; the side that an unnamed speaker speaks for (two officers
of one army who say the same of the same day are one witness); the agency that it was taken from; the outlet; the
report. Somebody without name and side ("residents") is heard through one outlet, and is another where another has it.
It is a pure function of the claim. Whether two names are one person is a judgement kept in the ledger (`judgements`);
`as_judged` puts it in as the ledger gives the claim out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from whoholds.gazetteer.names import key
from whoholds.model import Claim, Voice
from whoholds.resolve.persons import speaker_key

if TYPE_CHECKING:  # a question to a ledger has no use for what reads pages
    from whoholds.sources.outlets import Publisher


def sourced(claim: Claim, source: Publisher) -> Claim:
    """The claim with its outlet, agency and origin."""
    voices = tuple(replace(voice, person=speaker_key(voice)) for voice in claim.voices)
    printed_by = _carrier(source.wire, source.outlet, claim.report_id)
    return replace(
        claim,
        voices=voices,
        outlet=source.outlet,
        outlet_side=source.side,
        wire=source.wire,
        origin=_origin(claim, voices, printed_by),
    )


def as_judged(claim: Claim, canonical: Mapping[str, str]) -> Claim:
    """The claim with its persons as judged. `canonical`: by name key, the one that stands for the person."""
    if not any(voice.person in canonical for voice in claim.voices):
        return claim
    voices = tuple(replace(v, person=canonical.get(v.person or "", v.person)) for v in claim.voices)
    claim = replace(claim, voices=voices)
    return replace(claim, origin=origin_of(claim))


def origin_of(claim: Claim) -> str:
    """The claim's origin."""
    return _origin(claim, claim.voices, carrier(claim))


def _origin(claim: Claim, of: Sequence[Voice], printed_by: str) -> str:
    place = claim.place.place_id or f"name:{_slug(claim.place.name)}"
    day = claim.when.end or (claim.published.end if claim.published else None) or claim.when.start
    voices = dict.fromkeys(voice_key(claim, voice, printed_by) for voice in of)
    said = (str(claim.kind), str(claim.mode), claim.actor or "nobody", place, day.isoformat() if day else "undated")
    return "/".join(("+".join(voices) or printed_by, *said))


def voice_key(claim: Claim, voice: Voice, printed_by: str | None = None) -> str:
    """Who this voice of the claim is. `printed_by`: the carrier, where it is not the claim's own (`carrier`)."""
    if person := voice.person or speaker_key(voice):
        return f"person:{person}"
    if voice.side:
        return f"side:{voice.side}"
    return f"{printed_by or carrier(claim)}:{_slug(voice.role or voice.name or 'somebody')}"


def carrier(claim: Claim) -> str:
    """Who answers for words that nobody is quoted with."""
    return _carrier(claim.wire, claim.outlet, claim.report_id)


def _carrier(wire: str | None, outlet: str | None, report_id: str) -> str:
    if wire:
        return f"wire:{_slug(wire)}"
    return f"outlet:{_slug(outlet)}" if outlet else f"report:{report_id}"


def _slug(text: str) -> str:
    return key(text).replace(" ", "-")
