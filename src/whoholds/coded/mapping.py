"""The file that says which columns of a data set mean what (docs/coded.md)."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator, model_validator

from whoholds import settings
from whoholds.errors import InputError
from whoholds.model import Kind, Mode, PlaceType
from whoholds.settings import Strict

WHAT = "a mapping file (docs/coded.md shows whole ones)"
PRECISIONS = ("day", "week", "month", "year")


def _texts(value: object) -> object:
    """One value or several, as texts: codes stand in tables as "1" and in YAML as 1."""
    several = value if isinstance(value, list) else [value]
    return tuple(str(one) for one in several)


def _keys(value: object) -> object:
    return {str(k): v for k, v in value.items()} if isinstance(value, dict) else value


def _pattern(value: object) -> re.Pattern[str]:
    try:
        return re.compile(str(value))
    except re.error as error:
        raise ValueError(f"{value!r} is no regular expression ({error})") from None


Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]


class Coding(Strict):
    """A column whose codes have a meaning of ours."""

    column: str
    values: Annotated[dict[str, str], BeforeValidator(_keys)]


class PlaceColumns(Strict):
    name: str | None = None
    lat: str | None = None
    lon: str | None = None
    country: str | None = None
    """A name, an ISO 3166 code of two or three letters, or its number."""
    geonames: str | None = None
    """A GeoNames number."""
    type: Coding | None = None
    """Settlement where there is none."""

    @model_validator(mode="after")
    def _named(self) -> PlaceColumns:
        if not self.name and not self.geonames:
            raise ValueError("give name, or geonames")
        for code in self.type.values.values() if self.type else ():
            PlaceType(code)
        return self


class WhenColumns(Strict):
    start: str
    end: str | None = None
    precision: Coding | None = None
    """What the start stands for: its day, the seven days around it, its month or its year.

    No code is a day; one that is not among the values is the least exact of them.
    """

    @model_validator(mode="after")
    def _known(self) -> WhenColumns:
        for code in self.precision.values.values() if self.precision else ():
            if code not in PRECISIONS:
                raise ValueError(f"{code!r} is none of {', '.join(PRECISIONS)}")
        return self


class SideColumns(Strict):
    actor: str
    allies: str | None = None
    """Those with it, "; " between them."""
    kind: str | None = None
    """The column with the data set's class of actors, which `Who.of_kind` refers to."""


class ActorRule(Strict):
    """How the data set names actors: the first rule that fits a name gives its id."""

    match: re.Pattern[str]
    actor: str
    """An id, in which {country} is the alpha-3 code of the country that the group of that name catches."""

    @field_validator("match", mode="before")
    @classmethod
    def _compiled(cls, value: object) -> object:
        return _pattern(value)

    @field_validator("actor")
    @classmethod
    def _filled(cls, value: str) -> str:
        if left := re.search(r"[{}].*", value.replace("{country}", "")):
            raise ValueError(f"{left[0]!r} in {value!r} stands for nothing: {{country}} is all that can be filled in")
        return value


class Who(Strict):
    """A side of the row."""

    side: Annotated[int, Field(ge=1, le=2)] | None = None
    of_kind: Texts = ()
    """The first side of one of these kinds; else side 1."""
    not_of_kind: Texts = ()


class ClaimRule(Strict):
    """What a row says; all rules that fit give a claim."""

    where: Annotated[dict[str, Texts], Field(default_factory=dict)]
    """Columns, and the values that they must have; compared without case."""
    kind: Kind
    mode: Mode = Mode.ASSERTED
    actor: Who = Who(side=1)
    against: bool = True
    """Whether the other side is the one it is against."""


class Panel(Strict):
    """A table with one row for each place and day: runs of one answer become one claim."""

    day: str
    """Column of the day: YYYY-MM-DD or YYYYMMDD."""
    coders: dict[str, str]
    """By column with answers, who gave them."""
    otherwise: dict[str, str] = Field(default_factory=dict)
    """The same, where the table has none of `coders`."""
    wide: dict[re.Pattern[str], str] = Field(default_factory=dict)
    """For tables with one row for each place and a column for each day: what such columns are called, with the day
    (YYYYMMDD) as the group `day`, and who gave the answers in them."""
    holders: dict[str, str]
    """By answer, the id of who holds the place."""
    contested: Texts = ()
    """Answers that mean that two sides fight for it."""
    sides: tuple[str, str] | None = None
    """Their ids."""

    @field_validator("wide", mode="before")
    @classmethod
    def _compiled(cls, value: object) -> object:
        return {_pattern(k): v for k, v in value.items()} if isinstance(value, dict) else value

    @field_validator("wide")
    @classmethod
    def _dated(cls, value: dict[re.Pattern[str], str]) -> dict[re.Pattern[str], str]:
        for pattern in value:
            if "day" not in pattern.groupindex:
                raise ValueError(f"{pattern.pattern!r} has no group (?P<day>…)")
        return value


class Mapping(Strict):
    """The whole file."""

    name: str
    says: str
    coder: str
    place: PlaceColumns
    report: str | None = None
    """The event's id in the data set."""
    quote: str | None = None
    """The coder's own words."""
    published: str | None = None
    """A day, or seconds since 1970."""
    when: WhenColumns | None = None
    sides: tuple[SideColumns, ...] = Field(default=(), max_length=2)
    actors: tuple[ActorRule, ...] = ()
    claims: tuple[ClaimRule, ...] = ()
    panel: Panel | None = None

    @model_validator(mode="after")
    def _one(self) -> Mapping:
        if bool(self.claims) == bool(self.panel):
            raise ValueError("give either claims (a row is an event) or panel (a row is a place and a day)")
        if self.claims and not (self.when and self.sides and self.report):
            raise ValueError("claims need report, when and sides")
        return self


def known() -> list[str]:
    """The data sets that ship with the program."""
    folder = files("whoholds.data") / "coded"
    return sorted(entry.name.removesuffix(".yml") for entry in folder.iterdir() if entry.name.endswith(".yml"))


def load(name: str) -> Mapping:
    """By the name of a data set that ships, or the path of a mapping file. Raises InputError."""
    if name in known():
        text = (files("whoholds.data") / "coded" / f"{name}.yml").read_text("utf-8")
        return settings.parse(text, f"{name}.yml", Mapping, WHAT)
    if not name.endswith((".yml", ".yaml")):
        raise InputError(f"{name}: give one of reports, claims, readings, {', '.join(known())}, or the path of {WHAT}")
    return settings.load(Path(name), Mapping, WHAT)
