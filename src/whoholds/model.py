"""The types that flow through whoholds. Frozen, no I/O, no imports from the rest of the package.

    Report → Mention → Claim → Spell

All offsets are Unicode code points into `Report.text`. All dates are `datetime.date`; intervals include both ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar


class Role(StrEnum):
    """What a stretch of a page is. Only TITLE, CAPTION, HEADING and BODY can carry claims."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    DATELINE = "dateline"
    REPEAT = "repeat"
    """Printed before in the same page, word for word (a caption shown twice)."""
    FURNITURE = "furniture"

    @property
    def can_carry_claims(self) -> bool:
        return self in (Role.TITLE, Role.HEADING, Role.BODY, Role.CAPTION)


class Kind(StrEnum):
    """What a claim says of the actor's hold on the place."""

    HOLDS = "holds"
    ABSENT = "absent"
    GAINS = "gains"
    LOSES = "loses"
    WITHDRAWS = "withdraws"
    CONTESTS = "contests"
    ADVANCES = "advances"
    BESIEGES = "besieges"
    REPELS = "repels"
    CLEARS = "clears"

    @property
    def is_state(self) -> bool:
        """True where the claim says how things were all through an interval, not that something happened in it."""
        return self in (Kind.HOLDS, Kind.ABSENT, Kind.BESIEGES)


class Mode(StrEnum):
    ASSERTED = "asserted"
    PLANNED = "planned"
    ATTEMPTED = "attempted"
    POSSIBLE = "possible"
    DENIED = "denied"


class Stance(StrEnum):
    """How the voice stands to what it says; apart from the mode."""

    PLAIN = "plain"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    UNVERIFIED = "unverified"


class PlaceType(StrEnum):
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    ROAD = "road"
    RIVER = "river"
    BORDER = "border"
    FACILITY = "facility"
    AREA = "area"
    PART = "part"


class Severity(StrEnum):
    ERROR = "error"
    """The input, or this record of it, could not be read."""
    WARNING = "warning"
    """It was read, but something in it was passed over or is doubtful."""
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Issue:
    """A fault in the data: what, where, how bad. Collected, never dropped in silence."""

    code: str
    """Short and stable, e.g. "empty", "binary", "bad-json", "not-english"."""
    message: str
    """For people: what is wrong and what to do."""
    source: str
    """The file, record or URL as the user knows it."""
    place: str = ""
    """Where in it: "line 3", "byte 120", "offset 40-52"; empty for the whole."""
    severity: Severity = Severity.WARNING

    def __str__(self) -> str:
        where = f"{self.source}, {self.place}" if self.place else self.source
        return f"{where}: {self.message}"


OnIssue = Callable[[Issue], None]
"""What is told of every issue as it is found."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open: `text[start:end]`."""

    start: int
    end: int

    def __repr__(self) -> str:
        # As a dataclass has it, in a quarter of the time: every claim's id needs three.
        return f"Span(start={self.start!r}, end={self.end!r})"

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Section:
    span: Span
    role: Role


class IntervalError(ValueError):
    """Two dates of which the later was to come first."""


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days with the reason it was chosen. None at an end means open. Raises IntervalError."""

    start: date | None
    end: date | None
    basis: str = ""
    """How it was found: "stated", "weekday with day of month", "on Sunday before 2016-03-13", …"""
    precision: str = "day"
    """day, week, month, season, year, range, open"""

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise IntervalError(f"interval ends before it starts: {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Relation:
    """How a described area lies to the named place it is described from."""

    anchor: str
    km: float | None = None
    bearing: float | None = None
    """Degrees clockwise from north."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a claim names it, with what it resolved to. `lat` and `lon` are WGS 84 degrees, or both None."""

    name: str
    place_type: PlaceType = PlaceType.SETTLEMENT
    place_id: str | None = None
    """"geonames:98717", "supplement:kubaysa", "country:IRQ", or "name:ghnayman" where it is unresolved,
    "name:ghnayman@SYR" where the report says in which country it must lie."""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str | None = None
    """ISO 3166 alpha-3."""
    basis: str = "unresolved"
    """gazetteer, offset, parent or unresolved."""
    relation: Relation | None = None
    reason: str = ""
    """In words: why this one among places of the name."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it. All None where the report itself does."""

    name: str | None = None
    role: str | None = None
    anonymous: bool = False
    told: str | None = None
    """To whom or through what: "AFP", "statement", "social media"."""
    side: str | None = None
    """The actor id that the speaker speaks for."""
    person: str | None = None
    """Key of who it is: of the name, or after a judgement in the ledger of the name that stands for the person."""


class MentionType(StrEnum):
    PLACE = "place"
    ACTOR = "actor"
    TIME = "time"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a report that name something, and what they resolved to (by type: Place, actor id, When, Voice)."""

    type: MentionType
    span: Span
    text: str
    value: Place | When | Voice | str | None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it is stored. Its id is the hash of its text: the same words are the same report."""

    label: str
    """What people call it: the file's name, or the record's id."""
    text: str
    sections: tuple[Section, ...] = ()
    """In order, without overlap; text between them (blank lines) belongs to none."""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    lang: str = "en"
    stated_date: str | None = None
    """A date of publication that came beside the text (metadata, JSONL field), as written; of mail's way, its day."""
    published: When | None = None
    raw_hash: str = ""
    """SHA-256 of the bytes it was read from."""
    source: str = ""
    """Where it was read: path, and line for a record of a JSONL."""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "id", digest[:32])

    def role_at(self, offset: int) -> Role | None:
        for section in self.sections:
            if section.span.start <= offset < section.span.end:
                return section.role
        return None


