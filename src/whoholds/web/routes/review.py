"""Review: what to look at, what people say of it, how far they agree, and what comes of it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from whoholds.web.asked import Cursor, Here, Limit, Search, Writing
from whoholds.web.shapes import (
    MAX_NAME,
    Agreement,
    Coder,
    JudgementIn,
    JudgementShape,
    Queue,
    StateIn,
    UndoIn,
)

router = APIRouter(prefix="/review", tags=["review"])
Who = Annotated[
    str, Query(min_length=1, max_length=MAX_NAME, description="Who is judging; others' judgements are not shown.")
]
Number = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/queue")
def queue(
    desk: Here,
    by: Who,
    limit: Limit = 20,
    cursor: Cursor = None,
    place: Annotated[str | None, Query(max_length=300)] = None,
    q: Search = "",
    apart: Annotated[
        bool, Query(description="True: everything that this person has not judged; false: what nobody has.")
    ] = True,
) -> Queue:
    """Claims to judge, those that are most doubtful and matter most first."""
    raise NotImplementedError


@router.get("/judgements")
def judgements(
    desk: Here,
    by: Annotated[str | None, Query(max_length=MAX_NAME)] = None,
    claim: Annotated[str | None, Query(max_length=64)] = None,
    place: Annotated[str | None, Query(max_length=300)] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> list[JudgementShape]:
    """What people said, the latest first; what was taken back too. `cursor` is the id of the last one seen."""
    raise NotImplementedError


@router.post("/judgements", status_code=201)
def judge(desk: Writing, said: JudgementIn) -> JudgementShape:
    """Accept, reject, correct, split a claim, or say that its report is a copy. The latest judgement counts."""
    raise NotImplementedError


@router.post("/judgements/{number}/undo", status_code=201)
def undo(desk: Writing, number: Number, said: UndoIn) -> JudgementShape:
    """Take a judgement back. It stays in the record as undone; what was judged before it counts again."""
    raise NotImplementedError


@router.post("/states", status_code=201)
def state(desk: Writing, said: StateIn) -> JudgementShape:
    """Say who held a place, by your own knowledge: evidence of its own kind, shown as such."""
    raise NotImplementedError


@router.get("/coders")
def coders(desk: Here) -> list[Coder]:
    """Everybody who judged claims, those who judged most first."""
    raise NotImplementedError


@router.get("/agreement")
def agreement(desk: Here, one: Who, other: Who) -> Agreement:
    """How far two people's codings agree on the claims that both judged."""
    raise NotImplementedError


@router.get("/orphans")
def orphans(desk: Here) -> list[JudgementShape]:
    """Judgements whose claim a newer reading of its report does not have, and that fit no other claim of it."""
    raise NotImplementedError


@router.get("/export", response_class=Response)
def export(
    desk: Here,
    what: Annotated[
        Literal["gold", "reports"],
        Query(description="gold: the claims left standing, as lines for `make eval`; reports: the texts they are in."),
    ] = "gold",
    by: Annotated[str | None, Query(max_length=MAX_NAME, description="Of one person only.")] = None,
) -> Response:
    """What was judged, as JSON lines: gold and its reports for `eval/run.py --gold GOLD --reports REPORTS`."""
    raise NotImplementedError
