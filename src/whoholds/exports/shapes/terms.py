"""What the shapes share: who is who in an event, how long it may have been, where it lies, in words of our own."""

from __future__ import annotations

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


def days(event: Event) -> int:
    """How many days the event may lie in: 1 where it is known to the day."""
    return ((event.last or event.first) - event.first).days + 1


AREAS = (PlaceType.ROAD, PlaceType.RIVER, PlaceType.BORDER, PlaceType.AREA)


def is_area(place: Place) -> bool:
    """Whether the place is no point and no division: a road, a river, a border, a stretch of land."""
    return place.place_type in AREAS
