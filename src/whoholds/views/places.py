"""Which place of the ledger is meant by what a user typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoholds.errors import WhoholdsError
from whoholds.gazetteer.names import fold, key
from whoholds.ledger import Ledger, PlaceEntry

MAX_LISTED = 12
ALL_OF_A_NAME = 1_000
"""Places of the gazetteer that are looked at; villages of one name are fewer."""
NEAREST = 5
NEAR_ENOUGH = 60.0
"""Of 100, by rapidfuzz's ratio of letters: below it a suggestion is noise."""
CONTAINED = 85.0
"""Of 100, by its weighted ratio: the name is a part of a longer one."""


class PlaceError(WhoholdsError):
    """No place of the ledger, or more than one, answers to the name."""


def find_place(ledger: Ledger, name: str) -> PlaceEntry:
    """The one place that has this id or name (case, accents and the usual transliterations aside).

    Where no report calls a place so, it is the ledger's place that the gazetteer knows by the name.

    Raises PlaceError: with the choices where several places have the name, with the nearest names where none has.
    """
    if not fold(name):
        raise PlaceError("No place is named. Give a name with letters, or leave it out to ask for every place.")
    near = ledger.named(name)
    if len(near) == 1:
        return near[0]
    entries = ledger.places()
    for matches in (
        [entry for entry in entries if entry.place_id == name],
        [entry for entry in entries if any(key(one) == key(name) for one in entry.names)],
        [entry for entry in entries if fold(name) and any(fold(one) == fold(name) for one in entry.names)],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise PlaceError(_several(name, matches))
    for matches in _of_gazetteer(name, entries):
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise PlaceError(_several(name, matches))
    raise PlaceError(_none(name, entries))


def _of_gazetteer(name: str, entries: Sequence[PlaceEntry]) -> Iterator[list[PlaceEntry]]:
    """The ledger's places that the gazetteer knows by the name: as their own, as another of theirs, as one alike."""
    if not entries:
        return
    from whoholds.gazetteer import Gazetteer

    with Gazetteer.open() as gazetteer:
        tiers = {candidate.place_id: candidate.match for candidate in gazetteer.candidates(name, ALL_OF_A_NAME)}
    for tier in dict.fromkeys(tiers.values()):
        yield [entry for entry in entries if tiers.get(entry.place_id) == tier]


def describe(entry: PlaceEntry) -> str:
    """One line for a list to choose from: "geonames:97990  Ramadi (Ar Ramadi), settlement, IRQ, 12 claims"."""
    first, *others = entry.names
    also = f" ({', '.join(others[:3])})" if others else ""
    parts = (f"{first}{also}", str(entry.place.place_type), entry.place.country or "country unknown")
    return f"{entry.place_id}  {', '.join(parts)}, {entry.claims} claim{'s' if entry.claims != 1 else ''}"


def _several(name: str, matches: Sequence[PlaceEntry]) -> str:
    ranked = sorted(matches, key=lambda entry: (-entry.claims, entry.place_id))
    lines = [f"  {describe(entry)}" for entry in ranked[:MAX_LISTED]]
    if len(ranked) > MAX_LISTED:
        lines.append(f"  and {len(ranked) - MAX_LISTED} more")
    return "\n".join([f"{len(matches)} places are called {name}. Give the id of the one you mean:", *lines])


def _none(name: str, entries: Sequence[PlaceEntry]) -> str:
    if not entries:
        return f"The ledger has no claim about {name}, nor about any other place."
    from rapidfuzz import fuzz, process

    choices = {one: key(one) for entry in entries for one in entry.names}
    near = process.extract(key(name), choices, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=NEAR_ENOUGH)
    near = near or process.extract(key(name), choices, scorer=fuzz.WRatio, limit=NEAREST, score_cutoff=CONTAINED)
    message = f"The ledger has no claim about a place called {name}."
    if near:
        message += f" The nearest names: {', '.join(str(one) for _, _, one in near)}."
    return message
