"""How well claims that were read agree with claims written by hand: four rings, each stricter in its own way.

    core      what happened (takes, leaves, holds, presses), whose side, which place, asserted or not
    strict    the exact kind, actor id and mode, and the place
    dated     strict, and the interval agrees: each bound that gold gives within a week, or half of the span shared
    grounded  core, and the words agree: the quote, the speaker, the extent and the other side that gold gives

Our own implementation of the rings that docs/claims.md describes, so that a checkout without the project's shared
measure can score the gold that is ours. Where the shared measure is present it is the one that counts
(`measure.py`), and a test holds the two together.

A claim marked `doubtful` in gold is neither demanded nor punished, and one statement is counted once for each report.
Records are those of `whoholds claims --format jsonl`; gold carries a part of their fields.
"""

from __future__ import annotations

import math
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from typing import Any

Row = dict[str, Any]

RINGS = ("core", "strict", "dated", "grounded")
DRAWS = 400
"""Resamples of the reports for an interval."""
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


@dataclass(frozen=True, slots=True)
class Figures:
    """One ring over some reports. `low` and `high`: 90 % of the F1 of reports drawn anew lie between."""

    right: int
    extra: int
    missed: int
    low: float = 0.0
    high: float = 0.0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.extra + self.missed) if self.right else 0.0


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


def statement(ring: str, row: Row) -> tuple[Any, ...]:
    """What makes two claims of one report the same statement for a ring: they are counted once."""
    place = folded(row.get("place") or "")
    if ring in ("strict", "dated"):
        exact = (row["kind"], row.get("actor"), place, mode(row))
        return exact if ring == "strict" else (*exact, row.get("start"), row.get("end"))
    core = (SENSE[row["kind"]], side(row.get("actor")), place, mode(row) == "asserted")
    return core if ring == "core" else (*core, row.get("speaker"), row.get("extent"), row.get("quote"))


# --------------------------------------------------------------------------------------------------------- counting
@dataclass(frozen=True, slots=True)
class Compared:
    """One report in one ring: how many gold statements were met, which were not, and what was read beyond them."""

    right: int
    missed: tuple[Row, ...]
    extra: tuple[Row, ...]


def compare(ring: str, gold: Sequence[Row], read: Sequence[Row]) -> Compared:
    """Match the statements of one report one to one, as many as can be.

    Extra is only what agrees with nothing in gold: a second wording of a claim that was met is no fault.
    """
    firm = _once(ring, (g for g in gold if not g.get("doubtful")))
    found = _once(ring, read)
    partners = [[j for j, p in enumerate(found) if agrees(ring, g, p)] for g in firm]
    of = _pair(partners)
    met = set(of.values())
    some = {j for js in partners for j in js}
    unsure = [g for g in gold if g.get("doubtful")]
    extra = [p for j, p in enumerate(found) if j not in some and not any(agrees(ring, g, p) for g in unsure)]
    return Compared(len(of), tuple(g for i, g in enumerate(firm) if i not in met), tuple(extra))


def _once(ring: str, rows: Iterable[Row]) -> list[Row]:
    kept: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        kept.setdefault(statement(ring, row), row)
    return list(kept.values())


def _pair(partners: list[list[int]]) -> dict[int, int]:
    """A largest matching: right-hand item → left-hand one. Each item in turn may push others to their next choice."""
    of: dict[int, int] = {}
    for start in range(len(partners)):
        came_from: dict[int, tuple[int, int | None]] = {}
        queue: list[tuple[int, int | None]] = [(start, None)]
        end: int | None = None
        for i, through in queue:
            for j in partners[i]:
                if j not in came_from:
                    came_from[j] = (i, through)
                    if j not in of:
                        end = j
                        break
                    queue.append((of[j], j))
            if end is not None:
                break
        while end is not None:
            i, through = came_from[end]
            of[end] = i
            end = through
    return of


def score(
    gold: Sequence[Row], read: Sequence[Row], reports: Iterable[str] | None = None, rings: Sequence[str] = RINGS
) -> dict[str, Figures]:
    """The figures of each ring over `reports` (default: those that gold names). What was read elsewhere is ignored."""
    names = sorted(set(reports) if reports is not None else {g["report"] for g in gold})
    by_gold, by_read = by_report(gold), by_report(read)
    return {ring: total([compare(ring, by_gold[n], by_read[n]) for n in names]) for ring in rings}


def by_report(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["report"]].append(row)
    return found


def total(compared: Sequence[Compared]) -> Figures:
    """The sum over reports, with the interval that reports drawn anew give (bootstrap, fixed seed)."""
    counts = [(c.right, len(c.extra), len(c.missed)) for c in compared]
    if not counts:
        return Figures(0, 0, 0)
    draw = random.Random(0)
    f1s = sorted(_sum(draw.choices(counts, k=len(counts))).f1 for _ in range(DRAWS))
    whole = _sum(counts)
    return Figures(whole.right, whole.extra, whole.missed, f1s[int(0.05 * DRAWS)], f1s[int(0.95 * DRAWS)])


def _sum(counts: Iterable[tuple[int, int, int]]) -> Figures:
    return Figures(*(sum(column) for column in zip(*counts, strict=True)))
