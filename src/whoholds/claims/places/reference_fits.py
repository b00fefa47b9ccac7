"""Whether a place can be what a word stands for: no village is "the city", and "the airport" is no town."""

from __future__ import annotations

import re

from whoholds.annotate.places.names import Named
from whoholds.annotate.words import lexis
from whoholds.model import PlaceType

SETTLEMENT_WORDS = lexis()["settlement_words"]
SAME = ("same_base", "same_airport", "same_plant", "same_height", "same_bridge")
GARRISONED = ("same_base", "same_airport", "same_plant")
DESCRIPTION = re.compile(r"\b(?:near|around|outside|between|in|at|of|from|along|towards?)\b")


def fits(p: Named, word: str, type_: PlaceType | None) -> bool:
    """Whether `word` ("the town", "it", "" where there is none) may mean a place; `type_`: what the word is of."""
    if p.type is PlaceType.AREA and DESCRIPTION.search(p.ref.name or "") and word not in ("area", "there"):
        # "it" and "the town" are not "villages near P"
        return False
    if word in SETTLEMENT_WORDS and is_unit(p.ref.name):
        return False
    if p.type in (PlaceType.COUNTRY,):
        return word in ("country", "republic", "nation")
    if word in ("province", "region", "governorate", "state", "oblast", "territory"):
        return p.type in (PlaceType.PROVINCE, PlaceType.DISTRICT, PlaceType.AREA, None) and p.type is not None
    if word == "district":
        return p.type in (PlaceType.DISTRICT, PlaceType.SETTLEMENT, None)
    if type_ is PlaceType.FACILITY:
        called = f"{p.ref.name or ''} {p.said}".lower()
        return (p.type is PlaceType.FACILITY or p.said != "") and same_facility(word.split()[-1], called)
    if type_ in (PlaceType.ROAD, PlaceType.BORDER):
        return p.type is type_
    if word in ("village", "hamlet", "villages") and (p.people or 0) > 60_000:
        return False
    if (
        word in ("city", "cities")
        and p.people is not None
        and p.people < 3_000
        and p.ref.known
        and p.type is not PlaceType.SETTLEMENT
    ):
        return False
    if word in ("it", "there", "which", "where", "them"):
        return p.type is not PlaceType.PROVINCE or p.ref.known
    if word in SETTLEMENT_WORDS or word == "":
        return p.type in (PlaceType.SETTLEMENT, None, PlaceType.DISTRICT)
    called = f"{p.ref.name or ''} {p.said}".lower()
    return p.type is type_ and (word in called or (type_ is PlaceType.AREA and same_facility(word, called)))


def is_unit(name: str | None) -> bool:
    """ "212 Tank Battalion" is a base where it is taken, and never a town; "Battalion 212" is always its base."""
    return lexis().has("units", (name or "").casefold().rpartition(" ")[2].removesuffix("s"))


def garrisoned(p: Named, topic: str) -> bool:
    """A base that was fought for, and not of the town that all is about: where "the soldiers withdrew" from."""
    name = (p.ref.name or "").casefold()
    held = any(lexis().has(kind, *name.split()) for kind in GARRISONED)
    return p.type is PlaceType.FACILITY and held and not name.startswith(f"{topic.casefold()} ")


def same_facility(word: str, name: str) -> bool:
    """ "the plant" may be what was named as a refinery."""
    lex = lexis()
    alike = [kind for kind in SAME if lex.has(kind, word)]
    return word in name or any(lex.has(kind, *name.split()) for kind in alike)
