"""What the shapes share: who is who in an event, how long it may have been, where it lies, in words of our own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whoholds.exports.tables.events import Event, Happened
from whoholds.model import Place, PlaceType
from whoholds.views.actors import actor_name, lexicon

STATE = "gov:"


@dataclass(frozen=True, slots=True)
class Sides:
    """Who did it, and to whom; ids, the leading one first."""

    one: tuple[str, ...]
    other: tuple[str, ...]


def sides(event: Event) -> Sides:
    """Of a change: who came, or left, and who held it before. Of a fight: the two of the best supported claim."""
    if event.what in (Happened.VACATED, Happened.LOST, Happened.LEFT):
        gone = tuple(actor for actor in event.before if actor not in event.after)
        named = next(((claim.actor,) for claim in event.told if claim.actor), ())
        return Sides(gone or named, event.after)
    if event.what is Happened.FIGHTING:
        pairs = [(claim.actor, claim.against) for claim in event.told if claim.actor]
        one, other = next((pair for pair in pairs if pair[1]), pairs[0] if pairs else (None, None))
        rest = [actor for actor in event.before if actor != one]
        return Sides((one,) if one else (), (other,) if other else tuple(rest))
    came = tuple(actor for actor in event.after if actor not in event.before) or event.after
    against = dict.fromkeys(claim.against for claim in event.told if claim.against and claim.against not in came)
    before = tuple(actor for actor in event.before if actor not in came)
    return Sides(came, before or tuple(actor for actor in against if actor))


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


def sentence(event: Event) -> str:
    """What happened, in our own words: no report's."""
    it, names = sides(event), ", ".join
    one = names(actor_name(actor) for actor in it.one) or "Somebody"
    other = names(actor_name(actor) for actor in it.other)
    where = event.place.name
    said = {
        Happened.TAKEN: f"{one} came to hold {where}" + (f", held before by {other}" if other else ""),
        Happened.JOINED: f"{one} came to hold {where} too" + (f", with {other}" if other else ""),
        Happened.LEFT: f"{one} no longer shared in holding {where}" + (f"; {other} did" if other else ""),
        Happened.VACATED: f"{one} left {where}, and nobody is said to have come",
        Happened.LOST: f"{one} lost {where}; to whom is not known",
        Happened.FIGHTING: f"{one} fought at {where}" + (f" with {other}" if other else ""),
    }[event.what]
    return f"{said}, {_when(event)}. Told of in {event.reports} report{'s' * (event.reports != 1)}."


def _when(event: Event) -> str:
    last = event.last or event.first
    if last == event.first:
        return f"on {day_words(event.first)}"
    return f"between {day_words(event.first)} and {day_words(last)}"


def day_words(day: date) -> str:
    """ "13 March 2016"."""
    return f"{day.day} {day:%B} {day.year}"


AREAS = (PlaceType.ROAD, PlaceType.RIVER, PlaceType.BORDER, PlaceType.AREA)


def is_area(place: Place) -> bool:
    """Whether the place is no point and no division: a road, a river, a border, a stretch of land."""
    return place.place_type in AREAS


class Divisions:
    """The first-level divisions that places lie in, by the gazetteer."""

    def __init__(self) -> None:
        from whoholds.gazetteer import Gazetteer

        self._gazetteer = Gazetteer.open()
        self._known: dict[str, str | None] = {}

    def of(self, place: Place) -> str | None:
        """Its name; None where the place was not found, or lies in none."""
        key = place.place_id
        if key is None or place.place_type is PlaceType.COUNTRY:
            return None
        if key not in self._known:
            # A described spot ("geonames:98717/near") lies where its named place does, as far as divisions go.
            found = self._gazetteer.place(key.partition("/")[0])
            own = place.name if place.place_type is PlaceType.PROVINCE else None
            self._known[key] = (found.admin if found else None) or own
        return self._known[key]

    def close(self) -> None:
        self._gazetteer.close()
