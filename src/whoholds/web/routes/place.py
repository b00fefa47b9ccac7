"""One place, one claim, one report."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from whoholds import views
from whoholds.control.copies import trees
from whoholds.control.evidence import published_by
from whoholds.exports.judgements import judgement_records
from whoholds.exports.records import claim_record
from whoholds.ledger import Ledger
from whoholds.plain import iso
from whoholds.views.records import why_record
from whoholds.web.asked import Asked, Here, PlaceId
from whoholds.web.desk import reply
from whoholds.web.named import actors_of
from whoholds.web.panel import panel, shown_claim
from whoholds.web.problems import ProblemError
from whoholds.web.shapes import ClaimDetail, PlaceDetail, ReportDetail, WhyShape

router = APIRouter(tags=["evidence"])
ClaimId = Annotated[str, Path(pattern="^[0-9a-f]{1,64}$")]
ReportId = Annotated[str, Path(pattern="^[0-9a-f]{1,64}$")]
AT_ONCE = 200_000
"""Code points of a report's text in one answer."""
MAX_WITNESSES = 400
"""Claims of a place up to which its answer is taken apart while somebody waits."""


@router.get("/place", response_model=PlaceDetail)
def place(desk: Here, id: PlaceId, question: Asked) -> Response:
    """A place: its states over time, the rival accounts, every claim in its words, copies under their origin."""
    entry = desk.ledger.place(id)
    if entry is None:
        raise ProblemError(404, "No claim of the ledger is about a place of this id. See /search.")
    colours = desk.colours()
    with desk.working():
        return reply(panel(desk.ledger, entry, question, colours))


@router.get("/place/why", response_model=WhyShape)
def why(desk: Here, id: PlaceId, question: Asked) -> Response:
    """What each witness adds to the answer, and what it would take to change it; as `whoholds why`."""
    entry = desk.ledger.place(id)
    if entry is None:
        raise ProblemError(404, "No claim of the ledger is about a place of this id. See /search.")
    if entry.claims > MAX_WITNESSES:
        raise ProblemError(400, f"{entry.claims} claims are too many to take apart here; use `whoholds why`.")
    with desk.working():
        return reply(why_record(views.why(desk.ledger, id, question.on, question.known, view=question.view)))


@router.get("/claims/{claim_id}", response_model=ClaimDetail)
def claim(desk: Here, claim_id: ClaimId) -> Response:
    """One claim with every field, in its context, and what people judged of it."""
    found = desk.ledger.claim(claim_id)
    if found is None:
        raise ProblemError(404, "The ledger has no claim of this id.")
    its = found[0]
    said: dict[str, Any] = {"claim": claim_record(its), **shown_claim(its, desk.ledger.report(its.report_id))}
    said["actors"] = actors_of(desk, [its])
    return reply({**said, "judgements": judgement_records(desk.ledger, claim=claim_id)})


@router.get("/reports/{report_id}", response_model=ReportDetail)
def report(desk: Here, report_id: ReportId, start: Annotated[int, Query(ge=0, le=10**9)] = 0) -> Response:
    """One report: its text, how it is divided, and the claims in it."""
    if not desk.ledger.has_report(report_id):
        raise ProblemError(404, "The ledger has no report of this id.")
    its = desk.ledger.report(report_id)
    published = its.published
    return reply(
        {
            "report_id": its.id,
            "label": its.label,
            "title": its.title,
            "outlet": its.outlet,
            "url": its.url,
            "lang": its.lang,
            "published_start": iso(published.start) if published else None,
            "published_end": iso(published.end) if published else None,
            "published_basis": published.basis if published else None,
            "text": its.text[start : start + AT_ONCE],
            "start": start,
            "length": len(its.text),
            "sections": [{"start": s.span.start, "end": s.span.end, "role": str(s.role)} for s in its.sections],
            "claims": [claim_record(claim) for claim in desk.ledger.claims_of([report_id])],
            "copies": _copies(desk.ledger, report_id),
        }
    )


def _copies(ledger: Ledger, report_id: str) -> list[str]:
    """Near copies of a report among those that speak of the same places."""
    places = {claim.place.place_id for claim in ledger.claims_of([report_id]) if claim.place.place_id}
    near = {claim.report_id: claim for claim in ledger.claims(places)} if places else {}
    published = {name: published_by(claim) for name, claim in near.items()}
    for tree in trees(ledger.signatures(near), published):
        names = [copy.report_id for copy in tree]
        if report_id in names:
            return [name for name in names if name != report_id]
    return []
