"""Areas that a report describes from a place: "50 km NE of Haditha", "villages near Sinjar", "between A and B"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from whoholds.resolve.geodesy import DIRECTION, bearing, mean_bearing

KM_PER_MILE = 1.609344
MAX_KM = 2000.0
"""A larger distance in a place's description is a misreading."""
MAX_LENGTH = 200
_KEPT = 1024
"""Names; those of a report are asked for again and again."""


@dataclass(frozen=True, slots=True)
class Described:
    """How an area lies to the place, or the two places, that it is described from."""

    anchors: tuple[str, ...]
    """One name; two for `between`."""
    kind: str
    """offset (a direction or a distance is given), near, between, countryside, outskirts, within (a side of it)."""
    km: float | None = None
    bearing: float | None = None
    """Degrees clockwise from north."""


_D = DIRECTION
_ONES = "one two three four five six seven eight nine ten"
_WORDS = {
    **{word: number for number, word in enumerate(_ONES.split(), 1)},
    **dict.fromkeys(("a", "an"), 1),
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
_NUMBER = rf"(?:\d{{1,4}}(?:[.,]\d{{1,3}})?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_UNIT = r"(?:k(?:ilo)?m(?:et(?:er|re))?s?|mi(?:les?)?|met(?:er|re)s?|m|yards?)"
_ANCHOR = r"(?:the\s+)?(?:(?:city|town|village|centre|center|settlement)\s+of\s+)?(?P<anchor>\S.*)"
_COUNTRYSIDE = r"(?:countryside|hinterlands?|rif|reef|rural areas?|villages|plains?|desert|steppe|lands?)"
_EDGE = (
    r"(?:outskirts|suburbs?|edges?|fringes?|approach(?:es)?|entrances?|gates?|periphery|environs|surroundings|"
    r"vicinity|perimeter|flanks?|limits|peripheries|area|region)"
)
_SIDE = r"(?:parts?|sides?|half|quarters?|districts?|neighbou?rhoods?|sectors?|areas?|regions?|bank)"
_NEAR = (
    r"(?:near(?:by)?|around|surrounding|outside(?:\s+of)?|close\s+to|next\s+to|adjacent\s+to|beside|by|towards?|"
    r"overlook(?:ing|s)|outlying|at\s+the\s+gates\s+of|on\s+the\s+(?:way|road)\s+to|leading\s+to|beyond|opposite|"
    r"bordering|not\s+far\s+from|along)"
)

_MEASURED = re.compile(
    rf"(?:^|\s)(?P<number>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<upper>{_NUMBER}))?[\s-]*(?P<unit>{_UNIT})\.?\s+"
    rf"(?:away\s+)?(?:(?:to\s+the\s+|due\s+)?(?P<direction>{_D})\s+)?(?:away\s+)?(?:of|from|outside|off)\s+{_ANCHOR}$"
)
_BEARING = re.compile(
    rf"(?:^|\s)(?:(?:to|on|in)\s+the\s+|just\s+|due\s+|immediately\s+)?(?P<direction>{_D})"
    rf"(?:\s*(?:and|/|&)\s*(?:the\s+)?(?P<second>{_D}))?\s+(?:of|from)\s+{_ANCHOR}$"
)
_SIDED = re.compile(
    rf"(?:^|\s)(?P<direction>{_D})\s+(?P<head>{_COUNTRYSIDE}|{_EDGE}|{_SIDE})\s+(?:of|to|around|in)\s+{_ANCHOR}$"
)
_BETWEEN = re.compile(r"(?:^|\s)between\s+(?:the\s+)?(?P<first>\S.*?)\s+and\s+(?:the\s+)?(?P<anchor>\S.*)$")
_HEADED = re.compile(rf"(?:^|\s)(?P<head>{_COUNTRYSIDE}|{_EDGE})\s+(?:of|to|in)\s+{_ANCHOR}$")
_NEARBY = re.compile(rf"(?:^|\s){_NEAR}\s+{_ANCHOR}$")
_TAILED = re.compile(
    rf"^(?:the\s+)?(?P<anchor>\S.*?)(?:['’]s)?(?:\s+(?P<direction>{_D}))?\s+(?P<head>{_COUNTRYSIDE}|outskirts|suburbs|"
    r"environs|surroundings|area|pocket|front|frontline|front line|axis|salient|sector|enclave|triangle|direction)$"
)
_POSSESSIVE = re.compile(rf"^(?:the\s+)?(?P<anchor>\S.*?)['’]s\s+(?:far\s+)?(?P<direction>{_D})$")
_PREFIXED = re.compile(rf"^(?:the\s+)?(?:far\s+|extreme\s+)?(?P<direction>{_D})\s+(?P<anchor>(?!of\b|from\b)\S.*)$")
_LINE = re.compile(
    r"^(?:the\s+)?(?P<first>[^\s–—-][^–—]*?)\s*[–—-]\s*(?P<anchor>[^\s–—-][^–—-]*?)\s+(?:line|axis|front|corridor|area)$"
)


@lru_cache(maxsize=_KEPT)
def parse_described(name: str) -> Described | None:
    """What the words say of an area's place; None where they are a plain name.

    >>> parse_described("50 kms north east of Haditha")
    Described(anchors=('Haditha',), kind='offset', km=50.0, bearing=45.0)
    """
    text = " ".join(name[:MAX_LENGTH].split())
    if match := _MEASURED.search(text):
        return _measured(match)
    for pattern, build in (
        (_BETWEEN, _between),
        (_BEARING, _bearing),
        (_SIDED, _sided),
        (_HEADED, _headed),
        (_NEARBY, _nearby),
        (_LINE, _between),
        (_TAILED, _tailed),
        (_POSSESSIVE, _prefixed),
        (_PREFIXED, _prefixed),
    ):
        if (match := pattern.search(text)) and (found := build(match)):
            return found
    return None


def _anchor(words: str) -> str:
    return words.strip(" ,.;:").removeprefix("the ")


def _number(word: str) -> float:
    plain = word.lower()
    if plain in _WORDS:
        return float(_WORDS[plain])
    whole, mark, rest = plain.replace(",", ".").partition(".")
    # "1,500 metres" has a thousands separator, "1,5 km" a decimal comma.
    return float(whole + rest) if mark and len(rest) == 3 else float(f"{whole}.{rest or 0}")


def _kilometres(match: re.Match[str]) -> float:
    number = _number(match["number"])
    if match["upper"]:
        number = (number + _number(match["upper"])) / 2
    unit = match["unit"].lower()
    if unit.startswith("mi"):
        factor = KM_PER_MILE
    elif unit.startswith("k"):
        factor = 1.0
    elif unit.startswith("y"):
        factor = 0.0009144
    else:
        factor = 0.001
    return round(number * factor, 3)


def _measured(match: re.Match[str]) -> Described | None:
    km = _kilometres(match)
    if km > MAX_KM:
        return None
    degrees = bearing(match["direction"]) if match["direction"] else None
    return Described((_anchor(match["anchor"]),), "offset", km, degrees)


def _bearing(match: re.Match[str]) -> Described | None:
    degrees = bearing(match["direction"])
    second = bearing(match["second"]) if match["second"] else None
    if degrees is None:
        return None
    if second is not None:
        degrees = mean_bearing(degrees, second)
    # "the east of Aleppo" is a side of it, "areas east of Ramadi" and "to the east of it" lie outside.
    inside = re.match(r"^(?:in\s+)?the\s+\S+\s+of\s", match.string) is not None
    return Described((_anchor(match["anchor"]),), "within" if inside else "offset", None, degrees)


def _sided(match: re.Match[str]) -> Described | None:
    degrees = bearing(match["direction"])
    return degrees if degrees is None else Described((_anchor(match["anchor"]),), _kind(match["head"]), None, degrees)


def _kind(head: str) -> str:
    if re.fullmatch(_COUNTRYSIDE, head):
        return "countryside"
    if re.fullmatch(_EDGE, head) and head not in ("area", "region"):
        return "outskirts"
    return "within"


def _between(match: re.Match[str]) -> Described | None:
    return Described((_anchor(match["first"]), _anchor(match["anchor"])), "between")


def _headed(match: re.Match[str]) -> Described | None:
    kind = _kind(match["head"])
    return Described((_anchor(match["anchor"]),), "near" if kind == "within" else kind)


def _nearby(match: re.Match[str]) -> Described | None:
    return Described((_anchor(match["anchor"]),), "near")


def _tailed(match: re.Match[str]) -> Described | None:
    kind = _kind(match["head"])
    degrees = bearing(match["direction"]) if match["direction"] else None
    inner = _PREFIXED.match(match["anchor"])
    anchor = match["anchor"]
    if degrees is None and inner and kind in ("countryside", "outskirts"):
        degrees, anchor = bearing(inner["direction"]), inner["anchor"]
    return Described((_anchor(anchor),), "near" if kind == "within" and degrees is None else kind, None, degrees)


def _prefixed(match: re.Match[str]) -> Described | None:
    degrees = bearing(match["direction"])
    return None if degrees is None else Described((_anchor(match["anchor"]),), "within", None, degrees)
