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

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from agree import SENSE, Row, agrees, folded, mode, side

RINGS = ("core", "strict", "dated", "grounded")
DRAWS = 400
"""Resamples of the reports for an interval."""


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


def timed_right(gold: Sequence[Row], read: Sequence[Row], reports: Iterable[str] | None = None) -> tuple[int, int]:
    """Of the claims read that are right in the strict ring: how many are in the dated ring, and how many there are.

    The stage of dates by itself: what another stage missed or made up does not count here.
    """
    names = sorted(set(reports) if reports is not None else {g["report"] for g in gold})
    by_gold, by_read = by_report(gold), by_report(read)
    right = among = 0
    for name in names:
        for p in _once("dated", by_read[name]):
            same = [g for g in by_gold[name] if agrees("strict", g, p)]
            among += bool(same)
            right += any(agrees("dated", g, p) for g in same)
    return right, among


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
