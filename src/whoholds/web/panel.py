"""One place with all that is said of it: what the panel shows, from one look at its claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from whoholds.control.evidence import TAKES, published_by
from whoholds.control.witnesses import origins
from whoholds.ledger import Ledger, PlaceEntry
from whoholds.model import Claim, Report
from whoholds.review.standing import standing
from whoholds.views import Question, accounts
from whoholds.views.mapdata import entry_of, frame, map_actors, map_claim, map_report
from whoholds.views.question import carriers
from whoholds.views.records import evidence_record, place_fields, state_record
from whoholds.views.states import Evidence, State, along, begun, evidence_of

MAX_CLAIMS = 400
"""Shown of one place; those that its answers rest on come first."""


def panel(ledger: Ledger, entry: PlaceEntry, question: Question, colours: Mapping[str, str]) -> dict[str, Any]:
    """The place as `shapes.PlaceDetail`."""
    claims = question.claims(ledger, entry.place_id)
    by_id = evidence_of(question, ledger, claims)
    course = [spell for one in question.courses(ledger, claims) for spell in begun(one, by_id, question.on)]
    states = along(course, by_id, question)
    last = states[-1] if states else None
    used = dict.fromkeys(evidence.claim.id for state in reversed(states) for evidence in state.evidence)
    ranked = sorted(by_id.values(), key=lambda claim: (claim.id not in used, _published(claim)))
    shown = ranked[:MAX_CLAIMS]
    reports = ledger.reports_of({claim.report_id for claim in shown})
    in_context = {claim.id: map_claim(claim, reports[claim.report_id]) for claim in shown}
    told = {name: map_report(report) for name, report in reports.items()}
    named = {actor for spell in course for actor in spell.holders}
    for claim in shown:
        named |= {actor for actor in (claim.actor, claim.against, *(voice.side for voice in claim.voices)) if actor}
    actors = map_actors(named, colours)
    place = entry_of(entry.place_id, course, by_id) if course else None
    rivals = accounts(question, ledger, entry.place_id, claims) if last else []
    if place and rivals:
        place["accounts"] = [
            {"side": one.side, "spells": entry_of(entry.place_id, one.course, by_id)["spells"]} for one in rivals
        ]
    stands = standing(ledger, question.known)
    return {
        "place": place_record(entry),
        "state": state_record(last, rivals) if last else None,
        "timeline": [state_record(replace(state, evidence=())) for state in states],
        "map": {
            **frame(question),
            "actors": actors,
            "places": [place] if place and "lat" in place else [],
            "unplaced": [place] if place and "lat" not in place else [],
            "claims": in_context,
            "reports": told,
        },
        "witnesses": witnesses(ledger, shown, question),
        "claims": in_context,
        "reports": told,
        "actors": actors,
        "judged": {name: str(stands.of[name].verdict) for name in in_context if name in stands.of},
        "first_reported": _first(last),
        "claims_total": len(by_id),
        "truncated": len(by_id) > len(shown),
    }


def witnesses(ledger: Ledger, claims: Sequence[Claim], question: Question) -> list[dict[str, Any]]:
    """The claims by who said what of which day: forty papers that quote one spokesman are one entry."""
    copies = carriers(ledger, claims, question.known)
    groups: dict[tuple[str, tuple[object, ...]], list[Claim]] = {}
    for claim in claims:
        voices = "+".join(dict.fromkeys(origin for origin, _ in origins(claim, copies)))
        day = claim.when.end or claim.when.start
        groups.setdefault((voices, (claim.kind, claim.mode, claim.actor, day)), []).append(claim)
    found = []
    for (voices, _), said in groups.items():
        ordered = sorted(said, key=_published)
        day = published_by(ordered[0])
        found.append(
            {
                "origin": voices,
                "first": ordered[0].id,
                "published": day.isoformat() if day else None,
                "outlets": list(dict.fromkeys(claim.outlet or claim.report for claim in ordered)),
                "claims": [claim.id for claim in ordered],
            }
        )
    return sorted(found, key=lambda one: (one["published"] is None, one["published"] or "", str(one["first"])))


def place_record(entry: PlaceEntry) -> dict[str, Any]:
    """A place of the ledger as `shapes.PlaceHit`."""
    return {
        **place_fields(entry.place_id, entry.place),
        "names": list(entry.names),
        "claims": entry.claims,
    }


def shown_claim(claim: Claim, report: Report) -> dict[str, Any]:
    """A claim in its context, with its report."""
    return {"shown": map_claim(claim, report), "report": map_report(report)}


def _first(state: State | None) -> dict[str, Any] | None:
    """The claim that first said who has it: the earliest published of those that the answer rests on."""
    said = [e.claim for e in state.evidence if e.supports and e.claim.kind in TAKES] if state else []
    dated = [claim for claim in said if published_by(claim)]
    return dict(evidence_record(Evidence(min(dated, key=_published)))) if dated else None


def _published(claim: Claim) -> tuple[bool, str, str]:
    day = published_by(claim)
    return (day is None, day.isoformat() if day else "", claim.id)
