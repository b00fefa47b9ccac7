"""What a file of places gives line by line: a place, a fault, or nothing that is wanted."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.gazetteer.pcodes import NONE, Pcodes
from whoholds.model import PlaceType

MAX_NAME = 200
"""Characters; longer names are no names of places."""


@dataclass(frozen=True, slots=True)
class Row:
    """One place as a file has it. Coordinates are in range, names are names; the rest is the file's word."""

    name: str
    lat: float
    lon: float
    place_type: PlaceType
    aliases: tuple[str, ...] = ()
    country: str = ""
    """ISO 3166 alpha-3; empty where the file does not say."""
    code: str = ""
    """GeoNames admin1 code."""
    district: str = ""
    """GeoNames admin2 code."""
    admin: str = ""
    """Name of the division, as written."""
    population: int = 0
    number: int = 0
    """GeoNames id; 0 in lists of users."""
    ident: str = ""
    """The list's own id."""
    valid_from: str | None = None
    valid_to: str | None = None
    """ISO dates (or years, or months), both inclusive."""
    pcodes: Pcodes = NONE
    note: str = ""
    """What was taken otherwise than it was written; empty where nothing was."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line, which is left out."""

    code: str
    """Short and stable: "columns", "encoding", "swapped", "duplicate" ..."""
    message: str


Item = Row | Fault | None
"""None: a line that is whole, and of no use here (a hotel, a comment)."""


def degrees(text: str, limit: float) -> float:
    """A latitude (limit 90) or longitude (180). Raises ValueError."""
    value = float(text)
    if not -limit <= value <= limit:
        raise ValueError(f"{text} is not between {-limit:g} and {limit:g}")
    return round(value, 5)
