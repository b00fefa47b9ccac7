"""What the shapes share: who is who in an event, how long it may have been, where it lies, in words of our own."""

from __future__ import annotations

import math
from datetime import date

from whoholds.model import Place, PlaceType
from whoholds.views.actors import lexicon
from whoholds.views.events import Event

STATE = "gov:"


def state_of(actor: str) -> str | None:
    """The alpha-3 code of the state whose forces they are."""
    return actor.removeprefix(STATE) if actor.startswith(STATE) else None


def backs_state(actor: str) -> bool:
    """Whether an armed group is counted with a state."""
    entry = lexicon().entry(actor)
    return bool(entry and entry.side and entry.side.startswith(STATE))


def days(event: Event) -> float:
    """How many days the event may lie in: 1 where it is known to the day, infinity where its beginning is open."""
    return ((event.last or event.by) - event.first).days + 1 if event.first else math.inf


def first_day(event: Event) -> date:
    """For columns that may not be empty: the first day on which it may have been, or where that is open, the last."""
    return event.first or event.last or event.by


AREAS = (PlaceType.ROAD, PlaceType.RIVER, PlaceType.BORDER, PlaceType.AREA)


def is_area(place: Place) -> bool:
    """Whether the place is no point and no division: a road, a river, a border, a stretch of land."""
    return place.place_type in AREAS
