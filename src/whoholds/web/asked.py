"""The parameters that many paths share, and the question that they make."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request

from whoholds.control.selection import View, ViewError
from whoholds.views import Question
from whoholds.web.desk import Desk
from whoholds.web.problems import ProblemError

PlaceId = Annotated[str, Query(min_length=1, max_length=300, description="The place's id.")]
On = Annotated[date | None, Query(description="As things stood on this day; left out, the latest that is known.")]
Known = Annotated[date | None, Query(description="As known on this day; left out, in hindsight.")]
ViewText = Annotated[
    str, Query(max_length=500, description="all, side:ACTOR, self-adverse, without:OUTLET, or several with commas.")
]
Search = Annotated[str, Query(max_length=200, description="Words to look for; all of them must occur.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=200)]


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


Here = Annotated[Desk, Depends(desk_of)]


def view_of(text: str) -> View:
    try:
        return View.parse(text)
    except ViewError as error:
        raise ProblemError(422, str(error)) from error


def asked(on: On = None, known: Known = None, view: ViewText = "all") -> Question:
    return Question(on, known, view_of(view))


Asked = Annotated[Question, Depends(asked)]


def writing(desk: Here) -> Desk:
    """For paths that change the ledger."""
    if not desk.settings.write:
        raise ProblemError(403, "This server only shows. Start it with --write to take judgements and reports.")
    return desk


Writing = Annotated[Desk, Depends(writing)]
