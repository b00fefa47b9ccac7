"""What is served: the ledger, its size, what may be done."""

from __future__ import annotations

from fastapi import APIRouter

from whoholds.web.asked import Here
from whoholds.web.shapes import About, Index

router = APIRouter(tags=["about"])


@router.get("/about")
def about(desk: Here) -> About:
    """What is served."""
    raise NotImplementedError


@router.get("/index")
def index(desk: Here) -> Index:
    """How far the index is; to be asked again while it is not ready."""
    raise NotImplementedError
