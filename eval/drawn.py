"""Casts drawn from the whole lexicon: every group that fights its state today, with towns of the gazetteer.

The casts of `grids/casts.yml` are of a dozen wars that are much written about. These are of all the others, so that
what is read right of the one kind and wrong of the other is not known English but a known name.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from itertools import islice
from typing import Any

from whoholds.annotate.lexicon.files import ActorEntry
from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.gazetteer import Gazetteer

SINCE, UNTIL = 2022, 2023
"""Groups that were there in these years: the texts are of 2023, or of no year."""
TOWN = re.compile(r"[A-Z][a-z]{4,}")
SMALLEST, LARGEST = 3, 30
"""Of a country's towns those that come so many places after its largest."""
NO_REBELS = re.compile(r"peacekeep|mercenar|vigilant|criminal|gang")
NO_ARTICLE = ("al-", "Ahrar", "Jaysh", "Jaish", "Jabhat", "Jama", "Harakat", "Hayat", "Ansar", "Liwa", "Faylaq", "Abu")
WITH_ARTICLE = {"COD": "the Democratic Republic of Congo", "CAF": "the Central African Republic"}


def casts(lexicon: Lexicon, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """A cast for each group, in an order by chance that is the same each time."""
    groups = sorted(lexicon.actors.values(), key=lambda entry: _number(entry.id))
    return [cast for entry in groups if _rises(entry, lexicon) and (cast := _cast(entry, lexicon, gazetteer))]


def _number(text: str) -> int:
    return int(hashlib.sha1(text.encode()).hexdigest(), 16)


def _rises(entry: ActorEntry, lexicon: Lexicon) -> bool:
    """A group of today that fights its state, and whose name is nobody else's."""
    first, last = entry.active
    if ":" in entry.id or not entry.countries or first > SINCE or (last is not None and last < UNTIL):
        return False
    state = f"gov:{entry.countries[0]}"
    ally = entry.side == state or any(x.actor == state for x in entry.alignments)
    shared = lexicon.names().get(entry.name.casefold()) != (entry.id,)
    return not (ally or shared or "," in entry.name or NO_REBELS.search(" ".join(entry.described_as)))


def _cast(entry: ActorEntry, lexicon: Lexicon, gazetteer: Gazetteer) -> dict[str, Any] | None:
    code = entry.countries[0]
    country = lexicon.countries.get(code)
    towns = _towns(code, gazetteer)
    if country is None or not country.demonyms or not country.capital or len(towns) < 3:
        return None
    adjective = country.demonyms[0]
    plain = " " not in entry.name or entry.name.startswith(NO_ARTICLE)
    bare = entry.name.removeprefix("the ")
    called = next((word for word in entry.described_as if word.endswith("s") and " " not in word), None)
    group = {"id": entry.id, "the": bare if plain else f"the {bare}", "men": f"{bare} fighters", "adj": bare}
    if called:
        group["called"] = called
    if entry.abbreviations:
        group |= {"full": group["the"], "abbr": entry.abbreviations[0]}
    if entry.leaders:
        group["leader"] = entry.leaders[0]
    state = {
        "id": f"gov:{code}",
        "the": f"the {adjective} army",
        "men": f"{adjective} soldiers",
        "adj": f"{adjective} army",
        "people": adjective,
        "capital": country.capital,
        "country": WITH_ARTICLE.get(code, country.name),
    }
    chosen = sorted(towns, key=lambda town: _number(entry.id + town))[:3]
    return {"id": entry.id, "country": code, "A": group, "B": state, "towns": chosen}


@cache
def _towns(code: str, gazetteer: Gazetteer) -> list[str]:
    """Towns of middling size, of one plain word, whose name no other country has."""
    places = filter(None, (gazetteer.place(place_id) for place_id in gazetteer.towns(code)))
    sizes = [(place.population, place.name) for place in places if place.population and TOWN.fullmatch(place.name)]
    largest_first = (name for _, name in sorted(sizes, reverse=True))
    alone = (name for name in largest_first if _countries(name, gazetteer) == {code})
    return list(islice(alone, SMALLEST, LARGEST))


def _countries(name: str, gazetteer: Gazetteer) -> set[str | None]:
    """Those that have a place of just this name."""
    return {c.country for c in gazetteer.candidates(name, 3) if c.likeness == 1.0}
