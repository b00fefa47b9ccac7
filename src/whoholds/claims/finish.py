"""Drafts with a place and a time → claims."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from whoholds.annotate.mentions import Annotation
from whoholds.annotate.places.names import PlaceRef
from whoholds.claims.draft import Draft
from whoholds.claims.sides.register import Register
from whoholds.claims.times.dating import Calendar
from whoholds.claims.times.elsewhere import Dated
from whoholds.claims.voices.speakers import Speakers
from whoholds.model import Anchors, Claim, Mention, MentionType, Place, Report, Span, Voice


def claim_of(
    report: Report, d: Draft, place: Place, dated: Dated, place_span: Span, register: Register, made_by: str
) -> Claim:
    """The claim that a draft says, with the words it rests on."""
    voices: tuple[Voice, ...] = ()
    speaker = None
    if d.attribution is not None:
        speaker = d.attribution.span
        told = d.attribution.side_span
        sides = [register.speaks_for(actor, told) if actor else None for actor in d.attribution.actors]
        voices = tuple(replace(v, side=side) for v, side in zip(d.attribution.voices, sides, strict=True))
    return Claim(
        report=report.label,
        report_id=report.id,
        kind=d.kind,
        actor=d.actor,
        place=place,
        when=dated.when,
        mode=d.mode,
        quote=d.quote,
        quote_text=d.quote.of(report.text),
        anchors=Anchors(d.cue_span, place_span, d.actor_span, d.against_span, dated.span, speaker),
        against=d.against,
        jointly_with=d.jointly,
        extent=d.extent,
        part=d.part,
        share=d.share,
        destination=d.destination,
        stance=d.stance,
        voices=voices,
        outlet=report.outlet,
        published=report.published,
        rule=d.cue.id,
        made_by=made_by,
    )


def once(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Without doubles: one claim for each kind, actor, place, mode and quote; in the order of the text."""
    kept: Mapping[tuple[object, ...], Claim] = {
        (c.kind, c.actor, c.place.name, c.mode, c.quote): c for c in reversed(claims)
    }
    return tuple(sorted(kept.values(), key=_in_order))


def _in_order(claim: Claim) -> tuple[object, ...]:
    """By the text: of claims with one quote those whose actor is named first."""
    named = claim.anchors.actor.start if claim.anchors.actor else claim.quote.end
    return (claim.quote, claim.anchors.place, claim.kind, named, claim.actor or "", claim.place.name, claim.mode)


def _outside(mentions: Iterable[Mention], names: Iterable[Span]) -> list[Mention]:
    """The mentions that none of the names covers."""
    spans = sorted(names)
    starts, furthest = [span.start for span in spans], [0, *accumulate((span.end for span in spans), max)]
    return [m for m in mentions if furthest[bisect_right(starts, m.span.start)] < m.span.end]


def mentions_of(
    a: Annotation,
    register: Register,
    speakers: Speakers,
    calendar: Calendar,
    places: Mapping[PlaceRef, Place],
    adjectives: Iterable[Mention] = (),
) -> tuple[Mention, ...]:
    """All mentions of a report with what they resolved to, in the order of the text.

    `adjectives`: mentions of places by their adjectives; where the words are read as a place's name they give way.
    """
    text = a.document.report.text
    out: list[Mention] = []
    for named in (*a.named, *a.passing):
        place = places.get(named.ref)
        span = a.span_of(named.ref, named.sentence)
        out.append(Mention(MentionType.PLACE, span, span.of(text), place, place.basis if place else "unresolved"))
    out += _outside(adjectives, [m.span for m in out])
    for n, row in enumerate(register.census.refs):
        s, done = a.document.sentences[n], set()
        for _, ref in row:
            actor, inferred = register.resolve(ref, n)
            span = s.char_span(ref.first, ref.last)
            if actor is not None and span not in done:
                done.add(span)
                out.append(Mention(MentionType.ACTOR, span, span.of(text), actor, "report" if inferred else "words"))
    for row_ in calendar.by_sentence:
        out += [Mention(MentionType.TIME, r.expr.span, r.expr.text, r.when, r.when.basis) for r in row_]
    for group in speakers.found:
        for attribution in group:
            out += [
                Mention(MentionType.SPEAKER, attribution.span, attribution.span.of(text), v)
                for v in attribution.voices[:1]
            ]
    unique = {(m.type, m.span): m for m in out}
    return tuple(sorted(unique.values(), key=lambda m: (m.span, m.type)))
