"""What can be exported, as tables: columns that say what they hold, and rows that are made as they are written.

`what` makes the tables of a ledger; `exports/formats/` writes any of them in any format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter

Value = str | int | float | bool | list[str] | None
Row = Mapping[str, Value]


class What(StrEnum):
    """What can be exported. `what.table_of` makes each of them; `library.Name` says them to type checkers."""

    SPELLS = "spells"
    STATES = "states"
    PANEL = "panel"
    EVENTS = "events"
    CLAIMS = "claims"
    REPORTS = "reports"
    ACLED = "acled"
    GED = "ged"
    PLOVER = "plover"


class Type(StrEnum):
    """What the cells of a column are; every cell may be empty (None)."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "day"
    """ISO 8601, YYYY-MM-DD."""
    LIST = "list"
    """Of texts; formats without lists write them with "; " between."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: Type
    says: str
    """For people: what stands in it."""
    choices: tuple[str, ...] = ()
    """Where only these may stand in it: spreadsheets offer them."""
    tag: str = ""
    """HXL's hashtag and attributes, where a table has them (`exports.hxl`)."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `rows` may be gone through once; `about` is asked for when they are at their end."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterator[Row]
    about: Callable[[], dict[str, object]]
    """What goes with every copy: the disclaimer, the program, the question, what was read."""

    @property
    def cells(self) -> Callable[[Row], tuple[Value, ...]]:
        """Takes the cells out of a row, in the order of the columns."""
        return itemgetter(*(column.name for column in self.columns))

    @property
    def tags(self) -> list[str]:
        """The row of HXL hashtags that stands below the head, where there is one; else empty."""
        tags = [column.tag for column in self.columns]
        return tags if any(tags) else []

    @property
    def has_points(self) -> bool:
        """Whether its rows lie somewhere (columns `lat` and `lon`, WGS 84 degrees)."""
        return {"lat", "lon"} <= {column.name for column in self.columns}


JOINER = "; "


def joined(value: Value) -> str | int | float | bool | None:
    """A cell for formats without lists."""
    return JOINER.join(value) if isinstance(value, list) else value
