"""One place, one claim, one report."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from whoholds.web.asked import Asked, Here, PlaceId
from whoholds.web.shapes import ClaimDetail, PlaceDetail, ReportDetail, WhyShape

router = APIRouter(tags=["evidence"])
ClaimId = Annotated[str, Path(pattern="^[0-9a-f]{1,64}$")]
ReportId = Annotated[str, Path(pattern="^[0-9a-f]{1,64}$")]


@router.get("/place")
def place(desk: Here, id: PlaceId, question: Asked) -> PlaceDetail:
    """A place: its states over time, the rival accounts, every claim in its words, copies under their origin."""
    raise NotImplementedError


@router.get("/place/why")
def why(desk: Here, id: PlaceId, question: Asked) -> WhyShape:
    """What each witness adds to the answer, and what it would take to change it; as `whoholds why`."""
    raise NotImplementedError


@router.get("/claims/{claim_id}")
def claim(desk: Here, claim_id: ClaimId) -> ClaimDetail:
    """One claim with every field, in its context, and what people judged of it."""
    raise NotImplementedError


@router.get("/reports/{report_id}")
def report(desk: Here, report_id: ReportId, start: Annotated[int, Query(ge=0)] = 0) -> ReportDetail:
    """One report: its text, how it is divided, and the claims in it."""
    raise NotImplementedError
