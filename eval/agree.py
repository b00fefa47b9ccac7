"""When two claims say the same, for each ring of the measure (`score.py`): places, sides, times and words."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from typing import Any

Row = dict[str, Any]

NEAR_KM = 10.0
NEAR_DAYS = 7
ALIKE = 0.86
"""Least similarity of two spellings of one name; short names must be the same."""
ALIKE_AREA = 0.8

SENSE = {
    **dict.fromkeys(("gains",), "takes"),
    **dict.fromkeys(("loses", "withdraws", "absent"), "leaves"),
    **dict.fromkeys(("holds", "repels"), "holds"),
    **dict.fromkeys(("contests", "advances", "besieges", "clears"), "presses"),
}
SIDES = {
    "rebels:SYR": "fsa ahrar-al-sham jaysh-al-islam jaysh-al-fatah hts sna nfl syrian-liberation-front",
    "rebels:UKR": "dpr lpr",
    "gov:IRQ": "pmf tribal:IRQ",
    "gov:SYR": "hezbollah",
    "sdf": "ypg",
}
"""Groups that the core ring counts as one side."""
SIDE_OF = {group: side for side, groups in SIDES.items() for group in groups.split()}

TYPE_WORDS = frozenset(
    ("city", "town", "village", "district", "province", "governorate", "oblast", "raion", "region", "area", "the", "of")
)
ARTICLES = frozenset(("al", "el", "ad", "ar", "as", "ash", "at", "an", "az", "ed", "es", "er", "deir"))
PARTS = frozenset(
    {
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "rural"),
        *("countryside", "old", "greater", "part", "parts", "half", "district", "districts"),
        *("neighborhood", "neighborhoods", "neighbourhood", "neighbourhoods"),
    }
)
SOUNDS = {"ee": "i", "oo": "u", "ou": "u", "kh": "k", "q": "k", "iyy": "iy", "ah": "a", "eh": "a", "e": "a", "o": "u"}
"""Spellings of one sound in names that were written over from another script."""
SOUND = re.compile("|".join(sorted(SOUNDS, key=len, reverse=True)))
DOUBLED = re.compile(r"(.)\1")
COMPASS = {
    f"{word}{ending}": point
    for word, point in {
        "north": "n", "south": "s", "east": "e", "west": "w",
        "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw",
    }.items()
    for ending in ("", "ern")
}  # fmt: skip
BETWEEN_POINTS = re.compile(r"\b(north|south)[\s-]*(east|west)")
RELATING = frozenset(
    ("of", "near", "outside", "around", "between", "from", "toward", "towards", "vicinity", "km", "kms")
)
LYING = frozenset(
    {
        *("area", "areas", "village", "villages", "near", "outside", "around", "vicinity", "between", "border"),
        *("countryside", "km", "kms", "north", "south", "east", "west"),
    }
)


# ---------------------------------------------------------------------------------------------------------- places
@cache
def plain(text: str) -> str:
    """Lower case letters without accents; what has no such letter is dropped."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


@cache
def folded(name: str) -> str:
    """A name by its sound: without type words, articles, compass points and the accidents of transliteration."""
    words = re.findall(r"[a-z0-9]+", plain(name).replace("'", "").replace("`", ""))
    for droppable in (TYPE_WORDS | ARTICLES, PARTS):
        words = [w for w in words if w not in droppable] or words
    return DOUBLED.sub(r"\1", SOUND.sub(lambda m: SOUNDS[m.group()], "".join(words)))


@cache
def points(name: str) -> frozenset[str]:
    """The points of the compass that a name speaks of."""
    words = re.findall(r"[a-z]+", BETWEEN_POINTS.sub(r"\1\2", name.lower()))
    return frozenset(COMPASS[w] for w in words if w in COMPASS)


@cache
def is_described(name: str) -> bool:
    """True for an area that is placed from another place: "villages south of X"."""
    words = re.findall(r"\w+", name.lower())
    lengths = any(w.startswith("kilomet") for w in words)
    return (lengths or not RELATING.isdisjoint(words)) and (lengths or not LYING.isdisjoint(words))


