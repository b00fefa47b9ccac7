"""What the API takes and gives, as pydantic models: the OpenAPI description is made from these.

Days are ISO dates. Offsets count Unicode code points of the report's stored text, unless a field says otherwise.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from whoholds.model import Kind, Mode, PlaceType, Severity, Stance, Status
from whoholds.views.mapshape import MapActor, MapClaim, MapData, MapReport

MAX_NAME, MAX_REASON, MAX_WORDS = 80, 2_000, 200

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NAME)]
Words = Annotated[str, StringConstraints(max_length=MAX_WORDS)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_REASON)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """What is wrong with a request, or why it has no answer (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[str] = Field(default=[], description="Each field that is wrong, with the reason.")


# ---- the ledger


class Counts(Shape):
    reports: int
    claims: int
    places: int
    issues: int


class Index(Shape):
    """The state of the index of spells and words that answers are given from."""

    ready: bool = Field(description="False while it is built for the first time; the map and the tables then say 503.")
    version: str = Field(description="Changes whenever an answer may have changed: the key for caches.")
    fraction: float = Field(ge=0, le=1)
    doing: str = Field(description='In words what is being done; "" where nothing is.')
    fault: str | None = Field(default=None, description="Why it could not be built.")


class Limits(Shape):
    files: int
    file_bytes: int
    upload_bytes: int
    text_characters: int
    page: int


class About(Shape):
    program: str
    disclaimer: str
    ledger: str = Field(description="The ledger's file name, without its folder.")
    counts: Counts
    index: Index
    write: bool = Field(description="Whether judgements and new reports are taken.")
    tiles: str | None = Field(description="Address of map tiles of the user's choice, with {z}, {x} and {y}.")
    first_day: date | None = Field(description="The first day that anything is said of.")
    last_day: date | None
    last_published: date | None
    languages: dict[str, int]
    reviewer: str = Field(description="The name to offer for judgements: of whoever started the server.")
    limits: Limits


# ---- places and answers


class PlaceShape(Shape):
    place_id: str
    place: str
    place_type: PlaceType
    country: str | None = Field(description="ISO 3166 alpha-3.")
    lat: float | None
    lon: float | None
    radius_km: float | None
    place_basis: str


class PlaceHit(PlaceShape):
    names: list[str] = Field(description="As reports spell it, the most used first.")
    claims: int


class EvidenceShape(Shape):
    """As in `whoholds who --format json`."""

    supports: bool
    claim: str
    kind: Kind
    mode: Mode
    stance: Stance
    actor: str | None
    against: str | None
    extent: str | None
    part: str | None
    destination: str | None
    start: date | None
    end: date | None
    quote: str
    speaker: str | None
    speaker_role: str | None
    anonymous: bool
    told: str | None
    report: str
    report_id: str
    outlet: str | None
    origin: str
    published_start: date | None
    published_end: date | None
    confidence: float


class RivalShape(Shape):
    holders: list[str]
    status: Literal["held", "vacated"]
    support: float


class AccountShape(Shape):
    side: str | None = Field(description="Null: those who speak for no side, and reports that quote nobody.")
    status: Status
    holders: list[str]
    support: float
    claims: int


class StateShape(PlaceShape):
    """As in `whoholds who --format json`."""

    on: date | None
    known: date | None
    today: date | None
    clock: Literal["as known", "in hindsight"]
    view: str
    status: Status
    holders: list[str]
    holder_names: list[str]
    since: date | None
    since_exact: bool
    start: date | None
    end: date | None
    fighting: bool
    disputed: bool
    divided: bool
    support: float
    rivals: list[RivalShape]
    stale: bool
    last_evidence: date | None
    last_fighting: date | None
    days: int | None
    accounts: list[AccountShape]
    evidence: list[EvidenceShape]


class ReasonShape(EvidenceShape):
    without_it: float = Field(description="Support of the answer without this witness.")
    answer_without_it: str
    weight: float
    carriers: int
    carried_by: list[str] = Field(description="Ids of the claims that carry its word, this one's first.")


class WhyShape(Shape):
    """As in `whoholds why --format json`."""

    place: str
    day: date
    answer: str
    support: float
    state: StateShape | None
    reasons: list[ReasonShape]
    shortest: list[str] = Field(description="Ids of the fewest claims without which the answer would be `instead`.")
    shortest_with_carriers: list[str] = Field(description="The same with every claim that carries their words.")
    instead: str | None


class ChangeShape(Shape):
    """As in `whoholds changes --format json`."""

    place: str
    place_id: str
    before: StateShape | None
    after: StateShape
    because: list[EvidenceShape]


class Changes(Shape):
    since: date | None
    until: date | None
    known: date | None
    changes: list[ChangeShape]
    total: int = Field(description="How many there are; `changes` has the first of them.")


class Bin(Shape):
    day: date = Field(description="First day of the bin.")
    claims: int
    fighting: int = Field(description="Those of the claims that tell of fighting.")


class Histogram(Shape):
    by: Literal["day", "week", "month"]
    bins: list[Bin] = Field(
        description="Bins with claims only, in order; claims are counted on the last day they are of."
    )
    undated: int


class Witness(Shape):
    """One origin's word for one thing: the claims of all reports that carry it."""

    origin: str
    first: str = Field(description="Id of the claim that was published first.")
    published: date | None = Field(description="Of the first, the day by which it was surely published.")
    outlets: list[str]
    claims: list[str] = Field(description="Ids, by day of publication; all but the first are copies or repeats.")


class PlaceDetail(Shape):
    """A place with all that the panel shows."""

    place: PlaceHit
    state: StateShape | None = Field(description="The answer for the day asked about, its accounts included.")
    timeline: list[StateShape] = Field(description="Its states in order, without their evidence.")
    map: MapData = Field(
        description="The same place as the one-file map has it: spells, and every claim that they rest on, in context."
    )
    witnesses: list[Witness] = Field(description="Every origin with its claims, the first published first.")
    claims: dict[str, MapClaim] = Field(description="Every claim of the witnesses, in context, by id.")
    reports: dict[str, MapReport]
    actors: dict[str, MapActor]
    judged: dict[str, str] = Field(description="By a claim's id, the verdict that counts, where people judged it.")
    first_reported: EvidenceShape | None = Field(description="The claim that first said who has it as it is now.")
    claims_total: int
    truncated: bool = Field(description="True where there are more claims than are given; see /tables/claims?place=.")


class ReportSection(Shape):
    start: int
    end: int
    role: str


class JudgementShape(Shape):
    """What a person said of a claim or a place; it stands beside what was read."""

    id: int
    at: str = Field(description="ISO 8601, UTC.")
    by: str
    verdict: str
    claim: str | None
    place_id: str | None
    place: str | None = Field(description="Its name.")
    quote: str | None = Field(description="The words that the claim was read from.")
    reason: str
    becomes: list[dict[str, Any]] = Field(description="With changed and split: the claims it became, in full.")
    copy_of: str | None = Field(description="With copy: id of the report that it is a copy of.")
    undoes: int | None
    undone: bool = Field(description="Whether it was taken back.")
    anchored: Literal["same", "moved", "orphan"] | None = Field(
        description="Whether its claim is read so still, was found again as another one, or is not there any more."
    )
    moved_to: str | None = Field(description="Id of the claim it was found again as.")


class ClaimDetail(Shape):
    claim: dict[str, Any] = Field(description="Every field, as in `whoholds claims` (docs/claims.md).")
    shown: MapClaim
    report: MapReport
    judgements: list[JudgementShape]
    actors: dict[str, MapActor] = Field(description="Every actor that the claim names, by id.")


class ReportDetail(Shape):
    report_id: str
    label: str
    title: str | None
    outlet: str | None
    url: str | None
    lang: str
    published_start: date | None
    published_end: date | None
    published_basis: str | None
    text: str = Field(description="From `start` on; at most 200,000 code points at a time.")
    start: int
    length: int = Field(description="Of the whole text.")
    sections: list[ReportSection]
    claims: list[dict[str, Any]] = Field(description="Every claim read in it, with every field.")
    copies: list[str] = Field(description="Ids of reports that are near copies of it, or it of them.")


class ActorHit(Shape):
    id: str
    name: str
    claims: int = Field(description="How many claims of the ledger name it as actor.")


class PlaceCandidate(PlaceShape):
    """A place that a correction may name: of the ledger, or of the gazetteer."""

    admin: str | None
    country_name: str | None
    population: int
    known: bool = Field(description="Whether the ledger has claims about it.")


# ---- tables


class TableName(StrEnum):
    PLACES = "places"
    CLAIMS = "claims"
    REPORTS = "reports"
    ISSUES = "issues"


class TableColumn(Shape):
    name: str
    type: str = Field(description="text, integer, number, boolean, day or list.")
    says: str
    sorts: bool = Field(description="Whether the table can be sorted by it.")


class Page(Shape):
    table: TableName
    columns: list[TableColumn]
    rows: list[dict[str, Any]]
    actors: dict[str, str] = Field(description="Names of the actors in the rows, by id.")
    countries: dict[str, str] = Field(description="Names of the countries in the rows, by code.")
    total: int = Field(description="Rows that the search and the filters leave; counting stops at `counted_to`.")
    counted_to: int
    next: str | None = Field(description="Give it as `cursor` for the next page; null at the end.")


# ---- review


class Verdicts(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    CHANGED = "changed"
    SPLIT = "split"
    COPY = "copy"


class ClaimChange(Shape):
    """Fields of a claim that a person puts right; what is left out stays as it was read."""

    kind: Kind | None = None
    mode: Mode | None = None
    stance: Stance | None = None
    actor: Words | None = Field(default=None, description='An actor id; "" for none.')
    against: Words | None = None
    jointly_with: list[Words] | None = Field(default=None, max_length=10)
    place: Words | None = Field(default=None, description="The place's name.")
    place_id: Words | None = Field(default=None, description='Of the ledger or the gazetteer; "" for not found.')
    start: date | Literal[""] | None = Field(default=None, description='A day; "" for open.')
    end: date | Literal[""] | None = None
    extent: Literal["whole", "most", "part", ""] | None = None
    part: Words | None = None
    share: Annotated[float, Field(ge=0, le=1)] | Literal[""] | None = None
    destination: Words | None = None
    speaker: Words | None = None
    speaker_role: Words | None = None
    speaker_side: Words | None = None
    anonymous: bool | None = None
    told: Words | None = None
    quote_start: int | None = Field(default=None, ge=0, description="In the report's text.")
    quote_end: int | None = Field(default=None, ge=0)


class JudgementIn(Shape):
    by: Name
    claim: str = Field(max_length=64)
    verdict: Verdicts
    reason: Reason = ""
    changes: ClaimChange | None = Field(default=None, description="With changed.")
    into: list[ClaimChange] | None = Field(
        default=None, min_length=2, max_length=20, description="With split: what each part has of its own."
    )
    copy_of: str | None = Field(default=None, max_length=64, description="With copy: a report's id.")


class StateIn(Shape):
    """Who held a place, by the person's own knowledge."""

    by: Name
    place_id: str = Field(max_length=300)
    holders: list[Words] = Field(max_length=10, description="Actor ids; empty for nobody.")
    start: date | None = None
    end: date | None = None
    reason: Reason = Field(min_length=1)


class UndoIn(Shape):
    by: Name
    reason: Reason = ""


class QueueItem(Shape):
    claim: dict[str, Any] = Field(description="Every field, as in `whoholds claims`.")
    shown: MapClaim
    report: MapReport
    score: float = Field(description="0 to 1: doubt times consequence.")
    doubt: float = Field(description="0 to 1: how unsurely it was read.")
    consequence: float = Field(description="0 to 1: how much the answer for its place rests on it.")
    because: list[str] = Field(description="In words, why it is asked about.")


class Queue(Shape):
    items: list[QueueItem]
    actors: dict[str, MapActor] = Field(description="Every actor that the claims name, by id.")
    left: int = Field(description="Claims that this person has not judged.")
    judged: int
    next: str | None


class Coder(Shape):
    name: str
    judgements: int
    right: int
    wrong: int
    changed: int
    last: str | None


class Disagreement(Shape):
    claim: str
    report_id: str
    quote: str
    place: str
    one: str = Field(description="The verdict of the one.")
    other: str
    fields: list[str] = Field(description="Where both changed the claim: the fields that they changed apart.")


class Agreement(Shape):
    one: str
    other: str
    both: int = Field(description="Claims that both judged.")
    agreed: int
    kappa: float | None = Field(description="Cohen's kappa of their verdicts; null where it is not defined.")
    f1: float | None = Field(description="Of the claims they left standing, compared by kind, actor, place and mode.")
    disagreements: list[Disagreement]


# ---- adding reports


class PasteIn(Shape):
    text: str = Field(min_length=1, max_length=2_000_000)
    name: Words = Field(default="", description="What to call it; left out, its first words.")
    title: Words | None = None
    published: Words | None = Field(default=None, description="As the report says it, or YYYY-MM-DD.")
    outlet: Words | None = None
    url: Annotated[str, StringConstraints(max_length=2_000)] | None = None


class IssueShape(Shape):
    code: str
    severity: Severity
    message: str
    source: str
    place: str


class JobState(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Job(Shape):
    """Reports that are being read."""

    id: str
    state: JobState
    files: list[str]
    total: int | None = Field(description="Reports at most; null where that is not known before they are read.")
    done: int
    reports_new: int
    reports_known: int
    claims: int
    places: list[str] = Field(description="Ids of places with new claims.")
    place_names: dict[str, str] = Field(description="Their names, by id.")
    issues: list[IssueShape]
    fault: str | None
    begun: str
    ended: str | None
