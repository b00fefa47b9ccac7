"""Review: what to look at, what people say of it, how far they agree, and what comes of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from whoholds.errors import InputError
from whoholds.exports.gold import gold
from whoholds.exports.judgements import judgement_records, orphan_records, records
from whoholds.exports.records import claim_record
from whoholds.exports.text import to_json
from whoholds.index.queue import left, reasons, waiting
from whoholds.model import Correction, Verdict, When
from whoholds.review.agreement import agreement as agree
from whoholds.review.agreement import coders as all_coders
from whoholds.review.judging import BASIS, Judge
from whoholds.web.asked import Cursor, Here, Limit, Search, Writing
from whoholds.web.desk import Desk, reply
from whoholds.web.named import actors_of
from whoholds.web.panel import shown_claim
from whoholds.web.problems import ProblemError
from whoholds.web.shapes import (
    MAX_NAME,
    Agreement,
    ClaimChange,
    Coder,
    JudgementIn,
    JudgementShape,
    Queue,
    StateIn,
    UndoIn,
    Verdicts,
)

router = APIRouter(prefix="/review", tags=["review"])
Who = Annotated[
    str, Query(min_length=1, max_length=MAX_NAME, description="Who is judging; others' judgements are not shown.")
]
Number = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/queue", response_model=Queue)
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
) -> Response:
    """Claims to judge, those that are most doubtful and matter most first."""
    after = _after(cursor)
    with desk.asking() as connection:
        found = waiting(connection, by, limit, apart=apart, place=place, words=q, after=after)
        more, judged = left(connection, by)
    claims = {claim.id: claim for claim in desk.ledger.claims_of({one.report_id for one in found})}
    reports = desk.ledger.reports_of({one.report_id for one in found})
    items: list[dict[str, Any]] = [
        {
            "claim": claim_record(claims[one.claim_id]),
            **shown_claim(claims[one.claim_id], reports[one.report_id]),
            "score": one.score,
            "doubt": round(1 - one.confidence, 3),
            "consequence": one.consequence,
            "because": reasons(one),
        }
        for one in found
        if one.claim_id in claims
    ]
    following = f"{found[-1].score!r}:{found[-1].number}" if len(found) == limit else None
    named = actors_of(desk, [claims[one.claim_id] for one in found if one.claim_id in claims])
    return reply({"items": items, "actors": named, "left": more, "judged": judged, "next": following})


def _after(cursor: str | None) -> tuple[float, int] | None:
    if cursor is None:
        return None
    score, _, number = cursor.partition(":")
    try:
        found = float(score), int(number)
    except ValueError:
        found = (-1.0, -1)
    if not 0 <= found[0] <= 1 or not 0 <= found[1] < 2**63:
        raise ProblemError(422, "The cursor is none that the queue gave; leave it out for the first page.")
    return found


@router.get("/judgements", response_model=list[JudgementShape])
def judgements(
    desk: Here,
    by: Annotated[str | None, Query(max_length=MAX_NAME)] = None,
    claim: Annotated[str | None, Query(max_length=64)] = None,
    place: Annotated[str | None, Query(max_length=300)] = None,
    limit: Limit = 50,
    cursor: Annotated[int | None, Query(ge=1, le=2**53, description="`id` of the last one seen.")] = None,
) -> Response:
    """What people said, the latest first; what was taken back too."""
    found = judgement_records(desk.ledger, by=by, claim=claim, place=place, before=cursor, limit=limit)
    return reply(found)


@router.post("/judgements", status_code=201, response_model=JudgementShape)
def judge(desk: Writing, said: JudgementIn) -> Response:
    """Accept, reject, correct, split a claim, or say that its report is a copy. The latest judgement counts."""
    judge = Judge(desk.ledger, said.by, desk.today)
    if desk.ledger.claim(said.claim) is None:
        raise ProblemError(404, "The ledger has no claim of this id.")
    if said.verdict is Verdicts.RIGHT:
        made = judge.accept(said.claim, said.reason)
    elif said.verdict is Verdicts.WRONG:
        made = judge.reject(said.claim, said.reason)
    elif said.verdict is Verdicts.CHANGED:
        if said.changes is None or not (fields := _fields(said.changes)):
            raise ProblemError(422, "`changes` is needed with the verdict changed: the fields that are put right.")
        made = judge.change(said.claim, fields, said.reason)
    elif said.verdict is Verdicts.SPLIT:
        if said.into is None:
            raise ProblemError(422, "`into` is needed with the verdict split: what each part has of its own.")
        made = judge.split(said.claim, [_fields(part) for part in said.into], said.reason)
    else:
        if said.copy_of is None:
            raise ProblemError(422, "`copy_of` is needed with the verdict copy: the report that it is a copy of.")
        made = judge.copy(said.claim, said.copy_of, said.reason)
    return _made(desk, made)


def _fields(change: ClaimChange) -> dict[str, Any]:
    return change.model_dump(mode="json", exclude_unset=True, exclude_none=True)


@router.post("/judgements/{number}/undo", status_code=201, response_model=JudgementShape)
def undo(desk: Writing, number: Number, said: UndoIn) -> Response:
    """Take a judgement back. It stays in the record as undone; what was judged before it counts again."""
    try:
        return _made(desk, Judge(desk.ledger, said.by, desk.today).undo(number, said.reason))
    except InputError as error:
        raise ProblemError(409, str(error)) from error


@router.post("/states", status_code=201, response_model=JudgementShape)
def state(desk: Writing, said: StateIn) -> Response:
    """Say who held a place, by your own knowledge: evidence of its own kind, shown as such."""
    when = None
    if said.start or said.end:
        if said.start and said.end and said.end < said.start:
            raise ProblemError(422, "`end` is before `start`.")
        when = When(said.start, said.end, BASIS, "day" if said.start == said.end else "range")
    made = Judge(desk.ledger, said.by, desk.today).state(said.place_id, said.holders, when, said.reason)
    return _made(desk, made)


def _made(desk: Desk, made: Correction) -> Response:
    desk.index.refresh()
    return reply(records(desk.ledger, [made], {made.number})[0], 201)


@router.get("/coders", response_model=list[Coder])
def coders(desk: Here) -> Response:
    """Everybody who judged claims, those who judged most first."""
    return reply(
        [
            {
                "name": coder.name,
                "judgements": coder.judgements,
                "right": coder.verdicts.get(Verdict.RIGHT, 0),
                "wrong": coder.verdicts.get(Verdict.WRONG, 0),
                "changed": coder.verdicts.get(Verdict.CHANGED, 0) + coder.verdicts.get(Verdict.SPLIT, 0),
                "last": coder.last,
            }
            for coder in all_coders(desk.ledger.corrections())
        ]
    )


@router.get("/agreement", response_model=Agreement)
def agreement(desk: Here, one: Who, other: Who) -> Response:
    """How far two people's codings agree on the claims that both judged."""
    found = agree(desk.ledger, one, other)
    return reply(
        {
            "one": one,
            "other": other,
            "both": found.both,
            "agreed": found.agreed,
            "kappa": found.kappa,
            "f1": found.f1,
            "disagreements": [
                {
                    "claim": d.claim.id,
                    "report_id": d.claim.report_id,
                    "quote": d.claim.quote_text,
                    "place": d.claim.place.name,
                    "one": str(d.one),
                    "other": str(d.other),
                    "fields": list(d.fields),
                }
                for d in found.disagreements
            ],
        }
    )


@router.get("/orphans", response_model=list[JudgementShape])
def orphans(desk: Here) -> Response:
    """Judgements whose claim a newer reading of its report does not have, and that fit no other claim of it."""
    return reply(orphan_records(desk.ledger))


@router.get("/export", response_class=Response)
def export(
    desk: Here,
    what: Annotated[
        Literal["gold", "reports"],
        Query(description="gold: the claims left standing, as lines for `make eval`; reports: the texts they are in."),
    ] = "gold",
    by: Annotated[str | None, Query(max_length=MAX_NAME, description="Of one person only.")] = None,
) -> Response:
    """What was judged, as JSON lines: gold and its reports for `eval/run.py --gold GOLD --reports REPORTS`.

    Of reports whose every claim was judged; of others nobody knows what is missing.
    """
    records = (
        record
        for one in gold(desk.ledger, by)
        for record in (one.claim_records() if what == "gold" else [one.report_record()])
    )
    body = "".join(to_json(record) + "\n" for record in records)
    headers = {"Content-Disposition": f'attachment; filename="{what}.jsonl"'}
    return Response(body, headers=headers, media_type="application/x-ndjson")
