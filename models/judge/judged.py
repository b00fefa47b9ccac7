"""What a judge changes of the claims that frames read, at given thresholds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

import score
from agree import SENSE, agrees, folded
from samples import KINDS, MODES, SENSES, Read, Sample
from train import fit, sigmoid

NEVER = 9.0
ALONE, BESIDE = 0, 1
LIKELY = 0.05
"""Kind and actor together must be this likely for a claim to be thought of."""
NOT_ASKED = np.array([0.02, 0.02])
"""Probability of an actor who is none of a pair's sides."""
SENSE_OF = [SENSES.index(SENSE[kind]) for kind in KINDS]
Row = dict[str, Any]
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure a judge has to be; the defaults change nothing."""

    actor: float = NEVER
    """So much likelier must another actor be, where words did not name the one that was read."""
    place: float = NEVER
    """So much likelier must another place of the same cue be."""
    keep: float = 0.0
    """Claims less likely to be right are left out."""
    add: float = NEVER
    """Claims at least as likely to be right are added."""


def logit(p: Any) -> Any:
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


@dataclass(slots=True)
class Option:
    """A kind that a pair could be a claim of, with what a judge thinks of it."""

    sample: int
    cue: int
    kind: int
    row: Row
    mode: str
    """By the encoder; the row has the one that rules read."""
    place: tuple[int, int] | None
    claim: int | None
    likely: np.ndarray
    """Probability of the kind: alone, beside."""
    names: Sequence[str]
    sides: np.ndarray
    """Probability of each name, by way and name."""

    def best(self, way: int) -> tuple[str, float]:
        at = int(self.sides[way].argmax())
        return self.names[at], float(self.sides[way, at])

    def of(self, actor: str | None) -> np.ndarray:
        return self.sides[:, self.names.index(actor)] if actor in self.names else NOT_ASKED

    def features(self, actor: str | None) -> list[float]:
        return [*logit(self.likely), *logit(self.of(actor)), float(self.place is None), 1.0]

    def added(self) -> Row:
        return self.row | {"actor": self.best(BESIDE)[0], "against": None}


class Judge:
    """The options of every report with the answers of one judge, or the mean of several."""

    def __init__(self, reads: list[Read], samples: list[Sample], answers: list[dict[Key, Any]]) -> None:
        self.reads = reads
        self.options: list[list[Option]] = [[] for _ in reads]
        self.of_claim: list[dict[int, Option]] = [{} for _ in reads]
        self.folds = {reads[samples[i].report].fold for i, _ in set.intersection(*(set(a) for a in answers))}
        for i, s in enumerate(samples):
            for j, p in enumerate(s.pairs):
                its = [a[i, j] for a in answers if (i, j) in a and a[i, j]["sides"]]
                if len(its) < len(answers):
                    continue
                kinds = sigmoid(np.mean([logit(a["kinds"]) for a in its], axis=0))
                mode = MODES[int(np.mean([a["modes"] for a in its], axis=0).argmax())]
                names = sorted(set.intersection(*(set(a["sides"]) for a in its)))
                sides = sigmoid(np.mean([logit([a["sides"][n] for n in names]) for a in its], axis=0))
                first, last = (f(p.cue, *(p.place or ())) for f in (min, max)) if p.place else (p.cue, p.cue)
                quote = " ".join(s.words[first : last + 1])
                for k in p.kinds:
                    row = p.row | {"kind": KINDS[k], "mode": p.mode, "quote": quote} | s.fallback
                    one = Option(i, p.cue, k, row, mode, p.place, p.claims.get(k), kinds[:, k], names,
                                 sides[:, :, SENSE_OF[k]].T)  # fmt: skip
                    self.options[s.report].append(one)
                    if one.claim is not None:
                        self.of_claim[s.report][one.claim] = one

    def alone(self, r: int, least: float) -> list[Row]:
        """What the encoder reads without the frames: likely pairs with their likeliest actors, surest first."""
        found = []
        for o in self.options[r]:
            actor, p = o.best(ALONE)
            sure = float(o.likely[ALONE]) * (0.3 + 0.7 * p)
            if sure >= least:
                found.append((sure, o, o.row | {"actor": actor, "against": None, "mode": o.mode}))
        return _without_clashes(found)


class Trial:
    """One judge with the weights that other folds gave it: from its answers to how likely a claim is right."""

    def __init__(self, judge: Judge, others: list[int]) -> None:
        self.judge = judge
        self.keep = self._weights(others, claims=True)
        self.more = self._weights(others, claims=False)
        self.likely = {id(o): float(sigmoid(np.dot(self.more, o.features(o.best(BESIDE)[0]))))
                       for its in judge.options for o in its if self._thinkable(o)}  # fmt: skip

    @staticmethod
    def _thinkable(o: Option) -> bool:
        return o.claim is None and o.likely[BESIDE] * o.best(BESIDE)[1] >= LIKELY

    def _weights(self, others: list[int], claims: bool) -> Any:
        x, y = [], []
        for r in others:
            read = self.judge.reads[r]
            have = {score.statement("core", c) for c in read.claims}
            for o in self.judge.options[r]:
                if o.claim is not None if not claims else o.claim is None:
                    continue
                if not claims and not self._thinkable(o):
                    continue
                row = read.claims[o.claim] if o.claim is not None else o.added()
                if claims or score.statement("core", row) not in have:
                    x.append(o.features(row["actor"]))
                    y.append(any(agrees("core", g, row) for g in read.gold))
        return fit(np.array(x), np.array(y, dtype=float), 1.0)

    def rows(self, r: int, t: Thresholds) -> list[Row]:
        """The claims of a report as the judge leaves them."""
        read, of = self.judge.reads[r], self.judge.of_claim[r]
        rivals: dict[tuple[int, int, int], list[Option]] = defaultdict(list)
        for o in self.judge.options[r]:
            if o.claim is None:
                rivals[o.sample, o.cue, o.kind].append(o)
        out = []
        for i, row in enumerate(read.claims):
            if o := of.get(i):
                other = max(rivals[o.sample, o.cue, o.kind], key=lambda x: x.likely[BESIDE], default=None)
                if other is not None and other.likely[BESIDE] - o.likely[BESIDE] > t.place:
                    row = row | {key: other.row[key] for key in ("place", "lat", "lon")}
                actor, p = o.best(BESIDE)
                if read.inferred[i] and actor != row["actor"] and p - o.of(row["actor"])[BESIDE] > t.actor:
                    row = row | {"actor": actor, "against": row["actor"] if row["against"] == actor else row["against"]}
                if t.keep and sigmoid(np.dot(self.keep, o.features(row["actor"]))) < t.keep:
                    continue
            out.append(row)
        return out + (self._added(r, t, out) if t.add < 1 else [])

    def _added(self, r: int, t: Thresholds, kept: list[Row]) -> list[Row]:
        have = {score.statement("core", row) for row in kept}
        read = {(o.sample, o.cue, folded(o.row["place"])) for o in self.judge.of_claim[r].values()}
        found = []
        for o in self.judge.options[r]:
            p = self.likely.get(id(o), 0.0)
            if p >= t.add and (o.sample, o.cue, folded(o.row["place"])) not in read:
                row = o.added()
                if score.statement("core", row) not in have:
                    found.append((p, o, row))
        return _without_clashes(found)


def _without_clashes(found: list[tuple[float, Option, Row]]) -> list[Row]:
    """The surest first, and of two readings of the same words the surer one."""
    taken: list[Option] = []
    out = []
    for _, o, row in sorted(found, key=lambda x: -x[0]):
        if not any(_clash(o, x) for x in taken):
            taken.append(o)
            out.append(row)
    return out


def _clash(a: Option, b: Option) -> bool:
    if a.sample != b.sample or a.cue != b.cue:
        return False
    if a.row["place"] == b.row["place"]:
        return True
    if a.place is None or b.place is None:
        return a.kind == b.kind
    return a.place[0] <= b.place[1] and b.place[0] <= a.place[1]
