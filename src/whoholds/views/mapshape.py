"""The shape of what the map shows: plain data, the page's JSON block. `mapdata` makes it, `exports.map` draws it."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict  # pydantic wants its own below Python 3.12

MarkType = Literal["actor", "place", "cue", "time", "speaker"]


class MapActor(TypedDict):
    name: str
    colour: str
    """"#rrggbb", from `actor_colours`."""


class MapAsked(TypedDict):
    """The question the map answers: as things stood `on` a day, as `known` on another. ISO dates; None: not limited."""

    on: str | None
    known: str | None


class MapMade(TypedDict):
    program: str
    """Name and version, e.g. "whoholds 0.1.0"."""
    asked: MapAsked


class MapSpell(TypedDict):
    """A stretch of days with one answer. ISO dates, both ends included; None: open."""

    start: str | None
    begins: str | None
    """The first day it is drawn for: `start`, or where that is open, some time before the first evidence."""
    end: str | None
    status: str
    """held, vacated or unknown (`model.Status`)."""
    holders: list[str]
    """Actor ids; more than one where they hold it jointly."""
    support: float
    """0 to 1."""
    fighting: bool
    disputed: bool
    divided: bool
    claims: list[str]
    """Ids of the claims it rests on, strongest first."""
    against: list[str]
    evidence: list[str]
    """When somebody says who has it: days, of days less than a week apart the last, and times of a week and more as
    "2031-01-01/2031-02-14". The page tells from them how old the evidence is on any day."""


class MapAccount(TypedDict):
    """Who has a place by the word of one side alone."""

    side: str | None
    """None: those who speak for no side, and reports that quote nobody."""
    spells: list[MapSpell]


class MapVersion(TypedDict):
    """A place as it was known from a day on, until the next version."""

    known: str
    spells: list[MapSpell]


class MapReason(TypedDict):
    """What one witness adds to an answer."""

    claim: str
    """Id of the claim that stands for the witness."""
    weight: float
    """Log-likelihood ratio."""
    without: float
    """Support of the answer without it."""
    instead: str
    """Who would have the place without it, in words; empty where the answer is the same."""


class MapWhy(TypedDict):
    """The latest answer for a place taken apart."""

    day: str
    """For which it was."""
    answer: str
    support: float
    reasons: list[MapReason]
    shortest: list[str]
    """The fewest claims without which the answer would be `instead`; empty where no such set was found."""
    instead: str | None


class MapUnplaced(TypedDict):
    """A place that was not found: it is listed, not drawn."""

    id: str
    name: str
    type: str
    """As in `model.PlaceType`; settlements are drawn as discs, all others as squares."""
    radius_km: float | None
    country: str | None
    """ISO 3166 alpha-3."""
    basis: str
    spells: list[MapSpell]
    accounts: NotRequired[list[MapAccount]]
    """Rival accounts; left out where there are not two."""
    versions: NotRequired[list[MapVersion]]
    """By day; on days before the first nothing was known of it."""
    why: NotRequired[MapWhy]
    """What each witness adds to its latest answer; left out where working it out would take long."""


class MapPlace(MapUnplaced):
    lat: float
    """WGS 84 degrees, -90 to 90."""
    lon: float
    """WGS 84 degrees, -180 to 180."""


class MapVoice(TypedDict):
    name: str | None
    role: str | None
    anonymous: bool
    told: str | None
    side: NotRequired[str | None]
    """Id of the actor that the speaker speaks for."""


class MapClaim(TypedDict):
    kind: str
    actor: str | None
    against: str | None
    mode: str
    stance: str
    extent: str | None
    part: NotRequired[str | None]
    """Which part of the place, in the report's words."""
    start: str | None
    end: str | None
    voices: list[MapVoice]
    report: str
    place: NotRequired[str]
    """Id of the place it is about."""
    origin: NotRequired[str]
    """Claims that share it are one witness: copies, or one speaker's word in several papers."""
    context: str
    """The sentence, or a little more, that the quote stands in."""
    quote: tuple[int, int]
    """Half-open, in code points of `context`; so are the marks."""
    marks: list[tuple[int, int, MarkType]]


class MapReport(TypedDict):
    """`published` is the day by which it surely was."""

    label: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None


class MapFrame(TypedDict):
    """What stands around the data."""

    title: str
    disclaimer: str
    made: MapMade


class MapData(MapFrame):
    """Everything the page shows; the shape of its JSON block."""

    actors: dict[str, MapActor]
    places: list[MapPlace]
    unplaced: list[MapUnplaced]
    claims: dict[str, MapClaim]
    reports: dict[str, MapReport]
    countries: NotRequired[dict[str, str]]
    """Everyday English names of the countries of the places, by their codes."""
    histogram: NotRequired[list[tuple[str, int]]]
    """How many claims speak of a day, by the last day they speak of; days without any are left out."""
    clock: NotRequired[list[str]]
    """The days for which the places have versions; where it is left out they have none."""