@dataclass(frozen=True, slots=True)
class Anchors:
    """The words a claim rests on. They may stand outside its quote."""

    cue: Span
    place: Span
    actor: Span | None = None
    against: Span | None = None
    time: Span | None = None
    speaker: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a report says about one actor's hold on one place (see docs/claims.md)."""

    report: str
    report_id: str
    kind: Kind
    actor: str | None
    place: Place
    when: When
    mode: Mode
    quote: Span
    quote_text: str
    anchors: Anchors
    against: str | None = None
    jointly_with: tuple[str, ...] = ()
    extent: str | None = None
    """whole, most, part or None."""
    part: str | None = None
    share: float | None = None
    destination: str | None = None
    stance: Stance = Stance.PLAIN
    voices: tuple[Voice, ...] = ()
    """Empty where the report itself says it."""
    outlet: str | None = None
    outlet_side: str | None = None
    """The actor id that the outlet belongs or declares itself to, where that is public."""
    wire: str | None = None
    """The agency that the report took it from."""
    origin: str = ""
    """Who said what of which day (`resolve.origins`): claims that share it are one witness."""
    published: When | None = None
    confidence: float = 0.5
    rule: str = ""
    made_by: str = ""
    _id: str = field(default="", init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Stable over program versions: what was read from which words, nothing else."""
        if not self._id:
            a = self.anchors
            key = (
                f"({self.report_id!r}, {self.quote!r}, {a.actor!r}, {a.place!r}, {self.actor!r}, {self.place.name!r}, "
                f"<Kind.{self.kind.name}: {self.kind.value!r}>, <Mode.{self.mode.name}: {self.mode.value!r}>)"
            )
            object.__setattr__(self, "_id", hashlib.sha256(key.encode()).hexdigest()[:20])
        return self._id

    @property
    def throughout(self) -> bool:
        return self.kind.is_state


class Status(StrEnum):
    """What is known of a place's holder."""

    HELD = "held"
    VACATED = "vacated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rival:
    """Another answer for a place, with what speaks for it."""

    holders: tuple[str, ...]
    """Empty: that the place is vacated."""
    support: float
    """0 to 1, beside the answer's own."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of days in which the answer for a place stays the same, with the claims it rests on."""

    place_id: str
    place: Place
    status: Status
    holders: tuple[str, ...]
    """More than one where they hold it jointly; empty unless `status` is HELD."""
    start: date | None
    end: date | None
    """None: it lasts to the day asked about."""
    support: float
    """0 to 1; not a probability until it has been calibrated on wars it was not fitted on."""
    fighting: bool = False
    disputed: bool = False
    divided: bool = False
    claims_for: tuple[str, ...] = ()
    """Ids of the claims it rests on, strongest first."""
    claims_against: tuple[str, ...] = ()
    last_evidence: date | None = None
    rivals: tuple[Rival, ...] = ()
    """Other answers that are not ruled out, best supported first."""


class Verdict(StrEnum):
    """What a person says of a claim or a place."""

    WRONG = "wrong"
    """The report does not say this: the claim takes no part in any answer."""
    RIGHT = "right"
    """The report does say this: the claim is not misread."""
    STATE = "state"
    """Who held the place, by the person's own knowledge."""
    CHANGED = "changed"
    """The report says something, but not quite this: `becomes` is what it says."""
    SPLIT = "split"
    """The report says several things where one was read: `becomes` has them."""
    COPY = "copy"
    """The claim's report is a copy of another (`copy_of`): the two are one witness."""
    UNDONE = "undone"
    """An earlier correction (`undoes`) is taken back; what was said before it counts again."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says, beside what the machine read. Evidence of its own kind, with a day and a reason."""

    RULE: ClassVar[str] = "correction"
    """`Claim.rule` of a correction of a place."""

    verdict: Verdict
    by: str
    """Who says so."""
    made: date
    """The day from which it counts in what was known."""
    reason: str = ""
    claim_id: str | None = None
    """With all verdicts but STATE."""
    place: Place | None = None
    """With STATE, as are the next two."""
    holders: tuple[str, ...] = ()
    """Actor ids; empty for nobody."""
    when: When | None = None
    """For which days it was so; None: up to the day it was made."""
    becomes: tuple[Claim, ...] = ()
    """With CHANGED (one) and SPLIT (several)."""
    copy_of: str | None = None
    """With COPY: a report's id."""
    undoes: int | None = None
    """With UNDONE: a correction's number."""
    about: Claim | None = None
    """The claim as it was read when it was judged, by which it is found again in a newer reading of its report."""
    number: int | None = None
    """Of the ledger, which gives it; in order of time."""
    at: str = ""
    """When it was made, ISO 8601 in UTC; from the ledger."""
