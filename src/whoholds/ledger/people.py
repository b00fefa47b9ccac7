"""What a person says of a place, as a report of one line with one claim, so that it opens to words like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.model import Anchors, Claim, Correction, Kind, Mode, Report, Role, Section, Span, Stance, Voice, When

if TYPE_CHECKING:
    from whoholds.pipeline import Reading

MADE_BY = "person"
"""What made the claim, in place of a version of the program."""


def reading_of(correction: Correction) -> Reading:
    """The correction of a place as a reading. `correction.place` is set."""
    from whoholds.pipeline import Reading

    assert correction.place is not None
    when = correction.when or When(None, correction.made, "the day of the correction")
    held = " and ".join(correction.holders) or "nobody"
    first, last = when.start or "..", when.end or ".."
    text = f"{correction.place.name}: held by {held}, {first} to {last}. {correction.reason} ({correction.by})"
    whole = Span(0, len(text))
    made = When(correction.made, correction.made, "the day of the correction")
    report = Report(
        label=f"correction by {correction.by}",
        text=text,
        sections=(Section(whole, Role.BODY),),
        published=made,
        source=f"correction by {correction.by}",
    )
    claims = tuple(
        Claim(
            report=report.label,
            report_id=report.id,
            kind=Kind.HOLDS if actor else Kind.ABSENT,
            actor=actor,
            place=correction.place,
            when=when,
            mode=Mode.ASSERTED,
            stance=Stance.CONFIRMED,
            quote=whole,
            quote_text=text,
            anchors=Anchors(cue=whole, place=Span(0, len(correction.place.name))),
            jointly_with=tuple(other for other in correction.holders if other != actor),
            voices=(Voice(correction.by, "reviewer"),),
            published=made,
            confidence=1.0,
            rule=Correction.RULE,
            made_by=MADE_BY,
        )
        for actor in (correction.holders or (None,))
    )
    return Reading(report, claims, made_by=MADE_BY)
