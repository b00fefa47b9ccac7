"""What a name may mean, ranked, each with the reason in words: for people who ask the gazetteer itself.

No report stands behind the question, so this ranks by spelling, by what was asked and by size alone; `resolve.choose`
weighs a whole report.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from whoholds.errors import GazetteerError
from whoholds.gazetteer.countries import code_of
from whoholds.gazetteer.gazetteer import Gazetteer
from whoholds.gazetteer.ground import km
from whoholds.gazetteer.search import TIERS, Candidate
from whoholds.gazetteer.wordlike import is_wordlike

Point = tuple[float, float]
_POINT = re.compile(r"\s*([+-]?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*\Z")
_ALL = 10_000
_MATCHES = {
    "exact": "its own name",
    "alias": "another of its names",
    "folded": "spelt like {name} but for transliteration",
    "fuzzy": "nearly spelt like {name}, no place is spelt so",
}
_SOURCES = {"geonames": "GeoNames", "supplement": "whoholds' own table", "country": "ISO 3166"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One place that a name may mean."""

    candidate: Candidate
    reason: str
    source: str
    """Which gazetteer it is from."""
    km: float | None = None
    """How far from the point asked about."""


def country_codes(countries: Collection[str]) -> list[str]:
    """Alpha-3 codes of countries by their names or codes. Raises GazetteerError for what is none."""
    found = {country: code_of(country) for country in countries}
    for country, code in found.items():
        if not code:
            raise GazetteerError(f"{country!r} is no country: give its name or a code, such as IQ")
    return [code for code in found.values() if code]


def point_of(text: str, gazetteer: Gazetteer, countries: Collection[str] = ()) -> Point:
    """A point given as "33.42,43.31", or as the name of a place. Raises GazetteerError where it is neither."""
    if match := _POINT.match(text):
        lat, lon = float(match[1]), float(match[2])
        if abs(lat) <= 90 and abs(lon) <= 180:
            return lat, lon
        raise GazetteerError(f"{text!r} is no point on earth: give latitude, then longitude, in degrees")
    found = answers(gazetteer, text, countries, limit=1)
    if not found:
        raise GazetteerError(f"no place is called {text!r}: give another, or a point such as 33.42,43.31")
    return found[0].candidate.lat, found[0].candidate.lon


def answers(
    gazetteer: Gazetteer, name: str, countries: Collection[str] = (), near: Point | None = None, limit: int = 10
) -> list[Answer]:
    """Places that `name` may mean, best first; those of `countries` (alpha-3) alone where any are given.

    Spelling comes first, then nearness to the point `near`, or else inhabitants. Empty where the name is unknown.
    """
    found = gazetteer.candidates(name, _ALL, countries=countries, fuzzy=True)
    found = [one for one in found if not countries or one.country in countries]
    away = {one.place_id: km(*near, one.lat, one.lon) if near else None for one in found}
    # A likeness of half the letters is none where there is a better one.
    best = max((one.likeness for one in found), default=0.0)
    found = [one for one in found if one.likeness >= best / 2 or one.is_named_so]
    found.sort(
        key=lambda one: (
            # Asked for what is near, it is all the same which of a place's names it is.
            TIERS[one.match] if near is None else max(TIERS["alias"], TIERS[one.match]),
            -one.likeness if near is None else 0.0,
            away[one.place_id] or 0.0,
            -one.population,
            one.place_id,
        )
    )
    return [_answer(one, away[one.place_id], found, bool(countries)) for one in found[:limit]]


def _answer(one: Candidate, away: float | None, found: Collection[Candidate], asked: bool) -> Answer:
    parts = [_MATCHES[one.match].format(name=one.name)]
    if one.likeness < 1.0:
        parts[0] += f" (likeness {one.likeness:.2f})"
    if asked:
        parts.append(f"in {one.country}, as asked")
    if away is not None:
        parts.append(f"{away:,.0f} km from the point given")
    rivals = [other for other in found if TIERS[other.match] <= 1]
    if one.population:
        largest = len(rivals) > 1 and one.population == max(other.population for other in rivals)
        parts.append(f"{one.population:,} inhabitants{', the most of those so called' if largest else ''}")
    if rivals == [one]:
        parts.append("the only place so called")
    if one.valid_from or one.valid_to:
        since, until = (
            f"{word} {day}" if day else "" for word, day in (("from", one.valid_from), ("to", one.valid_to))
        )
        parts.append(f"valid {since} {until}".replace("  ", " ").strip())
    return Answer(one, "; ".join(parts), _source(one.place_id), away)


def _source(place_id: str) -> str:
    kind = place_id.partition(":")[0]
    return _SOURCES.get(kind) or ("provinces of whoholds" if kind in ("province", "region") else f"your list {kind}")


def caution(name: str) -> str | None:
    """What to say of a name that is as well a word or a person's name; None of others."""
    if not is_wordlike(name):
        return None
    return (
        f"{name} is also a common word or a person's name: in a report it is read as a place only after words such as"
        " 'in' or 'the town of', or where the report names it so elsewhere"
    )
