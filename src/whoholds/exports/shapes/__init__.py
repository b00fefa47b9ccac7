"""Events in the columns of the field's own data sets, so that what reads those reads ours. One module a data set.

Every column says in its first word what it is: "Filled" (as the data set means it), "Derived" (worked out by a rule
that is given), or "Empty", with the reason. To add one: a module with a `SHAPE`, its name in `shapes`, and
that of the table in `exports.tables.What`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache

from whoholds.exports.tables import Column, Row, Type
from whoholds.views.events import Event
from whoholds.views.nesting import Divisions


@dataclass(frozen=True, slots=True)
class Shape:
    """One data set's columns, and how events become its rows."""

    name: str
    """As on the command line."""
    says: str
    """For people: what the data set is, and which of our events it has a place for."""
    columns: tuple[Column, ...]
    row: Callable[[Event, Divisions], Row]
    has: Callable[[Event], bool] = lambda _: True
    """Whether the data set has a place for such an event."""

    def rows(self, events: Iterable[Event]) -> Iterator[Row]:
        """The rows of events, each with its way back to the evidence."""
        with closing(Divisions()) as divisions:
            for event in events:
                if self.has(event):
                    yield {**self.row(event, divisions), **_ours(event)}


@cache
def shapes() -> dict[str, Shape]:
    """All shapes by name."""
    from whoholds.exports.shapes import acled, ged, plover

    return {shape.name: shape for shape in (acled.SHAPE, ged.SHAPE, plover.SHAPE)}


OURS = (
    Column("whoholds_event", Type.TEXT, "Filled: our event's id, as in `export events`"),
    Column("whoholds_claims", Type.LIST, "Filled: ids of the claims that it rests on, as in `export claims`"),
    Column("whoholds_place", Type.TEXT, "Filled: the place's id, as in our other tables"),
    Column("whoholds_support", Type.NUMBER, "Filled: 0 to 1, how much speaks for the state that it led to"),
)
"""At the end of every shape: the way back to the evidence."""


def _ours(event: Event) -> Row:
    return {
        "whoholds_event": event.id,
        "whoholds_claims": [claim.id for claim in event.told],
        "whoholds_place": event.place_id,
        "whoholds_support": round(event.support, 3),
    }