@cache
def alike(a: str, b: str, least: float) -> bool:
    return SequenceMatcher(None, a, b).ratio() >= least


def apart_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance on a sphere of the Earth's mean radius, which is exact enough for "within 10 km"."""
    (south, west), (north, east) = (tuple(map(math.radians, point)) for point in (a, b))
    arc = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(arc))


def same_place(gold: Row, read: Row) -> bool:
    """Names agree after folding, or both have coordinates that lie near. Described areas agree only with such."""
    a, b = gold.get("place") or "", read.get("place") or ""
    if points(a) and points(b) and points(a).isdisjoint(points(b)):
        return False
    if is_described(a) or is_described(b):
        anchors = [folded(name.split(" of ")[-1].split(" near ")[-1]) for name in (a, b)]
        return is_described(a) and is_described(b) and (anchors[0] == anchors[1] or alike(*anchors, ALIKE_AREA))
    x, y = folded(a), folded(b)
    if x and y and (x == y or (min(len(x), len(y)) >= 4 and alike(x, y, ALIKE))):
        return True
    located = [(row.get("lat"), row.get("lon")) for row in (gold, read)]
    return all(None not in point for point in located) and apart_km(*located) <= NEAR_KM  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------- the other fields
def side(actor: str | None) -> str | None:
    return SIDE_OF.get(actor or "", actor)


def mode(row: Row) -> str:
    return row.get("mode") or "asserted"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def same_time(gold: Row, read: Row) -> bool:
    """Each bound that gold gives is given within a week and none is contradicted, or half of both spans is shared."""
    start, end, other_start, other_end = (_day(row.get(f)) for row in (gold, read) for f in ("start", "end"))

    def met(bound: date | None, other: date | None) -> bool:
        return bound is None or (other is not None and abs((other - bound).days) <= NEAR_DAYS)

    if met(start, other_start) and met(end, other_end):
        before = start and other_end and (start - other_end).days > NEAR_DAYS
        after = end and other_start and other_start > end and (other_start - end).days > NEAR_DAYS
        return not before and not after
    if start is None or end is None or other_start is None or other_end is None:
        return False
    shared = (min(end, other_end) - max(start, other_start)).days + 1
    return shared >= 0.5 * ((max(end, other_end) - min(start, other_start)).days + 1)


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def same_words(gold: Row, read: Row) -> bool:
    """The quotes share half of the shorter one's words; speaker, extent and other side are gold's where it has any."""
    if gold.get("quote"):
        a, b = _words(gold["quote"]), _words(read.get("quote") or "")
        if not a or not b or len(a & b) < 0.5 * min(len(a), len(b)):
            return False
    if gold.get("speaker") and _words(plain(gold["speaker"])).isdisjoint(_words(plain(read.get("speaker") or ""))):
        return False
    if gold.get("extent") and gold["extent"] != read.get("extent"):
        return False
    return not gold.get("against") or side(gold["against"]) == side(read.get("against"))


def same_core(gold: Row, read: Row) -> bool:
    """The sense of the kind, the actor's side and whether it is asserted; the place apart."""
    return (
        SENSE[gold["kind"]] == SENSE[read["kind"]]
        and side(gold.get("actor")) == side(read.get("actor"))
        and (mode(gold) == "asserted") == (mode(read) == "asserted")
    )


def same_exact(gold: Row, read: Row) -> bool:
    return (gold["kind"], gold.get("actor"), mode(gold)) == (read["kind"], read.get("actor"), mode(read))


AGREE: dict[str, tuple[Callable[[Row, Row], bool], ...]] = {
    "core": (same_core, same_place),
    "strict": (same_exact, same_place),
    "dated": (same_exact, same_place, same_time),
    "grounded": (same_core, same_place, same_words),
}


def agrees(ring: str, gold: Row, read: Row) -> bool:
    """True where `read` is what `gold` says, as far as the ring looks."""
    return all(test(gold, read) for test in AGREE[ring])
